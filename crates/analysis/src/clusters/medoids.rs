//! k-medoids: the customers that are nearest to all others of their cluster, on any distance between customers.
//!
//! Up to a stated number of customers over all pairs; above it over seeded samples, of which the one whose medoids
//! are nearest to everybody is kept. A better medoid is looked for until there is none: of all changes of one medoid
//! the best, of equal ones the first. Sources: Kaufman & Rousseeuw (1990) for the start, the changes and the samples
//! (PAM, CLARA); Schubert & Rousseeuw (2019) for trying all medoids of a cluster at once.

use super::k_means::Clustering;
use super::metric::Metric;
use super::sample::{gathered, sample, smallest};
use super::{Params, Steps};
use crate::AnalysisError;

/// Up to so many customers every pair is measured.
const EXACT_UP_TO: usize = 2000;
/// Customers in a sample.
const SAMPLED: usize = 1000;
/// Distances measured at a time.
const BLOCK: usize = 512;

/// Clusters around medoids.
pub(super) struct Around {
    /// Centres are the medoids; the inertia is the sum of squared distances to them.
    pub(super) clustering: Clustering,
    /// Mean distance of a customer to its medoid.
    pub(super) mean_distance: f64,
    /// Places of the medoids, in the order of the clusters.
    pub(super) medoids: Vec<usize>,
    /// Customers in a sample, where there are samples.
    pub(super) n_sampled: Option<u64>,
}

/// How many samples are drawn, each a step.
pub(super) const fn n_samples(restarts: usize, n_points: usize) -> usize {
    if n_points <= EXACT_UP_TO { 1 } else { restarts }
}

/// `params.k` clusters of the points of `columns`.
pub(super) fn fit(
    columns: &[Vec<f64>],
    metric: &Metric,
    params: &Params,
    steps: &mut Steps<'_>,
) -> Result<Around, AnalysisError> {
    let n_points = columns.first().map_or(0, Vec::len);
    let mut best: Option<Around> = None;
    for draw in 0..n_samples(params.restarts, n_points) as u64 {
        let places: Vec<usize> = if n_points <= EXACT_UP_TO {
            (0..n_points).collect()
        } else {
            sample(n_points, SAMPLED, params.seed.wrapping_add(draw))
        };
        let pairs = Pairs::measure(&gathered(columns, &places), metric, steps)?;
        let medoids = pairs.medoids(params.k, steps)?;
        let medoids = medoids.into_iter().map(|medoid| places[medoid]).collect();
        let found = around(columns, metric, medoids);
        let is_better = |best: &Around| found.mean_distance < best.mean_distance;
        if best.as_ref().is_none_or(is_better) {
            best = Some(found);
        }
        steps.advance()?;
    }
    let best = best.ok_or(AnalysisError::TooFewCustomers {
        need: params.k,
        found: n_points,
    })?;
    let is_sampled = n_points > EXACT_UP_TO;
    Ok(Around {
        n_sampled: is_sampled.then_some(SAMPLED as u64),
        ..best
    })
}

/// Everybody with the nearest of some medoids, the first of equals; a medoid with itself.
pub(super) fn around(columns: &[Vec<f64>], metric: &Metric, medoids: Vec<usize>) -> Around {
    let place = |&point: &usize| columns.iter().map(|column| column[point]).collect();
    let centres = medoids.iter().map(place).collect();
    let (mut clustering, sum) = to_nearest(columns, metric, centres);
    for (label, &medoid) in medoids.iter().enumerate() {
        clustering.labels[medoid] = label as u16;
    }
    Around {
        mean_distance: sum / clustering.labels.len().max(1) as f64,
        clustering,
        medoids,
        n_sampled: None,
    }
}

/// Everybody with the nearest of some centres, the first of equals, and the sum of the distances to them.
pub(super) fn to_nearest(
    columns: &[Vec<f64>],
    metric: &Metric,
    centres: Vec<Vec<f64>>,
) -> (Clustering, f64) {
    let n_points = columns.first().map_or(0, Vec::len);
    let mut labels = vec![0_u16; n_points];
    let mut nearest = vec![f64::INFINITY; n_points];
    let mut block = [0.0; BLOCK];
    for start in (0..n_points).step_by(BLOCK) {
        let range = start..n_points.min(start + BLOCK);
        let block = &mut block[..range.len()];
        for (label, centre) in centres.iter().enumerate() {
            metric.distances(columns, start, centre, block);
            let own = nearest[range.clone()]
                .iter_mut()
                .zip(&mut labels[range.clone()]);
            for ((nearest, own), &distance) in own.zip(block.iter()) {
                if distance < *nearest {
                    (*nearest, *own) = (distance, label as u16);
                }
            }
        }
    }
    let clustering = Clustering {
        labels,
        centres,
        inertia: nearest.iter().map(|distance| distance * distance).sum(),
    };
    (clustering, nearest.iter().sum())
}

/// All distances between some points.
struct Pairs {
    n: usize,
    distances: Vec<f64>,
}

/// How far a point is from the nearest and the next medoid, and which the nearest is.
#[derive(Clone, Copy)]
struct Near {
    medoid: usize,
    distance: f64,
    next: f64,
}

impl Pairs {
    fn measure(
        columns: &[Vec<f64>],
        metric: &Metric,
        steps: &Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        let n = columns.first().map_or(0, Vec::len);
        let mut distances = vec![0.0; n * n];
        for (point, row) in distances.chunks_exact_mut(n.max(1)).enumerate() {
            if point % 64 == 0 {
                steps.pulse()?;
            }
            let place: Vec<f64> = columns.iter().map(|column| column[point]).collect();
            metric.distances(columns, 0, &place, row);
        }
        Ok(Self { n, distances })
    }

    fn row(&self, point: usize) -> &[f64] {
        &self.distances[point * self.n..][..self.n]
    }

    fn medoids(&self, k: usize, steps: &Steps<'_>) -> Result<Vec<usize>, AnalysisError> {
        let mut medoids = self.start(k, steps)?;
        while let Some((cluster, medoid)) = self.best_change(&medoids, steps)? {
            medoids[cluster] = medoid;
        }
        Ok(medoids)
    }

    /// One medoid after the other, each the one that brings everybody nearest.
    fn start(&self, k: usize, steps: &Steps<'_>) -> Result<Vec<usize>, AnalysisError> {
        let mut nearest = vec![f64::INFINITY; self.n];
        let mut medoids: Vec<usize> = Vec::with_capacity(k);
        for _ in 0..k {
            steps.pulse()?;
            let sum = |point: usize| {
                let pairs = self.row(point).iter().zip(&nearest);
                pairs.map(|(&to, &nearest)| to.min(nearest)).sum::<f64>()
            };
            let sums: Vec<f64> = (0..self.n)
                .map(|point| {
                    if medoids.contains(&point) {
                        f64::INFINITY
                    } else {
                        sum(point)
                    }
                })
                .collect();
            let medoid = smallest(&sums);
            medoids.push(medoid);
            for (nearest, &to) in nearest.iter_mut().zip(self.row(medoid)) {
                *nearest = nearest.min(to);
            }
        }
        Ok(medoids)
    }

    /// The change of one medoid that shortens the way to the medoids most; `None` where none does.
    fn best_change(
        &self,
        medoids: &[usize],
        steps: &Steps<'_>,
    ) -> Result<Option<(usize, usize)>, AnalysisError> {
        let near: Vec<Near> = (0..self.n).map(|point| self.near(point, medoids)).collect();
        let mut without = vec![0.0; medoids.len()];
        for one in &near {
            without[one.medoid] += one.next - one.distance;
        }
        let whole: f64 = near.iter().map(|one| one.distance).sum();
        let (mut best, mut change) = (-1e-12 * whole.max(1.0), None);
        for point in 0..self.n {
            if point % 64 == 0 {
                steps.pulse()?;
            }
            if medoids.contains(&point) {
                continue;
            }
            let (growth, cluster) = self.growth(point, &near, &without);
            if growth < best {
                (best, change) = (growth, Some((cluster, point)));
            }
        }
        Ok(change)
    }

    /// By how much ways grow where `point` becomes a medoid in place of the one that is missed least, and which that is.
    fn growth(&self, point: usize, near: &[Near], without: &[f64]) -> (f64, usize) {
        let mut growths = without.to_vec();
        let mut shared = 0.0;
        for (one, &to) in near.iter().zip(self.row(point)) {
            if to < one.distance {
                shared += to - one.distance;
                growths[one.medoid] += one.distance - one.next;
            } else if to < one.next {
                growths[one.medoid] += to - one.next;
            }
        }
        let cluster = smallest(&growths);
        (growths[cluster] + shared, cluster)
    }

    fn near(&self, point: usize, medoids: &[usize]) -> Near {
        let mut near = Near {
            medoid: 0,
            distance: f64::INFINITY,
            next: f64::INFINITY,
        };
        for (place, &medoid) in medoids.iter().enumerate() {
            let distance = self.row(point)[medoid];
            if distance < near.distance {
                near = Near {
                    medoid: place,
                    distance,
                    next: near.distance,
                };
            } else if distance < near.next {
                near.next = distance;
            }
        }
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;
    use proptest::prelude::*;

    fn fitted(columns: &[Vec<f64>], k: usize) -> Around {
        let params = Params {
            k,
            ..Params::default()
        };
        let mut monitor = Unwatched;
        let metric = Metric::Gower(vec![false; columns.len()]);
        fit(columns, &metric, &params, &mut Steps::new(&mut monitor, 1)).unwrap()
    }

    #[test]
    fn medoids_are_in_the_middle_of_clear_groups() {
        let found = fitted(&[vec![0.0, 0.1, 0.3, 9.0, 9.1, 9.3]], 2);
        let mut medoids = found.medoids;
        medoids.sort_unstable();
        assert_eq!(medoids, [1, 4]);
        assert!((found.mean_distance - 0.6 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn many_customers_are_sampled_and_all_have_a_cluster() {
        let column: Vec<f64> = (0..3000)
            .map(|n| f64::from(n % 3) * 50.0 + f64::from(n % 7))
            .collect();
        let found = fitted(&[column], 3);
        assert_eq!(found.n_sampled, Some(1000));
        let sizes = super::super::k_means::sizes(&found.clustering.labels, 3);
        assert_eq!(sizes, [1000; 3]);
    }

    proptest! {
        #[test]
        fn no_change_of_one_medoid_is_better(
            values in prop::collection::btree_set(0..400_i32, 5..30),
            k in 2_usize..4,
        ) {
            let columns = [values.into_iter().map(f64::from).collect::<Vec<f64>>()];
            let found = fitted(&columns, k);
            let metric = Metric::Gower(vec![false]);
            for cluster in 0..k {
                for point in 0..columns[0].len() {
                    let mut other = found.medoids.clone();
                    other[cluster] = point;
                    let mean = around(&columns, &metric, other).mean_distance;
                    prop_assert!(mean >= found.mean_distance - 1e-9);
                }
            }
        }
    }
}

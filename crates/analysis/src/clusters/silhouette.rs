//! The silhouette: how much nearer each point is to its own cluster than to the next one.
//!
//! Exact over all pairs up to a stated number of points; above it a seeded sample of points, each still measured
//! against all others, so that the mean stays unbiased and its interval is that of a simple random sample.
//! Source: Rousseeuw (1987). A point that is alone in its cluster counts 0.

use std::ops::Range;

use super::k_means;
use super::metric::Metric;
use super::report::ClusterSilhouette;
use super::sample::sample;
use super::{SilhouetteBasis, Steps};
use crate::{AnalysisError, stats};

/// Up to so many points every pair is measured.
pub(super) const EXACT_UP_TO: usize = 20_000;
/// Above it, about so many distances are measured.
const DISTANCES: usize = 200_000_000;
/// Distances measured at a time.
const BLOCK: usize = 512;
/// Below this a point lies between two clusters: its own is at most a tenth nearer than the next.
pub(super) const BETWEEN: f64 = 0.1;

/// Points in the order of their clusters, so that each cluster is one run of every column.
struct Sorted<'a> {
    metric: &'a Metric,
    columns: Vec<Vec<f64>>,
    /// Cluster `c` has the points `ends[c - 1]..ends[c]`.
    ends: Vec<usize>,
    /// Where each point was before.
    order: Vec<u32>,
}

/// The silhouettes of a clustering.
pub(super) struct Silhouettes {
    /// `None` of fewer than two clusters: there is no next one.
    pub(super) mean: Option<f64>,
    pub(super) basis: SilhouetteBasis,
    /// By point; not a number for who is in no cluster or in no sample.
    pub(super) values: Vec<f32>,
    /// By cluster.
    pub(super) clusters: Vec<ClusterSilhouette>,
}

/// The silhouettes of `labels`, which use every number below `k`; those from `k` on are in no cluster.
pub(super) fn measure(
    columns: &[Vec<f64>],
    metric: &Metric,
    labels: &[u16],
    k: usize,
    seed: u64,
    steps: &Steps<'_>,
) -> Result<Silhouettes, AnalysisError> {
    if k < 2 {
        return Ok(Silhouettes {
            mean: None,
            basis: SilhouetteBasis::Exact,
            values: vec![f32::NAN; labels.len()],
            clusters: Vec::new(),
        });
    }
    let sorted = Sorted::new(columns, metric, labels, k);
    let n_points = sorted.n_points();
    if n_points <= EXACT_UP_TO {
        let values = sorted.all(steps)?;
        let sum: f64 = values.iter().sum();
        let mean = sum / n_points.max(1) as f64;
        let places: Vec<usize> = (0..n_points).collect();
        return Ok(sorted.told(mean, SilhouetteBasis::Exact, &places, &values));
    }
    let n = (DISTANCES / n_points).clamp(100, n_points);
    let mut values = Vec::with_capacity(n);
    let sampled = sample(n_points, n, seed);
    for &point in &sampled {
        steps.pulse()?;
        values.push(sorted.silhouette(point, &sorted.distance_sums(point)));
    }
    let (mean, deviation) = stats::moments(values.iter().copied());
    let half_width = 1.96 * deviation / (n as f64).sqrt();
    let basis = SilhouetteBasis::Sample {
        n: n as u64,
        half_width,
    };
    Ok(sorted.told(mean, basis, &sampled, &values))
}

impl<'a> Sorted<'a> {
    fn new(columns: &[Vec<f64>], metric: &'a Metric, labels: &[u16], k: usize) -> Self {
        let mut order: Vec<u32> = (0..labels.len() as u32).collect();
        order.sort_by_key(|&point| labels[point as usize]);
        let gathered =
            |column: &Vec<f64>| order.iter().map(|&point| column[point as usize]).collect();
        let mut end = 0;
        let ends = k_means::sizes(labels, k).into_iter().map(|size| {
            end += size;
            end
        });
        Self {
            metric,
            ends: ends.collect(),
            columns: columns.iter().map(gathered).collect(),
            order,
        }
    }

    /// The silhouettes of the points at `places`, told by point and by cluster.
    fn told(
        self,
        mean: f64,
        basis: SilhouetteBasis,
        places: &[usize],
        values: &[f64],
    ) -> Silhouettes {
        let mut by_point = vec![f32::NAN; self.order.len()];
        let mut clusters = vec![ClusterSilhouette::default(); self.ends.len()];
        for (&place, &value) in places.iter().zip(values) {
            by_point[self.order[place] as usize] = value as f32;
            let cluster = &mut clusters[self.cluster_of(place)];
            cluster.n_measured += 1;
            cluster.mean += value;
            cluster.n_between += u64::from(value < BETWEEN);
            cluster.n_nearer_elsewhere += u64::from(value < 0.0);
        }
        for cluster in &mut clusters {
            cluster.mean /= cluster.n_measured.max(1) as f64;
        }
        Silhouettes {
            mean: Some(mean),
            basis,
            values: by_point,
            clusters,
        }
    }

    fn n_points(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    fn range(&self, cluster: usize) -> Range<usize> {
        let start = if cluster == 0 {
            0
        } else {
            self.ends[cluster - 1]
        };
        start..self.ends[cluster]
    }

    fn cluster_of(&self, point: usize) -> usize {
        self.ends.partition_point(|&end| end <= point)
    }

    fn point(&self, place: usize) -> Vec<f64> {
        self.columns.iter().map(|column| column[place]).collect()
    }

    /// Every silhouette, each pair measured once.
    fn all(&self, steps: &Steps<'_>) -> Result<Vec<f64>, AnalysisError> {
        let (n_points, k) = (self.n_points(), self.ends.len());
        // sums[c][p]: distances from point p to all points of cluster c.
        let mut sums = vec![vec![0.0; n_points]; k];
        for point in 0..n_points {
            if point % 256 == 0 {
                steps.pulse()?;
            }
            let (own, place) = (self.cluster_of(point), self.point(point));
            for cluster in own..k {
                let range = self.range(cluster);
                let range = range.start.max(point + 1)..range.end;
                let mut total = 0.0;
                self.distances(&place, range, |start, distances| {
                    total += sum(distances);
                    for (sum, &distance) in sums[own][start..].iter_mut().zip(distances) {
                        *sum += distance;
                    }
                });
                sums[cluster][point] += total;
            }
        }
        let silhouette = |point: usize| {
            let to_clusters: Vec<f64> = sums.iter().map(|sums| sums[point]).collect();
            self.silhouette(point, &to_clusters)
        };
        Ok((0..n_points).map(silhouette).collect())
    }

    /// Sums of the distances from one point to the points of each cluster.
    fn distance_sums(&self, point: usize) -> Vec<f64> {
        let place = self.point(point);
        let to_cluster = |cluster: usize| {
            let mut total = 0.0;
            self.distances(&place, self.range(cluster), |_, distances| {
                total += sum(distances);
            });
            total
        };
        (0..self.ends.len()).map(to_cluster).collect()
    }

    /// Calls `take` with the distances to the points of `range`, block by block.
    fn distances(&self, place: &[f64], range: Range<usize>, mut take: impl FnMut(usize, &[f64])) {
        let mut block = [0.0; BLOCK];
        for start in range.clone().step_by(BLOCK) {
            let block = &mut block[..BLOCK.min(range.end - start)];
            self.metric.distances(&self.columns, start, place, block);
            take(start, block);
        }
    }

    fn silhouette(&self, point: usize, sums: &[f64]) -> f64 {
        let own = self.cluster_of(point);
        let n_own = self.range(own).len();
        if n_own < 2 {
            return 0.0;
        }
        let within = sums[own] / (n_own - 1) as f64;
        let next = (0..sums.len())
            .filter(|&cluster| cluster != own)
            .map(|cluster| sums[cluster] / self.range(cluster).len() as f64)
            .fold(f64::INFINITY, f64::min);
        let larger = within.max(next);
        if larger > 0.0 && larger.is_finite() {
            (next - within) / larger
        } else {
            0.0
        }
    }
}

/// A sum in eight strands, which the compiler can keep in wide registers; the same order everywhere.
fn sum(values: &[f64]) -> f64 {
    let mut strands = [0.0; 8];
    let chunks = values.chunks_exact(8);
    let rest: f64 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (strand, value) in strands.iter_mut().zip(chunk) {
            *strand += value;
        }
    }
    strands.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;

    fn mean_of(columns: &[Vec<f64>], labels: &[u16], k: usize) -> f64 {
        measured(columns, labels, k).mean.unwrap()
    }

    fn measured(columns: &[Vec<f64>], labels: &[u16], k: usize) -> Silhouettes {
        let mut monitor = Unwatched;
        let steps = Steps::new(&mut monitor, 1);
        measure(columns, &Metric::Euclidean, labels, k, 1, &steps).unwrap()
    }

    #[test]
    fn three_points_by_hand() {
        // Point 0: within 1, next 10. Point 1: within 1, next 9. Point 2 is alone.
        let found = mean_of(&[vec![0.0, 1.0, 10.0]], &[0, 0, 1], 2);
        let expected = (0.9 + 8.0 / 9.0) / 3.0;
        assert!((found - expected).abs() < 1e-12);
    }

    #[test]
    fn each_point_has_its_own_and_each_cluster_their_mean() {
        // The third of the first cluster is nearer to the second, the last point is in none.
        let columns = [vec![10.0, 0.0, 8.0, 1.0, 11.0, 99.0]];
        let found = measured(&columns, &[1, 0, 0, 0, 1, 2], 2);
        assert!(found.values[2] < 0.0 && found.values[1] > 0.5);
        assert!(found.values[5].is_nan());
        let [first, second] = &found.clusters[..] else {
            panic!("two clusters");
        };
        let of_first = [1, 2, 3].map(|point| f64::from(found.values[point]));
        assert!((first.mean - of_first.iter().sum::<f64>() / 3.0).abs() < 1e-6);
        assert_eq!(
            (first.n_measured, first.n_between, first.n_nearer_elsewhere),
            (3, 1, 1)
        );
        assert_eq!((second.n_measured, second.n_between), (2, 0));
    }

    #[test]
    fn of_many_points_those_in_the_sample_have_one() {
        let column: Vec<f64> = (0..EXACT_UP_TO + 2)
            .map(|n| (n % 2 * 50 + n % 7) as f64)
            .collect();
        let labels: Vec<u16> = (0..column.len()).map(|n| (n % 2) as u16).collect();
        let found = measured(&[column], &labels, 2);
        let n_known = found.values.iter().filter(|value| !value.is_nan()).count() as u64;
        assert_eq!(
            found.clusters.iter().map(|one| one.n_measured).sum::<u64>(),
            n_known
        );
        assert!(matches!(found.basis, SilhouetteBasis::Sample { n, .. } if n == n_known));
        assert!(
            found
                .clusters
                .iter()
                .all(|one| (one.mean - found.mean.unwrap()).abs() < 0.05)
        );
    }

    #[test]
    fn equal_points_in_two_clusters_count_nothing() {
        assert!(mean_of(&[vec![3.0; 4]], &[0, 1, 0, 1], 2).abs() < 1e-12);
    }

    #[test]
    fn one_pass_over_pairs_equals_one_pass_for_each_point() {
        let column: Vec<f64> = (0..1500).map(|n| f64::from(n * 7919 % 1009)).collect();
        let labels: Vec<u16> = (0..1500).map(|n| (n * 31 % 7 % 3) as u16).collect();
        let sorted = Sorted::new(&[column.clone(), column], &Metric::Euclidean, &labels, 3);
        let mut monitor = Unwatched;
        let all = sorted.all(&Steps::new(&mut monitor, 1)).unwrap();
        for point in [0, 511, 512, 800, 1499] {
            let single = sorted.silhouette(point, &sorted.distance_sums(point));
            assert!((all[point] - single).abs() < 1e-12, "{point}");
        }
    }
}

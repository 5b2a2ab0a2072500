//! Clusters by density (DBSCAN): a customer with enough others nearby is at the core of a cluster, and so are all
//! such customers within reach of it; who is within reach of a core belongs to its cluster, everybody else is noise.
//!
//! Exact for any number of customers. One within reach of cores of several clusters goes to the nearest core's, so
//! that no order of customers shows. Source: Ester, Kriegel, Sander & Xu (1996).

use super::k_means::Clustering;
use super::method::{DensityProblem, MOST_GROUPS};
use super::neighbours::Boxes;
use super::{Params, Steps};
use crate::AnalysisError;

/// Clusters by density.
pub(super) struct Dense {
    pub(super) clustering: Clustering,
    /// How many customers have enough others nearby.
    pub(super) n_core: usize,
}

/// The clusters of the points of `columns` for `params.eps` and `params.min_points`.
pub(super) fn fit(
    columns: &[Vec<f64>],
    params: &Params,
    steps: &mut Steps<'_>,
) -> Result<Dense, AnalysisError> {
    let n_points = columns.first().map_or(0, Vec::len);
    let square = params.eps * params.eps;
    let place = |point: usize| -> Vec<f64> { columns.iter().map(|column| column[point]).collect() };
    let cores = cores(columns, params, steps)?;
    steps.advance()?;
    let mut labels = vec![u16::MAX; n_points];
    let (boxes, k) = spread(columns, &cores, square, &mut labels, steps)?;
    steps.advance()?;
    let of_cores = labels.clone();
    for (point, label) in labels.iter_mut().enumerate() {
        if point % 1024 == 0 {
            steps.pulse_at(point, n_points)?;
        }
        if *label == u16::MAX {
            let core = boxes.nearest_within(&place(point), square);
            *label = core.map_or(k as u16, |core| of_cores[core as usize]);
        }
    }
    steps.advance()?;
    stands_out(&labels, k)?;
    Ok(Dense {
        clustering: Clustering::of_labels(columns, labels, k),
        n_core: cores.len(),
    })
}

/// Who has enough others nearby, rising.
pub(super) fn cores(
    columns: &[Vec<f64>],
    params: &Params,
    steps: &Steps<'_>,
) -> Result<Vec<u32>, AnalysisError> {
    let n_points = columns.first().map_or(0, Vec::len);
    let square = params.eps * params.eps;
    let everybody = Boxes::new(columns, (0..n_points as u32).collect());
    let mut cores = Vec::new();
    for point in 0..n_points {
        if point % 1024 == 0 {
            steps.pulse_at(point, n_points)?;
        }
        let place: Vec<f64> = columns.iter().map(|column| column[point]).collect();
        if everybody.has_within(&place, square, params.min_points) {
            cores.push(point as u32);
        }
    }
    Ok(cores)
}

/// How many steps [`fit`] takes.
pub(super) const N_STEPS: usize = 3;

/// Gives each core the cluster of all cores within reach, numbered by their first; gives back how many there are.
fn spread(
    columns: &[Vec<f64>],
    cores: &[u32],
    square: f64,
    labels: &mut [u16],
    steps: &Steps<'_>,
) -> Result<(Boxes, usize), AnalysisError> {
    let mut boxes = Boxes::new(columns, cores.to_vec());
    let (mut n_clusters, mut n_done) = (0, 0);
    let mut waiting: Vec<u32> = Vec::new();
    for &core in cores {
        if labels[core as usize] != u16::MAX {
            continue;
        }
        waiting.push(core);
        while let Some(next) = waiting.pop() {
            if n_done % 1024 == 0 {
                steps.pulse_at(n_done, cores.len())?;
            }
            n_done += 1;
            let n_known = waiting.len();
            let place: Vec<f64> = columns.iter().map(|column| column[next as usize]).collect();
            boxes.take_within(&place, square, &mut waiting);
            for &found in &waiting[n_known..] {
                labels[found as usize] = n_clusters as u16;
            }
        }
        n_clusters += 1;
        // More cannot be told apart, but how many there are is worth saying.
        n_clusters = n_clusters.min(usize::from(u16::MAX - 1));
    }
    enough(n_clusters).map(|()| (boxes, n_clusters))
}

/// Whether there is more than one cluster of everybody: noise is a segment of its own.
pub(super) fn stands_out(labels: &[u16], k: usize) -> Result<(), AnalysisError> {
    let has_noise = labels.iter().any(|&label| usize::from(label) >= k);
    if k > 1 || has_noise {
        return Ok(());
    }
    Err(AnalysisError::Density(DensityProblem::OneCluster))
}

/// Whether so many clusters can be shown.
pub(super) fn enough(n_clusters: usize) -> Result<(), AnalysisError> {
    let problem = match n_clusters {
        0 => DensityProblem::OnlyNoise,
        1..=MOST_GROUPS => return Ok(()),
        found => DensityProblem::TooMany {
            found,
            most: MOST_GROUPS,
        },
    };
    Err(AnalysisError::Density(problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;
    use proptest::prelude::*;

    fn fitted(columns: &[Vec<f64>], eps: f64, min_points: usize) -> Result<Dense, AnalysisError> {
        let params = Params {
            eps,
            min_points,
            ..Params::default()
        };
        let mut monitor = Unwatched;
        fit(columns, &params, &mut Steps::new(&mut monitor, 3))
    }

    #[test]
    fn two_crowds_and_a_stranger() {
        let column = vec![0.0, 1.0, 2.0, 50.0, 51.0, 52.0, 500.0, 3.0];
        let found = fitted(&[column], 1.0, 3).unwrap();
        assert_eq!(found.clustering.labels, [0, 0, 0, 1, 1, 1, 2, 0]);
        assert_eq!((found.clustering.n_noise(), found.n_core), (1, 3));
    }

    #[test]
    fn one_crowd_and_strangers_are_a_cluster_and_noise() {
        let column = vec![0.0, 1.0, 2.0, 3.0, 500.0, 900.0];
        let found = fitted(&[column], 1.0, 3).unwrap();
        assert_eq!(found.clustering.labels, [0, 0, 0, 0, 1, 1]);
        assert_eq!((found.clustering.n_noise(), found.n_core), (2, 2));
    }

    #[test]
    fn a_reach_that_says_nothing_is_a_problem_of_its_own() {
        let columns = [(0..900).map(f64::from).collect()];
        for (eps, min_points, expected) in [
            (0.5, 2, DensityProblem::OnlyNoise),
            (1.0, 2, DensityProblem::OneCluster),
            (
                0.0,
                1,
                DensityProblem::TooMany {
                    found: 900,
                    most: MOST_GROUPS,
                },
            ),
        ] {
            let found = fitted(&columns, eps, min_points).map(|_| ());
            assert_eq!(found, Err(AnalysisError::Density(expected)));
        }
    }

    /// By the definition: cores, then whatever is joined by steps between cores.
    fn by_hand(values: &[f64], eps: f64, min_points: usize) -> Vec<Option<usize>> {
        let near =
            |a: usize, b: usize| (values[a] - values[b]) * (values[a] - values[b]) <= eps * eps;
        let all = 0..values.len();
        let is_core = |a: usize| all.clone().filter(|&b| near(a, b)).count() >= min_points;
        let mut group: Vec<Option<usize>> = all.clone().map(|a| is_core(a).then_some(a)).collect();
        for _ in all.clone() {
            for a in all.clone() {
                for b in all.clone().filter(|&b| near(a, b)) {
                    if let (Some(one), Some(other)) = (group[a], group[b]) {
                        group[a] = Some(one.min(other));
                    }
                }
            }
        }
        group
    }

    proptest! {
        #[test]
        fn cores_are_grouped_as_defined(
            values in prop::collection::vec(0..120_i32, 8..60),
            min_points in 2_usize..5,
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let expected = by_hand(&values, 2.0, min_points);
            if let Ok(found) = fitted(std::slice::from_ref(&values), 2.0, min_points) {
                for (a, one) in expected.iter().enumerate() {
                    for (b, other) in expected.iter().enumerate() {
                        if one.is_some() && other.is_some() {
                            let together = found.clustering.labels[a] == found.clustering.labels[b];
                            prop_assert_eq!(together, one == other);
                        }
                    }
                }
            }
        }
    }
}

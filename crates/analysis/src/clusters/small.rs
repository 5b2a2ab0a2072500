//! Clusters that are too small to act on join the nearest, the smallest first.
//!
//! The nearest is the one with the nearest centre; means are taken anew after each. Around medoids, a cluster that is
//! too small loses its medoid, and each of its customers joins the nearest that is left. Noise stays noise.

use super::k_means::{self, Clustering};
use super::medoids::to_nearest;
use super::metric::Metric;
use super::sample::smallest;
use crate::{AnalysisError, Rule};

/// Joins clusters of fewer than `least` customers to others; says how many were joined.
pub(super) fn join_small(
    columns: &[Vec<f64>],
    metric: &Metric,
    clustering: &mut Clustering,
    least: usize,
) -> Result<u64, AnalysisError> {
    let mut n_joined = 0;
    loop {
        let k = clustering.centres.len();
        let sizes = k_means::sizes(&clustering.labels, k);
        let small = (0..k).filter(|&cluster| sizes[cluster] < least);
        let Some(small) = small.min_by_key(|&cluster| sizes[cluster]) else {
            return Ok(n_joined);
        };
        if k <= 2 {
            return Err(AnalysisError::Param {
                field: "min_size".into(),
                rule: Rule::LeavesOne,
            });
        }
        n_joined += 1;
        if let Metric::Gower(_) = metric {
            let mut centres = clustering.centres.clone();
            centres.remove(small);
            *clustering = to_nearest(columns, metric, centres).0;
            continue;
        }
        let nearest = nearest_other(&clustering.centres, small);
        let new = |label: u16| match usize::from(label) {
            label if label == small => nearest - usize::from(nearest > small),
            label => label - usize::from(label > small),
        };
        let labels = clustering.labels.iter().map(|&label| new(label) as u16);
        *clustering = Clustering::of_labels(columns, labels.collect(), k - 1);
    }
}

/// The cluster whose centre is nearest to that of another, the first of equals.
fn nearest_other(centres: &[Vec<f64>], own: usize) -> usize {
    let columns: Vec<Vec<f64>> = (0..centres[own].len())
        .map(|feature| centres.iter().map(|centre| centre[feature]).collect())
        .collect();
    let mut distances = vec![0.0; centres.len()];
    Metric::Euclidean.distances(&columns, 0, &centres[own], &mut distances);
    distances[own] = f64::INFINITY;
    smallest(&distances)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(columns: &[Vec<f64>], clustering: &mut Clustering, least: usize) -> Option<u64> {
        join_small(columns, &Metric::Euclidean, clustering, least).ok()
    }

    #[test]
    fn the_smallest_joins_the_nearest_and_noise_stays() {
        let columns = [vec![0.0, 0.1, 0.2, 5.0, 9.0, 9.1, 99.0]];
        let labels = vec![0, 0, 0, 1, 2, 2, 3];
        let mut clustering = Clustering::of_labels(&columns, labels, 3);
        assert_eq!(join(&columns, &mut clustering, 2), Some(1));
        assert_eq!(clustering.labels, [0, 0, 0, 1, 1, 1, 2]);
        assert_eq!(clustering.centres.len(), 2);
        assert_eq!(join(&columns, &mut clustering, 3), Some(0));
        assert_eq!(join(&columns, &mut clustering, 4), None);
    }

    #[test]
    fn a_medoid_that_goes_leaves_each_of_its_own_to_the_nearest() {
        let columns = [vec![0.0, 0.1, 0.4, 0.6, 0.9, 1.0]];
        let metric = Metric::Gower(vec![false]);
        let centres = vec![vec![0.0], vec![0.5], vec![1.0]];
        let mut clustering = Clustering {
            centres: vec![vec![0.0], vec![0.5], vec![1.0]],
            ..to_nearest(&columns, &metric, centres).0
        };
        clustering.labels = vec![0, 0, 1, 2, 2, 2];
        assert_eq!(join_small(&columns, &metric, &mut clustering, 2), Ok(1));
        assert_eq!(clustering.labels, [0, 0, 0, 1, 1, 1]);
    }
}

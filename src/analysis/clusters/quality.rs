//! How good a clustering is: dispersion and separation.
//!
//! Sources: Caliński & Harabasz (1974); Davies & Bouldin (1979). Both as scikit-learn computes them.

use super::k_means::{self, Clustering, squared_distances};
use super::{Quality, Steps, silhouette};
use crate::analysis::AnalysisError;

/// Measures `clustering` on the scaled `columns` it was made from. Points that are in no cluster count for nothing.
pub(super) fn measure(
    columns: &[Vec<f64>],
    clustering: &Clustering,
    seed: u64,
    steps: &Steps<'_>,
) -> Result<Quality, AnalysisError> {
    let k = clustering.centres.len();
    let (silhouette, silhouette_basis) =
        silhouette::mean(columns, &clustering.labels, k, seed, steps)?;
    let sizes = k_means::sizes(&clustering.labels, k);
    Ok(Quality {
        k,
        inertia: clustering.inertia,
        silhouette,
        silhouette_basis,
        calinski_harabasz: calinski_harabasz(columns, clustering, &sizes),
        davies_bouldin: davies_bouldin(columns, clustering, &sizes),
        bic: None,
        n_smallest: sizes.iter().copied().min().unwrap_or(0) as u64,
    })
}

/// Between over within dispersion, each over its degrees of freedom; 1 where nothing is left within.
fn calinski_harabasz(columns: &[Vec<f64>], clustering: &Clustering, sizes: &[usize]) -> f64 {
    let n: usize = sizes.iter().sum();
    let (n, k) = (n as f64, sizes.len() as f64);
    let is_in = |label: u16| usize::from(label) < sizes.len();
    let mean = |column: &Vec<f64>| {
        let pairs = column.iter().zip(&clustering.labels);
        pairs
            .filter(|&(_, &label)| is_in(label))
            .map(|(value, _)| value)
            .sum::<f64>()
            / n
    };
    let middle: Vec<f64> = columns.iter().map(mean).collect();
    let between: f64 = clustering
        .centres
        .iter()
        .zip(sizes)
        .map(|(centre, &size)| size as f64 * squared_distance(centre, &middle))
        .sum();
    if clustering.inertia > 0.0 && n > k && k > 1.0 {
        between / clustering.inertia * (n - k) / (k - 1.0)
    } else {
        1.0
    }
}

/// The mean over clusters of the worst ratio of two spreads to the distance between their centres.
fn davies_bouldin(columns: &[Vec<f64>], clustering: &Clustering, sizes: &[usize]) -> f64 {
    let spreads = spreads(columns, clustering, sizes);
    let k = sizes.len();
    let worst = |one: usize| {
        (0..k)
            .filter(|&other| other != one)
            .map(|other| {
                let apart =
                    squared_distance(&clustering.centres[one], &clustering.centres[other]).sqrt();
                if apart > 0.0 {
                    (spreads[one] + spreads[other]) / apart
                } else {
                    0.0
                }
            })
            .fold(0.0, f64::max)
    };
    (0..k).map(worst).sum::<f64>() / k as f64
}

/// Mean distance of the points of each cluster to its centre.
fn spreads(columns: &[Vec<f64>], clustering: &Clustering, sizes: &[usize]) -> Vec<f64> {
    let mut sums = vec![0.0; sizes.len()];
    let mut square = [0.0];
    for (point, &label) in clustering.labels.iter().enumerate() {
        let Some(centre) = clustering.centres.get(usize::from(label)) else {
            continue;
        };
        squared_distances(columns, point, centre, &mut square);
        sums[usize::from(label)] += square[0].sqrt();
    }
    sums.iter()
        .zip(sizes)
        .map(|(sum, &size)| sum / size.max(1) as f64)
        .collect()
}

fn squared_distance(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum()
}

//! How good a clustering is: dispersion and separation.
//!
//! Under Gower's distance medoids stand in for means, medians and most frequent texts for the mean of all.
//! Sources: Caliński & Harabasz (1974); Davies & Bouldin (1979). Both as scikit-learn computes them.

use super::Quality;
use super::k_means::{self, Clustering};
use super::metric::Metric;
use super::sample::gathered;
use super::silhouette::Silhouettes;

/// Measures `clustering` on the scaled `columns` it was made from. Points that are in no cluster count for nothing;
/// one cluster has nothing to be held against.
pub(super) fn measure(
    columns: &[Vec<f64>],
    metric: &Metric,
    clustering: &Clustering,
    silhouettes: &Silhouettes,
) -> Quality {
    let k = clustering.centres.len();
    let sizes = k_means::sizes(&clustering.labels, k);
    Quality {
        k,
        inertia: clustering.inertia,
        silhouette: silhouettes.mean,
        silhouette_basis: silhouettes.basis,
        calinski_harabasz: (k > 1).then(|| calinski_harabasz(columns, metric, clustering, &sizes)),
        davies_bouldin: (k > 1).then(|| davies_bouldin(columns, metric, clustering, &sizes)),
        bic: None,
        n_smallest: sizes.iter().copied().min().unwrap_or(0) as u64,
    }
}

/// Between over within dispersion, each over its degrees of freedom; 1 where nothing is left within.
fn calinski_harabasz(
    columns: &[Vec<f64>],
    metric: &Metric,
    clustering: &Clustering,
    sizes: &[usize],
) -> f64 {
    let n: usize = sizes.iter().sum();
    let (n, k) = (n as f64, sizes.len() as f64);
    let is_in = |&place: &usize| usize::from(clustering.labels[place]) < sizes.len();
    let middle = match clustering.n_noise() {
        0 => metric.middle(columns),
        _ => {
            let places: Vec<usize> = (0..clustering.labels.len()).filter(is_in).collect();
            metric.middle(&gathered(columns, &places))
        }
    };
    let between: f64 = clustering
        .centres
        .iter()
        .zip(sizes)
        .map(|(centre, &size)| {
            let apart = metric.distance(centre, &middle);
            size as f64 * apart * apart
        })
        .sum();
    if clustering.inertia > 0.0 && n > k && k > 1.0 {
        between / clustering.inertia * (n - k) / (k - 1.0)
    } else {
        1.0
    }
}

/// The mean over clusters of the worst ratio of two spreads to the distance between their centres.
fn davies_bouldin(
    columns: &[Vec<f64>],
    metric: &Metric,
    clustering: &Clustering,
    sizes: &[usize],
) -> f64 {
    let spreads = spreads(columns, metric, clustering, sizes);
    let k = sizes.len();
    let worst = |one: usize| {
        (0..k)
            .filter(|&other| other != one)
            .map(|other| {
                let centres = &clustering.centres;
                let apart = metric.distance(&centres[one], &centres[other]);
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
fn spreads(
    columns: &[Vec<f64>],
    metric: &Metric,
    clustering: &Clustering,
    sizes: &[usize],
) -> Vec<f64> {
    let mut sums = vec![0.0; sizes.len()];
    let mut distance = [0.0];
    for (point, &label) in clustering.labels.iter().enumerate() {
        let Some(centre) = clustering.centres.get(usize::from(label)) else {
            continue;
        };
        metric.distances(columns, point, centre, &mut distance);
        sums[usize::from(label)] += distance[0];
    }
    sums.iter()
        .zip(sizes)
        .map(|(sum, &size)| sum / size.max(1) as f64)
        .collect()
}

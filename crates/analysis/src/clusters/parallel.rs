//! How the customers of each cluster lie along every feature: quartiles, and a few of them one by one.
//!
//! In standard deviations of all clustered customers, feature by feature, as the means beside them. The lines are a
//! seeded sample of bounded size and never say whose they are. Source: Inselberg (1985), parallel coordinates.

use serde::{Deserialize, Serialize};

use super::Steps;
use super::k_means::Clustering;
use super::sample::sample;
use crate::{AnalysisError, stats};

/// Quartiles and single customers along the features that are numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parallel {
    /// Lower quartile, median and upper quartile (type 7) of the scaled values less the overall mean, over the standard
    /// deviation: `clusters × features`.
    pub quartiles: Vec<Vec<[f64; 3]>>,
    /// At most 120 customers: the cluster's place (that of noise after the last), and a value for each feature.
    pub lines: Vec<(u16, Vec<f64>)>,
}

/// The most customers that are drawn one by one.
const MOST_LINES: usize = 120;

/// Lays the customers along the columns of the features that are numbers.
pub(super) fn lay(
    columns: &[Vec<f64>],
    clustering: &Clustering,
    seed: u64,
    steps: &Steps<'_>,
) -> Result<Parallel, AnalysisError> {
    let (labels, k) = (&clustering.labels, clustering.centres.len());
    let drawn = sample(labels.len(), MOST_LINES.min(labels.len()), seed);
    let mut lines: Vec<(u16, Vec<f64>)> = drawn
        .iter()
        .map(|&place| (labels[place], Vec::with_capacity(columns.len())))
        .collect();
    let mut quartiles = vec![Vec::with_capacity(columns.len()); k];
    for column in columns {
        let (mean, deviation) = stats::moments(column.iter().copied());
        let z = |value: f64| match deviation > 0.0 {
            true => (value - mean) / deviation,
            false => 0.0,
        };
        let mut of_clusters = vec![Vec::new(); k];
        for (&value, &label) in column.iter().zip(labels) {
            if let Some(own) = of_clusters.get_mut(usize::from(label)) {
                own.push(value);
            }
        }
        for (own, quartiles) in of_clusters.iter_mut().zip(&mut quartiles) {
            let quarter = |n| stats::quantile(own, n, 4).map_or(0.0, z);
            quartiles.push([1, 2, 3].map(quarter));
        }
        for (&place, (_, values)) in drawn.iter().zip(&mut lines) {
            values.push(z(column[place]));
        }
        steps.pulse()?;
    }
    Ok(Parallel { quartiles, lines })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;

    fn laid(columns: &[Vec<f64>], labels: Vec<u16>, k: usize) -> Parallel {
        let mut unwatched = Unwatched;
        let steps = Steps::new(&mut unwatched, 1);
        let clustering = Clustering::of_labels(columns, labels, k);
        lay(columns, &clustering, 42, &steps).unwrap()
    }

    #[test]
    fn quartiles_are_of_each_cluster_in_deviations_of_all() {
        // Mean 5 and deviation 5; who is noise counts for both.
        let columns = [
            vec![0.0, 0.0, 0.0, 10.0, 10.0, 10.0],
            vec![3.0, 3.0, 3.0, 3.0, 3.0, 3.0],
        ];
        let found = laid(&columns, vec![0, 0, 0, 1, 1, 2], 2);
        assert_eq!(
            found.quartiles,
            [[[-1.0; 3], [0.0; 3]], [[1.0; 3], [0.0; 3]]]
        );
        assert_eq!(found.lines.len(), 6);
        assert_eq!(found.lines[5], (2, vec![1.0, 0.0]));
    }

    #[test]
    fn lines_are_a_bounded_sample() {
        let column: Vec<f64> = (0..1_000).map(f64::from).collect();
        let labels = (0..1_000).map(|place| u16::from(place >= 500)).collect();
        let found = laid(&[column], labels, 2);
        assert_eq!(found.lines.len(), MOST_LINES);
        let all = found.lines.iter();
        assert!(all.clone().all(|(label, z)| (*label == 1) == (z[0] > 0.0)));
        let [lower, median, upper] = found.quartiles[1][0];
        assert!(0.0 < lower && lower < median && median < upper);
    }
}

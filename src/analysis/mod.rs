//! Dataset and parameters to results. Pure and deterministic: the as-of date and seeds are parameters.
//!
//! Every analysis is one module with the same three names: `Params` (plain, checked by [`Params::check`]), `run`,
//! and `Output`. An output has two halves: a `report` of bounded size, which is what pictures, tables, the page and
//! `<analysis>.json` get, and what belongs to single customers, which stays beside the dataset for lists and exports.
//!
//! To add an analysis: its module, a variant of [`Request`] and [`Report`], a line in [`run`].

mod cleaning;
pub mod cluster_counts;
pub mod clusters;
pub mod compare;
pub mod customers;
pub mod profile;
pub mod rfm;
mod scaling;
mod segmentation;
mod snapshot;
mod stats;
#[cfg(test)]
pub(crate) mod testing;
pub mod treatment;

use serde::{Deserialize, Serialize};

use crate::data::{Dataset, Day};

pub use cleaning::{Cleaned, Missing, Outliers};
pub use scaling::Scaling;
pub use segmentation::{Label, Segment, SegmentName, Segmentation, SegmentationId};

/// A job that can be watched and stopped.
pub trait Monitor {
    /// Says that `done` of `total` steps are done.
    ///
    /// # Errors
    /// [`AnalysisError::Cancelled`] where the person has stopped it.
    fn checkpoint(&mut self, done: u64, total: u64) -> Result<(), AnalysisError>;
}

/// Watches nothing and never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Monitor for Unwatched {
    fn checkpoint(&mut self, _done: u64, _total: u64) -> Result<(), AnalysisError> {
        Ok(())
    }
}

/// Parameters of an analysis.
pub trait Params: Sized {
    /// Whether the parameters make sense, before any data is looked at.
    ///
    /// # Errors
    /// The first field that breaks a rule.
    fn check(&self) -> Result<(), AnalysisError>;

    /// The parameters as a type that says they were checked.
    ///
    /// # Errors
    /// As [`Params::check`].
    fn checked(self) -> Result<Checked<Self>, AnalysisError> {
        self.check()?;
        Ok(Checked(self))
    }
}

/// Parameters that passed [`Params::check`].
#[derive(Clone, Debug)]
pub struct Checked<P>(P);

impl<P> std::ops::Deref for Checked<P> {
    type Target = P;
    fn deref(&self) -> &P {
        &self.0
    }
}

/// A rule that a parameter breaks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// Outside the closed range.
    Between(f64, f64),
    /// Cut points must rise, and be one fewer than the groups.
    RisingCutPoints {
        /// How many are needed.
        need: usize,
    },
    /// At least one is needed.
    NotEmpty,
    /// There is no such column, or it holds no numbers.
    NumericColumn,
    /// It is no number.
    Number,
}

/// Why an analysis has no result. Facts only: `text` has the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum AnalysisError {
    /// A parameter breaks a rule.
    #[error("{field}: {rule:?}")]
    Param {
        /// The field, as in settings: `k`, `features`.
        field: String,
        /// The rule.
        rule: Rule,
    },
    /// Too few customers for what was asked.
    #[error("{found} customers, at least {need} needed")]
    TooFewCustomers {
        /// The fewest that would do.
        need: usize,
        /// How many there are.
        found: usize,
    },
    /// Fewer distinct customers than clusters: they are equal in all features.
    #[error("{found} distinct points, at least {need} needed")]
    TooFewDistinct {
        /// The fewest that would do.
        need: usize,
        /// How many there are.
        found: usize,
    },
    /// No customer had ordered by the as-of date.
    #[error("no order until {as_of}")]
    NothingUntil {
        /// The as-of date.
        as_of: Day,
    },
    /// The file lacks what the analysis needs: dates, orders.
    #[error("no recency and frequency in the file")]
    NoHistory,
    /// What is done about the columns sets all customers aside.
    #[error("all customers are set aside")]
    AllSetAside,
    /// Stopped by the person.
    #[error("cancelled")]
    Cancelled,
}

/// What can be asked of the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Recency, frequency, monetary.
    Rfm(rfm::Params),
    /// One clustering.
    Clusters(clusters::Params),
    /// The quality of clusterings with 2 to 10 clusters.
    ClusterCounts(cluster_counts::Params),
}

/// The analyses that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnalysisId {
    /// See [`rfm`].
    Rfm,
    /// See [`clusters`].
    Clusters,
    /// See [`cluster_counts`].
    ClusterCounts,
}

impl AnalysisId {
    /// All, in the order of views and files.
    pub const ALL: [Self; 3] = [Self::Rfm, Self::Clusters, Self::ClusterCounts];

    /// The name used in files and settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rfm => "rfm",
            Self::Clusters => "clusters",
            Self::ClusterCounts => "cluster_counts",
        }
    }

    /// The analysis with this [`AnalysisId::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.key() == key)
    }
}

impl Request {
    /// Which analysis is asked for.
    pub const fn id(&self) -> AnalysisId {
        match self {
            Self::Rfm(_) => AnalysisId::Rfm,
            Self::Clusters(_) => AnalysisId::Clusters,
            Self::ClusterCounts(_) => AnalysisId::ClusterCounts,
        }
    }
}

/// What a page, picture or file needs of a result: bounded in size, ordered, without single customers' rows
/// (but for the drawn sample of scatter plots).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// See [`rfm`].
    Rfm(Box<rfm::Report>),
    /// See [`clusters`].
    Clusters(Box<clusters::Report>),
    /// See [`cluster_counts`].
    ClusterCounts(Box<cluster_counts::Report>),
}

/// A finished request: its report, and the segmentation where the method makes one.
#[derive(Clone, Debug)]
pub struct Finished {
    /// For page, picture and JSON.
    pub report: Report,
    /// For everything that takes any segmentation.
    pub segmentation: Option<Segmentation>,
    /// Scores of single customers, where the method gives any.
    pub scores: Option<rfm::Scores>,
}

/// Runs any request.
///
/// # Errors
/// What the analysis says.
pub fn run(
    dataset: &Dataset,
    request: Request,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Finished, AnalysisError> {
    match request {
        Request::Rfm(params) => {
            let output = rfm::run(dataset, &params.checked()?, as_of, monitor)?;
            let report = Report::Rfm(Box::new(output.report));
            Ok(Finished {
                report,
                segmentation: Some(output.segmentation),
                scores: Some(output.scores),
            })
        }
        Request::Clusters(params) => {
            let output = clusters::run(dataset, &params.checked()?, as_of, monitor)?;
            let report = Report::Clusters(Box::new(output.report));
            Ok(Finished {
                report,
                segmentation: Some(output.segmentation),
                scores: None,
            })
        }
        Request::ClusterCounts(params) => {
            let report = cluster_counts::run(dataset, &params.checked()?, as_of, monitor)?;
            Ok(Finished {
                report: Report::ClusterCounts(Box::new(report)),
                segmentation: None,
                scores: None,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_and_report_survives_the_wire_and_has_plain_json() {
        let dataset =
            testing::orders(&[("a", 1, 100), ("b", 2, 5000), ("c", 3, 90_000), ("c", 5, 1)]);
        let two = clusters::Params {
            k: 2,
            ..clusters::Params::default()
        };
        for request in [
            Request::Rfm(rfm::Params {
                map: Some(rfm::SegmentMap::well_known(5)),
                ..rfm::Params::default()
            }),
            Request::ClusterCounts(cluster_counts::Params {
                clusters: two.clone(),
            }),
            Request::Clusters(two),
        ] {
            let wire = postcard::to_allocvec(&request).unwrap();
            assert_eq!(postcard::from_bytes::<Request>(&wire).unwrap(), request);
            let report = run(&dataset, request, Day::from_number(6), &mut Unwatched)
                .unwrap()
                .report;
            let wire = postcard::to_allocvec(&report).unwrap();
            assert_eq!(postcard::from_bytes::<Report>(&wire).unwrap(), report);
            assert!(serde_json::to_string(&report).is_ok());
        }
    }
}

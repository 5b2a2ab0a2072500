//! Everything a person decided, and nothing of the data: what a project file holds.

use serde::{Deserialize, Serialize};

use crate::analysis::{clusters, rfm};
use crate::data::{Choices, Day, Mapping};

/// The settings of a project. The same file and the same settings give the same bytes in every export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Version of this form of settings.
    pub schema: u32,
    /// What the columns mean; `None` before a person has confirmed it.
    pub mapping: Option<Mapping>,
    /// Which rows count.
    pub choices: Choices,
    /// The as-of date; `None` is the day after the last order.
    pub as_of: Option<Day>,
    /// RFM.
    pub rfm: rfm::Params,
    /// Clusters.
    pub clusters: clusters::Params,
}

impl Settings {
    /// The version written by this release.
    pub const SCHEMA: u32 = 1;
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schema: Self::SCHEMA,
            mapping: None,
            choices: Choices::default(),
            as_of: None,
            rfm: rfm::Params::default(),
            clusters: clusters::Params::default(),
        }
    }
}

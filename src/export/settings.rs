//! Everything a person decided, and nothing of the data: what a project file holds.

use serde::{Deserialize, Serialize};

use super::customers;
use crate::analysis::treatment::Treatments;
use crate::analysis::{
    AnalysisId, Request, advice, cluster_counts, clusters, compare, explain, lifecycle, rfm,
    rhythm, rules, value,
};
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
    /// What is done about missing values and outliers of further columns, before any analysis.
    pub columns: Treatments,
    /// RFM.
    pub rfm: rfm::Params,
    /// Clusters.
    pub clusters: clusters::Params,
    /// Stages of the customers' life.
    pub lifecycle: lifecycle::Params,
    /// Classes by value.
    pub value: value::Params,
    /// Lateness against the own rhythm.
    pub rhythm: rhythm::Params,
    /// A person's own rules.
    pub rules: rules::Params,
    /// What a segmentation is wanted for.
    pub advice: advice::Params,
    /// Which segmentation is explained, and how deeply.
    pub explain: explain::Params,
    /// Which two segmentations are compared.
    pub compare: compare::Params,
    /// The list of customers as a file.
    pub customers: customers::Params,
}

impl Settings {
    /// The version written by this release.
    pub const SCHEMA: u32 = 1;

    /// The request that these settings make of an analysis. That of the counts is the same for every `k`.
    pub fn request(&self, id: AnalysisId) -> Request {
        match id {
            AnalysisId::Rfm => Request::Rfm(self.rfm.clone()),
            AnalysisId::Clusters => Request::Clusters(self.clusters.clone()),
            AnalysisId::ClusterCounts => Request::ClusterCounts(cluster_counts::Params {
                clusters: clusters::Params {
                    k: clusters::Params::default().k,
                    ..self.clusters.clone()
                },
            }),
            AnalysisId::Lifecycle => Request::Lifecycle(self.lifecycle.clone()),
            AnalysisId::Value => Request::Value(self.value.clone()),
            AnalysisId::Rhythm => Request::Rhythm(self.rhythm.clone()),
            AnalysisId::Rules => Request::Rules(self.rules.clone()),
            AnalysisId::Advice => Request::Advice(self.advice.clone()),
            AnalysisId::Explain => {
                let of = self.request(self.explain.of.analysis());
                Request::Explain(self.explain.clone(), Box::new(of))
            }
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schema: Self::SCHEMA,
            mapping: None,
            choices: Choices::default(),
            as_of: None,
            columns: Treatments::new(),
            rfm: rfm::Params::default(),
            clusters: clusters::Params::default(),
            lifecycle: lifecycle::Params::default(),
            value: value::Params::default(),
            rhythm: rhythm::Params::default(),
            rules: rules::Params::default(),
            advice: advice::Params::default(),
            explain: explain::Params::default(),
            compare: compare::Params::default(),
            customers: customers::Params::default(),
        }
    }
}

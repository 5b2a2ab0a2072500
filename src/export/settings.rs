//! Everything a person decided, and of the data no more than how much there was: what a project file holds.
//!
//! Files are known again by their names or by their columns: those of the mapping by the roles in it.

use serde::{Deserialize, Serialize};

use super::customers;
use crate::analysis::treatment::Treatments;
use crate::analysis::{
    AnalysisId, Request, SegmentationId, advice, cluster_counts, clusters, cohorts, compare,
    explain, lifecycle, lifetime, movement, prediction, rfm, rhythm, rules, stability, value,
};
use crate::data::{Choices, DateOrder, Day, Kind, Ledger, Mapping, Preview, Roles, Said};

/// The settings of a project. The same file and the same settings give the same bytes in every export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Version of this form of settings.
    pub schema: u32,
    /// What the columns mean; `None` before a person has confirmed it.
    pub mapping: Option<Mapping>,
    /// What the files beside the leading one are.
    pub further: Vec<FurtherFile>,
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
    /// How often customers are drawn anew for the clusters.
    pub stability: stability::Settings,
    /// What is predicted, from what, by what, and how it is tested.
    pub prediction: prediction::Params,
    /// Which segmentation is explained, and how deeply.
    pub explain: explain::Params,
    /// Which segmentation is held against which earlier date.
    pub movement: movement::Params,
    /// Which two segmentations are compared.
    pub compare: compare::Params,
    /// What customers will be worth.
    pub lifetime: lifetime::Params,
    /// The list of customers as a file.
    pub customers: customers::Params,
    /// Cohorts.
    pub cohorts: cohorts::Params,
    /// How much was open when the project was saved, so that it can be told what has changed since. Of the data there is
    /// no more than these counts and days; no result hangs on them.
    pub seen: Option<Seen>,
    /// What segmentations were cut by when the project was saved: what a later file can be held against. Numbers and
    /// names, never a customer; no result hangs on them unless they are taken over into [`Settings::movement`].
    pub kept: Option<movement::Kept>,
}

/// How much was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Files of the leading table.
    pub n_files: u64,
    /// Their rows.
    pub n_rows: u64,
    /// Customers with at least one row that counts.
    pub n_customers: u64,
    /// Days of the first and last order.
    pub period: Option<(Day, Day)>,
}

impl Seen {
    /// What an import came to.
    pub const fn new(ledger: &Ledger, n_customers: u64, period: Option<(Day, Day)>) -> Self {
        Self {
            n_files: ledger.files.len() as u64,
            n_rows: ledger.n_rows,
            n_customers,
            period,
        }
    }
}

/// A file beside the leading one, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurtherFile {
    /// Its name.
    pub name: String,
    /// What its rows are; `None` where it is not used.
    pub kind: Kind,
    /// Its columns' roles, where it has roles of its own.
    pub roles: Roles,
    /// How a person said that its dates are to be read.
    pub date_order: Option<DateOrder>,
    /// The sheet, where it is a workbook.
    pub sheet: Option<String>,
}

impl Settings {
    /// The version written by this release.
    pub const SCHEMA: u32 = 2;

    /// Whether a file has the columns that the mapping names.
    pub fn fits(&self, preview: &Preview) -> bool {
        let mapping = self.mapping.as_ref();
        mapping.is_none_or(|mapping| has_columns(preview, &mapping.roles))
    }

    /// What is said of a file among others: of one with its name, of one with the columns of the mapping, or of one that
    /// has the columns of another file; `None` where nothing is.
    pub fn said_of(&self, preview: &Preview) -> Option<Said> {
        let is_named = |file: &&FurtherFile| {
            file.name == preview.file_name && has_columns(preview, &file.roles)
        };
        if let Some(file) = self.further.iter().find(is_named) {
            return Some(file.said());
        }
        // One column alone may be in any file: the look at it must say the same.
        let has_all = |roles: &Roles, is_guessed: bool| {
            let is_enough = roles.len() > 1 || is_guessed && roles.len() == 1;
            is_enough && has_columns(preview, roles)
        };
        let mapping = self.mapping.as_ref()?;
        if has_all(&mapping.roles, preview.guess.table == mapping.table) {
            return Some(Said {
                kind: Some(Some(mapping.table)),
                ..Said::default()
            });
        }
        let guessed = preview.kind_beside_orders();
        let is_alike = |file: &&FurtherFile| has_all(&file.roles, guessed == file.kind);
        let alike = self.further.iter().filter(is_alike);
        Some(alike.max_by_key(|file| file.roles.len())?.said())
    }

    /// The sheet of a workbook of this name.
    pub fn sheet_of(&self, file_name: &str) -> Option<&String> {
        match self.further.iter().find(|file| file.name == file_name) {
            Some(file) => file.sheet.as_ref(),
            None => self.mapping.as_ref()?.sheet.as_ref(),
        }
    }

    /// The movement, with what the project kept where its cut points are asked for and none were taken over.
    pub fn movement_used(&self) -> movement::Params {
        let mut movement = self.movement.clone();
        if movement.cuts == movement::Cuts::Kept && movement.kept.is_none() {
            movement.kept.clone_from(&self.kept);
        }
        movement
    }

    /// The request that these settings make of an analysis. That of the counts is the same for every `k`.
    pub fn request(&self, id: AnalysisId) -> Request {
        match id {
            AnalysisId::Rfm => Request::Rfm(self.rfm.clone()),
            AnalysisId::Clusters => Request::Clusters(self.clusters.clone()),
            AnalysisId::ClusterCounts => Request::ClusterCounts(cluster_counts::Params {
                clusters: clusters::Params {
                    k: clusters::Params::default().k,
                    held: None,
                    ..self.clusters.clone()
                },
            }),
            AnalysisId::Lifecycle => Request::Lifecycle(self.lifecycle.clone()),
            AnalysisId::Value => Request::Value(self.value.clone()),
            AnalysisId::Rhythm => Request::Rhythm(self.rhythm.clone()),
            AnalysisId::Rules => {
                // Scores are always there to test; other segments are made where a rule asks for them.
                let mut of = self.rules.sources();
                if !of.contains(&SegmentationId::Rfm) {
                    of.insert(0, SegmentationId::Rfm);
                }
                let of = of.into_iter().map(|id| self.request(id.analysis()));
                Request::Rules(self.rules.clone(), of.collect())
            }
            AnalysisId::Advice => Request::Advice(self.advice.clone()),
            AnalysisId::Stability => Request::Stability(stability::Params {
                clusters: clusters::Params {
                    held: None,
                    ..self.clusters.clone()
                },
                settings: self.stability,
            }),
            AnalysisId::Prediction => Request::Prediction(self.prediction.clone()),
            AnalysisId::Movement => {
                // Moves of moves are refused by the analysis; a request must end somewhere.
                let of = match self.movement.of {
                    SegmentationId::Movement => SegmentationId::Rfm,
                    of => of,
                };
                let mut movement = self.movement_used();
                let is_kept = movement.cuts == movement::Cuts::Kept;
                movement.choices = is_kept.then_some(self.choices);
                let since = self.kept.as_ref().filter(|_| !is_kept);
                movement.since = since.map(movement::Kept::without_rules);
                Request::Movement(movement, Box::new(self.request(of.analysis())))
            }
            AnalysisId::Lifetime => Request::Lifetime(self.lifetime.clone()),
            AnalysisId::Explain => {
                let of = self.request(self.explain.of.analysis());
                Request::Explain(self.explain.clone(), Box::new(of))
            }
            AnalysisId::Cohorts => {
                let is_of_segments = self.cohorts.by == cohorts::By::Segmentation;
                let of = is_of_segments.then(|| self.request(self.cohorts.of.analysis()));
                Request::Cohorts(self.cohorts.clone(), of.map(Box::new))
            }
        }
    }
}

impl FurtherFile {
    fn said(&self) -> Said {
        Said {
            kind: Some(self.kind),
            roles: (!self.roles.is_empty()).then(|| self.roles.clone()),
            date_order: self.date_order,
        }
    }
}

fn has_columns(preview: &Preview, roles: &Roles) -> bool {
    let has = |name: &String| {
        let mut columns = preview.columns.iter();
        columns.any(|column| column.header == *name)
    };
    roles.values().all(has)
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schema: Self::SCHEMA,
            mapping: None,
            further: Vec::new(),
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
            stability: stability::Settings::default(),
            prediction: prediction::Params::default(),
            explain: explain::Params::default(),
            movement: movement::Params::default(),
            compare: compare::Params::default(),
            lifetime: lifetime::Params::default(),
            customers: customers::Params::default(),
            seen: None,
            kept: None,
            cohorts: cohorts::Params::default(),
        }
    }
}

//! What a person decides about a prediction.

use serde::{Deserialize, Serialize};

use crate::{AnalysisError, Rule};

/// What is predicted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// Whether a customer orders again within the days.
    #[default]
    BuysAgain,
    /// How much a customer spends within the days.
    Spend,
    /// What a column says.
    Column,
}

/// What predicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// Logistic where the target is one of two, else linear.
    #[default]
    Regression,
    /// One shallow tree.
    Tree,
    /// The mean of many trees.
    Forest,
}

/// Which customers a model is tested on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Split {
    /// Those of a later cut, whose days come after all that was learnt from.
    #[default]
    Time,
    /// Some of the customers, at random.
    Random,
    /// All of them: each part of the cross-validation by a model that learnt from the other parts.
    Folds,
}

impl Target {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::BuysAgain, Self::Spend, Self::Column];
}

impl Model {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Regression, Self::Tree, Self::Forest];
}

impl Split {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Time, Self::Random, Self::Folds];
}

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// What is predicted.
    pub target: Target,
    /// The column that is predicted, where it is one.
    pub column: String,
    /// Which of two texts or numbers of the column counts as yes; where it is neither, the later in byte order or the
    /// higher.
    pub positive: String,
    /// Days after the cut in which customers order or spend, 1 to 3650.
    pub days: u32,
    /// Measures and columns that it is predicted from; empty takes the measures of the history, or else all columns.
    pub features: Vec<String>,
    /// What predicts.
    pub model: Model,
    /// Which customers it is tested on.
    pub split: Split,
    /// Share of the customers that is learnt from where they are split at random, 0.5 to 0.9.
    pub train_share: f64,
    /// Parts of the cross-validation, 2 to 10.
    pub folds: usize,
    /// Probability from which somebody counts as predicted to, where no money is given.
    pub threshold: f64,
    /// Money that one hit brings.
    pub hit_value: f64,
    /// Money that one contact costs; the threshold is its share of `hit_value` where both are above nothing.
    pub contact_cost: f64,
    /// Tests in a row of the single tree, 1 to 6.
    pub depth: usize,
    /// Trees of the forest, 10 to 200.
    pub trees: usize,
    /// Of all randomness.
    pub seed: u64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            target: Target::default(),
            column: String::new(),
            positive: String::new(),
            days: 90,
            features: Vec::new(),
            model: Model::default(),
            split: Split::default(),
            train_share: 0.75,
            folds: 5,
            threshold: 0.5,
            hit_value: 0.0,
            contact_cost: 0.0,
            depth: 3,
            trees: 60,
            seed: 42,
        }
    }
}

/// The measures of the simple model that every other is held against.
pub(super) const NAIVE: [&str; 2] = ["recency", "frequency"];

impl Params {
    /// Makes these of the simple model: a regression on recency and frequency alone.
    pub fn simplify(&mut self) {
        self.features = NAIVE.map(str::to_owned).to_vec();
        self.model = Model::Regression;
    }

    /// Whether a model from `features` is the simple one.
    pub(super) fn is_naive(&self, features: &[String]) -> bool {
        let is_one = |feature: &String| NAIVE.contains(&&feature[..]);
        self.model == Model::Regression
            && features.len() == NAIVE.len()
            && features.iter().all(is_one)
    }

    /// Whether the threshold comes from money.
    pub fn has_money(&self) -> bool {
        self.hit_value > 0.0 && self.contact_cost > 0.0
    }

    /// The probability from which a contact pays, or the one that was set.
    pub fn used_threshold(&self) -> f64 {
        match self.has_money() {
            true => (self.contact_cost / self.hit_value).min(1.0),
            false => self.threshold,
        }
    }
}

impl crate::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        for (field, value, low, high) in [
            ("days", f64::from(self.days), 1.0, 3650.0),
            ("train_share", self.train_share, 0.5, 0.9),
            ("folds", self.folds as f64, 2.0, 10.0),
            ("threshold", self.threshold, 0.0, 1.0),
            ("hit_value", self.hit_value, 0.0, 1e12),
            ("contact_cost", self.contact_cost, 0.0, 1e12),
            ("depth", self.depth as f64, 1.0, 6.0),
            ("trees", self.trees as f64, 10.0, 200.0),
        ] {
            let is_within = (low..=high).contains(&value);
            AnalysisError::unless(is_within, field, Rule::Between(low, high))?;
        }
        let has_column = self.target != Target::Column || !self.column.is_empty();
        AnalysisError::unless(has_column, "column", Rule::NotEmpty)
    }
}

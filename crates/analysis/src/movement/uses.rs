//! What a segmentation looks at: the measures and columns by which it says who is where.
//!
//! They are what has to be in a later file, and what may have drifted. Names alone: a measure by its key, a column by
//! its header. Products, words and categories have none.

use super::freeze::{Frozen, Held};
use crate::measures::{Measure, Measures};
use crate::{AnalysisError, Request};
use gyeol_data::{Dataset, Day};

/// What is looked at where nothing else is known: of scores, forecasts and predictions.
const USUAL: [Measure; 3] = [Measure::Recency, Measure::Frequency, Measure::Monetary];

/// Keys and headers, each once: of what both dates are cut by where there is anything, else of what is asked for.
pub(crate) fn uses(held: Option<&Held>, request: &Request) -> Vec<String> {
    match (held, request) {
        (Some(Held::Frozen(rule)), _) => rule.uses(),
        (Some(Held::Members(members)), _) => members.features().to_vec(),
        (None, Request::Rules(params, _)) => params.measures(),
        (None, Request::Clusters(params)) => params.features.clone(),
        _ => keys(&USUAL),
    }
}

/// The usual ones, for a segmentation that looks at nothing that is a number.
pub(super) fn usual() -> Vec<String> {
    keys(&USUAL)
}

fn keys(measures: &[Measure]) -> Vec<String> {
    let keys = measures.iter().map(|measure| measure.key().to_owned());
    keys.collect()
}

impl Frozen {
    /// What it looks at.
    fn uses(&self) -> Vec<String> {
        match self {
            Self::Rfm(params) => {
                let cuts = params.cuts.as_ref();
                let has_money = cuts.is_some_and(|cuts| !cuts.monetary.is_empty());
                keys(&USUAL[..if has_money { 3 } else { 2 }])
            }
            Self::Lifecycle(_) => keys(&USUAL[..2]),
            Self::Value(lowest) => vec![lowest.by.clone()],
            Self::Rhythm(_) => keys(&[Measure::Lateness]),
            Self::Rules(params) => params.measures(),
            Self::Clusters(model) => model.features.clone(),
        }
    }

    /// Whether it can be gone by in `dataset` on `as_of`.
    ///
    /// # Errors
    /// [`AnalysisError::LacksColumns`] with what it looks at and the file does not have.
    pub(crate) fn check(&self, dataset: &Dataset, as_of: Day) -> Result<(), AnalysisError> {
        let measures = Measures::new(dataset, as_of);
        let may_be_texts = matches!(self, Self::Rules(_));
        let is_there = |name: &String| match may_be_texts {
            true => measures.values(name).is_some(),
            false => (measures.numbers(name)).is_some_and(|all| all.iter().any(Option::is_some)),
        };
        let mut columns = self.uses();
        columns.retain(|name| !is_there(name));
        if columns.is_empty() || measures.present.is_empty() {
            return Ok(());
        }
        let of = Some(self.id());
        Err(AnalysisError::LacksColumns { of, columns })
    }
}

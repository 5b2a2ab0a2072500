//! How much of the past is known: whether a file has the customers and orders that a project was saved with.
//!
//! Counts alone, so that a project can hold them. A file with a few of the earlier orders gives moves of a few
//! customers that look like those of all: below half they are refused, below nine tenths that is said.

use serde::{Deserialize, Serialize};

use super::{Cuts, Kept, Params};
use crate::AnalysisError;
use gyeol_data::{Dataset, Day};

/// Below this share of what a project knew nothing is said of who moved.
const REFUSED_BELOW: f64 = 0.5;

/// Below this share it is said that some are missing.
const SAID_BELOW: f64 = 0.9;

/// Customers and their orders until a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Customers who had ordered.
    pub n_customers: u64,
    /// Their orders.
    pub n_orders: u64,
}

/// What a project knew, and what of it a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// What the project knew; `None` in projects that do not say.
    pub then: Option<Known>,
    /// What the file has until the same day.
    pub found: Known,
    /// The last day that the project knew.
    pub until: Day,
}

impl Known {
    /// Of `dataset` until `day`.
    pub fn until(dataset: &Dataset, day: Day) -> Self {
        let all = 0..dataset.n_customers();
        let standings = all.filter_map(|customer| dataset.standing(customer, day));
        standings.fold(Self::default(), |sum, own| Self {
            n_customers: sum.n_customers + 1,
            n_orders: sum.n_orders + u64::from(own.n_orders),
        })
    }

    /// The share of `then` that is here, of customers or of orders, whichever is less.
    fn share_of(self, then: Self) -> f64 {
        let share = |own: u64, all: u64| own as f64 / all.max(1) as f64;
        let customers = share(self.n_customers, then.n_customers);
        customers.min(share(self.n_orders, then.n_orders))
    }
}

impl Kept {
    /// Whether `dataset` has at least half of what the project knew; a project that does not say knew any.
    pub(super) fn is_known_by(&self, dataset: &Dataset) -> bool {
        let found = Known::until(dataset, self.known_until);
        match self.known {
            Some(then) => found.share_of(then) >= REFUSED_BELOW,
            None => found.n_customers > 0,
        }
    }
}

/// What `past` lacks of what the project of `params` knew, where its cut points are gone by; nothing where it has
/// nearly all.
///
/// # Errors
/// [`AnalysisError::LacksPast`] where it has less than half.
pub(crate) fn lacking(
    past: &Dataset,
    params: &Params,
    cut: Day,
) -> Result<Option<Lacking>, AnalysisError> {
    let kept = params.kept.as_ref();
    let kept = kept.filter(|kept| params.cuts == Cuts::Kept && kept.known_until == cut);
    let Some(then) = kept.and_then(|kept| kept.known) else {
        return Ok(None);
    };
    let found = Known::until(past, cut);
    let lacking = Lacking {
        then: Some(then),
        found,
        until: cut,
    };
    match found.share_of(then) {
        share if share < REFUSED_BELOW => Err(AnalysisError::LacksPast(lacking)),
        share => Ok((share < SAID_BELOW).then_some(lacking)),
    }
}

//! Cut points between the groups of a measure: quantiles of type 7, or a person's own.

use serde::{Deserialize, Serialize};

use super::{Convention, Params};
use crate::analysis::snapshot::{Snapshot, units_to_f64};
use crate::analysis::{AnalysisError, Rule, stats};

/// `groups - 1` cut points for each measure, in its own unit, none smaller than the one before.
///
/// An empty list takes quantiles for that measure. Equal neighbours (from ties) leave a score to nobody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CutPoints {
    /// Days.
    pub recency_days: Vec<f64>,
    /// Orders (rows in the `r-rfm` convention).
    pub frequency: Vec<f64>,
    /// Money.
    pub monetary: Vec<f64>,
}

impl CutPoints {
    /// Whether every list that is not empty has `groups - 1` finite values that never fall.
    pub(super) fn check(&self, groups: u8) -> Result<(), AnalysisError> {
        let need = usize::from(groups) - 1;
        for (field, cuts) in [
            ("cuts.recency_days", &self.recency_days),
            ("cuts.frequency", &self.frequency),
            ("cuts.monetary", &self.monetary),
        ] {
            let is_right =
                cuts.len() == need && cuts.is_sorted() && cuts.iter().all(|c| c.is_finite());
            if !cuts.is_empty() && !is_right {
                let rule = Rule::RisingCutPoints { need };
                return Err(AnalysisError::Param {
                    field: field.into(),
                    rule,
                });
            }
        }
        Ok(())
    }

    /// The cut points that `params` ask for, over the customers of `snapshot`.
    pub(super) fn resolve(params: &Params, snapshot: &Snapshot, has_money: bool) -> Self {
        let own = params.cuts.clone().unwrap_or_default();
        let parts = usize::from(params.groups);
        let or_quantiles = |own: Vec<f64>, mut values: Vec<f64>, one: f64| {
            if own.is_empty() {
                quantiles(&mut values, parts, one, params.convention)
            } else {
                own
            }
        };
        let units = snapshot
            .units
            .iter()
            .map(|&units| units_to_f64(units))
            .collect();
        let one = 10_f64.powi(i32::from(snapshot.scale));
        Self {
            recency_days: or_quantiles(own.recency_days, snapshot.recency(), 1.0),
            frequency: or_quantiles(own.frequency, snapshot.frequencies(), 1.0),
            monetary: if has_money {
                or_quantiles(own.monetary, units, one)
            } else {
                Vec::new()
            },
        }
    }
}

/// Quantiles are taken in whole units and divided once, as the values themselves are: equal stays equal.
fn quantiles(values: &mut [f64], parts: usize, one: f64, convention: Convention) -> Vec<f64> {
    let plus = match convention {
        Convention::Gyeol => 0.0,
        Convention::RRfm => 1.0,
    };
    let cuts = stats::cut_points(values, parts);
    cuts.into_iter().map(|cut| cut / one + plus).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_cut_points_are_as_many_as_needed_and_never_fall() {
        let check = |cuts: &[f64]| {
            let own = CutPoints {
                frequency: cuts.to_vec(),
                ..CutPoints::default()
            };
            own.check(3).is_ok()
        };
        for (cuts, expected) in [
            (&[][..], true),
            (&[1.0, 2.0], true),
            (&[1.0, 1.0], true),
            (&[2.0, 1.0], false),
            (&[1.0], false),
            (&[1.0, f64::INFINITY], false),
            (&[1.0, f64::NAN], false),
        ] {
            assert_eq!(check(cuts), expected, "{cuts:?}");
        }
    }

    #[test]
    fn a_broken_rule_names_its_field() {
        let own = CutPoints {
            monetary: vec![1.0],
            ..CutPoints::default()
        };
        let rule = Rule::RisingCutPoints { need: 4 };
        let expected = AnalysisError::Param {
            field: "cuts.monetary".into(),
            rule,
        };
        assert_eq!(own.check(5), Err(expected));
    }
}

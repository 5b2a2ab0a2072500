//! Cut points between the groups of a measure, as a person or a convention draws them.

use serde::{Deserialize, Serialize};

use crate::{AnalysisError, Rule};

/// `groups - 1` cut points for each measure, in its own unit, none smaller than the one before.
///
/// An empty list leaves the measure to the convention. Equal neighbours (from ties) leave a score to nobody.
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

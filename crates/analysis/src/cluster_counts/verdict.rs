//! Where the criteria agree on a number of clusters, and whether there are groups at all.
//!
//! The rule and its thresholds stand in `docs/methods/clusters.md`. Sources: Kaufman & Rousseeuw (1990) for how high
//! silhouettes read; Tibshirani & Walther (2005) for the strength of 0.8.

use serde::{Deserialize, Serialize};

use super::{GapRules, Preferred};
use crate::clusters::{Gap, Quality};

/// What the criteria say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing sets the customers apart from ones without groups.
    NoNaturalGroups,
    /// All criteria pick `k`.
    Agree {
        /// The number of clusters.
        k: usize,
    },
    /// More than half of the criteria pick `k`.
    Most {
        /// The number of clusters.
        k: usize,
        /// Criteria that pick it.
        n_for: usize,
        /// Criteria that pick any.
        n_of: usize,
    },
    /// There are groups, but no number has more than half of the criteria.
    Disagree,
}

/// From here on a number of clusters foretells the other half well enough.
pub(super) const STRONG: f64 = 0.8;
/// Above, the silhouette reads "strong structure" and "reasonable structure".
const STRONG_STRUCTURE: f64 = 0.7;
const REASONABLE_STRUCTURE: f64 = 0.5;
/// From here on dispersion falls deeper than chance lets it fall among references: about 2 % of them on one side.
const DEEP: f64 = 2.0;

impl Verdict {
    /// `None` where no number was tried.
    pub(super) fn of(
        rows: &[Quality],
        preferred: &Preferred,
        rules: Option<&GapRules>,
        gaps: &[Gap],
    ) -> Option<Self> {
        if rows.is_empty() {
            return None;
        }
        let silhouette = |k: usize| {
            let row = rows.iter().find(|row| row.k == k);
            row.and_then(|row| row.silhouette).unwrap_or(0.0)
        };
        let is_deep = |k: usize| gaps.iter().any(|one| one.k == k && one.fall > DEEP);
        let gap_has_groups = rules.is_none_or(|rules| {
            let (next, highest) = (rules.tibshirani, rules.global_se_max);
            let is_strong = silhouette(highest) > STRONG_STRUCTURE;
            next > 1 && is_deep(next) || is_strong && is_deep(highest)
        });
        let is_supported = preferred.strength.is_some_and(|k| k > 1)
            || silhouette(preferred.silhouette) > REASONABLE_STRUCTURE;
        Some(if gap_has_groups && is_supported {
            Self::of_votes(&preferred.votes())
        } else {
            Self::NoNaturalGroups
        })
    }

    fn of_votes(votes: &[usize]) -> Self {
        let n_for = |k: usize| votes.iter().filter(|&&vote| vote == k).count();
        let n_of = votes.len();
        let most = votes.iter().copied().find(|&k| 2 * n_for(k) > n_of);
        match most {
            Some(k) if n_for(k) == n_of => Self::Agree { k },
            Some(k) => Self::Most {
                k,
                n_for: n_for(k),
                n_of,
            },
            None => Self::Disagree,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_needs_more_than_half_of_the_criteria() {
        for (votes, expected) in [
            (&[3, 3, 3][..], Verdict::Agree { k: 3 }),
            (
                &[2, 3, 3],
                Verdict::Most {
                    k: 3,
                    n_for: 2,
                    n_of: 3,
                },
            ),
            (&[2, 2, 3, 3], Verdict::Disagree),
            (&[2, 3, 4], Verdict::Disagree),
        ] {
            assert_eq!(Verdict::of_votes(votes), expected);
        }
    }
}

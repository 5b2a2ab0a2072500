//! The number of clusters by the gap statistic: five published rules, which often differ.
//!
//! `Tibshirani` is the rule of the paper (Tibshirani, Walther & Hastie 2001); the others are those that the
//! documentation of R's `cluster::maxSE` defines, the first of them after Dudoit & Fridlyand (2002). One standard error each.

use serde::{Deserialize, Serialize};

use crate::clusters::Gap;

/// What each rule picks, 1 for no groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapRules {
    /// The smallest number whose gap is no more than an error below the first local maximum (`firstSEmax`).
    pub first_se_max: usize,
    /// The smallest number whose gap is no more than the next one's error below the next gap (`Tibs2001SEmax`).
    pub tibshirani: usize,
    /// The highest gap (`globalmax`).
    pub global_max: usize,
    /// The first local maximum (`firstmax`).
    pub first_max: usize,
    /// The smallest number whose gap is no more than an error below the highest one (`globalSEmax`).
    pub global_se_max: usize,
}

impl GapRules {
    /// `None` without gaps.
    pub(super) fn of(gaps: &[Gap]) -> Option<Self> {
        let last = gaps.len().checked_sub(1)?;
        let falls = |place: &usize| gaps[place + 1].gap <= gaps[*place].gap;
        let first = (0..last).find(falls).unwrap_or(last);
        let higher = |best: usize, place: usize| {
            let is_higher = gaps[place].gap > gaps[best].gap;
            if is_higher { place } else { best }
        };
        let highest = (0..=last).fold(0, higher);
        // Not before the peak itself, which is within its own error.
        let within = |peak: usize| {
            let enough = gaps[peak].gap - gaps[peak].error;
            (0..peak)
                .find(|&place| gaps[place].gap >= enough)
                .unwrap_or(peak)
        };
        let holds = |place: &usize| {
            let next = &gaps[place + 1];
            gaps[*place].gap >= next.gap - next.error
        };
        let k = |place: usize| gaps[place].k;
        Some(Self {
            first_se_max: k(within(first)),
            tibshirani: k((0..last).find(holds).unwrap_or(last)),
            global_max: k(highest),
            first_max: k(first),
            global_se_max: k(within(highest)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rules(gaps: &[(f64, f64)]) -> [usize; 5] {
        let gaps: Vec<Gap> = (1..)
            .zip(gaps)
            .map(|(k, &(gap, error))| Gap {
                k,
                gap,
                error,
                fall: 0.0,
            })
            .collect();
        let rules = GapRules::of(&gaps).unwrap();
        [
            rules.first_se_max,
            rules.tibshirani,
            rules.global_max,
            rules.first_max,
            rules.global_se_max,
        ]
    }

    #[test]
    fn each_rule_picks_by_its_own_definition() {
        // Rises to a first peak at 4, falls, and is highest at 7: every rule differs.
        let gaps = [
            (0.10, 0.05),
            (0.30, 0.05),
            (0.34, 0.05),
            (0.37, 0.05),
            (0.20, 0.05),
            (0.45, 0.05),
            (0.48, 0.05),
        ];
        assert_eq!(rules(&gaps), [3, 2, 7, 4, 6]);
        let falling = [(0.5, 0.1), (0.4, 0.1), (0.3, 0.1)];
        assert_eq!(rules(&falling), [1; 5], "no groups");
        let rising = [(0.1, 0.01), (0.2, 0.01), (0.3, 0.01)];
        assert_eq!(rules(&rising), [3; 5], "nothing ever falls");
        assert_eq!(rules(&[(0.2, 0.1)]), [1; 5]);
        assert_eq!(GapRules::of(&[]), None);
    }

    proptest! {
        #[test]
        fn no_rule_picks_more_than_the_peak_it_looks_from(
            gaps in prop::collection::vec((-1.0..1.0, 0.0..0.5), 1..11),
        ) {
            let [first_se, tibshirani, global, first, global_se] = rules(&gaps);
            prop_assert!(first_se <= first && global_se <= global);
            // Where the curve falls, the gap before is no less than the next one less its error.
            prop_assert!(tibshirani <= first);
        }
    }
}

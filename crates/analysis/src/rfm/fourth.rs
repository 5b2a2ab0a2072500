//! A fourth scored dimension beside recency, frequency and monetary: how long customers are there, or how quickly they
//! order again.
//!
//! It stands beside the three and changes none of them: no segment, no cut point and no weighted score hangs on it.
//! Sources: Fader, Hardie & Lee (2005) for the time since the first purchase (their T); Reinartz & Kumar (2003) for the
//! average interpurchase time. Definitions and limits: `docs/methods/rfm.md`.

use serde::{Deserialize, Serialize};

use super::histogram::Histogram;
use super::scheme::{FewerIsBetter, Measured};
use super::{Convention, Params};
use crate::measures::{Measure, Measures};
use crate::{AnalysisError, Rule, stats};
use gyeol_data::{Dataset, Day};

/// What is scored beside the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fourth {
    /// Whole days since the first order; more are better.
    Tenure,
    /// Mean of the days between order days that follow each other; fewer are better, and who has a single order day has
    /// none.
    Interpurchase,
}

/// The fourth score of single customers.
#[derive(Clone, Debug, PartialEq)]
pub struct FourthScores {
    /// What is scored.
    pub of: Fourth,
    /// Days, by customer number; `None` for who has none, or was no customer yet.
    pub days: Vec<Option<f64>>,
    /// Scores, by customer number; 0 where there are no days.
    pub scores: Vec<u8>,
}

/// The fourth score of one customer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FourthScore {
    /// What is scored.
    pub of: Fourth,
    /// Days and their score, from 1; `None` for who has no days.
    pub known: Option<(f64, u8)>,
}

/// What page, picture and JSON get of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FourthReport {
    /// What is scored.
    pub of: Fourth,
    /// Cut points in days; empty by conventions that hold not everybody against the same ones, and where nobody has any
    /// days.
    pub cuts: Vec<f64>,
    /// Customers at each score, from 1.
    pub score_counts: Vec<u64>,
    /// Customers with a score.
    pub n_scored: u64,
    /// Present customers who have no days and so no score.
    pub n_without: u64,
    /// The middle one of the days (type 7); `None` where nobody has any.
    pub median_days: Option<f64>,
    /// How the days are spread.
    pub histogram: Histogram,
}

impl Fourth {
    /// The letter that its scores are told by.
    pub const fn letter(self) -> char {
        match self {
            Self::Tenure => 'T',
            Self::Interpurchase => 'I',
        }
    }

    const fn measure(self) -> Measure {
        match self {
            Self::Tenure => Measure::Tenure,
            Self::Interpurchase => Measure::DaysBetweenOrders,
        }
    }

    /// How everyone with days is scored by `convention`; `nested` groups it over all.
    fn scored(self, measured: &Measured, convention: Convention, groups: u8) -> Vec<u8> {
        match self {
            Self::Tenure => measured.scores(convention, groups),
            Self::Interpurchase => {
                let scheme = FewerIsBetter::new(measured, convention, &[], groups);
                let places = 0..measured.len();
                places.map(|place| scheme.score(measured, place)).collect()
            }
        }
    }
}

impl FourthScores {
    /// The fourth score of `customer`.
    pub fn of_customer(&self, customer: usize) -> FourthScore {
        let days = self.days.get(customer).copied().flatten();
        let score = self.scores.get(customer).copied();
        FourthScore {
            of: self.of,
            known: days.zip(score),
        }
    }
}

/// Scores everyone who is present in `dataset` on `as_of` by the fourth dimension that `params` name, if any.
///
/// # Errors
/// The file has no single orders.
pub(super) fn score(
    dataset: &Dataset,
    params: &Params,
    as_of: Day,
) -> Result<Option<(FourthScores, FourthReport)>, AnalysisError> {
    let Some(of) = params.fourth else {
        return Ok(None);
    };
    let measures = Measures::new(dataset, as_of);
    AnalysisError::unless(measures.has_orders(), "fourth", Rule::KnownMeasure)?;
    let own = measures.numbers(of.measure().key()).unwrap_or_default();
    let known = measures.present.iter().zip(own);
    let (customers, values): (Vec<u32>, Vec<f64>) = known
        .filter_map(|(&customer, days)| Some((customer, days?)))
        .unzip();
    let n_without = (measures.present.len() - values.len()) as u64;
    let measured = Measured::new(values.clone(), 1.0);
    let parts = usize::from(params.groups);
    let has_cuts = params.convention.has_cut_points() || params.convention == Convention::Nested;
    let cuts = match has_cuts && !values.is_empty() {
        true => measured.cuts(params.convention, &[], parts),
        false => Vec::new(),
    };
    let mut scores = FourthScores {
        of,
        days: vec![None; dataset.n_customers()],
        scores: vec![0; dataset.n_customers()],
    };
    let mut score_counts = vec![0; parts];
    let scored = of.scored(&measured, params.convention, params.groups);
    for ((customer, &days), score) in customers.into_iter().zip(&values).zip(scored) {
        scores.days[customer as usize] = Some(days);
        scores.scores[customer as usize] = score;
        score_counts[usize::from(score) - 1] += 1;
    }
    let report = FourthReport {
        of,
        cuts,
        score_counts,
        n_scored: values.len() as u64,
        n_without,
        median_days: stats::median(&mut values.clone()),
        histogram: Histogram::of(&values, of == Fourth::Tenure),
    };
    Ok(Some((scores, report)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rfm::{Output, run};
    use crate::{Params as _, Unwatched, testing};

    /// Orders of five customers: first days 0, 10, 20, 30 and 40; usual days between orders 10, 20, 40, none and 5.
    fn five() -> Dataset {
        testing::orders(&[
            ("a", 0, 100),
            ("a", 10, 100),
            ("a", 20, 100),
            ("b", 10, 100),
            ("b", 30, 100),
            ("c", 20, 100),
            ("c", 60, 100),
            ("d", 30, 100),
            ("e", 40, 100),
            ("e", 45, 100),
            ("e", 45, 900),
        ])
    }

    fn scored(convention: Convention, fourth: Option<Fourth>, as_of: i32) -> Output {
        let params = Params {
            convention,
            fourth,
            groups: 2,
            ..Params::default()
        };
        let params = params.checked().unwrap();
        run(&five(), &params, Day::from_number(as_of), &mut Unwatched).unwrap()
    }

    fn of(output: &Output) -> (&FourthScores, &FourthReport) {
        let scores = output.scores.fourth.as_ref().unwrap();
        (scores, output.report.fourth.as_ref().unwrap())
    }

    #[test]
    fn the_longest_tenure_has_the_highest_score() {
        let output = scored(Convention::Gyeol, Some(Fourth::Tenure), 100);
        let (scores, report) = of(&output);
        assert_eq!(scores.days, [100.0, 90.0, 80.0, 70.0, 60.0].map(Some));
        assert_eq!(report.cuts, [80.0], "the middle of five");
        assert_eq!(
            scores.scores,
            [2, 2, 1, 1, 1],
            "a cut point is of the lower group"
        );
        assert_eq!((report.n_scored, report.n_without), (5, 0));
        assert_eq!(report.score_counts, [3, 2]);
        assert_eq!(report.median_days, Some(80.0));
    }

    #[test]
    fn who_orders_again_sooner_scores_higher_and_who_ordered_once_has_no_score() {
        let output = scored(Convention::Gyeol, Some(Fourth::Interpurchase), 100);
        let (scores, report) = of(&output);
        let days = [Some(10.0), Some(20.0), Some(40.0), None, Some(5.0)];
        assert_eq!(scores.days, days);
        assert_eq!(report.cuts, [15.0], "between the two in the middle of four");
        assert_eq!(scores.scores, [2, 1, 1, 0, 2]);
        assert_eq!((report.n_scored, report.n_without), (4, 1));
        assert_eq!(report.score_counts, [2, 2]);
        assert_eq!(report.histogram.counts.iter().sum::<u64>(), 4);
        assert_eq!(scores.of_customer(3).known, None);
        assert_eq!(scores.of_customer(4).known, Some((5.0, 2)));
    }

    #[test]
    fn a_past_day_knows_nothing_of_later_orders() {
        let output = scored(Convention::Gyeol, Some(Fourth::Interpurchase), 30);
        let (scores, report) = of(&output);
        let days = [Some(10.0), Some(20.0), None, None, None];
        assert_eq!(scores.days, days, "c and d had ordered once, e not at all");
        assert_eq!((report.n_scored, report.n_without), (2, 2));
        let output = scored(Convention::Gyeol, Some(Fourth::Tenure), 30);
        let (scores, _) = of(&output);
        let days = [Some(30.0), Some(20.0), Some(10.0), Some(0.0), None];
        assert_eq!(scores.days, days);
        assert_eq!(scores.scores, [2, 2, 1, 1, 0]);
    }

    #[test]
    fn nobody_with_a_rhythm_leaves_the_dimension_empty() {
        for convention in Convention::ALL {
            let output = scored(convention, Some(Fourth::Interpurchase), 5);
            let (scores, report) = of(&output);
            assert_eq!(scores.scores, [0; 5]);
            assert_eq!((report.n_scored, report.n_without), (0, 1));
            assert!(report.cuts.is_empty() && report.median_days.is_none());
        }
    }

    #[test]
    fn every_convention_scores_by_its_own_rule_and_the_three_stay_as_they_are() {
        for (convention, expected) in [
            (Convention::Gyeol, [2, 1, 1, 0, 2]),
            // Lower ≤ value < upper, beyond 16.
            (Convention::RRfm, [2, 1, 1, 0, 2]),
            (Convention::Nested, [2, 1, 1, 0, 2]),
            (Convention::Ntile, [2, 1, 1, 0, 2]),
            (Convention::PandasQcut, [2, 1, 1, 0, 2]),
            (Convention::PandasRankFirst, [2, 1, 1, 0, 2]),
        ] {
            let plain = scored(convention, None, 100);
            let output = scored(convention, Some(Fourth::Interpurchase), 100);
            let (scores, report) = of(&output);
            assert_eq!(scores.scores, expected, "{convention:?}");
            let has_cuts = convention.has_cut_points() || convention == Convention::Nested;
            assert_eq!(report.cuts.is_empty(), !has_cuts);
            assert_eq!(output.segmentation, plain.segmentation);
            assert_eq!(output.report.score_counts, plain.report.score_counts);
            assert_eq!(output.report.cuts, plain.report.cuts);
            assert_eq!(output.scores.of(0), plain.scores.of(0));
            assert!(plain.report.fourth.is_none() && plain.scores.fourth.is_none());
        }
    }

    #[test]
    fn a_table_of_customers_has_no_first_order_and_says_so() {
        let params = Params {
            fourth: Some(Fourth::Tenure),
            ..Params::default()
        };
        let dataset = testing::numbers(&[("age", vec![Some(1.0)])]);
        let found = score(&dataset, &params, Day::from_number(9)).map(|found| found.is_some());
        assert_eq!(
            found,
            Err(AnalysisError::param("fourth", Rule::KnownMeasure))
        );
    }
}

//! Who is late against their own rhythm: days since the last order over the customer's own days between orders.
//!
//! A customer who buys monthly is late after six weeks, one who buys yearly is not. Who has a single order day has no
//! rhythm and says so. Formula, assumptions and limits: `docs/methods/rhythm.md`.

use serde::{Deserialize, Serialize};

use super::measures::{Measure, Measures};
use super::profile::{self, SegmentProfile};
use super::{
    AnalysisError, Checked, Monitor, ReadyName, Rule, Segment, Segmentation, SegmentationId,
    advice, stats,
};
use gyeol_data::{Dataset, Day, History};

/// Parameters, in multiples of the customer's own days between orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// From here the next order is due, above 0.
    pub due: f64,
    /// From here the customer is late, above `due`.
    pub late: f64,
    /// From here the customer is long overdue, above `late`, to 100.
    pub long_overdue: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            due: 1.0,
            late: 1.5,
            long_overdue: 3.0,
        }
    }
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// Customers with a rhythm.
    pub n_with_rhythm: u64,
    /// Lower quartile, median and upper quartile of the customers' own days between orders; `None` without any.
    pub quartiles_days: Option<[f64; 3]>,
    /// On time, due, late, long overdue, and who has no rhythm.
    pub segments: Vec<SegmentProfile>,
    /// What the adviser refuses this segmentation for in this file.
    pub caution: Option<advice::Limit>,
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// The groups.
    pub segmentation: Segmentation,
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        let above = |field: &str, value: f64, low: f64| {
            let is_within = value > low && value <= 100.0;
            AnalysisError::unless(is_within, field, Rule::Between(low, 100.0))
        };
        above("due", self.due, 0.0)?;
        above("late", self.late, self.due)?;
        above("long_overdue", self.long_overdue, self.late)
    }
}

/// The groups, in the order in which they are shown.
pub(super) const GROUPS: [ReadyName; 5] = [
    ReadyName::OnTime,
    ReadyName::Due,
    ReadyName::Late,
    ReadyName::LongOverdue,
    ReadyName::NoRhythm,
];

/// Holds each customer of `dataset` against their own rhythm on `as_of`.
///
/// # Errors
/// [`AnalysisError::NoHistory`] where the file has no single orders; [`AnalysisError::NothingUntil`]; or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    if !matches!(dataset.history, History::Orders(_)) {
        return Err(AnalysisError::NoHistory);
    }
    let measures = Measures::new(dataset, as_of);
    if measures.present.is_empty() {
        return Err(AnalysisError::NothingUntil { as_of });
    }
    monitor.checkpoint(0, 2)?;
    let of = |measure: Measure| measures.numbers(measure.key()).unwrap_or_default();
    let mut assignment = vec![Segmentation::ABSENT; dataset.n_customers()];
    for (&customer, lateness) in measures.present.iter().zip(of(Measure::Lateness)) {
        assignment[customer as usize] = group(params, lateness);
    }
    let segmentation = Segmentation {
        id: SegmentationId::Rhythm,
        segments: Segment::ready(&GROUPS),
        assignment,
        membership: None,
        predicted: None,
    };
    monitor.checkpoint(1, 2)?;
    let gaps = of(Measure::DaysBetweenOrders);
    let mut gaps: Vec<f64> = gaps.into_iter().flatten().collect();
    let quartile = |gaps: &mut Vec<f64>, n: usize| stats::quantile(gaps, n, 4).unwrap_or(0.0);
    let report = Report {
        params: Params::clone(params),
        as_of,
        n_with_rhythm: gaps.len() as u64,
        quartiles_days: (!gaps.is_empty()).then(|| [1, 2, 3].map(|n| quartile(&mut gaps, n))),
        segments: profile::run(dataset, &segmentation, as_of),
        caution: advice::caution(dataset, &measures, SegmentationId::Rhythm),
    };
    Ok(Output {
        report,
        segmentation,
    })
}

/// Place in [`GROUPS`].
pub(super) fn group(params: &Params, lateness: Option<f64>) -> u16 {
    let borders = [params.due, params.late, params.long_overdue];
    match lateness {
        Some(lateness) => borders.iter().filter(|&&border| lateness >= border).count() as u16,
        None => GROUPS.len() as u16 - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Params as _, Unwatched, testing};

    fn run_on(dataset: &Dataset, params: Params, day: i32) -> Result<Output, AnalysisError> {
        let as_of = Day::from_number(day);
        run(dataset, &params.checked()?, as_of, &mut Unwatched)
    }

    #[test]
    fn everyone_is_held_against_their_own_rhythm() {
        let mut rows = vec![("once", 0, 1)];
        for (id, gap) in [("a", 10), ("b", 20), ("c", 40), ("d", 100)] {
            rows.extend((0..3).map(|order| (id, 200 - order * gap, 1)));
        }
        // Forty days after the last order of all: 4, 2, 1 and 0.4 of the own rhythms.
        let output = run_on(&testing::orders(&rows), Params::default(), 240).unwrap();
        assert_eq!(output.segmentation.assignment, [3, 2, 1, 0, 4]);
        assert_eq!(output.report.n_with_rhythm, 4);
        assert_eq!(output.report.quartiles_days, Some([17.5, 30.0, 55.0]));
    }

    #[test]
    fn what_cannot_be_is_said() {
        let once = testing::orders(&[("a", 5, 1)]);
        let report = run_on(&once, Params::default(), 6).unwrap().report;
        assert_eq!((report.n_with_rhythm, report.quartiles_days), (0, None));
        let table = testing::numbers(&[("age", vec![Some(1.0)])]);
        let without = run_on(&table, Params::default(), 6).map(|_| ());
        assert_eq!(without, Err(AnalysisError::NoHistory));
        for (due, late, long_overdue) in [(0.0, 1.0, 2.0), (1.0, 1.0, 2.0), (1.0, 2.0, 101.0)] {
            let params = Params {
                due,
                late,
                long_overdue,
            };
            assert!(params.check().is_err());
        }
    }
}

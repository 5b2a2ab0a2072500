//! Recency, frequency, monetary: scores by quantiles and named segments.
//!
//! The order of the rows never matters; equal values get equal scores by all conventions that do not go by rank. Sources: Hughes (1994), *Strategic Database
//! Marketing*; quantiles of type 7 after Hyndman & Fan (1996); the `r-rfm` convention after the R package `rfm`.
//! Formula, assumptions and limits: `docs/methods/rfm.md`.

mod changes;
mod cut_points;
mod fourth;
mod histogram;
mod narrowed;
mod report;
mod scheme;
mod scores;
mod segment_map;
mod sensitivity;

use serde::{Deserialize, Serialize};

use super::snapshot::{self, Snapshot};
use super::{AnalysisError, Checked, Monitor, Rule, Segment, Segmentation, SegmentationId};
use gyeol_data::{Dataset, Day};
use report::Parts;
use scheme::{Scheme, Values};

pub use changes::{Change, Changes};
pub use cut_points::CutPoints;
pub use fourth::{Fourth, FourthReport, FourthScore, FourthScores};
pub use histogram::Histogram;
pub use report::{GridCell, Point, Report};
pub use scores::Scores;
pub use segment_map::{MapCheck, RuleName, SegmentMap, SegmentRule};
pub use sensitivity::{Moved, Sensitivity};

/// How values become scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Convention {
    /// Frequency counts orders; a value equal to a cut point belongs to the lower group
    /// (for recency: the more recent one).
    #[default]
    Gyeol,
    /// The R package `rfm`: frequency counts rows; cut points are quantiles plus 1; lower ≤ value < upper.
    RRfm,
    /// Frequency in groups within each recency score, money within each pair of these.
    Nested,
    /// SQL's `NTILE`: groups of equal size, whatever is equal; equal values in the order of ids.
    Ntile,
    /// pandas' `qcut` with `duplicates="drop"`: equal cut points are one, which leaves fewer scores.
    PandasQcut,
    /// pandas' `rank(method="first")` in the order of ids, then `qcut`.
    PandasRankFirst,
}

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// How values become scores.
    pub convention: Convention,
    /// Scores run from 1 to this, 2 to 10.
    pub groups: u8,
    /// Own cut points; `None` leaves them to the convention.
    pub cuts: Option<CutPoints>,
    /// Which scores make which segment; `None` takes [`SegmentMap::well_known`] for `groups`.
    pub map: Option<SegmentMap>,
    /// Only what was bought of this category; `None` takes all orders.
    pub category: Option<String>,
    /// What money is scored.
    pub monetary: Monetary,
    /// How much recency, frequency and monetary scores count in the one score that customers are ranked by, 0 to 100.
    pub weights: [u8; 3],
    /// What is scored beside the three, changing none of them; `None` scores nothing further.
    pub fourth: Option<Fourth>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            convention: Convention::default(),
            groups: 5,
            cuts: None,
            map: None,
            category: None,
            monetary: Monetary::Revenue,
            weights: EVEN,
            fourth: None,
        }
    }
}

/// What money is scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Monetary {
    /// What customers paid.
    #[default]
    Revenue,
    /// What was earned with it, as a table of products says.
    Margin,
}

impl Params {
    /// Whether all orders are looked at, and money is what was paid.
    pub fn is_plain(&self) -> bool {
        self.category.is_none() && self.monetary == Monetary::Revenue
    }
}

/// Weights by which all three scores count the same.
const EVEN: [u8; 3] = [1, 1, 1];

/// The largest weight.
const MOST_WEIGHT: u8 = 100;

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        if !(2..=10).contains(&self.groups) {
            return Err(AnalysisError::Param {
                field: "groups".into(),
                rule: Rule::Between(2.0, 10.0),
            });
        }
        let largest = self.weights.iter().max().copied().unwrap_or_default();
        let most = Rule::Between(0.0, f64::from(MOST_WEIGHT));
        AnalysisError::unless(largest <= MOST_WEIGHT, "weights", most)?;
        let some = Rule::SomeAboveNothing { most: MOST_WEIGHT };
        AnalysisError::unless(largest > 0, "weights", some)?;
        if let Some(cuts) = &self.cuts {
            cuts.check(self.groups)?;
        }
        self.map.as_ref().map_or(Ok(()), SegmentMap::check)
    }
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// The named segments.
    pub segmentation: Segmentation,
    /// Single customers.
    pub scores: Scores,
}

/// Scores and names every customer of `dataset` as it was on `as_of`.
///
/// # Errors
/// No history in the file, nobody had ordered by then, or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    if !snapshot::has_history(dataset) {
        return Err(AnalysisError::NoHistory);
    }
    let narrowed = narrowed::to_category(dataset, params)?;
    let (whole, dataset) = (dataset, narrowed.as_ref().unwrap_or(dataset));
    let snapshot = Snapshot::take(dataset, as_of, params.convention);
    if snapshot.len() == 0 {
        return Err(AnalysisError::NothingUntil { as_of });
    }
    monitor.checkpoint(1, 4)?;
    let margins = narrowed::margins(whole, &snapshot, params, as_of)?;
    let values = Values::of(margins.as_ref().unwrap_or(&snapshot), dataset.has_money);
    let own = params.cuts.clone().unwrap_or_default();
    let scheme = Scheme::new(params.convention, &values, &own, params.groups);
    monitor.checkpoint(2, 4)?;
    let n_customers = dataset.n_customers();
    let mut scores = Scores::new(&snapshot, &values, &scheme, params, n_customers);
    let (fourth, fourth_report) = fourth::score(dataset, params, as_of)?.unzip();
    scores.fourth = fourth;
    let map = map_as_used(params, dataset.has_money);
    let segmentation = name(&scores, &map, params.groups);
    monitor.checkpoint(3, 4)?;
    let map_check = map.coverage(params.groups);
    let parts = Parts {
        dataset,
        snapshot: &snapshot,
        money: margins.as_ref().unwrap_or(&snapshot).money(),
        scores: &scores,
        segmentation: &segmentation,
        as_of,
    };
    let sensitivity = Sensitivity::of(&parts, &values, &map, params.groups);
    let mut used = Params {
        map: Some(map),
        ..Params::clone(params)
    };
    if params.convention.has_cut_points() {
        used.cuts = Some(scheme.cuts.clone());
    }
    let report = Report {
        sensitivity,
        fourth: fourth_report,
        ..Report::new(&parts, used, scheme.cuts, map_check)
    };
    monitor.checkpoint(4, 4)?;
    Ok(Output {
        report,
        segmentation,
        scores,
    })
}

fn map_as_used(params: &Params, has_money: bool) -> SegmentMap {
    let map = params
        .map
        .clone()
        .unwrap_or_else(|| SegmentMap::well_known(params.groups));
    if has_money {
        map
    } else {
        map.without_monetary(params.groups)
    }
}

fn name(scores: &Scores, map: &SegmentMap, groups: u8) -> Segmentation {
    let labels = map.labels();
    let table = map.table(groups, &labels);
    let triples = scores.r.iter().zip(&scores.f).zip(&scores.m);
    let assignment = triples
        .map(|((&r, &f), &m)| table[segment_map::triple_place((r, f, m), groups)])
        .collect();
    Segmentation {
        id: SegmentationId::Rfm,
        segments: labels.into_iter().map(|label| Segment { label }).collect(),
        assignment,
        membership: None,
        predicted: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Label, Params as _, SegmentName, Unwatched, testing};
    use proptest::prelude::*;

    fn run_on(dataset: &Dataset, params: Params, as_of: i32) -> Result<Output, AnalysisError> {
        run(
            dataset,
            &params.checked()?,
            Day::from_number(as_of),
            &mut Unwatched,
        )
    }

    fn ten_customers() -> Vec<(&'static str, i32, i64)> {
        let ids = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
        ids.into_iter()
            .zip(1..)
            .map(|(id, n)| (id, n, i64::from(n) * 100))
            .collect()
    }

    #[test]
    fn equal_fifths_get_the_five_scores() {
        let output = run_on(&testing::orders(&ten_customers()), Params::default(), 11).unwrap();
        assert_eq!(output.scores.r, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!(output.scores.m, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!(
            output.scores.f, [1; 10],
            "equal values share the lowest group"
        );
        assert_eq!(output.report.score_counts[0], [2; 5]);
        assert_eq!(output.report.n_orders, 10);
        assert_eq!(output.report.revenue.to_string(), "55");
        assert!((output.report.top_fifth_revenue_share - 19.0 / 55.0).abs() < 1e-12);
    }

    #[test]
    fn parameters_as_used_give_the_same_scores_again() {
        let dataset = testing::orders(&ten_customers());
        for convention in Convention::ALL {
            let params = Params {
                convention,
                groups: 4,
                ..Params::default()
            };
            let first = run_on(&dataset, params, 11).unwrap();
            let again = run_on(&dataset, first.report.params.clone(), 11).unwrap();
            assert_eq!(again.scores, first.scores);
            assert_eq!(again.report, first.report);
        }
    }

    #[test]
    fn who_had_not_ordered_yet_is_in_no_number() {
        let dataset = testing::orders(&ten_customers());
        let output = run_on(&dataset, Params::default(), 5).unwrap();
        assert_eq!(output.report.n_customers, 5);
        assert_eq!(output.scores.of(5), None);
        assert_eq!(output.segmentation.assignment[5], Segmentation::ABSENT);
        let nobody = run_on(&dataset, Params::default(), 0).map(|output| output.report.n_customers);
        assert_eq!(
            nobody,
            Err(AnalysisError::NothingUntil {
                as_of: Day::from_number(0)
            })
        );
    }

    #[test]
    fn without_money_every_monetary_score_is_one_and_the_map_still_names() {
        let mut dataset = testing::orders(&ten_customers());
        dataset.has_money = false;
        let map = SegmentMap(vec![SegmentRule {
            name: RuleName::Known(SegmentName::Champions),
            r: (5, 5),
            f: (1, 5),
            m: (5, 5),
        }]);
        let output = run_on(
            &dataset,
            Params {
                map: Some(map),
                ..Params::default()
            },
            11,
        )
        .unwrap();
        assert_eq!(output.scores.m, [1; 10]);
        assert_eq!(output.report.segments[0].n_customers, 2);
        assert_eq!(output.report.segments[0].average_order_value, None);
        assert!(output.report.cuts.monetary.is_empty());
    }

    #[test]
    fn unmatched_customers_are_others_and_never_lost() {
        let rule = |name: &str| SegmentRule {
            name: RuleName::Own(name.into()),
            r: (5, 5),
            f: (1, 5),
            m: (1, 5),
        };
        let map = SegmentMap(vec![rule("best"), rule("never")]);
        let output = run_on(
            &testing::orders(&ten_customers()),
            Params {
                map: Some(map),
                ..Params::default()
            },
            11,
        )
        .unwrap();
        let found: Vec<_> = output
            .report
            .segments
            .iter()
            .map(|s| (s.label.clone(), s.n_customers))
            .collect();
        let expected = [
            (Label::Own("best".into()), 2),
            (Label::Own("never".into()), 0),
            (Label::Known(SegmentName::Others), 8),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_file_without_history_has_no_rfm() {
        let dataset = testing::numbers(&[("age", vec![Some(1.0)])]);
        assert_eq!(
            run_on(&dataset, Params::default(), 9).map(|_| ()),
            Err(AnalysisError::NoHistory)
        );
    }

    #[test]
    fn groups_outside_two_to_ten_break_a_rule() {
        for groups in [0, 1, 11] {
            let rule = Rule::Between(2.0, 10.0);
            let expected = AnalysisError::Param {
                field: "groups".into(),
                rule,
            };
            assert_eq!(
                Params {
                    groups,
                    ..Params::default()
                }
                .check(),
                Err(expected)
            );
        }
    }

    #[test]
    fn stopping_stops() {
        struct Stopped;
        impl Monitor for Stopped {
            fn checkpoint(&mut self, _done: u64, _total: u64) -> Result<(), AnalysisError> {
                Err(AnalysisError::Cancelled)
            }
        }
        let params = Params::default().checked().unwrap();
        let dataset = testing::orders(&ten_customers());
        let stopped = run(&dataset, &params, Day::from_number(11), &mut Stopped).map(|_| ());
        assert_eq!(stopped, Err(AnalysisError::Cancelled));
    }

    /// Few ids, days and amounts, so that ties are the rule.
    fn any_orders() -> impl Strategy<Value = Vec<(&'static str, i32, i64)>> {
        let id = prop::sample::select(vec!["a", "b", "c", "d", "e", "f", "g", "h"]);
        prop::collection::vec((id, 0..6_i32, -2..5_i64), 1..40)
    }

    proptest! {
        #[test]
        fn the_order_of_the_customers_does_not_show(rows in any_orders(), groups in 2_u8..11) {
            let mirrored_id = |id: &str| ["h", "g", "f", "e", "d", "c", "b", "a"][usize::from(id.as_bytes()[0] - b'a')];
            let mirrored: Vec<_> = rows.iter().map(|&(id, day, cents)| (mirrored_id(id), day, cents)).collect();
            let params = Params { groups, ..Params::default() };
            let one = run_on(&testing::orders(&rows), params.clone(), 9).unwrap();
            let mut other = run_on(&testing::orders(&mirrored), params, 9).unwrap();
            other.segmentation.assignment.reverse();
            prop_assert_eq!(one.segmentation, other.segmentation);
            prop_assert_eq!(one.report.cuts, other.report.cuts);
            prop_assert_eq!(one.report.grid, other.report.grid);
        }

        #[test]
        fn everyone_present_is_in_one_segment_and_equal_values_get_equal_scores(
            rows in any_orders(),
            groups in 2_u8..11,
            as_of in 0..8_i32,
            is_r in any::<bool>(),
        ) {
            let dataset = testing::orders(&rows);
            let convention = if is_r { Convention::RRfm } else { Convention::Gyeol };
            let params = Params { convention, groups, ..Params::default() };
            let Ok(output) = run_on(&dataset, params, as_of) else {
                prop_assert!(rows.iter().all(|&(_, day, _)| day > as_of));
                return Ok(());
            };
            let report = &output.report;
            let standing = |customer| dataset.standing(customer, Day::from_number(as_of));
            for customer in 0..dataset.n_customers() {
                prop_assert_eq!(standing(customer).is_some(), output.segmentation.segment_of(customer).is_some());
                for other in 0..customer {
                    let (Some(left), Some(right)) = (standing(customer), standing(other)) else { continue };
                    let (one, two) = (output.scores.of(customer).unwrap(), output.scores.of(other).unwrap());
                    prop_assert!(left.recency_days != right.recency_days || one.0 == two.0);
                    prop_assert!(left.amount != right.amount || one.2 == two.2);
                    prop_assert!(left.amount <= right.amount || one.2 >= two.2);
                    prop_assert!(left.n_orders <= right.n_orders || one.1 >= two.1);
                    prop_assert!(left.recency_days <= right.recency_days || one.0 <= two.0);
                }
            }
            let sum = |counts: Vec<u64>| counts.into_iter().sum::<u64>();
            prop_assert_eq!(sum(report.segments.iter().map(|s| s.n_customers).collect()), report.n_customers);
            prop_assert_eq!(sum(report.grid.iter().map(|cell| cell.n_customers).collect()), report.n_customers);
            prop_assert_eq!(sum(report.segments.iter().map(|s| s.n_orders).collect()), report.n_orders);
            prop_assert_eq!(report.segments.iter().map(|s| s.revenue).sum::<gyeol_data::Money>(), report.revenue);
            prop_assert_eq!(report.grid.len(), usize::from(groups) * usize::from(groups));
        }
    }
}

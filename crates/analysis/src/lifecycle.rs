//! Where customers are in their life with a shop: new, active, loyal, won back, slipping, lapsed, prospect.
//!
//! The thresholds come from the shop's own purchase cycle, the days between two orders of one customer that follow each
//! other: who stays away longer than 80 % of these pauses is slipping, longer than 95 % is lapsed. They are always in
//! the report and can be set by hand. Formulas, assumptions and limits: `docs/methods/lifecycle.md`.

use serde::{Deserialize, Serialize};

use super::lone_orders::{LoneOrders, lone_orders};
use super::measures::{Measures, gaps};
use super::profile::{self, SegmentProfile};
use super::{
    AnalysisError, Checked, Monitor, ReadyName, Rule, Segment, Segmentation, SegmentationId,
    advice, snapshot, stats,
};
use gyeol_data::{Dataset, Day, Standing};

/// Parameters; what is `None` comes from the purchase cycle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// Whole days since the last order until which a customer is active, 1 to 3,650.
    pub active_days: Option<u32>,
    /// Whole days since the last order after which a customer is lapsed, more than `active_days`, to 7,300.
    pub lapsed_days: Option<u32>,
    /// Orders from which an active customer is loyal, 2 to 1,000.
    pub loyal_orders: Option<u32>,
}

/// The thresholds that were used.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Whole days since the last order until which a customer is active.
    pub active_days: u32,
    /// Whole days since the last order after which a customer is lapsed.
    pub lapsed_days: u32,
    /// Orders from which an active customer is loyal.
    pub loyal_orders: u32,
}

/// What gives the same thresholds on any date.
impl From<Thresholds> for Params {
    fn from(used: Thresholds) -> Self {
        Self {
            active_days: Some(used.active_days),
            lapsed_days: Some(used.lapsed_days),
            loyal_orders: Some(used.loyal_orders),
        }
    }
}

/// The pauses between orders that the thresholds come from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PurchaseCycle {
    /// How many pauses: with fewer than [`FEWEST_PAUSES`] the thresholds are assumed.
    pub n_pauses: u64,
    /// Their median, in days.
    pub median_days: f64,
}

/// Fewer pauses say nothing of a shop: 90 and 365 days are assumed.
pub const FEWEST_PAUSES: u64 = 30;

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// The thresholds that were used.
    pub thresholds: Thresholds,
    /// What they come from; `None` where the file has no single orders, or no customer with two order days.
    pub cycle: Option<PurchaseCycle>,
    /// The stages; `prospect` only where there is one.
    pub segments: Vec<SegmentProfile>,
    /// What the adviser refuses this segmentation for in this file.
    pub caution: Option<advice::Limit>,
    /// Few orders that stand alone at the end: stages count from behind them.
    pub lone: Option<LoneOrders>,
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// The stages.
    pub segmentation: Segmentation,
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        let between = |field: &str, value: Option<u32>, low: u32, high: u32| {
            let is_within = value.is_none_or(|value| (low..=high).contains(&value));
            let rule = Rule::Between(f64::from(low), f64::from(high));
            AnalysisError::unless(is_within, field, rule)
        };
        between("active_days", self.active_days, 1, 3_650)?;
        let lowest = self.active_days.unwrap_or(1) + 1;
        between("lapsed_days", self.lapsed_days, lowest, 7_300)?;
        between("loyal_orders", self.loyal_orders, 2, 1_000)
    }
}

/// The stages, in the order in which they are shown.
pub(super) const STAGES: [ReadyName; 7] = [
    ReadyName::Loyal,
    ReadyName::Active,
    ReadyName::New,
    ReadyName::WonBack,
    ReadyName::Slipping,
    ReadyName::Lapsed,
    ReadyName::Prospect,
];

/// Finds the stage of each customer of `dataset` on `as_of`.
///
/// # Errors
/// [`AnalysisError::NoHistory`] where the file does not say when and how often customers ordered;
/// [`AnalysisError::NothingUntil`] where nobody had ordered yet; or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    if !snapshot::has_history(dataset) {
        return Err(AnalysisError::NoHistory);
    }
    let measures = Measures::new(dataset, as_of);
    if measures.present.is_empty() {
        return Err(AnalysisError::NothingUntil { as_of });
    }
    monitor.checkpoint(0, 3)?;
    let mut pauses = pauses(&measures);
    let thresholds = Thresholds::of(params, &mut pauses, repeat_frequencies(dataset, &measures));
    monitor.checkpoint(1, 3)?;
    let mut assignment = vec![Segmentation::ABSENT; dataset.n_customers()];
    for &customer in &measures.present {
        let stage = thresholds.stage(dataset, &measures, customer as usize, as_of);
        let place = STAGES.iter().position(|&one| one == stage);
        assignment[customer as usize] = place.map_or(Segmentation::ABSENT, |place| place as u16);
    }
    monitor.checkpoint(2, 3)?;
    let has_prospects = assignment.contains(&(STAGES.len() as u16 - 1));
    let shown = STAGES.len() - usize::from(!has_prospects);
    let segmentation = Segmentation {
        id: SegmentationId::Lifecycle,
        segments: Segment::ready(&STAGES[..shown]),
        assignment,
        membership: None,
        predicted: None,
    };
    let report = Report {
        params: Params::clone(params),
        as_of,
        thresholds,
        cycle: stats::median(&mut pauses).map(|median_days| PurchaseCycle {
            n_pauses: pauses.len() as u64,
            median_days,
        }),
        segments: profile::run(dataset, &segmentation, as_of),
        caution: advice::caution(dataset, &measures, SegmentationId::Lifecycle),
        lone: lone_orders(dataset, as_of),
    };
    Ok(Output {
        report,
        segmentation,
    })
}

/// The days between orders of all customers.
pub(super) fn pauses(measures: &Measures<'_>) -> Vec<f64> {
    let days = |&customer: &u32| gaps(measures.days_of(customer as usize)).map(f64::from);
    measures.present.iter().flat_map(days).collect()
}

fn repeat_frequencies(dataset: &Dataset, measures: &Measures<'_>) -> Vec<f64> {
    let frequency = |&customer: &u32| dataset.standing(customer as usize, measures.as_of);
    let frequencies = measures.present.iter().filter_map(frequency);
    let repeated = frequencies.filter(|standing| standing.n_orders > 1);
    repeated
        .map(|standing| f64::from(standing.n_orders))
        .collect()
}

impl Thresholds {
    fn of(params: &Params, pauses: &mut [f64], mut repeat_frequencies: Vec<f64>) -> Self {
        let is_known = pauses.len() as u64 >= FEWEST_PAUSES;
        let mut pause = |percent: usize, assumed: u32| {
            let own = stats::quantile(pauses, percent, 100).filter(|_| is_known);
            own.map_or(assumed, |days| days.ceil() as u32)
        };
        let (active, lapsed) = (pause(80, 90), pause(95, 365));
        // What a person has set is used as it is; the other one gives way where both could not be.
        let (active_days, lapsed_days) = match (params.active_days, params.lapsed_days) {
            (Some(active), Some(lapsed)) => (active, lapsed),
            (Some(active), None) => (active, lapsed.max(active + 1)),
            (None, Some(lapsed)) => (active.min(lapsed - 1), lapsed),
            (None, None) => (active, lapsed.max(active + 1)),
        };
        // A fifth of those who came back at all are loyal.
        let often = stats::quantile(&mut repeat_frequencies, 80, 100);
        let loyal = often.map_or(3, |often| (often.ceil() as u32).max(3));
        Self {
            active_days,
            lapsed_days,
            loyal_orders: params.loyal_orders.unwrap_or(loyal),
        }
    }

    fn stage(
        &self,
        dataset: &Dataset,
        measures: &Measures<'_>,
        customer: usize,
        as_of: Day,
    ) -> ReadyName {
        match dataset.standing(customer, as_of) {
            Some(standing) => self.stage_of(&standing, measures.days_of(customer), as_of),
            None => ReadyName::Prospect,
        }
    }

    /// The stage of who stands like this on `as_of` and has ordered on `days`, none of them later.
    pub(super) fn stage_of(&self, standing: &Standing, days: &[Day], as_of: Day) -> ReadyName {
        let recency_days = u32::try_from(standing.recency_days).unwrap_or(0);
        match standing.n_orders {
            0 => ReadyName::Prospect,
            _ if recency_days > self.lapsed_days => ReadyName::Lapsed,
            _ if recency_days > self.active_days => ReadyName::Slipping,
            _ if self.back_after(days, as_of).is_some() => ReadyName::WonBack,
            n_orders if n_orders >= self.loyal_orders => ReadyName::Loyal,
            1 => ReadyName::New,
            _ => ReadyName::Active,
        }
    }

    /// The latest pause as long as that of the lapsed that ended within the active days, in days.
    pub(super) fn back_after(&self, days: &[Day], as_of: Day) -> Option<i32> {
        let is_longer = |days: i32, limit: u32| i64::from(days) > i64::from(limit);
        let recent = days.windows(2).rev();
        let mut pauses = recent
            .take_while(|pair| !is_longer(as_of.days_since(pair[1]), self.active_days))
            .map(|pair| pair[1].days_since(pair[0]));
        pauses.find(|&pause| is_longer(pause, self.lapsed_days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Label, Params as _, Unwatched, testing};
    use proptest::prelude::*;

    fn run_on(dataset: &Dataset, params: Params, day: i32) -> Result<Output, AnalysisError> {
        let as_of = Day::from_number(day);
        run(dataset, &params.checked()?, as_of, &mut Unwatched)
    }

    fn own(active: u32, lapsed: u32, loyal: u32) -> Params {
        Params {
            active_days: Some(active),
            lapsed_days: Some(lapsed),
            loyal_orders: Some(loyal),
        }
    }

    #[test]
    fn what_the_adviser_refuses_is_told_with_the_stages() {
        let caution = |last: i32| {
            let rows: Vec<_> = (0..20)
                .flat_map(|at| [(["a", "b", "c", "d"][at % 4], at as i32, 1), ("e", last, 1)])
                .collect();
            run_on(&testing::orders(&rows), Params::default(), last + 1)
                .unwrap()
                .report
                .caution
        };
        assert_eq!(caution(100), Some(advice::Limit::ShortHistory));
        assert_eq!(caution(400), None);
    }

    #[test]
    fn each_stage_is_what_its_name_says() {
        let dataset = testing::orders(&[
            ("active", 80, 1),
            ("active", 95, 1),
            ("late to come", 120, 1),
            ("lapsed", 30, 1),
            ("loyal", 70, 1),
            ("loyal", 80, 1),
            ("loyal", 99, 1),
            ("new", 90, 1),
            ("slipping", 70, 1),
            ("won back", 20, 1),
            ("won back", 92, 1),
            ("won back", 93, 1),
        ]);
        let output = run_on(&dataset, own(20, 50, 3), 100).unwrap();
        let name = |customer: usize| {
            let segment = output.segmentation.segment_of(customer);
            segment.map(|segment| segment.label.clone())
        };
        let names: Vec<_> = (0..dataset.n_customers()).map(name).collect();
        let expected = [
            Some(ReadyName::Active),
            Some(ReadyName::Lapsed),
            None,
            Some(ReadyName::Loyal),
            Some(ReadyName::New),
            Some(ReadyName::Slipping),
            Some(ReadyName::WonBack),
        ];
        assert_eq!(names, expected.map(|name| name.map(Label::Ready)));
        assert_eq!(output.report.segments.len(), 6, "no prospects");
    }

    #[test]
    fn thresholds_come_from_the_pauses_between_orders() {
        // A hundred customers with a pause of 1, 2 … 100 days.
        let ids: Vec<String> = (1..=100).map(|n| format!("{n:03}")).collect();
        let rows = ids.iter().zip(1..);
        let rows: Vec<_> = rows
            .flat_map(|(id, pause)| [(id.as_str(), 0, 1), (id.as_str(), pause, 1)])
            .collect();
        let report = run_on(&testing::orders(&rows), Params::default(), 101)
            .unwrap()
            .report;
        // Type 7: 1 + 0.8 * 99 = 80.2 and 1 + 0.95 * 99 = 95.05, made whole upwards.
        let expected = Thresholds {
            active_days: 81,
            lapsed_days: 96,
            loyal_orders: 3,
        };
        assert_eq!(report.thresholds, expected);
        let cycle = report.cycle.unwrap();
        assert_eq!((cycle.n_pauses, cycle.median_days), (100, 50.5));
    }

    #[test]
    fn a_threshold_that_is_set_alone_is_used_and_the_other_gives_way() {
        let dataset = testing::orders(&[("a", 0, 1), ("a", 3, 1)]);
        let used = |active_days, lapsed_days| {
            let params = Params {
                active_days,
                lapsed_days,
                ..Params::default()
            };
            let used = run_on(&dataset, params, 10).unwrap().report.thresholds;
            (used.active_days, used.lapsed_days)
        };
        assert_eq!(used(None, Some(60)), (59, 60));
        assert_eq!(used(None, Some(400)), (90, 400));
        assert_eq!(used(Some(500), None), (500, 501));
        assert_eq!(used(Some(7), None), (7, 365));
    }

    #[test]
    fn too_few_pauses_say_nothing_and_thresholds_are_assumed() {
        let dataset = testing::orders(&[("a", 0, 1), ("a", 3, 1), ("b", 1, 1)]);
        let report = run_on(&dataset, Params::default(), 10).unwrap().report;
        let thresholds = report.thresholds;
        assert_eq!((thresholds.active_days, thresholds.lapsed_days), (90, 365));
        assert_eq!(report.cycle.unwrap().n_pauses, 1);
    }

    #[test]
    fn what_cannot_be_is_said() {
        let dataset = testing::orders(&[("a", 5, 1)]);
        let as_of = Day::from_number(4);
        let early = run_on(&dataset, Params::default(), 4).map(|_| ());
        assert_eq!(early, Err(AnalysisError::NothingUntil { as_of }));
        let table = testing::numbers(&[("age", vec![Some(1.0)])]);
        let without = run_on(&table, Params::default(), 4).map(|_| ());
        assert_eq!(without, Err(AnalysisError::NoHistory));
        for (params, field) in [
            (own(0, 5, 3), "active_days"),
            (own(5, 5, 3), "lapsed_days"),
            (own(5, 6, 1), "loyal_orders"),
        ] {
            match params.check() {
                Err(AnalysisError::Param { field: found, .. }) => assert_eq!(found, field),
                other => panic!("{other:?}"),
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn everyone_who_has_ordered_is_in_one_stage_and_time_alone_never_makes_anyone_more_active(
            orders in prop::collection::vec((0..20_u8, 0..400_i32), 1..80),
            later in 1..300_i32,
        ) {
            let ids: Vec<String> = orders.iter().map(|(id, _)| format!("{id}")).collect();
            let rows: Vec<_> = ids.iter().zip(&orders).map(|(id, &(_, day))| (id.as_str(), day, 1)).collect();
            let dataset = testing::orders(&rows);
            let now = run_on(&dataset, own(30, 90, 3), 400).unwrap().segmentation;
            let then = run_on(&dataset, own(30, 90, 3), 400 + later).unwrap().segmentation;
            let is_gone = |place: u16| [ReadyName::Slipping, ReadyName::Lapsed].contains(&STAGES[usize::from(place)]);
            for (&before, &after) in now.assignment.iter().zip(&then.assignment) {
                prop_assert!(usize::from(before) < now.segments.len());
                prop_assert!(!is_gone(before) || is_gone(after));
            }
        }
    }
}

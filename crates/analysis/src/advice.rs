//! Which segmentation fits a goal and a file: the recommended ones with their reasons, what would allow more, and what
//! the file is too thin for.
//!
//! A table of rules over a few facts, each with its source in `docs/methods/advice.md`; nothing is learnt or guessed.
//! The words are in `text`.

mod applied;

use serde::{Deserialize, Serialize};

use self::applied::Usable;
use super::measures::Measures;
use super::rules::Condition;
use super::{AnalysisError, Checked, Monitor, SegmentationId, snapshot};
use gyeol_data::{Dataset, Day, History};

/// What a segmentation is wanted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Goal {
    /// More revenue from the customers there are.
    #[default]
    Revenue,
    /// New customers who are like the best ones.
    Awareness,
    /// Customers who come back.
    Loyalty,
    /// The dormant back again.
    Reactivation,
    /// The right moment for the next order.
    PurchaseCycle,
}

impl Goal {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Revenue,
        Self::Loyalty,
        Self::Reactivation,
        Self::PurchaseCycle,
        Self::Awareness,
    ];

    /// The name used in settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Awareness => "awareness",
            Self::Loyalty => "loyalty",
            Self::Reactivation => "reactivation",
            Self::PurchaseCycle => "purchase-cycle",
        }
    }
}

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// What the segmentation is wanted for.
    pub goal: Goal,
}

/// How rich a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Richness {
    /// Customers on the as-of date.
    pub n_customers: u64,
    /// Days from the first order to the as-of date; `None` without dates.
    pub days_of_history: Option<u64>,
    /// Share of the customers with more than one order, 0 to 1; `None` without orders.
    pub repeat_share: Option<f64>,
    /// Share of the customers with three order days or more, 0 to 1; `None` without single orders.
    pub rhythm_share: Option<f64>,
    /// Whether there is money.
    pub has_money: bool,
    /// Further columns of numbers and of days: behaviour.
    pub n_numeric_columns: u64,
    /// Measures of how customers buy, beside how lately, how often and for how much, that nearly all have and that tell
    /// them apart.
    pub n_behaviour: u64,
    /// Further columns of texts, but for those that only name customers: who and where customers are.
    pub n_text_columns: u64,
}

/// Why something is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// A few customers bring most of the revenue: see who.
    RevenueIsConcentrated,
    /// Recency, frequency and money tell best who will buy again.
    RfmTellsWhoReturns,
    /// Thresholds from the shop's own purchase cycle tell who has gone.
    CycleTellsWhoHasGone,
    /// Many customers have a rhythm of their own.
    ManyHaveARhythm,
    /// Columns of behaviour let customers fall into groups by themselves.
    BehaviourMakesGroups,
    /// Columns of who customers are let the best be described and found elsewhere.
    ColumnsDescribeTheBest,
    /// Stages of life need few orders.
    StagesNeedLittle,
    /// Rules work with any number of customers.
    RulesNeedLittle,
    /// Recency, frequency and money rank customers so far; of who has gone they say nothing yet.
    RfmRanksSoFar,
}

/// One recommended segmentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// Which one.
    pub segmentation: SegmentationId,
    /// Why.
    pub because: Because,
}

/// What a file is too thin for, or lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Fewer than 100 customers: clusters would be chance.
    FewCustomers,
    /// Fewer customers than 70 for each feature of a clustering.
    FewCustomersForFeatures,
    /// Under six months of history: who has gone cannot be told from who is between two orders.
    ShortHistory,
    /// Over 90 % of the customers ordered once: frequency tells nobody apart.
    MostlyOneOrder,
    /// No dates or no orders: nothing that needs time is possible.
    NoHistory,
    /// No money: nothing is worth more than anything else.
    NoMoney,
    /// No columns of who customers are: the best cannot be described.
    NoDescription,
    /// Few customers have three order days: hardly anybody has a rhythm.
    FewRhythms,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// What the file has.
    pub richness: Richness,
    /// The recommended segmentations, the best first; never empty.
    pub recommended: Vec<Recommendation>,
    /// What is refused: segmentations that the file is too thin for, and why.
    pub refused: Vec<(SegmentationId, Limit)>,
    /// What the file lacks that the goal could use.
    pub wanted: Vec<Limit>,
    /// Features for clusters, as many as there are customers for.
    pub features: Vec<String>,
    /// A rule to start from; none where nothing ranks customers.
    pub first_rule: Option<Condition>,
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        Ok(())
    }
}

/// Fewer customers make clusters that chance makes too.
const FEWEST_FOR_CLUSTERS: u64 = 100;

/// Customers for each feature of a clustering.
const CUSTOMERS_PER_FEATURE: u64 = 70;

/// Days of history below which nobody can be said to have gone.
const SHORTEST_HISTORY: u64 = 182;

/// Share of customers who came back, below which frequency tells nobody apart.
const LEAST_REPEAT_SHARE: f64 = 0.1;

/// Share of customers with a rhythm from which it is worth a look of its own.
const LEAST_RHYTHM_SHARE: f64 = 0.2;

/// Recommends segmentations of `dataset` for a goal, as of a day.
///
/// # Errors
/// [`AnalysisError::NothingUntil`] where nobody is a customer yet; or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Report, AnalysisError> {
    monitor.checkpoint(0, 1)?;
    let measures = Measures::new(dataset, as_of);
    let usable = Usable::of(dataset, &measures);
    let richness = Richness::of(dataset, &measures, &usable);
    if richness.n_customers == 0 {
        return Err(AnalysisError::NothingUntil { as_of });
    }
    let refused = richness.refused();
    let features = usable.features(richness.n_customers);
    let has_further = features.len() > usable.usual.len();
    let mut recommended = richness.for_goal(params.goal, has_further);
    recommended.retain(|one| !refused.iter().any(|(id, _)| *id == one.segmentation));
    if recommended.is_empty() {
        recommended.push(Recommendation {
            segmentation: SegmentationId::Rules,
            because: Because::RulesNeedLittle,
        });
    }
    Ok(Report {
        params: Params::clone(params),
        as_of,
        wanted: richness.wanted(params.goal),
        features,
        first_rule: applied::first_rule(&measures, &usable, params.goal),
        richness,
        recommended,
        refused,
    })
}

/// Whether so little time lies between the first order and a day that nobody can be said to have gone.
pub fn is_short(first: Day, as_of: Day) -> bool {
    i64::from(as_of.days_since(first)) < SHORTEST_HISTORY as i64
}

/// What this segmentation is refused for, where it is made all the same.
pub(super) fn caution(
    dataset: &Dataset,
    measures: &Measures<'_>,
    segmentation: SegmentationId,
) -> Option<Limit> {
    let refused = Richness::of(dataset, measures, &Usable::default()).refused();
    let mut refused = refused.into_iter();
    let (_, limit) = refused.find(|(id, _)| *id == segmentation)?;
    Some(limit)
}

impl Richness {
    fn of(dataset: &Dataset, measures: &Measures<'_>, usable: &Usable) -> Self {
        let as_of = measures.as_of;
        let n_customers = measures.present.len() as u64;
        let share = |n: usize| n as f64 / n_customers.max(1) as f64;
        let standings = || {
            let of = |&customer: &u32| dataset.standing(customer as usize, as_of);
            measures.present.iter().filter_map(of)
        };
        let has_orders = matches!(dataset.history, History::Orders(_));
        let visits = |&customer: &u32| {
            let days = measures.days_of(customer as usize);
            super::measures::gaps(days).count() + 1
        };
        let n_rhythms = measures.present.iter().filter(|at| visits(at) >= 3).count();
        let first = dataset.period().map(|(first, _)| first);
        Self {
            n_customers,
            days_of_history: first.and_then(|first| u64::try_from(as_of.days_since(first)).ok()),
            repeat_share: snapshot::has_history(dataset)
                .then(|| share(standings().filter(|one| one.n_orders > 1).count())),
            rhythm_share: has_orders.then(|| share(n_rhythms)),
            has_money: dataset.has_money,
            n_numeric_columns: usable.n_numeric,
            n_behaviour: usable.behaviour.len() as u64,
            n_text_columns: usable.describing.len() as u64,
        }
    }

    fn is_short(&self) -> bool {
        self.days_of_history
            .is_some_and(|days| days < SHORTEST_HISTORY)
    }

    /// Features that clusters usually have: what they are made of beside is as much as the customers allow.
    const fn n_usual(&self) -> u64 {
        match (self.repeat_share, self.has_money) {
            (None, _) => 1,
            (Some(_), false) => 2,
            (Some(_), true) => 3,
        }
    }

    fn refused(&self) -> Vec<(SegmentationId, Limit)> {
        let mut refused = Vec::new();
        let mut refuse = |is_refused: bool, id, limit| {
            if is_refused && !refused.iter().any(|(other, _)| *other == id) {
                refused.push((id, limit));
            }
        };
        let is_once = self
            .repeat_share
            .is_some_and(|share| share < LEAST_REPEAT_SHARE);
        refuse(
            self.repeat_share.is_none(),
            SegmentationId::Rfm,
            Limit::NoHistory,
        );
        refuse(is_once, SegmentationId::Rfm, Limit::MostlyOneOrder);
        refuse(
            self.repeat_share.is_none(),
            SegmentationId::Lifecycle,
            Limit::NoHistory,
        );
        refuse(
            self.is_short(),
            SegmentationId::Lifecycle,
            Limit::ShortHistory,
        );
        refuse(
            self.rhythm_share.is_none(),
            SegmentationId::Rhythm,
            Limit::NoHistory,
        );
        refuse(is_once, SegmentationId::Rhythm, Limit::MostlyOneOrder);
        refuse(self.is_short(), SegmentationId::Rhythm, Limit::ShortHistory);
        refuse(!self.has_money, SegmentationId::Value, Limit::NoMoney);
        refuse(
            self.n_customers < FEWEST_FOR_CLUSTERS,
            SegmentationId::Clusters,
            Limit::FewCustomers,
        );
        refuse(
            self.n_customers < self.n_usual() * CUSTOMERS_PER_FEATURE,
            SegmentationId::Clusters,
            Limit::FewCustomersForFeatures,
        );
        refused
    }

    /// What serves a goal, the best first, whether or not the file allows it. Where clusters would have features beside
    /// recency, frequency and money, they are worth a look.
    fn for_goal(&self, goal: Goal, has_further: bool) -> Vec<Recommendation> {
        let one = |segmentation, because| Recommendation {
            segmentation,
            because,
        };
        let value = one(SegmentationId::Value, Because::RevenueIsConcentrated);
        let rfm = one(SegmentationId::Rfm, Because::RfmTellsWhoReturns);
        let lifecycle = one(SegmentationId::Lifecycle, Because::CycleTellsWhoHasGone);
        let stages = one(SegmentationId::Lifecycle, Because::StagesNeedLittle);
        let rhythm = one(SegmentationId::Rhythm, Because::ManyHaveARhythm);
        let clusters = one(SegmentationId::Clusters, Because::BehaviourMakesGroups);
        let described = one(SegmentationId::Rules, Because::ColumnsDescribeTheBest);
        let rfm = if self.is_short() {
            one(SegmentationId::Rfm, Because::RfmRanksSoFar)
        } else {
            rfm
        };
        let has_rhythm = self
            .rhythm_share
            .is_some_and(|share| share >= LEAST_RHYTHM_SHARE);
        let mut recommended = match goal {
            Goal::Revenue => vec![value, rfm],
            Goal::Awareness if self.n_text_columns > 0 => vec![described, value],
            Goal::Awareness => vec![value],
            Goal::Loyalty => vec![rfm, lifecycle],
            // Nobody can be won back who cannot be said to have gone.
            Goal::Reactivation if self.is_short() => Vec::new(),
            Goal::Reactivation if has_rhythm => vec![lifecycle, rhythm],
            Goal::Reactivation => vec![lifecycle, rfm],
            Goal::PurchaseCycle if has_rhythm => vec![rhythm, lifecycle],
            Goal::PurchaseCycle => vec![stages],
        };
        if has_further && matches!(goal, Goal::Revenue | Goal::Loyalty | Goal::Awareness) {
            recommended.insert(1, clusters);
        }
        recommended
    }

    fn wanted(&self, goal: Goal) -> Vec<Limit> {
        let has_rhythm = self
            .rhythm_share
            .is_some_and(|share| share >= LEAST_RHYTHM_SHARE);
        let needs_time = !matches!(goal, Goal::Awareness);
        let lacks = [
            (needs_time && self.repeat_share.is_none(), Limit::NoHistory),
            (needs_time && self.is_short(), Limit::ShortHistory),
            (
                matches!(goal, Goal::Revenue) && !self.has_money,
                Limit::NoMoney,
            ),
            (
                matches!(goal, Goal::Awareness) && self.n_text_columns == 0,
                Limit::NoDescription,
            ),
            (
                matches!(goal, Goal::PurchaseCycle | Goal::Reactivation) && !has_rhythm,
                Limit::FewRhythms,
            ),
        ];
        let lacks = lacks.into_iter().filter(|(is_lacking, _)| *is_lacking);
        lacks.map(|(_, limit)| limit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Params as _, Unwatched, testing};

    fn report(dataset: &Dataset, goal: Goal, day: i32) -> Report {
        let params = Params { goal }.checked().unwrap();
        run(dataset, &params, Day::from_number(day), &mut Unwatched).unwrap()
    }

    /// `n` customers, each with orders on these days.
    fn shop(n: usize, days: &[i32]) -> Dataset {
        let ids: Vec<String> = (0..n).map(|customer| format!("{customer:04}")).collect();
        let rows = ids
            .iter()
            .flat_map(|id| days.iter().map(|&day| (id.as_str(), day, 100)));
        testing::orders(&rows.collect::<Vec<_>>())
    }

    fn names(report: &Report) -> Vec<SegmentationId> {
        report
            .recommended
            .iter()
            .map(|one| one.segmentation)
            .collect()
    }

    #[test]
    fn a_rich_file_gets_what_serves_the_goal() {
        use SegmentationId::{Lifecycle, Rfm, Rhythm, Value};
        // All alike: there is nothing that clusters could be made of.
        let dataset = shop(500, &[0, 100, 300]);
        for (goal, expected) in [
            (Goal::Revenue, vec![Value, Rfm]),
            (Goal::Loyalty, vec![Rfm, Lifecycle]),
            (Goal::Reactivation, vec![Lifecycle, Rhythm]),
            (Goal::PurchaseCycle, vec![Rhythm, Lifecycle]),
            (Goal::Awareness, vec![Value]),
        ] {
            let report = report(&dataset, goal, 310);
            assert_eq!(names(&report), expected, "{goal:?}");
            assert!(report.refused.is_empty());
        }
        let wanted = report(&dataset, Goal::Awareness, 310).wanted;
        assert_eq!(wanted, [Limit::NoDescription]);
    }

    #[test]
    fn what_a_file_is_too_thin_for_is_refused_and_never_recommended() {
        for (dataset, day, refused) in [
            (
                shop(50, &[0, 300]),
                310,
                (SegmentationId::Clusters, Limit::FewCustomers),
            ),
            (
                shop(150, &[0, 300]),
                310,
                (SegmentationId::Clusters, Limit::FewCustomersForFeatures),
            ),
            (
                shop(500, &[0, 30]),
                60,
                (SegmentationId::Lifecycle, Limit::ShortHistory),
            ),
            (
                shop(500, &[0]),
                310,
                (SegmentationId::Rfm, Limit::MostlyOneOrder),
            ),
        ] {
            for goal in Goal::ALL {
                let report = report(&dataset, goal, day);
                assert!(report.refused.contains(&refused), "{refused:?}");
                assert!(!names(&report).contains(&refused.0));
                assert!(!report.recommended.is_empty());
            }
        }
    }

    #[test]
    fn an_order_file_alone_gets_clusters_of_how_its_customers_buy() {
        let ids: Vec<String> = (0..500).map(|customer| format!("{customer:04}")).collect();
        let rows = ids.iter().zip(0..).flat_map(|(id, customer)| {
            let money = 100 + i64::from(customer);
            [(id.as_str(), customer % 7, money), (id, 300, 50)]
        });
        let dataset = testing::orders(&rows.collect::<Vec<_>>());
        let report = report(&dataset, Goal::Loyalty, 310);
        assert_eq!(report.recommended[1].segmentation, SegmentationId::Clusters);
        assert_eq!(report.richness.n_numeric_columns, 0);
        assert!(report.richness.n_behaviour > 0);
        let is_there = |name: &str| report.features.iter().any(|own| own == name);
        assert!(
            is_there("monetary") && is_there("weekend_share"),
            "{report:?}"
        );
        let clusters = crate::clusters::Params {
            features: report.features.clone(),
            ..Default::default()
        };
        let request = crate::Request::Clusters(clusters);
        let made = crate::run(&dataset, request, Day::from_number(310), &mut Unwatched);
        assert!(made.is_ok(), "what is advised can be done");
    }

    #[test]
    fn a_month_of_history_gets_no_advice_to_win_anybody_back() {
        let dataset = shop(500, &[0, 10, 20]);
        for goal in Goal::ALL {
            let report = report(&dataset, goal, 31);
            let reasons = report.recommended.iter().map(|one| one.because);
            assert!(
                !reasons
                    .clone()
                    .any(|one| one == Because::RfmTellsWhoReturns),
                "{goal:?}"
            );
            assert_eq!(
                report.wanted.contains(&Limit::ShortHistory),
                goal != Goal::Awareness
            );
        }
        let back = report(&dataset, Goal::Reactivation, 31);
        assert_eq!(names(&back), [SegmentationId::Rules]);
        assert!(is_short(Day::from_number(0), Day::from_number(181)));
        assert!(!is_short(Day::from_number(0), Day::from_number(182)));
    }

    #[test]
    fn a_table_without_history_or_money_is_left_with_rules() {
        let table = testing::numbers(&[("age", vec![Some(1.0); 30])]);
        let report = report(&table, Goal::Loyalty, 0);
        assert_eq!(names(&report), [SegmentationId::Rules]);
        assert_eq!(report.wanted, [Limit::NoHistory]);
        assert_eq!(report.richness.days_of_history, None);
    }
}

//! Customers by what they are worth: ABC classes, heavy, medium and light buyers, or the top share against the rest.
//!
//! ABC is by share of the total (Pareto; Juran 1954, Dickie 1951), the others by share of the customers who have any
//! value. Equal values are in one class: that of the first of them. Formulas and limits: `docs/methods/value.md`.

use serde::{Deserialize, Serialize};

use super::measures::{Measure, Measures};
use super::profile::{self, SegmentProfile};
use super::{
    AnalysisError, Checked, Monitor, ReadyName, Rule, Segment, Segmentation, SegmentationId, stats,
};
use gyeol_data::{Dataset, Day, Money, places_in_order};

/// How customers are put into classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// By share of the total: A the first 80 %, B up to 95 %, C the rest.
    #[default]
    Abc,
    /// By share of the customers: heavy the first 20 %, medium up to 50 %, light the rest.
    HeavyMediumLight,
    /// By share of the customers: the first 20 % and the rest.
    Top,
}

impl Grouping {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Abc, Self::HeavyMediumLight, Self::Top];

    /// The name used in settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Abc => "abc",
            Self::HeavyMediumLight => "heavy-medium-light",
            Self::Top => "top",
        }
    }

    /// The grouping with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// The shares at which classes end, where a person has set none.
    pub const fn usual_shares(self) -> &'static [f64] {
        match self {
            Self::Abc => &[0.8, 0.95],
            Self::HeavyMediumLight => &[0.2, 0.5],
            Self::Top => &[0.2],
        }
    }

    const fn classes(self) -> &'static [ReadyName] {
        match self {
            Self::Abc => &[ReadyName::ClassA, ReadyName::ClassB, ReadyName::ClassC],
            Self::HeavyMediumLight => &[ReadyName::Heavy, ReadyName::Medium, ReadyName::Light],
            Self::Top => &[ReadyName::Top, ReadyName::BelowTop],
        }
    }
}

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// How customers are put into classes.
    pub grouping: Grouping,
    /// The measure that is the value: `monetary`, another measure, or the header of a column of numbers.
    pub by: String,
    /// The shares at which classes end, rising between 0 and 1; empty takes those usual for the grouping.
    pub shares: Vec<f64>,
    /// The lowest values of another day or file that classes begin at, in place of shares.
    pub held: Option<Lowest>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            grouping: Grouping::default(),
            by: Measure::Monetary.key().into(),
            shares: Vec::new(),
            held: None,
        }
    }
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters, with the shares that were used.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// The sum of all values above nothing.
    pub total: f64,
    /// Customers with a value above nothing.
    pub n_with_value: u64,
    /// The Lorenz curve from the highest value down: share of these customers and their share of the total, both
    /// 0 to 1, at most 101 points from (0, 0) to (1, 1).
    pub curve: Vec<(f64, f64)>,
    /// What the highest fifth of these customers hold of the total, 0 to 1, as RFM has it of money.
    pub top_fifth_share: f64,
    /// The Gini coefficient of the values above nothing, 0 for equal ones, towards 1 where one customer has all.
    pub gini: f64,
    /// The lowest value of each class; `None` for a class of nobody.
    pub lowest: Vec<Option<f64>>,
    /// The classes; those without any value last, where there are any.
    pub segments: Vec<SegmentProfile>,
    /// Measures and columns that could be the value.
    pub available: Vec<String>,
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// The classes.
    pub segmentation: Segmentation,
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        let need = self.grouping.usual_shares().len();
        let is_within = |&share: &f64| share > 0.0 && share < 1.0;
        let is_rising = self.shares.windows(2).all(|pair| pair[0] < pair[1]);
        let is_right = self.shares.len() == need && is_rising && self.shares.iter().all(is_within);
        let rule = Rule::RisingCutPoints { need };
        AnalysisError::unless(self.shares.is_empty() || is_right, "shares", rule)?;
        AnalysisError::unless(!self.by.is_empty(), "by", Rule::NotEmpty)
    }
}

/// Puts the customers of `dataset` into classes by their value on `as_of`.
///
/// # Errors
/// There is no such measure; nobody is a customer yet, or has any value; or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let measures = Measures::new(dataset, as_of);
    if measures.present.is_empty() {
        return Err(AnalysisError::NothingUntil { as_of });
    }
    let mut used = Params::clone(params);
    if let Some(held) = &params.held {
        (used.grouping, used.by) = (held.grouping, held.by.clone());
    }
    let values = measures.numbers(&used.by);
    let values = values.ok_or_else(|| AnalysisError::param("by", Rule::NumericColumn))?;
    monitor.checkpoint(0, 3)?;
    let ranked = Ranked::new(&values);
    if ranked.places.is_empty() {
        return Err(AnalysisError::TooFewCustomers { need: 1, found: 0 });
    }
    monitor.checkpoint(1, 3)?;
    if used.shares.is_empty() {
        used.shares = used.grouping.usual_shares().to_vec();
    }
    let (segmentation, lowest) = match &params.held {
        Some(held) => {
            let mut placed = held.place(dataset, &measures, &values);
            // As without: those without a value are a segment where there are any.
            if ranked.places.len() == measures.present.len() {
                placed.segments.pop();
            }
            (placed, held.values.clone())
        }
        None => {
            let class_of = ranked.classes(&used);
            let classes = used.grouping.classes();
            segmentation(dataset, &measures, &ranked, &class_of, classes)
        }
    };
    monitor.checkpoint(2, 3)?;
    let names = measures.names().into_iter();
    let report = Report {
        params: used,
        as_of,
        total: match params.by == Measure::Monetary.key() {
            true => money_of(dataset, &measures).to_f64(),
            false => ranked.total,
        },
        n_with_value: ranked.places.len() as u64,
        curve: ranked.curve(),
        gini: ranked.gini(),
        top_fifth_share: stats::top_fifth_share(ranked.values),
        lowest,
        segments: profile::run(dataset, &segmentation, as_of),
        available: names
            .filter(|name| measures.is_numeric(name))
            .map(std::borrow::Cow::into_owned)
            .collect(),
    };
    Ok(Output {
        report,
        segmentation,
    })
}

/// The exact sum of all money above nothing, of the customers who are present.
fn money_of(dataset: &Dataset, measures: &Measures<'_>) -> Money {
    let standing = |&customer: &u32| dataset.standing(customer as usize, measures.as_of);
    let amounts = measures.present.iter().filter_map(standing);
    let amounts = amounts.map(|standing| standing.amount);
    amounts
        .filter(|amount| amount.units() > 0)
        .fold(Money::default(), |sum, own| sum + own)
}

fn segmentation(
    dataset: &Dataset,
    measures: &Measures<'_>,
    ranked: &Ranked,
    class_of: &[u16],
    classes: &[ReadyName],
) -> (Segmentation, Vec<Option<f64>>) {
    let n_classes = classes.len();
    let mut assignment = vec![Segmentation::ABSENT; dataset.n_customers()];
    for &customer in &measures.present {
        assignment[customer as usize] = n_classes as u16;
    }
    let mut lowest = vec![None; n_classes];
    for ((&place, &value), &class) in ranked.places.iter().zip(&ranked.values).zip(class_of) {
        assignment[measures.present[place] as usize] = class;
        lowest[usize::from(class)] = Some(value);
    }
    let mut names = classes.to_vec();
    if ranked.places.len() < measures.present.len() {
        names.push(ReadyName::NoValue);
    }
    let segmentation = Segmentation {
        id: SegmentationId::Value,
        segments: Segment::ready(&names),
        assignment,
        membership: None,
        predicted: None,
    };
    (segmentation, lowest)
}

/// The classes of one date for another: the lowest value of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lowest {
    /// How the classes were made.
    pub grouping: Grouping,
    /// The measure that is the value.
    pub by: String,
    /// The lowest value of each class; `None` for a class of nobody.
    pub values: Vec<Option<f64>>,
}

impl Lowest {
    /// Those of a report.
    pub fn of(report: &Report) -> Self {
        Self {
            grouping: report.params.grouping,
            by: report.params.by.clone(),
            values: report.lowest.clone(),
        }
    }

    /// The customers of `dataset` on `as_of` in these classes.
    ///
    /// # Errors
    /// [`AnalysisError::NothingUntil`] where nobody is a customer yet; there is no such measure.
    pub(super) fn segmentation(
        &self,
        dataset: &Dataset,
        as_of: Day,
    ) -> Result<Segmentation, AnalysisError> {
        let measures = Measures::new(dataset, as_of);
        if measures.present.is_empty() {
            return Err(AnalysisError::NothingUntil { as_of });
        }
        let values = measures.numbers(&self.by);
        let values = values.ok_or_else(|| AnalysisError::param("by", Rule::NumericColumn))?;
        Ok(self.place(dataset, &measures, &values))
    }

    /// Those who are present, by their values.
    fn place(
        &self,
        dataset: &Dataset,
        measures: &Measures<'_>,
        values: &[Option<f64>],
    ) -> Segmentation {
        let mut assignment = vec![Segmentation::ABSENT; dataset.n_customers()];
        for (&customer, value) in measures.present.iter().zip(values) {
            assignment[customer as usize] = self.class_of(*value);
        }
        Segmentation {
            id: SegmentationId::Value,
            segments: Segment::ready(&self.names()),
            assignment,
            membership: None,
            predicted: None,
        }
    }
}

impl Lowest {
    /// The classes, and after them who has no value.
    pub(super) fn names(&self) -> Vec<ReadyName> {
        let classes = self.grouping.classes().iter().copied();
        classes.chain([ReadyName::NoValue]).collect()
    }

    /// Place among [`Lowest::names`] of who has this value.
    pub(super) fn class_of(&self, value: Option<f64>) -> u16 {
        // A project may be of another hand: no more classes than there are names.
        let n_classes = self.grouping.classes().len();
        let Some(value) = value.filter(|value| value.is_finite() && *value > 0.0) else {
            return n_classes as u16;
        };
        let lowest = &self.values[..self.values.len().min(n_classes)];
        // Below the lowest of all is the last class still: it had no lower border.
        let last = lowest.iter().rposition(Option::is_some);
        let mut classes = lowest.iter();
        let reached = classes.position(|own| own.is_some_and(|own| value >= own));
        reached.or(last).unwrap_or(0) as u16
    }
}

/// Those with a value above nothing, the highest first.
struct Ranked {
    /// Places among those who are present.
    places: Vec<usize>,
    /// Their values, falling.
    values: Vec<f64>,
    total: f64,
}

impl Ranked {
    fn new(values: &[Option<f64>]) -> Self {
        let value = |place: usize| {
            values[place]
                .filter(|value| value.is_finite())
                .unwrap_or(0.0)
        };
        let order = places_in_order(values.len(), &|a, b| value(b).total_cmp(&value(a)));
        let places: Vec<usize> = order
            .into_iter()
            .filter(|&place| value(place) > 0.0)
            .collect();
        let values: Vec<f64> = places.iter().map(|&place| value(place)).collect();
        Self {
            total: values.iter().sum(),
            places,
            values,
        }
    }

    /// The class of each: that in whose share the first of its equals begins.
    fn classes(&self, params: &Params) -> Vec<u16> {
        let n = self.values.len() as f64;
        let (mut before, mut sum) = (0.0, 0.0);
        let mut classes = Vec::with_capacity(self.values.len());
        let mut last = f64::INFINITY;
        for (rank, &value) in self.values.iter().enumerate() {
            if value < last {
                before = match params.grouping {
                    Grouping::Abc => sum / self.total,
                    Grouping::HeavyMediumLight | Grouping::Top => rank as f64 / n,
                };
                last = value;
            }
            sum += value;
            classes.push(
                params
                    .shares
                    .iter()
                    .filter(|&&share| share <= before)
                    .count() as u16,
            );
        }
        classes
    }

    fn curve(&self) -> Vec<(f64, f64)> {
        const STEPS: usize = 100;
        let n = self.values.len();
        let steps = STEPS.min(n);
        let mut curve = vec![(0.0, 0.0)];
        let (mut sum, mut taken) = (0.0, 0);
        for step in 1..=steps {
            let until = step * n / steps;
            sum += self.values[taken..until].iter().sum::<f64>();
            taken = until;
            let share = if step == steps { 1.0 } else { sum / self.total };
            curve.push((until as f64 / n as f64, share));
        }
        curve
    }

    /// From the mean of ranks weighted by value: `(n + 1 - 2 Σ rank·value / Σ value) / n` with ranks from the highest.
    fn gini(&self) -> f64 {
        let n = self.values.len() as f64;
        let ranked = self.values.iter().zip(1..);
        let weighted: f64 = ranked.map(|(&value, rank)| value * f64::from(rank)).sum();
        (n + 1.0 - 2.0 * weighted / self.total) / n
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Label, Params as _, Unwatched, testing};
    use proptest::prelude::*;

    fn run_on(values: &[f64], params: Params) -> Result<Output, AnalysisError> {
        let dataset = testing::numbers(&[("x", values.iter().copied().map(Some).collect())]);
        let params = Params {
            by: "x".into(),
            ..params
        };
        let as_of = Day::from_number(0);
        run(&dataset, &params.checked()?, as_of, &mut Unwatched)
    }

    fn by(grouping: Grouping) -> Params {
        Params {
            grouping,
            ..Params::default()
        }
    }

    #[test]
    fn abc_is_by_share_of_the_total_and_the_customer_across_a_border_is_above_it() {
        let output = run_on(&[5.0, 60.0, 12.0, 20.0, 3.0, 0.0, -4.0], by(Grouping::Abc)).unwrap();
        // Before each, of 100: 60 at 0, 20 at 60, 12 at 80, 5 at 92, 3 at 97.
        assert_eq!(output.segmentation.assignment, [1, 0, 1, 0, 2, 3, 3]);
        let report = output.report;
        assert_eq!(report.lowest, [Some(20.0), Some(5.0), Some(3.0)]);
        assert_eq!((report.n_with_value, report.total), (5, 100.0));
        let last = report.segments.last().unwrap();
        assert_eq!(last.label, Label::Ready(ReadyName::NoValue));
    }

    #[test]
    fn the_total_of_money_is_the_decimal_that_the_amounts_give() {
        let dataset = testing::orders(&[("a", 1, 10), ("b", 1, 20), ("c", 2, 30)]);
        let params = Params::default().checked().unwrap();
        let report = run(&dataset, &params, Day::from_number(3), &mut Unwatched);
        assert_eq!(report.unwrap().report.total.to_string(), "0.6");
    }

    #[test]
    fn classes_that_are_held_begin_where_they_began_whatever_others_have() {
        let then = run_on(&[60.0, 20.0, 12.0, 5.0, 3.0], by(Grouping::Abc)).unwrap();
        let params = Params {
            held: Some(Lowest::of(&then.report)),
            ..by(Grouping::Top)
        };
        let output = run_on(&[20.0, 19.0, 5.0, 1.0, 0.0, 9_000.0], params.clone()).unwrap();
        assert_eq!(output.segmentation.assignment, [0, 1, 1, 2, 3, 0]);
        assert_eq!(output.report.lowest, then.report.lowest);
        assert_eq!(output.report.params.grouping, Grouping::Abc);
        let same = run_on(&[60.0, 20.0, 12.0, 5.0, 3.0], params).unwrap();
        assert_eq!(
            same.segmentation, then.segmentation,
            "nobody is without a value"
        );
        assert_eq!(same.report.segments, then.report.segments);
    }

    #[test]
    fn heavy_medium_and_light_are_by_share_of_the_customers_and_equals_stay_together() {
        let values = [10.0, 9.0, 9.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0];
        let output = run_on(&values, by(Grouping::HeavyMediumLight)).unwrap();
        assert_eq!(
            output.segmentation.assignment,
            [0, 0, 0, 1, 1, 2, 2, 2, 2, 2]
        );
        let top = Params {
            shares: vec![0.3],
            ..by(Grouping::Top)
        };
        let output = run_on(&values, top).unwrap();
        assert_eq!(
            output.segmentation.assignment,
            [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
        );
    }

    #[test]
    fn the_gini_coefficient_is_that_of_the_textbook() {
        // Mean difference of all pairs over twice the mean: 1, 2, 3, 4 have 0.25.
        let gini = |values: &[f64]| run_on(values, Params::default()).unwrap().report.gini;
        assert!((gini(&[1.0, 2.0, 3.0, 4.0]) - 0.25).abs() < 1e-12);
        assert!(gini(&[2.0, 2.0, 2.0]).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_is_said() {
        let nothing = run_on(&[0.0, -1.0], Params::default()).map(|_| ());
        assert_eq!(
            nothing,
            Err(AnalysisError::TooFewCustomers { need: 1, found: 0 })
        );
        let dataset = testing::orders(&[("a", 1, 1)]);
        let params = Params {
            by: "no such column".into(),
            ..Params::default()
        };
        let params = params.checked().unwrap();
        let missing = run(&dataset, &params, Day::from_number(2), &mut Unwatched).map(|_| ());
        assert_eq!(
            missing,
            Err(AnalysisError::param("by", Rule::NumericColumn))
        );
        for shares in [vec![0.5], vec![0.9, 0.2], vec![0.0, 0.5], vec![0.5, 1.0]] {
            let params = Params {
                shares,
                ..Params::default()
            };
            assert!(params.check().is_err());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_higher_value_is_never_in_a_lower_class_and_the_unit_does_not_show(
            values in prop::collection::vec(-20..200_i32, 1..60),
            which in 0..3_usize,
        ) {
            prop_assume!(values.iter().any(|&value| value > 0));
            let column = |factor: i32| values.iter().map(|&v| f64::from(v * factor)).collect::<Vec<_>>();
            let params = by(Grouping::ALL[which]);
            let one = run_on(&column(1), params.clone()).unwrap();
            let labels = &one.segmentation.assignment;
            for (a, &left) in values.iter().enumerate() {
                for (b, &right) in values.iter().enumerate() {
                    prop_assert!(left <= right || labels[a] <= labels[b]);
                }
            }
            let counted: u64 = one.report.segments.iter().map(|segment| segment.n_customers).sum();
            prop_assert_eq!(counted, values.len() as u64);
            let other = run_on(&column(4), params).unwrap();
            prop_assert_eq!(&other.segmentation.assignment, labels);
        }
    }
}

//! What is done about missing values and outliers of customers' further columns, column by column, before any analysis.
//!
//! The dataset keeps the file's values beside the treated ones, so that lists and files show what the file says. Each
//! column is treated by itself and on the values of all customers: neither the order of columns nor who is set aside
//! by another one shows. An analysis' own cleaning comes after. Formulas: `cleaning.rs` and `docs/data-quality.md`.

mod earlier;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cleaning::{self, Outliers};
use super::{AnalysisError, Rule, stats};
use gyeol_data::{AttributeValues, Dataset, Names, SetAside, Survey, Treated};

pub use earlier::treat_past;

/// By header what is done about a further column; those that are not named are left as they are.
pub type Treatments = BTreeMap<String, Treatment>;

/// What becomes of customers without a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gaps {
    /// They stay without one.
    #[default]
    Leave,
    /// No analysis looks at them.
    LeaveOut,
    /// The median of the others' numbers, or the most frequent of their texts.
    #[serde(alias = "median", alias = "mode")]
    Typical,
    /// The value that a person gave; as long as there is none, they stay without one.
    Value,
}

impl Gaps {
    /// The name used in files and settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::LeaveOut => "leave-out",
            Self::Typical => "typical",
            Self::Value => "value",
        }
    }
}

/// What is done about a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Treatment {
    /// What becomes of customers without a value.
    pub missing: Gaps,
    /// The value of [`Gaps::Value`].
    pub value: String,
    /// What becomes of numbers far from the others.
    pub outliers: Outliers,
    /// The percentile below which [`Outliers::Winsorise`] draws in, 0 to 49.
    pub low: u8,
    /// The percentile above which it does, 51 to 100.
    pub high: u8,
}

impl Default for Treatment {
    fn default() -> Self {
        Self {
            missing: Gaps::default(),
            value: String::new(),
            outliers: Outliers::default(),
            low: 1,
            high: 99,
        }
    }
}

/// What the columns hold, of rows and of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnsReport {
    /// By row of the imported files.
    pub survey: Survey,
    /// By customer: further columns, and those of joined tables.
    pub customer_columns: Vec<CustomerColumn>,
    /// Customers with at least one row that counts.
    pub n_customers: u64,
    /// Of these, customers that no analysis looks at.
    pub n_set_aside: u64,
}

/// A further column by customer, and what was done about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerColumn {
    /// The header.
    pub name: String,
    /// Whether it holds numbers.
    pub is_numeric: bool,
    /// Customers without a value.
    pub n_missing: u64,
    /// Customers with one.
    pub n_known: u64,
    /// Least, quartiles and most of the numbers.
    pub range: Option<[f64; 5]>,
    /// Customers whose number lies beyond the outer fences.
    pub n_far: u64,
    /// The median of the numbers.
    pub median: Option<f64>,
    /// The most frequent text.
    pub mode: Option<String>,
    /// What is done about it.
    pub treatment: Treatment,
    /// What that came to.
    pub done: Done,
}

/// What a treatment came to, in customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Whose gap was filled.
    pub n_filled: u64,
    /// Whose number was drawn in.
    pub n_drawn_in: u64,
    /// Who are set aside since they lack a value.
    pub n_without_value: u64,
    /// Who are set aside since their number is far from the others.
    pub n_far: u64,
}

impl Treatment {
    /// Whether it makes sense, whatever the column.
    ///
    /// # Errors
    /// The field that breaks a rule.
    pub fn check(&self) -> Result<(), AnalysisError> {
        match (self.low, self.high) {
            (50.., _) => broken("low", Rule::Between(0.0, 49.0)),
            (_, ..=50 | 101..) => broken("high", Rule::Between(51.0, 100.0)),
            _ => Ok(()),
        }
    }

    /// The number to fill with, once there is one.
    fn number(&self) -> Result<Option<f64>, AnalysisError> {
        let text = self.value.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let number: Option<f64> = text.parse().ok();
        match number.filter(|number| number.is_finite()) {
            Some(number) => Ok(Some(number)),
            None => broken("value", Rule::Number),
        }
    }
}

fn broken<T>(field: &str, rule: Rule) -> Result<T, AnalysisError> {
    Err(AnalysisError::Param {
        field: field.to_owned(),
        rule,
    })
}

/// Treats the columns of `dataset` in place of what was done to them before; by place among the columns what it came
/// to. A column that is not there is passed over.
///
/// # Errors
/// A treatment that breaks a rule; nothing is changed then.
pub fn apply(
    dataset: &mut Dataset,
    treatments: &Treatments,
) -> Result<BTreeMap<usize, Done>, AnalysisError> {
    let mut treated = Treated::default();
    let mut all_done = BTreeMap::new();
    for (place, attribute) in dataset.attributes.iter().enumerate() {
        let Some(treatment) = treatments.get(&attribute.name) else {
            continue;
        };
        treatment.check()?;
        let mut aside = Aside {
            column: place,
            reasons: &mut treated.reasons,
        };
        let (values, done) = match &attribute.values {
            AttributeValues::Numbers(numbers) => {
                let (numbers, done) = treat_numbers(numbers, treatment, &mut aside)?;
                (AttributeValues::Numbers(numbers), done)
            }
            AttributeValues::Texts { texts, codes } => {
                treat_texts(texts, codes, treatment, &mut aside)
            }
            // What they come to hangs on the as-of date.
            AttributeValues::Days(_) => continue,
        };
        if done.n_filled + done.n_drawn_in > 0 {
            treated.values.insert(place, values);
        }
        all_done.insert(place, done);
    }
    if !treated.reasons.is_empty() {
        treated.set_aside = vec![false; dataset.n_customers()];
        for &customer in treated.reasons.iter().flat_map(|reason| &reason.customers) {
            treated.set_aside[customer as usize] = true;
        }
    }
    dataset.treated = treated;
    Ok(all_done)
}

/// Where those go whom a column sets aside.
struct Aside<'a> {
    column: usize,
    reasons: &'a mut Vec<SetAside>,
}

impl Aside<'_> {
    /// Sets those aside for whom it is so; how many they are.
    fn put(&mut self, is_missing: bool, is_aside: impl Iterator<Item = bool>) -> u64 {
        let numbered = (0_u32..).zip(is_aside);
        let customers: Vec<u32> = numbered
            .filter_map(|(customer, is_aside)| is_aside.then_some(customer))
            .collect();
        let n = customers.len() as u64;
        if n > 0 {
            self.reasons.push(SetAside {
                column: self.column,
                is_missing,
                customers,
            });
        }
        n
    }
}

fn treat_numbers(
    numbers: &[Option<f64>],
    treatment: &Treatment,
    aside: &mut Aside<'_>,
) -> Result<(Vec<Option<f64>>, Done), AnalysisError> {
    let mut column = numbers.to_vec();
    let mut is_far = vec![false; column.len()];
    let mut done = Done::default();
    match treatment.outliers {
        Outliers::Keep => {}
        Outliers::Winsorise => {
            done.n_drawn_in = cleaning::winsorise(&mut column, treatment.low, treatment.high);
        }
        Outliers::LeaveOut => cleaning::mark_far_out(&column, &mut is_far),
    }
    match treatment.missing {
        Gaps::Leave => {}
        Gaps::LeaveOut => {
            done.n_without_value = aside.put(true, column.iter().map(Option::is_none));
        }
        Gaps::Typical => {
            let median = cleaning::median_inside(&column, &is_far);
            done.n_filled = cleaning::fill(&mut column, median);
        }
        Gaps::Value => done.n_filled = cleaning::fill(&mut column, treatment.number()?),
    }
    done.n_far = aside.put(false, is_far.into_iter());
    Ok((column, done))
}

fn treat_texts(
    texts: &Names,
    codes: &[Option<u32>],
    treatment: &Treatment,
    aside: &mut Aside<'_>,
) -> (AttributeValues, Done) {
    let mut done = Done::default();
    let (mut texts, mut codes) = (texts.clone(), codes.to_vec());
    let filling = match treatment.missing {
        Gaps::Leave => None,
        Gaps::LeaveOut => {
            done.n_without_value = aside.put(true, codes.iter().map(Option::is_none));
            None
        }
        Gaps::Typical => mode(&texts, &codes),
        Gaps::Value => match treatment.value.trim() {
            "" => None,
            value => Some(texts.intern(value.as_bytes())),
        },
    };
    done.n_filled = cleaning::fill(&mut codes, filling);
    (AttributeValues::Texts { texts, codes }, done)
}

/// The most frequent text; of equally frequent ones the first in byte order.
fn mode(texts: &Names, codes: &[Option<u32>]) -> Option<u32> {
    let mut n_customers = vec![0_u64; texts.len()];
    for &code in codes.iter().flatten() {
        n_customers[code as usize] += 1;
    }
    let numbers = (0..texts.len() as u32).filter(|&code| n_customers[code as usize] > 0);
    numbers.max_by(|&one, &other| {
        let by_count = n_customers[one as usize].cmp(&n_customers[other as usize]);
        by_count.then_with(|| texts.bytes_of(other).cmp(texts.bytes_of(one)))
    })
}

/// The customers' columns that can be treated, as the file has them, with what was done about each.
pub fn describe(
    dataset: &Dataset,
    treatments: &Treatments,
    done: &BTreeMap<usize, Done>,
) -> Vec<CustomerColumn> {
    let attributes = dataset.attributes.iter().enumerate();
    let column = |(place, attribute): (usize, &gyeol_data::Attribute)| {
        let treatment = treatments.get(&attribute.name).cloned();
        let mut column = CustomerColumn {
            name: attribute.name.clone(),
            is_numeric: false,
            n_missing: 0,
            n_known: 0,
            range: None,
            n_far: 0,
            median: None,
            mode: None,
            treatment: treatment.unwrap_or_default(),
            done: done.get(&place).copied().unwrap_or_default(),
        };
        match &attribute.values {
            AttributeValues::Numbers(numbers) => {
                let mut known: Vec<f64> = numbers.iter().flatten().copied().collect();
                column.is_numeric = true;
                column.n_known = known.len() as u64;
                column.range = range(&mut known);
                column.median = column.range.map(|[_, _, median, _, _]| median);
                column.n_far = n_far(&mut known);
            }
            AttributeValues::Texts { texts, codes } => {
                column.n_known = codes.iter().flatten().count() as u64;
                column.mode = mode(texts, codes).map(|code| texts.get(code).into_owned());
            }
            AttributeValues::Days(_) => return None,
        }
        column.n_missing = dataset.n_customers() as u64 - column.n_known;
        Some(column)
    };
    attributes.filter_map(column).collect()
}

fn range(known: &mut [f64]) -> Option<[f64; 5]> {
    let mut points = [0.0; 5];
    for (quarter, point) in points.iter_mut().enumerate() {
        *point = stats::quantile(known, quarter, 4)?;
    }
    Some(points)
}

fn n_far(known: &mut [f64]) -> u64 {
    let Some((low, high)) = cleaning::outer_fences(known) else {
        return 0;
    };
    let far = known.iter().filter(|&&value| value < low || value > high);
    far.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use gyeol_data::Attribute;
    use proptest::prelude::*;

    fn treated(column: Vec<Option<f64>>, treatment: Treatment) -> (Dataset, Done) {
        let mut dataset = testing::numbers(&[("age", column)]);
        let treatments = [("age".to_owned(), treatment)].into();
        let done = apply(&mut dataset, &treatments).unwrap();
        (dataset, done[&0])
    }

    fn values(dataset: &Dataset) -> Vec<Option<f64>> {
        match dataset.analysed().next().unwrap().1 {
            AttributeValues::Numbers(numbers) => numbers.clone(),
            _ => Vec::new(),
        }
    }

    fn with(missing: Gaps, value: &str) -> Treatment {
        Treatment {
            missing,
            value: value.to_owned(),
            ..Treatment::default()
        }
    }

    #[test]
    fn gaps_are_left_filled_or_their_customers_set_aside_and_the_file_keeps_its_values() {
        let column = vec![Some(1.0), None, Some(2.0), Some(9.0)];
        for (treatment, filled, n_aside) in [
            (with(Gaps::Leave, ""), None, 0),
            (with(Gaps::LeaveOut, ""), None, 1),
            (with(Gaps::Typical, ""), Some(2.0), 0),
            (with(Gaps::Value, " 4.5 "), Some(4.5), 0),
            (with(Gaps::Value, ""), None, 0),
        ] {
            let (dataset, done) = treated(column.clone(), treatment);
            assert_eq!(values(&dataset)[1], filled);
            assert_eq!(done.n_filled, u64::from(filled.is_some()));
            assert_eq!(done.n_without_value, n_aside);
            assert_eq!(dataset.is_set_aside(1), n_aside == 1);
            assert!(!dataset.is_set_aside(0));
            let AttributeValues::Numbers(own) = &dataset.attributes[0].values else {
                panic!("numbers");
            };
            assert_eq!(own, &column);
        }
    }

    #[test]
    fn a_median_is_one_of_what_counts() {
        let column = [1.0, 2.0, 3.0, 4.0, 9e9].map(Some);
        let column = column.into_iter().chain([None]).collect();
        let treatment = Treatment {
            outliers: Outliers::LeaveOut,
            ..with(Gaps::Typical, "")
        };
        let (dataset, done) = treated(column, treatment);
        assert_eq!(values(&dataset)[5], Some(2.5));
        assert_eq!((done.n_far, done.n_filled), (1, 1));
        assert!(dataset.is_set_aside(4) && !dataset.is_set_aside(5));
    }

    #[test]
    fn numbers_are_drawn_in_at_the_percentiles_that_are_stated() {
        let column: Vec<_> = (0..=100).map(|number| Some(f64::from(number))).collect();
        let treatment = Treatment {
            outliers: Outliers::Winsorise,
            low: 10,
            high: 95,
            ..Treatment::default()
        };
        let (dataset, done) = treated(column, treatment);
        let values = values(&dataset);
        assert_eq!((values[0], values[100]), (Some(10.0), Some(95.0)));
        assert_eq!(done.n_drawn_in, 10 + 5);
    }

    #[test]
    fn what_breaks_a_rule_is_refused() {
        let refused = |treatment: Treatment| {
            let mut dataset = testing::numbers(&[("age", vec![None, Some(1.0)])]);
            apply(&mut dataset, &[("age".to_owned(), treatment)].into()).unwrap_err()
        };
        let error = |field: &str, rule| AnalysisError::Param {
            field: field.to_owned(),
            rule,
        };
        let number = refused(with(Gaps::Value, "many"));
        assert_eq!(number, error("value", Rule::Number));
        let low = Treatment {
            low: 50,
            ..Treatment::default()
        };
        assert_eq!(refused(low), error("low", Rule::Between(0.0, 49.0)));
        let high = Treatment {
            high: 101,
            ..Treatment::default()
        };
        assert_eq!(refused(high), error("high", Rule::Between(51.0, 100.0)));
    }

    #[test]
    fn the_most_frequent_text_fills_and_of_two_the_first_in_byte_order() {
        let mut texts = Names::default();
        let codes = ["서울", "Busan", "", "Busan", "서울"];
        let codes: Vec<Option<u32>> = codes
            .iter()
            .map(|text| (!text.is_empty()).then(|| texts.intern(text.as_bytes())))
            .collect();
        let mut dataset = testing::numbers(&[("age", vec![None; 5])]);
        dataset.attributes.push(Attribute {
            name: "city".to_owned(),
            values: AttributeValues::Texts { texts, codes },
        });
        let treatments = [("city".to_owned(), with(Gaps::Typical, ""))].into();
        let done = apply(&mut dataset, &treatments).unwrap();
        assert_eq!(done[&1].n_filled, 1);
        let columns = describe(&dataset, &treatments, &done);
        assert_eq!(columns[1].mode.as_deref(), Some("Busan"));
        assert_eq!((columns[1].n_missing, columns[1].n_known), (1, 4));
        assert_eq!((columns[0].n_missing, columns[0].range), (5, None));
    }

    proptest! {
        #[test]
        fn known_and_missing_add_up_and_nobody_is_counted_twice(
            column in proptest::collection::vec(proptest::option::of(-1e6..1e6), 1..200),
            missing in 0..4_usize,
            outliers in 0..3_usize,
        ) {
            let n = column.len() as u64;
            let treatment = Treatment {
                missing: [Gaps::Leave, Gaps::LeaveOut, Gaps::Typical, Gaps::Value][missing],
                value: "7".to_owned(),
                outliers: [Outliers::Keep, Outliers::Winsorise, Outliers::LeaveOut][outliers],
                ..Treatment::default()
            };
            let (dataset, done) = treated(column, treatment.clone());
            let treatments = [("age".to_owned(), treatment)].into();
            let described = describe(&dataset, &treatments, &[(0, done)].into());
            prop_assert_eq!(described[0].n_known + described[0].n_missing, n);
            let n_aside = (0..n as usize).filter(|&one| dataset.is_set_aside(one)).count() as u64;
            prop_assert_eq!(done.n_without_value + done.n_far, n_aside);
            let n_left = values(&dataset).iter().filter(|value| value.is_none()).count() as u64;
            prop_assert_eq!(n_left + done.n_filled, described[0].n_missing);
        }
    }
}

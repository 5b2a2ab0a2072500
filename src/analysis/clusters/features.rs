//! Which customers are clustered, on which numbers: raw and scaled, in columns.
//!
//! A customer without a value in any chosen feature is unclustered unless the gap is filled; one that is not there yet
//! on the day is absent. Texts are no features.

use super::Params;
use crate::analysis::cleaning::{self, Cleaned};
use crate::analysis::rfm::Convention;
use crate::analysis::snapshot::{Snapshot, units_to_f64};
use crate::analysis::{AnalysisError, Rule};
use crate::data::{AttributeValues, Dataset, Day, History, Summaries};

/// The three features that come from the customers' history.
pub(super) const RECENCY: &str = "recency";
pub(super) const FREQUENCY: &str = "frequency";
pub(super) const MONETARY: &str = "monetary";

/// A larger value would overflow once it is squared; it counts as missing.
const LARGEST: f64 = 1e100;

/// Every customer who is present, with every feature that the dataset has.
pub(super) struct Source<'a> {
    dataset: &'a Dataset,
    as_of: Day,
    /// Customer numbers, rising.
    pub(super) present: Vec<u32>,
    history: Vec<(&'static str, Vec<Option<f64>>)>,
}

/// The customers that are clustered, and their scaled features.
pub(super) struct Features {
    /// Names, each once.
    pub(super) names: Vec<String>,
    /// Numbers of the customers that are clustered, rising.
    pub(super) customers: Vec<u32>,
    /// Numbers of those who lack a value, or are left out as outliers.
    pub(super) unclustered: Vec<u32>,
    /// What was changed before.
    pub(super) cleaned: Cleaned,
    /// Raw columns.
    pub(super) raw: Vec<Vec<f64>>,
    /// Scaled columns.
    pub(super) scaled: Vec<Vec<f64>>,
}

impl<'a> Source<'a> {
    /// What `dataset` knows on `as_of`.
    pub(super) fn new(dataset: &'a Dataset, as_of: Day) -> Self {
        let (present, mut history) = match &dataset.history {
            History::Orders(_) => from_orders(dataset, as_of),
            History::Summaries(sums) => (looked_at(dataset), from_summaries(dataset, sums, as_of)),
        };
        history.retain(|&(name, _)| dataset.has_money || name != MONETARY);
        Self {
            dataset,
            as_of,
            present,
            history,
        }
    }

    /// Names of all features there are: those of the history, then numeric columns.
    pub(super) fn names(&self) -> Vec<String> {
        let history = self.history.iter().map(|&(name, _)| name.to_owned());
        let numeric = self.dataset.analysed();
        let numeric =
            numeric.filter(|(_, values)| !matches!(values, AttributeValues::Texts { .. }));
        let attributes = numeric.map(|(name, _)| name.to_owned());
        history.chain(attributes).collect()
    }

    /// A feature of everyone in `present`; `None` where there is no such feature.
    pub(super) fn column(&self, name: &str) -> Option<Vec<Option<f64>>> {
        if let Some((_, values)) = self.history.iter().find(|(known, _)| *known == name) {
            return Some(values.clone());
        }
        let mut named = self.dataset.analysed().filter(|&(own, _)| own == name);
        let values = named.find_map(|(_, values)| values.numbers(self.as_of))?;
        let present = self.present.iter();
        Some(present.map(|&customer| values[customer as usize]).collect())
    }

    /// The features that `params` choose, for the customers who have them all.
    pub(super) fn features(&self, params: &Params) -> Result<Features, AnalysisError> {
        if self.present.is_empty() {
            return Err(AnalysisError::TooFewCustomers {
                need: params.k,
                found: 0,
            });
        }
        let names = self.chosen(params);
        let mut columns = names
            .iter()
            .map(|name| self.column(name).filter(|values| has_any(values)))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| AnalysisError::Param {
                field: "features".into(),
                rule: Rule::NumericColumn,
            })?;
        for value in columns.iter_mut().flatten() {
            *value = value.filter(|value| value.abs() <= LARGEST);
        }
        let (is_outlying, cleaned) = cleaning::clean(&mut columns, params.missing, params.outliers);
        let mut features = Features {
            raw: vec![Vec::new(); names.len()],
            scaled: Vec::new(),
            names,
            customers: Vec::new(),
            unclustered: Vec::new(),
            cleaned,
        };
        for (place, &customer) in self.present.iter().enumerate() {
            let values = columns.iter().map(|column| column[place]);
            match values.collect::<Option<Vec<f64>>>() {
                Some(values) if !is_outlying[place] => features.push(customer, &values),
                _ => features.unclustered.push(customer),
            }
        }
        features.scaled = features.raw.clone();
        features
            .scaled
            .iter_mut()
            .for_each(|column| params.scaling.apply(column));
        Ok(features)
    }

    /// Each name once; where none was chosen, the usual ones of those that anybody has a value in.
    fn chosen(&self, params: &Params) -> Vec<String> {
        if params.features.is_empty() {
            let mut known = self.names();
            known.retain(|name| self.column(name).is_some_and(|values| has_any(&values)));
            return super::usual(&known);
        }
        let mut names: Vec<String> = Vec::new();
        for name in &params.features {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }
}

fn has_any(values: &[Option<f64>]) -> bool {
    values.iter().any(Option::is_some)
}

impl Features {
    fn push(&mut self, customer: u32, values: &[f64]) {
        self.customers.push(customer);
        for (column, &value) in self.raw.iter_mut().zip(values) {
            column.push(value);
        }
    }

    /// Whether there are enough customers, and enough different ones, for `need` clusters.
    pub(super) fn check_enough(&self, need: usize) -> Result<(), AnalysisError> {
        let found = self.customers.len();
        if found < need {
            return Err(AnalysisError::TooFewCustomers { need, found });
        }
        let found = self.n_distinct(need);
        if found < need {
            return Err(AnalysisError::TooFewDistinct { need, found });
        }
        Ok(())
    }

    /// How many different points there are, counted up to `limit`.
    pub(super) fn n_distinct(&self, limit: usize) -> usize {
        let is_same = |one: usize, other: usize| {
            self.scaled
                .iter()
                .all(|column| column[one].total_cmp(&column[other]).is_eq())
        };
        let mut distinct: Vec<usize> = Vec::new();
        for place in 0..self.customers.len() {
            if distinct.len() == limit {
                break;
            }
            if !distinct.iter().any(|&known| is_same(known, place)) {
                distinct.push(place);
            }
        }
        distinct.len()
    }
}

type HistoryColumns = Vec<(&'static str, Vec<Option<f64>>)>;

fn from_orders(dataset: &Dataset, as_of: Day) -> (Vec<u32>, HistoryColumns) {
    let snapshot = Snapshot::take(dataset, as_of, Convention::Gyeol);
    let known = |values: Vec<f64>| values.into_iter().map(Some).collect();
    let columns = vec![
        (RECENCY, known(snapshot.recency())),
        (FREQUENCY, known(snapshot.frequencies())),
        (MONETARY, known(snapshot.money())),
    ];
    (snapshot.customers, columns)
}

/// Everyone who is not set aside.
fn looked_at(dataset: &Dataset) -> Vec<u32> {
    let all = 0..dataset.n_customers() as u32;
    all.filter(|&customer| !dataset.is_set_aside(customer as usize))
        .collect()
}

fn from_summaries(dataset: &Dataset, sums: &Summaries, as_of: Day) -> HistoryColumns {
    let one = 10_f64.powi(i32::from(sums.scale));
    let recency = if sums.recency_days.is_empty() {
        let days = |day: &Option<Day>| {
            day.filter(|&day| day <= as_of)
                .map(|day| as_of.days_since(day))
        };
        sums.last_days
            .iter()
            .map(|day| days(day).map(f64::from))
            .collect()
    } else {
        sums.recency_days
            .iter()
            .map(|days| days.map(f64::from))
            .collect()
    };
    let money = |units: &Option<i64>| units.map(|units| units_to_f64(i128::from(units)) / one);
    let mut columns: HistoryColumns = vec![
        (RECENCY, recency),
        (
            FREQUENCY,
            sums.n_orders.iter().map(|n| n.map(f64::from)).collect(),
        ),
        (MONETARY, sums.amounts.iter().map(money).collect()),
    ];
    columns.retain(|(_, values)| !values.is_empty());
    for (_, values) in &mut columns {
        let mut customers = 0..;
        values.retain(|_| {
            !customers
                .next()
                .is_some_and(|one| dataset.is_set_aside(one))
        });
    }
    columns
}

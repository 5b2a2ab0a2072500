//! Which customers are clustered, on which numbers: raw and scaled, in columns.
//!
//! A customer without a value in any chosen feature is unclustered unless the gap is filled; one that is not there yet
//! on the day is absent. Texts are features of methods that take them; there a gap that is filled is a text of its own.

use std::f64::consts::FRAC_1_SQRT_2;

use super::Params;
use super::categories::{Category, Coded, FoundCategory};
use super::method::Value;
use super::metric::Metric;
use super::model::Who;
use super::sample::gathered;
use super::words::{self, FoundWords};
use crate::cleaning::{self, Cleaned};
use crate::measures::{Measure, Measures};
use crate::rfm::Convention;
use crate::snapshot::{Snapshot, units_to_f64};
use crate::{AnalysisError, Missing, Rule, Scaling};
use gyeol_data::{AttributeValues, ColumnOn, Dataset, Day, History, Summaries};

/// The three features that come from the customers' history.
pub(super) const RECENCY: &str = "recency";
pub(super) const FREQUENCY: &str = "frequency";
pub(super) const MONETARY: &str = "monetary";
/// What errors call the weights of features: scores have weights, too.
pub(super) const WEIGHTS: &str = "feature_weights";

/// A larger value would overflow once it is squared; it counts as missing.
const LARGEST: f64 = 1e100;
/// The most different texts of a feature: nearly everybody with a text of their own is no way to group customers.
pub const MOST_TEXTS: usize = 100;
/// So many may be different whoever has them; beyond, one text for two customers is the most.
pub(super) const FEW_TEXTS: usize = 20;

/// Every customer who is present, with every feature that the dataset has.
pub(super) struct Source<'a> {
    dataset: &'a Dataset,
    as_of: Day,
    /// Customer numbers, rising.
    pub(super) present: Vec<u32>,
    /// What else is computed of single orders, where the file has any.
    measures: Option<Measures<'a>>,
    history: Vec<(&'static str, Vec<Option<f64>>)>,
}

/// The customers that are clustered, and their scaled features.
pub(super) struct Features {
    /// How far customers are from each other.
    pub(super) metric: Metric,
    /// Names, each once: numbers, then texts.
    pub(super) names: Vec<String>,
    /// Numbers of the customers that are clustered, in the order of what they have: first by the first feature, and so
    /// on. So neither rows nor the names of customers show in what a method draws, begins with or adds up first.
    pub(super) customers: Vec<u32>,
    /// Numbers of those who lack a value, or are left out as outliers.
    pub(super) unclustered: Vec<u32>,
    /// What was changed before.
    pub(super) cleaned: Cleaned,
    /// The categories among the features; those of single levels come after all numbers that are scaled.
    categories: Vec<Category>,
    /// The words among the features: the last of the numbers.
    pub(super) words: Option<FoundWords>,
    /// The distinct texts of each feature that is one, in byte order.
    texts: Vec<Vec<String>>,
    /// Raw columns; of texts their places in that order.
    pub(super) raw: Vec<Vec<f64>>,
    /// Scaled columns.
    pub(super) scaled: Vec<Vec<f64>>,
}

impl<'a> Source<'a> {
    /// What `dataset` knows on `as_of`.
    pub(super) fn new(dataset: &'a Dataset, as_of: Day) -> Self {
        let (present, mut history, measures) = match &dataset.history {
            History::Orders(_) => {
                let (present, history) = from_orders(dataset, as_of);
                (present, history, Some(Measures::new(dataset, as_of)))
            }
            History::Summaries(sums) => {
                let history = from_summaries(dataset, sums, as_of);
                (looked_at(dataset), history, None)
            }
        };
        history.retain(|&(name, _)| dataset.has_money || name != MONETARY);
        Self {
            dataset,
            as_of,
            present,
            measures,
            history,
        }
    }

    /// Names of all features there are: those of the history, then numeric columns.
    pub(super) fn names(&self) -> Vec<String> {
        if let Some(measures) = &self.measures {
            let names = measures.names().into_iter();
            let names = names.filter(|name| measures.is_numeric(name));
            return names.map(std::borrow::Cow::into_owned).collect();
        }
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
        if let Some(measures) = &self.measures {
            return measures.numbers(name);
        }
        let ColumnOn::Numbers(values) = self.dataset.column_on(name, self.as_of)? else {
            return None;
        };
        let present = self.present.iter();
        Some(present.map(|&customer| values[customer as usize]).collect())
    }

    /// The features that `params` choose, for the customers who have them all.
    pub(super) fn features(&self, params: &Params) -> Result<Features, AnalysisError> {
        if self.present.is_empty() {
            return Err(AnalysisError::TooFewCustomers {
                need: params.least(),
                found: 0,
            });
        }
        self.check_weights(params)?;
        let is_text = |name: &String| params.method.takes_texts() && self.texts(name).is_some();
        // What counts as a category is that and nothing else.
        let mut chosen = self.chosen(params);
        chosen.retain(|name| !params.categories.contains_key(name));
        let (of_texts, mut names): (Vec<_>, Vec<_>) = chosen.into_iter().partition(is_text);
        let mut columns = self.numbers(&names)?;
        let (is_outlying, mut cleaned) =
            cleaning::clean(&mut columns, params.missing, params.outliers);
        let (categories, words) =
            self.add_texts(params, &mut names, &mut columns, &mut cleaned.n_filled)?;
        let n_numbers = columns.len();
        let texts = of_texts.iter().filter_map(|name| self.texts(name));
        let texts = texts.map(|(texts, codes)| {
            columns.push(filled(
                codes,
                texts.len(),
                params.missing,
                &mut cleaned.n_filled,
            ));
            texts
        });
        let texts: Vec<Vec<String>> = texts.collect();
        names.extend(of_texts);
        let mut features = Features {
            metric: if params.method.takes_texts() {
                Metric::Gower((0..names.len()).map(|place| place >= n_numbers).collect())
            } else {
                Metric::Euclidean
            },
            texts,
            raw: vec![Vec::new(); names.len()],
            scaled: Vec::new(),
            names,
            customers: Vec::new(),
            unclustered: Vec::new(),
            cleaned,
            categories,
            words,
        };
        let has_money = features.names.iter().any(|name| name == MONETARY);
        let is_emptied = |customer| has_money && self.is_emptied(customer);
        for (place, &customer) in self.present.iter().enumerate() {
            let values = columns.iter().map(|column| column[place]);
            match values.collect::<Option<Vec<f64>>>() {
                Some(values) if is_outlying.get(place) != Some(&true) && !is_emptied(customer) => {
                    features.push(customer, &values);
                }
                _ => features.unclustered.push(customer),
            }
        }
        features.check_texts(n_numbers)?;
        features.order();
        features.scale(params);
        Ok(features)
    }

    /// Whether each weight is of a feature that there is, chosen or not.
    fn check_weights(&self, params: &Params) -> Result<(), AnalysisError> {
        let is_known = |name: &&String| {
            self.column(name).is_some()
                || self.dataset.column_on(name, self.as_of).is_some()
                || Measure::from_key(name).is_some()
        };
        match params.weights.keys().find(|name| !is_known(name)) {
            Some(name) => Err(AnalysisError::of_column(WEIGHTS, name, Rule::KnownMeasure)),
            None => Ok(()),
        }
    }

    /// Adds the columns of categories and of words, which are filled already.
    fn add_texts(
        &self,
        params: &Params,
        names: &mut Vec<String>,
        columns: &mut Vec<Vec<Option<f64>>>,
        n_filled: &mut u64,
    ) -> Result<(Vec<Category>, Option<FoundWords>), AnalysisError> {
        let mut coded = Coded::of(self.dataset, self.as_of, &self.present, params)?;
        *n_filled += coded.n_filled;
        columns.append(&mut coded.columns);
        names.append(&mut coded.names);
        let mut words = words::vectors(self.dataset, &self.present, &params.words, self.as_of)?;
        if let Some(words) = &mut words {
            *n_filled += words.fill(params.missing);
            columns.append(&mut words.columns);
            names.extend(words.kept.iter().map(|own| params.words.feature(&own.word)));
        }
        Ok((coded.categories, words.map(FoundWords::from)))
    }

    /// Whether a customer was given back all that they had paid: a spending of nothing says nothing of how they buy, and
    /// on a scale of logarithms it is farther from all others than these are from each other.
    pub(super) fn is_emptied(&self, customer: u32) -> bool {
        let History::Orders(orders) = &self.dataset.history else {
            return false;
        };
        let has_returns = orders.returns.of(customer as usize).next().is_some();
        let standing = has_returns.then(|| self.dataset.standing(customer as usize, self.as_of));
        let standing = standing.flatten();
        standing.is_some_and(|standing| standing.amount.units() <= 0)
    }

    /// Columns of numbers, without what is too large.
    pub(super) fn numbers(&self, names: &[String]) -> Result<Vec<Vec<Option<f64>>>, AnalysisError> {
        let of = |name: &String| self.column(name).filter(|values| has_any(values));
        let all: Vec<Option<Vec<_>>> = names.iter().map(of).collect();
        let lacking = names.iter().zip(&all).filter(|(_, own)| own.is_none());
        let lacking: Vec<String> = lacking.map(|(name, _)| name.clone()).collect();
        let mut columns = lacking.clone();
        columns.retain(|name| self.dataset.column_on(name, self.as_of).is_none());
        if !columns.is_empty() {
            return Err(AnalysisError::LacksColumns { of: None, columns });
        }
        // They are there, and hold no numbers, or none of those who are looked at.
        if let Some(name) = lacking.first() {
            let rule = match self.column(name) {
                Some(_) => Rule::SomeValues,
                None => Rule::NumericColumn,
            };
            return Err(AnalysisError::of_column("features", name, rule));
        }
        let mut columns: Vec<Vec<Option<f64>>> = all.into_iter().flatten().collect();
        for value in columns.iter_mut().flatten() {
            *value = value.filter(|value| value.abs() <= LARGEST);
        }
        Ok(columns)
    }

    /// The distinct texts of a column in byte order, and everybody's place in it; `None` where there are no texts.
    fn texts(&self, name: &str) -> Option<(Vec<String>, Vec<Option<f64>>)> {
        let ColumnOn::Texts(texts, codes) = self.dataset.column_on(name, self.as_of)? else {
            return None;
        };
        let ranks = texts.ranks();
        let rank = |code: u32| f64::from(ranks[code as usize]);
        let of = |&customer: &u32| codes[customer as usize].map(rank);
        let ordered = texts.in_byte_order().into_iter();
        let ordered = ordered.map(|code| texts.get(code).into_owned());
        Some((ordered.collect(), self.present.iter().map(of).collect()))
    }

    /// Everybody's place among the texts of a column, with gaps as features have them; `None` where there are no texts.
    pub(super) fn codes(&self, name: &str, missing: Missing) -> Option<Vec<Option<f64>>> {
        let (texts, codes) = self.texts(name)?;
        Some(filled(codes, texts.len(), missing, &mut 0))
    }

    /// Each name once; where none was chosen, the usual ones of those that anybody has a value in.
    fn chosen(&self, params: &Params) -> Vec<String> {
        if params.words.are_alone() {
            return Vec::new();
        }
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

/// Makes a scaled column count more or less.
fn weigh(column: &mut [f64], weight: Option<f64>) {
    if let Some(weight) = weight.filter(|weight| weight.total_cmp(&1.0).is_ne()) {
        column.iter_mut().for_each(|value| *value *= weight);
    }
}

/// Places of texts, where a gap is a text of its own after all others unless it is left out.
fn filled(
    mut codes: Vec<Option<f64>>,
    gap: usize,
    missing: Missing,
    n_filled: &mut u64,
) -> Vec<Option<f64>> {
    if missing != Missing::LeaveOut {
        for code in codes.iter_mut().filter(|code| code.is_none()) {
            *code = Some(gap as f64);
            *n_filled += 1;
        }
    }
    codes
}

fn has_any(values: &[Option<f64>]) -> bool {
    values.iter().any(Option::is_some)
}

impl Features {
    /// Numbers that are scaled already, of the customers in the first list of `who`.
    pub(super) fn of_numbers(
        names: Vec<String>,
        (customers, unclustered): Who,
        cleaned: Cleaned,
        (raw, scaled): (Vec<Vec<f64>>, Vec<Vec<f64>>),
    ) -> Self {
        Self {
            metric: Metric::Euclidean,
            names,
            customers,
            unclustered,
            cleaned,
            categories: Vec::new(),
            words: None,
            texts: Vec::new(),
            raw,
            scaled,
        }
    }

    fn push(&mut self, customer: u32, values: &[f64]) {
        self.customers.push(customer);
        for (column, &value) in self.raw.iter_mut().zip(values) {
            column.push(value);
        }
    }

    /// Puts the customers into their order; those who have all alike keep that of their numbers.
    fn order(&mut self) {
        let Some(first) = self.raw.first() else {
            return;
        };
        let mut places: Vec<(f64, u32)> = first.iter().copied().zip(0..).collect();
        let rest = &self.raw[1..];
        places.sort_unstable_by(|&(own, one), &(others, other)| {
            let by_rest = || {
                let mut orders = rest
                    .iter()
                    .map(|column| column[one as usize].total_cmp(&column[other as usize]));
                orders
                    .find(|order| order.is_ne())
                    .unwrap_or(one.cmp(&other))
            };
            own.total_cmp(&others).then_with(by_rest)
        });
        let places: Vec<usize> = places
            .into_iter()
            .map(|(_, place)| place as usize)
            .collect();
        self.customers = places.iter().map(|&place| self.customers[place]).collect();
        self.raw = gathered(&self.raw, &places);
    }

    /// Scales the numbers; for Gower's distance they are over their range besides.
    fn scale(&mut self, params: &Params) {
        self.scaled = self.raw.clone();
        let (n_numbers, n_fixed, n_levels) = (self.n_numbers(), self.n_fixed(), self.n_levels());
        let (measured, fixed) = self.scaled[..n_numbers].split_at_mut(n_numbers - n_fixed);
        let (mut levels, words) = fixed.split_at_mut(n_levels);
        // Words are weights from 0 to 1 already, and rare ones must not be made large.
        let weight = params.weights.get(&params.words.column).copied();
        if let Metric::Euclidean = self.metric {
            words.iter_mut().for_each(|column| weigh(column, weight));
        }
        // Two different levels differ in two columns: they are one apart.
        for category in &self.categories {
            let own = levels.split_off_mut(..category.n_level_columns());
            let weight = match self.metric {
                Metric::Gower(_) => 0.5,
                Metric::Euclidean => {
                    FRAC_1_SQRT_2
                        * params
                            .weights
                            .get(category.column())
                            .copied()
                            .unwrap_or(1.0)
                }
            };
            let own = own.into_iter().flatten();
            own.for_each(|column| weigh(column, Some(weight)));
        }
        for (column, name) in measured.iter_mut().zip(&self.names) {
            params.scaling.apply(column);
            match self.metric {
                Metric::Gower(_) => Scaling::MinMax.apply(column),
                Metric::Euclidean => weigh(column, params.weights.get(name).copied()),
            }
        }
    }

    /// Numbers that count as much as said; those without a weight are left out.
    pub(super) fn weighted(mut self, weights: &[Option<f64>]) -> Self {
        let mut columns = self.scaled.iter_mut().zip(weights);
        for (column, weight) in columns.by_ref() {
            weigh(column, *weight);
        }
        let mut is_kept = weights.iter().map(Option::is_some);
        self.names.retain(|_| is_kept.next() != Some(false));
        let mut is_kept = weights.iter().map(Option::is_some);
        self.raw.retain(|_| is_kept.next() != Some(false));
        let mut is_kept = weights.iter().map(Option::is_some);
        self.scaled.retain(|_| is_kept.next() != Some(false));
        self
    }

    /// What a customer has, by its place among the clustered.
    pub(super) fn values(&self, place: usize) -> Vec<Value> {
        let n_numbers = self.n_numbers();
        let value = |(feature, column): (usize, &Vec<f64>)| {
            let Some(text) = feature.checked_sub(n_numbers) else {
                return Value::Number(column[place]);
            };
            let text = self.texts[text].get(column[place] as usize);
            Value::Text(text.cloned().unwrap_or_default())
        };
        self.raw.iter().enumerate().map(value).collect()
    }

    /// Some of the clustered customers, scaled as they are among all; a place may stand several times.
    pub(super) fn of(&self, places: &[usize]) -> Self {
        Self {
            metric: self.metric.clone(),
            names: self.names.clone(),
            customers: places.iter().map(|&place| self.customers[place]).collect(),
            unclustered: Vec::new(),
            cleaned: self.cleaned,
            categories: self.categories.clone(),
            words: self.words.clone(),
            texts: self.texts.clone(),
            raw: gathered(&self.raw, places),
            scaled: gathered(&self.scaled, places),
        }
    }

    /// How many features are numbers; they come first.
    pub(super) fn n_numbers(&self) -> usize {
        self.raw.len() - self.texts.len()
    }

    /// How many of the numbers are words; they come last.
    pub(super) fn n_words(&self) -> usize {
        self.words.as_ref().map_or(0, |words| words.kept.len())
    }

    /// How many of the numbers are single levels of categories; they come before the words.
    fn n_levels(&self) -> usize {
        self.categories.iter().map(Category::n_level_columns).sum()
    }

    /// How many of the numbers are single levels or words, which are not scaled and come last.
    pub(super) fn n_fixed(&self) -> usize {
        self.n_levels() + self.n_words()
    }

    /// The category that a feature is a level of, by its place; `None` of any other feature.
    pub(super) fn category_at(&self, place: usize) -> Option<usize> {
        let mut rest = place.checked_sub(self.n_numbers() - self.n_fixed())?;
        self.categories.iter().position(|category| {
            let n_own = category.n_level_columns();
            let is_own = rest < n_own;
            rest = rest.saturating_sub(n_own);
            is_own
        })
    }

    /// What the categories say of clusters.
    pub(super) fn categories(
        &self,
        dataset: &Dataset,
        labels: &[u16],
        k: usize,
    ) -> Vec<FoundCategory> {
        let told = |category: &Category| category.told(dataset, &self.customers, labels, k);
        self.categories.iter().map(told).collect()
    }

    /// The columns of the words, as they are before they are weighed.
    pub(super) fn words(&self) -> &[Vec<f64>] {
        let n_numbers = self.n_numbers();
        &self.raw[n_numbers - self.n_words()..n_numbers]
    }

    /// Whether no feature has more texts than groups can be told by.
    fn check_texts(&self, n_numbers: usize) -> Result<(), AnalysisError> {
        let most = MOST_TEXTS.min((self.customers.len() / 2).max(FEW_TEXTS));
        let texts = self.names[n_numbers..].iter().zip(&self.raw[n_numbers..]);
        for (name, column) in texts {
            let mut texts: Vec<u32> = column.iter().map(|&text| text as u32).collect();
            texts.sort_unstable();
            texts.dedup();
            if texts.len() > most {
                let found = texts.len();
                let rule = Rule::FewTexts { most, found };
                return Err(AnalysisError::of_column("features", name, rule));
            }
        }
        Ok(())
    }

    /// Whether there are enough customers, and enough different ones, for `need` clusters.
    pub(super) fn check_enough(&self, need: usize) -> Result<(), AnalysisError> {
        let (found, n_without) = (self.customers.len(), self.unclustered.len());
        if found < need && found + n_without >= need {
            return Err(AnalysisError::LackValues {
                need,
                found,
                n_without,
            });
        }
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

//! What is predicted and from what, as columns of numbers, for the customers of one day.
//!
//! Features are asked of the measures on the day of the cut, so that no later order can be in them. What a column means
//! (its mean for those who lack it, its levels) is learnt on the customers that a model learns from, and kept.

use serde::{Deserialize, Serialize};

use super::{Note, Params, Problem, Target};
use crate::measures::{Measure, Measures, Values};
use crate::{AnalysisError, Rule};
use gyeol_data::{AttributeValues, Dataset, Day, History, places_in_order};

/// A column of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The measure or the header of the column.
    pub feature: String,
    /// Which part of it.
    pub part: Part,
}

/// What a column of a model says of its feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Its number; the mean for those who have none.
    Number,
    /// 1 for those who have no number.
    Missing,
    /// 1 for those with this text, 0 for those with the most frequent one.
    Level(String),
    /// 1 for those with a rarer text or none.
    OtherLevels,
}

/// Texts that become columns of their own, beside the most frequent one.
const MOST_LEVELS: usize = 7;
/// A column with more different texts names something.
const MOST_TEXTS: usize = 1_000;

enum Meaning {
    Number(f64),
    Missing,
    Level(u32),
    NotOneOf(Vec<u32>),
}

/// What the columns of a model mean.
#[derive(Default)]
pub(super) struct Encoding {
    pub(super) terms: Vec<Term>,
    meanings: Vec<Meaning>,
    /// Who lacks a number, for each column that says so.
    missing: Vec<Vec<bool>>,
}

impl Encoding {
    /// Learns what the columns of `features` mean among the customers of a day.
    pub(super) fn learn(
        measures: &Measures<'_>,
        features: &[String],
    ) -> Result<Self, AnalysisError> {
        let mut encoding = Self::default();
        for feature in features {
            let unknown = || AnalysisError::of_column("features", feature, Rule::KnownMeasure);
            match measures.values(feature).ok_or_else(unknown)? {
                Values::Numbers(numbers) => encoding.learn_numbers(feature, &numbers),
                Values::Texts { texts, codes } => {
                    let mut counts = vec![0_usize; texts.len()];
                    for code in codes.iter().flatten() {
                        counts[*code as usize] += 1;
                    }
                    let mut rank = vec![0; texts.len()];
                    for (place, code) in texts.in_byte_order().into_iter().enumerate() {
                        rank[code as usize] = place;
                    }
                    let order = places_in_order(texts.len(), &|a, b| {
                        counts[b].cmp(&counts[a]).then(rank[a].cmp(&rank[b]))
                    });
                    let used = order.into_iter().filter(|&code| counts[code] > 0);
                    let levels: Vec<u32> =
                        used.take(MOST_LEVELS + 1).map(|code| code as u32).collect();
                    for &level in levels.iter().skip(1) {
                        let part = Part::Level(texts.get(level).into_owned());
                        encoding.push(feature, part, Meaning::Level(level));
                    }
                    let is_other =
                        |code: &Option<u32>| code.is_none_or(|code| !levels.contains(&code));
                    if codes.iter().any(is_other) {
                        encoding.push(feature, Part::OtherLevels, Meaning::NotOneOf(levels));
                    }
                }
            }
        }
        Ok(encoding)
    }

    fn learn_numbers(&mut self, feature: &str, numbers: &[Option<f64>]) {
        let known = numbers.iter().flatten().copied();
        let (mean, _) = crate::stats::moments(known);
        self.push(feature, Part::Number, Meaning::Number(mean));
        // Two measures that the same customers lack need one column that says so.
        let missing: Vec<bool> = numbers.iter().map(Option::is_none).collect();
        if missing.contains(&true) && !self.missing.contains(&missing) {
            self.push(feature, Part::Missing, Meaning::Missing);
            self.missing.push(missing);
        }
    }

    fn push(&mut self, feature: &str, part: Part, meaning: Meaning) {
        self.terms.push(Term {
            feature: feature.to_owned(),
            part,
        });
        self.meanings.push(meaning);
    }

    /// The columns for the customers of a day, in their order.
    pub(super) fn columns(&self, measures: &Measures<'_>) -> Vec<Vec<f64>> {
        let is = |yes: bool| f64::from(u8::from(yes));
        let n = measures.present.len();
        let mut columns = Vec::with_capacity(self.terms.len());
        let mut last: Option<(&str, Option<Values<'_>>)> = None;
        for (term, meaning) in self.terms.iter().zip(&self.meanings) {
            if last
                .as_ref()
                .is_none_or(|(feature, _)| *feature != term.feature)
            {
                last = Some((&term.feature, measures.values(&term.feature)));
            }
            let values = last.as_ref().and_then(|(_, values)| values.as_ref());
            columns.push(match (values, meaning) {
                (Some(Values::Numbers(numbers)), Meaning::Number(mean)) => numbers
                    .iter()
                    .map(|number| number.unwrap_or(*mean))
                    .collect(),
                (Some(Values::Numbers(numbers)), Meaning::Missing) => {
                    numbers.iter().map(|number| is(number.is_none())).collect()
                }
                (Some(Values::Texts { codes, .. }), Meaning::Level(level)) => {
                    codes.iter().map(|code| is(*code == Some(*level))).collect()
                }
                (Some(Values::Texts { codes, .. }), Meaning::NotOneOf(levels)) => {
                    let is_other = |code: &u32| !levels.contains(code);
                    codes
                        .iter()
                        .map(|code| is(code.as_ref().is_none_or(is_other)))
                        .collect()
                }
                _ => vec![0.0; n],
            });
        }
        columns
    }
}

/// The features that are used: those asked for, or what is usual; and what is to be said of them.
pub(super) fn features(
    dataset: &Dataset,
    measures: &Measures<'_>,
    params: &Params,
    notes: &mut Vec<Note>,
) -> Result<Vec<String>, AnalysisError> {
    let mut features = params.features.clone();
    if features.is_empty() {
        let is_measure =
            |name: &String| Measure::from_key(name).is_some_and(|one| !one.is_behaviour());
        features = available(measures, params);
        if features.iter().any(is_measure) {
            features.retain(is_measure);
        }
    }
    if params.target == Target::Column && features.contains(&params.column) {
        return Err(Problem::TargetIsFeature.into());
    }
    let naming = match params.features.is_empty() {
        true => measures.naming(),
        false => Vec::new(),
    };
    features.retain(|feature| {
        // Few customers may well have a recency each.
        let names_things = !is_known_measure(measures, feature)
            && (naming.contains(&feature.as_str())
                || (measures.values(feature)).is_some_and(|values| is_id_like(&values)));
        if names_things {
            notes.push(Note::NamesThings(feature.clone()));
        }
        !names_things
    });
    if features.is_empty() {
        return Err(AnalysisError::param("features", Rule::NotEmpty));
    }
    let knows_later = |feature: &&String| {
        let mut columns = dataset.analysed();
        let column = columns.find(|(name, _)| name == feature);
        column.is_some_and(|(_, values)| !matches!(values, AttributeValues::Days(_)))
            && !is_known_measure(measures, feature)
            && !dataset.knows_past_of(feature)
    };
    if params.target != Target::Column {
        let later = features.iter().filter(knows_later);
        notes.extend(later.map(|feature| Note::MayKnowLater(feature.clone())));
    } else if matches!(dataset.history, History::Orders(_)) {
        let of_orders = features
            .iter()
            .filter(|name| is_known_measure(measures, name));
        notes.extend(of_orders.map(|feature| Note::MayKnowLater(feature.clone())));
    }
    Ok(features)
}

fn is_known_measure(measures: &Measures<'_>, name: &str) -> bool {
    measures.is_measure(name)
}

/// All that could be a feature.
pub(super) fn available(measures: &Measures<'_>, params: &Params) -> Vec<String> {
    let names = measures
        .names()
        .into_iter()
        .map(std::borrow::Cow::into_owned);
    let is_target = |name: &String| params.target == Target::Column && *name == params.column;
    names.filter(|name| !is_target(name)).collect()
}

/// Whether each customer has a value of their own that only names: texts that hardly repeat, or a running number.
fn is_id_like(values: &Values<'_>) -> bool {
    match values {
        Values::Texts { texts, codes } => {
            let mut seen = vec![false; texts.len()];
            for code in codes.iter().flatten() {
                seen[*code as usize] = true;
            }
            let n = seen.iter().filter(|seen| **seen).count();
            n > MOST_TEXTS || n > 20 && n * 2 > codes.len()
        }
        Values::Numbers(numbers) => {
            let mut known: Vec<f64> = numbers.iter().flatten().copied().collect();
            if known.len() < 20
                || known
                    .iter()
                    .any(|value| (value - value.round()).abs() > 0.0)
            {
                return false;
            }
            known.sort_unstable_by(f64::total_cmp);
            let is_distinct = known.windows(2).all(|pair| pair[0] < pair[1]);
            is_distinct && known[known.len() - 1] - known[0] < 2.0 * known.len() as f64
        }
    }
}

/// What is predicted, of the customers of one day.
pub(super) struct Outcome {
    /// 0 or 1 for classes; `None` where it is not known.
    pub(super) values: Vec<Option<f64>>,
    /// Whether it is one of two.
    pub(super) is_classes: bool,
    /// The text or number that counts as 1, and the one that counts as 0, where a column says it.
    pub(super) sides: Option<[String; 2]>,
}

/// What customers did after the day of `measures` and until `end`.
pub(super) fn after(
    dataset: &Dataset,
    measures: &Measures<'_>,
    end: Day,
    target: Target,
) -> Outcome {
    let value = |&customer: &u32| {
        let customer = customer as usize;
        let before = dataset.standing(customer, measures.as_of)?;
        let later = dataset.standing(customer, end)?;
        Some(match target {
            Target::Spend => later.amount.to_f64() - before.amount.to_f64(),
            _ => f64::from(u8::from(later.n_orders > before.n_orders)),
        })
    };
    Outcome {
        values: measures.present.iter().map(value).collect(),
        is_classes: target != Target::Spend,
        sides: None,
    }
}

/// What a column says: one of two texts or numbers, or a number. `positive` counts as 1 where it is one of the two, else
/// the later in byte order, or the higher.
pub(super) fn of_column(
    measures: &Measures<'_>,
    column: &str,
    positive: &str,
) -> Result<Outcome, AnalysisError> {
    let unknown = || AnalysisError::of_column("column", column, Rule::KnownMeasure);
    match measures.values(column).ok_or_else(unknown)? {
        Values::Numbers(numbers) => {
            let known = || numbers.iter().flatten().copied();
            let (low, high) = (
                known().fold(f64::INFINITY, f64::min),
                known().fold(f64::NEG_INFINITY, f64::max),
            );
            let is_classes = known().all(|value| value <= low || value >= high);
            if !is_classes {
                return Ok(Outcome {
                    values: numbers,
                    is_classes,
                    sides: None,
                });
            }
            if low >= high {
                return Err(Problem::OneClass.into());
            }
            let is_high = numbers
                .iter()
                .map(|number| number.map(|value| value >= high));
            let sides = [high.to_string(), low.to_string()];
            Ok(two_sided(is_high.collect(), sides, positive))
        }
        Values::Texts { texts, codes } => {
            let is_used = |code: &u32| codes.contains(&Some(*code));
            let used: Vec<u32> = texts
                .in_byte_order()
                .into_iter()
                .filter(is_used)
                .take(3)
                .collect();
            let &[low, high] = &used[..] else {
                let problem = match used.len() {
                    0 | 1 => Problem::OneClass,
                    _ => Problem::ManyClasses,
                };
                return Err(problem.into());
            };
            let is_high = codes.iter().map(|code| code.map(|code| code == high));
            let sides = [high, low].map(|code| texts.get(code).into_owned());
            Ok(two_sided(is_high.collect(), sides, positive))
        }
    }
}

/// One of two: the first of `sides` where `is_high`, and which counts as 1.
fn two_sided(is_high: Vec<Option<bool>>, sides: [String; 2], positive: &str) -> Outcome {
    let [high, low] = sides;
    let is_turned = low == positive;
    let as_class = |is_high: bool| f64::from(u8::from(is_high != is_turned));
    Outcome {
        values: is_high.into_iter().map(|one| one.map(as_class)).collect(),
        is_classes: true,
        sides: Some(if is_turned { [low, high] } else { [high, low] }),
    }
}

//! What a rule says of a customer: tests of measures and columns, joined by all, any and not.
//!
//! A test of a value that is missing does not match, whatever it asks; only `missing` does, and a `not` around a test.

use serde::{Deserialize, Serialize};

use crate::measures::{Measures, Values};
use crate::{AnalysisError, Rule, stats};
use gyeol_data::Names;

/// What a rule says of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// All of these; of none, everyone.
    All(Vec<Condition>),
    /// Any of these; of none, nobody.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// One value.
    Is(Test),
}

/// What is asked of one measure or column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// A measure of the history, or the header of a column.
    pub measure: String,
    /// What its value must be.
    pub value: Comparison,
}

/// What a value must be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// This number or more.
    AtLeast(f64),
    /// This number or less.
    AtMost(f64),
    /// More than this number.
    MoreThan(f64),
    /// Less than this number.
    LessThan(f64),
    /// From the first number to the second, both included.
    Between(f64, f64),
    /// Among the highest share of those who have a value, 0 to 1; equal values are all in it.
    Highest(f64),
    /// Among the lowest share of those who have a value, 0 to 1; equal values are all in it.
    Lowest(f64),
    /// One of these texts.
    OneOf(Vec<String>),
    /// Another text than these.
    NoneOf(Vec<String>),
    /// A text with this in it, in whatever case.
    Contains(String),
    /// Any value.
    Known,
    /// No value.
    Missing,
}

/// The most tests of all rules together, and the deepest nesting.
pub(super) const MOST_TESTS: usize = 200;
pub(super) const DEEPEST: usize = 8;

impl Condition {
    /// How many tests it is made of.
    pub fn n_tests(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::n_tests).sum(),
            Self::Not(part) => part.n_tests(),
            Self::Is(_) => 1,
        }
    }

    /// Calls `visit` with every test, in reading order.
    pub(crate) fn each_test(&self, visit: &mut dyn FnMut(&Test)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.each_test(visit));
            }
            Self::Not(part) => part.each_test(visit),
            Self::Is(test) => visit(test),
        }
    }

    /// Whether it is a test whose values are still to be chosen: it matches nobody, turned around or not.
    fn lacks_values(&self) -> bool {
        matches!(self, Self::Is(test) if test.value.lacks_values())
    }

    pub(super) fn depth(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                1 + parts.iter().map(Self::depth).max().unwrap_or(0)
            }
            Self::Not(part) => 1 + part.depth(),
            Self::Is(_) => 1,
        }
    }

    /// Whether numbers are finite and shares are shares.
    pub(super) fn is_sound(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().all(Self::is_sound),
            Self::Not(part) => part.is_sound(),
            Self::Is(test) => test.value.is_sound(),
        }
    }

    /// Which of the present customers it matches; how many each test matches is added to `counts`, in reading order.
    ///
    /// # Errors
    /// A measure that is not there, or a comparison of numbers with texts: the field is the measure's name.
    pub(crate) fn matches(
        &self,
        measures: &Measures<'_>,
        counts: &mut Vec<u64>,
    ) -> Result<Vec<bool>, AnalysisError> {
        let n = measures.present.len();
        match self {
            Self::All(parts) => joined(parts, measures, counts, vec![true; n], |a, b| a && b),
            Self::Any(parts) => joined(parts, measures, counts, vec![false; n], |a, b| a || b),
            Self::Not(part) => {
                let mut matches = part.matches(measures, counts)?;
                if !part.lacks_values() {
                    matches.iter_mut().for_each(|matches| *matches = !*matches);
                }
                Ok(matches)
            }
            Self::Is(test) => {
                let matches = test.matches(measures)?;
                counts.push(matches.iter().filter(|&&is| is).count() as u64);
                Ok(matches)
            }
        }
    }

    /// The part by which the customer at `place` among those present is matched: of what is joined by any, only what it
    /// meets. `None` where it is not matched.
    pub(crate) fn met(&self, measures: &Measures<'_>, place: usize) -> Option<Self> {
        let matches = self.matches(measures, &mut Vec::new()).ok()?;
        if matches.get(place) != Some(&true) {
            return None;
        }
        let parts = |parts: &[Self]| {
            let met = parts.iter().filter_map(|part| part.met(measures, place));
            met.collect()
        };
        Some(match self {
            Self::All(all) => Self::All(parts(all)),
            Self::Any(any) => Self::Any(parts(any)),
            other => other.clone(),
        })
    }
}

fn joined(
    parts: &[Condition],
    measures: &Measures<'_>,
    counts: &mut Vec<u64>,
    mut matches: Vec<bool>,
    join: fn(bool, bool) -> bool,
) -> Result<Vec<bool>, AnalysisError> {
    for part in parts {
        let more = part.matches(measures, counts)?;
        for (is, more) in matches.iter_mut().zip(more) {
            *is = join(*is, more);
        }
    }
    Ok(matches)
}

impl Test {
    fn matches(&self, measures: &Measures<'_>) -> Result<Vec<bool>, AnalysisError> {
        let wrong = |rule| AnalysisError::of_column("rules", &self.measure, rule);
        match measures.values(&self.measure) {
            None => Err(wrong(Rule::KnownMeasure)),
            Some(Values::Numbers(numbers)) => {
                let matches = self.value.of_numbers(&numbers);
                matches.ok_or_else(|| wrong(Rule::TextColumn))
            }
            Some(Values::Texts { texts, codes }) => {
                let is_wanted = self.value.of_texts(texts);
                let is_wanted = is_wanted.ok_or_else(|| wrong(Rule::NumericColumn))?;
                let is_missing = self.value == Comparison::Missing;
                let of =
                    |code: &Option<u32>| code.map_or(is_missing, |code| is_wanted[code as usize]);
                Ok(codes.iter().map(of).collect())
            }
        }
    }
}

impl Comparison {
    /// Whether it is with texts of which none is chosen, or with a part that is not written yet.
    const fn lacks_values(&self) -> bool {
        match self {
            Self::OneOf(texts) | Self::NoneOf(texts) => texts.is_empty(),
            Self::Contains(part) => part.is_empty(),
            _ => false,
        }
    }

    fn is_sound(&self) -> bool {
        match self {
            Self::AtLeast(number)
            | Self::AtMost(number)
            | Self::MoreThan(number)
            | Self::LessThan(number) => number.is_finite(),
            Self::Between(low, high) => low.is_finite() && high.is_finite() && low <= high,
            Self::Highest(share) | Self::Lowest(share) => *share > 0.0 && *share <= 1.0,
            Self::OneOf(_) | Self::NoneOf(_) | Self::Contains(_) | Self::Known | Self::Missing => {
                true
            }
        }
    }

    /// `None` where it is a comparison of texts.
    fn of_numbers(&self, numbers: &[Option<f64>]) -> Option<Vec<bool>> {
        let (low, high) = match self {
            Self::AtLeast(low) => (*low, f64::INFINITY),
            Self::AtMost(high) => (f64::NEG_INFINITY, *high),
            Self::MoreThan(low) => (low.next_up(), f64::INFINITY),
            Self::LessThan(high) => (f64::NEG_INFINITY, high.next_down()),
            Self::Between(low, high) => (*low, *high),
            Self::Highest(share) => (border(numbers, *share, true)?, f64::INFINITY),
            Self::Lowest(share) => (f64::NEG_INFINITY, border(numbers, *share, false)?),
            Self::Known => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Missing => return Some(numbers.iter().map(Option::is_none).collect()),
            Self::OneOf(_) | Self::NoneOf(_) | Self::Contains(_) => return None,
        };
        let is = |value: &Option<f64>| value.is_some_and(|value| low <= value && value <= high);
        Some(numbers.iter().map(is).collect())
    }

    /// Which of `texts` match; `None` where it is a comparison of numbers.
    fn of_texts(&self, texts: &Names) -> Option<Vec<bool>> {
        let wanted = |is: &dyn Fn(&str) -> bool| {
            let codes = 0..texts.len() as u32;
            Some(codes.map(|code| is(&texts.get(code))).collect())
        };
        match self {
            _ if self.lacks_values() => wanted(&|_| false),
            Self::OneOf(list) => wanted(&|text| list.iter().any(|one| one == text)),
            Self::NoneOf(list) => wanted(&|text| !list.iter().any(|one| one == text)),
            Self::Contains(part) => {
                let part = part.to_lowercase();
                wanted(&|text| text.to_lowercase().contains(&part))
            }
            Self::Known => wanted(&|_| true),
            Self::Missing => wanted(&|_| false),
            _ => None,
        }
    }
}

/// The value at which the highest (or lowest) share of the known values ends: with `n` values, the `ceil(share * n)`th.
fn border(numbers: &[Option<f64>], share: f64, is_highest: bool) -> Option<f64> {
    let mut known: Vec<f64> = numbers.iter().flatten().copied().collect();
    let Some(last) = known.len().checked_sub(1) else {
        // Nobody has a value: a border that nobody is within.
        return Some(if is_highest {
            f64::INFINITY
        } else {
            f64::NEG_INFINITY
        });
    };
    let taken = ((share * known.len() as f64 - 1e-9).ceil() as usize).clamp(1, known.len());
    let place = if is_highest {
        last + 1 - taken
    } else {
        taken - 1
    };
    stats::nth(&mut known, place)
}

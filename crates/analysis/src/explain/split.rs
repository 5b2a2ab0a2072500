//! The best test of one measure or column at one node of a tree.
//!
//! Impurity is counted, not estimated: `n` less the sum of squared counts over `n`, which is `n` times the Gini index.

use crate::measures::Values;
use crate::rules::{Comparison, Condition, Test};
use gyeol_data::{Names, places_in_order};

/// A test of one feature, and the impurity that is left on both sides of it.
pub(super) struct Split {
    pub(super) feature: usize,
    pub(super) test: Comparison,
    pub(super) impurity: f64,
}

/// A measure or column that the tree can test.
pub(super) struct Feature<'a> {
    name: &'a str,
    values: &'a Values<'a>,
    /// Whether somebody lacks a value, so that "not at most" is more than "more than".
    has_gaps: bool,
}

/// Columns with more texts only name something.
const MOST_TEXTS: usize = 50;

/// Impurity of counts: 0 where all are in one segment.
pub(super) fn impurity(counts: &[u64]) -> f64 {
    let n: u64 = counts.iter().sum();
    let squares: f64 = counts
        .iter()
        .map(|&count| (count as f64) * (count as f64))
        .sum();
    if n == 0 {
        0.0
    } else {
        n as f64 - squares / n as f64
    }
}

impl<'a> Feature<'a> {
    /// Those that a rule can test with sense.
    pub(super) fn all(values: &'a [(String, Values<'a>)]) -> Vec<Self> {
        let is_of_use = |values: &Values<'_>| match values {
            Values::Numbers(_) => true,
            Values::Texts { texts, .. } => texts.len() <= MOST_TEXTS,
        };
        let features = values.iter().filter(|(_, values)| is_of_use(values));
        let features = features.map(|(name, values)| Self {
            name,
            values,
            has_gaps: match values {
                Values::Numbers(numbers) => numbers.contains(&None),
                Values::Texts { codes, .. } => codes.contains(&None),
            },
        });
        features.collect()
    }

    /// Whether the customer at a place matches a test that [`Feature::best`] gave.
    pub(super) fn matches(&self, test: &Comparison, at: usize) -> bool {
        match (self.values, test) {
            (Values::Numbers(numbers), Comparison::AtMost(border)) => {
                numbers[at].is_some_and(|value| value <= *border)
            }
            (Values::Texts { texts, codes }, Comparison::OneOf(list)) => {
                codes[at].is_some_and(|code| list.iter().any(|text| *text == texts.get(code)))
            }
            _ => false,
        }
    }

    /// The conditions of those who match a test, and of the others.
    pub(super) fn conditions(&self, test: &Comparison) -> (Condition, Condition) {
        let is = |value: Comparison| {
            Condition::Is(Test {
                measure: self.name.to_owned(),
                value,
            })
        };
        let others = match test {
            Comparison::AtMost(border) if !self.has_gaps => is(Comparison::MoreThan(*border)),
            Comparison::OneOf(list) if !self.has_gaps => is(Comparison::NoneOf(list.clone())),
            _ => Condition::Not(Box::new(is(test.clone()))),
        };
        (is(test.clone()), others)
    }

    /// The test that leaves the least impurity with at least `least` customers on both sides.
    pub(super) fn best(
        &self,
        sample: &[usize],
        segments: &[u16],
        n_segments: usize,
        least: usize,
    ) -> Option<(Comparison, f64)> {
        let all = counts_of(sample.iter().copied(), segments, n_segments);
        match self.values {
            Values::Numbers(numbers) => best_border(numbers, sample, segments, &all, least),
            Values::Texts { texts, codes } => {
                best_text(texts, codes, sample, segments, &all, least)
            }
        }
    }
}

fn counts_of(
    customers: impl Iterator<Item = usize>,
    segments: &[u16],
    n_segments: usize,
) -> Vec<u64> {
    let mut counts = vec![0; n_segments];
    for at in customers {
        counts[usize::from(segments[at])] += 1;
    }
    counts
}

/// Impurity on both sides.
fn left_over(within: &[u64], all: &[u64]) -> f64 {
    let others: Vec<u64> = all
        .iter()
        .zip(within)
        .map(|(all, within)| all - within)
        .collect();
    impurity(within) + impurity(&others)
}

fn best_border(
    numbers: &[Option<f64>],
    sample: &[usize],
    segments: &[u16],
    all: &[u64],
    least: usize,
) -> Option<(Comparison, f64)> {
    let known: Vec<(f64, usize)> = (sample.iter())
        .filter_map(|&at| Some((numbers[at]?, at)))
        .collect();
    let order = places_in_order(known.len(), &|a, b| known[a].0.total_cmp(&known[b].0));
    let mut within = vec![0; all.len()];
    let mut best: Option<((f64, f64), f64)> = None;
    for (n, pair) in order.windows(2).enumerate() {
        let ((low, at), (high, _)) = (known[pair[0]], known[pair[1]]);
        within[usize::from(segments[at])] += 1;
        if low >= high || n + 1 < least || sample.len() - n - 1 < least {
            continue;
        }
        let impurity = left_over(&within, all);
        if best.is_none_or(|(_, other)| impurity < other - 1e-9) {
            best = Some(((low, high), impurity));
        }
    }
    best.map(|((low, high), impurity)| (Comparison::AtMost(roundest(low, high)), impurity))
}

/// The number with the fewest digits from `low` on and below `high`.
fn roundest(low: f64, high: f64) -> f64 {
    for power in (-12..=12).rev() {
        let unit = libm::pow(10.0, f64::from(power));
        // Below one the unit is no exact number, its reciprocal is.
        let rounded = match power < 0 {
            true => {
                (low * libm::pow(10.0, f64::from(-power))).ceil()
                    / libm::pow(10.0, f64::from(-power))
            }
            false => (low / unit).ceil() * unit,
        };
        if low <= rounded && rounded < high {
            return rounded;
        }
    }
    low
}

fn best_text(
    texts: &Names,
    codes: &[Option<u32>],
    sample: &[usize],
    segments: &[u16],
    all: &[u64],
    least: usize,
) -> Option<(Comparison, f64)> {
    let mut by_text = vec![vec![0_u64; all.len()]; texts.len()];
    for &at in sample {
        if let Some(code) = codes[at] {
            by_text[code as usize][usize::from(segments[at])] += 1;
        }
    }
    let mut best: Option<(u32, f64)> = None;
    for code in texts.in_byte_order() {
        let within = &by_text[code as usize];
        let n = within.iter().sum::<u64>() as usize;
        if n < least || sample.len() - n < least {
            continue;
        }
        let impurity = left_over(within, all);
        if best.is_none_or(|(_, other)| impurity < other - 1e-9) {
            best = Some((code, impurity));
        }
    }
    best.map(|(code, impurity)| {
        let text = texts.get(code).into_owned();
        (Comparison::OneOf(vec![text]), impurity)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_are_the_roundest_numbers_that_separate() {
        for (low, high, expected) in [
            (30.0, 31.0, 30.0),
            (28.0, 43.0, 30.0),
            (980.0, 1_200.0, 1_000.0),
            (0.12, 0.19, 0.12),
            (0.12, 0.31, 0.2),
            (-5.0, 7.0, 0.0),
            (12_345.0, 12_346.0, 12_345.0),
        ] {
            let found = roundest(low, high);
            assert!(low <= found && found < high, "{low} {high}: {found}");
            assert!((found - expected).abs() < 1e-12, "{low} {high}: {found}");
        }
    }

    #[test]
    fn impurity_is_counted() {
        assert!(impurity(&[5, 0, 0]).abs() < 1e-12);
        assert!((impurity(&[2, 2]) - 2.0).abs() < 1e-12);
        assert!(impurity(&[]).abs() < 1e-12);
    }
}

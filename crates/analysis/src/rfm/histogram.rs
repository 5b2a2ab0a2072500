//! Distributions with edges that people would choose: 1-2-5 steps, or 1-1.5-2-3-5-7 steps for long tails.

use serde::{Deserialize, Serialize};

/// Counts between edges; the last bin is closed on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// One more than counts, rising.
    pub edges: Vec<f64>,
    /// Customers in each bin.
    pub counts: Vec<u64>,
    /// Whether edges grow by ratio, for long-tailed measures; a first edge of 0 then holds those of nothing.
    pub is_logarithmic: bool,
}

/// About so many bins, at most twice as many.
const AIM: f64 = 20.0;

impl Histogram {
    /// Counts `values`; whole values get whole edges. Empty without values.
    pub(crate) fn of(values: &[f64], are_whole: bool) -> Self {
        let Some((low, high)) = extent(values) else {
            return Self {
                edges: Vec::new(),
                counts: Vec::new(),
                is_logarithmic: false,
            };
        };
        let least = least_positive(values).filter(|_| low >= 0.0);
        let tail_from = least.filter(|&least| has_long_tail(values, least, high));
        let is_logarithmic = tail_from.is_some();
        let edges = if let Some(least) = tail_from {
            let ratios = ratio_edges(least, high, are_whole);
            let nothing = (low < least).then_some(0.0);
            nothing.into_iter().chain(ratios).collect()
        } else {
            step_edges(low, high, are_whole)
        };
        let mut counts = vec![0; edges.len() - 1];
        for &value in values {
            let bin = edges
                .partition_point(|&edge| edge <= value)
                .clamp(1, counts.len());
            counts[bin - 1] += 1;
        }
        Self {
            edges,
            counts,
            is_logarithmic,
        }
    }
}

fn extent(values: &[f64]) -> Option<(f64, f64)> {
    let low = values.iter().copied().min_by(f64::total_cmp)?;
    let high = values.iter().copied().max_by(f64::total_cmp)?;
    Some((low, high))
}

fn least_positive(values: &[f64]) -> Option<f64> {
    let positive = values.iter().copied().filter(|&value| value > 0.0);
    positive.min_by(f64::total_cmp)
}

/// Spread over a decade and a half, and the mean far from the middle. `low` is the least positive value: customers of
/// nothing get a bin of their own.
fn has_long_tail(values: &[f64], low: f64, high: f64) -> bool {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    high / low >= 30.0 && (high - low) > 6.0 * (mean - low)
}

fn step_edges(low: f64, high: f64, are_whole: bool) -> Vec<f64> {
    let width = nice_width((high - low) / AIM).max(if are_whole { 1.0 } else { 0.0 });
    let first = (low / width).floor();
    let n_bins = ((high / width - first).floor() + 1.0).clamp(1.0, 2.0 * AIM + 1.0) as usize;
    (0..=n_bins)
        .map(|edge| (first + edge as f64) * width)
        .collect()
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `width`; 1 for nothing.
fn nice_width(width: f64) -> f64 {
    if !(width > 0.0 && width.is_finite()) {
        return 1.0;
    }
    let decade = decade_below(width);
    let steps = [1.0, 2.0, 5.0].map(|step| step * decade);
    steps
        .into_iter()
        .find(|&step| step >= width)
        .unwrap_or(10.0 * decade)
}

/// The largest power of ten that is at most `value` (which is positive).
fn decade_below(value: f64) -> f64 {
    let mut exponent = 0;
    while 10_f64.powi(exponent) > value {
        exponent -= 1;
    }
    while 10_f64.powi(exponent + 1) <= value {
        exponent += 1;
    }
    10_f64.powi(exponent)
}

fn ratio_edges(low: f64, high: f64, are_whole: bool) -> Vec<f64> {
    let steps: &[f64] = match high / low {
        ratio if ratio < 1e4 => &[1.0, 1.5, 2.0, 3.0, 5.0, 7.0],
        ratio if ratio < 1e8 => &[1.0, 2.0, 5.0],
        _ => &[1.0],
    };
    let mut decade = decade_below(low);
    let mut edges = Vec::new();
    while edges.last().is_none_or(|&last| last <= high) {
        edges.extend(steps.iter().map(|step| step * decade));
        decade *= 10.0;
    }
    edges.retain(|edge| !are_whole || edge.fract() == 0.0);
    let first = edges.partition_point(|&edge| edge <= low).saturating_sub(1);
    let last = edges.partition_point(|&edge| edge <= high);
    edges.truncate(last + 1);
    edges.split_off(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_values_of_a_short_range_get_a_bin_each() {
        let histogram = Histogram::of(&[1.0, 1.0, 2.0, 4.0], true);
        assert_eq!(histogram.edges, [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(histogram.counts, [2, 1, 0, 1]);
    }

    #[test]
    fn long_tails_get_edges_that_grow_by_ratio() {
        let mut values: Vec<f64> = (0..99).map(|n| f64::from(10 + n % 5)).collect();
        values.push(2000.0);
        let histogram = Histogram::of(&values, false);
        assert!(histogram.is_logarithmic);
        assert_eq!(histogram.edges[..4], [10.0, 15.0, 20.0, 30.0]);
    }

    #[test]
    fn equal_values_share_one_bin() {
        for value in [0.0, 7.0, -3.5, 1e12] {
            let histogram = Histogram::of(&[value; 3], false);
            assert_eq!(histogram.counts, [3], "{value}");
        }
    }

    proptest! {
        #[test]
        fn every_value_is_counted_within_rising_edges(
            values in prop::collection::vec(prop_oneof![-1e3..1e3_f64, 1.0..1e9_f64, 1.0..9.0_f64], 1..50),
            are_whole: bool,
        ) {
            let values: Vec<f64> = values.into_iter().map(|v| if are_whole { v.trunc() } else { v }).collect();
            let Histogram { edges, counts, .. } = Histogram::of(&values, are_whole);
            let (low, high) = extent(&values).unwrap();
            prop_assert_eq!(counts.iter().sum::<u64>(), values.len() as u64);
            prop_assert!(edges.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(edges[0] <= low && high <= edges[edges.len() - 1]);
            prop_assert!(counts.len() <= 60);
        }
    }
}

//! How far predictions are from what came, and the p-values and intervals of Student's and the normal distribution.
//!
//! Who is predicted alike is counted alike: order within ties never matters. The area under the curve is the share of
//! pairs put right, ties half (Hanley & McNeil 1982); Brier (1950). The incomplete beta function is Lentz's continued
//! fraction (Abramowitz & Stegun 26.5.8).

use serde::{Deserialize, Serialize};

use super::super::stats::{highest_first, ties};
use crate::data::places_in_order;

/// What was predicted against what came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confusion {
    /// Predicted to, and did.
    pub hits: u64,
    /// Predicted to, and did not.
    pub false_alarms: u64,
    /// Not predicted to, and did.
    pub missed: u64,
    /// Not predicted to, and did not.
    pub quiet_right: u64,
}

/// How good predicted probabilities are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassMetrics {
    /// At the threshold.
    pub confusion: Confusion,
    /// Share of those put into the right class.
    pub accuracy: f64,
    /// Share of those predicted to who did; `None` where nobody was.
    pub precision: Option<f64>,
    /// Share of those who did who were predicted to; `None` where nobody did.
    pub recall: Option<f64>,
    /// Harmonic mean of both.
    pub f1: Option<f64>,
    /// Share of pairs of one who did and one who did not that are put right; `None` with one class.
    pub auc: Option<f64>,
    /// Mean of `-ln` of the probability given to what came.
    pub log_loss: f64,
    /// Mean squared difference of probability and what came.
    pub brier: f64,
}

/// How good predicted numbers are, in the target's unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberMetrics {
    /// Mean absolute error.
    pub mae: f64,
    /// Root of the mean squared error.
    pub rmse: f64,
    /// 1 less the squared error over that of the mean of what came; below 0 where the mean is better.
    pub r_squared: Option<f64>,
}

/// Either.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// Of probabilities.
    Classes(ClassMetrics),
    /// Of numbers.
    Numbers(NumberMetrics),
}

/// A tenth of those tested, the highest predictions first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tenth {
    /// Customers.
    pub n: u64,
    /// Mean of what was predicted.
    pub predicted: f64,
    /// Mean of what came.
    pub observed: f64,
    /// `observed` over that of all; `None` where that is nothing or less.
    pub lift: Option<f64>,
    /// Share of all that came which this tenth and those before it hold.
    pub gain: Option<f64>,
}

/// The lowest probability that the logarithm is taken of.
const LEAST: f64 = 1e-15;

/// The loss of one prediction: `-ln` of the probability of what came, or the squared error.
pub(super) fn loss(is_classes: bool, predicted: f64, came: f64) -> f64 {
    if is_classes {
        let given = if came > 0.5 {
            predicted
        } else {
            1.0 - predicted
        };
        -libm::log(given.max(LEAST))
    } else {
        (predicted - came) * (predicted - came)
    }
}

/// Of either kind; `threshold` is for classes only.
pub(super) fn measure(
    is_classes: bool,
    predicted: &[f64],
    came: &[f64],
    threshold: f64,
) -> Measured {
    if is_classes {
        Measured::Classes(classes(predicted, came, threshold))
    } else {
        Measured::Numbers(numbers(predicted, came))
    }
}

/// Of probabilities against 0 and 1.
pub(super) fn classes(predicted: &[f64], came: &[f64], threshold: f64) -> ClassMetrics {
    let mut confusion = Confusion::default();
    let n = came.len().max(1) as f64;
    let (mut log_loss, mut brier) = (0.0, 0.0);
    for (&p, &y) in predicted.iter().zip(came) {
        match (p >= threshold, y > 0.5) {
            (true, true) => confusion.hits += 1,
            (true, false) => confusion.false_alarms += 1,
            (false, true) => confusion.missed += 1,
            (false, false) => confusion.quiet_right += 1,
        }
        log_loss += loss(true, p, y);
        brier += loss(false, p, y);
    }
    let share =
        |part: u64, rest: u64| (part + rest > 0).then(|| part as f64 / (part + rest) as f64);
    let hits = confusion.hits;
    ClassMetrics {
        accuracy: (hits + confusion.quiet_right) as f64 / n,
        precision: share(hits, confusion.false_alarms),
        recall: share(hits, confusion.missed),
        f1: share(2 * hits, confusion.missed + confusion.false_alarms),
        auc: auc(predicted, came),
        log_loss: log_loss / n,
        brier: brier / n,
        confusion,
    }
}

fn numbers(predicted: &[f64], came: &[f64]) -> NumberMetrics {
    let n = came.len().max(1) as f64;
    let pairs = || predicted.iter().zip(came);
    let squares: f64 = pairs().map(|(p, y)| (p - y) * (p - y)).sum();
    let (_, spread) = crate::analysis::stats::moments(came.iter().copied());
    let whole = spread * spread * n;
    NumberMetrics {
        mae: pairs().map(|(p, y)| (p - y).abs()).sum::<f64>() / n,
        rmse: (squares / n).sqrt(),
        r_squared: (whole > 0.0).then(|| 1.0 - squares / whole),
    }
}

/// Area under the curve of hits against false alarms.
pub(super) fn auc(predicted: &[f64], came: &[f64]) -> Option<f64> {
    let order = places_in_order(predicted.len(), &|a, b| {
        predicted[a].total_cmp(&predicted[b])
    });
    let (mut below, mut right, mut n_hits) = (0.0, 0.0, 0.0);
    for tied in ties(&order, predicted) {
        let hits: f64 = tied.iter().map(|&at| came[at]).sum();
        let others = tied.len() as f64 - hits;
        right += hits * (below + others / 2.0);
        below += others;
        n_hits += hits;
    }
    (n_hits > 0.0 && below > 0.0).then(|| right / (n_hits * below))
}

/// Tenths from the highest prediction down; who is predicted alike shares what came to them.
pub(super) fn tenths(predicted: &[f64], came: &[f64]) -> Vec<Tenth> {
    let shared = highest_first(predicted, came);
    let total: f64 = came.iter().sum();
    let n = shared.len();
    let overall = total / n.max(1) as f64;
    let mut so_far = 0.0;
    let mut tenths = Vec::with_capacity(10);
    for place in 0..10 {
        let own = &shared[place * n / 10..(place + 1) * n / 10];
        let Some(size) = (!own.is_empty()).then_some(own.len() as f64) else {
            continue;
        };
        let sum: f64 = own.iter().map(|pair| pair.1).sum();
        so_far += sum;
        tenths.push(Tenth {
            n: own.len() as u64,
            predicted: own.iter().map(|pair| pair.0).sum::<f64>() / size,
            observed: sum / size,
            lift: (overall > 0.0).then(|| sum / size / overall),
            gain: (total > 0.0).then(|| so_far / total),
        });
    }
    tenths
}

/// Both-sided p-value of a z, or of a t with degrees of freedom.
pub(super) fn p_value(statistic: f64, freedom: Option<f64>) -> f64 {
    match freedom {
        None => libm::erfc(statistic.abs() / std::f64::consts::SQRT_2),
        Some(freedom) => beta(
            freedom / 2.0,
            0.5,
            freedom / (freedom + statistic * statistic),
        ),
    }
}

/// The statistic that 5 % go beyond on both sides together.
pub(super) fn quantile_95(freedom: Option<f64>) -> f64 {
    let (mut low, mut high) = (0.0, 1_000.0);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if p_value(middle, freedom) > 0.05 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// The regularised incomplete beta function.
fn beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    let ln_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    let front = libm::exp(ln_front);
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, x) / a
    } else {
        1.0 - front * fraction(b, a, 1.0 - x) / b
    }
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let guarded = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guarded(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for step in 1..500 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for part in [even, odd] {
            d = 1.0 / guarded(1.0 + part * d);
            c = guarded(1.0 + part / c);
            change = d * c;
            result *= change;
        }
        if (change - 1.0).abs() < 1e-14 {
            break;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, within: f64) {
        assert!(
            (found - expected).abs() <= within,
            "{found}, not {expected}"
        );
    }

    #[test]
    fn p_values_and_quantiles_are_those_of_the_tables() {
        // Fisher & Yates: t(.975) of 1, 10 and 30 degrees of freedom, z(.975).
        near(quantile_95(Some(1.0)), 12.706_204_736, 1e-6);
        near(quantile_95(Some(10.0)), 2.228_138_852, 1e-8);
        near(quantile_95(Some(30.0)), 2.042_272_456, 1e-8);
        near(quantile_95(None), 1.959_963_985, 1e-8);
        near(p_value(0.0, Some(7.0)), 1.0, 1e-12);
        // Cauchy: half of the mass lies beyond 1.
        near(p_value(1.0, Some(1.0)), 0.5, 1e-12);
    }

    #[test]
    fn the_area_counts_pairs_and_ties_half() {
        let came = [0.0, 0.0, 1.0, 1.0];
        // The four scores of scikit-learn's example have 3 of 4 pairs right.
        near(auc(&[0.1, 0.4, 0.35, 0.8], &came).unwrap(), 0.75, 1e-12);
        near(auc(&[0.5; 4], &came).unwrap(), 0.5, 1e-12);
        assert_eq!(auc(&[0.1, 0.2], &[1.0, 1.0]), None);
    }

    #[test]
    fn tenths_hold_everyone_once_and_ties_are_shared() {
        let predicted: Vec<f64> = (0..30).map(|at| f64::from(at / 10)).collect();
        let came: Vec<f64> = (0..30)
            .map(|at| f64::from(u8::from(at % 5 == 0 || at >= 25)))
            .collect();
        let found = tenths(&predicted, &came);
        assert_eq!(found.iter().map(|tenth| tenth.n).sum::<u64>(), 30);
        near(found.last().unwrap().gain.unwrap(), 1.0, 1e-12);
        near(found[0].observed, 0.6, 1e-12);
        near(found[2].observed, 0.6, 1e-12);
        let reversed: Vec<f64> = predicted.iter().rev().copied().collect();
        let came: Vec<f64> = came.iter().rev().copied().collect();
        assert_eq!(tenths(&reversed, &came), found);
    }

    #[test]
    fn metrics_of_probabilities_are_those_counted_by_hand() {
        let found = classes(&[0.9, 0.6, 0.4, 0.2], &[1.0, 0.0, 1.0, 0.0], 0.5);
        near(found.accuracy, 0.5, 1e-12);
        near(found.brier, (0.01 + 0.36 + 0.36 + 0.04) / 4.0, 1e-12);
        let expected = -(libm::log(0.9) + 2.0 * libm::log(0.4) + libm::log(0.8)) / 4.0;
        near(found.log_loss, expected, 1e-12);
        near(numbers(&[1.0, 2.0, 3.0], &[1.0, 2.0, 6.0]).mae, 1.0, 1e-12);
    }
}

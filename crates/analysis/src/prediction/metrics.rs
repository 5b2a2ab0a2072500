//! How far predictions are from what came.
//!
//! Who is predicted alike is counted alike: order within ties never matters. Brier (1950).

use serde::{Deserialize, Serialize};

use super::super::stats::highest_first;
use super::roc::Placements;

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
    /// Ends of the 95 % interval of `auc`; `None` with fewer than two of a class.
    pub auc_interval: Option<(f64, f64)>,
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
    let area = Placements::of(predicted, came);
    ClassMetrics {
        accuracy: (hits + confusion.quiet_right) as f64 / n,
        precision: share(hits, confusion.false_alarms),
        recall: share(hits, confusion.missed),
        f1: share(2 * hits, confusion.missed + confusion.false_alarms),
        auc: area.as_ref().map(|own| own.area),
        auc_interval: area.and_then(|own| own.interval(came)),
        log_loss: log_loss / n,
        brier: brier / n,
        confusion,
    }
}

fn numbers(predicted: &[f64], came: &[f64]) -> NumberMetrics {
    let n = came.len().max(1) as f64;
    let pairs = || predicted.iter().zip(came);
    let squares: f64 = pairs().map(|(p, y)| (p - y) * (p - y)).sum();
    let (_, spread) = crate::stats::moments(came.iter().copied());
    let whole = spread * spread * n;
    NumberMetrics {
        mae: pairs().map(|(p, y)| (p - y).abs()).sum::<f64>() / n,
        rmse: (squares / n).sqrt(),
        r_squared: (whole > 0.0).then(|| 1.0 - squares / whole),
    }
}

/// Tenths from the highest prediction down; who is predicted alike shares what came to them.
pub(super) fn tenths(predicted: &[f64], came: &[f64]) -> Vec<Tenth> {
    let shared = highest_first(predicted, came);
    let total: f64 = came.iter().sum();
    let n = shared.len();
    let overall = total / n.max(1) as f64;
    let mut so_far = 0.0;
    let has_losses = came.iter().any(|&one| one < 0.0);
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
            // Where some came back below nothing, a part can be more than the whole and says nothing.
            gain: (total > 0.0 && !has_losses).then(|| so_far / total),
        });
    }
    tenths
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

//! The models on the file's own last days: fitted to what came before, held against what came then.
//!
//! The naive rate, repeat orders over the time since the first one, is what a model has to beat.

use serde::{Deserialize, Serialize};

use super::super::AnalysisError;
use super::model::Model;
use super::summary::Summaries;
use super::{Params, Steps, checks};
use crate::data::{Dataset, Day, places_in_order};

/// How near one way to forecast came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The model; `None` is the naive rate.
    pub model: Option<Model>,
    /// Whether its fit to the days before has ended on a peak.
    pub is_converged: bool,
    /// Orders forecast, of all customers.
    pub predicted: f64,
    /// Mean absolute error, in orders of a customer.
    pub mae: f64,
    /// Root of the mean squared error, in orders of a customer.
    pub rmse: f64,
    /// Mean of forecast less actual, in orders of a customer.
    pub bias: f64,
    /// Which share of the actual orders the tenth of the customers has that was forecast to have most.
    pub top_decile_share: f64,
}

/// Forecast and actual orders of the customers with as many repeat orders before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ByFrequency {
    /// Repeat orders before the cut; the last row has this many or more.
    pub n_repeat_orders: u32,
    /// How many customers.
    pub n_customers: u64,
    /// Mean orders that were made.
    pub actual: f64,
    /// Mean orders that the nearest model forecast.
    pub predicted: f64,
}

/// The models on the file's own last days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holdout {
    /// The last day that the models saw.
    pub cut: Day,
    /// How many days they forecast.
    pub days: u32,
    /// Customers who had ordered by the cut.
    pub n_customers: u64,
    /// Orders that they made then.
    pub actual: u64,
    /// The models in their order, then the naive rate.
    pub scores: Vec<Score>,
    /// By repeat orders before the cut, with the nearest model.
    pub by_frequency: Vec<ByFrequency>,
}

/// Longest period that is held out unasked, in days (39 weeks).
const USUAL_DAYS: i32 = 273;

/// The last row of the calibration has this many repeat orders or more.
const MOST_REPEAT: usize = 7;

impl Holdout {
    /// The model with the smallest mean absolute error among those that converged.
    pub fn nearest(&self) -> Option<Model> {
        let scores = self
            .scores
            .iter()
            .filter(|score| score.model.is_some() && score.is_converged);
        let nearer = |best: Option<&'_ Score>, score: &'_ Score| {
            best.is_none_or(|best| score.mae < best.mae)
        };
        let mut best: Option<&Score> = None;
        for score in scores {
            if nearer(best, score) {
                best = Some(score);
            }
        }
        best?.model
    }

    /// The score of a model, or of the naive rate.
    pub fn score(&self, model: Option<Model>) -> Option<&Score> {
        self.scores.iter().find(|score| score.model == model)
    }

    pub(super) fn is_naive_nearer(&self, model: Model) -> bool {
        let mae = |model: Option<Model>| self.score(model).map(|score| score.mae);
        matches!((mae(None), mae(Some(model))), (Some(naive), Some(own)) if naive < own)
    }
}

/// Tries `models`; `None` where the days before the cut are too few to fit anything.
pub(super) fn run(
    dataset: &Dataset,
    params: &Params,
    (first, end): (Day, Day),
    models: &[Model],
    steps: &mut Steps<'_>,
) -> Result<Option<Holdout>, AnalysisError> {
    let usual = i32::min(end.days_since(first) / 3, USUAL_DAYS);
    let days = params.holdout_days.map_or(usual, |days| days as i32);
    let cut = Day::from_number(end.number() - days);
    if days < 7 || cut <= first {
        return Ok(None);
    }
    let Some(before) = Summaries::new(dataset, cut, days) else {
        return Ok(None);
    };
    if checks::refuse(&before, first, cut).is_err() {
        return Ok(None);
    }
    let horizon = f64::from(days);
    let seen = || before.customers.iter().map(|one| &one.seen);
    let actual: Vec<f64> = before
        .customers
        .iter()
        .map(|one| f64::from(one.n_after))
        .collect();
    let mut forecasts: Vec<(Option<Model>, bool, Vec<f64>)> = Vec::new();
    for fit in steps.fit_all(models, &before.alike())? {
        let expected = seen().map(|seen| fit.expected(seen, horizon)).collect();
        forecasts.push((Some(fit.model), fit.is_converged, expected));
    }
    let naive = seen().map(|seen| {
        if seen.length > 0.0 {
            seen.x * horizon / seen.length
        } else {
            0.0
        }
    });
    forecasts.push((None, true, naive.collect()));
    let scores = forecasts
        .iter()
        .map(|(model, is_converged, predicted)| Score {
            model: *model,
            is_converged: *is_converged,
            ..score(predicted, &actual)
        });
    let mut holdout = Holdout {
        cut,
        days: days as u32,
        n_customers: actual.len() as u64,
        actual: actual.iter().sum::<f64>() as u64,
        scores: scores.collect(),
        by_frequency: Vec::new(),
    };
    let nearest = holdout.nearest();
    if let Some((_, _, predicted)) = forecasts.iter().find(|one| one.0 == nearest) {
        holdout.by_frequency = by_frequency(&before, predicted);
    }
    Ok(Some(holdout))
}

fn score(predicted: &[f64], actual: &[f64]) -> Score {
    let n = actual.len().max(1) as f64;
    let errors = || {
        predicted
            .iter()
            .zip(actual)
            .map(|(predicted, actual)| predicted - actual)
    };
    let places = places_in_order(predicted.len(), &|a, b| {
        predicted[b].total_cmp(&predicted[a])
    });
    let top = places
        .iter()
        .take(actual.len().div_ceil(10))
        .map(|&place| actual[place]);
    Score {
        model: None,
        is_converged: true,
        predicted: predicted.iter().sum(),
        mae: errors().map(f64::abs).sum::<f64>() / n,
        rmse: libm::sqrt(errors().map(|error| error * error).sum::<f64>() / n),
        bias: errors().sum::<f64>() / n,
        top_decile_share: top.sum::<f64>() / actual.iter().sum::<f64>().max(1.0),
    }
}

fn by_frequency(before: &Summaries, predicted: &[f64]) -> Vec<ByFrequency> {
    let mut rows: Vec<ByFrequency> = (0..=MOST_REPEAT as u32)
        .map(|n_repeat_orders| ByFrequency {
            n_repeat_orders,
            n_customers: 0,
            actual: 0.0,
            predicted: 0.0,
        })
        .collect();
    for (one, predicted) in before.customers.iter().zip(predicted) {
        let row = &mut rows[(one.seen.x as usize).min(MOST_REPEAT)];
        row.n_customers += 1;
        row.actual += f64::from(one.n_after);
        row.predicted += predicted;
    }
    rows.retain(|row| row.n_customers > 0);
    for row in &mut rows {
        row.actual /= row.n_customers as f64;
        row.predicted /= row.n_customers as f64;
    }
    rows
}

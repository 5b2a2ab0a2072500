//! The models on the file's own last days: fitted to what came before, held against what came then.
//!
//! The naive rate, repeat orders over the time since the first one, is what a model has to beat. The days end with the
//! file: where an as-of date lies after it, nobody can have ordered in between.

use serde::{Deserialize, Serialize};

use super::super::AnalysisError;
use super::super::stats::highest_first;
use super::future::{Future, Interval, Prospect};
use super::model::{Fit, Model};
use super::shapes::{self, MOST_REPEAT, Tracked};
use super::steps::Steps;
use super::summary::Summaries;
use super::{Params, checks, interval};
use gyeol_data::{Dataset, Day};

/// How near one way to forecast came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The model; `None` is the naive rate.
    pub model: Option<Model>,
    /// Whether its fit to the days before has ended on a peak.
    pub is_converged: bool,
    /// Whether that fit has run to a limit of its parameters.
    pub is_at_limit: bool,
    /// Orders forecast, of all customers.
    pub predicted: f64,
    /// Mean absolute error, in orders of a customer.
    pub mae: f64,
    /// Root of the mean squared error, in orders of a customer.
    pub rmse: f64,
    /// Mean of forecast less actual, in orders of a customer.
    pub bias: f64,
    /// Which share of the actual orders the tenth of the customers has that was forecast to have most; those with equal
    /// forecasts share theirs.
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
    /// Mean orders that the model forecast.
    pub predicted: f64,
}

impl ByFrequency {
    /// Whether it is the row of those with so many repeat orders or more.
    pub const fn is_last(&self) -> bool {
        self.n_repeat_orders as usize == MOST_REPEAT
    }
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
    /// By repeat orders before the cut, of the model that is used.
    pub by_frequency: Vec<ByFrequency>,
    /// Repeat orders over time, of the model that is used as it was fitted to the days before the cut.
    pub tracking: Vec<Tracked>,
    /// From where to where the orders lay with 95 % probability by the model that is used; `None` where the data before
    /// the cut do not tell.
    pub prediction: Option<(f64, f64)>,
}

/// Longest period that is held out unasked, in days (39 weeks).
const USUAL_DAYS: i32 = 273;

impl Holdout {
    /// The model with the smallest root mean squared error among those that converged in the trial and are `settled`
    /// on all days too.
    pub(super) fn nearest(&self, settled: &dyn Fn(Model) -> bool) -> Option<Model> {
        let mut best: Option<(f64, Model)> = None;
        for score in self.scores.iter().filter(|score| score.is_converged) {
            if let Some(model) = score.model.filter(|&model| settled(model))
                && best.is_none_or(|(rmse, _)| score.rmse < rmse)
            {
                best = Some((score.rmse, model));
            }
        }
        best.map(|(_, model)| model)
    }

    /// The score of a model, or of the naive rate.
    pub fn score(&self, model: Option<Model>) -> Option<&Score> {
        self.scores.iter().find(|score| score.model == model)
    }

    pub(super) fn is_naive_nearer(&self, model: Model) -> bool {
        let rmse = |model: Option<Model>| self.score(model).map(|score| score.rmse);
        matches!((rmse(None), rmse(Some(model))), (Some(naive), Some(own)) if naive < own)
    }
}

/// A trial with what it was made of.
pub(super) struct Trial {
    /// Without what is told of one model.
    pub(super) holdout: Holdout,
    first: Day,
    before: Summaries,
    fits: Vec<(Fit, Vec<f64>)>,
}

impl Trial {
    /// Tries `models` on the last days of `first` to `last`, the days of the file that have passed; `None` where the
    /// days before the cut are too few to fit anything. Two parts of `steps` for each model.
    pub(super) fn new(
        dataset: &Dataset,
        params: &Params,
        (first, last): (Day, Day),
        models: &[Model],
        steps: &mut Steps<'_>,
    ) -> Result<Option<Self>, AnalysisError> {
        let usual = i32::min(last.days_since(first) / 3, USUAL_DAYS);
        let days = params.holdout_days.map_or(usual, |days| days as i32);
        let cut = Day::from_number(last.number() - days);
        if days < 7 || cut <= first {
            return Ok(None);
        }
        let Some(before) = Summaries::new(dataset, cut, days) else {
            return Ok(None);
        };
        if checks::refuse(&before, first, cut).is_err() {
            return Ok(None);
        }
        let mut fits = Vec::new();
        for fit in steps.fit_all(models, &before.alike())? {
            let expected = expected(&fit, &before, f64::from(days), steps)?;
            fits.push((fit, expected));
        }
        Ok(Some(Self {
            holdout: told(&before, (cut, days), &fits),
            first,
            before,
            fits,
        }))
    }

    /// The trial, with how `model` did by frequency, over time and in all; nothing of these where it had no fit. Three
    /// parts of `steps`.
    pub(super) fn of(
        self,
        model: Model,
        dataset: &Dataset,
        steps: &mut Steps<'_>,
    ) -> Result<Holdout, AnalysisError> {
        let mut holdout = self.holdout;
        if let Some((fit, predicted)) = self.fits.iter().find(|one| one.0.model == model) {
            let last = Day::from_number(holdout.cut.number() + holdout.days as i32);
            let days = (self.first, holdout.cut, last);
            holdout.by_frequency = by_frequency(&self.before, predicted);
            holdout.tracking = shapes::tracked(dataset, &self.before, fit, days, steps)?;
            steps.advance();
            let horizon = f64::from(holdout.days);
            holdout.prediction = predicted_sum(fit, predicted, &self.before, horizon, steps)?;
        }
        Ok(holdout)
    }
}

/// Between which sums of orders the model saw the truth. Two parts of `steps`.
fn predicted_sum(
    fit: &Fit,
    predicted: &[f64],
    before: &Summaries,
    horizon: f64,
    steps: &mut Steps<'_>,
) -> Result<Option<Interval>, AnalysisError> {
    let own = |place: usize| predicted.get(place).copied().unwrap_or(0.0);
    let factors = interval::factors(before, (fit, None), &own, horizon, steps)?;
    let pairs = before.customers.iter().zip(predicted);
    let prospects = pairs.map(|(one, &orders)| {
        let p_alive = fit.p_alive(&one.seen);
        Prospect::new(one, p_alive, orders, None)
    });
    let future = Future {
        fit,
        spend: None,
        horizon,
    };
    let [orders, _] = future.intervals(&prospects.collect::<Vec<_>>(), factors, steps)?;
    Ok(orders)
}

fn expected(
    fit: &Fit,
    before: &Summaries,
    horizon: f64,
    steps: &mut Steps<'_>,
) -> Result<Vec<f64>, AnalysisError> {
    let customers = &before.customers;
    let mut expected = Vec::with_capacity(customers.len());
    for (place, customer) in customers.iter().enumerate() {
        steps.pass(place, customers.len())?;
        expected.push(fit.expected(&customer.seen, horizon));
    }
    steps.advance();
    Ok(expected)
}

/// All models and the naive rate against what came.
fn told(before: &Summaries, (cut, days): (Day, i32), fits: &[(Fit, Vec<f64>)]) -> Holdout {
    let customers = before.customers.iter();
    let actual: Vec<f64> = customers.map(|one| f64::from(one.n_after)).collect();
    let naive = before
        .customers
        .iter()
        .map(|one| match one.seen.length > 0.0 {
            true => one.seen.x * f64::from(days) / one.seen.length,
            false => 0.0,
        });
    let naive: Vec<f64> = naive.collect();
    let models = fits.iter().map(|(fit, predicted)| Score {
        model: Some(fit.model),
        is_converged: fit.is_converged,
        is_at_limit: fit.limit.is_some(),
        ..score(predicted, &actual)
    });
    Holdout {
        cut,
        days: days as u32,
        n_customers: actual.len() as u64,
        actual: actual.iter().sum::<f64>() as u64,
        scores: models.chain([score(&naive, &actual)]).collect(),
        by_frequency: Vec::new(),
        tracking: Vec::new(),
        prediction: None,
    }
}

pub(super) fn score(predicted: &[f64], actual: &[f64]) -> Score {
    let n = actual.len().max(1) as f64;
    let errors = || {
        predicted
            .iter()
            .zip(actual)
            .map(|(predicted, actual)| predicted - actual)
    };
    let top = highest_first(predicted, actual)
        .into_iter()
        .take(actual.len().div_ceil(10))
        .map(|pair| pair.1);
    Score {
        model: None,
        is_converged: true,
        is_at_limit: false,
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

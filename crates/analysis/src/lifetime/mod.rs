//! What each customer will be worth: how many orders are to come, of how much money, and who has stopped already.
//!
//! Orders by BG/NBD, MBG/NBD or Pareto/NBD, money by Gamma-Gamma, fitted by maximum likelihood; every model is tried
//! on the file's own last months against the naive rate. Time is in days throughout. Equations, papers and limits:
//! `docs/methods/lifetime.md`.

#[cfg(test)]
mod check_tests;
mod checks;
mod climb;
mod counting;
mod forecast;
mod future;
mod holdout;
mod interval;
#[cfg(test)]
mod limit_tests;
mod model;
mod pareto;
mod report;
mod shapes;
mod special;
mod spend;
mod steps;
mod summary;
#[cfg(test)]
mod tests;
mod together;
#[cfg(test)]
mod trial_tests;

use serde::{Deserialize, Serialize};

use super::profile;
use super::{AnalysisError, Checked, Monitor, Rule, Segmentation, lone_orders};
use gyeol_data::{Dataset, Day, History};

pub use checks::{Check, Problem};
pub use forecast::{Forecast, Forecasts};
pub use holdout::{ByFrequency, Holdout, Score};
pub use model::{Limit, Model};
pub use report::{FittedModel, FittedSpend, Parameter, Report, Tier};
pub use shapes::{Calibrated, Matrix, Outlook, Tracked};

use future::{Future, Interval, Prospect};
use holdout::Trial;
use interval::Factors;
use model::Fit;
use steps::Steps;
use summary::{Customer, Summaries};

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// The model of orders; `None` (`auto`) takes the one that came nearest in the file's own last months.
    #[serde(with = "model::choice")]
    pub model: Option<Model>,
    /// How far is looked ahead, in days, 1 to 3,650.
    pub horizon_days: u32,
    /// By how much money of a year later is worth less, 0 to 10 (0.1 is ten per cent a year).
    pub discount_rate: f64,
    /// How many of the last days the models are tried on; `None` takes a third of the history, at most 273 days.
    pub holdout_days: Option<u32>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            model: None,
            horizon_days: 365,
            discount_rate: 0.1,
            holdout_days: None,
        }
    }
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        let within = |field: &str, value: f64, low: f64, high: f64| {
            let is_within = value >= low && value <= high;
            AnalysisError::unless(is_within, field, Rule::Between(low, high))
        };
        within("horizon_days", f64::from(self.horizon_days), 1.0, 3650.0)?;
        within("discount_rate", self.discount_rate, 0.0, 10.0)?;
        let holdout = self.holdout_days.map_or(7.0, f64::from);
        within("holdout_days", holdout, 7.0, 3650.0)
    }
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// Customers by what they will be worth.
    pub segmentation: Segmentation,
    /// For lists and files.
    pub forecasts: Forecasts,
}

/// Forecasts the orders and the worth of each customer of `dataset` as they are known on `as_of`.
///
/// # Errors
/// [`AnalysisError::NoHistory`], [`AnalysisError::NothingUntil`], [`AnalysisError::Lifetime`] where nothing can be
/// fitted, [`AnalysisError::LoneOrders`] where that may be why; or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let (period, now) = known(dataset, as_of)?;
    let wanted = match params.model {
        Some(model) => vec![model],
        None => Model::ALL.to_vec(),
    };
    let n_models = wanted.len() as u64;
    // In the trial a fit and a pass over the customers for each model, then the fits, the money, six passes and twice
    // the future.
    let steps = &mut Steps::new(monitor, 3 * n_models + 8);
    let days = (period.first, period.last);
    let trial = Trial::new(dataset, params, days, &wanted, steps)?;
    steps.finished(2 * n_models);
    let fits = steps.fit_all(&wanted, &now.alike())?;
    let holdout = trial.as_ref().map(|trial| &trial.holdout);
    let lone = lone_orders(dataset, as_of);
    // Where a few orders stand alone, a longer history is no way out.
    let fit = chosen(&fits, params.model, holdout).map_err(|problem| {
        lone.map_or(AnalysisError::Lifetime(problem), AnalysisError::LoneOrders)
    })?;
    steps.finished(3 * n_models);
    let spends = now.spends();
    let spend = match dataset.has_money {
        true => steps.fit_spend(&spends)?,
        false => None,
    };
    steps.finished(3 * n_models + 1);
    let forecasts = Forecasts::new(
        dataset.n_customers(),
        &now,
        (fit, spend.as_ref()),
        (params, period.end, as_of),
        steps,
    )?;
    let ahead = Future {
        fit,
        spend: spend.as_ref(),
        horizon: f64::from(params.horizon_days),
    };
    let (factors, predicted) = unsure(&now, &ahead, &forecasts, steps)?;
    let calibration = shapes::calibrated(&now, fit, steps)?;
    steps.advance();
    let told = |trial: Trial| trial.of(fit.model, dataset, steps);
    let known = checks::Known {
        now: &now,
        fit,
        fits: &fits,
        spend: spend.as_ref(),
        spends: &spends,
        has_money: dataset.has_money,
        lone,
        holdout: trial.map(told).transpose()?,
        days: period.last.days_since(period.first),
        horizon: params.horizon_days,
        forecasts,
        factors,
        predicted,
    };
    Ok(output(dataset, known, params, &period, as_of, calibration))
}

/// How unsure the sums are: as far as the parameters are, and as they may really come out. Two parts of `steps`.
fn unsure(
    now: &Summaries,
    ahead: &Future<'_>,
    forecasts: &Forecasts,
    steps: &mut Steps<'_>,
) -> Result<(Factors, [Option<Interval>; 2]), AnalysisError> {
    let of = |customer: &Customer| forecasts.of(customer.number as usize);
    let orders = |place: usize| of(&now.customers[place]).map_or(0.0, |one| one.expected_orders);
    let (fit, spend, horizon) = (ahead.fit, ahead.spend, ahead.horizon);
    let factors = interval::factors(now, (fit, spend), &orders, horizon, steps)?;
    let prospects = now.customers.iter().filter_map(|customer| {
        let one = of(customer)?;
        let (orders, money) = (one.expected_orders, one.expected_spend);
        Some(Prospect::new(customer, one.p_alive, orders, money))
    });
    let prospects: Vec<Prospect> = prospects.collect();
    let predicted = ahead.intervals(&prospects, factors, steps)?;
    Ok((factors, predicted))
}

/// What is handed out.
fn output(
    dataset: &Dataset,
    known: checks::Known<'_>,
    params: &Params,
    period: &Period,
    as_of: Day,
    calibration: Vec<Calibrated>,
) -> Output {
    let segmentation = known.forecasts.tiers();
    let horizon = f64::from(params.horizon_days);
    let report = Report {
        as_of,
        end: period.end,
        tiers: known.forecasts.by_tier(&segmentation),
        calibration,
        matrix: shapes::matrix(known.now, known.fit, horizon),
        segments: profile::run(dataset, &segmentation, as_of),
        ..report::new(&known, params)
    };
    Output {
        report,
        segmentation,
        forecasts: known.forecasts,
    }
}

/// Fits one model to the customers of `dataset` as they are known on `as_of`, without a trial and without forecasts.
///
/// # Errors
/// As [`run`].
pub fn fit(
    dataset: &Dataset,
    model: Model,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<FittedModel, AnalysisError> {
    let (_, now) = known(dataset, as_of)?;
    let fits = Steps::new(monitor, 1).fit_all(&[model], &now.alike())?;
    let fit = fits
        .first()
        .ok_or(AnalysisError::Lifetime(Problem::NoFit))?;
    Ok(report::fitted(fit))
}

/// How many order days each customer of `dataset` is expected to have in the `horizon_days` days after `as_of`, by one
/// model that is fitted to what is known then: by customer, 0 for who had not ordered.
///
/// # Errors
/// As [`run`]; [`Problem::NotConverged`] where the fit has not ended on a peak.
pub(super) fn orders_to_come(
    dataset: &Dataset,
    model: Model,
    (as_of, horizon_days): (Day, i32),
    monitor: &mut dyn Monitor,
) -> Result<Vec<f64>, AnalysisError> {
    let (_, now) = known(dataset, as_of)?;
    let steps = &mut Steps::new(monitor, 2);
    let fits = steps.fit_all(&[model], &now.alike())?;
    let fit = chosen(&fits, None, None).map_err(AnalysisError::Lifetime)?;
    let mut all = vec![0.0; dataset.n_customers()];
    for (place, customer) in now.customers.iter().enumerate() {
        steps.pass(place, now.customers.len())?;
        all[customer.number as usize] = fit.expected(&customer.seen, f64::from(horizon_days));
    }
    Ok(all)
}

/// The customers that something can be fitted to, and the days that they are known for.
fn known(dataset: &Dataset, as_of: Day) -> Result<(Period, Summaries), AnalysisError> {
    let period = period(dataset, as_of)?;
    let now = Summaries::new(dataset, period.end, 0).ok_or(AnalysisError::NoHistory)?;
    checks::refuse(&now, period.first, period.end)?;
    Ok((period, now))
}

/// The days that a forecast rests on.
#[derive(Clone, Copy, Debug)]
struct Period {
    /// The first order day.
    first: Day,
    /// The last day of the file that has passed: beyond it nobody can have ordered.
    last: Day,
    /// The last day that has passed on the as-of date: a day of the file itself has, a later one has not.
    end: Day,
}

fn period(dataset: &Dataset, as_of: Day) -> Result<Period, AnalysisError> {
    let History::Orders(orders) = &dataset.history else {
        return Err(AnalysisError::NoHistory);
    };
    let nothing = AnalysisError::NothingUntil { as_of };
    let first = orders.days.iter().min().copied();
    let last = orders.days.iter().max().copied();
    let (Some(first), Some(last)) = (first, last) else {
        return Err(nothing);
    };
    if first > as_of {
        return Err(nothing);
    }
    let end = match as_of > last {
        true => Day::from_number(as_of.number() - 1),
        false => as_of,
    };
    Ok(Period {
        first,
        last: last.min(end),
        end,
    })
}

/// The named model, converged or not; else, of those that converged short of a limit, the nearest in the trial, or the
/// first; where all have run to one, the same of all that converged.
fn chosen<'a>(
    fits: &'a [Fit],
    named: Option<Model>,
    trial: Option<&Holdout>,
) -> Result<&'a Fit, Problem> {
    let fitted = |model: Model| fits.iter().find(move |fit| fit.model == model);
    if let Some(named) = named {
        return fitted(named).ok_or(Problem::NoFit);
    }
    let best = |is_fit: &dyn Fn(&Fit) -> bool| {
        let settled = |model: Model| fitted(model).filter(|fit| is_fit(fit));
        let nearest = trial.and_then(|trial| trial.nearest(&|model| settled(model).is_some()));
        let first = || fits.iter().find(|fit| is_fit(fit));
        nearest.and_then(settled).or_else(first)
    };
    let told = best(&|fit| fit.is_converged && fit.limit.is_none());
    let problem = match fits.is_empty() {
        true => Problem::NoFit,
        false => Problem::NotConverged,
    };
    told.or_else(|| best(&|fit| fit.is_converged))
        .ok_or(problem)
}

//! What each customer will be worth: how many orders are to come, of how much money, and who has stopped already.
//!
//! Orders by BG/NBD, MBG/NBD or Pareto/NBD, money by Gamma-Gamma, fitted by maximum likelihood; every model is tried
//! on the file's own last months against the naive rate. Time is in days throughout. Equations, papers and limits:
//! `docs/methods/lifetime.md`.

mod checks;
mod climb;
mod counting;
mod forecast;
mod holdout;
mod model;
mod pareto;
mod special;
mod spend;
mod summary;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::profile::{self, SegmentProfile};
use super::{AnalysisError, Checked, Monitor, Rule, Segmentation};
use crate::data::{Dataset, Day, History};

pub use checks::{Check, Problem};
pub use forecast::{Forecast, Forecasts};
pub use holdout::{ByFrequency, Holdout, Score};
pub use model::Model;

use model::Fit;
use spend::SpendFit;
use summary::{Seen, Summaries};

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// The model of orders; `None` takes the one that came nearest in the file's own last months.
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

/// A parameter of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// As in the papers.
    pub name: String,
    /// `alpha` and `beta` in days, `gamma` in money.
    pub value: f64,
    /// In the same unit; `None` where the data do not tell.
    pub standard_error: Option<f64>,
}

/// A model and how it fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedModel {
    /// Which one.
    pub model: Model,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// With time in days.
    pub log_likelihood: f64,
    /// Whether the fit has ended on a peak.
    pub is_converged: bool,
}

/// How much money an order brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedSpend {
    /// p, q, gamma.
    pub parameters: Vec<Parameter>,
    /// With money as in the file.
    pub log_likelihood: f64,
    /// Whether the fit has ended on a peak.
    pub is_converged: bool,
    /// Customers with repeat orders of more than nothing.
    pub n_customers: u64,
    /// Their mean money of a repeat order, by customer.
    pub mean_spend: f64,
    /// Correlation of the number of repeat orders with their mean money: Gamma-Gamma takes it to be 0.
    pub correlation: f64,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// The last day that was looked at; the horizon begins after it.
    pub end: Day,
    /// The model that was used.
    pub model: Model,
    /// All models that were fitted.
    pub models: Vec<FittedModel>,
    /// The model of money; `None` without money or without a fit.
    pub spend: Option<FittedSpend>,
    /// What is to be known before the numbers are believed.
    pub checks: Vec<Check>,
    /// The models on the file's own last days; `None` where the history is too short for it.
    pub holdout: Option<Holdout>,
    /// Customers with an order.
    pub n_customers: u64,
    /// Those of them with orders on two days or more.
    pub n_repeat: u64,
    /// Those whose next order is later than their own usual pause.
    pub n_overdue: u64,
    /// Mean of the probabilities of still ordering.
    pub mean_p_alive: f64,
    /// Orders to come within the horizon, of all.
    pub expected_orders: f64,
    /// Orders to come within the horizon of one new customer after the first order.
    pub expected_orders_of_new: f64,
    /// Money to come within the horizon, of all.
    pub expected_spend: Option<f64>,
    /// The same, discounted.
    pub clv: Option<f64>,
    /// Customers by what they will be worth.
    pub segments: Vec<SegmentProfile>,
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
/// fitted; or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let (first, end) = period(dataset, as_of)?;
    let now = Summaries::new(dataset, end, 0).ok_or(AnalysisError::NoHistory)?;
    checks::refuse(&now, first, end)?;
    let wanted = match params.model {
        Some(model) => vec![model],
        None => Model::ALL.to_vec(),
    };
    let mut steps = Steps {
        monitor,
        done: 0,
        total: 2 * wanted.len() as u64,
    };
    let holdout = holdout::run(dataset, params, (first, end), &wanted, &mut steps)?;
    steps.done = wanted.len() as u64;
    let fits = steps.fit_all(&wanted, &now.alike())?;
    let best = holdout.as_ref().and_then(Holdout::nearest);
    let fit =
        chosen(&fits, params.model.or(best)).ok_or(AnalysisError::Lifetime(Problem::NoFit))?;
    let spends = now.spends();
    let spend = match dataset.has_money {
        true => spend::fit(&spends)?,
        false => None,
    };
    let n_all = dataset.n_customers();
    let forecasts = Forecasts::new(n_all, &now, fit, spend.as_ref(), params, end);
    let segmentation = forecasts.tiers();
    let known = checks::Known {
        now: &now,
        fit,
        fits: &fits,
        spend: spend.as_ref(),
        spends: &spends,
        has_money: dataset.has_money,
        holdout: holdout.as_ref(),
        days: end.days_since(first),
        forecasts: &forecasts,
    };
    let report = Report {
        as_of,
        end,
        segments: profile::run(dataset, &segmentation, as_of),
        ..report(&known, params)
    };
    Ok(Output {
        report,
        segmentation,
        forecasts,
    })
}

/// The report, but for its days and segments.
fn report(known: &checks::Known<'_>, params: &Params) -> Report {
    let all = || known.forecasts.all();
    let n_customers = known.now.customers.len();
    let sum_of = |of: fn(&Forecast) -> Option<f64>| known.spend.map(|_| all().filter_map(of).sum());
    Report {
        params: params.clone(),
        as_of: Day::from_number(0),
        end: Day::from_number(0),
        model: known.fit.model,
        models: known.fits.iter().map(fitted).collect(),
        spend: known.spend.map(|spend| fitted_spend(spend, known.spends)),
        checks: checks::all(known),
        holdout: known.holdout.cloned(),
        n_customers: n_customers as u64,
        n_repeat: known.now.n_repeat(),
        n_overdue: all().filter(|one| one.is_overdue).count() as u64,
        mean_p_alive: all().map(|one| one.p_alive).sum::<f64>() / n_customers as f64,
        expected_orders: all().map(|one| one.expected_orders).sum(),
        expected_orders_of_new: known.fit.expected_new(f64::from(params.horizon_days)),
        expected_spend: sum_of(|one| one.expected_spend),
        clv: sum_of(|one| one.clv),
        segments: Vec::new(),
    }
}

/// The first order day, and the last day that has passed on `as_of`: a day of the file itself has, a later one has not.
fn period(dataset: &Dataset, as_of: Day) -> Result<(Day, Day), AnalysisError> {
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
    Ok((first, end))
}

/// The wanted model where it was fitted, else the first that has converged, else the first.
fn chosen(fits: &[Fit], wanted: Option<Model>) -> Option<&Fit> {
    let wanted = fits.iter().find(|fit| Some(fit.model) == wanted);
    wanted
        .or_else(|| fits.iter().find(|fit| fit.is_converged))
        .or(fits.first())
}

/// Fits that are watched: each is one of `total`.
struct Steps<'a> {
    monitor: &'a mut dyn Monitor,
    done: u64,
    total: u64,
}

impl Steps<'_> {
    /// Fits each model; one that cannot be fitted is left out.
    fn fit_all(
        &mut self,
        models: &[Model],
        alike: &[(Seen, f64)],
    ) -> Result<Vec<Fit>, AnalysisError> {
        /// More evaluations than that are rare; the bar waits for them.
        const USUAL: u64 = 200;
        let mut fits = Vec::new();
        for &model in models {
            let mut evaluations = 0;
            let mut watch = || {
                evaluations += 1;
                let part = u64::min(evaluations, USUAL - 1);
                self.monitor
                    .checkpoint(self.done * USUAL + part, self.total * USUAL)
            };
            fits.extend(Fit::new(model, alike, &mut watch)?);
            self.done += 1;
        }
        Ok(fits)
    }
}

fn parameters(names: &[&str], values: &[f64], errors: Option<&[f64]>) -> Vec<Parameter> {
    let all = names.iter().zip(values).enumerate();
    let parameter = |(place, (name, value)): (usize, (&&str, &f64))| Parameter {
        name: (*name).to_owned(),
        value: *value,
        standard_error: errors.and_then(|errors| errors.get(place).copied()),
    };
    all.map(parameter).collect()
}

fn fitted(fit: &Fit) -> FittedModel {
    let errors = fit.standard_errors.as_ref().map(|errors| &errors[..]);
    FittedModel {
        model: fit.model,
        parameters: parameters(&fit.model.parameters(), &fit.at, errors),
        log_likelihood: fit.log_likelihood,
        is_converged: fit.is_converged,
    }
}

fn fitted_spend(spend: &SpendFit, spends: &[(f64, f64)]) -> FittedSpend {
    let errors = spend.standard_errors.as_ref().map(|errors| &errors[..]);
    let means = spends.iter().map(|spend| spend.1);
    FittedSpend {
        parameters: parameters(&["p", "q", "gamma"], &spend.at, errors),
        log_likelihood: spend.log_likelihood,
        is_converged: spend.is_converged,
        n_customers: spends.len() as u64,
        mean_spend: means.sum::<f64>() / spends.len() as f64,
        correlation: checks::correlation(spends),
    }
}

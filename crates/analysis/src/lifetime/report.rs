//! What of a forecast crosses to page, picture and JSON, and how it is put together.

use serde::{Deserialize, Serialize};

use super::super::profile::SegmentProfile;
use super::super::rfm::Histogram;
use super::Params;
use super::checks::{self, Check, Known};
use super::climb;
use super::forecast::Forecast;
use super::holdout::Holdout;
use super::interval::Factors;
use super::model::{Fit, Limit, Model};
use super::shapes::{Calibrated, Matrix};
use super::spend::SpendFit;
use gyeol_data::Day;

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
    /// Whether the fit has ended on a peak, or at a limit that its parameters run to.
    pub is_converged: bool,
    /// The largest slope where it ended, per customer, by the logarithm of a parameter that is at no limit.
    pub slope: f64,
    /// What the data leave open, so that there are no standard errors; `None` where they tell all parameters.
    pub limit: Option<Limit>,
}

/// How much money an order brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedSpend {
    /// p, q, gamma.
    pub parameters: Vec<Parameter>,
    /// With money as in the file.
    pub log_likelihood: f64,
    /// Whether the fit has ended on a peak, or at a limit that its parameters run to.
    pub is_converged: bool,
    /// As of a model of orders.
    pub slope: f64,
    /// Whether it has run to a limit, so that there are no standard errors.
    pub is_at_limit: bool,
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
    /// The same of those with orders on two days or more: by BG/NBD nobody drops out before a repeat order, so that the
    /// others count 1 each.
    pub mean_p_alive_of_repeat: f64,
    /// Orders to come within the horizon, of all.
    pub expected_orders: f64,
    /// Orders to come within the horizon of one new customer after the first order.
    pub expected_orders_of_new: f64,
    /// Money to come within the horizon, of all.
    pub expected_spend: Option<f64>,
    /// The same, discounted.
    pub clv: Option<f64>,
    /// From where to where the expected orders lie with 95 % certainty, as far as the parameters are unsure; `None` where
    /// the data do not tell.
    pub orders_interval: Option<(f64, f64)>,
    /// The same of the discounted money.
    pub clv_interval: Option<(f64, f64)>,
    /// From where to where the orders that will really be made lie with 95 % probability, if the model holds: unsure
    /// parameters and chance.
    pub orders_prediction: Option<(f64, f64)>,
    /// The same of the money that they will bring, not discounted.
    pub spend_prediction: Option<(f64, f64)>,
    /// What is to come of each of the segments, in their order.
    pub tiers: Vec<Tier>,
    /// Customers by repeat orders, as seen until the end and as the model that is used expects.
    pub calibration: Vec<Calibrated>,
    /// What the model that is used says of customers by repeat orders and silence.
    pub matrix: Matrix,
    /// How the worth of customers is spread: money, or expected orders without money.
    pub spread: Histogram,
    /// Customers by what they will be worth.
    pub segments: Vec<SegmentProfile>,
}

impl Report {
    /// The checks because of which the sums are not to be told as if they were known, the gravest first.
    pub fn cautions(&self) -> impl Iterator<Item = Check> {
        let model = self.model;
        self.checks
            .iter()
            .copied()
            .filter(move |check| check.is_grave(model))
    }
}

/// What is to come of a tier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tier {
    /// How many customers.
    pub n_customers: u64,
    /// Discounted money to come within the horizon, of all of them; `None` without money.
    pub clv: Option<f64>,
    /// Orders to come within the horizon, of all of them.
    pub expected_orders: f64,
    /// Mean of the probabilities of still ordering.
    pub mean_p_alive: f64,
    /// The least that one of them is worth: money, or expected orders without money.
    pub lowest: f64,
}

/// The mean probability of still ordering among those with repeat orders; 0 where there are none.
fn of_repeat(known: &Known<'_>) -> f64 {
    let pairs = known.now.customers.iter().zip(known.forecasts.all());
    let repeat = pairs.filter(|(customer, _)| customer.seen.x > 0.0);
    let (n, sum) = repeat.fold((0.0, 0.0), |(n, sum), (_, one)| {
        (n + 1.0, sum + one.p_alive)
    });
    sum / f64::max(n, 1.0)
}

/// The report, but for its days and segments.
pub(super) fn new(known: &Known<'_>, params: &Params) -> Report {
    let all = || known.forecasts.all();
    let n_customers = known.now.customers.len();
    let sum_of = |of: fn(&Forecast) -> Option<f64>| known.spend.map(|_| all().filter_map(of).sum());
    let expected_orders = all().map(|one| one.expected_orders).sum();
    let clv = sum_of(|one| one.clv);
    Report {
        params: params.clone(),
        as_of: Day::from_number(0),
        end: Day::from_number(0),
        model: known.fit.model,
        models: known.fits.iter().map(fitted).collect(),
        spend: known.spend.map(|spend| fitted_spend(spend, known.spends)),
        checks: checks::all(known),
        holdout: known.holdout.clone(),
        n_customers: n_customers as u64,
        n_repeat: known.now.n_repeat(),
        n_overdue: all().filter(|one| one.is_overdue).count() as u64,
        mean_p_alive: all().map(|one| one.p_alive).sum::<f64>() / n_customers as f64,
        mean_p_alive_of_repeat: of_repeat(known),
        expected_orders,
        orders_interval: Factors::around(known.factors.orders, Some(expected_orders)),
        clv_interval: Factors::around(known.factors.money, clv),
        orders_prediction: known.predicted[0],
        spend_prediction: known.predicted[1],
        expected_orders_of_new: known.fit.expected_new(f64::from(params.horizon_days)),
        expected_spend: sum_of(|one| one.expected_spend),
        clv,
        tiers: Vec::new(),
        calibration: Vec::new(),
        matrix: Matrix::default(),
        spread: known.forecasts.spread(),
        segments: Vec::new(),
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

pub(super) fn fitted(fit: &Fit) -> FittedModel {
    let errors = fit.covariance.as_ref().map(climb::standard_errors);
    let errors = errors.as_ref().map(|errors| &errors[..]);
    FittedModel {
        model: fit.model,
        parameters: parameters(&fit.model.parameters(), &fit.at, errors),
        log_likelihood: fit.log_likelihood,
        is_converged: fit.is_converged,
        slope: fit.slope,
        limit: fit.limit,
    }
}

fn fitted_spend(spend: &SpendFit, spends: &[(f64, f64)]) -> FittedSpend {
    let errors = spend.covariance.as_ref().map(climb::standard_errors);
    let errors = errors.as_ref().map(|errors| &errors[..]);
    let means = spends.iter().map(|spend| spend.1);
    FittedSpend {
        parameters: parameters(&["p", "q", "gamma"], &spend.at, errors),
        log_likelihood: spend.log_likelihood,
        is_converged: spend.is_converged,
        slope: spend.slope,
        is_at_limit: spend.is_at_limit,
        n_customers: spends.len() as u64,
        mean_spend: means.sum::<f64>() / spends.len() as f64,
        correlation: checks::correlation(spends),
    }
}

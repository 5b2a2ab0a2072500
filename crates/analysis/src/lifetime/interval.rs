//! How far the data leave the sums open: the parameters are estimates, and a sum is as unsure as they make it.
//!
//! The delta method on the logarithm: the slopes of a sum by the parameters (central differences) with the covariance
//! of these, orders and money apart. Invariant: it is of the expectation alone; how what comes varies around it is in
//! `future.rs`.

use super::super::AnalysisError;
use super::super::tails::NORMAL_95;
use super::climb::Square;
use super::model::Fit;
use super::spend::SpendFit;
use super::steps::Steps;
use super::summary::{Customer, Summaries};

/// Step of a difference, of the parameter.
const WIDTH: f64 = 1e-4;

/// By how much the sums may be off: each is `value / factor` to `value * factor`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Factors {
    pub(super) orders: Option<f64>,
    pub(super) money: Option<f64>,
}

impl Factors {
    /// From the lowest to the highest.
    pub(super) fn around(factor: Option<f64>, value: Option<f64>) -> Option<(f64, f64)> {
        let (factor, value) = (factor?, value?);
        Some((value / factor, value * factor))
    }
}

/// Of the sums of orders and of money within `horizon`; `own` is what is expected of the customer at a place. A part of
/// `steps`.
pub(super) fn factors(
    now: &Summaries,
    (fit, spend): (&Fit, Option<&SpendFit>),
    own: &dyn Fn(usize) -> f64,
    horizon: f64,
    steps: &mut Steps<'_>,
) -> Result<Factors, AnalysisError> {
    let none = Factors {
        orders: None,
        money: None,
    };
    let known = fit.covariance.as_ref();
    let Some(covariance) = known.filter(|covariance| is_told(covariance, &fit.at)) else {
        steps.advance();
        return Ok(none);
    };
    let [of_orders, of_both] = slopes(now, fit, spend, horizon, steps)?;
    steps.advance();
    let all = 0..now.customers.len();
    let sum = |at: &SpendFit| {
        let of = |place: usize| own(place) * per_order(at, &now.customers[place]);
        all.clone().map(of).sum::<f64>()
    };
    let factor = |value: f64, variance: f64| {
        let factor = libm::exp(NORMAL_95 * libm::sqrt(variance) / value);
        (value > 0.0 && factor.is_finite()).then_some(factor)
    };
    let n_orders = all.clone().map(own).sum();
    let money = spend.and_then(|spend| {
        let of_money = money_slopes(spend, &sum);
        let known = spend.covariance.filter(|own| is_told(own, &spend.at))?;
        let variance = spread(covariance, &of_both) + spread(&known, &of_money);
        factor(sum(spend), variance)
    });
    Ok(Factors {
        orders: factor(n_orders, spread(covariance, &of_orders)),
        money,
    })
}

/// What an order of a customer will bring; nothing where that is not known.
fn per_order(spend: &SpendFit, customer: &Customer) -> f64 {
    let money = spend.expected(customer.seen.x, customer.mean_spend);
    if money.is_finite() { money } else { 0.0 }
}

/// The slopes of the sums of orders and of their money by the parameters of the orders.
fn slopes(
    now: &Summaries,
    fit: &Fit,
    spend: Option<&SpendFit>,
    horizon: f64,
    steps: &mut Steps<'_>,
) -> Result<[[f64; 4]; 2], AnalysisError> {
    let n = now.customers.len();
    let mut slopes = [[0.0; 4]; 2];
    for pass in 0..8 {
        let (parameter, sign) = (pass / 2, if pass % 2 == 0 { 1.0 } else { -1.0 });
        let mut moved = *fit;
        let width = fit.at[parameter] * WIDTH;
        moved.at[parameter] += sign * width;
        for (place, customer) in now.customers.iter().enumerate() {
            if place.is_multiple_of(512) {
                steps.within((pass * n + place) as u64, 8 * n as u64)?;
            }
            let orders = sign * moved.expected(&customer.seen, horizon) / (2.0 * width);
            slopes[0][parameter] += orders;
            slopes[1][parameter] += orders * spend.map_or(0.0, |own| per_order(own, customer));
        }
    }
    Ok(slopes)
}

/// The slopes of the sum of money by the parameters of the money.
fn money_slopes(spend: &SpendFit, sum: &dyn Fn(&SpendFit) -> f64) -> [f64; 4] {
    let mut slopes = [0.0; 4];
    for (parameter, slope) in slopes.iter_mut().take(3).enumerate() {
        let width = spend.at[parameter] * WIDTH;
        let (mut above, mut below) = (*spend, *spend);
        above.at[parameter] += width;
        below.at[parameter] -= width;
        *slope = (sum(&above) - sum(&below)) / (2.0 * width);
    }
    slopes
}

/// Whether each parameter is larger than its standard error: beyond that slopes at the estimate say nothing.
fn is_told(covariance: &Square, at: &[f64]) -> bool {
    let mut all = at.iter().enumerate();
    all.all(|(place, value)| covariance[place][place] < value * value)
}

/// The variance of a value with these slopes.
fn spread(covariance: &Square, slopes: &[f64; 4]) -> f64 {
    let rows = covariance.iter().zip(slopes);
    let row = |(row, slope): (&[f64; 4], &f64)| {
        let both = row.iter().zip(slopes);
        slope * both.map(|(one, slope)| one * slope).sum::<f64>()
    };
    rows.map(row).sum()
}

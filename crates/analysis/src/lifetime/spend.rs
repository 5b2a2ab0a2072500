//! Gamma-Gamma (Fader & Hardie 2013): what an order of a customer is worth, between their own mean and that of all.
//!
//! Only customers with repeat orders and a mean above zero take part. Money is divided by the mean of all before the
//! fit, so that other units change the unit of gamma and nothing else.

use super::super::AnalysisError;
use super::climb::{self, Point, Square};
use super::special::digamma;

/// Parameters p, q, gamma and how they were found.
#[derive(Clone, Copy, Debug)]
pub(super) struct SpendFit {
    /// p, q, gamma (in money).
    pub(super) at: [f64; 3],
    /// Of the same; the fourth row is of no parameter. `None` at a limit, and where the data do not tell.
    pub(super) covariance: Option<Square>,
    pub(super) log_likelihood: f64,
    pub(super) is_converged: bool,
    /// As of a model of orders.
    pub(super) slope: f64,
    /// Whether the fit has run to a limit of its parameters.
    pub(super) is_at_limit: bool,
}

impl SpendFit {
    /// What an order of a customer with `x` repeat orders of `mean` money will bring; infinite where q is 1 or less
    /// and nothing is known of the customer.
    pub(super) fn expected(&self, x: f64, mean: f64) -> f64 {
        let [p, q, gamma] = self.at;
        let below = p * x + q - 1.0;
        if below > 0.0 {
            p * (gamma + x * mean) / below
        } else {
            f64::INFINITY
        }
    }
}

/// Fits the spend of `(repeat orders, mean money of them)`, each above zero; `None` without any.
/// `monitor` is asked before each evaluation of the likelihood.
pub(super) fn fit(
    spends: &[(f64, f64)],
    monitor: &mut dyn FnMut() -> Result<(), AnalysisError>,
) -> Result<Option<SpendFit>, AnalysisError> {
    let n = spends.len() as f64;
    let unit = spends.iter().map(|spend| spend.1).sum::<f64>() / n;
    if spends.is_empty() || unit <= 0.0 {
        return Ok(None);
    }
    let mut all = |at: &Point| {
        monitor()?;
        let (mut value, mut slopes) = (0.0, [0.0; 4]);
        for &(x, mean) in spends {
            let (one, own) = likelihood(at, x, mean / unit);
            value += one;
            for (slope, own) in slopes.iter_mut().zip(own) {
                *slope += own;
            }
        }
        Ok((value, slopes))
    };
    let starts = [
        [1.0, 2.0, 1.0, 1.0],
        [6.0, 4.0, 0.5, 1.0],
        [0.3, 10.0, 10.0, 1.0],
    ];
    let Some(peak) = climb::highest(&mut all, &starts, n)? else {
        return Ok(None);
    };
    let covariance = climb::covariance(&mut all, &peak.at, 3)?;
    let is_at_limit = climb::left_open(&peak.at, covariance.as_ref(), 3).is_some();
    let covariance = covariance.filter(|_| !is_at_limit);
    let units = [1.0, 1.0, unit, 0.0];
    Ok(Some(SpendFit {
        at: [peak.at[0], peak.at[1], peak.at[2] * unit],
        covariance: covariance.map(|covariance| climb::in_units(&covariance, &units)),
        log_likelihood: peak.log_likelihood - n * libm::log(unit),
        is_converged: climb::is_settled(&peak, is_at_limit),
        slope: peak.slope,
        is_at_limit,
    }))
}

fn likelihood(at: &Point, x: f64, mean: f64) -> (f64, Point) {
    let [p, q, gamma, _] = *at;
    let (px, total) = (p * x, x * mean + gamma);
    let (log_mean, log_x, log_total) = (libm::log(mean), libm::log(x), libm::log(total));
    let log_gamma = libm::log(gamma);
    let value = libm::lgamma(px + q) - libm::lgamma(px) - libm::lgamma(q)
        + q * log_gamma
        + (px - 1.0) * log_mean
        + px * log_x
        - (px + q) * log_total;
    let both = digamma(px + q);
    let slopes = [
        x * (both - digamma(px) + log_mean + log_x - log_total),
        both - digamma(q) + log_gamma - log_total,
        q / gamma - (px + q) / total,
        0.0,
    ];
    (value, slopes)
}

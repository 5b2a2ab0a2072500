//! Why there is no forecast, and what is to be known before one is believed. Facts; the words are in `text`.

use serde::{Deserialize, Serialize};

use super::super::{AnalysisError, LoneOrders};
use super::forecast::Forecasts;
use super::future::Interval;
use super::holdout::Holdout;
use super::interval::Factors;
use super::model::{Fit, Model};
use super::spend::SpendFit;
use super::summary::Summaries;
use gyeol_data::Day;

/// Why nothing can be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// All orders are on one day.
    OneDay,
    /// No customer has orders on two days.
    OneOrderEach,
    /// Too few customers have orders on two days.
    FewRepeat {
        /// The fewest that would do.
        need: u64,
        /// How many there are.
        found: u64,
    },
    /// The history is too short.
    ShortHistory {
        /// The fewest days that would do.
        need: u32,
        /// How many there are.
        found: u32,
    },
    /// No model has a best fit.
    NoFit,
    /// No model has settled, and none was named.
    NotConverged,
}

/// What is to be known before the numbers are believed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The fit of a model has not ended on a peak.
    NotConverged(Model),
    /// The fit of a model of orders has run to a limit of its parameters: these data do not tell them.
    AtLimit {
        /// Which model.
        model: Model,
        /// Whether the data leave open how often customers order.
        rates: bool,
        /// Whether they leave open how customers stop.
        stopping: bool,
    },
    /// The fit of the model of money has.
    SpendAtLimit,
    /// Nobody seems ever to stop: the probabilities of still ordering say nothing.
    NobodyStops,
    /// Spend and frequency belong together, which Gamma-Gamma takes not to be.
    SpendFollowsFrequency {
        /// Pearson's.
        correlation: f64,
    },
    /// The model of money has no mean, or did not converge.
    SpendUnknown,
    /// The file has no money: what is forecast are orders.
    NoMoney,
    /// Repeat buyers whose orders are worth nothing, left out of the model of money.
    ZeroSpend {
        /// How many customers.
        n_customers: u64,
    },
    /// Days whose orders sum to less than nothing, which count as no order.
    RefundDays {
        /// How many.
        n_days: u64,
    },
    /// Few repeat buyers: the parameters are not sure.
    FewRepeat {
        /// How many.
        found: u64,
    },
    /// A short history.
    ShortHistory {
        /// How many days.
        days: u32,
    },
    /// The history is shorter than the time that is looked ahead.
    BeyondHistory {
        /// How many days of history.
        days: u32,
        /// How many are looked ahead.
        horizon: u32,
    },
    /// The models could not be tried.
    NotTried,
    /// The naive rate came nearer than the model.
    NaiveIsNearer,
    /// The last days have a few orders that stand alone: to the models nearly everybody has been silent since.
    LoneOrders(LoneOrders),
}

/// Fewest repeat buyers that four parameters are fitted to.
const NEED_REPEAT: u64 = 10;

/// Fewest days.
const NEED_DAYS: u32 = 14;

/// Below that many repeat buyers a warning is given.
const ENOUGH_REPEAT: u64 = 100;

/// Below that many days a warning is given.
const ENOUGH_DAYS: u32 = 90;

/// From there on spend is said to follow frequency, whichever way.
const CORRELATED: f64 = 0.2;

/// # Errors
/// Nothing can be fitted to these customers.
pub(super) fn refuse(now: &Summaries, first: Day, end: Day) -> Result<(), AnalysisError> {
    let lasts = now
        .customers
        .iter()
        .map(|one| (one.seen.x, one.seen.length));
    let is_one_day = lasts
        .clone()
        .all(|(x, length)| x < 0.5 && (length - f64::from(end.days_since(first))).abs() < 0.5);
    let n_repeat = now.n_repeat();
    let days = end.days_since(first).max(0) as u32;
    let problem = if is_one_day {
        Problem::OneDay
    } else if n_repeat == 0 {
        Problem::OneOrderEach
    } else if n_repeat < NEED_REPEAT {
        Problem::FewRepeat {
            need: NEED_REPEAT,
            found: n_repeat,
        }
    } else if days < NEED_DAYS {
        Problem::ShortHistory {
            need: NEED_DAYS,
            found: days,
        }
    } else {
        return Ok(());
    };
    Err(AnalysisError::Lifetime(problem))
}

/// What the checks look at.
pub(super) struct Known<'a> {
    pub(super) now: &'a Summaries,
    pub(super) fit: &'a Fit,
    pub(super) fits: &'a [Fit],
    pub(super) spend: Option<&'a SpendFit>,
    pub(super) spends: &'a [(f64, f64)],
    pub(super) has_money: bool,
    pub(super) lone: Option<LoneOrders>,
    pub(super) holdout: Option<Holdout>,
    /// From the first order until the last day of the file that has passed.
    pub(super) days: i32,
    pub(super) horizon: u32,
    pub(super) forecasts: Forecasts,
    pub(super) factors: Factors,
    /// Of the sums of orders and of money.
    pub(super) predicted: [Option<Interval>; 2],
}

impl Check {
    /// Whether the sums may be wrong because of it, of a forecast by `model`: then they are not to be told as if they
    /// were known.
    pub fn is_grave(self, model: Model) -> bool {
        match self {
            Self::NotConverged(other) | Self::AtLimit { model: other, .. } => other == model,
            Self::SpendAtLimit
            | Self::NoMoney
            | Self::ZeroSpend { .. }
            | Self::RefundDays { .. } => false,
            Self::NobodyStops
            | Self::SpendFollowsFrequency { .. }
            | Self::SpendUnknown
            | Self::FewRepeat { .. }
            | Self::ShortHistory { .. }
            | Self::BeyondHistory { .. }
            | Self::NotTried
            | Self::NaiveIsNearer
            | Self::LoneOrders(_) => true,
        }
    }
}

/// All that there is to say.
pub(super) fn all(known: &Known<'_>) -> Vec<Check> {
    let lone = known.lone.map(Check::LoneOrders);
    let mut checks: Vec<Check> = lone.into_iter().collect();
    let unsure = known.fits.iter().filter(|fit| !fit.is_converged);
    checks.extend(unsure.map(|fit| Check::NotConverged(fit.model)));
    checks.extend(known.fits.iter().filter_map(at_limit));
    let n_repeat = known.now.n_repeat();
    let has_stopped = known.forecasts.all().any(|one| one.p_alive < 0.99);
    let stops = known.fit.at[2] / (known.fit.at[2] + known.fit.at[3]);
    if !has_stopped || known.fit.model != Model::ParetoNbd && stops < 1e-3 {
        checks.push(Check::NobodyStops);
    }
    checks.extend((n_repeat < ENOUGH_REPEAT).then_some(Check::FewRepeat { found: n_repeat }));
    let days = known.days.max(0) as u32;
    if days < known.horizon {
        let horizon = known.horizon;
        checks.push(Check::BeyondHistory { days, horizon });
    } else if days < ENOUGH_DAYS {
        checks.push(Check::ShortHistory { days });
    }
    let n_days = known.now.n_refund_days;
    checks.extend((n_days > 0).then_some(Check::RefundDays { n_days }));
    of_spend(known, n_repeat, &mut checks);
    match &known.holdout {
        None => checks.push(Check::NotTried),
        Some(holdout) => checks.extend(
            holdout
                .is_naive_nearer(known.fit.model)
                .then_some(Check::NaiveIsNearer),
        ),
    }
    checks
}

/// That a fit which has settled has done so at a limit.
fn at_limit(fit: &Fit) -> Option<Check> {
    let limit = fit.limit.filter(|_| fit.is_converged)?;
    Some(Check::AtLimit {
        model: fit.model,
        rates: limit.rates,
        stopping: limit.stopping,
    })
}

fn of_spend(known: &Known<'_>, n_repeat: u64, checks: &mut Vec<Check>) {
    if !known.has_money {
        checks.push(Check::NoMoney);
        return;
    }
    match known.spend {
        Some(spend) if spend.is_converged && spend.at[1] > 1.0 => {
            checks.extend(spend.is_at_limit.then_some(Check::SpendAtLimit));
        }
        _ => checks.push(Check::SpendUnknown),
    }
    let correlation = correlation(known.spends);
    if correlation.abs() >= CORRELATED {
        checks.push(Check::SpendFollowsFrequency { correlation });
    }
    let n_customers = n_repeat - known.spends.len() as u64;
    checks.extend((n_customers > 0).then_some(Check::ZeroSpend { n_customers }));
}

/// Pearson's correlation; 0 where one side does not vary.
pub(super) fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len().max(1) as f64;
    let mean = |pick: fn(&(f64, f64)) -> f64| pairs.iter().map(pick).sum::<f64>() / n;
    let (mean_a, mean_b) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| {
        let all = pairs.iter().map(|&(a, b)| of(a - mean_a, b - mean_b));
        all.sum::<f64>()
    };
    let spread = libm::sqrt(sum(&|a, _| a * a) * sum(&|_, b| b * b));
    if spread > 0.0 {
        sum(&|a, b| a * b) / spread
    } else {
        0.0
    }
}

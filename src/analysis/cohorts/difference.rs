//! Two cohorts in one period: how far apart they are, how sure that is, and whether chance alone would do it.
//!
//! Shares: Wilson's interval (1927) for each, Newcombe's hybrid score interval (1998, method 10) for the difference, χ²
//! with Yates' correction (1934). Means: Welch's t with Satterthwaite's degrees of freedom (1946, 1947).

use serde::{Deserialize, Serialize};

use super::groups::Groups;
use super::tally::Span;
use super::{Activity, Cell, Cohort, Measure, Params};
use crate::analysis::tails as student;
use crate::analysis::{AnalysisError, Rule};
use crate::data::{Money, Orders};

/// The standard normal quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;

/// Two cohorts in one period.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Places of the two in the report.
    pub places: [usize; 2],
    /// The period since the first order.
    pub period: usize,
    /// Each of the two.
    pub sides: [Side; 2],
    /// The first less the second.
    pub estimate: f64,
    /// 95 % interval of the difference.
    pub interval: [f64; 2],
    /// How it was tested.
    pub test: Test,
    /// χ² or t.
    pub statistic: f64,
    /// How often chance alone would give as much, two-sided.
    pub p_value: f64,
    /// Whether too few customers are expected in a field of the table (fewer than 5) for the χ² test to be exact.
    pub is_rough: bool,
}

/// One of two cohorts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// Customers, or orders for the average order value.
    pub n: u64,
    /// The share or mean.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
}

/// How a difference was tested.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// χ² of two shares, with continuity correction.
    Shares,
    /// Welch's t of two means.
    Means {
        /// Satterthwaite's degrees of freedom.
        df: f64,
    },
}

/// The difference that is asked for.
///
/// # Errors
/// A cohort that is named is not there.
pub(super) fn of(
    orders: &Orders,
    groups: &Groups,
    span: Span,
    cohorts: &[Cohort],
    params: &Params,
) -> Result<Option<Difference>, AnalysisError> {
    let period = params.period.unwrap_or(1);
    let Some(places) = places(cohorts, params, period)? else {
        return Ok(None);
    };
    let cells = places.map(|place| cohorts[place].cells.get(period));
    let [Some(first), Some(second)] = cells else {
        return Ok(None);
    };
    let found = match params.measure {
        Measure::Retention | Measure::Churn | Measure::Customers => {
            Some(of_shares([first, second], params))
        }
        _ => {
            let labels = places.map(|place| &cohorts[place].label);
            let of_label = |label| groups.entries.iter().position(|own| own == label);
            let moments = labels.map(|label| {
                let group = of_label(label).unwrap_or(usize::MAX);
                moments(orders, groups, span, (group, period), params.measure)
            });
            of_means(moments)
        }
    };
    Ok(found.map(|difference| Difference {
        places,
        period,
        ..difference
    }))
}

/// The two that are named; for one that is not, the largest other one that has the period. The earlier one first where
/// nobody named them.
fn places(
    cohorts: &[Cohort],
    params: &Params,
    period: usize,
) -> Result<Option<[usize; 2]>, AnalysisError> {
    let named = |field: &str, key: &Option<String>| {
        let Some(key) = key else { return Ok(None) };
        let place = cohorts.iter().position(|cohort| cohort.key == *key);
        let unknown = || AnalysisError::param(field, Rule::KnownCohort);
        place.map(Some).ok_or_else(unknown)
    };
    let (first, second) = (
        named("first", &params.first)?,
        named("second", &params.second)?,
    );
    let size = |place: usize| {
        cohorts[place]
            .cells
            .get(period)
            .map_or(0, |cell| cell.n_customers)
    };
    let largest_but = |other: Option<usize>| {
        let others = (0..cohorts.len()).filter(|place| Some(*place) != other);
        others.rev().max_by_key(|&place| size(place))
    };
    let Some(one) = first.or_else(|| largest_but(second)) else {
        return Ok(None);
    };
    let Some(other) = second.or_else(|| largest_but(Some(one))) else {
        return Ok(None);
    };
    let is_free = first.is_none() && second.is_none();
    Ok(Some(match is_free && other < one {
        true => [other, one],
        false => [one, other],
    }))
}

fn of_shares(cells: [&Cell; 2], params: &Params) -> Difference {
    let counts = cells.map(|cell| {
        let n_active = match params.activity {
            Activity::InPeriod => cell.n_active,
            Activity::InOrAfter => cell.n_active_or_later,
        };
        match params.measure {
            Measure::Churn => (cell.n_customers - n_active, cell.n_customers),
            _ => (n_active, cell.n_customers),
        }
    });
    shares(counts)
}

/// Two shares, each as how many of how many.
pub(super) fn shares(counts: [(u64, u64); 2]) -> Difference {
    let sides = counts.map(|(x, n)| Side {
        n,
        value: x as f64 / n as f64,
        interval: wilson(x as f64, n as f64),
    });
    let [one, other] = sides;
    let estimate = one.value - other.value;
    let apart = |a: f64, b: f64| (a * a + b * b).sqrt();
    let below = apart(one.value - one.interval[0], other.interval[1] - other.value);
    let above = apart(one.interval[1] - one.value, other.value - other.interval[0]);
    let [(a, m), (c, n)] = counts.map(|(x, n)| (x as f64, n as f64));
    let (yes, no, all) = (a + c, m + n - a - c, m + n);
    let off = ((a * (n - c) - c * (m - a)).abs() - all / 2.0).max(0.0);
    let is_one_sided = yes <= 0.0 || no <= 0.0;
    let statistic = match is_one_sided {
        true => 0.0,
        false => all * off * off / (yes * no * m * n),
    };
    Difference {
        places: [0, 1],
        period: 0,
        sides,
        estimate,
        interval: [estimate - below, estimate + above],
        test: Test::Shares,
        statistic,
        p_value: student::chi_square_tail(statistic),
        is_rough: yes.min(no) * m.min(n) / all < 5.0,
    }
}

/// Wilson's score interval (1927), 95 %.
fn wilson(x: f64, n: f64) -> [f64; 2] {
    let (share, z2) = (x / n, Z * Z);
    let middle = share + z2 / (2.0 * n);
    let reach = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let at = |value: f64| (value / (1.0 + z2 / n)).clamp(0.0, 1.0);
    [at(middle - reach), at(middle + reach)]
}

/// Number, mean and sum of squared deviations, one value after the other (Welford 1962).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    pub(super) fn add(&mut self, value: f64) {
        self.n += 1;
        let off = value - self.mean;
        self.mean += off / self.n as f64;
        self.squares += off * (value - self.mean);
    }

    /// The variance of the mean.
    fn error2(self) -> f64 {
        self.squares / (self.n as f64 - 1.0) / self.n as f64
    }
}

/// The values behind a cell: of each customer for whom the period is over, or of each order.
fn moments(
    orders: &Orders,
    groups: &Groups,
    span: Span,
    (group, period): (usize, usize),
    measure: Measure,
) -> Moments {
    let mut moments = Moments::default();
    for (customer, &own) in groups.of_customer.iter().enumerate() {
        let first = groups.first_periods[customer];
        if own as usize != group || span.n_complete(first) <= period {
            continue;
        }
        let (mut units, mut n_orders) = (0_i128, 0_u64);
        for order in orders.starts[customer] as usize..orders.starts[customer + 1] as usize {
            let at = (span.unit.period_of(orders.days[order]) - first) as usize;
            if at > period {
                break;
            }
            if at == period || measure == Measure::CumulativeRevenue {
                let amount = i128::from(orders.amounts[order]);
                units += amount;
                n_orders += 1;
                if measure == Measure::AverageOrderValue {
                    moments.add(Money::new(amount, orders.scale).to_f64());
                }
            }
        }
        match measure {
            Measure::AverageOrderValue => {}
            Measure::Orders => moments.add(n_orders as f64),
            _ => moments.add(Money::new(units, orders.scale).to_f64()),
        }
    }
    moments
}

/// Welch's test; `None` where a side has fewer than two values, or nothing varies.
pub(super) fn of_means(moments: [Moments; 2]) -> Option<Difference> {
    let [one, other] = moments;
    if one.n < 2 || other.n < 2 {
        return None;
    }
    let errors = [one.error2(), other.error2()];
    let error2 = errors[0] + errors[1];
    if error2 <= 0.0 {
        return None;
    }
    let part = |error2: f64, n: u64| error2 * error2 / (n as f64 - 1.0);
    let df = error2 * error2 / (part(errors[0], one.n) + part(errors[1], other.n));
    let (estimate, reach) = (
        one.mean - other.mean,
        student::critical(0.05, df) * error2.sqrt(),
    );
    let statistic = estimate / error2.sqrt();
    let side = |own: Moments| {
        let reach = student::critical(0.05, own.n as f64 - 1.0) * own.error2().sqrt();
        Side {
            n: own.n,
            value: own.mean,
            interval: [own.mean - reach, own.mean + reach],
        }
    };
    Some(Difference {
        places: [0, 1],
        period: 0,
        sides: [side(one), side(other)],
        estimate,
        interval: [estimate - reach, estimate + reach],
        test: Test::Means { df },
        statistic,
        p_value: student::two_sided(statistic, df),
        is_rough: false,
    })
}

//! Two cohorts in one period: which two and which period, and the customers behind the numbers.
//!
//! Customers are the units throughout. Who came back in the period or later is compared over equally long times: an
//! older cohort has had more time to come back in. Intervals and tests: `estimate`.

use serde::{Deserialize, Serialize};

use super::estimate::{Estimate, Moments, of_means, shares};
use super::groups::Groups;
use super::tally::Span;
use super::{Activity, Cohort, Measure, Params};
use crate::{AnalysisError, Rule};
use gyeol_data::{Money, Orders};

/// Two cohorts in one period.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Places of the two in the report.
    pub places: [usize; 2],
    /// The period since the first order: the one that was asked for, or the latest before it that is over for both.
    pub period: usize,
    /// The last period in which an order counts, for who came back in the period or later: the last that is over for
    /// everybody who is compared.
    pub followed_until: Option<usize>,
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
    /// Customers; for the average order value those who ordered in the period.
    pub n: u64,
    /// The share, mean or ratio.
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
    /// Welch's t of two means or ratios.
    Means {
        /// Satterthwaite's degrees of freedom.
        df: f64,
    },
}

/// What the cohorts are made of.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) orders: &'a Orders,
    pub(super) groups: &'a Groups,
    pub(super) span: Span<'a>,
}

/// The difference that is asked for.
///
/// # Errors
/// A cohort that is named is not there.
pub(super) fn of(
    source: Source<'_>,
    cohorts: &[(usize, Cohort)],
    params: &Params,
) -> Result<Option<Difference>, AnalysisError> {
    let Some((places, period)) = compared(cohorts, params)? else {
        return Ok(None);
    };
    let groups = places.map(|place| cohorts[place].0 as u32);
    let found = match (params.measure.is_of_customers(), params.activity) {
        (true, Activity::InPeriod) => {
            let counts = places.map(|place| {
                let cell = &cohorts[place].1.cells[period];
                (cell.n_active, cell.n_customers)
            });
            Some(shares(counts.map(|counts| turned(params, counts))))
        }
        (true, Activity::InOrAfter) => {
            let until = source.followed_until(groups, period);
            let counts = groups.map(|group| source.back_within(group, period, until));
            Some(Difference {
                followed_until: Some(until),
                ..shares(counts.map(|counts| turned(params, counts)))
            })
        }
        (false, _) => match groups.map(|group| source.estimate(group, period, params.measure)) {
            [Some(one), Some(other)] => of_means([one, other]),
            _ => None,
        },
    };
    Ok(found.map(|difference| Difference {
        places,
        period,
        ..difference
    }))
}

/// Churn counts the others.
fn turned(params: &Params, (n_back, n): (u64, u64)) -> (u64, u64) {
    match params.measure {
        Measure::Churn => (n - n_back, n),
        _ => (n_back, n),
    }
}

/// The two, and the period that is asked for or the latest before it that is over for both. `None` where there is no
/// such period; everybody ordered in the period of the first order, so that it is none for who came back.
fn compared(
    cohorts: &[(usize, Cohort)],
    params: &Params,
) -> Result<Option<([usize; 2], usize)>, AnalysisError> {
    let named = |field: &str, key: &Option<String>| {
        let Some(key) = key else { return Ok(None) };
        let place = cohorts.iter().position(|(_, cohort)| cohort.key == *key);
        let unknown = || AnalysisError::param(field, Rule::KnownCohort);
        place.map(Some).ok_or_else(unknown)
    };
    let names = [
        named("first", &params.first)?,
        named("second", &params.second)?,
    ];
    let asked = params.period.unwrap_or(1);
    let least = asked.min(usize::from(params.measure.is_of_customers()));
    let is_over = |place: usize, period: usize| cohorts[place].1.cells.len() > period;
    let periods = (least..=asked).rev();
    let mut found = periods.filter_map(|period| Some((places(cohorts, names, period)?, period)));
    Ok(found.find(|(places, period)| places.iter().all(|&place| is_over(place, *period))))
}

/// The two that are named; for one that is not, the largest other one in the period. The earlier one first where nobody
/// named them.
fn places(
    cohorts: &[(usize, Cohort)],
    [first, second]: [Option<usize>; 2],
    period: usize,
) -> Option<[usize; 2]> {
    let size = |place: usize| {
        let cell = cohorts[place].1.cells.get(period);
        cell.map_or(0, |cell| cell.n_customers)
    };
    let largest_but = |other: Option<usize>| {
        let others = (0..cohorts.len()).filter(|place| Some(*place) != other);
        others.rev().max_by_key(|&place| size(place))
    };
    let one = first.or_else(|| largest_but(second))?;
    let other = second.or_else(|| largest_but(Some(one)))?;
    let is_free = first.is_none() && second.is_none();
    Some(match is_free && other < one {
        true => [other, one],
        false => [one, other],
    })
}

impl Source<'_> {
    /// The customers of a group for whom a period is over: their numbers, and the period of their first order.
    fn members(&self, group: u32, period: usize) -> impl Iterator<Item = (usize, i32)> {
        let (groups, span) = (self.groups, self.span);
        let customers = groups.of_customer.iter().zip(&groups.first_periods);
        let customers = customers.enumerate();
        customers.filter_map(move |(customer, (&own, &first))| {
            let is_meant = own == group && span.n_complete(first) > period;
            is_meant.then_some((customer, first))
        })
    }

    /// The orders of a customer, each with its period since the first one.
    fn orders_of(&self, customer: usize, first: i32) -> impl Iterator<Item = (usize, i64)> {
        let (orders, periods) = (self.orders, self.span.periods);
        let own = orders.starts[customer] as usize..orders.starts[customer + 1] as usize;
        let days = orders.days[own.clone()].iter();
        let all = days.zip(&orders.amounts[own]);
        all.map(move |(&day, &units)| ((periods.of(day) - first) as usize, units))
    }

    /// What a customer was given back, each with its period since the first order.
    fn returns_of(&self, customer: usize, first: i32) -> impl Iterator<Item = (usize, i64)> {
        let span = self.span;
        let returns = self.orders.returns.of(customer);
        let known = returns.take_while(move |&(day, _)| day <= span.as_of);
        // An order's day is that of its last line, so that a return can lie before it.
        known.map(move |(day, units)| ((span.periods.of(day) - first).max(0) as usize, units))
    }

    /// The last period that is over for all customers of both groups for whom `period` is.
    fn followed_until(&self, groups: [u32; 2], period: usize) -> usize {
        let firsts = groups.map(|group| self.members(group, period).map(|(_, first)| first).max());
        let latest = firsts.into_iter().flatten().max();
        latest.map_or(period, |first| self.span.n_complete(first) - 1)
    }

    /// How many of a group ordered between two periods, both included, and how many there are.
    fn back_within(&self, group: u32, period: usize, until: usize) -> (u64, u64) {
        let (mut n_back, mut n) = (0, 0);
        for (customer, first) in self.members(group, period) {
            let mut periods = self.orders_of(customer, first).map(|(at, _)| at);
            n += 1;
            n_back += u64::from(periods.any(|at| (period..=until).contains(&at)));
        }
        (n_back, n)
    }

    /// What the customers of a group bring: each one's orders or money, or for the average order value the ratio of both
    /// over those who ordered. `None` for fewer than two.
    fn estimate(&self, group: u32, period: usize, measure: Measure) -> Option<Estimate> {
        let mut moments = Moments::default();
        let mut pairs = Vec::new();
        for (customer, first) in self.members(group, period) {
            let (mut n_orders, mut sum) = (0.0, 0_i128);
            let orders = self.orders_of(customer, first);
            for (at, units) in orders.take_while(|(at, _)| *at <= period) {
                if at == period || measure == Measure::CumulativeRevenue {
                    n_orders += 1.0;
                    sum += i128::from(units);
                }
            }
            for (at, units) in self.returns_of(customer, first) {
                if at == period || measure == Measure::CumulativeRevenue && at < period {
                    sum -= i128::from(units);
                }
            }
            let money = Money::new(sum, self.orders.scale).to_f64();
            match measure {
                Measure::AverageOrderValue if n_orders > 0.0 || sum != 0 => {
                    pairs.push((n_orders, money));
                }
                Measure::AverageOrderValue => {}
                Measure::Orders => moments.add(n_orders),
                _ => moments.add(money),
            }
        }
        match measure {
            Measure::AverageOrderValue => Estimate::of_ratio(&pairs),
            _ => moments.estimate(),
        }
    }
}

//! What the pictures of the lifetime value show: repeat orders as seen and as the model has them, their sums over
//! time, and how hopes fade with silence.
//!
//! Sums over time follow Fader, Hardie & Lee 2005, figure 4: a customer counts from the own first order on.

use serde::{Deserialize, Serialize};

use super::super::AnalysisError;
use super::model::Fit;
use super::steps::Steps;
use super::summary::{Seen, Summaries, visits};
use gyeol_data::{Dataset, Day, History};

/// The last row by repeat orders has so many or more.
pub(super) const MOST_REPEAT: usize = 7;

/// Customers with as many repeat orders, as they are and as the model has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibrated {
    /// Repeat orders; the last row has this many or more.
    pub n_repeat_orders: u32,
    /// Customers with so many.
    pub actual: u64,
    /// Customers whom the model expects to have so many.
    pub expected: f64,
}

/// Repeat orders of all who had ordered by the cut, added up from the first day until a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tracked {
    /// Until the end of this day.
    pub day: Day,
    /// Orders that were made.
    pub actual: u64,
    /// Orders that the model expects.
    pub expected: f64,
}

/// What the model says of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// How probable it is that the customer will still order.
    pub p_alive: f64,
    /// Order days within the horizon.
    pub expected_orders: f64,
}

/// Customers of the longest time known, by repeat orders and days since the last one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// For how long they are known, in days from the first order.
    pub length_days: u32,
    /// Repeat orders, a column each.
    pub repeat_orders: Vec<u32>,
    /// Days since the last order, a row each.
    pub days_since: Vec<u32>,
    /// Row by row; `None` where so many order days have no room before the last one.
    pub cells: Vec<Vec<Option<Outlook>>>,
}

/// Columns of a matrix, as far as anybody has ordered.
const COLUMNS: [u32; 12] = [1, 2, 3, 4, 6, 8, 10, 15, 20, 30, 50, 100];

/// Rows of a matrix.
const ROWS: u32 = 8;

/// The most points in time.
const MOST_POINTS: i32 = 104;

/// How many customers have how many repeat orders, as seen until now and as `fit` expects of customers known as long.
pub(super) fn calibrated(
    now: &Summaries,
    fit: &Fit,
    steps: &mut Steps<'_>,
) -> Result<Vec<Calibrated>, AnalysisError> {
    let mut actual = [0_u64; MOST_REPEAT + 1];
    let mut lengths: Vec<u64> = Vec::with_capacity(now.customers.len());
    for customer in &now.customers {
        actual[(customer.seen.x as usize).min(MOST_REPEAT)] += 1;
        lengths.push(customer.seen.length as u64);
    }
    lengths.sort_unstable();
    let mut expected = [0.0; MOST_REPEAT + 1];
    let mut done = 0;
    for alike in lengths.chunk_by(|a, b| a == b) {
        steps.within(done as u64, lengths.len() as u64)?;
        done += alike.len();
        let n = alike.len() as f64;
        let chances = fit.chances(alike[0] as f64, MOST_REPEAT);
        for (expected, chance) in expected.iter_mut().zip(&chances) {
            *expected += n * chance;
        }
        expected[MOST_REPEAT] += n * (1.0 - chances.iter().sum::<f64>()).max(0.0);
    }
    let rows = actual.into_iter().zip(expected).enumerate();
    Ok(rows
        .map(|(n, (actual, expected))| Calibrated {
            n_repeat_orders: n as u32,
            actual,
            expected,
        })
        .collect())
}

/// Repeat orders of those who had ordered by `cut`, summed from `first` to `end`; the cut is one of the days.
pub(super) fn tracked(
    dataset: &Dataset,
    before: &Summaries,
    fit: &Fit,
    (first, cut, end): (Day, Day, Day),
    steps: &mut Steps<'_>,
) -> Result<Vec<Tracked>, AnalysisError> {
    let History::Orders(orders) = &dataset.history else {
        return Ok(Vec::new());
    };
    let (n_days, at_cut) = (end.days_since(first), cut.days_since(first));
    let length = n_days.max(0) as usize + 1;
    let (mut starting, mut made) = (vec![0_u32; length], vec![0_u64; length]);
    for (place, customer) in before.customers.iter().enumerate() {
        // The first half; days are the second.
        steps.pass(place, 2 * before.customers.len())?;
        starting[(at_cut - customer.seen.length as i32).max(0) as usize] += 1;
        for (day, _) in visits(orders, customer.number as usize).iter().skip(1) {
            if let Some(made) = made.get_mut(day.days_since(first).max(0) as usize) {
                *made += 1;
            }
        }
    }
    let mut expected_after = Vec::with_capacity(length);
    for day in 0..length {
        steps.within((length + day) as u64, 2 * length as u64)?;
        expected_after.push(fit.expected_new(day as f64));
    }
    let stride = 7 * (n_days / 7 / MOST_POINTS + 1);
    let mut days: Vec<i32> = (0..=n_days).step_by(stride as usize).collect();
    days.extend([at_cut, n_days]);
    days.sort_unstable();
    days.dedup();
    let point = |day: i32| {
        let until = day as usize;
        let known = starting[..=until].iter().enumerate();
        Tracked {
            day: Day::from_number(first.number() + day),
            actual: made[..=until].iter().sum(),
            expected: known
                .map(|(start, &n)| f64::from(n) * expected_after[until - start])
                .sum(),
        }
    };
    Ok(days.into_iter().map(point).collect())
}

/// What `fit` says of customers known for as long as the one who is known longest.
pub(super) fn matrix(now: &Summaries, fit: &Fit, horizon: f64) -> Matrix {
    let longest = |of: fn(&Seen) -> f64| now.customers.iter().map(move |one| of(&one.seen));
    let length = longest(|seen| seen.length).fold(0.0, f64::max);
    let most = longest(|seen| seen.x).fold(0.0, f64::max) as u32;
    let length_days = length as u32;
    let repeat_orders: Vec<u32> = COLUMNS.into_iter().filter(|&x| x <= most).collect();
    let days_since: Vec<u32> = (0..ROWS).map(|row| row * length_days / ROWS).collect();
    let cell = |since: u32, x: u32| {
        let seen = Seen {
            x: f64::from(x),
            last: f64::from(length_days - since),
            length,
        };
        (seen.last >= seen.x).then(|| {
            let p_alive = fit.p_alive(&seen);
            Outlook {
                p_alive,
                expected_orders: p_alive * fit.expected_alive(&seen, horizon),
            }
        })
    };
    let row = |&since: &u32| repeat_orders.iter().map(|&x| cell(since, x)).collect();
    Matrix {
        length_days,
        cells: days_since.iter().map(row).collect(),
        repeat_orders,
        days_since,
    }
}

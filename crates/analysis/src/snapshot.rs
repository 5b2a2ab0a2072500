//! Where all customers stand on one day, in columns: what RFM, profiles and features are computed from.
//!
//! Only customers who had ordered by then are in it. Amounts stay whole numbers; [`Snapshot::money`] is exact up to
//! 2^53 units, and equal amounts give equal numbers beyond that too.

use super::profile::Counted;
use super::rfm::Convention;
use gyeol_data::{Dataset, Day, History, Money};

/// Recency, frequency and monetary of the customers who are present on a day, in the order of their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    /// Customer numbers, rising.
    pub(super) customers: Vec<u32>,
    /// Days since the last order.
    pub(super) recency_days: Vec<i32>,
    /// What `frequency` counts.
    pub(super) counted: Counted,
    /// Orders, or rows where the convention counts rows.
    pub(super) frequency: Vec<u32>,
    /// The other of the two.
    pub(super) frequency_otherwise: Vec<u32>,
    /// Money in units of `10^-scale`.
    pub(super) units: Vec<i128>,
    /// Decimal places of the money.
    pub(super) scale: u8,
}

impl Snapshot {
    /// Everyone who had ordered by `as_of` and is not set aside; nobody where the file has no history.
    pub(super) fn take(dataset: &Dataset, as_of: Day, convention: Convention) -> Self {
        let scale = match &dataset.history {
            History::Orders(orders) => orders.scale,
            History::Summaries(sums) => sums.scale,
        };
        let mut snapshot = Self {
            scale,
            counted: convention.counted(),
            ..Self::default()
        };
        for customer in 0..dataset.n_customers() {
            let standing = dataset.standing(customer, as_of);
            if let Some(standing) = standing.filter(|_| !dataset.is_set_aside(customer)) {
                snapshot.customers.push(customer as u32);
                snapshot.recency_days.push(standing.recency_days);
                snapshot.frequency.push(convention.frequency(&standing));
                let otherwise = convention.frequency_otherwise(&standing);
                snapshot.frequency_otherwise.push(otherwise);
                snapshot.units.push(standing.amount.units());
            }
        }
        snapshot
    }

    /// How many customers are present.
    pub(super) fn len(&self) -> usize {
        self.customers.len()
    }

    /// Days since the last order.
    pub(super) fn recency(&self) -> Vec<f64> {
        self.recency_days
            .iter()
            .map(|&days| f64::from(days))
            .collect()
    }

    /// Orders or rows.
    pub(super) fn frequencies(&self) -> Vec<f64> {
        self.frequency.iter().map(|&n| f64::from(n)).collect()
    }

    /// Money.
    pub(super) fn money(&self) -> Vec<f64> {
        let one = 10_f64.powi(i32::from(self.scale));
        self.units
            .iter()
            .map(|&units| units_to_f64(units) / one)
            .collect()
    }

    /// The sum of all money.
    pub(super) fn revenue(&self) -> Money {
        Money::new(self.units.iter().sum(), self.scale)
    }

    /// The sum of all orders (or rows).
    pub(super) fn n_orders(&self) -> u64 {
        self.frequency.iter().map(|&n| u64::from(n)).sum()
    }
}

/// The nearest number; the 64-bit way is the quick one.
pub(super) fn units_to_f64(units: i128) -> f64 {
    i64::try_from(units).map_or(units as f64, |small| small as f64)
}

/// Whether the file says anything of recency and frequency.
pub(super) fn has_history(dataset: &Dataset) -> bool {
    match &dataset.history {
        History::Orders(_) => true,
        History::Summaries(sums) => {
            let has_recency = !(sums.recency_days.is_empty() && sums.last_days.is_empty());
            has_recency && !sums.n_orders.is_empty()
        }
    }
}

/// Whether `customer` is one on `as_of`: with single orders, whoever had ordered by then; in a table of customers,
/// everyone.
pub(super) fn is_present(dataset: &Dataset, customer: usize, as_of: Day) -> bool {
    match &dataset.history {
        History::Orders(_) => dataset.standing(customer, as_of).is_some(),
        History::Summaries(_) => true,
    }
}

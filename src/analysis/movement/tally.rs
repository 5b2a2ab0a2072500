//! The sums over all customers that the matrices and sentences of the moves are made of. Money stays whole numbers.

use super::places::Places;
use crate::data::{Dataset, Day, History, Money};

/// Orders and money of a customer after `from`, until `to`.
pub(super) fn bought(dataset: &Dataset, customer: usize, (from, to): (Day, Day)) -> (u32, Money) {
    let Some(now) = dataset.standing(customer, to) else {
        return (0, Money::default());
    };
    match dataset.standing(customer, from) {
        None => (now.n_orders, now.amount),
        Some(then) => {
            let units = now.amount.units() - then.amount.units();
            let money = Money::new(units, now.amount.scale());
            (now.n_orders - then.n_orders, money)
        }
    }
}

/// The sums that are printed.
pub(super) struct Tally {
    pub(super) counts: Vec<u64>,
    pub(super) revenue: Vec<Money>,
    /// All that was spent until the later date.
    pub(super) worth: Vec<Money>,
    pub(super) without_orders: Vec<u64>,
    pub(super) entered: Vec<u64>,
    pub(super) entered_revenue: Vec<Money>,
    pub(super) n_left: u64,
    pub(super) n_known: u64,
    pub(super) n_moved: u64,
    pub(super) n_moved_by_time: u64,
    pub(super) n_held: u64,
}

impl Tally {
    /// `n` segments; `dates` are the last day of the earlier state and the as-of date.
    pub(super) fn new(dataset: &Dataset, places: &Places, n: usize, dates: (Day, Day)) -> Self {
        let scale = match &dataset.history {
            History::Orders(orders) => orders.scale,
            History::Summaries(sums) => sums.scale,
        };
        let mut tally = Self {
            counts: vec![0; n * n],
            revenue: vec![Money::new(0, scale); n * n],
            worth: vec![Money::new(0, scale); n * n],
            without_orders: vec![0; n * n],
            entered: vec![0; n],
            entered_revenue: vec![Money::new(0, scale); n],
            n_left: 0,
            n_known: 0,
            n_moved: 0,
            n_moved_by_time: 0,
            n_held: 0,
        };
        for (customer, (&from, &to)) in places.earlier.iter().zip(&places.now).enumerate() {
            let (n_orders, money) = bought(dataset, customer, dates);
            let add = |sum: &mut Money, money: Money| {
                *sum = Money::new(sum.units() + money.units(), scale);
            };
            match (from.map(usize::from), to.map(usize::from)) {
                (Some(from), Some(to)) => {
                    let still = places.still.get(customer).copied().flatten();
                    let still = still.map_or(to, usize::from);
                    tally.counts[from * n + to] += 1;
                    add(&mut tally.revenue[from * n + to], money);
                    let standing = dataset.standing(customer, dates.1);
                    let worth = standing.map_or_else(Money::default, |own| own.amount);
                    add(&mut tally.worth[from * n + to], worth);
                    tally.without_orders[from * n + still] += 1;
                    tally.n_known += 1;
                    tally.n_moved += u64::from(from != to);
                    tally.n_moved_by_time += u64::from(from != to && n_orders == 0);
                    tally.n_held += u64::from(from == to && n_orders > 0 && still != to);
                }
                (None, Some(to)) => {
                    tally.entered[to] += 1;
                    add(&mut tally.entered_revenue[to], money);
                }
                (Some(_), None) => tally.n_left += 1,
                (None, None) => {}
            }
        }
        tally
    }
}

//! What the models see of a customer: repeat order days, when the last one was, how long we have known them.
//!
//! Several orders of one day are one; a day whose orders sum to less than nothing (refunds alone) is none. Time is in
//! days from the customer's first order day.

use gyeol_data::{Dataset, Day, History, Money, Orders};

/// What a model of orders sees of a customer, in days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    /// Repeat order days.
    pub(super) x: f64,
    /// From the first order day to the last (`t_x`).
    pub(super) last: f64,
    /// From the first order day to the end (`T`).
    pub(super) length: f64,
}

/// A customer with an order day until the end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Customer {
    /// Its number in the dataset.
    pub(super) number: u32,
    pub(super) seen: Seen,
    /// Mean money of the repeat order days; 0 without any.
    pub(super) mean_spend: f64,
    /// Order days after the end, within the time that was asked for.
    pub(super) n_after: u32,
}

/// All customers until an end.
pub(super) struct Summaries {
    pub(super) customers: Vec<Customer>,
    /// Order days left out since they sum to less than nothing.
    pub(super) n_refund_days: u64,
}

impl Summaries {
    /// What is known of the customers of `dataset` until `end`, and how often they order in the `days_after` days
    /// that follow; `None` where the file has no single orders.
    pub(super) fn new(dataset: &Dataset, end: Day, days_after: i32) -> Option<Self> {
        let History::Orders(orders) = &dataset.history else {
            return None;
        };
        let mut all = Self {
            customers: Vec::new(),
            n_refund_days: 0,
        };
        for number in 0..dataset.n_customers() {
            if dataset.is_set_aside(number) {
                continue;
            }
            let mut days = order_days(orders, number);
            take_off(&mut days, orders, number, end);
            let known = days.iter().filter(|visit| visit.0 <= end);
            all.n_refund_days += known.filter(|visit| visit.1 < 0).count() as u64;
            all.customers.extend(customer(
                number as u32,
                &kept(days),
                (end, days_after),
                orders.scale,
            ));
        }
        Some(all)
    }

    /// Alike customers once, with how many they are, in a fixed order.
    pub(super) fn alike(&self) -> Vec<(Seen, f64)> {
        let key = |seen: &Seen| [seen.x, seen.last, seen.length].map(|value| value as u64);
        let mut keys: Vec<[u64; 3]> = self.customers.iter().map(|one| key(&one.seen)).collect();
        keys.sort_unstable();
        let seen = |key: [u64; 3]| Seen {
            x: key[0] as f64,
            last: key[1] as f64,
            length: key[2] as f64,
        };
        keys.chunk_by(|a, b| a == b)
            .map(|alike| (seen(alike[0]), alike.len() as f64))
            .collect()
    }

    /// Customers with orders on two days or more.
    pub(super) fn n_repeat(&self) -> u64 {
        let repeat = self.customers.iter().filter(|one| one.seen.x > 0.0);
        repeat.count() as u64
    }

    /// Repeat orders and their mean money, of who has both.
    pub(super) fn spends(&self) -> Vec<(f64, f64)> {
        let spends = self
            .customers
            .iter()
            .map(|one| (one.seen.x, one.mean_spend));
        spends.filter(|&(x, mean)| x > 0.0 && mean > 0.0).collect()
    }
}

/// Takes what was given back until `end` off the latest order days before it.
fn take_off(days: &mut [(Day, i128)], orders: &Orders, number: usize, end: Day) {
    for (day, units) in orders.returns.of(number).take_while(|&(day, _)| day <= end) {
        let mut left = i128::from(units);
        for visit in days.iter_mut().rev().filter(|visit| visit.0 <= day) {
            let part = left.min(visit.1.max(0));
            visit.1 -= part;
            left -= part;
        }
    }
}

/// The order days of a customer with their money, refunds alone left out.
pub(super) fn visits(orders: &Orders, number: usize) -> Vec<(Day, i128)> {
    kept(order_days(orders, number))
}

fn kept(mut days: Vec<(Day, i128)>) -> Vec<(Day, i128)> {
    days.retain(|visit| visit.1 >= 0);
    days
}

/// Orders of one day as one.
fn order_days(orders: &Orders, number: usize) -> Vec<(Day, i128)> {
    let mut days: Vec<(Day, i128)> = Vec::new();
    let (Some(&from), Some(&until)) = (orders.starts.get(number), orders.starts.get(number + 1))
    else {
        return days;
    };
    let range = from as usize..until as usize;
    let all = orders.days[range.clone()].iter();
    for (&day, &amount) in all.zip(&orders.amounts[range]) {
        match days.last_mut() {
            Some(last) if last.0 == day => last.1 += i128::from(amount),
            _ => days.push((day, i128::from(amount))),
        }
    }
    days
}

fn customer(
    number: u32,
    visits: &[(Day, i128)],
    (end, days_after): (Day, i32),
    scale: u8,
) -> Option<Customer> {
    let n_known = visits.partition_point(|visit| visit.0 <= end);
    let (known, after) = visits.split_at(n_known);
    let (first, last) = (known.first()?.0, known.last()?.0);
    let repeat = &known[1..];
    let money: i128 = repeat.iter().map(|visit| visit.1).sum();
    let n_after = after
        .iter()
        .filter(|visit| visit.0.days_since(end) <= days_after);
    Some(Customer {
        number,
        seen: Seen {
            x: repeat.len() as f64,
            last: f64::from(last.days_since(first)),
            length: f64::from(end.days_since(first)),
        },
        mean_spend: Money::new(money, scale).to_f64() / repeat.len().max(1) as f64,
        n_after: n_after.count() as u32,
    })
}

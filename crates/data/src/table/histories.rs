//! Rows to orders, and to the sums of a table of customers.
//!
//! An order is a customer's order id, or a customer's day where there is none. Its day is that of its latest row
//! that counts; lines with one total are of one day, and the earliest of them counts.

use super::super::columns::{NO_CODE, NO_DAY, NO_UNITS, Narrow, Value};
use super::super::{Choices, Day, Orders, Summaries};
use super::Table;
use super::customers::Customers;

/// Rows of one order that follow each other, and then the whole order.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    customer: u32,
    order: u32,
    day: i32,
    n_lines: u32,
    units: i64,
}

impl Run {
    fn is_same_order(&self, other: &Self) -> bool {
        self.customer == other.customer
            && self.order == other.order
            && (self.order != NO_CODE || self.day == other.day)
    }

    /// What is kept of an order, which is what orders are sorted by.
    const fn kept(&self) -> (i32, i64, u32) {
        (self.day, self.units, self.n_lines)
    }

    fn add(&mut self, other: &Self) {
        self.day = self.day.max(other.day);
        self.n_lines += other.n_lines;
        // The scale is chosen so that even the sum of all amounts fits.
        self.units = self.units.saturating_add(other.units);
    }
}

/// What a block of rows says about orders.
struct RowsOfBlock<'a> {
    orders: Option<&'a [u32]>,
    days: Option<&'a [i32]>,
    units: Option<&'a [i64]>,
}

impl RowsOfBlock<'_> {
    #[inline(never)]
    fn add_to(&self, runs: &mut Vec<Run>, of_row: &[u32]) {
        for (row, &customer) in of_row.iter().enumerate() {
            if customer == NO_CODE {
                continue;
            }
            let run = self.run_of(row, customer);
            match runs.last_mut() {
                Some(last) if last.is_same_order(&run) => last.add(&run),
                _ => runs.push(run),
            }
        }
    }

    #[inline(always)]
    fn run_of(&self, row: usize, customer: u32) -> Run {
        let units = self.units.map_or(NO_UNITS, |units| units[row]);
        Run {
            customer,
            order: self.orders.map_or(NO_CODE, |orders| orders[row]),
            day: self.days.map_or(NO_DAY, |days| days[row]),
            n_lines: 1,
            units: if units == NO_UNITS { 0 } else { units },
        }
    }
}

impl Table {
    pub(super) fn orders(&self, customers: &Customers) -> Orders {
        let n_customers = customers.names.len();
        let mut by_customer = grouped(&self.runs(customers), n_customers);
        let mut orders = Orders {
            scale: self.amounts.as_ref().map_or(0, |amounts| amounts.scale),
            ..Orders::default()
        };
        orders.starts.push(0);
        for runs in by_customer.chunk_by_mut(|a, b| a.customer == b.customer) {
            push_history(&mut orders, runs);
        }
        orders
    }

    fn runs(&self, customers: &Customers) -> Vec<Run> {
        let orders = self.roles.order.map(|column| self.texts[column].codes());
        let mut runs: Vec<Run> = Vec::new();
        let mut rest = &customers.of_row[..];
        for (number, reasons) in self.reasons.blocks().enumerate() {
            let (of_row, after) = rest.split_at(reasons.len());
            rest = after;
            let orders = orders.map(|codes| codes.block(number));
            let days = self.days.as_ref().map(|days| days.block(number));
            let units = self.amounts.as_ref().map(|all| all.units.block(number));
            let block = RowsOfBlock {
                orders: orders.as_deref(),
                days: days.as_deref(),
                units: units.as_deref(),
            };
            block.add_to(&mut runs, of_row);
        }
        runs
    }

    /// The ids of one customer's orders (by number), in the order of [`Table::dataset`]; `None` for a day without one,
    /// nothing where no column has them. Orders that are the same in all that is kept go by their ids.
    pub fn order_names(&self, customer: usize, choices: Choices) -> Vec<Option<String>> {
        let Some(column) = self.roles.order else {
            return Vec::new();
        };
        let names = self.texts[column].names();
        let customers = Customers::new(self, self.effective(choices).active());
        let mut runs = self.runs(&customers);
        runs.retain(|run| run.customer as usize == customer);
        let name = |run: &Run| {
            let is_named = run.order != NO_CODE;
            is_named.then(|| names.get(run.order).into_owned())
        };
        let orders = merged(&mut runs).iter();
        let mut orders: Vec<_> = orders.map(|run| (run.kept(), name(run))).collect();
        orders.sort_unstable();
        orders.into_iter().map(|(_, name)| name).collect()
    }

    pub(super) fn summaries(&self, customers: &Customers) -> Summaries {
        let n_customers = customers.names.len();
        let amounts = self.amounts.as_ref();
        let day = |number: i32| (number != NO_DAY).then(|| Day::from_number(number));
        Summaries {
            recency_days: self.recency_days.as_ref().map_or_else(Vec::new, |days| {
                spread(days, customers, n_customers, |days| {
                    (days != NO_DAY).then_some(days)
                })
            }),
            last_days: self
                .days
                .as_ref()
                .map_or_else(Vec::new, |days| spread(days, customers, n_customers, day)),
            n_orders: self.n_orders.as_ref().map_or_else(Vec::new, |orders| {
                spread(orders, customers, n_customers, |orders| {
                    (orders != NO_CODE).then_some(orders)
                })
            }),
            amounts: amounts.map_or_else(Vec::new, |amounts| {
                spread(&amounts.units, customers, n_customers, |units| {
                    (units != NO_UNITS).then_some(units)
                })
            }),
            scale: amounts.map_or(0, |amounts| amounts.scale),
        }
    }
}

/// A column by row as a column by customer; each customer has one row.
fn spread<T: Value, U: Copy>(
    column: &Narrow<T>,
    customers: &Customers,
    n_customers: usize,
    value: impl Fn(T) -> Option<U>,
) -> Vec<Option<U>> {
    let mut values = vec![None; n_customers];
    for (cell, &customer) in column.iter().zip(&customers.of_row) {
        if customer != NO_CODE {
            values[customer as usize] = value(cell);
        }
    }
    values
}

/// The runs of each customer together, customers in order (a counting sort).
fn grouped(runs: &[Run], n_customers: usize) -> Vec<Run> {
    let mut next = vec![0_usize; n_customers + 1];
    for run in runs {
        next[run.customer as usize + 1] += 1;
    }
    for customer in 0..n_customers {
        next[customer + 1] += next[customer];
    }
    let mut grouped = vec![Run::default(); runs.len()];
    for run in runs {
        let place = &mut next[run.customer as usize];
        grouped[*place] = *run;
        *place += 1;
    }
    grouped
}

/// The orders that the runs of one customer make, in no order that means anything.
fn merged(runs: &mut [Run]) -> &mut [Run] {
    runs.sort_unstable_by_key(|run| (run.order, run.day));
    let mut n_orders = 0;
    for place in 0..runs.len() {
        let run = runs[place];
        if n_orders > 0 && runs[n_orders - 1].is_same_order(&run) {
            runs[n_orders - 1].add(&run);
        } else {
            runs[n_orders] = run;
            n_orders += 1;
        }
    }
    &mut runs[..n_orders]
}

/// Adds the orders of one customer. Orders that differ in nothing that is kept need no order among them.
fn push_history(orders: &mut Orders, runs: &mut [Run]) {
    let merged = merged(runs);
    merged.sort_unstable_by_key(|run| run.kept());
    let (mut amount, mut n_lines) = (0_i128, 0_u32);
    for run in merged {
        amount += i128::from(run.units);
        n_lines += run.n_lines;
        orders.days.push(Day::from_number(run.day));
        orders.amounts.push(run.units);
        orders.n_lines.push(run.n_lines);
        orders.running_amounts.push(amount);
        orders.running_lines.push(n_lines);
    }
    orders.starts.push(orders.days.len() as u32);
}

//! A log of events beside the orders: how often each customer did what, and how long ago the last of it was.
//!
//! Invariant: the counts of all names and of the rest add up to the customer's events.

use super::super::columns::{NO_CODE, NO_DAY};
use super::super::{Attribute, AttributeValues, Choices, Day, DaysByCustomer, Names};
use super::Table;
use super::customers::Customers;

/// The most kinds of event that get a column of their own, the most frequent first.
const MOST_KINDS: usize = 12;

impl Table {
    /// The customers of a log, in byte order, with their numbers of events: all, those of the most frequent kinds and
    /// those of no such kind; and the days on which they did anything.
    pub(crate) fn events(&self, choices: Choices) -> (Names, Vec<Attribute>) {
        let customers = Customers::new(self, self.effective(choices).active());
        let kinds = self.roles.category.map(|column| &self.texts[column]);
        let code_of = |row: usize| kinds.map_or(NO_CODE, |kinds| kinds.codes().get(row));
        let (all, totals) = totals(
            &customers,
            &code_of,
            kinds.map_or(0, |kinds| kinds.names().len()),
        );
        let mut columns = vec![counts("events".to_owned(), &all)];
        if let Some(kinds) = kinds {
            let name = |place: usize| kinds.names().bytes_of(place as u32);
            let more = |a: usize, b: usize| totals[b].cmp(&totals[a]).then(name(a).cmp(name(b)));
            let order = super::super::places_in_order(totals.len(), &more);
            let mut rest = all;
            let known = order.into_iter().filter(|&kind| totals[kind] > 0);
            for kind in known.take(MOST_KINDS) {
                let own = of_kind(&customers, &code_of, kind as u32);
                for (rest, own) in rest.iter_mut().zip(&own) {
                    *rest -= own;
                }
                let name = kinds.names().get(kind as u32);
                columns.push(counts(format!("events: {name}"), &own));
            }
            if rest.iter().any(|&n| n > 0) {
                columns.push(counts("events: other".to_owned(), &rest));
            }
        }
        columns.push(Attribute {
            name: "days since last event".to_owned(),
            values: AttributeValues::Days(self.event_days(&customers)),
        });
        (customers.names, columns)
    }

    /// The days on which each customer did anything: a counting sort by customer, then each customer's days.
    fn event_days(&self, customers: &Customers) -> DaysByCustomer {
        let n_customers = customers.names.len();
        let rows = || {
            let rows = customers.of_row.iter().enumerate();
            rows.filter_map(|(row, &customer)| {
                let day = self.days.as_ref()?.get(row);
                (customer != NO_CODE && day != NO_DAY).then_some((customer as usize, day))
            })
        };
        let mut ends = vec![0_usize; n_customers + 1];
        rows().for_each(|(customer, _)| ends[customer + 1] += 1);
        for customer in 0..n_customers {
            ends[customer + 1] += ends[customer];
        }
        let starts = ends.clone();
        let mut all = vec![0_u32; starts[n_customers]];
        for (customer, day) in rows() {
            all[ends[customer]] = rising(day);
            ends[customer] += 1;
        }
        let mut found = DaysByCustomer {
            starts: vec![0],
            days: Vec::new(),
        };
        for customer in 0..n_customers {
            let own = &mut all[starts[customer]..starts[customer + 1]];
            own.sort_unstable();
            let distinct = own.chunk_by(|a, b| a == b).map(|days| days[0]);
            found
                .days
                .extend(distinct.map(|day| Day::from_number(day_of(day))));
            found.starts.push(found.days.len() as u32);
        }
        found
    }
}

/// A day as a number without a sign that rises with it.
const fn rising(day: i32) -> u32 {
    day.cast_unsigned() ^ (1 << 31)
}

/// The day of that number.
const fn day_of(number: u32) -> i32 {
    (number ^ (1 << 31)).cast_signed()
}

/// The events of each customer, and of each kind.
fn totals(
    customers: &Customers,
    code_of: &dyn Fn(usize) -> u32,
    n_kinds: usize,
) -> (Vec<u32>, Vec<u64>) {
    let (mut all, mut totals) = (vec![0_u32; customers.names.len()], vec![0_u64; n_kinds]);
    for (row, &customer) in customers.of_row.iter().enumerate() {
        if customer != NO_CODE {
            all[customer as usize] += 1;
            if let Some(total) = totals.get_mut(code_of(row) as usize) {
                *total += 1;
            }
        }
    }
    (all, totals)
}

/// The events of one kind, by customer.
fn of_kind(customers: &Customers, code_of: &dyn Fn(usize) -> u32, kind: u32) -> Vec<u32> {
    let mut own = vec![0_u32; customers.names.len()];
    for (row, &customer) in customers.of_row.iter().enumerate() {
        if customer != NO_CODE && code_of(row) == kind {
            own[customer as usize] += 1;
        }
    }
    own
}

fn counts(name: String, counts: &[u32]) -> Attribute {
    let values = counts.iter().map(|&n| Some(f64::from(n)));
    Attribute {
        name,
        values: AttributeValues::Numbers(values.collect()),
    }
}

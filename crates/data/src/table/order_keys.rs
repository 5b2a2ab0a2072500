//! Which lines are of one order and hold one total.
//!
//! Number, amount, day and customer must be the same: payments of several days under one number are several payments,
//! and numbers that begin anew are those of others. A line that names no customer goes with the one whom all other lines
//! of its number name. Invariant: no order of rows shows.

use super::super::columns::{NO_CODE, NO_DAY, Narrow, TextColumn, Units};
use super::super::order_totals::{customer_of, owners};
use super::super::plan::TextRoles;

/// Order, amount, day and customer.
pub(super) type Key = (u32, i64, i32, u32);

/// The columns that keys are made of.
pub(super) struct Keys<'a> {
    pub(super) orders: &'a TextColumn,
    pub(super) amounts: &'a Units,
    days: Option<&'a Narrow<i32>>,
    customers: Option<&'a Narrow<u32>>,
    /// Whose each order is by the lines that say so; nothing where all lines do.
    owners: Vec<u32>,
}

impl<'a> Keys<'a> {
    /// `None` where no column has the orders.
    pub(super) fn new(
        texts: &'a [TextColumn],
        roles: &TextRoles,
        days: Option<&'a Narrow<i32>>,
        amounts: &'a Units,
    ) -> Option<Self> {
        let orders = &texts[roles.order?];
        let customers = roles.customer.map(|place| texts[place].codes());
        Some(Self {
            orders,
            amounts,
            days,
            customers,
            owners: customers.map_or_else(Vec::new, |customers| owners_of(orders, customers)),
        })
    }

    /// The key of a row.
    pub(super) fn of(&self, row: usize) -> Key {
        let order = self.orders.codes().get(row);
        let customer = self.customers.map_or(NO_CODE, |codes| codes.get(row));
        let customer = customer_of(&self.owners, order, customer);
        let day = self.days.map_or(NO_DAY, |days| days.get(row));
        (order, self.amounts.units.get(row), day, customer)
    }
}

fn owners_of(orders: &TextColumn, customers: &Narrow<u32>) -> Vec<u32> {
    if !customers.iter().any(|customer| customer == NO_CODE) {
        return Vec::new();
    }
    let mut lines = orders.codes().iter().zip(customers.iter());
    owners(orders.names().len(), &mut lines)
}

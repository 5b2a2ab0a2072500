//! Which lines are of one order and hold one total.
//!
//! Number, amount, day and customer must be the same: payments of several days under one number are several payments,
//! and numbers that begin anew are those of others. A line that names no customer goes with the one whom all other lines
//! of its number name. Invariant: no order of rows shows.

use super::super::columns::{NO_CODE, NO_DAY, Narrow, TextColumn, Units};
use super::super::plan::TextRoles;

/// Order, amount, day and customer.
pub(super) type Key = (u32, i64, i32, u32);

/// An order number of more than one customer.
const SEVERAL: u32 = NO_CODE - 1;

/// The columns that keys are made of.
pub(super) struct Keys<'a> {
    pub(super) orders: &'a TextColumn,
    pub(super) amounts: &'a Units,
    days: Option<&'a Narrow<i32>>,
    customers: Option<&'a Narrow<u32>>,
    /// Whose each order is by the lines that say so; [`SEVERAL`] where they differ.
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
            owners: customers.map_or_else(Vec::new, |customers| owners(orders, customers)),
        })
    }

    /// The key of a row.
    pub(super) fn of(&self, row: usize) -> Key {
        let order = self.orders.codes().get(row);
        let customer = match self.customers.map_or(NO_CODE, |codes| codes.get(row)) {
            NO_CODE => self.owner_of(order),
            customer => customer,
        };
        let day = self.days.map_or(NO_DAY, |days| days.get(row));
        (order, self.amounts.units.get(row), day, customer)
    }

    fn owner_of(&self, order: u32) -> u32 {
        let owner = self.owners.get(order as usize).copied();
        owner.filter(|&owner| owner != SEVERAL).unwrap_or(NO_CODE)
    }
}

fn owners(orders: &TextColumn, customers: &Narrow<u32>) -> Vec<u32> {
    let mut owners = vec![NO_CODE; orders.names().len()];
    for (order, customer) in orders.codes().iter().zip(customers.iter()) {
        let Some(owner) = (owners.get_mut(order as usize)).filter(|_| customer != NO_CODE) else {
            continue;
        };
        match *owner {
            NO_CODE => *owner = customer,
            own if own != customer => *owner = SEVERAL,
            _ => {}
        }
    }
    owners
}

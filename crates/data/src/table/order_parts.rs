//! The lines of orders whose total counts once, each with its part of the total.
//!
//! One line of such an order counts, and what is asked of customers follows it. What is asked of lines, such as
//! categories, products, margins and discounts, would see nothing of the others; so each line has an equal part, as
//! single prices are not kept. What is left over goes to the first lines by what their texts say.
//! Invariant: parts come to the total to the last unit; no order of rows shows.

use super::super::columns::{NO_CODE, NO_UNITS};
use super::super::{Choices, Reason};
use super::Table;
use super::customers::Customers;
use super::order_keys::{Key, Keys};

/// The rows that say what customers bought, with their money.
pub(super) struct Parts {
    /// Whose rows are, also those whose total counts on another one.
    pub(super) customers: Customers,
    /// By row its money, where a total is shared.
    units: Option<Vec<i64>>,
}

impl Parts {
    /// Of the rows that count under `choices`.
    pub(super) fn new(table: &Table, choices: Choices) -> Self {
        let choices = table.effective(choices);
        let mut customers = Customers::new(table, choices.active());
        let units = shared(table, &mut customers, choices);
        Self { customers, units }
    }

    /// The money of a row of `table`, in its units.
    pub(super) fn units_of(&self, table: &Table, row: usize) -> Option<i128> {
        match &self.units {
            Some(units) => {
                let units = units.get(row).copied()?;
                (units != NO_UNITS).then_some(i128::from(units))
            }
            None => table.units_of(row),
        }
    }
}

/// Gives each line of a shared total to the customer of the one that counts; by row its money, where there is any.
fn shared(table: &Table, customers: &mut Customers, choices: Choices) -> Option<Vec<i64>> {
    let is_left_out = choices.leaves_out(Reason::RepeatedTotal);
    let amounts = table.amounts.as_ref().filter(|_| is_left_out)?;
    let is_further = |row: usize| {
        let reasons = table.reasons_of(row);
        // Whose it is the other line may say.
        let others = reasons.without(Reason::RepeatedTotal);
        let others = others.without(Reason::NoCustomer);
        reasons.contains(Reason::RepeatedTotal) && choices.bucket_of(others).is_none()
    };
    if !(0..table.n_rows).any(is_further) {
        return None;
    }
    let keys = Keys::new(&table.texts, &table.roles, table.days.as_ref(), amounts)?;
    let orders = keys.orders.codes();
    let mut has_further = vec![false; keys.orders.names().len()];
    for row in (0..table.n_rows).filter(|&row| is_further(row)) {
        has_further[orders.get(row) as usize] = true;
    }
    let counts = |customers: &Customers, row: usize| customers.of_row[row] != NO_CODE;
    let is_line = |row: &usize| {
        let is_of_any = || has_further.get(orders.get(*row) as usize) == Some(&true);
        is_further(*row) || (counts(customers, *row) && is_of_any())
    };
    let lines = (0..table.n_rows).filter(is_line);
    let mut lines: Vec<(Key, u32)> = lines.map(|row| (keys.of(row), row as u32)).collect();
    lines.sort_unstable();
    let mut units: Vec<i64> = amounts.units.iter().collect();
    for lines in lines.chunk_by_mut(|one, other| one.0 == other.0) {
        let mut counted = lines.iter().map(|line| customers.of_row[line.1 as usize]);
        let mut counted = counted.by_ref().filter(|&customer| customer != NO_CODE);
        if let (Some(customer), None) = (counted.next(), counted.next()) {
            share(table, lines, &mut units);
            for line in lines {
                customers.of_row[line.1 as usize] = customer;
            }
        }
    }
    Some(units)
}

/// Shares the amount of the lines of one order among them.
fn share(table: &Table, lines: &mut [(Key, u32)], units: &mut [i64]) {
    let n_lines = lines.len() as i64;
    let total = lines.first().map_or(0, |((_, total, ..), _)| *total);
    let n_over = total.rem_euclid(n_lines) as usize;
    if n_over > 0 {
        let texts = |row: usize| {
            let columns = table.texts.iter().filter(|column| !column.is_given_up());
            columns.map(move |column| match column.codes().get(row) {
                NO_CODE => None,
                code => Some(column.names().bytes_of(code)),
            })
        };
        lines.sort_unstable_by(|one, other| texts(one.1 as usize).cmp(texts(other.1 as usize)));
    }
    for (place, (_, row)) in lines.iter().enumerate() {
        units[*row as usize] = total.div_euclid(n_lines) + i64::from(place < n_over);
    }
}

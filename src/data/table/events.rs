//! A log of events beside the orders: how often each customer did what.
//!
//! Invariant: the counts of all names and the rest add up to the customer's events.

use super::super::columns::NO_CODE;
use super::super::{Attribute, AttributeValues, Choices, Names};
use super::Table;
use super::customers::Customers;

/// The most kinds of event that get a column of their own, the most frequent first.
const MOST_KINDS: usize = 12;

impl Table {
    /// The customers of a log, in byte order, and their numbers of events: all, and those of the most frequent kinds.
    pub(crate) fn events(&self, choices: Choices) -> (Names, Vec<Attribute>) {
        let customers = Customers::new(self, self.effective(choices).active());
        let n_customers = customers.names.len();
        let kinds = self.roles.category.map(|column| &self.texts[column]);
        let n_kinds = kinds.map_or(0, |kinds| kinds.names().len());
        let mut all = vec![0_u32; n_customers];
        let mut totals = vec![0_u64; n_kinds];
        let code_of = |row: usize| kinds.map_or(NO_CODE, |kinds| kinds.codes().get(row));
        let known = customers.of_row.iter().enumerate();
        let known = known.filter(|&(_, &customer)| customer != NO_CODE);
        for (row, &customer) in known.clone() {
            all[customer as usize] += 1;
            if let Some(total) = totals.get_mut(code_of(row) as usize) {
                *total += 1;
            }
        }
        let mut columns = vec![counts("events".to_owned(), &all)];
        let Some(kinds) = kinds else {
            return (customers.names, columns);
        };
        let name = |place: usize| kinds.names().bytes_of(place as u32);
        let more = |a: usize, b: usize| totals[b].cmp(&totals[a]).then(name(a).cmp(name(b)));
        let order = super::super::places_in_order(n_kinds, &more);
        for kind in order.into_iter().take(MOST_KINDS) {
            let mut own = vec![0_u32; n_customers];
            for (_, &customer) in known
                .clone()
                .filter(|&(row, _)| code_of(row) == kind as u32)
            {
                own[customer as usize] += 1;
            }
            let name = kinds.names().get(kind as u32);
            columns.push(counts(format!("events: {name}"), &own));
        }
        (customers.names, columns)
    }
}

fn counts(name: String, counts: &[u32]) -> Attribute {
    let values = counts.iter().map(|&n| Some(f64::from(n)));
    Attribute {
        name,
        values: AttributeValues::Numbers(values.collect()),
    }
}

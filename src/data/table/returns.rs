//! What customers were given back for earlier purchases, from the returned rows that follow one.
//!
//! A return keeps its own day: before it nobody knew of it. Its rows stay in the bucket of returned rows.

use super::super::columns::NO_CODE;
use super::super::{Choices, Day, ReasonSet, Returns};
use super::Table;
use super::customers::Customers;

impl Table {
    /// What is taken off under `choices`; nothing where they do not say so.
    pub(super) fn returns(&self, customers: &Customers, choices: Choices) -> Returns {
        let choices = self.effective(choices);
        let column = self.roles.customer.filter(|_| choices.nets_returns());
        let (Some(column), Some(amounts), Some(days)) = (column, &self.amounts, &self.days) else {
            return Returns::default();
        };
        let codes = self.texts[column].codes();
        let values = days.iter().zip(amounts.units.iter());
        let rows = self.reasons.iter().zip(codes.iter()).zip(values);
        let given_back = rows.filter(|((bits, _), _)| choices.can_net(ReasonSet::from_bits(*bits)));
        let mut all: Vec<(u32, i32, i64)> = given_back
            .map(|((_, code), (day, units))| {
                let customer = customers.of_code.get(code as usize);
                (customer.copied().unwrap_or(NO_CODE), day, units)
            })
            .filter(|&(customer, ..)| customer != NO_CODE)
            .collect();
        all.sort_unstable();
        by_customer(&all, customers.names.len())
    }
}

/// Returns in the order of customers and days.
fn by_customer(all: &[(u32, i32, i64)], n_customers: usize) -> Returns {
    let mut starts = vec![0_u32; n_customers + 1];
    for &(customer, ..) in all {
        starts[customer as usize + 1] += 1;
    }
    for customer in 0..n_customers {
        starts[customer + 1] += starts[customer];
    }
    Returns {
        starts,
        days: all
            .iter()
            .map(|&(_, day, _)| Day::from_number(day))
            .collect(),
        amounts: all.iter().map(|&(.., units)| -units).collect(),
    }
}

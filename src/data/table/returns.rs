//! What customers were given back for purchases that count, from rows that are left out as returned.
//!
//! A return keeps its own day: before it nobody knew of it. Its row stays in the bucket of returned rows. What a customer
//! is given back never exceeds what they have paid by that moment: the rest is of purchases that the file does not have.
//! A return of an order that is left out itself, since its state or its mark says so, takes nothing off the others.

use super::super::columns::{NO_CODE, NO_DAY, NO_UNITS};
use super::super::{Choices, Day, Reason, ReasonSet, Returns, TableKind};
use super::Table;
use super::customers::Customers;

/// What a row is for the account of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// It counts, or is an order that is left out as returned as a whole.
    Purchase { counts: bool },
    /// It gives money back.
    Return,
}

/// A row of a customer who has returned something; in the order of their account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Move {
    pub(super) customer: u32,
    pub(super) day: i32,
    seconds: u32,
    kind: Kind,
    /// Money, below zero for a return.
    pub(super) units: i64,
    order: u32,
}

impl Table {
    /// What is taken off under `choices`; nothing where they do not say so.
    pub(super) fn returns(&self, customers: &Customers, choices: Choices) -> Returns {
        let choices = self.effective(choices);
        if !choices.nets_returns() {
            return Returns::default();
        }
        let of = |one: Move| {
            let customer = customers.of_code.get(one.customer as usize).copied();
            (customer.unwrap_or(NO_CODE), one.day, one.units)
        };
        let all = self.given_back(choices).into_iter().map(of);
        let mut all: Vec<(u32, i32, i64)> = all.filter(|one| one.0 != NO_CODE).collect();
        all.sort_unstable();
        by_customer(&all, customers.names.len())
    }

    /// The returns whose money can be taken off.
    pub(super) fn given_back(&self, choices: Choices) -> Vec<Move> {
        let mut moves = self.moves(choices);
        moves.sort_unstable();
        let mut given_back = Vec::new();
        for own in moves.chunk_by(|a, b| a.customer == b.customer) {
            take_back(own, &mut given_back);
        }
        given_back
    }

    /// What customers with returns have bought and given back.
    fn moves(&self, choices: Choices) -> Vec<Move> {
        let column = self
            .roles
            .customer
            .filter(|_| self.kind == TableKind::Orders);
        let (Some(column), Some(amounts), Some(days)) = (column, &self.amounts, &self.days) else {
            return Vec::new();
        };
        let is_returned = |bits: u16| choices.only_returned(ReasonSet::from_bits(bits));
        let has_any = |bits: u16| ReasonSet::from_bits(bits).contains(Reason::Returned);
        if !choices.leaves_out(Reason::Returned) || !self.reasons.iter().any(has_any) {
            return Vec::new();
        }
        let codes = self.texts[column].codes();
        let mut returns = vec![false; self.texts[column].names().len()];
        let rows = self
            .reasons
            .iter()
            .zip(codes.iter())
            .zip(amounts.units.iter());
        for ((bits, code), units) in rows {
            if let Some(has_returns) = returns.get_mut(code as usize).filter(|_| units < 0) {
                *has_returns |= is_returned(bits);
            }
        }
        let orders = self.roles.order.map(|column| self.texts[column].codes());
        let rows = self.reasons.iter().zip(codes.iter());
        let rows = rows.zip(days.iter().zip(amounts.units.iter())).enumerate();
        let moves = rows.filter_map(|(row, ((bits, customer), (day, units)))| {
            let is_known = day != NO_DAY && units != NO_UNITS;
            let has_returns = returns.get(customer as usize) == Some(&true);
            let counts = choices.bucket_of(ReasonSet::from_bits(bits)).is_none();
            let kind = match units < 0 {
                _ if !counts && !is_returned(bits) => return None,
                true => Kind::Return,
                false => Kind::Purchase { counts },
            };
            (is_known && has_returns).then(|| Move {
                customer,
                day,
                seconds: self.seconds.as_ref().map_or(0, |seconds| seconds.get(row)),
                kind,
                units,
                order: orders.map_or(NO_CODE, |orders| orders.get(row)),
            })
        });
        moves.collect()
    }
}

/// Goes through the account of one customer.
fn take_back(own: &[Move], given_back: &mut Vec<Move>) {
    let mut balance = 0_i64;
    // Orders that are left out as a whole: what is given back for them was never paid.
    let mut left_out: Vec<Move> = Vec::new();
    for one in own {
        match one.kind {
            Kind::Purchase { counts: true } => balance = balance.saturating_add(one.units),
            Kind::Purchase { counts: false } => left_out.push(*one),
            Kind::Return => {
                let is_of = |other: &Move| {
                    let is_same_order = one.order != NO_CODE && other.order == one.order;
                    is_same_order || other.units == one.units.saturating_neg()
                };
                if let Some(place) = left_out.iter().position(is_of) {
                    left_out.remove(place);
                } else if balance.saturating_add(one.units) >= 0 {
                    balance += one.units;
                    given_back.push(*one);
                }
            }
        }
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

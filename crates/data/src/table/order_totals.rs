//! Rows whose amount is the order's total, which an earlier line of the order has already; and lines of an order whose
//! amount stands on another one.
//!
//! Of an order's lines with the same amount one stays: one that counts before one that does not, the earliest, and of
//! equally early ones that with the smallest hash, wherever in the file it stands. Where lines are left out for reasons
//! of which neither has the other's, one of each stays, so that no choice loses an order. Amounts below zero are returns,
//! each of its own, but where the whole total is given back on as many lines as hold it.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::super::columns::{Blocks, NO_CODE, NO_DAY, NO_UNITS, Narrow, TextColumn, Units};
use super::super::order_totals::{Line, are_repeated, price_of_one};
use super::super::rows::{Rows, digest};
use super::super::values::Decimal;
use super::super::{Choices, Reason, ReasonSet, TableKind};
use super::order_keys::{Key, Keys};

/// No row of an order was met.
const NO_ROW: u32 = u32::MAX;
/// Rows with one of these are no lines of an order that was placed, or say too little.
const NO_LINES: [Reason; 5] = [
    Reason::Blank,
    Reason::Overlap,
    Reason::Unreadable,
    Reason::Returned,
    Reason::Duplicate,
];

/// Notes the rows whose amount stands on another line of their order, where amounts are totals of orders. Gives how many
/// rows are left out since they have no amount, while that of their order stands on a line that counts.
pub(super) fn mark(reasons: &mut Blocks<u16>, rows: &Rows, amounts: Option<&Units>) -> u64 {
    let Some((orders, amounts)) = amounts_of_orders(rows, amounts) else {
        return 0;
    };
    let days = (rows.days.len() == reasons.len()).then_some(&rows.days);
    let Some(keys) = Keys::new(&rows.texts, &rows.plan.roles, days, amounts) else {
        return 0;
    };
    let all = Totals {
        reasons,
        rows,
        orders,
        amounts,
        days,
        keys,
    };
    if !all.are_repeated() {
        return all.n_further_lines();
    }
    let mut repeated = all.repeated().into_iter().peekable();
    let n_further_lines = all.n_further_lines();
    for (row, bits) in reasons.iter_mut().enumerate() {
        if repeated.next_if_eq(&row).is_some() {
            let set = ReasonSet::from_bits(*bits);
            *bits = set.with(Reason::RepeatedTotal).bits();
        }
    }
    n_further_lines
}

/// The orders and the amounts of rows that have both in a column of their own.
fn amounts_of_orders<'a>(
    rows: &'a Rows,
    amounts: Option<&'a Units>,
) -> Option<(&'a TextColumn, &'a Units)> {
    let plan = &rows.plan;
    let is_own = plan.table == TableKind::Orders && plan.has_amount;
    let orders = &rows.texts[plan.roles.order.filter(|_| is_own)?];
    Some((orders, amounts?))
}

struct Totals<'a> {
    reasons: &'a Blocks<u16>,
    rows: &'a Rows,
    orders: &'a TextColumn,
    amounts: &'a Units,
    days: Option<&'a Narrow<i32>>,
    keys: Keys<'a>,
}

impl Totals<'_> {
    fn are_repeated(&self) -> bool {
        let products = self.rows.plan.roles.product;
        let products = products.map(|column| self.rows.texts[column].codes());
        let line = |row: usize| {
            let reasons = ReasonSet::from_bits(self.reasons.get(row));
            let units = self.amounts.units.get(row);
            let is_line = !NO_LINES.iter().any(|&reason| reasons.contains(reason));
            is_line.then(|| {
                let (order, _, day, customer) = self.keys.of(row);
                Line {
                    order,
                    of: (day, customer),
                    units: if units == NO_UNITS { 0 } else { units },
                    product: products.map_or(NO_CODE, |products| products.get(row)),
                    is_product: self.is_product(row, units),
                }
            })
        };
        let mut lines = (0..self.reasons.len()).filter_map(line);
        are_repeated(self.orders.names().len(), products.is_some(), &mut lines)
    }

    /// Whether pieces times price give the amount; without pieces, whether the price does.
    fn is_product(&self, row: usize, units: i64) -> bool {
        let one = Decimal { units: 1, scale: 0 };
        let found = || {
            let price = self.rows.prices.as_ref()?.get(row);
            let pieces = self.rows.pieces.as_ref();
            let pieces = pieces.map_or(Some(one), |pieces| pieces.number(row))?;
            let scale = self.amounts.scale;
            let expected = price_of_one(Decimal { units, scale }, pieces)?;
            Some(digest(expected) == price)
        };
        units != NO_UNITS && found().unwrap_or(false)
    }

    /// The rows whose amount another row of their order has, which counts whenever they would; in ascending order.
    fn repeated(&self) -> Vec<usize> {
        let keys = &self.keys;
        let mut first = vec![NO_ROW; self.orders.names().len()];
        let mut further: HashMap<Key, u32, FixedState> = HashMap::default();
        let refunds = self.whole_refunds();
        let has_total = |&row: &usize| {
            let units = self.amounts.units.get(row);
            let is_refund = || units != NO_UNITS && refunds.contains_key(&keys.of(row));
            self.orders.codes().get(row) != NO_CODE && (units > 0 || is_refund())
        };
        let rows = || (0..self.reasons.len()).filter(has_total);
        for row in rows() {
            let key = keys.of(row);
            let mut kept = &mut first[key.0 as usize];
            if *kept != NO_ROW && keys.of(*kept as usize) != key {
                kept = further.entry(key).or_insert(NO_ROW);
            }
            if *kept == NO_ROW || self.standing(row) < self.standing(*kept as usize) {
                *kept = row as u32;
            }
        }
        let (mut repeated, mut others) = (Vec::new(), Vec::new());
        for row in rows() {
            let key = keys.of(row);
            let mut kept = first[key.0 as usize] as usize;
            if keys.of(kept) != key {
                kept = further.get(&key).map_or(row, |&kept| kept as usize);
            }
            if kept != row && self.counts_whenever(kept, row) {
                repeated.push(row);
            } else if kept != row {
                others.push((key, row));
            }
        }
        self.add_repeated_among(others, &mut repeated);
        repeated.sort_unstable();
        repeated
    }

    /// Of rows that may count where the one that stays does not, one for each set of reasons stays, too.
    fn add_repeated_among(&self, mut others: Vec<(Key, usize)>, repeated: &mut Vec<usize>) {
        others.sort_unstable_by_key(|&(key, row)| (key, self.standing(row)));
        for others in others.chunk_by(|one, other| one.0 == other.0) {
            let mut kept: Vec<usize> = Vec::new();
            for &(_, row) in others {
                if kept.iter().any(|&kept| self.counts_whenever(kept, row)) {
                    repeated.push(row);
                } else {
                    kept.push(row);
                }
            }
        }
    }

    /// Whether `kept` counts under all choices under which `row` does.
    fn counts_whenever(&self, kept: usize, row: usize) -> bool {
        let [own, other] = [row, kept].map(|row| ReasonSet::from_bits(self.reasons.get(row)));
        own.intersection(other) == other
    }

    /// The keys of lines that give the whole total back, as many as there are lines that hold it: it stands on each of
    /// them. Equal amounts below zero are several returns anywhere else.
    fn whole_refunds(&self) -> HashMap<Key, u32, FixedState> {
        let mut refunds: HashMap<Key, u32, FixedState> = HashMap::default();
        let mut is_refunded = vec![false; self.orders.names().len()];
        let is_read = |row: usize| {
            let reasons = ReasonSet::from_bits(self.reasons.get(row));
            ![Reason::Blank, Reason::Overlap, Reason::Unreadable]
                .iter()
                .any(|&reason| reasons.contains(reason))
        };
        for (row, units) in self.amounts.units.iter().enumerate() {
            let order = self.orders.codes().get(row);
            if units < 0 && units != NO_UNITS && order != NO_CODE && is_read(row) {
                *refunds.entry(self.keys.of(row)).or_default() += 1;
                is_refunded[order as usize] = true;
            }
        }
        refunds.retain(|_, n_lines| *n_lines > 1);
        if refunds.is_empty() {
            return refunds;
        }
        // On whatever day it was paid.
        let mut totals: HashMap<Key, u32, FixedState> = HashMap::default();
        for (row, units) in self.amounts.units.iter().enumerate() {
            let order = self.orders.codes().get(row) as usize;
            if units > 0 && is_refunded.get(order) == Some(&true) && is_read(row) {
                let (order, units, _, customer) = self.keys.of(row);
                *totals.entry((order, units, NO_DAY, customer)).or_default() += 1;
            }
        }
        refunds.retain(|&(order, units, _, customer), n_lines| {
            totals.get(&(order, -units, NO_DAY, customer)) == Some(n_lines)
        });
        refunds
    }

    fn n_further_lines(&self) -> u64 {
        let choices = Choices::default();
        let bucket = |bits: u16| choices.bucket_of(ReasonSet::from_bits(bits));
        let is_without = |bits: u16, units: i64| {
            units == NO_UNITS && bucket(bits) == Some(Reason::NoPositiveAmount)
        };
        let all = || {
            let rows = self.orders.codes().iter().zip(self.amounts.units.iter());
            rows.zip(self.reasons.iter())
        };
        if !all().any(|((_, units), bits)| is_without(bits, units)) {
            return 0;
        }
        let mut has_amount = vec![false; self.orders.names().len()];
        for ((code, units), bits) in all() {
            if let Some(has_amount) = has_amount.get_mut(code as usize) {
                *has_amount |= units > 0 && bucket(bits).is_none();
            }
        }
        let further = all().filter(|&((code, units), bits)| {
            is_without(bits, units) && has_amount.get(code as usize) == Some(&true)
        });
        further.count() as u64
    }

    /// By which of two rows stays: the lesser one.
    fn standing(&self, row: usize) -> (bool, u16, i32, u32, u64, usize) {
        let bits = self.reasons.get(row);
        let is_out = Choices::default()
            .bucket_of(ReasonSet::from_bits(bits))
            .is_some();
        let seconds = self.rows.seconds.as_ref();
        let seconds = seconds.map_or(0, |seconds| seconds.get(row));
        (
            is_out,
            bits,
            self.days.map_or(NO_DAY, |days| days.get(row)),
            seconds,
            self.rows.hashes.get(row),
            row,
        )
    }
}

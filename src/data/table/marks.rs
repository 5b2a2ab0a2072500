//! Reasons that only the whole file shows: cancel marks, cancelled states, repeated rows.

use foldhash::fast::FixedState;
use hashbrown::HashSet;

use super::super::cancelled::CancelledStates;
use super::super::columns::{Blocks, NO_CODE, NO_DAY, NO_UNITS, TextColumn};
use super::super::{Reason, ReasonSet};

fn mark(reasons: &mut u16, reason: Reason) {
    *reasons = ReasonSet::from_bits(*reasons).with(reason).bits();
}

/// Rows of which the amount turned out not to fit.
pub(super) fn unreadable(reasons: &mut Blocks<u16>, rows: &[usize]) {
    let mut rows = rows.iter().copied().peekable();
    if rows.peek().is_none() {
        return;
    }
    for (row, reasons) in reasons.iter_mut().enumerate() {
        if rows.next_if_eq(&row).is_some() {
            mark(reasons, Reason::Unreadable);
        }
    }
}

/// Orders with a cancel mark: `C` before the digits, in a file where most ids are digits alone.
pub(super) fn cancelled_orders(reasons: &mut Blocks<u16>, orders: &TextColumn) {
    let names = orders.names();
    let is_number = |id: &[u8]| !id.is_empty() && id.iter().all(u8::is_ascii_digit);
    let is_marked = |id: &[u8]| matches!(id, [b'C' | b'c', rest @ ..] if is_number(rest));
    let all = || (0..names.len() as u32).map(|code| names.bytes_of(code));
    let n_numbers = all().filter(|id| is_number(id)).count();
    if n_numbers * 2 <= names.len() {
        return;
    }
    mark_codes(reasons, orders, &all().map(is_marked).collect::<Vec<_>>());
}

/// Rows of which the state says that there was no sale in the end.
pub(super) fn cancelled_status(reasons: &mut Blocks<u16>, states: &TextColumn, header: &str) {
    let names = states.names();
    let cancelled = CancelledStates::under(header);
    let is_cancelled = |code: u32| cancelled.has(&names.get(code));
    let is_cancelled: Vec<bool> = (0..names.len() as u32).map(is_cancelled).collect();
    mark_codes(reasons, states, &is_cancelled);
}

fn mark_codes(reasons: &mut Blocks<u16>, column: &TextColumn, is_marked: &[bool]) {
    if !is_marked.contains(&true) {
        return;
    }
    for (reasons, code) in reasons.iter_mut().zip(column.codes().iter()) {
        let is_blank = ReasonSet::from_bits(*reasons).contains(Reason::Blank);
        if !is_blank && is_marked.get(code as usize) == Some(&true) {
            mark(reasons, Reason::Returned);
        }
    }
}

/// The columns that tell what was bought and what was given back.
pub(super) struct Purchases<'a> {
    pub(super) customers: &'a TextColumn,
    pub(super) days: &'a Blocks<i32>,
    pub(super) seconds: Option<&'a Blocks<u32>>,
    pub(super) units: &'a Blocks<i64>,
}

/// A purchase of a customer, or a return (below zero).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Move {
    customer: u32,
    day: i32,
    seconds: u32,
    is_return: bool,
    units: i64,
    row: u32,
}

/// Of the returned rows those that give back no more than their customer has paid by that moment: their money can be
/// taken off. What exceeds it is of purchases that the file does not have.
///
/// A purchase is a row without any reason, so that it counts whatever the choices are.
pub(super) fn giving_back(reasons: &mut Blocks<u16>, purchases: &Purchases<'_>) {
    let is_returned = |bits: u16| ReasonSet::from_bits(bits).contains(Reason::Returned);
    if !reasons.iter().any(is_returned) {
        return;
    }
    let codes = purchases.customers.codes();
    let mut returns = vec![false; purchases.customers.names().len()];
    for (code, bits) in codes.iter().zip(reasons.iter()) {
        if let Some(has_returns) = returns.get_mut(code as usize) {
            *has_returns |= is_returned(bits);
        }
    }
    let mut moves = purchases.moves(reasons, &returns);
    moves.sort_unstable();
    let mut gives_back = Vec::new();
    let mut balance = 0_i64;
    let mut last = NO_CODE;
    for one in moves {
        if one.customer != last {
            (balance, last) = (0, one.customer);
        }
        let after = balance.saturating_add(one.units);
        if !one.is_return || after >= 0 {
            balance = after;
            gives_back.extend(one.is_return.then_some(one.row));
        }
    }
    gives_back.sort_unstable();
    let mut next = gives_back.into_iter().peekable();
    for (row, reasons) in (0_u32..).zip(reasons.iter_mut()) {
        if next.next_if_eq(&row).is_some() {
            *reasons = ReasonSet::from_bits(*reasons).giving_back().bits();
        }
    }
}

impl Purchases<'_> {
    /// What customers who returned anything have bought and returned.
    fn moves(&self, reasons: &Blocks<u16>, returns: &[bool]) -> Vec<Move> {
        let rows = self.customers.codes().iter().zip(self.days.iter());
        let rows = rows.zip(self.units.iter()).zip(reasons.iter());
        let mut moves = Vec::new();
        for (row, (((customer, day), units), bits)) in rows.enumerate() {
            let is_return = ReasonSet::from_bits(bits).contains(Reason::Returned) && units < 0;
            let is_known = day != NO_DAY && units != NO_UNITS;
            if is_known && (is_return || bits == 0) && returns.get(customer as usize) == Some(&true)
            {
                moves.push(Move {
                    customer,
                    day,
                    seconds: self.seconds.map_or(0, |seconds| seconds.get(row)),
                    is_return,
                    units,
                    row: row as u32,
                });
            }
        }
        moves
    }
}

/// Rows with the hash of an earlier row.
///
/// Bitmaps of 16 bits a row find the few that could be repeated; only these are looked up.
pub(super) fn duplicates(reasons: &mut Blocks<u16>, hashes: &Blocks<u64>) {
    let n_words = (hashes.len() / 4).next_power_of_two();
    let (mut met, mut met_twice) = (vec![0_u64; n_words], vec![0_u64; n_words]);
    for hashes in hashes.blocks() {
        note_met(&mut met, &mut met_twice, hashes);
    }
    drop(met);
    let mut candidates: HashSet<u64, FixedState> = HashSet::default();
    for (reasons, hashes) in reasons.blocks_mut().zip(hashes.blocks()) {
        mark_repeated(reasons, hashes, &met_twice, &mut candidates);
    }
}

/// The bit of a hash in a bitmap of so many words, a power of two.
#[inline(always)]
const fn bit_of(hash: u64, n_words: usize) -> (usize, u64) {
    ((hash >> 6) as usize & (n_words - 1), 1 << (hash & 63))
}

#[inline(never)]
fn note_met(met: &mut [u64], met_twice: &mut [u64], hashes: &[u64]) {
    for &hash in hashes {
        let (word, bit) = bit_of(hash, met.len());
        if met[word] & bit != 0 {
            met_twice[word] |= bit;
        }
        met[word] |= bit;
    }
}

#[inline(never)]
fn mark_repeated(
    reasons: &mut [u16],
    hashes: &[u64],
    met_twice: &[u64],
    candidates: &mut HashSet<u64, FixedState>,
) {
    for (reasons, &hash) in reasons.iter_mut().zip(hashes) {
        let (word, bit) = bit_of(hash, met_twice.len());
        if met_twice[word] & bit != 0
            && !candidates.insert(hash)
            && !ReasonSet::from_bits(*reasons).contains(Reason::Blank)
        {
            mark(reasons, Reason::Duplicate);
        }
    }
}

/// All but one row of each customer: of those without another reason, or else of all, the one with the smallest hash stays,
/// wherever in the file it stands.
pub(super) fn repeated_keys(
    reasons: &mut Blocks<u16>,
    customers: &TextColumn,
    hashes: &Blocks<u64>,
) {
    let mut kept: Vec<Option<(bool, u64, u32)>> = vec![None; customers.names().len()];
    let rows = customers.codes().iter().zip(hashes.iter());
    for (row, ((code, hash), bits)) in rows.zip(reasons.iter()).enumerate() {
        if let Some(best) = kept.get_mut(code as usize) {
            let this = (bits != 0, hash, row as u32);
            *best = Some(best.map_or(this, |best| best.min(this)));
        }
    }
    for (row, (reasons, code)) in reasons.iter_mut().zip(customers.codes().iter()).enumerate() {
        let keeper = kept.get(code as usize).copied().flatten();
        if keeper.is_some_and(|(.., keeper)| keeper as usize != row) {
            mark(reasons, Reason::Duplicate);
        }
    }
}

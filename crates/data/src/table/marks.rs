//! Reasons that only the whole file shows: cancel marks, cancelled states, repeated rows.

use foldhash::fast::FixedState;
use hashbrown::HashSet;

use super::super::cancelled::CancelledStates;
use super::super::columns::{Blocks, TextColumn};
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
    for (reasons, codes) in reasons.blocks_mut().zip(column.codes().blocks()) {
        for (reasons, &code) in reasons.iter_mut().zip(codes.iter()) {
            let is_blank = ReasonSet::from_bits(*reasons).contains(Reason::Blank);
            if is_marked.get(code as usize) == Some(&true) && !is_blank {
                mark(reasons, Reason::Returned);
            }
        }
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

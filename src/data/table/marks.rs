//! Reasons that only the whole file shows: cancel marks, cancelled states, repeated rows.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::super::columns::{Blocks, NO_CODE, TextColumn};
use super::super::{Reason, ReasonSet};

/// Words of a state that ends without a sale, in lower case.
const CANCELLED: &[&str] = &[
    "취소",
    "반품",
    "환불",
    "cancel",
    "refund",
    "return",
    "void",
    "chargeback",
];

/// Words that make such a state no such state: in part only, refused, withdrawn, not at all.
const NOT_CANCELLED: &[&str] = &[
    "partial",
    "부분",
    "철회",
    "거부",
    "거절",
    "uncancel",
    "not cancel",
    "not return",
    "not refund",
    "no refund",
    "no return",
    "non-refund",
    "nonrefund",
    "refund denied",
    "refund declined",
    "return denied",
    "return declined",
    "cancellation denied",
    "cancellation declined",
];

/// What a column that is named after cancelling says where it holds.
const YES: &[&str] = &["y", "yes", "true", "t", "1", "o", "예"];

fn mark(reasons: &mut u8, reason: Reason) {
    *reasons = ReasonSet::from_bits(*reasons).with(reason).bits();
}

/// Rows of which the amount turned out not to fit.
pub(super) fn unreadable(reasons: &mut Blocks<u8>, rows: &[usize]) {
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
pub(super) fn cancelled_orders(reasons: &mut Blocks<u8>, orders: &TextColumn) {
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
pub(super) fn cancelled_status(reasons: &mut Blocks<u8>, states: &TextColumn, header: &str) {
    let names = states.names();
    let is_flag = contains(&header.to_lowercase(), CANCELLED);
    let is_cancelled = |code: u32| {
        let state = names.get(code).to_lowercase();
        says_cancelled(&state) || (is_flag && YES.contains(&state.as_str()))
    };
    let is_cancelled: Vec<bool> = (0..names.len() as u32).map(is_cancelled).collect();
    mark_codes(reasons, states, &is_cancelled);
}

/// Whether a state, in lower case, says that there was no sale in the end.
fn says_cancelled(state: &str) -> bool {
    contains(state, CANCELLED) && !contains(state, NOT_CANCELLED)
}

fn contains(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn mark_codes(reasons: &mut Blocks<u8>, column: &TextColumn, is_marked: &[bool]) {
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

/// Rows with the hash of an earlier row.
///
/// A bitmap of 16 bits a row finds the few that could be repeated; only these are looked up.
pub(super) fn duplicates(reasons: &mut Blocks<u8>, hashes: &Blocks<u64>) {
    let n_bits = (hashes.len() * 16).next_power_of_two().max(64);
    let mut bitmap = vec![0_u64; n_bits / 64];
    let mut candidates: HashMap<u64, bool, FixedState> = HashMap::default();
    for &hash in hashes.blocks().flatten() {
        let bit = hash as usize & (n_bits - 1);
        let (word, mask) = (&mut bitmap[bit / 64], 1 << (bit % 64));
        if *word & mask != 0 {
            candidates.insert(hash, false);
        }
        *word |= mask;
    }
    if candidates.is_empty() {
        return;
    }
    for (reasons, hashes) in reasons.blocks_mut().zip(hashes.blocks()) {
        for (reasons, hash) in reasons.iter_mut().zip(hashes) {
            if let Some(was_met) = candidates.get_mut(hash)
                && std::mem::replace(was_met, true)
                && !ReasonSet::from_bits(*reasons).contains(Reason::Blank)
            {
                mark(reasons, Reason::Duplicate);
            }
        }
    }
}

/// All but one row of each customer; the one with the smallest hash stays, wherever in the file it stands.
pub(super) fn repeated_customers(
    reasons: &mut Blocks<u8>,
    customers: &TextColumn,
    hashes: &Blocks<u64>,
) {
    let mut kept: Vec<Option<(u64, u32)>> = vec![None; customers.names().len()];
    let codes = || customers.codes().iter().zip(hashes.iter()).enumerate();
    let known = |&(_, (code, _)): &(usize, (u32, u64))| code != NO_CODE;
    for (row, (code, hash)) in codes().filter(known) {
        let best = &mut kept[code as usize];
        let this = (hash, row as u32);
        *best = Some(best.map_or(this, |best| best.min(this)));
    }
    for (reasons, (row, (code, _))) in reasons.iter_mut().zip(codes()) {
        let keeper = kept.get(code as usize).copied().flatten();
        if keeper.is_some_and(|(_, keeper)| keeper as usize != row) {
            mark(reasons, Reason::Duplicate);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_that_end_without_a_sale_are_known() {
        for (state, expected) in [
            ("refunded", true),
            ("refund", true),
            ("cancelled: no stock", true),
            ("canceled", true),
            ("payment declined, cancelled", true),
            ("returned - not as described", true),
            ("voided", true),
            ("취소완료", true),
            ("반품", true),
            ("환불 완료", true),
            ("partially refunded", false),
            ("refund denied", false),
            ("not cancelled", false),
            ("부분취소", false),
            ("취소철회", false),
            ("반품거부", false),
            ("paid", false),
            ("배송완료", false),
        ] {
            assert_eq!(says_cancelled(state), expected, "{state}");
        }
    }
}

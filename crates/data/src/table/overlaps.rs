//! Rows that several files have: what one file has already is no new sale in the next.
//!
//! Rows are the same where they say the same, in whatever order of columns, encoding or form of numbers; a column of texts
//! that one of the files lacks says nothing of that. A row that
//! stands twice in one file is two rows; of several files each row counts as often as in the file that has it most
//! often, so that files that were cut from one another come to the whole. A row with an unreadable value, or without
//! the pieces that its amount comes from, says too little for that: it is known by its text, where both files have their
//! columns in one order.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::super::columns::{Blocks, FewNumbers, NO_CODE, NO_UNITS, Narrow, TextColumn};
use super::super::row_hash::row_hash;
use super::super::rows::{Rows, salt_of};
use super::super::source_file::SourceFile;
use super::super::{Reason, ReasonSet};

/// What rows say, in every column that is kept.
pub(super) struct Keys<'a> {
    texts: Vec<&'a TextColumn>,
    days: &'a Narrow<i32>,
    seconds: Option<&'a Narrow<u32>>,
    units: Option<&'a Narrow<i64>>,
    pieces: Option<&'a FewNumbers>,
    prices: Option<&'a Blocks<u32>>,
    /// Of the rows' texts, with the salt of their files.
    hashes: &'a Blocks<u64>,
    /// Whether amounts are pieces times price, so that pieces and amount say the price.
    are_products: bool,
}

impl<'a> Keys<'a> {
    /// What `rows` say, whose amounts are `units` by now.
    pub(super) fn new(rows: &'a Rows, units: Option<&'a Narrow<i64>>) -> Self {
        let plan = &rows.plan;
        Self {
            texts: rows.texts.iter().collect(),
            days: &rows.days,
            seconds: rows.seconds.as_ref(),
            units,
            pieces: rows.pieces.as_ref(),
            prices: rows.prices.as_ref(),
            hashes: &rows.hashes,
            are_products: plan.has_price && plan.has_pieces && !plan.has_amount,
        }
    }
}

impl Keys<'_> {
    /// Leaves out the texts that one of the files has in none of its rows: nothing there is no other text.
    fn compare_what_all_have(&mut self, files: &[SourceFile]) {
        let files = files.iter().filter(|file| file.n_rows > 0);
        self.texts.retain(|column| {
            let says_some = |file: &SourceFile| {
                let mut rows = file.first_row..file.first_row + file.n_rows;
                rows.any(|row| column.codes().get(row) != NO_CODE)
            };
            files.clone().all(says_some)
        });
    }
}

/// How often a row was met.
#[derive(Clone, Copy, Default)]
struct Met {
    /// At most in one of the files before.
    before: u32,
    /// The place of that file.
    file_before: u32,
    /// In the file that is looked at, with its place.
    now: u32,
    file: u32,
}

impl Met {
    /// Meets the row once more, in the file at `place`; gives the file that has this one already.
    fn again(&mut self, place: u32) -> Option<u32> {
        if self.file != place {
            if self.now > self.before {
                (self.before, self.file_before) = (self.now, self.file);
            }
            (self.now, self.file) = (0, place);
        }
        self.now += 1;
        (self.now <= self.before).then_some(self.file_before)
    }
}

/// Notes the rows that an earlier file has already, and how many each file has.
pub(super) fn mark(reasons: &mut Blocks<u16>, mut keys: Keys<'_>, files: &mut [SourceFile]) {
    keys.compare_what_all_have(files);
    let keys = &keys;
    let shared = Shared::new(keys, reasons, files);
    let mut met: HashMap<u64, Met, FixedState> = HashMap::default();
    let mut rows = reasons.iter_mut().enumerate();
    for (place, file) in files.iter_mut().enumerate() {
        let of_file = of_file(place, file);
        for (row, reasons) in rows.by_ref().take(file.n_rows) {
            let set = ReasonSet::from_bits(*reasons);
            let key = keys.of(row, set, of_file);
            let key = key.filter(|&key| shared.may_have(key));
            let Some(key) = key else {
                continue;
            };
            if let Some(earlier) = met.entry(key).or_default().again(place as u32) {
                *reasons = set.with(Reason::Overlap).bits();
                file.note_overlap(earlier);
            }
        }
    }
}

/// Orders of which several files have rows that differ: one state of the order each, or parts of it.
pub(super) fn n_split_orders(
    reasons: &Blocks<u16>,
    orders: &TextColumn,
    files: &[SourceFile],
) -> u64 {
    const IN_NONE: u32 = u32::MAX;
    const IN_SEVERAL: u32 = u32::MAX - 1;
    let mut file_of = vec![IN_NONE; orders.names().len()];
    let mut n_split = 0;
    let mut rows = reasons.iter().zip(orders.codes().iter());
    for (place, file) in (0..).zip(files) {
        for (reasons, code) in rows.by_ref().take(file.n_rows) {
            let is_known = ReasonSet::from_bits(reasons).contains(Reason::Overlap);
            if code == NO_CODE || is_known {
                continue;
            }
            let of_order = &mut file_of[code as usize];
            if *of_order == IN_NONE {
                *of_order = place;
            } else if *of_order != place && *of_order != IN_SEVERAL {
                *of_order = IN_SEVERAL;
                n_split += 1;
            }
        }
    }
    n_split
}

/// What turns the hash of a row's text into one that the same text has in another file with the same order of columns.
fn of_file(place: usize, file: &SourceFile) -> u64 {
    let order: Vec<u8> = file
        .places
        .iter()
        .flatten()
        .flat_map(|&place| (place as u32).to_le_bytes())
        .collect();
    salt_of(place) ^ row_hash(&order)
}

impl Keys<'_> {
    /// Two of 10 million differing rows share one by a chance of 1 to 300,000; two that differ in nothing but price, or
    /// in a text that was not kept, by one of 1 to 4 thousand million. `None` for a blank row.
    fn of(&self, row: usize, reasons: ReasonSet, of_file: u64) -> Option<u64> {
        if reasons.contains(Reason::Blank) {
            return None;
        }
        let units = self.units.map(|units| units.get(row));
        let has_pieces = self.pieces.is_some_and(|pieces| pieces.is_some_number(row));
        let is_part = self.are_products && (units == Some(NO_UNITS) || !has_pieces);
        if is_part || reasons.contains(Reason::Unreadable) {
            return Some(self.hashes.get(row) ^ of_file);
        }
        let mut hasher = FixedState::default().build_hasher();
        for column in &self.texts {
            hasher.write_u32(column.codes().get(row));
        }
        if self.days.len() > row {
            hasher.write_i32(self.days.get(row));
        }
        if let Some(seconds) = self.seconds {
            hasher.write_u32(seconds.get(row));
        }
        if let Some(units) = units {
            hasher.write_i64(units);
        }
        if let Some(pieces) = self.pieces {
            hasher.write_u32(pieces.codes().get(row));
        }
        if let Some(prices) = self.prices {
            hasher.write_u32(prices.get(row));
        }
        Some(hasher.finish())
    }
}

/// Which rows could be in two files: a bitmap of 16 bits a row, so that few of them need be looked up.
struct Shared {
    words: Vec<u64>,
}

impl Shared {
    fn new(keys: &Keys<'_>, reasons: &Blocks<u16>, files: &[SourceFile]) -> Self {
        let n_words = (reasons.len() / 4).next_power_of_two();
        let (mut met, mut shared) = (vec![0_u64; n_words], vec![0_u64; n_words]);
        let mut own = Vec::new();
        for (place, file) in files.iter().enumerate() {
            let rows: Range<usize> = file.first_row..file.first_row + file.n_rows;
            let of_file = of_file(place, file);
            own.clear();
            let set_of = |row: usize| ReasonSet::from_bits(reasons.get(row));
            for key in rows.filter_map(|row| keys.of(row, set_of(row), of_file)) {
                let (word, bit) = bit_of(key, n_words);
                if met[word] & bit != 0 {
                    shared[word] |= bit;
                }
                own.push((word as u32, bit.trailing_zeros() as u8));
            }
            // Only now, so that a file does not overlap with itself.
            for &(word, bit) in &own {
                met[word as usize] |= 1 << bit;
            }
        }
        Self { words: shared }
    }

    fn may_have(&self, key: u64) -> bool {
        let (word, bit) = bit_of(key, self.words.len());
        self.words[word] & bit != 0
    }
}

const fn bit_of(key: u64, n_words: usize) -> (usize, u64) {
    ((key >> 6) as usize & (n_words - 1), 1 << (key & 63))
}

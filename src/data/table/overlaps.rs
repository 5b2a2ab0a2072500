//! Rows that several files have: what one file has already is no new sale in the next.
//!
//! Rows are the same where they say the same, in whatever order of columns, encoding or form of numbers. A row that
//! stands twice in one file is two rows; of several files each row counts as often as in the file that has it most
//! often, so that files that were cut from one another come to the whole. A row with an unreadable value says too little
//! to be known again, and quantity and price are known by their product.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::super::columns::{Blocks, TextColumn};
use super::super::source_file::SourceFile;
use super::super::{Reason, ReasonSet};

/// What rows say.
pub(super) struct Keys<'a> {
    pub(super) texts: &'a [TextColumn],
    pub(super) days: &'a Blocks<i32>,
    pub(super) seconds: Option<&'a Blocks<u32>>,
    pub(super) units: Option<&'a Blocks<i64>>,
}

/// How often a row was met.
#[derive(Clone, Copy, Default)]
struct Met {
    /// At most in one of the files before.
    before: u32,
    /// In the file that is looked at, with its place.
    now: u32,
    file: u32,
}

/// Notes the rows that an earlier file has already, and how many each file has.
pub(super) fn mark(reasons: &mut Blocks<u16>, keys: &Keys<'_>, files: &mut [SourceFile]) {
    let n_rows = reasons.len();
    let shared = Shared::new(keys, files, n_rows);
    let mut met: HashMap<u64, Met, FixedState> = HashMap::default();
    let mut rows = reasons.iter_mut().enumerate();
    for (place, file) in files.iter_mut().enumerate() {
        for (row, reasons) in rows.by_ref().take(file.n_rows) {
            let key = keys.of(row);
            let set = ReasonSet::from_bits(*reasons);
            if !shared.may_have(key)
                || set.contains(Reason::Blank)
                || set.contains(Reason::Unreadable)
            {
                continue;
            }
            let met = met.entry(key).or_default();
            if met.file != place as u32 {
                *met = Met {
                    before: met.before.max(met.now),
                    now: 0,
                    file: place as u32,
                };
            }
            met.now += 1;
            if met.now <= met.before {
                *reasons = set.with(Reason::Overlap).bits();
                file.n_overlapping += 1;
            }
        }
    }
}

impl Keys<'_> {
    /// Two of 10 million differing rows share one by a chance of 1 to 300,000.
    fn of(&self, row: usize) -> u64 {
        let mut hasher = FixedState::default().build_hasher();
        for column in self.texts {
            hasher.write_u32(column.codes().get(row));
        }
        if self.days.len() > row {
            hasher.write_i32(self.days.get(row));
        }
        if let Some(seconds) = self.seconds {
            hasher.write_u32(seconds.get(row));
        }
        if let Some(units) = self.units {
            hasher.write_i64(units.get(row));
        }
        hasher.finish()
    }
}

/// Which rows could be in two files: a bitmap of 16 bits a row, so that few of them need be looked up.
struct Shared {
    words: Vec<u64>,
}

impl Shared {
    fn new(keys: &Keys<'_>, files: &[SourceFile], n_rows: usize) -> Self {
        let n_words = (n_rows / 4).next_power_of_two();
        let (mut met, mut shared) = (vec![0_u64; n_words], vec![0_u64; n_words]);
        let mut own = Vec::new();
        for file in files {
            let rows: Range<usize> = file.first_row..file.first_row + file.n_rows;
            own.clear();
            for row in rows {
                let (word, bit) = bit_of(keys.of(row), n_words);
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

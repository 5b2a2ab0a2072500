//! Rows and money by set of reasons: from these sums the ledger of any choices follows at once.

use super::super::columns::{Blocks, NO_UNITS, Units};
use super::super::{Bucket, Choices, FileAccount, Ledger, Money, Reason, ReasonSet, Returned};

/// How many rows of a bucket are named.
const N_FIRST_ROWS: usize = 5;

/// What the rows with one set of reasons come to.
#[derive(Clone, Debug, Default)]
struct Account {
    n_rows: u64,
    units: i128,
    first_rows: Vec<u32>,
}

impl Account {
    fn add(&mut self, other: &Self) {
        self.n_rows += other.n_rows;
        self.units += other.units;
        self.first_rows.extend(&other.first_rows);
        self.first_rows.sort_unstable();
        self.first_rows.truncate(N_FIRST_ROWS);
    }
}

/// Counts the rows of a block that starts with row number `first_row`.
#[inline(never)]
fn count(by_set: &mut [Account], first_row: usize, sets: &[u16]) {
    for (row, &set) in (first_row..).zip(sets) {
        let account = &mut by_set[usize::from(set)];
        if account.n_rows < N_FIRST_ROWS as u64 {
            account.first_rows.push(row as u32);
        }
        account.n_rows += 1;
    }
}

/// Adds the money of a block.
#[inline(never)]
fn add_up(by_set: &mut [Account], sets: &[u16], units: &[i64]) {
    let rows = sets.iter().zip(units);
    for (&set, &units) in rows.filter(|&(_, &units)| units != NO_UNITS) {
        by_set[usize::from(set)].units += i128::from(units);
    }
}

/// The sums of all rows, by set of reasons.
#[derive(Clone, Debug)]
pub(super) struct Accounts {
    by_set: Vec<Account>,
    scale: u8,
    n_split_orders: u64,
    n_further_lines: u64,
    n_rounded: u64,
}

impl Accounts {
    /// The sums of rows with these reasons.
    pub(super) fn new(reasons: &Blocks<u16>, amounts: Option<&Units>) -> Self {
        let mut by_set = vec![Account::default(); 1 << Reason::ALL.len()];
        let mut n_rows = 0;
        for sets in reasons.blocks() {
            count(&mut by_set, n_rows, sets);
            n_rows += sets.len();
        }
        if let Some(amounts) = amounts {
            for (sets, units) in reasons.blocks().zip(amounts.units.blocks()) {
                add_up(&mut by_set, sets, &units);
            }
        }
        Self {
            by_set,
            n_split_orders: 0,
            n_further_lines: 0,
            scale: amounts.map_or(0, |amounts| amounts.scale),
            n_rounded: amounts.map_or(0, |amounts| amounts.n_rounded),
        }
    }

    /// With these numbers of orders of which several files have rows that differ, and of rows without the amount that
    /// another line of their order has.
    pub(super) fn with_orders(self, n_split_orders: u64, n_further_lines: u64) -> Self {
        Self {
            n_split_orders,
            n_further_lines,
            ..self
        }
    }

    /// The ledger of `files`; `place_of` gives the file and the line of a row. `returns` are the rows that can be taken
    /// off what customers spent.
    pub(super) fn ledger(
        &self,
        files: Vec<FileAccount>,
        choices: Choices,
        returns: Returned,
        place_of: impl Fn(usize) -> (u32, u64),
    ) -> Ledger {
        let has_several = files.len() > 1;
        let reasons = Reason::ALL.into_iter();
        let reasons = reasons.filter(|&reason| match reason {
            Reason::Overlap => has_several,
            Reason::RepeatedTotal => self.sum(|set| set.contains(reason)).n_rows > 0,
            _ => true,
        });
        let kinds = std::iter::once(None).chain(reasons.map(Some));
        let bucket = |reason: Option<Reason>| {
            let account = self.sum(|set| choices.bucket_of(set) == reason);
            let rows = account.first_rows.iter();
            let (first_files, first_lines) = rows.map(|&row| place_of(row as usize)).unzip();
            Bucket {
                reason,
                n_rows: account.n_rows,
                money: Money::new(account.units, self.scale),
                first_lines,
                first_files: if has_several { first_files } else { Vec::new() },
                n_rows_with_reason: match reason {
                    Some(reason) => self.sum(|set| set.contains(reason)).n_rows,
                    None => account.n_rows,
                },
                n_rows_counted: match reason {
                    Some(reason) => {
                        let counts = |set| choices.bucket_of(set).is_none();
                        self.sum(|set| set.contains(reason) && counts(set)).n_rows
                    }
                    None => account.n_rows,
                },
            }
        };
        let all = self.sum(|_| true);
        Ledger {
            files,
            n_split_orders: self.n_split_orders,
            n_further_lines: self.n_further_lines,
            n_rounded: self.n_rounded,
            n_rows: all.n_rows,
            money: Money::new(all.units, self.scale),
            returns,
            buckets: kinds.map(bucket).collect(),
            choices,
        }
    }

    fn sum(&self, is_in: impl Fn(ReasonSet) -> bool) -> Account {
        let mut sum = Account::default();
        for (bits, account) in self.by_set.iter().enumerate() {
            if account.n_rows > 0 && is_in(ReasonSet::from_bits(bits as u16)) {
                sum.add(account);
            }
        }
        sum
    }
}

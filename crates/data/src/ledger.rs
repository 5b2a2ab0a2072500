//! Every row of the file in exactly one bucket.
//!
//! A row may have several reasons to be left out; its bucket is the first active one in the order of [`Reason`].
//! Invariant: rows and money of the buckets add up to the file, exactly, whatever the choices are.

use serde::{Deserialize, Serialize};

use super::Money;
use super::parcel::{Packer, Unpacker};

/// Why a row may be left out, in order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Reason {
    /// All cells are empty.
    Blank,
    /// Of several files: a row that an earlier one has already.
    Overlap,
    /// More or fewer cells than the header.
    Ragged,
    /// No customer id; in a table of products, no product.
    NoCustomer,
    /// No date.
    NoDate,
    /// A date, amount, quantity or price that cannot be read.
    Unreadable,
    /// A cancelled or returned order: cancel mark, cancelled status, negative quantity or amount.
    Returned,
    /// No amount, or one that is zero.
    NoPositiveAmount,
    /// Byte for byte the same as an earlier row of its file; in a table of customers, an id that was there before.
    Duplicate,
    /// Where amounts are totals of orders: a line of an order whose amount another line has already.
    RepeatedTotal,
}

impl Reason {
    /// All, in order of precedence.
    pub const ALL: [Self; 10] = [
        Self::Blank,
        Self::Overlap,
        Self::Ragged,
        Self::NoCustomer,
        Self::NoDate,
        Self::Unreadable,
        Self::Returned,
        Self::NoPositiveAmount,
        Self::Duplicate,
        Self::RepeatedTotal,
    ];

    /// The name used in files, project settings and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Ragged => "ragged",
            Self::NoCustomer => "no_customer",
            Self::NoDate => "no_date",
            Self::Unreadable => "unreadable",
            Self::Returned => "returned",
            Self::NoPositiveAmount => "no_positive_amount",
            Self::Overlap => "overlap",
            Self::Duplicate => "duplicate",
            Self::RepeatedTotal => "repeated_total",
        }
    }

    /// Whether a person can choose to count such rows. The others hold nothing that could be counted.
    pub const fn is_choice(self) -> bool {
        matches!(
            self,
            Self::Ragged
                | Self::NoCustomer
                | Self::Returned
                | Self::NoPositiveAmount
                | Self::Overlap
                | Self::Duplicate
                | Self::RepeatedTotal
        )
    }
}

/// A set of reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Reason>", into = "Vec<Reason>")]
pub struct ReasonSet(u16);

impl ReasonSet {
    /// No reason at all.
    pub const EMPTY: Self = Self(0);

    /// This set and `reason`.
    #[must_use]
    pub const fn with(self, reason: Reason) -> Self {
        Self(self.0 | 1 << reason as u8)
    }

    /// This set less `reason`.
    #[must_use]
    pub const fn without(self, reason: Reason) -> Self {
        Self(self.0 & !(1 << reason as u8))
    }

    /// What both sets have.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// One bit for each reason, in order of precedence from the lowest bit.
    pub(crate) const fn bits(self) -> u16 {
        self.0
    }

    /// The set with these [`ReasonSet::bits`].
    pub(crate) const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// Whether `reason` is in it.
    pub const fn contains(self, reason: Reason) -> bool {
        self.0 & 1 << reason as u8 != 0
    }

    /// The reason of highest precedence, if there is one.
    pub fn first(self) -> Option<Reason> {
        Reason::ALL.get(self.0.trailing_zeros() as usize).copied()
    }
}

impl From<Vec<Reason>> for ReasonSet {
    fn from(reasons: Vec<Reason>) -> Self {
        reasons.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl From<ReasonSet> for Vec<Reason> {
    fn from(set: ReasonSet) -> Self {
        Reason::ALL
            .into_iter()
            .filter(|&reason| set.contains(reason))
            .collect()
    }
}

/// Which rows a person leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    leave_out: ReasonSet,
    #[serde(default)]
    nets_returns: bool,
}

impl Choices {
    /// Leaves rows with `reason` out, or counts them. Reasons that are no choice always stay left out.
    #[must_use]
    pub const fn set(self, reason: Reason, left_out: bool) -> Self {
        if !reason.is_choice() {
            return self;
        }
        Self {
            leave_out: if left_out {
                self.leave_out.with(reason)
            } else {
                self.leave_out.without(reason)
            },
            ..self
        }
    }

    /// Takes the money of returns off what their customers spent, or does not. A return is no order either way, and
    /// does not make a customer a recent one.
    #[must_use]
    pub const fn net_returns(self, nets_returns: bool) -> Self {
        Self {
            nets_returns,
            ..self
        }
    }

    /// Whether the money of returns is taken off, as far as they are left out.
    pub const fn nets_returns(self) -> bool {
        self.nets_returns && self.leaves_out(Reason::Returned)
    }

    /// Whether a row is left out as returned and for nothing else.
    pub(super) fn only_returned(self, reasons: ReasonSet) -> bool {
        self.bucket_of(reasons) == Some(Reason::Returned)
            && self.bucket_of(reasons.without(Reason::Returned)).is_none()
    }

    /// Whether rows with `reason` are left out.
    pub const fn leaves_out(self, reason: Reason) -> bool {
        !reason.is_choice() || self.leave_out.contains(reason)
    }

    /// The reasons that leave rows out.
    pub(crate) fn active(self) -> ReasonSet {
        let active = Reason::ALL
            .into_iter()
            .filter(|&reason| self.leaves_out(reason));
        active.fold(ReasonSet::EMPTY, ReasonSet::with)
    }

    /// Of a row's reasons the one that leaves it out, or `None` where the row counts.
    pub fn bucket_of(self, reasons: ReasonSet) -> Option<Reason> {
        reasons.intersection(self.active()).first()
    }
}

/// All but duplicates are left out: two equal order lines are more often two sales than one mistake. Money of returns is
/// left where it is.
impl Default for Choices {
    fn default() -> Self {
        Self {
            leave_out: Reason::ALL
                .into_iter()
                .fold(ReasonSet::EMPTY, ReasonSet::with)
                .without(Reason::Duplicate),
            nets_returns: false,
        }
    }
}

/// One bucket of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// `None` for the rows that count.
    pub reason: Option<Reason>,
    /// Rows in this bucket.
    pub n_rows: u64,
    /// The sum of their readable amounts.
    pub money: Money,
    /// Lines of the first few, counted from 1 as a text editor does.
    pub first_lines: Vec<u64>,
    /// Of several files: the places in [`Ledger::files`] of those that the lines are of.
    #[serde(default)]
    pub first_files: Vec<u32>,
    /// Rows that have this reason in whatever bucket they are: what a toggle could move.
    pub n_rows_with_reason: u64,
    /// Those of them that count all the same, since the choices do not leave them out.
    pub n_rows_counted: u64,
}

impl Bucket {
    /// The name used in files and page attributes: `used` or the reason's key.
    pub fn kind(&self) -> &'static str {
        self.reason.map_or("used", Reason::key)
    }
}

/// Rows of a file that are no rows of its table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedRows {
    /// How many; lines without a byte are none.
    #[serde(rename = "rows")]
    pub n_rows: u64,
    /// Lines of the first few, counted from 1 as a text editor does.
    pub first_lines: Vec<u64>,
}

impl PassedRows {
    /// How many are named.
    const N_FIRST: usize = 5;

    pub(super) fn note(&mut self, line: u64) {
        self.n_rows += 1;
        if self.first_lines.len() < Self::N_FIRST {
            self.first_lines.push(line);
        }
    }

    pub(super) fn pack(&self, packer: &mut Packer<'_>) {
        packer.numbers(&[self.n_rows]);
        packer.numbers(&self.first_lines);
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let [n_rows] = unpacker.fixed()?;
        Some(Self {
            n_rows,
            first_lines: unpacker.numbers()?,
        })
    }

    /// Adds those of a stretch of the file that is behind `n_lines` lines.
    pub(super) fn append(&mut self, other: &Self, n_lines: u64) {
        let n_free = Self::N_FIRST.saturating_sub(self.first_lines.len());
        let lines = other.first_lines.iter().take(n_free);
        self.first_lines.extend(lines.map(|line| line + n_lines));
        self.n_rows += other.n_rows;
    }
}

/// What stands in the file beside the rows of the table: with the rows of all buckets and the first row that names
/// the columns these are all rows of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Lines above the table.
    pub above: PassedRows,
    /// Rows that name the columns together with the first.
    pub header: PassedRows,
    /// Notes and further tables below it.
    pub below: PassedRows,
}

/// A file that rows were read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileAccount {
    /// Its name.
    pub name: String,
    /// Its rows, the header not counted.
    pub n_rows: u64,
    /// Of these, rows whose quotes or delimiters did not add up and were mended.
    pub n_mended: u64,
    /// Of these, rows that an earlier file has already.
    pub n_overlapping: u64,
    /// The places of these files with how many of the rows each has; of several that have a row, the one that has it
    /// most often, or the first.
    #[serde(default)]
    pub overlaps: Vec<(u32, u64)>,
    /// What stands beside its table and is in no bucket.
    pub beside: Beside,
}

/// Rows that give back money of an earlier purchase of their customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// How many.
    pub n_rows: u64,
    /// Their money, below zero.
    pub money: Money,
    /// Of them, rows later than the day after the last order, the usual as-of date: on it they are not known yet.
    #[serde(default)]
    pub n_late_rows: u64,
    /// The money of these, below zero.
    #[serde(default)]
    pub late_money: Money,
}

/// The account of all files that were read as one table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// The files, in the order in which they were read.
    pub files: Vec<FileAccount>,
    /// Orders of which several files have rows that differ.
    #[serde(default)]
    pub n_split_orders: u64,
    /// Of the rows without an amount, lines of orders whose amount stands on another line.
    #[serde(default)]
    pub n_further_lines: u64,
    /// Amounts with more decimals than the sums can hold, which were read to six: prints of floating-point numbers.
    #[serde(default)]
    pub n_rounded: u64,
    /// The rows of all.
    pub n_rows: u64,
    /// The sum of all readable amounts.
    pub money: Money,
    /// Returned rows whose money can be taken off what their customers spent; whether it is, the choices say.
    #[serde(default)]
    pub returns: Returned,
    /// `used` first, then every reason in order of precedence, empty ones too; [`Reason::Overlap`] only of several files,
    /// [`Reason::RepeatedTotal`] only where amounts are totals of orders.
    pub buckets: Vec<Bucket>,
    /// The choices under which this holds.
    pub choices: Choices,
}

impl Ledger {
    /// How many rows add the total of their order once more; `None` where none does.
    pub fn n_totals_added(&self) -> Option<u64> {
        let is_meant = |bucket: &&Bucket| bucket.reason == Some(Reason::RepeatedTotal);
        let bucket = self.buckets.iter().find(is_meant)?;
        (bucket.n_rows_counted > 0).then_some(bucket.n_rows_counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_active_reason_wins() {
        let row = ReasonSet::EMPTY
            .with(Reason::Returned)
            .with(Reason::NoCustomer);
        let choices = Choices::default();
        assert_eq!(choices.bucket_of(row), Some(Reason::NoCustomer));
        assert_eq!(
            choices.set(Reason::NoCustomer, false).bucket_of(row),
            Some(Reason::Returned)
        );
        assert_eq!(choices.bucket_of(ReasonSet::EMPTY), None);
    }

    #[test]
    fn duplicates_count_until_told_otherwise() {
        let row = ReasonSet::EMPTY.with(Reason::Duplicate);
        assert_eq!(Choices::default().bucket_of(row), None);
        assert_eq!(
            Choices::default()
                .set(Reason::Duplicate, true)
                .bucket_of(row),
            Some(Reason::Duplicate)
        );
    }

    #[test]
    fn money_is_taken_off_of_what_is_left_out_as_returned_and_for_nothing_else() {
        let row = ReasonSet::EMPTY.with(Reason::Returned);
        let nets = Choices::default().net_returns(true);
        assert!(nets.nets_returns() && nets.only_returned(row));
        assert!(!nets.only_returned(row.with(Reason::Overlap)));
        let twice = row.with(Reason::Duplicate);
        assert!(nets.only_returned(twice));
        assert!(!nets.set(Reason::Duplicate, true).only_returned(twice));
        assert!(!nets.set(Reason::Returned, false).nets_returns());
    }

    #[test]
    fn rows_without_a_date_can_never_count() {
        let row = ReasonSet::EMPTY.with(Reason::NoDate);
        assert_eq!(
            Choices::default().set(Reason::NoDate, false).bucket_of(row),
            Some(Reason::NoDate)
        );
    }
}

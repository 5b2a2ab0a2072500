//! A file that rows of a table were read from.

use super::{Beside, Dialect, FileAccount, Preview};

/// A file that rows of a table were read from.
#[derive(Clone, Debug)]
pub(super) struct SourceFile {
    pub(super) name: String,
    pub(super) n_bytes: u64,
    pub(super) dialect: Dialect,
    /// The number of its first row among those of the table.
    pub(super) first_row: usize,
    pub(super) n_rows: usize,
    pub(super) n_mended: u64,
    /// Rows that an earlier file has already.
    pub(super) n_overlapping: u64,
    pub(super) beside: Beside,
    /// By column of the table where it stands in this file; `None` where all stand in the table's order.
    pub(super) places: Option<Vec<usize>>,
}

impl SourceFile {
    /// The file of `preview`, of which nothing has been read.
    pub(super) fn new(preview: &Preview, dialect: Dialect) -> Self {
        Self {
            name: preview.file_name.clone(),
            n_bytes: 0,
            dialect,
            first_row: 0,
            n_rows: 0,
            n_mended: 0,
            n_overlapping: 0,
            beside: Beside::default(),
            places: None,
        }
    }

    /// What the ledger says of it.
    pub(super) fn account(&self) -> FileAccount {
        FileAccount {
            name: self.name.clone(),
            n_rows: self.n_rows as u64,
            n_mended: self.n_mended,
            n_overlapping: self.n_overlapping,
            beside: self.beside.clone(),
        }
    }
}

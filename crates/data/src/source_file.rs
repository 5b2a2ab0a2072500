//! A file that rows of a table were read from.

use super::plan::CellForms;
use super::{Beside, Dialect, FileAccount, Preview};

/// A file that rows of a table were read from.
#[derive(Clone, Debug)]
pub(super) struct SourceFile {
    pub(super) name: String,
    pub(super) n_bytes: u64,
    pub(super) dialect: Dialect,
    /// How its numbers and dates are written.
    pub(super) forms: CellForms,
    /// The number of its first row among those of the table.
    pub(super) first_row: usize,
    pub(super) n_rows: usize,
    pub(super) n_mended: u64,
    /// Rows that an earlier file has already.
    pub(super) n_overlapping: u64,
    /// The places of these files with how many of the rows each has.
    pub(super) overlaps: Vec<(u32, u64)>,
    pub(super) beside: Beside,
    /// By column of the table where it stands in this file; `None` where all stand in the table's order.
    pub(super) places: Option<Vec<usize>>,
}

impl SourceFile {
    /// The file of `preview`, of which nothing has been read.
    pub(super) fn new(preview: &Preview, dialect: Dialect, forms: CellForms) -> Self {
        Self {
            name: preview.file_name.clone(),
            n_bytes: 0,
            dialect,
            forms,
            first_row: 0,
            n_rows: 0,
            n_mended: 0,
            n_overlapping: 0,
            overlaps: Vec::new(),
            beside: Beside::default(),
            places: None,
        }
    }

    /// Notes a row that the file at the place `earlier` has already.
    pub(super) fn note_overlap(&mut self, earlier: u32) {
        self.n_overlapping += 1;
        let place = self.overlaps.partition_point(|&(file, _)| file < earlier);
        match self.overlaps.get_mut(place) {
            Some((file, n_rows)) if *file == earlier => *n_rows += 1,
            _ => self.overlaps.insert(place, (earlier, 1)),
        }
    }

    /// What the ledger says of it.
    pub(super) fn account(&self) -> FileAccount {
        FileAccount {
            name: self.name.clone(),
            n_rows: self.n_rows as u64,
            n_mended: self.n_mended,
            n_overlapping: self.n_overlapping,
            overlaps: self.overlaps.clone(),
            beside: self.beside.clone(),
        }
    }
}

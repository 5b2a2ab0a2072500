//! The whole file, pushed in pieces of any size, to a [`Table`] that keeps every row.

use super::{Choices, Dataset, ImportError, Ledger, Mapping, Preview};

/// Takes a file in pieces of any size.
pub struct Importer {
    n_rows: u64,
}

impl Importer {
    /// Starts an import of the file that `preview` looked at.
    ///
    /// # Errors
    /// A mapping that cannot be used: a missing or unknown column, dates that nobody has explained.
    pub fn new(preview: &Preview, mapping: &Mapping) -> Result<Self, ImportError> {
        let _ = (preview, mapping);
        Ok(Self { n_rows: 0 })
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// Bytes that no row can be made of.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        let _ = bytes;
        Ok(())
    }

    /// Rows so far.
    pub fn n_rows(&self) -> u64 {
        self.n_rows
    }

    /// Ends the file.
    ///
    /// # Errors
    /// A file that has no rows or ends within a quote.
    pub fn finish(self) -> Result<Table, ImportError> {
        Err(ImportError::Empty)
    }
}

/// Every row of a file in typed columns, each with its reasons to be left out.
pub struct Table {}

impl Table {
    /// The customers of the rows that count under `choices`.
    ///
    /// # Errors
    /// [`ImportError::NoUsableRows`] where no row counts.
    pub fn dataset(&self, choices: Choices) -> Result<Dataset, ImportError> {
        let _ = choices;
        Err(ImportError::Empty)
    }

    /// The account of all rows under `choices`.
    pub fn ledger(&self, choices: Choices) -> Ledger {
        Ledger {
            file_name: String::new(),
            n_rows: 0,
            money: super::Money::ZERO,
            buckets: Vec::new(),
            choices,
        }
    }
}

//! The rows that were left out, as a file: made while the source is read once more.

use super::Engine;
use crate::data::{ImportError, LeftOutRows, Reason};
use crate::export::{self, ExportError, File};

/// Takes the imported files again, one after the other in pieces of any size, and keeps the rows that were left out.
pub struct LeftOut<'a> {
    rows: LeftOutRows<'a>,
    name: String,
    bytes: Vec<u8>,
}

impl Engine {
    /// Starts the list of the rows that `reason` leaves out, or of all that are left out.
    ///
    /// # Errors
    /// [`ExportError::NothingImported`].
    pub fn left_out(&self, reason: Option<Reason>) -> Result<LeftOut<'_>, ExportError> {
        let held = self.held.as_ref().ok_or(ExportError::NothingImported)?;
        let rows = LeftOutRows::new(&held.table, held.choices, reason, self.decoders);
        let mut bytes = export::BYTE_ORDER_MARK.to_vec();
        rows.start(&mut bytes);
        let name = reason.map_or_else(
            || "left-out.csv".to_owned(),
            |reason| format!("left-out-{}.csv", reason.key()),
        );
        Ok(LeftOut { rows, name, bytes })
    }
}

impl LeftOut<'_> {
    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// The file is no longer the one that was imported.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        self.rows.feed(bytes, &mut self.bytes)
    }

    /// Ends the file; what is fed from here on is the next one.
    ///
    /// # Errors
    /// As [`LeftOut::feed`].
    pub fn end_file(&mut self) -> Result<(), ImportError> {
        self.rows.end_file(&mut self.bytes)
    }

    /// Ends the list, once every file has been fed.
    ///
    /// # Errors
    /// As [`LeftOut::feed`].
    pub fn finish(self) -> Result<File, ImportError> {
        self.rows.finish()?;
        Ok(File {
            name: self.name,
            mime: export::CSV.to_owned(),
            bytes: self.bytes,
        })
    }
}

//! A file as the importer reads it: its header and every cell as text, all quoted, with LF between the records.
//!
//! Meant for comparison with other readers, so nothing is guarded, padded or made readable. It is not offered to
//! people, whose spreadsheets would run formulas in it.

use super::{CSV, File};
use crate::data::tokenise::{Record, Tokeniser};
use crate::data::{ImportError, Preview};

/// Takes a file in pieces of any size.
pub struct PlainTable {
    tokeniser: Tokeniser,
    rows: Rows,
}

struct Rows {
    bytes: Vec<u8>,
    skips_next: bool,
}

impl PlainTable {
    /// Starts the table of the file that `preview` looked at.
    pub fn new(preview: &Preview) -> Self {
        let dialect = preview.guess.dialect;
        let mut rows = Rows {
            bytes: Vec::new(),
            skips_next: dialect.has_header,
        };
        let headers = preview.columns.iter();
        rows.write(headers.map(|column| column.header.as_bytes()));
        Self {
            tokeniser: Tokeniser::new(dialect),
            rows,
        }
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// As [`crate::data::Importer::feed`].
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        let Self { tokeniser, rows } = self;
        tokeniser.feed(bytes, &mut |record| rows.take(record))
    }

    /// Ends the file: `table.csv`.
    ///
    /// # Errors
    /// As [`crate::data::Importer::finish`].
    pub fn finish(self) -> Result<File, ImportError> {
        let Self {
            mut tokeniser,
            mut rows,
        } = self;
        tokeniser.finish(&mut |record| rows.take(record))?;
        Ok(File {
            name: "table.csv".to_owned(),
            mime: CSV.to_owned(),
            bytes: rows.bytes,
        })
    }
}

impl Rows {
    fn take(&mut self, record: Record<'_>) -> Result<(), ImportError> {
        if !std::mem::take(&mut self.skips_next) {
            self.write(record.cells());
        }
        Ok(())
    }

    fn write<T: AsRef<[u8]>>(&mut self, cells: impl Iterator<Item = T>) {
        for (place, cell) in cells.enumerate() {
            self.bytes
                .extend_from_slice(if place == 0 { b"\"" } else { b",\"" });
            for &byte in cell.as_ref() {
                if byte == b'"' {
                    self.bytes.push(byte);
                }
                self.bytes.push(byte);
            }
            self.bytes.push(b'"');
        }
        self.bytes.push(b'\n');
    }
}

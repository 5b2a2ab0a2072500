//! The whole file, pushed in pieces of any size, to a [`Table`] that keeps every row.

use super::plan::Plan;
use super::reader::Reader;
use super::rows::Rows;
use super::tokenise::{Records, Sink};
use super::{Decoders, Dialect, ImportError, Mapping, Preview, Table};

/// Takes a file in pieces of any size.
#[derive(Debug)]
pub struct Importer {
    file_name: String,
    n_bytes: u64,
    dialect: Dialect,
    reader: Reader,
    /// Rows that name the columns and are still to come.
    n_header_rows: u8,
    rows: Rows,
}

impl Importer {
    /// Starts an import of the file that `preview` looked at.
    ///
    /// # Errors
    /// A mapping that cannot be used: a missing or unknown column, dates that nobody has explained.
    pub fn new(
        preview: &Preview,
        mapping: &Mapping,
        decoders: Decoders,
    ) -> Result<Self, ImportError> {
        let plan = Plan::new(preview, mapping)?;
        Ok(Self {
            file_name: preview.file_name.clone(),
            n_bytes: 0,
            dialect: mapping.dialect,
            reader: Reader::new(mapping.dialect, decoders).of_table(preview.columns.len()),
            n_header_rows: mapping.dialect.n_header_rows(),
            rows: Rows::new(plan),
        })
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// Bytes that no row can be made of.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        self.n_bytes += bytes.len() as u64;
        let Self {
            reader,
            rows,
            n_header_rows,
            ..
        } = self;
        reader.feed(
            bytes,
            &mut Body {
                n_header_rows,
                rows,
            },
        )
    }

    /// Rows so far.
    pub fn n_rows(&self) -> u64 {
        self.rows.len() as u64
    }

    /// Ends the file.
    ///
    /// # Errors
    /// A file that has no rows or ends within a quote; [`ImportError::Encoding`] where it turns out to be in another
    /// encoding behind what the preview saw: the same mapping with that encoding reads it.
    pub fn finish(self) -> Result<Table, ImportError> {
        let Self {
            mut reader,
            mut rows,
            mut n_header_rows,
            dialect,
            ..
        } = self;
        reader.finish(&mut Body {
            n_header_rows: &mut n_header_rows,
            rows: &mut rows,
        })?;
        match rows.len() {
            0 if dialect.has_header && n_header_rows == 0 => Err(ImportError::HeaderOnly),
            0 => Err(ImportError::Empty),
            _ => Ok(Table::new(
                self.file_name,
                self.n_bytes,
                dialect,
                reader.beside(),
                rows,
            )),
        }
    }
}

/// The rows below the header.
struct Body<'a> {
    n_header_rows: &'a mut u8,
    rows: &'a mut Rows,
}

impl Sink for Body<'_> {
    fn take(&mut self, records: Records<'_>) -> Result<(), ImportError> {
        let n_passed = records.len().min(usize::from(*self.n_header_rows));
        *self.n_header_rows -= n_passed as u8;
        self.rows.push(records.range(n_passed..records.len()))
    }
}

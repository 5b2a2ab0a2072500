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
    header: Header,
    rows: Rows,
}

/// What is still to be seen of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Header {
    None,
    Expected,
    Seen,
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
            reader: Reader::new(mapping.dialect, decoders),
            header: if mapping.dialect.has_header {
                Header::Expected
            } else {
                Header::None
            },
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
            header,
            ..
        } = self;
        reader.feed(bytes, &mut Body { header, rows })
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
            mut header,
            ..
        } = self;
        reader.finish(&mut Body {
            header: &mut header,
            rows: &mut rows,
        })?;
        match (rows.len(), header) {
            (0, Header::Seen) => Err(ImportError::HeaderOnly),
            (0, _) => Err(ImportError::Empty),
            _ => Ok(Table::new(self.file_name, self.n_bytes, self.dialect, rows)),
        }
    }
}

/// The rows below the header.
struct Body<'a> {
    header: &'a mut Header,
    rows: &'a mut Rows,
}

impl Sink for Body<'_> {
    fn take(&mut self, records: Records<'_>) -> Result<(), ImportError> {
        match self.header {
            Header::Expected if records.len() > 0 => {
                *self.header = Header::Seen;
                self.rows.push(records.without_first())
            }
            _ => self.rows.push(records),
        }
    }
}

//! A large file in stretches of bytes that are read apart, by workers that share nothing, and put together to what one
//! importer would have read.
//!
//! Where a stretch should begin is guessed ([`Known::start_in`]) and never relied on: a stretch is taken only where what is
//! before it ends with a record just there. Where it is not, its bytes are fed like any others. So the result is the
//! same whatever the cuts are, and errors are those of one importer.

mod parcel;
mod start;

use super::reader::{self, Reader, Traces};
use super::rows::Rows;
use super::tokenise::{Records, Sink};
use super::{Decoders, Dialect, ImportError, Importer};

/// What is known of a file once enough of it was read for the rest to be read apart. It can be shared by threads.
#[derive(Debug)]
pub struct Known {
    table: reader::Known,
    dialect: Dialect,
    decoders: Decoders,
    rows: Rows,
}

/// Takes the bytes of a stretch in pieces of any size.
#[derive(Debug)]
pub struct StretchImporter {
    reader: Reader,
    rows: Rows,
    n_bytes: u64,
}

/// A stretch that was read.
#[derive(Debug)]
pub struct Stretch {
    rows: Rows,
    traces: Traces,
    n_bytes: u64,
}

impl Importer {
    /// What is known of the file; `None` where it must be read in one go as yet: not enough of it has been fed, or its
    /// text is of a kind that cannot be cut.
    pub fn known(&self) -> Option<Known> {
        Some(Known {
            table: self.reader.known(self.dialect)?,
            dialect: self.dialect,
            decoders: self.decoders,
            rows: self.rows.of_same_file(),
        })
    }

    /// Takes the stretch that comes next as if its bytes had been fed. `false` where it does not fit there and nothing
    /// of it was taken: its bytes are to be fed then.
    ///
    /// # Errors
    /// As [`Importer::feed`].
    pub fn append(&mut self, stretch: Stretch) -> Result<bool, ImportError> {
        if !self.settle()? {
            return Ok(false);
        }
        self.rows.append(stretch.rows, self.reader.n_lines())?;
        self.reader.pass_over(stretch.traces);
        self.file.n_bytes += stretch.n_bytes;
        Ok(true)
    }
}

impl Known {
    /// Takes a stretch of the file.
    pub fn importer(&self) -> StretchImporter {
        StretchImporter {
            reader: Reader::further_down(&self.table, self.dialect, self.decoders),
            rows: self.rows.of_same_file(),
            n_bytes: 0,
        }
    }

    /// Where in `bytes` of the file a row probably begins, behind the first of them.
    pub fn start_in(&self, bytes: &[u8]) -> Option<usize> {
        start::start_in(bytes, self.dialect, self.table.width())
    }
}

impl StretchImporter {
    /// Takes the next bytes of the stretch.
    ///
    /// # Errors
    /// As [`Importer::feed`]; where the stretch was cut wrongly, errors say nothing of the file.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        self.n_bytes += bytes.len() as u64;
        self.reader.feed(bytes, &mut All(&mut self.rows))
    }

    /// Rows so far.
    pub fn n_rows(&self) -> u64 {
        self.rows.len() as u64
    }

    /// Ends the stretch; `None` where it does not end with a record, so that it is of no use.
    ///
    /// # Errors
    /// As [`StretchImporter::feed`].
    pub fn finish(mut self) -> Result<Option<Stretch>, ImportError> {
        let is_settled = self.reader.settle(&mut All(&mut self.rows))?;
        Ok(is_settled.then(|| Stretch {
            rows: self.rows,
            traces: self.reader.traces(),
            n_bytes: self.n_bytes,
        }))
    }
}

/// Every record is a row.
struct All<'a>(&'a mut Rows);

impl Sink for All<'_> {
    fn take(&mut self, records: Records<'_>) -> Result<(), ImportError> {
        self.0.push(records)
    }
}

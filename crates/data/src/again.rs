//! The imported files read once more: for what no table keeps, such as rows that were left out or how cells are written.
//!
//! Rows come in the table's order with their numbers. Invariant: files that are not, byte for byte as many, those that
//! were imported are refused.

use super::reader::Reader;
use super::source_file::SourceFile;
use super::tokenise::Record;
use super::{Decoders, Dialect, ImportError, Table};

/// Takes a row, its number and the file that it is in.
pub(super) type Take<'a> = dyn FnMut(usize, &SourceFile, Record<'_>) + 'a;

/// The files of a table, fed again one after the other.
#[derive(Debug)]
pub(super) struct Again<'a> {
    table: &'a Table,
    decoders: Decoders,
    reader: Reader,
    /// The place of the file that is fed.
    file: usize,
    n_header_rows: u8,
    /// Rows of all files so far.
    n_rows: usize,
    /// Bytes of this file so far.
    n_bytes: u64,
}

impl<'a> Again<'a> {
    pub(super) fn new(table: &'a Table, decoders: Decoders) -> Self {
        Self {
            table,
            decoders,
            reader: reader_of(table, 0, decoders),
            file: 0,
            n_header_rows: dialect_of(table, 0).n_header_rows(),
            n_rows: 0,
            n_bytes: 0,
        }
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where the file is no longer the one that was imported.
    pub(super) fn feed(&mut self, bytes: &[u8], take: &mut Take<'_>) -> Result<(), ImportError> {
        self.n_bytes += bytes.len() as u64;
        let (table, file) = (self.table, self.file);
        let Self {
            reader,
            n_header_rows,
            n_rows,
            ..
        } = self;
        reader.feed(bytes, &mut |record: Record<'_>| {
            give(table, file, n_header_rows, n_rows, record, take)
        })
    }

    /// Ends the file; what is fed from here on is the next one.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where the file has fewer or more bytes than the one that was imported.
    pub(super) fn end_file(&mut self, take: &mut Take<'_>) -> Result<(), ImportError> {
        let (table, file) = (self.table, self.file);
        let Self {
            reader,
            n_header_rows,
            n_rows,
            ..
        } = self;
        reader.finish(&mut |record: Record<'_>| {
            give(table, file, n_header_rows, n_rows, record, take)
        })?;
        let file = self.table.files().get(self.file);
        let is_whole = file.is_some_and(|file| {
            (self.n_bytes, self.n_rows) == (file.n_bytes, file.first_row + file.n_rows)
        });
        if !is_whole {
            return Err(ImportError::Unreadable {
                after: self.n_bytes,
            });
        }
        self.file += 1;
        if self.file < self.table.files().len() {
            self.n_header_rows = dialect_of(self.table, self.file).n_header_rows();
            self.reader = reader_of(self.table, self.file, self.decoders);
            self.n_bytes = 0;
        }
        Ok(())
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where not every file was given.
    pub(super) fn finish(&self) -> Result<(), ImportError> {
        let is_all = self.file == self.table.files().len();
        is_all
            .then_some(())
            .ok_or(ImportError::Unreadable { after: 0 })
    }
}

fn give(
    table: &Table,
    file: usize,
    n_header_rows: &mut u8,
    n_rows: &mut usize,
    record: Record<'_>,
    take: &mut Take<'_>,
) -> Result<(), ImportError> {
    if *n_header_rows > 0 {
        *n_header_rows -= 1;
        return Ok(());
    }
    let row = *n_rows;
    *n_rows += 1;
    match table.files().get(file) {
        Some(file) if row < table.n_rows() => {
            take(row, file, record);
            Ok(())
        }
        _ => Err(ImportError::Unreadable { after: 0 }),
    }
}

fn reader_of(table: &Table, file: usize, decoders: Decoders) -> Reader {
    Reader::new(dialect_of(table, file), decoders).of_table(table.headers().len())
}

fn dialect_of(table: &Table, file: usize) -> Dialect {
    let file = table.files().get(file);
    file.map_or_else(Dialect::default, |file| file.dialect)
}

//! The rows that were left out, as a CSV file: the same bytes are read again, so that no row need be kept.
//!
//! Cells stay as they are, but for an apostrophe before what a spreadsheet would take for a formula.

use super::csv_rows::{CsvCell, CsvForm};
use super::reader::Reader;
use super::tokenise::Record;
use super::{Choices, Decoders, Dialect, ImportError, Reason, ReasonSet, Table};

/// Writes the rows of a file that `choices` leave out, while the file is fed again.
#[derive(Debug)]
pub struct LeftOutRows<'a> {
    table: &'a Table,
    choices: Choices,
    reason: Option<Reason>,
    reader: Reader,
    n_bytes: u64,
    writer: RowWriter,
}

/// What has been seen of the file.
#[derive(Debug)]
struct RowWriter {
    n_header_rows: u8,
    n_rows: usize,
}

impl<'a> LeftOutRows<'a> {
    /// The rows of `table` in the bucket of `reason`, or in any bucket of rows that do not count.
    pub fn new(
        table: &'a Table,
        choices: Choices,
        reason: Option<Reason>,
        decoders: Decoders,
    ) -> Self {
        let dialect: Dialect = table.dialect();
        Self {
            table,
            choices,
            reason,
            reader: Reader::new(dialect, decoders).of_table(table.headers().len()),
            n_bytes: 0,
            writer: RowWriter {
                n_header_rows: dialect.n_header_rows(),
                n_rows: 0,
            },
        }
    }

    /// Writes the header: the line, the reason's key and the columns of the file.
    pub fn start(&self, out: &mut Vec<u8>) {
        let headers = self.table.headers().iter();
        push_row(["line", "reason"], headers.map(String::as_bytes), out);
    }

    /// Takes the next bytes of the file and writes those of its rows that are wanted to `out`.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where the file is no longer the one that was imported.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), ImportError> {
        self.n_bytes += bytes.len() as u64;
        let wanted = Wanted::new(self.table, self.choices, self.reason);
        let Self { reader, writer, .. } = self;
        reader.feed(bytes, &mut |record: Record<'_>| {
            writer.take(&wanted, record, out)
        })
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where the file has fewer or more bytes than the one that was imported.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), ImportError> {
        let wanted = Wanted::new(self.table, self.choices, self.reason);
        let writer = &mut self.writer;
        self.reader
            .finish(&mut |record: Record<'_>| writer.take(&wanted, record, out))?;
        if self.n_bytes != self.table.n_bytes() || self.writer.n_rows != self.table.n_rows() {
            return Err(ImportError::Unreadable {
                after: self.n_bytes,
            });
        }
        Ok(())
    }
}

/// Which rows are wanted.
struct Wanted<'a> {
    table: &'a Table,
    choices: Choices,
    reason: Option<Reason>,
}

impl<'a> Wanted<'a> {
    fn new(table: &'a Table, choices: Choices, reason: Option<Reason>) -> Self {
        Self {
            table,
            choices: table.effective(choices),
            reason,
        }
    }

    fn reason_of(&self, row: usize) -> Option<Reason> {
        let reasons: ReasonSet = self.table.reasons_of(row);
        let bucket = self.choices.bucket_of(reasons);
        bucket.filter(|&bucket| self.reason.is_none_or(|reason| reason == bucket))
    }
}

impl RowWriter {
    fn take(
        &mut self,
        wanted: &Wanted<'_>,
        record: Record<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), ImportError> {
        if self.n_header_rows > 0 {
            self.n_header_rows -= 1;
            return Ok(());
        }
        let row = self.n_rows;
        self.n_rows += 1;
        if row >= wanted.table.n_rows() {
            return Err(ImportError::Unreadable { after: 0 });
        }
        if let Some(reason) = wanted.reason_of(row) {
            push_row(
                [&record.line().to_string(), reason.key()],
                record.cells(),
                out,
            );
        }
        Ok(())
    }
}

/// A row of the file after two cells of ours.
fn push_row(own: [&str; 2], cells: impl Iterator<Item = impl AsRef<[u8]>>, out: &mut Vec<u8>) {
    let form = CsvForm::FILE_ROWS;
    form.push_cell(CsvCell::Own(own[0]), true, out);
    form.push_cell(CsvCell::Own(own[1]), false, out);
    for cell in cells {
        form.push_cell(CsvCell::Text(cell.as_ref()), false, out);
    }
    form.end_row(out);
}

//! The rows that were left out, as a CSV file: the same bytes are read again, so that no row need be kept.
//!
//! Cells stay as they are, but for an apostrophe before what a spreadsheet would take for a formula.

use super::csv_rows::{CsvCell, CsvForm};
use super::reader::Reader;
use super::tokenise::Record;
use super::{Choices, Decoders, Dialect, ImportError, Reason, ReasonSet, Table};

/// Writes the rows that `choices` leave out, while the files are fed again one after the other.
#[derive(Debug)]
pub struct LeftOutRows<'a> {
    table: &'a Table,
    choices: Choices,
    reason: Option<Reason>,
    decoders: Decoders,
    reader: Reader,
    n_bytes: u64,
    writer: RowWriter,
}

/// What has been seen of the files.
#[derive(Debug)]
struct RowWriter {
    /// The place of the file that is fed.
    file: usize,
    n_header_rows: u8,
    /// Rows of all files so far.
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
        Self {
            table,
            choices,
            reason,
            decoders,
            reader: reader_of(table, 0, decoders),
            n_bytes: 0,
            writer: RowWriter {
                file: 0,
                n_header_rows: n_header_rows(table, 0),
                n_rows: 0,
            },
        }
    }

    /// Writes the header: the file where there are several, the line, the reason's key and the columns of the table.
    pub fn start(&self, out: &mut Vec<u8>) {
        let file = (self.table.files().len() > 1).then_some("file");
        let headers = self.table.headers().iter();
        let headers = headers.map(String::as_bytes);
        push_row(file, ["line", "reason"], headers, out);
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

    /// Ends the file; what is fed from here on is the next one.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where the file has fewer or more bytes than the one that was imported.
    pub fn end_file(&mut self, out: &mut Vec<u8>) -> Result<(), ImportError> {
        let wanted = Wanted::new(self.table, self.choices, self.reason);
        let writer = &mut self.writer;
        self.reader
            .finish(&mut |record: Record<'_>| writer.take(&wanted, record, out))?;
        let file = self.table.files().get(writer.file);
        let is_whole = file.is_some_and(|file| {
            (self.n_bytes, writer.n_rows) == (file.n_bytes, file.first_row + file.n_rows)
        });
        if !is_whole {
            return Err(ImportError::Unreadable {
                after: self.n_bytes,
            });
        }
        writer.file += 1;
        if writer.file < self.table.files().len() {
            writer.n_header_rows = n_header_rows(self.table, writer.file);
            self.reader = reader_of(self.table, writer.file, self.decoders);
            self.n_bytes = 0;
        }
        Ok(())
    }

    /// Ends the list.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where not every file was given.
    pub fn finish(self) -> Result<(), ImportError> {
        let is_all = self.writer.file == self.table.files().len();
        is_all
            .then_some(())
            .ok_or(ImportError::Unreadable { after: 0 })
    }
}

fn reader_of(table: &Table, file: usize, decoders: Decoders) -> Reader {
    let dialect = dialect_of(table, file);
    Reader::new(dialect, decoders).of_table(table.headers().len())
}

fn n_header_rows(table: &Table, file: usize) -> u8 {
    dialect_of(table, file).n_header_rows()
}

fn dialect_of(table: &Table, file: usize) -> Dialect {
    let file = table.files().get(file);
    file.map_or_else(Dialect::default, |file| file.dialect)
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
        let Some(reason) = wanted.reason_of(row) else {
            return Ok(());
        };
        let files = wanted.table.files();
        let file = files.get(self.file);
        let name = file.filter(|_| files.len() > 1);
        let name = name.map(|file| file.name.as_str());
        let line = record.line().to_string();
        let own = [line.as_str(), reason.key()];
        match file.and_then(|file| file.places.as_ref()) {
            None => push_row(name, own, record.cells(), out),
            Some(places) => {
                let cells = places.iter().map(|&place| record.cell(place));
                push_row(name, own, cells, out);
            }
        }
        Ok(())
    }
}

/// A row of the file after the file's name and two cells of ours.
fn push_row(
    file: Option<&str>,
    own: [&str; 2],
    cells: impl Iterator<Item = impl AsRef<[u8]>>,
    out: &mut Vec<u8>,
) {
    let form = CsvForm::FILE_ROWS;
    if let Some(name) = file {
        form.push_cell(CsvCell::Text(name.as_bytes()), true, out);
    }
    form.push_cell(CsvCell::Own(own[0]), file.is_none(), out);
    form.push_cell(CsvCell::Own(own[1]), false, out);
    for cell in cells {
        form.push_cell(CsvCell::Text(cell.as_ref()), false, out);
    }
    form.end_row(out);
}

//! The rows that were left out, as a CSV file: the same bytes are read again, so that no row need be kept.
//!
//! Cells stay as they are, but for an apostrophe before what a spreadsheet would take for a formula.

use super::again::Again;
use super::csv_rows::{CsvCell, CsvForm};
use super::source_file::SourceFile;
use super::tokenise::Record;
use super::{Choices, Decoders, ImportError, Reason, ReasonSet, Table};

/// Writes the rows that `choices` leave out, while the files are fed again one after the other.
#[derive(Debug)]
pub struct LeftOutRows<'a> {
    wanted: Wanted<'a>,
    again: Again<'a>,
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
            wanted: Wanted::new(table, choices, reason),
            again: Again::new(table, decoders),
        }
    }

    /// Writes the header: the file where there are several, the line, the reason's key and the columns of the table.
    pub fn start(&self, out: &mut Vec<u8>) {
        let table = self.wanted.table;
        let file = (table.files().len() > 1).then_some("file");
        let headers = table.headers().iter();
        let headers = headers.map(String::as_bytes);
        push_row(file, ["line", "reason"], headers, out);
    }

    /// Takes the next bytes of the file and writes those of its rows that are wanted to `out`.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where the file is no longer the one that was imported.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), ImportError> {
        let Self { wanted, again } = self;
        again.feed(bytes, &mut |row, file, record| {
            wanted.write(row, file, record, out);
        })
    }

    /// Ends the file; what is fed from here on is the next one.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where the file has fewer or more bytes than the one that was imported.
    pub fn end_file(&mut self, out: &mut Vec<u8>) -> Result<(), ImportError> {
        let Self { wanted, again } = self;
        again.end_file(&mut |row, file, record| wanted.write(row, file, record, out))
    }

    /// Ends the list.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where not every file was given.
    pub fn finish(self) -> Result<(), ImportError> {
        self.again.finish()
    }
}

/// Which rows are wanted.
#[derive(Debug)]
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

    fn write(&self, row: usize, file: &SourceFile, record: Record<'_>, out: &mut Vec<u8>) {
        let Some(reason) = self.reason_of(row) else {
            return;
        };
        let has_several = self.table.files().len() > 1;
        let name = has_several.then_some(file.name.as_str());
        let line = record.line().to_string();
        let own = [line.as_str(), reason.key()];
        match &file.places {
            None => push_row(name, own, record.cells(), out),
            Some(places) => {
                let cells = places.iter().map(|&place| record.cell(place));
                push_row(name, own, cells, out);
            }
        }
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

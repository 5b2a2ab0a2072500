//! A file as it is read, with every cell as text: for comparing what this reader sees with what another sees.
//!
//! The header stands first: as it is in the file, or `column 1` and so on where the file has none. Rows of fewer cells
//! are filled up; a note or another table below the last row is left out.

use super::csv_rows::{CsvCell, CsvForm};
use super::frame::header_of;
use super::lenient::Repair;
use super::reader::Reader;
use super::tokenise::Record;
use super::{Decoders, Dialect, ImportError, Preview};

/// Writes a file again while it is fed: UTF-8, commas, every cell quoted, lines end in LF.
#[derive(Debug)]
pub struct PlainTable {
    reader: Reader,
    writer: Writer,
}

/// What was found on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Rows of the table.
    pub n_rows: u64,
    /// Rows with more or fewer cells than the table has columns.
    pub n_ragged: u64,
    /// Rows whose quotes or delimiters were mended.
    pub n_mended: u64,
    /// Rows with quotes within cells that are not enclosed.
    pub n_stray: u64,
    /// Rows below the table that are no part of it.
    pub n_below: u64,
}

#[derive(Debug)]
struct Writer {
    n_columns: usize,
    n_header_rows: usize,
    names: Vec<Vec<String>>,
    /// Whether the header is still to be written.
    is_header_due: bool,
    repairs: Repairs,
}

impl PlainTable {
    /// Of the file that `preview` looked at, cut as `dialect` says.
    pub fn new(preview: &Preview, dialect: Dialect, decoders: Decoders) -> Self {
        let n_columns = preview.columns.len();
        Self {
            reader: Reader::new(dialect, decoders).of_table(n_columns),
            writer: Writer {
                n_columns,
                n_header_rows: usize::from(dialect.n_header_rows()),
                names: Vec::new(),
                is_header_due: true,
                repairs: Repairs::default(),
            },
        }
    }

    /// Takes the next bytes of the file and writes its rows to `out`.
    ///
    /// # Errors
    /// A record that does not end.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), ImportError> {
        let Self { reader, writer } = self;
        reader.feed(bytes, &mut |record: Record<'_>| writer.take(record, out))
    }

    /// Ends the file.
    ///
    /// # Errors
    /// A record that does not end.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<Repairs, ImportError> {
        let Self { reader, writer } = &mut self;
        reader.finish(&mut |record: Record<'_>| writer.take(record, out))?;
        writer.write_header(out);
        Ok(Repairs {
            n_below: reader.beside().below.n_rows,
            ..writer.repairs
        })
    }
}

impl Writer {
    fn take(&mut self, record: Record<'_>, out: &mut Vec<u8>) -> Result<(), ImportError> {
        let text = |cell: std::borrow::Cow<'_, [u8]>| String::from_utf8_lossy(&cell).into_owned();
        let cells: Vec<String> = record.cells().map(text).collect();
        if self.names.len() < self.n_header_rows {
            self.names.push(cells);
            return Ok(());
        }
        self.write_header(out);
        self.repairs.n_mended += u64::from(record.repair() == Repair::Mended);
        self.repairs.n_stray += u64::from(record.repair() == Repair::Stray);
        self.write(&cells, out);
        Ok(())
    }

    fn write_header(&mut self, out: &mut Vec<u8>) {
        if !std::mem::take(&mut self.is_header_due) {
            return;
        }
        let mut names = header_of(&self.names, self.n_columns);
        if self.n_header_rows == 0 {
            names = (1..=self.n_columns)
                .map(|place| format!("column {place}"))
                .collect();
        }
        names.resize(self.n_columns, String::new());
        push_row(&names, out);
    }

    fn write(&mut self, row: &[String], out: &mut Vec<u8>) {
        let n_filled = row
            .iter()
            .rposition(|cell| !cell.is_empty())
            .map_or(0, |place| place + 1);
        let n_cells = row.len().min(self.n_columns.max(n_filled));
        self.repairs.n_rows += 1;
        self.repairs.n_ragged += u64::from(n_cells != self.n_columns);
        let mut cells = row[..n_cells].to_vec();
        cells.resize(self.n_columns.max(n_cells), String::new());
        push_row(&cells, out);
    }
}

fn push_row(cells: &[String], out: &mut Vec<u8>) {
    for (place, cell) in cells.iter().enumerate() {
        CsvForm::AS_READ.push_cell(CsvCell::Text(cell.as_bytes()), place == 0, out);
    }
    CsvForm::AS_READ.end_row(out);
}

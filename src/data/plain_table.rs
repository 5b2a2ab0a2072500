//! A file as it is read, with every cell as text: for comparing what this reader sees with what another sees.

use super::csv_rows::{CsvCell, CsvForm};
use super::reader::Reader;
use super::tokenise::Record;
use super::{Decoders, Dialect, ImportError, Preview};

/// Writes a file again while it is fed: UTF-8, commas, every cell quoted, lines end in LF.
#[derive(Debug)]
pub struct PlainTable {
    reader: Reader,
    headers: Option<Vec<String>>,
    skip_header: bool,
}

impl PlainTable {
    /// Of the file that `preview` looked at, cut as `dialect` says.
    pub fn new(preview: &Preview, dialect: Dialect, decoders: Decoders) -> Self {
        let headers = preview.columns.iter().map(|column| column.header.clone());
        Self {
            reader: Reader::new(dialect, decoders),
            headers: Some(headers.collect()),
            skip_header: dialect.has_header,
        }
    }

    /// Takes the next bytes of the file and writes its rows to `out`.
    ///
    /// # Errors
    /// A record that does not end.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), ImportError> {
        self.write_headers(out);
        let Self {
            reader,
            skip_header,
            ..
        } = self;
        reader.feed(bytes, &mut |record: Record<'_>| {
            take(skip_header, record, out)
        })
    }

    /// Ends the file.
    ///
    /// # Errors
    /// A record that does not end.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), ImportError> {
        self.write_headers(out);
        let Self {
            mut reader,
            mut skip_header,
            ..
        } = self;
        reader.finish(&mut |record: Record<'_>| take(&mut skip_header, record, out))
    }

    fn write_headers(&mut self, out: &mut Vec<u8>) {
        if let Some(headers) = self.headers.take() {
            push_row(headers.iter().map(String::as_bytes), out);
        }
    }
}

fn take(skip_header: &mut bool, record: Record<'_>, out: &mut Vec<u8>) -> Result<(), ImportError> {
    if !std::mem::take(skip_header) {
        push_row(record.cells(), out);
    }
    Ok(())
}

fn push_row(cells: impl Iterator<Item = impl AsRef<[u8]>>, out: &mut Vec<u8>) {
    for (place, cell) in cells.enumerate() {
        CsvForm::AS_READ.push_cell(CsvCell::Text(cell.as_ref()), place == 0, out);
    }
    CsvForm::AS_READ.end_row(out);
}

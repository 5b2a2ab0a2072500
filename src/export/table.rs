//! A CSV table as spreadsheets open it: UTF-8 with a byte order mark, CRLF, quoted and guarded by `data`'s writer.

use super::{BYTE_ORDER_MARK, CSV, File};
use crate::data::{CsvCell, CsvForm};

/// A cell of a table.
pub(crate) enum Cell<'a> {
    /// Anything from a file or a person: guarded.
    Text(&'a str),
    /// A number, date or word of ours.
    Plain(String),
}

impl Cell<'_> {
    pub(crate) const EMPTY: Self = Self::Text("");

    /// The number, or nothing.
    pub(crate) fn number<T: ToString>(number: Option<T>) -> Self {
        number.map_or(Self::EMPTY, |number| Self::Plain(number.to_string()))
    }
}

/// A table that is being written.
pub(crate) struct Table {
    bytes: Vec<u8>,
}

impl Table {
    pub(crate) fn new<'a>(head: impl IntoIterator<Item = &'a str>) -> Self {
        let mut table = Self {
            bytes: BYTE_ORDER_MARK.to_vec(),
        };
        table.row(head.into_iter().map(Cell::Text));
        table
    }

    pub(crate) fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        let mut is_first = true;
        for cell in cells {
            let cell = match &cell {
                Cell::Text(text) => CsvCell::Text(text.as_bytes()),
                Cell::Plain(text) => CsvCell::Own(text),
            };
            CsvForm::TABLE.push_cell(cell, std::mem::take(&mut is_first), &mut self.bytes);
        }
        CsvForm::TABLE.end_row(&mut self.bytes);
    }

    pub(crate) fn file(self, name: &str) -> File {
        File {
            name: name.to_owned(),
            mime: CSV.to_owned(),
            bytes: self.bytes,
        }
    }
}

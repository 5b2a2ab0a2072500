//! A CSV table as spreadsheets open it: UTF-8 with a byte order mark, CRLF, RFC 4180 quotes.
//!
//! Text cells are guarded against formula injection (OWASP, "CSV Injection"): what a spreadsheet would compute gets a
//! `'` in front. Numbers that we wrote ourselves stay numbers.

use csv::{Terminator, WriterBuilder};

use super::{BYTE_ORDER_MARK, CSV, File};
use crate::data::is_formula;

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
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    pub(crate) fn new<'a>(head: impl IntoIterator<Item = &'a str>) -> Self {
        let mut builder = WriterBuilder::new();
        builder.terminator(Terminator::CRLF).flexible(true);
        let mut table = Self {
            writer: builder.from_writer(BYTE_ORDER_MARK.to_vec()),
        };
        table.row(head.into_iter().map(Cell::Text));
        table
    }

    pub(crate) fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for cell in cells {
            // Writing to memory cannot fail.
            let _ = match cell {
                Cell::Plain(text) => self.writer.write_field(text),
                Cell::Text(text) if is_formula(text) => self.writer.write_field(format!("'{text}")),
                Cell::Text(text) => self.writer.write_field(text),
            };
        }
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    pub(crate) fn file(self, name: &str) -> File {
        File {
            name: name.to_owned(),
            mime: CSV.to_owned(),
            bytes: self.writer.into_inner().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_of(text: &str) -> String {
        let mut table = Table::new(["head"]);
        table.row([Cell::Text(text)]);
        let bytes = table.file("").bytes;
        let text = String::from_utf8(bytes[BYTE_ORDER_MARK.len()..].to_vec()).unwrap();
        text.strip_prefix("head\r\n").unwrap().to_owned()
    }

    #[test]
    fn what_a_spreadsheet_would_compute_is_guarded() {
        for (text, line) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0\r\n"),
            ("+1", "'+1\r\n"),
            ("-5", "'-5\r\n"),
            ("@SUM(A1)", "'@SUM(A1)\r\n"),
            ("\tx", "'\tx\r\n"),
            ("\0x", "'\0x\r\n"),
            ("\rx", "\"'\rx\"\r\n"),
            ("＝1+1", "'＝1+1\r\n"),
            ("＠x", "'＠x\r\n"),
        ] {
            assert_eq!(line_of(text), line);
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["17850", "0017", "a=b", "<img onerror=1>", "김민지", "1-2"] {
            assert_eq!(line_of(text), format!("{text}\r\n"));
        }
    }

    #[test]
    fn quotes_commas_and_line_breaks_are_quoted_and_kept() {
        assert_eq!(line_of("a \"b\", c"), "\"a \"\"b\"\", c\"\r\n");
        assert_eq!(line_of("two\nlines"), "\"two\nlines\"\r\n");
    }

    #[test]
    fn our_own_numbers_are_never_guarded() {
        let mut table = Table::new(["head"]);
        table.row([Cell::number(Some(-1.5)), Cell::number(None::<f64>)]);
        assert!(table.file("").bytes.ends_with(b"\r\n-1.5,\r\n"));
    }
}

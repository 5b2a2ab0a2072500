//! Rows as CSV text (RFC 4180): the one place where cells are quoted, and guarded against being taken for formulas
//! (OWASP, "CSV Injection"): what a spreadsheet would compute gets a `'` in front.
//!
//! It knows no heads and no files. Cells of ours are never guarded, so that numbers stay numbers.

use super::formula::is_formula;

/// A cell of a row.
#[derive(Clone, Copy, Debug)]
pub enum CsvCell<'a> {
    /// Anything from a file or a person: guarded.
    Text(&'a [u8]),
    /// A number, date or word of ours.
    Own(&'a str),
}

/// How rows are written.
#[derive(Clone, Copy, Debug)]
pub struct CsvForm {
    is_every_cell_quoted: bool,
    guard: Guard,
    line_end: &'static [u8],
}

/// Which texts are guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guard {
    Nothing,
    /// All that a spreadsheet could compute.
    Formulas,
    /// The same, less signed numbers and a lone `-`: in the rows of an order file they are amounts.
    FormulasButAmounts,
}

impl CsvForm {
    /// A table for spreadsheets.
    pub const TABLE: Self = Self {
        is_every_cell_quoted: false,
        guard: Guard::Formulas,
        line_end: b"\r\n",
    };
    /// Rows of an order file, for spreadsheets.
    pub const FILE_ROWS: Self = Self {
        guard: Guard::FormulasButAmounts,
        ..Self::TABLE
    };
    /// A file as it was read.
    pub const AS_READ: Self = Self {
        is_every_cell_quoted: true,
        guard: Guard::Nothing,
        line_end: b"\n",
    };
    /// The same with no more quotes than needed, for a reader that knows the dialect.
    pub const PLAIN: Self = Self {
        is_every_cell_quoted: false,
        ..Self::AS_READ
    };

    /// Writes a cell; `is_first` says whether a row begins with it.
    pub fn push_cell(self, cell: CsvCell<'_>, is_first: bool, out: &mut Vec<u8>) {
        if !is_first {
            out.push(b',');
        }
        match cell {
            CsvCell::Own(text) => self.push_quoted(text.as_bytes(), false, out),
            // What is not guarded keeps its bytes, whatever the encoding.
            CsvCell::Text(bytes) if matches!(self.guard, Guard::Nothing) => {
                self.push_quoted(bytes, false, out);
            }
            CsvCell::Text(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                self.push_quoted(text.as_bytes(), self.guards(&text), out);
            }
        }
    }

    /// Ends a row.
    pub fn end_row(self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.line_end);
    }

    fn guards(self, text: &str) -> bool {
        match self.guard {
            Guard::Nothing => false,
            Guard::Formulas => is_formula(text),
            Guard::FormulasButAmounts => is_formula(text) && !is_amount(text),
        }
    }

    fn push_quoted(self, text: &[u8], is_guarded: bool, out: &mut Vec<u8>) {
        let needs_quotes = |byte: &u8| matches!(byte, b',' | b'"' | b'\r' | b'\n');
        let is_quoted = self.is_every_cell_quoted || text.iter().any(needs_quotes);
        out.extend_from_slice(if is_quoted { b"\"" } else { b"" });
        out.extend_from_slice(if is_guarded { b"'" } else { b"" });
        if !is_quoted {
            out.extend_from_slice(text);
            return;
        }
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'"', rest) {
            out.extend_from_slice(&rest[..=at]);
            out.push(b'"');
            rest = &rest[at + 1..];
        }
        out.extend_from_slice(rest);
        out.push(b'"');
    }
}

/// A sign and nothing but a number, or not even that.
fn is_amount(text: &str) -> bool {
    text.strip_prefix(['-', '+']).is_some_and(|rest| {
        rest.bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: CsvForm, cell: &str, expected: &str) {
        let mut out = Vec::new();
        form.push_cell(CsvCell::Text(cell.as_bytes()), true, &mut out);
        assert_eq!(String::from_utf8_lossy(&out), expected, "{cell:?}");
    }

    #[test]
    fn what_a_spreadsheet_would_compute_is_guarded_in_files_for_spreadsheets_only() {
        for (cell, guarded) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\0x", "'\0x"),
            ("\rx", "\"'\rx\""),
            ("\nx", "\"'\nx\""),
            ("＝1+1", "'＝1+1"),
            ("＠x", "'＠x"),
        ] {
            check(CsvForm::TABLE, cell, guarded);
            check(CsvForm::FILE_ROWS, cell, guarded);
            check(CsvForm::AS_READ, cell, &format!("\"{cell}\""));
        }
    }

    #[test]
    fn amounts_stay_amounts_among_the_rows_of_a_file() {
        for cell in ["-5", "-5.2", "+1", "-1,200", "-"] {
            let quoted = |cell: &str, guard: &str| match cell.contains(',') {
                true => format!("\"{guard}{cell}\""),
                false => format!("{guard}{cell}"),
            };
            check(CsvForm::TABLE, cell, &quoted(cell, "'"));
            check(CsvForm::FILE_ROWS, cell, &quoted(cell, ""));
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        for form in [CsvForm::TABLE, CsvForm::FILE_ROWS] {
            for cell in [
                "17850",
                "0017",
                "a=b",
                "<img onerror=1>",
                "김민지",
                "1-2",
                "",
            ] {
                check(form, cell, cell);
            }
            check(form, "a \"b\", c", "\"a \"\"b\"\", c\"");
            check(form, "two\nlines", "\"two\nlines\"");
        }
        check(CsvForm::PLAIN, "=a;b", "=a;b");
        check(CsvForm::PLAIN, "a,b", "\"a,b\"");
        check(CsvForm::AS_READ, "", "\"\"");
        check(CsvForm::AS_READ, "a \"b\"", "\"a \"\"b\"\"\"");
    }

    #[test]
    fn our_own_numbers_are_never_guarded() {
        let mut out = Vec::new();
        CsvForm::TABLE.push_cell(CsvCell::Own("-1.5"), true, &mut out);
        CsvForm::TABLE.push_cell(CsvCell::Own(""), false, &mut out);
        CsvForm::TABLE.end_row(&mut out);
        assert_eq!(out, b"-1.5,\r\n");
    }
}

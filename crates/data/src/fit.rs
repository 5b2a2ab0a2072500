//! Records that do not fit the table: quotes that do not add up, a row with another delimiter. They are read in every
//! way that people are known to get wrong, and the first way that gives the table's columns is taken.
//!
//! What fits in no way is left as it was cut; it is for the ledger to say so. A way is tried on the same bytes wherever
//! the file was cut into pieces.

use super::lenient::{Cut, Rules};
use super::values::{decimal, written};
use super::{DecimalMark, Delimiter, Escape};

/// Bytes from a record's start in which its end is looked for.
pub(super) const WINDOW: usize = 64 << 10;

/// Cells of one record whose opening quotes are tried as letters.
const MAX_LITERAL: usize = 6;

/// Delimiters that single rows are found to have.
const OTHERS: [Delimiter; 7] = [
    Delimiter::Space,
    Delimiter::Semicolon,
    Delimiter::Tab,
    Delimiter::Pipe,
    Delimiter::Comma,
    Delimiter::CommaSpace,
    Delimiter::Spaces,
];

/// What becomes of a record whose quotes do not add up.
pub(super) enum Mended {
    /// More bytes are needed to tell.
    Wait,
    /// The record.
    Is(Cut),
    /// Its end is nowhere near.
    GiveUp,
}

/// Cuts the record that `bytes` begin with so that it has `width` cells, if any way of cutting gives them.
pub(super) fn mend(bytes: &[u8], at_end: bool, rules: Rules, width: usize) -> Mended {
    let fits = |cut: &Cut| cut.fits(width) && !cut.is_open;
    let is_seen = at_end || bytes.len() >= WINDOW;
    let window = &bytes[..bytes.len().min(WINDOW)];
    let at_end = at_end && window.len() == bytes.len();
    let plain = rules.cut(window, &[], at_end);
    match plain {
        Some(cut) if fits(&cut) => return Mended::Is(cut),
        _ if !is_seen => return Mended::Wait,
        _ => {}
    }
    for escape in [Escape::None, Escape::Backslash] {
        let other = Rules { escape, ..rules }.cut(window, &[], at_end);
        if let Some(mut cut) = other.filter(fits) {
            cut.is_mended = true;
            return Mended::Is(cut);
        }
    }
    let mut fallback = plain.filter(|cut| cut.n_line_breaks <= 1 && !cut.is_open);
    for mut cut in literal_cuts(window, at_end, rules) {
        cut.is_mended = true;
        if fits(&cut) {
            return Mended::Is(cut);
        }
        fallback = fallback.or(Some(cut));
    }
    let end = window.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    if end.is_some() || at_end {
        let line = &window[..end.unwrap_or(window.len())];
        if let Some(mut cut) = split_otherwise(line, rules, width) {
            cut.is_mended = true;
            cut.next = (cut.end + 1).min(window.len());
            cut.n_line_breaks = u64::from(end.is_some());
            return Mended::Is(cut);
        }
    }
    let unquoted = Rules {
        quote: None,
        ..rules
    };
    let fallback = fallback.or_else(|| unquoted.cut(window, &[], at_end));
    fallback.map_or(Mended::GiveUp, Mended::Is)
}

/// The record with one after the other of its faulty cells taken as not enclosed.
fn literal_cuts(window: &[u8], at_end: bool, rules: Rules) -> Vec<Cut> {
    let mut literal = Vec::new();
    let mut cuts = Vec::new();
    while literal.len() < MAX_LITERAL {
        // Where the window ends the file may go on, but its faults show.
        let Some(probe) = rules.cut(window, &literal, true) else {
            break;
        };
        let blamed = probe.faults.iter().find(|cell| !literal.contains(*cell));
        let blamed = blamed.copied();
        let is_whole = at_end || probe.end < window.len();
        if is_whole && !literal.is_empty() && !probe.is_open {
            cuts.push(probe);
        }
        let Some(blamed) = blamed else {
            break;
        };
        literal.push(blamed);
    }
    cuts
}

/// A row of far too few cells: one that stands within quotes as a whole, or one that another delimiter cuts into exactly
/// `width`, with numbers or dates among them: sentences have blanks too, and now and then a number.
pub(super) fn split_otherwise(line: &[u8], rules: Rules, width: usize) -> Option<Cut> {
    let own = rules.cut(line, &[], true)?;
    if width > 1 && own.cells.enclosed == [true] {
        let opens_rows = true;
        let row = Rules {
            opens_rows,
            ..rules
        };
        if let Some(row) = row.cut(line, &[], true).filter(|row| row.fits(width)) {
            return Some(row);
        }
    }
    if width < 3 || own.cells.len() * 2 > width {
        return None;
    }
    let others = OTHERS.into_iter().filter(|&other| other != rules.delimiter);
    let mut cuts = others.filter_map(|delimiter| {
        let rules = Rules { delimiter, ..rules };
        let cut = rules.cut(line, &[], true)?;
        let is_table =
            cut.cells.len() == width && cut.faults.is_empty() && has_values(&cut, delimiter);
        is_table.then_some(cut)
    });
    cuts.next()
}

fn has_values(cut: &Cut, delimiter: Delimiter) -> bool {
    let mut start = 0;
    let values = cut.cells.ends.iter().filter(|&&end| {
        let cell = cut.cells.bytes[start..end as usize].trim_ascii();
        start = end as usize + 1;
        decimal(cell, DecimalMark::Point).is_some() || written(cell).is_some()
    });
    let n_values = values.count();
    match delimiter {
        Delimiter::Space | Delimiter::Spaces => n_values > 1 && n_values * 3 >= cut.cells.len(),
        _ => n_values > 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokenise::Record;
    use super::*;

    const RULES: Rules = Rules {
        delimiter: Delimiter::Comma,
        quote: Some(b'"'),
        escape: Escape::Doubled,
        opens_rows: false,
    };

    fn cells(cut: &Cut) -> Vec<String> {
        let record = Record::new(&cut.cells.bytes, &cut.cells.ends, 1, true);
        let texts = record
            .cells()
            .map(|cell| String::from_utf8(cell.into_owned()).unwrap());
        texts.collect()
    }

    #[test]
    fn quotes_that_do_not_add_up_are_read_so_that_the_columns_fit() {
        for (text, width, expected) in [
            (
                "\"28/01,9,\"Pillow, large\",5\nnext,\"x\",1\n",
                4,
                vec!["\"28/01", "9", "Pillow, large", "5"],
            ),
            ("a,\"\nb,\"x, y\",2\n", 2, vec!["a", "\""]),
            (
                "a,\"Table, 48\"\",\"x\"\n",
                3,
                vec!["a", "Table, 48\"", "x"],
            ),
            (
                "a,\"Table \\\"big\\\", 4\",x\n",
                3,
                vec!["a", "Table \"big\", 4", "x"],
            ),
            ("a,\"never closed,3\n", 3, vec!["a", "\"never closed", "3"]),
            (
                "2018 9 \"Pillow, large\" 5\n",
                4,
                vec!["2018", "9", "Pillow, large", "5"],
            ),
        ] {
            let Mended::Is(cut) = mend(text.as_bytes(), true, RULES, width) else {
                panic!("{text}");
            };
            assert_eq!(cells(&cut), expected, "{text}");
        }
    }

    #[test]
    fn a_row_within_quotes_has_the_columns_of_the_table_or_stays_one_cell() {
        let row = |width| split_otherwise(b"\"ann,5,\"\"x, y\"\"\"", RULES, width);
        assert_eq!(cells(&row(3).unwrap()), ["ann", "5", "x, y"]);
        assert!(row(2).is_none() && row(4).is_none());
        let two = split_otherwise(b"\"ann,5\"", RULES, 2).unwrap();
        assert_eq!(cells(&two), ["ann", "5"]);
        assert!(split_otherwise(b"\"ann\"", RULES, 1).is_none());
    }

    #[test]
    fn a_sentence_is_no_row() {
        for sentence in [
            "Source: ministry of finance",
            "(c) the office 2020",
            "2. Source: ONS",
        ] {
            assert!(split_otherwise(sentence.as_bytes(), RULES, 4).is_none());
            assert!(split_otherwise(sentence.as_bytes(), RULES, 3).is_none());
        }
        assert!(split_otherwise(b"9;5;x", RULES, 3).is_some());
    }
}

//! Tables that are drawn with signs, as Markdown and database shells write them: cells between `|`, and lines of `-`
//! below the names, above and below the table.
//!
//! A drawn line is a row of nothing: below the names it counts as one more row that names the columns. Blanks around
//! a cell are none of it. In doubt a line is no drawn one: it must have the columns of the row beside it.
//! Source: GitHub Flavored Markdown, 4.10 (tables); the aligned output of `psql` and `mysql`.

use super::frame::Frame;
use super::lenient::Cut;
use super::preview::SeenRow;
use super::{Delimiter, Dialect};

/// How a drawn table is cut, if one is in the first lines.
pub(super) fn guess(head: &[u8]) -> Option<Dialect> {
    let lines = head.split(|&byte| byte == b'\n');
    let widths = lines.map(|line| (n_drawn(line), cells_of(line).len()));
    let mut before = 0;
    let mut is_line_before = None;
    for (n_drawn, n_cells) in widths.take(1_000) {
        let is_drawn = n_drawn > 1 && n_drawn == before;
        if is_drawn || is_line_before == Some(n_cells) && n_drawn == 0 {
            return Some(Dialect {
                delimiter: Delimiter::Drawn,
                quoted: false,
                ..Dialect::default()
            });
        }
        before = if n_drawn == 0 { n_cells } else { 0 };
        is_line_before = (n_drawn > 1).then_some(n_drawn);
    }
    None
}

/// Cuts the line that `bytes` begin with; `None` where it may go on behind them.
pub(super) fn cut(bytes: &[u8], at_end: bool) -> Option<Cut> {
    let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    if end.is_none() && !at_end {
        return None;
    }
    let end = end.unwrap_or(bytes.len());
    let mut cut = Cut {
        end,
        next: (end + 1).min(bytes.len()),
        n_line_breaks: u64::from(end < bytes.len()),
        ..Cut::default()
    };
    let line = &bytes[..end];
    match n_drawn(line) {
        0 => cells_of(line)
            .into_iter()
            .for_each(|cell| cut.cells.push(&unescaped(cell), false)),
        n_drawn => (0..n_drawn).for_each(|_| cut.cells.push(b"", false)),
    }
    Some(cut)
}

/// Where a drawn table is among its first rows: the names stand above the first drawn line, or below it where that is
/// the top of a frame.
pub(super) fn frame(rows: &[SeenRow]) -> Frame {
    let is_line = |row: &SeenRow| row.cells.len() > 1 && row.cells.iter().all(String::is_empty);
    let line = rows.iter().position(is_line).unwrap_or(0);
    let above = line.checked_sub(1).map(|place| rows[place].cells.len());
    let n_above = match rows.get(line) {
        Some(row) if above == Some(row.cells.len()) => line - 1,
        _ => line + 1,
    };
    let n_header_rows = 1 + usize::from(rows.get(n_above + 1).is_some_and(is_line));
    Frame {
        n_above: n_above.min(rows.len().saturating_sub(1)),
        n_header_rows,
    }
}

/// The columns of a drawn line; 0 where it is none.
fn n_drawn(line: &[u8]) -> usize {
    let line = line.trim_ascii();
    let inner = line.strip_prefix(b"|").or(line.strip_prefix(b"+"));
    let inner = inner.map_or(line, |inner| {
        let closed = inner.strip_suffix(b"|").or(inner.strip_suffix(b"+"));
        closed.unwrap_or(inner)
    });
    let mut n_columns = 0;
    for part in inner.split(|byte| matches!(byte, b'|' | b'+')) {
        let part = part.trim_ascii();
        let dashes = part.strip_prefix(b":").unwrap_or(part);
        let dashes = dashes.strip_suffix(b":").unwrap_or(dashes);
        let is_drawn = |sign: u8| dashes.iter().all(|&byte| byte == sign);
        if dashes.is_empty() || !(is_drawn(b'-') || is_drawn(b'=')) {
            return 0;
        }
        n_columns += 1;
    }
    n_columns
}

/// The cells of a line without the blanks around them. A sign at the end is the table's edge only where one is at the
/// start; one behind a backslash parts nothing.
fn cells_of(line: &[u8]) -> Vec<&[u8]> {
    let line = line.trim_ascii();
    let line = match line.strip_prefix(b"|") {
        Some(inner) if !inner.ends_with(b"\\|") => inner.strip_suffix(b"|").unwrap_or(inner),
        Some(inner) => inner,
        None => line,
    };
    let mut cells = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'|', line) {
        if end == 0 || line[end - 1] != b'\\' {
            cells.push(line[start..end].trim_ascii());
            start = end + 1;
        }
    }
    cells.push(line[start..].trim_ascii());
    cells
}

fn unescaped(cell: &[u8]) -> Vec<u8> {
    let mut bytes = cell.to_vec();
    let mut place = 0;
    bytes.retain(|&byte| {
        place += 1;
        byte != b'\\' || cell.get(place) != Some(&b'|')
    });
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::tokenise::Record;
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        let cut = cut(line.as_bytes(), true).unwrap();
        let record = Record::new(&cut.cells.bytes, &cut.cells.ends, 1, true);
        let text = |cell: std::borrow::Cow<'_, [u8]>| String::from_utf8(cell.into_owned());
        record.cells().map(|cell| text(cell).unwrap()).collect()
    }

    #[test]
    fn cells_are_what_stands_between_the_signs() {
        for (line, expected) in [
            ("| a | b |", &["a", "b"][..]),
            ("a | b", &["a", "b"]),
            (" 1 |   ", &["1", ""]),
            ("|  | 5 |\n", &["", "5"]),
            ("| x \\| y | \"z\" |", &["x | y", "\"z\""]),
            ("(3 rows)", &["(3 rows)"]),
            ("|---|:-:|", &["", ""]),
            ("----+-----+--", &["", "", ""]),
            ("+===+===+", &["", ""]),
            ("| - | 5 |", &["-", "5"]),
        ] {
            assert_eq!(texts(line), expected, "{line}");
        }
        assert!(cut(b"| a | b |", false).is_none());
    }

    #[test]
    fn a_table_is_drawn_where_a_line_has_the_columns_of_the_row_beside_it() {
        for (text, expected) in [
            ("| a | b |\n|---|---|\n| 1 | 2 |\n", true),
            (" a | b \n---+---\n 1 | 2\n(1 row)\n", true),
            ("+---+---+\r\n| a | b |\r\n+---+---+\r\n", true),
            ("Title\n\na | b\n:-- | --:\n1 | 2\n", true),
            ("a|b\n1|2\n-|-5\n", false),
            ("a,b\n-----\n1,2\n", false),
            ("a|b|c\n--|--\n", false),
            ("", false),
        ] {
            assert_eq!(guess(text.as_bytes()).is_some(), expected, "{text}");
        }
    }
}

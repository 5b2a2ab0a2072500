//! How a file is cut into rows and cells: the delimiter that gives rows of one length, and whether quotes enclose.

use super::tokenise::{Record, Tokeniser};
use super::{Delimiter, Dialect, ImportError};

/// Bytes that are enough to see the dialect.
const ENOUGH: usize = 256 << 10;

/// What a way of cutting makes of the head of a file.
struct Cut {
    /// Rows of the most frequent length, of all rows.
    share: f64,
    /// Cells of most rows.
    n_cells: usize,
    is_first_row_like_most: bool,
}

/// The dialect that fits best, whether the first row is a header apart; `None` where no delimiter gives two cells.
pub(super) fn guess(head: &[u8]) -> Option<Dialect> {
    let head = &head[..head.len().min(ENOUGH)];
    let cut = |delimiter: Delimiter, quoted: bool| {
        let dialect = Dialect {
            delimiter,
            quoted,
            ..Dialect::default()
        };
        (dialect, cut_of(head, dialect))
    };
    let quoted = !has_loose_quotes(head);
    let cuts = Delimiter::ALL.map(|delimiter| cut(delimiter, quoted));
    let usable = cuts.iter().filter(|(_, cut)| cut.n_cells > 1);
    let best = usable.max_by(|(_, a), (_, b)| score(a).total_cmp(&score(b)));
    best.map(|&(dialect, _)| dialect)
}

fn score(cut: &Cut) -> f64 {
    let header = if cut.is_first_row_like_most { 0.5 } else { 0.0 };
    cut.share + header + cut.n_cells.min(100) as f64 / 1_000.0
}

fn cut_of(head: &[u8], dialect: Dialect) -> Cut {
    let mut lengths = Vec::new();
    // What is wrong with the head's last row is found when the file is read.
    let _ = records(head, dialect, |record| lengths.push(record.n_cells()));
    let first = lengths.first().copied().unwrap_or(0);
    let count = |length: usize| lengths.iter().filter(|&&other| other == length).count();
    let mut distinct = lengths.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let mode = distinct
        .into_iter()
        .max_by_key(|&length| (count(length), length))
        .unwrap_or(0);
    Cut {
        share: count(mode) as f64 / lengths.len().max(1) as f64,
        n_cells: mode,
        is_first_row_like_most: first == mode,
    }
}

/// Gives `sink` the records of a whole head (of text that is decoded already), an unfinished last one included.
pub(super) fn records(
    head: &[u8],
    dialect: Dialect,
    mut sink: impl FnMut(Record<'_>),
) -> Result<(), ImportError> {
    let mut tokeniser = Tokeniser::new(dialect);
    let mut sink = |record: Record<'_>| {
        sink(record);
        Ok(())
    };
    tokeniser.feed(head, &mut sink)?;
    tokeniser.finish(&mut sink)
}

/// Whether quotes stand at the start of cells and mostly do not close: inches, not enclosures.
fn has_loose_quotes(head: &[u8]) -> bool {
    let is_end = |byte: &u8| b",;\t|\r\n".contains(byte);
    let (mut n_open, mut n_closed) = (0_usize, 0_usize);
    for cell in head.split(is_end).filter(|cell| !cell.is_empty()) {
        n_open += usize::from(cell.starts_with(b"\""));
        n_closed += usize::from(cell.ends_with(b"\""));
    }
    n_open >= 5 && n_closed * 5 < n_open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: Option<(Delimiter, bool)>) {
        let found = guess(head.as_bytes()).map(|dialect| (dialect.delimiter, dialect.quoted));
        assert_eq!(found, expected, "{head:?}");
    }

    #[test]
    fn the_delimiter_is_the_one_that_gives_equal_rows() {
        check("a,b\n1,2\n", Some((Delimiter::Comma, true)));
        check(
            "a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n",
            Some((Delimiter::Semicolon, true)),
        );
        check("a\tb\nx, y\tz\nu\tv, w\n", Some((Delimiter::Tab, true)));
        check("a|b\n1|2\n", Some((Delimiter::Pipe, true)));
        check(
            "a,b\n\"x;y;z\",2\n\"u;v;w\",3\n",
            Some((Delimiter::Comma, true)),
        );
        check("abc\ndef\n", None);
        check("", None);
    }

    #[test]
    fn inches_are_no_enclosure() {
        let rows = "\"12 inch\t5\n".repeat(6);
        check(
            &format!("name\tprice\n{rows}"),
            Some((Delimiter::Tab, false)),
        );
        check(
            "name,price\n\"open,5\nx,6\n",
            Some((Delimiter::Comma, true)),
        );
    }
}

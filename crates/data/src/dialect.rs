//! How a file is cut into rows and cells: of all dialects that people write the one that gives the most regular rows
//! of the most plausible cells.
//!
//! Source: van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type patterns" (2019):
//! the score of a dialect is its pattern score times its type score. DIFFERENCE: the number of patterns is weighed by
//! how often each comes (the perplexity of the rows' lengths), so that a few broken rows do not outweigh a regular file.

use super::curly::{self, Curly};
use super::drawn;
use super::lenient::{Cut, Rules};
use super::tokenise::BYTE_ORDER_MARK;
use super::values::{decimal, written};
use super::{DecimalMark, Delimiter, Dialect, Escape, QuoteMark};

/// Bytes that are enough to see the dialect.
const ENOUGH: usize = 64 << 10;
/// Rows that are enough.
const MAX_ROWS: usize = 200;
/// What an unusual delimiter must be better by.
const UNUSUAL: f64 = 0.85;

/// What a way of cutting makes of the head of a file.
#[derive(Default)]
struct Trial {
    /// By number of cells, how many rows have it.
    lengths: Vec<usize>,
    n_rows: usize,
    n_cells: usize,
    /// Cells that look like something that people write into a cell.
    n_known: f64,
    n_values: usize,
    /// Cells in faultless quotes.
    n_enclosed: usize,
}

/// The dialect that fits best; `None` where no delimiter gives two cells. Text of one column is cut by a delimiter that is
/// not in it.
pub(super) fn guess(head: &[u8]) -> Option<Dialect> {
    let head = &head[..head.len().min(ENOUGH)];
    if let Some(dialect) = drawn::guess(head) {
        return Some(dialect);
    }
    let mut best: Option<(f64, Dialect)> = None;
    for dialect in candidates(head) {
        let trial = Trial::of(head, dialect);
        let score = match dialect.quote {
            QuoteMark::Row if !trial.is_of_rows(dialect.delimiter) => 0.0,
            _ => trial.score(dialect.delimiter),
        };
        if score > 0.0 && best.is_none_or(|(other, _)| score > other + 1e-9) {
            best = Some((score, dialect));
        }
    }
    best.map(|(_, dialect)| dialect)
        .or_else(|| one_column(head))
}

/// A way of cutting that cuts nothing, where the usual one would cut sentences.
fn one_column(head: &[u8]) -> Option<Dialect> {
    let usual = Trial::of(head, Dialect::default());
    if usual.n_cells == usual.n_rows {
        return None;
    }
    let delimiters = [Delimiter::Tab, Delimiter::Pipe, Delimiter::Unit];
    let is_free = |delimiter: &Delimiter| {
        let found = memchr::memmem::find(head, delimiter.text().as_bytes());
        found.is_none()
    };
    let delimiter = delimiters.into_iter().find(is_free)?;
    Some(Dialect {
        delimiter,
        ..Dialect::default()
    })
}

/// Every dialect of which something is in the head.
fn candidates(head: &[u8]) -> Vec<Dialect> {
    let has = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    let mut styles = Vec::new();
    if !has_loose_quotes(head) {
        styles.push((true, QuoteMark::Double, Escape::Doubled));
        if has(b"\\\"") {
            styles.push((true, QuoteMark::Double, Escape::Backslash));
        }
    }
    let opens = |quote: u8| {
        let starts = head.windows(2);
        starts
            .filter(|pair| pair[1] == quote && !pair[0].is_ascii_alphanumeric() && pair[0] != quote)
            .count()
    };
    if opens(b'\'') > 1 || head.starts_with(b"'") {
        styles.push((true, QuoteMark::Single, Escape::Doubled));
        if has(b"\\'") {
            styles.push((true, QuoteMark::Single, Escape::Backslash));
        }
    }
    if styles.is_empty() || has(b"\"") && has_loose_quotes(head) {
        styles.push((false, QuoteMark::Double, Escape::Doubled));
    }
    if has_rows_in_quotes(head) {
        styles.push((true, QuoteMark::Row, Escape::Doubled));
    }
    let may_be_curly = has("”".as_bytes()) || has("„".as_bytes());
    let delimiters = Delimiter::ALL.into_iter();
    // A drawn table shows itself.
    let delimiters = delimiters
        .filter(|&delimiter| delimiter != Delimiter::Drawn && has(delimiter.text().as_bytes()));
    // Semicolons and colons that stand in pairs alone are one delimiter.
    let is_half = |delimiter: Delimiter| match delimiter {
        Delimiter::Semicolon => stands_in_pairs(head, b';'),
        Delimiter::Colon => stands_in_pairs(head, b':'),
        Delimiter::DoubleSemicolon => !stands_in_pairs(head, b';'),
        _ => false,
    };
    let delimiters = delimiters.filter(|&delimiter| !is_half(delimiter));
    let curly = (true, QuoteMark::Curly, Escape::Doubled);
    delimiters
        .flat_map(|delimiter| {
            let has_curly = || may_be_curly && curly::encloses(head, delimiter.text());
            let curly = has_curly().then_some(curly);

            let styles = styles.iter().copied().chain(curly);
            styles.map(move |(quoted, quote, escape)| Dialect {
                delimiter,
                quoted,
                quote,
                escape,
                ..Dialect::default()
            })
        })
        .collect()
}

/// Whether a byte stands in runs of two, four and so on alone.
fn stands_in_pairs(head: &[u8], byte: u8) -> bool {
    let mut runs = head.chunk_by(|one, other| *one == byte && *other == byte);
    let is_odd = |run: &&[u8]| run[0] == byte && run.len() % 2 == 1;
    memchr::memchr(byte, head).is_some() && !runs.any(|run| is_odd(&run))
}

impl Trial {
    fn of(head: &[u8], dialect: Dialect) -> Self {
        let rules = Rules::of(dialect);
        let mut trial = Self::default();
        let mut curly = Curly::new(dialect.delimiter.text());
        let mut rest = match dialect.quote {
            QuoteMark::Curly => curly.feed(head, true),
            _ => head,
        };
        while !rest.is_empty() && trial.n_rows < MAX_ROWS {
            if let Some(behind) = rest.strip_prefix(BYTE_ORDER_MARK) {
                rest = behind;
                continue;
            }
            if matches!(rest[0], b'\n' | b'\r') {
                rest = &rest[1..];
                continue;
            }
            let Some(cut) = record(rules, rest) else {
                break;
            };
            let is_cut_off = cut.next == rest.len() && head.len() == ENOUGH;
            if !is_cut_off || trial.n_rows == 0 {
                trial.take(&cut, rules.delimiter);
            }
            rest = &rest[cut.next..];
        }
        trial
    }

    fn take(&mut self, cut: &Cut, delimiter: Delimiter) {
        let n_cells = cut.cells.len();
        if self.lengths.len() <= n_cells {
            self.lengths.resize(n_cells + 1, 0);
        }
        self.lengths[n_cells] += 1;
        self.n_rows += 1;
        self.n_cells += n_cells;
        let mut start = 0;
        for (place, &end) in cut.cells.ends.iter().enumerate() {
            let cell = &cut.cells.bytes[start..end as usize];
            start = end as usize + 1;
            let is_value = is_value(cell.trim_ascii());
            self.n_values += usize::from(is_value);
            if cut.cells.enclosed[place] {
                let is_faulty = cut.faults.contains(&place);
                self.n_known += if is_faulty { 0.5 } else { 1.0 };
                self.n_enclosed += usize::from(!is_faulty);
            } else {
                self.n_known += plausibility(cell, is_value, delimiter);
            }
        }
    }

    /// Pattern score times type score; 0 where this is no table.
    fn score(&self, delimiter: Delimiter) -> f64 {
        if self.cuts_sentences() {
            return 0.0;
        }
        let n_rows = self.n_rows.max(1) as f64;
        let (mut pattern, mut entropy) = (0.0, 0.0);
        for (length, &n_times) in self.lengths.iter().enumerate() {
            if n_times > 0 {
                let share = n_times as f64 / n_rows;
                pattern += share * (length as f64 - 1.0) / length.max(1) as f64;
                entropy -= share * libm::log(share);
            }
        }
        let types = self.n_known / self.n_cells.max(1) as f64;
        let score = pattern / libm::exp(entropy) * types;
        // Rows of one length of which every cell is enclosed are no accident, whatever stands in them.
        let is_enclosed = entropy == 0.0 && self.n_enclosed == self.n_cells;
        if is_enclosed && pattern > 0.0 && delimiter_is_usual(delimiter) {
            return 1.0 + score;
        }
        if delimiter_is_usual(delimiter) {
            return score;
        }
        // Words have blanks and colons between them: what they part must be more than words.
        let width = self.n_cells as f64 / n_rows;
        // `Person 1` is a name, `2020 5.3` are two columns.
        let share = if width < 2.5 { 1.5 } else { 0.5 };
        let is_table = self.n_values as f64 >= n_rows * share || width >= 4.0 && self.n_rows > 2;
        if is_table { score * UNUSUAL } else { 0.0 }
    }

    /// Whether rows that were taken out of quotes are rows of a table: alike, with numbers or dates in them. A sentence in
    /// quotes may have commas, too.
    fn is_of_rows(&self, delimiter: Delimiter) -> bool {
        let most_alike = self.lengths.iter().skip(2).max().copied().unwrap_or(0);
        let is_even = most_alike * 10 >= self.n_rows * 9;
        delimiter_is_usual(delimiter) && is_even && self.n_values >= self.n_rows
    }

    /// Whether most rows are one cell and the others have this many cells and that: what is in them delimits nothing.
    fn cuts_sentences(&self) -> bool {
        let n_alone = self.lengths.get(1).copied().unwrap_or(0);
        let most_alike = self.lengths.iter().skip(2).max().copied().unwrap_or(0);
        n_alone * 2 >= self.n_rows && most_alike * 2 <= self.n_rows - n_alone
    }
}

const fn delimiter_is_usual(delimiter: Delimiter) -> bool {
    matches!(
        delimiter,
        Delimiter::Comma
            | Delimiter::Semicolon
            | Delimiter::Tab
            | Delimiter::Pipe
            | Delimiter::CommaSpace
            | Delimiter::SemicolonSpace
            | Delimiter::SpacedPipe
            | Delimiter::DoublePipe
            | Delimiter::DoubleSemicolon
            | Delimiter::BrokenBar
            | Delimiter::Unit
    )
}

/// Whether a delimiter is so rare that commas with a blank behind them are part of the cells between.
const fn delimiter_is_rare(delimiter: Delimiter) -> bool {
    matches!(
        delimiter,
        Delimiter::DoubleSemicolon
            | Delimiter::DoubleColon
            | Delimiter::BrokenBar
            | Delimiter::Hash
            | Delimiter::Asterisk
            | Delimiter::Exclamation
            | Delimiter::Unit
    )
}

/// The next record. One whose quotes run over lines and do not add up is cut without them.
fn record(rules: Rules, rest: &[u8]) -> Option<Cut> {
    let cut = rules.cut(rest, &[], true)?;
    if cut.is_open || !cut.faults.is_empty() && cut.n_line_breaks > 1 {
        return Rules {
            quote: None,
            ..rules
        }
        .cut(rest, &[], true);
    }
    Some(cut)
}

/// How much a cell that is not enclosed looks like one: 0 where a delimiter or a quote is left in it.
fn plausibility(cell: &[u8], is_value: bool, delimiter: Delimiter) -> f64 {
    let inner = cell.trim_ascii();
    let blanks = if inner.len() < cell.len() && !inner.is_empty() {
        0.8
    } else {
        1.0
    };
    let is_of_sentence = |place: usize| {
        delimiter_is_rare(delimiter) && inner[place] == b',' && inner.get(place + 1) == Some(&b' ')
    };
    let is_left_over = |(place, byte): (usize, &u8)| {
        matches!(byte, b',' | b';' | b'|' | b'\t')
            && !delimiter.text().as_bytes().contains(byte)
            && !is_of_sentence(place)
    };
    // Hours and addresses have colons of their own.
    let is_part = || inner.starts_with(b"//") || inner.len() <= 2 || ends_like_hours(inner);
    if delimiter == Delimiter::Colon && is_part() {
        return 0.2;
    }
    // Blanks side by side are there to look even; two pipes may be one delimiter.
    if inner.is_empty() && matches!(delimiter, Delimiter::Space | Delimiter::Pipe) {
        return 0.5;
    }
    if inner.is_empty() || is_value {
        return blanks;
    }
    let has_quote = inner.starts_with(b"\"") || inner.starts_with(b"'") || inner.ends_with(b"\"");
    if has_quote || inner.iter().enumerate().any(is_left_over) {
        return 0.0;
    }
    blanks
}

/// `2024-01-01 08` and `00,5`: what is left of a time of day that was cut at its colons.
fn ends_like_hours(cell: &[u8]) -> bool {
    let is_pair = |pair: &[u8]| pair.iter().all(u8::is_ascii_digit);
    let has_pair = cell.len() > 2 && (is_pair(&cell[..2]) || is_pair(&cell[cell.len() - 2..]));
    has_pair && !cell.iter().all(u8::is_ascii_digit)
}

fn is_value(cell: &[u8]) -> bool {
    let has_digit = cell.len() <= 64 && cell.iter().any(u8::is_ascii_digit);
    has_digit
        && (decimal(cell, DecimalMark::Point).is_some()
            || decimal(cell, DecimalMark::Comma).is_some()
            || written(cell).is_some())
}

/// Whether at least half of the lines are one cell in quotes that is no number.
fn has_rows_in_quotes(head: &[u8]) -> bool {
    let lines = head.split(|&byte| matches!(byte, b'\n' | b'\r'));
    let lines = lines.filter(|line| !line.is_empty()).take(MAX_ROWS);
    let (mut n_lines, mut n_whole) = (0_usize, 0_usize);
    for line in lines {
        n_lines += 1;
        let inner = line
            .strip_prefix(b"\"")
            .and_then(|rest| rest.strip_suffix(b"\""));
        n_whole += usize::from(inner.is_some_and(is_within_quotes));
    }
    n_whole > 0 && n_whole * 2 >= n_lines
}

/// Whether all quotes within are written twice, and there is more than a number.
fn is_within_quotes(inner: &[u8]) -> bool {
    let mut runs = inner.split(|&byte| byte != b'"');
    runs.all(|run| run.len() % 2 == 0) && !is_value(inner.trim_ascii())
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
    fn unusual_delimiters_are_found_where_they_part_more_than_words() {
        for (head, delimiter) in [
            (
                "day time n\n2018-01-01 00:00 5\n2018-01-02 00:15 6\n",
                Delimiter::Space,
            ),
            (
                " 00001  1 19970101  11.77\n 00002 12 19970112   7.00\n",
                Delimiter::Spaces,
            ),
            (
                "id    city        n\n1     New York    5\n2     Los Angeles 6\n"
                    .replace("Los Angeles 6", "Los Angeles  6")
                    .leak(),
                Delimiter::WideSpaces,
            ),
            ("a, b, c\n1, \"x, y\", 3\n2, z, 4\n", Delimiter::CommaSpace),
            ("a^b^c\n1^2^3\n4^5^6\n", Delimiter::Caret),
            ("a||b||c\n1||2||3\n4||5||6\n", Delimiter::DoublePipe),
            ("a;;b;;c\n1;;2;;3\n4;;x, y;;6\n", Delimiter::DoubleSemicolon),
            ("a::b::c\n1::2::3\n4::x, y::6\n", Delimiter::DoubleColon),
            ("a¦b¦c\n1¦2¦3\n4¦x, y¦6\n", Delimiter::BrokenBar),
            ("a#b#c\n1#2#3\n4#x, y#6\n", Delimiter::Hash),
            ("a*b*c\n1*2*3\n4*x, y*6\n", Delimiter::Asterisk),
            ("a!b!c\n1!2!3\n4!x, y!6\n", Delimiter::Exclamation),
            (
                "a\x1fb\x1fc\n1\x1f2\x1f3\n4\x1fx, y\x1f6\n",
                Delimiter::Unit,
            ),
            ("a;b;c\n1;;\n4;;5\n;;6\n", Delimiter::Semicolon),
            ("id,tag,n\n1,#red,5\n2,#blue #red,6\n", Delimiter::Comma),
            ("id,text,n\n1,Great!,5\n2,Wow! Nice!,6\n", Delimiter::Comma),
        ] {
            check(head, Some((delimiter, true)));
        }
        check("customer name\nann lee\nbob kim\n", None);
        check("note: a thing\nnote: another\n", None);
        check("name\nPerson 1\nPerson 2\nPerson 3\n", None);
        check("1990 5.5\n1991 6.5\n", Some((Delimiter::Space, true)));
        let times = "date,id\n2014-03-08 00:00:00,0\n2014-05-21 00:00:00,1\n";
        check(times, Some((Delimiter::Comma, true)));
    }

    #[test]
    fn other_quotes_and_escapes_are_found() {
        let dialect = guess(b"a,b\n'x, y',1\n'it''s, z',2\n").unwrap();
        assert_eq!(
            (dialect.delimiter, dialect.quote),
            (Delimiter::Comma, QuoteMark::Single)
        );
        let dialect = guess(b"a,b\n\"x \\\"1\\\", y\",1\n\"z \\\"2\\\", u\",2\n").unwrap();
        assert_eq!(dialect.escape, Escape::Backslash);
        let dialect = guess("a,b\n“x, y”,1\n“z, u”,2\n".as_bytes()).unwrap();
        assert_eq!(
            (dialect.delimiter, dialect.quote),
            (Delimiter::Comma, QuoteMark::Curly)
        );
        let dialect = guess(b"name,note\nO'Brien,'t was\nD'Arcy,it's\n").unwrap();
        assert_eq!(dialect.quote, QuoteMark::Double);
    }

    #[test]
    fn what_stands_in_quotes_parts_nothing_where_every_cell_is_enclosed() {
        for delimiter in Delimiter::ALL {
            let note = ["1"; 20].join(delimiter.text());
            let rows = format!("\"K1\",\"{note}\"\n").repeat(20);
            check(
                &format!("\"id\",\"note\"\n{rows}"),
                Some((Delimiter::Comma, true)),
            );
        }
    }

    #[test]
    fn rows_within_quotes_are_found_and_sentences_and_sums_are_none() {
        let found = |head: &str| guess(head.as_bytes()).map(|one| (one.delimiter, one.quote));
        let comma = |quote| Some((Delimiter::Comma, quote));
        let rows = "\"C1,2024-01-13,10\"\n\"C2,2024-01-14,\"\"1,5\"\"\"\n";
        for header in ["\"id,day,sum\"\n", "id,day,sum\n"] {
            let head = format!("\u{feff}{header}{rows}");
            assert_eq!(found(&head), comma(QuoteMark::Row), "{head}");
        }
        let semicolons = "\"id;day;sum\"\n\"C1;2024-01-13;1,5\"\n\"C2;2024-01-14;2,5\"\n";
        assert_eq!(
            found(semicolons),
            Some((Delimiter::Semicolon, QuoteMark::Row))
        );
        for text in [
            "place\n\"Seoul, Korea\"\n\"Lyon, France\"\n",
            "sum\n\"1,234\"\n\"5,678\"\n\"9,123\"\n",
            "note\n\"In 2020, 5 of us\"\n\"Then, in 2021, all\"\n",
            "\"id\"\n\"C1\"\n\"C2\"\n",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        let usual = "\"id\",\"day\"\n\"C1\",\"2024-01-13\"\n";
        assert_eq!(found(usual), comma(QuoteMark::Double));
    }

    #[test]
    fn a_few_broken_rows_do_not_hide_the_delimiter() {
        let rows = "00:00,https://a,5\n".repeat(20);
        check(
            &format!("t,u,n\n{rows}00:00,x\n,,,,\n"),
            Some((Delimiter::Comma, true)),
        );
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

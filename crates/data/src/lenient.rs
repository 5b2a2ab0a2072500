//! One record byte by byte, by any rules: for delimiters of several letters, other quotes and escapes, and for records
//! whose quotes do not add up.
//!
//! A quote in an enclosed cell that no delimiter or line end follows is taken as content. What is cut is what the
//! bytes up to the record's end say, wherever the file was cut into pieces.

use super::tokenise::Record;
use super::{Delimiter, Dialect, Escape, QuoteMark, drawn};

/// How a record is cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) delimiter: Delimiter,
    pub(super) quote: Option<u8>,
    pub(super) escape: Escape,
    /// Whether a record that is one enclosed cell is a row within quotes.
    pub(super) opens_rows: bool,
}

/// A record that was cut.
#[derive(Clone, Debug, Default)]
pub(super) struct Cut {
    pub(super) cells: Cells,
    /// Bytes up to its line end.
    pub(super) end: usize,
    /// Bytes up to the next record.
    pub(super) next: usize,
    /// Line breaks within it and at its end.
    pub(super) n_line_breaks: u64,
    /// Cells with a quote that is none, in order.
    pub(super) faults: Vec<usize>,
    /// Whether a quote is open where the bytes end.
    pub(super) is_open: bool,
    /// Whether it was cut by other rules than the file's.
    pub(super) is_mended: bool,
}

/// How a record came by its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Repair {
    /// By the rules of the file, or in no way that fits.
    #[default]
    None,
    /// By the rules of the file, with quotes within cells that are not enclosed.
    Stray,
    /// By others, which give the table's columns.
    Mended,
}

/// Cells one after the other, with a byte between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    pub(super) bytes: Vec<u8>,
    pub(super) ends: Vec<u32>,
    /// Whether each was enclosed.
    pub(super) enclosed: Vec<bool>,
}

impl Cut {
    /// Whether there are `width` cells, and nothing in those beyond.
    pub(super) fn fits(&self, width: usize) -> bool {
        let ends = &self.cells.ends;
        let beyond = ends.windows(2).skip(width.saturating_sub(1));
        ends.len() >= width && beyond.into_iter().all(|pair| pair[0] + 1 == pair[1])
    }

    const fn is_sound_row(&self) -> bool {
        self.cells.ends.len() > 1 && self.faults.is_empty() && !self.is_open
    }

    /// How it came by its cells in a table of `width` columns; `sound` where the rules of the file gave them.
    pub(super) fn repair(&self, width: usize, sound: Repair) -> Repair {
        if !self.fits(width) || self.is_open {
            return Repair::None;
        }
        if self.is_mended || !self.faults.is_empty() {
            Repair::Mended
        } else {
            sound
        }
    }
}

impl Cells {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Ends a cell whose content is `content`, written so that a [`super::tokenise::Record`] gives it back.
    pub(super) fn push(&mut self, content: &[u8], was_enclosed: bool) {
        if !self.ends.is_empty() {
            self.bytes.push(b',');
        }
        if content.starts_with(b"\"") {
            self.bytes.push(b'"');
            for &byte in content {
                self.bytes.push(byte);
                if byte == b'"' {
                    self.bytes.push(b'"');
                }
            }
            self.bytes.push(b'"');
        } else {
            self.bytes.extend_from_slice(content);
        }
        self.ends.push(self.bytes.len() as u32);
        self.enclosed.push(was_enclosed);
    }
}

impl Rules {
    pub(super) fn of(dialect: Dialect) -> Self {
        Self {
            delimiter: dialect.delimiter,
            quote: dialect.quoted.then_some(dialect.quote.byte()),
            escape: dialect.escape,
            opens_rows: dialect.quote == QuoteMark::Row,
        }
    }

    /// Cuts the record that `bytes` begin with; cells in `literal` are not enclosed whatever they begin with. `None`
    /// where the record may go on behind the bytes; `at_end` where nothing does.
    pub(super) fn cut(self, bytes: &[u8], literal: &[usize], at_end: bool) -> Option<Cut> {
        if self.delimiter == Delimiter::Drawn {
            return drawn::cut(bytes, at_end);
        }
        let mut cutter = Cutter {
            rules: self,
            bytes,
            at_end,
            position: 0,
            content: Vec::new(),
            cut: Cut::default(),
        };
        cutter.record(literal)?;
        Some(self.opened(cutter.cut))
    }

    /// The cells of a row that stands within quotes as a whole; any other record as it was cut.
    fn opened(self, cut: Cut) -> Cut {
        let is_whole = cut.cells.enclosed == [true] && cut.faults.is_empty();
        if !self.opens_rows || !is_whole {
            return cut;
        }
        let rules = Self {
            opens_rows: false,
            ..self
        };
        let record = Record::new(&cut.cells.bytes, &cut.cells.ends, 1, true);
        let row = record.cell(0);
        match rules.cut(&row, &[], true) {
            Some(inner) if inner.end == row.len() && inner.is_sound_row() => Cut {
                cells: inner.cells,
                ..cut
            },
            _ => cut,
        }
    }

    /// Bytes of the delimiter at `position`, 0 where there is none; `None` where that cannot be seen yet.
    fn delimiter_at(self, bytes: &[u8], position: usize, at_end: bool) -> Option<usize> {
        let rest = &bytes[position..];
        let text = self.delimiter.text().as_bytes();
        if !rest.starts_with(text) {
            let may_begin = !at_end && text.starts_with(rest);
            return if may_begin { None } else { Some(0) };
        }
        if !matches!(self.delimiter, Delimiter::Spaces | Delimiter::WideSpaces) {
            return Some(text.len());
        }
        let n_blanks = rest.iter().take_while(|&&byte| byte == b' ').count();
        (at_end || n_blanks < rest.len()).then_some(n_blanks)
    }
}

/// A record that is being cut. Every method gives `None` where the bytes do not tell.
struct Cutter<'a> {
    rules: Rules,
    bytes: &'a [u8],
    at_end: bool,
    position: usize,
    content: Vec<u8>,
    cut: Cut,
}

impl Cutter<'_> {
    fn record(&mut self, literal: &[usize]) -> Option<()> {
        let is_blanks = matches!(
            self.rules.delimiter,
            Delimiter::Spaces | Delimiter::WideSpaces
        );
        if is_blanks {
            self.position = self.bytes.iter().take_while(|&&byte| byte == b' ').count();
        }
        loop {
            self.content.clear();
            let is_quote = self
                .byte()
                .is_some_and(|byte| Some(byte) == self.rules.quote);
            let is_enclosed = is_quote && !literal.contains(&self.cut.cells.len());
            if is_enclosed {
                self.enclosed()?;
            } else {
                self.plain()?;
            }
            self.cut.cells.push(&self.content, is_enclosed);
            if self.byte().is_none_or(is_line_end) {
                break;
            }
            self.position += self.delimiter()?;
            if is_blanks && self.byte().is_none_or(is_line_end) {
                break;
            }
        }
        if self.byte().is_none() && !self.at_end {
            return None;
        }
        self.cut.end = self.position;
        self.cut.next = (self.position + 1).min(self.bytes.len());
        self.cut.n_line_breaks = line_breaks(&self.bytes[..self.cut.next]);
        Some(())
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    fn delimiter(&self) -> Option<usize> {
        self.rules
            .delimiter_at(self.bytes, self.position, self.at_end)
    }

    /// A cell up to its delimiter or line end.
    fn plain(&mut self) -> Option<()> {
        while let Some(byte) = self.byte().filter(|&byte| !is_line_end(byte)) {
            if self.delimiter()? > 0 {
                return Some(());
            }
            if byte == b'\\' && self.rules.escape == Escape::Backslash {
                self.escaped()?;
            } else {
                self.content.push(byte);
                self.position += 1;
            }
        }
        (self.at_end || self.byte().is_some()).then_some(())
    }

    /// A cell within quotes, up to behind its closing quote and the blanks after that.
    fn enclosed(&mut self) -> Option<()> {
        let quote = self.rules.quote?;
        self.position += 1;
        while let Some(byte) = self.byte() {
            if byte == b'\\' && self.rules.escape == Escape::Backslash {
                self.escaped()?;
                continue;
            }
            self.position += 1;
            if byte != quote {
                self.content.push(byte);
                continue;
            }
            if self.byte().is_none() && !self.at_end {
                return None;
            }
            if self.byte() == Some(quote) && self.rules.escape == Escape::Doubled {
                self.content.push(quote);
                self.position += 1;
            } else if let Some(n_blanks) = self.closing()? {
                self.position += n_blanks;
                return Some(());
            } else {
                self.content.push(quote);
                self.blame();
            }
        }
        if !self.at_end {
            return None;
        }
        self.cut.is_open = true;
        self.blame();
        Some(())
    }

    /// Blanks between a closing quote and what ends its cell; `None` within where nothing ends it here.
    fn closing(&self) -> Option<Option<usize>> {
        let rest = &self.bytes[self.position..];
        let n_blanks = rest.iter().take_while(|&&byte| byte == b' ').count();
        for n_blanks in [0, n_blanks] {
            let at = self.position + n_blanks;
            match self.bytes.get(at) {
                None => return self.at_end.then_some(Some(n_blanks)),
                Some(&byte) if is_line_end(byte) => return Some(Some(n_blanks)),
                Some(_) => {}
            }
            if self.rules.delimiter_at(self.bytes, at, self.at_end)? > 0 {
                return Some(Some(n_blanks));
            }
        }
        Some(None)
    }

    /// A backslash and what follows it.
    fn escaped(&mut self) -> Option<()> {
        let next = self.bytes.get(self.position + 1).copied();
        if next.is_none() && !self.at_end {
            return None;
        }
        let is_escape = next.is_some_and(|next| {
            Some(next) == self.rules.quote
                || next == b'\\'
                || self.rules.delimiter.text().as_bytes().first() == Some(&next)
        });
        if is_escape {
            self.position += 1;
        }
        self.content.push(self.bytes[self.position]);
        self.position += 1;
        Some(())
    }

    fn blame(&mut self) {
        let cell = self.cut.cells.len();
        if self.cut.faults.last() != Some(&cell) {
            self.cut.faults.push(cell);
        }
    }
}

const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// How many lines end in `bytes`; CRLF is one end.
pub(super) fn line_breaks(bytes: &[u8]) -> u64 {
    let mut n_breaks = 0;
    let mut previous = 0;
    for &byte in bytes {
        let continues = byte == b'\n' && previous == b'\r';
        n_breaks += u64::from(is_line_end(byte) && !continues);
        previous = byte;
    }
    n_breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, rules: Rules) -> Vec<String> {
        let cut = rules.cut(text.as_bytes(), &[], true).unwrap();
        let record = Record::new(&cut.cells.bytes, &cut.cells.ends, 1, true);
        let texts = record
            .cells()
            .map(|cell| String::from_utf8(cell.into_owned()).unwrap());
        texts.collect()
    }

    fn rules(delimiter: Delimiter, quote: u8, escape: Escape) -> Rules {
        Rules {
            delimiter,
            quote: Some(quote),
            escape,
            opens_rows: false,
        }
    }

    #[test]
    fn every_rule_cuts_as_it_says() {
        let doubled = Escape::Doubled;
        for (text, rules, expected) in [
            (
                "a,\"b,\"\"c\"\"\",d\n",
                rules(Delimiter::Comma, b'"', doubled),
                vec!["a", "b,\"c\"", "d"],
            ),
            (
                "a,'b''s, c' ,d\r\n",
                rules(Delimiter::Comma, b'\'', doubled),
                vec!["a", "b's, c", "d"],
            ),
            (
                "1,\"I missed \" it\",3",
                rules(Delimiter::Comma, b'"', doubled),
                vec!["1", "I missed \" it", "3"],
            ),
            (
                "a,\"b\\\"c\",d",
                rules(Delimiter::Comma, b'"', Escape::Backslash),
                vec!["a", "b\"c", "d"],
            ),
            (
                "a,\"48\"\",b",
                rules(Delimiter::Comma, b'"', Escape::None),
                vec!["a", "48\"", "b"],
            ),
            (
                "  a b    \"c d\"  \n",
                rules(Delimiter::Spaces, b'"', doubled),
                vec!["a", "b", "c d"],
            ),
            (
                "New York   5\n",
                rules(Delimiter::WideSpaces, b'"', doubled),
                vec!["New York", "5"],
            ),
            (
                "a, \"b, c\", \n",
                rules(Delimiter::CommaSpace, b'"', doubled),
                vec!["a", "b, c", ""],
            ),
            (
                "a || b||c",
                rules(Delimiter::DoublePipe, b'"', doubled),
                vec!["a ", " b", "c"],
            ),
            (
                "\"\"Throw, x\",2",
                rules(Delimiter::Comma, b'"', Escape::None),
                vec!["\"Throw, x", "2"],
            ),
        ] {
            assert_eq!(cells(text, rules), expected, "{text}");
        }
    }

    #[test]
    fn a_row_within_quotes_is_opened_where_it_is_one() {
        let rules = Rules {
            opens_rows: true,
            ..rules(Delimiter::Comma, b'"', Escape::Doubled)
        };
        for (text, expected) in [
            ("\"ann,2024-01-13,5\"\n", vec!["ann", "2024-01-13", "5"]),
            ("\"\"\"Kim, A\"\",5\"", vec!["Kim, A", "5"]),
            ("\"Kim, A\",5", vec!["Kim, A", "5"]),
            ("\"ann\"", vec!["ann"]),
            ("\"ann,1\nbob,2\"", vec!["ann,1\nbob,2"]),
            ("\"ann,\"\"5\"", vec!["ann,\"5"]),
        ] {
            assert_eq!(cells(text, rules), expected, "{text}");
        }
    }

    #[test]
    fn a_record_is_cut_only_where_its_end_is_seen() {
        let rules = rules(Delimiter::CommaSpace, b'"', Escape::Doubled);
        let text = b"a, \"b\", c\nd";
        for n_bytes in 0..text.len() - 1 {
            let cut = rules.cut(&text[..n_bytes], &[], false);
            assert_eq!(cut.is_some(), n_bytes >= 10, "{n_bytes}");
        }
    }
}

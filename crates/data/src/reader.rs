//! The bytes of a file to the records of its table: decoded, without the lines above it, cut, and mended where they do
//! not fit. What reads a file, reads it through here, so that all see the same rows.
//!
//! Invariant: where the bytes are cut into pieces changes nothing.

mod body;
mod odd;
mod stretch;

use super::curly::Curly;
use super::decoder::{Decoders, TextStream};
use super::encoding::TextCheck;
use super::fit::split_otherwise;
use super::lenient::{Repair, Rules};
use super::padding::Padding;
use super::preview::PREVIEW_BYTES;
use super::tokenise::{Record, Records, Sink, Tokeniser};
use super::{Beside, Dialect, Encoding, ImportError, PassedRows, QuoteMark};
use body::Body;
use odd::OddCutter;
pub(super) use stretch::{Known, Traces};

/// Cuts a file into records.
#[derive(Debug)]
pub(super) struct Reader {
    /// Whether what is taken for UTF-8 is that.
    check: Option<TextCheck>,
    text: TextStream,
    padding: Padding,
    /// What makes curly quotes straight, where they enclose cells.
    curly: Option<Curly>,
    /// Whether the bytes so far end with a line feed.
    is_behind_line: bool,
    above: LinesAbove,
    cutter: Cutter,
    fitter: Fitter,
    body: Body,
}

/// The two ways of cutting: fast, and by any rules.
#[derive(Debug)]
enum Cutter {
    Plain(Box<Tokeniser>),
    Odd(OddCutter),
}

/// What mends rows of another delimiter, where their bytes are the file's own.
#[derive(Clone, Copy, Debug)]
struct Fitter {
    rules: Rules,
    /// Cells of a row of the table.
    width: Option<usize>,
}

impl Reader {
    /// At the start of a file, of whose table nothing is known: records come as they are cut.
    pub(super) fn new(dialect: Dialect, decoders: Decoders) -> Self {
        let cutter = if dialect.is_plain() {
            Cutter::Plain(Box::new(Tokeniser::new(dialect)))
        } else {
            Cutter::Odd(OddCutter::new(dialect))
        };
        let is_curly = dialect.quoted && dialect.quote == QuoteMark::Curly;
        Self {
            check: (dialect.encoding == Encoding::Utf8).then(TextCheck::default),
            text: TextStream::new(dialect.encoding, decoders),
            padding: Padding::default(),
            curly: is_curly.then(|| Curly::new(dialect.delimiter.text())),
            is_behind_line: false,
            above: LinesAbove::new(dialect.first_line.saturating_sub(1)),
            cutter,
            fitter: Fitter {
                rules: Rules::of(dialect),
                width: None,
            },
            body: Body::new(dialect),
        }
    }

    /// Mends records that have not the table's `width` cells.
    pub(super) fn fitting(mut self, width: usize) -> Self {
        self.cutter = match self.cutter {
            Cutter::Plain(tokeniser) => Cutter::Plain(Box::new(tokeniser.fitting(width))),
            Cutter::Odd(odd) => Cutter::Odd(odd.fitting(width)),
        };
        self.fitter.width = Some(width);
        self
    }

    /// As [`Reader::fitting`], and leaves out what stands below the table.
    pub(super) fn of_table(self, width: usize) -> Self {
        let mut reader = self.fitting(width);
        reader.body = reader.body.of_table(width);
        reader
    }

    pub(super) const fn is_fitting(&self) -> bool {
        self.fitter.width.is_some()
    }

    /// What was passed over so far.
    pub(super) fn beside(&self) -> Beside {
        Beside {
            above: self.above.passed.clone(),
            header: self.body.header().clone(),
            below: self.body.below().clone(),
        }
    }

    /// Takes the next bytes and gives `sink` the records that end in them.
    ///
    /// # Errors
    /// A record that does not end, or what `sink` says.
    #[inline]
    pub(super) fn feed(&mut self, bytes: &[u8], sink: &mut impl Sink) -> Result<(), ImportError> {
        let check = self.check.as_mut();
        let has_zeros = check.map(|check| check.feed(bytes));
        if let Some(last) = bytes.last() {
            self.is_behind_line = *last == b'\n';
        }
        let mut text = self.text.feed(bytes);
        let has_zeros = has_zeros.unwrap_or_else(|| memchr::memchr(0, text).is_some());
        if has_zeros || self.padding.is_waiting() {
            text = self.padding.feed(text);
        }
        if let Some(curly) = &mut self.curly {
            text = curly.feed(text, false);
        }
        let text = self.above.below(text);
        let mut sink = Fitting {
            fitter: self.fitter,
            sink: &mut self.body.before(sink),
        };
        match &mut self.cutter {
            Cutter::Plain(tokeniser) => tokeniser.feed(text, &mut sink),
            Cutter::Odd(odd) => odd.feed(text, &mut sink),
        }
    }

    /// Ends the file: gives `sink` a last record without a line end.
    ///
    /// # Errors
    /// As [`Reader::feed`]; [`ImportError::Encoding`] where the file turns out to be in another encoding behind what a
    /// preview sees.
    pub(super) fn finish(&mut self, sink: &mut impl Sink) -> Result<(), ImportError> {
        if let Some(check) = &self.check {
            check.verdict(PREVIEW_BYTES as u64)?;
        }
        let mut text = self.text.finish();
        if let Some(curly) = &mut self.curly {
            text = curly.feed(text, true);
        }
        let text = self.above.below(text);
        let mut fitting = Fitting {
            fitter: self.fitter,
            sink: &mut self.body.before(sink),
        };
        match &mut self.cutter {
            Cutter::Plain(tokeniser) => {
                tokeniser.feed(text, &mut fitting)?;
                tokeniser.finish(&mut fitting)?;
            }
            Cutter::Odd(odd) => {
                odd.feed(text, &mut fitting)?;
                odd.finish(&mut fitting)?;
            }
        }
        self.above.end_line();
        self.body.finish(sink)
    }
}

/// A sink before which rows of another delimiter are mended.
struct Fitting<'a, S> {
    fitter: Fitter,
    sink: &'a mut S,
}

impl<S: Sink> Sink for Fitting<'_, S> {
    fn take(&mut self, records: Records<'_>) -> Result<(), ImportError> {
        let Some(width) = self.fitter.width.filter(|_| records.are_as_written()) else {
            return self.sink.take(records);
        };
        let most_cells = width.saturating_sub(1).min(2);
        let is_short = |n_cells: usize| n_cells <= most_cells;
        let mut n_given = 0;
        for (place, n_cells) in records.n_cells().enumerate() {
            if is_short(n_cells) {
                self.sink.take(records.range(n_given..place))?;
                self.fitter.split(records.get(place), width, self.sink)?;
                n_given = place + 1;
            }
        }
        self.sink.take(records.range(n_given..records.len()))
    }
}

impl Fitter {
    #[cold]
    fn split(
        self,
        record: Record<'_>,
        width: usize,
        sink: &mut impl Sink,
    ) -> Result<(), ImportError> {
        let Some(cut) = split_otherwise(record.source(), self.rules, width) else {
            return record.give(sink);
        };
        Record::rejoined(&cut.cells, record.source(), record.line(), Repair::Mended).give(sink)
    }
}

/// The lines above a table, which are passed over.
#[derive(Debug)]
struct LinesAbove {
    n_left: u64,
    n_lines: u64,
    /// Whether the line that is being passed over has a byte.
    has_byte: bool,
    passed: PassedRows,
    /// Whether the line that was passed over last ended with a carriage return, which a line feed may follow.
    after_return: bool,
}

impl LinesAbove {
    fn new(n_left: u64) -> Self {
        Self {
            n_left,
            n_lines: 0,
            has_byte: false,
            passed: PassedRows::default(),
            after_return: false,
        }
    }

    fn end_line(&mut self) {
        self.n_lines += 1;
        if std::mem::take(&mut self.has_byte) {
            self.passed.note(self.n_lines);
        }
    }

    /// What of `text` is below them.
    #[inline]
    fn below<'a>(&mut self, text: &'a [u8]) -> &'a [u8] {
        let mut rest = text;
        while self.n_left > 0 || self.after_return {
            let Some((&first, after)) = rest.split_first() else {
                break;
            };
            if std::mem::take(&mut self.after_return) && first == b'\n' {
                rest = after;
                continue;
            }
            if self.n_left == 0 {
                break;
            }
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            self.has_byte |= end != Some(0);
            let Some(end) = end else {
                return &[];
            };
            self.end_line();
            self.n_left -= 1;
            self.after_return = rest[end] == b'\r';
            rest = &rest[end + 1..];
        }
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_above_end_as_lines_do_wherever_they_are_cut() {
        for (text, n_lines, expected) in [
            ("a\nb\nc", 1, "b\nc"),
            ("a\r\nb\r\nc", 2, "c"),
            ("a\r\r\nb", 2, "b"),
            ("a\nb", 5, ""),
            ("a\n\nb", 0, "a\n\nb"),
        ] {
            for n_bytes in 1..=text.len() {
                let mut above = LinesAbove::new(n_lines);
                let pieces = text.as_bytes().chunks(n_bytes);
                let below: Vec<u8> = pieces
                    .flat_map(|piece| above.below(piece).to_vec())
                    .collect();
                assert_eq!(
                    String::from_utf8(below).unwrap(),
                    expected,
                    "{text:?} by {n_bytes}"
                );
            }
        }
    }
}

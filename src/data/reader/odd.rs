//! Records by rules that the fast tokeniser does not know: delimiters of several letters, other quotes and escapes.
//!
//! As the tokeniser does, it gives each record once, passes over lines without a byte, and ends records at LF, CR and
//! CRLF; memory is bounded by the longest record that is read.

use super::super::fit::{Mended, mend, split_otherwise};
use super::super::lenient::{Cut, Repair, Rules};
use super::super::tokenise::{Record, Sink};
use super::super::{Dialect, ImportError};

/// The longest record that is read, in bytes.
const LIMIT: usize = 1 << 20;

/// Cuts text into records.
#[derive(Debug)]
pub(super) struct OddCutter {
    rules: Rules,
    width: Option<usize>,
    buffer: Vec<u8>,
    /// Bytes that the next look at the record in the buffer needs.
    n_needed: usize,
    line: u64,
    after_return: bool,
    at_file_start: bool,
}

impl OddCutter {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            rules: Rules::of(dialect),
            width: None,
            buffer: Vec::new(),
            n_needed: 0,
            line: dialect.first_line,
            after_return: false,
            at_file_start: true,
        }
    }

    pub(super) fn fitting(self, width: usize) -> Self {
        Self {
            width: Some(width),
            ..self
        }
    }

    pub(super) fn feed(&mut self, text: &[u8], sink: &mut impl Sink) -> Result<(), ImportError> {
        self.buffer.extend_from_slice(text);
        if self.buffer.len() < self.n_needed.max(4) {
            return Ok(());
        }
        self.cut_all(false, sink)
    }

    pub(super) fn finish(&mut self, sink: &mut impl Sink) -> Result<(), ImportError> {
        self.cut_all(true, sink)
    }

    fn cut_all(&mut self, at_end: bool, sink: &mut impl Sink) -> Result<(), ImportError> {
        let mut start = 0;
        if std::mem::take(&mut self.at_file_start) && self.buffer.starts_with(b"\xef\xbb\xbf") {
            start = 3;
        }
        self.n_needed = 0;
        while let Some(&first) = self.buffer.get(start) {
            if matches!(first, b'\n' | b'\r') {
                self.line += u64::from(!(first == b'\n' && self.after_return));
                self.after_return = first == b'\r';
                start += 1;
                continue;
            }
            let Some(cut) = self.next_cut(start, at_end)? else {
                break;
            };
            let source = &self.buffer[start..start + cut.end];
            let repair = match self.width {
                Some(width) => cut.repair(width, Repair::None),
                None => Repair::None,
            };
            Record::rejoined(&cut.cells, source, self.line, repair).give(sink)?;
            self.after_return = self.buffer.get(start + cut.end) == Some(&b'\r');
            self.line += cut.n_line_breaks;
            start += cut.next;
        }
        self.buffer.drain(..start);
        self.n_needed = if self.n_needed > 0 {
            2 * self.buffer.len()
        } else {
            0
        };
        Ok(())
    }

    /// The record at `start`; `None` where more bytes are needed.
    fn next_cut(&mut self, start: usize, at_end: bool) -> Result<Option<Cut>, ImportError> {
        let rest = &self.buffer[start..];
        let seen = &rest[..rest.len().min(LIMIT)];
        let ends = at_end && seen.len() == rest.len();
        let fits = |cut: &Cut| self.width.is_none_or(|width| cut.fits(width));
        match self.rules.cut(seen, &[], ends) {
            Some(cut) if cut.faults.is_empty() || fits(&cut) && !cut.is_open => {
                Ok(Some(self.split(cut, rest)))
            }
            None if !ends && seen.len() < LIMIT => {
                self.n_needed = rest.len();
                Ok(None)
            }
            _ => self.mended(start, at_end),
        }
    }

    /// A record of far too few cells by another delimiter, if one cuts it.
    fn split(&self, cut: Cut, rest: &[u8]) -> Cut {
        let width = self
            .width
            .filter(|&width| width > 2 && cut.cells.len() <= 2);
        let other = width.and_then(|width| split_otherwise(&rest[..cut.end], self.rules, width));
        match other {
            Some(other) => Cut {
                cells: other.cells,
                is_mended: true,
                ..cut
            },
            None => cut,
        }
    }

    fn mended(&mut self, start: usize, at_end: bool) -> Result<Option<Cut>, ImportError> {
        let rest = &self.buffer[start..];
        match mend(rest, at_end, self.rules, self.width.unwrap_or(0)) {
            Mended::Is(cut) => Ok(Some(cut)),
            Mended::Wait => {
                self.n_needed = rest.len();
                Ok(None)
            }
            Mended::GiveUp => Err(self.endless()),
        }
    }

    const fn endless(&self) -> ImportError {
        ImportError::EndlessRecord {
            line: self.line,
            limit: LIMIT,
            open_quote: true,
        }
    }
}

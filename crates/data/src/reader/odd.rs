//! Records by rules that the fast tokeniser does not know: delimiters of several letters, other quotes and escapes.
//!
//! As the tokeniser does, it gives each record once, passes over lines without a byte, and ends records at LF, CR and
//! CRLF; memory is bounded by the longest record that is read.

use super::super::fit::{Mended, WINDOW, mend, split_otherwise};
use super::super::lenient::{Cut, Repair, Rules};
use super::super::tokenise::{BYTE_ORDER_MARK, Record, Sink};
use super::super::{Dialect, ImportError};

/// The longest record that is read, in bytes.
const LIMIT: usize = 1 << 20;

/// Records whose end is looked for that far in vain: after these it is looked for nearby only, since each look costs
/// all the bytes that it sees.
const MAX_VAIN: u32 = 8;

/// Cuts text into records.
#[derive(Debug)]
pub(super) struct OddCutter {
    rules: Rules,
    width: Option<usize>,
    buffer: Vec<u8>,
    /// Records whose end was looked for far away in vain.
    n_vain: u32,
    /// Bytes that the next look at the record in the buffer needs.
    n_needed: usize,
    line: u64,
    after_return: bool,
}

impl OddCutter {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            rules: Rules::of(dialect),
            width: None,
            buffer: Vec::new(),
            n_vain: 0,
            n_needed: 0,
            line: dialect.first_line,
            after_return: false,
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
        self.n_needed = 0;
        while let Some(&first) = self.buffer.get(start) {
            if self.buffer[start..].starts_with(BYTE_ORDER_MARK) {
                start += BYTE_ORDER_MARK.len();
                continue;
            }
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
        let is_near = self.n_vain >= MAX_VAIN;
        let limit = if is_near { WINDOW } else { LIMIT };
        let seen = &rest[..rest.len().min(limit)];
        let ends = at_end && seen.len() == rest.len();
        let fits = |cut: &Cut| self.width.is_none_or(|width| cut.fits(width));
        match self.rules.cut(seen, &[], ends) {
            Some(cut) if cut.faults.is_empty() || fits(&cut) && !cut.is_open => {
                Ok(Some(self.split(cut, rest)))
            }
            None if !ends && seen.len() < limit => {
                self.n_needed = rest.len();
                Ok(None)
            }
            cut => {
                let was_far = cut.is_none_or(|cut| cut.is_open || cut.end > WINDOW);
                let mended = self.mended(start, at_end)?;
                self.n_vain += u32::from(was_far && !is_near && mended.is_some());
                Ok(mended)
            }
        }
    }

    /// A record of far too few cells by another delimiter, if one cuts it.
    fn split(&self, cut: Cut, rest: &[u8]) -> Cut {
        let width = self.width.filter(|&width| cut.cells.len() < width.min(3));
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

#[cfg(test)]
mod tests {
    use super::super::super::Delimiter;
    use super::*;

    #[test]
    fn open_quotes_cost_a_far_look_only_a_few_times() {
        let dialect = Dialect {
            delimiter: Delimiter::DoublePipe,
            ..Dialect::default()
        };
        let mut odd = OddCutter::new(dialect).fitting(3);
        let mut n_rows = 0;
        let mut count = |_: Record<'_>| {
            n_rows += 1;
            Ok(())
        };
        let record = format!("\"ann||2024-01-01||{}\n", "5".repeat(32 << 10));
        let text = record.repeat(128);
        let mut longest = [0; 2];
        for (place, piece) in text.as_bytes().chunks(64 << 10).enumerate() {
            odd.feed(piece, &mut count).unwrap();
            let half = usize::from(place * (64 << 10) > 3 * LIMIT);
            longest[half] = longest[half].max(odd.buffer.len());
        }
        odd.finish(&mut count).unwrap();
        assert_eq!(n_rows, 128);
        assert!(longest[0] >= LIMIT);
        assert!(longest[1] <= 4 * WINDOW, "{longest:?}");
    }

    #[test]
    fn a_long_cell_within_quotes_is_one_cell() {
        let dialect = Dialect {
            delimiter: Delimiter::DoublePipe,
            ..Dialect::default()
        };
        let mut odd = OddCutter::new(dialect).fitting(2);
        let mut rows = Vec::new();
        let mut note = |record: Record<'_>| {
            rows.push((record.n_cells(), record.cell(1).len()));
            Ok(())
        };
        let text = format!("a||\"{}\"\nb||c\n", "x\n".repeat(WINDOW));
        odd.feed(text.as_bytes(), &mut note).unwrap();
        odd.finish(&mut note).unwrap();
        assert_eq!(rows, [(2, 2 * WINDOW), (2, 1)]);
    }
}

//! Bytes in pieces of any size to records, each given once to a [`Sink`].
//!
//! 64 bytes at a time become bit masks; the parity of the quotes says which marks are content. A quote where none
//! may open makes its record go byte by byte instead. Lines without a byte are no records; LF, CR and CRLF end one.
//! Invariant: where the bytes are cut changes nothing; memory is bounded by the longest record that is read.

mod masks;
mod record;
mod settle;
mod slow;

pub(crate) use record::{Cell, Record, Records};

use std::ops::Range;

use super::fit::{Mended, mend};
use super::lenient::{Cells, Repair, Rules};
use super::{Dialect, ImportError};
use masks::{BLOCK, masks, prefix_parity};
use record::Cut;
use slow::SlowRecord;

/// The longest record that is read, in bytes.
pub(crate) const RECORD_LIMIT: usize = 64 << 20;

/// Bytes that are copied and scanned at a time: small enough to stay in the processor's cache.
const PIECE: usize = 128 << 10;

/// What may stand before the first record, twice where a program added it to what had it, and before further ones where
/// files were joined.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What takes records: all that end in a piece at once, or, where it is a function, one by one.
pub(crate) trait Sink {
    /// Takes the next records.
    fn take(&mut self, records: Records<'_>) -> Result<(), ImportError>;
}

impl<F: FnMut(Record<'_>) -> Result<(), ImportError>> Sink for F {
    fn take(&mut self, records: Records<'_>) -> Result<(), ImportError> {
        records.iter().try_for_each(self)
    }
}

/// Cuts a file into records.
#[derive(Debug)]
pub(crate) struct Tokeniser {
    rules: Rules,
    /// Cells of a row of the table, where records whose quotes do not add up are to be mended.
    width: Option<usize>,
    /// Whether a line without a byte is a row.
    keeps_blank: bool,
    /// A record that was put together anew and comes after those that ended in the buffer.
    rejoined: Option<Rejoined>,
    /// Whether the byte before the buffer was a carriage return.
    has_dropped_return: bool,
    delimiter: u8,
    quoted: bool,
    limit: usize,
    /// What is still needed of the bytes so far.
    buffer: Vec<u8>,
    /// First byte of the record that is being read.
    start: usize,
    /// First byte that has not been scanned.
    position: usize,
    /// Ends of the cells of all records in the buffer, each counted from the start of its record.
    ends: Vec<u32>,
    /// The first of them that belongs to the record that is being read.
    first_end: usize,
    /// The records that ended in the buffer.
    cuts: Vec<Cut>,
    /// All ones within quotes.
    inside: u64,
    /// Whether a quote may open at `position`.
    may_open: bool,
    /// Whether the byte before `position` is a carriage return.
    after_carriage_return: bool,
    /// Line on which the record starts.
    line: u64,
    /// Line breaks before `position`.
    n_line_breaks: u64,
    slow: Option<SlowRecord>,
    at_file_start: bool,
}

/// A record that was put together anew.
#[derive(Debug)]
struct Rejoined {
    cells: Cells,
    /// Where in the buffer it stands.
    source: Range<usize>,
    line: u64,
    repair: Repair,
}

/// What the bytes so far are the end of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Of a piece: a few of them may wait for more.
    Piece,
    /// Of a stretch of the file: all that does not hang on what follows is read.
    Stretch,
    File,
}

impl Tokeniser {
    /// At the start of a file.
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            rules: Rules::of(dialect),
            width: None,
            keeps_blank: false,
            rejoined: None,
            has_dropped_return: false,
            delimiter: dialect.delimiter.byte().unwrap_or(b','),
            quoted: dialect.quoted,
            limit: RECORD_LIMIT,
            buffer: Vec::new(),
            start: 0,
            position: 0,
            ends: Vec::new(),
            first_end: 0,
            cuts: Vec::new(),
            inside: 0,
            may_open: true,
            after_carriage_return: false,
            line: dialect.first_line,
            n_line_breaks: dialect.first_line.saturating_sub(1),
            slow: None,
            at_file_start: true,
        }
    }

    /// Mends records whose quotes do not add up so that they have `width` cells. In a table of one column a line
    /// without a byte is a row.
    pub(super) fn fitting(self, width: usize) -> Self {
        Self {
            width: Some(width),
            keeps_blank: width == 1,
            ..self
        }
    }

    /// Takes the next bytes and gives `sink` the records that end in them.
    pub(crate) fn feed(&mut self, bytes: &[u8], sink: &mut impl Sink) -> Result<(), ImportError> {
        for piece in bytes.chunks(PIECE) {
            self.buffer.extend_from_slice(piece);
            self.scan_and_give(End::Piece, sink)?;
            self.forget_done();
            if self.position - self.start > self.limit && self.start_mending() {
                self.scan_and_give(End::Piece, sink)?;
                self.forget_done();
            }
            self.check_length(self.position - self.start)?;
        }
        Ok(())
    }

    /// Ends the file: gives `sink` a last record without a line end.
    pub(crate) fn finish(&mut self, sink: &mut impl Sink) -> Result<(), ImportError> {
        self.scan_and_give(End::File, sink)?;
        while self.start_mending() {
            self.scan_and_give(End::File, sink)?;
        }
        if self.has_open_quote() {
            return Err(self.endless());
        }
        if self.buffer.len() > self.start {
            self.ends.push((self.buffer.len() - self.start) as u32);
            self.end_record(self.buffer.len())?;
            self.give(sink)?;
        }
        Ok(())
    }

    /// Goes back to the start of a record whose quote stays open; whether there is something to mend.
    fn start_mending(&mut self) -> bool {
        let is_open = self.width.is_some() && self.slow.is_none() && self.inside != 0;
        if is_open {
            self.ends.truncate(self.first_end);
            self.slow = Some(SlowRecord::new(self.start));
        }
        is_open
    }

    /// Scans what has not been scanned and gives `sink` the records that end in it, those that were put together
    /// anew in their places among the others.
    fn scan_and_give(&mut self, end: End, sink: &mut impl Sink) -> Result<(), ImportError> {
        loop {
            let scanned = self.scan(end);
            self.give(sink)?;
            scanned?;
            let Some(rejoined) = self.rejoined.take() else {
                return Ok(());
            };
            let source = &self.buffer[rejoined.source];
            Record::rejoined(&rejoined.cells, source, rejoined.line, rejoined.repair).give(sink)?;
        }
    }

    /// Gives the records that have ended to `sink` and forgets them.
    fn give(&mut self, sink: &mut impl Sink) -> Result<(), ImportError> {
        if self.cuts.is_empty() {
            return Ok(());
        }
        sink.take(Records {
            bytes: &self.buffer,
            ends: &self.ends,
            cuts: &self.cuts,
            quoted: self.quoted,
            source: None,
            repair: Repair::None,
        })?;
        self.cuts.clear();
        self.ends.drain(..self.first_end);
        self.first_end = 0;
        Ok(())
    }

    /// Whether the bytes so far end within quotes.
    pub(crate) fn has_open_quote(&self) -> bool {
        match &self.slow {
            Some(slow) => slow.is_in_quotes(),
            None => self.inside != 0,
        }
    }

    fn scan(&mut self, end: End) -> Result<(), ImportError> {
        if self.at_file_start && !self.skip_byte_order_mark(end == End::File) {
            return Ok(());
        }
        loop {
            if self.slow.is_some() {
                if !self.scan_slowly(end == End::File)? {
                    return Ok(());
                }
            } else if let Some(&block) = self.buffer[self.position..].first_chunk::<BLOCK>() {
                self.scan_block(&block, BLOCK)?;
            } else if end != End::Piece && self.position < self.buffer.len() {
                let rest = &self.buffer[self.position..];
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                let n_bytes = rest.len();
                self.scan_block(&block, n_bytes)?;
            } else {
                return Ok(());
            }
        }
    }

    fn skip_byte_order_mark(&mut self, at_end: bool) -> bool {
        if self.buffer.len() < BYTE_ORDER_MARK.len() && !at_end {
            return false;
        }
        self.at_file_start = false;
        if self.buffer.starts_with(BYTE_ORDER_MARK) {
            self.start = BYTE_ORDER_MARK.len();
            self.position = self.start;
        }
        true
    }

    #[inline(always)]
    fn scan_block(&mut self, block: &[u8; BLOCK], n_bytes: usize) -> Result<(), ImportError> {
        let found = masks(block, self.delimiter);
        let quotes = if self.quoted { found.quotes } else { 0 };
        let inside = prefix_parity(quotes) ^ self.inside;
        let line_ends = found.line_feeds | found.carriage_returns;
        let marks = (found.delimiters | line_ends) & !inside;
        let after_return = found.carriage_returns << 1 | u64::from(self.after_carriage_return);
        let line_breaks = line_ends & !(found.line_feeds & after_return);
        let may_open = (marks | quotes) << 1 | u64::from(self.may_open);
        let stray = quotes & inside & !may_open;
        let mut pending = marks & (stray & stray.wrapping_neg()).wrapping_sub(1);
        let block_start = self.position;
        let mut record_ends = pending & line_ends;
        while record_ends != 0 {
            let place = record_ends.trailing_zeros();
            let up_to_here = u64::MAX >> (63 - place);
            self.push_ends(block_start, pending & up_to_here);
            self.end_record(block_start + place as usize)?;
            let breaks_so_far = (line_breaks & up_to_here).count_ones();
            self.line = 1 + self.n_line_breaks + u64::from(breaks_so_far);
            pending &= !up_to_here;
            record_ends &= record_ends - 1;
        }
        self.push_ends(block_start, pending);
        if stray != 0 {
            self.ends.truncate(self.first_end);
            if self.buffer[self.start..].starts_with(BYTE_ORDER_MARK) {
                self.begin_record(self.start + BYTE_ORDER_MARK.len(), 0);
            } else {
                self.slow = Some(SlowRecord::new(self.start));
            }
            return Ok(());
        }
        self.position += n_bytes;
        self.inside = ((inside as i64) >> 63) as u64;
        let last = n_bytes - 1;
        self.may_open = (marks | quotes) >> last & 1 != 0;
        self.after_carriage_return = found.carriage_returns >> last & 1 != 0;
        self.n_line_breaks += u64::from(line_breaks.count_ones());
        Ok(())
    }

    /// Notes the ends of cells of one record that `marks` shows.
    #[inline(always)]
    fn push_ends(&mut self, block_start: usize, mut marks: u64) {
        // Wraps where the record began within the block; so does the sum below.
        let offset = block_start.wrapping_sub(self.start) as u32;
        while marks != 0 {
            self.ends.push(offset.wrapping_add(marks.trailing_zeros()));
            marks &= marks - 1;
        }
    }

    /// Reads one record byte by byte, or mends it; whether the scan can go on.
    fn scan_slowly(&mut self, at_end: bool) -> Result<bool, ImportError> {
        let Some(mut slow) = self.slow.take() else {
            return Ok(true);
        };
        if let Some(width) = self.width.filter(|_| slow.position == self.start) {
            match mend(&self.buffer[self.start..], at_end, self.rules, width) {
                Mended::Wait => {
                    self.position = self.start;
                    self.slow = Some(slow);
                    return Ok(false);
                }
                Mended::Is(cut) => {
                    let end = self.start + cut.end;
                    self.after_carriage_return = self.buffer.get(end) == Some(&b'\r');
                    self.rejoined = Some(Rejoined {
                        repair: cut.repair(width, Repair::Stray),
                        cells: cut.cells,
                        source: self.start..end,
                        line: self.line,
                    });
                    self.begin_record(self.start + cut.next, cut.n_line_breaks);
                    return Ok(false);
                }
                Mended::GiveUp => {}
            }
        }
        let end = slow.advance(&self.buffer, self.start, self.delimiter, &mut self.ends);
        self.position = slow.position;
        let Some(end) = end else {
            self.slow = Some(slow);
            return Ok(false);
        };
        self.after_carriage_return = self.buffer[end] == b'\r';
        self.end_record(end)?;
        self.begin_record(end + 1, slow.n_line_breaks());
        Ok(true)
    }

    /// Goes on behind a record that was read byte by byte.
    fn begin_record(&mut self, start: usize, n_line_breaks: u64) {
        self.start = start;
        self.position = start;
        self.line += n_line_breaks;
        self.n_line_breaks = self.line - 1;
        self.inside = 0;
        self.may_open = true;
    }

    #[inline(always)]
    fn end_record(&mut self, end: usize) -> Result<(), ImportError> {
        if self.buffer.get(self.start) == Some(&BYTE_ORDER_MARK[0]) {
            self.pass_over_marks(end);
        }
        if end > self.start || self.keeps_blank && !self.is_second_half(end) {
            self.check_length(end - self.start)?;
            self.cuts.push(Cut {
                start: self.start as u32,
                first_end: self.first_end as u32,
                n_cells: (self.ends.len() - self.first_end) as u32,
                line: self.line,
            });
            self.first_end = self.ends.len();
        } else {
            self.ends.truncate(self.first_end);
        }
        self.start = end + 1;
        Ok(())
    }

    /// Leaves byte order marks at the start of a record that ends at `end` out of it.
    #[cold]
    fn pass_over_marks(&mut self, end: usize) {
        let length = BYTE_ORDER_MARK.len();
        while self.buffer[..end]
            .get(self.start..)
            .is_some_and(|rest| rest.starts_with(BYTE_ORDER_MARK))
        {
            self.start += length;
            let ends = &mut self.ends[self.first_end..];
            ends.iter_mut().for_each(|end| *end -= length as u32);
        }
    }

    /// Whether the line end here is the LF of a CRLF.
    fn is_second_half(&self, end: usize) -> bool {
        self.buffer[end] == b'\n'
            && match end.checked_sub(1) {
                Some(previous) => self.buffer[previous] == b'\r',
                None => self.has_dropped_return,
            }
    }

    fn forget_done(&mut self) {
        if self.start > 0 {
            let done = self.start.min(self.buffer.len());
            self.has_dropped_return = self.buffer.get(done.wrapping_sub(1)) == Some(&b'\r');
            self.buffer.copy_within(done.., 0);
            self.buffer.truncate(self.buffer.len() - done);
            self.start -= done;
            self.position -= done;
            if let Some(slow) = &mut self.slow {
                slow.position -= done;
            }
        }
    }

    fn check_length(&self, n_bytes: usize) -> Result<(), ImportError> {
        if n_bytes > self.limit {
            return Err(self.endless());
        }
        Ok(())
    }

    fn endless(&self) -> ImportError {
        ImportError::EndlessRecord {
            line: self.line,
            limit: self.limit,
            open_quote: self.has_open_quote(),
        }
    }
}

#[cfg(test)]
mod tests;

//! The records of a table among those of its file: the rows that name its columns come first, what stands below it is
//! held back and left out.
//!
//! Invariant: each record is given once, in order, or noted as passed over; rows that name the columns are given.

use super::super::lenient::{Repair, line_breaks};
use super::super::tail::{Next, Tail, is_total_word};
use super::super::tokenise::{Record, Records, Sink};
use super::super::{Dialect, ImportError, PassedRows};

/// What is known of the table while its file is read.
#[derive(Debug)]
pub(super) struct Body {
    n_header_rows: u8,
    n_named: u8,
    names: Vec<String>,
    /// Rows after the first that name the columns.
    header: PassedRows,
    n_columns: usize,
    /// Whether what stands below the table is left out.
    is_table: bool,
    /// The line of the next record, unless lines without a byte come before it.
    next_line: u64,
    tail: Tail<OwnRecord>,
}

impl Body {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            n_header_rows: dialect.n_header_rows(),
            n_named: 0,
            names: Vec::new(),
            header: PassedRows::default(),
            n_columns: 0,
            is_table: false,
            next_line: dialect.first_line,
            tail: Tail::new(0),
        }
    }

    pub(super) fn of_table(self, n_columns: usize) -> Self {
        Self {
            n_columns,
            is_table: true,
            tail: Tail::new(n_columns),
            ..self
        }
    }

    pub(super) const fn header(&self) -> &PassedRows {
        &self.header
    }

    pub(super) const fn below(&self) -> &PassedRows {
        self.tail.below()
    }

    /// Whether all is known of the table that what is further down hangs on.
    pub(super) const fn is_known(&self) -> bool {
        self.is_table && self.n_named >= self.n_header_rows && !self.tail.is_learning()
    }

    /// Of the same table further down.
    pub(super) fn further_down(&self) -> Self {
        Self {
            n_header_rows: self.n_header_rows,
            n_named: self.n_named,
            names: self.names.clone(),
            header: PassedRows::default(),
            n_columns: self.n_columns,
            is_table: self.is_table,
            next_line: 1,
            tail: self.tail.further_down(),
        }
    }

    /// Whether nothing is held back, and no line without a byte is above the next record, which is on line `line`.
    pub(super) const fn is_settled(&self, line: u64) -> bool {
        !self.tail.is_waiting() && self.next_line == line
    }

    /// Adds what was left out of a stretch of the file that is behind `n_lines` lines and `n_lines_of_it` long.
    pub(super) fn append_below(&mut self, below: &PassedRows, n_lines: u64, n_lines_of_it: u64) {
        self.tail.append_below(below, n_lines);
        self.next_line = 1 + n_lines + n_lines_of_it;
    }

    /// What stands before `sink`.
    pub(super) const fn before<'a, S>(&'a mut self, sink: &'a mut S) -> BodyOnly<'a, S> {
        BodyOnly { body: self, sink }
    }

    /// Ends the file: gives what was held back and is part of the table.
    pub(super) fn finish(&mut self, sink: &mut impl Sink) -> Result<(), ImportError> {
        let mut held = self.tail.finish().into_iter();
        held.try_for_each(|record| record.give(sink))
    }

    fn note_names(&mut self, record: Record<'_>) {
        if self.n_named > 0 {
            self.header.note(record.line());
        }
        self.n_named += 1;
        self.names = texts(record);
    }

    /// Whether a record is a row of the table whatever comes behind it: of all cells, two of them filled, the first of
    /// them no word for a sum.
    fn is_certain(&self, record: Record<'_>) -> bool {
        let is_filled = |place: &usize| match record.raw(*place) {
            [b'"', second, ..] => *second > b' ' && *second != b'"',
            [first, ..] => *first > b' ',
            [] => false,
        };
        if record.n_cells() != self.n_columns || self.n_columns < 2 {
            return record.n_cells() == self.n_columns;
        }
        let mut filled = (0..self.n_columns).filter(is_filled);
        let first = filled.next();
        let is_total = first.is_some_and(|place| is_total_word(record.raw(place)));
        !is_total && filled.next().is_some()
    }

    #[cold]
    fn hold(
        &mut self,
        record: Record<'_>,
        is_apart: bool,
        sink: &mut impl Sink,
    ) -> Result<(), ImportError> {
        let next = Next {
            line: record.line(),
            is_apart,
            cells: texts(record),
            row: OwnRecord::new(record),
        };
        let mut rows = self.tail.take(next, &self.names).into_iter();
        rows.try_for_each(|record| record.give(sink))
    }
}

/// A sink before which rows below the table are left out.
pub(super) struct BodyOnly<'a, S> {
    body: &'a mut Body,
    sink: &'a mut S,
}

impl<S: Sink> Sink for BodyOnly<'_, S> {
    fn take(&mut self, records: Records<'_>) -> Result<(), ImportError> {
        let Self { body, sink } = self;
        if !body.is_table {
            return sink.take(records);
        }
        let mut n_given = 0;
        let mut next_line = body.next_line;
        for (place, record) in records.iter().enumerate() {
            let is_apart = record.line() != next_line && {
                let before = place.checked_sub(1).map(|before| records.get(before));
                record.line() != before.map_or(next_line, line_behind)
            };
            next_line = record.line() + 1;
            if body.n_named < body.n_header_rows {
                body.note_names(record);
            } else if !is_apart && !body.tail.is_waiting() && body.is_certain(record) {
                if body.tail.is_learning() {
                    let mut cells = (0..record.n_cells()).map(|place| record.raw(place));
                    body.tail.learn(&record.cell(0), &mut cells);
                }
            } else {
                sink.take(records.range(n_given..place))?;
                body.hold(record, is_apart, *sink)?;
                n_given = place + 1;
            }
        }
        if let Some(last) = records.len().checked_sub(1) {
            body.next_line = line_behind(records.get(last));
        }
        sink.take(records.range(n_given..records.len()))
    }
}

/// The line behind a record.
#[cold]
fn line_behind(record: Record<'_>) -> u64 {
    record.line() + line_breaks(record.source()) + 1
}

/// A record that is kept.
#[derive(Debug)]
struct OwnRecord {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    line: u64,
    is_quoted: bool,
    source: Option<Vec<u8>>,
    repair: Repair,
}

impl OwnRecord {
    fn new(record: Record<'_>) -> Self {
        let (bytes, ends, is_quoted) = record.parts();
        Self {
            bytes: bytes.to_vec(),
            ends: ends.to_vec(),
            line: record.line(),
            is_quoted,
            source: record.rejoined_source().map(<[u8]>::to_vec),
            repair: record.repair(),
        }
    }

    fn give(&self, sink: &mut impl Sink) -> Result<(), ImportError> {
        let record = Record::new(&self.bytes, &self.ends, self.line, self.is_quoted);
        record
            .made_of(self.source.as_deref(), self.repair)
            .give(sink)
    }
}

fn texts(record: Record<'_>) -> Vec<String> {
    let text = |cell: std::borrow::Cow<'_, [u8]>| String::from_utf8_lossy(&cell).into_owned();
    record.cells().map(text).collect()
}

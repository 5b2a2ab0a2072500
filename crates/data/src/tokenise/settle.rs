//! Where a record may begin whatever came before: there a file can be cut into stretches that are read apart.
//!
//! Invariant: a tokeniser that has settled goes on as one that begins there, but for the number of its line.

use super::super::{Dialect, ImportError};
use super::{End, Sink, Tokeniser};

impl Tokeniser {
    /// At a record further down in a file; `dialect` says on which line.
    pub(in super::super) fn further_down(dialect: Dialect) -> Self {
        Self {
            at_file_start: false,
            ..Self::new(dialect)
        }
    }

    /// Reads the bytes so far to their end; whether they end where a record does. In any case more can be fed.
    pub(in super::super) fn settle(&mut self, sink: &mut impl Sink) -> Result<bool, ImportError> {
        self.scan_and_give(End::Stretch, sink)?;
        self.forget_done();
        let is_open = self.slow.is_some() || self.inside != 0 || self.after_carriage_return;
        Ok(self.buffer.is_empty() && !is_open && !self.at_file_start)
    }

    /// Lines before the record that comes next.
    pub(in super::super) const fn n_lines(&self) -> u64 {
        self.n_line_breaks
    }

    /// Goes on behind `n_lines` lines that were read apart, once it has settled.
    pub(in super::super) const fn pass_over(&mut self, n_lines: u64) {
        self.n_line_breaks += n_lines;
        self.line += n_lines;
    }
}

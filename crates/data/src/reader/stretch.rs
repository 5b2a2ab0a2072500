//! The reader of a stretch of a large file, which is read apart from what is before it, and how both become one again.
//!
//! Between two lines there is nothing to remember but the number of the line, unless a quote is open, a row is held
//! back or a letter that is none has been met: then the file cannot be cut there. Invariant: what was read in stretches
//! is what one reader would have read.

use super::super::encoding::TextCheck;
use super::super::parcel::{Packer, Unpacker};
use super::super::tokenise::{Sink, Tokeniser};
use super::super::{Decoders, Dialect, Encoding, ImportError, PassedRows};
use super::body::Body;
use super::{Cutter, Fitting, Reader};

/// What the reading of a stretch leaves beside its rows.
#[derive(Debug)]
pub(in super::super) struct Traces {
    pub(in super::super) n_lines: u64,
    below: PassedRows,
    check: Option<TextCheck>,
}

impl Traces {
    pub(in super::super) fn pack(&self, packer: &mut Packer<'_>) {
        packer.numbers(&[self.n_lines, u64::from(self.check.is_some())]);
        self.below.pack(packer);
        self.check.clone().unwrap_or_default().pack(packer);
    }

    pub(in super::super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let [n_lines, has_check] = unpacker.fixed::<u64, 2>()?;
        let below = PassedRows::unpack(unpacker)?;
        let check = TextCheck::unpack(unpacker)?;
        Some(Self {
            n_lines,
            below,
            check: (has_check > 0).then_some(check),
        })
    }
}

/// What is known of a file's table once enough of its rows were read.
#[derive(Debug)]
pub(in super::super) struct Known {
    width: usize,
    body: Body,
}

impl Known {
    pub(in super::super) const fn width(&self) -> usize {
        self.width
    }
}

impl Reader {
    /// What a reader of the same file further down needs to know; `None` where not enough has been read yet, or the text
    /// must be read from the first byte to the last.
    pub(in super::super) fn known(&self, dialect: Dialect) -> Option<Known> {
        let is_wide = matches!(dialect.encoding, Encoding::Utf16Le | Encoding::Utf16Be);
        let is_plain = matches!(self.cutter, Cutter::Plain(_)) && self.curly.is_none();
        let width = self.fitter.width?;
        let is_enough = self.above.n_left == 0 && self.body.is_known();
        (!is_wide && is_plain && is_enough).then(|| Known {
            width,
            body: self.body.further_down(),
        })
    }

    /// Further down in the file, at a record; its lines are counted from there.
    pub(in super::super) fn further_down(
        known: &Known,
        dialect: Dialect,
        decoders: Decoders,
    ) -> Self {
        let first_line = 1;
        let dialect = Dialect {
            first_line,
            ..dialect
        };
        let tokeniser = Tokeniser::further_down(dialect).fitting(known.width);
        Self {
            cutter: Cutter::Plain(Box::new(tokeniser)),
            body: known.body.further_down(),
            ..Self::new(dialect, decoders).fitting(known.width)
        }
    }

    /// Reads all that does not hang on what follows; whether what follows can be read apart. In any case more can be fed.
    ///
    /// # Errors
    /// As [`Reader::feed`].
    pub(in super::super) fn settle(&mut self, sink: &mut impl Sink) -> Result<bool, ImportError> {
        let mut sink = Fitting {
            fitter: self.fitter,
            sink: &mut self.body.before(sink),
        };
        let Cutter::Plain(tokeniser) = &mut self.cutter else {
            return Ok(false);
        };
        let is_at_record = tokeniser.settle(&mut sink)? && self.is_behind_line;
        let is_text_settled = self.check.as_ref().is_none_or(TextCheck::is_settled);
        let is_body_settled = self.body.is_settled(self.n_lines() + 1);
        Ok(is_at_record && is_text_settled && is_body_settled)
    }

    /// Ends a stretch, once it has settled.
    pub(in super::super) fn traces(self) -> Traces {
        Traces {
            n_lines: self.n_lines(),
            below: self.body.below().clone(),
            check: self.check,
        }
    }

    /// Lines so far, once it has settled.
    pub(in super::super) fn n_lines(&self) -> u64 {
        match &self.cutter {
            Cutter::Plain(tokeniser) => tokeniser.n_lines(),
            Cutter::Odd(_) => 0,
        }
    }

    /// Goes on behind a stretch that was read apart, once it has settled.
    pub(in super::super) fn pass_over(&mut self, traces: Traces) {
        let n_lines = self.n_lines();
        self.body
            .append_below(&traces.below, n_lines, traces.n_lines);
        if let Cutter::Plain(tokeniser) = &mut self.cutter {
            tokeniser.pass_over(traces.n_lines);
        }
        if let (Some(check), Some(other)) = (&mut self.check, traces.check) {
            check.append(other);
        }
    }
}

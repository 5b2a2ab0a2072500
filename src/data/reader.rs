//! The bytes of a file to its records: decoded, then cut. What reads a file, reads it through here.

use super::decoder::{Decoders, TextStream};
use super::encoding::TextCheck;
use super::preview::PREVIEW_BYTES;
use super::tokenise::{Sink, Tokeniser};
use super::{Dialect, Encoding, ImportError};

/// Cuts a file into records. Where its bytes are cut changes nothing.
#[derive(Debug)]
pub(super) struct Reader {
    /// Whether what is taken for UTF-8 is that.
    check: Option<TextCheck>,
    text: TextStream,
    tokeniser: Tokeniser,
}

impl Reader {
    /// At the start of a file.
    pub(super) fn new(dialect: Dialect, decoders: Decoders) -> Self {
        Self {
            check: (dialect.encoding == Encoding::Utf8).then(TextCheck::default),
            text: TextStream::new(dialect.encoding, decoders),
            tokeniser: Tokeniser::new(dialect),
        }
    }

    /// Takes the next bytes and gives `sink` the records that end in them.
    ///
    /// # Errors
    /// A record that does not end, or what `sink` says.
    #[inline]
    pub(super) fn feed(&mut self, bytes: &[u8], sink: &mut impl Sink) -> Result<(), ImportError> {
        if let Some(check) = &mut self.check {
            check.feed(bytes);
        }
        self.tokeniser.feed(self.text.feed(bytes), sink)
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
        self.tokeniser.feed(self.text.finish(), sink)?;
        self.tokeniser.finish(sink)
    }
}

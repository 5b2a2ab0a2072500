//! The door between the bytes of a file and its text: bytes of any encoding in, UTF-8 out, cut wherever they may be.
//!
//! The tables of letters are not here: the browser brings its own decoder and a native run a library, both of the
//! WHATWG Encoding Standard, so that both read the same. UTF-8 passes through as it is.

use std::fmt::Debug;

use super::Encoding;

/// Turns the bytes of one file into UTF-8. What is no letter becomes U+FFFD; a byte order mark is left out.
pub trait Decoder: Debug {
    /// Adds the text of `bytes`, the next of the file, to `text`; `is_end` where they are its last.
    fn decode(&mut self, bytes: &[u8], is_end: bool, text: &mut String);
}

/// Gives a decoder of an encoding, at the start of a file.
pub type Decoders = fn(Encoding) -> Box<dyn Decoder>;

/// The text of a file whose bytes come in pieces.
#[derive(Debug)]
pub(super) struct TextStream {
    /// `None` where the bytes are UTF-8 already.
    decoder: Option<Box<dyn Decoder>>,
    text: String,
}

impl TextStream {
    /// At the start of a file.
    pub(super) fn new(encoding: Encoding, decoders: Decoders) -> Self {
        Self {
            decoder: (encoding != Encoding::Utf8).then(|| decoders(encoding)),
            text: String::new(),
        }
    }

    /// The text of the next bytes.
    #[inline]
    pub(super) fn feed<'a>(&'a mut self, bytes: &'a [u8]) -> &'a [u8] {
        match &mut self.decoder {
            None => bytes,
            Some(decoder) => {
                self.text.clear();
                decoder.decode(bytes, false, &mut self.text);
                self.text.as_bytes()
            }
        }
    }

    /// What is left at the end of the file: a letter that was cut off.
    pub(super) fn finish(&mut self) -> &[u8] {
        self.text.clear();
        if let Some(mut decoder) = self.decoder.take() {
            decoder.decode(&[], true, &mut self.text);
        }
        self.text.as_bytes()
    }
}

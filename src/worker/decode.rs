//! The browser's decoders, which know every encoding already: the same standard as the native run's library.

use js_sys::Uint8Array;
use web_sys::{TextDecodeOptions, TextDecoder};

use crate::data::{Decoder, Encoding};

/// A decoder of `encoding`, at the start of a file.
pub(super) fn decoder(encoding: Encoding) -> Box<dyn Decoder> {
    // Every browser knows these labels: the standard asks for them.
    Box::new(Browsers(TextDecoder::new_with_label(encoding.label()).ok()))
}

#[derive(Debug)]
struct Browsers(Option<TextDecoder>);

impl Decoder for Browsers {
    fn decode(&mut self, bytes: &[u8], is_end: bool, text: &mut String) {
        let Some(decoder) = &self.0 else {
            return;
        };
        let options = TextDecodeOptions::new();
        options.set_stream(!is_end);
        // Refused only by decoders that stop at what is no letter, and this one does not.
        let decoded =
            decoder.decode_with_js_u8_array_and_options(&Uint8Array::from(bytes), &options);
        text.push_str(&decoded.unwrap_or_default());
    }
}

//! The decoders of a native run: those of `encoding_rs`, the implementation of the WHATWG Encoding Standard in Firefox.
//!
//! The browser has the same tables; `worker::decode` uses those instead of carrying them in the page.

use encoding_rs::{CoderResult, EUC_KR, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::data::{Decoder, Encoding};

/// A decoder of `encoding`, at the start of a file.
pub fn decoder(encoding: Encoding) -> Box<dyn Decoder> {
    let standard = match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        Encoding::Cp949 => EUC_KR,
        Encoding::ShiftJis => SHIFT_JIS,
        Encoding::Windows1252 => WINDOWS_1252,
    };
    Box::new(Native(standard.new_decoder_with_bom_removal()))
}

struct Native(encoding_rs::Decoder);

impl std::fmt::Debug for Native {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0.encoding().name())
    }
}

impl Decoder for Native {
    fn decode(&mut self, bytes: &[u8], is_end: bool, text: &mut String) {
        let mut rest = bytes;
        loop {
            let room = self.0.max_utf8_buffer_length(rest.len());
            text.reserve(room.unwrap_or(4 * rest.len() + 16));
            let (result, n_read, _) = self.0.decode_to_string(rest, text, is_end);
            rest = &rest[n_read..];
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

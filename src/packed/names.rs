//! The names of an archive's parts as text: UTF-8 where the archive says so or the bytes are it, else Korean or the
//! letters of the first PC.
//!
//! An archive does not say which letters it means. Windows writes those of its own language; bytes that are all pairs
//! of Korean letters, of which one is a common one, are no accident. Source: APPNOTE.TXT, 4.4.4 (bit 11), appendix D.

use crate::data::{Decoders, Encoding};

/// The letters of bytes from 0x80 on in code page 437.
const PC: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The name of a part.
pub(super) fn name_of(bytes: &[u8], decoders: Decoders) -> String {
    if let Ok(name) = std::str::from_utf8(bytes) {
        return name.to_owned();
    }
    if has_common_korean(bytes) {
        let mut name = String::new();
        decoders(Encoding::Cp949).decode(bytes, true, &mut name);
        if !name.contains('\u{fffd}') {
            return name;
        }
    }
    let letter = |&byte: &u8| match byte {
        0..0x80 => char::from(byte),
        _ => PC.chars().nth(usize::from(byte - 0x80)).unwrap_or('?'),
    };
    bytes.iter().map(letter).collect()
}

/// Whether the bytes beyond ASCII are pairs, one of them of the 2,350 letters of KS X 1001. In code page 437 these are
/// mostly lines and corners, which no name has.
fn has_common_korean(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let mut is_common = false;
    while let [first, after @ ..] = rest {
        rest = after;
        if *first < 0x80 {
            continue;
        }
        let [second, after @ ..] = rest else {
            return false;
        };
        is_common |= (0xb0..=0xc8).contains(first) && *second >= 0xa1;
        rest = after;
    }
    is_common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_the_letters_they_were_written_in() {
        for (bytes, expected) in [
            ("주문/1월.csv".as_bytes(), "주문/1월.csv"),
            (b"\xc1\xd6\xb9\xae 2024.csv", "주문 2024.csv"),
            (b"M\x81ller.csv", "Müller.csv"),
            (b"caf\x82.csv", "café.csv"),
            (b"\x81.csv", "ü.csv"),
            (b"a.csv", "a.csv"),
        ] {
            assert_eq!(name_of(bytes, crate::decode::decoder), expected);
        }
    }
}

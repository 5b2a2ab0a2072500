//! Whether bytes are UTF-8 text, and what they are where they are not.
//!
//! Other encodings are recognised by the pairs of bytes that their letters take, not read.

use super::ImportError;
use super::error::{BinaryKind, OtherEncoding};

/// How many bytes from the first wrong one are looked at to name the encoding.
const SAMPLE: usize = 16 << 10;

/// Bytes that are passed over at once where all are ASCII.
const ASCII_PIECE: usize = 4 << 10;

/// First bytes of files that are no text.
const MAGIC_NUMBERS: &[(&[u8], BinaryKind)] = &[
    (b"PK\x03\x04", BinaryKind::ZipOrWorkbook),
    (b"PK\x05\x06", BinaryKind::ZipOrWorkbook),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", BinaryKind::OldWorkbook),
    (b"\x1f\x8b", BinaryKind::Gzip),
    (b"%PDF", BinaryKind::Pdf),
    (b"\x89PNG", BinaryKind::Picture),
    (b"\xff\xd8\xff", BinaryKind::Picture),
    (b"GIF8", BinaryKind::Picture),
    (b"BM\x36", BinaryKind::Picture),
    (b"RIFF", BinaryKind::Picture),
];

/// Refuses a head of a file that is no UTF-8 text. A letter that is cut off at its end is no fault.
pub(super) fn check_head(head: &[u8]) -> Result<(), ImportError> {
    let found = MAGIC_NUMBERS
        .iter()
        .find(|(magic, _)| head.starts_with(magic));
    if let Some(&(_, found)) = found {
        return Err(ImportError::Binary { found });
    }
    if let Some(found) = utf_16(head) {
        return Err(ImportError::Encoding { found, offset: 0 });
    }
    if is_binary(head) {
        return Err(ImportError::Binary {
            found: BinaryKind::Other,
        });
    }
    let mut check = TextCheck::default();
    check.feed(head);
    check.verdict()
}

/// UTF-16 by its mark, or by zeros in every second byte.
fn utf_16(head: &[u8]) -> Option<OtherEncoding> {
    match head {
        [0xff, 0xfe, ..] => return Some(OtherEncoding::Utf16Le),
        [0xfe, 0xff, ..] => return Some(OtherEncoding::Utf16Be),
        _ => {}
    }
    let zeros = |odd: usize| {
        let bytes = head.iter().skip(odd).step_by(2);
        bytes.filter(|&&byte| byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let is_many =
        |zeros: usize, others: usize| zeros >= 4 && zeros * 20 > head.len() && zeros > others * 20;
    let controls = head.iter().filter(|byte| (1..9).contains(*byte)).count();
    if controls * 50 > head.len() {
        return None;
    }
    if is_many(odd, even) {
        return Some(OtherEncoding::Utf16Le);
    }
    is_many(even, odd).then_some(OtherEncoding::Utf16Be)
}

/// More than a trace of bytes that no text has.
fn is_binary(head: &[u8]) -> bool {
    let is_control = |&&byte: &&u8| byte < 9 || (14..32).contains(&byte) && byte != 0x1b;
    let n_zeros = head.iter().filter(|&&byte| byte == 0).count();
    let n_controls = head.iter().filter(is_control).count();
    n_zeros > 4 + head.len() / 1_000 || n_controls > 8 + head.len() / 100
}

/// Follows the bytes of a file and notes what is not UTF-8.
#[derive(Clone, Debug, Default)]
pub(super) struct TextCheck {
    /// The start of a letter that the last piece cut off.
    rest: Vec<u8>,
    n_bytes: u64,
    n_letters: u64,
    n_wrong: u64,
    first_wrong: u64,
    /// Bytes from the first wrong one on.
    sample: Vec<u8>,
}

impl TextCheck {
    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        for piece in bytes.chunks(ASCII_PIECE) {
            if self.rest.is_empty() && self.n_wrong == 0 && piece.is_ascii() {
                self.n_bytes += piece.len() as u64;
            } else {
                self.feed_letters(piece);
            }
        }
    }

    fn feed_letters(&mut self, bytes: &[u8]) {
        let mut bytes = bytes;
        while !self.rest.is_empty() && !bytes.is_empty() {
            let (next, after) = bytes.split_at(1);
            let joined = [&self.rest[..], next].concat();
            self.rest.clear();
            self.check(&joined);
            bytes = after;
        }
        if !bytes.is_empty() {
            self.check(bytes);
        }
    }

    fn check(&mut self, bytes: &[u8]) {
        let mut bytes = bytes;
        loop {
            let (n_valid, error_len) = match std::str::from_utf8(bytes) {
                Ok(_) => (bytes.len(), None),
                Err(error) => (error.valid_up_to(), Some(error.error_len())),
            };
            let (valid, rest) = bytes.split_at(n_valid);
            self.accept(valid);
            match error_len {
                None => return,
                Some(None) => {
                    self.rest = rest.to_vec();
                    return;
                }
                Some(Some(n_wrong)) => {
                    self.refuse(rest, n_wrong);
                    bytes = &rest[n_wrong..];
                }
            }
        }
    }

    fn accept(&mut self, valid: &[u8]) {
        self.n_letters += valid.iter().filter(|&&byte| byte >= 0xc0).count() as u64;
        if self.n_wrong > 0 {
            self.keep(valid);
        }
        self.n_bytes += valid.len() as u64;
    }

    fn refuse(&mut self, rest: &[u8], n_wrong: usize) {
        if self.n_wrong == 0 {
            self.first_wrong = self.n_bytes;
        }
        self.n_wrong += 1;
        self.n_bytes += n_wrong as u64;
        self.keep(&rest[..n_wrong]);
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = SAMPLE.saturating_sub(self.sample.len());
        self.sample
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// A few wrong bytes among many right letters are damage to single cells; anything else is another encoding.
    pub(super) fn verdict(&self) -> Result<(), ImportError> {
        if self.n_wrong * 10 <= self.n_letters {
            return Ok(());
        }
        Err(ImportError::Encoding {
            found: other_encoding(&self.sample),
            offset: self.first_wrong,
        })
    }
}

/// Names the encoding of bytes that are not UTF-8.
fn other_encoding(sample: &[u8]) -> OtherEncoding {
    let korean = Pairs::count(sample, is_cp949_pair, is_hangul, |_| false);
    let is_half_width = |byte: u8| (0xa1..=0xdf).contains(&byte);
    let japanese = Pairs::count(sample, is_shift_jis_pair, is_kana, is_half_width);
    if korean.n_wrong * 20 <= korean.n_pairs && korean.n_typical * 2 >= korean.n_pairs {
        return OtherEncoding::Cp949;
    }
    if japanese.n_wrong * 20 <= japanese.n_pairs && japanese.n_typical * 5 >= japanese.n_pairs {
        return OtherEncoding::ShiftJis;
    }
    OtherEncoding::Windows1252
}

/// What a sample looks like when its high bytes are taken in pairs.
struct Pairs {
    n_pairs: usize,
    n_typical: usize,
    n_wrong: usize,
}

impl Pairs {
    fn count(
        sample: &[u8],
        is_pair: fn(u8, u8) -> bool,
        is_typical: fn(u8, u8) -> bool,
        is_single: impl Fn(u8) -> bool,
    ) -> Self {
        let mut pairs = Self {
            n_pairs: 0,
            n_typical: 0,
            n_wrong: 0,
        };
        let mut rest = sample;
        while let Some((&first, after)) = rest.split_first() {
            rest = after;
            if first < 0x80 {
                continue;
            }
            match after.split_first() {
                Some((&second, after)) if is_pair(first, second) => {
                    pairs.n_pairs += 1;
                    pairs.n_typical += usize::from(is_typical(first, second));
                    rest = after;
                }
                None => {}
                _ if is_single(first) => {}
                _ => pairs.n_wrong += 1,
            }
        }
        pairs
    }
}

fn is_cp949_pair(first: u8, second: u8) -> bool {
    (0x81..=0xfe).contains(&first)
        && (second.is_ascii_alphabetic() || (0x81..=0xfe).contains(&second))
}

/// The Hangul of KS X 1001, which nearly all Korean text is made of.
fn is_hangul(first: u8, second: u8) -> bool {
    (0xb0..=0xc8).contains(&first) && second >= 0xa1
}

fn is_shift_jis_pair(first: u8, second: u8) -> bool {
    ((0x81..=0x9f).contains(&first) || (0xe0..=0xfc).contains(&first))
        && ((0x40..=0x7e).contains(&second) || (0x80..=0xfc).contains(&second))
}

fn is_kana(first: u8, _: u8) -> bool {
    matches!(first, 0x82 | 0x83)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[u8], expected: impl Into<Option<ImportError>>) {
        assert_eq!(check_head(head).err(), expected.into());
    }

    fn other(found: OtherEncoding, offset: u64) -> Option<ImportError> {
        Some(ImportError::Encoding { found, offset })
    }

    #[test]
    fn text_passes_even_where_the_head_cuts_a_letter() {
        check("고객,금액\n가,1\n".as_bytes(), None);
        check(&"고객".as_bytes()[..4], None);
        check(b"a,b\0c\n", None);
        check(b"", None);
    }

    #[test]
    fn one_broken_letter_among_many_is_damage() {
        let mut text = "가나다라마바사아자차카타파하".repeat(2).into_bytes();
        text.push(0xff);
        check(&text, None);
    }

    #[test]
    fn other_encodings_are_named() {
        check(
            b"a,\xb0\xed\xb0\xb4,\xc1\xd6\xb9\xae\n",
            other(OtherEncoding::Cp949, 2),
        );
        check(
            b"\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd",
            other(OtherEncoding::ShiftJis, 0),
        );
        check(b"caf\xe9,na\xefve\n", other(OtherEncoding::Windows1252, 3));
        check(b"\xff\xfea\0,\0", other(OtherEncoding::Utf16Le, 0));
        check(b"\xfe\xff\0a\0,", other(OtherEncoding::Utf16Be, 0));
        check(b"a\0,\0b\0\n\0", other(OtherEncoding::Utf16Le, 0));
    }

    #[test]
    fn binary_files_are_named() {
        for (head, found) in [
            (&b"PK\x03\x04abc"[..], BinaryKind::ZipOrWorkbook),
            (b"\x1f\x8b\x08", BinaryKind::Gzip),
            (b"%PDF-1.7", BinaryKind::Pdf),
            (&[0_u8, 1, 2, 3].repeat(50)[..], BinaryKind::Other),
        ] {
            check(head, Some(ImportError::Binary { found }));
        }
    }

    #[test]
    fn cuts_do_not_change_the_verdict() {
        let text = [&b"name,\xc3"[..], "가나".as_bytes(), b"\xe9t\xe9"].concat();
        let mut whole = TextCheck::default();
        whole.feed(&text);
        let mut cut = TextCheck::default();
        text.chunks(1).for_each(|piece| cut.feed(piece));
        assert_eq!(cut.verdict(), whole.verdict());
        assert_eq!(
            (cut.n_wrong, cut.n_letters),
            (whole.n_wrong, whole.n_letters)
        );
    }
}

//! What the bytes of a file are: UTF-8 text, text in another encoding, or no text.
//!
//! Other encodings are recognised by the pairs of bytes that their letters take. Nothing is decoded here.

use super::error::BinaryKind;
use super::parcel::{Packer, Unpacker};
use super::{Encoding, ImportError, other_form, padding};

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

/// The encoding of a head of a file. A letter that is cut off at its end is no fault.
///
/// # Errors
/// [`ImportError::Binary`], [`ImportError::OtherForm`].
pub(super) fn detect(head: &[u8]) -> Result<Encoding, ImportError> {
    let found = MAGIC_NUMBERS
        .iter()
        .find(|(magic, _)| head.starts_with(magic));
    if let Some(&(_, found)) = found {
        return Err(ImportError::Binary { found });
    }
    if let Some(found) = other_form::of(head) {
        return Err(ImportError::OtherForm { found });
    }
    if let Some(found) = utf_16(head) {
        return Ok(found);
    }
    if is_binary(head) {
        return Err(ImportError::Binary {
            found: BinaryKind::Other,
        });
    }
    let mut check = TextCheck::default();
    check.feed(head);
    Ok(check.other().unwrap_or_default())
}

/// UTF-16 by its mark, or by zeros in every second byte.
fn utf_16(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xff, 0xfe, ..] => return Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Encoding::Utf16Be),
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
        return Some(Encoding::Utf16Le);
    }
    is_many(even, odd).then_some(Encoding::Utf16Be)
}

/// More than a trace of bytes that no text has.
fn is_binary(head: &[u8]) -> bool {
    // The separators of groups, records and units are for text.
    let is_control =
        |&&byte: &&u8| (1..9).contains(&byte) || (14..0x1b).contains(&byte) || byte == 0x1c;
    let n_zeros = head.iter().filter(|&&byte| byte == 0).count() - padding::n_zeros(head);
    let n_controls = n_zeros + head.iter().filter(is_control).count();
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
    /// Takes the next bytes; whether a zero is among them.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> bool {
        let mut has_zeros = false;
        for piece in bytes.chunks(ASCII_PIECE) {
            let (is_ascii, has_zero) = kinds(piece);
            has_zeros |= has_zero;
            if self.rest.is_empty() && self.n_wrong == 0 && is_ascii {
                self.n_bytes += piece.len() as u64;
            } else {
                self.feed_letters(piece);
            }
        }
        has_zeros
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

    /// Whether what follows can be looked at apart: no letter is cut off, and nothing of it would be kept.
    pub(super) fn is_settled(&self) -> bool {
        self.rest.is_empty() && (self.n_wrong == 0 || self.sample.len() == SAMPLE)
    }

    /// Adds what was found in the bytes behind those so far, at which it [is settled](TextCheck::is_settled).
    pub(super) fn append(&mut self, other: Self) {
        if self.n_wrong == 0 {
            self.first_wrong = self.n_bytes + other.first_wrong;
            self.sample = other.sample;
        }
        self.rest = other.rest;
        self.n_bytes += other.n_bytes;
        self.n_letters += other.n_letters;
        self.n_wrong += other.n_wrong;
    }

    /// What is to be known of it once it is settled.
    pub(super) fn pack(&self, packer: &mut Packer<'_>) {
        let counts = [self.n_bytes, self.n_letters, self.n_wrong, self.first_wrong];
        packer.numbers(&counts);
        packer.bytes(&self.sample);
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let [n_bytes, n_letters, n_wrong, first_wrong] = unpacker.fixed()?;
        Some(Self {
            rest: Vec::new(),
            n_bytes,
            n_letters,
            n_wrong,
            first_wrong,
            sample: unpacker.bytes()?,
        })
    }

    /// The encoding that it is where it is not UTF-8. A few wrong bytes among many right letters are damage to single
    /// cells; anything else is another encoding.
    fn other(&self) -> Option<Encoding> {
        (self.n_wrong * 10 > self.n_letters).then(|| other_encoding(&self.sample))
    }

    /// Refuses a file that is not UTF-8 from a place on that nobody has looked at before: behind its first `n_seen`
    /// bytes.
    pub(super) fn verdict(&self, n_seen: u64) -> Result<(), ImportError> {
        match self.other() {
            Some(found) if self.first_wrong >= n_seen => Err(ImportError::Encoding {
                found,
                offset: self.first_wrong,
            }),
            _ => Ok(()),
        }
    }
}

/// Whether all bytes are ASCII, and whether one is zero, in a form that compilers turn into vector instructions.
fn kinds(bytes: &[u8]) -> (bool, bool) {
    let all = bytes.iter().fold(0, |seen, byte| seen | byte);
    let least = bytes.iter().fold(u8::MAX, |least, byte| least.min(*byte));
    (all < 0x80, least == 0)
}

/// Names the encoding of bytes that are not UTF-8.
fn other_encoding(sample: &[u8]) -> Encoding {
    let korean = Pairs::count(sample, is_cp949_pair, is_hangul, |_| false);
    let japanese = Pairs::count(sample, is_shift_jis_pair, is_kana, is_half_width);
    let fits = |pairs: &Pairs| pairs.n_wrong * 20 <= pairs.n_pairs && pairs.n_typical > 0;
    if is_half_width_text(sample) {
        return Encoding::ShiftJis;
    }
    if fits(&korean) && korean.n_typical * 2 >= korean.n_pairs {
        return Encoding::Cp949;
    }
    let kanji = Pairs::count(sample, is_shift_jis_pair, is_usual_kanji, is_half_width);
    // Words stand in rows of pairs; apostrophes of Windows look like kanji, but stand alone.
    let is_in_words = kanji.n_typical * 2 >= kanji.n_pairs && kanji.n_in_rows * 3 >= kanji.n_pairs;
    if fits(&japanese) && japanese.n_typical * 5 >= japanese.n_pairs || fits(&kanji) && is_in_words
    {
        return Encoding::ShiftJis;
    }
    Encoding::Windows1252
}

/// Kana of half width look like Hangul in pairs, but never have the high second bytes that a third of Hangul has, and
/// begin with bytes that no Hangul begins with.
fn is_half_width_text(sample: &[u8]) -> bool {
    let high: Vec<u8> = sample
        .iter()
        .copied()
        .filter(|&byte| byte >= 0x80)
        .collect();
    let n_late = high.iter().filter(|&&byte| byte > 0xc8).count();
    high.len() >= 12 && high.iter().all(|&byte| is_half_width(byte)) && n_late * 6 > high.len()
}

fn is_half_width(byte: u8) -> bool {
    (0xa1..=0xdf).contains(&byte)
}

/// What a sample looks like when its high bytes are taken in pairs.
struct Pairs {
    n_pairs: usize,
    n_typical: usize,
    n_wrong: usize,
    /// Pairs right behind another pair.
    n_in_rows: usize,
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
            n_in_rows: 0,
        };
        let mut is_behind_pair = false;
        let mut rest = sample;
        while let Some((&first, after)) = rest.split_first() {
            rest = after;
            let was_behind_pair = std::mem::take(&mut is_behind_pair);
            if first < 0x80 {
                continue;
            }
            match after.split_first() {
                Some((&second, after)) if is_pair(first, second) => {
                    pairs.n_pairs += 1;
                    pairs.n_in_rows += usize::from(was_behind_pair);
                    is_behind_pair = true;
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

/// Marks, kana, and the first half of the usual kanji.
fn is_usual_kanji(first: u8, _: u8) -> bool {
    matches!(first, 0x81..=0x83 | 0x88..=0x97)
}

fn is_kana(first: u8, _: u8) -> bool {
    matches!(first, 0x82 | 0x83)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[u8], expected: Encoding) {
        assert_eq!(detect(head), Ok(expected), "{head:?}");
    }

    #[test]
    fn text_passes_even_where_the_head_cuts_a_letter() {
        check("고객,금액\n가,1\n".as_bytes(), Encoding::Utf8);
        check(&"고객".as_bytes()[..4], Encoding::Utf8);
        check(b"a,b\0c\n", Encoding::Utf8);
        check(b"", Encoding::Utf8);
    }

    #[test]
    fn one_broken_letter_among_many_is_damage() {
        let mut text = "가나다라마바사아자차카타파하".repeat(2).into_bytes();
        text.push(0xff);
        check(&text, Encoding::Utf8);
    }

    #[test]
    fn other_encodings_are_named() {
        for (head, expected) in [
            (
                &b"a,\xb0\xed\xb0\xb4,\xc1\xd6\xb9\xae\n"[..],
                Encoding::Cp949,
            ),
            (b"id,city\n1,Seoul\n2,\xb0\xa1\n", Encoding::Cp949),
            (b"\x8c\x63\xb9\xe6\xb0\xa2\xc7\xcf", Encoding::Cp949),
            (
                b"\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd",
                Encoding::ShiftJis,
            ),
            (
                b"\xb6\xde\xbd\xc0\xdb\xb3,\xca\xdf\xdd\xc4\xde\xd7\xb2",
                Encoding::ShiftJis,
            ),
            (b"\x8c\xda\x8b\x71,\x8e\x52\x93\x63\n", Encoding::ShiftJis),
            (b"don\x92t,it\x92s,\x93x\x94\n", Encoding::Windows1252),
            (b"don\x92t,it\x92s\n", Encoding::Windows1252),
            (b"caf\xe9,na\xefve\n", Encoding::Windows1252),
            (b"room,20\xb0C\nprice,\xa35\n", Encoding::Windows1252),
            (b"\xff\xfea\0,\0", Encoding::Utf16Le),
            (b"\xfe\xff\0a\0,", Encoding::Utf16Be),
            (b"a\0,\0b\0\n\0", Encoding::Utf16Le),
            (b"\0a\0,\0b\0\n", Encoding::Utf16Be),
        ] {
            check(head, expected);
        }
    }

    #[test]
    fn binary_files_are_named() {
        for (head, found) in [
            (&b"PK\x03\x04abc"[..], BinaryKind::ZipOrWorkbook),
            (b"\x1f\x8b\x08", BinaryKind::Gzip),
            (b"%PDF-1.7", BinaryKind::Pdf),
            (&[0_u8, 1, 2, 3].repeat(50)[..], BinaryKind::Other),
        ] {
            assert_eq!(detect(head), Err(ImportError::Binary { found }));
        }
    }

    #[test]
    fn cuts_do_not_change_the_verdict() {
        let text = [&b"name,\xc3"[..], "가나".as_bytes(), b"\xe9t\xe9"].concat();
        let mut whole = TextCheck::default();
        whole.feed(&text);
        let mut cut = TextCheck::default();
        for piece in text.chunks(1) {
            cut.feed(piece);
        }
        assert_eq!(cut.verdict(0), whole.verdict(0));
        assert_eq!(
            (cut.n_wrong, cut.n_letters),
            (whole.n_wrong, whole.n_letters)
        );
    }
}

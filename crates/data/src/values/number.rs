//! Decimal numbers as people write them, exactly: `1,234.50`, `₩12,000`, `12,000원`, `(1,234)`, `1.5E+04`.
//!
//! No floating point. A group of digits that is not three long is refused: `1,5` is not 15.

use super::super::DecimalMark;

/// `units / 10^scale`, as the text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    /// The digits as a whole number.
    pub(crate) units: i64,
    /// Decimal places, at most 18.
    pub(crate) scale: u8,
}

impl Decimal {
    /// The same number without zeros at its end.
    pub(crate) const fn shortest(mut self) -> Self {
        while self.scale > 0 && self.units % 10 == 0 {
            self.units /= 10;
            self.scale -= 1;
        }
        self
    }
}

/// The most decimal places.
pub(crate) const MAX_SCALE: u8 = 18;

/// The most digits that always fit into units.
const MAX_DIGITS: usize = 18;

/// Words and signs of money around a number, in lower case.
const CURRENCIES: &[&str] = &[
    "₩", "￦", "$", "€", "£", "¥", "￥", "원", "円", "元", "krw", "usd", "eur", "gbp", "jpy",
    "won", "us$", "chf", "kr", "zł", "r$", "₹", "₫", "฿",
];

/// The number that a trimmed cell says.
#[inline]
pub(crate) fn decimal(cell: &[u8], mark: DecimalMark) -> Option<Decimal> {
    plain(cell, mark_byte(mark)).or_else(|| Some(as_written(cell, mark)?.number))
}

/// As [`decimal`], of a number that can be held to its last digit: `None` for one that would have to be rounded.
pub(crate) fn exact_decimal(cell: &[u8], mark: DecimalMark) -> Option<Decimal> {
    let read = || as_written(cell, mark).filter(|read| read.is_exact);
    plain(cell, mark_byte(mark)).or_else(|| Some(read()?.number))
}

/// As [`decimal`] for a cell of one to eight bytes, given as one number, its first byte lowest; `None` for any but
/// digits with at most one decimal mark and a minus.
///
/// Source of the eight digits at once: Lemire, "Quickly parsing eight digits" (2018).
#[inline(always)]
pub(crate) fn short_decimal(word: u64, n_bytes: usize, mark: DecimalMark) -> Option<Decimal> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = EACH << 7;
    let is_negative = word & 0xff == u64::from(b'-');
    let (mut digits, mut n_digits) = if is_negative {
        (word >> 8, n_bytes - 1)
    } else {
        (word, n_bytes)
    };
    let other = digits ^ (EACH * u64::from(mark_byte(mark)));
    let mut marks = !(((other & !HIGH) + !HIGH) | other) & HIGH;
    let mut scale = 0;
    if marks != 0 {
        let n_bits = marks.trailing_zeros() - 7;
        marks &= marks - 1;
        let before = (1 << n_bits) - 1;
        digits = (digits & before) | ((digits >> 8) & !before);
        n_digits -= 1;
        scale = n_digits as u8 - (n_bits / 8) as u8;
    }
    if n_digits == 0 || marks != 0 {
        return None;
    }
    let n_free = 64 - 8 * n_digits as u32;
    let zeros = (EACH * 0x30) & !(u64::MAX << n_free);
    let digits = (digits << n_free) | zeros;
    let high_halves = 0xf0 * EACH;
    if (digits & high_halves) | ((digits.wrapping_add(6 * EACH) & high_halves) >> 4) != 0x33 * EACH
    {
        return None;
    }
    let pairs = (digits - 0x30 * EACH).wrapping_mul(10 << 8 | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_ffff_0000_ffff;
    let units = (fours.wrapping_mul(10_000 << 32 | 1) >> 32) as i64;
    let units = if is_negative { -units } else { units };
    Some(Decimal { units, scale })
}

const fn mark_byte(mark: DecimalMark) -> u8 {
    match mark {
        DecimalMark::Point => b'.',
        DecimalMark::Comma => b',',
    }
}

/// Digits with at most one decimal mark and a minus.
#[inline]
fn plain(cell: &[u8], mark: u8) -> Option<Decimal> {
    let (is_negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, cell),
    };
    if digits.is_empty() || digits.len() > MAX_DIGITS {
        return None;
    }
    let (mut units, mut n_whole) = (0_i64, digits.len());
    for (place, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            units = units * 10 + i64::from(digit);
        } else if byte == mark && n_whole == digits.len() && digits.len() > 1 {
            n_whole = place;
        } else {
            return None;
        }
    }
    let scale = digits.len().saturating_sub(n_whole + 1) as u8;
    let units = if is_negative { -units } else { units };
    Some(Decimal { units, scale })
}

/// A number, and whether it is that to its last digit.
struct Read {
    number: Decimal,
    is_exact: bool,
}

fn as_written(cell: &[u8], mark: DecimalMark) -> Option<Read> {
    if cell.len() > 64 || cell.iter().any(is_in_no_number) {
        return None;
    }
    let text = std::str::from_utf8(cell).ok()?;
    if !text.chars().any(|character| digit_of(character).is_some()) {
        return None;
    }
    let lower = text.to_lowercase();
    let (is_negative, core) = without_decoration(&lower)?;
    let (mantissa, exponent) = match core.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (core, 0),
    };
    let digits = Digits::read(mantissa, char::from(mark_byte(mark)))?;
    let mut read = digits.to_decimal(exponent)?;
    if is_negative {
        read.number.units = -read.number.units;
    }
    Some(read)
}

/// Letters that are in no word of [`CURRENCIES`] and in no exponent: most texts have one.
fn is_in_no_number(byte: &u8) -> bool {
    matches!(
        byte.to_ascii_lowercase(),
        b'a' | b'i' | b'l' | b'm' | b'q' | b't' | b'v' | b'x'
    )
}

/// The sign and what is left without sign, currency, brackets and blanks.
fn without_decoration(text: &str) -> Option<(bool, &str)> {
    let mut rest = text.trim();
    let (mut n_signs, mut is_negative) = (0, false);
    if let Some(inner) = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        (rest, is_negative, n_signs) = (inner.trim(), true, 1);
    }
    loop {
        let before = rest;
        for sign in ['-', '−', '－', '+'] {
            let stripped = rest.strip_prefix(sign).or_else(|| {
                let trailing = if sign == '+' { None } else { Some(sign) };
                trailing.and_then(|sign| rest.strip_suffix(sign))
            });
            if let Some(stripped) = stripped {
                (rest, n_signs) = (stripped.trim(), n_signs + 1);
                is_negative |= sign != '+';
            }
        }
        for currency in CURRENCIES {
            let without = rest
                .strip_prefix(currency)
                .or_else(|| rest.strip_suffix(currency));
            rest = without.map_or(rest, str::trim);
        }
        // What became of the sign of the won in CP949, or where it could not be written.
        let lost = rest.strip_prefix(['\\', '?']);
        rest = lost.map_or(rest, str::trim_start);
        if rest == before {
            break;
        }
    }
    (n_signs <= 1 && !rest.is_empty()).then_some((is_negative, rest))
}

/// The digits of a number without its sign.
struct Digits {
    /// All digits, whole and fraction.
    digits: Vec<u8>,
    n_fraction: usize,
}

impl Digits {
    fn read(text: &str, mark: char) -> Option<Self> {
        let (whole, fraction) = match text.split_once([mark, full_width(mark)]) {
            Some((whole, fraction)) => (whole, fraction),
            None => (text, ""),
        };
        let mut digits = whole_digits(whole, if mark == '.' { ',' } else { '.' })?;
        let n_whole = digits.len();
        for character in fraction.chars() {
            digits.push(digit_of(character)?);
        }
        let n_fraction = digits.len() - n_whole;
        (!digits.is_empty()).then_some(Self { digits, n_fraction })
    }

    /// Rounds digits that no units can hold half up; refuses numbers that are too large.
    fn to_decimal(&self, exponent: i32) -> Option<Read> {
        let significant = self.digits.iter().skip_while(|&&digit| digit == 0);
        let n_significant = significant.clone().count();
        let mut units = significant
            .clone()
            .take(MAX_DIGITS)
            .fold(0_i64, |units, &digit| units * 10 + i64::from(digit));
        let n_dropped = n_significant.saturating_sub(MAX_DIGITS);
        if significant
            .clone()
            .nth(MAX_DIGITS)
            .is_some_and(|&next| next >= 5)
        {
            units += 1;
        }
        let mut is_exact = significant
            .clone()
            .skip(MAX_DIGITS)
            .all(|&digit| digit == 0);
        let mut scale = i32::try_from(self.n_fraction).ok()? - i32::try_from(n_dropped).ok()?;
        scale = scale.checked_sub(exponent)?;
        if units == 0 {
            let number = Decimal { units, scale: 0 };
            return Some(Read { number, is_exact });
        }
        if scale < 0 {
            let power = 10_i64.checked_pow(scale.unsigned_abs())?;
            (units, scale) = (units.checked_mul(power)?, 0);
        }
        let n_too_fine = scale.saturating_sub(i32::from(MAX_SCALE)).max(0);
        if n_too_fine > 0 {
            // What is finer than the finest unit by more digits than there are is nothing.
            let power = 10_i64.checked_pow(n_too_fine.unsigned_abs());
            is_exact &= power.is_some_and(|power| units % power == 0);
            units = power.map_or(0, |power| {
                (units / power) + i64::from(units % power >= power / 2)
            });
            scale = if units == 0 { 0 } else { i32::from(MAX_SCALE) };
        }
        let number = Decimal {
            units,
            scale: scale as u8,
        };
        Some(Read { number, is_exact })
    }
}

/// Digits in groups of three, or without groups.
fn whole_digits(text: &str, separator: char) -> Option<Vec<u8>> {
    let is_separator = |character: char| {
        character == separator
            || character == full_width(separator)
            || matches!(
                character,
                ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '’'
            )
    };
    let mut digits = Vec::new();
    let groups: Vec<&str> = text.split(is_separator).collect();
    if groups.len() > 1 && groups[0].starts_with(['0', '０']) {
        return None;
    }
    for (place, group) in groups.iter().enumerate() {
        let n_digits = group.chars().count();
        let is_first = place == 0;
        let is_group = if is_first {
            n_digits <= 3
        } else {
            n_digits == 3
        };
        if groups.len() > 1 && !(is_group && n_digits > 0) {
            return None;
        }
        for character in group.chars() {
            digits.push(digit_of(character)?);
        }
    }
    Some(digits)
}

const fn full_width(mark: char) -> char {
    match mark {
        '.' => '．',
        ',' => '，',
        other => other,
    }
}

fn digit_of(character: char) -> Option<u8> {
    match character {
        '0'..='9' => Some(character as u8 - b'0'),
        '０'..='９' => Some((character as u32 - '０' as u32) as u8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(mark: DecimalMark, cell: &str, expected: Option<(i64, u8)>) {
        let found = decimal(cell.as_bytes(), mark).map(|number| (number.units, number.scale));
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (cell, units, scale) in [
            ("5", 5, 0),
            ("-5", -5, 0),
            ("+5", 5, 0),
            ("2.55", 255, 2),
            (".5", 5, 1),
            ("5.", 5, 0),
            ("1,234.50", 123_450, 2),
            ("1,234,567", 1_234_567, 0),
            ("₩12,000", 12_000, 0),
            ("\\12,000", 12_000, 0),
            ("?12,000", 12_000, 0),
            ("-\\12,000", -12_000, 0),
            ("￦ 12,000", 12_000, 0),
            ("-₩12,000", -12_000, 0),
            ("₩-12,000", -12_000, 0),
            ("12,000원", 12_000, 0),
            ("$1,234.5", 12_345, 1),
            ("US$ 3.10", 310, 2),
            ("1,234 KRW", 1_234, 0),
            ("(1,234)", -1_234, 0),
            ("($5.25)", -525, 2),
            ("1,234-", -1_234, 0),
            ("−7", -7, 0),
            ("1 234.5", 12_345, 1),
            ("1\u{a0}234", 1_234, 0),
            ("1\u{2009}234", 1_234, 0),
            ("1'234", 1_234, 0),
            ("1e3", 1_000, 0),
            ("1.5E+04", 15_000, 0),
            ("2.5e-3", 25, 4),
            ("１２３", 123, 0),
            ("１，２３４．５", 12_345, 1),
            ("0.30000000000000004", 30_000_000_000_000_004, 17),
            ("12345.678901234567891234", 123_456_789_012_345_679, 13),
            ("0", 0, 0),
            ("-0.00", 0, 2),
            ("1e-19", 0, 0),
            ("5e-19", 1, 18),
            ("4.45e-18", 4, 18),
            ("1e-2147483000", 0, 0),
        ] {
            check(DecimalMark::Point, cell, Some((units, scale)));
        }
    }

    #[test]
    fn what_would_have_to_be_rounded_is_no_exact_number() {
        for (cell, is_exact) in [
            ("12.50", true),
            ("0.30000000000000004", true),
            ("123456789012345678", true),
            ("12.345678901234567", true),
            ("12.3400000000000000000000", true),
            ("1.50e-17", true),
            ("12345.678901234567891234", false),
            ("-0.1234567890123456789", false),
            ("1.5e-18", false),
            ("1e-19", false),
            ("twelve", false),
        ] {
            let found = exact_decimal(cell.as_bytes(), DecimalMark::Point);
            assert_eq!(found.is_some(), is_exact, "{cell}");
            let rounded = decimal(cell.as_bytes(), DecimalMark::Point);
            assert!(found.is_none() || found == rounded, "{cell}");
        }
    }

    #[test]
    fn no_currency_has_a_letter_that_no_number_has() {
        let letters = CURRENCIES.concat() + "e";
        assert!(!letters.bytes().any(|byte| is_in_no_number(&byte)));
    }

    #[test]
    fn a_decimal_comma_changes_the_meaning() {
        for (cell, units, scale) in [
            ("1.234,50", 123_450, 2),
            ("12,5", 125, 1),
            ("1.234", 1_234, 0),
            ("-3,00 €", -300, 2),
            ("1 234,5", 12_345, 1),
        ] {
            check(DecimalMark::Comma, cell, Some((units, scale)));
        }
        check(DecimalMark::Comma, "12.5", None);
    }

    fn word_of(cell: &[u8]) -> u64 {
        let mut word = [0; 8];
        word[..cell.len()].copy_from_slice(cell);
        u64::from_le_bytes(word)
    }

    proptest! {
        #[test]
        fn short_numbers_read_as_they_do_digit_by_digit(cell in "[0-9.,-]{1,8}|[0-9]{0,4}[.,]?[0-9]{1,3}|[ -~]{1,8}") {
            for mark in [DecimalMark::Point, DecimalMark::Comma] {
                let cell = cell.as_bytes();
                let expected = plain(cell, mark_byte(mark));
                prop_assert_eq!(short_decimal(word_of(cell), cell.len(), mark), expected);
            }
        }

        #[test]
        fn no_bytes_are_taken_for_digits(cell in prop::collection::vec(any::<u8>(), 1..9)) {
            let expected = plain(&cell, b'.');
            prop_assert_eq!(short_decimal(word_of(&cell), cell.len(), DecimalMark::Point), expected);
        }
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for cell in [
            "",
            "-",
            "abc",
            "1,5",
            "1,2345",
            "12,34,56",
            "1.2.3",
            "--5",
            "5-5",
            "1e",
            "e5",
            "$",
            "()",
            "2011-12-09",
            "12%",
            "0x10",
            "1_000",
            "0,123",
            "99999999999999999999",
            "1e40",
            "9e2147483000",
            "\u{fffd}1",
        ] {
            check(DecimalMark::Point, cell, None);
        }
    }
}

//! Ids and other texts: trimmed, and recognised where they say that there is nothing.

use std::borrow::Cow;

/// Tokens that stand for no value, in lower case.
const MISSING: &[&str] = &[
    "null",
    "(null)",
    "nan",
    "na",
    "n/a",
    "#n/a",
    "none",
    "nil",
    "nat",
    "\\n",
    "undefined",
    "guest",
    "비회원",
    "없음",
];

/// Tokens that stand for no value in any column, in lower case. `none` can be a value of its own elsewhere.
const ABSENT: &[&str] = &["null", "(null)", "nan", "n/a", "#n/a", "\\n"];

/// `cell` without the blanks around it, of whatever width.
#[inline(always)]
pub(crate) fn trimmed(cell: &[u8]) -> &[u8] {
    let is_plain = |byte: &u8| *byte > b' ' && *byte < 0x80;
    match cell {
        [] => cell,
        [first, .., last] if is_plain(first) && is_plain(last) => cell,
        _ => trimmed_slowly(cell),
    }
}

fn trimmed_slowly(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    match std::str::from_utf8(cell) {
        Ok(text) => text.trim_matches(is_blank).as_bytes(),
        Err(_) => cell,
    }
}

/// Blanks, and the marks without width that some exports put around values.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

/// Whether a trimmed id, date or number says that there is none.
#[inline]
pub(crate) fn is_missing(cell: &[u8]) -> bool {
    is_dash(cell) || is_one_of(cell, MISSING)
}

/// Whether a trimmed cell of any column says that there is no value.
#[inline]
pub(crate) fn is_absent(cell: &[u8]) -> bool {
    is_dash(cell) || is_one_of(cell, ABSENT)
}

#[inline]
fn is_dash(cell: &[u8]) -> bool {
    matches!(cell, b"" | b"-" | b"--")
}

#[inline]
fn is_one_of(cell: &[u8], tokens: &[&str]) -> bool {
    let is_digit_first = cell.first().is_some_and(u8::is_ascii_digit);
    !is_digit_first
        && cell.len() <= 9
        && tokens
            .iter()
            .any(|token| cell.eq_ignore_ascii_case(token.as_bytes()))
}

/// An id in its plain form: trimmed, and `17850.0` (a number's print) as `17850`. Leading zeros are kept.
#[inline]
pub(crate) fn id(cell: &[u8]) -> &[u8] {
    let cell = trimmed(cell);
    match cell.strip_suffix(b".0") {
        Some(whole) if !whole.is_empty() && whole.iter().all(u8::is_ascii_digit) => whole,
        _ => cell,
    }
}

/// The id of a customer in its plain form: as [`id`], and an e-mail address in small letters, since mail goes to the
/// same box. Only ASCII has two cases here.
#[inline]
pub(crate) fn customer_id(cell: &[u8]) -> Cow<'_, [u8]> {
    let id = id(cell);
    if is_capital_email(id) {
        return Cow::Owned(id.to_ascii_lowercase());
    }
    Cow::Borrowed(id)
}

#[inline]
fn is_capital_email(id: &[u8]) -> bool {
    id.contains(&b'@') && id.iter().any(u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lose_blanks_and_a_numbers_print_but_no_zeros() {
        for (cell, plain) in [
            ("17850.0", "17850"),
            ("17850", "17850"),
            ("00042", "00042"),
            (" a b\u{a0}", "a b"),
            ("\u{3000}회원1 ", "회원1"),
            (".0", ".0"),
            ("v1.0", "v1.0"),
            ("17850.00", "17850.00"),
        ] {
            assert_eq!(id(cell.as_bytes()), plain.as_bytes(), "{cell}");
        }
    }

    #[test]
    fn addresses_of_customers_differ_in_more_than_capitals() {
        for (cell, plain) in [
            (" Anna@X.de ", "anna@x.de"),
            ("anna@x.de", "anna@x.de"),
            ("Ärzte@X.DE", "Ärzte@x.de"),
            ("AB12", "AB12"),
            ("17850.0", "17850"),
        ] {
            assert_eq!(*customer_id(cell.as_bytes()), *plain.as_bytes(), "{cell}");
        }
    }

    #[test]
    fn many_words_mean_nothing() {
        for cell in [
            "",
            "-",
            "null",
            "NULL",
            "nan",
            "NaN",
            "n/a",
            "#N/A",
            "None",
            "\\N",
            "비회원",
            "Guest",
        ] {
            assert!(is_missing(cell.as_bytes()), "{cell}");
        }
        for cell in ["0", "1", "nobody", "김나영", "no"] {
            assert!(!is_missing(cell.as_bytes()), "{cell}");
        }
    }

    #[test]
    fn a_category_may_be_called_none() {
        assert!(!is_absent(b"none"));
        assert!(is_absent(b"NULL"));
    }
}

//! What a cell looks like to somebody who asks where a table begins: a name, a value, a date, a unit.

use crate::DecimalMark;
use crate::values::{decimal, is_absent, written};

/// `(kg)`, `[%]`, `%`.
pub(super) fn is_unit(cell: &str) -> bool {
    let is_enclosed = |open: char, close: char| cell.starts_with(open) && cell.ends_with(close);
    is_enclosed('(', ')') || is_enclosed('[', ']') || is_enclosed('<', '>') || cell == "%"
}

/// Words rather than a value or a mark for none.
pub(super) fn is_name(cell: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(cell) else {
        return true;
    };
    !is_value(cell) && !is_absent(cell) && text.chars().any(char::is_alphabetic) && !is_code(text)
}

/// A date over numbers, or a number over dates.
pub(super) fn is_other_kind(cell: &[u8], is_date: bool) -> bool {
    is_value(cell) && is_date != self::is_date(cell) && (is_date || !is_number(cell))
}

pub(super) fn is_date(cell: &[u8]) -> bool {
    written(cell).is_some()
}

fn is_number(cell: &[u8]) -> bool {
    decimal(cell, DecimalMark::Point).is_some() || decimal(cell, DecimalMark::Comma).is_some()
}

/// Letters and digits mixed, such as `MG-8769` or `A12`: a value that is no number.
pub(super) fn is_code(text: &str) -> bool {
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    n_digits * 2 > text.chars().count()
}

/// A number, a date, a time, a share.
pub(super) fn is_value(cell: &[u8]) -> bool {
    let number = cell.strip_suffix(b"%").map_or(cell, <[u8]>::trim_ascii_end);
    let is_time = || {
        (4..=8).contains(&cell.len())
            && cell.contains(&b':')
            && cell
                .iter()
                .all(|byte| byte.is_ascii_digit() || *byte == b':')
    };
    is_number(number) || is_time() || is_date(cell)
}

/// A whole number of up to three digits, as months, weeks, hours and classes are numbered.
pub(super) fn count_of(cell: &str) -> Option<u16> {
    let is_count = (1..=3).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit());
    is_count.then(|| cell.parse().ok()).flatten()
}

/// A share as a name: `10%`.
pub(super) fn is_share(cell: &str) -> bool {
    let number = cell.strip_suffix('%').map(str::trim_end);
    number.is_some_and(|number| is_number(number.as_bytes()))
}

/// The year that a cell of four digits names.
pub(super) fn year_of(cell: &str) -> Option<i32> {
    let year = (cell.len() == 4).then(|| cell.parse().ok()).flatten();
    year.filter(|year| (1900..=2100).contains(year))
}

/// A year or a part of one: `2023`, `2023.01`, `2023.1/4`, `2023Q1`, `202301`, `2023년`.
pub(super) fn is_period(cell: &str) -> bool {
    let Some((year, part)) = cell.split_at_checked(4) else {
        return false;
    };
    let is_of_period =
        |letter: char| letter.is_ascii_digit() || "./- QHqh년월분기".contains(letter);
    year_of(year).is_some() && part.len() <= 12 && part.chars().all(is_of_period)
}

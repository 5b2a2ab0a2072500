//! What a cell says as text: numbers as a spreadsheet shows them, dates in ISO form, never an exponent.
//!
//! A workbook keeps numbers in binary and shows 15 significant digits: `0.1 + 0.2` is `0.3` to its author.
//! A day is a number of days since the start of 1900 (which that count takes for a leap year) or of 1904;
//! whether a number is one is said by its format. ECMA-376-1, 18.17.4.

use crate::data::Day;

const SECONDS_OF_DAY: i64 = 86_400;
/// 9999-12-31 in the count of 1900.
const LAST_SERIAL: f64 = 2_958_466.0;
/// The day that 1900 did not have.
const FALSE_LEAP_DAY: i64 = 60;

/// A number with at most 15 significant digits.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return (value as i64).to_string();
    }
    let scientific = format!("{:.14e}", value.abs());
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let sign = if value < 0.0 { "-" } else { "" };
    if point <= 0 {
        let zeros = "0".repeat(point.unsigned_abs() as usize);
        return format!("{sign}0.{zeros}{digits}");
    }
    let point = point as usize;
    if digits.len() <= point {
        return format!("{sign}{digits}{}", "0".repeat(point - digits.len()));
    }
    let (whole, fraction) = digits.split_at(point);
    format!("{sign}{whole}.{fraction}")
}

/// A number that is shown as a date, a time or both: `2011-12-09`, `2011-12-09 08:26:00`, `08:26:00`.
pub(super) fn moment(serial: f64, is_1904: bool) -> String {
    if !(0.0..LAST_SERIAL).contains(&serial) {
        return number(serial);
    }
    let total_seconds = (serial * SECONDS_OF_DAY as f64).round() as i64;
    let (days, seconds) = (
        total_seconds.div_euclid(SECONDS_OF_DAY),
        total_seconds.rem_euclid(SECONDS_OF_DAY),
    );
    let is_time_only = days == 0 && (seconds > 0 || !is_1904);
    if is_time_only {
        return clock(seconds);
    }
    let date = date(days, is_1904);
    if seconds == 0 {
        date
    } else {
        format!("{date} {}", clock(seconds))
    }
}

/// A number that is shown as a length of time: hours beyond 24 stay hours.
pub(super) fn length(serial: f64) -> String {
    if !serial.is_finite() || serial.abs() >= LAST_SERIAL {
        return number(serial);
    }
    let seconds = (serial.abs() * SECONDS_OF_DAY as f64).round() as i64;
    let sign = if serial < 0.0 && seconds > 0 { "-" } else { "" };
    format!("{sign}{}", clock(seconds))
}

/// A date that is written out in the file: `2011-12-09T08:26:00` without its `T`, without a midnight.
pub(super) fn iso_moment(text: &str) -> String {
    let text = text.replacen('T', " ", 1);
    let text = text.strip_suffix(" 00:00:00").unwrap_or(&text);
    text.to_owned()
}

/// A length of time that is written out in the file, `PT26H05M03S`, as a clock; anything else as it is.
pub(super) fn iso_length(text: &str) -> String {
    let read = || {
        let mut seconds = 0;
        let mut digits = String::new();
        for letter in text.strip_prefix("PT")?.chars() {
            let unit = match letter {
                'H' => 3600,
                'M' => 60,
                'S' => 1,
                _ => {
                    digits.push(letter);
                    continue;
                }
            };
            let whole = digits.split(['.', ',']).next()?;
            seconds += unit * whole.parse::<i64>().ok().filter(|n| *n < 1 << 30)?;
            digits.clear();
        }
        Some(clock(seconds))
    };
    read().unwrap_or_else(|| text.to_owned())
}

fn date(days: i64, is_1904: bool) -> String {
    let start = if is_1904 {
        Day::from_civil(1904, 1, 1)
    } else if days < FALSE_LEAP_DAY {
        Day::from_civil(1899, 12, 31)
    } else {
        Day::from_civil(1899, 12, 30)
    };
    if !is_1904 && days == FALSE_LEAP_DAY {
        return "1900-02-29".to_owned();
    }
    start.map_or_else(String::new, |start| start.plus(days as i32).to_string())
}

fn clock(seconds: i64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}", seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_spreadsheet_shows_them() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (42.0, "42"),
            (-1234.5, "-1234.5"),
            (0.1 + 0.2, "0.3"),
            (1.005, "1.005"),
            (19.99 * 3.0, "59.97"),
            (1e-7, "0.0000001"),
            (-2.5e-3, "-0.0025"),
            (999_999_999_999_999.0, "999999999999999"),
            (12_345_678_901_234_567.0, "12345678901234600"),
            (1e21, "1000000000000000000000"),
            (f64::NAN, ""),
            (f64::INFINITY, ""),
        ] {
            assert_eq!(number(value), expected, "{value:e}");
        }
    }

    #[test]
    fn no_number_is_written_with_an_exponent() {
        for exponent in -307..308 {
            let written = number(1.25 * 10_f64.powi(exponent));
            let is_plain = written.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            assert!(is_plain, "{written}");
            let back: f64 = written.parse().unwrap();
            assert!((back / 10_f64.powi(exponent) - 1.25).abs() < 1e-12);
        }
    }

    #[test]
    fn days_are_counted_from_1900_or_1904() {
        for (serial, is_1904, expected) in [
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (60.0, false, "1900-02-29"),
            (61.0, false, "1900-03-01"),
            (40_886.0, false, "2011-12-09"),
            (40_886.0, true, "2015-12-10"),
            (0.0, true, "1904-01-01"),
            (40_886.351_388_888_9, false, "2011-12-09 08:26:00"),
            (40_886.999_999_999, false, "2011-12-10"),
            (0.5, false, "12:00:00"),
            (0.0, false, "00:00:00"),
            (-1.0, false, "-1"),
            (2_958_465.0, false, "9999-12-31"),
            (2_958_466.0, false, "2958466"),
        ] {
            assert_eq!(moment(serial, is_1904), expected, "{serial}");
        }
    }

    #[test]
    fn lengths_of_time_keep_their_hours() {
        assert_eq!(length(1.5), "36:00:00");
        assert_eq!(length(-0.25), "-06:00:00");
        assert_eq!(iso_length("PT26H05M03.5S"), "26:05:03");
        assert_eq!(iso_length("P1D"), "P1D");
    }

    #[test]
    fn written_dates_lose_their_letter_and_their_midnight() {
        assert_eq!(iso_moment("2011-12-09T00:00:00"), "2011-12-09");
        assert_eq!(iso_moment("2011-12-09T08:26:00"), "2011-12-09 08:26:00");
        assert_eq!(iso_moment("2011-12-09"), "2011-12-09");
    }
}

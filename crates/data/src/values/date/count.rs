//! Dates that are counted, not written: days of a spreadsheet, seconds and milliseconds since 1970.
//!
//! Spreadsheets take 1900 for a leap year, so that their first two months are a day off; nobody ordered then.

use super::super::super::{DateNumbers, Day};
use super::super::Decimal;
use super::Moment;

const SECONDS_PER_DAY: i128 = 86_400;

/// Days from the first day of 1970 back to the day 0 of a spreadsheet.
const DAY_ZERO_1900: i128 = 25_569;
const DAY_ZERO_1904: i128 = 24_107;

/// The moment that a number counts; `None` outside of 1900 to 2100.
pub(crate) fn counted(number: Decimal, form: DateNumbers) -> Option<Moment> {
    let one = 10_i128.pow(u32::from(number.scale));
    let units = i128::from(number.units);
    let seconds = match form {
        DateNumbers::Days1900 => {
            rounded(units * SECONDS_PER_DAY, one) - DAY_ZERO_1900 * SECONDS_PER_DAY
        }
        DateNumbers::Days1904 => {
            rounded(units * SECONDS_PER_DAY, one) - DAY_ZERO_1904 * SECONDS_PER_DAY
        }
        DateNumbers::Seconds => units.div_euclid(one),
        DateNumbers::Millis => units.div_euclid(one * 1_000),
    };
    let day = Day::from_number(i32::try_from(seconds.div_euclid(SECONDS_PER_DAY)).ok()?);
    if !(1900..=2100).contains(&day.civil().0) {
        return None;
    }
    let is_whole_day =
        units % one == 0 && matches!(form, DateNumbers::Days1900 | DateNumbers::Days1904);
    Some(Moment {
        day,
        seconds: (!is_whole_day).then_some(seconds.rem_euclid(SECONDS_PER_DAY) as u32),
    })
}

const fn rounded(number: i128, one: i128) -> i128 {
    (number + one / 2).div_euclid(one)
}

/// What the numbers of a column count, if they lie where dates of shops do.
pub(crate) fn form_of(number: Decimal) -> Option<DateNumbers> {
    let whole = i128::from(number.units) / 10_i128.pow(u32::from(number.scale));
    match whole {
        // 1954 to 2119, 1979 to 2103.
        20_000..=80_000 => Some(DateNumbers::Days1900),
        300_000_000..=4_200_000_000 => Some(DateNumbers::Seconds),
        300_000_000_000..=4_200_000_000_000 => Some(DateNumbers::Millis),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_days_and_seconds_are_dates() {
        for (units, scale, form, expected, seconds) in [
            (40_886, 0, DateNumbers::Days1900, "2011-12-09", None),
            (
                408_865,
                1,
                DateNumbers::Days1900,
                "2011-12-09",
                Some(43_200),
            ),
            (39_424, 0, DateNumbers::Days1904, "2011-12-09", None),
            (
                1_323_435_000,
                0,
                DateNumbers::Seconds,
                "2011-12-09",
                Some(46_200),
            ),
            (
                1_323_435_000_999,
                0,
                DateNumbers::Millis,
                "2011-12-09",
                Some(46_200),
            ),
            (61, 0, DateNumbers::Days1900, "1900-03-01", None),
            (-1, 0, DateNumbers::Seconds, "1969-12-31", Some(86_399)),
        ] {
            let moment = counted(Decimal { units, scale }, form).unwrap();
            assert_eq!(
                (moment.day.to_string().as_str(), moment.seconds),
                (expected, seconds)
            );
        }
        let far = Decimal {
            units: i64::MAX,
            scale: 0,
        };
        assert_eq!(counted(far, DateNumbers::Seconds), None);
    }
}

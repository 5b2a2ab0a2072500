//! Dates and times of day as people write them. A zone is never applied: the day is the one that was written.
//!
//! Days, months and short years in an order that could be another stay [`Written::Either`] until somebody has said which.
//! Years are 1900 to 2100.

mod count;
mod cursor;
mod names;

use super::super::{DateOrder, Day};
pub(crate) use count::{counted, form_of};
use cursor::Cursor;

/// A day, and the time of day where one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    /// The civil day.
    pub(crate) day: Day,
    /// Seconds since midnight.
    pub(crate) seconds: Option<u32>,
}

/// What a cell says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// One day and no other.
    Fixed(Moment),
    /// Three numbers in an order that the cell does not show: the moment in each order, as [`DateOrder`] counts them. At
    /// least one is a day of the calendar; only years of two digits can come first.
    Either([Option<Moment>; 3]),
}

/// The moment that a trimmed cell says, where days and months come in `order`.
#[inline]
pub(crate) fn moment(cell: &[u8], order: Option<DateOrder>) -> Option<Moment> {
    match written(cell)? {
        Written::Fixed(moment) => Some(moment),
        Written::Either(moments) => match order {
            Some(DateOrder::YearMonth) => moments[2].or_else(|| the_one(moments)),
            Some(order) => moments[order as usize],
            None => the_one(moments),
        },
    }
}

/// The moment that all orders agree on which give any.
pub(crate) fn the_one(moments: [Option<Moment>; 3]) -> Option<Moment> {
    let mut known = moments.into_iter().flatten();
    let first = known.next()?;
    known.all(|other| other == first).then_some(first)
}

/// What a trimmed cell says about a day, whatever the order of days and months.
#[inline]
pub(crate) fn written(cell: &[u8]) -> Option<Written> {
    if let Some(moment) = iso(cell) {
        return Some(Written::Fixed(moment));
    }
    if cell.len() < 6 || cell.len() > 64 || !cell.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(cell).ok()?.to_lowercase();
    let mut cursor = Cursor::new(text.trim());
    let date = cursor.date()?;
    let seconds = cursor.time()?;
    date.with(seconds)
}

/// `2011-12-09` and `2011-12-09 12:50[:00]`, with `-`, `/` or `.`, and a space or `T`; a fraction and a zone in digits may
/// follow the seconds.
#[inline]
fn iso(cell: &[u8]) -> Option<Moment> {
    let (date, time) = cell.split_first_chunk::<10>()?;
    if date[4] != date[7] || !matches!(date[4], b'-' | b'/' | b'.') {
        return None;
    }
    let year = pair(date[0], date[1])? * 100 + pair(date[2], date[3])?;
    let day = civil(year, pair(date[5], date[6])?, pair(date[8], date[9])?)?;
    let seconds = match *time {
        [] => None,
        [b' ' | b'T', h1, h2, b':', m1, m2] => Some(clock(pair(h1, h2)?, pair(m1, m2)?, 0)?),
        [b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] => {
            Some(clock(pair(h1, h2)?, pair(m1, m2)?, pair(s1, s2)?)?)
        }
        [
            b' ' | b'T',
            h1,
            h2,
            b':',
            m1,
            m2,
            b':',
            s1,
            s2,
            ref rest @ ..,
        ] if is_fraction_or_zone(rest) => Some(clock(pair(h1, h2)?, pair(m1, m2)?, pair(s1, s2)?)?),
        _ => return None,
    };
    Some(Moment { day, seconds })
}

/// `.000`, `Z`, `.000Z`, `+09:00`, ` -0800`, ` UTC`: what shop systems write behind the seconds.
fn is_fraction_or_zone(rest: &[u8]) -> bool {
    let rest = match rest {
        [b'.' | b',', fraction @ ..] => {
            let n_digits = fraction.iter().take_while(|byte| byte.is_ascii_digit());
            &fraction[n_digits.count()..]
        }
        _ => rest,
    };
    let zone = rest.strip_prefix(b" ").unwrap_or(rest);
    match *zone {
        [] => rest.is_empty(),
        [b'Z'] | [b'U', b'T', b'C'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] | [b'+' | b'-', h1, h2, m1, m2] => {
            pair(h1, h2).is_some() && pair(m1, m2).is_some()
        }
        _ => false,
    }
}

#[inline]
fn pair(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

fn civil(year: u32, month: u32, day: u32) -> Option<Day> {
    if !(1900..=2100).contains(&year) {
        return None;
    }
    Day::from_civil(year as i32, month, day)
}

fn clock(hours: u32, minutes: u32, seconds: u32) -> Option<u32> {
    let is_end_of_day = hours == 24 && minutes == 0 && seconds == 0;
    let is_time = hours < 24 && minutes < 60 && seconds <= 60;
    (is_time || is_end_of_day).then(|| (hours * 3600 + minutes * 60 + seconds).min(86_399))
}

/// A date of which the order may still be open.
enum Date {
    Fixed(Option<Day>),
    Either([Option<Day>; 3]),
}

impl Date {
    fn with(self, seconds: Option<u32>) -> Option<Written> {
        let moment = |day: Day| Moment { day, seconds };
        match self {
            Self::Fixed(day) => day.map(moment).map(Written::Fixed),
            Self::Either([None, None, None]) => None,
            Self::Either(days) => Some(Written::Either(days.map(|day| day.map(moment)))),
        }
    }
}

/// The year that two digits say.
const fn century(year: u32) -> u32 {
    year + if year < 70 { 2000 } else { 1900 }
}

/// A year of two digits comes first or last; between strokes and hyphens the month can come first, too. `n_digits` are
/// those of the first and the last number.
fn date_of_short_year(
    [first, second, third]: [u32; 3],
    n_digits: (usize, usize),
    mark: Option<char>,
) -> Option<Date> {
    let ends_with_year = n_digits.1 == 2 || mark == Some('/');
    let day_month = civil(century(third), second, first).filter(|_| ends_with_year);
    let month_day = civil(century(third), first, second);
    let month_day = month_day.filter(|_| ends_with_year && mark != Some('.'));
    let year_first = civil(century(first), second, third).filter(|_| n_digits.0 == 2);
    Some(Date::Either([day_month, month_day, year_first]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(moment: Moment) -> String {
        match moment.seconds {
            None => moment.day.to_string(),
            Some(seconds) => format!(
                "{} {:02}:{:02}:{:02}",
                moment.day,
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60
            ),
        }
    }

    fn check(cell: &str, order: Option<DateOrder>, expected: Option<&str>) {
        let found = moment(cell.as_bytes(), order).map(text_of);
        assert_eq!(found.as_deref(), expected, "{cell}");
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (cell, expected) in [
            ("2011-12-09", "2011-12-09"),
            ("2011-12-09 12:50", "2011-12-09 12:50:00"),
            ("2011-12-09 12:50:07", "2011-12-09 12:50:07"),
            ("2011-12-09 12:50:00.000", "2011-12-09 12:50:00"),
            ("2011-12-09T12:50:00Z", "2011-12-09 12:50:00"),
            ("2011-12-09T23:50:00+09:00", "2011-12-09 23:50:00"),
            ("2011-12-09 12:50:00 -0500", "2011-12-09 12:50:00"),
            ("2011-12-09 12:50:00 UTC", "2011-12-09 12:50:00"),
            ("2011-12-09 8:26", "2011-12-09 08:26:00"),
            ("2011/12/9", "2011-12-09"),
            ("2011/12/9 8:26", "2011-12-09 08:26:00"),
            ("2011.12.09", "2011-12-09"),
            ("2011. 12. 9.", "2011-12-09"),
            ("09.12.2011", "2011-12-09"),
            ("9.12.2011 14:05", "2011-12-09 14:05:00"),
            ("20111209", "2011-12-09"),
            ("20111209125000", "2011-12-09"),
            ("2023. 10. 17. 오후 3:05", "2023-10-17 15:05:00"),
            ("2023. 10. 17. 오전 12:05", "2023-10-17 00:05:00"),
            ("2023년 10월 17일", "2023-10-17"),
            ("2023년10월17일 3시 5분", "2023-10-17 03:05:00"),
            ("23년 1월 7일", "2023-01-07"),
            ("2023-10-17(화) 15:05", "2023-10-17 15:05:00"),
            ("9 Dec 2011", "2011-12-09"),
            ("09-Dec-2011", "2011-12-09"),
            ("Dec 9, 2011", "2011-12-09"),
            ("December 9th, 2011 3:05 PM", "2011-12-09 15:05:00"),
            ("Fri, 09 Dec 2011 12:50:00 GMT", "2011-12-09 12:50:00"),
            ("5 sept 2011", "2011-09-05"),
            ("9. Dezember 2011", "2011-12-09"),
            ("9. März 2011", "2011-03-09"),
            ("9 déc. 2011", "2011-12-09"),
            ("9 août 2011", "2011-08-09"),
            ("9 de diciembre de 2011", "2011-12-09"),
            ("25/12/2011", "2011-12-25"),
            ("12/25/2011", "2011-12-25"),
            ("09-Dec-11", "2011-12-09"),
            ("9 Dec 11", "2011-12-09"),
            ("Dec 9, '11", "2011-12-09"),
            ("Dec 9, ’11", "2011-12-09"),
            ("Dec-09-11", "2011-12-09"),
            ("12/Jan/24", "2024-01-12"),
            ("12/Jan/2024", "2024-01-12"),
            ("9-DEC-99 8:26", "1999-12-09 08:26:00"),
            ("09-DEC-11 01.26.07.000000 PM", "2011-12-09 13:26:07"),
            ("2011-Dec-09", "2011-12-09"),
            ("2011 Dec 9", "2011-12-09"),
            ("December 9, 2011 at 3:05 PM", "2011-12-09 15:05:00"),
            ("7/7/2011", "2011-07-07"),
            ("25/12/99", "1999-12-25"),
            ("99-12-25", "1999-12-25"),
        ] {
            check(cell, None, Some(expected));
        }
    }

    #[test]
    fn the_day_of_a_time_in_a_zone_is_the_one_that_is_written() {
        for (cell, expected) in [
            ("2024-01-05T23:00:00+09:00", "2024-01-05 23:00:00"),
            ("2024-01-05T23:00:00.000+09:00", "2024-01-05 23:00:00"),
            ("2024-01-05T23:00:00.123456Z", "2024-01-05 23:00:00"),
            ("2024-01-05T23:00+09:00[Asia/Seoul]", "2024-01-05 23:00:00"),
            ("2024-01-05 23:00:00 -0800", "2024-01-05 23:00:00"),
            ("2024-01-05 23:00:00 UTC", "2024-01-05 23:00:00"),
            ("2024-01-05 23:00:00 KST", "2024-01-05 23:00:00"),
            ("2024-01-05 23:00 PST", "2024-01-05 23:00:00"),
            ("Jan 5, 2024 3:04:05 PM PST", "2024-01-05 15:04:05"),
            ("Jan 5, 2024 3:04:05 p.m. PDT", "2024-01-05 15:04:05"),
            ("5 Jan 2024 23:04:05 GMT+9", "2024-01-05 23:04:05"),
            ("05.01.2024 23:04:05 MEZ", "2024-01-05 23:04:05"),
            (
                "Fri Jan 05 2024 23:00:00 GMT+0900 (KST)",
                "2024-01-05 23:00:00",
            ),
            ("2024-01-05Z", "2024-01-05"),
            ("2024-01-05+09:00", "2024-01-05"),
        ] {
            check(cell, None, Some(expected));
        }
        for cell in [
            "2024-01-05 23:00:00 ABC",
            "2024-01-05 23:00:00 -08000",
            "2024-01-05 23:00:00.5x",
            "2024-01-05 23:00:00 ",
            "20240105-0001",
            "2024-01-05-0001",
        ] {
            let is_padded = cell.ends_with(' ');
            check(cell, None, is_padded.then_some("2024-01-05 23:00:00"));
        }
    }

    #[test]
    fn dates_are_read_in_many_languages() {
        for (cell, expected) in [
            ("2024年1月5日", "2024-01-05"),
            ("2024年01月05日(金)", "2024-01-05"),
            ("2024年1月5日（金） 15時04分", "2024-01-05 15:04:00"),
            ("2024年1月5日 金曜日 15:04", "2024-01-05 15:04:00"),
            ("2024年1月5日 15時04分33秒", "2024-01-05 15:04:33"),
            ("2024年1月5日 午後3時4分", "2024-01-05 15:04:00"),
            ("2024년 1월 5일 금요일 오후 3:04", "2024-01-05 15:04:00"),
            ("2024/1/5(金) 9:04", "2024-01-05 09:04:00"),
            ("5. März 2024", "2024-03-05"),
            ("Di., 5. März 2024 um 14:05 Uhr", "2024-03-05 14:05:00"),
            ("5. Okt. 2024", "2024-10-05"),
            ("5 janv. 2024", "2024-01-05"),
            ("vendredi 5 janvier 2024 à 14h05", "2024-01-05 14:05:00"),
            ("mar. 2 janv. 2024", "2024-01-02"),
            ("1er févr. 2024", "2024-02-01"),
            ("5 juil. 2024", "2024-07-05"),
            ("5 de enero de 2024", "2024-01-05"),
            ("5 ene. 2024", "2024-01-05"),
            (
                "viernes, 5 de enero del 2024 3:04 p. m.",
                "2024-01-05 15:04:00",
            ),
            ("5 dic 24", "2024-12-05"),
            ("5 gennaio 2024", "2024-01-05"),
            ("venerdì 5 lug 2024", "2024-07-05"),
            ("1º de outubro de 2024", "2024-10-01"),
            ("sexta-feira, 5 de janeiro de 2024", "2024-01-05"),
            ("5/set/2024", "2024-09-05"),
            ("05-fev-24", "2024-02-05"),
            ("5 maart 2024", "2024-03-05"),
            ("vr 5 mei 2023 14.05", "2023-05-05 14:05:00"),
            ("5 mrt. 2024", "2024-03-05"),
        ] {
            check(cell, None, Some(expected));
        }
    }

    #[test]
    fn days_and_months_follow_the_answer() {
        let (day_month, month_day) = (Some(DateOrder::DayMonth), Some(DateOrder::MonthDay));
        check("12/9/2011 8:26", month_day, Some("2011-12-09 08:26:00"));
        check("12/9/2011 8:26", day_month, Some("2011-09-12 08:26:00"));
        check("12/9/2011 8:26 PM", day_month, Some("2011-09-12 20:26:00"));
        check("12/9/11 8:26 PM", month_day, Some("2011-12-09 20:26:00"));
        check("12/9/11", None, None);
        check("12/9/2011", None, None);
        check("25/12/2011", month_day, None);
        let year_month = Some(DateOrder::YearMonth);
        check("25.05.02 20:13", year_month, Some("2025-05-02 20:13:00"));
        check("25-05-02", year_month, Some("2025-05-02"));
        check("25/05/02", year_month, Some("2025-05-02"));
        check("02.05.25", day_month, Some("2025-05-02"));
        check("25.05.02", None, None);
        check("12/9/2011", year_month, None);
        check("25/12/2011", year_month, Some("2011-12-25"));
        check("2011-12-09", day_month, Some("2011-12-09"));
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for cell in [
            "",
            "-",
            "2011",
            "2011-12",
            "2011-13-01",
            "2011-02-30",
            "1899-12-31",
            "2101-01-01",
            "2011-12-09 abc",
            "2011-12-09 25:00",
            "2011-12/09",
            "Foo 9, 2011",
            "9 Dec 11:05 pm",
            "9 Dec",
            "Dec 11",
            "9 Dec 111",
            "9 Foo 11",
            "31-Feb-11",
            "2011-12-09 12.5",
            "12.5",
            "536365",
            "12345678",
            "2011-12-09 12",
            "1,234,567",
            "00000000",
            "1.2.3",
        ] {
            check(cell, None, None);
        }
    }
}

//! Dates and times of day as people write them. A zone is never applied: the day is the one that was written.
//!
//! Days and months in an order that could be either stay [`Written::Either`] until somebody has said which.
//! Years are 1900 to 2100.

use super::super::{DateOrder, Day};

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
    /// `first/second/year`: a day and a month, in either order. At least one order is a day of the calendar.
    Either {
        /// If the first number is the day.
        day_month: Option<Moment>,
        /// If the first number is the month.
        month_day: Option<Moment>,
    },
}

/// The moment that a trimmed cell says, where days and months come in `order`.
#[inline]
pub(crate) fn moment(cell: &[u8], order: Option<DateOrder>) -> Option<Moment> {
    match written(cell)? {
        Written::Fixed(moment) => Some(moment),
        Written::Either {
            day_month,
            month_day,
        } => match order {
            Some(DateOrder::DayMonth) => day_month,
            Some(DateOrder::MonthDay) => month_day,
            None if day_month == month_day => day_month,
            None => day_month.xor(month_day),
        },
    }
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
    let mut cursor = Cursor { rest: text.trim() };
    let date = cursor.date()?;
    let seconds = cursor.time()?;
    date.with(seconds)
}

/// `2011-12-09` and `2011-12-09 12:50[:00]`, with `-`, `/` or `.`, and a space or `T`.
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
        _ => return None,
    };
    Some(Moment { day, seconds })
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
    Either {
        day_month: Option<Day>,
        month_day: Option<Day>,
    },
}

impl Date {
    fn with(self, seconds: Option<u32>) -> Option<Written> {
        let moment = |day: Day| Moment { day, seconds };
        match self {
            Self::Fixed(day) => day.map(moment).map(Written::Fixed),
            Self::Either {
                day_month: None,
                month_day: None,
            } => None,
            Self::Either {
                day_month,
                month_day,
            } => Some(Written::Either {
                day_month: day_month.map(moment),
                month_day: month_day.map(moment),
            }),
        }
    }
}

/// Two-digit years are read where only one order of the three numbers is a date.
fn date_of_short_year(numbers: [u32; 3], is_fixed: bool) -> Option<Date> {
    let century = |year: u32| year + if year < 70 { 2000 } else { 1900 };
    let [first, second, third] = numbers;
    let year_first = civil(century(first), second, third);
    let day_month = civil(century(third), second, first);
    let month_day = civil(century(third), first, second).filter(|_| !is_fixed);
    let mut found: Vec<Day> = [year_first, day_month, month_day]
        .into_iter()
        .flatten()
        .collect();
    found.dedup();
    match found[..] {
        [day] => Some(Date::Fixed(Some(day))),
        _ => None,
    }
}

/// Reads from the start of a text in lower case.
struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn date(&mut self) -> Option<Date> {
        self.weekday();
        if let Some(month) = self.month_name() {
            let day = self.short_number()?;
            let year = self.year()?;
            return Some(Date::Fixed(civil(year, month, day)));
        }
        let (first, n_first) = self.number()?;
        if n_first >= 8 {
            return self.compact(first, n_first);
        }
        let first = first as u32;
        let mark = self.mark();
        if let Some(month) = self.month_name() {
            let year = self.year()?;
            return Some(Date::Fixed(civil(year, month, first)));
        }
        let second = self.short_number()?;
        if self.mark()? != mark? {
            return None;
        }
        let (third, n_third) = self.number()?;
        let third = u32::try_from(third).ok()?;
        let has_words = mark == Some('년');
        let _ = self.eat("일") || self.eat(".");
        match (n_first, n_third) {
            (4, 1 | 2) => Some(Date::Fixed(civil(first, second, third))),
            (2, 1 | 2) if has_words => Some(Date::Fixed(civil(2000 + first, second, third))),
            (1 | 2, 4) if mark == Some('.') => Some(Date::Fixed(civil(third, second, first))),
            (1 | 2, 4) => Some(Date::Either {
                day_month: civil(third, second, first),
                month_day: civil(third, first, second),
            }),
            (1 | 2, 1 | 2) => date_of_short_year([first, second, third], mark == Some('.')),
            _ => None,
        }
    }

    /// `20111209`, and with a time of four or six digits, which is not kept.
    fn compact(&mut self, number: u64, n_digits: usize) -> Option<Date> {
        let time_digits = n_digits - 8;
        if !matches!(time_digits, 0 | 4 | 6) {
            return None;
        }
        let date = (number / 10_u64.pow(time_digits as u32)) as u32;
        let time = (number % 10_u64.pow(time_digits as u32)) as u32;
        match time_digits {
            4 => clock(time / 100, time % 100, 0).map(drop)?,
            6 => clock(time / 10_000, time / 100 % 100, time % 100).map(drop)?,
            _ => {}
        }
        let day = civil(date / 10_000, date / 100 % 100, date % 100);
        Some(Date::Fixed(day))
    }

    /// The time of day up to the end of the text: outer `None` where the rest is no time.
    fn time(&mut self) -> Option<Option<u32>> {
        self.blanks();
        self.parenthesis();
        let _ = self.eat("t") || self.eat(",");
        self.blanks();
        if self.rest.is_empty() {
            return Some(None);
        }
        let before = self.half_of_day();
        let hours = self.short_number()?;
        let minutes = if self.eat(":") || self.eat("시") {
            self.blanks();
            self.short_number().unwrap_or(0)
        } else {
            before.or_else(|| self.clone().half_of_day())?;
            0
        };
        let mut seconds = 0;
        if self.eat(":") || self.eat("분") {
            self.blanks();
            seconds = self.short_number().unwrap_or(0);
            let _ = self.eat("초");
            if self.eat(".") || self.eat(",") {
                self.number();
            }
        }
        self.blanks();
        let half = before.or_else(|| self.half_of_day());
        self.zone();
        if !self.rest.is_empty() {
            return None;
        }
        let hours = match half {
            Some(Half::Morning) if hours == 12 => 0,
            Some(Half::Afternoon) if hours < 12 => hours + 12,
            _ => hours,
        };
        clock(hours, minutes, seconds).map(Some)
    }

    fn clone(&self) -> Cursor<'a> {
        Cursor { rest: self.rest }
    }

    fn eat(&mut self, prefix: &str) -> bool {
        match self.rest.strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn word(&mut self) -> &'a str {
        let is_letter = |character: char| character.is_ascii_alphabetic();
        let end = self.rest.find(|character| !is_letter(character));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    /// The number here and how many digits it has.
    fn number(&mut self) -> Option<(u64, usize)> {
        self.blanks();
        let is_digit = |character: char| character.is_ascii_digit();
        let end = self.rest.find(|character| !is_digit(character));
        let (digits, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        if digits.is_empty() || digits.len() > 14 {
            return None;
        }
        self.rest = rest;
        Some((digits.parse().ok()?, digits.len()))
    }

    fn short_number(&mut self) -> Option<u32> {
        let (number, n_digits) = self.number()?;
        (n_digits <= 2).then_some(number as u32)
    }

    fn year(&mut self) -> Option<u32> {
        for suffix in ["st", "nd", "rd", "th"] {
            let _ = self.eat(suffix);
        }
        self.rest = self.rest.trim_start_matches([',', '-', '.', '/', ' ']);
        let (year, n_digits) = self.number()?;
        (n_digits == 4).then_some(year as u32)
    }

    /// What separates the parts of a date; `년` and `월` are one kind.
    fn mark(&mut self) -> Option<char> {
        self.blanks();
        let mark = self.rest.chars().next()?;
        let kind = match mark {
            '-' | '/' | '.' => mark,
            '년' | '월' => '년',
            _ => return None,
        };
        self.rest = self.rest[mark.len_utf8()..].trim_start();
        Some(kind)
    }

    fn month_name(&mut self) -> Option<u32> {
        const MONTHS: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let mut ahead = self.clone();
        for suffix in ["st", "nd", "rd", "th"] {
            if ahead.eat(suffix) {
                break;
            }
        }
        ahead.rest = ahead.rest.trim_start_matches([' ', '-', '.', ',']);
        let word = ahead.word();
        let place = MONTHS
            .iter()
            .position(|month| word.len() >= 3 && (month.starts_with(word) || word == "sept"))?;
        let place = if word == "sept" { 8 } else { place };
        ahead.rest = ahead.rest.trim_start_matches([' ', '-', '.', ',']);
        self.rest = ahead.rest;
        Some(place as u32 + 1)
    }

    /// `Fri, ` and `Friday `.
    fn weekday(&mut self) {
        let mut ahead = self.clone();
        let word = ahead.word();
        let is_day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            .iter()
            .any(|day| word.starts_with(day));
        if is_day {
            self.rest = ahead.rest.trim_start_matches([',', '.', ' ']);
        }
    }

    /// `(화)`.
    fn parenthesis(&mut self) {
        if let Some((_, rest)) = self
            .rest
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
        {
            self.rest = rest.trim_start();
        }
    }

    fn half_of_day(&mut self) -> Option<Half> {
        self.blanks();
        let half = if self.eat("오전") || self.eat("am") || self.eat("a.m.") {
            Half::Morning
        } else if self.eat("오후") || self.eat("pm") || self.eat("p.m.") {
            Half::Afternoon
        } else {
            return None;
        };
        self.blanks();
        Some(half)
    }

    /// `Z`, `+09:00`, `-0500`, `UTC`: read over, never applied.
    fn zone(&mut self) {
        self.blanks();
        for name in ["utc", "gmt", "kst", "z"] {
            let _ = self.eat(name);
        }
        self.blanks();
        if let Some(offset) = self.rest.strip_prefix(['+', '-']) {
            let is_offset = offset
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b':');
            if is_offset && (2..=5).contains(&offset.len()) {
                self.rest = "";
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
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
            ("25/12/2011", "2011-12-25"),
            ("12/25/2011", "2011-12-25"),
            ("7/7/2011", "2011-07-07"),
            ("25/12/99", "1999-12-25"),
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
        check("12/9/2011", None, None);
        check("25/12/2011", month_day, None);
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
            "11/12/09",
            "2011-12-09 abc",
            "2011-12-09 25:00",
            "2011-12/09",
            "Foo 9, 2011",
            "12.5",
            "536365",
            "12345678",
            "2011-12-09 12",
            "1,234,567",
            "00000000",
        ] {
            check(cell, None, None);
        }
    }
}

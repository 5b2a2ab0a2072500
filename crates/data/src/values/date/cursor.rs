//! Reads a date and a time of day from left to right: numbers, marks, names of months, halves of the day.
//!
//! It knows how dates are written, not which of them exist: that is for its caller.

use super::{Date, civil, clock, date_of_short_year};

/// The months in English, German, French and Spanish; their beginnings are read too.
const MONTHS: [&str; 12] = [
    "january januar janvier enero",
    "february februar février fevrier feb. febrero",
    "march märz maerz mrz mars marzo",
    "april avril abril",
    "may mai mayo",
    "june juni juin junio",
    "july juli juillet julio",
    "august août aout agosto",
    "september sept septembre septiembre",
    "october oktober octobre octubre",
    "november novembre noviembre",
    "december dezember décembre decembre diciembre",
];

/// What the names in [`MONTHS`] begin with.
const INITIALS: [char; 9] = ['a', 'd', 'e', 'f', 'j', 'm', 'n', 'o', 's'];

/// Reads from the start of a text in lower case.
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// At the start of `text`.
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// The date here.
    pub(super) fn date(&mut self) -> Option<Date> {
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
            (1 | 2, 4) => Some(Date::Either([
                civil(third, second, first),
                civil(third, first, second),
                None,
            ])),
            (1 | 2, 1 | 2) => date_of_short_year([first, second, third], (n_first, n_third), mark),
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
    pub(super) fn time(&mut self) -> Option<Option<u32>> {
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
        let is_letter = |character: char| character.is_alphabetic();
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
        let mut ahead = self.clone();
        for suffix in ["st", "nd", "rd", "th"] {
            if ahead.eat(suffix) {
                break;
            }
        }
        ahead.rest = ahead.rest.trim_start_matches([' ', '-', '.', ',']);
        let mut word = ahead.word();
        if word == "de" {
            ahead.blanks();
            word = ahead.word();
        }
        // Most texts are no dates, and seldom begin as one.
        if word.len() < 3 || !word.starts_with(INITIALS) {
            return None;
        }
        let is_name = |names: &str| names.split(' ').any(|name| name.starts_with(word));
        let place = MONTHS.iter().position(|names| is_name(names))?;
        ahead.rest = ahead.rest.trim_start_matches([' ', '-', '.', ',']);
        if ahead.rest.starts_with("de ") {
            ahead.rest = ahead.rest[3..].trim_start();
        }
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

    #[test]
    fn every_month_begins_as_is_said() {
        let names = MONTHS.iter().flat_map(|names| names.split(' '));
        let initials: std::collections::BTreeSet<char> =
            names.filter_map(|name| name.chars().next()).collect();
        assert!(initials.into_iter().eq(INITIALS));
    }
}

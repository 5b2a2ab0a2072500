//! Reads a date and a time of day from left to right: numbers, marks, names of months, halves of the day.
//!
//! It knows how dates are written, not which of them exist: that is for its caller.

use super::names::{is_weekday, is_zone, month_of};
use super::{Date, century, civil, clock, date_of_short_year};

/// What stands behind the number of a day: `5th`, `1er`, `1º`.
const ORDINALS: [&str; 8] = ["st", "nd", "rd", "th", "er", "º", "°", "ª"];

/// What is said between a date and a time of day.
const BETWEEN: [&str; 9] = [
    "t", ",", "at ", "um ", "à ", "às ", "a las ", "alle ", "om ",
];

/// What days of the week begin with that are spelt in more than one way (`tues`, `thur`).
const ENGLISH_DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The days of the week in Korean and Japanese.
const DAYS: &str = "월화수목금토일月火水木金土日";

const MORNING: [&str; 6] = ["오전", "am", "a.m.", "a. m.", "午前", "上午"];
const AFTERNOON: [&str; 6] = ["오후", "pm", "p.m.", "p. m.", "午後", "下午"];

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
            // Short years come last where the month has a name: nobody writes `24-Jan-05` for the fifth.
            let (year, day) = match n_first {
                4 => (first, self.short_number()?),
                _ => (self.year()?, first),
            };
            return Some(Date::Fixed(civil(year, month, day)));
        }
        let second = self.short_number()?;
        if self.mark()? != mark? {
            return None;
        }
        let (third, n_third) = self.number()?;
        let third = u32::try_from(third).ok()?;
        let has_words = mark == Some('년');
        let _ = self.eat_one_of(&["일", "日", "."]);
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
        self.day_of_week_behind();
        while self.eat_one_of(&BETWEEN) || self.eat("- ") {
            self.blanks();
        }
        if self.is_at_end_of_date() {
            return Some(None);
        }
        let before = self.half_of_day();
        let hours = self.short_number()?;
        let minutes = match self.minutes() {
            Some(minutes) => minutes,
            None => {
                before.or_else(|| self.clone().half_of_day())?;
                0
            }
        };
        let seconds = self.seconds();
        let half = before.or_else(|| self.half_of_day());
        let _ = self.eat("uhr") || self.eat("h");
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

    /// The minutes behind an hour: `:05`, `시 5`, `時05`, `h05`, `.05`; none where no time goes on here.
    fn minutes(&mut self) -> Option<u32> {
        if self.eat_one_of(&[":", "시", "時", "h"]) {
            self.blanks();
            return Some(self.short_number().unwrap_or(0));
        }
        let mut ahead = self.clone();
        if !ahead.eat(".")
            || !ahead
                .rest
                .starts_with(|letter: char| letter.is_ascii_digit())
        {
            return None;
        }
        let (minutes, n_digits) = ahead.number()?;
        (n_digits == 2).then(|| {
            self.rest = ahead.rest;
            minutes as u32
        })
    }

    /// The seconds behind minutes, without their fraction.
    fn seconds(&mut self) -> u32 {
        let mut seconds = 0;
        if self.eat_one_of(&[":", "분", "分", "."]) {
            self.blanks();
            seconds = self.short_number().unwrap_or(0);
            let _ = self.eat("초") || self.eat("秒");
            if self.eat(".") || self.eat(",") {
                self.number();
            }
        }
        self.blanks();
        seconds
    }

    /// Whether nothing follows a date but the zone that XML writes behind it (`Z`, `+09:00`).
    fn is_at_end_of_date(&self) -> bool {
        let mut ahead = self.clone();
        if ahead.rest.contains(':') || ahead.rest == "z" {
            ahead.zone();
        }
        ahead.rest.is_empty()
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

    fn eat_one_of(&mut self, prefixes: &[&str]) -> bool {
        prefixes.iter().any(|prefix| self.eat(prefix))
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

    /// A year of four digits, or of two: `11`, `'11`.
    fn year(&mut self) -> Option<u32> {
        self.eat_one_of(&ORDINALS);
        let marks = [',', '-', '.', '/', ' ', '\'', '’', '‘'];
        self.rest = self.rest.trim_start_matches(marks);
        match self.number()? {
            (year, 4) => Some(year as u32),
            (year, 2) => Some(century(year as u32)),
            _ => None,
        }
    }

    /// What separates the parts of a date; `년` and `월`, `年` and `月` are one kind.
    fn mark(&mut self) -> Option<char> {
        self.blanks();
        let mark = self.rest.chars().next()?;
        let kind = match mark {
            '-' | '/' | '.' => mark,
            '년' | '월' | '年' | '月' => '년',
            _ => return None,
        };
        self.rest = self.rest[mark.len_utf8()..].trim_start();
        Some(kind)
    }

    fn month_name(&mut self) -> Option<u32> {
        let mut ahead = self.clone();
        ahead.eat_one_of(&ORDINALS);
        ahead.rest = ahead.rest.trim_start_matches([' ', '-', '.', ',']);
        let _ = ahead.eat("de ");
        let month = month_of(ahead.word())?;
        ahead.rest = ahead.rest.trim_start_matches([' ', '-', '.', ',']);
        let _ = ahead.eat("de ") || ahead.eat("del ");
        ahead.blanks();
        self.rest = ahead.rest;
        Some(month)
    }

    /// `Fri, `, `Friday `, `Fr., `, `sexta-feira, `.
    fn weekday(&mut self) {
        let mut ahead = self.clone();
        let word = ahead.word();
        if !is_weekday(word) && !ENGLISH_DAYS.iter().any(|day| word.starts_with(day)) {
            return;
        }
        let _ = ahead.eat("-feira");
        ahead.rest = ahead.rest.trim_start_matches([',', '.', ' ']);
        // `mar` is March, and Tuesday before a day and a month.
        if month_of(word).is_none() || ahead.clone().is_day_and_month() {
            self.rest = ahead.rest;
        }
    }

    fn is_day_and_month(&mut self) -> bool {
        let _day = self.short_number();
        let _mark = self.mark();
        self.month_name().is_some()
    }

    /// ` (화)`, `（金）`, ` 금요일`, `金曜日`, ` Fri`, with the blanks around it.
    fn day_of_week_behind(&mut self) {
        self.blanks();
        self.parenthesis();
        let mut rest = self.rest.chars();
        if rest.next().is_some_and(|day| DAYS.contains(day)) {
            let rest = rest.as_str();
            let behind = ["요일", "曜日", "曜"].iter();
            if let Some(rest) = behind.filter_map(|word| rest.strip_prefix(word)).next() {
                self.rest = rest;
            }
        } else {
            self.weekday();
        }
        self.blanks();
    }

    /// `(화)`, `（金）`, `[Asia/Seoul]`.
    fn parenthesis(&mut self) {
        for (open, close) in [('(', ')'), ('（', '）'), ('[', ']')] {
            let inner = self.rest.strip_prefix(open);
            if let Some((_, rest)) = inner.and_then(|rest| rest.split_once(close)) {
                self.rest = rest.trim_start();
            }
        }
    }

    fn half_of_day(&mut self) -> Option<Half> {
        self.blanks();
        let half = if self.eat_one_of(&MORNING) {
            Half::Morning
        } else if self.eat_one_of(&AFTERNOON) {
            Half::Afternoon
        } else {
            return None;
        };
        self.blanks();
        Some(half)
    }

    /// `Z`, `+09:00`, `-0500`, `PST`, `GMT+9 (Korean Standard Time)`: read over, never applied.
    fn zone(&mut self) {
        self.blanks();
        let mut ahead = self.clone();
        if is_zone(ahead.word()) {
            self.rest = ahead.rest;
        }
        self.blanks();
        if let Some(offset) = self.rest.strip_prefix(['+', '-']) {
            let is_offset = |letter: char| letter.is_ascii_digit() || letter == ':';
            let rest = offset.trim_start_matches(is_offset);
            let offset = &offset[..offset.len() - rest.len()];
            let most = if offset.contains(':') { 5 } else { 4 };
            if (1..=most).contains(&offset.len()) {
                self.rest = rest;
            }
        }
        self.blanks();
        self.parenthesis();
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

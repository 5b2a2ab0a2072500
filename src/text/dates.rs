//! Dates as people read them: `2011. 12. 9.` in Korean, `9 Dec 2011` in English. Files get ISO from [`Day`] itself.

use super::{Language, Words};
use crate::data::Day;

const ENGLISH_MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Words {
    /// A date.
    pub fn day(self, day: Day) -> String {
        let (year, month, day) = day.civil();
        match self.language {
            Language::Ko => format!("{year}. {month}. {day}."),
            Language::En => format!("{day} {} {year}", month_name(month)),
        }
    }

    /// A month: `2011년 12월`, `Dec 2011`.
    pub fn month(self, day: Day) -> String {
        let (year, month, _) = day.civil();
        match self.language {
            Language::Ko => format!("{year}년 {month}월"),
            Language::En => format!("{} {year}", month_name(month)),
        }
    }

    /// A span of dates, both ends included.
    pub fn day_range(self, first: Day, last: Day) -> String {
        format!("{} – {}", self.day(first), self.day(last))
    }

    /// The as-of date with its words: `2011. 12. 10. 기준`, `as of 10 Dec 2011`.
    pub fn as_of(self, day: Day) -> String {
        match self.language {
            Language::Ko => format!("{} 기준", self.day(day)),
            Language::En => format!("as of {}", self.day(day)),
        }
    }
}

pub(super) fn month_name(month: u32) -> &'static str {
    let place = month.saturating_sub(1) as usize;
    ENGLISH_MONTHS.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_language() {
        let day = Day::from_civil(2011, 12, 9).unwrap();
        let (ko, en) = (Words::new(Language::Ko), Words::new(Language::En));
        assert_eq!(ko.day(day), "2011. 12. 9.");
        assert_eq!(en.day(day), "9 Dec 2011");
        assert_eq!(ko.as_of(day), "2011. 12. 9. 기준");
        assert_eq!(en.day_range(day, day.plus(1)), "9 Dec 2011 – 10 Dec 2011");
    }
}

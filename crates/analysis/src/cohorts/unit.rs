//! Calendar periods as whole numbers that follow each other: days, ISO weeks, months, quarters.
//!
//! Two days are in the same period where their numbers are equal, and so many periods apart as their numbers differ.
//! Weeks start on Monday and are named as ISO 8601 does.

use serde::{Deserialize, Serialize};

use gyeol_data::Day;

/// How long a period is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A day.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A calendar month.
    #[default]
    Month,
    /// Three calendar months from January, April, July or October.
    Quarter,
}

impl Unit {
    /// All, shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Quarter];

    /// The name used in settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The number of the period that `day` is in.
    pub const fn period_of(self, day: Day) -> i32 {
        match self {
            Self::Day => day.number(),
            // 1970-01-01 was a Thursday: the Monday before it is day -3.
            Self::Week => (day.number() + 3).div_euclid(7),
            Self::Month => month_of(day),
            Self::Quarter => month_of(day).div_euclid(3),
        }
    }

    /// The first day of a period.
    pub fn first_day(self, period: i32) -> Day {
        let month = match self {
            Self::Day => return Day::from_number(period),
            Self::Week => return Day::from_number(period.saturating_mul(7) - 3),
            Self::Month => period,
            Self::Quarter => period.saturating_mul(3),
        };
        let day = Day::from_civil(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1);
        // Periods come from days, which have dates.
        day.unwrap_or(Day::from_number(0))
    }

    /// The name of the period that starts on `first`, the same in every language: `2011-03-05`, `2011-W09`, `2011-03`,
    /// `2011-Q1`.
    pub fn name(self, first: Day) -> String {
        let (year, month, _) = first.civil();
        match self {
            Self::Day => first.to_string(),
            Self::Week => {
                let (year, week) = iso_week(first);
                format!("{year:04}-W{week:02}")
            }
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
        }
    }
}

/// The most days whose periods are looked up: longer than any shop has been open.
const MOST_DAYS: i32 = 100_000;

/// The periods of many days: a look at a table is several times as fast as the calendar.
pub(super) struct Periods {
    unit: Unit,
    from: Day,
    known: Vec<i32>,
}

impl Periods {
    /// For days that are mostly between these two.
    pub(super) fn between(unit: Unit, (from, until): (Day, Day)) -> Self {
        let n_days = until.days_since(from).saturating_add(1).clamp(0, MOST_DAYS);
        let days = (0..n_days).map(|place| unit.period_of(from.plus(place)));
        Self {
            unit,
            from,
            known: days.collect(),
        }
    }

    /// The number of the period that `day` is in.
    #[inline]
    pub(super) fn of(&self, day: Day) -> i32 {
        let place = i64::from(day.number()) - i64::from(self.from.number());
        let known = usize::try_from(place).ok();
        let known = known.and_then(|place| self.known.get(place));
        known.copied().unwrap_or_else(|| self.unit.period_of(day))
    }
}

const fn month_of(day: Day) -> i32 {
    let (year, month, _) = day.civil();
    year * 12 + month as i32 - 1
}

/// Year and number of the ISO week that starts on `monday`: it belongs to the year of its Thursday.
pub fn iso_week(monday: Day) -> (i32, i32) {
    let thursday = monday.plus(3);
    let (year, ..) = thursday.civil();
    let new_year = Day::from_civil(year, 1, 1).unwrap_or(thursday);
    (year, thursday.days_since(new_year) / 7 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_named_as_the_calendar_does() {
        for (unit, day, name) in [
            (Unit::Day, "2011-03-05", "2011-03-05"),
            (Unit::Week, "2011-01-02", "2010-W52"),
            (Unit::Week, "2011-01-03", "2011-W01"),
            (Unit::Week, "2021-01-03", "2020-W53"),
            (Unit::Week, "2024-12-30", "2025-W01"),
            (Unit::Month, "2012-02-29", "2012-02"),
            (Unit::Quarter, "2012-12-31", "2012-Q4"),
            (Unit::Quarter, "2012-04-01", "2012-Q2"),
        ] {
            let first = unit.first_day(unit.period_of(day.parse().unwrap()));
            assert_eq!(unit.name(first), name, "{day}");
        }
    }

    #[test]
    fn days_that_are_looked_up_have_the_periods_of_the_calendar() {
        for unit in Unit::ALL {
            let (from, until) = (Day::from_number(-400), Day::from_number(900));
            let periods = Periods::between(unit, (from, until));
            for number in (-500..1000).chain([-700_000, 700_000]) {
                let day = Day::from_number(number);
                assert_eq!(periods.of(day), unit.period_of(day), "{unit:?} {day}");
            }
        }
    }

    #[test]
    fn periods_follow_each_other_without_a_gap() {
        for unit in Unit::ALL {
            for number in -30_000..30_000 {
                let day = Day::from_number(number);
                let period = unit.period_of(day);
                let (first, next) = (unit.first_day(period), unit.first_day(period + 1));
                assert!(first <= day && day < next, "{unit:?} {day}");
            }
        }
    }
}

//! Rows of days that have not come yet. What day it is, who runs the engine knows; here it is a fact that is given.
//!
//! Counted are the rows that count, on the day of their order; of a table of customers, the days of their last orders.

use serde::{Deserialize, Serialize};

use super::{Dataset, Day, History};

/// Rows that are dated after the day that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToCome {
    /// How many.
    pub n_rows: u64,
    /// The last of their days.
    pub last: Day,
    /// What day it is.
    pub today: Day,
}

/// So many days with rows are kept.
const MOST_DAYS: usize = 3_000;

/// Milliseconds of a day.
const MILLIS: f64 = 86_400_000.0;

impl Day {
    /// The day of a clock that shows so many milliseconds since 1970 began there.
    pub fn of_clock(millis: f64) -> Self {
        Self::from_number(libm::floor(millis / MILLIS) as i32)
    }
}

impl Dataset {
    /// The latest days with rows that count, and how many: the last day first, at most 3,000 of them.
    pub fn latest_days(&self) -> Vec<(Day, u64)> {
        let Some((first, last)) = self.period() else {
            return Vec::new();
        };
        let mut n_on = vec![0_u64; last.days_since(first).max(0) as usize + 1];
        let mut add = |day: Day, n: u32| {
            if let Some(own) = n_on.get_mut(day.days_since(first) as usize) {
                *own += u64::from(n);
            }
        };
        match &self.history {
            History::Orders(orders) => {
                let rows = orders.days.iter().zip(&orders.n_lines);
                rows.for_each(|(&day, &n)| add(day, n));
            }
            History::Summaries(sums) => {
                let days = sums.last_days.iter().flatten();
                days.for_each(|&day| add(day, 1));
            }
        }
        let days = n_on.into_iter().enumerate().rev().filter(|day| day.1 > 0);
        let days = days.map(|(at, n)| (first.plus(at as i32), n));
        days.take(MOST_DAYS).collect()
    }
}

impl ToCome {
    /// The rows of `days`, the last day first, that come after `today` and count on `as_of`; `None` where there are none.
    pub fn of(days: &[(Day, u64)], today: Day, as_of: Day) -> Option<Self> {
        let late = days.iter().filter(|own| own.0 > today && own.0 <= as_of);
        let &(last, _) = late.clone().next()?;
        Some(Self {
            n_rows: late.map(|own| own.1).sum(),
            last,
            today,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Names, Orders, Treated};

    /// A shop with a customer for each order, on these days.
    fn shop(days: &[i32]) -> Dataset {
        let mut customers = Names::default();
        for customer in 0..days.len() {
            customers.intern(format!("{customer:03}").as_bytes());
        }
        let orders = Orders {
            days: days.iter().map(|&day| Day::from_number(day)).collect(),
            n_lines: vec![1; days.len()],
            starts: (0..=days.len() as u32).collect(),
            ..Orders::default()
        };
        Dataset {
            customers,
            history: History::Orders(orders),
            attributes: Vec::new(),
            has_money: false,
            treated: Treated::default(),
        }
    }

    #[test]
    fn rows_after_today_that_count_on_the_as_of_date_are_told() {
        let days = shop(&[1, 9, 9, 40_000]).latest_days();
        let numbers: Vec<(i32, u64)> = days.iter().map(|own| (own.0.number(), own.1)).collect();
        assert_eq!(numbers, [(40_000, 1), (9, 2), (1, 1)]);
        let told = |today: i32, as_of: i32| {
            let [today, as_of] = [today, as_of].map(Day::from_number);
            ToCome::of(&days, today, as_of).map(|own| (own.n_rows, own.last.number()))
        };
        assert_eq!(told(5, 40_001), Some((3, 40_000)));
        assert_eq!(told(9, 40_001), Some((1, 40_000)));
        assert_eq!(told(40_000, 40_001), None);
        // On an as-of date that has come, later rows do not count.
        assert_eq!(told(9, 9), None);
        assert_eq!(told(5, 100), Some((2, 9)));
    }

    #[test]
    fn a_clock_shows_the_day_until_its_last_moment() {
        for (millis, day) in [(0.0, 0), (86_399_999.0, 0), (86_400_000.0, 1), (-1.0, -1)] {
            assert_eq!(Day::of_clock(millis).number(), day, "{millis}");
        }
    }
}

//! How customers buy beside how lately, how often and for how much: what changes, and what orders are like.
//!
//! Everything is of single orders until a day, so that it can be asked of any day. Shares are 0 to 1, trends -1 to 1.
//! Definitions: `docs/methods/rules.md`.

use super::measures::{Measure, gaps};
use super::stats;
use gyeol_data::{Day, Orders};

/// The orders of one customer until a day, oldest first.
#[derive(Clone, Copy)]
pub(super) struct Bought<'a> {
    days: &'a [Day],
    /// Money in whole units.
    amounts: &'a [i64],
    n_lines: &'a [u32],
    as_of: Day,
}

impl<'a> Bought<'a> {
    pub(super) fn new(orders: &'a Orders, customer: usize, as_of: Day) -> Self {
        let (start, end) = (orders.starts[customer], orders.starts[customer + 1]);
        let all = start as usize..end as usize;
        let n_until = orders.days[all.clone()].partition_point(|&day| day <= as_of);
        let until = all.start..all.start + n_until;
        Self {
            days: &orders.days[until.clone()],
            amounts: &orders.amounts[until.clone()],
            n_lines: &orders.n_lines[until],
            as_of,
        }
    }

    /// The days of the orders.
    pub(super) const fn days(self) -> &'a [Day] {
        self.days
    }

    /// A measure of behaviour; `None` where the customer has too few orders for it, or it is no such measure.
    pub(super) fn value(self, measure: Measure) -> Option<f64> {
        match measure {
            Measure::OrderTrend => self.trend(|_| 1.0),
            Measure::SpendTrend => self.trend(|order| self.amounts[order] as f64),
            Measure::GapSpread => gap_spread(self.days),
            Measure::WeekendShare => share(
                self.days.iter().filter(|day| is_weekend(**day)).count(),
                self.days.len(),
            ),
            Measure::RowsPerOrder => {
                let n_rows: u64 = self.n_lines.iter().map(|&n| u64::from(n)).sum();
                share(n_rows as usize, self.days.len())
            }
            Measure::LargestOrderShare => {
                let total: i128 = self.amounts.iter().map(|&units| i128::from(units)).sum();
                let largest = *self.amounts.iter().max()?;
                (total > 0).then(|| (largest as f64 / total as f64).min(1.0))
            }
            _ => None,
        }
    }

    /// Later less earlier over both, of what comes after the first order: the halves are those of the time since.
    /// What falls into the very middle counts for neither. The first order is left out, since it is always early.
    fn trend(self, weight: impl Fn(usize) -> f64) -> Option<f64> {
        let first = *self.days.first()?;
        let time = self.as_of.days_since(first);
        let (mut later_less_earlier, mut both) = (0.0, 0.0);
        for order in 1..self.days.len() {
            let weight = weight(order);
            let twice = 2 * self.days[order].days_since(first);
            both += weight;
            later_less_earlier += match twice.cmp(&time) {
                std::cmp::Ordering::Greater => weight,
                std::cmp::Ordering::Equal => 0.0,
                std::cmp::Ordering::Less => -weight,
            };
        }
        (both > 0.0).then(|| (later_less_earlier / both).clamp(-1.0, 1.0))
    }
}

/// The standard deviation of the days between order days over their mean; of two pauses or more.
fn gap_spread(days: &[Day]) -> Option<f64> {
    let pauses = || gaps(days).map(f64::from);
    let (mean, deviation) = stats::moments(pauses().collect::<Vec<f64>>().into_iter());
    (pauses().count() > 1).then(|| deviation / mean)
}

/// Saturday or Sunday: 1970-01-01, day 0, was a Thursday.
const fn is_weekend(day: Day) -> bool {
    (day.number() + 3).rem_euclid(7) >= 5
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use gyeol_data::{Dataset, History};

    fn value(dataset: &Dataset, measure: Measure, as_of: i32) -> Option<f64> {
        let History::Orders(orders) = &dataset.history else {
            return None;
        };
        Bought::new(orders, 0, Day::from_number(as_of)).value(measure)
    }

    #[test]
    fn trends_hold_the_later_half_of_the_time_since_the_first_order_against_the_earlier() {
        // After the first order on day 0: day 10 | the middle, 50 | days 60 and 90, until day 100.
        let rows = [
            ("a", 0, 900),
            ("a", 10, 100),
            ("a", 50, 100),
            ("a", 60, 300),
            ("a", 90, 500),
        ];
        let dataset = testing::orders(&rows);
        assert_eq!(value(&dataset, Measure::OrderTrend, 100), Some(0.25));
        assert_eq!(value(&dataset, Measure::SpendTrend, 100), Some(0.7));
        // By day 20 there is one order more than the first, in its middle.
        assert_eq!(value(&dataset, Measure::OrderTrend, 20), Some(0.0));
        assert_eq!(value(&dataset, Measure::OrderTrend, 9), None, "one order");
        assert_eq!(value(&dataset, Measure::OrderTrend, 10_000), Some(-1.0));
    }

    #[test]
    fn pauses_baskets_and_weekends_are_as_defined() {
        // Days 2 and 3 are a Saturday and a Sunday; pauses 1, 3, 3, 1: mean 2, deviation 1.
        let rows = [2, 3, 6, 9, 10].map(|day| ("a", day, i64::from(day) * 100));
        let dataset = testing::orders(&rows);
        assert_eq!(Day::from_civil(2024, 6, 1).map(is_weekend), Some(true));
        assert_eq!(Day::from_civil(2024, 6, 3).map(is_weekend), Some(false));
        for (measure, expected) in [
            (Measure::GapSpread, Some(0.5)),
            // Days 2, 3, 9 and 10.
            (Measure::WeekendShare, Some(0.8)),
            (Measure::RowsPerOrder, Some(1.0)),
            (Measure::LargestOrderShare, Some(1.0 / 3.0)),
            (Measure::Recency, None),
        ] {
            assert_eq!(value(&dataset, measure, 11), expected, "{measure:?}");
        }
        assert_eq!(value(&dataset, Measure::GapSpread, 4), None, "one pause");
    }

    #[test]
    fn without_money_that_counts_there_is_no_share_of_it() {
        let dataset = testing::orders(&[("a", 1, -500), ("a", 2, 300), ("a", 3, -100)]);
        assert_eq!(value(&dataset, Measure::LargestOrderShare, 9), None);
        let back = testing::orders(&[("a", 1, 500), ("a", 2, 300), ("a", 3, -400)]);
        assert_eq!(value(&back, Measure::LargestOrderShare, 9), Some(1.0));
        assert_eq!(value(&back, Measure::SpendTrend, 9), None);
    }
}

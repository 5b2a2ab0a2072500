//! Orders that stand alone far after all others: most often a mistyped year, which moves the last day of the file, and
//! with it every answer that hangs on how long ago something was.
//!
//! Scale-free: what counts as far hangs on how long this shop's own breaks are. Nothing is left out because of it; the
//! facts are for sentences that say which as-of date would do.

use serde::{Deserialize, Serialize};

use gyeol_data::{Dataset, Day, History};

/// Few orders, long after all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoneOrders {
    /// How many.
    pub n_orders: u64,
    /// The first of their days.
    pub first: Day,
    /// The last order day of the others.
    pub others_until: Day,
}

/// The shortest break before them, in days: half a year.
const FAR_DAYS: usize = 180;

/// How many times as long as any other break it is.
const TIMES: usize = 10;

/// Of so many orders one may stand alone; of fewer one may, too.
const ONE_IN: u64 = 100;

/// Fewer orders have no breaks to go by.
const FEWEST: u64 = 4;

/// More days than dates that are read can lie apart (1900 to 2100).
const MOST_DAYS: usize = 100_000;

/// The orders of `dataset` until `as_of` that stand alone: at most one in a hundred (or a single one), after a break
/// longer than half a year and ten times as long as the longest with more orders than that on either side. `None` where
/// there are none, or no single orders.
pub fn lone_orders(dataset: &Dataset, as_of: Day) -> Option<LoneOrders> {
    let History::Orders(orders) = &dataset.history else {
        return None;
    };
    let known = || orders.days.iter().filter(|&&day| day <= as_of);
    let (first, last) = (*known().min()?, *known().max()?);
    let n_days = usize::try_from(last.days_since(first)).ok()? + 1;
    if n_days > MOST_DAYS {
        return None;
    }
    let mut n_on = vec![0_u64; n_days];
    for day in known() {
        n_on[day.days_since(first) as usize] += 1;
    }
    let n_all: u64 = n_on.iter().sum();
    let few = (n_all / ONE_IN).max(1);
    let (mut n_before, mut before, mut longest) = (0, 0, 0);
    for (at, &n) in n_on.iter().enumerate().filter(|(_, n)| **n > 0) {
        let (pause, n_after) = (at - before, n_all - n_before);
        if n_before > few && n_after > few {
            longest = longest.max(pause);
        }
        let is_far = pause > FAR_DAYS && pause > TIMES * longest;
        if n_all >= FEWEST && n_after <= few && is_far {
            return Some(LoneOrders {
                n_orders: n_after,
                first: first.plus(at as i32),
                others_until: first.plus(before as i32),
            });
        }
        (n_before, before) = (n_before + n, at);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    /// An order every `pause` days, 500 of them, and further ones.
    fn shop(pause: i32, further: &[i32]) -> Dataset {
        let days = (0..500).map(|at| at * pause).chain(further.iter().copied());
        let rows: Vec<(&str, i32, i64)> = days.map(|day| ("a", day, 100)).collect();
        testing::orders(&rows)
    }

    fn found(dataset: &Dataset) -> Option<(u64, i32, i32)> {
        let lone = lone_orders(dataset, dataset.default_as_of())?;
        let [first, until] = [lone.first, lone.others_until].map(Day::number);
        Some((lone.n_orders, first, until))
    }

    #[test]
    fn a_few_orders_far_after_the_others_are_found_with_where_the_others_end() {
        assert_eq!(found(&shop(1, &[30_000])), Some((1, 30_000, 499)));
        // Two mistakes, decades apart.
        let two = shop(1, &[3_000, 30_000]);
        assert_eq!(found(&two), Some((2, 3_000, 499)));
        assert_eq!(found(&shop(1, &[])), None);
        // A date of long ago hides nothing.
        let both = shop(1, &[-20_000, 30_000]);
        assert_eq!(found(&both), Some((1, 30_000, 499)));
    }

    #[test]
    fn a_break_that_is_usual_here_or_that_many_orders_follow_is_none() {
        assert_eq!(found(&shop(1, &[499 + 180])), None);
        assert_eq!(found(&shop(1, &[499 + 181])), Some((1, 680, 499)));
        // Of a shop that sells every thirty days a year without orders is no mistake.
        assert_eq!(found(&shop(30, &[499 * 30 + 300])), None);
        assert!(found(&shop(30, &[499 * 30 + 301])).is_some());
        let reopened: Vec<i32> = (0..6).map(|day| 3_000 + day).collect();
        assert_eq!(found(&shop(1, &reopened)), None);
        assert_eq!(found(&shop(1, &reopened[..5])), Some((5, 3_000, 499)));
    }

    #[test]
    fn what_lies_after_the_date_that_is_looked_at_is_not_known() {
        let shop = shop(1, &[30_000]);
        let until = |day: i32| lone_orders(&shop, Day::from_number(day));
        assert_eq!(until(29_999), None);
        assert!(until(30_000).is_some());
        assert_eq!(until(-1), None);
        let three = testing::orders(&[("a", 0, 1), ("a", 1, 1), ("b", 40_000, 1)]);
        assert_eq!(lone_orders(&three, three.default_as_of()), None);
        let sums = testing::numbers(&[("x", vec![Some(1.0)])]);
        assert_eq!(lone_orders(&sums, sums.default_as_of()), None);
    }
}

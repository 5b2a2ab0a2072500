//! In which order the days, months and short years of a column are written, as far as its dates show it.

use super::values::{Moment, Written, the_one};
use super::{DateOrder, Day};

/// Different days of the month from which on a number is a day and not a year.
const MANY_DAYS: u32 = 8;

/// How the dates of a column read, in each [`DateOrder`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DateOrders {
    /// Dates that are none in that order.
    n_missing: [u64; 3],
    /// Dates that are another day in another order.
    n_either: u64,
    /// The first and the last day.
    days: [Option<(Day, Day)>; 3],
    /// Which days of the month there are, one bit each.
    days_of_month: [u32; 3],
}

impl DateOrders {
    pub(super) fn note(&mut self, date: Written) {
        let moments = match date {
            Written::Fixed(moment) => [Some(moment); 3],
            Written::Either(moments) => moments,
        };
        let each = self.days.iter_mut().zip(&mut self.n_missing);
        let each = each.zip(&mut self.days_of_month).zip(moments);
        for (((days, n_missing), days_of_month), moment) in each {
            match moment {
                Some(Moment { day, .. }) => {
                    let (first, last) = days.unwrap_or((day, day));
                    *days = Some((first.min(day), last.max(day)));
                    *days_of_month |= 1 << day.civil().2;
                }
                None => *n_missing += 1,
            }
        }
        self.n_either += u64::from(the_one(moments).is_none());
    }

    /// Whether somebody has to say in which order they are written.
    pub(super) fn is_open(self) -> bool {
        self.n_either > 0 && self.shown().is_none()
    }

    /// Whether all are dates in this order.
    pub(super) fn hold(self, order: DateOrder) -> bool {
        self.n_missing[order as usize] == 0
    }

    /// The first and the last day, where the dates show in which order they are written.
    pub(super) fn days(self) -> Option<(Day, Day)> {
        match self.shown() {
            Some(order) => self.days[order as usize],
            None if self.n_either > 0 => None,
            None => self.days[0],
        }
    }

    /// The order in which most are dates. A year of two digits is where it makes the days lie close together: taken for
    /// a day, it scatters them over thirty years. That shows only where days of the month are many: years are few.
    pub(super) fn shown(self) -> Option<DateOrder> {
        let fewest = self.n_missing.into_iter().min()?;
        let span = |order: DateOrder| {
            let (first, last) = self.days[order as usize]?;
            (self.n_missing[order as usize] == fewest).then(|| last.days_since(first))
        };
        let [day_month, month_day, year_month] = DateOrder::ALL.map(span);
        if self.n_missing == [fewest; 3] && self.n_either == 0 {
            return None;
        }
        let year_last = [day_month, month_day].into_iter().flatten().min();
        let is_far = |own: i32, other: i32| own > 3 * other + 31;
        let is_varied = |orders: &[DateOrder]| {
            let most = orders
                .iter()
                .map(|&order| self.days_of_month[order as usize].count_ones());
            most.max() >= Some(MANY_DAYS)
        };
        let year_first = [DateOrder::YearMonth];
        match (year_last, year_month) {
            (None, Some(_)) => return Some(DateOrder::YearMonth),
            (Some(last), Some(first)) if is_far(last, first) && is_varied(&year_first) => {
                return Some(DateOrder::YearMonth);
            }
            (Some(last), Some(first))
                if !is_far(first, last)
                    || !is_varied(&[DateOrder::DayMonth, DateOrder::MonthDay]) =>
            {
                return None;
            }
            _ => {}
        }
        match (day_month, month_day) {
            (Some(_), None) => Some(DateOrder::DayMonth),
            (None, Some(_)) => Some(DateOrder::MonthDay),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::values::written;
    use super::*;

    fn check(cells: &[&str], expected: Option<DateOrder>, is_open: bool) {
        let mut orders = DateOrders::default();
        for cell in cells {
            orders.note(written(cell.as_bytes()).unwrap());
        }
        assert_eq!(
            (orders.shown(), orders.is_open()),
            (expected, is_open),
            "{cells:?}"
        );
    }

    #[test]
    fn the_order_is_what_the_dates_show() {
        let (day, month, year) = (
            Some(DateOrder::DayMonth),
            Some(DateOrder::MonthDay),
            Some(DateOrder::YearMonth),
        );
        check(&["2024-01-05", "2024-02-01"], None, false);
        check(&["03/04/2011", "04/04/2011"], None, true);
        check(&["03/04/2011", "25/04/2011"], day, false);
        check(&["03/04/2011", "04/25/2011"], month, false);
        let written = |form: fn(u32) -> String| (1..=28).map(form).collect::<Vec<_>>();
        for (form, expected, is_open) in [
            (
                (|n| format!("25.05.{n:02} 20:13")) as fn(u32) -> String,
                year,
                false,
            ),
            (|n| format!("25-05-{n:02}"), year, false),
            (|n| format!("25/05/{n:02}"), year, false),
            (|n| format!("{n:02}.05.25"), day, false),
            (|n| format!("05/{n:02}/25"), month, false),
            (
                |n| format!("{:02}/{:02}/25", n % 12 + 1, n % 7 + 1),
                None,
                true,
            ),
            // The first of each month: nobody can say which number is the year.
            (
                |n| format!("{:02}.{:02}.01", 21 + n / 12, n % 12 + 1),
                None,
                true,
            ),
            (
                |n| format!("01.{:02}.{:02}", n % 12 + 1, 21 + n / 12),
                None,
                true,
            ),
        ] {
            let cells = written(form);
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            check(&cells, expected, is_open);
        }
        check(&["25.05.02"], None, true);
    }
}

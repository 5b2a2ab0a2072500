//! What one customer ordered, and in which segments it was from its first order on, by the borders of the as-of date.
//!
//! Every day is asked: a segment begins on the day on which the borders first give it.

use serde::{Deserialize, Serialize};

use super::borders::{Borders, Moment};
use crate::{Label, SegmentationId};
use gyeol_data::{Dataset, Day, History as Doings, Money};

/// The most orders, returns and spans of each segmentation that cross to the page.
const MOST: usize = 300;

/// So long after the last order no border lies: the longest is a hundred times the pause of a lifetime.
pub(super) const MOST_DAYS: i32 = 40_000;

/// Orders and spans of one customer until the as-of date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The id.
    pub customer: String,
    /// The as-of date.
    pub as_of: Day,
    /// Whether the file has money.
    pub has_money: bool,
    /// Earlier orders that are not in here; 0 where all are.
    pub n_earlier: u64,
    /// The orders, oldest first.
    pub orders: Vec<Order>,
    /// What was given back and is taken off, oldest first.
    pub returns: Vec<Return>,
    /// The spans of each segmentation whose borders hold on any day.
    pub histories: Vec<History>,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its day.
    pub day: Day,
    /// Its id, where the file has any.
    pub name: Option<String>,
    /// Its money.
    pub amount: Money,
    /// Rows of the file in it.
    pub n_lines: u32,
}

/// Money that was given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// The day.
    pub day: Day,
    /// How much, above nothing.
    pub amount: Money,
}

/// The segments of one customer in one segmentation over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Which segmentation.
    pub of: SegmentationId,
    /// The spans, oldest first; each begins on the day after the one before.
    pub spans: Vec<Span>,
}

/// Days in one segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first day.
    pub from: Day,
    /// The last day; that of the last span is the as-of date.
    pub until: Day,
    /// The place of the segment in its segmentation.
    pub place: u16,
    /// What the segment is called.
    pub label: Label,
    /// Why it began.
    pub cause: Cause,
}

/// Why a span began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// With the first order.
    First,
    /// It ordered on this day.
    Ordered,
    /// It was given money back on this day, and did not order.
    Returned,
    /// Neither: time passed.
    TimePassed,
}

impl Cause {
    /// The name used in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::First => "first_order",
            Self::Ordered => "ordered",
            Self::Returned => "returned",
            Self::TimePassed => "time_passed",
        }
    }
}

impl Past {
    /// The latest of it, as much as crosses to the page.
    pub(super) fn latest(mut self) -> Self {
        let n_earlier = self.orders.len().saturating_sub(MOST);
        self.n_earlier = n_earlier as u64;
        self.orders.drain(..n_earlier);
        let n_returns = self.returns.len().saturating_sub(MOST);
        self.returns.drain(..n_returns);
        for history in &mut self.histories {
            let n_spans = history.spans.len().saturating_sub(MOST);
            history.spans.drain(..n_spans);
        }
        self
    }

    /// The span of a segmentation that the customer is in on the as-of date.
    pub fn current(&self, of: SegmentationId) -> Option<&Span> {
        let history = self.histories.iter().find(|history| history.of == of)?;
        history.spans.last()
    }
}

/// The orders of a customer until a day and what was given back, oldest first; nothing where the file has no orders.
pub(super) fn orders(
    dataset: &Dataset,
    customer: usize,
    as_of: Day,
    names: &[Option<String>],
) -> (Vec<Order>, Vec<Return>) {
    let Doings::Orders(orders) = &dataset.history else {
        return (Vec::new(), Vec::new());
    };
    let money = |units: i64| Money::new(i128::from(units), orders.scale);
    let start = orders.starts[customer] as usize;
    let all = start..orders.starts[customer + 1] as usize;
    let known = all.take_while(|&place| orders.days[place] <= as_of);
    let made = known.map(|place| Order {
        day: orders.days[place],
        name: names.get(place - start).cloned().flatten(),
        amount: money(orders.amounts[place]),
        n_lines: orders.n_lines[place],
    });
    let back = orders.returns.of(customer);
    let back = back.take_while(|&(day, _)| day <= as_of);
    let back = back.map(|(day, units)| Return {
        day,
        amount: money(units),
    });
    (made.collect(), back.collect())
}

/// The segments of a customer from its first order to the as-of date; `None` where the file has no single orders, and of
/// segmentations that are not told over time.
pub(super) fn history(
    dataset: &Dataset,
    borders: &Borders,
    customer: usize,
    as_of: Day,
) -> Option<History> {
    let (Borders::Rfm(_) | Borders::Lifecycle(_)) = borders else {
        return None;
    };
    let Doings::Orders(orders) = &dataset.history else {
        return None;
    };
    let moment = Moment::of(dataset, customer, as_of)?;
    let (first, last) = (*moment.days.first()?, *moment.days.last()?);
    let back: Vec<Day> = orders.returns.of(customer).map(|(day, _)| day).collect();
    let is_back = |day: Day| back.binary_search(&day).is_ok();
    let last = back.last().map_or(last, |&back| last.max(back));
    let end = as_of.min(last.plus(MOST_DAYS));
    let mut spans: Vec<Span> = Vec::new();
    for number in first.number()..=end.number() {
        let day = Day::from_number(number);
        let place = borders.place(&Moment::of(dataset, customer, day)?);
        if spans.last().is_some_and(|span| span.place == place) {
            continue;
        }
        let cause = match spans.last_mut() {
            None => Cause::First,
            Some(before) => {
                before.until = day.plus(-1);
                match moment.days.binary_search(&day).is_ok() {
                    true => Cause::Ordered,
                    false if is_back(day) => Cause::Returned,
                    false => Cause::TimePassed,
                }
            }
        };
        spans.push(Span {
            from: day,
            until: as_of,
            place,
            label: borders.label(place)?,
            cause,
        });
    }
    let of = borders.id();
    Some(History { of, spans })
}

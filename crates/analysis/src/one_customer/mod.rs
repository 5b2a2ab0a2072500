//! One customer: what it ordered, how its segments changed, why it is where it is, and what would move it.
//!
//! Nothing is fitted: segments of other days are by the borders of the as-of date, so that what changes is the customer
//! and never the others. What is said of a change is found by asking the same borders ([`borders`]). It is the one
//! result about a single customer that crosses to the page, asked for one customer at a time. Formulas, assumptions
//! and limits: `docs/methods/customer.md`. Source: counterfactual explanations, Wachter et al. (2017).

mod borders;
mod past;
mod reasons;
#[cfg(test)]
mod tests;
mod what_if;

use serde::{Deserialize, Serialize};

use super::{Finished, Label, SegmentationId, snapshot};
use borders::{Borders, Moment};
use gyeol_data::{Dataset, Day, Money};

pub use past::{Cause, History, Order, Past, Return, Span};
pub use reasons::{Own, Reason, Scored};
pub use what_if::WhatIf;

/// What is known of one customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Days since the last order; `None` where the file does not say, like the next.
    pub recency_days: Option<i32>,
    /// Orders until the as-of date.
    pub n_orders: Option<u32>,
    /// The day of its first order; `None` where the file has no single orders.
    pub first_order: Option<Day>,
    /// Money of these; `None` where the file has none.
    pub amount: Option<Money>,
    /// Orders and spans until the as-of date, the latest of them.
    pub past: Past,
    /// Its segment in each segmentation that has run, in the order of [`SegmentationId::ALL`].
    pub places: Vec<Placed>,
}

/// A customer in its segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// The segmentation.
    pub of: SegmentationId,
    /// What the segment is called.
    pub label: Label,
    /// The customer's own numbers against what put it there.
    pub reason: Reason,
    /// What would move it to another segment, where that can be told.
    pub change: Option<WhatIf>,
}

/// The card of `customer` (by number) on `as_of` by what has run for that date; `None` for who was no customer yet.
/// `names` are the ids of its orders, as [`Table::order_names`](gyeol_data::Table::order_names) has them.
pub fn run(
    dataset: &Dataset,
    ran: &[&Finished],
    customer: usize,
    as_of: Day,
    names: &[Option<String>],
) -> Option<Card> {
    let past = past(dataset, ran, customer, as_of, names)?;
    let first_order = past.orders.first().map(|order| order.day);
    let standing = dataset.standing(customer, as_of);
    let placed = |id: SegmentationId| {
        let of = |finished: &&&Finished| {
            let segmentation = finished.segmentation.as_ref();
            segmentation.is_some_and(|one| one.id == id)
        };
        let finished = ran.iter().find(of)?;
        let segment = finished.segmentation.as_ref()?.segment_of(customer)?;
        let moment = Moment::of(dataset, customer, as_of);
        let borders = Borders::of(&finished.report);
        Some(Placed {
            of: id,
            label: segment.label.clone(),
            reason: reasons::reason(dataset, ran, finished, customer, as_of),
            change: (moment.zip(borders)).map(|(moment, borders)| borders.what_if(&moment)),
        })
    };
    Some(Card {
        recency_days: standing.map(|standing| standing.recency_days),
        n_orders: standing.map(|standing| standing.n_orders),
        first_order,
        amount: (standing.filter(|_| dataset.has_money)).map(|standing| standing.amount),
        past: past.latest(),
        places: SegmentationId::ALL.into_iter().filter_map(placed).collect(),
    })
}

/// All orders of `customer` (by number) until `as_of`, and its spans by what has run for that date; `None` for who was
/// no customer yet.
pub fn past(
    dataset: &Dataset,
    ran: &[&Finished],
    customer: usize,
    as_of: Day,
    names: &[Option<String>],
) -> Option<Past> {
    if !snapshot::is_present(dataset, customer, as_of) {
        return None;
    }
    let history = |finished: &&Finished| {
        finished.segmentation.as_ref()?.segment_of(customer)?;
        let borders = Borders::of(&finished.report)?;
        past::history(dataset, &borders, customer, as_of)
    };
    let (orders, returns) = past::orders(dataset, customer, as_of, names);
    let mut histories: Vec<History> = ran.iter().filter_map(history).collect();
    histories.sort_by_key(|history| history.of);
    Some(Past {
        customer: dataset.customers.get(customer as u32).into_owned(),
        as_of,
        has_money: dataset.has_money,
        n_earlier: 0,
        orders,
        returns,
        histories,
    })
}

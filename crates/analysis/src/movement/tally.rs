//! The sums over all customers that the matrices and sentences of the moves are made of, and why each has moved. Money
//! stays whole numbers.

use serde::{Deserialize, Serialize};

use super::places::Places;
use gyeol_data::{Dataset, Day, History, Money};

/// Orders and money of a customer after `from`, until `to`.
pub(super) fn bought(dataset: &Dataset, customer: usize, (from, to): (Day, Day)) -> (u32, Money) {
    let Some(now) = dataset.standing(customer, to) else {
        return (0, Money::default());
    };
    match dataset.standing(customer, from) {
        None => (now.n_orders, now.amount),
        Some(then) => {
            let units = now.amount.units() - then.amount.units();
            let money = Money::new(units, now.amount.scale());
            (now.n_orders - then.n_orders, money)
        }
    }
}

/// All customers on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// How many.
    pub n_customers: u64,
    /// Their orders until then.
    pub n_orders: u64,
    /// What they had spent until then.
    pub revenue: Money,
}

impl Totals {
    /// Of those customers of `dataset` who have a place, with what they had done until `day`.
    pub(super) fn new(dataset: &Dataset, places: &[Option<u16>], day: Day) -> Self {
        let present = (0..places.len()).filter(|&customer| places[customer].is_some());
        let standings = present.filter_map(|customer| dataset.standing(customer, day));
        let none = Self {
            n_customers: 0,
            n_orders: 0,
            revenue: Money::new(0, scale(dataset)),
        };
        standings.fold(none, |sum, own| Self {
            n_customers: sum.n_customers + 1,
            n_orders: sum.n_orders + u64::from(own.n_orders),
            revenue: Money::new(
                sum.revenue.units() + own.amount.units(),
                sum.revenue.scale(),
            ),
        })
    }
}

fn scale(dataset: &Dataset) -> u8 {
    match &dataset.history {
        History::Orders(orders) => orders.scale,
        History::Summaries(sums) => sums.scale,
    }
}

/// Why customers moved. Each has one reason, found by leaving one thing out after the other; together they are all who
/// moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Causes {
    /// Had nothing been bought or given back they would be there too: time passed.
    pub time: u64,
    /// They would not be there without their orders.
    pub bought: u64,
    /// They would not be there had they been given nothing back.
    pub returned: u64,
    /// The borders of the earlier date would have put them elsewhere, or those moved with what others did.
    pub borders: u64,
    /// The segmentation has no borders that could be kept, so that nothing can be left out.
    pub untold: u64,
}

/// One of [`Causes`].
enum Cause {
    Time,
    Bought,
    Returned,
    Borders,
    Untold,
}

impl Causes {
    fn count(&mut self, cause: &Cause) {
        *match cause {
            Cause::Time => &mut self.time,
            Cause::Bought => &mut self.bought,
            Cause::Returned => &mut self.returned,
            Cause::Borders => &mut self.borders,
            Cause::Untold => &mut self.untold,
        } += 1;
    }
}

/// Why a customer with `n_orders` orders after the earlier date is where they are now.
fn cause(places: &Places, customer: usize, n_orders: u32, tells: bool) -> Cause {
    let at = |places: &[Option<u16>]| places.get(customer).copied().flatten();
    let now = at(&places.now);
    let differs =
        |other: &Option<Vec<Option<u16>>>| other.as_ref().is_some_and(|other| at(other) != now);
    if !tells {
        Cause::Untold
    } else if differs(&places.old_cuts) {
        Cause::Borders
    } else if at(&places.still) == now {
        Cause::Time
    } else if differs(&places.unreturned) {
        Cause::Returned
    } else if n_orders > 0 {
        Cause::Bought
    } else {
        Cause::Borders
    }
}

/// The sums that are printed.
pub(super) struct Tally {
    pub(super) counts: Vec<u64>,
    pub(super) revenue: Vec<Money>,
    /// All that was spent until the later date.
    pub(super) worth: Vec<Money>,
    pub(super) without_orders: Vec<u64>,
    pub(super) entered: Vec<u64>,
    pub(super) entered_revenue: Vec<Money>,
    pub(super) n_left: u64,
    pub(super) n_known: u64,
    pub(super) n_moved: u64,
    pub(super) causes: Causes,
    pub(super) n_held: u64,
}

impl Tally {
    /// `n` segments; `dates` are the last day of the earlier state and the as-of date; `tells` says whether the
    /// places tell why anybody moved.
    pub(super) fn new(
        dataset: &Dataset,
        (places, tells): (&Places, bool),
        n: usize,
        dates: (Day, Day),
    ) -> Self {
        let scale = scale(dataset);
        let mut tally = Self {
            counts: vec![0; n * n],
            revenue: vec![Money::new(0, scale); n * n],
            worth: vec![Money::new(0, scale); n * n],
            without_orders: vec![0; n * n],
            entered: vec![0; n],
            entered_revenue: vec![Money::new(0, scale); n],
            n_left: 0,
            n_known: 0,
            n_moved: 0,
            causes: Causes::default(),
            n_held: 0,
        };
        for (customer, (&from, &to)) in places.earlier.iter().zip(&places.now).enumerate() {
            let (n_orders, money) = bought(dataset, customer, dates);
            let add = |sum: &mut Money, money: Money| {
                *sum = Money::new(sum.units() + money.units(), scale);
            };
            match (from.map(usize::from), to.map(usize::from)) {
                (Some(from), Some(to)) => {
                    let still = places.still.get(customer).copied().flatten();
                    let still = still.map_or(to, usize::from);
                    tally.counts[from * n + to] += 1;
                    add(&mut tally.revenue[from * n + to], money);
                    let standing = dataset.standing(customer, dates.1);
                    let worth = standing.map_or_else(Money::default, |own| own.amount);
                    add(&mut tally.worth[from * n + to], worth);
                    tally.without_orders[from * n + still] += 1;
                    tally.n_known += 1;
                    if from != to {
                        tally.n_moved += 1;
                        let cause = cause(places, customer, n_orders, tells);
                        tally.causes.count(&cause);
                    }
                    tally.n_held += u64::from(tells && from == to && n_orders > 0 && still != to);
                }
                (None, Some(to)) => {
                    tally.entered[to] += 1;
                    add(&mut tally.entered_revenue[to], money);
                }
                (Some(_), None) => tally.n_left += 1,
                (None, None) => {}
            }
        }
        tally
    }
}

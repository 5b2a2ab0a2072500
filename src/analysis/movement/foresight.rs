//! Whether a segmentation told anything of what came after it: orders and money after the earlier date, by segment.
//!
//! Only who was a customer on the earlier date is looked at. What came after ends where the file ends. What to expect of
//! a segment is learnt from the period before, which is as long; the plain guess beside it is each customer's own
//! orders per day so far.

use serde::{Deserialize, Serialize};

use super::Dates;
use super::places::Places;
use super::tally::bought;
use crate::analysis::Label;
use crate::data::{Dataset, Day, History, Money, places_in_order};

/// What came after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Foresight {
    /// By segment of the earlier date, those that anybody was in.
    pub realised: Vec<Realised>,
    /// How well the segments rank customers by their later orders: the Gini coefficient over that of the perfect
    /// ranking, 1 at best, 0 by chance; `None` where nobody bought or nothing could be learnt.
    pub gini: Option<f64>,
    /// The same of each customer's own orders per day so far.
    pub gini_of_rate: Option<f64>,
}

/// A segment of the earlier date, and what its customers did after it, until the as-of date or the end of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Realised {
    /// The segment.
    pub label: Label,
    /// Customers.
    pub n_customers: u64,
    /// Those who bought.
    pub n_buyers: u64,
    /// Their orders.
    pub n_orders: u64,
    /// Their money.
    pub revenue: Money,
    /// Orders of a customer over those of all customers.
    pub lift: f64,
    /// Orders that the period before lets expect of a customer; `None` where nobody was in the segment then.
    pub expected: Option<f64>,
}

/// Holds the segments of the earlier date against what came after, as far as that is known.
pub(super) fn run(dataset: &Dataset, places: &Places, labels: &[Label], dates: Dates) -> Foresight {
    let expected = (places.before.as_ref().zip(dates.before()))
        .map(|(places, before)| learnt(dataset, places, labels.len(), (before, dates.cut)));
    let scale = match &dataset.history {
        History::Orders(orders) => orders.scale,
        History::Summaries(sums) => sums.scale,
    };
    let empty = |(place, label): (usize, &Label)| Realised {
        label: label.clone(),
        n_customers: 0,
        n_buyers: 0,
        n_orders: 0,
        revenue: Money::new(0, scale),
        lift: 0.0,
        expected: expected.as_ref().and_then(|all| all[place]),
    };
    let mut realised: Vec<Realised> = labels.iter().enumerate().map(empty).collect();
    let (mut orders, mut by_segment, mut by_rate) = (Vec::new(), Vec::new(), Vec::new());
    for (customer, place) in places.earlier.iter().enumerate() {
        let Some(place) = place else { continue };
        let own = &mut realised[usize::from(*place)];
        let (n_orders, money) = bought(dataset, customer, (dates.cut, dates.known_until));
        own.n_customers += 1;
        own.n_buyers += u64::from(n_orders > 0);
        own.n_orders += u64::from(n_orders);
        own.revenue = Money::new(own.revenue.units() + money.units(), scale);
        orders.push(f64::from(n_orders));
        by_segment.push(own.expected.unwrap_or(0.0));
        by_rate.push(rate(dataset, customer, dates.cut));
    }
    let mean = orders.iter().sum::<f64>() / orders.len().max(1) as f64;
    for own in realised.iter_mut().filter(|own| own.n_orders > 0) {
        own.lift = own.n_orders as f64 / own.n_customers as f64 / mean;
    }
    realised.retain(|own| own.n_customers > 0);
    let best = gini(&orders, &orders).filter(|best| *best > 0.0);
    let of = |guess: &[f64]| Some(gini(guess, &orders)? / best?);
    Foresight {
        realised,
        gini: expected.is_some().then(|| of(&by_segment)).flatten(),
        gini_of_rate: of(&by_rate),
    }
}

/// Mean orders of a customer of each segment in a period.
fn learnt(
    dataset: &Dataset,
    places: &[Option<u16>],
    n: usize,
    period: (Day, Day),
) -> Vec<Option<f64>> {
    let mut sums = vec![(0_u64, 0_u64); n];
    for (customer, place) in places.iter().enumerate() {
        if let Some(place) = place {
            let sum = &mut sums[usize::from(*place)];
            sum.0 += 1;
            sum.1 += u64::from(bought(dataset, customer, period).0);
        }
    }
    let mean = |(n, orders): (u64, u64)| (n > 0).then(|| orders as f64 / n as f64);
    sums.into_iter().map(mean).collect()
}

/// Orders per day since the first one, that day included.
fn rate(dataset: &Dataset, customer: usize, day: Day) -> f64 {
    let (History::Orders(orders), Some(standing)) =
        (&dataset.history, dataset.standing(customer, day))
    else {
        return 0.0;
    };
    let first = orders.days[orders.starts[customer] as usize];
    f64::from(standing.n_orders) / f64::from(day.days_since(first) + 1)
}

/// The Gini coefficient of `values` along the ranking by `guess`, the highest first; those with the same guess share
/// what they have. `None` where there is nothing.
fn gini(guess: &[f64], values: &[f64]) -> Option<f64> {
    let total: f64 = values.iter().sum();
    if total <= 0.0 {
        return None;
    }
    let order = places_in_order(guess.len(), &|a, b| guess[b].total_cmp(&guess[a]));
    let n = guess.len() as f64;
    let (mut area, mut reached) = (0.0, 0.0);
    for same in order.chunk_by(|&a, &b| guess[a].total_cmp(&guess[b]).is_eq()) {
        let step: f64 = same.iter().map(|&at| values[at]).sum::<f64>() / total;
        area += same.len() as f64 / n * (reached + step / 2.0);
        reached += step;
    }
    Some(2.0 * area - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_perfect_ranking_has_the_gini_of_the_values_and_no_ranking_has_none() {
        let values = [0.0, 0.0, 0.0, 4.0];
        assert!((gini(&values, &values).unwrap() - 0.75).abs() < 1e-12);
        assert!(gini(&[1.0; 4], &values).unwrap().abs() < 1e-12);
        let turned = values.map(|value| -value);
        assert!((gini(&turned, &values).unwrap() + 0.75).abs() < 1e-12);
        assert_eq!(gini(&values, &[0.0; 4]), None);
    }
}

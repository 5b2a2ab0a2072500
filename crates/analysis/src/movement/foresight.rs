//! Whether a segmentation told anything of what came after it: orders and money after the earlier date, by segment.
//!
//! Only who was a customer on the earlier date is looked at. What came after ends where the file ends. What to expect of
//! a segment is learnt from the period before, which is as long; the guesses beside it are each customer's own orders
//! per day so far, and what BG/NBD expects that was fitted to the orders until then.

use serde::{Deserialize, Serialize};

use super::Dates;
use super::places::Places;
use super::tally::bought;
use crate::{AnalysisError, Label, Monitor, lifetime};
use gyeol_data::{Dataset, Day, History, Money, places_in_order};

/// What came after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Foresight {
    /// By segment of the earlier date, those that anybody was in.
    pub realised: Vec<Realised>,
    /// How the segments rank customers by their later orders; `None` where nobody bought or nothing could be learnt.
    pub segments: Option<Ranking>,
    /// The same of each customer's own orders per day so far.
    pub rate: Option<Ranking>,
    /// The same of the orders that BG/NBD expects.
    pub bg_nbd: Option<Ranking>,
    /// Why BG/NBD could not be fitted to the orders until the earlier date.
    pub no_bg_nbd: Option<lifetime::Problem>,
}

/// How well a guess ranks customers by their later orders.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// The Gini coefficient over that of the perfect ranking: 1 at best, 0 by chance.
    pub gini: f64,
    /// Orders of a customer of the tenth that was guessed to order most, over those of all customers.
    pub top_lift: f64,
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
    /// Order days that BG/NBD lets expect of a customer; `None` where it could not be fitted.
    pub expected_by_bg_nbd: Option<f64>,
}

/// What BG/NBD expects of each customer after the earlier date, or why it has no say; `None` where nothing came after.
pub(super) type Expected = Option<Result<Vec<f64>, lifetime::Problem>>;

/// Fits BG/NBD to the orders of `past`.
pub(super) fn bg_nbd(
    past: &Dataset,
    dates: Dates,
    monitor: &mut dyn Monitor,
) -> Result<Expected, AnalysisError> {
    let horizon = dates.known_until.days_since(dates.cut);
    if horizon <= 0 {
        return Ok(None);
    }
    // The day of the cut has passed.
    let days = (dates.cut.plus(1), horizon);
    match lifetime::orders_to_come(past, lifetime::Model::BgNbd, days, monitor) {
        Ok(expected) => Ok(Some(Ok(expected))),
        Err(AnalysisError::Lifetime(problem)) => Ok(Some(Err(problem))),
        Err(other) => Err(other),
    }
}

/// Holds the segments of the earlier date against what came after, as far as that is known.
pub(super) fn run(
    dataset: &Dataset,
    places: &Places,
    labels: &[Label],
    dates: Dates,
    bg_nbd: Expected,
) -> Foresight {
    let expected = (places.before.as_ref().zip(dates.before()))
        .map(|(places, before)| learnt(dataset, places, labels.len(), (before, dates.cut)));
    let no_bg_nbd = bg_nbd.as_ref().and_then(|all| all.as_ref().err().copied());
    let bg_nbd = bg_nbd.and_then(Result::ok);
    let mut realised = nothing_yet(dataset, labels, expected.as_deref());
    let mut sums = vec![0.0; labels.len()];
    let (mut orders, mut by_segment) = (Vec::new(), Vec::new());
    let (mut by_rate, mut by_model) = (Vec::new(), Vec::new());
    for (customer, place) in places.earlier.iter().enumerate() {
        let Some(place) = place.map(usize::from) else {
            continue;
        };
        let own = &mut realised[place];
        let (n_orders, money) = bought(dataset, customer, (dates.cut, dates.known_until));
        own.n_customers += 1;
        own.n_buyers += u64::from(n_orders > 0);
        own.n_orders += u64::from(n_orders);
        own.revenue = Money::new(own.revenue.units() + money.units(), own.revenue.scale());
        orders.push(f64::from(n_orders));
        by_segment.push(own.expected.unwrap_or(0.0));
        by_rate.push(rate(dataset, customer, dates.cut));
        let expected = bg_nbd.as_ref().map_or(0.0, |all| all[customer]);
        by_model.push(expected);
        sums[place] += expected;
    }
    let mean = orders.iter().sum::<f64>() / orders.len().max(1) as f64;
    for (own, sum) in realised.iter_mut().zip(sums) {
        let n = own.n_customers.max(1) as f64;
        own.expected_by_bg_nbd = bg_nbd.is_some().then_some(sum / n);
        if own.n_orders > 0 {
            own.lift = own.n_orders as f64 / n / mean;
        }
    }
    realised.retain(|own| own.n_customers > 0);
    let of = |guess: &[f64]| Ranking::of(guess, &orders);
    Foresight {
        realised,
        segments: expected.is_some().then(|| of(&by_segment)).flatten(),
        rate: of(&by_rate),
        bg_nbd: bg_nbd.is_some().then(|| of(&by_model)).flatten(),
        no_bg_nbd,
    }
}

/// All segments before anybody is counted.
fn nothing_yet(
    dataset: &Dataset,
    labels: &[Label],
    expected: Option<&[Option<f64>]>,
) -> Vec<Realised> {
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
        expected: expected.and_then(|all| all[place]),
        expected_by_bg_nbd: None,
    };
    labels.iter().enumerate().map(empty).collect()
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

impl Ranking {
    /// How `guess` ranks `values`; `None` where there is nothing to rank.
    fn of(guess: &[f64], values: &[f64]) -> Option<Self> {
        let best = ranked(values, values)?.gini;
        let own = ranked(guess, values)?;
        (best > 0.0).then_some(Self {
            gini: own.gini / best,
            ..own
        })
    }
}

/// The Gini coefficient of `values` along the ranking by `guess`, the highest first, and how much the first tenth has;
/// those with the same guess share what they have. `None` where there is nothing.
fn ranked(guess: &[f64], values: &[f64]) -> Option<Ranking> {
    let total: f64 = values.iter().sum();
    if total <= 0.0 {
        return None;
    }
    let order = places_in_order(guess.len(), &|a, b| guess[b].total_cmp(&guess[a]));
    let n = guess.len() as f64;
    let tenth = guess.len().div_ceil(10) as f64;
    let (mut area, mut reached) = (0.0, 0.0);
    let (mut n_seen, mut top) = (0.0, 0.0);
    for same in order.chunk_by(|&a, &b| guess[a].total_cmp(&guess[b]).is_eq()) {
        let n_same = same.len() as f64;
        let step: f64 = same.iter().map(|&at| values[at]).sum::<f64>() / total;
        area += n_same / n * (reached + step / 2.0);
        reached += step;
        top += step * f64::min(n_same, f64::max(tenth - n_seen, 0.0)) / n_same;
        n_seen += n_same;
    }
    Some(Ranking {
        gini: 2.0 * area - 1.0,
        top_lift: top * n / tenth,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_perfect_ranking_has_the_gini_of_the_values_and_no_ranking_has_none() {
        let values = [0.0, 0.0, 0.0, 4.0];
        let gini = |guess: &[f64]| ranked(guess, &values).unwrap().gini;
        assert!((gini(&values) - 0.75).abs() < 1e-12);
        assert!(gini(&[1.0; 4]).abs() < 1e-12);
        assert!((gini(&values.map(|value| -value)) + 0.75).abs() < 1e-12);
        assert_eq!(ranked(&values, &[0.0; 4]), None);
    }

    #[test]
    fn the_first_tenth_shares_the_orders_of_those_who_were_guessed_alike() {
        let mut values = vec![0.0; 20];
        (values[0], values[1], values[2]) = (6.0, 3.0, 1.0);
        let lift = |guess: &[f64]| ranked(guess, &values).unwrap().top_lift;
        assert!((lift(&values) - 9.0).abs() < 1e-12);
        assert!((lift(&[1.0; 20]) - 1.0).abs() < 1e-12);
        // Three alike fill two places: two thirds of ten orders, ten times what two of twenty would have by chance.
        let mut guess = vec![0.0; 20];
        guess[..3].fill(1.0);
        assert!((lift(&guess) - 20.0 / 3.0).abs() < 1e-12);
    }
}

//! The values of a column by how often they occur, in bounded memory.
//!
//! Up to 65,536 different values each has a count of its own, and everything here is exact. Beyond, values that share
//! their first binary digits are counted together, of which as many are kept as give no more groups than that: with
//! 65,536 groups two values in one differ by far less than a thousandth. Sums of counts stay exact, and since a group
//! hangs on its values alone, so does the result. The idea is that of HDR histograms (Tene 2012) and of `DDSketch`
//! (Masson, Rim & Lee 2019) without their logarithm. Quantiles are of type 7 (Hyndman & Fan 1996).

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use super::Distinct;

/// The most groups.
const LIMIT: usize = 1 << 16;
/// Steps of a picture.
const N_BARS: usize = 24;
/// The sign of a number.
const SIGN: u64 = 1 << 63;

/// Values as they are read.
#[derive(Debug, Default)]
pub(super) struct Values {
    counts: HashMap<u64, u64, FixedState>,
    /// Binary digits that are not told apart.
    n_dropped: u32,
    n_values: u64,
    ends: Option<(f64, f64)>,
}

/// Values in order.
#[derive(Debug)]
pub(super) struct Sorted {
    /// Rising, with their counts.
    pub(super) counts: Vec<(f64, u64)>,
    pub(super) n_values: u64,
    is_exact: bool,
}

/// The range of a column and its quarters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quartiles {
    /// Least, first quartile, median, third quartile, most.
    pub points: [f64; 5],
    /// Whether the quartiles are exact; least and most always are.
    pub is_exact: bool,
}

/// Values beyond Tukey's outer fences: three interquartile ranges from the quartiles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Far {
    /// The fences.
    pub fences: (f64, f64),
    /// Values below the lower one.
    pub n_below: u64,
    /// Values above the upper one.
    pub n_above: u64,
}

impl Values {
    pub(super) fn add(&mut self, value: f64) {
        // Both zeros are one.
        let value = value + 0.0;
        let key = key_of(value) >> self.n_dropped;
        *self.counts.entry(key).or_insert(0) += 1;
        self.n_values += 1;
        let (least, most) = self.ends.unwrap_or((value, value));
        self.ends = Some((least.min(value), most.max(value)));
        if self.counts.len() > LIMIT {
            self.coarsen();
        }
    }

    #[cold]
    fn coarsen(&mut self) {
        while self.counts.len() > LIMIT {
            self.n_dropped += 1;
            let mut counts = HashMap::with_capacity_and_hasher(LIMIT + 1, FixedState::default());
            for (key, n) in self.counts.drain() {
                *counts.entry(key >> 1).or_insert(0) += n;
            }
            self.counts = counts;
        }
    }

    pub(super) fn sorted(self) -> Sorted {
        let mut counts: Vec<(u64, u64)> = self.counts.into_iter().collect();
        counts.sort_unstable();
        let (least, most) = self.ends.unwrap_or_default();
        let last = counts.len().saturating_sub(1);
        let value = |(place, (key, n)): (usize, (u64, u64))| match place {
            0 => (least, n),
            _ if place == last => (most, n),
            _ => (value_of(key << self.n_dropped), n),
        };
        Sorted {
            counts: counts.into_iter().enumerate().map(value).collect(),
            n_values: self.n_values,
            is_exact: self.n_dropped == 0,
        }
    }
}

/// Whole numbers in the order of the values.
const fn key_of(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

const fn value_of(key: u64) -> f64 {
    f64::from_bits(if key & SIGN == 0 { !key } else { key & !SIGN })
}

impl Sorted {
    pub(super) fn distinct(&self) -> Distinct {
        let n_groups = self.counts.len() as u64;
        if self.is_exact {
            Distinct::Exactly(n_groups)
        } else {
            Distinct::MoreThan(LIMIT as u64)
        }
    }

    /// Rows of the most frequent value.
    pub(super) fn n_most_frequent(&self) -> Option<u64> {
        let most = self.counts.iter().map(|&(_, n)| n).max();
        most.filter(|_| self.is_exact)
    }

    /// The quantile `numerator / 4`; `None` without values.
    fn quarter(&self, numerator: u64) -> Option<f64> {
        let steps = self.n_values.checked_sub(1)? * numerator;
        let (place, rest) = (steps / 4, steps % 4);
        let lower = self.at(place)?;
        if rest == 0 {
            return Some(lower);
        }
        Some(lower + (self.at(place + 1)? - lower) * rest as f64 / 4.0)
    }

    /// The value at a place in order.
    fn at(&self, place: u64) -> Option<f64> {
        let mut n_before = 0;
        let mut values = self.counts.iter();
        let found = values.find(|&&(_, n)| {
            n_before += n;
            n_before > place
        });
        found.map(|&(value, _)| value)
    }

    pub(super) fn quartiles(&self) -> Option<Quartiles> {
        let mut points = [0.0; 5];
        for (quarter, point) in (0..).zip(&mut points) {
            *point = self.quarter(quarter)?;
        }
        Some(Quartiles {
            points,
            is_exact: self.is_exact,
        })
    }

    /// `None` where half of the values are one value, of which nothing is far.
    pub(super) fn far(&self) -> Option<Far> {
        let [_, lower, _, upper, _] = self.quartiles()?.points;
        let range = upper - lower;
        let fences = (lower - 3.0 * range, upper + 3.0 * range);
        (range > 0.0).then(|| Far {
            fences,
            n_below: self.n_where(&|value| value < fences.0),
            n_above: self.n_where(&|value| value > fences.1),
        })
    }

    pub(super) fn n_where(&self, is_meant: &dyn Fn(f64) -> bool) -> u64 {
        let meant = self.counts.iter().filter(|(value, _)| is_meant(*value));
        meant.map(|(_, n)| n).sum()
    }

    /// Steps from one end to the other, or from fence to fence where a value lies beyond: what is far is in the last step.
    pub(super) fn bars(&self) -> Vec<u64> {
        let Some(Quartiles { points, .. }) = self.quartiles() else {
            return Vec::new();
        };
        let [least, .., most] = points;
        let fences = self.far().map_or((least, most), |far| far.fences);
        let (from, to) = (least.max(fences.0), most.min(fences.1));
        let mut bars = vec![0; N_BARS];
        for &(value, n) in &self.counts {
            let share = if to > from {
                (value - from) / (to - from)
            } else {
                0.5
            };
            let step = (share * N_BARS as f64).clamp(0.0, N_BARS as f64 - 1.0);
            bars[step as usize] += n;
        }
        bars
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(values: impl IntoIterator<Item = f64>) -> Sorted {
        let mut all = Values::default();
        values.into_iter().for_each(|value| all.add(value));
        all.sorted()
    }

    #[test]
    fn quartiles_interpolate_as_type_seven() {
        let found = sorted([50.0, 15.0, 40.0, 20.0, 35.0, 45.0]).quartiles();
        let points = [15.0, 23.75, 37.5, 43.75, 50.0];
        assert_eq!(
            found,
            Some(Quartiles {
                points,
                is_exact: true
            })
        );
        assert_eq!(sorted([]).quartiles(), None);
        assert!(sorted([]).bars().is_empty());
    }

    #[test]
    fn what_lies_beyond_three_interquartile_ranges_is_far() {
        let mut values: Vec<f64> = (0..=100).map(f64::from).collect();
        values.extend([225.0, 400.0, -500.0]);
        let far = sorted(values).far().unwrap();
        assert_eq!((far.n_below, far.n_above), (1, 1));
        assert_eq!(sorted([1.0, 1.0, 1.0, 1.0, 9e9]).far(), None);
    }

    #[test]
    fn a_million_different_values_stay_within_bounds_and_near_the_truth() {
        let n = 1_000_000_u64;
        // Each number below n once, in an order far from rising.
        let scattered = (0..n).map(|place| (place * 777_777 % n) as f64 + 0.25);
        let found = sorted(scattered);
        assert!(found.counts.len() <= LIMIT);
        assert_eq!(found.distinct(), Distinct::MoreThan(LIMIT as u64));
        let Quartiles { points, is_exact } = found.quartiles().unwrap();
        assert!(!is_exact);
        assert_eq!((points[0], points[4]), (0.25, n as f64 - 0.75));
        for (quarter, point) in points.into_iter().enumerate().skip(1).take(3) {
            let truth = (n - 1) as f64 * quarter as f64 / 4.0 + 0.25;
            assert!((point / truth - 1.0).abs() < 0.001, "{point} for {truth}");
        }
    }

    proptest! {
        #[test]
        fn every_value_is_in_one_bar_and_no_order_shows(values in proptest::collection::vec(-1e6..1e6, 1..300)) {
            let rising = sorted(values.iter().copied());
            let falling = sorted(values.iter().rev().copied());
            prop_assert_eq!(rising.bars().iter().sum::<u64>(), values.len() as u64);
            prop_assert_eq!(rising.counts.iter().map(|(_, n)| n).sum::<u64>(), values.len() as u64);
            prop_assert_eq!(&rising.counts, &falling.counts);
            prop_assert!(rising.counts.is_sorted_by(|one, two| one.0 < two.0));
        }

        #[test]
        fn keys_are_in_the_order_of_values_and_give_them_back(one: f64, two: f64) {
            prop_assume!(!one.is_nan() && !two.is_nan());
            prop_assert_eq!(key_of(one).cmp(&key_of(two)), one.total_cmp(&two));
            prop_assert_eq!(value_of(key_of(one)).to_bits(), one.to_bits());
        }
    }
}

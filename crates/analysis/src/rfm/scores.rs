//! Scores of single customers, and what conventions count and cut by.

use super::scheme::{Scheme, Values};
use super::{Convention, EVEN, FourthScore, FourthScores, Params};
use crate::profile::Counted;
use crate::snapshot::Snapshot;
use gyeol_data::Standing;

/// Scores of single customers, by customer number; 0 for who was no customer yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// How they were made, which says what their frequency counts.
    pub convention: Convention,
    /// How much each counts in the weighted score.
    pub weights: [u8; 3],
    /// Recency scores.
    pub r: Vec<u8>,
    /// Frequency scores.
    pub f: Vec<u8>,
    /// Monetary scores.
    pub m: Vec<u8>,
    /// The scores beside these, where something further is scored.
    pub fourth: Option<FourthScores>,
}

impl Scores {
    /// The three scores of `customer`; `None` for who was no customer yet.
    pub fn of(&self, customer: usize) -> Option<(u8, u8, u8)> {
        let r = *self.r.get(customer)?;
        (r > 0).then(|| (r, self.f[customer], self.m[customer]))
    }

    /// The weighted sum of the three scores: whole, so that equal customers are equal.
    pub fn weighted_sum(&self, customer: usize) -> Option<u32> {
        let (r, f, m) = self.of(customer)?;
        let scores = [r, f, m].into_iter().zip(self.weights);
        let sum = scores.map(|(score, weight)| u32::from(score) * u32::from(weight));
        Some(sum.sum())
    }

    /// The weighted mean of the three scores, from 1 to the number of groups; `None` where all count the same.
    pub fn weighted(&self, customer: usize) -> Option<f64> {
        let all: u32 = self.weights.into_iter().map(u32::from).sum();
        let is_own = self.weights != EVEN && all > 0;
        let sum = self.weighted_sum(customer).filter(|_| is_own)?;
        Some(f64::from(sum) / f64::from(all))
    }

    /// The score beside the three of a customer who has these, where something further is scored.
    pub fn fourth_of(&self, customer: usize) -> Option<FourthScore> {
        self.of(customer)?;
        Some(self.fourth.as_ref()?.of_customer(customer))
    }

    /// Whether they do not count the same.
    pub fn has_weights(&self) -> bool {
        self.weights != EVEN
    }

    /// Scores everyone in `snapshot`, a part of `n_customers`, by its `values`.
    pub(super) fn new(
        snapshot: &Snapshot,
        values: &Values,
        scheme: &Scheme,
        params: &Params,
        n_customers: usize,
    ) -> Self {
        let mut scores = Self {
            convention: params.convention,
            weights: params.weights,
            r: vec![0; n_customers],
            f: vec![0; n_customers],
            m: vec![0; n_customers],
            fourth: None,
        };
        for (place, &customer) in snapshot.customers.iter().enumerate() {
            let customer = customer as usize;
            let (r, f, m) = scheme.scores(values, place);
            scores.r[customer] = r;
            scores.f[customer] = f;
            scores.m[customer] = m;
        }
        scores
    }
}

impl Convention {
    /// All, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Gyeol,
        Self::RRfm,
        Self::Nested,
        Self::Ntile,
        Self::PandasQcut,
        Self::PandasRankFirst,
    ];

    /// Whether everybody is held against the same cut points of every measure, which can be kept for another day.
    pub const fn has_cut_points(self) -> bool {
        matches!(self, Self::Gyeol | Self::RRfm)
    }

    /// Whether customers with equal values may get different scores, by the order of their ids.
    pub const fn splits_equal(self) -> bool {
        matches!(self, Self::Ntile | Self::PandasRankFirst)
    }

    /// What frequency and the number of orders count.
    pub const fn counted(self) -> Counted {
        match self {
            Self::RRfm => Counted::Rows,
            _ => Counted::Orders,
        }
    }

    /// The largest whole number in the group below `cut`, for what is counted: days, orders, rows.
    pub fn most_below(self, cut: f64) -> f64 {
        match self {
            Self::RRfm => cut.ceil() - 1.0,
            _ => cut.floor(),
        }
    }

    /// The frequency of a customer.
    pub(crate) const fn frequency(self, standing: &Standing) -> u32 {
        match self {
            Self::RRfm => standing.n_lines,
            _ => standing.n_orders,
        }
    }

    /// What conventions that count otherwise take for the frequency of a customer.
    pub(crate) const fn frequency_otherwise(self, standing: &Standing) -> u32 {
        match self {
            Self::RRfm => standing.n_orders,
            _ => standing.n_lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rfm::CutPoints;
    use crate::rfm::scheme::Measured;
    use proptest::prelude::*;

    /// The scores of frequencies by own cut points.
    fn scores(convention: Convention, frequency: &[f64], cuts: &[f64]) -> Vec<u8> {
        let none = || Measured::new(vec![0.0; frequency.len()], 1.0);
        let values = Values {
            recency: none(),
            frequency: Measured::new(frequency.to_vec(), 1.0),
            monetary: None,
        };
        let own = CutPoints {
            frequency: cuts.to_vec(),
            ..CutPoints::default()
        };
        let scheme = Scheme::new(convention, &values, &own, cuts.len() as u8 + 1);
        let places = 0..frequency.len();
        let scores = places.map(|place| scheme.scores(&values, place).1);
        scores.collect()
    }

    #[test]
    fn the_weighted_score_is_the_mean_of_the_three_by_their_weights() {
        let mut scores = Scores {
            weights: [3, 1, 0],
            r: vec![5, 0, 1],
            f: vec![1, 0, 3],
            m: vec![2, 0, 5],
            ..Scores::default()
        };
        assert_eq!(scores.weighted(0), Some(4.0));
        assert_eq!(scores.weighted(1), None, "no customer yet");
        assert_eq!(scores.weighted(2), Some(1.5));
        scores.weights = EVEN;
        assert_eq!(scores.weighted_sum(0), Some(8));
        assert_eq!(scores.weighted(0), None);
    }

    #[test]
    fn a_value_on_a_cut_point_belongs_to_the_lower_group_or_the_upper_by_convention() {
        let (cuts, values) = ([1.0, 2.0, 2.0], [0.5, 1.0, 1.5, 2.0, 3.0]);
        assert_eq!(scores(Convention::Gyeol, &values, &cuts), [1, 1, 2, 2, 4]);
        assert_eq!(scores(Convention::RRfm, &values, &cuts), [1, 2, 2, 4, 4]);
    }

    #[test]
    fn the_largest_count_below_a_cut_point_is_in_the_lower_group_and_the_next_is_not() {
        for convention in [Convention::Gyeol, Convention::RRfm] {
            for cut in [1.0, 2.6, 4.0, 297.4] {
                let most = convention.most_below(cut);
                let scores = scores(convention, &[most, most + 1.0], &[cut]);
                assert_eq!(scores, [1, 2], "{convention:?} {cut}");
            }
        }
    }

    proptest! {
        #[test]
        fn scores_never_fall_where_values_rise(
            mut cuts in prop::collection::vec(-9..9_i32, 1..9),
            low in -10..10_i32,
            step in 0..5_i32,
        ) {
            cuts.sort_unstable();
            let cuts: Vec<f64> = cuts.into_iter().map(f64::from).collect();
            for convention in Convention::ALL {
                let scores = scores(convention, &[f64::from(low), f64::from(low + step)], &cuts);
                prop_assert!(scores[0] <= scores[1]);
            }
        }
    }
}

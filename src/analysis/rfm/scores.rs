//! Values to scores: the one place where a value is compared with cut points.

use super::{Convention, CutPoints};
use crate::analysis::profile::Counted;
use crate::analysis::snapshot::Snapshot;
use crate::data::Standing;

/// Scores of single customers, by customer number; 0 for who was no customer yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// How they were made, which says what their frequency counts.
    pub convention: Convention,
    /// Recency scores.
    pub r: Vec<u8>,
    /// Frequency scores.
    pub f: Vec<u8>,
    /// Monetary scores.
    pub m: Vec<u8>,
}

impl Scores {
    /// The three scores of `customer`; `None` for who was no customer yet.
    pub fn of(&self, customer: usize) -> Option<(u8, u8, u8)> {
        let r = *self.r.get(customer)?;
        (r > 0).then(|| (r, self.f[customer], self.m[customer]))
    }

    /// Scores everyone in `snapshot`, a part of `n_customers`.
    pub(super) fn new(
        snapshot: &Snapshot,
        cuts: &CutPoints,
        groups: u8,
        convention: Convention,
        n_customers: usize,
    ) -> Self {
        let spread = |values: &[f64], cuts: &[f64], is_reversed: bool| {
            let mut scores = vec![0; n_customers];
            for (&customer, &value) in snapshot.customers.iter().zip(values) {
                let score = convention.score(value, cuts);
                scores[customer as usize] = if is_reversed {
                    groups + 1 - score
                } else {
                    score
                };
            }
            scores
        };
        Self {
            convention,
            r: spread(&snapshot.recency(), &cuts.recency_days, true),
            f: spread(&snapshot.frequencies(), &cuts.frequency, false),
            m: spread(&snapshot.money(), &cuts.monetary, false),
        }
    }
}

impl Convention {
    /// What frequency and the number of orders count.
    pub const fn counted(self) -> Counted {
        match self {
            Self::Gyeol => Counted::Orders,
            Self::RRfm => Counted::Rows,
        }
    }

    /// The largest whole number in the group below `cut`, for what is counted: days, orders, rows.
    pub fn most_below(self, cut: f64) -> f64 {
        match self {
            Self::Gyeol => cut.floor(),
            Self::RRfm => cut.ceil() - 1.0,
        }
    }

    /// The frequency of a customer.
    pub(in crate::analysis) const fn frequency(self, standing: &Standing) -> u32 {
        match self {
            Self::Gyeol => standing.n_orders,
            Self::RRfm => standing.n_lines,
        }
    }

    /// The group of `value` among rising `cuts`, from 1.
    pub(super) fn score(self, value: f64, cuts: &[f64]) -> u8 {
        let below = match self {
            Self::Gyeol => cuts.iter().filter(|&&cut| cut < value).count(),
            Self::RRfm => cuts.iter().filter(|&&cut| cut <= value).count(),
        };
        below as u8 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_on_a_cut_point_belongs_to_the_lower_group_or_the_upper_by_convention() {
        let cuts = [1.0, 2.0, 2.0];
        for (value, gyeol, r_rfm) in [
            (0.5, 1, 1),
            (1.0, 1, 2),
            (1.5, 2, 2),
            (2.0, 2, 4),
            (3.0, 4, 4),
        ] {
            assert_eq!(Convention::Gyeol.score(value, &cuts), gyeol, "{value}");
            assert_eq!(Convention::RRfm.score(value, &cuts), r_rfm, "{value}");
        }
    }

    #[test]
    fn the_largest_count_below_a_cut_point_is_in_the_lower_group_and_the_next_is_not() {
        for convention in [Convention::Gyeol, Convention::RRfm] {
            for cut in [1.0, 2.6, 4.0, 297.4] {
                let most = convention.most_below(cut);
                assert_eq!(convention.score(most, &[cut]), 1, "{convention:?} {cut}");
                assert_eq!(
                    convention.score(most + 1.0, &[cut]),
                    2,
                    "{convention:?} {cut}"
                );
            }
        }
    }

    #[test]
    fn without_cut_points_everyone_is_in_the_first_group() {
        assert_eq!(Convention::Gyeol.score(7.0, &[]), 1);
    }

    proptest! {
        #[test]
        fn scores_never_fall_where_values_rise(
            mut cuts in prop::collection::vec(-9..9_i32, 0..9),
            low in -10..10_i32,
            step in 0..5_i32,
        ) {
            cuts.sort_unstable();
            let cuts: Vec<f64> = cuts.into_iter().map(f64::from).collect();
            for convention in [Convention::Gyeol, Convention::RRfm] {
                let score = |value: i32| convention.score(f64::from(value), &cuts);
                prop_assert!(score(low) <= score(low + step));
            }
        }
    }
}

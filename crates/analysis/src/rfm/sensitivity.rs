//! How much hangs on the convention: customers who would be in another segment by another one.
//!
//! The map stays as it is; only values become scores in other ways, with bounds of their own that are drawn over all
//! customers. Of many customers a sample is counted, each by the bounds of all, so that nothing but the convention can
//! move anybody.

use serde::{Deserialize, Serialize};

use super::report::Parts;
use super::scheme::{Scheme, Values};
use super::segment_map::{SegmentMap, triple_place};
use super::{Convention, CutPoints};
use crate::stats;

/// Who would be elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// Customers looked at: all, or a sample that is even over customer numbers.
    pub n_used: u64,
    /// Every convention but the one in use.
    pub moves: Vec<Moved>,
}

/// What one convention would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The convention.
    pub convention: Convention,
    /// Customers who would be in another segment.
    pub n_moved: u64,
}

/// The most customers looked at: a card must not slow down an edit.
const MOST: usize = 10_000;

impl Sensitivity {
    /// `values` are those that the convention in use has scored.
    pub(super) fn of(parts: &Parts<'_>, values: &Values, map: &SegmentMap, groups: u8) -> Self {
        let own = parts.scores.convention;
        let places: Vec<usize> = stats::even_sample(parts.snapshot.len(), MOST).collect();
        let table = map.table(groups, &map.labels());
        let counted_otherwise = values.counted_otherwise(parts.snapshot);
        let others = Convention::ALL.into_iter().filter(|other| *other != own);
        let moves = others.map(|convention| {
            let values = if convention.counted() == own.counted() {
                values
            } else {
                &counted_otherwise
            };
            let scheme = Scheme::new(convention, values, &CutPoints::default(), groups);
            let is_moved = |&&place: &&usize| {
                let customer = parts.snapshot.customers[place] as usize;
                let scores = scheme.scores(values, place);
                table[triple_place(scores, groups)] != parts.segmentation.assignment[customer]
            };
            Moved {
                convention,
                n_moved: places.iter().filter(is_moved).count() as u64,
            }
        });
        Self {
            n_used: places.len() as u64,
            moves: moves.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rfm::{self, Output};
    use crate::{Params as _, Unwatched, testing};
    use gyeol_data::Day;
    use proptest::prelude::*;

    fn output(rows: &[(String, i32, i64)], convention: Convention) -> Output {
        let rows: Vec<(&str, i32, i64)> = rows
            .iter()
            .map(|(id, day, cents)| (id.as_str(), *day, *cents))
            .collect();
        let params = rfm::Params {
            convention,
            ..rfm::Params::default()
        };
        let (dataset, as_of) = (testing::orders(&rows), Day::from_number(400));
        rfm::run(&dataset, &params.checked().unwrap(), as_of, &mut Unwatched).unwrap()
    }

    fn moved(output: &Output, convention: Convention) -> Option<u64> {
        let moves = output.report.sensitivity.moves.iter();
        let mut of = moves.filter(|moved| moved.convention == convention);
        of.next().map(|moved| moved.n_moved)
    }

    #[test]
    fn of_many_customers_a_sample_is_counted_by_the_bounds_of_all() {
        // Uneven enough that the quantiles of every other customer are not those of all.
        let row = |n: i32| {
            (
                format!("c{n:05}"),
                1 + n * 7919 % 397,
                i64::from(n * n % 9973 + n % 2 * 4000),
            )
        };
        let rows: Vec<(String, i32, i64)> = (0..20_002).map(row).collect();
        let ours = output(&rows, Convention::Gyeol);
        assert_eq!(ours.report.sensitivity.n_used, 10_000);
        for convention in Convention::ALL
            .into_iter()
            .filter(|one| *one != Convention::Gyeol)
        {
            let theirs = output(&rows, convention);
            let differs = |&customer: &usize| {
                let of = |output: &Output| output.segmentation.assignment[customer];
                of(&ours) != of(&theirs)
            };
            let sample = stats::even_sample(rows.len(), MOST);
            let n_differ = sample.filter(differs).count() as u64;
            assert_eq!(moved(&ours, convention), Some(n_differ), "{convention:?}");
        }
    }

    proptest! {
        #[test]
        fn as_many_move_as_differ_between_two_runs(
            rows in prop::collection::vec((0..30_u32, 1..400_i32, 1..9_000_i64), 1..90),
        ) {
            let rows: Vec<(String, i32, i64)> = rows
                .into_iter()
                .map(|(id, day, cents)| (format!("c{id:02}"), day, cents))
                .collect();
            let (ours, theirs) = (
                output(&rows, Convention::Gyeol),
                output(&rows, Convention::RRfm),
            );
            let pairs = ours.segmentation.assignment.iter();
            let pairs = pairs.zip(&theirs.segmentation.assignment);
            let n_differ = pairs.filter(|(one, other)| one != other).count() as u64;
            prop_assert_eq!(moved(&ours, Convention::RRfm), Some(n_differ));
            prop_assert_eq!(moved(&theirs, Convention::Gyeol), Some(n_differ));
            prop_assert_eq!(moved(&ours, Convention::Gyeol), None);
        }
    }
}

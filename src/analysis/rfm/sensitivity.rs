//! How much hangs on the convention: customers who would be in another segment by another way of scoring.
//!
//! The map stays as it is; only values become scores in other ways, by quantiles of their own. Ways that split equal
//! values take customers in the order of their ids. Sources: Hughes (1994) for nested groups; SQL:2003 for `NTILE`;
//! the documentation of pandas for `qcut` and `rank`; the R package `rfm`.

use serde::{Deserialize, Serialize};

use super::Convention;
use super::report::Parts;
use super::segment_map::{SegmentMap, triple_place};
use crate::analysis::snapshot::units_to_f64;
use crate::analysis::stats;
use crate::data::places_in_order;

/// A way from values to scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    /// [`Convention::Gyeol`].
    Gyeol,
    /// [`Convention::RRfm`].
    RRfm,
    /// Frequency in groups within each recency score, money within each pair of these.
    Nested,
    /// SQL's `NTILE`: groups of equal size, whatever is equal.
    Ntile,
    /// pandas' `qcut` with `duplicates="drop"`: equal cut points are one, which leaves fewer scores.
    PandasQcut,
    /// pandas' `rank(method="first")`, then `qcut`.
    PandasRankFirst,
}

impl Variant {
    const ALL: [Self; 6] = [
        Self::Gyeol,
        Self::RRfm,
        Self::Nested,
        Self::Ntile,
        Self::PandasQcut,
        Self::PandasRankFirst,
    ];
}

/// Who would be elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// Customers looked at: all, or a sample that is even over customer numbers.
    pub n_used: u64,
    /// Every way but the one in use.
    pub moves: Vec<Moved>,
}

/// What one way would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The way.
    pub variant: Variant,
    /// Customers who would be in another segment.
    pub n_moved: u64,
}

/// The most customers looked at: a card must not slow down an edit.
const MOST: usize = 10_000;

impl Sensitivity {
    pub(super) fn of(parts: &Parts<'_>, map: &SegmentMap, groups: u8) -> Self {
        let own = match parts.scores.convention {
            Convention::Gyeol => Variant::Gyeol,
            Convention::RRfm => Variant::RRfm,
        };
        let places: Vec<usize> = stats::even_sample(parts.snapshot.len(), MOST).collect();
        let table = map.table(groups, &map.labels());
        let others = Variant::ALL.into_iter().filter(|variant| *variant != own);
        let moves = others.map(|variant| {
            let [r, f, m] = Values::of(parts, &places, variant).scores(variant, groups);
            let is_moved = |&(drawn, &place): &(usize, &usize)| {
                let customer = parts.snapshot.customers[place] as usize;
                let scores = (r[drawn], f[drawn], m[drawn]);
                table[triple_place(scores, groups)] != parts.segmentation.assignment[customer]
            };
            Moved {
                variant,
                n_moved: places.iter().enumerate().filter(is_moved).count() as u64,
            }
        });
        Self {
            n_used: places.len() as u64,
            moves: moves.collect(),
        }
    }
}

/// What is scored, customer by customer.
struct Values {
    recency: Vec<f64>,
    frequency: Vec<f64>,
    /// Whole units; none without money.
    money: Option<Vec<f64>>,
    /// A unit of money in those.
    one: f64,
}

impl Values {
    fn of(parts: &Parts<'_>, places: &[usize], variant: Variant) -> Self {
        let convention = match variant {
            Variant::RRfm => Convention::RRfm,
            _ => Convention::Gyeol,
        };
        let snapshot = parts.snapshot;
        let frequency = |&place: &usize| {
            let customer = snapshot.customers[place] as usize;
            let standing = parts.dataset.standing(customer, parts.as_of);
            standing.map_or(0.0, |standing| f64::from(convention.frequency(&standing)))
        };
        let days = |&place: &usize| f64::from(snapshot.recency_days[place]);
        let units = |&place: &usize| units_to_f64(snapshot.units[place]);
        Self {
            recency: places.iter().map(days).collect(),
            frequency: places.iter().map(frequency).collect(),
            money: (parts.dataset.has_money).then(|| places.iter().map(units).collect()),
            one: 10_f64.powi(i32::from(snapshot.scale)),
        }
    }

    /// Recency, frequency and monetary scores.
    fn scores(&self, variant: Variant, groups: u8) -> [Vec<u8>; 3] {
        let fewer_is_better: Vec<f64> = self.recency.iter().map(|days| -days).collect();
        // NTILE counts from the longest away; the others turn the scores of the days round.
        let r = match variant {
            Variant::Ntile => by(variant, &fewer_is_better, groups, 1.0).0,
            _ => {
                let (scores, highest) = by(variant, &self.recency, groups, 1.0);
                scores.iter().map(|score| highest + 1 - score).collect()
            }
        };
        let f = match variant {
            Variant::Nested => within(&r, &self.frequency, groups),
            _ => by(variant, &self.frequency, groups, 1.0).0,
        };
        let m = match (&self.money, variant) {
            (None, _) => vec![1; r.len()],
            (Some(money), Variant::Nested) => {
                let pair = |(&r, &f): (&u8, &u8)| r * (groups + 1) + f;
                let pairs: Vec<u8> = r.iter().zip(&f).map(pair).collect();
                within(&pairs, money, groups)
            }
            (Some(money), _) => by(variant, money, groups, self.one).0,
        };
        [r, f, m]
    }
}

/// Scores from 1 for the lowest values, and the highest score that there can be; `one` is a unit of the values.
fn by(variant: Variant, values: &[f64], groups: u8, one: f64) -> (Vec<u8>, u8) {
    let parts = usize::from(groups);
    let cuts = |values: &[f64]| stats::cut_points(&mut values.to_vec(), parts);
    let scored = |values: &[f64], cuts: &[f64], convention: Convention| {
        let score = |&value: &f64| convention.score(value, cuts);
        values.iter().map(score).collect::<Vec<u8>>()
    };
    match variant {
        Variant::Gyeol | Variant::Nested => {
            (scored(values, &cuts(values), Convention::Gyeol), groups)
        }
        Variant::RRfm => {
            let cuts: Vec<f64> = cuts(values).iter().map(|cut| cut / one + 1.0).collect();
            let values: Vec<f64> = values.iter().map(|value| value / one).collect();
            (scored(&values, &cuts, Convention::RRfm), groups)
        }
        Variant::Ntile => {
            let n_values = values.len();
            let (size, longer) = (n_values / parts, n_values % parts);
            let group = |place: usize| {
                let in_longer = longer * (size + 1);
                if place < in_longer {
                    place / (size + 1)
                } else {
                    longer + (place - in_longer) / size.max(1)
                }
            };
            let scores = ranks(values).into_iter().map(|rank| group(rank) as u8 + 1);
            (scores.collect(), groups)
        }
        Variant::PandasQcut => {
            let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
            let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let mut inner = cuts(values);
            inner.dedup_by(|one, other| one.total_cmp(other).is_eq());
            inner.retain(|&cut| lowest < cut && cut < highest);
            let scores = scored(values, &inner, Convention::Gyeol);
            (scores, inner.len() as u8 + 1)
        }
        Variant::PandasRankFirst => {
            let ranks: Vec<f64> = ranks(values).iter().map(|&rank| rank as f64).collect();
            (scored(&ranks, &cuts(&ranks), Convention::Gyeol), groups)
        }
    }
}

/// How many come before each value: smaller ones, and of equal ones those who stand before.
fn ranks(values: &[f64]) -> Vec<usize> {
    let order = places_in_order(values.len(), &|one, other| {
        values[one].total_cmp(&values[other])
    });
    let mut ranks = vec![0; values.len()];
    for (rank, place) in order.into_iter().enumerate() {
        ranks[place] = rank;
    }
    ranks
}

/// Scores of the values within each of the groups that customers are in.
fn within(groups_of: &[u8], values: &[f64], groups: u8) -> Vec<u8> {
    let mut scores = vec![1; values.len()];
    for group in 0..=u8::MAX {
        let is_in = |&place: &usize| groups_of[place] == group;
        let places: Vec<usize> = (0..values.len()).filter(is_in).collect();
        let own: Vec<f64> = places.iter().map(|&place| values[place]).collect();
        let (found, _) = by(Variant::Gyeol, &own, groups, 1.0);
        for (place, score) in places.into_iter().zip(found) {
            scores[place] = score;
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rfm::{self, Output};
    use crate::analysis::{Params as _, Unwatched, testing};
    use crate::data::Day;
    use proptest::prelude::*;

    fn scores(variant: Variant, values: &[f64], groups: u8) -> Vec<u8> {
        by(variant, values, groups, 1.0).0
    }

    #[test]
    fn each_way_scores_as_its_documentation_says() {
        // NTILE(4) over ten rows: 3, 3, 2, 2.
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        let ntile = scores(Variant::Ntile, &ten, 4);
        assert_eq!(ntile, [1, 1, 1, 2, 2, 2, 3, 3, 4, 4]);
        // qcut([1, 1, 1, 1, 2, 3], 3, duplicates="drop"): edges 1, 1.33, 3; codes 0, 0, 0, 0, 1, 1.
        let many = [1.0, 1.0, 1.0, 1.0, 2.0, 3.0];
        assert_eq!(scores(Variant::PandasQcut, &many, 3), [1, 1, 1, 1, 2, 2]);
        assert_eq!(by(Variant::PandasQcut, &many, 3, 1.0).1, 2);
        // rank(method="first") then qcut: equal values apart.
        let first = scores(Variant::PandasRankFirst, &many, 3);
        assert_eq!(first, [1, 1, 2, 2, 3, 3]);
        // Fewer values than groups fill the first ones.
        assert_eq!(scores(Variant::Ntile, &[5.0, 4.0], 5), [2, 1]);
        let nested = within(&[1, 1, 2, 2], &[1.0, 2.0, 10.0, 20.0], 2);
        assert_eq!(
            nested,
            [1, 2, 1, 2],
            "each group has a high and a low of its own"
        );
    }

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
            let moved = |output: &Output, variant: Variant| {
                let moves = output.report.sensitivity.moves.iter();
                let mut of = moves.filter(|moved| moved.variant == variant);
                of.next().map(|moved| moved.n_moved)
            };
            prop_assert_eq!(moved(&ours, Variant::RRfm), Some(n_differ));
            prop_assert_eq!(moved(&theirs, Variant::Gyeol), Some(n_differ));
            prop_assert_eq!(moved(&ours, Variant::Gyeol), None);
        }
    }
}

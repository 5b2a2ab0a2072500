//! What page, picture and JSON get of RFM: bounded in size whatever the number of customers.

use serde::{Deserialize, Serialize};

use super::histogram::Histogram;
use super::{CutPoints, FourthReport, MapCheck, Params, Scores, Sensitivity};
use crate::profile::{self, SegmentProfile};
use crate::snapshot::Snapshot;
use crate::{LoneOrders, Segmentation, lone_orders, stats};
use gyeol_data::{Dataset, Day, Money};

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters with everything filled in: cut points and map as used.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// Customers at that date.
    pub n_customers: u64,
    /// Their orders (rows in the `r-rfm` convention).
    pub n_orders: u64,
    /// Their money.
    pub revenue: Money,
    /// Further customers, whom a treatment of columns sets aside, whatever the date.
    pub n_set_aside: u64,
    /// Whether the file has money; without it monetary scores are all 1 and the rules of the map as used take any.
    pub has_money: bool,
    /// The cut points used.
    pub cuts: CutPoints,
    /// What the map covers.
    pub map_check: MapCheck,
    /// Customers at each recency, frequency and monetary score, from 1.
    pub score_counts: [Vec<u64>; 3],
    /// `groups × groups` cells, recency score rising outside, frequency score rising inside.
    pub grid: Vec<GridCell>,
    /// The segments with their customers, in map order, `Others` last, empty ones too.
    pub segments: Vec<SegmentProfile>,
    /// Distributions of recency, frequency and monetary.
    pub histograms: [Histogram; 3],
    /// A sample of customers for the scatter plot: even over customer numbers, at most 2,000.
    pub points: Vec<Point>,
    /// What the best fifth of the customers with money above nothing hold of it, 0 to 1.
    pub top_fifth_revenue_share: f64,
    /// Customers with money above nothing, of whom that fifth is.
    pub n_with_revenue: u64,
    /// Who would be in another segment by another way of scoring.
    pub sensitivity: Sensitivity,
    /// What is scored beside the three, where that was asked for.
    pub fourth: Option<FourthReport>,
    /// Few orders that stand alone at the end: recency counts from behind them.
    pub lone: Option<LoneOrders>,
}

impl Report {
    /// The cut points below and above a range of scores of `recency`, `frequency` or `monetary`; `None` at an open end,
    /// and where the convention has none. Recency runs the other way: the highest score has the fewest days.
    pub fn bounds(&self, measure: &str, (low, high): (u8, u8)) -> (Option<f64>, Option<f64>) {
        let groups = usize::from(self.params.groups);
        let (low, high) = (usize::from(low), usize::from(high));
        let (cuts, first, last) = match measure {
            "recency" => {
                let flip = |score: usize| (groups + 1).saturating_sub(score);
                (&self.cuts.recency_days, flip(high), flip(low))
            }
            "frequency" => (&self.cuts.frequency, low, high),
            _ => (&self.cuts.monetary, low, high),
        };
        let below = first.checked_sub(2).and_then(|place| cuts.get(place));
        let above = last.checked_sub(1).and_then(|place| cuts.get(place));
        (below.copied(), above.copied())
    }
}

/// One cell of the R × F grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridCell {
    /// Recency score.
    pub r: u8,
    /// Frequency score.
    pub f: u8,
    /// Customers in the cell.
    pub n_customers: u64,
    /// Their money.
    pub revenue: Money,
    /// Place in `segments` of the segment most of them are in; `None` for an empty cell.
    pub segment: Option<u16>,
}

/// A customer in the scatter plot.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Days since the last order.
    pub recency_days: f64,
    /// Orders (rows in the `r-rfm` convention).
    pub frequency: f64,
    /// Money.
    pub monetary: f64,
    /// Place in `segments`.
    pub segment: u16,
}

/// The most points in a scatter plot.
const MOST_POINTS: usize = 2000;

/// What a report is made from.
pub(super) struct Parts<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) snapshot: &'a Snapshot,
    /// What is scored as monetary.
    pub(super) money: Vec<f64>,
    pub(super) scores: &'a Scores,
    pub(super) segmentation: &'a Segmentation,
    pub(super) as_of: Day,
}

impl Report {
    /// Sums everything up; `params` are those as used.
    pub(super) fn new(
        parts: &Parts<'_>,
        params: Params,
        cuts: CutPoints,
        map_check: MapCheck,
    ) -> Self {
        let Parts {
            dataset, snapshot, ..
        } = *parts;
        let groups = params.groups;
        Self {
            as_of: parts.as_of,
            n_customers: snapshot.len() as u64,
            n_set_aside: dataset.n_set_aside(),
            n_orders: snapshot.n_orders(),
            revenue: snapshot.revenue(),
            has_money: dataset.has_money,
            cuts,
            map_check,
            score_counts: parts.score_counts(groups),
            grid: parts.grid(groups),
            segments: profile::describe(dataset, parts.as_of, snapshot, parts.segmentation),
            histograms: [
                Histogram::of(&snapshot.recency(), true),
                Histogram::of(&snapshot.frequencies(), true),
                Histogram::of(&parts.money, false),
            ],
            points: parts.points(),
            top_fifth_revenue_share: stats::top_fifth_share(snapshot.money()),
            n_with_revenue: snapshot.money().iter().filter(|&&own| own > 0.0).count() as u64,
            sensitivity: Sensitivity::default(),
            fourth: None,
            lone: lone_orders(dataset, parts.as_of),
            params,
        }
    }
}

impl Parts<'_> {
    fn score_counts(&self, groups: u8) -> [Vec<u64>; 3] {
        [&self.scores.r, &self.scores.f, &self.scores.m].map(|scores| {
            let mut counts = vec![0; usize::from(groups) + 1];
            for &score in scores {
                counts[usize::from(score)] += 1;
            }
            counts.split_off(1)
        })
    }

    fn grid(&self, groups: u8) -> Vec<GridCell> {
        let (side, n_segments) = (usize::from(groups), self.segmentation.segments.len());
        let mut counts = vec![0_u64; side * side * n_segments];
        let mut units = vec![0_i128; side * side];
        for (place, &customer) in self.snapshot.customers.iter().enumerate() {
            let customer = customer as usize;
            let (r, f) = (self.scores.r[customer], self.scores.f[customer]);
            let cell = usize::from(r - 1) * side + usize::from(f - 1);
            counts[cell * n_segments + usize::from(self.segmentation.assignment[customer])] += 1;
            units[cell] += self.snapshot.units[place];
        }
        let cell = |(cell, counts): (usize, &[u64])| GridCell {
            r: (cell / side) as u8 + 1,
            f: (cell % side) as u8 + 1,
            n_customers: counts.iter().sum(),
            revenue: Money::new(units[cell], self.snapshot.scale),
            segment: most_frequent(counts),
        };
        counts.chunks(n_segments).enumerate().map(cell).collect()
    }

    fn points(&self) -> Vec<Point> {
        let point = |place: usize| Point {
            recency_days: f64::from(self.snapshot.recency_days[place]),
            frequency: f64::from(self.snapshot.frequency[place]),
            monetary: self.money[place],
            segment: self.segmentation.assignment[self.snapshot.customers[place] as usize],
        };
        stats::even_sample(self.snapshot.len(), MOST_POINTS)
            .map(point)
            .collect()
    }
}

/// Place of the largest count, the first of equals; `None` where all are 0.
fn most_frequent(counts: &[u64]) -> Option<u16> {
    let largest = *counts.iter().max()?;
    let place = counts.iter().position(|&count| count == largest)?;
    (largest > 0).then_some(place as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_belongs_to_its_largest_segment() {
        for (counts, expected) in [(&[0, 2, 2][..], Some(1)), (&[0, 0], None), (&[1], Some(0))] {
            assert_eq!(most_frequent(counts), expected);
        }
    }
}

//! Recency, frequency, monetary: scores by quantiles and named segments.
//!
//! Equal values get equal scores whatever the order of the rows. Sources: Hughes (1994), *Strategic Database
//! Marketing*; quantiles of type 7 after Hyndman & Fan (1996); the `r-rfm` convention after the R package `rfm`.

use serde::{Deserialize, Serialize};

use super::profile::SegmentProfile;
use super::{AnalysisError, Checked, Monitor, SegmentName, Segmentation};
use crate::data::{Dataset, Day, Money};

/// How values become scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Convention {
    /// Frequency counts orders; a value equal to a cut point belongs to the lower group
    /// (for recency: the more recent one).
    #[default]
    Gyeol,
    /// The R package `rfm`: frequency counts rows; cut points are quantiles plus 1; lower ≤ value < upper.
    RRfm,
}

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// How values become scores.
    pub convention: Convention,
    /// Scores run from 1 to this, 2 to 10.
    pub groups: u8,
    /// Own cut points; `None` takes quantiles.
    pub cuts: Option<CutPoints>,
    /// Which scores make which segment; `None` takes [`SegmentMap::well_known`] for `groups`.
    pub map: Option<SegmentMap>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            convention: Convention::default(),
            groups: 5,
            cuts: None,
            map: None,
        }
    }
}

/// `groups - 1` rising cut points for each measure, in its own unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CutPoints {
    /// Days.
    pub recency_days: Vec<f64>,
    /// Orders (rows in the `r-rfm` convention).
    pub frequency: Vec<f64>,
    /// Money.
    pub monetary: Vec<f64>,
}

/// An ordered list of rules; the first that matches names the customer, who is [`SegmentName::Others`] without one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SegmentMap(pub Vec<SegmentRule>);

/// Customers whose three scores lie within three closed ranges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRule {
    /// The segment.
    pub name: RuleName,
    /// Lowest and highest recency score.
    pub r: (u8, u8),
    /// Lowest and highest frequency score.
    pub f: (u8, u8),
    /// Lowest and highest monetary score.
    pub m: (u8, u8),
}

/// The name in a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RuleName {
    /// A well-known one, translated.
    Known(SegmentName),
    /// As the person wrote it.
    Own(String),
}

/// What a map covers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapCheck {
    /// Score triples that no rule matches.
    pub n_gaps: usize,
    /// A few of them.
    pub gaps: Vec<(u8, u8, u8)>,
    /// Pairs of rules (their places in the map) that match the same triple, with the number of such triples;
    /// the earlier one wins.
    pub overlaps: Vec<(usize, usize, usize)>,
    /// Rules (their places) that can never win, or match nothing.
    pub unreachable: Vec<usize>,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters with everything filled in: cut points and map as used.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// Customers at that date.
    pub n_customers: u64,
    /// Their orders.
    pub n_orders: u64,
    /// Their money.
    pub revenue: Money,
    /// Whether the file has money; without it monetary scores are all 1 and no rule may depend on them.
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
    /// Share of revenue of the best fifth of customers by money, 0 to 1.
    pub top_fifth_revenue_share: f64,
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

/// Counts between edges; the last bin is closed on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// One more than counts, rising.
    pub edges: Vec<f64>,
    /// Customers in each bin.
    pub counts: Vec<u64>,
    /// Whether edges grow by ratio, for long-tailed measures.
    pub is_logarithmic: bool,
}

/// A customer in the scatter plot.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Days since the last order.
    pub recency_days: f64,
    /// Orders.
    pub frequency: f64,
    /// Money.
    pub monetary: f64,
    /// Place in `segments`.
    pub segment: u16,
}

/// Scores of single customers, by customer number; 0 for who was no customer yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Recency scores.
    pub r: Vec<u8>,
    /// Frequency scores.
    pub f: Vec<u8>,
    /// Monetary scores.
    pub m: Vec<u8>,
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// The named segments.
    pub segmentation: Segmentation,
    /// Single customers.
    pub scores: Scores,
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        Ok(())
    }
}

/// Scores and names every customer of `dataset` as it was on `as_of`.
///
/// # Errors
/// No history in the file, or nobody had ordered by then.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let _ = (dataset, params, monitor);
    Err(AnalysisError::NothingUntil { as_of })
}

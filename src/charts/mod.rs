//! Results to pictures. A chart first computes its scene (marks in CSS pixels, words, the table twin) and is then
//! painted through plotters on any backend: the page's canvas, or SVG for export and tests.
//!
//! Invariants: no DOM; the same scene serves hover, keyboard, screen reader and picture; a chart never computes a
//! statistic that is not in its report.

use crate::analysis::{cluster_counts, clusters, rfm};
use crate::text::Words;

/// What a picture is drawn with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
    /// The words.
    pub words: Words,
    /// The selected segment (its place in the segmentation), drawn with emphasis.
    pub selected: Option<u16>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Ink on paper.
    #[default]
    Light,
    /// Paper on ink.
    Dark,
}

/// A picture that can be drawn.
#[derive(Clone, Copy, Debug)]
pub enum Chart<'a> {
    /// R × F heat map.
    RfmGrid(&'a rfm::Report, GridMeasure),
    /// Segments by customers and revenue, of any segmentation.
    SegmentBars(&'a [crate::analysis::profile::SegmentProfile]),
    /// Distribution of one measure with its cut points.
    Distribution(&'a rfm::Report, Measure),
    /// Recency × monetary, size by frequency, colour by segment.
    RfmScatter(&'a rfm::Report),
    /// Customers on two principal components.
    ClusterMap(&'a clusters::Report),
    /// How clusters differ, feature by feature.
    ClusterTraits(&'a clusters::Report),
    /// Criteria by number of clusters.
    ClusterCounts(&'a cluster_counts::Report),
}

/// What the heat map's colour shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GridMeasure {
    /// Customers.
    #[default]
    Customers,
    /// Their money.
    Revenue,
    /// Money per customer.
    MeanRevenue,
}

/// One of the three measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Days since the last order.
    #[default]
    Recency,
    /// Orders.
    Frequency,
    /// Money.
    Monetary,
}

/// What can be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it is, in CSS pixels: left, top, width, height.
    pub bounds: (f64, f64, f64, f64),
    /// What it says, exact numbers included.
    pub text: String,
    /// Place of its segment, where it belongs to one.
    pub segment: Option<u16>,
}

/// The same numbers as a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Twin {
    /// Column heads.
    pub head: Vec<String>,
    /// Rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

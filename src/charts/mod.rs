//! Results to pictures. A chart first computes its scene (marks in CSS pixels, words, the table twin) and is then
//! painted through plotters on any backend: the page's canvas, or SVG for export and tests.
//!
//! Invariants: no DOM; the same scene serves hover, keyboard, screen reader and picture; a chart never computes a
//! statistic that is not in its report.

mod cluster_counts;
mod cluster_map;
mod cluster_traits;
mod cluster_tree;
mod cohort_curves;
mod cohort_map;
mod customer_history;
mod distribution;
mod lifetime;
mod moves;
mod owned;
mod paint;
mod pairs;
mod parallel;
mod parts;
mod prediction_curves;
mod prediction_weights;
mod rfm_grid;
mod rfm_scatter;
mod scale;
mod scene;
mod segment_bars;
mod sketch;
mod svg;
pub mod theme;

use crate::analysis::lifetime as worth;
use crate::analysis::{
    cluster_counts as counts, clusters, cohorts, movement, one_customer, prediction, rfm,
};
use crate::data::Day;
use crate::text::Words;

pub use cohort_map::n_hidden_cohorts;
pub use owned::OwnedChart;
pub use paint::{FONTS, PaintError};
pub use scene::{Anchor, Direction, EstimatedWidth, Label, Scene, Shape, TextWidth};

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
    /// The as-of date, for the source line of a saved picture.
    pub as_of: Option<Day>,
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
    /// How hierarchical clusters were joined.
    ClusterTree(&'a clusters::Report),
    /// Criteria by number of clusters.
    ClusterCounts(&'a counts::Report),
    /// How much of what came is with the customers predicted highest.
    PredictionGain(&'a prediction::Report),
    /// What was predicted against what came.
    PredictionCalibration(&'a prediction::Report),
    /// What a prediction goes by.
    PredictionWeights(&'a prediction::Report),
    /// Cohorts by period since the first order, as a heat map.
    CohortMap(&'a cohorts::Report),
    /// The same as a line for each cohort, and their mean.
    CohortCurves(&'a cohorts::Report),
    /// Lifetime value: the model against what came, and what it says.
    Lifetime(&'a worth::Report, LifetimePicture),
    /// Who moved where between two dates, as a Sankey diagram.
    Moves(&'a movement::Report),
    /// Clusters feature by feature: medians, quartiles, single customers.
    ClusterParallel(&'a clusters::Report),
    /// One customer's orders and segments over time.
    CustomerHistory(&'a one_customer::Past),
}

impl Chart<'_> {
    /// The name used in page attributes and file names.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RfmGrid(..) => "rfm-grid",
            Self::SegmentBars(_) => "segment-bars",
            Self::Distribution(_, Measure::Recency) => "distribution-recency",
            Self::Distribution(_, Measure::Frequency) => "distribution-frequency",
            Self::Distribution(_, Measure::Monetary) => "distribution-monetary",
            Self::Distribution(_, Measure::Fourth) => "distribution-fourth",
            Self::RfmScatter(_) => "rfm-scatter",
            Self::ClusterMap(_) => "cluster-map",
            Self::ClusterTraits(_) => "cluster-traits",
            Self::ClusterTree(_) => "cluster-tree",
            Self::ClusterCounts(_) => "cluster-counts",
            Self::PredictionGain(_) => "prediction-gain",
            Self::PredictionCalibration(_) => "prediction-calibration",
            Self::PredictionWeights(_) => "prediction-weights",
            Self::CohortMap(_) => "cohort-map",
            Self::CohortCurves(_) => "cohort-curves",
            Self::Lifetime(_, of) => of.name(),
            Self::Moves(_) => "moves",
            Self::ClusterParallel(_) => "cluster-parallel",
            Self::CustomerHistory(_) => "customer-history",
        }
    }

    /// The height that suits the chart at a width, both in CSS pixels.
    pub fn height(&self, width: u32) -> u32 {
        let width = f64::from(width);
        let height = match self {
            _ if self.is_empty() => 96.0,
            Self::RfmGrid(report, _) => rfm_grid::height(report, width),
            Self::SegmentBars(segments) => segment_bars::height(segments, width),
            Self::Distribution(..) => distribution::height(width),
            Self::RfmScatter(report) => rfm_scatter::height(report, width),
            Self::ClusterMap(report) => cluster_map::height(report, width),
            Self::ClusterTraits(report) => cluster_traits::height(report, width),
            Self::ClusterTree(report) => cluster_tree::height(report, width),
            Self::ClusterCounts(report) => cluster_counts::height(report, width),
            Self::PredictionGain(_) | Self::PredictionCalibration(_) => {
                prediction_curves::height(width)
            }
            Self::PredictionWeights(report) => prediction_weights::height(report),
            Self::CohortMap(report) => cohort_map::height(report),
            Self::CohortCurves(_) => cohort_curves::height(width),
            Self::Lifetime(report, of) => lifetime::height(report, *of, width),
            Self::Moves(report) => moves::height(report),
            Self::ClusterParallel(report) => parallel::height(report, width),
            Self::CustomerHistory(past) => customer_history::height(past),
        };
        height.ceil() as u32
    }

    /// The as-of date of the report, where it has one.
    pub const fn as_of(&self) -> Option<Day> {
        match self {
            Self::RfmGrid(report, _) | Self::Distribution(report, _) | Self::RfmScatter(report) => {
                Some(report.as_of)
            }
            Self::ClusterMap(report)
            | Self::ClusterTraits(report)
            | Self::ClusterTree(report)
            | Self::ClusterParallel(report) => Some(report.as_of),
            Self::PredictionGain(report)
            | Self::PredictionCalibration(report)
            | Self::PredictionWeights(report) => Some(report.as_of),
            Self::CohortMap(report) | Self::CohortCurves(report) => Some(report.as_of),
            Self::Lifetime(report, _) => Some(report.as_of),
            Self::Moves(report) => Some(report.as_of),
            Self::CustomerHistory(past) => Some(past.as_of),
            Self::SegmentBars(_) | Self::ClusterCounts(_) => None,
        }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::RfmGrid(report, _) | Self::Distribution(report, _) | Self::RfmScatter(report) => {
                report.n_customers == 0 || report.grid.is_empty()
            }
            Self::SegmentBars(segments) => segments.iter().all(|segment| segment.n_customers == 0),
            Self::ClusterMap(report) => report.n_customers == 0,
            Self::ClusterTraits(report) | Self::ClusterParallel(report) => {
                report.numbers().is_empty()
            }
            Self::ClusterTree(report) => report.tree().is_none_or(|tree| tree.merges.is_empty()),
            Self::ClusterCounts(report) => report.rows.is_empty(),
            Self::PredictionGain(report) => report.tenths.iter().all(|tenth| tenth.gain.is_none()),
            Self::PredictionCalibration(report) => report.tenths.is_empty(),
            Self::PredictionWeights(report) => report.weights().is_empty(),
            Self::CohortMap(report) | Self::CohortCurves(report) => report.n_periods == 0,
            Self::Lifetime(report, of) => lifetime::is_empty(report, *of),
            Self::Moves(report) => report.n_known == 0,
            Self::CustomerHistory(past) => past.orders.is_empty(),
        }
    }

    /// The picture at a look; its title and source line are not painted, since the page shows them.
    pub fn scene(&self, look: &Look, text: &dyn TextWidth) -> Scene {
        let sketch = sketch::Sketch::new(look, text);
        match self {
            _ if self.is_empty() => parts::nothing(sketch),
            Self::RfmGrid(report, measure) => rfm_grid::scene(sketch, report, *measure),
            Self::SegmentBars(segments) => segment_bars::scene(sketch, segments),
            Self::Distribution(report, measure) => distribution::scene(sketch, report, *measure),
            Self::RfmScatter(report) => rfm_scatter::scene(sketch, report),
            Self::ClusterMap(report) => cluster_map::scene(sketch, report),
            Self::ClusterTraits(report) => cluster_traits::scene(sketch, report),
            Self::ClusterTree(report) => match report.tree() {
                Some(tree) => cluster_tree::scene(sketch, report, tree),
                None => parts::nothing(sketch),
            },
            Self::ClusterCounts(report) => cluster_counts::scene(sketch, report),
            Self::PredictionGain(report) => prediction_curves::gain(sketch, report),
            Self::PredictionWeights(report) => prediction_weights::scene(sketch, report),
            Self::PredictionCalibration(report) => prediction_curves::calibration(sketch, report),
            Self::CohortMap(report) => cohort_map::scene(sketch, report),
            Self::CohortCurves(report) => cohort_curves::scene(sketch, report),
            Self::Lifetime(report, of) => lifetime::scene(sketch, report, *of),
            Self::Moves(report) => moves::scene(sketch, report),
            Self::ClusterParallel(report) => parallel::scene(sketch, report),
            Self::CustomerHistory(past) => customer_history::scene(sketch, past),
        }
    }

    /// The picture with its title above and its source line below, as it leaves the page; higher than the look.
    pub fn picture(&self, look: &Look, text: &dyn TextWidth) -> Scene {
        parts::framed(self.scene(look, text), look, text)
    }

    /// The framed picture as an SVG document, measured without a font.
    pub fn svg(&self, look: &Look) -> String {
        self.picture(look, &EstimatedWidth).svg()
    }
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

/// One of the measures of RFM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Days since the last order.
    #[default]
    Recency,
    /// Orders.
    Frequency,
    /// Money.
    Monetary,
    /// What is scored beside these.
    Fourth,
}

/// One of the pictures of the lifetime value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifetimePicture {
    /// Customers by repeat orders, as they are and as the model has them.
    Calibration,
    /// Orders of the trial by repeat orders before it, made and forecast.
    Trial,
    /// Repeat orders over time, made and expected.
    Tracking,
    /// Expected orders by repeat orders and silence.
    Orders,
    /// P(alive) by repeat orders and silence.
    Alive,
    /// How the worth of customers is spread.
    Spread,
}

impl LifetimePicture {
    const fn name(self) -> &'static str {
        match self {
            Self::Calibration => "lifetime-calibration",
            Self::Trial => "lifetime-trial",
            Self::Tracking => "lifetime-tracking",
            Self::Orders => "lifetime-orders",
            Self::Alive => "lifetime-alive",
            Self::Spread => "lifetime-spread",
        }
    }
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

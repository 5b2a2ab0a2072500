//! A chart that owns what it draws, cheap to clone, for components that keep it.

use std::sync::Arc;

use super::{Chart, GridMeasure, LifetimePicture, Measure};
use crate::analysis::profile::SegmentProfile;
use crate::analysis::{
    cluster_counts, clusters, cohorts, lifetime, movement, one_customer, prediction, rfm,
};
use crate::data::Day;

/// As [`Chart`], with shared reports.
#[derive(Clone, Debug, PartialEq)]
pub enum OwnedChart {
    /// See [`Chart::RfmGrid`].
    RfmGrid(Arc<rfm::Report>, GridMeasure),
    /// See [`Chart::SegmentBars`].
    SegmentBars(Arc<Vec<SegmentProfile>>),
    /// See [`Chart::Distribution`].
    Distribution(Arc<rfm::Report>, Measure),
    /// See [`Chart::RfmScatter`].
    RfmScatter(Arc<rfm::Report>),
    /// See [`Chart::ClusterMap`].
    ClusterMap(Arc<clusters::Report>),
    /// See [`Chart::ClusterTraits`].
    ClusterTraits(Arc<clusters::Report>),
    /// See [`Chart::ClusterTree`].
    ClusterTree(Arc<clusters::Report>),
    /// See [`Chart::ClusterCounts`].
    ClusterCounts(Arc<cluster_counts::Report>),
    /// See [`Chart::PredictionGain`].
    PredictionGain(Arc<prediction::Report>),
    /// See [`Chart::PredictionCalibration`].
    PredictionCalibration(Arc<prediction::Report>),
    /// See [`Chart::PredictionWeights`].
    PredictionWeights(Arc<prediction::Report>),
    /// See [`Chart::CohortMap`].
    CohortMap(Arc<cohorts::Report>),
    /// See [`Chart::CohortCurves`].
    CohortCurves(Arc<cohorts::Report>),
    /// See [`Chart::Lifetime`].
    Lifetime(Arc<lifetime::Report>, LifetimePicture),
    /// See [`Chart::Moves`].
    Moves(Arc<movement::Report>),
    /// See [`Chart::ClusterParallel`].
    ClusterParallel(Arc<clusters::Report>),
    /// See [`Chart::CustomerHistory`]; the past of a card.
    CustomerHistory(Arc<one_customer::Card>),
}

impl OwnedChart {
    /// See [`Chart::as_of`].
    pub fn as_of(&self) -> Option<Day> {
        self.chart().as_of()
    }

    /// The chart over the shared reports.
    pub fn chart(&self) -> Chart<'_> {
        match self {
            Self::RfmGrid(report, measure) => Chart::RfmGrid(report, *measure),
            Self::SegmentBars(segments) => Chart::SegmentBars(segments),
            Self::Distribution(report, measure) => Chart::Distribution(report, *measure),
            Self::RfmScatter(report) => Chart::RfmScatter(report),
            Self::ClusterMap(report) => Chart::ClusterMap(report),
            Self::ClusterTraits(report) => Chart::ClusterTraits(report),
            Self::ClusterTree(report) => Chart::ClusterTree(report),
            Self::ClusterCounts(report) => Chart::ClusterCounts(report),
            Self::PredictionGain(report) => Chart::PredictionGain(report),
            Self::PredictionCalibration(report) => Chart::PredictionCalibration(report),
            Self::PredictionWeights(report) => Chart::PredictionWeights(report),
            Self::CohortMap(report) => Chart::CohortMap(report),
            Self::CohortCurves(report) => Chart::CohortCurves(report),
            Self::Lifetime(report, of) => Chart::Lifetime(report, *of),
            Self::Moves(report) => Chart::Moves(report),
            Self::ClusterParallel(report) => Chart::ClusterParallel(report),
            Self::CustomerHistory(card) => Chart::CustomerHistory(&card.past),
        }
    }
}

//! What a segmentation was cut by on one date, for another date or another file.
//!
//! It holds numbers that borders lie at and names that a person gave, never a customer.

use serde::{Deserialize, Serialize};

use crate::analysis::clusters::{Distribution, Method, Model};
use crate::analysis::{
    AnalysisError, Report, Request, Segmentation, SegmentationId, lifecycle, rfm, rhythm, rules,
    value,
};
use crate::data::{Dataset, Day};

/// What segmentations were cut by when a project was saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The as-of date then.
    pub as_of: Day,
    /// The day of the last order that was known then.
    pub known_until: Day,
    /// A rule for each segmentation that has one, in their order.
    pub rules: Vec<Frozen>,
}

/// What gives the same groups on another date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frozen {
    /// With cut points and map.
    Rfm(rfm::Params),
    /// With thresholds.
    Lifecycle(lifecycle::Params),
    /// The lowest value of each class.
    Value(value::Lowest),
    /// Its borders are fixed.
    Rhythm(rhythm::Params),
    /// Their borders are fixed.
    Rules(rules::Params),
    /// Scaling, and centres or distributions.
    Clusters(Box<Model>),
}

impl Frozen {
    /// Which segmentation it makes.
    pub const fn id(&self) -> SegmentationId {
        match self {
            Self::Rfm(_) => SegmentationId::Rfm,
            Self::Lifecycle(_) => SegmentationId::Lifecycle,
            Self::Value(_) => SegmentationId::Value,
            Self::Rhythm(_) => SegmentationId::Rhythm,
            Self::Rules(_) => SegmentationId::Rules,
            Self::Clusters(_) => SegmentationId::Clusters,
        }
    }

    /// The request that makes it; else what makes it alone.
    pub(in crate::analysis) fn request(&self) -> Result<Request, Alone<'_>> {
        Ok(match self {
            Self::Rfm(params) => Request::Rfm(params.clone()),
            Self::Lifecycle(params) => Request::Lifecycle(params.clone()),
            Self::Rhythm(params) => Request::Rhythm(params.clone()),
            Self::Rules(params) => Request::Rules(params.clone(), Vec::new()),
            Self::Value(lowest) => return Err(Alone::Value(lowest)),
            Self::Clusters(model) => return Err(Alone::Clusters(model)),
        })
    }
}

/// What makes a segmentation without its analysis.
pub(in crate::analysis) enum Alone<'a> {
    Value(&'a value::Lowest),
    Clusters(&'a Model),
}

impl Alone<'_> {
    pub(in crate::analysis) fn run(
        &self,
        dataset: &Dataset,
        as_of: Day,
    ) -> Result<Segmentation, AnalysisError> {
        match self {
            Self::Value(lowest) => lowest.segmentation(dataset, as_of),
            Self::Clusters(model) => model.segmentation(dataset, as_of),
        }
    }
}

/// Whether what `request` makes has anything that can be kept for another date.
pub(in crate::analysis) fn can_freeze(request: &Request) -> bool {
    match request {
        Request::Clusters(params) => {
            let has_rule = matches!(params.method, Method::KMeans | Method::GaussianMixture);
            has_rule && !params.words.are_features()
        }
        Request::Rfm(params) => params.convention.has_cut_points(),
        Request::Lifecycle(_) | Request::Value(_) | Request::Rhythm(_) => true,
        // What scores and segments are cut by is not kept with rules.
        Request::Rules(params, _) => params.sources().is_empty(),
        _ => false,
    }
}

/// What report and segmentation were made with on `as_of`, with the distributions of a mixture; `None` where there is nothing that could be kept.
pub(in crate::analysis) fn freeze(
    dataset: &Dataset,
    request: &Request,
    (report, segmentation, mixture): (&Report, &Segmentation, &[Distribution]),
    as_of: Day,
) -> Option<Frozen> {
    if !can_freeze(request) {
        return None;
    }
    Some(match (report, request) {
        (Report::Rfm(report), _) => Frozen::Rfm(report.params.clone()),
        (Report::Lifecycle(report), _) => {
            Frozen::Lifecycle(lifecycle::Params::from(report.thresholds))
        }
        (Report::Value(report), _) => Frozen::Value(value::Lowest::of(report)),
        (Report::Clusters(report), _) => {
            let model = Model::of(dataset, (report, segmentation, mixture), as_of)?;
            Frozen::Clusters(Box::new(model))
        }
        (_, Request::Rhythm(params)) => Frozen::Rhythm(params.clone()),
        (_, Request::Rules(params, _)) => Frozen::Rules(params.clone()),
        _ => return None,
    })
}

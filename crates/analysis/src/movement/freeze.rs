//! What a segmentation was cut by on one date, for another date or another file.
//!
//! It holds numbers that borders lie at and names that a person gave, never a customer.

use serde::{Deserialize, Serialize};

use super::Known;
use crate::clusters::{Distribution, Members, Model};
use crate::{
    AnalysisError, Finished, Monitor, Report, Request, Segmentation, SegmentationId, lifecycle,
    rfm, rhythm, rules, value,
};
use gyeol_data::{Choices, Dataset, Day};

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
    /// Which rows were left out; `None` in projects that do not say.
    #[serde(default)]
    pub choices: Option<Choices>,
    /// How many customers and orders were known then; `None` in projects that do not say.
    #[serde(default)]
    pub known: Option<Known>,
}

impl Kept {
    /// Its dates and counts alone.
    pub fn without_rules(&self) -> Self {
        Self {
            as_of: self.as_of,
            known_until: self.known_until,
            rules: Vec::new(),
            choices: self.choices,
            known: self.known,
        }
    }
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

    /// Whether a project may hold it, made with `report`: not where it says how single customers are.
    pub fn may_be_kept(&self, report: &Report) -> bool {
        match (self, report) {
            (Self::Clusters(model), Report::Clusters(report)) => model.may_be_kept(report),
            _ => true,
        }
    }

    /// The request that makes it; else what makes it alone.
    pub(crate) fn request(&self) -> Result<Request, Alone<'_>> {
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
pub(crate) enum Alone<'a> {
    Value(&'a value::Lowest),
    Clusters(&'a Model),
    Members(&'a Members),
}

impl Alone<'_> {
    pub(crate) fn run(
        &self,
        dataset: &Dataset,
        as_of: Day,
        monitor: &mut dyn Monitor,
    ) -> Result<Segmentation, AnalysisError> {
        match self {
            Self::Value(lowest) => lowest.segmentation(dataset, as_of),
            Self::Clusters(model) => model.segmentation(dataset, as_of),
            Self::Members(members) => members.segmentation(dataset, as_of, monitor),
        }
    }
}

/// What both dates of one dataset are cut by: what a project could hold, or single customers, who stay in memory.
pub(crate) enum Held {
    Frozen(Frozen),
    Members(Box<Members>),
}

impl Held {
    /// What `finished` was made with on `as_of`; `None` where nothing can be gone by on another date.
    ///
    /// # Errors
    /// Stopped.
    pub(crate) fn of(
        dataset: &Dataset,
        request: &Request,
        finished: &Finished,
        as_of: Day,
        monitor: &mut dyn Monitor,
    ) -> Result<Option<Self>, AnalysisError> {
        if let Some(frozen) = crate::freeze(dataset, request, finished, as_of) {
            return Ok(Some(Self::Frozen(frozen)));
        }
        let (Report::Clusters(report), Some(made)) = (&finished.report, &finished.segmentation)
        else {
            return Ok(None);
        };
        let members = Members::of(dataset, (report, made), as_of, monitor)?;
        Ok(members.map(|members| Self::Members(Box::new(members))))
    }

    /// The request that makes the segmentation; else what makes it alone.
    pub(crate) fn request(&self) -> Result<Request, Alone<'_>> {
        match self {
            Self::Frozen(frozen) => frozen.request(),
            Self::Members(members) => Err(Alone::Members(members)),
        }
    }

    /// Share of the customers of its own day whom it puts where its analysis did, 0 to 1.
    pub(crate) fn agreement(&self) -> f64 {
        match self {
            Self::Frozen(Frozen::Clusters(model)) => model.agreement,
            Self::Frozen(_) => 1.0,
            Self::Members(members) => members.agreement,
        }
    }
}

/// Whether what `request` makes can be made on another date of the same dataset by what was used on the first.
pub(crate) fn can_hold(request: &Request) -> bool {
    match request {
        Request::Clusters(params) => Members::define(params) || can_freeze(request),
        _ => can_freeze(request),
    }
}

/// Whether what `request` makes has anything that a project can keep for another file.
fn can_freeze(request: &Request) -> bool {
    match request {
        Request::Clusters(params) => params.held.is_some() || params.have_rule(),
        Request::Rfm(params) => params.convention.has_cut_points(),
        Request::Lifecycle(_) | Request::Value(_) | Request::Rhythm(_) => true,
        // What scores and segments are cut by is not kept with rules.
        Request::Rules(params, _) => params.sources().is_empty(),
        _ => false,
    }
}

/// What report and segmentation were made with on `as_of`, with the distributions of a mixture; `None` where there is nothing that could be kept.
pub(crate) fn freeze(
    dataset: &Dataset,
    request: &Request,
    (report, segmentation, mixture): (&Report, &Segmentation, &[Distribution]),
    as_of: Day,
) -> Option<Frozen> {
    if !can_freeze(request) {
        return None;
    }
    Some(match (report, request) {
        // No segment hangs on a fourth score, which a later file may not be able to tell.
        (Report::Rfm(report), _) => Frozen::Rfm(rfm::Params {
            fourth: None,
            ..report.params.clone()
        }),
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

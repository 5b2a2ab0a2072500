//! The cut points of one date as parameters for another.

use crate::analysis::{Report, Request, lifecycle, value};

/// What gives the same groups on another date.
pub(in crate::analysis) enum Frozen {
    /// A request with the cut points in it.
    Request(Request),
    /// Classes of value with these lowest values.
    Value(Box<value::Report>),
}

/// `request` with the cut points that `report` was made with; `None` where it has none that could be kept.
///
/// Rhythm and rules have fixed borders already.
pub(in crate::analysis) fn freeze(request: &Request, report: &Report) -> Option<Frozen> {
    match (report, request) {
        (Report::Rfm(report), _) => {
            let has_cuts = report.params.convention.has_cut_points();
            has_cuts.then(|| Frozen::Request(Request::Rfm(report.params.clone())))
        }
        (Report::Lifecycle(report), _) => {
            let params = lifecycle::Params::from(report.thresholds);
            Some(Frozen::Request(Request::Lifecycle(params)))
        }
        (Report::Value(report), _) => Some(Frozen::Value(report.clone())),
        (_, Request::Rhythm(_) | Request::Rules(_)) => Some(Frozen::Request(request.clone())),
        _ => None,
    }
}

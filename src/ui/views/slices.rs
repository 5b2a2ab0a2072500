//! The slices of the session that several views read.

use std::sync::Arc;

use crate::analysis::{AnalysisError, clusters, rfm};
use crate::session::{Session, Slot};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The RFM report that is shown, if there is one.
pub(super) fn rfm_report(workspace: Workspace) -> Memo<Option<Arc<rfm::Report>>> {
    workspace.read(|session| session.rfm.value().cloned().map(Arc::new))
}

/// The report of the clustering that is shown, if there is one.
pub(super) fn clusters_report(workspace: Workspace) -> Memo<Option<Arc<clusters::Report>>> {
    workspace.read(|session| session.clusters.value().cloned().map(Arc::new))
}

/// Why a slot has no result, in words.
pub(super) fn problem<T: 'static>(
    workspace: Workspace,
    slot: fn(&Session) -> &Slot<T, AnalysisError>,
) -> Memo<Option<String>> {
    let error = failure(workspace, slot);
    Memo::new(move |_| error.with(|error| Some(workspace.words().analysis_error(error.as_ref()?))))
}

/// Why the engine did not take one field of a slot's parameters, in words.
pub(super) fn field_problem<T: 'static>(
    workspace: Workspace,
    slot: fn(&Session) -> &Slot<T, AnalysisError>,
    field: &'static str,
) -> Memo<Option<String>> {
    let error = failure(workspace, slot);
    Memo::new(move |_| {
        error.with(|error| match error {
            Some(
                error @ (AnalysisError::Param { field: broken, .. }
                | AnalysisError::Column { field: broken, .. }),
            ) if broken == field => Some(workspace.words().analysis_error(error)),
            Some(error @ AnalysisError::LacksColumns { of: None, .. }) if field == "features" => {
                Some(workspace.words().analysis_error(error))
            }
            _ => None,
        })
    })
}

fn failure<T: 'static>(
    workspace: Workspace,
    slot: fn(&Session) -> &Slot<T, AnalysisError>,
) -> Memo<Option<AnalysisError>> {
    workspace.read(move |session| match slot(session) {
        Slot::Failed(error) => Some(error.clone()),
        _ => None,
    })
}

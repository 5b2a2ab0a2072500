//! Which report each picture is drawn from.

use std::sync::Arc;

use crate::analysis::profile::SegmentProfile;
use crate::charts::OwnedChart;
use crate::ui::dom::prelude::*;

/// A picture of a report, once there is one.
pub(super) fn picture<R: Send + Sync + 'static>(
    report: Memo<Option<Arc<R>>>,
    chart: impl Fn(Arc<R>) -> OwnedChart + Send + Sync + 'static,
) -> Signal<Option<OwnedChart>> {
    Signal::derive(move || report.get().map(&chart))
}

/// The bars of segments, once there are any.
pub(super) fn bars(segments: Signal<Vec<SegmentProfile>>) -> Signal<Option<OwnedChart>> {
    Signal::derive(move || Some(OwnedChart::SegmentBars(Arc::new(segments.get()))))
}

//! Which report each picture is drawn from, and the mark that says when a view's first picture stood on the page.

use std::sync::Arc;

use crate::analysis::profile::SegmentProfile;
use crate::charts::OwnedChart;
use crate::session::View;
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

/// Sets the performance mark `gyeol:<view>-ready`.
pub(super) fn mark_ready(view: View) {
    if let Some(clock) = window().performance() {
        // Without the mark only a measurement from outside is missing.
        let _ = clock.mark(&format!("gyeol:{}-ready", view.key()));
    }
}

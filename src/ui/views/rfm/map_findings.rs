//! What the engine found in the map: gaps, overlaps, rules that can never win.

use std::sync::Arc;

use crate::analysis::rfm::Report;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The findings as a list, or that all is well.
#[component]
pub fn MapFindings(
    /// The RFM report.
    report: Memo<Option<Arc<Report>>>,
) -> impl IntoView {
    let words = Workspace::expect().words_now();
    let findings = Memo::new(move |_| {
        report.with(|report| {
            report
                .as_ref()
                .map(|report| words.rfm_map_findings(&report.map_check))
        })
    });
    let item = |finding| view! { <li>{finding}</li> };
    move || match findings.get() {
        None => ().into_any(),
        Some(findings) if findings.is_empty() => {
            view! { <p class="hint" role="status">{words.rfm_map_whole()}</p> }.into_any()
        }
        Some(findings) => view! {
            <ul class="map-findings" role="status">
                {findings.into_iter().map(item).collect_view()}
            </ul>
        }
        .into_any(),
    }
}

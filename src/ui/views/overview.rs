//! Who the customers are at a glance: key numbers, segments, what to do next, what to take away.

mod key_numbers;
mod next_steps;

use self::key_numbers::KeyNumbers;
use self::next_steps::NextSteps;
use super::pictures::bars;
use super::slices;
use crate::analysis::SegmentationId;
use crate::session::View;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{
    ChartFigure, Downloads, GapNote, SegmentTable, ToComeNote, TotalsNote, ViewSection,
};

/// The first view after an import.
#[component]
pub fn Overview() -> impl IntoView {
    let workspace = Workspace::expect();
    let report = slices::rfm_report(workspace);
    let problem = slices::problem(workspace, |session| &session.rfm);
    let state = workspace.read(|session| session.rfm.state());
    let is_there = Memo::new(move |_| report.with(Option::is_some));
    let segments = Signal::derive(move || {
        report.with(|report| {
            report
                .as_ref()
                .map(|report| report.segments.clone())
                .unwrap_or_default()
        })
    });
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| report.as_ref().map(|report| words.overview_finding(report)))
        });
        view! {
            <ViewSection view=View::Overview state finding problem>
                <GapNote />
                <ToComeNote />
                <TotalsNote />
                <KeyNumbers report />
                <Show when=move || is_there.get()>
                    <section class="block" aria-labelledby="overview-segments">
                        <h3 id="overview-segments">{words.overview_segments()}</h3>
                        <ChartFigure chart=bars(segments) segmentation=SegmentationId::Rfm />
                        <NextSteps report />
                        <SegmentTable
                            segmentation=SegmentationId::Rfm
                            caption=words.overview_segments_caption()
                            segments
                        />
                    </section>
                </Show>
                <Downloads />
            </ViewSection>
        }
        .into_any()
    }
}

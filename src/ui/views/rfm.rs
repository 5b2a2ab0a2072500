//! Recency, frequency, monetary: scores, cut points, segments, and everything about them that can be changed.

mod cut_points;
mod grid;
mod map_findings;
mod map_rule;
mod scores;
mod segment_map;
mod sensitive;

use std::sync::Arc;

use self::cut_points::CutPointEditor;
use self::grid::Grid;
use self::segment_map::SegmentMapEditor;
use self::sensitive::Sensitive;
use super::pictures::{bars, picture};
use super::slices;
use crate::analysis::SegmentationId;
use crate::analysis::profile::SegmentProfile;
use crate::analysis::rfm::Report;
use crate::charts::OwnedChart;
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, Explained, Later, SegmentTable, ViewSection};

/// The RFM view.
#[component]
pub fn Rfm() -> impl IntoView {
    let workspace = Workspace::expect();
    let report = slices::rfm_report(workspace);
    let engine_problem = slices::problem(workspace, |session| &session.rfm);
    let state = workspace.read(|session| session.rfm.state());
    let has_history = workspace.read(|session| {
        session
            .imported
            .as_ref()
            .is_none_or(|file| file.has_history)
    });
    move || {
        let words = workspace.words();
        let finding =
            Signal::derive(move || report.with(|report| words.rfm_finding(report.as_ref()?)));
        let problem = Signal::derive(move || match has_history.get() {
            true => engine_problem.get(),
            false => Some(words.rfm_needs_history().to_owned()),
        });
        view! {
            <ViewSection view=View::Rfm state finding problem>
                {move || has_history.get().then(|| content(words, report))}
            </ViewSection>
        }
        .into_any()
    }
}

fn content(words: Words, report: Memo<Option<Arc<Report>>>) -> AnyView {
    let is_there = Memo::new(move |_| report.with(Option::is_some));
    let segments = Signal::derive(move || {
        report.with(|report| {
            report
                .as_ref()
                .map(|report| report.segments.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Grid report />
        <Later>
            <CutPointEditor report />
        </Later>
        <Later>{segments_block(words, report, is_there, segments)}</Later>
        <Later><Sensitive report /></Later>
        <Later>
            <section class="block" aria-labelledby="rfm-points">
                <h3 id="rfm-points">{words.rfm_points()}</h3>
                <Show when=move || is_there.get()>
                    <ChartFigure chart=picture(report, OwnedChart::RfmScatter) segmentation=SegmentationId::Rfm />
                </Show>
            </section>
        </Later>
    }
    .into_any()
}

fn segments_block(
    words: Words,
    report: Memo<Option<Arc<Report>>>,
    is_there: Memo<bool>,
    segments: Signal<Vec<SegmentProfile>>,
) -> AnyView {
    view! {
        <section class="block" aria-labelledby="rfm-segments">
            <h3 id="rfm-segments">{words.rfm_segments()}</h3>
            <Show when=move || is_there.get()>
                <ChartFigure chart=bars(segments) segmentation=SegmentationId::Rfm />
                <SegmentTable
                    segmentation=SegmentationId::Rfm
                    caption=words.rfm_segments_caption()
                    segments
                />
            </Show>
            <Explained text=words.rfm_segments_how() />
            <SegmentMapEditor report />
        </section>
    }
    .into_any()
}

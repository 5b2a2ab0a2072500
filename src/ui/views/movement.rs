//! One segmentation on two dates: who moved where, what it brought, and whether the segmentation still holds.

mod settings;
mod tables;

use super::pictures::bars;
use super::slices;
use crate::analysis::SegmentationId;
use crate::analysis::movement::Report;
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, Explained, SegmentTable, ViewSection};

/// The view of the moves.
#[component]
pub fn Movement() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.movement.state());
    let problem = slices::problem(workspace, |session| &session.movement);
    let report = workspace.read(|session| session.movement.value().cloned());
    let segments = workspace.read(|session| session.segments_of(SegmentationId::Movement).to_vec());
    let segments = Signal::derive(move || segments.get());
    let is_there = Memo::new(move |_| report.with(Option::is_some));
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| Some(words.movement_finding(report.as_ref()?)))
        });
        view! {
            <ViewSection view=View::Movement state finding problem>
                {settings::choices(workspace, words)}
                {move || report.with(|report| Some(matrix(words, report.as_ref()?)))}
                <Show when=move || is_there.get()>
                    <section class="block" aria-label=words.movement_moves()>
                        <h3>{words.movement_moves()}</h3>
                        <ChartFigure chart=bars(segments) segmentation=SegmentationId::Movement />
                        <SegmentTable
                            segmentation=SegmentationId::Movement
                            caption=words.movement_moves()
                            segments
                        />
                    </section>
                </Show>
                {move || report.with(|report| Some(readings(words, report.as_ref()?)))}
                <Explained text=words.movement_how() />
            </ViewSection>
        }
        .into_any()
    }
}

fn matrix(words: Words, report: &Report) -> AnyView {
    view! {
        <section class="block" aria-label=words.movement_matrix()>
            <h3>{words.movement_matrix()}</h3>
            <p data-testid="movement-why">{words.movement_why(report)}</p>
            {tables::matrix(words, report)}
        </section>
    }
    .into_any()
}

fn readings(words: Words, report: &Report) -> AnyView {
    view! {
        <section class="block" aria-label=words.movement_bridge()>
            <h3>{words.movement_bridge()}</h3>
            <p class="hint">{words.movement_bridge_hint()}</p>
            {tables::bridge(words, report)}
        </section>
        <section class="block" aria-label=words.movement_drift()>
            <h3>{words.movement_drift()}</h3>
            <p data-testid="movement-verdict">{words.movement_verdict(report.verdict())}</p>
            {tables::drift(words, report)}
        </section>
        <section class="block" aria-label=words.movement_after()>
            <h3>{words.movement_after()}</h3>
            <p data-testid="movement-foresight">{words.movement_foresight(&report.foresight)}</p>
            {tables::realised(words, report)}
        </section>
    }
    .into_any()
}

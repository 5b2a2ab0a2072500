//! One segmentation on two dates: who moved where, what it brought, and whether the segmentation still holds.
//!
//! Every number of customers leads to their list. Long tables are folded, so that a phone shows sentences first.

mod settings;
mod tables;

use std::sync::Arc;

use super::pictures::{bars, picture};
use super::slices;
use crate::analysis::SegmentationId;
use crate::analysis::movement::Report;
use crate::charts::OwnedChart;
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, Explained, SegmentTable, ViewSection};

/// How many of the moves are shown before all are asked for.
const FIRST_MOVES: usize = 8;

/// The view of the moves.
#[component]
pub fn Movement() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.movement.state());
    let problem = slices::problem(workspace, |session| &session.movement);
    let report = workspace.read(|session| session.movement.value().cloned().map(Arc::new));
    let is_there = Memo::new(move |_| report.with(Option::is_some));
    let id = SegmentationId::Movement;
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| Some(words.movement_finding(report.as_ref()?)))
        });
        view! {
            <ViewSection view=View::Movement state finding problem>
                {settings::choices(workspace, words)}
                <Show when=move || is_there.get()>
                    <section class="block" aria-label=words.movement_matrix()>
                        <h3>{words.movement_matrix()}</h3>
                        {move || report.with(|report| Some(why(words, report.as_ref()?)))}
                        <ChartFigure chart=picture(report, OwnedChart::Moves) segmentation=id />
                        {move || {
                            report.with(|report| Some(tables::matrix(workspace, words, report.as_ref()?)))
                        }}
                    </section>
                    {largest(workspace, words)}
                </Show>
                {move || report.with(|report| Some(readings(words, report.as_ref()?)))}
                <Explained text=words.movement_how() />
            </ViewSection>
        }
        .into_any()
    }
}

fn why(words: Words, report: &Report) -> AnyView {
    let agreement = words.movement_agreement(report);
    let agreement = agreement
        .map(|told| view! { <p class="remark" data-testid="movement-agreement">{told}</p> });
    let project = words.movement_project(report).map(|told| {
        let of = |&one| view! { <li>{words.movement_difference(one)}</li> };
        view! {
            <div data-testid="movement-project">
                <p class="remark">{told}</p>
                <ul>{report.differences.iter().map(of).collect_view()}</ul>
            </div>
        }
    });
    let lacking = report.lacking.as_ref().map(|lacking| {
        let told = words.lacks_some_of_past(lacking);
        view! { <p class="problem" data-testid="movement-lacking">{told}</p> }
    });
    let end = words.movement_end(report);
    let end = end.map(|end| view! { <p class="remark" data-testid="movement-end">{end}</p> });
    view! {
        {lacking}
        <p data-testid="movement-why">{words.movement_why(report)}</p>
        {agreement}
        {project}
        {end}
    }
    .into_any()
}

/// The moves that most customers made: the first few, or all.
fn largest(workspace: Workspace, words: Words) -> AnyView {
    let all = workspace.read(|session| session.segments_of(SegmentationId::Movement).to_vec());
    let shows_all = RwSignal::new(false);
    let segments = Signal::derive(move || {
        let mut segments = all.get();
        if !shows_all.get() {
            segments.truncate(FIRST_MOVES);
        }
        segments
    });
    let n_all = move || all.with(Vec::len);
    let toggle = move || match shows_all.get() {
        true => words.movement_fewer().to_owned(),
        false => words.movement_all(n_all() as u64),
    };
    view! {
        <section class="block" aria-label=words.movement_moves()>
            <h3>{words.movement_moves()}</h3>
            <ChartFigure chart=bars(segments) segmentation=SegmentationId::Movement />
            <SegmentTable
                segmentation=SegmentationId::Movement
                caption=words.movement_moves()
                segments
            />
            <Show when=move || { n_all() > FIRST_MOVES }>
                <button
                    type="button"
                    class="quiet"
                    data-testid="movement-all"
                    on:click=move |_| shows_all.update(|shows| *shows = !*shows)
                >
                    {toggle}
                </button>
            </Show>
        </section>
    }
    .into_any()
}

fn folded(summary: &'static str, content: AnyView) -> AnyView {
    view! {
        <details class="folded">
            <summary>{summary}</summary>
            {content}
        </details>
    }
    .into_any()
}

fn readings(words: Words, report: &Report) -> AnyView {
    let verdict = words.movement_verdict(report.verdict(), report.is_only_recency());
    let drift = view! {
        <p class="hint">{words.movement_psi_hint()}</p>
        <p class="hint">{words.movement_ks_hint()}</p>
        {tables::drift(words, report)}
    };
    let after = view! {
        {tables::rankings(words, report)}
        {tables::realised(words, report)}
    };
    view! {
        <section class="block" aria-label=words.movement_sides()>
            <h3>{words.movement_sides()}</h3>
            {tables::sides(words, report)}
            {folded(words.movement_shares_table(), tables::shares(words, report))}
        </section>
        <section class="block" aria-label=words.movement_bridge()>
            <h3>{words.movement_bridge()}</h3>
            <p class="hint">{words.movement_bridge_hint()}</p>
            {folded(words.movement_bridge_table(), tables::bridge(words, report))}
        </section>
        <section class="block" aria-label=words.movement_drift()>
            <h3>{words.movement_drift()}</h3>
            <p data-testid="movement-verdict">{verdict}</p>
            {folded(words.movement_drift_table(), drift.into_any())}
        </section>
        <section class="block" aria-label=words.movement_after()>
            <h3>{words.movement_after()}</h3>
            <p data-testid="movement-foresight">{words.movement_foresight(report)}</p>
            {folded(words.movement_after_table(), after.into_any())}
        </section>
    }
    .into_any()
}

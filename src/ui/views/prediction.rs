//! What comes: what is predicted and from what, how the test went, what the model says, and everybody by tenths.

mod settings;
mod tables;

use std::sync::Arc;

use crate::analysis::prediction::Report;
use crate::analysis::{AnalysisError, SegmentationId};
use crate::charts::OwnedChart;
use crate::session::{Event, Slot, View};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, Explained, SegmentTable, ViewSection};
use crate::ui::route;
use crate::ui::views::pictures::picture;
use crate::ui::views::slices;

/// The view of the prediction.
#[component]
pub fn Prediction() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.prediction.state());
    let problem = slices::problem(workspace, |session| &session.prediction);
    let report = workspace.read(|session| session.prediction.value().cloned().map(Arc::new));
    let segments =
        workspace.read(|session| session.segments_of(SegmentationId::Prediction).to_vec());
    let segments = Signal::derive(move || segments.get());
    let is_there = Memo::new(move |_| report.with(Option::is_some));
    let days = workspace.read(|session| match &session.prediction {
        Slot::Failed(AnalysisError::Prediction(refusal)) => refusal.days,
        _ => None,
    });
    let id = SegmentationId::Prediction;
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| Some(words.prediction_finding(report.as_ref()?)))
        });
        view! {
            <ViewSection view=View::Prediction state finding problem>
                {move || days.get().map(|days| way_out(workspace, words, days))}
                {move || report.with(|report| Some(people(workspace, words, report.as_ref()?)))}
                <div class="block beside">
                    <div>
                        {move || report.with(|report| Some(content(workspace, words, report.as_ref()?)))}
                        <Show when=move || is_there.get()>
                            <ChartFigure chart=picture(report, OwnedChart::PredictionGain) segmentation=id />
                        </Show>
                        <Explained text=words.prediction_how() />
                    </div>
                    {settings::settings(workspace, words)}
                </div>
                <Show when=move || is_there.get()>
                    <div class="block">
                        <ChartFigure chart=picture(report, OwnedChart::PredictionCalibration) segmentation=id />
                    </div>
                    <div class="block">
                        <ChartFigure chart=picture(report, OwnedChart::PredictionWeights) segmentation=id />
                    </div>
                    {move || report.with(|report| Some(tables::model(words, report.as_ref()?)))}
                    <section class="block" aria-label=words.prediction_tenths()>
                        <SegmentTable
                            segmentation=id
                            caption=words.prediction_tenths()
                            segments
                        />
                    </section>
                </Show>
            </ViewSection>
        }
        .into_any()
    }
}

/// Days ahead that would not be refused.
fn way_out(workspace: Workspace, words: Words, days: u32) -> AnyView {
    let set = move |_| workspace.change_settings(|settings| settings.prediction.days = days);
    view! {
        <p class="actions">
            <button type="button" class="button is-primary" data-testid="prediction-use-days" on:click=set>
                {words.prediction_use_days(days)}
            </button>
        </p>
    }
    .into_any()
}

/// Who and how many, the way to their list, and the simple model where it does as well.
fn people(workspace: Workspace, words: Words, report: &Report) -> AnyView {
    let id = (SegmentationId::Prediction, 0);
    let select = move |_| workspace.send(Event::SegmentSelected(Some(id)));
    let simplify = move |_| workspace.change_settings(|settings| settings.prediction.simplify());
    let people = words.prediction_people(report);
    let people = people.map(|text| view! { <p data-testid="prediction-people">{text}</p> });
    let list = report.is_better().then(|| {
        view! {
            <a href=route::hash_of(View::Customers) data-testid="prediction-list" on:click=select>
                {words.prediction_see_top()}
            </a>
        }
    });
    let simple = report.suggests_naive().then(|| {
        view! {
            <button type="button" class="button" data-testid="prediction-simple" on:click=simplify>
                {words.prediction_use_naive()}
            </button>
        }
    });
    view! {
        <section class="block" aria-label=words.prediction_who()>
            <h3>{words.prediction_who()}</h3>
            {people}
            <p class="actions">{list} {simple}</p>
        </section>
    }
    .into_any()
}

/// What the test says, and what is worth knowing about it.
fn content(workspace: Workspace, words: Words, report: &Report) -> AnyView {
    let notes: Vec<AnyView> = (report.notes.iter())
        .map(|note| view! { <li>{words.prediction_note(note)}</li> }.into_any())
        .collect();
    let notes = (!notes.is_empty()).then(|| {
        view! {
            <div data-testid="prediction-notes">
                <h3>{words.prediction_notes()}</h3>
                <ul>{notes}</ul>
            </div>
        }
    });
    let profit = words.prediction_profit(report);
    let turn = report.negative.clone().map(|negative| {
        let text = words.prediction_turn(&negative);
        let turn = move |_| {
            workspace.change_settings(|settings| settings.prediction.positive = negative.clone());
        };
        view! {
            <button type="button" class="quiet" data-testid="prediction-turn" on:click=turn>
                {text}
            </button>
        }
    });
    view! {
        <p class="hint">{words.prediction_basis(report)}</p>
        {turn}
        {tables::metrics(words, report)}
        <p class="hint">{words.prediction_folds(report)} " " {words.prediction_areas(report)}</p>
        {tables::confusion(words, report)}
        {profit.map(|text| view! { <p class="remark" data-testid="prediction-profit">{text}</p> })}
        {notes}
    }
    .into_any()
}

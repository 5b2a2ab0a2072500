//! Two segmentations against each other: how far they agree, and who is seen differently.

use super::linked::linked;
use crate::analysis::compare::Comparison;
use crate::analysis::customers::Filter;
use crate::analysis::{Label, SegmentationId};
use crate::export::What;
use crate::session::{Event, Slot, View};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DownloadButton, Explained, ViewSection};

/// The comparison.
#[component]
pub fn Compare() -> impl IntoView {
    let workspace = Workspace::expect();
    let comparison = workspace.read(|session| session.comparison.value().cloned());
    let state = workspace.read(|session| session.comparison.state());
    let has_failed = workspace.read(|session| matches!(session.comparison, Slot::Failed(())));
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            comparison.with(|comparison| Some(words.compare_finding(comparison.as_ref()?)))
        });
        let problem = Signal::derive(move || {
            has_failed
                .get()
                .then(|| words.compare_not_computed().to_owned())
        });
        view! {
            <ViewSection view=View::Compare state finding problem>
                {choices(workspace, words)}
                {move || {
                    comparison
                        .with(|comparison| Some(content(workspace, words, comparison.as_ref()?)))
                }}
                <Explained text=words.compare_how() />
            </ViewSection>
        }
        .into_any()
    }
}

/// Which two are compared.
fn choices(workspace: Workspace, words: Words) -> AnyView {
    let compared = workspace.read(|session| session.settings.compare);
    view! {
        <div class="block list-tools">
            {choice(
                ("compare-first", words.compare_rows()),
                move || (compared.get().first, compared.get().second),
                move |id| workspace.change_settings(|settings| settings.compare.first = id),
            )}
            {choice(
                ("compare-second", words.compare_columns()),
                move || (compared.get().second, compared.get().first),
                move |id| workspace.change_settings(|settings| settings.compare.second = id),
            )}
        </div>
    }
    .into_any()
}

/// One of the two; the other one cannot be chosen again.
fn choice(
    (id, label): (&'static str, &'static str),
    chosen: impl Fn() -> (SegmentationId, SegmentationId) + Copy + 'static,
    choose: impl Fn(SegmentationId) + 'static,
) -> AnyView {
    let words = Workspace::expect().words_now();
    let change = move |key: String| {
        let mut all = SegmentationId::ALL.into_iter();
        if let Some(id) = all.find(|id| id.key() == key) {
            choose(id);
        }
    };
    let option = move |id: SegmentationId| {
        view! {
            <option
                value=id.key()
                prop:selected=move || chosen().0 == id
                prop:disabled=move || chosen().1 == id
            >
                {words.segmentation(id)}
            </option>
        }
    };
    view! {
        <div class="field inline">
            <label for=id>{label}</label>
            <select id=id data-testid=id on:change=move |event| change(event_target_value(&event))>
                {SegmentationId::ALL.map(option)}
            </select>
        </div>
    }
    .into_any()
}

/// So many groups who are seen differently are said in words.
const MOST_SAID: usize = 5;

fn content(workspace: Workspace, words: Words, comparison: &Comparison) -> AnyView {
    let exceptions = comparison.differ.iter().take(MOST_SAID);
    let item = |exception| view! { <li>{words.compare_exception(comparison, exception)}</li> };
    let differ = if comparison.differ.is_empty() {
        view! { <p>{words.compare_nobody_differs()}</p> }.into_any()
    } else {
        view! {
            <p class="hint">{words.compare_differ_hint()}</p>
            <ul class="exceptions">{exceptions.map(item).collect_view()}</ul>
        }
        .into_any()
    };
    view! {
        <div class="block">
            <h3>{words.compare_table()}</h3>
            {cross_table(workspace, words, comparison)}
            <div class="actions">
                <DownloadButton what=What::Comparison key="compare" name=words.download_report() />
            </div>
        </div>
        <section class="block" aria-labelledby="compare-differ">
            <h3 id="compare-differ">{words.compare_differ()}</h3>
            {differ}
        </section>
    }
    .into_any()
}

fn cross_table(workspace: Workspace, words: Words, comparison: &Comparison) -> AnyView {
    let head = |(place, label): (usize, &Label)| {
        let id = (comparison.of.second, place as u16);
        view! {
            <th scope="col" class="number">{select_button(workspace, words, label, id)}</th>
        }
    };
    let row = |(place, label): (usize, &Label)| {
        let id = (comparison.of.first, place as u16);
        let counts = comparison.row(place);
        let total: u64 = counts.iter().sum();
        let cell = |(at, &count): (usize, &u64)| {
            let segments = vec![id, (comparison.of.second, at as u16)];
            let whom = Filter {
                segments,
                ..Filter::default()
            };
            let name = words.compare_link(comparison, (place, at));
            let id = format!("compare-{place}-{at}");
            linked(workspace, words, id, (whom, name), (count, total))
        };
        view! {
            <tr>
                <th scope="row">{select_button(workspace, words, label, id)}</th>
                {counts.iter().enumerate().map(cell).collect_view()}
                <td class="number total">{words.count(total)}</td>
            </tr>
        }
    };
    let columns = comparison.columns.iter().enumerate();
    let rows = comparison.rows.iter().enumerate();
    view! {
        <div class="table-scroll" role="group" tabindex="0" aria-label=words.compare_table()>
            <table class="cross-table">
                <caption>{words.compare_caption()}</caption>
                <thead>
                    <tr>
                        <td></td>
                        {columns.map(head).collect_view()}
                        <th scope="col" class="number">{words.compare_total()}</th>
                    </tr>
                </thead>
                <tbody>{rows.map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn select_button(
    workspace: Workspace,
    words: Words,
    label: &Label,
    id: (SegmentationId, u16),
) -> AnyView {
    let is_selected = workspace.read(move |session| session.selected == Some(id));
    let is_pressed = move || if is_selected.get() { "true" } else { "false" };
    let toggle = move |_| {
        let next = (!is_selected.get_untracked()).then_some(id);
        workspace.send(Event::SegmentSelected(next));
    };
    view! {
        <button type="button" class="segment-name" aria-pressed=is_pressed on:click=toggle>
            {words.label(label)}
        </button>
    }
    .into_any()
}

//! Words as features: which column they are from, how many, and which ones stand out in each cluster.

use std::sync::Arc;

use web_sys::HtmlInputElement;

use crate::analysis::SegmentationId;
use crate::analysis::clusters::{MOST_WORDS, Params, Report, Words as Chosen};
use crate::session::Session;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{Explained, NumberField};
use crate::ui::views::slices;

/// The columns whose words can be features: those of rows, then those of customers.
fn columns(session: &Session) -> Vec<String> {
    let Some(file) = session.imported.as_ref() else {
        return Vec::new();
    };
    let mut names = file.first_columns.clone();
    for name in &file.columns {
        if !file.numeric_columns.contains(name) && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The choice of a column; with one, how many words and of how many customers.
pub(super) fn settings(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let columns = workspace.read(columns);
    let column = Memo::new(move |_| params.with(|params| params.words.column.clone()));
    let set = move |edit: &dyn Fn(&mut Chosen)| {
        workspace.change_settings(|settings| edit(&mut settings.clusters.words));
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        set(&|own| own.column.clone_from(&value));
    };
    let option = move |(name, label): (String, String)| {
        let own = name.clone();
        let is_chosen = move || column.with(|column| *column == own);
        view! { <option value=name prop:selected=is_chosen>{label}</option> }
    };
    let options = move || {
        let none = (String::new(), words.clusters_words_none().to_owned());
        let columns = columns.get().into_iter();
        let columns = columns.map(|name| (name.clone(), words.column_name(&name)));
        std::iter::once(none)
            .chain(columns)
            .map(option)
            .collect_view()
    };
    let problem = slices::field_problem(workspace, |session| &session.clusters, "words");
    let problem = move || {
        let problem = problem.get();
        problem.map(|text| view! { <p class="field-problem" role="alert">{text}</p> })
    };
    view! {
        <div class="field">
            <label for="words">{words.clusters_words_column()}</label>
            <select id="words" data-testid="words" on:change=choose>{options}</select>
            {problem}
        </div>
        <p class="hint">{words.clusters_words_hint()}</p>
        <Show when=move || column.with(|column| !column.is_empty())>
            {counts(workspace, words, params)}
        </Show>
    }
    .into_any()
}

/// How many words, of how many customers, and whether nothing else counts.
fn counts(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let problem = move |field| slices::field_problem(workspace, |session| &session.clusters, field);
    let change = move |edit: fn(&mut Chosen, u64)| {
        Callback::new(move |value| {
            workspace.change_settings(|settings| edit(&mut settings.clusters.words, value));
        })
    };
    let value = move |slice: fn(&Chosen) -> usize| {
        Signal::derive(move || params.with(|params| slice(&params.words) as u64))
    };
    let toggle = move |event| {
        let input: HtmlInputElement = event_target(&event);
        let is_on = input.checked();
        workspace.change_settings(|settings| settings.clusters.words.alone = is_on);
    };
    view! {
        <NumberField
            field="min_customers"
            label=words.clusters_min_customers()
            hint=""
            value=value(|own| own.min_customers)
            bounds=(1, 1_000_000)
            problem=problem("min_customers")
            on_commit=change(|own, n| own.min_customers = n as usize)
        />
        <NumberField
            field="max_words"
            label=words.clusters_max_words()
            hint=""
            value=value(|own| own.max_words)
            bounds=(1, MOST_WORDS as u64)
            problem=problem("max_words")
            on_commit=change(|own, n| own.max_words = n as usize)
        />
        <label>
            <input
                type="checkbox"
                data-testid="words-alone"
                prop:checked=move || params.with(|params| params.words.alone)
                on:change=toggle
            />
            <span>{words.clusters_words_alone()}</span>
        </label>
    }
    .into_any()
}

/// The words of each cluster; nothing where no words are features.
pub(super) fn told(words: Words, report: Memo<Option<Arc<Report>>>) -> Option<AnyView> {
    let report = report.get()?;
    let found = report.words.as_ref()?;
    let rows = report.segments.iter().zip(&found.clusters);
    let rows = rows.map(|(profile, own)| {
        view! {
            <tr>
                <th scope="row">{words.label(&profile.label)}</th>
                <td>{words.clusters_words_told(found, own)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <h3 id="clusters-words">{words.clusters_words()}</h3>
            <p class="answer">{words.clusters_words_found(found)}</p>
            <div class="table-scroll" role="group" tabindex="0" aria-labelledby="clusters-words" data-testid="clusters-words">
                <table>
                    <caption>{words.clusters_words_caption()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words.segment_of(SegmentationId::Clusters)}</th>
                            <th scope="col">{words.clusters_words_of()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Explained text=words.clusters_words_how() />
        }
        .into_any(),
    )
}

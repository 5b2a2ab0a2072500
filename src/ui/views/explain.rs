//! Any segmentation as rules in words, which can be taken over as a person's own.

use crate::analysis::SegmentationId;
use crate::analysis::explain::{Leaf, Report};
use crate::session::View;
use crate::text::Words;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{Explained, NumberField, Swatch, UndoButton, ViewSection};
use crate::ui::views::slices;
use crate::ui::{Workspace, route};

/// The view of the explanation.
#[component]
pub fn Explain() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.explain.state());
    let problem = slices::problem(workspace, |session| &session.explain);
    let report = workspace.read(|session| session.explain.value().cloned());
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| Some(words.explain_finding(report.as_ref()?)))
        });
        view! {
            <ViewSection view=View::Explain state finding problem>
                {choices(workspace, words)}
                {move || report.with(|report| Some(content(workspace, words, report.as_ref()?)))}
                <Explained text=words.explain_how() />
            </ViewSection>
        }
        .into_any()
    }
}

fn choices(workspace: Workspace, words: Words) -> AnyView {
    let params = workspace.read(|session| session.settings.explain.clone());
    let choose = move |key: String| {
        let mut all = SegmentationId::ALL.into_iter();
        if let Some(id) = all.find(|id| id.key() == key) {
            workspace.change_settings(|settings| settings.explain.of = id);
        }
    };
    let option = move |id: SegmentationId| {
        let is_chosen = move || params.with(|params| params.of == id);
        view! {
            <option value=id.key() prop:selected=is_chosen>{words.segmentation(id)}</option>
        }
    };
    let depth = Signal::derive(move || params.with(|params| params.depth as u64));
    let set_depth = Callback::new(move |depth: u64| {
        workspace.change_settings(|settings| settings.explain.depth = depth as usize);
    });
    let problem = slices::field_problem(workspace, |session| &session.explain, "depth");
    view! {
        <div class="block list-tools">
            <div class="field">
                <label for="explain-of">{words.explain_of()}</label>
                <select
                    id="explain-of"
                    data-testid="explain-of"
                    on:change=move |event| choose(event_target_value(&event))
                >
                    {SegmentationId::ALL.map(option)}
                </select>
            </div>
            <NumberField
                field="depth"
                label=words.explain_depth()
                hint=""
                value=depth
                bounds=(1, 5)
                problem
                on_commit=set_depth
            />
        </div>
    }
    .into_any()
}

fn content(workspace: Workspace, words: Words, report: &Report) -> AnyView {
    let rules = report.rules(|label| words.label(label));
    let take = move |_| {
        workspace.change_settings(|settings| settings.rules.rules = rules.clone());
        // Without the address the rules are one press away.
        let _ = window().location().set_hash(&route::hash_of(View::Rules));
    };
    view! {
        <section class="block" aria-label=words.explain_caption()>
            {words.explain_caveat(report).map(|text| view! { <p class="remark">{text}</p> })}
            <div class="table-scroll" role="group" tabindex="0" aria-label=words.explain_caption()>
                <table>
                    <caption>{words.explain_caption()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words.segment_of(report.params.of)}</th>
                            <th scope="col">{words.explain_rule()}</th>
                            <th scope="col" class="number">{words.explain_covers()}</th>
                            <th scope="col" class="number">{words.explain_right()}</th>
                        </tr>
                    </thead>
                    <tbody>{report.leaves.iter().map(|leaf| row(words, leaf)).collect_view()}</tbody>
                </table>
            </div>
            <p class="hint" data-testid="coverage">{words.explain_coverage(report)}</p>
            <p class="actions">
                <button type="button" class="button" data-testid="take-rules" on:click=take>
                    {words.explain_take()}
                </button>
                <span class="hint">{words.explain_replaces()}</span>
                <UndoButton />
            </p>
        </section>
    }
    .into_any()
}

fn row(words: Words, leaf: &Leaf) -> AnyView {
    view! {
        <tr>
            <th scope="row">
                <Swatch label=&leaf.label place=leaf.segment />
                {words.label(&leaf.label)}
            </th>
            <td>{words.rule_sentence(&leaf.when)}</td>
            <td class="number">{words.count(leaf.n_customers)}</td>
            <td class="number">{words.explain_precision(leaf)}</td>
        </tr>
    }
    .into_any()
}

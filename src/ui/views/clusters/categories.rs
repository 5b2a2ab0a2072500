//! Categories as features: how each column of texts counts, and which levels stand out in each cluster.

use std::sync::Arc;

use crate::analysis::SegmentationId;
use crate::analysis::clusters::{Coding, Params, Report};
use crate::session::Session;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::Explained;
use crate::ui::views::choice::place_of;
use crate::ui::views::slices;

/// Columns with few texts, and whatever counts as one by a project.
pub(super) fn columns(session: &Session) -> Vec<String> {
    let file = session.imported.as_ref();
    let mut names = file
        .map(|file| file.text_columns.clone())
        .unwrap_or_default();
    for name in session.settings.clusters.categories.keys() {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// A choice for each column with few texts; nothing where there is none.
pub(super) fn settings(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let columns = workspace.read(columns);
    let problem = slices::field_problem(workspace, |session| &session.clusters, "categories");
    let problem = move || {
        let problem = problem.get();
        problem.map(|text| view! { <p class="field-problem" role="alert">{text}</p> })
    };
    let is_open = params.with_untracked(|params| !params.categories.is_empty());
    let field = move |name: String| choice(workspace, words, params, name);
    view! {
        <Show when=move || columns.with(|columns| !columns.is_empty())>
            <details class="weights" data-testid="categories" open=is_open>
                <summary>{words.clusters_categories()}</summary>
                <p class="hint">{words.clusters_categories_hint()}</p>
                {move || columns.get().into_iter().map(field).collect_view()}
                {problem}
            </details>
        </Show>
    }
    .into_any()
}

/// How one column counts. One that does not any more is a feature only where the method takes texts.
fn choice(workspace: Workspace, words: Words, params: Memo<Params>, name: String) -> AnyView {
    let label = words.column_name(&name);
    let own = name.clone();
    let place = Memo::new(move |_| {
        let coding = params.with(|params| params.categories.get(&own).copied());
        coding.map_or(0, |coding| 1 + place_of(&Coding::ALL, &coding))
    });
    let change = move |event| {
        let chosen = event_target_value(&event);
        let chosen = Coding::ALL
            .iter()
            .find(|&&coding| chosen == words.coding(coding));
        workspace.change_settings(|settings| {
            let params = &mut settings.clusters;
            let before = match chosen {
                Some(&coding) => params.categories.insert(name.clone(), coding),
                None => params.categories.remove(&name),
            };
            if chosen.is_none() && before.is_some() && !params.method.takes_texts() {
                params.features.retain(|feature| *feature != name);
            }
        });
    };
    let names = std::iter::once(words.clusters_category_none())
        .chain(Coding::ALL.map(|coding| words.coding(coding)));
    let option = move |(own, label): (usize, &'static str)| {
        view! { <option value=label prop:selected=move || place.get() == own>{label}</option> }
    };
    view! {
        <label class="weight">
            <span>{label}</span>
            <select on:change=change>{names.enumerate().map(option).collect_view()}</select>
        </label>
    }
    .into_any()
}

/// What was used of the columns, and the levels of each cluster; nothing where no categories are features.
pub(super) fn told(words: Words, report: Memo<Option<Arc<Report>>>) -> Option<AnyView> {
    let report = report.get()?;
    let all = Some(&report.categories).filter(|all| !all.is_empty())?;
    let used = all.iter().map(|found| words.clusters_category_found(found));
    let used = used.collect::<Vec<_>>().join(" ");
    let rows = report.segments.iter().enumerate();
    let rows = rows.filter_map(|(cluster, profile)| {
        let told = all.iter().filter_map(|found| {
            let own = found.clusters.get(cluster)?;
            Some(words.clusters_levels_told(found, own))
        });
        let told = Some(told.collect::<Vec<_>>()).filter(|told| !told.is_empty())?;
        let row = view! {
            <tr>
                <th scope="row">{words.label(&profile.label)}</th>
                <td>{told.join("; ")}</td>
            </tr>
        };
        Some(row)
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <h3 id="clusters-levels">{words.clusters_levels()}</h3>
            <p class="answer">{used}</p>
            <div class="table-scroll" role="group" tabindex="0" aria-labelledby="clusters-levels" data-testid="clusters-levels">
                <table>
                    <caption>{words.clusters_levels_caption()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words.segment_of(SegmentationId::Clusters)}</th>
                            <th scope="col">{words.clusters_levels_of()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Explained text=words.clusters_levels_how() />
        }
        .into_any(),
    )
}

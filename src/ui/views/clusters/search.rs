//! What a genetic search may change and is judged by, and how much features count.

use web_sys::HtmlInputElement;

use crate::analysis::clusters::{Coding, Evolution, Found, Goal, Method, Params, Search};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::route::focus_heading;
use crate::ui::views::choice::{place_of, select};

/// One thing that the search may change.
#[derive(Clone, Copy)]
struct Change {
    key: &'static str,
    name: fn(Words) -> &'static str,
    of: fn(&mut Search) -> &mut bool,
}

const CHANGES: [Change; 3] = [
    Change {
        key: "search-features",
        name: Words::search_features,
        of: |search| &mut search.features,
    },
    Change {
        key: "search-weights",
        name: Words::search_weights,
        of: |search| &mut search.weights,
    },
    Change {
        key: "search-k",
        name: Words::search_k,
        of: |search| &mut search.k,
    },
];

/// The settings of the search.
pub(super) fn search(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let goal = Memo::new(move |_| params.with(|params| params.search.quality));
    let names = Goal::ALL.map(|goal| words.search_goal(goal));
    let choose = move |place: usize| {
        workspace.change_settings(|settings| settings.clusters.search.quality = Goal::ALL[place]);
    };
    let place = move || place_of(&Goal::ALL, &goal.get());
    let select = select(
        "search-quality",
        words.search_quality(),
        &names,
        choose,
        place,
    );
    let change = move |change: Change| {
        let is_on = move || {
            let mut search = params.with(|params| params.search);
            *(change.of)(&mut search)
        };
        let toggle = move |event| {
            let is_on = event_target_checked(&event);
            workspace
                .change_settings(|settings| *(change.of)(&mut settings.clusters.search) = is_on);
        };
        view! {
            <label>
                <input type="checkbox" data-testid=change.key prop:checked=is_on on:change=toggle />
                <span>{(change.name)(words)}</span>
            </label>
        }
    };
    view! {
        {select}
        <Show when=move || goal.get() != Goal::DistanceSum>
            <fieldset class="options">
                <legend>{words.search_changes()}</legend>
                {CHANGES.into_iter().map(change).collect_view()}
            </fieldset>
        </Show>
    }
    .into_any()
}

/// A factor for each feature in use.
pub(super) fn weights(workspace: Workspace, words: Words, chosen: Memo<Vec<String>>) -> AnyView {
    let weights = workspace.read(|session| session.settings.clusters.weights.clone());
    let field = move |name: String| {
        let (own, label) = (name.clone(), words.feature(&name));
        let value = move || weights.with(|all| all.get(&own).copied().unwrap_or(1.0).to_string());
        let commit = move |event| {
            let input: HtmlInputElement = event_target(&event);
            let weight = input.value_as_number();
            workspace.change_settings(|settings| {
                let all = &mut settings.clusters.weights;
                match weight {
                    weight if weight > 0.0 && weight.total_cmp(&1.0).is_ne() => {
                        all.insert(name.clone(), weight.clamp(0.01, 100.0));
                    }
                    _ => {
                        all.remove(&name);
                    }
                }
            });
        };
        view! {
            <label class="weight">
                <span>{label}</span>
                <input type="number" min="0.01" max="100" step="0.05" prop:value=value on:change=commit />
            </label>
        }
    };
    let is_open = weights.with_untracked(|weights| !weights.is_empty());
    view! {
        <details class="weights" data-testid="weights" open=is_open>
            <summary>{words.clusters_weights()}</summary>
            <p class="hint">{words.clusters_weights_hint()}</p>
            {move || chosen.get().into_iter().map(field).collect_view()}
        </details>
    }
    .into_any()
}

/// A press takes over what a search has found; `None` where nothing was searched that could be.
pub(super) fn take(workspace: Workspace, words: Words, found: &Found) -> Option<AnyView> {
    let Found::Genetic(evolution) = found else {
        return None;
    };
    let Evolution {
        goal, k, weights, ..
    } = evolution.clone();
    let take = move |_| {
        let weights = weights.clone();
        workspace.change_settings(|settings| {
            let params = &mut settings.clusters;
            params.method = Method::KMeans;
            params.k = k;
            params.features = weights.iter().map(|(name, _)| name.clone()).collect();
            // What is scaled like a number may have been left out; levels and words stay as they are.
            let found = &params.features;
            (params.categories)
                .retain(|name, coding| matches!(coding, Coding::OneHot) || found.contains(name));
            let levels = (params.categories.iter())
                .filter(|(_, coding)| matches!(coding, Coding::OneHot))
                .map(|(name, _)| name.clone());
            let levels: Vec<String> = levels.collect();
            let fixed = levels.iter().chain([&params.words.column]);
            let fixed: Vec<(String, f64)> = fixed
                .filter_map(|name| params.weights.remove_entry(name))
                .collect();
            params.features.extend(levels);
            params.weights = weights
                .into_iter()
                .chain(fixed)
                .filter(|(_, weight)| weight.total_cmp(&1.0).is_ne())
                .collect();
        });
        // The button goes with what it took over.
        request_animation_frame(focus_heading);
    };
    (goal != Goal::DistanceSum).then(|| {
        view! {
            <p>
                <button type="button" class="button" data-testid="take-search" on:click=take>
                    {words.search_take()}
                </button>
            </p>
            <p class="hint">{words.search_take_hint()}</p>
        }
        .into_any()
    })
}

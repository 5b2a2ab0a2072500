//! What clusters are made from: the method, their number, the features, scaling, restarts and the seed.

use super::categories;
use super::method::{method, min_size};
use super::search::weights;
use super::words;
use crate::analysis::clusters::{self, Params, usual};
use crate::analysis::{Missing, Outliers, Scaling};
use crate::session::Session;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{NumberField, UndoButton};
use crate::ui::views::choice::{checks, place_of, select};
use crate::ui::views::slices;

const SCALINGS: [Scaling; 6] = [
    Scaling::Log1pZ,
    Scaling::Z,
    Scaling::Robust,
    Scaling::MinMax,
    Scaling::Log1p,
    Scaling::None,
];
/// The engine makes no more.
const MOST_CLUSTERS: u64 = clusters::MOST_CLUSTERS as u64;
const MISSING: [Missing; 3] = [Missing::LeaveOut, Missing::Median, Missing::Zero];
const OUTLIERS: [Outliers; 3] = [Outliers::Keep, Outliers::Winsorise, Outliers::LeaveOut];

/// The settings of the clustering. Each change answers at once.
#[component]
pub fn ClusterSettings() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let params = workspace.read(|session| session.settings.clusters.clone());
    let change = move |edit: fn(&mut Params, u64)| {
        Callback::new(move |value| {
            workspace.change_settings(|settings| edit(&mut settings.clusters, value));
        })
    };
    let value = move |slice: fn(&Params) -> u64| Signal::derive(move || params.with(slice));
    let problem = move |field| slices::field_problem(workspace, |session| &session.clusters, field);
    view! {
        <div class="settings">
            <h4>{words.settings()}</h4>
            {method(workspace, words, params)}
            <Show when=move || params.with(Params::asks_for_k)>
                <NumberField
                    field="k"
                    label=words.clusters_k()
                    hint=""
                    value=value(|params| params.k as u64)
                    bounds=(2, MOST_CLUSTERS)
                    problem=problem("k")
                    on_commit=change(|params, k| params.k = k as usize)
                />
            </Show>
            {features(workspace, words, params)}
            {categories::settings(workspace, words, params)}
            {words::settings(workspace, words, params)}
            {scaling(workspace, words, params)}
            {missing(workspace, words, params)}
            {outliers(workspace, words, params)}
            <Show when=move || params.with(|params| params.method.has_restarts())>
                <NumberField
                    field="restarts"
                    label=words.clusters_restarts()
                    hint=words.clusters_restarts_hint()
                    value=value(|params| params.restarts as u64)
                    bounds=(1, 100)
                    problem=problem("restarts")
                    on_commit=change(|params, restarts| params.restarts = restarts as usize)
                />
            </Show>
            {min_size(workspace, words, params)}
            <NumberField
                field="seed"
                label=words.clusters_seed()
                hint=words.clusters_seed_hint()
                value=value(|params| params.seed)
                bounds=(0, 9_007_199_254_740_991)
                problem=problem("seed")
                on_commit=change(|params, seed| params.seed = seed)
            />
            <UndoButton />
        </div>
    }
    .into_any()
}

/// The features that there are.
fn available(session: &Session) -> Vec<String> {
    let Some(file) = session.imported.as_ref() else {
        return Vec::new();
    };
    let mut names = Vec::new();
    if file.has_history {
        names.extend(["recency".to_owned(), "frequency".to_owned()]);
    }
    if file.has_money {
        names.push("monetary".to_owned());
    }
    names.extend(file.numeric_columns.iter().cloned());
    let params = &session.settings.clusters;
    let counts =
        |name: &String| params.method.takes_texts() || params.categories.contains_key(name);
    names.extend(categories::columns(session).into_iter().filter(counts));
    names
}

fn features(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let available = workspace.read(available);
    // What nobody has chosen is shown as what will be taken.
    let chosen = Memo::new(move |_| {
        params.with(|params| {
            let is_coded = |name: &&String| params.categories.contains_key(*name);
            let mut chosen = match params.features.is_empty() {
                true => available.with(|available| {
                    let others = available.iter().filter(|name| !is_coded(name));
                    usual(&others.cloned().collect::<Vec<_>>())
                }),
                false => params.features.clone(),
            };
            let coded = params.categories.keys();
            let missing: Vec<String> = coded
                .filter(|name| !chosen.contains(name))
                .cloned()
                .collect();
            chosen.extend(missing);
            chosen
        })
    });
    let problem = slices::field_problem(workspace, |session| &session.clusters, "features");
    let change = Callback::new(move |features: Vec<String>| {
        workspace.change_settings(|settings| {
            let params = &mut settings.clusters;
            params.categories.retain(|name, _| features.contains(name));
            params.features = features;
        });
    });
    let legend = words.clusters_features();
    let checks = checks(words, legend, available, chosen, problem, change);
    // All words of a column count as much as one says.
    let weighed = Memo::new(move |_| {
        let own = params.with(|params| params.words.column.clone());
        let words = Some(own).filter(|own| !own.is_empty());
        chosen
            .get()
            .into_iter()
            .chain(words)
            .collect::<Vec<String>>()
    });
    let takes_weights = move || params.with(|params| !params.method.takes_texts());
    view! {
        {checks}
        <Show when=takes_weights>{weights(workspace, words, weighed)}</Show>
    }
    .into_any()
}

fn scaling(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let place = move |params: &Params| place_of(&SCALINGS, &params.scaling);
    let names = SCALINGS.map(|scaling| words.scaling(scaling));
    let choose = move |place: usize| {
        workspace.change_settings(|settings| settings.clusters.scaling = SCALINGS[place]);
    };
    let hint = move || params.with(|params| words.scaling_means(params.scaling));
    let select = select(
        "scaling",
        words.clusters_scaling(),
        &names,
        choose,
        move || params.with(place),
    );
    view! {
        {select}
        <p class="hint">{hint}</p>
    }
    .into_any()
}

fn missing(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let names = MISSING.map(|missing| words.missing(missing));
    let choose = move |place: usize| {
        workspace.change_settings(|settings| settings.clusters.missing = MISSING[place]);
    };
    select(
        "missing",
        words.clusters_missing(),
        &names,
        choose,
        move || params.with(|params| place_of(&MISSING, &params.missing)),
    )
}

fn outliers(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let names = OUTLIERS.map(|outliers| words.outliers(outliers));
    let choose = move |place: usize| {
        workspace.change_settings(|settings| settings.clusters.outliers = OUTLIERS[place]);
    };
    select(
        "outliers",
        words.clusters_outliers(),
        &names,
        choose,
        move || params.with(|params| place_of(&OUTLIERS, &params.outliers)),
    )
}

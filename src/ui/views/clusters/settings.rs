//! What clusters are made from: the method, their number, the features, scaling, restarts and the seed.

use web_sys::HtmlInputElement;

use super::method::{method, min_size};
use crate::analysis::clusters::{Params, usual};
use crate::analysis::{Missing, Outliers, Scaling};
use crate::session::Session;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{NumberField, UndoButton};
use crate::ui::views::slices;

const SCALINGS: [Scaling; 6] = [
    Scaling::Log1pZ,
    Scaling::Z,
    Scaling::Robust,
    Scaling::MinMax,
    Scaling::Log1p,
    Scaling::None,
];
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
            <Show when=move || params.with(|params| params.method.has_k())>
                <NumberField
                    field="k"
                    label=words.clusters_k()
                    hint=""
                    value=value(|params| params.k as u64)
                    bounds=(2, 10)
                    problem=problem("k")
                    on_commit=change(|params, k| params.k = k as usize)
                />
            </Show>
            {features(workspace, words, params)}
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
    if session.settings.clusters.method.takes_texts() {
        names.extend(file.text_columns.iter().cloned());
    }
    names
}

fn features(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let available = workspace.read(available);
    // What nobody has chosen is shown as what will be taken.
    let chosen = Memo::new(move |_| {
        let own = params.with(|params| params.features.clone());
        match own.is_empty() {
            true => available.with(|available| usual(available)),
            false => own,
        }
    });
    let needs_one = RwSignal::new(false);
    let engine_problem = slices::field_problem(workspace, |session| &session.clusters, "features");
    let problem = move || {
        let typed = needs_one
            .get()
            .then(|| words.clusters_features_need_one().to_owned());
        typed.or_else(|| engine_problem.get())
    };
    let option = move |feature: String| {
        let (own, label) = (feature.clone(), words.feature(&feature));
        let is_on = move || chosen.with(|chosen| chosen.contains(&own));
        let toggle = move |event: leptos::ev::Event| {
            let input: HtmlInputElement = event_target(&event);
            let chosen = chosen.get_untracked();
            let is_on = |other: &String| match *other == feature {
                true => input.checked(),
                false => chosen.contains(other),
            };
            let features = available.get_untracked().into_iter();
            let features: Vec<String> = features.filter(is_on).collect();
            needs_one.set(features.is_empty());
            if features.is_empty() {
                input.set_checked(true);
            } else {
                workspace.change_settings(|settings| settings.clusters.features = features);
            }
        };
        view! {
            <label>
                <input type="checkbox" prop:checked=is_on on:change=toggle />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="options">
            <legend>{words.clusters_features()}</legend>
            {move || available.get().into_iter().map(option).collect_view()}
            <p class="field-problem" role="alert">{problem}</p>
        </fieldset>
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

pub(super) fn place_of<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|other| other == one).unwrap_or(0)
}

/// A choice among a few names; `chosen` is the place of the one in use.
pub(super) fn select(
    id: &'static str,
    label: &'static str,
    names: &[&'static str],
    choose: impl Fn(usize) + 'static,
    chosen: impl Fn() -> usize + Copy + 'static,
) -> AnyView {
    let n_names = names.len();
    let change = move |event| {
        let place = event_target_value(&event).parse().ok();
        if let Some(place) = place.filter(|&place: &usize| place < n_names) {
            choose(place);
        }
    };
    let option = |(place, name): (usize, &&'static str)| {
        view! {
            <option value=place.to_string() prop:selected=move || chosen() == place>{*name}</option>
        }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id data-testid=id on:change=change>
                {names.iter().enumerate().map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

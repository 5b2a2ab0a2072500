//! Choices that settings of several views are made of: one of a few names, and several of many features.

use web_sys::HtmlInputElement;

use crate::text::Words;
use crate::ui::dom::prelude::*;

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
    select_unless(|| false, (id, label), names, choose, chosen)
}

/// The same, which nobody can change while something is so.
pub(super) fn select_unless(
    is_fixed: impl Fn() -> bool + 'static,
    (id, label): (&'static str, &'static str),
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
            <select id=id data-testid=id prop:disabled=is_fixed on:change=change>
                {names.iter().enumerate().map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// The options of a choice of columns; those that only name customers come last, under a heading of their own.
pub(super) fn parted(words: Words, options: Vec<(AnyView, bool)>) -> AnyView {
    let (last, first): (Vec<_>, Vec<_>) =
        options.into_iter().partition(|(_, is_naming)| *is_naming);
    let views = |options: Vec<(AnyView, bool)>| {
        let views = options.into_iter().map(|(option, _)| option);
        views.collect_view()
    };
    let last = (!last.is_empty()).then(|| {
        view! { <optgroup label=words.columns_that_name()>{views(last)}</optgroup> }
    });
    view! {
        {views(first)}
        {last}
    }
    .into_any()
}

/// Several of the features that there are, at least one.
pub(super) fn checks(
    words: Words,
    legend: &'static str,
    available: Memo<Vec<String>>,
    chosen: Memo<Vec<String>>,
    engine_problem: Memo<Option<String>>,
    change: Callback<Vec<String>>,
) -> AnyView {
    let needs_one = RwSignal::new(false);
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
                change.run(features);
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
            <legend>{legend}</legend>
            {move || available.get().into_iter().map(option).collect_view()}
            <p class="field-problem" role="alert">{problem}</p>
        </fieldset>
    }
    .into_any()
}

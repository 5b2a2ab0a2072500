//! How values become scores: the number of groups and the convention.

use crate::analysis::rfm::{Convention, Fourth, Monetary};
use web_sys::HtmlInputElement;

use crate::data::TableKind;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{Explained, NumberField, UndoButton};
use crate::ui::views::slices;

/// Settings of the scores. A change of either takes own cut points back to quantiles.
#[component]
pub fn ScoreSettings() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let params = workspace.read(|session| session.settings.rfm.clone());
    let groups = Signal::derive(move || params.with(|params| u64::from(params.groups)));
    let convention = Memo::new(move |_| params.with(|params| params.convention));
    let resets = move || params.with(|params| params.cuts.is_some() || params.map.is_some());
    let problem = slices::field_problem(workspace, |session| &session.rfm, "groups");
    let set_groups = Callback::new(move |groups: u64| {
        workspace.change_settings(|settings| {
            settings.rfm.groups = u8::try_from(groups).unwrap_or(settings.rfm.groups);
            settings.rfm.cuts = None;
            settings.rfm.map = None;
        });
    });
    let set_convention = move |convention| {
        workspace.change_settings(|settings| {
            settings.rfm.convention = convention;
            settings.rfm.cuts = None;
        });
    };
    let option = move |option: Convention| {
        view! {
            <label>
                <input
                    type="radio"
                    name="convention"
                    prop:checked=move || convention.get() == option
                    on:change=move |_| set_convention(option)
                />
                <span>{words.convention(option)}</span>
                <span class="hint">{words.convention_means(option)}</span>
            </label>
        }
    };
    view! {
        <div class="settings">
            <h4>{words.settings()}</h4>
            <NumberField
                field="groups"
                label=words.rfm_groups()
                hint=words.rfm_groups_hint()
                value=groups
                bounds=(2, 10)
                problem
                on_commit=set_groups
            />
            {move || resets().then(|| view! { <p class="hint">{words.rfm_groups_resets()}</p> })}
            <fieldset class="options">
                <legend>{words.rfm_convention()}</legend>
                {Convention::ALL.into_iter().map(option).collect_view()}
            </fieldset>
            {category(workspace, words)}
            {monetary(workspace, words)}
            {weights(workspace, words)}
            {fourth(workspace, words)}
            <Explained text=words.rfm_scores_how() />
            <UndoButton />
        </div>
    }
    .into_any()
}

/// How much each of the three scores counts.
fn weights(workspace: Workspace, words: Words) -> AnyView {
    let weights = workspace.read(|session| session.settings.rfm.weights);
    let field = move |place: usize| {
        let label = words.measure(["recency", "frequency", "monetary"][place]);
        let value = move || weights.get()[place].to_string();
        let commit = move |event| {
            let input: HtmlInputElement = event_target(&event);
            // A field that holds no number counts as nothing: the conversion holds to the bounds.
            let weight = input.value_as_number().clamp(0.0, 100.0) as u8;
            workspace.change_settings(|settings| settings.rfm.weights[place] = weight);
        };
        view! {
            <label class="weight">
                <span>{label}</span>
                <input type="number" min="0" max="100" step="1" prop:value=value on:change=commit />
            </label>
        }
    };
    let problem = slices::field_problem(workspace, |session| &session.rfm, "weights");
    view! {
        <details class="weights" data-testid="rfm-weights">
            <summary>{words.rfm_weights()}</summary>
            <p class="hint">{words.rfm_weights_hint()}</p>
            {(0..3).map(field).collect_view()}
            <p class="field-problem" role="alert">{move || problem.get()}</p>
        </details>
    }
    .into_any()
}

/// What is scored beside the three; nothing where the file has no single orders.
fn fourth(workspace: Workspace, words: Words) -> AnyView {
    let chosen = workspace.read(|session| session.settings.rfm.fourth);
    let problem = slices::field_problem(workspace, |session| &session.rfm, "fourth");
    let option = move |value: Option<Fourth>| {
        let set = move |_| workspace.change_settings(|settings| settings.rfm.fourth = value);
        view! {
            <label>
                <input type="radio" name="fourth" prop:checked=move || chosen.get() == value on:change=set />
                <span>{words.rfm_fourth_is(value)}</span>
            </label>
        }
    };
    let has_orders = workspace.read(|session| session.mapping.table == TableKind::Orders);
    let field = move || {
        let is_there = has_orders.get() || chosen.with(Option::is_some);
        let options = [None, Some(Fourth::Tenure), Some(Fourth::Interpurchase)];
        is_there.then(|| {
            view! {
                <fieldset class="options" data-testid="rfm-fourth">
                    <legend>{words.rfm_fourth()}</legend>
                    {options.map(option).into_iter().collect_view()}
                    <p class="hint">{words.rfm_fourth_hint()}</p>
                    <p class="field-problem" role="alert">{move || problem.get()}</p>
                </fieldset>
            }
        })
    };
    view! { {field} }.into_any()
}

/// All orders, or those of one category; nothing where the file has none.
fn category(workspace: Workspace, words: Words) -> AnyView {
    let chosen = workspace.read(|session| session.settings.rfm.category.clone());
    let categories = workspace.read(|session| {
        let file = session.imported.as_ref();
        file.map_or_else(Vec::new, |file| file.categories.clone())
    });
    let problem = slices::field_problem(workspace, |session| &session.rfm, "category");
    let change = move |event| {
        let input: HtmlInputElement = event_target(&event);
        let name = Some(input.value()).filter(|name| !name.is_empty());
        workspace.change_settings(|settings| {
            settings.rfm.category = name;
            settings.rfm.cuts = None;
        });
    };
    let field = move || {
        let is_there = categories.with(|all| !all.is_empty()) || chosen.with(Option::is_some);
        is_there.then(|| {
            let option = |name: String| view! { <option value=name></option> };
            view! {
                <div class="field">
                    <label for="category">{words.rfm_category()}</label>
                    <input
                        id="category"
                        type="search"
                        list="categories"
                        aria-describedby="category-hint category-problem"
                        prop:value=move || chosen.get().unwrap_or_default()
                        on:change=change
                    />
                    <datalist id="categories">{categories.get().into_iter().map(option).collect_view()}</datalist>
                    <p class="hint" id="category-hint">{words.rfm_category_hint()}</p>
                    <p class="field-problem" id="category-problem" role="alert">{move || problem.get()}</p>
                </div>
            }
        })
    };
    view! { {field} }.into_any()
}

/// What money is scored; nothing where margins are not known.
fn monetary(workspace: Workspace, words: Words) -> AnyView {
    let chosen = workspace.read(|session| session.settings.rfm.monetary);
    let has_margins = workspace.read(|session| {
        session
            .imported
            .as_ref()
            .is_some_and(|file| file.has_margins)
    });
    let problem = slices::field_problem(workspace, |session| &session.rfm, "monetary");
    let option = move |(value, name): (Monetary, &'static str)| {
        let set = move |_| {
            workspace.change_settings(|settings| {
                settings.rfm.monetary = value;
                settings.rfm.cuts = None;
            });
        };
        view! {
            <label>
                <input type="radio" name="monetary-is" prop:checked=move || chosen.get() == value on:change=set />
                <span>{name}</span>
            </label>
        }
    };
    let field = move || {
        let is_there = has_margins.get() || chosen.get() == Monetary::Margin;
        let options = [
            (Monetary::Revenue, words.rfm_monetary_revenue()),
            (Monetary::Margin, words.rfm_monetary_margin()),
        ];
        is_there.then(|| {
            view! {
                <fieldset class="options">
                    <legend>{words.rfm_monetary()}</legend>
                    {options.map(option).into_iter().collect_view()}
                    <p class="hint">{words.rfm_monetary_hint()}</p>
                    <p class="field-problem" role="alert">{move || problem.get()}</p>
                </fieldset>
            }
        })
    };
    view! { {field} }.into_any()
}

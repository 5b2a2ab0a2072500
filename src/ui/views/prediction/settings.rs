//! What a prediction is made of: the target, the days, the model, the test, the threshold and the features.

use crate::analysis::prediction::{Model, Params, Split, Target};
use crate::session::Session;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DecimalField, NumberField, UndoButton};
use crate::ui::views::choice::{checks, place_of, select};
use crate::ui::views::slices;

/// The settings; each change answers at once.
pub(super) fn settings(workspace: Workspace, words: Words) -> AnyView {
    let params = workspace.read(|session| session.settings.prediction.clone());
    let is = move |target: Target| params.with(|params| params.target == target);
    view! {
        <div class="settings">
            <h3>{words.settings()}</h3>
            {target(workspace, words, params)}
            <Show when=move || is(Target::Column)>{column(workspace, words, params)}</Show>
            <Show when=move || !is(Target::Column)>{days(workspace, words, params)}</Show>
            {split(workspace, words, params)}
            {model(workspace, words, params)}
            <Show when=move || !is(Target::Spend)>{threshold(workspace, words, params)}</Show>
            {features(workspace, words, params)}
            <UndoButton />
        </div>
    }
    .into_any()
}

fn target(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let choose = move |place: usize| {
        // A column must be one of those there are: the first, until another is chosen.
        let first = workspace
            .session
            .with_untracked(|session| columns(session).into_iter().next());
        workspace.change_settings(|settings| {
            let prediction = &mut settings.prediction;
            prediction.target = Target::ALL[place];
            if prediction.target == Target::Column && prediction.column.is_empty() {
                prediction.column = first.unwrap_or_default();
            }
        });
    };
    let names = Target::ALL.map(|target| words.prediction_target_of(target));
    let chosen = move || params.with(|params| place_of(&Target::ALL, &params.target));
    select("target", words.prediction_target(), &names, choose, chosen)
}

/// The columns of the file.
fn columns(session: &Session) -> Vec<String> {
    let file = session.imported.as_ref();
    file.map_or_else(Vec::new, |file| {
        file.numeric_columns
            .iter()
            .chain(&file.text_columns)
            .cloned()
            .collect()
    })
}

fn column(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let available = workspace.read(columns);
    let problem = slices::field_problem(workspace, |session| &session.prediction, "column");
    let option = move |name: String| {
        let own = name.clone();
        let is_chosen = move || params.with(|params| params.column == own);
        let label = words.column_name(&name);
        view! { <option value=name prop:selected=is_chosen>{label}</option> }
    };
    let choose = move |name: String| {
        workspace.change_settings(|settings| settings.prediction.column = name);
    };
    view! {
        <div class="field">
            <label for="column">{words.prediction_column()}</label>
            <select id="column" data-testid="column" on:change=move |event| choose(event_target_value(&event))>
                {move || available.get().into_iter().map(option).collect_view()}
            </select>
            <p class="field-problem" role="alert">{move || problem.get()}</p>
        </div>
    }
    .into_any()
}

fn days(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let get = |params: &Params| u64::from(params.days);
    let set = |params: &mut Params, days: u64| params.days = days as u32;
    let label = words.prediction_days();
    whole_number(workspace, params, "days", label, (1, 3_650), get, set)
}

/// Whom it is tested on, and how they are parted.
fn split(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let choose = move |place: usize| {
        workspace.change_settings(|settings| settings.prediction.split = Split::ALL[place]);
    };
    let names = Split::ALL.map(|split| words.prediction_split_of(split));
    let chosen = move || params.with(|params| place_of(&Split::ALL, &params.split));
    let split = Memo::new(move |_| params.with(|params| params.split));
    let parted = move || match split.get() {
        Split::Time => None,
        Split::Random => {
            let get = |params: &Params| (params.train_share * 100.0).round() as u64;
            let set = |params: &mut Params, share: u64| params.train_share = share as f64 / 100.0;
            let label = words.prediction_train_share();
            Some(whole_number(
                workspace,
                params,
                "train_share",
                label,
                (50, 90),
                get,
                set,
            ))
        }
        Split::Folds => {
            let get = |params: &Params| params.folds as u64;
            let set = |params: &mut Params, folds: u64| params.folds = folds as usize;
            let label = words.prediction_n_folds();
            Some(whole_number(
                workspace,
                params,
                "folds",
                label,
                (2, 10),
                get,
                set,
            ))
        }
    };
    view! {
        {select("split", words.prediction_split(), &names, choose, chosen)}
        {parted}
    }
    .into_any()
}

/// A field for a whole number of the parameters.
fn whole_number(
    workspace: Workspace,
    params: Memo<Params>,
    field: &'static str,
    label: &'static str,
    bounds: (u64, u64),
    get: fn(&Params) -> u64,
    set: fn(&mut Params, u64),
) -> AnyView {
    let value = Signal::derive(move || params.with(get));
    let problem = slices::field_problem(workspace, |session| &session.prediction, field);
    let commit = Callback::new(move |number: u64| {
        workspace.change_settings(|settings| set(&mut settings.prediction, number));
    });
    view! { <NumberField field label hint="" value bounds problem on_commit=commit /> }.into_any()
}

fn model(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let choose = move |place: usize| {
        workspace.change_settings(|settings| settings.prediction.model = Model::ALL[place]);
    };
    let names = Model::ALL.map(|model| words.prediction_model_of(model));
    let chosen = move || params.with(|params| place_of(&Model::ALL, &params.model));
    select("model", words.prediction_model(), &names, choose, chosen)
}

/// The threshold itself, or the money that it follows from.
fn threshold(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let money = move |field: &'static str,
                      label,
                      hint,
                      get: fn(&Params) -> f64,
                      set: fn(&mut Params, f64)| {
        let value = Signal::derive(move || params.with(get));
        let commit = Callback::new(move |money: f64| {
            workspace.change_settings(|settings| set(&mut settings.prediction, money));
        });
        let problem = slices::field_problem(workspace, |session| &session.prediction, field);
        view! {
            <DecimalField field label hint value bounds=(0.0, 1e12) problem on_commit=commit />
        }
        .into_any()
    };
    view! {
        {whole_number(
            workspace,
            params,
            "threshold",
            words.prediction_threshold(),
            (0, 100),
            |params| (params.threshold * 100.0).round() as u64,
            |params, percent| params.threshold = percent as f64 / 100.0,
        )}
        {money(
            "hit_value",
            words.prediction_hit_value(),
            "",
            |params| params.hit_value,
            |params, money| params.hit_value = money,
        )}
        {money(
            "contact_cost",
            words.prediction_contact_cost(),
            words.prediction_money_hint(),
            |params| params.contact_cost,
            |params, money| params.contact_cost = money,
        )}
    }
    .into_any()
}

fn features(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    // Before there is a report, and where there is none, what was chosen is all that is known.
    let available = workspace.read(|session| match session.prediction.value() {
        Some(report) => report.available.clone(),
        None => session.settings.prediction.features.clone(),
    });
    let used = workspace.read(|session| {
        session
            .prediction
            .value()
            .map_or_else(Vec::new, |report| report.features.clone())
    });
    let chosen = Memo::new(move |_| {
        let own = params.with(|params| params.features.clone());
        if own.is_empty() { used.get() } else { own }
    });
    let problem = slices::field_problem(workspace, |session| &session.prediction, "features");
    let change = Callback::new(move |features| {
        workspace.change_settings(|settings| settings.prediction.features = features);
    });
    let is_known = Memo::new(move |_| available.with(|available| !available.is_empty()));
    let legend = words.prediction_features();
    let choice = move || checks(words, legend, available, chosen, problem, change);
    // Without a report nothing is known to choose from.
    view! { <Show when=move || is_known.get()>{choice()}</Show> }.into_any()
}

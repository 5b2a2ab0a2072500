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
            <Show when=move || !is(Target::Column)>
                {days(workspace, words, params)}
            </Show>
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
        let label = name.clone();
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
    let value = Signal::derive(move || params.with(|params| u64::from(params.days)));
    let problem = slices::field_problem(workspace, |session| &session.prediction, "days");
    let commit = Callback::new(move |days: u64| {
        workspace.change_settings(|settings| settings.prediction.days = days as u32);
    });
    let choose = move |place: usize| {
        workspace.change_settings(|settings| settings.prediction.split = Split::ALL[place]);
    };
    let names = Split::ALL.map(|split| words.prediction_split_of(split));
    let chosen = move || params.with(|params| place_of(&Split::ALL, &params.split));
    let label = words.prediction_days();
    view! {
        <NumberField field="days" label hint="" value bounds=(1, 3_650) problem on_commit=commit />
        {select("split", words.prediction_split(), &names, choose, chosen)}
    }
    .into_any()
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
    let percent =
        Signal::derive(move || params.with(|params| (params.threshold * 100.0).round() as u64));
    let problem =
        move |field| slices::field_problem(workspace, |session| &session.prediction, field);
    let set = Callback::new(move |percent: u64| {
        workspace
            .change_settings(|settings| settings.prediction.threshold = percent as f64 / 100.0);
    });
    let money = move |field: &'static str,
                      label,
                      get: fn(&Params) -> f64,
                      set: fn(&mut Params, f64)| {
        let value = Signal::derive(move || params.with(get));
        let commit = Callback::new(move |money: f64| {
            workspace.change_settings(|settings| set(&mut settings.prediction, money));
        });
        let hint = words.prediction_money_hint();
        view! {
            <DecimalField field label hint value bounds=(0.0, 1e12) problem=problem(field) on_commit=commit />
        }
        .into_any()
    };
    view! {
        <NumberField
            field="threshold"
            label=words.prediction_threshold()
            hint=""
            value=percent
            bounds=(0, 100)
            problem=problem("threshold")
            on_commit=set
        />
        {money(
            "hit_value",
            words.prediction_hit_value(),
            |params| params.hit_value,
            |params, money| params.hit_value = money,
        )}
        {money(
            "contact_cost",
            words.prediction_contact_cost(),
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
    checks(
        words,
        words.prediction_features(),
        available,
        chosen,
        problem,
        change,
    )
}

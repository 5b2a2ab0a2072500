//! Lifetime value: settings, what to know before it is believed, the tiers, the models and how they did when tried.

use crate::analysis::SegmentationId;
use crate::analysis::lifetime::{FittedModel, Holdout, Model, Parameter, Report, Score};
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{
    ChartFigure, DecimalField, Explained, NumberField, SegmentTable, UndoButton, ViewSection,
};
use crate::ui::views::{pictures::bars, slices};

/// The view of the lifetime value.
#[component]
pub fn Lifetime() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.lifetime.state());
    let problem = slices::problem(workspace, |session| &session.lifetime);
    let report = workspace.read(|session| session.lifetime.value().cloned());
    let segments = workspace.read(|session| session.segments_of(SegmentationId::Lifetime).to_vec());
    let segments = Signal::derive(move || segments.get());
    let is_there = Memo::new(move |_| segments.with(|segments| !segments.is_empty()));
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| Some(words.lifetime_finding(report.as_ref()?)))
        });
        view! {
            <ViewSection view=View::Lifetime state finding problem>
                <div class="block beside">
                    <div>
                        <Show when=move || is_there.get()>
                            <ChartFigure chart=bars(segments) segmentation=SegmentationId::Lifetime />
                        </Show>
                        <Explained text=words.lifetime_how() />
                    </div>
                    {settings(workspace, words)}
                </div>
                {move || report.with(|report| Some(checks(words, report.as_ref()?)))}
                <Show when=move || is_there.get()>
                    <section class="block" aria-label=words.lifetime_caption()>
                        <SegmentTable
                            segmentation=SegmentationId::Lifetime
                            caption=words.lifetime_caption()
                            segments
                        />
                    </section>
                </Show>
                {move || report.with(|report| Some(tables(words, report.as_ref()?)))}
            </ViewSection>
        }
        .into_any()
    }
}

fn settings(workspace: Workspace, words: Words) -> AnyView {
    let params = workspace.read(|session| session.settings.lifetime.clone());
    let horizon = Signal::derive(move || params.with(|params| u64::from(params.horizon_days)));
    let set_horizon = Callback::new(move |days: u64| {
        workspace.change_settings(|settings| settings.lifetime.horizon_days = days as u32);
    });
    let rate = Signal::derive(move || params.with(|params| params.discount_rate * 100.0));
    let set_rate = Callback::new(move |percent: f64| {
        workspace.change_settings(|settings| settings.lifetime.discount_rate = percent / 100.0);
    });
    let holdout = holdout_days(workspace);
    let set_holdout = Callback::new(move |days: u64| {
        workspace.change_settings(|settings| settings.lifetime.holdout_days = Some(days as u32));
    });
    let broken = move |field| slices::field_problem(workspace, |session| &session.lifetime, field);
    let (horizon_problem, rate_problem, holdout_problem) = (
        broken("horizon_days"),
        broken("discount_rate"),
        broken("holdout_days"),
    );
    view! {
        <div class="settings">
            <h3>{words.settings()}</h3>
            {model(workspace, words)}
            <NumberField
                field="horizon_days"
                label=words.lifetime_horizon()
                hint=""
                value=horizon
                bounds=(1, 3650)
                problem=horizon_problem
                on_commit=set_horizon
            />
            <DecimalField
                field="discount_rate"
                label=words.lifetime_discount()
                hint=""
                value=rate
                bounds=(0.0, 1000.0)
                problem=rate_problem
                on_commit=set_rate
            />
            <NumberField
                field="holdout_days"
                label=words.lifetime_holdout()
                hint=""
                value=holdout
                bounds=(7, 3650)
                problem=holdout_problem
                on_commit=set_holdout
            />
            <UndoButton />
        </div>
    }
    .into_any()
}

/// The days that were asked for, else those that were used.
fn holdout_days(workspace: Workspace) -> Signal<u64> {
    let days = workspace.read(|session| {
        let used = session
            .lifetime
            .value()
            .and_then(|report| report.holdout.as_ref());
        let own = session.settings.lifetime.holdout_days;
        own.or(used.map(|holdout| holdout.days))
    });
    Signal::derive(move || days.get().map_or(7, u64::from))
}

fn model(workspace: Workspace, words: Words) -> AnyView {
    let chosen = workspace.read(|session| session.settings.lifetime.model);
    let choose = move |key: String| {
        let model = Model::ALL.into_iter().find(|model| model.key() == key);
        workspace.change_settings(|settings| settings.lifetime.model = model);
    };
    let option = |model: Option<Model>| {
        let (key, label) = match model {
            Some(model) => (model.key(), words.lifetime_model_of(Some(model))),
            None => ("auto", words.lifetime_auto()),
        };
        view! { <option value=key prop:selected=move || chosen.get() == model>{label}</option> }
    };
    let [one, two, three] = Model::ALL.map(Some);
    view! {
        <div class="field">
            <label for="lifetime-model">{words.lifetime_model()}</label>
            <select
                id="lifetime-model"
                data-testid="lifetime-model"
                on:change=move |event| choose(event_target_value(&event))
            >
                {[None, one, two, three].map(option)}
            </select>
        </div>
    }
    .into_any()
}

fn checks(words: Words, report: &Report) -> AnyView {
    let item = |text: String| view! { <li>{text}</li> };
    let all = report
        .checks
        .iter()
        .map(|check| item(words.lifetime_check(*check)));
    view! {
        <section class="block" data-testid="lifetime-checks" aria-label=words.lifetime_checks()>
            <h3>{words.lifetime_checks()}</h3>
            <ul>{item(words.lifetime_choice(report))} {all.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn tables(words: Words, report: &Report) -> AnyView {
    let trial = report
        .holdout
        .as_ref()
        .map(|holdout| (trial(words, holdout), by_frequency(words, holdout)));
    let (trial, by_frequency) = trial.unzip();
    view! { {trial} {by_frequency} {parameters(words, report)} }.into_any()
}

/// A table: the head of its first column, those of numbers, and its rows.
fn table(
    caption: &'static str,
    first: &'static str,
    heads: &[&'static str],
    rows: Vec<(String, Vec<String>)>,
) -> AnyView {
    let head = |text: &&'static str| view! { <th scope="col" class="number">{*text}</th> };
    let cell = |text: String| view! { <td class="number">{text}</td> };
    let row = |(name, cells): (String, Vec<String>)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells.into_iter().map(cell).collect_view()}
            </tr>
        }
    };
    view! {
        <section class="block" aria-label=caption>
            <div class="table-scroll" role="group" tabindex="0" aria-label=caption>
                <table>
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{first}</th>
                            {heads.iter().map(head).collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn trial(words: Words, holdout: &Holdout) -> AnyView {
    let row = |score: &Score| {
        let cells = vec![
            words.decimal(score.predicted, 1),
            words.count(holdout.actual),
            words.decimal(score.mae, 4),
            words.decimal(score.rmse, 4),
            words.decimal(score.bias, 4),
            words.share(score.top_decile_share),
        ];
        (words.lifetime_model_of(score.model).to_owned(), cells)
    };
    let heads = [
        words.lifetime_predicted(),
        words.lifetime_actual(),
        words.lifetime_mae(),
        words.lifetime_rmse(),
        words.lifetime_bias(),
        words.lifetime_top(),
    ];
    let rows = holdout.scores.iter().map(row).collect();
    table(words.lifetime_trial(), words.lifetime_model(), &heads, rows)
}

fn by_frequency(words: Words, holdout: &Holdout) -> AnyView {
    let last = holdout.by_frequency.len().saturating_sub(1);
    let rows = holdout.by_frequency.iter().enumerate().map(|(place, row)| {
        let more = if place == last && last > 0 { "+" } else { "" };
        let cells = vec![
            words.count(row.n_customers),
            words.decimal(row.predicted, 2),
            words.decimal(row.actual, 2),
        ];
        (format!("{}{more}", row.n_repeat_orders), cells)
    });
    let heads = [
        words.column_customers(),
        words.lifetime_predicted(),
        words.lifetime_actual(),
    ];
    table(
        words.lifetime_by_frequency(),
        words.lifetime_repeat(),
        &heads,
        rows.collect(),
    )
}

fn parameters(words: Words, report: &Report) -> AnyView {
    let row = |name: &str, likelihood: f64, one: &Parameter| {
        let error = one.standard_error.map(|error| words.decimal(error, 4));
        let cells = vec![
            words.decimal(one.value, 4),
            error.unwrap_or_default(),
            words.decimal(likelihood, 3),
        ];
        (format!("{name} {}", one.name), cells)
    };
    let of_model = |fitted: &FittedModel| {
        let name = words.lifetime_model_of(Some(fitted.model));
        let rows = fitted
            .parameters
            .iter()
            .map(|one| row(name, fitted.log_likelihood, one));
        rows.collect::<Vec<_>>()
    };
    let mut rows: Vec<_> = report.models.iter().flat_map(of_model).collect();
    if let Some(spend) = &report.spend {
        let name = words.lifetime_money_model();
        rows.extend(
            spend
                .parameters
                .iter()
                .map(|one| row(name, spend.log_likelihood, one)),
        );
    }
    let heads = [
        words.lifetime_estimate(),
        words.lifetime_error(),
        words.lifetime_likelihood(),
    ];
    table(
        words.lifetime_parameters(),
        words.lifetime_parameter(),
        &heads,
        rows,
    )
}

//! Lifetime value: settings, what to know before it is believed, the tiers and what is to come of them, the model in
//! pictures, all models and how they did when tried.

use std::sync::Arc;

use crate::analysis::SegmentationId;
use crate::analysis::lifetime::{FittedModel, Holdout, Model, Parameter, Report, Score, Tier};
use crate::charts::{LifetimePicture, OwnedChart};
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{
    ChartFigure, DecimalField, Explained, NumberField, SegmentTable, UndoButton, ViewSection,
};
use crate::ui::views::pictures::{bars, picture};
use crate::ui::views::slices;

/// The view of the lifetime value.
#[component]
pub fn Lifetime() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.lifetime.state());
    let problem = slices::problem(workspace, |session| &session.lifetime);
    let report = workspace.read(|session| session.lifetime.value().cloned().map(Arc::new));
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
                        {move || report.with(|report| Some(tiers(words, report.as_ref()?)))}
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
                <Show when=move || is_there.get()>{pictures(words, report)}</Show>
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
            {automatic_days(workspace, words)}
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

/// Whether the days of the trial are left to the length of the history.
fn automatic_days(workspace: Workspace, words: Words) -> AnyView {
    let is_automatic = workspace.read(|session| session.settings.lifetime.holdout_days.is_none());
    let used = holdout_days(workspace);
    let changed = move |event| {
        let days = (!event_target_checked(&event)).then(|| used.get_untracked() as u32);
        workspace.change_settings(|settings| settings.lifetime.holdout_days = days);
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-testid="holdout-auto"
                prop:checked=move || is_automatic.get()
                on:change=changed
            />
            {words.lifetime_holdout_auto()}
        </label>
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
            <ul class="reasons">
                {item(words.lifetime_choice(report))}
                {words.lifetime_interval(report).map(item)}
                {words.lifetime_prediction(report).map(item)} {all.collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

/// What is to come, tier by tier and in all.
fn tiers(words: Words, report: &Report) -> AnyView {
    let has_money = report.clv.is_some();
    let mean = |clv: Option<f64>, n: u64| clv.unwrap_or(0.0) / n.max(1) as f64;
    let sums = words.unit_of(
        report
            .tiers
            .iter()
            .filter_map(|tier| tier.clv)
            .chain(report.clv),
    );
    let means = report
        .tiers
        .iter()
        .map(|tier| mean(tier.clv, tier.n_customers));
    let means = words.unit_of(means);
    let row = |name: String, tier: &Tier| {
        let mut cells = vec![words.count(tier.n_customers)];
        if has_money {
            cells.push(words.amount_in(sums, tier.clv.unwrap_or(0.0)));
            cells.push(words.amount_in(means, mean(tier.clv, tier.n_customers)));
        }
        cells.push(words.fixed(tier.expected_orders, 1));
        cells.push(words.share(tier.mean_p_alive));
        (name, cells)
    };
    let all = Tier {
        n_customers: report.n_customers,
        clv: report.clv,
        expected_orders: report.expected_orders,
        mean_p_alive: report.mean_p_alive,
        lowest: 0.0,
    };
    let names = report
        .segments
        .iter()
        .map(|segment| words.label(&segment.label));
    let mut rows: Vec<_> = names
        .zip(&report.tiers)
        .map(|(name, tier)| row(name, tier))
        .collect();
    rows.push(row(words.lifetime_all().to_owned(), &all));
    let mut heads = vec![words.column_customers()];
    if has_money {
        heads.extend([words.lifetime_tier_clv(), words.lifetime_tier_mean()]);
    }
    heads.extend([words.lifetime_tier_orders(), words.lifetime_alive_mean()]);
    let first = words.segment_of(SegmentationId::Lifetime);
    table(words.lifetime_tiers(), first, &heads, rows)
}

/// The pictures, each with its heading.
fn pictures(words: Words, report: Memo<Option<Arc<Report>>>) -> AnyView {
    let one = move |(name, of): (&'static str, LifetimePicture)| {
        let chart = picture(report, move |report| OwnedChart::Lifetime(report, of));
        // Two of them are of the trial alone.
        let is_there = Memo::new(move |_| {
            chart.with(|chart| {
                chart
                    .as_ref()
                    .is_some_and(|chart| !chart.chart().is_empty())
            })
        });
        view! {
            <Show when=move || is_there.get()>
                <div class="block">
                    <h3>{name}</h3>
                    <ChartFigure chart=chart segmentation=SegmentationId::Rfm />
                </div>
            </Show>
        }
        .into_any()
    };
    [
        (words.lifetime_spread(), LifetimePicture::Spread),
        (words.lifetime_tracking(), LifetimePicture::Tracking),
        (words.lifetime_trial_picture(), LifetimePicture::Trial),
        (words.lifetime_calibration(), LifetimePicture::Calibration),
        (words.lifetime_matrix_orders(), LifetimePicture::Orders),
        (words.lifetime_matrix_alive(), LifetimePicture::Alive),
    ]
    .map(one)
    .collect_view()
    .into_any()
}

fn tables(words: Words, report: &Report) -> AnyView {
    let trial = report.holdout.as_ref().map(|holdout| trial(words, holdout));
    view! {
        {trial}
        <details class="block" data-testid="lifetime-parameters">
            <summary>{words.lifetime_parameters()}</summary>
            {parameters(words, report)}
        </details>
    }
    .into_any()
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
            words.fixed(score.predicted, 1),
            words.count(holdout.actual),
            words.fixed(score.rmse, 4),
            words.fixed(score.mae, 4),
            words.fixed(score.bias, 4),
            words.share(score.top_decile_share),
        ];
        (words.lifetime_tried(score), cells)
    };
    let heads = [
        words.lifetime_predicted(),
        words.lifetime_actual(),
        words.lifetime_rmse(),
        words.lifetime_mae(),
        words.lifetime_bias(),
        words.lifetime_top(),
    ];
    let rows = holdout.scores.iter().map(row).collect();
    table(words.lifetime_trial(), words.lifetime_model(), &heads, rows)
}

fn parameters(words: Words, report: &Report) -> AnyView {
    let row = |name: &str, (likelihood, is_at_limit): (f64, bool), one: &Parameter| {
        let error = one.standard_error.map(|error| words.fixed(error, 4));
        let cells = vec![
            words.fixed(one.value, 4),
            error.unwrap_or_else(|| words.lifetime_no_error(is_at_limit).to_owned()),
            words.fixed(likelihood, 3),
        ];
        (format!("{name} {}", one.name), cells)
    };
    let of_model = |fitted: &FittedModel| {
        let name = words.lifetime_model_of(Some(fitted.model));
        let rows = fitted
            .parameters
            .iter()
            .map(|one| row(name, (fitted.log_likelihood, fitted.limit.is_some()), one));
        rows.collect::<Vec<_>>()
    };
    let mut rows: Vec<_> = report.models.iter().flat_map(of_model).collect();
    if let Some(spend) = &report.spend {
        let name = words.lifetime_money_model();
        rows.extend(
            spend
                .parameters
                .iter()
                .map(|one| row(name, (spend.log_likelihood, spend.is_at_limit), one)),
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

//! Stages of life: the thresholds come from the data until a person sets their own.

use super::{Shown, segments_view, settings};
use crate::analysis::SegmentationId;
use crate::analysis::lifecycle::{Params, Thresholds};
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::NumberField;
use crate::ui::views::slices;

/// The view of the stages of life.
#[component]
pub fn Lifecycle() -> impl IntoView {
    let workspace = Workspace::expect();
    move || {
        let words = workspace.words();
        let shown = Shown {
            view: View::Lifecycle,
            segmentation: SegmentationId::Lifecycle,
            caption: words.lifecycle_caption(),
            how: words.lifecycle_how(),
            finding: workspace.read(move |session| {
                let report = session.lifecycle.value()?;
                Some(words.lifecycle_finding(report))
            }),
            problem: slices::problem(workspace, |session| &session.lifecycle),
        };
        segments_view(workspace, shown, fields(workspace, words))
    }
}

/// A threshold: its name, label, bounds, value in use, that of a person, and how a person sets it.
type Field = (
    &'static str,
    &'static str,
    (u64, u64),
    fn(&Thresholds) -> u32,
    fn(&Params) -> Option<u32>,
    fn(&mut Params, Option<u32>),
);

fn fields(workspace: Workspace, words: Words) -> AnyView {
    let thresholds = workspace.read(|session| {
        let report = session.lifecycle.value();
        report.map(|report| report.thresholds)
    });
    let sentence = workspace.read(move |session| {
        let report = session.lifecycle.value();
        report.map(|report| words.lifecycle_thresholds(report))
    });
    let is_own = workspace.read(|session| session.settings.lifecycle != Params::default());
    let all: [Field; 3] = [
        (
            "active_days",
            words.lifecycle_active_days(),
            (1, 3_650),
            |used| used.active_days,
            |params| params.active_days,
            |params, days| params.active_days = days,
        ),
        (
            "lapsed_days",
            words.lifecycle_lapsed_days(),
            (2, 7_300),
            |used| used.lapsed_days,
            |params| params.lapsed_days,
            |params, days| params.lapsed_days = days,
        ),
        (
            "loyal_orders",
            words.lifecycle_loyal_orders(),
            (2, 1_000),
            |used| used.loyal_orders,
            |params| params.loyal_orders,
            |params, orders| params.loyal_orders = orders,
        ),
    ];
    let params = workspace.read(|session| session.settings.lifecycle.clone());
    let field = |(field, label, bounds, used, own, set): Field| {
        // What was set stays in sight where it was refused and there is no report.
        let value = Signal::derive(move || {
            let used = thresholds.with(|all| all.as_ref().map(used));
            params.with(own).or(used).map_or(0, u64::from)
        });
        let commit = Callback::new(move |number: u64| {
            let number = u32::try_from(number).ok();
            workspace.change_settings(|settings| set(&mut settings.lifecycle, number));
        });
        let problem = slices::field_problem(workspace, |session| &session.lifecycle, field);
        view! { <NumberField field label hint="" value bounds problem on_commit=commit /> }
    };
    let reset =
        move |_| workspace.change_settings(|settings| settings.lifecycle = Params::default());
    let fields = view! {
        <p class="hint">{move || sentence.get()}</p>
        {all.map(field)}
        <Show when=move || is_own.get()>
            <p class="actions">
                <button type="button" class="button" on:click=reset>{words.ready_from_data()}</button>
            </p>
        </Show>
    };
    settings(words, fields.into_any())
}

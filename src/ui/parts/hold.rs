//! Whether other days are scored by the boundaries of the day on which this was ticked.
//!
//! Without it each day has its own, and who stands still can change segment since others moved. What is held are
//! settings: they are undone, saved and opened with the project like any other.

use super::as_of::days_of;
use crate::analysis::rfm::CutPoints;
use crate::analysis::{SegmentationId, lifecycle, value};
use crate::data::Day;
use crate::export::Settings;
use crate::session::Session;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// What was set before boundaries were held: what a person had typed comes back.
type Before = (Option<CutPoints>, lifecycle::Params);

/// The box beside the slider; it names what it holds.
pub(super) fn hold(workspace: Workspace) -> AnyView {
    let before = StoredValue::new(None::<Before>);
    let held_of = RwSignal::new(None::<Day>);
    let held = workspace.read(|session| held(&session.settings));
    let offered = workspace.read(|session| {
        let mut offered = Vec::new();
        hold_all(session, &mut session.settings.clone(), &mut offered);
        offered
    });
    let is_held = move || held.with(|held| !held.is_empty());
    let changed = move |event| {
        let holds = event_target_checked(&event);
        let (settings, day) = workspace.session.with_untracked(|session| {
            let mut settings = session.settings.clone();
            if holds {
                let own = (settings.rfm.cuts.clone(), settings.lifecycle.clone());
                before.set_value(Some(own));
                hold_all(session, &mut settings, &mut Vec::new());
            } else {
                (settings.rfm.cuts, settings.lifecycle) = before.get_value().unwrap_or_default();
                (settings.clusters.held, settings.value.held) = (None, None);
            }
            (settings, days_of(session).map(|days| days.shown))
        });
        held_of.set(day.filter(|_| holds));
        workspace.change_settings(|all| *all = settings);
    };
    let named = move || match is_held() {
        true => held.get(),
        false => offered.get(),
    };
    let label = move || workspace.words().time_machine_hold(held_of.get(), &named());
    // Stages alone have thresholds of their own: they come with others.
    let can_hold = move || {
        let is_stage = |id: &SegmentationId| *id == SegmentationId::Lifecycle;
        is_held() || offered.with(|offered| !offered.iter().all(is_stage))
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                id="hold-boundaries"
                data-testid="hold-boundaries"
                prop:checked=is_held
                prop:disabled=move || !can_hold()
                on:change=changed
            />
            {label}
        </label>
    }
    .into_any()
}

/// What goes by boundaries that are held.
fn held(settings: &Settings) -> Vec<SegmentationId> {
    let mut held = Vec::new();
    held.extend(settings.rfm.cuts.as_ref().map(|_| SegmentationId::Rfm));
    held.extend((settings.clusters.held.as_ref()).map(|_| SegmentationId::Clusters));
    held.extend(settings.value.held.as_ref().map(|_| SegmentationId::Value));
    let has_stages = settings.lifecycle.active_days.is_some();
    held.extend((has_stages && !held.is_empty()).then_some(SegmentationId::Lifecycle));
    held
}

/// Holds what has been computed of the day that is shown, as far as it has boundaries; `which` is told what that is.
fn hold_all(session: &Session, settings: &mut Settings, which: &mut Vec<SegmentationId>) {
    let Some(shown) = days_of(session).map(|days| days.shown) else {
        return;
    };
    let rfm = session.rfm.value().filter(|report| report.as_of == shown);
    if let Some(report) = rfm.filter(|_| settings.rfm.convention.has_cut_points()) {
        settings.rfm.cuts = Some(report.cuts.clone());
        which.push(SegmentationId::Rfm);
    }
    let clusters = session.clusters.value();
    let rule = clusters.filter(|report| report.as_of == shown);
    if let Some(rule) = rule.and_then(|report| report.rule.clone()) {
        settings.clusters.held = Some(rule);
        which.push(SegmentationId::Clusters);
    }
    let value = session.value.value().filter(|report| report.as_of == shown);
    if let Some(report) = value {
        settings.value.held = Some(value::Lowest::of(report));
        which.push(SegmentationId::Value);
    }
    let stages = session.lifecycle.value();
    if let Some(report) = stages.filter(|report| report.as_of == shown) {
        settings.lifecycle = lifecycle::Params::from(report.thresholds);
        which.push(SegmentationId::Lifecycle);
    }
}

//! The as-of date as a slider over the days of the file, which can be played.
//!
//! While it is dragged or played the next day is asked for only once the last one is on the screen: what is seen
//! keeps up with the hand on every machine, and no day is computed that nobody sees.

use std::time::Duration;

use super::Icon;
use super::as_of::{Days, days_of};
use crate::analysis::lifecycle;
use crate::data::Day;
use crate::session::{Event, Session};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::turns::{self, Presence};

/// The days are played in about so many steps.
const N_STEPS: i32 = 60;

/// Between two steps at least.
const BETWEEN_STEPS: Duration = Duration::from_millis(120);

/// A slider from the first order to the day after the last one, and a button that moves it on its own.
#[component]
pub fn TimeBar() -> impl IntoView {
    let workspace = Workspace::expect();
    let slider = Slider {
        workspace,
        days: workspace.read(days_of),
        is_at_rest: workspace.read(Session::is_at_rest),
        plays: RwSignal::new(false),
    };
    let wanted = RwSignal::new(None::<Day>);
    Effect::new(move || {
        if let (true, Some(day)) = (slider.is_at_rest.get(), wanted.get()) {
            wanted.set(None);
            slider.go(day, false);
        }
    });
    let day_of = |event| Some(Day::from_number(event_target_value(&event).parse().ok()?));
    let dragged = move |event| {
        slider.plays.set(false);
        wanted.set(day_of(event));
    };
    let let_go = move |event| {
        wanted.set(None);
        if let Some(day) = day_of(event) {
            slider.go(day, true);
        }
    };
    let number = move |pick: fn(&Days) -> Day| {
        move || {
            slider
                .days
                .get()
                .map(|days| pick(&days).number().to_string())
        }
    };
    let shown = move || {
        slider
            .days
            .get()
            .map(|days| workspace.words().day(days.at()))
    };
    view! {
        <div class="time-bar">
            {play_button(slider)}
            <input
                type="range"
                data-testid="as-of-slider"
                aria-label=move || workspace.words().time_machine_label()
                aria-valuetext=shown
                min=number(|days| days.first)
                max=number(|days| days.default)
                prop:value=number(Days::at)
                on:input=dragged
                on:change=let_go
            />
            <span class="time-bar-day">{shown}</span>
            {hold(workspace)}
        </div>
    }
}

fn play_button(slider: Slider) -> AnyView {
    let presence = Presence::of_this();
    let pressed = move |_| {
        let starts = !slider.plays.get_untracked();
        slider.plays.set(starts);
        if starts {
            slider.start();
            tick(slider, presence.clone());
        }
    };
    let name = move || {
        slider
            .workspace
            .words()
            .time_machine_play(slider.plays.get())
    };
    view! {
        <button type="button" class="button" data-testid="as-of-play" on:click=pressed>
            {move || view! { <Icon name=if slider.plays.get() { "pause" } else { "play" }/> }}
            <span>{name}</span>
        </button>
    }
    .into_any()
}

/// Whether other days are scored by the boundaries of the day on which this was ticked. Without it each day has its
/// own, and who stands still can change segment since others moved.
fn hold(workspace: Workspace) -> AnyView {
    let is_held = workspace.read(|session| session.settings.rfm.cuts.is_some());
    let changed = move |event| {
        let holds = event_target_checked(&event);
        let used = workspace.session.with_untracked(|session| {
            let cuts = session.rfm.value().map(|report| report.cuts.clone());
            let stages = session.lifecycle.value();
            (
                cuts,
                stages.map(|report| lifecycle::Params::from(report.thresholds)),
            )
        });
        workspace.change_settings(|settings| {
            settings.rfm.cuts = used.0.filter(|_| holds);
            settings.lifecycle = used.1.filter(|_| holds).unwrap_or_default();
        });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                id="hold-boundaries"
                data-testid="hold-boundaries"
                prop:checked=move || is_held.get()
                on:change=changed
            />
            {move || workspace.words().time_machine_hold()}
        </label>
    }
    .into_any()
}

/// Goes one step on whenever the last one is seen, until the end or until it is stopped.
fn tick(slider: Slider, presence: Presence) {
    let then = move || {
        if presence.holds() && slider.plays.get_untracked() {
            if slider.is_at_rest.get_untracked() {
                slider.step();
            }
            turns::when_drawn(move || tick(slider, presence));
        }
    };
    set_timeout(then, BETWEEN_STEPS);
}

/// What the slider shows and moves.
#[derive(Clone, Copy)]
struct Slider {
    workspace: Workspace,
    days: Memo<Option<Days>>,
    is_at_rest: Memo<bool>,
    plays: RwSignal<bool>,
}

impl Slider {
    /// From the end it starts anew.
    fn start(self) {
        let days = self.days.get_untracked();
        if let Some(days) = days.filter(|days| days.at() == days.default) {
            self.go(days.first, false);
        }
    }

    fn step(self) {
        let Some(days) = self.days.get_untracked() else {
            return self.plays.set(false);
        };
        let n_days = days.default.days_since(days.first);
        let next = days.at().plus((n_days / N_STEPS).max(1));
        let next = next.min(days.default);
        self.plays.set(next < days.default);
        self.go(next, next == days.default);
    }

    /// The last day is no date of its own: it follows the file.
    fn go(self, day: Day, is_settled: bool) {
        let default = self.days.get_untracked().map(|days| days.default);
        self.workspace.send(Event::AsOfMoved {
            as_of: (Some(day) != default).then_some(day),
            is_settled,
        });
    }
}

impl Days {
    /// Where the slider stands: a day after its end is at its end.
    fn at(&self) -> Day {
        self.shown.clamp(self.first, self.default)
    }
}

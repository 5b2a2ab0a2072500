//! The as-of date as a slider over the days of the file, which can be played.
//!
//! While it is dragged or played the next day is asked for only once the last one is on the screen: what is seen
//! keeps up with the hand on every machine, and no day is computed that nobody sees.

use std::time::Duration;

use leptos::ev::KeyboardEvent;

use super::Icon;
use super::as_of::{Days, days_of};
use super::hold::hold;
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
        is_moving: workspace.read(Session::is_moving_as_of),
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
    let pressed = move |event: KeyboardEvent| slider.follow_key(&event, wanted);
    let number = move |pick: fn(&Days) -> Day| move || slider.number(pick);
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
                title=move || workspace.words().time_machine_keys()
                min=number(|days| days.first)
                max=number(|days| days.default)
                prop:value=number(Days::at)
                on:input=dragged
                on:change=let_go
                on:keydown=pressed
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
        } else {
            slider.let_go();
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

/// Goes one step on whenever the last one is seen, until the end or until it is stopped.
fn tick(slider: Slider, presence: Presence) {
    let then = move || {
        if presence.holds() && slider.plays.get_untracked() {
            // Somebody has set or taken back the date meanwhile: that is the end of playing.
            if slider.is_moving.get_untracked() {
                if slider.is_at_rest.get_untracked() {
                    slider.step();
                }
                turns::when_drawn(move || tick(slider, presence));
            } else {
                slider.plays.set(false);
            }
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
    /// Whether the last change is a move that has not been let go.
    is_moving: Memo<bool>,
    plays: RwSignal<bool>,
}

impl Slider {
    /// What was moved so far is one change.
    fn let_go(self) {
        if let Some(days) = self.days.get_untracked() {
            self.go(days.at(), true);
        }
    }

    /// A day by its number, as the range has it.
    fn number(self, pick: fn(&Days) -> Day) -> Option<String> {
        let days = self.days.get()?;
        Some(pick(&days).number().to_string())
    }

    fn follow_key(self, event: &KeyboardEvent, wanted: RwSignal<Option<Day>>) {
        if let Some(day) = self.day_after(event) {
            event.prevent_default();
            self.plays.set(false);
            wanted.set(None);
            self.go(day, true);
        }
    }

    /// Where keys lead that a slider has no days of its own for: a calendar month, or with Shift a week.
    fn day_after(self, event: &KeyboardEvent) -> Option<Day> {
        let days = self.days.get_untracked()?;
        let at = days.at();
        let day = match (&*event.key(), event.shift_key()) {
            ("PageUp", _) => at.months_later(1),
            ("PageDown", _) => at.months_later(-1),
            ("ArrowRight" | "ArrowUp", true) => at.plus(7),
            ("ArrowLeft" | "ArrowDown", true) => at.plus(-7),
            _ => return None,
        };
        Some(day.clamp(days.first, days.default))
    }

    /// From the end it starts anew.
    fn start(self) {
        if let Some(days) = self.days.get_untracked() {
            let is_at_end = days.at() == days.default;
            let next = days.at().plus(1).min(days.default);
            self.go(if is_at_end { days.first } else { next }, false);
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

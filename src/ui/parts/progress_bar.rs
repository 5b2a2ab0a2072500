//! How far the reading of a file is: bytes, rows, and the time left where it can be said honestly; and how far the engine
//! is with what a view waits for.

use std::time::Duration;

use crate::session::{Event, Progress, Work};
use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, route};

/// What is over sooner is not spoken of.
const SHORT: Duration = Duration::from_millis(600);

/// A determinate bar. Screen readers hear quarters by themselves, and rows, bytes and the time left where they ask.
#[component]
pub fn ProgressBar() -> impl IntoView {
    let workspace = Workspace::expect();
    let progress = workspace.read(|session| session.progress);
    let percent = Memo::new(move |_| progress.get().map_or(0, percent_of));
    let seconds_left = seconds_left(progress);
    let quarter = Memo::new(move |_| percent.get() / 25 * 25);
    let so_far = move || {
        let read = progress.get()?;
        Some(
            workspace
                .words()
                .read_so_far(read.done, read.total, read.n_rows),
        )
    };
    let left = move || {
        let words = workspace.words();
        if progress.get().is_some_and(Progress::is_finishing) {
            return Some(words.finishing().to_owned());
        }
        seconds_left.get().map(|seconds| words.time_left(seconds))
    };
    let told = move || {
        let facts: Vec<String> = [so_far(), left()].into_iter().flatten().collect();
        facts.join(", ")
    };
    let heard = move || {
        let quarter = quarter.get();
        (quarter > 0).then(|| workspace.words().quarter_done(quarter))
    };
    view! {
        {bar(workspace, percent, told)}
        <p class="progress-facts"><span>{so_far}</span><span>{left}</span></p>
        <p class="visually-hidden" role="status">{heard}</p>
    }
}

/// What the engine is at behind a view, once it takes longer than a moment: how far it is, and the way to stop it.
#[component]
pub fn WorkBar() -> impl IntoView {
    let workspace = Workspace::expect();
    let work = workspace.read(|session| session.work());
    let is_long = is_long(work);
    move || {
        let is_seen = is_long.get() && work.with(Option::is_some);
        is_seen.then(|| view! { <LongWork/> })
    }
}

/// Whether the engine has been at work for longer than a moment, whatever it was at.
fn is_long(work: Memo<Option<Work>>) -> RwSignal<bool> {
    let is_busy = Memo::new(move |_| work.with(Option::is_some));
    let is_long = RwSignal::new(false);
    let turn = StoredValue::new(0_u32);
    Effect::new(move || {
        turn.update_value(|turn| *turn += 1);
        let own = turn.get_value();
        is_long.set(false);
        if is_busy.get() {
            let show = move || {
                if turn.try_get_value() == Some(own) {
                    is_long.set(true);
                }
            };
            set_timeout(show, SHORT);
        }
    });
    is_long
}

#[component]
fn LongWork() -> impl IntoView {
    let workspace = Workspace::expect();
    let work = workspace.read(|session| session.work());
    let progress = workspace.read(|session| session.progress);
    let percent = Memo::new(move |before: Option<&(Option<Work>, u64)>| {
        let now = progress.get().map_or(0, percent_of);
        let at = work.get();
        // Steps of one analysis may be counted anew in each of its parts.
        let most = before
            .filter(|(of, _)| *of == at)
            .map_or(0, |(_, most)| *most);
        (at, now.max(most))
    });
    let percent = Memo::new(move |_| percent.get().1);
    let name = move || work.get().map(|work| workspace.words().work(work));
    let told = move || workspace.words().percent(percent.get());
    view! {
        <div class="work-bar" data-testid="work">
            <p class="work-name" role="status">{name}</p>
            {bar(workspace, percent, told)}
            <p class="work-share">{told}</p>
            <button type="button" class="button" data-testid="cancel" on:click=move |_| stop(workspace)>
                {move || workspace.words().cancel()}
            </button>
        </div>
    }
    .into_any()
}

/// The button goes with what it stops; the focus goes to the view.
fn stop(workspace: Workspace) {
    workspace.send(Event::CancelAsked);
    route::focus_heading();
}

/// The bar itself.
fn bar(
    workspace: Workspace,
    percent: Memo<u64>,
    told: impl Fn() -> String + Copy + 'static,
) -> AnyView {
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label=move || workspace.words().progress_label()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent.get().to_string()
            aria-valuetext=told
        >
            <div class="progress-done" style:width=move || format!("{}%", percent.get())></div>
        </div>
    }
    .into_any()
}

fn percent_of(progress: Progress) -> u64 {
    (progress.done.saturating_mul(100) / progress.total.max(1)).min(100)
}

/// Smoothed whole seconds; nothing before a second of reading has been seen.
fn seconds_left(progress: Memo<Option<Progress>>) -> Memo<Option<u64>> {
    let started = now_millis();
    let estimate = Memo::new(move |previous: Option<&Option<f64>>| {
        let elapsed = now_millis() - started;
        progress
            .get()?
            .seconds_left(elapsed, previous.copied().flatten())
    });
    Memo::new(move |_| estimate.get().map(|seconds| seconds.ceil() as u64))
}

fn now_millis() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

//! How far the reading of a file is: bytes, rows, and the time left where it can be said honestly.

use crate::session::Progress;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// No time is named before this much of it has been seen, in milliseconds.
const SILENT_MILLIS: f64 = 1_000.0;

/// Weight of the newest estimate of the time left against what was shown before.
const NEWEST_WEIGHT: f64 = 0.2;

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
        seconds_left
            .get()
            .map(|seconds| workspace.words().time_left(seconds))
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
        <p class="progress-facts"><span>{so_far}</span><span>{left}</span></p>
        <p class="visually-hidden" role="status">{heard}</p>
    }
}

fn percent_of(progress: Progress) -> u64 {
    (progress.done.saturating_mul(100) / progress.total.max(1)).min(100)
}

/// Smoothed whole seconds; nothing before a second of reading has been seen.
fn seconds_left(progress: Memo<Option<Progress>>) -> Memo<Option<u64>> {
    let started = now_millis();
    let estimate = Memo::new(move |previous: Option<&Option<f64>>| {
        let Progress { done, total, .. } = progress.get()?;
        let elapsed = now_millis() - started;
        if elapsed < SILENT_MILLIS || done == 0 || total == 0 {
            return None;
        }
        let newest = elapsed * total.saturating_sub(done) as f64 / done as f64 / 1_000.0;
        let before = previous.copied().flatten().unwrap_or(newest);
        Some(before + NEWEST_WEIGHT * (newest - before))
    });
    Memo::new(move |_| estimate.get().map(|seconds| seconds.ceil() as u64))
}

fn now_millis() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

//! The frame of a view: its question, the sentence that answers it, or why there is no answer (yet).

use super::DownloadButton;
use crate::analysis::AnalysisId;
use crate::export::What;
use crate::session::{Event, View};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::turns::{self, Presence};

/// A view with its question, its finding and its content. It is ready once its pictures are drawn.
#[component]
pub fn ViewSection(
    /// Which view.
    view: View,
    /// The state of its result, as in page attributes.
    #[prop(into)]
    state: Signal<&'static str>,
    /// The sentence that answers its question, once there is one.
    #[prop(into)]
    finding: Signal<Option<String>>,
    /// Why there is no answer, and what to do.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// Pictures, tables and settings.
    children: Children,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let is_stopped = workspace.read(|session| session.is_stopped());
    let state = drawn(view, state);
    let has_nothing = move || finding.with(Option::is_none) && problem.with(Option::is_none);
    let waits = move || has_nothing() && !is_stopped.get();
    let is_busy = move || (state.get() == "running").then_some("true");
    view! {
        <section
            class="view"
            data-view=view.key()
            data-state=move || state.get()
            aria-labelledby="view-question"
            aria-busy=is_busy
        >
            <header class="view-head">
                <h2 id="view-question" class="view-question" tabindex="-1">
                    {words.view_question(view)}
                </h2>
                <p class="finding" aria-live="polite">{move || finding.get().map(|text| kept_together(&text))}</p>
                {move || waits().then(|| view! { <p class="waiting">{words.view_waiting()}</p> })}
                {move || is_stopped.get().then(|| stopped(workspace, view, has_nothing()))}
                {move || {
                    problem.get().map(|text| view! { <p class="problem" role="alert">{text}</p> })
                }}
            </header>
            {children()}
            {view.analysis().map(|analysis| report(workspace, analysis, state))}
        </section>
    }
    .into_any()
}

/// What saves everything that the view shows.
fn report(
    workspace: Workspace,
    analysis: AnalysisId,
    state: RwSignal<&'static str>,
) -> impl Fn() -> Option<AnyView> + 'static {
    move || {
        let name = workspace.words().download_report();
        let what = What::Report { analysis };
        (state.get() == "ready").then(|| {
            view! { <p class="actions"><DownloadButton what key="report" name/></p> }.into_any()
        })
    }
}

/// That the computation was stopped, what is seen now, and the way to have it after all.
fn stopped(workspace: Workspace, view: View, has_nothing: bool) -> AnyView {
    let words = workspace.words();
    let again = move |_| workspace.send(Event::ViewShown(view));
    view! {
        <p class="stopped" data-testid="stopped">
            <span>{words.stopped(has_nothing)}</span>
            <button type="button" class="button" data-testid="compute" on:click=again>
                {words.compute()}
            </button>
        </p>
    }
    .into_any()
}

/// A sentence in which a percentage keeps its particle on its line: `12.3%는`.
fn kept_together(text: &str) -> AnyView {
    let word = |(place, word): (usize, &str)| {
        let space = if place > 0 { " " } else { "" };
        match word.contains('%') {
            true => view! { {space} <span class="together">{word.to_owned()}</span> }.into_any(),
            false => view! { {format!("{space}{word}")} }.into_any(),
        }
    };
    text.split(' ')
        .enumerate()
        .map(word)
        .collect_view()
        .into_any()
}

/// The state of what is seen: ready only once the pictures of a ready result are drawn, which is also marked as
/// `gyeol:<view>-ready`.
pub fn drawn(view: View, result: Signal<&'static str>) -> RwSignal<&'static str> {
    let seen = RwSignal::new(match result.get_untracked() {
        "ready" => "running",
        other => other,
    });
    let presence = Presence::of_this();
    Effect::new(move || {
        let state = result.get();
        if state != "ready" {
            return seen.set(state);
        }
        let presence = presence.clone();
        turns::when_drawn(move || {
            if presence.holds() && result.get_untracked() == "ready" {
                seen.set("ready");
                mark_ready(view);
            }
        });
    });
    seen
}

/// Sets the performance mark `gyeol:<view>-ready`.
fn mark_ready(view: View) {
    if let Some(clock) = window().performance() {
        // Without the mark only a measurement from outside is missing.
        let _ = clock.mark(&format!("gyeol:{}-ready", view.key()));
    }
}

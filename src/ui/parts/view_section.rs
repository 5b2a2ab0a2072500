//! The frame of a view: its question, the sentence that answers it, or why there is no answer.

use crate::session::View;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A view with its question, its finding and its content.
#[component]
pub fn ViewSection(
    /// Which view.
    view: View,
    /// Its state, as in page attributes.
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
    let words = Workspace::expect().words_now();
    let waits = move || finding.with(Option::is_none) && problem.with(Option::is_none);
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
                <p class="finding">{move || finding.get()}</p>
                {move || waits().then(|| view! { <p class="waiting">{words.view_waiting()}</p> })}
                {move || {
                    problem.get().map(|text| view! { <p class="problem" role="alert">{text}</p> })
                }}
            </header>
            {children()}
        </section>
    }
    .into_any()
}

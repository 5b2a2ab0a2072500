//! What happens to the data, how to check it, and a test that tries what must not work.

use js_sys::Reflect;
use leptos::html;

use crate::session::Event;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::preferences::Preferences;

/// The dialog behind the privacy badge.
#[component]
pub fn PrivacyDialog(
    /// The element, so that the badge can open it.
    dialog: NodeRef<html::Dialog>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let is_online = expect_context::<Preferences>().is_online;
    let close = move |_| {
        if let Some(dialog) = dialog.get() {
            dialog.close();
        }
    };
    let content = move || {
        let words = workspace.words();
        let item = |text: &'static str| view! { <li>{text}</li> };
        view! {
            <h2 id="privacy-heading">{words.privacy_heading()}</h2>
            <ul class="plain-list">{words.privacy_facts().map(item)}</ul>
            <h3>{words.privacy_check_heading()}</h3>
            <ul class="plain-list">{words.privacy_checks().map(item)}</ul>
            <SelfTest words=words/>
            <p class="fine">
                {move || words.network_state(is_online.get())} " · " {words.build(&build())}
            </p>
            <button type="button" class="button" data-testid="close-privacy" on:click=close>
                {words.close()}
            </button>
        }
    };
    view! { <dialog node_ref=dialog class="dialog" aria-labelledby="privacy-heading">{content}</dialog> }
}

/// The button that tries a forbidden request, and what came of it.
#[component]
fn SelfTest(
    /// The words.
    words: Words,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let result = workspace.read(|session| session.self_test);
    let verdict = move || {
        result.get().map(|was_refused| {
            let class = if was_refused { "verdict" } else { "verdict is-bad" };
            let outcome = if was_refused { "refused" } else { "reached" };
            view! { <span class=class data-outcome=outcome>{words.self_test_result(was_refused)}</span> }
        })
    };
    view! {
        <p class="self-test">
            <button
                type="button"
                class="button"
                data-testid="self-test"
                on:click=move |_| workspace.send(Event::SelfTestAsked)
            >
                {words.self_test()}
            </button>
            <span role="status">{verdict}</span>
        </p>
    }
}

/// The build as the page was told when it was loaded.
fn build() -> String {
    let gyeol = Reflect::get(&js_sys::global(), &"gyeol".into());
    let build = gyeol.and_then(|gyeol| Reflect::get(&gyeol, &"build".into()));
    build
        .ok()
        .and_then(|build| build.as_string())
        .unwrap_or_default()
}

//! What a person should know, below the header, until it has been read.

use leptos::prelude::*;

use super::Icon;
use crate::session::{Event, Notice};
use crate::text::Words;
use crate::ui::Workspace;

/// The newest notices: alarms interrupt a screen reader, the others wait.
#[component]
pub fn Notices() -> impl IntoView {
    let workspace = Workspace::expect();
    let notices = workspace.read(|session| session.notices.clone());
    let list = move |alarms: bool| {
        let words = workspace.words();
        let shown = notices.get().into_iter().enumerate();
        let shown = shown.filter(|(_, notice)| Words::is_alarm(notice) == alarms);
        shown
            .map(|(place, notice)| line(workspace, words, place, &notice))
            .collect_view()
    };
    view! {
        <div class="notices">
            <div role="alert">{move || list(true)}</div>
            <div role="status">{move || list(false)}</div>
        </div>
    }
}

fn line(workspace: Workspace, words: Words, place: usize, notice: &Notice) -> AnyView {
    let class = if Words::is_alarm(notice) {
        "message is-bad"
    } else {
        "message"
    };
    let dismiss = move |_| workspace.send(Event::NoticeDismissed(place));
    view! {
        <p class=class>
            <span>{words.notice(notice)}</span>
            <button type="button" class="icon-button" aria-label=words.close() on:click=dismiss>
                <Icon name="close"/>
            </button>
        </p>
    }
    .into_any()
}

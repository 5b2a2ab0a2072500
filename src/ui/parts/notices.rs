//! What a person should know, below the header, until it has been read.

use super::Icon;
use crate::session::{Event, Notice};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The newest alarm, which interrupts a screen reader, and the newest other notice, which waits.
#[component]
pub fn Notices() -> impl IntoView {
    let workspace = Workspace::expect();
    let notices = workspace.read(|session| session.notices.clone());
    let newest = move |is_alarm: bool| {
        let words = workspace.words();
        notices.with(|notices| {
            let mut from_newest = notices.iter().rev();
            let notice = from_newest.find(|notice| Words::is_alarm(notice) == is_alarm)?;
            Some(line(workspace, words, notice))
        })
    };
    view! {
        <div class="notices">
            <div role="alert">{move || newest(true)}</div>
            <div role="status">{move || newest(false)}</div>
        </div>
    }
}

fn line(workspace: Workspace, words: Words, notice: &Notice) -> AnyView {
    let is_alarm = Words::is_alarm(notice);
    let class = if is_alarm {
        "message is-bad"
    } else {
        "message"
    };
    view! {
        <p class=class>
            <span>{words.notice(notice)}</span>
            <button
                type="button"
                class="icon-button"
                aria-label=words.close()
                on:click=move |_| dismiss(workspace, is_alarm)
            >
                <Icon name="close" />
            </button>
        </p>
    }
    .into_any()
}

/// The older ones of the same kind go with the newest; they were seen before it.
fn dismiss(workspace: Workspace, is_alarm: bool) {
    let places: Vec<usize> = workspace.session.with_untracked(|session| {
        let notices = session.notices.iter().enumerate();
        let own = notices.filter(|(_, notice)| Words::is_alarm(notice) == is_alarm);
        own.map(|(place, _)| place).collect()
    });
    for place in places.into_iter().rev() {
        workspace.send(Event::NoticeDismissed(place));
    }
}

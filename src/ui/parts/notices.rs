//! What a person should know: what went wrong until it has been read, what went well for a while.

use std::time::Duration;

use super::Icon;
use crate::session::{Event, Notice};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// So long a passing notice is seen after it came, or after pointer and keyboard have left it.
const SEEN: Duration = Duration::from_secs(8);

/// The newest alarm, below the header; it interrupts a screen reader and stays until it is closed.
#[component]
pub fn Alarms() -> impl IntoView {
    let workspace = Workspace::expect();
    let newest = newest(workspace, true);
    let alarm =
        move || newest.with(|notice| Some(line(workspace, notice.as_ref()?, "message is-bad")));
    view! { <div class="alarms" role="alert">{alarm}</div> }
}

/// The newest other notice, in the header, where it covers nothing. One that needs no answer leaves the eye after a
/// while and stays for screen readers.
#[component]
pub fn Status() -> impl IntoView {
    let workspace = Workspace::expect();
    let newest = newest(workspace, false);
    let n_told = workspace.read(|session| session.n_told);
    // How often the time began anew; whether it is over; whether somebody is at the notice.
    let (turn, is_past, is_held) = (
        StoredValue::new(0_u32),
        RwSignal::new(false),
        StoredValue::new(false),
    );
    let begin = move || {
        turn.update_value(|turn| *turn += 1);
        let own = turn.get_value();
        let end = move || {
            if turn.try_get_value() == Some(own) && !is_held.get_value() {
                is_past.set(true);
            }
        };
        set_timeout(end, SEEN);
    };
    Effect::new(move || {
        n_told.track();
        is_past.set(false);
        if newest.with(|notice| notice.as_ref().is_some_and(Words::is_passing)) {
            begin();
        }
    });
    let hold = move || is_held.set_value(true);
    let release = move || {
        is_held.set_value(false);
        if newest.with_untracked(|notice| notice.as_ref().is_some_and(Words::is_passing)) {
            begin();
        }
    };
    let status = move || {
        let is_past = is_past.get();
        newest.with(|notice| {
            let notice = notice.as_ref()?;
            Some(if is_past {
                let said = workspace.words().notice(notice);
                view! { <p class="visually-hidden">{said}</p> }.into_any()
            } else {
                line(workspace, notice, "message")
            })
        })
    };
    view! {
        <div
            class="status"
            role="status"
            on:pointerenter=move |_| hold()
            on:pointerleave=move |_| release()
            on:focusin=move |_| hold()
            on:focusout=move |_| release()
        >
            {status}
        </div>
    }
}

fn newest(workspace: Workspace, is_alarm: bool) -> Memo<Option<Notice>> {
    workspace.read(move |session| {
        let mut from_newest = session.notices.iter().rev();
        from_newest
            .find(|notice| Words::is_alarm(notice) == is_alarm)
            .cloned()
    })
}

fn line(workspace: Workspace, notice: &Notice, class: &'static str) -> AnyView {
    let words = workspace.words();
    let is_alarm = Words::is_alarm(notice);
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

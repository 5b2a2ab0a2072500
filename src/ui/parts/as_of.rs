//! The day on which the customers are looked at.

use crate::data::Day;
use crate::session::Session;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Days after the last order that can still be chosen: ten years.
const MOST_DAYS_AFTER: i32 = 3_652;

/// The as-of date with the way back to the day after the last order.
#[component]
pub fn AsOf() -> impl IntoView {
    let workspace = Workspace::expect();
    let days = workspace.read(days_of);
    // The day after the last order is none of one's own: it follows the file, and next month's orders with it.
    let set = move |as_of: Option<Day>| {
        let default = days.get_untracked().map(|days| days.default);
        let as_of = as_of.filter(|&day| Some(day) != default);
        workspace.change_settings(|settings| settings.as_of = as_of);
    };
    // An emptied field is the way back, too.
    let changed = move |event| {
        let text = event_target_value(&event);
        match text.parse() {
            Ok(day) => set(Some(day)),
            Err(_) if text.is_empty() => set(None),
            Err(_) => {}
        }
    };
    let text = move |pick: fn(&Days) -> Day| move || days.get().map(|d| pick(&d).to_string());
    let reset = move || {
        let words = workspace.words();
        days.get().is_some_and(|days| days.is_own).then(|| {
            view! {
                <button type="button" class="link-button as-of-reset" on:click=move |_| set(None)>
                    {words.as_of_reset()}
                </button>
            }
        })
    };
    // The browser's own field follows the browser's language, not the page's.
    let written = move || {
        let words = workspace.words();
        days.get().map(|days| words.day(days.shown))
    };
    let about = move || {
        let words = workspace.words();
        view! {
            <details class="explained" data-testid="as-of-about">
                <summary>{words.as_of_about_summary()}</summary>
                <p>{words.as_of_about()}</p>
            </details>
        }
    };
    view! {
        <label class="as-of" for="as-of">{move || workspace.words().as_of_label()}</label>
        <input
            id="as-of"
            type="date"
            data-testid="as-of"
            min=text(|days| days.first)
            max=text(|days| days.last)
            prop:value=text(|days| days.shown)
            on:change=changed
            aria-describedby="as-of-day"
        />
        <span class="as-of" id="as-of-day" data-testid="as-of-day">{written}</span>
        {reset}
        {about}
    }
}

/// The dates that the control shows.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Days {
    /// Of the first order.
    pub(super) first: Day,
    /// After the last order.
    pub(super) default: Day,
    last: Day,
    /// On which the customers are looked at.
    pub(super) shown: Day,
    is_own: bool,
}

/// The dates of an open file; `None` where it has none.
pub(super) fn days_of(session: &Session) -> Option<Days> {
    let imported = session.imported.as_ref()?;
    let (first, _) = imported.period?;
    Some(Days {
        first,
        default: imported.default_as_of,
        last: imported.default_as_of.plus(MOST_DAYS_AFTER),
        shown: session.settings.as_of.unwrap_or(imported.default_as_of),
        is_own: session.settings.as_of.is_some(),
    })
}

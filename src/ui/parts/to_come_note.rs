//! That rows are dated after today, and the way to leave them out of what is looked at. The only place that asks the clock
//! what day it is.

use crate::data::{Day, ToCome};
use crate::session::Session;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A sentence and a button; nothing where all days have come, or the as-of date has.
#[component]
pub fn ToComeNote() -> impl IntoView {
    let workspace = Workspace::expect();
    let today = today();
    let found = workspace.read(move |session| to_come(session, today));
    move || {
        let words = workspace.words();
        let own = found.get()?;
        let set = move |_| workspace.change_settings(move |settings| settings.as_of = Some(today));
        Some(
            view! {
                <p class="problem" role="alert" data-testid="to-come">
                    {words.to_come(own)}
                    " "
                    <button type="button" class="quiet" data-testid="to-come-set" on:click=set>
                        {words.to_come_set()}
                    </button>
                </p>
            }
            .into_any(),
        )
    }
}

fn to_come(session: &Session, today: Day) -> Option<ToCome> {
    let imported = session.imported.as_ref()?;
    let as_of = session.settings.as_of.unwrap_or(imported.default_as_of);
    ToCome::of(&imported.latest_days, today, as_of)
}

/// The day that the clock on the wall shows here.
fn today() -> Day {
    let now = js_sys::Date::new_0();
    Day::of_clock(now.get_time() - 60_000.0 * now.get_timezone_offset())
}

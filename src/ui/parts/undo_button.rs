//! Back to the settings before the last change.

use crate::session::Event;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A quiet button that undoes the last change of any setting.
#[component]
pub fn UndoButton() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    view! {
        <button type="button" class="quiet" on:click=move |_| workspace.send(Event::Undo)>
            {words.settings_undo()}
        </button>
    }
    .into_any()
}

//! Back to the settings before the last change.

use crate::session::{Event, Session};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A quiet button that undoes the last change of any setting; nothing where there is none.
#[component]
pub fn UndoButton() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let can_undo = workspace.read(Session::can_undo);
    view! {
        <Show when=move || can_undo.get()>
            <button type="button" class="quiet" on:click=move |_| workspace.send(Event::Undo)>
                {words.settings_undo()}
            </button>
        </Show>
    }
    .into_any()
}

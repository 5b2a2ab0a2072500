//! That the files lack all that their project was saved with, and the way to add them.

use crate::session::Session;
use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, intake};

/// A sentence and a button; nothing where nothing is known to be missing.
#[component]
pub fn GapNote() -> impl IntoView {
    let workspace = Workspace::expect();
    let gap = workspace.read(Session::gap);
    move || {
        let words = workspace.words();
        let gap = gap.get()?;
        Some(view! {
            <p class="problem" role="alert" data-testid="gap">
                {words.lacks_past(&gap)}
                " "
                <button type="button" class="quiet" data-testid="gap-choose" on:click=|_| intake::choose()>
                    {words.choose_file()}
                </button>
            </p>
        }
        .into_any())
    }
}

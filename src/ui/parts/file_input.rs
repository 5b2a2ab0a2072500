//! The one file input of the page. Buttons open it; it is not seen itself.

use crate::ui::dom::prelude::*;
use crate::ui::{Engine, Workspace, intake};

/// Takes several files; always there, so that another file can be opened at every stage.
#[component]
pub fn FileInput() -> impl IntoView {
    let workspace = Workspace::expect();
    let engine = expect_context::<Engine>();
    view! {
        <input
            id=intake::FILE_INPUT
            class="visually-hidden"
            type="file"
            multiple
            tabindex="-1"
            data-testid="file-input"
            aria-label=move || workspace.words().choose_file()
            on:change=move |event| intake::chosen(engine, &event)
        />
    }
}

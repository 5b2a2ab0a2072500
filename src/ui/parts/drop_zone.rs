//! The place where a file is dropped. The whole window takes it; this shows where.

use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, intake};

/// A dashed zone with the button that opens the browser's choice of files.
#[component]
pub fn DropZone() -> impl IntoView {
    let workspace = Workspace::expect();
    move || {
        let words = workspace.words();
        let title = move || {
            if workspace.is_dragging.get() {
                words.drop_now()
            } else {
                words.drop_here()
            }
        };
        view! {
            <div class="drop-zone">
                <p class="drop-title">{title}</p>
                <button
                    type="button"
                    class="button is-primary"
                    data-testid="choose-file"
                    on:click=move |_| intake::choose()
                >
                    {words.choose_file()}
                </button>
                <p class="fine">{words.drop_forms()}</p>
            </div>
        }
    }
}

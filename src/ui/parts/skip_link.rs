//! The first stop of the Tab key.

use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, route};

/// Moves the focus past the header. It is a button, since addresses with a hash are views here.
#[component]
pub fn SkipLink() -> impl IntoView {
    let workspace = Workspace::expect();
    view! {
        <button class="skip-link" type="button" on:click=move |_| route::focus_heading()>
            {move || workspace.words().skip_link()}
        </button>
    }
}

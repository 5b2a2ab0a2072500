//! Where a number comes from, one press away.

use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A closed disclosure that says how something is computed.
#[component]
pub fn Explained(
    /// Formula and convention in plain words.
    text: &'static str,
) -> impl IntoView {
    let words = Workspace::expect().words_now();
    view! {
        <details class="explained">
            <summary>{words.how_computed()}</summary>
            <p>{text}</p>
        </details>
    }
    .into_any()
}

//! The first page: what this is, what it needs, and the ways in.

use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DropZone, Grain, Samples};

/// Title, promise, drop zone, samples, and three short lines.
#[component]
pub fn EmptyScreen() -> impl IntoView {
    let workspace = Workspace::expect();
    move || {
        let words = workspace.words();
        let lines = words
            .in_short()
            .map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> });
        view! {
            <div class="empty">
                <Grain/>
                <div class="empty-head">
                    <h1>{words.title()}</h1>
                    <p class="lead">{words.promise()}</p>
                </div>
                <div class="empty-ways">
                    <DropZone/>
                    <Samples/>
                </div>
                <dl class="in-short">{lines}</dl>
            </div>
        }
    }
}

//! Whether the clusters that are shown go on being used, on other days and for other files.
//!
//! The box beside the slider does the same with all that has boundaries; a table of customers has no slider.

use crate::session::Event;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The box, and what it means.
pub(super) fn kept(workspace: Workspace, words: Words) -> AnyView {
    let is_held = workspace.read(|session| session.keeps_clusters());
    let can_hold = workspace.read(|session| session.can_keep_clusters());
    let changed = move |event| workspace.send(Event::ClustersKept(event_target_checked(&event)));
    let hint = move || words.clusters_hold_hint(is_held.get(), can_hold.get());
    view! {
        <label class="check" for="hold-clusters">
            <input
                type="checkbox"
                id="hold-clusters"
                data-testid="hold-clusters"
                aria-describedby="hold-clusters-hint"
                prop:checked=move || is_held.get()
                prop:disabled=move || !is_held.get() && !can_hold.get()
                on:change=changed
            />
            {words.clusters_hold()}
        </label>
        <p class="hint" id="hold-clusters-hint">{hint}</p>
    }
    .into_any()
}

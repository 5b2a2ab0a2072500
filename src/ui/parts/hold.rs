//! Whether other days are scored by the boundaries of the day on which this was ticked; what that does is the session's.

use crate::session::Event;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The box beside the slider; it names what it holds.
pub(super) fn hold(workspace: Workspace) -> AnyView {
    let boundaries = workspace.read(|session| session.boundaries());
    let changed = move |event| workspace.send(Event::BoundariesHeld(event_target_checked(&event)));
    let label = move || {
        let words = workspace.words();
        boundaries.with(|all| words.time_machine_hold(all.day, &all.of))
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                id="hold-boundaries"
                data-testid="hold-boundaries"
                prop:checked=move || boundaries.with(|all| all.is_held)
                prop:disabled=move || boundaries.with(|all| !all.can_change)
                on:change=changed
            />
            {label}
        </label>
    }
    .into_any()
}

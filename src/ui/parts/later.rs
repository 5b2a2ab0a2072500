//! A part of a view that is built when its turn comes: what a person sees first stands first.

use crate::ui::dom::ChildrenFn;
use crate::ui::dom::prelude::*;

use crate::ui::turns::{self, Presence};

/// Builds its children a little later, after everything above that waits for its turn.
#[component]
pub fn Later(
    /// What lies below what is seen first.
    children: ChildrenFn,
) -> impl IntoView {
    let is_due = RwSignal::new(false);
    let presence = Presence::of_this();
    turns::later(move || {
        if presence.holds() {
            is_due.set(true);
        }
    });
    move || is_due.get().then(|| children())
}

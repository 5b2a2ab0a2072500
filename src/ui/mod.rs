//! What a person sees. Components read slices of the session and send events; they compute nothing.

use leptos::prelude::*;

mod canvas;
mod engine;
pub mod parts;
mod workspace;

pub use engine::{Engine, save};
pub use workspace::Workspace;

/// Mounts the interface into the page.
pub fn mount() {
    leptos::mount::mount_to_body(|| view! { <main data-stage="empty">"Gyeol"</main> });
}

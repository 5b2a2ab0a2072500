//! What a person sees.

use leptos::prelude::*;

/// Mounts the interface into the page.
pub fn mount() {
    leptos::mount::mount_to_body(|| view! { <main data-stage="empty">"Gyeol"</main> });
}

//! The workspace: rail, file bar, the view that the address names, and the place of the inspector.

use leptos::prelude::*;

use super::parts::{FileBar, Rail};
use super::{Workspace, views};
use crate::session::View;

/// What is shown once there are results.
#[component]
pub fn Frame() -> impl IntoView {
    let workspace = Workspace::expect();
    view! {
        <div class="frame">
            <Rail/>
            <div class="frame-main">
                <FileBar/>
                {move || view_of(workspace.view.get())}
            </div>
        </div>
    }
    .into_any()
}

fn view_of(view: View) -> AnyView {
    match view {
        View::Data => view! { <views::Data/> }.into_any(),
        _ => view! { <section data-view=view.key() data-state="idle"><h2>{view.key()}</h2></section> }.into_any(),
    }
}

//! While the whole file is read.

use crate::session::Event;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::ProgressBar;

/// What is being read, how far it is, how long it takes, and the way out.
#[component]
pub fn ImportingScreen() -> impl IntoView {
    let workspace = Workspace::expect();
    let name = workspace.read(|session| session.file.as_ref().map(|file| file.name.clone()));
    view! {
        <div class="waiting-screen">
            <h1>{move || workspace.words().importing(&name.get().unwrap_or_default())}</h1>
            <p class="lead">{move || workspace.words().importing_explained()}</p>
            <ProgressBar/>
            <button
                type="button"
                class="button"
                data-testid="cancel"
                on:click=move |_| workspace.send(Event::CancelAsked)
            >
                {move || workspace.words().cancel()}
            </button>
        </div>
    }
}

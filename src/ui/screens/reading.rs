//! While the head of a file is read, or a sample is made.

use crate::session::Event;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::ProgressBar;

/// What is being looked at, how far, and the way out.
#[component]
pub fn ReadingScreen() -> impl IntoView {
    let workspace = Workspace::expect();
    let name = workspace.read(|session| session.file.as_ref().map(|file| file.name.clone()));
    view! {
        <div class="waiting-screen">
            <h1>{move || workspace.words().reading(name.get().as_deref())}</h1>
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

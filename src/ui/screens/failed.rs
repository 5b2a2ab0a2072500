//! A file that could not be used while nothing else was open.

use crate::session::Event;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DropZone, Samples};

/// Says what could not be opened, why, what to do about it, and offers all ways in again.
#[component]
pub fn FailedScreen() -> impl IntoView {
    let workspace = Workspace::expect();
    let name = workspace.read(|session| session.file.as_ref().map(|file| file.name.clone()));
    let error = workspace.read(|session| session.mapping_error.clone());
    let reason = move || {
        error
            .get()
            .map(|error| workspace.words().import_error(&error))
    };
    view! {
        <div class="failed">
            <h1>{move || workspace.words().could_not_open(name.get().as_deref())}</h1>
            <p class="problem" role="alert">{reason}</p>
            <div class="empty-ways">
                <DropZone/>
                <Samples/>
            </div>
            <button
                type="button"
                class="button"
                data-testid="start-over"
                on:click=move |_| workspace.send(Event::CloseAsked)
            >
                {move || workspace.words().start_over()}
            </button>
        </div>
    }
}

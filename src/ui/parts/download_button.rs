//! A button that has the engine make a file.

use super::Icon;
use crate::export::What;
use crate::session::Event;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Asks for a file and saves it.
#[component]
pub fn DownloadButton(
    /// The file.
    #[prop(into)]
    what: Signal<What>,
    /// Its name in page attributes: `customers`, `segments`.
    key: &'static str,
    /// What the button says.
    #[prop(into)]
    name: Signal<&'static str>,
    /// What the button says behind its name: how many there are.
    #[prop(optional)]
    behind: Option<Signal<String>>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    view! {
        <button
            type="button"
            class="button"
            data-testid=format!("download-{key}")
            on:click=move |_| workspace.send(Event::ExportAsked(what.get_untracked()))
        >
            <Icon name="save"/>
            <span>{move || name.get()} {move || behind.map(|behind| behind.get())}</span>
        </button>
    }
    .into_any()
}

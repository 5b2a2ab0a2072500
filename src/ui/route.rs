//! Hash routes, so that Back works on any static host: `#/rfm` names a view.
//!
//! Also what follows from being somewhere: the tab's title, the keyboard focus, and the event that a view is shown.

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Workspace;
use crate::session::{Event, Stage, View};
use crate::ui::dom::prelude::*;

/// Follows the address for as long as the page lives.
pub fn follow(workspace: Workspace) {
    let read_address = move || workspace.view.set(view_of_address());
    read_address();
    window_event_listener_untyped("hashchange", move |_| read_address());
    let stage = workspace.read(|session| session.stage);
    show_views(workspace, stage);
    keep_title(workspace, stage);
    keep_focus(workspace, stage);
}

/// The address of a view within the page.
pub fn hash_of(view: View) -> String {
    format!("#/{}", view.key())
}

/// An address that is unknown is the first view.
fn view_of_address() -> View {
    let hash = window().location().hash().unwrap_or_default();
    View::from_key(hash.trim_start_matches("#/")).unwrap_or_default()
}

fn show_views(workspace: Workspace, stage: Memo<Stage>) {
    Effect::new(move || {
        let view = workspace.view.get();
        if matches!(stage.get(), Stage::Ready | Stage::Mapping) {
            workspace.send(Event::ViewShown(view));
        }
    });
}

fn keep_title(workspace: Workspace, stage: Memo<Stage>) {
    let file_name = workspace.read(|session| session.file.as_ref().map(|file| file.name.clone()));
    Effect::new(move || {
        let words = workspace.words();
        let place = (stage.get() == Stage::Ready).then(|| words.view(workspace.view.get()));
        document().set_title(&words.document_title(place, file_name.get().as_deref()));
    });
}

/// On a change of place the focus goes to the new heading; not when the page has just been opened.
fn keep_focus(workspace: Workspace, stage: Memo<Stage>) {
    let mut last = None;
    Effect::new(move || {
        let place = (stage.get(), workspace.view.get());
        if last.replace(place).is_some_and(|last| last != place) {
            request_animation_frame(focus_heading);
        }
    });
}

/// Puts the focus on the heading of what is shown.
pub fn focus_heading() {
    let find = |selector| document().query_selector(selector).ok().flatten();
    let heading = find("#content [data-view] h2").or_else(|| find("#content h1"));
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        heading.set_tab_index(-1);
        let _ = heading.focus();
    }
}

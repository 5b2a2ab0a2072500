//! Keys that work everywhere: Esc stops what runs, Ctrl+Z takes the last change back.

use leptos::ev::{self, KeyboardEvent};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Workspace;
use crate::session::{Event, Stage};
use crate::ui::dom::prelude::*;

/// Listens for as long as the page lives.
pub fn listen(workspace: Workspace) {
    window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || is_elsewhere(&event) {
            return;
        }
        let stage = workspace.session.with_untracked(|session| session.stage);
        let is_undo = event.key() == "z" && (event.ctrl_key() || event.meta_key());
        if event.key() == "Escape" && matches!(stage, Stage::Reading | Stage::Importing) {
            workspace.send(Event::CancelAsked);
        } else if is_undo && !event.shift_key() && stage == Stage::Ready {
            event.prevent_default();
            workspace.send(Event::Undo);
        }
    });
}

/// In a field or a dialog the keys have their own meaning.
fn is_elsewhere(event: &KeyboardEvent) -> bool {
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| {
        element
            .closest("input, textarea, select, dialog")
            .ok()
            .flatten()
            .is_some()
    })
}

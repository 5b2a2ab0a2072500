//! Hash routes, so that Back works on any static host: `#/rfm` names a view, `#/start` the first page, `#/mapping`
//! the columns.
//!
//! Also what follows from being somewhere: the tab's title, the keyboard focus (by Back it is where it was left), the event that a view is shown, and
//! the browser's own question before results are left. Invariant: the address follows the stage and the stage the
//! address, except that an address with a view waits for a file.

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::Workspace;
use crate::session::{Event, Session, Stage, View};
use crate::ui::dom::prelude::*;

const START: &str = "#/start";
const MAPPING: &str = "#/mapping";

/// What an address names.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// The first page.
    Start,
    /// The columns.
    Mapping,
    /// A view of the results.
    View(View),
}

/// Follows the address for as long as the page lives.
pub fn follow(workspace: Workspace) {
    if let Place::View(view) = place_of_address() {
        workspace.view.set(view);
    }
    window_event_listener_untyped("hashchange", move |_| follow_address(workspace));
    window_event_listener_untyped("beforeunload", move |event| {
        if workspace.session.with_untracked(Session::has_results) {
            event.prevent_default();
        }
    });
    let stage = workspace.read(|session| session.stage);
    show_views(workspace, stage);
    keep_address(workspace, stage);
    keep_title(workspace, stage);
    keep_focus(workspace, stage);
}

/// The address of a view within the page.
pub fn hash_of(view: View) -> String {
    format!("#/{}", view.key())
}

fn place_of_address() -> Place {
    match &*hash() {
        "" | "#/" | START => Place::Start,
        MAPPING => Place::Mapping,
        // An address that is unknown is the first view.
        other => Place::View(View::from_key(other.trim_start_matches("#/")).unwrap_or_default()),
    }
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// The address was changed by Back, Forward, a link or a person.
fn follow_address(workspace: Workspace) {
    let (stage, has_results) = workspace
        .session
        .with_untracked(|session| (session.stage, session.has_results()));
    match place_of_address() {
        Place::View(view) => {
            workspace.view.set(view);
            if has_results {
                workspace.send(Event::ResultsAsked);
            }
        }
        Place::Mapping if has_results => workspace.send(Event::MappingAsked),
        Place::Mapping if stage == Stage::Importing => workspace.send(Event::CancelAsked),
        Place::Mapping => {}
        Place::Start => {
            if stage.is_reading() {
                workspace.send(Event::CancelAsked);
            }
            if stage != Stage::Empty {
                workspace.send(Event::StartAsked);
            }
        }
    }
    let stage = workspace.session.with_untracked(|session| session.stage);
    settle(workspace, stage, false);
}

/// What a person did leads to another address, with the one before behind Back.
fn keep_address(workspace: Workspace, stage: Memo<Stage>) {
    let mut last = Stage::Empty;
    Effect::new(move || {
        let now = stage.get();
        if std::mem::replace(&mut last, now) != now {
            settle(workspace, now, true);
        }
    });
}

/// Makes the address that of the stage: as a `new` one, or in the place of one that leads nowhere.
fn settle(workspace: Workspace, stage: Stage, is_new: bool) {
    let here = place_of_address();
    let place = match stage {
        Stage::Mapping => Place::Mapping,
        Stage::Ready => Place::View(workspace.view.get_untracked()),
        // A view in the address waits for a file.
        Stage::Empty | Stage::Failed
            if !matches!(here, Place::View(_)) || has_results(workspace) =>
        {
            Place::Start
        }
        _ => return,
    };
    if place == here {
        return;
    }
    if is_new
        && place == Place::Mapping
        && matches!(here, Place::View(_))
        && !has_results(workspace)
    {
        // What waited is known now: behind Back is the first page.
        go(START, false);
    }
    let address = match place {
        Place::Start => START.to_owned(),
        Place::Mapping => MAPPING.to_owned(),
        Place::View(view) => hash_of(view),
    };
    go(&address, is_new);
}

fn has_results(workspace: Workspace) -> bool {
    workspace.session.with_untracked(Session::has_results)
}

fn go(address: &str, is_new: bool) {
    let Ok(history) = window().history() else {
        return;
    };
    // A browser that keeps no history has no Back either.
    let _ = match is_new {
        true => history.push_state_with_url(&JsValue::NULL, "", Some(address)),
        false => history.replace_state_with_url(&JsValue::NULL, "", Some(address)),
    };
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
            request_animation_frame(focus_place);
        }
    });
}

/// Back leads to the element with this id on the page that is left now.
pub fn come_back_to(id: &str) {
    if let Ok(history) = window().history() {
        // A browser that keeps no history has no Back either.
        let _ = history.replace_state_with_url(&JsValue::from_str(id), "", None);
    }
}

/// Puts the focus where a person had left what is shown, if it is there and they have come by Back or Forward; else on
/// the heading.
fn focus_place() {
    let state = window().history().and_then(|history| history.state()).ok();
    let id = state.and_then(|state| state.as_string());
    let left = id.and_then(|id| document().get_element_by_id(&id));
    match left.and_then(|left| left.dyn_into::<HtmlElement>().ok()) {
        Some(left) => {
            let _ = left.focus();
        }
        None => focus_heading(),
    }
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

//! The list of views: at the left, at the bottom of a phone.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Icon;
use crate::session::{RailPart, View};
use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, route};

/// Links to all views, in named parts.
#[component]
pub fn Rail() -> impl IntoView {
    let workspace = Workspace::expect();
    let link = move |view: View| {
        let current = move || (workspace.view.get().in_rail() == view).then_some("page");
        let head = move |part: RailPart| {
            view! { <li class="rail-head">{move || workspace.words().rail_part(part)}</li> }
        };
        view! {
            {view.opens().map(head)}
            <li>
                <a class="rail-link" href=route::hash_of(view) aria-current=current>
                    <Icon name=view.key()/>
                    <span>{move || workspace.words().view(view)}</span>
                </a>
            </li>
        }
    };
    // On a phone the list is wider than the screen.
    Effect::new(move || {
        workspace.view.get();
        request_animation_frame(show_current);
    });
    view! {
        <nav class="rail" aria-label=move || workspace.words().views_label()>
            <ul>{View::ALL.into_iter().filter(|view| view.in_rail() == *view).map(link).collect_view()}</ul>
        </nav>
    }
}

/// Puts the link of the view that is shown into the middle of a list that is scrolled sideways.
fn show_current() {
    let element = |selector: &str| {
        let found = document().query_selector(selector).ok()??;
        found.dyn_into::<HtmlElement>().ok()
    };
    if let (Some(list), Some(link)) = (element(".rail ul"), element(".rail-link[aria-current]")) {
        let room = list.client_width() - link.offset_width();
        list.set_scroll_left(link.offset_left() - room / 2);
    }
}

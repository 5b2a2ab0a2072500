//! Elements of the page without a type for each of them: what `view!` writes, and how it gets into the document.
//!
//! A view is a value ([`AnyView`]). Mounting builds its nodes; when a closure in it is run again by a signal, the new
//! view is laid over the nodes that are there, so that focus, scroll offsets and open disclosures stay.
//! Invariant: text goes into text nodes, attributes and properties only, never into markup.
//! Idea: Leptos' renderer, which does the same with a type, and so with code, for each element, closure and value.

mod element;
mod mounted;
mod set;
mod show;
mod slots;
mod value;
mod view;

pub use element::Element;
pub use show::Show;
pub use slots::Slots;
pub use value::{IntoValue, Value};
pub use view::{AnyView, Children, ChildrenFn, CollectView, IntoView, ToChildren, component};

/// What a file with components starts from: signals of Leptos, elements of this folder.
pub mod prelude {
    pub use super::{AnyView, Children, CollectView, IntoView, Show};
    pub use crate::ui::signals::{Effect, Memo, Signal};
    pub use gyeol_view::{component, view};
    pub use leptos::prelude::{
        Callable, Callback, Get, GetUntracked, GetValue, LocalStorage, NodeRef, RwSignal, Set,
        SetValue, StoredValue, Update, UpdateValue, With, WithUntracked, WithValue, document,
        event_target, event_target_checked, event_target_value, expect_context, on_cleanup,
        provide_context, request_animation_frame, set_timeout, window, window_event_listener,
    };
}

use leptos::prelude::{Owner, document};

/// Puts a view at the end of the page's body, for as long as the page lives.
pub fn mount(view: impl FnOnce() -> AnyView) {
    // The only other answer is that it was done before.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let mounted = owner.with(|| mounted::build(view()));
    if let Some(body) = document().body() {
        mounted.insert(&body, None);
    }
    std::mem::forget((owner, mounted));
}

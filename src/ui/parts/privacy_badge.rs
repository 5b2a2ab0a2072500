//! The promise of privacy, always in sight.

use leptos::html;

use super::{Icon, PrivacyDialog};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::preferences::Preferences;

/// A button that says where the data is and opens the dialog that proves it.
#[component]
pub fn PrivacyBadge() -> impl IntoView {
    let workspace = Workspace::expect();
    let is_online = expect_context::<Preferences>().is_online;
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |_| {
        if let Some(dialog) = dialog.get() {
            let _ = dialog.show_modal();
        }
    };
    let text = move || {
        let words = workspace.words();
        if is_online.get() {
            words.privacy_badge()
        } else {
            words.privacy_badge_offline()
        }
    };
    view! {
        <button class="badge" type="button" data-testid="privacy" aria-label=text on:click=open>
            <Icon name="shield"/>
            <span class="badge-text">{text}</span>
        </button>
        <PrivacyDialog dialog=dialog/>
    }
}

//! The top of every screen.

use super::{LanguageChoice, PrivacyBadge, Status, Steps, ThemeChoiceControl};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The name, the steps, what was done last, the promise of privacy, language and theme.
#[component]
pub fn Header() -> impl IntoView {
    let workspace = Workspace::expect();
    view! {
        <header class="header">
            <p class="brand" lang="ko">
                <span class="brand-mark">{"결"}</span>
                <span class="brand-name" lang="en">{"Gyeol"}</span>
            </p>
            <Steps/>
            <Status/>
            <div
                class="header-controls"
                role="group"
                aria-label=move || workspace.words().preferences_label()
            >
                <PrivacyBadge/>
                <LanguageChoice/>
                <ThemeChoiceControl/>
            </div>
        </header>
    }
}

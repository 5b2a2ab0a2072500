//! The choice of language.

use crate::text::{Language, Words};
use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, preferences};

/// A select with the languages by their own names.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let workspace = Workspace::expect();
    let option = move |language: Language| {
        view! {
            <option
                value=language.tag()
                lang=language.tag()
                prop:selected=move || workspace.language.get() == language
            >
                {Words::language_name(language)}
            </option>
        }
    };
    view! {
        <select
            class="quiet-select"
            data-testid="language"
            aria-label=move || workspace.words().language_label()
            on:change=move |event| {
                workspace.language.set(preferences::language_of(&event_target_value(&event)));
            }
        >
            {option(Language::Ko)}
            {option(Language::En)}
        </select>
    }
}

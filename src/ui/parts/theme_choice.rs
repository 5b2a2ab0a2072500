//! The choice of light and dark.

use crate::charts::Theme;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::preferences::{Preferences, ThemeChoice};

/// A select: as the device has it, light, dark.
#[component]
pub fn ThemeChoiceControl() -> impl IntoView {
    let workspace = Workspace::expect();
    let choice = expect_context::<Preferences>().theme;
    let option = move |value: ThemeChoice| {
        let name = move || {
            let words = workspace.words();
            match value {
                ThemeChoice::System => words.theme_system(),
                ThemeChoice::Fixed(Theme::Light) => words.theme_light(),
                ThemeChoice::Fixed(Theme::Dark) => words.theme_dark(),
            }
        };
        view! {
            <option value=value.key() prop:selected=move || choice.get() == value>{name}</option>
        }
    };
    view! {
        <select
            class="quiet-select"
            data-testid="theme"
            aria-label=move || workspace.words().theme_label()
            on:change=move |event| choice.set(ThemeChoice::from_key(&event_target_value(&event)))
        >
            {option(ThemeChoice::System)}
            {option(ThemeChoice::Fixed(Theme::Light))}
            {option(ThemeChoice::Fixed(Theme::Dark))}
        </select>
    }
}

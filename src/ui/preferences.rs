//! Language and theme: the device's at first, then as chosen. Nothing else is ever stored in the browser.

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::Workspace;
use crate::charts::Theme;
use crate::text::Language;
use crate::ui::dom::prelude::*;

const LANGUAGE_KEY: &str = "gyeol.language";
const THEME_KEY: &str = "gyeol.theme";
const DARK_QUERY: &str = "(prefers-color-scheme: dark)";

/// What a person chose for light and dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the device has it.
    #[default]
    System,
    /// Always this one.
    Fixed(Theme),
}

impl ThemeChoice {
    /// The name used in storage and options.
    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Fixed(Theme::Light) => "light",
            Self::Fixed(Theme::Dark) => "dark",
        }
    }

    /// The choice with this key; anything else is the device's.
    pub fn from_key(key: &str) -> Self {
        match key {
            "light" => Self::Fixed(Theme::Light),
            "dark" => Self::Fixed(Theme::Dark),
            _ => Self::System,
        }
    }
}

/// The choice of theme and the state of the network, shared as context.
#[derive(Clone, Copy)]
pub struct Preferences {
    /// Light, dark, or as the device has it.
    pub theme: RwSignal<ThemeChoice>,
    /// Whether the browser says that there is a network.
    pub is_online: RwSignal<bool>,
}

/// Reads the preferences and keeps page and storage in step with them.
pub fn keep(workspace: Workspace) -> Preferences {
    let language = stored(LANGUAGE_KEY).or_else(|| window().navigator().language());
    workspace
        .language
        .set(language_of(&language.unwrap_or_default()));
    let choice = stored(THEME_KEY).unwrap_or_default();
    let preferences = Preferences {
        theme: RwSignal::new(ThemeChoice::from_key(&choice)),
        is_online: RwSignal::new(window().navigator().on_line()),
    };
    keep_language(workspace);
    keep_theme(workspace, preferences.theme);
    for name in ["online", "offline"] {
        let is_online = preferences.is_online;
        let listen = move |_| is_online.set(window().navigator().on_line());
        window_event_listener_untyped(name, listen);
    }
    preferences
}

/// The language with this tag; Korean or English.
pub fn language_of(tag: &str) -> Language {
    if tag.starts_with("ko") {
        Language::Ko
    } else {
        Language::En
    }
}

fn keep_language(workspace: Workspace) {
    let mut is_first = true;
    Effect::new(move || {
        let tag = workspace.language.get().tag();
        set_root_attribute("lang", tag);
        if !std::mem::take(&mut is_first) {
            store(LANGUAGE_KEY, tag);
        }
    });
}

fn keep_theme(workspace: Workspace, choice: RwSignal<ThemeChoice>) {
    let is_device_dark = device_is_dark();
    let mut is_first = true;
    Effect::new(move || {
        let theme = match choice.get() {
            ThemeChoice::Fixed(theme) => theme,
            ThemeChoice::System if is_device_dark.get() => Theme::Dark,
            ThemeChoice::System => Theme::Light,
        };
        set_root_attribute("data-theme", ThemeChoice::Fixed(theme).key());
        workspace.theme.set(theme);
        if !std::mem::take(&mut is_first) {
            store(THEME_KEY, choice.get().key());
        }
    });
}

/// Whether the device prefers dark, now and whenever it changes.
fn device_is_dark() -> RwSignal<bool> {
    let Some(query) = window().match_media(DARK_QUERY).ok().flatten() else {
        return RwSignal::new(false);
    };
    let is_dark = RwSignal::new(query.matches());
    let listen = Closure::<dyn Fn(web_sys::MediaQueryListEvent)>::new(
        move |event: web_sys::MediaQueryListEvent| is_dark.set(event.matches()),
    );
    query.set_onchange(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    is_dark
}

fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

fn store(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

//! How the text of the file is cut and its numbers are written.

use leptos::prelude::*;

use crate::data::{DecimalMark, Delimiter, Dialect};
use crate::session::Event;
use crate::ui::Workspace;

/// Separator, header, decimal mark: found by looking, changed by the person.
#[component]
pub fn FileForm() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let dialect = workspace.read(|session| session.mapping.dialect);
    let mark = workspace.read(|session| session.mapping.decimal_mark);
    let set_delimiter = move |event| {
        let value = event_target_value(&event);
        if let Some(delimiter) = Delimiter::ALL.into_iter().find(|d| key_of(*d) == value) {
            let dialect = Dialect {
                delimiter,
                ..dialect.get_untracked()
            };
            workspace.send(Event::DialectChanged(dialect));
        }
    };
    let set_header = move |event| {
        let dialect = Dialect {
            has_header: event_target_checked(&event),
            ..dialect.get_untracked()
        };
        workspace.send(Event::DialectChanged(dialect));
    };
    let set_mark = move |event| {
        let is_comma = event_target_value(&event) == "comma";
        let mut mapping = workspace
            .session
            .with_untracked(|session| session.mapping.clone());
        mapping.decimal_mark = if is_comma {
            DecimalMark::Comma
        } else {
            DecimalMark::Point
        };
        workspace.send(Event::MappingChanged(mapping));
    };
    let delimiter = move |delimiter: Delimiter| {
        let is_chosen = move || dialect.get().delimiter == delimiter;
        view! { <option value=key_of(delimiter) prop:selected=is_chosen>{words.delimiter(delimiter)}</option> }
    };
    let decimal_mark = move |own: DecimalMark, key: &'static str| {
        view! { <option value=key prop:selected=move || mark.get() == own>{words.decimal_mark(own)}</option> }
    };
    view! {
        <fieldset class="file-form">
            <legend>{words.file_form()}</legend>
            <label>
                {words.delimiter_label()}
                <select data-testid="delimiter" on:change=set_delimiter>{Delimiter::ALL.map(delimiter)}</select>
            </label>
            <label>
                {words.decimal_mark_label()}
                <select data-testid="decimal-mark" on:change=set_mark>
                    {decimal_mark(DecimalMark::Point, "point")}
                    {decimal_mark(DecimalMark::Comma, "comma")}
                </select>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="has-header"
                    prop:checked=move || dialect.get().has_header
                    on:change=set_header
                />
                {words.first_row_is_header()}
            </label>
        </fieldset>
    }
    .into_any()
}

/// The name used in options.
const fn key_of(delimiter: Delimiter) -> &'static str {
    match delimiter {
        Delimiter::Comma => "comma",
        Delimiter::Semicolon => "semicolon",
        Delimiter::Tab => "tab",
        Delimiter::Pipe => "pipe",
    }
}

//! How the text of the file is cut and its numbers are written.

use crate::data::{DateNumbers, DecimalMark, Delimiter, Dialect, Encoding, QuoteMark};
use crate::session::Event;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Encoding, separator, header, decimal mark: found by looking, changed by the person.
#[component]
pub fn FileForm() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let dialect = workspace.read(|session| session.mapping.dialect);
    let set_delimiter = move |event| {
        let value = event_target_value(&event);
        let delimiter = Delimiter::ALL.into_iter().find(|d| d.key() == value);
        if let Some(delimiter) = delimiter {
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
    let delimiter = move |delimiter: Delimiter| {
        let is_chosen = move || dialect.get().delimiter == delimiter;
        view! { <option value=delimiter.key() prop:selected=is_chosen>{words.delimiter(delimiter)}</option> }
    };
    // A sheet of a workbook has cells of its own: nothing is cut.
    let is_sheet = workspace.read(|session| session.mapping.sheet.is_some());
    let cut = move || {
        view! {
            <EncodingChoice/>
            <label>
                {words.delimiter_label()}
                <select data-testid="delimiter" on:change=set_delimiter>{Delimiter::ALL.map(delimiter)}</select>
            </label>
            <QuoteChoice/>
        }
        .into_any()
    };
    view! {
        <fieldset class="file-form">
            <legend>{words.file_form()}</legend>
            {move || (!is_sheet.get()).then(cut)}
            <DecimalMarkChoice/>
            <DateNumbersChoice/>
            <FirstLine/>
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

/// How letters are written.
#[component]
fn EncodingChoice() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let dialect = workspace.read(|session| session.mapping.dialect);
    let set = move |event| {
        let value = event_target_value(&event);
        if let Some(encoding) = Encoding::ALL.into_iter().find(|e| e.label() == value) {
            let dialect = Dialect {
                encoding,
                ..dialect.get_untracked()
            };
            workspace.send(Event::DialectChanged(dialect));
        }
    };
    let option = move |own: Encoding| {
        let is_chosen = move || dialect.get().encoding == own;
        view! { <option value=own.label() prop:selected=is_chosen>{words.encoding(own)}</option> }
    };
    view! {
        <label>
            {words.encoding_label()}
            <select data-testid="encoding" on:change=set>{Encoding::ALL.map(option)}</select>
        </label>
    }
    .into_any()
}

/// What encloses cells.
#[component]
fn QuoteChoice() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let dialect = workspace.read(|session| session.mapping.dialect);
    let set = move |event| {
        let value = event_target_value(&event);
        let dialect = Dialect {
            quoted: value != "none",
            quote: match value.as_str() {
                "single" => QuoteMark::Single,
                "curly" => QuoteMark::Curly,
                "row" => QuoteMark::Row,
                _ => QuoteMark::Double,
            },
            ..dialect.get_untracked()
        };
        workspace.send(Event::DialectChanged(dialect));
    };
    let option = move |own: Option<QuoteMark>, key: &'static str| {
        let is_chosen = move || {
            let dialect = dialect.get();
            dialect.quoted.then_some(dialect.quote) == own
        };
        view! { <option value=key prop:selected=is_chosen>{words.quote(own)}</option> }
    };
    view! {
        <label>
            {words.quote_label()}
            <select data-testid="quote" on:change=set>
                {option(Some(QuoteMark::Double), "double")}
                {option(Some(QuoteMark::Single), "single")}
                {option(Some(QuoteMark::Curly), "curly")}
                {option(Some(QuoteMark::Row), "row")}
                {option(None, "none")}
            </select>
        </label>
    }
    .into_any()
}

/// What numbers in the column of dates count, where that is the question.
#[component]
fn DateNumbersChoice() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let form = workspace.read(|session| session.mapping.date_numbers);
    let set = move |event| {
        let value = event_target_value(&event);
        let chosen = DateNumbers::ALL
            .into_iter()
            .find(|form| form.key() == value);
        workspace.change_mapping(|mapping| mapping.date_numbers = chosen);
    };
    let option = move |own: DateNumbers| {
        let is_chosen = move || form.get() == Some(own);
        view! { <option value=own.key() prop:selected=is_chosen>{words.date_numbers(own)}</option> }
    };
    move || {
        form.get().map(|_| {
            view! {
                <label>
                    {words.date_numbers_label()}
                    <select data-testid="date-numbers" on:change=set>{DateNumbers::ALL.map(option)}</select>
                </label>
            }
        })
    }
}

/// The line on which the table begins.
#[component]
fn FirstLine() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let dialect = workspace.read(|session| session.mapping.dialect);
    let set = move |event| {
        if let Ok(first_line @ 1..=100_000) = event_target_value(&event).parse() {
            let dialect = Dialect {
                first_line,
                ..dialect.get_untracked()
            };
            workspace.send(Event::DialectChanged(dialect));
        }
    };
    view! {
        <label>
            {words.first_line_label()}
            <input
                type="number"
                min="1"
                data-testid="first-line"
                prop:value=move || dialect.get().first_line.to_string()
                on:change=set
            />
        </label>
    }
    .into_any()
}

/// How decimals are written.
#[component]
fn DecimalMarkChoice() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let mark = workspace.read(|session| session.mapping.decimal_mark);
    let set_mark = move |event| {
        let decimal_mark = match event_target_value(&event).as_str() {
            "comma" => DecimalMark::Comma,
            _ => DecimalMark::Point,
        };
        workspace.change_mapping(|mapping| mapping.decimal_mark = decimal_mark);
    };
    let option = move |own: DecimalMark, key: &'static str| {
        let is_chosen = move || mark.get() == own;
        view! { <option value=key prop:selected=is_chosen>{words.decimal_mark(own)}</option> }
    };
    view! {
        <label>
            {words.decimal_mark_label()}
            <select data-testid="decimal-mark" on:change=set_mark>
                {option(DecimalMark::Point, "point")}
                {option(DecimalMark::Comma, "comma")}
            </select>
        </label>
    }
    .into_any()
}

//! The files that are read together with the one whose columns are being named, and whether they join what is open.

use crate::data::{ImportError, Part};
use crate::session::{Event, FileNumber, Further, Session};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A file as it is shown.
#[derive(Clone, PartialEq)]
struct Shown {
    file: FileNumber,
    name: String,
    facts: (u64, u64, crate::data::Encoding),
    part: Part,
    is_in: bool,
    error: Option<ImportError>,
    key: Option<String>,
    headers: Vec<String>,
}

/// All files of the batch with what each is; nothing where there is only one.
#[component]
pub fn FurtherFiles() -> impl IntoView {
    let workspace = Workspace::expect();
    let leading = workspace.read(|session| session.file.as_ref().map(|file| file.name.clone()));
    let further = workspace.read(further);
    let adding = workspace.read(|session| (session.can_add_to_open(), session.is_adding()));
    move || {
        let words = workspace.words();
        let question = adding.with(|&(can_add, is_adding)| {
            can_add.then(|| add_question(workspace, words, is_adding))
        });
        let files = further.with(|files| {
            (!files.is_empty()).then(|| {
                let rows = files.iter().map(|file| row(workspace, words, file));
                list(words, leading.get(), rows.collect_view())
            })
        });
        view! { {question} {files} }
    }
}

fn further(session: &Session) -> Vec<Shown> {
    session.further.iter().map(shown).collect()
}

fn shown(further: &Further) -> Shown {
    let preview = further.preview();
    let headers = preview.columns.iter().map(|column| column.header.clone());
    Shown {
        file: further.number(),
        name: further.name().to_owned(),
        facts: (
            preview.n_bytes,
            preview.columns.len() as u64,
            preview.guess.dialect.encoding,
        ),
        part: further.part,
        is_in: further.is_in,
        error: further.error.clone(),
        key: further.key().cloned(),
        headers: headers.collect(),
    }
}

fn add_question(workspace: Workspace, words: Words, is_adding: bool) -> AnyView {
    let option = |is_added: bool, key: &'static str, name: &'static str| {
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="add-to-open"
                    data-testid=key
                    prop:checked=is_adding == is_added
                    on:change=move |_| workspace.send(Event::AddedToOpen(is_added))
                />
                {name}
            </label>
        }
    };
    view! {
        <fieldset class="choice">
            <legend>{words.add_question()}</legend>
            {option(false, "replace-open", words.replace_open())}
            {option(true, "add-to-open", words.add_to_open())}
        </fieldset>
    }
    .into_any()
}

fn list(words: Words, leading: Option<String>, rows: AnyView) -> AnyView {
    view! {
        <section class="files" aria-labelledby="files-heading">
            <h2 id="files-heading">{words.files_heading()}</h2>
            <ul class="file-list" data-testid="files">
                <li data-part="leading">
                    <strong>{leading}</strong>
                    <span class="hint">{words.leading_file()}</span>
                </li>
                {rows}
            </ul>
        </section>
    }
    .into_any()
}

fn row(workspace: Workspace, words: Words, shown: &Shown) -> AnyView {
    let (n_bytes, n_columns, encoding) = shown.facts;
    let facts = [
        words.bytes(n_bytes),
        words.n_columns(n_columns),
        words.encoding(encoding).to_owned(),
    ];
    let said = match &shown.error {
        Some(error) => words.import_error(error),
        None => words.part(shown.part).to_owned(),
    };
    let is_problem = shown.error.is_some() || shown.part == Part::Stranger;
    let class = if is_problem { "problem" } else { "hint" };
    let role = is_problem.then_some("alert");
    let key = (shown.part == Part::Joined).then(|| key_choice(workspace, words, shown));
    view! {
        <li data-part=shown.part.key() data-file=shown.name.clone()>
            {box_of(workspace, words, shown)}
            <span class="fine">{facts.join(" · ")}</span>
            <span class=class role=role>{said}</span>
            {key}
        </li>
    }
    .into_any()
}

/// The box that takes the file in.
fn box_of(workspace: Workspace, words: Words, shown: &Shown) -> AnyView {
    let file = shown.file;
    let change = move |event| {
        let is_in = event_target_checked(&event);
        let key = None;
        workspace.send(Event::FurtherChanged { file, is_in, key });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-testid="read-along"
                aria-label=words.read_along(&shown.name)
                prop:checked=shown.is_in
                prop:disabled=shown.part == Part::Stranger
                on:change=change
            />
            <strong>{shown.name.clone()}</strong>
        </label>
    }
    .into_any()
}

/// Which column of a table of customers says which one.
fn key_choice(workspace: Workspace, words: Words, shown: &Shown) -> AnyView {
    let (file, is_in) = (shown.file, shown.is_in);
    let change = move |event| {
        let key = Some(event_target_value(&event));
        workspace.send(Event::FurtherChanged { file, is_in, key });
    };
    let option = |header: &String| {
        let is_key = shown.key.as_ref() == Some(header);
        view! { <option value=header.clone() prop:selected=is_key>{header.clone()}</option> }
    };
    let options = shown.headers.iter().map(option).collect_view();
    view! {
        <label class="sheet">
            {words.key_label()}
            <select data-testid="key" on:change=change>{options}</select>
        </label>
    }
    .into_any()
}

//! The columns get their meaning. Nothing is computed before the person confirms.

use crate::data::{Preview, QuoteMark, Role};
use crate::session::{Further, Session};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{
    DateOrderQuestion, EmptiedCells, FileForm, FurtherFiles, GapNote, GivenBack, Guests, Needs,
    PreviewTable, RoleSelect, SheetChoice, TableChoice,
};

/// File facts, questions, roles, first rows, and the confirmation that stays in sight.
#[component]
pub fn MappingScreen() -> impl IntoView {
    let workspace = Workspace::expect();
    let preview = workspace.read(|session| session.preview.clone());
    let table = workspace.read(|session| session.mapping.table);
    let is_sheet = workspace.read(|session| session.mapping.sheet.is_some());
    let is_of_project = workspace.read(Session::has_project_mapping);
    let memory = workspace.read(memory);
    let warning = Memo::new(move |_| workspace.words().memory_warning(memory.get()));
    move || {
        let words = workspace.words();
        let preview = preview.get()?;
        let headers: Vec<String> = preview.columns.iter().map(|c| c.header.clone()).collect();
        let roles = move || {
            let select = |role: &Role| view! { <RoleSelect role=*role headers=headers.clone()/> };
            Role::of(table.get()).iter().map(select).collect_view()
        };
        Some(view! {
            <div class="mapping">
                <div class="mapping-head">
                    <h1>{words.mapping_heading()}</h1>
                    <p class="lead">{words.mapping_promise(is_of_project.get())}</p>
                    <p class="fine">{file_facts(words, &preview, is_sheet.get())}</p>
                    {move || warning.get().map(|said| view! { <p class="problem" role="alert" data-testid="memory">{said}</p> })}
                </div>
                <GapNote/>
                <EmptiedCells/>
                <FurtherFiles/>
                <div class="mapping-questions">
                    <SheetChoice/>
                    <TableChoice/>
                    <FileForm/>
                </div>
                <DateOrderQuestion/>
                <Guests/>
                <GivenBack/>
                <section class="roles" aria-labelledby="roles-heading">
                    <h2 id="roles-heading">{words.roles_heading()}</h2>
                    <div class="role-grid">{roles}</div>
                </section>
                <div class="first-rows">
                    <h2>{words.first_rows()}</h2>
                    <PreviewTable preview/>
                </div>
                <Needs/>
            </div>
        })
    }
}

/// Bytes that reading all files takes, about.
fn memory(session: &Session) -> u64 {
    let further = session.further.iter().filter(|further| further.is_in());
    let previews = session.preview.iter().chain(further.map(Further::preview));
    previews.map(Preview::memory_estimate).sum()
}

/// Name, size, rows, columns, encoding (a workbook has none of its own), and what was odd.
fn file_facts(words: Words, preview: &Preview, is_sheet: bool) -> String {
    let dialect = preview.guess.dialect;
    let found = [
        (dialect.first_line > 1).then(|| words.table_begins(dialect.first_line)),
        (dialect.has_header && dialect.header_rows > 1)
            .then(|| words.header_rows(dialect.header_rows)),
        (dialect.quoted && dialect.quote == QuoteMark::Row)
            .then(|| words.rows_in_quotes().to_owned()),
        (preview.n_mended > 0).then(|| words.rows_mended(preview.n_mended)),
    ];
    let facts = [
        preview.file_name.clone(),
        words.bytes(preview.n_bytes),
        words.rows_seen(preview.n_rows_seen, preview.is_whole_file),
        words.n_columns(preview.columns.len() as u64),
    ];
    let encoding = (!is_sheet).then(|| words.encoding(dialect.encoding).to_owned());
    facts
        .into_iter()
        .chain(encoding)
        .chain(found.into_iter().flatten())
        .collect::<Vec<_>>()
        .join(" · ")
}

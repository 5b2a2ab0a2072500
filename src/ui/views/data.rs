//! What was read: columns and their roles, which rows count, and the account of all rows.

use crate::data::{Day, Mapping, Role};
use crate::export::What;
use crate::session::{Event, Session, View};
use crate::text::Words;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DownloadButton, JoinedTables, LedgerTable, SpendTables, ToComeNote, drawn};
use crate::ui::{Workspace, route};

/// The ledger with its choices, the columns, and what can be taken away.
#[component]
pub fn Data() -> impl IntoView {
    let workspace = Workspace::expect();
    let used = workspace.read(used_rows);
    let state = drawn(View::Data, workspace.read(state_of));
    let early = workspace.read(early_day);
    let finding = move || {
        let (n_rows, n_used) = used.get()?;
        Some(workspace.words().ledger_answer(n_rows, n_used))
    };
    move || {
        let words = workspace.words();
        view! {
            <section class="view" data-view=View::Data.key() data-state=move || state.get() aria-labelledby="view-question">
                <header class="view-head">
                    <h2 id="view-question" class="view-question" tabindex="-1">{words.view_question(View::Data)}</h2>
                    <p class="finding" role="status">{finding}</p>
                    {move || early.get().map(|day| view! { <p class="hint">{words.ledger_as_of(day)}</p> })}
                </header>
                <ToComeNote/>
                <div class="block">
                    <LedgerTable/>
                    <p class="actions">
                        <DownloadButton what=What::LeftOut { reason: None } key="left-out" name=words.save_left_out()/>
                        <DownloadButton what=What::Ledger key="ledger" name=words.save_ledger()/>
                    </p>
                </div>
                <JoinedTables/>
                <SpendTables/>
                <Columns/>
            </section>
        }
    }
}

/// Rows of the file, and those of them that count.
fn used_rows(session: &Session) -> Option<(u64, u64)> {
    let ledger = &session.imported.as_ref()?.ledger;
    let used = ledger
        .buckets
        .iter()
        .find(|bucket| bucket.reason.is_none())?;
    Some((ledger.n_rows, used.n_rows))
}

/// The as-of date where orders of the file are later.
fn early_day(session: &Session) -> Option<Day> {
    let (_, last) = session.imported.as_ref()?.period?;
    session.settings.as_of.filter(|&as_of| as_of < last)
}

/// Running while the ledger is that of earlier choices.
fn state_of(session: &Session) -> &'static str {
    match &session.imported {
        Some(imported) if imported.ledger.choices == session.settings.choices => "ready",
        Some(_) => "running",
        None => "idle",
    }
}

/// What each column of the file means, and the way to change it.
#[component]
fn Columns() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let mapping = workspace.read(|session| session.settings.mapping.clone());
    let headers = workspace.read(headers);
    let columns = move || {
        let mapping = mapping.get()?;
        let column = |header| column(words, &mapping, header);
        Some(headers.get().into_iter().map(column).collect_view())
    };
    view! {
        <section class="block" aria-labelledby="columns-heading">
            <h3 id="columns-heading">{words.columns_heading()}</h3>
            <dl class="columns">{columns}</dl>
            <p>
                <a href=route::hash_of(View::Columns) data-testid="see-columns">{words.columns_link()}</a>
            </p>
            <p class="actions">
                <button
                    type="button"
                    class="button"
                    data-testid="change-mapping"
                    on:click=move |_| workspace.send(Event::MappingAsked)
                >
                    {words.change_mapping()}
                </button>
            </p>
        </section>
    }
    .into_any()
}

fn headers(session: &Session) -> Vec<String> {
    let columns = session.preview.iter().flat_map(|preview| &preview.columns);
    columns.map(|column| column.header.clone()).collect()
}

fn column(words: Words, mapping: &Mapping, header: String) -> AnyView {
    let mut roles = Role::of(mapping.table).iter();
    let role = roles.find(|role| mapping.roles.get(role) == Some(&header));
    let meaning = role.map_or(words.kept_as_attribute(), |role| words.role(*role));
    let class = if role.is_some() { "is-set" } else { "" };
    view! { <div class=class><dt>{header}</dt><dd>{meaning}</dd></div> }.into_any()
}

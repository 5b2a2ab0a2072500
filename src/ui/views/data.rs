//! What was read: columns and their roles, which rows count, and the account of all rows.

use leptos::prelude::*;

use crate::data::{Mapping, Role};
use crate::export::What;
use crate::session::{Event, Session, View};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::parts::{DownloadButton, LedgerTable};

/// The ledger with its choices, the columns, and what can be taken away.
#[component]
pub fn Data() -> impl IntoView {
    let workspace = Workspace::expect();
    let ledger = workspace.read(|session| {
        session
            .imported
            .as_ref()
            .map(|i| (i.ledger.clone(), i.has_money))
    });
    let mapping = workspace.read(|session| session.settings.mapping.clone());
    let headers = workspace.read(headers);
    let table = move || {
        let _ = workspace.words();
        let (ledger, has_money) = ledger.get()?;
        Some(view! { <LedgerTable ledger has_money/> })
    };
    let finding = move || {
        let (ledger, _) = ledger.get()?;
        let n_used = ledger
            .buckets
            .iter()
            .find(|bucket| bucket.reason.is_none())?
            .n_rows;
        Some(workspace.words().ledger_answer(ledger.n_rows, n_used))
    };
    let columns = move || {
        let words = workspace.words();
        let mapping = mapping.get()?;
        Some(
            headers
                .get()
                .into_iter()
                .map(|header| column(words, &mapping, header))
                .collect_view(),
        )
    };
    move || {
        let words = workspace.words();
        view! {
            <section class="view" data-view=View::Data.key() data-state="ready" aria-labelledby="view-question">
                <header class="view-head">
                    <h2 id="view-question" class="view-question" tabindex="-1">{words.view_question(View::Data)}</h2>
                    <p class="finding" role="status">{finding}</p>
                </header>
                <div class="block">{table}</div>
                <p class="actions">
                    <DownloadButton what=What::LeftOut { reason: None } key="left-out" name=words.save_left_out()/>
                    <DownloadButton what=What::Ledger key="ledger" name=words.save_ledger()/>
                </p>
                <section class="block" aria-labelledby="columns-heading">
                    <h3 id="columns-heading">{words.columns_heading()}</h3>
                    <dl class="columns">{columns}</dl>
                    <button
                        type="button"
                        class="button"
                        data-testid="change-mapping"
                        on:click=move |_| workspace.send(Event::MappingAsked)
                    >
                        {words.change_mapping()}
                    </button>
                </section>
            </section>
        }
    }
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

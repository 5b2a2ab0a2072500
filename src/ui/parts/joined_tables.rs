//! The tables that were joined to the orders: what matched, what they gave, and whom or what one side lacks.

use super::DownloadButton;
use crate::data::{Joined, TableKind};
use crate::export::What;
use crate::export::unmatched::Missing;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The accounts of the tables that are joined, with the customers whom one side lacks.
#[component]
pub fn JoinedTables() -> impl IntoView {
    let workspace = Workspace::expect();
    let joined = workspace.read(|session| {
        let imported = session.imported.as_ref();
        imported.map_or_else(Vec::new, |imported| imported.joined.clone())
    });
    move || {
        let words = workspace.words();
        let tables = joined.get();
        let table = |(place, joined): (usize, &Joined)| table(words, place, joined);
        (!tables.is_empty()).then(|| {
            view! {
                <section class="block" aria-labelledby="joined-heading">
                    <h3 id="joined-heading">{words.joined_heading()}</h3>
                    {tables.iter().enumerate().map(table).collect_view()}
                </section>
            }
            .into_any()
        })
    }
}

fn table(words: Words, place: usize, joined: &Joined) -> AnyView {
    let (row, orders) = match joined.kind {
        TableKind::Products => (Missing::ProductRow, Missing::ProductOrders),
        _ => (Missing::Row, Missing::Orders),
    };
    let facts = joined
        .products
        .iter()
        .flat_map(|facts| words.product_facts(facts));
    let facts = facts.map(|said| view! { <p class="fine">{said}</p> });
    let facts = facts.collect_view();
    view! {
        <div
            class="joined"
            data-testid="joined"
            data-rows=joined.ledger.n_rows.to_string()
            data-matched=joined.n_matched.to_string()
            data-without-row=joined.n_without_row.to_string()
            data-without-orders=joined.n_without_orders.to_string()
        >
            <h4>{joined.name().to_owned()}</h4>
            <p>{words.joined_account(joined)}</p>
            {joined.matches_nothing().then(|| nothing(words, joined.kind))}
            {facts}
            <p class="fine">{words.joined_rows_left_out(joined.kind, &joined.ledger)}</p>
            {missing(words, place, row, words.without_row(joined))}
            {missing(words, place, orders, words.without_orders(joined))}
        </div>
    }
    .into_any()
}

fn nothing(words: Words, kind: TableKind) -> AnyView {
    let said = words.matches_nothing(kind);
    view! { <p class="problem" data-testid="joined-nothing">{said}</p> }.into_any()
}

/// What one side lacks, with the button that saves it; nothing where nothing is lacking.
pub(super) fn missing(
    words: Words,
    place: usize,
    missing: Missing,
    said: Option<String>,
) -> Option<AnyView> {
    let what = What::Unmatched {
        table: place as u16,
        missing,
    };
    let said = said?;
    let view = view! {
        <p class="missing">
            {said}
            <DownloadButton what key=missing.key() name=words.save_list()/>
        </p>
    };
    Some(view.into_any())
}

//! That orders' totals are added up line by line, as in projects saved before they were recognised, and the way to count
//! each order once.

use crate::data::{Ledger, Reason};
use crate::session::Event;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A sentence and a button; nothing where each order counts once.
#[component]
pub fn TotalsNote() -> impl IntoView {
    let workspace = Workspace::expect();
    let n_rows = workspace.read(|session| {
        let imported = session.imported.as_ref();
        imported.and_then(|imported| Ledger::n_totals_added(&imported.ledger))
    });
    move || {
        let words = workspace.words();
        let n_rows = n_rows.get()?;
        let count_once = move |_| {
            workspace.send(Event::ChoiceChanged {
                reason: Reason::RepeatedTotal,
                left_out: true,
            });
        };
        Some(view! {
            <p class="problem" role="alert" data-testid="totals-added">
                {words.totals_added(n_rows)}
                " "
                <button type="button" class="quiet" data-testid="totals-once" on:click=count_once>
                    {words.count_total_once()}
                </button>
            </p>
        }
        .into_any())
    }
}

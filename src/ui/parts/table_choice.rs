//! What one row of the file is.

use crate::data::TableKind;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Orders, or one row for each customer.
#[component]
pub fn TableChoice() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let table = workspace.read(|session| session.mapping.table);
    let choose = move |table| workspace.change_mapping(|mapping| mapping.table = table);
    let option = move |kind: TableKind, key: &'static str| {
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="table"
                    data-testid=format!("table-{key}")
                    prop:checked=move || table.get() == kind
                    on:change=move |_| choose(kind)
                />
                {words.table_kind(kind)}
            </label>
        }
    };
    view! {
        <fieldset class="choice">
            <legend>{words.table_question()}</legend>
            {option(TableKind::Orders, "orders")}
            {option(TableKind::Customers, "customers")}
        </fieldset>
    }
    .into_any()
}

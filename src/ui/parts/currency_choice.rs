//! What the amounts are in: a guess that a person corrects. It is said beside amounts, and changes none.

use crate::data::Currency;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The currencies, and none.
#[component]
pub fn CurrencyChoice() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let chosen = workspace.read(|session| session.mapping.currency);
    let set = move |event| {
        let currency = Currency::from_key(&event_target_value(&event));
        workspace.change_mapping(|mapping| mapping.currency = currency);
    };
    let option = move |own: Currency| {
        let is_chosen = move || chosen.get() == Some(own);
        view! { <option value=own.key() prop:selected=is_chosen>{words.currency(own)}</option> }
    };
    view! {
        <label class="hint">
            {words.currency_label()} " "
            <select data-testid="currency" on:change=set>
                <option value="" prop:selected=move || chosen.get().is_none()>{words.currency_unknown()}</option>
                {Currency::ALL.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

//! Beside the columns: that many rows name no customer although another column knows them, and that what was given back
//! stands in a column that is not taken off.

use crate::data::Role;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A sentence with a button that groups by the other column; nothing where few rows are without a customer.
#[component]
pub fn Guests() -> impl IntoView {
    let workspace = Workspace::expect();
    let found = workspace.read(|session| {
        let preview = session.preview.as_ref()?;
        preview.better_customer(&session.mapping)
    });
    move || {
        let found = found.get()?;
        let words = workspace.words_now();
        let said = words.guests(&found);
        let take = move |_| {
            let other = found.other.clone();
            workspace.change_mapping(|mapping| {
                mapping.roles.insert(Role::Customer, other);
            });
        };
        Some(view! {
            <p class="choice is-question" data-testid="guests">
                {said}
                " "
                <button type="button" class="quiet" data-testid="guests-take" on:click=take>
                    {words.guests_take()}
                </button>
            </p>
        })
    }
}

/// A sentence on the column of refunded amounts; nothing where there is none.
#[component]
pub fn GivenBack() -> impl IntoView {
    let workspace = Workspace::expect();
    let found = workspace.read(|session| {
        let preview = session.preview.as_ref()?;
        let (amount, found) = (
            session.mapping.roles.get(&Role::Amount)?,
            preview.given_back(&session.mapping)?,
        );
        Some((amount.clone(), found.to_owned()))
    });
    move || {
        let (amount, found) = found.get()?;
        let said = workspace.words_now().given_back(&amount, &found);
        Some(view! { <p class="choice" data-testid="given-back">{said}</p> })
    }
}

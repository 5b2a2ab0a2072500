//! Which column has a role.

use super::CurrencyChoice;
use crate::data::{Mapping, Reason, Role, TableKind};
use crate::session::Event;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A select with all columns of the file, and none of them.
#[component]
pub fn RoleSelect(
    /// The role.
    role: Role,
    /// The columns' headers.
    headers: Vec<String>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let chosen = workspace.read(move |session| session.mapping.roles.get(&role).cloned());
    let is_needed =
        workspace.read(move |session| Mapping::needed(session.mapping.table).contains(&role));
    let changed = move |event| {
        let header = event_target_value(&event);
        workspace.change_mapping(|mapping| {
            if header.is_empty() {
                mapping.roles.remove(&role);
            } else {
                mapping.roles.insert(role, header);
            }
        });
    };
    let option = move |header: String| {
        let (own, value) = (header.clone(), header.clone());
        let is_chosen = move || chosen.with(|chosen| chosen.as_deref() == Some(own.as_str()));
        view! { <option value=value prop:selected=is_chosen>{header}</option> }
    };
    let note = move || note(workspace, words, role);
    let id = format!("role-{}", role.key());
    let note_id = format!("{id}-note");
    view! {
        <div class="field" class:is-set=move || chosen.with(Option::is_some)>
            <label for=id.clone()>
                {words.role(role)}
                {move || is_needed.get().then(|| view! { <span class="needed">{words.needed()}</span> })}
            </label>
            <select id=id.clone() data-testid=id.clone() aria-describedby=format!("{id}-hint") on:change=changed>
                <option value="" prop:selected=move || chosen.with(Option::is_none)>{words.no_column()}</option>
                {headers.into_iter().map(option).collect_view()}
            </select>
            <p class="hint" id=format!("{id}-hint")>{words.role_hint(role)}</p>
            {move || note().map(|note| view! { <p class="hint" data-testid=note_id.clone()>{note}</p> })}
            {(role == Role::Amount).then(|| view! { <CurrencyChoice/> {order_total(workspace)} })}
        </div>
    }
    .into_any()
}

/// Where the amount is the order's total on each of its lines: that it is, and the choice to count it once.
fn order_total(workspace: Workspace) -> AnyView {
    let words = workspace.words_now();
    let total = workspace.read(|session| {
        let preview = session.preview.as_ref()?;
        let header = preview.order_total_in(&session.mapping)?;
        Some((header.to_owned(), session.counts_totals_once()))
    });
    let changed = move |event| {
        workspace.send(Event::ChoiceChanged {
            reason: Reason::RepeatedTotal,
            left_out: event_target_checked(&event),
        });
    };
    let said = move || {
        let (header, counts_once) = total.get()?;
        Some(view! {
            <p class="remark" role="status" data-testid="order-total">{words.total_on_each_line(&header)}</p>
            <label class="check">
                <input
                    type="checkbox"
                    id="count-total-once"
                    data-testid="count-total-once"
                    prop:checked=counts_once
                    on:change=changed
                />
                {words.count_total_once()}
            </label>
        })
    };
    view! { {said} }.into_any()
}

/// What the values of the chosen column come to, where that should be known before the import.
fn note(workspace: Workspace, words: Words, role: Role) -> Option<String> {
    workspace.session.with(|session| {
        let roles = &session.mapping.roles;
        let chosen = roles.get(&role)?;
        let is_part = matches!(role, Role::Quantity | Role::Price);
        let is_orders = session.mapping.table == TableKind::Orders;
        if is_part && is_orders && roles.contains_key(&Role::Amount) {
            return Some(words.amount_goes_first().to_owned());
        }
        let preview = session.preview.as_ref()?;
        let column = preview
            .columns
            .iter()
            .find(|column| column.header == *chosen)?;
        let rows_seen = words.rows_seen(preview.n_rows_seen, preview.is_whole_file);
        words.role_note(role, column, &rows_seen)
    })
}

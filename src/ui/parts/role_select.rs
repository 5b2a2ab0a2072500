//! Which column has a role.

use crate::data::{Mapping, Role};
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
        </div>
    }
    .into_any()
}

/// What the values of the chosen column come to, where that should be known before the import.
fn note(workspace: Workspace, words: Words, role: Role) -> Option<String> {
    workspace.session.with(|session| {
        let chosen = session.mapping.roles.get(&role)?;
        let preview = session.preview.as_ref()?;
        let column = preview
            .columns
            .iter()
            .find(|column| column.header == *chosen)?;
        let rows_seen = words.rows_seen(preview.n_rows_seen, preview.is_whole_file);
        words.role_note(role, column, &rows_seen)
    })
}

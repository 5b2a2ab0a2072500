//! Beside what saves a list: only who agreed to advertising, and the columns by which customers are reached.
//!
//! Numbers are those of the list that the engine has counted; where it holds others than the file would, none is said.

use crate::analysis::SegmentationId;
use crate::analysis::customers::{Filter, Reach};
use crate::session::{Event, Session};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Two boxes, each with a sentence; nothing of what the file has no column for.
#[component]
pub fn ListContacts(
    /// The segment whose list is saved; without one it is the list that is shown.
    segment: Option<(SegmentationId, u16)>,
    /// What the boxes are called in page attributes.
    key: &'static str,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let known = workspace.read(move |session| {
        let page = session.page.value()?;
        let among = page.query.filter.whether_agreed_or_not();
        let is_shown = among == session.filter.whether_agreed_or_not();
        let is_its_own = segment.is_none_or(|segment| among == Filter::of(segment));
        Some((Reach::clone(&page.reach), is_shown && is_its_own))
    });
    let agreed = workspace.read(|session| session.filter.agreed);
    let has_contacts = workspace.read(has_contacts);
    // A list for a tool has its own columns.
    let has_choice = workspace.read(|session| session.purpose().is_none());
    move || {
        let words = workspace.words_now();
        let (reach, is_counted) = known.get()?;
        let consent = (!reach.consent.is_empty() || agreed.get())
            .then(|| consent(workspace, words, (&reach, is_counted), agreed, key));
        let contacts = (has_choice.get() && reach.contacts().next().is_some())
            .then(|| contacts(workspace, words, (&reach, is_counted), has_contacts, key));
        Some(view! {
            <div class="list-contacts">{consent}{contacts}</div>
        })
    }
}

/// Whether all contact columns that there are go into the file.
fn has_contacts(session: &Session) -> bool {
    let chosen = &session.settings.customers.columns;
    let page = session.page.value();
    page.is_some_and(|page| page.reach.contacts().all(|column| chosen.contains(column)))
}

fn consent(
    workspace: Workspace,
    words: Words,
    (reach, is_counted): (&Reach, bool),
    agreed: Memo<bool>,
    key: &'static str,
) -> AnyView {
    let changed = move |agreed| {
        let filter = (workspace.session).with_untracked(|session| session.filter.clone());
        workspace.send(Event::FilterChanged(Filter { agreed, ..filter }));
    };
    let refused = (is_counted && !agreed.get())
        .then(|| words.not_agreed(reach))
        .flatten();
    let said = [words.consent_columns(reach), refused];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let label = words.agreed_only(is_counted.then_some(reach.n_agreed));
    check(
        format!("{key}-agreed"),
        agreed,
        Box::new(changed),
        label,
        said.join(" "),
    )
}

fn contacts(
    workspace: Workspace,
    words: Words,
    (reach, is_counted): (&Reach, bool),
    has_contacts: Memo<bool>,
    key: &'static str,
) -> AnyView {
    let columns: Vec<String> = reach.contacts().cloned().collect();
    let changed = move |is_wanted| {
        workspace.change_settings(|settings| {
            let chosen = &mut settings.customers.columns;
            chosen.retain(|column| !columns.contains(column));
            if is_wanted {
                chosen.extend(columns.iter().cloned());
            }
        });
    };
    let said = (is_counted && has_contacts.get())
        .then(|| words.not_reached(reach))
        .flatten();
    let label = words.contact_columns(reach);
    let name = format!("{key}-contacts");
    check(
        name,
        has_contacts,
        Box::new(changed),
        label,
        said.unwrap_or_default(),
    )
}

/// A box of this name with a sentence that describes it.
fn check(
    name: String,
    is_ticked: Memo<bool>,
    changed: Box<dyn Fn(bool)>,
    label: String,
    said: String,
) -> AnyView {
    let note = format!("{name}-note");
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-testid=name
                aria-describedby=note.clone()
                prop:checked=move || is_ticked.get()
                on:change=move |event| changed(event_target_checked(&event))
            />
            {label}
        </label>
        <p class="hint" id=note.clone() data-testid=note>{said}</p>
    }
    .into_any()
}

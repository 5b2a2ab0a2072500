//! Beside what saves a list: what it is for, by what its customers are reached, and how many rows it will have.
//!
//! Rows are said only where the engine has counted the very list that would be saved.

use crate::analysis::SegmentationId;
use crate::analysis::customers::Filter;
use crate::data::Contact;
use crate::export::Purpose;
use crate::session::Event;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Two choices and a sentence; the choices only where the file has addresses.
#[component]
pub fn ListPurpose(
    /// The segment whose list is saved; without one it is the list that is shown.
    segment: Option<(SegmentationId, u16)>,
    /// What the fields are called in page attributes.
    key: &'static str,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let has_both = workspace.read(|session| {
        let reach = &session.page.value()?.reach;
        let has_both = reach.email.is_some() && reach.phone.is_some();
        reach.has_addresses().then_some(has_both)
    });
    let purpose = workspace.read(|session| session.purpose());
    let counted = workspace.read(move |session| {
        let page = session.page.value()?;
        let chosen = &session.settings.customers;
        let agreed = session.filter.agreed;
        let wanted = match segment {
            None => session.filter.clone(),
            Some(segment) => Filter {
                agreed,
                ..Filter::of(segment)
            },
        };
        let reached_by = chosen.purpose.map(|_| chosen.contact);
        let is_it = page.query.filter == wanted && page.query.reached_by == reached_by;
        is_it.then(|| (page.reach.clone(), page.n_matching, agreed))
    });
    move || {
        let words = workspace.words_now();
        let choices = has_both.get().map(|has_both| {
            let contact = (has_both && purpose.get().is_some())
                .then(|| choice_of_contact(workspace, words, key));
            view! {
                {choice_of_purpose(workspace, words, key)}
                {contact}
                <p class="hint">{purpose.get().map(|purpose| words.purpose_hint(purpose))}</p>
            }
        });
        let rows = move || {
            let (reach, n_listed, is_of_agreed) = counted.get()?;
            Some(words.list_rows(&reach, n_listed, is_of_agreed))
        };
        view! {
            <div class="list-contacts">
                {choices}
                <p data-testid=format!("{key}-rows") aria-live="polite">{rows}</p>
            </div>
        }
    }
}

/// A list that is to be written to begins with those who agreed, where the file says who did; a person may widen it.
fn only_agreed(workspace: Workspace) {
    let narrowed = workspace.session.with_untracked(|session| {
        let says_who = !session.page.value()?.reach.consent.is_empty();
        says_who.then(|| Filter {
            agreed: true,
            ..session.filter.clone()
        })
    });
    if let Some(filter) = narrowed {
        workspace.send(Event::FilterChanged(filter));
    }
}

fn choice_of_purpose(workspace: Workspace, words: Words, key: &'static str) -> AnyView {
    let chosen = workspace.read(|session| session.purpose());
    let changed = move |event| {
        let purpose = Purpose::from_key(&event_target_value(&event));
        workspace.change_settings(|settings| settings.customers.purpose = purpose);
        if purpose.is_some() {
            only_agreed(workspace);
        }
    };
    let option = |purpose: Option<Purpose>| {
        let value = purpose.map_or("", Purpose::key);
        view! {
            <option value=value prop:selected=move || chosen.get() == purpose>{words.purpose(purpose)}</option>
        }
    };
    let all = [None, Some(Purpose::Mail), Some(Purpose::Ads)];
    view! {
        <div class="field">
            <label for=format!("{key}-purpose")>{words.list_purpose()}</label>
            <select id=format!("{key}-purpose") data-testid=format!("{key}-purpose") on:change=changed>
                {all.map(option)}
            </select>
        </div>
    }
    .into_any()
}

fn choice_of_contact(workspace: Workspace, words: Words, key: &'static str) -> AnyView {
    let chosen = workspace.read(|session| session.settings.customers.contact);
    let changed = move |event| {
        let is_phone = event_target_value(&event) == Contact::Phone.key();
        let contact = if is_phone {
            Contact::Phone
        } else {
            Contact::Email
        };
        workspace.change_settings(|settings| settings.customers.contact = contact);
    };
    let option = |contact: Contact| {
        view! {
            <option value=contact.key() prop:selected=move || chosen.get() == contact>{words.contact(contact)}</option>
        }
    };
    view! {
        <div class="field">
            <label for=format!("{key}-contact")>{words.list_reached_by()}</label>
            <select id=format!("{key}-contact") data-testid=format!("{key}-contact") on:change=changed>
                {[Contact::Email, Contact::Phone].map(option)}
            </select>
        </div>
    }
    .into_any()
}

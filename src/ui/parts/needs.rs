//! What is there, what is missing, and the button that confirms the mapping.

use super::Icon;
use crate::data::{ImportError, Mapping, Part, Role, TableKind};
use crate::session::{Event, Session};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Stays in sight while the columns are being looked through.
#[component]
pub fn Needs() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let mapping = workspace.read(|session| session.mapping.clone());
    let problem = workspace.read(problem_of);
    let few = workspace.read(few_of);
    let refused = workspace.read(|session| session.mapping_error.clone());
    let confirm = move |_| {
        if problem.with_untracked(Option::is_none) {
            workspace.send(Event::ImportConfirmed);
        }
    };
    let has_several = workspace.read(has_several);
    let sentence = move || match problem.get() {
        Some((name, error)) => {
            let said = obstacle(words, error);
            name.map_or(said.clone(), |name| words.of_file(&name, &said))
        }
        None if !mapping.with(Mapping::says_purchases) => words.without_purchases().to_owned(),
        None => readiness(
            words,
            refused.with(Option::is_some),
            &few.get(),
            has_several.get(),
        ),
    };
    let has_results = workspace.read(Session::has_results);
    let back = move || {
        has_results.get().then(|| {
            let back = move |_| workspace.send(Event::ResultsAsked);
            view! {
                <button type="button" class="button" data-testid="back-to-results" on:click=back>
                    {words.back_to_results()}
                </button>
            }
        })
    };
    let refusal = move || refused.get().map(|error| words.import_error(&error));
    view! {
        <aside class="needs" aria-label=words.needs_heading()>
            <ul class="need-list">{move || mapping.with(|mapping| needs(words, mapping))}</ul>
            {move || few.get().into_iter().map(|few| few_readable(words, &few)).collect_view()}
            <p class="problem" role="alert">{refusal}</p>
            <div class="confirm">
                <p id="import-state" role="status">{sentence}</p>
                {back}
                <button
                    type="button"
                    class="button is-primary"
                    data-testid="import"
                    aria-describedby="import-state"
                    aria-disabled=move || problem.with(Option::is_some).to_string()
                    on:click=confirm
                >
                    {words.import()}
                </button>
            </div>
        </aside>
    }
    .into_any()
}

fn has_several(session: &Session) -> bool {
    let mut further = session.further.iter();
    further.any(|one| one.part == Part::Appended)
}

fn problem_of(session: &Session) -> Option<(Option<String>, ImportError)> {
    let (name, error) = session.obstacle()?;
    Some((name.map(str::to_owned), error))
}

/// A role whose column hardly reads as what it is to be: how many of its values do, of how many.
#[derive(Clone, PartialEq, Eq)]
struct Few {
    role: Role,
    header: String,
    n_readable: u64,
    n_filled: u64,
}

fn few_of(session: &Session) -> Vec<Few> {
    let Some(preview) = &session.preview else {
        return Vec::new();
    };
    let roles = Role::of(session.mapping.table).iter().copied();
    let few = roles.filter_map(|role| {
        let header = session.mapping.roles.get(&role)?;
        let column = preview.columns.iter().find(|c| &c.header == header)?;
        Some(Few {
            role,
            header: header.clone(),
            n_readable: column.few_readable_as(role)?,
            n_filled: column.n_filled,
        })
    });
    few.collect()
}

/// What is in the way of importing.
fn obstacle(words: Words, error: ImportError) -> String {
    match error {
        ImportError::MissingRole(role) => words.still_missing(role),
        ImportError::AmbiguousDates => words.answer_date_order().to_owned(),
        error => words.import_error(&error),
    }
}

/// Whether nothing speaks against importing: a column of which less than half reads is hardly the one that was meant.
fn readiness(words: Words, was_refused: bool, few: &[Few], has_several: bool) -> String {
    if was_refused {
        return words.import_was_refused().to_owned();
    }
    let mut unread = few.iter().filter(|few| few.n_readable * 2 < few.n_filled);
    match unread.next() {
        Some(few) => words.not_ready_to_import(few.role, &few.header),
        None => words.ready_to_import(has_several).to_owned(),
    }
}

fn few_readable(words: Words, few: &Few) -> AnyView {
    let said = words.few_readable(few.role, few.n_readable, few.n_filled);
    view! { <p class="remark" role="status" data-testid="few-readable">{said}</p> }.into_any()
}

/// The needed roles, and money, without which less can be said.
fn needs(words: Words, mapping: &Mapping) -> AnyView {
    let has = |role: &Role| mapping.roles.contains_key(role);
    let needed = Mapping::needed(mapping.table).iter();
    let needed = needed
        .map(|role| need(words, words.role(*role), has(role)))
        .collect_view();
    let has_money = has(&Role::Amount) || (has(&Role::Quantity) && has(&Role::Price));
    let is_orders = mapping.table == TableKind::Orders;
    let money = is_orders.then(|| need(words, words.money_need(), has_money));
    let hint = (is_orders && !has_money).then(|| words.without_money());
    let is_customers = mapping.table == TableKind::Customers;
    let purchases =
        is_customers.then(|| need(words, words.purchases_need(), mapping.says_purchases()));
    view! { {needed} {money} {purchases} <li class="hint">{hint}</li> }.into_any()
}

fn need(words: Words, name: &'static str, is_met: bool) -> AnyView {
    let (icon, state) = if is_met {
        ("check", words.met())
    } else {
        ("close", words.not_met())
    };
    view! {
        <li class="need" class:is-met=is_met>
            <Icon name=icon/>
            {name}
            <span class="visually-hidden">" " {state}</span>
        </li>
    }
    .into_any()
}

//! The list of customers: all of them, or those that a person is looking for, sorted as a person likes.

mod card;
mod filter;
mod list;
mod row;
mod scroll;

use self::card::CustomerCard;
use self::filter::{ListFilter, label_of};
use self::list::{CustomerList, shows_moves};
use crate::analysis::customers::Filter;
use crate::session::{Slot, View};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DownloadButton, ListColumns, ListContacts, ListPurpose, ViewSection};

/// The view with the list of customers.
#[component]
pub fn Customers() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.page.state());
    let has_failed = workspace.read(|session| matches!(session.page, Slot::Failed(())));
    let counts = workspace.read(|session| {
        let page = session.page.value()?;
        Some((page.n_matching, page.n_customers, page.n_set_aside))
    });
    let filter = workspace.read(|session| session.filter.clone());
    let label = workspace.read(|session| label_of(session, session.filter.only_segment()?));
    let opener = RwSignal::new(String::new());
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            let moved = filter.with(|filter| Some(words.move_name(filter.only_move()?)));
            let name = moved.or_else(|| label.get().map(|label| words.label(&label)));
            let (n_matching, n_customers, n_set_aside) = counts.get()?;
            let finding = words.customers_finding(n_matching, n_customers, name.as_deref());
            let aside = words.customers_set_aside(n_set_aside);
            Some(
                [Some(finding), aside]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        });
        let problem = Signal::derive(move || {
            has_failed
                .get()
                .then(|| words.customers_not_listed().to_owned())
        });
        view! {
            <ViewSection view=View::Customers state finding problem>
                <div class="block list-tools">
                    <ListFilter />
                    {save(workspace, words, filter)}
                    <ListPurpose segment=None key="list"/>
                    <ListContacts segment=None key="list"/>
                    <ListColumns />
                </div>
                {about_columns(workspace, words)}
                <CustomerList opener />
                <CustomerCard opener />
            </ViewSection>
        }
        .into_any()
    }
}

/// What the columns of moves and of lifetime values are of, where they are there.
fn about_columns(workspace: Workspace, words: Words) -> AnyView {
    let movement = workspace.read(|session| {
        let is_asked = shows_moves(session);
        let report = session.movement.value().filter(|_| is_asked)?;
        Some((report.earlier, report.as_of, report.params.cuts))
    });
    let lifetime = workspace.read(|session| {
        let is_there = session.has_forecasts();
        let report = session.lifetime.value().filter(|_| is_there)?;
        let (days, rate) = (report.params.horizon_days, report.params.discount_rate);
        report.clv.map(|_| (days, rate))
    });
    let hint = |id: &'static str, text: String| view! { <p class="hint" data-testid=id>{text}</p> };
    view! {
        {move || Some(hint("moved-columns", words.movement_columns(movement.get()?)))}
        {move || Some(hint("lifetime-columns", words.lifetime_columns(lifetime.get()?)))}
    }
    .into_any()
}

/// What saves the list that is shown and that of everybody.
fn save(workspace: Workspace, words: Words, filter: Memo<Filter>) -> AnyView {
    let shown = workspace.read(|session| session.list_of(session.filter.clone()));
    let what = Signal::derive(move || shown.get());
    // Of the whole list, too, only those are saved who agreed, where that is chosen.
    let all = workspace.read(|session| session.list_of(session.filter.of_everybody()));
    let everybody = Signal::derive(move || all.get());
    let is_filtered =
        move || filter.with(|filter| filter.whether_agreed_or_not() != Filter::default());
    // A list for a tool has no row for who has no address; how many it has stands beside it.
    let n_matching = workspace.read(|session| {
        let page = session.page.value()?;
        (session.purpose().is_none() && page.query.filter == session.filter)
            .then_some(page.n_matching)
    });
    let behind = Signal::derive(move || {
        let n = n_matching.get();
        n.map_or_else(String::new, |n| words.customers_behind(n))
    });
    let name = Signal::derive(move || {
        let only_agreed = filter.with(|filter| filter.agreed);
        words.customers_take_all(only_agreed)
    });
    view! {
        <p class="actions">
            <Show when=is_filtered>
                <DownloadButton what key="selection" name=words.customers_take() behind />
            </Show>
            <DownloadButton what=everybody key="customers" name />
        </p>
    }
    .into_any()
}

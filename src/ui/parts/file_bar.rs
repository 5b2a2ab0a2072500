//! What is open: the file, its customers, its period, and what holds for all views.

use super::{AsOf, DownloadButton, Icon, TimeBar};
use crate::analysis::profile::Counted;
use crate::data::Day;
use crate::export::What;
use crate::session::{Event, Session, View};
use crate::text::Words;
use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, intake, route};

/// The line above all views.
#[component]
pub fn FileBar() -> impl IntoView {
    let workspace = Workspace::expect();
    let imported = workspace.read(|session| session.imported.clone());
    let name = workspace.read(name_of);
    let can_undo = workspace.read(Session::can_undo);
    let has_dates =
        Memo::new(move |_| imported.with(|i| i.as_ref().is_some_and(|i| i.period.is_some())));
    let n_set_aside = workspace.read(Session::n_set_aside);
    let until = workspace.read(orders_after);
    let facts = move || {
        imported.with(|i| {
            i.as_ref()
                .map(|i| facts(workspace.words(), i, n_set_aside.get()))
        })
    };
    let project = move || {
        let name = workspace.words().save_project();
        view! { <DownloadButton what=What::Project key="project" name/> }
    };
    let is_open = RwSignal::new(false);
    view! {
        <div class="file-bar">
            <div class="file-facts">
                <h1 class="file-name">{move || name.with(|named| named.as_ref().map(|(name, n_more)| workspace.words().name_and_more(name, *n_more)))}</h1>
                <p>
                    {facts}
                    <Show when=move || n_set_aside.get() != 0>
                        " "
                        <a href=route::hash_of(View::Columns) data-testid="set-aside">
                            {move || workspace.words().set_aside_link(n_set_aside.get())}
                        </a>
                    </Show>
                    {move || until.get().map(|(n_orders, day)| workspace.words().orders_after(n_orders, day))}
                </p>
            </div>
            <div class="file-actions">
                <Show when=move || has_dates.get()>
                    <AsOf/>
                    {time_machine(workspace, is_open)}
                </Show>
                <button
                    type="button"
                    class="button"
                    data-testid="undo"
                    aria-disabled=move || (!can_undo.get()).to_string()
                    on:click=move |_| workspace.send(Event::Undo)
                >
                    <Icon name="undo"/>
                    <span>{move || workspace.words().undo()}</span>
                </button>
                {project}
                <button type="button" class="button" data-testid="other-file" on:click=move |_| intake::choose()>
                    <Icon name="file"/>
                    <span>{move || workspace.words().other_file()}</span>
                </button>
            </div>
            <Show when=move || has_dates.get() && is_open.get()><TimeBar/></Show>
        </div>
    }
}

/// Opens and closes the slider of the as-of date.
fn time_machine(workspace: Workspace, is_open: RwSignal<bool>) -> AnyView {
    view! {
        <button
            type="button"
            class="button"
            data-testid="time-machine"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            <Icon name="time"/>
            <span>{move || workspace.words().time_machine()}</span>
        </button>
    }
    .into_any()
}

/// The leading file's name, and how many were read with it.
fn name_of(session: &Session) -> Option<(String, u64)> {
    let n_more = session.further.iter().filter(|further| further.is_in());
    let file = session.file.as_ref()?;
    Some((file.name.clone(), n_more.count() as u64))
}

/// Orders after the as-of date, which no view looks at, with that date.
fn orders_after(session: &Session) -> Option<(u64, Day)> {
    let imported = session.imported.as_ref()?;
    let as_of = session.settings.as_of?;
    let (_, last) = imported.period?;
    let known = session.rfm.value().filter(|report| report.as_of == as_of)?;
    let counts_orders = known.params.convention.counted() == Counted::Orders;
    let n_after = imported.n_orders?.checked_sub(known.n_orders)?;
    (last > as_of && counts_orders).then_some((n_after, as_of))
}

/// Customers whom analyses look at, orders, period.
fn facts(words: Words, imported: &crate::protocol::Imported, n_set_aside: u64) -> String {
    let customers = Some(words.customers_analysed(imported.n_customers, n_set_aside));
    let orders = imported.n_orders.map(|n_orders| words.orders(n_orders));
    let period = imported
        .period
        .map(|(first, last)| words.day_range(first, last));
    let facts: Vec<String> = [customers, orders, period].into_iter().flatten().collect();
    facts.join(" · ")
}

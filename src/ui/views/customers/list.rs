//! A table of any length: only the rows that are seen exist, and pages of them come from the engine as they are needed.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;

use super::row;
use super::scroll::{N_VISIBLE, ROW_HEIGHT, Scroll};
use crate::analysis::customers::{Page, Query, Sort};
use crate::session::{Event, Slot};
use crate::text::Words;
use crate::ui::Workspace;

/// Rows that are asked for at once.
const PAGE: u64 = 200;
const SORTS: [Sort; 4] = [
    Sort::Customer,
    Sort::Recency,
    Sort::Frequency,
    Sort::Monetary,
];

/// The virtual table of customers.
#[component]
pub fn CustomerList() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let order = RwSignal::new((Sort::default(), false));
    let first = RwSignal::new(0_u64);
    let page = workspace.read(|session| session.page.value().cloned());
    let scroll = Memo::new(move |_| Scroll {
        n_rows: page.with(|page| page.as_ref().map_or(0, |page| page.n_matching)),
    });
    let has_money =
        workspace.read(|session| session.imported.as_ref().is_none_or(|file| file.has_money));
    let scroller = NodeRef::<Div>::new();
    ask_for_pages(workspace, order, first);
    let move_to = move |row: u64| {
        if let Some(element) = scroller.get_untracked() {
            element.set_scroll_top(scroll.get_untracked().offset_of(row).round() as i32);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if let Some(row) = scroll
            .get_untracked()
            .first_after(&event.key(), first.get_untracked())
        {
            event.prevent_default();
            first.set(row);
            move_to(row);
        }
    };
    let on_scroll = move |_| {
        if let Some(element) = scroller.get_untracked() {
            first.set(
                scroll
                    .get_untracked()
                    .first_at(f64::from(element.scroll_top())),
            );
        }
    };
    let sort_by = move |sort: Sort| {
        order.update(|(by, descending)| {
            (*by, *descending) = (
                sort,
                if *by == sort {
                    !*descending
                } else {
                    sort != Sort::Customer
                },
            );
        });
        move_to(0);
    };
    let height = move || {
        format!(
            "{}px",
            scroll.get().range() + (N_VISIBLE + 1) as f64 * ROW_HEIGHT
        )
    };
    let rows = move || {
        page.with(|page| {
            visible(
                words,
                page.as_ref(),
                order.get(),
                first.get(),
                has_money.get(),
            )
        })
    };
    let n_rows = move || (scroll.get().n_rows + 1).to_string();
    view! {
        <p class="hint" id="list-hint">{words.customers_scroll_hint()}</p>
        <div
            class="list-scroll"
            role="region"
            tabindex="0"
            aria-label=words.customers_column_id()
            aria-describedby="list-hint"
            node_ref=scroller
            on:scroll=on_scroll
            on:keydown=on_key
        >
            <div class="list-length" style:height=height>
                <table class="customer-list" aria-rowcount=n_rows>
                    {move || head(words, order, has_money.get(), sort_by)}
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

/// Asks for the rows around the first one whenever they are not there.
fn ask_for_pages(workspace: Workspace, order: RwSignal<(Sort, bool)>, first: RwSignal<u64>) {
    let segment = workspace.read(|session| session.selected);
    let loaded = workspace.read(|session| match &session.page {
        Slot::Idle => None,
        slot => Some(
            slot.value()
                .map(|page| (page.query.clone(), page.n_matching)),
        ),
    });
    Effect::new(move |asked: Option<Option<Query>>| {
        let (sort, descending) = order.get();
        let first = first.get();
        let wanted = Query {
            segment: segment.get(),
            sort,
            descending,
            offset: first.saturating_sub(PAGE / 2) / 50 * 50,
            limit: PAGE,
        };
        let asked = asked.flatten();
        let there = loaded.get();
        let is_there = there.clone().flatten().is_some_and(|(query, n)| {
            let end = (first + N_VISIBLE).min(n);
            same_list(&query, &wanted) && query.offset <= first && end <= query.offset + query.limit
        });
        let is_asked = there.is_some() && asked.as_ref() == Some(&wanted);
        if is_there || is_asked {
            return asked;
        }
        workspace.send(Event::PageAsked(wanted.clone()));
        Some(wanted)
    });
}

fn same_list(one: &Query, other: &Query) -> bool {
    (one.segment, one.sort, one.descending) == (other.segment, other.sort, other.descending)
}

/// The rows that are seen now; those that have not arrived are placeholders.
fn visible(
    words: Words,
    page: Option<&Page>,
    (sort, descending): (Sort, bool),
    first: u64,
    has_money: bool,
) -> Option<AnyView> {
    let page = page?;
    if page.n_matching == 0 {
        return Some(view! { <tr><td colspan="7">{words.customers_none()}</td></tr> }.into_any());
    }
    let is_same = page.query.sort == sort && page.query.descending == descending;
    let row = |number: u64| {
        let place = number.checked_sub(page.query.offset).filter(|_| is_same);
        let found = place.and_then(|place| page.rows.get(usize::try_from(place).ok()?));
        let cells = row::cells(words, found, has_money);
        view! { <tr aria-rowindex=(number + 2).to_string()>{cells}</tr> }
    };
    let end = (first + N_VISIBLE).min(page.n_matching);
    Some((first..end).map(row).collect_view().into_any())
}

fn head(
    words: Words,
    order: RwSignal<(Sort, bool)>,
    has_money: bool,
    sort_by: impl Fn(Sort) + Copy + Send + Sync + 'static,
) -> AnyView {
    let sortable = |sort: Sort| {
        let (by, descending) = order.get();
        let direction = match (by == sort, descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        };
        let arrow = match direction {
            "ascending" => " ↑",
            "descending" => " ↓",
            _ => "",
        };
        view! {
            <th scope="col" aria-sort=direction class:number=sort != Sort::Customer>
                <button type="button" class="sort" on:click=move |_| sort_by(sort)>
                    {words.customers_sort(sort)}
                    <span aria-hidden="true">{arrow}</span>
                </button>
            </th>
        }
    };
    let sorts = SORTS
        .into_iter()
        .filter(|sort| has_money || *sort != Sort::Monetary);
    view! {
        <thead>
            <tr aria-rowindex="1">
                {sorts.map(sortable).collect_view()}
                <th scope="col" class="number">{words.customers_column_scores()}</th>
                <th scope="col">{words.customers_column_segment()}</th>
                <th scope="col">{words.customers_column_cluster()}</th>
            </tr>
        </thead>
    }
    .into_any()
}

//! A table of any length: only the rows that are seen exist, and pages of them come from the engine as they are needed.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;

use super::scroll::{N_VISIBLE, ROW_HEIGHT, Scroll};
use super::{card, row};
use crate::analysis::SegmentationId;
use crate::analysis::customers::{Page, Query, Row, Sort};
use crate::analysis::movement::Cuts;
use crate::analysis::profile::Counted;
use crate::session::{Event, Session, Slot};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Rows that are asked for at once.
const PAGE: u64 = 200;
const SORTS: [Sort; 7] = [
    Sort::Customer,
    Sort::Recency,
    Sort::Frequency,
    Sort::Monetary,
    Sort::PAlive,
    Sort::Clv,
    Sort::Score,
];

/// The virtual table of customers.
#[component]
pub fn CustomerList(
    /// Where it is kept from which button a card was opened.
    opener: RwSignal<String>,
) -> impl IntoView {
    let list = List::new(Workspace::expect(), opener);
    let words = list.workspace.words_now();
    ask_for_pages(list);
    let height = move || {
        let rows = (N_VISIBLE + 1) as f64 * ROW_HEIGHT;
        format!("{}px", list.scroll.get().range() + rows)
    };
    let n_rows = move || (list.scroll.get().n_rows + 1).to_string();
    view! {
        <p class="hint" id="list-hint">{words.customers_scroll_hint()}</p>
        <div
            class="list-scroll"
            role="group"
            tabindex="0"
            aria-label=words.customers_column_id()
            aria-describedby="list-hint"
            node_ref=list.scroller
            on:scroll=move |_| list.follow_scroll()
            on:keydown=move |event| list.follow_key(&event)
        >
            <div class="list-length" style:height=height>
                <table class="customer-list" aria-rowcount=n_rows>
                    {move || head(words, list)}
                    <tbody>{move || list.page.with(|page| visible(words, list, page.as_ref()?))}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

/// Which columns stand after those of the measures.
#[derive(Clone, PartialEq)]
pub(super) struct Shown {
    /// Segmentations, and whether their labels are still to come.
    pub(super) segmentations: Vec<(SegmentationId, bool)>,
    /// Whether the segments on both dates of a movement have columns.
    pub(super) has_moves: bool,
    /// By whose cut points the later of them are.
    pub(super) cuts: Cuts,
    /// Whether it says what would move a customer to another RFM segment.
    pub(super) has_changes: bool,
}

/// Whether the list is about moves.
pub(super) fn shows_moves(session: &Session) -> bool {
    let chosen = &session.settings.customers.segmentations;
    session.filter.moved.is_some() || chosen.contains(&SegmentationId::Movement)
}

/// The state of the list.
#[derive(Clone, Copy)]
struct List {
    workspace: Workspace,
    /// What it is sorted by, and whether the largest come first.
    order: RwSignal<(Sort, bool)>,
    /// The row on top, from 0.
    first: RwSignal<u64>,
    page: Memo<Option<Page>>,
    scroll: Memo<Scroll>,
    has_money: Memo<bool>,
    /// Whether it was computed what is to come.
    has_forecasts: Memo<bool>,
    counted: Memo<Counted>,
    shown: Memo<Shown>,
    scroller: NodeRef<Div>,
    /// The customer whose card is open, and the button that it was opened from.
    customer: Memo<Option<String>>,
    opener: RwSignal<String>,
}

impl List {
    fn new(workspace: Workspace, opener: RwSignal<String>) -> Self {
        let page = workspace.read(|session| session.page.value().cloned());
        let n_rows = move || page.with(|page| page.as_ref().map_or(0, |page| page.n_matching));
        Self {
            workspace,
            order: RwSignal::new((Sort::default(), false)),
            first: RwSignal::new(0),
            page,
            scroll: Memo::new(move |_| Scroll { n_rows: n_rows() }),
            has_money: workspace
                .read(|session| session.imported.as_ref().is_none_or(|file| file.has_money)),
            has_forecasts: workspace.read(|session| session.has_forecasts()),
            counted: workspace.read(|session| session.settings.rfm.convention.counted()),
            shown: workspace.read(|session| {
                let chosen = session.settings.customers.segmentations.iter().copied();
                let usual = [SegmentationId::Rfm, SegmentationId::Clusters];
                let shown = usual.into_iter().chain(chosen);
                let is_computing =
                    |id: SegmentationId| session.state_of(id.analysis()) == "running";
                Shown {
                    segmentations: shown.map(|id| (id, is_computing(id))).collect(),
                    has_moves: shows_moves(session),
                    cuts: session.settings.movement.cuts,
                    has_changes: session.settings.customers.changes,
                }
            }),
            scroller: NodeRef::new(),
            customer: workspace.read(|session| session.customer.clone()),
            opener,
        }
    }

    /// Puts a row on top.
    fn move_to(self, row: u64) {
        self.first.set(row);
        if let Some(element) = self.scroller.get_untracked() {
            let offset = self.scroll.get_untracked().offset_of(row);
            element.set_scroll_top(offset.round() as i32);
        }
    }

    fn follow_scroll(self) {
        if let Some(element) = self.scroller.get_untracked() {
            let offset = f64::from(element.scroll_top());
            self.first.set(self.scroll.get_untracked().first_at(offset));
        }
    }

    /// Keys move the list while it has the focus itself, not a button in it.
    fn follow_key(self, event: &KeyboardEvent) {
        let first = self.first.get_untracked();
        let moved = self.scroll.get_untracked().first_after(&event.key(), first);
        if let Some(row) = moved.filter(|_| event.target() == event.current_target()) {
            event.prevent_default();
            self.move_to(row);
        }
    }

    /// Sorts by a column; by the same column again, the other way round.
    fn sort_by(self, sort: Sort) {
        self.order.update(|(by, descending)| {
            let is_same = *by == sort;
            *descending = if is_same {
                !*descending
            } else {
                sort != Sort::Customer
            };
            *by = sort;
        });
        self.move_to(0);
    }
}

/// Asks for the rows around the first one whenever they are not there.
fn ask_for_pages(list: List) {
    let workspace = list.workspace;
    let filter = workspace.read(|session| session.filter.clone());
    Effect::new(move || {
        filter.track();
        list.move_to(0);
    });
    let loaded = workspace.read(|session| match &session.page {
        Slot::Idle => None,
        slot => Some(
            slot.value()
                .map(|page| (page.query.clone(), page.n_matching)),
        ),
    });
    let mut asked = None::<Query>;
    Effect::new(move || {
        let (sort, descending) = list.order.get();
        let first = list.first.get();
        let wanted = Query {
            filter: filter.get(),
            sort,
            descending,
            offset: first.saturating_sub(PAGE / 2) / 50 * 50,
            limit: PAGE,
            reached_by: None,
        };
        let there = loaded.get();
        let is_there = there.clone().flatten().is_some_and(|(query, n)| {
            let end = (first + N_VISIBLE).min(n);
            same_list(&query, &wanted) && query.offset <= first && end <= query.offset + query.limit
        });
        let is_asked = there.is_some() && asked.as_ref() == Some(&wanted);
        if !is_there && !is_asked {
            workspace.send(Event::PageAsked(wanted.clone()));
            asked = Some(wanted);
        }
    });
}

fn same_list(one: &Query, other: &Query) -> bool {
    (&one.filter, one.sort, one.descending) == (&other.filter, other.sort, other.descending)
}

/// The rows that are seen now; those that have not arrived are placeholders.
fn visible(words: Words, list: List, page: &Page) -> Option<AnyView> {
    let ((sort, descending), first) = (list.order.get(), list.first.get());
    let has_money = list.has_money.get();
    let shown = list.shown.get();
    if page.n_matching == 0 {
        return Some(
            view! { <tr><td colspan=n_columns(&shown)>{words.customers_none()}</td></tr> }
                .into_any(),
        );
    }
    let has = (has_money, list.has_forecasts.get());
    let is_same = page.query.sort == sort && page.query.descending == descending;
    let row = |number: u64| {
        let place = number.checked_sub(page.query.offset).filter(|_| is_same);
        let found = place.and_then(|place| page.rows.get(usize::try_from(place).ok()?));
        let cells = found.map_or_else(
            || row::waiting(&shown),
            |found| row::cells(words, found, name(words, list, number, found), has, &shown),
        );
        view! { <tr aria-rowindex=(number + 2).to_string()>{cells}</tr> }
    };
    let end = (first + N_VISIBLE).min(page.n_matching);
    Some((first..end).map(row).collect_view().into_any())
}

/// The id of a customer, which opens the card.
fn name(words: Words, list: List, number: u64, row: &Row) -> AnyView {
    let id = row.customer.clone();
    let is_open = list.customer.with(|open| open.as_ref() == Some(&id));
    let button = format!("customer-{number}");
    let (label, shown, of) = (words.customer_open(&id), id.clone(), button.clone());
    let press = move |_| card::open(list.workspace, list.opener, of.clone(), id.clone());
    view! {
        <button
            type="button"
            class="link-button"
            id=button
            data-testid="open-customer"
            aria-label=label
            aria-expanded=is_open.to_string()
            on:click=press
        >
            {shown}
        </button>
    }
    .into_any()
}

/// Id, five measures and the scores, a column for each segmentation, two for moves, and one for what would change it.
pub(super) fn n_columns(shown: &Shown) -> String {
    let moves = if shown.has_moves { 2 } else { 0 };
    (8 + shown.segmentations.len() + moves).to_string()
}

fn head(words: Words, list: List) -> AnyView {
    let (order, has_money) = (list.order, list.has_money.get());
    let shown = list.shown.get();
    let counted = list.counted.get();
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
                <button type="button" class="sort" on:click=move |_| list.sort_by(sort)>
                    {words.customers_sort(sort, counted)}
                    <span aria-hidden="true">{arrow}</span>
                </button>
            </th>
        }
    };
    let moves = [
        words.movement_then_column(),
        words.movement_now_column(shown.cuts),
    ];
    let moves = moves.into_iter().filter(|_| shown.has_moves);
    let has_forecasts = list.has_forecasts.get();
    let sorts = SORTS.into_iter().filter(|sort| match sort {
        Sort::Monetary => has_money,
        Sort::PAlive => has_forecasts,
        Sort::Clv => has_forecasts && has_money,
        _ => true,
    });
    view! {
        <thead>
            <tr aria-rowindex="1">
                {sorts.map(sortable).collect_view()}
                {shown.segmentations.into_iter().map(|(id, _)| view! { <th scope="col">{words.segment_of(id)}</th> }).collect_view()}
                {moves.map(|name| view! { <th scope="col">{name}</th> }).collect_view()}
                {shown.has_changes.then(|| view! { <th scope="col">{words.list_changes()}</th> })}
            </tr>
        </thead>
    }
    .into_any()
}

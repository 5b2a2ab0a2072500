//! The card of one customer below the list: what it ordered, its segments over time, why it is there, what would move it.
//!
//! It opens from the id in the list, takes the focus, and gives it back to that row when it is closed.

use std::sync::Arc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::analysis::SegmentationId;
use crate::analysis::one_customer::{Card, Placed};
use crate::charts::OwnedChart;
use crate::export::What;
use crate::session::Event;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, DownloadButton, Explained};
use crate::ui::views::pictures::picture;

/// The heading that takes the focus.
const HEADING: &str = "customer-card-name";

/// Opens the card of a customer from the button with this id in the list.
pub(super) fn open(workspace: Workspace, opener: RwSignal<String>, button: String, id: String) {
    opener.set(button);
    workspace.send(Event::CustomerOpened(Some(id)));
    request_animation_frame(|| {
        if let Some(heading) = document().get_element_by_id(HEADING) {
            heading.scroll_into_view();
        }
        focus(HEADING);
    });
}

/// Moves the focus to an element; false where it is not there.
fn focus(id: &str) -> bool {
    let element = document().get_element_by_id(id);
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// The card, while one is open.
#[component]
pub fn CustomerCard(
    /// The id of the button that it was opened from.
    opener: RwSignal<String>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let customer = workspace.read(|session| session.customer.clone());
    let state = workspace.read(|session| session.card.state());
    let card = workspace.read(|session| session.card.value().cloned().map(Arc::new));
    let close = move || {
        workspace.send(Event::CustomerOpened(None));
        // The row may have been scrolled away: the search stays.
        if !focus(&opener.get_untracked()) {
            focus("list-search");
        }
    };
    let has_orders = Memo::new(move |_| {
        card.with(|card| {
            card.as_ref()
                .is_some_and(|card| !card.past.orders.is_empty())
        })
    });
    let what = Signal::derive(move || What::History {
        customer: customer.get().unwrap_or_default(),
    });
    view! {
        <Show when=move || customer.with(Option::is_some)>
            <section
                class="block customer-card"
                data-testid="customer-card"
                data-state=move || state.get()
                aria-labelledby=HEADING
                on:keydown=move |event| {
                    if event.key() == "Escape" && !event.default_prevented() {
                        event.prevent_default();
                        close();
                    }
                }
            >
                {header(words, customer, close)}
                <p role="status" data-testid="customer-summary">{move || {
                    card.with(|card| summary(words, state.get(), card.as_deref()))
                }}</p>
                <Show when=move || has_orders.get()>
                    <ChartFigure
                        chart=picture(card, OwnedChart::CustomerHistory)
                        segmentation=SegmentationId::Rfm
                    />
                    <p class="actions">
                        <DownloadButton what key="history" name=words.customer_download() />
                    </p>
                </Show>
                {move || card.with(|card| Some(places(words, card.as_deref()?)))}
                <Explained text=words.customer_how() />
            </section>
        </Show>
    }
    .into_any()
}

/// Who it is, and the way back to the list.
fn header(
    words: Words,
    customer: Memo<Option<String>>,
    close: impl Fn() + Copy + 'static,
) -> AnyView {
    view! {
        <header>
            <h3 id=HEADING tabindex="-1">{move || customer.get().unwrap_or_default()}</h3>
            <button
                type="button"
                class="icon-button"
                data-testid="close-customer"
                aria-label=words.customer_card_close()
                title=words.customer_card_close()
                on:click=move |_| close()
            >
                "×"
            </button>
        </header>
    }
    .into_any()
}

fn summary(words: Words, state: &str, card: Option<&Card>) -> String {
    match card {
        Some(card) => {
            let earlier = words.customer_earlier(&card.past);
            let both = [Some(words.customer_summary(card)), earlier];
            both.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        None if state == "failed" => words.customer_gone().to_owned(),
        // It was stopped: the view says how to have it after all.
        None if state == "idle" => words.stopped(true).to_owned(),
        None => words.customer_waiting().to_owned(),
    }
}

/// Each segmentation that has run: the segment, why, and what would move it.
fn places(words: Words, card: &Card) -> AnyView {
    let as_of = card.past.as_of;
    let change = |text: String| view! { <li>{text}</li> };
    let of = |placed: &Placed| {
        let changes = placed.change.as_ref();
        let changes = changes.map(|own| {
            let sentences = words.customer_changes(own, as_of).into_iter();
            view! {
                <p class="hint">{words.customer_move()}</p>
                <ul class="reasons">{sentences.map(change).collect_view()}</ul>
            }
        });
        view! {
            <div data-testid=format!("customer-{}", placed.of.key())>
                <h4>{words.segment_of(placed.of)} ": " {words.label(&placed.label)}</h4>
                <p>{words.customer_reason(placed)}</p>
                {changes}
            </div>
        }
    };
    view! {
        <section class="customer-places" aria-label=words.customer_why()>
            {card.places.iter().map(of).collect_view()}
        </section>
    }
    .into_any()
}

//! The inspector: the selected segment, the same on every view. While nothing is selected the view has its place.

mod numbers;
mod reasons;

use leptos::ev::keydown;

use crate::analysis::SegmentationId;
use crate::analysis::customers::Filter;
use crate::analysis::profile::SegmentProfile;
use crate::session::{Event, Session, View};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ListContacts, ListPurpose, Swatch};

/// Who the selected segment is, what it is worth, why its customers are in it, what to do next.
#[component]
pub fn Inspector() -> impl IntoView {
    let workspace = Workspace::expect();
    let selected = workspace.read(|session| {
        let (id, place) = session.selected?;
        Some((id, place, profile(session, id, place)?.clone()))
    });
    let listener = window_event_listener(keydown, move |event| {
        let is_free = !event.default_prevented() && selected.with_untracked(Option::is_some);
        if event.key() == "Escape" && is_free {
            workspace.send(Event::SegmentSelected(None));
        }
    });
    on_cleanup(move || listener.remove());
    move || {
        let words = workspace.words();
        let content = selected.with(|selected| {
            let (id, place, profile) = selected.as_ref()?;
            Some(segment(workspace, words, *id, *place, profile))
        });
        view! {
            <aside
                class="inspector"
                class:has-selection=selected.with(Option::is_some)
                aria-label=words.inspector()
            >
                <div class="inspected">{content}</div>
            </aside>
        }
        .into_any()
    }
}

fn profile(session: &Session, id: SegmentationId, place: u16) -> Option<&SegmentProfile> {
    session.segments_of(id).get(usize::from(place))
}

fn segment(
    workspace: Workspace,
    words: Words,
    id: SegmentationId,
    place: u16,
    profile: &SegmentProfile,
) -> AnyView {
    let kind = words.segment_of(id);
    let is_short = workspace.session.with_untracked(Session::has_short_history);
    view! {
        <header>
            <p class="kind">
                <Swatch label=&profile.label place />
                {kind}
            </p>
            <h2>{words.label(&profile.label)}</h2>
            <button
                type="button"
                class="icon-button close"
                aria-label=words.inspector_close()
                title=words.inspector_close()
                on:click=move |_| workspace.send(Event::SegmentSelected(None))
            >
                "×"
            </button>
        </header>
        <p class="who" aria-live="polite">{words.who(profile)}</p>
        {numbers::numbers(workspace, words, profile)}
        <h3>{words.inspector_why()}</h3>
        {reasons::reasons(workspace, words, id, profile)}
        <h3>{words.inspector_next()}</h3>
        <p>{words.what_to_do(&profile.label, profile, is_short)}</p>
        {actions(workspace, words, (id, place))}
    }
    .into_any()
}

fn actions(workspace: Workspace, words: Words, id: (SegmentationId, u16)) -> AnyView {
    let take = move |_| {
        let what = (workspace.session).with_untracked(|session| {
            session.list_of(Filter {
                agreed: session.filter.agreed,
                ..Filter::of(id)
            })
        });
        workspace.send(Event::ExportAsked(what));
    };
    let is_elsewhere = move || workspace.view.get() != View::Customers;
    view! {
        <ListPurpose segment=Some(id) key="segment"/>
        <ListContacts segment=Some(id) key="segment"/>
        <p class="actions">
            <button
                type="button"
                class="button"
                data-testid="download-customers-of-segment"
                on:click=take
            >
                {words.inspector_take()}
            </button>
            <Show when=is_elsewhere>
                <a href="#/customers">{words.inspector_see()}</a>
            </Show>
        </p>
    }
    .into_any()
}

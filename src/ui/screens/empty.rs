//! The first page: what this is, what it needs, and the ways in; while results are open, also the way back to them.

use crate::export::What;
use crate::session::{Event, Session};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DownloadButton, DropZone, Grain, Samples};

/// Title, promise, drop zone, samples, and three short lines.
#[component]
pub fn EmptyScreen() -> impl IntoView {
    let workspace = Workspace::expect();
    let has_results = workspace.read(Session::has_results);
    move || {
        let words = workspace.words();
        let lines = words
            .in_short()
            .map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> });
        view! {
            <div class="empty">
                <Grain/>
                <div class="empty-head">
                    <h1>{words.title()}</h1>
                    <p class="lead">{words.promise()}</p>
                </div>
                {has_results.get().then(|| still_open(workspace, words))}
                <div class="empty-ways">
                    <DropZone/>
                    <Samples/>
                </div>
                <dl class="in-short">{lines}</dl>
            </div>
        }
    }
}

/// The results that are kept until another file is imported, and what can be done with them.
fn still_open(workspace: Workspace, words: Words) -> AnyView {
    let name = workspace.read(|session| session.file.as_ref().map(|file| file.name.clone()));
    let said = move || words.still_open(&name.get().unwrap_or_default());
    let button = |event: Event, testid, name| {
        let press = move |_| workspace.send(event.clone());
        view! { <button type="button" class="button" data-testid=testid on:click=press>{name}</button> }
    };
    view! {
        <aside class="still-open" aria-label=words.still_open_label()>
            <p>{said}</p>
            <p class="actions">
                {button(Event::ResultsAsked, "back-to-results", words.back_to_results())}
                <DownloadButton what=What::Project key="project" name=words.save_project()/>
                {button(Event::CloseAsked, "close-file", words.close_file())}
            </p>
        </aside>
    }
    .into_any()
}

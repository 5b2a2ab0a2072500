//! What can be taken away from any view.

use super::{DownloadButton, ListColumns};
use crate::export::What;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The files that hold the whole result; the project is saved from the line above all views, each with what is in it.
#[component]
pub fn Downloads() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    // Of the whole list, too, only those are saved who agreed, where that is chosen.
    let all = workspace.read(|session| session.list_of(session.filter.of_everybody()));
    let everybody = Signal::derive(move || all.get());
    let purpose = workspace.read(|session| session.purpose());
    let hint = purpose.get_untracked();
    let hint = hint.map_or(words.download_customers_hint(), |one| {
        words.purpose_hint(one)
    });
    let agreed = workspace.read(|session| session.filter.agreed);
    let customers = Signal::derive(move || words.download_customers(agreed.get()));
    let item = |what: Signal<What>, key, name: Signal<&'static str>, hint| {
        view! {
            <li>
                <DownloadButton what key name />
                <span class="hint">{hint}</span>
            </li>
        }
    };
    view! {
        <section class="block" aria-labelledby="downloads">
            <h3 id="downloads">{words.downloads()}</h3>
            <ul class="downloads">
                {item(everybody, "customers", customers, hint)}
                {item(What::Segments.into(), "segments", words.download_segments().into(), words.download_segments_hint())}
                {item(What::Ledger.into(), "ledger", words.download_ledger().into(), words.download_ledger_hint())}
            </ul>
            <ListColumns />
        </section>
    }
    .into_any()
}

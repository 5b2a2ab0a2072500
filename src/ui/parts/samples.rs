//! Data to look around with, at one press.

use crate::session::Event;
use crate::text::Language;
use crate::ui::dom::prelude::*;
use crate::ui::{Engine, Workspace, intake};

/// The made-up shop in the language of the interface, and CDNOW.
#[component]
pub fn Samples() -> impl IntoView {
    let workspace = Workspace::expect();
    let engine = expect_context::<Engine>();
    let shop = move |_| {
        let korean = workspace.language.get_untracked() == Language::Ko;
        workspace.send(Event::SampleAsked { korean });
    };
    move || {
        let words = workspace.words();
        view! {
            <div class="samples" role="group" aria-labelledby="samples-heading">
                <h2 id="samples-heading" class="small-heading">{words.or_try()}</h2>
                <button type="button" class="sample" data-testid="sample-shop" on:click=shop>
                    <strong>{words.sample_shop()}</strong>
                    <span>{words.sample_shop_explained()}</span>
                </button>
                <button
                    type="button"
                    class="sample"
                    data-testid="sample-cdnow"
                    on:click=move |_| intake::take_cdnow(engine)
                >
                    <strong>{words.sample_cdnow()}</strong>
                    <span>{words.sample_cdnow_explained()}</span>
                </button>
            </div>
        }
    }
}

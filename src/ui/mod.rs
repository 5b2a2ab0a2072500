//! What a person sees. Components read slices of the session and send events; they compute nothing.

#![allow(
    unreachable_pub,
    reason = "the component macro makes an inner public function of every component"
)]

mod canvas;
mod dom;
mod engine;
mod frame;
mod inspector;
mod intake;
mod keyboard;
mod parts;
mod preferences;
mod route;
mod screens;
mod signals;
mod turns;
mod views;
mod workspace;

pub use engine::{Engine, download, save};
pub use workspace::Workspace;

use crate::session::{Session, Stage};
use crate::ui::dom::prelude::*;

/// Mounts the interface into the page.
pub fn mount() {
    dom::mount(|| view! { <App/> });
}

/// The whole page: header, notices, and the screen of the stage.
#[component]
fn App() -> impl IntoView {
    let workspace = start();
    let stage = workspace.read(|session| session.stage);
    view! {
        <main
            data-stage=move || stage_key(stage.get())
            data-dragging=move || workspace.is_dragging.get().then_some("yes")
        >
            <parts::SkipLink/>
            <parts::Header/>
            <parts::Alarms/>
            <div id="content" class="content">
                {move || screen(stage.get())}
            </div>
            <parts::FileInput/>
        </main>
    }
}

/// The shared state, and everything of the browser that is listened to.
fn start() -> Workspace {
    let session = RwSignal::new(Session::default());
    let engine = Engine::start(session);
    let workspace = Workspace::new(session, move |event| engine.send(event));
    provide_context(engine);
    provide_context(workspace);
    provide_context(preferences::keep(workspace));
    route::follow(workspace);
    intake::listen(engine, workspace);
    keyboard::listen(workspace);
    workspace
}

fn screen(stage: Stage) -> AnyView {
    match stage {
        Stage::Empty => view! { <screens::EmptyScreen/> }.into_any(),
        Stage::Reading => view! { <screens::ReadingScreen/> }.into_any(),
        Stage::Mapping => view! { <screens::MappingScreen/> }.into_any(),
        Stage::Importing => view! { <screens::ImportingScreen/> }.into_any(),
        Stage::Ready => view! { <frame::Frame/> }.into_any(),
        Stage::Failed => view! { <screens::FailedScreen/> }.into_any(),
    }
}

/// The word used in the page's attribute.
const fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Empty => "empty",
        Stage::Reading => "reading",
        Stage::Mapping => "mapping",
        Stage::Importing => "importing",
        Stage::Ready => "ready",
        Stage::Failed => "failed",
    }
}

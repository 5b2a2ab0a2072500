//! Where one is between file, columns and results, and the way back.

use crate::session::{Event, Stage};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The three steps; those that are done are buttons that lead back.
#[component]
pub fn Steps() -> impl IntoView {
    let workspace = Workspace::expect();
    let stage = workspace.read(|session| session.stage);
    move || {
        let words = workspace.words();
        let here = place_of(stage.get())?;
        let steps = words.steps().into_iter().enumerate();
        let steps = steps
            .map(|(place, name)| step(workspace, place, here, name))
            .collect_view();
        Some(view! { <nav class="steps" aria-label=words.steps_label()><ol>{steps}</ol></nav> })
    }
}

/// The current step; none while there is nothing to go back to.
const fn place_of(stage: Stage) -> Option<usize> {
    match stage {
        Stage::Mapping => Some(1),
        Stage::Ready => Some(2),
        _ => None,
    }
}

fn step(workspace: Workspace, place: usize, here: usize, name: &'static str) -> AnyView {
    if place < here {
        let event = if place == 0 {
            Event::StartAsked
        } else {
            Event::MappingAsked
        };
        let back = move |_| workspace.send(event.clone());
        let testid = if place == 0 { "close" } else { "edit-mapping" };
        return view! {
            <li><button type="button" class="step" data-testid=testid on:click=back>{name}</button></li>
        }
        .into_any();
    }
    let current = (place == here).then_some("step");
    view! { <li><span class="step" aria-current=current>{name}</span></li> }.into_any()
}

//! Ready-made segmentations: stages of life, classes of value, lateness. One frame, each with its own settings.

mod lifecycle;
mod rhythm;
mod value;

use crate::analysis::SegmentationId;
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, Explained, SegmentTable, ViewSection};
use crate::ui::views::pictures::bars;

pub use lifecycle::Lifecycle;
pub use rhythm::Rhythm;
pub use value::Value;

/// What a ready-made segmentation shows besides its segments.
#[derive(Clone, Copy)]
struct Shown {
    view: View,
    segmentation: SegmentationId,
    caption: &'static str,
    how: &'static str,
    /// The sentence that answers the view's question.
    finding: Memo<Option<String>>,
    /// Why there is no answer.
    problem: Memo<Option<String>>,
}

/// The picture and table of the segments, with the settings beside them.
fn segments_view(workspace: Workspace, shown: Shown, settings: AnyView) -> AnyView {
    let id = shown.segmentation;
    let state = workspace.read(move |session| session.state_of(id.analysis()));
    let segments = workspace.read(move |session| session.segments_of(id).to_vec());
    let segments = Signal::derive(move || segments.get());
    let is_there = Memo::new(move |_| segments.with(|segments| !segments.is_empty()));
    view! {
        <ViewSection view=shown.view state finding=shown.finding problem=shown.problem>
            <div class="block beside">
                <div>
                    <Show when=move || is_there.get()>
                        <ChartFigure chart=bars(segments) segmentation=id />
                    </Show>
                    <Explained text=shown.how />
                </div>
                {settings}
            </div>
            <Show when=move || is_there.get()>
                <section class="block" aria-label=shown.caption>
                    <SegmentTable segmentation=id caption=shown.caption segments />
                </section>
            </Show>
        </ViewSection>
    }
    .into_any()
}

/// The frame around the settings of a ready-made segmentation.
fn settings(words: Words, fields: AnyView) -> AnyView {
    view! {
        <div class="settings">
            <h3>{words.settings()}</h3>
            {fields}
            <crate::ui::parts::UndoButton />
        </div>
    }
    .into_any()
}

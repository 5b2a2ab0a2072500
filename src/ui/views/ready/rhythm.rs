//! Lateness against the own rhythm; borders are shown in percent of the own pause.

use super::{Shown, segments_view, settings};
use crate::analysis::SegmentationId;
use crate::analysis::rhythm::Params;
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::NumberField;
use crate::ui::views::slices;

/// The view of the purchase rhythm.
#[component]
pub fn Rhythm() -> impl IntoView {
    let workspace = Workspace::expect();
    move || {
        let words = workspace.words();
        let shown = Shown {
            view: View::Rhythm,
            segmentation: SegmentationId::Rhythm,
            caption: words.rhythm_caption(),
            how: words.rhythm_how(),
            finding: workspace
                .read(move |session| Some(words.rhythm_finding(session.rhythm.value()?))),
            problem: slices::problem(workspace, |session| &session.rhythm),
        };
        segments_view(workspace, shown, fields(workspace, words))
    }
}

/// A border: its name and label, and where it is in the parameters.
type Field = (
    &'static str,
    &'static str,
    fn(&Params) -> f64,
    fn(&mut Params, f64),
);

fn fields(workspace: Workspace, words: Words) -> AnyView {
    let params = workspace.read(|session| session.settings.rhythm.clone());
    let all: [Field; 3] = [
        (
            "due",
            words.rhythm_due(),
            |params| params.due,
            |params, due| params.due = due,
        ),
        (
            "late",
            words.rhythm_late(),
            |params| params.late,
            |params, late| params.late = late,
        ),
        (
            "long_overdue",
            words.rhythm_long_overdue(),
            |params| params.long_overdue,
            |params, long| params.long_overdue = long,
        ),
    ];
    let field = |(field, label, get, set): Field| {
        let value =
            Signal::derive(move || params.with(|params| (get(params) * 100.0).round() as u64));
        let commit = Callback::new(move |percent: u64| {
            let times = percent as f64 / 100.0;
            workspace.change_settings(|settings| set(&mut settings.rhythm, times));
        });
        let problem = slices::field_problem(workspace, |session| &session.rhythm, field);
        view! {
            <NumberField field label hint="" value bounds=(1, 10_000) problem on_commit=commit />
        }
    };
    settings(words, all.map(field).into_any())
}

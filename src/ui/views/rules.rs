//! The rule builder: ordered rules with live counts, the segments they make, and where they overlap.
//!
//! Every change is all rules sent as settings; counts and segments come back from the engine.

mod card;
mod edit;
mod group;
mod test;

use self::card::RuleCard;
use self::edit::Rules as Editor;
use super::pictures::bars;
use super::slices;
use crate::analysis::SegmentationId;
use crate::analysis::rules::{Condition, SegmentRule};
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, Explained, SegmentTable, UndoButton, ViewSection};

/// The view of a person's own rules.
#[component]
pub fn Rules() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.rules.state());
    let problem = slices::problem(workspace, |session| &session.rules);
    let editor = Editor::of(workspace);
    let segments = workspace.read(|session| session.segments_of(SegmentationId::Rules).to_vec());
    let segments = Signal::derive(move || segments.get());
    let n_rules = Memo::new(move |_| editor.rules.with(Vec::len));
    let has_segments =
        Memo::new(move |_| n_rules.get() > 0 && segments.with(|all| !all.is_empty()));
    move || {
        let words = workspace.words();
        let finding =
            workspace.read(move |session| Some(words.rules_finding(session.rules.value()?)));
        let add = move |_| add_rule(editor, words);
        let card = move |place: usize| view! { <RuleCard editor place /> };
        view! {
            <ViewSection view=View::Rules state finding problem>
                <section class="block rules" aria-label=words.rules_editor()>
                    {move || (0..n_rules.get()).map(card).collect_view()}
                    <p class="actions">
                        <button type="button" class="button" data-testid="add-rule" on:click=add>
                            {words.rules_add()}
                        </button>
                        <UndoButton />
                    </p>
                    {move || overlaps(workspace, words)}
                    <Explained text=words.rules_how() />
                </section>
                <Show when=move || has_segments.get()>
                    <section class="block" aria-label=words.rules_caption()>
                        <ChartFigure chart=bars(segments) segmentation=SegmentationId::Rules />
                        <SegmentTable
                            segmentation=SegmentationId::Rules
                            caption=words.rules_caption()
                            segments
                        />
                    </section>
                </Show>
            </ViewSection>
        }
        .into_any()
    }
}

/// One more rule with a name that no other has; it matches whoever is left.
fn add_rule(editor: Editor, words: Words) {
    editor.change(|rules| {
        let is_free = |name: &String| !rules.iter().any(|rule| rule.name == *name);
        let mut names = (1..).map(|number| format!("{} {number}", words.rules_new_name()));
        if let Some(name) = names.find(is_free) {
            rules.push(SegmentRule {
                name,
                when: Condition::All(Vec::new()),
            });
        }
    });
}

/// The pairs of rules that match the same customers, the largest ten.
fn overlaps(workspace: Workspace, words: Words) -> Option<AnyView> {
    const MOST: usize = 10;
    let lines = workspace.session.with(|session| {
        let report = session.rules.value()?;
        let name = |place: u16| {
            let rule = report.params.rules.get(usize::from(place));
            rule.map_or("", |rule| rule.name.as_str())
        };
        let line = |overlap: &crate::analysis::rules::Overlap| {
            words.rule_overlap(
                name(overlap.first),
                name(overlap.second),
                overlap.n_customers,
            )
        };
        let lines = report.overlaps.iter().take(MOST).map(line);
        Some(lines.collect::<Vec<_>>())
    })?;
    let item = |line: String| view! { <li>{line}</li> };
    (!lines.is_empty()).then(|| {
        view! {
            <h3>{words.rules_overlaps()}</h3>
            <ul class="reasons">{lines.into_iter().map(item).collect_view()}</ul>
        }
        .into_any()
    })
}

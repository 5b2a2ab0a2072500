//! Why customers are in the selected segment: the rules of the map in units, or what sets a cluster apart.

use crate::analysis::profile::SegmentProfile;
use crate::analysis::{Label, SegmentName, SegmentationId};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The reasons as a list.
pub(super) fn reasons(
    workspace: Workspace,
    words: Words,
    id: SegmentationId,
    profile: &SegmentProfile,
) -> AnyView {
    let plain = |text| view! { <p>{text}</p> }.into_any();
    match (id, &profile.label) {
        (_, Label::Known(SegmentName::Others)) => plain(words.inspector_others()),
        (_, Label::Known(SegmentName::Unclustered)) => plain(words.inspector_unclustered()),
        (SegmentationId::Rfm, label) => {
            let rules = workspace.session.with_untracked(|session| {
                let report = session.rfm.value();
                report
                    .map(|report| words.why_in_segment(report, label))
                    .unwrap_or_default()
            });
            let mut lists = Vec::new();
            for (place, rule) in rules.into_iter().enumerate() {
                if place > 0 {
                    lists.push(view! { <p class="or">{words.inspector_or()}</p> }.into_any());
                }
                lists.push(list(rule));
            }
            lists.into_any()
        }
        (SegmentationId::Rules, Label::Own(name)) => {
            let sentence = workspace.session.with_untracked(|session| {
                let report = session.rules.value()?;
                let mut rules = report.params.rules.iter();
                let rule = rules.find(|rule| rule.name == *name)?;
                Some(words.rule_sentence(&rule.when))
            });
            sentence.map_or_else(|| ().into_any(), |text| view! { <p>{text}</p> }.into_any())
        }
        _ if profile.traits.is_empty() => plain(words.inspector_no_traits()),
        _ => list(
            profile
                .traits
                .iter()
                .map(|own| words.trait_with_numbers(own))
                .collect(),
        ),
    }
}

fn list(lines: Vec<String>) -> AnyView {
    let item = |line| view! { <li>{line}</li> };
    view! { <ul class="reasons">{lines.into_iter().map(item).collect_view()}</ul> }.into_any()
}

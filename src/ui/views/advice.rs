//! The adviser: a goal, and the segmentation that serves it with this file. One press sets
//! what is advised and goes there.

use crate::analysis::SegmentationId;
use crate::analysis::advice::{Goal, Recommendation, Report};
use crate::analysis::rules::SegmentRule;
use crate::session::View;
use crate::text::Words;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{Explained, ViewSection};
use crate::ui::views::slices;
use crate::ui::{Workspace, route};

/// The view of the adviser.
#[component]
pub fn Advice() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.advice.state());
    let problem = slices::problem(workspace, |session| &session.advice);
    let report = workspace.read(|session| session.advice.value().cloned());
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| Some(words.advice_finding(report.as_ref()?)))
        });
        view! {
            <ViewSection view=View::Advice state finding problem>
                {goals(workspace, words)}
                {move || report.with(|report| Some(content(workspace, words, report.as_ref()?)))}
                <Explained text=words.advice_how() />
            </ViewSection>
        }
        .into_any()
    }
}

fn goals(workspace: Workspace, words: Words) -> AnyView {
    let chosen = workspace.read(|session| session.settings.advice.goal);
    let option = move |goal: Goal| {
        let choose = move |_| workspace.change_settings(|settings| settings.advice.goal = goal);
        view! {
            <label>
                <input
                    type="radio"
                    name="goal"
                    value=goal.key()
                    prop:checked=move || chosen.get() == goal
                    on:change=choose
                />
                <span>{words.goal(goal)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="options block" data-testid="goal">
            <legend>{words.advice_goal()}</legend>
            {Goal::ALL.map(option)}
        </fieldset>
    }
    .into_any()
}

fn content(workspace: Workspace, words: Words, report: &Report) -> AnyView {
    let line = |text: String| view! { <li>{text}</li> };
    let list = |title: &'static str, lines: Vec<String>| {
        (!lines.is_empty()).then(|| {
            view! {
                <h3>{title}</h3>
                <ul class="reasons">{lines.into_iter().map(line).collect_view()}</ul>
            }
            .into_any()
        })
    };
    let refused = report.refused.iter();
    let refused = refused
        .map(|(id, limit)| words.advice_refusal(*id, *limit))
        .collect();
    let wanted = report.wanted.iter();
    let wanted = wanted
        .map(|limit| words.advice_limit(*limit).to_owned())
        .collect();
    let recommended = report.recommended.iter();
    view! {
        <section class="block" aria-label=words.advice_recommended()>
            <p class="hint">{words.advice_richness(&report.richness)}</p>
            <ol class="next-steps">
                {recommended.map(|one| recommendation(workspace, words, *one, report)).collect_view()}
            </ol>
            {list(words.advice_wanted(), wanted)}
            {list(words.advice_refused(), refused)}
        </section>
    }
    .into_any()
}

/// What is recommended, why, and what a press sets for it.
fn recommendation(
    workspace: Workspace,
    words: Words,
    one: Recommendation,
    report: &Report,
) -> AnyView {
    let id = one.segmentation;
    let features = Some(&report.features);
    let features = features.filter(|own| id == SegmentationId::Clusters && !own.is_empty());
    let rule = report.first_rule.as_ref();
    let rule = rule.filter(|_| id == SegmentationId::Rules);
    let sets = features.map(|own| words.advice_features(own)).or_else(|| {
        let sentence = words.rule_sentence(rule?);
        Some(format!("{}: {sentence}", words.advice_first_rule()))
    });
    let (features, rule) = (features.cloned(), rule.cloned());
    let take = move |_| {
        workspace.change_settings(|settings| {
            settings.explain.of = id;
            let further = !matches!(id, SegmentationId::Rfm | SegmentationId::Clusters);
            let chosen = &mut settings.customers.segmentations;
            if further && !chosen.contains(&id) {
                chosen.push(id);
            }
            if let Some(features) = &features {
                settings.clusters.features.clone_from(features);
            }
            // Rules that a person has made stay as they are.
            if let (Some(when), true) = (&rule, settings.rules.rules.is_empty()) {
                settings.rules.rules.push(SegmentRule {
                    name: words.advice_first_rule().to_owned(),
                    when: when.clone(),
                });
            }
        });
        // Without the address the view is one press away.
        let _ = window().location().set_hash(&route::hash_of(View::of(id)));
    };
    view! {
        <li>
            <h3>{words.segmentation(id)}</h3>
            <p>{words.advice_because(one.because)}</p>
            {sets.map(|text| view! { <p class="hint" data-testid=format!("sets-{}", id.key())>{text}</p> })}
            <button type="button" class="button" data-testid=format!("take-{}", id.key()) on:click=take>
                {words.advice_take()}
            </button>
        </li>
    }
    .into_any()
}

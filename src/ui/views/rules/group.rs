//! Conditions that are joined by all or any, each with its own line; groups stand within groups.

use super::edit::{Spot, bare, change_bare, set_not};
use super::test::{test, usual};
use crate::analysis::rules::{Comparison, Condition, Test};
use crate::ui::dom::prelude::*;

/// Deeper groups are read, but not added.
const DEEPEST: usize = 3;

/// A condition with its parts.
pub(super) fn group(spot: &Spot, condition: &Condition) -> AnyView {
    let (inner, is_not) = bare(condition);
    match inner {
        Condition::All(parts) => joined(spot, parts, true, is_not),
        Condition::Any(parts) => joined(spot, parts, false, is_not),
        Condition::Is(own) => line(spot, test(spot, own), is_not),
        Condition::Not(_) => ().into_any(),
    }
}

fn joined(spot: &Spot, parts: &[Condition], is_all: bool, is_not: bool) -> AnyView {
    let words = spot.words;
    let choose = {
        let spot = spot.clone();
        move |value: String| {
            spot.change(|condition| {
                change_bare(condition, |inner| {
                    if let Condition::All(parts) | Condition::Any(parts) = inner {
                        let parts = std::mem::take(parts);
                        *inner = match value.as_str() {
                            "any" => Condition::Any(parts),
                            _ => Condition::All(parts),
                        };
                    }
                });
            });
        }
    };
    let lines = parts.iter().enumerate();
    let lines = lines.map(|(place, part)| {
        let line = group(&spot.part(place), part);
        view! { <li>{line}</li> }
    });
    let is_outermost = spot.path.is_empty();
    let join = view! {
        <select
            aria-label=words.rule_action(spot.rule + 1, words.rules_join())
            on:change=move |event| choose(event_target_value(&event))
        >
            <option value="all" prop:selected=is_all>{words.rules_all_of()}</option>
            <option value="any" prop:selected=!is_all>{words.rules_any_of()}</option>
        </select>
    }
    .into_any();
    let head = match is_outermost && !is_not {
        true => view! { <div class="rule-line">{join}</div> }.into_any(),
        false => line(spot, join, is_not),
    };
    view! {
        <div class="rule-group">
            {head}
            {parts
                .is_empty()
                .then(|| {
                    let text = match is_all == is_not {
                        true => words.rules_empty_any(),
                        false => words.rules_empty_all(),
                    };
                    view! { <p class="hint">{text}</p> }
                })}
            <ul>{lines.collect_view()}</ul>
            {add_buttons(spot)}
        </div>
    }
    .into_any()
}

fn add_buttons(spot: &Spot) -> AnyView {
    let words = spot.words;
    let add = |part: fn(Test) -> Condition| {
        let spot = spot.clone();
        move |_| {
            let new = part(first_test(&spot));
            spot.change(|condition| {
                change_bare(condition, |inner| {
                    if let Condition::All(parts) | Condition::Any(parts) = inner {
                        parts.push(new);
                    }
                });
            });
        }
    };
    let may_nest = spot.path.len() + 1 < DEEPEST;
    view! {
        <p class="actions">
            <button type="button" class="button small" data-testid="add-condition" on:click=add(Condition::Is)>
                {words.rules_add_test()}
            </button>
            {may_nest
                .then(|| {
                    view! {
                        <button type="button" class="button small" on:click=add(|test| Condition::Any(vec![Condition::Is(test)]))>
                            {words.rules_add_group()}
                        </button>
                    }
                })}
        </p>
    }
    .into_any()
}

/// The test that a new line starts with: of the first thing that this file can be asked.
fn first_test(spot: &Spot) -> Test {
    let session = spot.editor.workspace.session;
    let first = session.with_untracked(|session| {
        let choice = session.rules.value()?.choices.first()?;
        Some((choice.name.clone(), usual(&choice.range)))
    });
    match first {
        Some((measure, _)) if measure == "recency" => Test {
            measure,
            value: Comparison::AtMost(30.0),
        },
        Some((measure, value)) => Test { measure, value },
        None => Test {
            measure: "recency".into(),
            value: Comparison::AtMost(30.0),
        },
    }
}

/// A line with its `not` and the button that takes it away.
fn line(spot: &Spot, content: AnyView, is_not: bool) -> AnyView {
    let words = spot.words;
    let (turned, removed) = (spot.clone(), spot.clone());
    let turn = move |event| {
        let is_not = event_target_checked(&event);
        turned.change(|condition| set_not(condition, is_not));
    };
    view! {
        <div class="rule-line">
            <label class="check">
                <input type="checkbox" prop:checked=is_not on:change=turn />
                {words.rules_not()}
            </label>
            {content}
            <button
                type="button"
                class="icon-button"
                aria-label=words.rules_remove()
                title=words.rules_remove()
                on:click=move |_| removed.remove()
            >
                "×"
            </button>
        </div>
    }
    .into_any()
}

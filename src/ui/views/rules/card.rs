//! One rule: its name and place, its conditions, the sentence they make and what it does.

use super::edit::{Rules, Spot};
use super::group::group;
use crate::ui::dom::prelude::*;

/// A rule with its buttons.
#[component]
pub fn RuleCard(
    /// All rules.
    editor: Rules,
    /// The place of this one.
    place: usize,
) -> impl IntoView {
    let words = editor.workspace.words_now();
    let rule = Memo::new(move |_| editor.rules.with(|rules| rules.get(place).cloned()));
    let number = place + 1;
    let name = move || rule.with(|rule| rule.as_ref().map(|rule| rule.name.clone()));
    let write = move |text: String| {
        let text = text.trim().to_owned();
        if !text.is_empty() {
            editor.change(|rules| rules[place].name = text);
        }
    };
    let sentence =
        move || rule.with(|rule| rule.as_ref().map(|rule| words.rule_sentence(&rule.when)));
    let facts = editor.workspace.read(move |session| {
        let report = session.rules.value()?;
        let facts = report.rules.get(place)?;
        let oddity = facts.oddity.map(|oddity| words.rule_oddity(oddity));
        let has_money = session.imported.as_ref().is_none_or(|file| file.has_money);
        let counts = words.rule_counts(facts, report.n_customers, has_money);
        Some((counts, oddity))
    });
    let counts = move || facts.with(|facts| facts.as_ref().map(|(counts, _)| counts.clone()));
    let oddity = move || facts.with(|facts| facts.as_ref().and_then(|(_, oddity)| *oddity));
    let spot = Spot {
        editor,
        words,
        rule: place,
        path: Vec::new(),
    };
    let choices = editor.workspace.read(|session| {
        let report = session.rules.value();
        report.map_or_else(Vec::new, |report| report.choices.clone())
    });
    let conditions = move || {
        choices.track();
        let when = rule.with(|rule| rule.as_ref().map(|rule| rule.when.clone()));
        when.map(|when| group(&spot, &when))
    };
    view! {
        <fieldset class="rule" data-testid="rule">
            <legend class="visually-hidden">{words.rule_action(number, "")}</legend>
            <div class="rule-head">
                <span class="number">{number}</span>
                <input
                    type="text"
                    maxlength="60"
                    data-testid="rule-name"
                    aria-label=words.rule_action(number, words.rules_name())
                    prop:value=move || name().unwrap_or_default()
                    on:change=move |event| write(event_target_value(&event))
                />
                {buttons(editor, place)}
            </div>
            {conditions}
            <p class="rule-sentence">{sentence}</p>
            <p class="hint" data-testid="rule-counts" role="status">{counts}</p>
            {move || oddity().map(|text| view! { <p class="remark">{text}</p> })}
        </fieldset>
    }
    .into_any()
}

fn buttons(editor: Rules, place: usize) -> AnyView {
    let words = editor.workspace.words_now();
    let n_rules = Memo::new(move |_| editor.rules.with(Vec::len));
    let button = |name: &'static str, edit: fn(&mut Vec<_>, usize), is_off: Memo<bool>| {
        view! {
            <button
                type="button"
                class="button small"
                aria-label=words.rule_action(place + 1, name)
                prop:disabled=is_off
                on:click=move |_| editor.change(|rules| edit(rules, place))
            >
                {name}
            </button>
        }
    };
    view! {
        {button(words.rules_up(), |rules, place| rules.swap(place, place - 1), Memo::new(move |_| place == 0))}
        {button(
            words.rules_down(),
            |rules, place| rules.swap(place, place + 1),
            Memo::new(move |_| place + 1 >= n_rules.get()),
        )}
        {button(
            words.rules_remove(),
            |rules, place| drop(rules.remove(place)),
            Memo::new(|_| false),
        )}
    }
    .into_any()
}

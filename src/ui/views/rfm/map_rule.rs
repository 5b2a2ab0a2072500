//! One rule of the segment map: its name, its three ranges of scores, its place.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::analysis::SegmentName;
use crate::analysis::rfm::{RuleName, SegmentMap, SegmentRule};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The names that a rule can have besides own ones.
const KNOWN: [SegmentName; 11] = [
    SegmentName::Champions,
    SegmentName::LoyalCustomers,
    SegmentName::PotentialLoyalists,
    SegmentName::NewCustomers,
    SegmentName::Promising,
    SegmentName::NeedAttention,
    SegmentName::AboutToSleep,
    SegmentName::AtRisk,
    SegmentName::CantLoseThem,
    SegmentName::Hibernating,
    SegmentName::Lost,
];

/// What a rule's parts need of the editor.
#[derive(Clone, Copy)]
struct Rule {
    workspace: Workspace,
    words: Words,
    place: usize,
    map: Memo<SegmentMap>,
}

impl Rule {
    fn read<T>(self, slice: impl FnOnce(&SegmentRule) -> T) -> Option<T> {
        self.map.with(|map| map.0.get(self.place).map(slice))
    }

    fn change_map(self, edit: impl FnOnce(&mut Vec<SegmentRule>)) {
        let mut map = self.map.get_untracked();
        edit(&mut map.0);
        self.workspace
            .change_settings(|settings| settings.rfm.map = Some(map));
    }

    fn change(self, edit: impl FnOnce(&mut SegmentRule)) {
        self.change_map(|rules| {
            if let Some(rule) = rules.get_mut(self.place) {
                edit(rule);
            }
        });
    }

    fn number(self) -> usize {
        self.place + 1
    }
}

/// A row of the editor.
#[component]
pub fn MapRule(
    /// The rule's place in the map.
    place: usize,
    /// The map in use.
    map: Memo<SegmentMap>,
    /// How many scores there are.
    groups: Memo<u8>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let rule = Rule {
        workspace,
        words,
        place,
        map,
    };
    view! {
        <tr>
            <th scope="row" class="number">{rule.number()}</th>
            <td>{name_fields(rule)}</td>
            {RANGES.map(|range| range_fields(rule, range, groups))}
            <td>{buttons(rule)}</td>
        </tr>
    }
    .into_any()
}

/// A letter and its range in a rule.
type Range = (
    char,
    fn(&SegmentRule) -> (u8, u8),
    fn(&mut SegmentRule) -> &mut (u8, u8),
);

const RANGES: [Range; 3] = [
    ('R', |rule| rule.r, |rule| &mut rule.r),
    ('F', |rule| rule.f, |rule| &mut rule.f),
    ('M', |rule| rule.m, |rule| &mut rule.m),
];

fn name_fields(rule: Rule) -> AnyView {
    let words = rule.words;
    let name = Memo::new(move |_| rule.read(|rule| rule.name.clone()));
    let own = move || match name.get() {
        Some(RuleName::Own(own)) => Some(own),
        _ => None,
    };
    let place_of_known = move || {
        let known = |known: &SegmentName| name.get() == Some(RuleName::Known(*known));
        KNOWN
            .iter()
            .position(known)
            .map_or_else(|| "own".to_owned(), |place| place.to_string())
    };
    let choose = move |value: String| {
        let known = value.parse().ok().and_then(|place: usize| KNOWN.get(place));
        let name = known.map_or_else(
            || RuleName::Own(words.rfm_map_new_name().to_owned()),
            |known| RuleName::Known(*known),
        );
        rule.change(|rule| rule.name = name);
    };
    let write = move |text: String| {
        if !text.trim().is_empty() {
            rule.change(|rule| rule.name = RuleName::Own(text.trim().to_owned()));
        }
    };
    let option = |(place, known): (usize, &SegmentName)| {
        view! { <option value=place.to_string()>{words.segment_name(*known)}</option> }
    };
    view! {
        <select
            aria-label=words.rfm_rule_action(rule.number(), words.rfm_map_name())
            prop:value=place_of_known
            on:change=move |event| choose(event_target_value(&event))
        >
            {KNOWN.iter().enumerate().map(option).collect_view()}
            <option value="own">{words.rfm_map_own_option()}</option>
        </select>
        <Show when=move || own().is_some()>
            <input
                type="text"
                maxlength="60"
                aria-label=words.rfm_rule_action(rule.number(), words.rfm_map_own_name())
                prop:value=move || own().unwrap_or_default()
                on:change=move |event| write(event_target_value(&event))
            />
        </Show>
    }
    .into_any()
}

fn range_fields(rule: Rule, (letter, get, get_mut): Range, groups: Memo<u8>) -> AnyView {
    let words = rule.words;
    let ends = Memo::new(move |_| rule.read(get).unwrap_or((1, 1)));
    let field = move |is_from: bool| {
        let end = move || if is_from { ends.get().0 } else { ends.get().1 };
        let choose = move |value: String| {
            let Ok(score) = value.parse::<u8>() else {
                return;
            };
            rule.change(|rule| {
                let (from, to) = get_mut(rule);
                if is_from {
                    (*from, *to) = (score, score.max(*to));
                } else {
                    (*from, *to) = (score.min(*from), score);
                }
            });
        };
        let option = move |score: u8| {
            view! {
                <option value=score.to_string() prop:selected=move || end() == score>
                    {score}
                </option>
            }
        };
        view! {
            <select
                aria-label=words.rfm_rule_field(rule.number(), letter, is_from)
                on:change=move |event| choose(event_target_value(&event))
            >
                {move || (1..=groups.get()).map(option).collect_view()}
            </select>
        }
    };
    view! { <td class="score-range">{field(true)} "–" {field(false)}</td> }.into_any()
}

fn buttons(rule: Rule) -> AnyView {
    let words = rule.words;
    let place = rule.place;
    let last = move || rule.map.with(|map| map.0.len().saturating_sub(1));
    let button = move |key: &'static str, sign: &'static str, action: &'static str| {
        view! {
            <button
                type="button"
                class="icon-button"
                id=id_of(key, place)
                aria-label=words.rfm_rule_action(rule.number(), action)
                title=action
                disabled=move || match key {
                    "up" => place == 0,
                    "down" => place >= last(),
                    _ => last() == 0,
                }
                on:click=move |_| act(rule, key)
            >
                {sign}
            </button>
        }
    };
    view! {
        {button("up", "↑", words.rfm_map_up())}
        {button("down", "↓", words.rfm_map_down())}
        {button("delete", "×", words.rfm_map_delete())}
    }
    .into_any()
}

/// Moves or deletes the rule. The focus follows the rule, or goes to the one that took its place.
fn act(rule: Rule, key: &'static str) {
    let place = rule.place;
    let mut goal = place;
    rule.change_map(|rules| match key {
        "up" if place > 0 => {
            goal = place - 1;
            rules.swap(place, goal);
        }
        "down" if place + 1 < rules.len() => {
            goal = place + 1;
            rules.swap(place, goal);
        }
        "delete" if rules.len() > 1 => {
            rules.remove(place);
            goal = place.min(rules.len() - 1);
        }
        _ => {}
    });
    request_animation_frame(move || {
        let keys = [key, "down", "up", "delete"];
        let found = keys.iter().find_map(|key| {
            document()
                .query_selector(&format!("#{}:enabled", id_of(key, goal)))
                .ok()
                .flatten()
        });
        if let Some(button) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            // Without the focus the rule has still been moved.
            let _ = button.focus();
        }
    });
}

fn id_of(key: &str, place: usize) -> String {
    format!("rule-{place}-{key}")
}

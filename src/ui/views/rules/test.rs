//! One test: what is tested, how it is compared, and with what.

use web_sys::HtmlInputElement;

use super::super::choice::parted;
use super::edit::{Spot, change_bare};
use crate::analysis::rules::{Choice, Comparison, Condition, Range, Test};
use crate::ui::dom::prelude::*;

/// Texts to choose from that may stand open without hiding what follows.
const SHORT_LIST: usize = 20;

/// The fields of a test.
pub(super) fn test(spot: &Spot, own: &Test) -> AnyView {
    let words = spot.words;
    let session = spot.editor.workspace.session;
    let choices = session.with_untracked(|session| {
        let report = session.rules.value();
        report.map_or_else(Vec::new, |report| report.choices.clone())
    });
    let chosen = choices.iter().find(|choice| choice.name == own.measure);
    let range = chosen.map(|choice| choice.range.clone());
    let is_share = chosen.is_some_and(|choice| choice.is_share);
    let is_text =
        matches!(range, Some(Range::Texts(..))) || (range.is_none() && is_of_texts(&own.value));
    view! {
        {measure(spot, own, choices)}
        {comparison(spot, own, is_text)}
        {operands(spot, own, range)}
        {is_share.then(|| view! { <span class="hint">{words.rules_share_hint()}</span> })}
    }
    .into_any()
}

fn is_of_texts(value: &Comparison) -> bool {
    matches!(
        value,
        Comparison::OneOf(_) | Comparison::NoneOf(_) | Comparison::Contains(_)
    )
}

fn change(spot: &Spot, edit: impl FnOnce(&mut Test)) {
    spot.change(|condition| {
        change_bare(condition, |inner| {
            if let Condition::Is(test) = inner {
                edit(test);
            }
        });
    });
}

fn measure(spot: &Spot, own: &Test, choices: Vec<Choice>) -> AnyView {
    let words = spot.words;
    let is_known = choices.iter().any(|choice| choice.name == own.measure);
    let mut names: Vec<String> = choices.iter().map(|choice| choice.name.clone()).collect();
    if !is_known {
        names.push(own.measure.clone());
    }
    let session = spot.editor.workspace.session;
    let naming = session.with_untracked(|session| {
        let file = session.imported.as_ref();
        file.map_or_else(Vec::new, |file| file.naming_columns.clone())
    });
    let option = |name: String| {
        let label = words.feature_measure(&name);
        let is_chosen = name == own.measure;
        let is_naming = naming.contains(&name);
        let option = view! { <option value=name prop:selected=is_chosen>{label}</option> };
        (option.into_any(), is_naming)
    };
    let options = parted(words, names.into_iter().map(option).collect());
    let spot = spot.clone();
    let choose = move |name: String| {
        let chosen = choices.iter().find(|choice| choice.name == name);
        let value = chosen.map(|choice| usual(&choice.range));
        change(&spot, |test| {
            test.measure = name;
            test.value = value.unwrap_or(Comparison::Known);
        });
    };
    view! {
        <select
            data-testid="rule-measure"
            aria-label=words.rules_measure()
            on:change=move |event| choose(event_target_value(&event))
        >
            {options}
        </select>
    }
    .into_any()
}

/// The comparison that a measure starts with.
pub(super) fn usual(range: &Range) -> Comparison {
    match range {
        // Of a share half, of what is counted a whole number.
        Range::Numbers(low, high) if *high <= 1.0 => {
            Comparison::AtLeast(f64::midpoint(*low, *high))
        }
        Range::Numbers(low, high) => Comparison::AtLeast(f64::midpoint(*low, *high).round()),
        // Which one is meant, nobody can know: it is asked.
        Range::Texts(..) => Comparison::OneOf(Vec::new()),
    }
}

/// The comparisons that are offered, with the numbers of `own` where they have some.
fn offered(own: &Comparison, is_text: bool) -> Vec<Comparison> {
    let (low, high) = match own {
        Comparison::AtLeast(number)
        | Comparison::AtMost(number)
        | Comparison::MoreThan(number)
        | Comparison::LessThan(number) => (*number, *number),
        Comparison::Between(low, high) => (*low, *high),
        _ => (0.0, 0.0),
    };
    let share = match own {
        Comparison::Highest(share) | Comparison::Lowest(share) => *share,
        _ => 0.2,
    };
    let texts = match own {
        Comparison::OneOf(texts) | Comparison::NoneOf(texts) => texts.clone(),
        _ => Vec::new(),
    };
    let part = match own {
        Comparison::Contains(part) => part.clone(),
        _ => String::new(),
    };
    let mut offered = if is_text {
        vec![
            Comparison::OneOf(texts.clone()),
            Comparison::NoneOf(texts),
            Comparison::Contains(part),
        ]
    } else {
        vec![
            Comparison::AtLeast(low),
            Comparison::AtMost(high),
            Comparison::MoreThan(low),
            Comparison::LessThan(high),
            Comparison::Between(low, high),
            Comparison::Highest(share),
            Comparison::Lowest(share),
        ]
    };
    offered.extend([Comparison::Known, Comparison::Missing]);
    offered
}

fn comparison(spot: &Spot, own: &Test, is_text: bool) -> AnyView {
    let words = spot.words;
    let offered = offered(&own.value, is_text);
    let is_same =
        |one: &Comparison| std::mem::discriminant(one) == std::mem::discriminant(&own.value);
    let option = |(place, one): (usize, &Comparison)| {
        let is_chosen = is_same(one);
        view! {
            <option value=place.to_string() prop:selected=is_chosen>
                {words.comparison_name(one)}
            </option>
        }
    };
    let options = offered.iter().enumerate().map(option).collect_view();
    let spot = spot.clone();
    let choose = move |value: String| {
        let place = value.parse().ok();
        let chosen = place.and_then(|place: usize| offered.get(place)).cloned();
        if let Some(chosen) = chosen {
            change(&spot, |test| test.value = chosen);
        }
    };
    view! {
        <select
            data-testid="rule-comparison"
            aria-label=words.rules_comparison()
            on:change=move |event| choose(event_target_value(&event))
        >
            {options}
        </select>
    }
    .into_any()
}

/// What is compared with.
fn operands(spot: &Spot, own: &Test, range: Option<Range>) -> AnyView {
    let words = spot.words;
    match &own.value {
        Comparison::AtLeast(bound)
        | Comparison::AtMost(bound)
        | Comparison::MoreThan(bound)
        | Comparison::LessThan(bound) => {
            number(spot, words.rules_number(), *bound, |value, new| {
                if let Comparison::AtLeast(bound)
                | Comparison::AtMost(bound)
                | Comparison::MoreThan(bound)
                | Comparison::LessThan(bound) = value
                {
                    *bound = new;
                }
            })
        }
        Comparison::Between(low, high) => view! {
            {number(spot, words.rules_number(), *low, |value, new| {
                if let Comparison::Between(low, high) = value {
                    (*low, *high) = (new, high.max(new));
                }
            })}
            "~"
            {number(spot, words.rules_second_number(), *high, |value, new| {
                if let Comparison::Between(low, high) = value {
                    (*low, *high) = (low.min(new), new);
                }
            })}
        }
        .into_any(),
        Comparison::Highest(share) | Comparison::Lowest(share) => number(
            spot,
            words.rules_share(),
            (share * 1e6).round() / 1e4,
            |value, new| {
                // The engine says what a share can be; one that cannot be is not passed over in silence.
                if let Comparison::Highest(share) | Comparison::Lowest(share) = value {
                    *share = new / 100.0;
                }
            },
        ),
        Comparison::OneOf(chosen) | Comparison::NoneOf(chosen) => texts(spot, own, chosen, range),
        Comparison::Contains(part) => text(spot, part),
        Comparison::Known | Comparison::Missing => ().into_any(),
    }
}

fn number(spot: &Spot, label: &'static str, own: f64, set: fn(&mut Comparison, f64)) -> AnyView {
    let spot = spot.clone();
    let changed = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let number = input.value_as_number();
        if number.is_finite() {
            change(&spot, |test| set(&mut test.value, number));
        }
    };
    view! {
        <input
            type="number"
            step="any"
            data-testid="rule-number"
            aria-label=label
            prop:value=own.to_string()
            on:change=changed
        />
    }
    .into_any()
}

fn text(spot: &Spot, own: &str) -> AnyView {
    let words = spot.words;
    let spot = spot.clone();
    let changed = move |part: String| {
        change(&spot, |test| test.value = Comparison::Contains(part));
    };
    view! {
        <input
            type="text"
            maxlength="200"
            aria-label=words.rules_text()
            prop:value=own.to_owned()
            on:change=move |event| changed(event_target_value(&event))
        />
    }
    .into_any()
}

/// A box for each of the commonest texts, and for those that are chosen already.
fn texts(spot: &Spot, own: &Test, chosen: &[String], range: Option<Range>) -> AnyView {
    let words = spot.words;
    let known = match range {
        Some(Range::Texts(texts, _)) => texts,
        _ => Vec::new(),
    };
    let mut rows: Vec<(String, Option<u64>)> = Vec::new();
    rows.extend(known.into_iter().map(|(text, n)| (text, Some(n))));
    let lacking = chosen
        .iter()
        .filter(|text| !rows.iter().any(|(other, _)| other == *text));
    let lacking: Vec<_> = lacking.map(|text| (text.clone(), None)).collect();
    rows.extend(lacking);
    let row = |(text, n): (String, Option<u64>)| {
        let is_chosen = chosen.contains(&text);
        let shown = words.rule_text(&own.measure, &text);
        box_of(spot, (text, shown), n, is_chosen)
    };
    // A short list stays open while it is ticked.
    let is_open = rows.len() <= SHORT_LIST || chosen.is_empty();
    let boxes = rows.into_iter().map(row).collect_view();
    let summary = format!(
        "{} ({})",
        words.rules_texts(),
        words.count(chosen.len() as u64)
    );
    view! {
        <details class="list-columns" open=is_open>
            <summary>{summary}</summary>
            <div class="checks">{boxes}</div>
        </details>
        {chosen
            .is_empty()
            .then(|| view! { <p class="remark" role="status" data-testid="rule-no-value">{words.rules_no_value()}</p> })}
    }
    .into_any()
}

/// The pair is the text, and what it is called.
fn box_of(
    spot: &Spot,
    (text, shown): (String, String),
    n: Option<u64>,
    is_chosen: bool,
) -> AnyView {
    let label = match n {
        Some(n) => format!("{shown} ({})", spot.words.count(n)),
        None => shown,
    };
    let spot = spot.clone();
    let changed = move |event: leptos::ev::Event| {
        let is_wanted = event_target_checked(&event);
        change(&spot, |test| {
            if let Comparison::OneOf(texts) | Comparison::NoneOf(texts) = &mut test.value {
                texts.retain(|other| *other != text);
                if is_wanted {
                    texts.push(text.clone());
                }
            }
        });
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_chosen on:change=changed />
            {label}
        </label>
    }
    .into_any()
}

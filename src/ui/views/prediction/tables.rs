//! The tables of a prediction: the test against simpler guesses, right and wrong, and what the model says.

use crate::analysis::prediction::{Certainty, Coefficient, Measured, Report};
use crate::text::Words;
use crate::ui::dom::prelude::*;

/// A table with a caption, heads and rows; the first cell of a row names it, the others are numbers.
fn table(
    caption: &'static str,
    name: &'static str,
    heads: &[&'static str],
    rows: Vec<Vec<String>>,
) -> AnyView {
    let head = |(place, text): (usize, &&'static str)| {
        let class = if place > 0 { "number" } else { "" };
        view! { <th scope="col" class=class>{*text}</th> }
    };
    let row = |cells: Vec<String>| {
        let cell = |(place, text): (usize, String)| match place {
            0 => view! { <th scope="row">{text}</th> }.into_any(),
            _ => view! { <td class="number">{text}</td> }.into_any(),
        };
        view! { <tr>{cells.into_iter().enumerate().map(cell).collect_view()}</tr> }
    };
    view! {
        <div class="table-scroll" role="group" tabindex="0" aria-label=caption data-testid=name>
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>{heads.iter().enumerate().map(head).collect_view()}</tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Every measure of the test, for the model and what is simpler, and what the measures mean.
pub(super) fn metrics(words: Words, report: &Report) -> AnyView {
    let mut heads = vec![words.prediction_measure(), words.prediction_of_model()];
    let mut columns = vec![words.prediction_rows(report, &report.model)];
    if let Some(naive) = &report.naive {
        heads.push(words.prediction_of_naive());
        columns.push(words.prediction_rows(report, naive));
    }
    heads.push(words.prediction_of_guess());
    columns.push(words.prediction_rows(report, &report.guess));
    let row = |place: usize| {
        let name = columns[0][place].0.to_owned();
        let values = columns
            .iter()
            .filter_map(|column| Some(column.get(place)?.1.clone()));
        std::iter::once(name).chain(values).collect()
    };
    let rows = (0..columns[0].len()).map(row).collect();
    let caption = words.prediction_metrics();
    let meaning = match report.is_classes {
        true => words.prediction_classes_hint(),
        false => words.prediction_numbers_hint(),
    };
    view! {
        {table(caption, "prediction-metrics", &heads, rows)}
        <p class="hint">{words.prediction_heads_hint()} " " {meaning}</p>
    }
    .into_any()
}

/// Right and wrong at the threshold, where classes are predicted.
pub(super) fn confusion(words: Words, report: &Report) -> Option<AnyView> {
    let Measured::Classes(classes) = &report.model else {
        return None;
    };
    let own = classes.confusion;
    let row =
        |name: &str, yes: u64, no: u64| vec![name.to_owned(), words.count(yes), words.count(no)];
    let rows = vec![
        row(words.prediction_said_yes(), own.hits, own.false_alarms),
        row(words.prediction_said_no(), own.missed, own.quiet_right),
    ];
    let heads = [
        words.prediction_said(),
        words.prediction_was_yes(),
        words.prediction_was_no(),
    ];
    Some(table(
        words.prediction_confusion(),
        "prediction-confusion",
        &heads,
        rows,
    ))
}

/// What the model says: coefficients of a regression, or what trees split by.
pub(super) fn model(words: Words, report: &Report) -> AnyView {
    let content = if report.coefficients.is_empty() {
        let heads = [words.prediction_term(), words.prediction_share_of_error()];
        let rows = report.importance.iter();
        let rows = rows
            .map(|(term, share)| vec![words.prediction_term_of(Some(term)), words.share(*share)]);
        table(
            words.prediction_importance(),
            "prediction-importance",
            &heads,
            rows.collect(),
        )
    } else {
        coefficients(words, report)
    };
    view! { <section class="block">{content}</section> }.into_any()
}

/// Numbers that can be compared first, then those for one unit of each value.
fn coefficients(words: Words, report: &Report) -> AnyView {
    let mut heads = vec![
        words.prediction_term(),
        words.prediction_standardised(),
        words.prediction_interval(),
    ];
    if report.is_classes {
        heads.push(words.prediction_odds());
    }
    heads.extend([
        words.prediction_statistic(),
        words.prediction_p(),
        words.prediction_reading(),
        words.prediction_estimate(),
        words.prediction_error(),
    ]);
    let row = |own: &Coefficient| coefficient(words, report, own);
    let rows = report.coefficients.iter().map(row).collect();
    let caption = words.prediction_coefficients();
    let meaning = match report.is_classes {
        true => words.prediction_odds_hint(),
        false => words.prediction_slopes_hint(),
    };
    view! {
        {table(caption, "prediction-coefficients", &heads, rows)}
        <p class="hint">{meaning}</p>
    }
    .into_any()
}

fn coefficient(words: Words, report: &Report, own: &Coefficient) -> Vec<String> {
    let nothing = || "–".to_owned();
    let sure = |text: &dyn Fn(Certainty) -> String| own.certainty.map_or_else(nothing, text);
    let small = |value: f64| words.significant(value);
    let is_slope = own.term.is_some();
    let scaled = |value: f64| words.prediction_scaled(report, value);
    let p = |p: f64| match p < 0.0001 {
        true => words.p_value(p),
        false => words.fixed(p, 4),
    };
    let mut cells = vec![words.prediction_term_of(own.term.as_ref())];
    cells.push(if is_slope {
        scaled(own.standardised)
    } else {
        nothing()
    });
    cells.push(match own.certainty.filter(|_| is_slope) {
        Some(sure) => {
            let [low, high] =
                [sure.interval.0, sure.interval.1].map(|end| scaled(end * own.spread));
            format!("{low} – {high}")
        }
        None => nothing(),
    });
    if report.is_classes {
        cells.push(own.odds.map_or_else(nothing, |odds| words.fixed(odds, 2)));
    }
    cells.extend([
        sure(&|sure| words.fixed(sure.statistic, 2)),
        sure(&|sure| p(sure.p)),
        words.prediction_meaning(own).to_owned(),
        small(own.estimate),
        sure(&|sure| small(sure.error)),
    ]);
    cells
}

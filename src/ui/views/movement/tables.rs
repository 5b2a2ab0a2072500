//! The tables of the moves: matrix, revenue by origin, drift, and what came after.

use crate::analysis::Label;
use crate::analysis::movement::{Realised, Report};
use crate::data::Money;
use crate::text::Words;
use crate::ui::dom::prelude::*;

/// A table with these heads; the first column holds names, all others numbers.
fn table(caption: &'static str, heads: Vec<String>, rows: Vec<AnyView>) -> AnyView {
    let head = |(place, text): (usize, String)| {
        let class = if place == 0 { "" } else { "number" };
        view! { <th scope="col" class=class>{text}</th> }
    };
    let heads = heads.into_iter().enumerate().map(head).collect_view();
    view! {
        <div class="table-scroll" role="group" tabindex="0" aria-label=caption>
            <table class="cross-table">
                <caption>{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows.into_iter().collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(name: String, cells: Vec<String>) -> AnyView {
    let cell = |text: String| view! { <td class="number">{text}</td> };
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells.into_iter().map(cell).collect_view()}
        </tr>
    }
    .into_any()
}

/// Rows are the earlier date, columns the as-of date; who is new last.
pub(super) fn matrix(words: Words, report: &Report) -> AnyView {
    let n = report.n();
    let line = |name: String, counts: &[u64]| {
        let total: u64 = counts.iter().sum();
        view! {
            <tr>
                <th scope="row">{name}</th>
                {counts.iter().map(|count| shaded(words, *count, total)).collect_view()}
                <td class="number total">{words.count(total)}</td>
            </tr>
        }
        .into_any()
    };
    let labels = report.labels.iter().zip(report.counts.chunks(n.max(1)));
    let mut rows: Vec<AnyView> = labels
        .map(|(label, counts)| line(words.label(label), counts))
        .collect();
    rows.push(line(words.movement_new().to_owned(), &report.entered));
    let mut heads = vec![words.movement_before().to_owned()];
    heads.extend(report.labels.iter().map(|label| words.label(label)));
    heads.push(words.compare_total().to_owned());
    table(words.movement_caption(), heads, rows)
}

/// A count, shaded by its share of the row in seven steps.
fn shaded(words: Words, count: u64, total: u64) -> AnyView {
    let share = count as f64 / total.max(1) as f64;
    let step = (share * 6.0).round() as u8;
    view! {
        <td
            class=format!("number shade shade-{step}")
            class:is-zero=count == 0
            title=words.share(share)
        >
            {words.count(count)}
        </td>
    }
    .into_any()
}

/// By segment of today: how many there were and are, and what they spent, by where they came from.
pub(super) fn bridge(words: Words, report: &Report) -> AnyView {
    let n = report.n();
    let of = |(place, label): (usize, &Label)| {
        let (then, now) = (report.size_before(place), report.size_now(place));
        let still: u64 = report.without_orders.iter().skip(place).step_by(n).sum();
        let stayed = report.revenue[place * n + place];
        let came = report.revenue.iter().skip(place).step_by(n);
        let came = came.fold(-stayed.units(), |sum, own| sum + own.units());
        let net = now as i64 - then as i64;
        let sign = if net > 0 {
            "+"
        } else if net < 0 {
            "−"
        } else {
            ""
        };
        let cells = vec![
            words.count(then),
            words.count(now),
            format!("{sign}{}", words.count(net.unsigned_abs())),
            words.count(still),
            words.money(stayed),
            words.money(Money::new(came, stayed.scale())),
            words.money(report.entered_revenue[place]),
        ];
        row(words.label(label), cells)
    };
    let heads = [
        words.movement_now(),
        words.movement_before(),
        words.movement_now(),
        words.movement_net(),
        words.movement_still(),
        words.movement_from_stayed(),
        words.movement_from_others(),
        words.movement_new(),
    ];
    let rows = report.labels.iter().enumerate().map(of).collect();
    table(
        words.movement_bridge(),
        heads.map(str::to_owned).to_vec(),
        rows,
    )
}

/// How far the measures and the shares of the segments have drifted.
pub(super) fn drift(words: Words, report: &Report) -> AnyView {
    let mut rows: Vec<AnyView> = (report.drift.iter())
        .map(|one| {
            let cells = vec![
                words.decimal(one.psi, 4),
                words.decimal(one.ks, 3),
                words.movement_p(one.p_value),
            ];
            row(words.feature(one.measure.key()), cells)
        })
        .collect();
    let shares = vec![
        words.decimal(report.share_psi, 4),
        "–".to_owned(),
        "–".to_owned(),
    ];
    rows.push(row(words.movement_shares().to_owned(), shares));
    let heads = [
        words.movement_compared(),
        words.movement_psi(),
        words.movement_ks(),
        words.movement_p_value(),
    ];
    table(
        words.movement_drift(),
        heads.map(str::to_owned).to_vec(),
        rows,
    )
}

/// What the customers of each segment did after the earlier date.
pub(super) fn realised(words: Words, report: &Report) -> AnyView {
    let of = |own: &Realised| {
        let all = own.n_customers.max(1) as f64;
        let expected = own.expected.map(|expected| words.decimal(expected, 3));
        let cells = vec![
            words.count(own.n_customers),
            words.share(own.n_buyers as f64 / all),
            words.decimal(own.n_orders as f64 / all, 3),
            expected.unwrap_or_else(|| "–".to_owned()),
            words.amount(own.revenue.to_f64() / all),
            words.decimal(own.lift, 2),
        ];
        row(words.label(&own.label), cells)
    };
    let heads = [
        words.movement_before(),
        words.explain_covers(),
        words.movement_buyers(),
        words.movement_orders(),
        words.movement_expected(),
        words.movement_spent(),
        words.movement_lift(),
    ];
    let rows = report.foresight.realised.iter().map(of).collect();
    table(
        words.movement_after(),
        heads.map(str::to_owned).to_vec(),
        rows,
    )
}

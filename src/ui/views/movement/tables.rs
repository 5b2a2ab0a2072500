//! The tables of the moves: matrix, revenue by origin, drift, and what came after.

use crate::analysis::Label;
use crate::analysis::customers::Filter;
use crate::analysis::movement::{Move, Ranking, Realised, Report, Totals};
use crate::data::Money;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::views::linked::linked;

/// A table with these heads; the first column holds names, all others numbers. `groups` stand above the heads of the
/// numbers, each over so many.
fn table(
    caption: &'static str,
    groups: &[(&'static str, &'static str)],
    heads: Vec<String>,
    rows: Vec<AnyView>,
) -> AnyView {
    let head = |(place, text): (usize, String)| {
        let class = if place == 0 { "" } else { "number" };
        view! { <th scope="col" class=class>{text}</th> }
    };
    let heads = heads.into_iter().enumerate().map(head).collect_view();
    let group = |&(name, n): &(&'static str, &'static str)| {
        view! { <th scope="colgroup" class="group" colspan=n>{name}</th> }
    };
    let above = (!groups.is_empty()).then(|| {
        view! { <tr><td></td>{groups.iter().map(group).collect_view()}</tr> }
    });
    view! {
        <div class="table-scroll" role="group" tabindex="0" aria-label=caption>
            <table class="cross-table">
                <caption>{caption}</caption>
                <thead>
                    {above}
                    <tr>{heads}</tr>
                </thead>
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

/// Rows are the earlier date, columns the as-of date; who is new and who came last, who left at the end. Every number
/// leads to its customers.
pub(super) fn matrix(workspace: Workspace, words: Words, report: &Report) -> AnyView {
    let n = report.n();
    let cell = |at: String, one: Move, count: u64, total: u64| {
        let id = format!("move-{at}");
        moved(workspace, words, id, one, (count, total))
    };
    let line = |name, cells, total, gone| matrix_line(words, name, (cells, total, gone));
    let of = |(place, from): (usize, &Label)| {
        let total = report.size_before(place);
        let to = report.labels.iter().enumerate();
        let cells = to.map(|(at, to)| {
            let one = Move::Between(from.clone(), to.clone());
            cell(
                format!("{place}-{at}"),
                one,
                report.counts[place * n + at],
                total,
            )
        });
        let gone = format!("{place}-left");
        let gone = cell(gone, Move::Left(from.clone()), report.n_gone(place), 0);
        line(words.label(from), cells.collect(), total, gone)
    };
    let nobody = || view! { <td></td> }.into_any();
    let mut rows: Vec<AnyView> = report.labels.iter().enumerate().map(of).collect();
    let total = report.entered.iter().sum();
    let new = report.labels.iter().zip(&report.entered).enumerate();
    let new = new.map(|(at, (label, count))| {
        let one = Move::New(label.clone());
        cell(format!("new-{at}"), one, *count, total)
    });
    rows.push(line(
        words.movement_new().to_owned(),
        new.collect(),
        total,
        nobody(),
    ));
    let come = report.labels.iter().enumerate();
    let come = come.map(|(at, label)| {
        let one = Move::Entered(label.clone());
        cell(format!("entered-{at}"), one, report.n_come(at), 0)
    });
    let total = (0..n).map(|at| report.n_come(at)).sum();
    rows.push(line(
        words.movement_come().to_owned(),
        come.collect(),
        total,
        nobody(),
    ));
    table(
        words.movement_caption(),
        &[],
        matrix_heads(words, report),
        rows,
    )
}

fn matrix_line(
    words: Words,
    name: String,
    (cells, total, gone): (Vec<AnyView>, u64, AnyView),
) -> AnyView {
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells.into_iter().collect_view()}
            <td class="number total">{words.count(total)}</td>
            {gone}
        </tr>
    }
    .into_any()
}

fn matrix_heads(words: Words, report: &Report) -> Vec<String> {
    let mut heads = vec![words.movement_before().to_owned()];
    heads.extend(report.labels.iter().map(|label| words.label(label)));
    heads.push(words.compare_total().to_owned());
    heads.push(words.movement_gone().to_owned());
    heads
}

/// A count of a move that leads to its customers.
fn moved(
    workspace: Workspace,
    words: Words,
    id: String,
    one: Move,
    (count, total): (u64, u64),
) -> AnyView {
    let name = words.move_link(&one, count);
    linked(
        workspace,
        words,
        id,
        (Filter::of_move(one), name),
        (count, total),
    )
}

/// A difference with its sign; nothing before no difference.
fn signed(is_less: bool, differs: bool, size: &str) -> String {
    let sign = match (differs, is_less) {
        (false, _) => "",
        (true, true) => "−",
        (true, false) => "+",
    };
    format!("{sign}{size}")
}

fn heads_of_sides(words: Words, first: &'static str) -> Vec<String> {
    let (then, now) = (words.movement_before(), words.movement_now());
    [first, then, now, words.movement_net()]
        .map(str::to_owned)
        .to_vec()
}

/// Customers, orders and revenue on both dates.
pub(super) fn sides(words: Words, report: &Report) -> AnyView {
    let words = words.bare();
    let (then, now) = (&report.then, &report.now);
    let counted = |name: &'static str, of: fn(&Totals) -> u64| {
        let (then, now) = (of(then), of(now));
        let net = signed(now < then, now != then, &words.count(now.abs_diff(then)));
        row(
            name.to_owned(),
            vec![words.count(then), words.count(now), net],
        )
    };
    let mut rows = vec![
        counted(words.head_customers(), |all| all.n_customers),
        counted(words.movement_orders_until(), |all| all.n_orders),
    ];
    let (old, new) = (then.revenue, now.revenue);
    if !(old.is_zero() && new.is_zero()) {
        let net = new.units() - old.units();
        let size = Money::new(net.abs(), new.scale());
        let net = signed(net < 0, net != 0, &words.money(size));
        let cells = vec![words.money(old), words.money(new), net];
        rows.push(row(words.movement_revenue_until().to_owned(), cells));
    }
    let heads = heads_of_sides(words, words.movement_compared());
    table(words.movement_sides(), &[], heads, rows)
}

/// The share of each segment on both dates, in percentage points what has changed, and what that adds to the PSI.
pub(super) fn shares(words: Words, report: &Report) -> AnyView {
    let of = |(place, label): (usize, &Label)| {
        let share = |n: u64, all: u64| n as f64 / all.max(1) as f64;
        let then = share(report.size_before(place), report.then.n_customers);
        let now = share(report.size_now(place), report.now.n_customers);
        let net = words.share((now - then).abs());
        let part = report.share_psi_parts.get(place).copied();
        let cells = vec![
            words.share(then),
            words.share(now),
            signed(now < then, (now - then).abs() > 0.0, &net),
            words.decimal(part.unwrap_or(0.0), 4),
        ];
        row(words.label(label), cells)
    };
    let mut heads = heads_of_sides(words, words.head_segment());
    heads.push(words.movement_psi_part().to_owned());
    let rows = report.labels.iter().enumerate().map(of).collect();
    table(words.movement_shares_table(), &[], heads, rows)
}

/// By segment of today: how many there were and are, and what they spent, by where they came from.
pub(super) fn bridge(words: Words, report: &Report) -> AnyView {
    let words = words.bare();
    let n = report.n();
    let of = |(place, label): (usize, &Label)| {
        let (then, now) = (report.size_before(place), report.size_now(place));
        let still: u64 = report.without_orders.iter().skip(place).step_by(n).sum();
        let stayed = report.revenue[place * n + place];
        let came = report.revenue.iter().skip(place).step_by(n);
        let came = came.fold(-stayed.units(), |sum, own| sum + own.units());
        let net = now as i64 - then as i64;
        let cells = vec![
            words.count(then),
            words.count(now),
            signed(net < 0, net != 0, &words.count(net.unsigned_abs())),
            words.count(still),
            words.money(stayed),
            words.money(Money::new(came, stayed.scale())),
            words.money(report.entered_revenue[place]),
        ];
        row(words.label(label), cells)
    };
    let heads = [
        words.head_segment(),
        words.movement_before(),
        words.movement_now(),
        words.movement_net(),
        words.movement_still(),
        words.movement_from_stayed(),
        words.movement_from_others(),
        words.movement_new(),
    ];
    let groups = [
        (words.head_customers(), "4"),
        (words.movement_bridge(), "3"),
    ];
    let rows = report.labels.iter().enumerate().map(of).collect();
    let heads = heads.map(str::to_owned).to_vec();
    table(words.movement_bridge_table(), &groups, heads, rows)
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
            row(words.feature(&one.measure), cells)
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
        &[],
        heads.map(str::to_owned).to_vec(),
        rows,
    )
}

/// How the segments and the guesses beside them rank the customers by what they did after the earlier date.
pub(super) fn rankings(words: Words, report: &Report) -> AnyView {
    let foresight = &report.foresight;
    let all = [
        (words.movement_by_segments(), foresight.segments),
        (words.movement_by_rate(), foresight.rate),
        (words.movement_by_bg_nbd(), foresight.bg_nbd),
    ];
    let of = |(name, ranking): (&'static str, Option<Ranking>)| {
        let cell = |value: Option<f64>, decimals: usize| {
            value.map_or_else(|| "–".to_owned(), |value| words.decimal(value, decimals))
        };
        let cells = vec![
            cell(ranking.map(|one| one.gini), 3),
            cell(ranking.map(|one| one.top_lift), 2),
        ];
        row(name.to_owned(), cells)
    };
    let heads = [
        words.movement_ranked_by(),
        words.movement_gini(),
        words.movement_top_lift(),
    ];
    let heads = heads.map(str::to_owned).to_vec();
    let rows = all.into_iter().map(of).collect();
    table(words.movement_rankings(), &[], heads, rows)
}

/// What the customers of each segment did after the earlier date.
pub(super) fn realised(words: Words, report: &Report) -> AnyView {
    let words = words.bare();
    let of = |own: &Realised| {
        let all = own.n_customers.max(1) as f64;
        let expected = |expected: Option<f64>| {
            expected.map_or_else(|| "–".to_owned(), |expected| words.decimal(expected, 3))
        };
        let cells = vec![
            words.count(own.n_customers),
            words.share(own.n_buyers as f64 / all),
            words.decimal(own.n_orders as f64 / all, 3),
            expected(own.expected),
            expected(own.expected_by_bg_nbd),
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
        words.movement_expected_by_bg_nbd(),
        words.movement_spent(),
        words.movement_lift(),
    ];
    let rows = report.foresight.realised.iter().map(of).collect();
    table(
        words.movement_after(),
        &[],
        heads.map(str::to_owned).to_vec(),
        rows,
    )
}

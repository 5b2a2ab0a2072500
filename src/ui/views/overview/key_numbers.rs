//! The handful of numbers that a person wants first.

use std::sync::Arc;

use crate::analysis::profile::Counted;
use crate::analysis::rfm::Report;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::Explained;

/// Customers, orders, revenue, averages and the period. What the file has no column for is left out.
#[component]
pub fn KeyNumbers(
    /// The RFM report; without one the import's own numbers are shown.
    report: Memo<Option<Arc<Report>>>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let imported = workspace.read(|session| {
        let imported = session.imported.as_ref()?;
        Some((
            imported.n_customers,
            imported.n_orders,
            imported.period,
            imported.has_money,
        ))
    });
    let numbers = move || {
        let mut numbers = report.with(|report| {
            report
                .as_ref()
                .map(|report| of_report(words, report))
                .unwrap_or_default()
        });
        let (n_customers, n_orders, period, _) = imported.get()?;
        if numbers.is_empty() {
            numbers.push((words.overview_customers(), words.count(n_customers), None));
            numbers.extend(n_orders.map(|n| (words.overview_orders(), words.count(n), None)));
        }
        numbers
            .extend(period.map(|(first, last)| {
                (words.overview_period(), words.day_range(first, last), None)
            }));
        Some(numbers)
    };
    let pair = |(name, number, full): Number| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd title=full>{number}</dd>
            </div>
        }
    };
    let has_money = move || imported.get().is_none_or(|(.., has_money)| has_money);
    view! {
        <section class="block" aria-label=words.overview_key_numbers()>
            <dl class="key-numbers">
                {move || numbers().map(|numbers| numbers.into_iter().map(pair).collect_view())}
            </dl>
            {left_out(workspace, words)}
            {move || {
                (!has_money()).then(|| view! { <p class="hint">{words.overview_no_money()}</p> })
            }}
            <Explained text=words.overview_how() />
        </section>
    }
    .into_any()
}

/// That many rows are left out, and mostly why; nothing where few are.
fn left_out(workspace: Workspace, words: Words) -> AnyView {
    let left_out = workspace.read(move |session| {
        let imported = session.imported.as_ref()?;
        words.much_left_out(&imported.ledger)
    });
    let line = move || {
        let said = left_out.get()?;
        Some(view! {
            <p class="hint" data-testid="much-left-out">
                {said}
                " "
                <a href="#/data">{words.left_out_see()}</a>
            </p>
        })
    };
    line.into_any()
}

/// A name, the number as shown, and the full number behind it.
type Number = (&'static str, String, Option<String>);

fn of_report(words: Words, report: &Report) -> Vec<Number> {
    let counted = report.params.convention.counted();
    let per_order_name = match counted {
        Counted::Orders => words.overview_order_value(),
        Counted::Rows => words.column_per_counted(counted),
    };
    let mut numbers = vec![
        (
            words.overview_customers(),
            words.count(report.n_customers),
            None,
        ),
        (
            words.column_counted(counted),
            words.count(report.n_orders),
            None,
        ),
    ];
    if report.has_money {
        let full = words.money_full(report.revenue);
        numbers.push((
            words.overview_revenue(),
            words.money(report.revenue),
            Some(full),
        ));
    }
    let per_order = words.overview_average(report, report.n_orders);
    let per_customer = words.overview_average(report, report.n_customers);
    numbers.extend(per_order.map(|number| (per_order_name, number, None)));
    numbers.extend(per_customer.map(|number| (words.overview_per_customer(), number, None)));
    numbers
}

//! The selected segment in numbers.

use crate::analysis::profile::SegmentProfile;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Customers, orders, revenue, averages and medians; what the file has no column for is left out.
pub(super) fn numbers(workspace: Workspace, words: Words, profile: &SegmentProfile) -> AnyView {
    let (has_money, has_history) = workspace.session.with_untracked(|session| {
        let imported = session.imported.as_ref();
        imported.map_or((true, true), |file| (file.has_money, file.has_history))
    });
    let with_share = |text: String, share: f64| format!("{text} · {}", words.share(share));
    let customers = with_share(words.count(profile.n_customers), profile.customer_share);
    let mut numbers = vec![(words.column_customers(), customers)];
    if has_money {
        let revenue = with_share(words.money(profile.revenue), profile.revenue_share);
        numbers.push((words.column_revenue(), revenue));
    }
    if has_history {
        numbers.push((
            words.column_counted(profile.counted),
            words.count(profile.n_orders),
        ));
    }
    let order_value = profile.average_order_value.filter(|_| has_money);
    numbers.extend(order_value.map(|value| {
        (
            words.column_per_counted(profile.counted),
            words.amount(value),
        )
    }));
    let medians = profile.medians;
    if has_history {
        numbers.extend(medians.map(|own| {
            (
                words.inspector_median_recency(),
                words.days(own.recency_days),
            )
        }));
        numbers.extend(medians.map(|own| {
            (
                words.inspector_median_frequency(profile.counted),
                words.number(own.frequency),
            )
        }));
    }
    if has_money {
        numbers.extend(medians.map(|own| {
            (
                words.inspector_median_monetary(),
                words.amount(own.monetary),
            )
        }));
    }
    let pair = |(name, number)| view! { <div><dt>{name}</dt><dd>{number}</dd></div> };
    view! { <dl class="measures">{numbers.into_iter().map(pair).collect_view()}</dl> }.into_any()
}

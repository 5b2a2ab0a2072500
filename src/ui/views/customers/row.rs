//! One customer of the list.

use super::list::{Shown, n_columns};
use crate::analysis::SegmentationId;
use crate::analysis::customers::Row;
use crate::text::Words;
use crate::ui::dom::prelude::*;

/// A row that has not arrived yet is quiet.
pub(super) fn waiting(shown: &Shown) -> AnyView {
    view! { <td class="waiting" colspan=n_columns(shown)>{"…"}</td> }.into_any()
}

/// The cells of a customer, after its `name`. The pair is whether there is money, and what is to come.
pub(super) fn cells(
    words: Words,
    row: &Row,
    name: AnyView,
    (has_money, has_forecasts): (bool, bool),
    shown: &Shown,
) -> AnyView {
    let nothing = || "–".to_owned();
    let not_yet = |id: SegmentationId| match shown.segmentations.contains(&(id, true)) {
        true => words.customers_being_computed().to_owned(),
        false => nothing(),
    };
    let score = row.scores.map_or_else(
        || not_yet(SegmentationId::Rfm),
        |(r, f, m)| match row.weighted {
            Some(score) => format!("{r}-{f}-{m} · {}", words.fixed(score, 2)),
            None => format!("{r}-{f}-{m}"),
        },
    );
    let fourth = row.fourth.map(|fourth| words.list_fourth(fourth));
    let probability = row
        .probability
        .map(|share| format!(" · {}", words.share(f64::from(share))));
    let label = |&(id, _): &(SegmentationId, bool)| {
        let label = row.labels.get(id as usize).and_then(Option::as_ref);
        let name = label.map_or_else(|| not_yet(id), |label| words.label(label));
        let is_cluster = id == SegmentationId::Clusters;
        let share = probability.clone().filter(|_| is_cluster);
        let between = words.list_between(row.silhouette.filter(|_| is_cluster));
        view! { <td>{name} {share} {between}</td> }
    };
    let moved = row.moved.iter().filter(|_| shown.has_moves);
    let moved = moved.map(|label| {
        let name = label
            .as_ref()
            .map_or_else(nothing, |label| words.label(label));
        view! { <td>{name}</td> }
    });
    let recency = row
        .recency_days
        .map_or_else(nothing, |days| words.number(f64::from(days)));
    let frequency = row
        .frequency
        .map_or_else(nothing, |n| words.count(u64::from(n)));
    let monetary = row
        .monetary
        .map_or_else(nothing, |money| words.bare().money_full(money));
    let alive = row.p_alive.map_or_else(nothing, |p| words.p_alive(p));
    let worth = row.clv.map_or_else(nothing, |clv| words.fixed(clv, 2));
    view! {
        <th scope="row">{name}</th>
        <td class="number">{recency}</td>
        <td class="number">{frequency}</td>
        {has_money.then(|| view! { <td class="number">{monetary}</td> })}
        {has_forecasts.then(|| view! { <td class="number">{alive}</td> })}
        {(has_forecasts && has_money).then(|| view! { <td class="number">{worth}</td> })}
        <td class="number">{score} {fourth}</td>
        {shown.segmentations.iter().map(label).collect_view()}
        {moved.collect_view()}
        {shown.has_changes.then(|| view! { <td>{words.list_change(row.change.as_ref())}</td> })}
    }
    .into_any()
}

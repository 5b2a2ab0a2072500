//! One customer of the list.

use crate::analysis::SegmentationId;
use crate::analysis::customers::Row;
use crate::text::Words;
use crate::ui::dom::prelude::*;

/// The cells of a customer; a row that has not arrived yet is quiet. `is_computing` says of RFM and clusters whether
/// their labels are still to come.
pub(super) fn cells(
    words: Words,
    row: Option<&Row>,
    has_money: bool,
    is_computing: [bool; 2],
) -> AnyView {
    let Some(row) = row else {
        return view! { <td class="waiting" colspan="7">{"…"}</td> }.into_any();
    };
    let nothing = || "–".to_owned();
    let not_yet = |place: usize| match is_computing[place] {
        true => words.customers_being_computed().to_owned(),
        false => nothing(),
    };
    let score = row.scores.map_or_else(
        || not_yet(SegmentationId::Rfm as usize),
        |(r, f, m)| format!("{r}-{f}-{m}"),
    );
    let label = |place: usize| {
        let label = row.labels.get(place).and_then(Option::as_ref);
        label.map_or_else(|| not_yet(place), |label| words.label(label))
    };
    let probability = row
        .probability
        .map(|share| format!(" · {}", words.share(f64::from(share))));
    let recency = row
        .recency_days
        .map_or_else(nothing, |days| words.number(f64::from(days)));
    let frequency = row
        .frequency
        .map_or_else(nothing, |n| words.count(u64::from(n)));
    let monetary = row
        .monetary
        .map_or_else(nothing, |money| words.money_full(money));
    view! {
        <th scope="row">{row.customer.clone()}</th>
        <td class="number">{recency}</td>
        <td class="number">{frequency}</td>
        {has_money.then(|| view! { <td class="number">{monetary}</td> })}
        <td class="number">{score}</td>
        <td>{label(0)}</td>
        <td>{label(1)} {probability}</td>
    }
    .into_any()
}

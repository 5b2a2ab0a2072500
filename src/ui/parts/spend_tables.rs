//! What channels and campaigns cost, beside what their orders came to.

use super::joined_tables::missing;
use crate::data::{Rate, Spend, SpendTotals, TableKind};
use crate::export::unmatched::Missing;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A table for each file of advertising spend.
#[component]
pub fn SpendTables() -> impl IntoView {
    let workspace = Workspace::expect();
    let spend = workspace.read(|session| {
        let imported = session.imported.as_ref();
        imported.map_or_else(Vec::new, |imported| imported.spend.clone())
    });
    move || {
        let words = workspace.words();
        let tables = spend.get();
        let table = |(place, spend): (usize, &Spend)| table(words, place, spend);
        (!tables.is_empty()).then(|| {
            view! {
                <section class="block" aria-labelledby="spend-heading">
                    <h3 id="spend-heading">{words.spend_heading()}</h3>
                    {tables.iter().enumerate().map(table).collect_view()}
                </section>
            }
            .into_any()
        })
    }
}

fn table(words: Words, place: usize, spend: &Spend) -> AnyView {
    let words = words.bare();
    let [channel, month, _, takings, all_takings, _] = words.spend_heads();
    let name = spend.ledger.files.first().map(|file| file.name.clone());
    let channels = spend.channels.iter().map(|channel| {
        let name = words.channel_name(&channel.name);
        row(words, spend, Some(&channel.name), name, &channel.totals)
    });
    let channels = channels.collect_view();
    let months = spend
        .months
        .iter()
        .map(|(first, totals)| row(words, spend, None, words.month(*first), totals));
    let months = months.collect_view();
    view! {
        <div class="joined" data-testid="spend" data-rows=spend.ledger.n_rows.to_string()>
            <h4>{name}</h4>
            <p>{words.spend_account(spend)}</p>
            <p class="fine">{words.joined_rows_left_out(TableKind::Spend, &spend.ledger)}</p>
            <p class="fine">{words.spend_passed(spend)}</p>
            {missing(words, place, Missing::ChannelOrders, words.channels_without_orders(spend))}
            {missing(words, place, Missing::ChannelCost, words.channels_without_cost(spend))}
            {of_rows(words, spend, channel, takings, channels)}
            {of_rows(words, spend, month, all_takings, months)}
        </div>
    }
    .into_any()
}

/// A table of sums, of channels or months.
fn of_rows(
    words: Words,
    spend: &Spend,
    head: &'static str,
    takings: &'static str,
    rows: AnyView,
) -> AnyView {
    let [_, _, cost, _, _, ratio] = words.spend_heads();
    let number =
        |name: &str| view! { <th scope="col" class="is-number">{name.to_owned()}</th> }.into_any();
    let others = spend
        .columns
        .iter()
        .chain(spend.rates.iter().map(|rate| &rate.name));
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=head>
            <table class="ledger">
                <caption class="visually-hidden">{head}</caption>
                <thead>
                    <tr>
                        <th scope="col">{head}</th>
                        {number(cost)}
                        {others.map(|name| number(name)).collect_view()}
                        {number(takings)}
                        {number(ratio)}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The sums of a channel, or of a month.
fn row(
    words: Words,
    spend: &Spend,
    channel: Option<&String>,
    name: String,
    totals: &SpendTotals,
) -> AnyView {
    let number = |text: Option<String>| view! { <td class="is-number">{text}</td> }.into_any();
    let cost = totals.cost.to_f64();
    let ratio = totals.revenue.filter(|_| cost > 0.0);
    let ratio = ratio.map(|revenue| words.decimal(revenue.to_f64() / cost, 2));
    let sums = totals
        .sums
        .iter()
        .map(|&sum| number(Some(words.money_full(sum))));
    let rate = |rate: &Rate| {
        let value = rate.of(totals);
        number(value.map(|value| match rate.is_share() {
            true => words.share(value),
            false => words.decimal(value, 2),
        }))
    };
    view! {
        <tr data-channel=channel.cloned() data-cost=totals.cost.to_string()>
            <th scope="row">{name}</th>
            {number(Some(words.money_full(totals.cost)))}
            {sums.collect_view()}
            {spend.rates.iter().map(rate).collect_view()}
            {number(totals.revenue.map(|revenue| words.money_full(revenue)))}
            {number(ratio)}
        </tr>
    }
    .into_any()
}

//! What channels and campaigns cost, beside what their orders came to.

use crate::data::{Channel, Spend};
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
        let table = |spend: &Spend| table(words, spend);
        (!tables.is_empty()).then(|| {
            view! {
                <section class="block" aria-labelledby="spend-heading">
                    <h3 id="spend-heading">{words.spend_heading()}</h3>
                    {tables.iter().map(table).collect_view()}
                </section>
            }
            .into_any()
        })
    }
}

fn table(words: Words, spend: &Spend) -> AnyView {
    let [channel, cost, takings, ratio] = words.spend_heads();
    let name = spend.ledger.files.first().map(|file| file.name.clone());
    let others = |name: &String| view! { <th scope="col" class="is-number">{name.clone()}</th> };
    let rows = spend.channels.iter().map(|channel| row(words, channel));
    view! {
        <div class="joined" data-testid="spend" data-rows=spend.ledger.n_rows.to_string()>
            <h4>{name.clone()}</h4>
            <p>{words.spend_account(spend)}</p>
            <p class="fine">{words.spend_unmatched(spend)}</p>
            <p class="fine">{words.joined_rows_left_out(&spend.ledger)}</p>
            <div class="table-scroll" tabindex="0" role="group" aria-label=words.spend_heading()>
                <table class="ledger">
                    <caption class="visually-hidden">{name}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{channel}</th>
                            <th scope="col" class="is-number">{cost}</th>
                            {spend.columns.iter().map(others).collect_view()}
                            <th scope="col" class="is-number">{takings}</th>
                            <th scope="col" class="is-number">{ratio}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn row(words: Words, channel: &Channel) -> AnyView {
    let takings = channel.revenue.map(|revenue| words.money_full(revenue));
    let cost = channel.cost.to_f64();
    let ratio = channel.revenue.filter(|_| cost > 0.0);
    let ratio = ratio.map(|revenue| words.decimal(revenue.to_f64() / cost, 2));
    let sum = |&sum: &crate::data::Money| {
        view! { <td class="is-number">{words.money_full(sum)}</td> }
    };
    view! {
        <tr data-channel=channel.name.clone() data-cost=channel.cost.to_string()>
            <th scope="row">{words.channel_name(&channel.name)}</th>
            <td class="is-number">{words.money_full(channel.cost)}</td>
            {channel.sums.iter().map(sum).collect_view()}
            <td class="is-number">{takings}</td>
            <td class="is-number">{ratio}</td>
        </tr>
    }
    .into_any()
}

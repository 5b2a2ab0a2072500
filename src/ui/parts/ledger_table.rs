//! The account of all rows: each bucket with its rows and money, adding up to the file. On a phone its rows are cards;
//! the roles say of what is no table to the eye that it is one.

use super::{DownloadButton, Icon, file_accounts};
use crate::data::{Bucket, Ledger, Reason};
use crate::export::What;
use crate::session::Event;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A row for each bucket with the choice to count it, and the whole file at the foot.
#[component]
pub fn LedgerTable() -> impl IntoView {
    let workspace = Workspace::expect();
    let ledger = workspace.read(|session| {
        let imported = session.imported.as_ref()?;
        let facts = (imported.has_money, imported.n_emptied);
        Some((imported.ledger.clone(), facts))
    });
    move || {
        let words = workspace.words();
        ledger.with(|ledger| {
            let (ledger, (has_money, n_emptied)) = ledger.as_ref()?;
            let emptied = words.emptied_customers(*n_emptied);
            let emptied =
                emptied.map(|text| view! { <p class="hint" data-testid="emptied">{text}</p> });
            let net = words.net_total(ledger);
            let net = net.map(|text| view! { <p data-testid="net-total">{text}</p> });
            let table = table(workspace, words, ledger, *has_money);
            Some(view! { {table} {net} {emptied} }.into_any())
        })
    }
}

fn table(workspace: Workspace, words: Words, ledger: &Ledger, has_money: bool) -> AnyView {
    let words = words.bare();
    let row = |bucket| row(workspace, ledger, bucket, has_money);
    let rows = ledger.buckets.iter().map(row).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=words.ledger()>
            <table class="ledger" data-testid="ledger" role="table">
                <caption class="visually-hidden">{words.ledger()}</caption>
                {heads(words, has_money)}
                <tbody role="rowgroup">{rows}</tbody>
                {foot(words, ledger, has_money)}
            </table>
        </div>
        <p class="fine"><Icon name="check"/> {words.reconciles()}</p>
        <p class="hint">{words.rounded_amounts(ledger)}</p>
        {file_accounts::files(words, ledger)}
    }
    .into_any()
}

/// The whole file, to which the rows above add up.
fn foot(words: Words, ledger: &Ledger, has_money: bool) -> AnyView {
    let money = has_money.then(|| number(words.money_head(), words.money_full(ledger.money)));
    view! {
        <tfoot role="rowgroup">
            <tr role="row">
                <th scope="row" role="rowheader">{words.whole_file()}</th>
                <td role="cell"></td>
                {number(words.rows_head(), words.count(ledger.n_rows))}
                {number(words.share_head(), words.share(1.0))}
                {money}
                <td role="cell"></td>
                <td role="cell"></td>
            </tr>
        </tfoot>
    }
    .into_any()
}

fn heads(words: Words, has_money: bool) -> AnyView {
    let head = |name: &'static str, class: &'static str| {
        view! { <th scope="col" role="columnheader" class=class>{name}</th> }.into_any()
    };
    let money = has_money.then(|| head(words.money_head(), "is-number"));
    view! {
        <thead role="rowgroup">
            <tr role="row">
                {head(words.bucket(), "")}
                {head(words.leave_out(), "")}
                {head(words.rows_head(), "is-number")}
                {head(words.share_head(), "is-number")}
                {money}
                {head(words.first_lines(), "")}
                <th scope="col" role="columnheader">
                    <span class="visually-hidden">{words.save_these_rows()}</span>
                </th>
            </tr>
        </thead>
    }
    .into_any()
}

/// A cell with a number. On a phone a row is a card, and `head` stands above the number.
fn number(head: &'static str, text: String) -> AnyView {
    view! { <td class="is-number" role="cell" data-head=head>{text}</td> }.into_any()
}

fn row(workspace: Workspace, ledger: &Ledger, bucket: &Bucket, has_money: bool) -> AnyView {
    let words = workspace.words_now().bare();
    let share = bucket.n_rows as f64 / ledger.n_rows.max(1) as f64;
    let money = has_money.then(|| number(words.money_head(), words.money_full(bucket.money)));
    let toggle = bucket
        .reason
        .map(|reason| toggle(workspace, ledger, reason));
    let returns = bucket
        .reason
        .filter(|&reason| reason == Reason::Returned && ledger.choices.leaves_out(reason))
        .and_then(|_| returns(workspace, ledger));
    let save = bucket
        .reason
        .filter(|_| bucket.n_rows > 0)
        .map(|reason| save(words, reason));
    view! {
        <tr
            role="row"
            data-bucket=bucket.kind()
            data-rows=bucket.n_rows.to_string()
            data-money=bucket.money.to_string()
            class:is-empty=bucket.n_rows == 0
        >
            <th scope="row" role="rowheader">{name(words, ledger, bucket)} {returns}</th>
            <td role="cell" data-head=words.leave_out()>{toggle}</td>
            {number(words.rows_head(), words.count(bucket.n_rows))}
            {number(words.share_head(), words.share(share))}
            {money}
            <td class="lines" role="cell" data-head=words.first_lines()>{lines(words, ledger, bucket)}</td>
            <td role="cell">{save}</td>
        </tr>
    }
    .into_any()
}

/// The bucket's name, what it means, and where further rows with the reason are.
fn name(words: Words, ledger: &Ledger, bucket: &Bucket) -> AnyView {
    let Some(reason) = bucket.reason else {
        return view! { <strong>{words.used_rows()}</strong> }.into_any();
    };
    view! {
        <span class="reason">{words.reason(reason)}</span>
        <span class="hint">
            {words.reason_explained(reason)} " " {words.further_lines(ledger, bucket)}
            {words.rows_with_reason_elsewhere(bucket)}
        </span>
    }
    .into_any()
}

fn toggle(workspace: Workspace, ledger: &Ledger, reason: Reason) -> AnyView {
    let words = workspace.words_now();
    if !reason.is_choice() {
        return view! { <span class="hint">{words.always_left_out()}</span> }.into_any();
    }
    let changed = move |event| {
        let left_out = event_target_checked(&event);
        workspace.send(Event::ChoiceChanged { reason, left_out });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                id=format!("leave-out-{}", reason.key())
                data-testid=format!("leave-out-{}", reason.key())
                prop:checked=ledger.choices.leaves_out(reason)
                on:change=changed
            />
            <span class="visually-hidden">{words.leave_out_reason(reason)}</span>
        </label>
    }
    .into_any()
}

/// The choice to take the money of returns off, where there are any that follow a purchase.
fn returns(workspace: Workspace, ledger: &Ledger) -> Option<AnyView> {
    let words = workspace.words_now();
    let changed = move |event| {
        workspace.send(Event::ReturnsNetted(event_target_checked(&event)));
    };
    (ledger.returns.n_rows > 0).then(|| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    id="net-returns"
                    data-testid="net-returns"
                    prop:checked=ledger.choices.nets_returns()
                    on:change=changed
                />
                {words.net_returns(ledger.returns)}
            </label>
            <span class="hint">{words.net_returns_explained()}</span>
        }
        .into_any()
    })
}

fn save(words: Words, reason: Reason) -> AnyView {
    let what = What::LeftOut {
        reason: Some(reason),
    };
    let key = match reason {
        Reason::Blank => "left-out-blank",
        Reason::Overlap => "left-out-overlap",
        Reason::Ragged => "left-out-ragged",
        Reason::NoCustomer => "left-out-no_customer",
        Reason::NoDate => "left-out-no_date",
        Reason::Unreadable => "left-out-unreadable",
        Reason::Returned => "left-out-returned",
        Reason::NoPositiveAmount => "left-out-no_positive_amount",
        Reason::Duplicate => "left-out-duplicate",
        Reason::RepeatedTotal => "left-out-repeated_total",
    };
    view! { <DownloadButton what key name=words.save_these_rows()/> }.into_any()
}

/// The first lines, as a text editor counts them; of several files with their names.
fn lines(words: Words, ledger: &Ledger, bucket: &Bucket) -> String {
    if bucket.reason.is_none() {
        return String::new();
    }
    let mut last_file = None;
    let line = |(place, line): (usize, &u64)| {
        let line = words.count(*line);
        let file = bucket.first_files.get(place);
        if file == last_file {
            return line;
        }
        last_file = file;
        let file = file.and_then(|&file| ledger.files.get(file as usize));
        file.map_or(line.clone(), |file| format!("{} {line}", file.name))
    };
    let lines: Vec<String> = bucket.first_lines.iter().enumerate().map(line).collect();
    let more = bucket.n_rows > bucket.first_lines.len() as u64 && !lines.is_empty();
    let dots = if more { " …" } else { "" };
    format!("{}{dots}", lines.join(" · "))
}

//! The ledger as JSON: rows and money of the buckets add up to the file, to the last digit.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{File, json_file};
use crate::data::{
    Channel, Day, Joined, Ledger, MarginFrom, Money, PassedRows, ProductFacts, Reason, Spend,
    SpendTotals, TableKind,
};

#[derive(Serialize)]
struct Account<'a> {
    files: Vec<Source<'a>>,
    /// Orders of which several files have rows that differ; left out where there are none.
    #[serde(skip_serializing_if = "is_zero")]
    orders_in_several_files: u64,
    /// Of the rows without an amount, lines of orders whose amount stands on another line; left out where there are none.
    #[serde(skip_serializing_if = "is_zero")]
    further_lines_without_amount: u64,
    /// Amounts that were read to six decimals, since the sums cannot hold all of theirs; left out where there are none.
    #[serde(skip_serializing_if = "is_zero")]
    rounded_amounts: u64,
    buckets: Vec<Bucket<'a>>,
    /// Rows of the bucket of returned rows that follow a purchase; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    returns: Option<Returns>,
    totals: Totals,
    /// Tables of customers that are joined to the orders; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    joined: Vec<Side<'a>>,
}

/// A table beside the orders.
#[derive(Serialize)]
#[serde(untagged)]
enum Side<'a> {
    Customers(JoinedTable<'a>),
    Products(ProductTable<'a>),
    Spend(SpendTable<'a>),
}

#[derive(Serialize)]
struct SpendTable<'a> {
    name: &'a str,
    kind: &'static str,
    rows: u64,
    buckets: Vec<Bucket<'a>>,
    period: Option<(Day, Day)>,
    cost: Money,
    matched_by: Option<&'a str>,
    channels_without_orders: u64,
    values_without_cost: u64,
    channels: Vec<TotalsRow<'a>>,
    months: Vec<TotalsRow<'a>>,
    /// Columns of numbers that are neither added up nor made anew from what is.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    columns_passed_over: &'a [String],
}

#[derive(Serialize)]
struct TotalsRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<String>,
    rows: u64,
    cost: Money,
    revenue: Option<Money>,
    /// Sums of the further columns that can be added up.
    sums: BTreeMap<&'a str, Money>,
    /// Rates made of these sums.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    rates: BTreeMap<&'a str, Option<f64>>,
}

#[derive(Serialize)]
struct JoinedTable<'a> {
    name: &'a str,
    kind: &'static str,
    columns: &'a [String],
    rows: u64,
    buckets: Vec<Bucket<'a>>,
    customers_matched: u64,
    customers_without_row: u64,
    customers_without_orders: u64,
}

#[derive(Serialize)]
struct ProductTable<'a> {
    name: &'a str,
    kind: &'static str,
    columns: &'a [String],
    rows: u64,
    buckets: Vec<Bucket<'a>>,
    products_matched: u64,
    products_without_row: u64,
    products_without_orders: u64,
    /// The columns of the orders and of the table that name the same products.
    matched_by: &'a Option<(String, String)>,
    rows_given_category: u64,
    margin_from: Option<MarginFrom>,
    rows_without_margin: u64,
    tags_without_column: u64,
}

#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
    rows: u64,
    /// Rows that were mended before they were read; left out where there are none.
    #[serde(skip_serializing_if = "is_zero")]
    mended: u64,
    /// Rows that an earlier file has already; left out where there are none.
    #[serde(skip_serializing_if = "is_zero")]
    overlapping: u64,
    /// Which files these are, with how many of the rows each has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    overlapping_with: Vec<Overlap<'a>>,
    /// What stands beside the table and is in no bucket; left out where nothing does.
    #[serde(skip_serializing_if = "is_none")]
    lines_above: &'a PassedRows,
    #[serde(skip_serializing_if = "is_none")]
    further_header_rows: &'a PassedRows,
    #[serde(skip_serializing_if = "is_none")]
    rows_below: &'a PassedRows,
}

#[derive(Serialize)]
struct Overlap<'a> {
    name: &'a str,
    rows: u64,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

const fn is_none(passed: &PassedRows) -> bool {
    passed.n_rows == 0
}

#[derive(Serialize)]
struct Bucket<'a> {
    kind: &'a str,
    rows: u64,
    money: Money,
    first_lines: &'a [u64],
    /// Of several files: the names of those that the lines are of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    first_files: Vec<&'a str>,
}

#[derive(Serialize)]
struct Returns {
    rows: u64,
    money: Money,
    /// Whether the money is taken off what the customers spent.
    taken_off: bool,
    /// Of the rows, those later than the day after the last order, which no customer’s sum has on the usual as-of date;
    /// left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    after_last_order: Option<Totals>,
}

#[derive(Serialize)]
struct Totals {
    rows: u64,
    money: Money,
}

/// `ledger.json`.
pub fn file(ledger: &Ledger, joined: &[Joined], spend: &[Spend]) -> File {
    let joined = joined.iter().map(|joined| match &joined.products {
        Some(facts) => Side::Products(product_table(joined, facts)),
        None => Side::Customers(table(joined)),
    });
    let spend = spend.iter().map(|spend| Side::Spend(spend_table(spend)));
    let account = Account {
        files: files(ledger),
        orders_in_several_files: ledger.n_split_orders,
        further_lines_without_amount: ledger.n_further_lines,
        rounded_amounts: ledger.n_rounded,
        buckets: buckets(ledger),
        returns: (ledger.returns.n_rows > 0).then(|| Returns {
            rows: ledger.returns.n_rows,
            money: ledger.returns.money,
            taken_off: ledger.choices.nets_returns(),
            after_last_order: (ledger.returns.n_late_rows > 0).then_some(Totals {
                rows: ledger.returns.n_late_rows,
                money: ledger.returns.late_money,
            }),
        }),
        totals: Totals {
            rows: ledger.n_rows,
            money: ledger.money,
        },
        joined: joined.chain(spend).collect(),
    };
    json_file("ledger.json", &account)
}

fn table(joined: &Joined) -> JoinedTable<'_> {
    JoinedTable {
        name: name_of(&joined.ledger),
        kind: match joined.kind {
            TableKind::Events => "events",
            _ => "customers",
        },
        columns: &joined.columns,
        rows: joined.ledger.n_rows,
        buckets: buckets(&joined.ledger),
        customers_matched: joined.n_matched,
        customers_without_row: joined.n_without_row,
        customers_without_orders: joined.n_without_orders,
    }
}

fn product_table<'a>(joined: &'a Joined, facts: &'a ProductFacts) -> ProductTable<'a> {
    let mut buckets = buckets(&joined.ledger);
    for bucket in &mut buckets {
        if bucket.kind == Reason::NoCustomer.key() {
            bucket.kind = "no_product";
        }
    }
    ProductTable {
        name: name_of(&joined.ledger),
        kind: "products",
        columns: &joined.columns,
        rows: joined.ledger.n_rows,
        buckets,
        products_matched: joined.n_matched,
        products_without_row: joined.n_without_row,
        products_without_orders: joined.n_without_orders,
        matched_by: &facts.matched_by,
        rows_given_category: facts.n_rows_given_category,
        margin_from: facts.margin_from,
        rows_without_margin: facts.n_rows_without_margin,
        tags_without_column: facts.n_tags_passed,
    }
}

fn spend_table<'a>(spend: &'a Spend) -> SpendTable<'a> {
    let row = |channel: &'a Channel| TotalsRow {
        channel: Some(&channel.name),
        ..totals_row(spend, &channel.totals)
    };
    let month = |(first, totals): &'a (Day, SpendTotals)| {
        let (year, month, _) = first.civil();
        TotalsRow {
            month: Some(format!("{year:04}-{month:02}")),
            ..totals_row(spend, totals)
        }
    };
    SpendTable {
        name: name_of(&spend.ledger),
        kind: "spend",
        rows: spend.ledger.n_rows,
        buckets: buckets(&spend.ledger),
        period: spend.period,
        cost: spend.cost,
        matched_by: spend.matched_by.as_deref(),
        channels_without_orders: spend.n_without_orders,
        values_without_cost: spend.n_without_cost,
        channels: spend.channels.iter().map(row).collect(),
        months: spend.months.iter().map(month).collect(),
        columns_passed_over: &spend.passed_columns,
    }
}

fn totals_row<'a>(spend: &'a Spend, totals: &SpendTotals) -> TotalsRow<'a> {
    let names = spend.columns.iter().map(String::as_str);
    let rates = spend.rates.iter();
    TotalsRow {
        channel: None,
        month: None,
        rows: totals.n_rows,
        cost: totals.cost,
        revenue: totals.revenue,
        sums: names.zip(totals.sums.iter().copied()).collect(),
        rates: rates
            .map(|rate| (rate.name.as_str(), rate.of(totals)))
            .collect(),
    }
}

fn name_of(ledger: &Ledger) -> &str {
    file_name(ledger, 0)
}

/// The name of the file at this place.
fn file_name(ledger: &Ledger, place: u32) -> &str {
    let file = ledger.files.get(place as usize);
    file.map_or("", |file| file.name.as_str())
}

fn buckets(ledger: &Ledger) -> Vec<Bucket<'_>> {
    let name = |&place: &u32| file_name(ledger, place);
    let buckets = ledger.buckets.iter().map(|bucket| Bucket {
        kind: bucket.kind(),
        rows: bucket.n_rows,
        money: bucket.money,
        first_lines: &bucket.first_lines,
        first_files: bucket.first_files.iter().map(name).collect(),
    });
    buckets.collect()
}

fn files(ledger: &Ledger) -> Vec<Source<'_>> {
    let overlap = |&(place, rows): &(u32, u64)| Overlap {
        name: file_name(ledger, place),
        rows,
    };
    let files = ledger.files.iter().map(|file| Source {
        name: &file.name,
        rows: file.n_rows,
        mended: file.n_mended,
        overlapping: file.n_overlapping,
        overlapping_with: file.overlaps.iter().map(overlap).collect(),
        lines_above: &file.beside.above,
        further_header_rows: &file.beside.header,
        rows_below: &file.beside.below,
    });
    files.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Bucket, Choices, FileAccount, Returned};

    #[test]
    fn money_is_written_exactly() {
        let money = Money::new(1_234_567_890_123_456_789_012, 2);
        let ledger = Ledger {
            files: vec![FileAccount {
                name: "주문 \"1\".csv".to_owned(),
                n_rows: 2,
                ..FileAccount::default()
            }],
            n_split_orders: 0,
            n_further_lines: 0,
            n_rounded: 0,
            n_rows: 2,
            money,
            returns: Returned::default(),
            buckets: vec![Bucket {
                reason: None,
                n_rows: 2,
                money,
                first_lines: vec![2, 3],
                first_files: Vec::new(),
                n_rows_with_reason: 0,
                n_rows_counted: 0,
            }],
            choices: Choices::default(),
        };
        let text = String::from_utf8(file(&ledger, &[], &[]).bytes).unwrap();
        assert_eq!(text.matches("12345678901234567890.12").count(), 2);
        assert!(text.contains(r#""name": "주문 \"1\".csv""#));
        assert!(text.contains(r#""kind": "used""#));
    }
}

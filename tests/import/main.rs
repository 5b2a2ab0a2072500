//! The way of a file to its customers: good files, bad files, and what no file may do.

#![allow(clippy::unwrap_used)] // A test may stop where its own fixture is broken.
#![allow(clippy::print_stdout)] // A test that is skipped says so.

mod bad_files;
mod columns;
mod contacts;
mod corpora;
mod encodings;
mod exports;
mod first_orders;
mod habits;
mod headers;
mod ledger;
mod messy;
mod named_measures;
mod oddities;
mod order_parts;
mod order_totals;
mod past_columns;
mod portals;
mod products;
mod properties;
mod several;
mod shops;
mod stretches;

use gyeol::data::{
    Choices, Dataset, History, ImportError, Importer, Ledger, Mapping, PREVIEW_BYTES, Preview,
    Table, preview,
};
use gyeol::decode::decoder;

/// What the head of a file shows.
fn look_at(bytes: &[u8]) -> Result<Preview, ImportError> {
    let head = &bytes[..bytes.len().min(PREVIEW_BYTES)];
    preview("orders.csv", bytes.len() as u64, head, decoder)
}

/// The table of a file as it was guessed, fed in pieces of `n_bytes`.
fn table_in_pieces(bytes: &[u8], mapping: &Mapping, n_bytes: usize) -> Result<Table, ImportError> {
    let mut importer = Importer::new(&look_at(bytes)?, mapping, decoder)?;
    for piece in bytes.chunks(n_bytes.max(1)) {
        importer.feed(piece)?;
    }
    importer.finish()
}

fn table_as(bytes: &[u8], mapping: &Mapping) -> Result<Table, ImportError> {
    table_in_pieces(bytes, mapping, 1 << 20)
}

fn table(bytes: &[u8]) -> Result<Table, ImportError> {
    table_as(bytes, &look_at(bytes)?.guess)
}

fn dataset(bytes: &[u8]) -> Result<Dataset, ImportError> {
    table(bytes)?.dataset(Choices::default())
}

/// `(kind, rows, money)` of the buckets that are not empty.
fn buckets(ledger: &Ledger) -> Vec<(&'static str, u64, String)> {
    let filled = ledger.buckets.iter().filter(|bucket| bucket.n_rows > 0);
    filled
        .map(|bucket| (bucket.kind(), bucket.n_rows, bucket.money.to_string()))
        .collect()
}

/// Rows and money of the buckets add up to the file.
fn assert_reconciles(ledger: &Ledger) {
    let n_rows: u64 = ledger.buckets.iter().map(|bucket| bucket.n_rows).sum();
    assert_eq!(n_rows, ledger.n_rows);
    let money = ledger.buckets.iter().map(|bucket| bucket.money).sum();
    assert_eq!(ledger.money, money);
}

/// Everything that a dataset says, as text.
fn story(dataset: &Dataset) -> String {
    let names = &dataset.customers;
    let ids: Vec<_> = (0..names.len() as u32)
        .map(|code| names.get(code))
        .collect();
    format!("{ids:?} {:?} {:?}", dataset.history, dataset.attributes)
}

fn n_orders(dataset: &Dataset) -> usize {
    match &dataset.history {
        History::Orders(orders) => orders.days.len(),
        History::Summaries(_) => 0,
    }
}

/// Customer, last day, orders, rows and money of one customer on the day after the last order.
fn standing(dataset: &Dataset, id: &str) -> (String, u32, u32, String) {
    let customer = dataset.customers.find(id.as_bytes()).unwrap();
    let as_of = dataset.default_as_of();
    let standing = dataset.standing(customer as usize, as_of).unwrap();
    (
        as_of.plus(-standing.recency_days).to_string(),
        standing.n_orders,
        standing.n_lines,
        standing.amount.to_string(),
    )
}

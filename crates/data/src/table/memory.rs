//! How many bytes the table keeps of each row, by column: held to the goal of 32.

use std::fmt::Write;

use super::super::columns::{Narrow, Value};
use super::super::decoder::Decoder;
use super::super::{Encoding, Importer, preview};
use super::Table;

/// UTF-8 is asked of no decoder.
fn decoder(encoding: Encoding) -> Box<dyn Decoder> {
    panic!("{encoding:?} is not what the orders are in")
}

/// Invoices of seven lines with times of day, 5,000 customers, 4,000 products of one name each.
fn orders(n_rows: u32) -> String {
    let mut text = String::from(
        "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n",
    );
    for row in 0..n_rows {
        let (invoice, product) = (489_434 + row / 7, row.wrapping_mul(2_654_435_761) % 4_000);
        let customer = 12_346 + invoice.wrapping_mul(40_503) % 5_000;
        let (month, day) = (1 + row * 12 / n_rows, 1 + row * 336 / n_rows % 28);
        let (hour, minute) = (8 + invoice % 12, invoice % 60);
        let country = ["United Kingdom", "Germany", "EIRE"][customer as usize % 3];
        let (pieces, price) = (1 + row % 24, 25 + product % 1_500);
        writeln!(
            text,
            "{invoice},{},WOODEN FRAME {product},{pieces},2010-{month:02}-{day:02} {hour:02}:{minute:02}:00,{}.{:02},{customer},{country}",
            10_000 + product * 17,
            price / 100,
            price % 100,
        )
        .unwrap();
    }
    text
}

fn by_column(table: &Table) -> Vec<(String, f64)> {
    fn per_row<T: Value>(column: Option<&Narrow<T>>) -> f64 {
        column.map_or(0.0, |column| {
            column.n_bytes_of_full() as f64 / column.n_rows_of_full() as f64
        })
    }
    let texts = table.texts.iter().enumerate();
    let mut columns: Vec<(String, f64)> = texts
        .map(|(place, column)| (format!("text {place}"), per_row(Some(column.codes()))))
        .collect();
    let pieces = table.pieces.as_ref().map(|pieces| pieces.codes());
    let amounts = table.amounts.as_ref().map(|amounts| &amounts.units);
    columns.extend([
        ("days".to_owned(), per_row(table.days.as_ref())),
        ("seconds".to_owned(), per_row(table.seconds.as_ref())),
        ("amounts".to_owned(), per_row(amounts)),
        ("pieces".to_owned(), per_row(pieces)),
        ("reasons".to_owned(), size_of::<u16>() as f64),
    ]);
    columns
}

#[test]
fn the_columns_of_an_order_file_take_less_than_the_goal_of_32_bytes_a_row() {
    let text = orders(200_000);
    let seen = preview("orders.csv", text.len() as u64, text.as_bytes(), decoder).unwrap();
    let mut importer = Importer::new(&seen, &seen.guess, decoder).unwrap();
    importer.feed(text.as_bytes()).unwrap();
    let columns = by_column(&importer.finish().unwrap());
    let all: f64 = columns.iter().map(|(_, n_bytes)| n_bytes).sum();
    // Five texts, a day, a time, an amount, pieces and reasons: 42 bytes where each is as wide as its type.
    assert_eq!(columns.len(), 10, "{columns:?}");
    assert!(
        columns.iter().all(|(_, n_bytes)| *n_bytes > 0.0),
        "{columns:?}"
    );
    assert!(all <= 20.0, "{all}: {columns:?}");
}

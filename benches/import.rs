//! How fast an order file becomes customers: made-up rows in the shape of UCI Online Retail, constant seed, one thread.
//!
//! `cargo bench --bench import`. The record loop of the `csv` crate is the yardstick: compare within one run.

#![allow(clippy::unwrap_used)] // Criterion has no other way to stop.
#![allow(missing_docs)] // The macros of criterion make undocumented items.

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gyeol::data::{Choices, Day, Importer, PREVIEW_BYTES, Preview, Reason, Table, preview};
use gyeol::decode::decoder;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

const COUNTRIES: [&str; 4] = ["United Kingdom", "United Kingdom", "Germany", "EIRE"];

/// Invoices of about 20 lines, two percent of them cancelled, a fifth without a customer.
fn orders(n_rows: usize) -> Vec<u8> {
    let mut random = Xoshiro256Plus::seed_from_u64(20_101_201);
    let mut below = move |n: usize| (random.next_u64() >> 11) as usize % n;
    let mut csv = String::from(
        "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n",
    );
    let first_day = Day::from_civil(2009, 12, 1).unwrap();
    let mut row = 0;
    for invoice in 489_434.. {
        let day = first_day.plus((row * 738 / n_rows) as i32);
        let is_return = below(50) == 0;
        let customer = below(n_rows / 170 + 50);
        let id = if below(5) == 0 {
            String::new()
        } else {
            (12_346 + customer).to_string()
        };
        let (hour, minute, country) = (8 + below(10), below(60), COUNTRIES[customer % 4]);
        for _ in 0..=below(40) {
            let product = below(4_600) * below(4_600) / 4_600;
            let quantity = 1 + below(12);
            let (mark, sign) = if is_return { ("C", "-") } else { ("", "") };
            let price = 25 + product % 1_000;
            let name = if product % 10 == 0 {
                format!("\"HEART, T-LIGHT HOLDER {product}\"")
            } else {
                format!("WOODEN PICTURE FRAME {product}")
            };
            writeln!(
                csv,
                "{mark}{invoice},{}{},{name},{sign}{quantity},{day} {hour:02}:{minute:02}:00,{}.{:02},{id},{country}",
                10_000 + product * 17 % 80_000,
                ["", "", "A"][product % 3],
                price / 100,
                price % 100,
            )
            .unwrap();
            row += 1;
            if row == n_rows {
                return csv.into_bytes();
            }
        }
    }
    csv.into_bytes()
}

fn table(preview: &Preview, bytes: &[u8]) -> Table {
    let mut importer = Importer::new(preview, &preview.guess, decoder).unwrap();
    for piece in bytes.chunks(1 << 20) {
        importer.feed(piece).unwrap();
    }
    importer.finish().unwrap()
}

fn records(bytes: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut n_cells = 0;
    while reader.read_byte_record(&mut record).unwrap() {
        n_cells += record.len();
    }
    n_cells
}

fn import(criterion: &mut Criterion) {
    for (size, n_rows) in [("100k", 100_000), ("1M", 1_000_000)] {
        let bytes = orders(n_rows);
        let head = &bytes[..bytes.len().min(PREVIEW_BYTES)];
        let preview = preview("orders.csv", bytes.len() as u64, head, decoder).unwrap();
        let mut group = criterion.benchmark_group("Import");
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(5));
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format!("Import-{size}-rows"), |bencher| {
            bencher.iter(|| table(&preview, black_box(&bytes)).dataset(Choices::default()));
        });
        group.bench_function(format!("Import-{size}-rows-csv-crate-records"), |bencher| {
            bencher.iter(|| records(black_box(&bytes)));
        });
        let table = table(&preview, &bytes);
        let choices = Choices::default().set(Reason::Returned, false);
        group.bench_function(format!("Choose-{size}-rows"), |bencher| {
            bencher.iter(|| black_box(&table).dataset(choices));
        });
        group.finish();
    }
}

criterion_group!(benches, import);
criterion_main!(benches);

//! How long BG/NBD takes to fit: `cargo run --profile engine --example fit -- FILE [LAST DAY]`.
//!
//! Reads orders as the page does, but counts those without money too, as the papers do. Says seconds and r, alpha, a, b on
//! one line for `benches/native/fits.py`. The clock runs from the orders to parameters with standard errors.
#![allow(clippy::print_stdout, reason = "a program says what it found")]

use std::error::Error;
use std::time::Instant;

use gyeol::analysis::Unwatched;
use gyeol::analysis::lifetime::{self, Model};
use gyeol::data::{Choices, Day, Reason};
use gyeol::engine::Engine;
use gyeol::protocol::FileNumber;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let path = words.next().ok_or("which file?")?;
    let until: Option<Day> = words.next().map(|day| day.parse()).transpose()?;
    let (bytes, number) = (std::fs::read(path)?, FileNumber(1));
    let mut engine = Engine::default();
    let preview = engine.open(number, "orders.csv", bytes.len() as u64, None, &bytes)?;
    let mut importer = engine.importer(number, &preview.guess)?;
    importer.feed(&bytes)?;
    let choices = Choices::default().set(Reason::NoPositiveAmount, false);
    engine.import(importer, Vec::new(), choices)?;
    let dataset = engine.dataset().ok_or("no orders")?;
    let as_of = until.unwrap_or(dataset.default_as_of());
    let start = Instant::now();
    let fitted = lifetime::fit(dataset, Model::BgNbd, as_of, &mut Unwatched)?;
    let seconds = start.elapsed().as_secs_f64();
    let parameters = fitted.parameters.iter();
    let parameters = parameters.map(|own| own.value.to_string());
    println!("{seconds} {}", parameters.collect::<Vec<_>>().join(" "));
    Ok(())
}

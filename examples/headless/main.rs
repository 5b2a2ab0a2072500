//! The whole engine without a browser: `cargo run --release --example headless -- FILE --out DIR`.
//!
//! Writes the same bytes as the page's downloads, since both ask the same engine. Exit status 2 and one plain
//! sentence on standard error for a file, mapping or parameter that cannot be used. What was odd about a file that was
//! written as a table, what in an archive was passed over, which cells of a workbook are read as empty and are not,
//! which table beside the orders matched none of them, that a table says nothing of purchases, that rows are dated after
//! today, and that no order lies before the as-of date, is said there as well, one sentence each; nothing else is ever
//! printed.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program says on standard error what is wrong"
)]

mod arguments;
mod problem;
mod run;
mod several;
mod source;
mod stretches;
mod unpacked;

use std::process::ExitCode;

use arguments::Arguments;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|_| {
        eprintln!("Gyeol made a mistake of its own and has stopped; the file is unchanged.");
        std::process::exit(2);
    }));
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == "--help" || word == "-h") {
        println!("{}", arguments::USAGE);
        return ExitCode::SUCCESS;
    }
    match Arguments::parse(words.into_iter()).and_then(|arguments| run::run(&arguments)) {
        Ok(notes) => {
            for note in notes {
                eprintln!("{note}");
            }
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

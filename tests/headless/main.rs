//! The headless run and the page's engine, held against each other byte by byte.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    clippy::print_stderr,
    reason = "the headless run says on standard error what is wrong"
)]

#[path = "../../examples/headless/arguments.rs"]
mod arguments;
#[path = "../../examples/headless/problem.rs"]
mod problem;
#[path = "../../examples/headless/run.rs"]
mod run;
#[path = "../../examples/headless/several.rs"]
mod several;
#[path = "../../examples/headless/source.rs"]
mod source;
#[path = "../../examples/headless/stretches.rs"]
mod stretches;
#[path = "../../examples/headless/unpacked.rs"]
mod unpacked;

#[path = "../workbook/made.rs"]
mod made;

mod a_priori;
mod columns;
mod command_line;
mod contacts;
mod customers;
mod history;
mod later_file;
mod order_totals;
mod packed;
mod page;
mod prediction;
mod science;
mod several_files;
mod tools;
mod workbooks;

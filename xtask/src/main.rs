//! `cargo xtask <command>`: everything between plain cargo and the browser.
//!
//! Each command sets up what it needs, shows what it does, and ends a failure with one sentence and exit code 1.
//! Nothing here knows what the application does.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for the terminal

mod bench;
mod budget;
mod build;
mod build_name;
mod check;
mod licences;
mod problem;
mod run;
mod serve;
mod server;
mod setup;
mod site;
mod suites;
mod test;

use problem::Problem;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  serve [--release] [--port N] [--base /gyeol/]
                     build Gyeol, serve it on this machine and follow changes of the source
                     (--release: the optimised build, as it is published)
  build              the release build, in dist/
  test               check, native tests, release build, size budgets, browser tests
  journeys [name…]   the browser tests alone, on what is in dist/ (journeys several: tests/e2e/several.test.mjs)
  browsers [name…]   the main job in chromium, firefox and webkit, where they are installed, on what is in dist/
  check              format, lints (native and wasm), licences, size budgets of dist/
  bench              native benches, then the same in the browser
  bench --native-peers
                     the native program against Polars and pandas, 1 and 10 million rows, and its fit of
                     BG/NBD against lifetimes
  suites             how messy text files are read: csv-spectrum, csv-test-data, Pollock (needs GYEOL_CORPORA)

What a command needs (wasm target, trunk, wasm-bindgen, npm tools, Chromium) it sets up on first use.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match enter_root().and_then(|()| dispatch(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\ngyeol: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Problem> {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    match (command, rest) {
        ("serve", options) => serve::serve(&serve::Options::parse(options)?),
        ("build", []) => build::release().map(drop),
        ("test", []) => test::test(),
        ("journeys", names) => test::journeys(names),
        ("browsers", names) => test::browsers(names),
        ("check", []) => check::check(),
        ("bench", []) => bench::bench(),
        ("bench", [peers]) if peers == "--native-peers" => bench::native_peers(),
        ("suites", []) => suites::suites(),
        ("finish-site", []) => site::finish_from_environment(),
        ("help" | "--help" | "-h", _) => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(Problem::Arguments(arguments.join(" "))),
    }
}

/// All paths in this program are relative to the project's root. Cargo says where it is; Trunk starts programs there.
fn enter_root() -> Result<(), Problem> {
    let Some(own) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        return Ok(());
    };
    let root = PathBuf::from(own).join("..");
    std::env::set_current_dir(&root).map_err(Problem::file(&root))
}

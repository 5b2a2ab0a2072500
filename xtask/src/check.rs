//! What can be judged without running the application.

use crate::problem::Problem;
use crate::run::{cargo, run};
use crate::{budget, licences, setup};

/// Format, lints for this machine and for the browser, licences, sizes of the last release build.
pub(crate) fn check() -> Result<(), Problem> {
    source()?;
    budget::check_if_built()
}

/// The part of it that looks at the source alone.
pub(crate) fn source() -> Result<(), Problem> {
    setup::lint_tools()?;
    setup::wasm_target()?;
    run(cargo().args(["fmt", "--all", "--check"]), "Format")?;
    clippy(&["--workspace", "--all-targets"], "Lints, native")?;
    clippy(
        &["--lib", "--bins", "--target", "wasm32-unknown-unknown"],
        "Lints, wasm",
    )?;
    licences::check()
}

fn clippy(scope: &[&str], what: &str) -> Result<(), Problem> {
    let mut command = cargo();
    command
        .args(["clippy", "--quiet", "--locked"])
        .args(scope)
        .args(["--", "-D", "warnings"]);
    run(&mut command, what)
}

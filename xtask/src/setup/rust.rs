//! Parts of the Rust tool chain: the wasm target, rustfmt and clippy.

use crate::problem::Problem;
use crate::run::{cargo, output, run};
use std::path::Path;
use std::process::{Command, Stdio};

const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the browser can be compiled for.
pub(crate) fn wasm_target() -> Result<(), Problem> {
    let installed = output("rustc", &["--print", "sysroot"])
        .is_some_and(|sysroot| Path::new(&sysroot).join("lib/rustlib").join(WASM).exists());
    if installed {
        return Ok(());
    }
    rustup(&["target", "add", WASM], "Adding the wasm target")
}

/// Makes sure that rustfmt and clippy can be called.
pub(crate) fn lint_tools() -> Result<(), Problem> {
    for (verb, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let mut probe = cargo();
        probe
            .args([verb, "--version"])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if !probe.status().is_ok_and(|status| status.success()) {
            rustup(
                &["component", "add", component],
                "Adding a part of the tool chain",
            )?;
        }
    }
    Ok(())
}

fn rustup(arguments: &[&str], what: &str) -> Result<(), Problem> {
    if output("rustup", &["--version"]).is_none() {
        return Err(Problem::Missing {
            what: "The Rust target wasm32-unknown-unknown",
            remedy: "install Rust by rustup, or add that target to your own installation",
        });
    }
    run(Command::new("rustup").args(arguments), what)
}

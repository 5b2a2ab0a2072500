//! Runs other programs and says so. Their output goes straight to the terminal unless it is asked for.

use crate::problem::Problem;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Says what happens now.
pub(crate) fn step(text: &str) {
    println!("• {text}");
}

/// Runs a program to its end; `what` names it in a failure.
pub(crate) fn run(command: &mut Command, what: &str) -> Result<(), Problem> {
    step(what);
    let start = Instant::now();
    let status = command.status().map_err(|source| Problem::Start {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    })?;
    if !status.success() {
        return Err(Problem::Failed(what.to_owned()));
    }
    println!("  {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// What a program prints, or nothing where it is missing or fails.
pub(crate) fn output(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Where cargo puts what it builds.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from)
}

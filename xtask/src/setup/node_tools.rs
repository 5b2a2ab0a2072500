//! Node and the npm packages of package.json (wasm-opt, the browser driver, the accessibility checker): tools only, nothing ships.

use crate::problem::Problem;
use crate::run::{output, run};
use crate::site::hash_of;
use std::fs;
use std::path::Path;
use std::process::Command;

const OLDEST_NODE: u32 = 20;
const LOCK: &str = "package-lock.json";
const STAMP: &str = "node_modules/.gyeol-lock";

/// Installs the project's npm packages.
pub(crate) fn node_tools() -> Result<(), Problem> {
    node_tools_in(".")
}

/// Installs the npm packages of a folder when its package-lock.json is not the one they were installed from.
pub(crate) fn node_tools_in(folder: &str) -> Result<(), Problem> {
    node()?;
    let [lock, stamp] = [LOCK, STAMP].map(|name| Path::new(folder).join(name));
    let wanted = hash_of(&[&fs::read(&lock).map_err(Problem::file(&lock))?]);
    if fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == wanted) {
        return Ok(());
    }
    let mut install = Command::new(npm());
    install
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder);
    let what = format!("Installing the npm tools in {}", lock.display());
    run(&mut install, &what)?;
    fs::write(&stamp, wanted).map_err(Problem::file(&stamp))
}

/// Node, new enough.
pub(crate) fn node() -> Result<Command, Problem> {
    let version = output("node", &["--version"]);
    let major = version.as_deref().and_then(major_of);
    if major.is_some_and(|major| major >= OLDEST_NODE) && output(npm(), &["--version"]).is_some() {
        return Ok(Command::new("node"));
    }
    Err(Problem::Missing {
        what: "Node.js 20 or newer, with npm",
        remedy: "install it from your system's packages or from nodejs.org",
    })
}

fn major_of(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

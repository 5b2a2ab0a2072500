//! The whole proof: source, native tests, release build, sizes, and the built page in a real browser.

use crate::build::{self, DIST};
use crate::problem::Problem;
use crate::run::{cargo, run, step};
use crate::server::{Site, bind};
use crate::{check, setup};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const JOURNEYS: &str = "tests/e2e";
const OTHER_BROWSERS: &str = "tests/other_browsers";
const BASE: &str = "/gyeol/"; // a sub-path, so that no address can be absolute by accident

/// Runs everything; the last lines are the browser tests' own.
pub(crate) fn test() -> Result<(), Problem> {
    check::source()?;
    let mut native = cargo();
    native
        .args(["test", "--workspace", "--locked"])
        .env("INSTA_UPDATE", "no");
    run(&mut native, "Native tests")?;
    let sizes = build::release()?;
    journeys(&[])?;
    sizes.hold()
}

/// The browser tests on the site that is in `dist/`: those whose file names are given (`several`), or all.
pub(crate) fn journeys(names: &[String]) -> Result<(), Problem> {
    let mut files = journey_files(Path::new(JOURNEYS))?;
    let is_named = |file: &PathBuf| {
        let stem = file.file_name().unwrap_or_default().to_string_lossy();
        names.iter().any(|name| *stem == format!("{name}.test.mjs"))
    };
    files.retain(|file| names.is_empty() || is_named(file));
    if files.is_empty() {
        step("Browser tests: there are none in tests/e2e/");
        return Ok(());
    }
    let mut command = with_site(setup::node()?)?;
    run(command.arg("--test").args(files), "Browser tests")
}

/// The main job in the browsers of these names, or in all that are installed; one that is not is said to be missing.
pub(crate) fn browsers(names: &[String]) -> Result<(), Problem> {
    setup::node_tools_in(OTHER_BROWSERS)?;
    let mut command = with_site(setup::node()?)?;
    let program = Path::new(OTHER_BROWSERS).join("run.mjs");
    run(command.arg(program).args(names), "Other browsers")
}

/// Serves `dist/` and tells a Node program where it is: `GYEOL_URL`, `GYEOL_DIST`, `GYEOL_CHROMIUM`.
pub(crate) fn with_site(mut node: Command) -> Result<Command, Problem> {
    setup::node_tools()?;
    let chromium = setup::chromium()?;
    let dist = std::path::absolute(DIST).map_err(Problem::file(DIST))?;
    let listener = bind(0)?;
    let port = listener
        .local_addr()
        .map_err(|source| Problem::Port { port: 0, source })?
        .port();
    let site = Site::new(&dist, BASE);
    std::thread::spawn(move || site.answer(&listener));
    node.env("GYEOL_URL", format!("http://127.0.0.1:{port}{BASE}"));
    node.env("GYEOL_DIST", dist).env("GYEOL_CHROMIUM", chromium);
    Ok(node)
}

fn journey_files(dir: &Path) -> Result<Vec<PathBuf>, Problem> {
    if !dir.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(dir).map_err(Problem::file(dir))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = paths
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    Ok(files)
}

//! Speed, natively and in the browser. Nothing here passes or fails.

use crate::build;
use crate::problem::Problem;
use crate::run::{cargo, output, run, step, target_dir};
use crate::setup;
use crate::test::with_site;
use std::path::{Path, PathBuf};
use std::process::Command;

const BROWSER: &str = "benches/browser/run.mjs";
const GENERATE: &str = "import('./benches/browser/generate.mjs').then(({ ordersFile }) => ordersFile(process.argv[1], Number(process.argv[2])))";
const PEERS: &str = "benches/native/peers.py";
const FITS: &str = "benches/native/fits.py";
/// The sample of CDNOW, which the fits are published for.
const CDNOW: &str = "public/samples/cdnow.csv";
/// Rows of the order files that the native program and its peers read.
const N_ROWS: [&str; 2] = ["1000000", "10000000"];

/// Criterion first, then the release build in Chromium.
pub(crate) fn bench() -> Result<(), Problem> {
    run(cargo().args(["bench", "--locked"]), "Native benches")?;
    if !Path::new(BROWSER).exists() {
        step("Browser benches: there are none in benches/browser/");
        return Ok(());
    }
    let _ = build::release()?;
    run(with_site(setup::node()?)?.arg(BROWSER), "Browser benches")
}

/// The native program against Polars and pandas, and its fit of BG/NBD against lifetimes: whatever of them a Python named
/// by `GYEOL_PYTHON` or `python3` has.
pub(crate) fn native_peers() -> Result<(), Problem> {
    let python = std::env::var("GYEOL_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = |modules: &str| output(&python, &["-c", &format!("import {modules}")]).is_some();
    let (has_frames, has_lifetimes) = (has("polars, pandas, pyarrow"), has("lifetimes"));
    if !has_frames && !has_lifetimes {
        return Err(Problem::Missing {
            what: "a Python with polars, pandas and pyarrow, or with lifetimes",
            remedy: "make one (`python3 -m venv DIR`, `DIR/bin/pip install polars pandas pyarrow lifetimes`) and name it in GYEOL_PYTHON",
        });
    }
    match has_lifetimes {
        true => fits(&python)?,
        false => step("The fit of BG/NBD is left out: Python has no lifetimes"),
    }
    match has_frames {
        true => frames(&python),
        false => {
            step("The order files are left out: Python has no polars, pandas and pyarrow");
            Ok(())
        }
    }
}

/// A native program of ours, built for speed.
fn program(name: &str) -> Result<PathBuf, Problem> {
    let profile = [
        "build",
        "--quiet",
        "--locked",
        "--profile",
        "engine",
        "--example",
        name,
    ];
    run(cargo().args(profile), "The native program")?;
    Ok(target_dir().join("engine/examples").join(name))
}

fn fits(python: &str) -> Result<(), Problem> {
    let program = program("fit")?;
    let mut peers = Command::new(python);
    peers.arg(FITS).arg("--gyeol").arg(program);
    run(peers.args(["--cdnow", CDNOW]), "Gyeol and lifetimes")
}

fn frames(python: &str) -> Result<(), Problem> {
    let program = program("headless")?;
    let mut files = Vec::new();
    for n_rows in N_ROWS {
        let path = target_dir().join(format!("peers-{n_rows}.csv"));
        let mut generate = setup::node()?;
        generate.args(["--eval", GENERATE]).arg(&path).arg(n_rows);
        run(&mut generate, &format!("{n_rows} rows of orders"))?;
        files.push(path);
    }
    let mut peers = Command::new(python);
    peers.arg(PEERS).arg("--gyeol").arg(program).args(files);
    run(&mut peers, "Gyeol, Polars and pandas")
}

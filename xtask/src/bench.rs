//! Speed, natively and in the browser. Nothing here passes or fails.

use crate::build;
use crate::problem::Problem;
use crate::run::{cargo, output, run, step, target_dir};
use crate::setup;
use crate::test::with_site;
use std::path::Path;
use std::process::Command;

const BROWSER: &str = "benches/browser/run.mjs";
const GENERATE: &str = "import('./benches/browser/generate.mjs').then(({ ordersFile }) => ordersFile(process.argv[1], Number(process.argv[2])))";
const PEERS: &str = "benches/native/peers.py";
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

/// The native program against Polars and pandas, which a Python named by `GYEOL_PYTHON` or `python3` must have.
pub(crate) fn native_peers() -> Result<(), Problem> {
    let python = std::env::var("GYEOL_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if output(&python, &["-c", "import polars, pandas, pyarrow"]).is_none() {
        return Err(Problem::Missing {
            what: "a Python with polars, pandas and pyarrow",
            remedy: "make one (`python3 -m venv DIR`, `DIR/bin/pip install polars pandas pyarrow`) and name it in GYEOL_PYTHON",
        });
    }
    let profile = [
        "build",
        "--quiet",
        "--locked",
        "--profile",
        "engine",
        "--example",
        "headless",
    ];
    run(cargo().args(profile), "The native program")?;
    let mut files = Vec::new();
    for n_rows in N_ROWS {
        let path = target_dir().join(format!("peers-{n_rows}.csv"));
        let mut generate = setup::node()?;
        generate.args(["--eval", GENERATE]).arg(&path).arg(n_rows);
        run(&mut generate, &format!("{n_rows} rows of orders"))?;
        files.push(path);
    }
    let mut peers = Command::new(python);
    peers
        .arg(PEERS)
        .arg("--gyeol")
        .arg(target_dir().join("engine/examples/headless"))
        .args(files);
    run(&mut peers, "Gyeol, Polars and pandas")
}

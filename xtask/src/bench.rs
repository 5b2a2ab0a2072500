//! Speed, natively and in the browser. Nothing here passes or fails.

use crate::build;
use crate::problem::Problem;
use crate::run::{cargo, run, step};
use crate::setup;
use crate::test::with_site;
use std::path::Path;

const BROWSER: &str = "benches/browser/run.mjs";

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

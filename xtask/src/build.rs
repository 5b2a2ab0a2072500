//! The release build: Trunk compiles page and engine into `dist/`; its last step calls `site::finish_from_environment`.

use crate::budget::{self, Verdict};
use crate::problem::Problem;
use crate::run::run;
use crate::setup::Trunk;

/// Where the release build goes.
pub(crate) const DIST: &str = "dist";

/// Builds the site as it is published and shows its sizes; whether they may be so is for the caller to say.
pub(crate) fn release() -> Result<Verdict, Problem> {
    let trunk = Trunk::for_release()?;
    run(
        trunk.command("build").args(["--release", "--dist", DIST]),
        "Building Gyeol into dist/",
    )?;
    budget::report()
}

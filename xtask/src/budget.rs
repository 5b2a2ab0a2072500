//! How many bytes a first visit costs, as brotli sends them, and how many it may cost.

use crate::build::DIST;
use crate::problem::Problem;
use crate::run::step;
use crate::setup::node;
use crate::site::{is_loaded_later, published};
use std::path::Path;

/// One sum of file sizes, its limit, and the goal that the limit is lowered towards, in bytes.
/// A limit stands just above what the last release needed, and goes up only with what people get for it.
struct Budget {
    name: &'static str,
    limit: u64,
    goal: u64,
    counts: fn(&str) -> bool,
}

const BUDGETS: [Budget; 4] = [
    Budget {
        name: "page (wasm + js)",
        limit: 584_000,
        goal: 200_000,
        counts: |file| file.starts_with("app-") && is_code(file),
    },
    Budget {
        name: "engine (wasm + js)",
        limit: 808_000,
        goal: 250_000,
        counts: |file| file.starts_with("engine-") && is_code(file),
    },
    Budget {
        name: "reader of workbooks (wasm + js), with the first workbook only",
        limit: 350_000,
        goal: 350_000,
        counts: is_loaded_later,
    },
    Budget {
        name: "first visit, all files",
        limit: 1_442_000,
        goal: 400_000,
        counts: |file| !is_loaded_later(file),
    },
];

/// Shows the sizes of `dist/` and names those over their budget.
pub(crate) fn report() -> Result<Verdict, Problem> {
    let sizes = brotli_sizes()?;
    let mut over = Vec::new();
    for budget in BUDGETS {
        let sum = budget.sum(&sizes);
        let line = format!(
            "{}: {} of {} KB, goal {} KB",
            budget.name,
            sum.div_ceil(1000),
            budget.limit / 1000,
            budget.goal / 1000
        );
        step(&line);
        if sum > budget.limit {
            over.push(line);
        }
    }
    Ok(Verdict { over })
}

/// Holds the budgets where there is a release build; says so where there is none.
pub(crate) fn check_if_built() -> Result<(), Problem> {
    if Path::new(DIST).join("index.html").exists() {
        return report()?.hold();
    }
    step("Size budgets: not looked at, `cargo xtask build` has not been run");
    Ok(())
}

/// What is over its budget.
#[must_use]
pub(crate) struct Verdict {
    over: Vec<String>,
}

impl Verdict {
    /// Fails where something is over its budget.
    pub(crate) fn hold(self) -> Result<(), Problem> {
        if self.over.is_empty() {
            return Ok(());
        }
        Err(Problem::OverBudget(self.over.join("; ")))
    }
}

impl Budget {
    fn sum(&self, sizes: &[(String, u64)]) -> u64 {
        let counted = sizes.iter().filter(|(file, _)| (self.counts)(file));
        counted.map(|(_, size)| size).sum()
    }
}

fn brotli_sizes() -> Result<Vec<(String, u64)>, Problem> {
    let names = published(Path::new(DIST))?;
    let mut measure = node()?;
    measure
        .arg("xtask/web/brotli.mjs")
        .args(names.iter().map(|name| Path::new(DIST).join(name)));
    let output = measure.output().map_err(|source| Problem::Start {
        program: "node".to_owned(),
        source,
    })?;
    let text = String::from_utf8_lossy(&output.stdout);
    let sizes: Vec<u64> = text.lines().filter_map(|line| line.parse().ok()).collect();
    if sizes.len() != names.len() {
        return Err(Problem::Failed("Measuring the files of dist/".to_owned()));
    }
    Ok(names.into_iter().zip(sizes).collect())
}

fn is_code(file: &str) -> bool {
    file.ends_with(".js") || file.ends_with(".wasm")
}

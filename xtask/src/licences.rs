//! Are all dependencies under a licence that a free program may ship? Works without a network; `deny.toml` says the same to cargo-deny.

use crate::problem::Problem;
use crate::run::{cargo, step};
use serde_json::Value;

/// Licences without obligations beyond naming their authors, by SPDX name.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Reads the licence of every crate in Cargo.lock.
pub(crate) fn check() -> Result<(), Problem> {
    step("Licences of all dependencies");
    let failed = || Problem::Failed("Reading the dependencies' licences".to_owned());
    let output = cargo()
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()
        .map_err(|_| failed())?;
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|_| failed())?;
    let packages = metadata["packages"].as_array().ok_or_else(failed)?;
    let refused: Vec<String> = packages.iter().filter_map(refusal).collect();
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Problem::Licences(refused.join(", ")))
    }
}

fn refusal(package: &Value) -> Option<String> {
    let licence = package["license"].as_str().unwrap_or("none named");
    (!allows(licence)).then(|| format!("{} ({licence})", package["name"].as_str().unwrap_or("?")))
}

/// Evaluates an SPDX expression: one side of each `OR` and both of each `AND` must be on the list.
fn allows(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest) == Some(true) && rest.is_empty()
}

fn either(rest: &mut &[&str]) -> Option<bool> {
    let mut good = both(rest)?;
    while take(rest, "OR") {
        good |= both(rest)?;
    }
    Some(good)
}

fn both(rest: &mut &[&str]) -> Option<bool> {
    let mut good = one(rest)?;
    while take(rest, "AND") {
        good &= one(rest)?;
    }
    Some(good)
}

fn one(rest: &mut &[&str]) -> Option<bool> {
    if take(rest, "(") {
        let good = either(rest)?;
        return take(rest, ")").then_some(good);
    }
    let mut name = next(rest)?.to_owned();
    if take(rest, "WITH") {
        name = format!("{name} WITH {}", next(rest)?);
    }
    Some(ALLOWED.contains(&name.as_str()))
}

fn take(rest: &mut &[&str], word: &str) -> bool {
    let found = rest.first() == Some(&word);
    if found {
        *rest = &rest[1..];
    }
    found
}

fn next<'a>(rest: &mut &[&'a str]) -> Option<&'a str> {
    let (first, others) = rest.split_first()?;
    *rest = others;
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::allows;

    #[test]
    fn one_allowed_side_of_an_or_and_both_of_an_and_are_enough() {
        for good in [
            "MIT",
            "MIT OR GPL-3.0",
            "MIT/Apache-2.0",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
        ] {
            assert!(allows(good), "{good}");
        }
        for good in [
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
            "Unlicense OR MIT",
        ] {
            assert!(allows(good), "{good}");
        }
    }

    #[test]
    fn what_is_not_on_the_list_or_not_an_expression_is_refused() {
        for bad in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "none named",
            "",
            "(MIT",
            "MIT OR",
            "GPL-2.0 WITH MIT",
        ] {
            assert!(!allows(bad), "{bad}");
        }
    }
}

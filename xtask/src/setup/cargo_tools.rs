//! Trunk and the wasm-bindgen command, from the crate registry. A right version on the machine is used, whoever installed it;
//! otherwise it is built once into the user's cache, in a folder named by version.

use crate::problem::Problem;
use crate::run::{cargo, output, run, step};
use std::path::{Path, PathBuf};

const TRUNK: &str = "0.21.14";

/// Trunk of the 0.21 series: the last that Rust 1.95 can build.
pub(crate) fn trunk() -> Result<PathBuf, Problem> {
    tool("trunk", "trunk", TRUNK, |found| found.starts_with("0.21."))
}

/// The wasm-bindgen command, equal to the crate in Cargo.lock.
pub(crate) fn wasm_bindgen() -> Result<PathBuf, Problem> {
    let lock = std::fs::read_to_string("Cargo.lock").map_err(Problem::file("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or_else(|| Problem::Form {
        path: "Cargo.lock".into(),
        rule: "it names no wasm-bindgen",
    })?;
    tool("wasm-bindgen", "wasm-bindgen-cli", version, |found| {
        found == version
    })
}

fn tool(
    program: &str,
    package: &str,
    version: &str,
    fits: impl Fn(&str) -> bool,
) -> Result<PathBuf, Problem> {
    let root = cache_dir()?
        .join("tools")
        .join(format!("{package}-{version}"));
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let cached = root.join("bin").join(&file);
    let homes = [cached.clone(), cargo_home().join("bin").join(&file)];
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let everywhere = homes
        .into_iter()
        .chain(std::env::split_paths(&on_path).map(|dir| dir.join(&file)));
    for candidate in everywhere {
        if candidate.is_file() && version_of(&candidate).is_some_and(|found| fits(&found)) {
            return Ok(candidate);
        }
    }
    install(package, version, &root)?;
    Ok(cached)
}

fn install(package: &str, version: &str, root: &Path) -> Result<(), Problem> {
    step(&format!(
        "{package} {version} is not on this machine; building it takes some minutes, once"
    ));
    let mut command = cargo();
    command
        .args([
            "install",
            "--locked",
            package,
            "--version",
            version,
            "--root",
        ])
        .arg(root);
    command.env_remove("CARGO_TARGET_DIR");
    run(&mut command, &format!("Installing {package} {version}"))
}

/// The second word of `<program> --version`.
fn version_of(program: &Path) -> Option<String> {
    output(program, &["--version"])?
        .split_whitespace()
        .nth(1)
        .map(str::to_owned)
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

/// Where cargo keeps what it downloads and installs.
pub(super) fn cargo_home() -> PathBuf {
    std::env::var_os("CARGO_HOME")
        .map_or_else(|| home().unwrap_or_default().join(".cargo"), PathBuf::from)
}

/// This project's folder in the user's cache, by the habits of the platform.
fn cache_dir() -> Result<PathBuf, Problem> {
    let base = if let Some(dir) = std::env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()) {
        Some(PathBuf::from(dir))
    } else if cfg!(windows) {
        std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Caches"))
    } else {
        home().map(|home| home.join(".cache"))
    };
    base.map(|base| base.join("gyeol")).ok_or(Problem::Missing {
        what: "A home folder",
        remedy: "set HOME or XDG_CACHE_HOME to a folder that can be written to",
    })
}

fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_locked_version_is_that_of_the_exact_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}

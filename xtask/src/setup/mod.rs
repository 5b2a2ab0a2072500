//! What must be on the machine before a command can start. Each part is looked for first and set up only when missing.

mod cargo_tools;
mod chromium;
mod node_tools;
mod rust;

pub(crate) use chromium::chromium;
pub(crate) use node_tools::{node, node_tools, node_tools_in};
pub(crate) use rust::{lint_tools, wasm_target};

use crate::build_name::build_name;
use crate::problem::Problem;
use crate::run::{cargo, run};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Trunk with everything it calls, this program included: the last step of each build.
#[derive(Debug)]
pub(crate) struct Trunk {
    program: PathBuf,
    search_path: OsString,
    rustflags: Option<String>,
    build_name: Option<String>,
}

impl Trunk {
    /// What a development build needs.
    pub(crate) fn for_development() -> Result<Self, Problem> {
        Self::with_folders(Vec::new())
    }

    /// What a release build needs: also wasm-opt, from npm.
    pub(crate) fn for_release() -> Result<Self, Problem> {
        node_tools()?;
        let absolute =
            std::path::absolute("node_modules/.bin").map_err(Problem::file("node_modules/.bin"))?;
        let trunk = Self::with_folders(vec![absolute])?;
        Ok(Self {
            rustflags: Some(release_flags()?),
            build_name: Some(build_name()?),
            ..trunk
        })
    }

    fn with_folders(mut folders: Vec<PathBuf>) -> Result<Self, Problem> {
        wasm_target()?;
        let program = cargo_tools::trunk()?;
        folders.extend(cargo_tools::wasm_bindgen()?.parent().map(PathBuf::from));
        folders.extend(
            std::env::current_exe()
                .ok()
                .as_deref()
                .and_then(Path::parent)
                .map(PathBuf::from),
        );
        folders.extend(std::env::split_paths(
            &std::env::var_os("PATH").unwrap_or_default(),
        ));
        let search_path = std::env::join_paths(folders).unwrap_or_default();
        run(
            cargo().args(["fetch", "--quiet", "--locked"]),
            "Fetching the crates in Cargo.lock",
        )?;
        Ok(Self {
            program,
            search_path,
            rustflags: None,
            build_name: None,
        })
    }

    /// Trunk on this project, unable to download anything.
    pub(crate) fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(verb).arg("--offline");
        command.env("PATH", &self.search_path);
        command.env_remove("NO_COLOR"); // Trunk wants `true` there, the rest of the world `1`.
        if let Some(name) = &self.build_name {
            command.env("GYEOL_BUILD", name); // read by `option_env!` in src/protocol.rs alone
        }
        if let Some(flags) = &self.rustflags {
            command.env("CARGO_ENCODED_RUSTFLAGS", flags);
        }
        command
    }
}

/// The flags of `.cargo/config.toml`, which these replace, and no folder of this machine in the published files.
fn release_flags() -> Result<String, Problem> {
    let root = std::path::absolute(".").map_err(Problem::file("."))?;
    let flags = [
        "-Ctarget-feature=+simd128".to_owned(),
        "-Cllvm-args=-inline-threshold=20".to_owned(),
        format!(
            "--remap-path-prefix={}=cargo",
            cargo_tools::cargo_home().display()
        ),
        format!("--remap-path-prefix={}=gyeol", root.display()),
    ];
    Ok(flags.join("\x1f"))
}

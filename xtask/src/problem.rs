//! What can go wrong, each as one sentence that says what to do.

use std::io;
use std::path::{Path, PathBuf};

/// A reason to stop.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// The command line was not understood.
    #[error("`cargo xtask {0}` is not a command; `cargo xtask help` lists them.")]
    Arguments(String),
    /// Something must be installed by a person.
    #[error("{what} is missing: {remedy}.")]
    Missing {
        what: &'static str,
        remedy: &'static str,
    },
    /// A program ran and reported a failure; its own words stand above.
    #[error("{0} failed; the reason stands above.")]
    Failed(String),
    /// A program could not be started.
    #[error("{program} could not be started: {source}.")]
    Start { program: String, source: io::Error },
    /// A file could not be read or written.
    #[error("{path}: {source}.")]
    File { path: PathBuf, source: io::Error },
    /// The port is taken or forbidden.
    #[error("port {port} cannot be used ({source}); choose another with `--port`.")]
    Port { port: u16, source: io::Error },
    /// A file has not the form that the build relies on.
    #[error("{path} is not as the build expects it: {rule}.")]
    Form { path: PathBuf, rule: &'static str },
    /// Dependencies under licences outside the list.
    #[error("licences that are not on the list in xtask/src/licences.rs: {0}.")]
    Licences(String),
    /// The site has grown over its budget.
    #[error("over the size budget: {0}.")]
    OverBudget(String),
}

impl Problem {
    /// Names the file that an input or output error belongs to.
    pub(crate) fn file(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File {
            path: path.as_ref().to_path_buf(),
            source,
        }
    }
}

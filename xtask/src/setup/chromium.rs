//! A Chromium-like browser of the system: named by `GYEOL_CHROMIUM`, found in its usual places, or installed by apt for root.

use crate::problem::Problem;
use crate::run::{output, run};
use std::path::PathBuf;
use std::process::Command;

const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge",
    "chrome",
];
const MAC_PLACES: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const WINDOWS_FOLDERS: [&str; 3] = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];
const WINDOWS_PLACES: [&str; 3] = [
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
];

/// The browser for tests and benches.
pub(crate) fn chromium() -> Result<PathBuf, Problem> {
    if let Some(named) = std::env::var_os("GYEOL_CHROMIUM") {
        let path = PathBuf::from(named);
        return if path.is_file() {
            Ok(path)
        } else {
            Err(MISSING)
        };
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    install_by_apt()?;
    find().ok_or(MISSING)
}

const MISSING: Problem = Problem::Missing {
    what: "Chromium (or Chrome, or Edge)",
    remedy: "install it, or set GYEOL_CHROMIUM to the path of its program",
};

fn find() -> Option<PathBuf> {
    places().into_iter().find(|place| place.is_file())
}

fn places() -> Vec<PathBuf> {
    if cfg!(target_os = "macos") {
        return MAC_PLACES.map(PathBuf::from).into();
    }
    if cfg!(windows) {
        let folders = WINDOWS_FOLDERS
            .into_iter()
            .filter_map(std::env::var_os)
            .map(PathBuf::from);
        return folders
            .flat_map(|folder| WINDOWS_PLACES.map(|place| folder.join(place)))
            .collect();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path)
        .chain(["/snap/bin".into()])
        .collect();
    NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .collect()
}

/// Only where it may be done without asking: as root, with apt. The font lets screenshots show Hangul.
fn install_by_apt() -> Result<(), Problem> {
    let root = output("id", &["-u"]).as_deref() == Some("0");
    if !root || output("apt-get", &["--version"]).is_none() {
        return Err(MISSING);
    }
    run(
        Command::new("apt-get").args(["update", "-qq"]),
        "Asking apt for its package lists",
    )?;
    let mut install = Command::new("apt-get");
    install.args([
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        "chromium",
        "fonts-noto-cjk",
    ]);
    run(
        install.env("DEBIAN_FRONTEND", "noninteractive"),
        "Installing chromium and fonts-noto-cjk by apt",
    )
}

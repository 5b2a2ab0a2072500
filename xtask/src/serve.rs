//! Gyeol on this machine. Development follows the source: Trunk rebuilds on every change and the page is reloaded by hand,
//! since its policy lets no script in that would do it.

use crate::build::{self, DIST};
use crate::problem::Problem;
use crate::run::{step, target_dir};
use crate::server::{Site, bind};
use crate::setup::Trunk;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::Duration;

/// What can be chosen on the command line.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    release: bool,
    port: u16,
    base: String,
}

impl Options {
    /// Reads `--release`, `--port N`, `--base /path/`.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, Problem> {
        let wrong = || Problem::Arguments(format!("serve {}", arguments.join(" ")));
        let mut options = Self {
            release: false,
            port: 8080,
            base: "/".to_owned(),
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--release" => options.release = true,
                "--port" => options.port = port(rest.next()).ok_or_else(wrong)?,
                "--base" => options.base = base(rest.next()).ok_or_else(wrong)?,
                _ => return Err(wrong()),
            }
        }
        Ok(options)
    }
}

/// Builds, serves and prints the address; ends when it is interrupted.
pub(crate) fn serve(options: &Options) -> Result<(), Problem> {
    let listener = bind(options.port)?;
    if options.release {
        let _ = build::release()?;
        announce(&listener, options);
        Site::new(DIST, &options.base).answer(&listener);
        return Ok(());
    }
    follow(listener, options)
}

fn follow(listener: TcpListener, options: &Options) -> Result<(), Problem> {
    let trunk = Trunk::for_development()?;
    let dir = target_dir().join("site");
    if dir.exists() {
        fs::remove_dir_all(&dir).map_err(Problem::file(&dir))?;
    }
    fs::create_dir_all(&dir).map_err(Problem::file(&dir))?;
    step("Building Gyeol; the first time takes some minutes");
    let mut command = trunk.command("watch");
    let mut watcher = command
        .arg("--dist")
        .arg(&dir)
        .spawn()
        .map_err(|source| Problem::Start {
            program: "trunk".to_owned(),
            source,
        })?;
    wait_for(&dir.join("index.html"), &mut watcher)?;
    announce(&listener, options);
    println!("  Trunk rebuilds when the source changes; reload the page to see it.");
    let site = Site::new(&dir, &options.base);
    std::thread::spawn(move || site.answer(&listener));
    let ended = watcher.wait();
    Err(ended.map_or_else(
        |source| Problem::Start {
            program: "trunk".to_owned(),
            source,
        },
        |_| stopped(),
    ))
}

fn wait_for(file: &Path, watcher: &mut Child) -> Result<(), Problem> {
    while !file.exists() {
        if watcher.try_wait().is_ok_and(|status| status.is_some()) {
            return Err(stopped());
        }
        sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn stopped() -> Problem {
    Problem::Failed("Building Gyeol".to_owned())
}

fn announce(listener: &TcpListener, options: &Options) {
    let port = listener
        .local_addr()
        .map_or(options.port, |address| address.port());
    println!(
        "\n  Gyeol is at  http://127.0.0.1:{port}{}   (Ctrl+C ends it)\n",
        options.base
    );
}

fn port(argument: Option<&String>) -> Option<u16> {
    argument?.parse().ok()
}

/// A path with a slash at both ends.
fn base(argument: Option<&String>) -> Option<String> {
    let inner = argument?.trim_matches('/');
    let plain = inner
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    match (plain, inner) {
        (false, _) => None,
        (true, "") => Some("/".to_owned()),
        (true, inner) => Some(format!("/{inner}/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Option<(bool, u16, String)> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let options = Options::parse(&arguments).ok()?;
        Some((options.release, options.port, options.base))
    }

    #[test]
    fn options_have_defaults_and_refuse_what_they_do_not_know() {
        assert_eq!(parse(""), Some((false, 8080, "/".to_owned())));
        assert_eq!(
            parse("--release --port 9000 --base gyeol"),
            Some((true, 9000, "/gyeol/".to_owned()))
        );
        assert_eq!(parse("--port many"), None);
        assert_eq!(parse("--base"), None);
        assert_eq!(parse("--watch"), None);
    }
}

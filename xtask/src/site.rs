//! The last step of a build, called by Trunk on its staged files: names by content, one version for the whole site, the service worker.
//!
//! Invariant: a file whose content may change under the same address is only ever index.html, sw.js, the icon, the manifest or a sample,
//! so a host that publishes file by file can never mix two versions of the code.

use crate::problem::Problem;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The files that Trunk does not name by content, and what they are called after it.
const RENAMED: [(&str, &str, &str); 6] = [
    ("boot.js", "boot", "js"),
    ("unsupported.js", "unsupported", "js"),
    ("worker.js", "engine", "js"),
    ("worker_bg.wasm", "engine", "wasm"),
    ("workbook.js", "workbook", "js"),
    ("workbook_bg.wasm", "workbook", "wasm"),
];

/// The workers' scripts: each is started from a blob.
const WORKERS: [&str; 2] = ["worker.js", "workbook.js"];
const INDEX: &str = "index.html";
const SERVICE_WORKER: &str = "sw.js";
const UNNAMED_BUILD: &str = "data-build=\"development\"";

/// Finishes the site in the folder that Trunk names in its hook's environment.
pub(crate) fn finish_from_environment() -> Result<(), Problem> {
    let staged = std::env::var_os("TRUNK_STAGING_DIR").ok_or(Problem::Missing {
        what: "TRUNK_STAGING_DIR",
        remedy: "`finish-site` is called by Trunk; use `cargo xtask build`",
    })?;
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    finish(Path::new(&staged), release)
}

fn finish(dir: &Path, release: bool) -> Result<(), Problem> {
    let mut index = read_text(&dir.join(INDEX))?;
    for glue in WORKERS {
        stands_alone(&dir.join(glue))?;
    }
    for (name, stem, extension) in RENAMED {
        let path = dir.join(name);
        let bytes = fs::read(&path).map_err(Problem::file(&path))?;
        let hashed = format!("{stem}-{}.{extension}", hash_of(&[&bytes]));
        fs::rename(&path, dir.join(&hashed)).map_err(Problem::file(&path))?;
        index = replaced(&index, &format!("\"./{name}\""), &format!("\"./{hashed}\""))?;
    }
    let version = version_of(dir, &index)?;
    let offline = if release {
        " data-service-worker=\"./sw.js\""
    } else {
        ""
    };
    index = replaced(
        &index,
        UNNAMED_BUILD,
        &format!("data-build=\"{version}\"{offline}"),
    )?;
    write(&dir.join(INDEX), &index)?;
    write(
        &dir.join(SERVICE_WORKER),
        &service_worker(dir, &version, release)?,
    )
}

/// A worker is started from a blob, where a relative import has nothing to be relative to.
fn stands_alone(glue: &Path) -> Result<(), Problem> {
    if read_text(glue)?
        .lines()
        .any(|line| line.starts_with("import "))
    {
        return Err(Problem::Form {
            path: glue.into(),
            rule: "a worker's script may import nothing",
        });
    }
    Ok(())
}

fn replaced(index: &str, from: &str, to: &str) -> Result<String, Problem> {
    if !index.contains(from) {
        return Err(Problem::Form {
            path: INDEX.into(),
            rule: "it names every script that is renamed, as \"./name\"",
        });
    }
    Ok(index.replace(from, to))
}

/// One name for the content of the whole site, whatever the machine it was built on calls its folders.
fn version_of(dir: &Path, index: &str) -> Result<String, Problem> {
    let mut parts = vec![index.as_bytes().to_vec()];
    for name in published(dir)? {
        let path = dir.join(&name);
        parts.push(name.clone().into_bytes());
        if name != INDEX {
            parts.push(fs::read(&path).map_err(Problem::file(&path))?);
        }
    }
    Ok(hash_of(
        &parts.iter().map(Vec::as_slice).collect::<Vec<_>>(),
    ))
}

fn service_worker(dir: &Path, version: &str, release: bool) -> Result<String, Problem> {
    if !release {
        return Ok(include_str!("../web/sw_off.js").to_owned());
    }
    let (later, first): (Vec<_>, Vec<_>) = published(dir)?
        .into_iter()
        .partition(|name| is_loaded_later(name));
    Ok(include_str!("../web/sw.js")
        .replace("{{version}}", version)
        .replace("{{files}}", &addresses(&first))
        .replace("{{workbook}}", &addresses(&later)))
}

fn addresses(names: &[String]) -> String {
    let address = |name: &String| match name.as_str() {
        INDEX => "./".to_owned(),
        name => format!("./{name}"),
    };
    serde_json::Value::from(names.iter().map(address).collect::<Vec<_>>()).to_string()
}

/// Whether a published file is no part of a first visit: the reader of workbooks comes with the first workbook.
pub(crate) fn is_loaded_later(name: &str) -> bool {
    name.starts_with("workbook-")
}

/// What a browser may ask for, by name in a fixed order: all files but the service worker and those for hosts and readers.
pub(crate) fn published(dir: &Path) -> Result<Vec<String>, Problem> {
    let mut names = Vec::new();
    collect(dir, "", &mut names)?;
    names
        .retain(|name| name != SERVICE_WORKER && !name.starts_with('_') && !name.ends_with(".txt"));
    names.sort();
    Ok(names)
}

fn collect(dir: &Path, prefix: &str, names: &mut Vec<String>) -> Result<(), Problem> {
    for entry in fs::read_dir(dir).map_err(Problem::file(dir))? {
        let path = entry.map_err(Problem::file(dir))?.path();
        let own = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{own}/"), names)?;
        } else {
            names.push(format!("{prefix}{own}"));
        }
    }
    Ok(())
}

/// The first 16 hexadecimal digits of SHA-256 over the parts and their lengths.
pub(crate) fn hash_of(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn read_text(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(Problem::file(path))
}

fn write(path: &PathBuf, text: &str) -> Result<(), Problem> {
    fs::write(path, text).map_err(Problem::file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGED: &str = r#"<script nomodule src="./unsupported.js"></script><script src="./boot.js" data-engine="./worker.js" data-engine-wasm="./worker_bg.wasm" data-workbook="./workbook.js" data-workbook-wasm="./workbook_bg.wasm" data-build="development"></script>"#;

    fn staged(name: &str, glue: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("gyeol-site-{name}-{}", std::process::id()));
        fs::create_dir_all(dir.join("samples")).unwrap();
        for (file, content) in [
            ("index.html", STAGED),
            ("worker.js", glue),
            ("workbook.js", "let w;"),
            ("samples/a.csv", "x"),
            ("samples/a.txt", "x"),
        ] {
            fs::write(dir.join(file), content).unwrap();
        }
        for file in [
            "boot.js",
            "unsupported.js",
            "worker_bg.wasm",
            "workbook_bg.wasm",
            "_headers",
        ] {
            fs::write(dir.join(file), file).unwrap();
        }
        dir
    }

    fn finished(name: &str, glue: &str, release: bool) -> (Vec<String>, String, String) {
        let dir = staged(name, glue);
        finish(&dir, release).unwrap();
        let all = (
            published(&dir).unwrap(),
            read_text(&dir.join(INDEX)).unwrap(),
            read_text(&dir.join(SERVICE_WORKER)).unwrap(),
        );
        fs::remove_dir_all(dir).unwrap();
        all
    }

    #[test]
    fn scripts_are_named_by_content_and_the_page_asks_for_those_names() {
        let (names, index, _) = finished("names", "let a;", true);
        let scripts: Vec<&String> = names.iter().filter(|name| name.contains('-')).collect();
        assert_eq!(scripts.len(), 6, "{names:?}");
        assert!(
            scripts.iter().all(|name| index.contains(name.as_str())),
            "{index}"
        );
    }

    #[test]
    fn any_change_changes_the_version_and_the_same_files_give_the_same() {
        let (_, first, _) = finished("same", "let a;", true);
        let (_, again, _) = finished("again", "let a;", true);
        let (_, other, _) = finished("other", "let b;", true);
        assert_eq!(first, again);
        assert_ne!(first, other);
    }

    #[test]
    fn the_service_worker_lists_what_is_published_and_nothing_else() {
        let (names, _, worker) = finished("list", "let a;", true);
        assert_eq!(worker.matches("\"./").count(), names.len());
        assert!(
            !worker.contains("_headers") && !worker.contains("a.txt") && !worker.contains("{{")
        );
    }

    #[test]
    fn the_reader_of_workbooks_is_no_part_of_a_first_visit() {
        let (_, _, worker) = finished("later", "let a;", true);
        let line = |start: &str| worker.lines().find(|line| line.starts_with(start)).unwrap();
        assert!(!line("const FILES").contains("workbook-"));
        assert_eq!(line("const PARTS").matches("./workbook-").count(), 2);
    }

    #[test]
    fn a_development_build_has_a_service_worker_that_removes_itself() {
        let (_, index, worker) = finished("dev", "let a;", false);
        assert!(worker.contains("unregister") && !index.contains("data-service-worker"));
    }

    #[test]
    fn an_engine_that_imports_is_refused() {
        let dir = staged("import", "import { a } from './snippets/a.js';");
        assert!(matches!(finish(&dir, true), Err(Problem::Form { .. })));
        fs::remove_dir_all(dir).unwrap();
    }
}

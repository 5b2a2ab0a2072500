//! The name that page and engine of one release build share: they compare it before they talk.
//!
//! A function of the sources alone: not of the machine, the clock, or the order in which a folder lists its files.

use crate::problem::Problem;
use crate::site::hash_of;
use std::fs;
use std::path::{Path, PathBuf};

/// What the code is made of.
const SOURCES: [&str; 4] = ["Cargo.lock", "Cargo.toml", "crates", "src"];

/// The name of the sources below the working directory.
pub(crate) fn build_name() -> Result<String, Problem> {
    name_of(Path::new(""))
}

fn name_of(root: &Path) -> Result<String, Problem> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(&root.join(source), &mut files)?;
    }
    let mut parts = Vec::new();
    for path in files {
        let below = path.strip_prefix(root).unwrap_or(&path);
        let names = below.iter().map(|name| name.to_string_lossy());
        parts.push(names.collect::<Vec<_>>().join("/").into_bytes());
        parts.push(fs::read(&path).map_err(Problem::file(&path))?);
    }
    Ok(hash_of(
        &parts.iter().map(Vec::as_slice).collect::<Vec<_>>(),
    ))
}

/// Adds the files below `path`, or itself, in the order of their names.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Problem> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(Problem::file(path))?;
    let mut below: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    below.sort();
    below.iter().try_for_each(|path| collect(path, files))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(folder: &str, files: &[(&str, &str)]) -> String {
        let root = std::env::temp_dir().join(format!("gyeol-name-{folder}-{}", std::process::id()));
        fs::create_dir_all(root.join("src/ui")).unwrap();
        fs::create_dir_all(root.join("crates/data/src")).unwrap();
        for (path, text) in files {
            fs::write(root.join(path), text).unwrap();
        }
        let name = name_of(&root).unwrap();
        fs::remove_dir_all(root).unwrap();
        name
    }

    #[test]
    fn the_same_sources_have_the_same_name_and_any_change_another() {
        let files = [
            ("Cargo.lock", "1"),
            ("Cargo.toml", "2"),
            ("crates/data/src/lib.rs", "6"),
            ("src/lib.rs", "3"),
            ("src/ui/mod.rs", "4"),
        ];
        let mut reversed = files;
        reversed.reverse();
        let first = name("first", &files);
        assert_eq!(first, name("again", &reversed));
        assert_eq!(first.len(), 16);
        for place in 0..files.len() {
            let mut other = files;
            other[place].1 = "5";
            assert_ne!(name("other", &other), first, "{}", files[place].0);
        }
        let mut moved = files;
        moved[4].0 = "src/ui/other.rs";
        assert_ne!(name("moved", &moved), first);
    }
}

//! Files of all kinds, changed at random and always in the same way: nothing may break on them. Past finds are kept in
//! `tests/corpus` and are read as they are, too.
//!
//! `GYEOL_FUZZ=100000` changes so many. `cargo fuzz run any_bytes` (see `fuzz/`) looks for more with a compiler's help.

#![allow(clippy::unwrap_used)] // A test may stop where its own fixture is broken.
#![allow(clippy::print_stdout)] // A long run says how far it is.

mod any_bytes;
#[path = "../workbook/made.rs"]
mod made;
mod mutate;

use std::fs;
use std::path::PathBuf;

use any_bytes::any_bytes;
use mutate::{Random, Seed};

/// Changed files that every run of the tests reads.
const N_USUAL: u64 = 400;

/// The files of `tests/corpus`, by name.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(path).unwrap(),
            )
        })
        .filter(|(name, _)| name != "README.md")
        .collect();
    files.sort();
    files
}

#[test]
fn no_file_that_ever_broke_something_breaks_it_again() {
    let files = corpus();
    assert!(files.len() >= 8, "the corpus is there");
    for (name, bytes) in files {
        println!("{name}");
        for how in [0, 6, 61] {
            any_bytes(&[&[how][..], &bytes].concat());
        }
    }
}

#[test]
fn files_that_were_changed_at_random_break_nothing() {
    let count = std::env::var("GYEOL_FUZZ")
        .ok()
        .and_then(|count| count.parse().ok());
    let first = std::env::var("GYEOL_FUZZ_FROM")
        .ok()
        .and_then(|first| first.parse().ok())
        .unwrap_or(0);
    let mut seeds: Vec<Seed> = corpus()
        .into_iter()
        .map(|(_, bytes)| Seed::Bytes(bytes))
        .collect();
    seeds.extend(mutate::made_seeds());
    let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-find-{first}"));
    for number in first..first + count.unwrap_or(N_USUAL) {
        let mut random = Random::new(number);
        let changed = mutate::changed(&seeds, &mut random);
        // What breaks the next line is found here.
        fs::write(&kept, &changed).unwrap();
        any_bytes(&changed);
        if count.is_some() && number % 5_000 == 0 {
            println!("{number}");
        }
    }
}

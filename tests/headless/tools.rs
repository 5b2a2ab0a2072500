//! What several tests are made of: a shop of made-up orders, the command line, and the engine that the page asks.

use std::fs;
use std::path::{Path, PathBuf};

use gyeol::analysis::{AnalysisId, Unwatched};
use gyeol::data::Choices;
use gyeol::engine::Engine;
use gyeol::export::{File, Settings, What};
use gyeol::protocol::FileNumber;
use gyeol::sample::shop_csv;
use serde_json::Value;

use crate::arguments::Arguments;
use crate::run;

/// The first rows of the made-up shop: enough for every bucket, few enough for a build without optimisation.
pub(crate) fn shop(korean: bool) -> Vec<u8> {
    let mut content = shop_csv(korean);
    let line_ends = content
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n');
    let end = line_ends.map(|(place, _)| place + 1).nth(1500);
    content.truncate(end.unwrap_or(usize::MAX));
    content
}

/// An empty folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    path
}

/// Runs the command line `words`, in which `IN` is a file with `content` and `OUT` an empty folder.
pub(crate) fn headless(name: &str, content: &[u8], words: &[&str]) -> Result<PathBuf, String> {
    let folder = folder(name);
    let (input, out) = (folder.join("shop.csv"), folder.join("out"));
    fs::write(&input, content).unwrap();
    let words = words.iter().map(|word| match *word {
        "IN" => input.display().to_string(),
        "OUT" => out.display().to_string(),
        word => word.to_owned(),
    });
    let arguments = Arguments::parse(words).map_err(|problem| problem.to_string())?;
    run::run(&arguments).map_err(|problem| problem.to_string())?;
    Ok(out)
}

/// Runs the command line over several files: those named in `words` by their names.
pub(crate) fn headless_of(
    name: &str,
    files: &[(&str, &[u8])],
    words: &[&str],
) -> Result<PathBuf, String> {
    Ok(headless_with_notes(name, files, words)?.0)
}

/// As [`headless_of`], with what is said besides.
pub(crate) fn headless_with_notes(
    name: &str,
    files: &[(&str, &[u8])],
    words: &[&str],
) -> Result<(PathBuf, Vec<String>), String> {
    let folder = folder(name);
    for (name, content) in files {
        fs::write(folder.join(name), content).unwrap();
    }
    let out = folder.join("out");
    let words = words.iter().map(|word| match *word {
        "OUT" => out.display().to_string(),
        word if files.iter().any(|(name, _)| *name == word) => {
            folder.join(word).display().to_string()
        }
        word => word.to_owned(),
    });
    let arguments = Arguments::parse(words).map_err(|problem| problem.to_string())?;
    let notes = run::run(&arguments).map_err(|problem| problem.to_string())?;
    Ok((out, notes.iter().map(ToString::to_string).collect()))
}

/// The shop's rows `range`, below its header.
pub(crate) fn shop_rows(range: std::ops::Range<usize>) -> Vec<u8> {
    let content = shop(false);
    let mut lines = content.split_inclusive(|&byte| byte == b'\n');
    let header = lines.next().unwrap();
    let rows = lines.skip(range.start).take(range.len());
    std::iter::once(header)
        .chain(rows)
        .flatten()
        .copied()
        .collect()
}

/// An engine that was fed `content` in pieces of `piece` bytes, as the page's worker does.
pub(crate) fn engine_with(content: &[u8], piece: usize) -> (Engine, Settings) {
    let mut engine = Engine::default();
    let preview = engine.open(
        FileNumber(1),
        "shop.csv",
        content.len() as u64,
        None,
        content,
    );
    let mapping = preview.unwrap().guess;
    let mut importer = engine.importer(FileNumber(1), &mapping).unwrap();
    for bytes in content.chunks(piece) {
        importer.feed(bytes).unwrap();
    }
    engine
        .import(importer, Vec::new(), Choices::default())
        .unwrap();
    let settings = Settings {
        mapping: Some(mapping),
        ..Settings::default()
    };
    (engine, settings)
}

pub(crate) const USUAL: [AnalysisId; 2] = [AnalysisId::Rfm, AnalysisId::Clusters];

pub(crate) fn made(engine: &mut Engine, settings: &Settings, what: What) -> File {
    let file = engine.export(what, settings, &USUAL, &mut Unwatched);
    file.unwrap()
}

pub(crate) fn everything() -> Vec<What> {
    let reports = USUAL.map(|analysis| What::Report { analysis });
    let mut all = vec![
        What::Project,
        What::Segments,
        What::all_customers(),
        What::Ledger,
    ];
    all.extend(reports);
    all
}

pub(crate) fn json(out: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(out.join(name)).unwrap()).unwrap()
}

/// The rows of a CSV file, its head first.
pub(crate) fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let records = reader.records().map(Result::unwrap);
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

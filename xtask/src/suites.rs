//! How messy text files are read: csv-spectrum, csv-test-data and the Pollock benchmark, none of whose dialects is told.
//!
//! The headless run writes each file as it reads it; here it is compared. Pollock's measures are those of its paper
//! (Vitagliano et al., "Pollock: A Data Loading Benchmark", VLDB 2023) and its `metrics.py`: success, and precision,
//! recall and F1 of header, records and cells as multisets; simple is their sum averaged over files, weighted uses the
//! published weights. DIFFERENCE: cells are compared in lower case and numbers by value; dates are not normalised, so
//! that the score is never above the original's.

use crate::problem::Problem;
use crate::run::{cargo, run, step, target_dir};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the archives are below the folder of corpora.
const ARCHIVES: [&str; 3] = [
    "suites/csv-spectrum.tar.gz",
    "suites/csv-test-data.tar.gz",
    "suites/pollock-polluted.tar.xz",
];

type Rows = Vec<Vec<String>>;

/// Reads every file of every suite and prints what it came to.
pub(crate) fn suites() -> Result<(), Problem> {
    let corpora = std::env::var_os("GYEOL_CORPORA").ok_or(Problem::Missing {
        what: "The folder of public data",
        remedy: "name it in GYEOL_CORPORA",
    })?;
    let folder = target_dir().join("suites");
    fs::create_dir_all(&folder).map_err(Problem::file(&folder))?;
    for archive in ARCHIVES {
        let path = Path::new(&corpora).join(archive);
        let mut tar = Command::new("tar");
        run(tar.arg("xf").arg(&path).arg("-C").arg(&folder), archive)?;
    }
    let reader = Reader {
        program: program()?,
        out: folder.join("out"),
    };
    spectrum(&reader, &folder)?;
    test_data(&reader, &folder)?;
    pollock(&reader, &folder)
}

/// The headless run: the one that GYEOL_HEADLESS names, or one that is built now.
fn program() -> Result<PathBuf, Problem> {
    if let Some(program) = std::env::var_os("GYEOL_HEADLESS") {
        return Ok(program.into());
    }
    let profile = [
        "build",
        "--locked",
        "--profile",
        "engine",
        "--example",
        "headless",
    ];
    run(cargo().args(profile), "The headless run")?;
    Ok(target_dir().join("engine/examples/headless"))
}

/// The headless run.
struct Reader {
    program: PathBuf,
    out: PathBuf,
}

/// What it made of a file.
struct Loaded {
    /// `None` where it was refused.
    rows: Option<Rows>,
    said: String,
}

impl Reader {
    fn read(&self, path: &Path) -> Result<Loaded, Problem> {
        let table = self.out.join("table.csv");
        // It may not be there from the file before.
        let _ = fs::remove_file(&table);
        let mut command = Command::new(&self.program);
        let command = command.arg("--table").arg(path).arg("--out").arg(&self.out);
        let output = command.output().map_err(|source| Problem::Start {
            program: "headless".to_owned(),
            source,
        })?;
        let rows = match output.status.success() {
            true => Some(rows_of(&text_of(&table)?)),
            false => None,
        };
        Ok(Loaded {
            rows,
            said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }
}

fn text_of(path: &Path) -> Result<String, Problem> {
    let bytes = fs::read(path).map_err(Problem::file(path))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn json_of(path: &Path) -> Result<Value, Problem> {
    serde_json::from_str(&text_of(path)?).map_err(|_| Problem::Form {
        path: path.to_path_buf(),
        rule: "JSON",
    })
}

/// The first folder of this name below `folder`.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let own = folders.iter().find(|path| path.ends_with(name)).cloned();
    own.or_else(|| folders.iter().find_map(|path| find(path, name)))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = fs::read_dir(folder).map_err(Problem::file(folder))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    Ok(paths)
}

/// The folder of a suite, by a part of the archive's name.
fn suite(folder: &Path, part: &str, inner: &str) -> Result<PathBuf, Problem> {
    let folders = files(folder)?;
    let named = folders
        .iter()
        .find(|path| path.to_string_lossy().contains(part));
    named
        .and_then(|path| find(path, inner))
        .ok_or(Problem::Form {
            path: folder.to_path_buf(),
            rule: "the suite's archive with its folders",
        })
}

/// Text of quoted cells to rows.
fn rows_of(text: &str) -> Rows {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

fn spectrum(reader: &Reader, folder: &Path) -> Result<(), Problem> {
    let csvs = suite(folder, "spectrum", "csvs")?;
    let json = suite(folder, "spectrum", "json")?;
    let (mut n_right, mut n_all) = (0, 0);
    for path in files(&csvs)? {
        let expected =
            json_of(&json.join(path.with_extension("json").file_name().unwrap_or_default()))?;
        let loaded = reader.read(&path)?;
        let is_right = loaded
            .rows
            .is_some_and(|rows| same_objects(&rows, &expected));
        n_all += 1;
        n_right += usize::from(is_right);
        if !is_right {
            println!("  wrong: {}", path.display());
        }
    }
    step(&format!("csv-spectrum: {n_right} of {n_all}"));
    Ok(())
}

fn test_data(reader: &Reader, folder: &Path) -> Result<(), Problem> {
    let csv = suite(folder, "test_data", "csv")?;
    let json = suite(folder, "test_data", "json")?;
    let (mut n_right, mut n_bad, mut n_reported) = (0, 0, 0);
    for path in files(&csv)? {
        let loaded = reader.read(&path)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("bad-") {
            n_bad += 1;
            n_reported += usize::from(!loaded.said.is_empty());
            if loaded.said.is_empty() {
                println!("  not reported: {name}");
            }
            continue;
        }
        let expected =
            json_of(&json.join(path.with_extension("json").file_name().unwrap_or_default()))?;
        let is_right = loaded
            .rows
            .is_some_and(|rows| match name.starts_with("header-") {
                true => same_objects(&rows, &expected),
                false => expected == serde_json::json!(rows),
            });
        n_right += usize::from(is_right);
        if !is_right {
            println!("  wrong: {name}");
        }
    }
    step(&format!(
        "csv-test-data: {n_right} of 18 right, {n_reported} of {n_bad} bad ones reported"
    ));
    Ok(())
}

/// Whether rows below a header say the same as objects by column name.
fn same_objects(rows: &Rows, expected: &Value) -> bool {
    let Some((header, rows)) = rows.split_first() else {
        return false;
    };
    // The files of the suite have lost their CRs on the way, their answers have not.
    let text = |cell: &String| Value::from(cell.replace('\r', ""));
    let object = |row: &Vec<String>| {
        let pairs = header.iter().cloned().zip(row.iter().map(text));
        Value::Object(pairs.collect())
    };
    let expected = expected.to_string().replace("\\r", "");
    let found = Value::Array(rows.iter().map(object).collect()).to_string();
    found == expected
}

fn pollock(reader: &Reader, folder: &Path) -> Result<(), Problem> {
    let csv = suite(folder, "pollock", "csv")?;
    let clean = suite(folder, "pollock", "clean")?;
    let weights = find(folder, "polluted_files")
        .and_then(|found| Some(found.parent()?.join("pollock_weights.json")));
    let weights = json_of(&weights.unwrap_or_default())?;
    let mut scores: Vec<(String, f64, f64)> = Vec::new();
    for path in files(&csv)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let loaded = reader.read(&path)?;
        let source = rows_of(&text_of(&clean.join(&name))?);
        let score = loaded.rows.map_or(0.0, |rows| score(&source, &rows));
        scores.push((name.clone(), score, weights[&name].as_f64().unwrap_or(0.0)));
    }
    let n_files = scores.len() as f64;
    let simple = scores.iter().map(|(_, score, _)| score).sum::<f64>() / n_files;
    let total: f64 = scores.iter().map(|(.., weight)| weight).sum();
    let weighted = scores
        .iter()
        .map(|(_, score, weight)| score * weight)
        .sum::<f64>()
        / total;
    scores.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (name, score, _) in scores
        .iter()
        .take_while(|(_, score, _)| *score < 9.9)
        .take(40)
    {
        println!("  {score:.3} {name}");
    }
    step(&format!(
        "Pollock, {n_files} files: simple {simple:.3}, weighted {weighted:.3} of 10"
    ));
    Ok(())
}

/// The ten measures of one file, added up.
fn score(source: &Rows, loaded: &Rows) -> f64 {
    let Some((source_header, source_rows)) = source.split_first() else {
        return 10.0;
    };
    let empty = Vec::new();
    let (loaded_header, loaded_rows) = match loaded.split_first() {
        Some((header, rows)) => (header, rows),
        None => (&empty, &[][..]),
    };
    let plain = |row: &Vec<String>| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>();
    let records = |rows: &[Vec<String>]| {
        rows.iter()
            .map(|row| plain(row).concat())
            .collect::<Vec<_>>()
    };
    let cells = |rows: &Rows| rows.iter().flatten().cloned().collect::<Vec<_>>();
    1.0 + measures(&plain(source_header), &plain(loaded_header))
        + measures(&records(source_rows), &records(loaded_rows))
        + measures(&cells(source), &cells(loaded))
}

/// Precision, recall and F1 of multisets, added up.
fn measures(source: &[String], loaded: &[String]) -> f64 {
    if source.is_empty() {
        return 3.0;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for text in source {
        *counts.entry(text).or_default() += 1;
    }
    let n_common = loaded.iter().filter(|text| {
        let count = counts.get_mut(text.as_str()).filter(|count| **count > 0);
        count.map(|count| *count -= 1).is_some()
    });
    let n_common = n_common.count() as f64;
    if n_common == 0.0 {
        return 0.0;
    }
    let (precision, recall) = (
        n_common / source.len() as f64,
        n_common / loaded.len() as f64,
    );
    precision + recall + 2.0 * precision * recall / (precision + recall)
}

fn plain(cell: &str) -> String {
    match cell.trim().parse::<f64>() {
        Ok(number) if cell.starts_with(|first: char| first.is_ascii_digit() || first == '-') => {
            number.to_string()
        }
        _ => cell.to_lowercase(),
    }
}

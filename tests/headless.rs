//! The headless run and the page's engine, held against each other byte by byte.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    clippy::print_stderr,
    reason = "the headless run says on standard error what is wrong"
)]

#[path = "../examples/headless/arguments.rs"]
mod arguments;
#[path = "../examples/headless/problem.rs"]
mod problem;
#[path = "../examples/headless/run.rs"]
mod run;
#[path = "../examples/headless/several.rs"]
mod several;
#[path = "../examples/headless/source.rs"]
mod source;
#[path = "../examples/headless/stretches.rs"]
mod stretches;
#[path = "../examples/headless/unpacked.rs"]
mod unpacked;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use arguments::Arguments;
use gyeol::analysis::customers::{Filter, Query, Sort};
use gyeol::analysis::{AnalysisId, Report, Unwatched};
use gyeol::data::{Choices, ImportError, Reason};
use gyeol::engine::Engine;
use gyeol::export::{self, File, Settings, What};
use gyeol::protocol::FileNumber;
use gyeol::sample::shop_csv;
use serde_json::Value;

/// The first rows of the made-up shop: enough for every bucket, few enough for a build without optimisation.
fn shop(korean: bool) -> Vec<u8> {
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
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    path
}

/// Runs the command line `words`, in which `IN` is a file with `content` and `OUT` an empty folder.
fn headless(name: &str, content: &[u8], words: &[&str]) -> Result<PathBuf, String> {
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

/// An engine that was fed `content` in pieces of `piece` bytes, as the page's worker does.
fn engine_with(content: &[u8], piece: usize) -> (Engine, Settings) {
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

const USUAL: [AnalysisId; 2] = [AnalysisId::Rfm, AnalysisId::Clusters];

fn made(engine: &mut Engine, settings: &Settings, what: What) -> File {
    let file = engine.export(what, settings, &USUAL, &mut Unwatched);
    file.unwrap()
}

fn everything() -> Vec<What> {
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

fn json(out: &std::path::Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(out.join(name)).unwrap()).unwrap()
}

/// The rows of a CSV file, its head first.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
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

#[test]
fn the_headless_run_writes_the_bytes_that_the_page_downloads() {
    for (name, korean) in [("same-en", false), ("same-ko", true)] {
        let content = shop(korean);
        let out = headless(name, &content, &["IN", "--out", "OUT"]).unwrap();
        let (mut engine, settings) = engine_with(&content, 4093);
        for what in everything() {
            let file = made(&mut engine, &settings, what);
            let written = fs::read(out.join(&file.name)).unwrap();
            assert!(written == file.bytes, "{} differs", file.name);
        }
    }
}

/// The shop's orders again and again, in 3 MB and more.
fn large_shop() -> Vec<u8> {
    let shop = shop_csv(true);
    let body = shop.iter().position(|&byte| byte == b'\n').unwrap() + 1;
    let mut content = shop.clone();
    while content.len() < 3 << 20 {
        content.extend_from_slice(&shop[body..]);
    }
    content
}

#[test]
fn several_threads_write_the_bytes_of_one() {
    let content = large_shop();
    let outs = ["1", "3"].map(|n_threads| {
        let words = [
            "IN",
            "--out",
            "OUT",
            "--only",
            "rfm",
            "--threads",
            n_threads,
        ];
        headless(&format!("threads-{n_threads}"), &content, &words).unwrap()
    });
    let names: Vec<_> = fs::read_dir(&outs[0]).unwrap().collect();
    assert!(names.len() > 3);
    for name in names {
        let name = name.unwrap().file_name();
        let [one, several] = outs
            .each_ref()
            .map(|out| fs::read(out.join(&name)).unwrap());
        assert!(one == several, "{name:?}");
    }
}

#[test]
fn each_thread_reads_a_stretch() {
    let path = folder("stretches").join("shop.csv");
    let content = large_shop();
    fs::write(&path, &content).unwrap();
    let n_bytes = content.len() as u64;
    for n_threads in [1, 4] {
        let mut engine = Engine::default();
        let head = &content[..1 << 20];
        let preview = engine.open(FileNumber(1), "shop.csv", n_bytes, None, head);
        let mapping = preview.unwrap().guess;
        let mut importer = engine.importer(FileNumber(1), &mapping).unwrap();
        let n_taken = stretches::read(&path, n_bytes, n_threads, &mut importer);
        assert_eq!(n_taken, Ok(n_threads - 1));
    }
}

#[test]
fn files_do_not_depend_on_what_was_looked_at_before() {
    let content = shop(false);
    let (mut fresh, settings) = engine_with(&content, 1 << 16);
    let (mut used, _) = engine_with(&content, 997);
    let mut other = settings.clone();
    other.rfm.groups = 3;
    other.clusters.k = 2;
    other.as_of = "2001-01-01".parse().ok();
    for id in AnalysisId::ALL {
        let _ = used.analyze(other.request(id), other.as_of, &mut Unwatched);
    }
    for what in everything() {
        let expected = made(&mut fresh, &settings, what.clone());
        assert!(
            made(&mut used, &settings, what.clone()) == expected,
            "{what:?}"
        );
    }
}

#[test]
fn a_list_has_only_labels_of_its_own_date() {
    let (mut engine, settings) = engine_with(&shop(false), 1 << 16);
    for id in USUAL {
        engine
            .analyze(settings.request(id), None, &mut Unwatched)
            .unwrap();
    }
    let query = Query {
        filter: Filter::default(),
        sort: Sort::Customer,
        descending: false,
        offset: 0,
        limit: 50,
    };
    let later = "2030-01-01".parse().ok();
    let labels = |engine: &Engine, as_of| {
        let page = engine.list(&query, as_of).unwrap();
        let row = page.rows[0].clone();
        (
            row.scores.is_some(),
            row.labels.iter().take(2).map(Option::is_some).collect(),
        )
    };
    assert_eq!(labels(&engine, None), (true, vec![true, true]));
    assert_eq!(labels(&engine, later), (false, vec![false, false]));
    engine
        .analyze(settings.request(AnalysisId::Rfm), later, &mut Unwatched)
        .unwrap();
    assert_eq!(labels(&engine, later), (true, vec![true, false]));
}

#[test]
fn a_project_that_is_used_again_gives_the_same_bytes() {
    let content = shop(true);
    let words = [
        "IN",
        "--out",
        "OUT",
        "--set",
        "clusters.k=3",
        "--set",
        "rfm.groups=4",
    ];
    let first = headless("project-1", &content, &words).unwrap();
    let project = first.join("project.json").display().to_string();
    let words = ["IN", "--out", "OUT", "--project", &project];
    let second = headless("project-2", &content, &words).unwrap();
    for entry in fs::read_dir(&first).unwrap() {
        let name = entry.unwrap().file_name();
        let (one, two) = (fs::read(first.join(&name)), fs::read(second.join(&name)));
        assert!(one.unwrap() == two.unwrap(), "{name:?} differs");
    }
}

#[test]
fn rows_and_money_of_the_buckets_add_up_to_the_file() {
    let content = shop(false);
    let out = headless("ledger", &content, &["IN", "--out", "OUT"]).unwrap();
    let ledger = json(&out, "ledger.json");
    let buckets = ledger["buckets"].as_array().unwrap();
    let n_rows: u64 = buckets.iter().map(|b| b["rows"].as_u64().unwrap()).sum();
    assert_eq!(n_rows as usize, rows(&content).len() - 1);
    assert_eq!(ledger["files"][0]["rows"], n_rows);
    assert_eq!(ledger["totals"]["rows"], n_rows);
    let cents = |value: &Value| (value.as_f64().unwrap() * 100.0).round() as i64;
    let money: i64 = buckets.iter().map(|bucket| cents(&bucket["money"])).sum();
    assert_eq!(money, cents(&ledger["totals"]["money"]));
}

#[test]
fn an_analysis_that_was_not_asked_for_leaves_its_columns_empty() {
    let words = ["IN", "--out", "OUT", "--only", "rfm"];
    let out = headless("only", &shop(false), &words).unwrap();
    assert!(!out.join("clusters.json").exists());
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    assert!(customers[1..].iter().all(|row| row[8].is_empty()));
    assert!(customers[1..].iter().all(|row| !row[7].is_empty()));
}

#[test]
fn parameters_roles_and_the_as_of_date_come_from_the_command_line() {
    let content = b"who,when,paid,extra\na,2020-01-01,5,1\nb,2020-02-01,7,2\na,2020-02-02,3,3\n";
    let words = [
        "IN",
        "--out",
        "OUT",
        "--role",
        "customer=who",
        "--role",
        "date=when",
        "--role",
        "amount=extra",
        "--as-of",
        "2020-03-01",
        "--set",
        "rfm.groups=2",
        "--only",
        "rfm",
    ];
    let out = headless("roles", content, &words).unwrap();
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    assert_eq!(customers[1][..4], ["a", "28", "2", "4"]);
    assert_eq!(customers[2][..4], ["b", "29", "1", "2"]);
    let report = json(&out, "rfm.json");
    assert_eq!(report["params"]["groups"], 2);
    assert_eq!(report["as_of"], "2020-03-01");
}

#[test]
fn a_table_of_customers_is_clustered_by_its_columns() {
    let mut content = "id,age,score\n".to_owned();
    for customer in 0..40 {
        let group = customer % 2;
        let line = format!(
            "{customer},{},{}\n",
            20 + 30 * group,
            5 + 80 * group + customer / 20
        );
        content.push_str(&line);
    }
    let words = [
        "--customers",
        "IN",
        "--out",
        "OUT",
        "--role",
        "customer=id",
        "--set",
        "clusters.features=[\"age\",\"score\"]",
        "--set",
        "clusters.k=2",
        "--set",
        "clusters.scaling=min-max",
    ];
    let out = headless("customers", content.as_bytes(), &words).unwrap();
    let report = json(&out, "clusters.json");
    assert!(report["silhouette"].as_f64().unwrap() > 0.9);
    assert!(report["inertia"].is_number());
    assert!(!out.join("rfm.json").exists());
}

#[test]
fn columns_of_digits_that_name_something_are_no_means_and_no_features() {
    let mut content = "id,age,zip,visits\n".to_owned();
    for customer in 0..40 {
        let line = format!(
            "{customer},{},{:05},{}\n",
            20 + customer % 30,
            2_100 + customer * 37,
            7 * customer % 50
        );
        content.push_str(&line);
    }
    let words = [
        "--customers",
        "IN",
        "--out",
        "OUT",
        "--set",
        "customers.columns=[\"zip\",\"age\"]",
    ];
    let out = headless("digits", content.as_bytes(), &words).unwrap();
    let rows = rows(&fs::read(out.join("customers.csv")).unwrap());
    assert_eq!(rows[0][12..], ["age", "zip"]);
    assert_eq!(rows[1][12..], ["20", "02100"]);
    let report = json(&out, "clusters.json");
    assert_eq!(
        report["params"]["features"],
        serde_json::json!(["age", "visits"])
    );
    let words = [
        "--customers",
        "IN",
        "--out",
        "OUT",
        "--set",
        "clusters.features=[\"zip\"]",
    ];
    assert!(headless("digits-2", content.as_bytes(), &words).is_err());
}

#[test]
fn a_table_is_written_as_it_is_read() {
    let content = b"a,b\r\n1,\"x \"\"y\"\"\r\nz\"\r\n=1,\r\n";
    let out = headless("table", content, &["--table", "IN", "--out", "OUT"]).unwrap();
    let table = fs::read_to_string(out.join("table.csv")).unwrap();
    assert_eq!(
        table,
        "\"a\",\"b\"\n\"1\",\"x \"\"y\"\"\r\nz\"\n\"=1\",\"\"\n"
    );
    assert_eq!(fs::read_dir(out).unwrap().count(), 1);
}

#[test]
fn what_cannot_be_used_is_one_plain_sentence_and_no_file() {
    let shop = shop(false);
    let with = |words: &[&str]| {
        let words: Vec<&str> = ["IN", "--out", "OUT"]
            .iter()
            .chain(words)
            .copied()
            .collect();
        headless("problems", &shop, &words).unwrap_err()
    };
    for (said, word) in [
        (with(&["--set", "rfm.groups=99"]), "10"),
        (with(&["--set", "rfm.groups=many"]), "rfm.groups"),
        (with(&["--set", "rfm.circles=2"]), "rfm.circles"),
        (with(&["--set", "clusters"]), "clusters"),
        (with(&["--only", "rfm,magic"]), "magic"),
        (
            with(&["--only", "clusters", "--set", "clusters.features=[\"No\"]"]),
            "no such column",
        ),
        (with(&["--set", "customers.columns=[\"nobody\"]"]), "nobody"),
        (with(&["--set", "customers.columns=5"]), "customers.columns"),
        (with(&["--role", "customer=Nobody"]), "column"),
        (with(&["--role", "king=x"]), "king"),
        (with(&["--as-of", "yesterday"]), "yesterday"),
        (with(&["--as-of", "1901-01-01", "--only", "rfm"]), "1901"),
        (with(&["--faster", "yes"]), "--faster"),
        (with(&["--as-of"]), "--as-of"),
        (with(&["two.csv"]), "two.csv"),
        (with(&["--project", "no.json"]), "no.json"),
        (
            headless("problems", b"", &["IN", "--out", "OUT"]).unwrap_err(),
            "empty",
        ),
        (
            headless("problems", b"a,b\n", &["IN"]).unwrap_err(),
            "--out",
        ),
    ] {
        assert!(said.contains(word), "{said:?} does not say {word:?}");
        assert!(!said.contains('\n') && said.ends_with('.'), "{said:?}");
        let left = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("problems/out");
        assert!(!left.exists(), "{said:?} left files");
    }
}

#[test]
fn more_clusters_than_customers_leave_the_rest_of_the_files() {
    let content = b"customer,date,amount\na,2020-01-01,5\nb,2020-01-02,6\n";
    let out = headless("few", content, &["IN", "--out", "OUT"]).unwrap();
    assert!(out.join("rfm.json").exists());
    assert!(!out.join("clusters.json").exists());
    let words = ["IN", "--out", "OUT", "--set", "clusters.k=3"];
    let said = headless("few", content, &words).unwrap_err();
    assert!(said.starts_with("clusters:"), "{said}");
}

#[test]
fn rows_that_were_left_out_can_be_had_by_reason_and_add_up() {
    let content = shop(false);
    let (engine, _) = engine_with(&content, 1 << 16);
    let list = |reason| {
        let mut rows_left_out = engine.left_out(reason).unwrap();
        for bytes in content.chunks(777) {
            rows_left_out.feed(bytes).unwrap();
        }
        rows_left_out.end_file().unwrap();
        rows_left_out.finish().unwrap()
    };
    let all = list(None);
    assert_eq!(all.name, "left-out.csv");
    assert!(all.bytes.starts_with(b"\xEF\xBB\xBFline,reason,"));
    let by_reason = Reason::ALL.map(|reason| rows(&list(Some(reason)).bytes).len() - 1);
    assert!(by_reason.iter().filter(|&&n| n > 0).count() >= 2);
    assert_eq!(by_reason.iter().sum::<usize>(), rows(&all.bytes).len() - 1);
}

#[test]
fn a_file_that_changed_is_not_taken_for_the_one_that_was_imported() {
    let content = shop(false);
    let (engine, _) = engine_with(&content, 1 << 16);
    let mut list = engine.left_out(None).unwrap();
    list.feed(&content[..content.len() / 2]).unwrap();
    assert!(matches!(list.finish(), Err(ImportError::Unreadable { .. })));
}

#[test]
fn other_choices_count_other_rows_and_forget_old_results() {
    let content = shop(false);
    let (mut engine, settings) = engine_with(&content, 1 << 16);
    let n_orders = |engine: &mut Engine| {
        let request = settings.request(AnalysisId::Rfm);
        match engine.analyze(request, None, &mut Unwatched).unwrap() {
            Report::Rfm(report) => report.n_orders,
            _ => 0,
        }
    };
    let before = n_orders(&mut engine);
    let counted = Choices::default().set(Reason::Returned, false);
    engine.choose(counted).unwrap();
    assert!(n_orders(&mut engine) > before);
    engine.choose(Choices::default()).unwrap();
    assert_eq!(n_orders(&mut engine), before);
}

#[test]
fn an_import_that_fails_keeps_the_table_before() {
    let content = shop(false);
    let (mut engine, settings) = engine_with(&content, 1 << 16);
    let before = made(&mut engine, &settings, What::all_customers());
    let bad = b"customer,date,amount\n,,\n";
    let preview = engine
        .open(FileNumber(2), "bad.csv", bad.len() as u64, None, bad)
        .unwrap();
    let mut importer = engine.importer(FileNumber(2), &preview.guess).unwrap();
    importer.feed(bad).unwrap();
    assert!(
        engine
            .import(importer, Vec::new(), Choices::default())
            .is_err()
    );
    let after = made(&mut engine, &settings, What::all_customers());
    assert!(before == after);
    assert!(export::project::read(&before.bytes).is_err());
}

#[test]
fn nothing_can_be_made_of_nothing() {
    let mut engine = Engine::default();
    let settings = Settings::default();
    for what in everything().into_iter().skip(1) {
        let made = engine.export(what.clone(), &settings, &USUAL, &mut Unwatched);
        assert_eq!(made, Err(export::ExportError::NothingImported), "{what:?}");
    }
    assert!(engine.left_out(None).is_err());
    assert!(engine.choose(Choices::default()).is_err());
}

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::write::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn packed_text_is_read_as_the_text_itself() {
    let content = shop(false);
    let words = ["IN", "--out", "OUT", "--only", "rfm"];
    let read = |name: &str, bytes: &[u8]| {
        let out = headless(name, bytes, &words).unwrap();
        ["customers.csv", "ledger.json"].map(|file| fs::read(out.join(file)).unwrap())
    };
    let plain = read("packed-plain", &content);
    assert_eq!(read("packed-gzip", &gzipped(&content)), plain);
    let files = [("note.md", &b"a note"[..]), ("shop/orders.csv", &content)];
    assert_eq!(read("packed-zip", &zipped(&files)), plain);
}

#[test]
fn packed_text_that_is_cut_short_is_refused() {
    let words = ["IN", "--out", "OUT"];
    let whole = gzipped(&shop(false));
    for n_bytes in [whole.len() / 2, whole.len() - 1] {
        let said = headless("packed-cut", &whole[..n_bytes], &words).unwrap_err();
        assert!(said.contains("cut short or damaged"), "{said}");
    }
    let longer = [&whole[..], b"more"].concat();
    let said = headless("packed-longer", &longer, &words).unwrap_err();
    assert!(said.contains("cut short or damaged"), "{said}");
}

#[test]
fn gzip_files_that_were_joined_are_read_as_one() {
    let content = shop(false);
    let words = ["IN", "--out", "OUT", "--only", "rfm"];
    let read = |name: &str, bytes: &[u8]| {
        let out = headless(name, bytes, &words).unwrap();
        ["customers.csv", "ledger.json"].map(|file| fs::read(out.join(file)).unwrap())
    };
    let plain = read("joined-plain", &content);
    for n_bytes in [300, 20_000, content.len()] {
        let parts: Vec<Vec<u8>> = content.chunks(n_bytes).map(gzipped).collect();
        assert!(read("joined", &parts.concat()) == plain, "{n_bytes}");
    }
    let with_nothing = [gzipped(b""), gzipped(&content), gzipped(b"")].concat();
    assert!(read("joined-nothing", &with_nothing) == plain);
    let parts = [gzipped(&content), gzipped(&content)].concat();
    for bytes in [
        &parts[..parts.len() - 1],
        &[&parts[..], b"\x1f\x8b\x08\0"].concat(),
    ] {
        let said = headless("joined-cut", bytes, &words).unwrap_err();
        assert!(said.contains("cut short or damaged"), "{said}");
    }
}

#[test]
fn texts_of_an_archive_are_read_like_several_files() {
    let words = ["--out", "OUT", "--only", "rfm"];
    let (first, second) = (shop_rows(0..400), shop_rows(300..900));
    let others: [(&str, &[u8]); 5] = [
        ("read me.txt", b"no orders"),
        ("__MACOSX/2024/._jan.csv", b"\0\0"),
        ("2024/.hidden.csv", b"a,b\n1,2\n"),
        ("2024/jan.csv", &first),
        ("2024/feb.csv", &second),
    ];
    let zip = zipped(&others);
    let apart = [("feb.csv", &second[..]), ("jan.csv", &first[..])];
    let read = |name: &str, files: &[(&str, &[u8])]| {
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).chain(words).collect();
        let out = headless_of(name, files, &names).unwrap();
        ["customers.csv", "ledger.json"].map(|file| fs::read_to_string(out.join(file)).unwrap())
    };
    let from_zip = read("zip-several", &[("orders.zip", &zip)]);
    let from_files = read("zip-apart", &apart);
    assert!(from_zip[0] == from_files[0]);
    assert!(from_zip[1].replace("2024/", "") == from_files[1]);
}

/// The text is stored as it is; the directory says that it goes on beyond the end of the file.
#[test]
fn stored_text_that_is_shorter_than_its_archive_says_is_refused() {
    let content = shop(false);
    let mut archive = zip::write::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("orders.csv", options).unwrap();
    archive.write_all(&content).unwrap();
    let whole = archive.finish().unwrap().into_inner();
    let words = ["IN", "--out", "OUT", "--only", "rfm"];
    assert!(headless("stored-whole", &whole, &words).is_ok());
    let directory = last_place(&whole, b"PK\x01\x02");
    let mut short = whole;
    let beyond = (content.len() as u32 + 1_000).to_le_bytes();
    short[directory + 20..directory + 24].copy_from_slice(&beyond);
    let said = headless("stored-short", &short, &words).unwrap_err();
    assert!(said.contains("cut short or damaged"), "{said}");
}

/// Where the last of these marks is.
fn last_place(bytes: &[u8], mark: &[u8]) -> usize {
    let mut places = bytes.windows(mark.len());
    places.rposition(|own| own == mark).unwrap()
}

#[test]
fn a_gzip_bomb_is_stopped() {
    let bomb = gzipped(&[shop(false), vec![b'\n'; 40 << 20]].concat());
    let said = headless("packed-bomb", &bomb, &["IN", "--out", "OUT"]).unwrap_err();
    assert!(said.contains("made to fill memory"), "{said}");
}

/// Runs the command line over several files: those named in `words` by their names.
fn headless_of(name: &str, files: &[(&str, &[u8])], words: &[&str]) -> Result<PathBuf, String> {
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
    run::run(&arguments).map_err(|problem| problem.to_string())?;
    Ok(out)
}

/// The shop's rows `range`, below its header.
fn shop_rows(range: std::ops::Range<usize>) -> Vec<u8> {
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

#[test]
fn monthly_files_that_overlap_come_to_the_whole_in_whatever_order_they_are_named() {
    let (a, b, c) = (
        shop_rows(0..600),
        shop_rows(500..1000),
        shop_rows(1000..1500),
    );
    let files: [(&str, &[u8]); 3] = [("a.csv", &a), ("b.csv", &b), ("c.csv", &c)];
    let words = |order: [&'static str; 3]| [order[0], order[1], order[2], "--out", "OUT"];
    let out = headless_of("months", &files, &words(["c.csv", "a.csv", "b.csv"])).unwrap();
    let again = headless_of("months-2", &files, &words(["a.csv", "b.csv", "c.csv"])).unwrap();
    let whole = headless("months-whole", &shop(false), &["IN", "--out", "OUT"]).unwrap();
    for name in [
        "customers.csv",
        "segments.csv",
        "ledger.json",
        "clusters.json",
    ] {
        let read = |folder: &PathBuf| fs::read(folder.join(name)).unwrap();
        assert!(read(&out) == read(&again), "{name}");
        if name != "ledger.json" {
            assert!(read(&out) == read(&whole), "{name}");
        }
    }
    let ledger = json(&out, "ledger.json");
    let names: Vec<_> = ledger["files"].as_array().unwrap().iter().collect();
    assert_eq!(names.len(), 3);
    assert_eq!(ledger["files"][1]["overlapping"], 100);
    let with = serde_json::json!([{"name": "a.csv", "rows": 100}]);
    assert_eq!(ledger["files"][1]["overlapping_with"], with);
    let rows = |place: usize| ledger["files"][place]["rows"].as_u64().unwrap();
    let buckets = ledger["buckets"].as_array().unwrap();
    let in_buckets: u64 = buckets.iter().map(|b| b["rows"].as_u64().unwrap()).sum();
    assert_eq!(in_buckets, rows(0) + rows(1) + rows(2));
}

#[test]
fn a_table_of_customers_beside_the_orders_gives_them_its_columns() {
    let orders =
        b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n9,2024-01-31,5\n7,2024-02-03,1\n";
    let customers =
        "id,city,birth year\n7.0,Seoul,1990\n 8 ,Busan,1985\n0010,Jeju,1970\n8,Daegu,1985\n";
    let files: [(&str, &[u8]); 2] = [("orders.csv", orders), ("people.csv", customers.as_bytes())];
    let words = [
        "people.csv",
        "orders.csv",
        "--role",
        "customer=id",
        "--role",
        "customer=customer",
        "--only",
        "rfm",
        "--set",
        "customers.columns=[\"city\",\"birth year\"]",
        "--out",
        "OUT",
    ];
    let out = headless_of("joined", &files, &words).unwrap();
    let list = fs::read_to_string(out.join("customers.csv")).unwrap();
    let last_cells = |id: &str| {
        let row = list
            .lines()
            .find(|line| line.starts_with(&format!("{id},")));
        let cells: Vec<_> = row.unwrap().split(',').map(str::to_owned).collect();
        cells[cells.len() - 2..].join(",")
    };
    assert_eq!(last_cells("7"), "Seoul,1990");
    assert_eq!(last_cells("9"), ",");
    let joined = json(&out, "ledger.json")["joined"][0].clone();
    assert_eq!(joined["name"], "people.csv");
    let count = |key: &str| joined[key].as_u64().unwrap();
    assert_eq!(count("rows"), 4);
    assert_eq!(count("customers_matched"), 2);
    assert_eq!(count("customers_without_row"), 1);
    assert_eq!(count("customers_without_orders"), 1);
}

#[test]
fn a_log_of_events_counts_how_often_each_customer_did_what() {
    let orders =
        b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n9,2024-01-31,5\n7,2024-02-03,1\n";
    let log = b"customer id,event time,event name\n7,2024-01-01 10:00,visit\n7,2024-01-02 10:00,visit\n\
        7,2024-01-02 10:01,cart\n8,2024-01-05 09:00,visit\n5,2024-01-05 09:00,visit\n,2024-01-06 09:00,visit\n";
    let columns = "\"events\",\"events: visit\",\"events: cart\",\"days since last event\"";
    let (out, last_cells) = with_log("events", orders, log, columns, "2024-02-04");
    assert_eq!(last_cells("7"), "3,2,1,33");
    assert_eq!(last_cells("8"), "1,1,0,30");
    assert_eq!(last_cells("9"), "0,0,0,");
    let joined = json(&out, "ledger.json")["joined"][0].clone();
    assert_eq!(
        (&joined["kind"], &joined["rows"]),
        (&"events".into(), &6.into())
    );
    assert_eq!(joined["customers_without_orders"], 1);
    assert!(
        !joined["columns"]
            .as_array()
            .unwrap()
            .contains(&"events: other".into())
    );
    let (_, last_cells) = with_log("events-before", orders, log, columns, "2024-01-09");
    assert_eq!(last_cells("7"), "3,2,1,7");
    let (_, last_cells) = with_log("events-between", orders, log, columns, "2024-01-03");
    assert_eq!(last_cells("7"), "3,2,1,1");
}

#[test]
fn a_table_of_products_gives_columns_and_has_an_account_of_its_own() {
    let orders = b"customer,date,product,quantity,price\n7,2024-01-03,T1,2,5\n7,2024-01-04,C1,1,8\n8,2024-01-09,X,1,3\n";
    let products = "product,category,cost,tags\nT1,Tea,2,hot\nC1,Cups,5,\nT3,Tea,1,hot\n,Tea,1,\n";
    let files: [(&str, &[u8]); 2] = [("orders.csv", orders), ("goods.csv", products.as_bytes())];
    let words = [
        "goods.csv",
        "orders.csv",
        "--only",
        "rfm",
        "--set",
        "customers.columns=[\"main category\",\"margin\",\"share of tag: hot\"]",
        "--out",
        "OUT",
    ];
    let out = headless_of("products", &files, &words).unwrap();
    let list = rows(&fs::read(out.join("customers.csv")).unwrap());
    assert_eq!(list[1][12..], ["Tea", "9", "0.5555555555555556"]);
    assert_eq!(list[2][12..], ["", "", "0"]);
    let joined = json(&out, "ledger.json")["joined"][0].clone();
    assert_eq!(joined["kind"], "products");
    let numbers = [
        "rows",
        "products_matched",
        "products_without_row",
        "products_without_orders",
    ];
    let numbers = numbers.map(|key| joined[key].as_u64().unwrap());
    assert_eq!(numbers, [4, 2, 1, 1]);
    let buckets = joined["buckets"].as_array().unwrap();
    let in_buckets: u64 = buckets.iter().map(|b| b["rows"].as_u64().unwrap()).sum();
    assert_eq!(in_buckets, 4);
    let unnamed = buckets.iter().find(|b| b["kind"] == "no_product").unwrap();
    assert_eq!(unnamed["rows"], 1);
    assert_eq!(joined["margin_from"], "cost");
}

#[test]
fn names_of_events_beyond_the_most_frequent_add_up_in_a_column_of_their_own() {
    let orders = b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n";
    let mut log =
        "customer id,event time,event name\n8,2024-01-01,kind 00\n8,2024-01-01,\n".to_owned();
    for kind in 0..15 {
        log.push_str(&format!("7,2024-01-01,kind {kind:02}\n").repeat(20 - kind));
    }
    let names = (0..12).map(|kind| format!("\"events: kind {kind:02}\""));
    let names: Vec<String> = ["\"events\"".to_owned(), "\"events: other\"".to_owned()]
        .into_iter()
        .chain(names)
        .collect();
    let names = names.join(",");
    let (_, last_cells) = with_log("events-other", orders, log.as_bytes(), &names, "2024-02-01");
    let numbers = |id: &str| {
        let cells = last_cells(id);
        let numbers = cells.split(',').map(|cell| cell.parse::<u32>().unwrap());
        numbers.collect::<Vec<u32>>()
    };
    // The file's columns stand in the order of the table: all, the twelve, the rest.
    for (id, n_other) in [("7", 8 + 7 + 6), ("8", 1)] {
        let numbers = numbers(id);
        assert_eq!(numbers[1..].iter().sum::<u32>(), numbers[0], "{id}");
        assert_eq!(numbers[13], n_other, "{id}");
    }
}

/// The run over orders and a log, and what stands in the last columns of a customer's row.
fn with_log(
    name: &str,
    orders: &[u8],
    log: &[u8],
    columns: &str,
    as_of: &str,
) -> (PathBuf, impl Fn(&str) -> String + use<>) {
    let files: [(&str, &[u8]); 2] = [("orders.csv", orders), ("log.csv", log)];
    let chosen = format!("customers.columns=[{columns}]");
    let words = [
        "log.csv",
        "orders.csv",
        "--only",
        "rfm",
        "--set",
        &chosen,
        "--as-of",
        as_of,
        "--out",
        "OUT",
    ];
    let out = headless_of(name, &files, &words).unwrap();
    let list = fs::read_to_string(out.join("customers.csv")).unwrap();
    let n_columns = columns.split(',').count();
    let last_cells = move |id: &str| {
        let mut rows = list.lines();
        let row = rows
            .find(|line| line.starts_with(&format!("{id},")))
            .unwrap();
        let cells: Vec<_> = row.split(',').collect();
        cells[cells.len() - n_columns..].join(",")
    };
    (out, last_cells)
}

#[test]
fn a_file_that_does_not_go_with_the_others_is_named() {
    let orders = b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n";
    let other = b"customer,date,total\n7,2024-02-03,10\n7,2024-02-09,20\n";
    let files: [(&str, &[u8]); 2] = [("a.csv", orders), ("b.csv", other)];
    let said = headless_of("stranger", &files, &["a.csv", "b.csv", "--out", "OUT"]).unwrap_err();
    assert!(said.starts_with("b.csv: "), "{said}");
    assert!(said.contains("not the 3 columns"), "{said}");
}

fn spenders() -> String {
    let row = |n: u32| {
        format!(
            "c{n},{},{}\n",
            10 + n * n % 97,
            if n.is_multiple_of(10) {
                String::new()
            } else {
                (20 + n % 40).to_string()
            }
        )
    };
    format!(
        "customer,amount,age\n{}",
        (0..60).map(row).collect::<String>()
    )
}

fn clusters_of(name: &str, more: &[&str]) -> Value {
    let table = spenders();
    let files: [(&str, &[u8]); 1] = [("people.csv", table.as_bytes())];
    let mut words = vec![
        "--customers",
        "people.csv",
        "--only",
        "clusters",
        "--out",
        "OUT",
    ];
    words.extend(more);
    json(&headless_of(name, &files, &words).unwrap(), "clusters.json")
}

#[test]
fn customers_with_money_alone_are_clustered_on_what_there_is() {
    let report = clusters_of("money-alone", &[]);
    let features = report["params"]["features"].as_array().unwrap().clone();
    assert_eq!(features, ["monetary", "age"]);
    assert_eq!(report["n_unclustered"], 6);
}

#[test]
fn features_that_were_named_are_not_replaced_where_the_file_lacks_them() {
    let table = spenders();
    let files: [(&str, &[u8]); 1] = [("people.csv", table.as_bytes())];
    let run = |name: &str, features: &str| {
        let words = [
            "--customers",
            "people.csv",
            "--set",
            features,
            "--out",
            "OUT",
        ];
        headless_of(name, &files, &words)
    };
    let said = run(
        "named-features",
        "clusters.features=[\"recency\",\"frequency\",\"monetary\"]",
    )
    .unwrap_err();
    assert!(said.contains("no such column"), "{said}");
    let out = run("no-features", "clusters.features=[]").unwrap();
    let features = json(&out, "clusters.json")["params"]["features"].clone();
    assert_eq!(features, serde_json::json!(["monetary", "age"]));
    let project = json(&out, "project.json");
    assert_eq!(project["clusters"]["features"], serde_json::json!([]));
}

#[test]
fn gaps_can_be_filled_and_far_values_drawn_in_and_both_are_counted() {
    let report = clusters_of(
        "cleaned",
        &[
            "--set",
            "clusters.missing=\"median\"",
            "--set",
            "clusters.outliers=\"winsorise\"",
        ],
    );
    assert_eq!(report["n_unclustered"], 0);
    assert_eq!(report["cleaned"]["n_filled"], 6);
    assert!(report["cleaned"]["n_winsorised"].as_u64().unwrap() > 0);
}

#[test]
fn each_method_is_chosen_by_its_name_and_says_what_only_it_knows() {
    for (method, more, found) in [
        (
            "hierarchical",
            "clusters.linkage=\"average\"",
            "hierarchical",
        ),
        ("gaussian-mixture", "clusters.k=2", "gaussian_mixture"),
        ("dbscan", "clusters.eps=0.4", "dbscan"),
        ("optics", "clusters.xi=0.02", "optics"),
        ("k-medoids", "clusters.min_size=3", "k_medoids"),
    ] {
        let method = format!("clusters.method=\"{method}\"");
        let words = [
            "--set",
            &method,
            "--set",
            "clusters.min_points=3",
            "--set",
            more,
        ];
        let report = clusters_of(&format!("method-{found}"), &words);
        assert!(report["found"][found].is_object(), "{found}");
        assert!(report["inertia"].is_number() && report["silhouette"].is_number());
    }
}

#[test]
fn a_method_that_finds_the_number_itself_leaves_the_table_of_numbers_empty() {
    let table = spenders();
    let files: [(&str, &[u8]); 1] = [("people.csv", table.as_bytes())];
    let mut words = vec!["--customers", "people.csv", "--out", "OUT"];
    words.extend(["--only", "clusters,cluster_counts"]);
    words.extend([
        "--set",
        "clusters.method=\"dbscan\"",
        "--set",
        "clusters.eps=0.4",
    ]);
    words.extend(["--set", "clusters.min_points=3"]);
    let out = headless_of("no-counts", &files, &words).unwrap();
    let report = json(&out, "cluster_counts.json");
    assert_eq!(report["rows"], serde_json::json!([]));
    let rows = rows(&fs::read(out.join("segments.csv")).unwrap());
    assert!(
        rows.iter()
            .any(|row| row.iter().any(|cell| cell == "Noise"))
    );
}

/// 60 rows of 20 customers with an age, which some lack and one has beyond belief, and a city.
fn ages() -> Vec<u8> {
    let mut text = "customer,order_date,amount,age,home.city\n".to_owned();
    for row in 0..60 {
        let customer = row % 20;
        let age = match customer {
            0 | 1 => String::new(),
            2 => "999".to_owned(),
            _ => (20 + customer).to_string(),
        };
        let city = ["Seoul", "Busan", ""][customer % 3];
        let day = 1 + row % 28;
        text.push_str(&format!(
            "C{customer},2024-03-{day:02},{},{age},{city}\n",
            10 + row
        ));
    }
    text.into_bytes()
}

fn survey(engine: &mut Engine, content: &[u8]) {
    let mut surveyor = engine.surveyor().unwrap();
    for bytes in content.chunks(77) {
        surveyor.feed(bytes).unwrap();
    }
    surveyor.end_file().unwrap();
    let survey = surveyor.finish().unwrap();
    engine.keep_survey(survey);
}

#[test]
fn what_is_done_about_columns_is_counted_written_and_read_from_the_project() {
    let content = ages();
    let words = [
        "IN",
        "--out",
        "OUT",
        "--with",
        "columns",
        "--set",
        "columns.age.missing=median",
        "--set",
        "columns.age.outliers=leave-out",
        "--set",
        "columns.home.city.missing=value",
        "--set",
        "columns.home.city.value=7",
        "--set",
        "customers.columns=[\"age\",\"home.city\"]",
        "--set",
        "clusters.features=[\"recency\",\"age\"]",
        "--set",
        "clusters.k=2",
    ];
    let out = headless("columns", &content, &words).unwrap();
    let (mut engine, settings) = engine_with(&content, 1 << 16);
    let project = fs::read(out.join("project.json")).unwrap();
    let settings = Settings {
        mapping: settings.mapping,
        ..export::project::read(&project).unwrap()
    };
    assert_eq!(settings.columns["home.city"].value, "7");
    survey(&mut engine, &content);
    for what in everything().into_iter().chain([What::Columns]) {
        let file = made(&mut engine, &settings, what);
        let written = fs::read(out.join(&file.name)).unwrap();
        assert!(written == file.bytes, "{} differs", file.name);
    }
    let table = rows(&fs::read(out.join("columns.csv")).unwrap());
    assert!(table.iter().all(|row| row.len() == table[0].len()));
    let value = |counted: &str, column: &str, head: &str| {
        let place = table[0].iter().position(|own| own == head).unwrap();
        let mut rows = table.iter();
        let row = rows.find(|row| row[0] == counted && row[1] == column);
        row.unwrap()[place].clone()
    };
    assert_eq!(value("rows", "age", "missing"), "6");
    assert_eq!(value("rows", "age", "findings"), "sentinel 3");
    assert_eq!(value("customers", "age", "missing"), "2");
    assert_eq!(value("customers", "age", "filled"), "2");
    assert_eq!(value("customers", "age", "set_aside_outlying"), "1");
    assert_eq!(value("customers", "home.city", "filled"), "6");
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    let of = |id: &str| customers.iter().find(|row| row[0] == id).unwrap().clone();
    let age = customers[0].len() - 2;
    assert_eq!(
        (of("C0")[age].as_str(), of("C2")[age].as_str()),
        ("", "999")
    );
    assert!(of("C2")[7].is_empty(), "who is set aside has no segment");
    assert!(!of("C0")[8].is_empty(), "who was filled has a cluster");
    assert_eq!(customers.len(), 21);
}

#[test]
fn a_column_that_is_not_there_and_a_treatment_that_makes_no_sense_are_refused() {
    for (set, expected) in [
        ("columns.weight.missing=median", "weight"),
        ("columns.age.missing=many", "columns.age.missing"),
        ("columns.age.value=many", "Own value"),
        ("columns.age.nothing=1", "columns.age.nothing"),
        ("columns.age.low=77", "Lower percentile"),
    ] {
        let words = [
            "IN",
            "--out",
            "OUT",
            "--set",
            set,
            "--set",
            "columns.age.outliers=winsorise",
        ];
        let mut words = words.to_vec();
        if set.contains("value") {
            words.extend(["--set", "columns.age.missing=value"]);
        }
        let problem = headless("columns-refused", &ages(), &words).unwrap_err();
        assert!(problem.contains(expected), "{set}: {problem}");
    }
}

#[test]
fn where_all_customers_are_set_aside_the_list_is_written_all_the_same() {
    let content =
        "customer,order_date,amount,age\n1,2024-01-01,5,\n2,2024-01-02,7,\n3,2024-01-03,7,1\n";
    let words = [
        "IN",
        "--out",
        "OUT",
        "--set",
        "columns.age.missing=leave-out",
    ];
    let out = headless("columns-few", content.as_bytes(), &words).unwrap();
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    assert_eq!(customers.len(), 4);
    let content = content.replace("7,1", "7,x");
    let words = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "rfm",
        "--set",
        "columns.age.missing=leave-out",
    ];
    let none = content.replace("age", "memo").replace(",x", ",");
    let words = words.map(|word| match word {
        "columns.age.missing=leave-out" => "columns.memo.missing=leave-out",
        word => word,
    });
    let problem = headless("columns-none", none.as_bytes(), &words).unwrap_err();
    assert!(problem.contains("sets all customers aside"), "{problem}");
}

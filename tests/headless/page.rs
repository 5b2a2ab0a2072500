//! The headless run and the page's engine, held against each other byte by byte.

use std::fs;

use gyeol::analysis::customers::{Filter, Query, Sort};
use gyeol::analysis::treatment::Treatment;
use gyeol::analysis::{AnalysisId, Report, Unwatched};
use gyeol::data::{Choices, ImportError, Reason};
use gyeol::engine::Engine;
use gyeol::export::{self, Settings, What};
use gyeol::protocol::FileNumber;
use gyeol::sample::shop_csv;
use serde_json::Value;

use crate::stretches;
use crate::tools::*;

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

#[test]
fn the_list_of_a_filter_has_the_bytes_of_the_page_beside_that_of_all_customers() {
    let content = shop(false);
    let words = ["IN", "--out", "OUT", "--filter", r#"{"agreed":true}"#];
    let out = headless("same-agreed", &content, &words).unwrap();
    let (mut engine, settings) = engine_with(&content, 4093);
    let filter = Filter {
        agreed: true,
        ..Filter::default()
    };
    let agreed = made(&mut engine, &settings, What::Customers { filter });
    assert_eq!(agreed.name, "customers-agreed.csv");
    let all = made(&mut engine, &settings, What::all_customers());
    assert!(rows(&agreed.bytes).len() < rows(&all.bytes).len());
    for file in [agreed, all] {
        let written = fs::read(out.join(&file.name)).unwrap();
        assert!(written == file.bytes, "{} differs", file.name);
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
        reached_by: None,
    };
    let later = "2030-01-01".parse().ok();
    let labels = |engine: &Engine, as_of| {
        let settings = Settings {
            as_of,
            ..settings.clone()
        };
        let page = engine.list(&query, &settings).unwrap();
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
fn a_list_has_only_labels_of_the_present_settings() {
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
        reached_by: None,
    };
    let labels = |engine: &Engine, settings: &Settings| -> Vec<bool> {
        let page = engine.list(&query, settings).unwrap();
        let labels = page.rows[0].labels.iter();
        labels.take(2).map(Option::is_some).collect()
    };
    let mut other = settings.clone();
    other.clusters.k += 1;
    assert_eq!(labels(&engine, &other), [true, false]);
    assert_eq!(labels(&engine, &settings), [true, true]);
    let mut treated = settings;
    treated
        .columns
        .insert("none".to_owned(), Treatment::default());
    assert_eq!(labels(&engine, &treated), [false, false]);
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

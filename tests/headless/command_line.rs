//! What the command line can say, and what it is told where that makes no sense.

use std::fs;
use std::path::PathBuf;

use crate::arguments::{Arguments, USAGE};
use crate::problem::Problem;
use crate::tools::*;

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
    let moves = report["sensitivity"]["moves"].as_array().unwrap();
    let ways: Vec<&str> = moves
        .iter()
        .filter_map(|one| one["convention"].as_str())
        .collect();
    let expected = [
        "r-rfm",
        "nested",
        "ntile",
        "pandas-qcut",
        "pandas-rank-first",
    ];
    assert_eq!(ways, expected);
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
fn rows_of_days_that_have_not_come_are_told_until_the_as_of_date_leaves_them_out() {
    let orders: String = (1..=9).map(|n| format!("c{n},2024-03-0{n},10\n")).collect();
    // Three rows of one order, and one of another.
    let later = "c1,2099-01-01,5\n".repeat(3) + "c2,2098-06-30,5\n";
    let content = format!("customer,date,amount\n{orders}{later}").into_bytes();
    let files: [(&str, &[u8]); 1] = [("orders.csv", &content)];
    let run = |more: &[&str]| {
        let words = [&["orders.csv", "--out", "OUT", "--only", "rfm"], more].concat();
        headless_with_notes("to-come", &files, &words).unwrap().1
    };
    let notes = run(&[]);
    assert!(
        notes[0].contains(": 4 rows, the last on 1 Jan 2099. "),
        "{notes:?}"
    );
    assert_eq!(notes.len(), 1);
    assert_eq!(run(&["--as-of", "2024-03-10"]), Vec::<String>::new());
}

#[test]
fn a_name_that_cannot_be_used_is_in_the_sentence_with_what_it_is() {
    let content = b"customer,date,amount\na,2020-01-01,5\nb,2020-01-02,6\na,2020-12-01,7\n";
    let said = |analysis: &str, set: &str| {
        let words = ["IN", "--out", "OUT", "--only", analysis, "--set", set];
        headless("names", content, &words).unwrap_err()
    };
    for (set, part) in [
        (
            "clusters.features=[\"customer\"]",
            "“customer” is the customer id",
        ),
        ("clusters.features=[\"date\"]", "“date” is read as “"),
        (
            "clusters.weights={\"nope\":2}",
            "Weights of the features: the file has no “nope”",
        ),
        (
            "clusters.weights={\"recency\":0}",
            "Weights of the features: enter",
        ),
        ("clusters.xi=0", "from 0.001 to 0.999"),
        ("rfm.weights=[0,0,0]", "they cannot all be 0"),
        ("prediction.features=[\"nope\"]", "the file has no “nope”"),
    ] {
        let analysis = set.split('.').next().unwrap();
        let said = said(analysis, set);
        assert!(said.contains(part), "{said}");
    }
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
        (
            with(&["--as-of", "2020-01-01", "--as-of", "2021-01-01"]),
            "--as-of is given more than once",
        ),
        (with(&["--only", "rfm", "--only", "clusters"]), "--only"),
        (
            with(&["--set", "rfm.groups=3", "--set", "rfm.groups=4"]),
            "--set rfm.groups",
        ),
        (
            with(&["--role", "amount=a", "--role", "amount=a"]),
            "--role amount=a",
        ),
        (with(&["--out", "elsewhere"]), "--out"),
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
fn a_day_before_all_orders_is_said_beside_the_empty_list() {
    let content = shop(false);
    let files: [(&str, &[u8]); 1] = [("orders.csv", &content)];
    let said = |day: &str| {
        let words = ["orders.csv", "--as-of", day, "--out", "OUT"];
        headless_with_notes("early", &files, &words).unwrap()
    };
    let (out, notes) = said("1900-01-01");
    assert_eq!(rows(&fs::read(out.join("customers.csv")).unwrap()).len(), 1);
    assert_eq!(notes.len(), 1);
    assert!(
        notes[0].starts_with("No order lies on or before 1900-01-01"),
        "{notes:?}"
    );
    assert_eq!(said("2030-01-01").1, [""; 0]);
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
fn the_help_names_options_that_there_are() {
    let options = USAGE
        .split_whitespace()
        .filter(|word| word.starts_with("--"));
    let mut n_options = 0;
    for option in options {
        let words = [option.to_owned(), "x".to_owned()];
        let said = Arguments::parse(words.into_iter()).map_err(|problem| problem.to_string());
        let unknown = Problem::UnknownOption(option.to_owned()).to_string();
        assert_ne!(said.unwrap_err(), unknown);
        n_options += 1;
    }
    assert!(n_options > 10);
}

#[test]
fn a_folder_is_called_one_also_beside_files_that_are_read() {
    let inside = folder("folder-of-its-own").join("months");
    fs::create_dir_all(&inside).unwrap();
    let path = inside.display().to_string();
    let said = headless("folder", &shop(false), &[&path, "--out", "OUT"]).unwrap_err();
    assert_eq!(said, format!("{path} is a folder; name the files in it."));
    let content = shop(false);
    let files: [(&str, &[u8]); 1] = [("orders.csv", &content)];
    let words = ["orders.csv", &path, "--only", "rfm", "--out", "OUT"];
    let (_, notes) = headless_with_notes("folder-beside", &files, &words).unwrap();
    assert_eq!(notes, [said]);
}

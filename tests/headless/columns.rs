//! What stands in the columns, and what is done about it, from the command line.

use std::fs;

use gyeol::engine::Engine;
use gyeol::export::{self, Settings, What};

use crate::tools::*;

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
fn the_list_says_why_somebody_is_set_aside_and_has_no_such_column_where_nobody_is() {
    let content = "customer,order_date,amount,age,tier\n1,2024-01-01,5,,A\n2,2024-01-02,7,40,\n3,2024-01-03,7,,\n4,2024-01-04,9,30,B\n";
    let list = |name: &str, sets: &[&str]| {
        let mut words = vec!["IN", "--out", "OUT"];
        for set in sets {
            words.extend(["--set", set]);
        }
        let out = headless(name, content.as_bytes(), &words).unwrap();
        rows(&fs::read(out.join("customers.csv")).unwrap())
    };
    let both = [
        "columns.age.missing=leave-out",
        "columns.tier.missing=leave-out",
    ];
    let table = list("columns-reasons", &both);
    assert_eq!(table[0].last().unwrap(), "set_aside");
    let reasons: Vec<&str> = (table[1..].iter())
        .map(|row| row.last().unwrap().as_str())
        .collect();
    assert_eq!(
        reasons,
        [
            "age: missing",
            "tier: missing",
            "age: missing; tier: missing",
            ""
        ]
    );
    let table = list("columns-no-reasons", &["columns.age.missing=typical"]);
    assert!(!table[0].iter().any(|head| head == "set_aside"));
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

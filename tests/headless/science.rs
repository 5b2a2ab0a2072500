//! Conventions, features and methods of segmentation from the command line to the files.

use std::fs;
use std::path::{Path, PathBuf};

use gyeol::analysis::SegmentationId;
use gyeol::export::What;

use crate::tools::*;

/// The same rows from the last to the first.
fn turned(content: &[u8]) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = content.split_inclusive(|&byte| byte == b'\n').collect();
    lines[1..].reverse();
    lines.concat()
}

#[test]
fn no_convention_depends_on_the_order_of_the_rows() {
    let content = shop(false);
    let turned = turned(&content);
    for convention in ["nested", "ntile", "pandas-qcut", "pandas-rank-first"] {
        let set = format!("rfm.convention={convention}");
        let words = ["IN", "--out", "OUT", "--only", "rfm", "--set", &set];
        let of = |name: &str, content: &[u8]| {
            let out = headless(&format!("{convention}-{name}"), content, &words).unwrap();
            assert_eq!(json(&out, "rfm.json")["params"]["convention"], convention);
            fs::read(out.join("customers.csv")).unwrap()
        };
        assert_eq!(of("rows", &content), of("turned", &turned), "{convention}");
    }
}

#[test]
fn cut_points_of_a_convention_without_them_cannot_be_kept_for_another_date() {
    let words = |convention: &str| {
        let set = format!("rfm.convention={convention}");
        let words = [
            "IN",
            "--out",
            "OUT",
            "--only",
            "rfm,movement",
            "--set",
            &set,
        ];
        headless("kept", &shop(false), &words).map(|out| json(&out, "movement.json"))
    };
    assert!(words("r-rfm").unwrap()["n_known"].as_u64().unwrap() > 0);
    assert!(words("ntile").unwrap_err().contains("cut points"));
}

#[test]
fn how_customers_buy_is_there_for_rules_values_trees_and_clusters() {
    let rule = r#"rules.rules=[{"name":"Grows","when":{"is":{"measure":"order_trend","value":{"more-than":0.5}}}}]"#;
    let words = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "rules,value,clusters,explain",
        "--set",
        rule,
        "--set",
        "value.by=largest_order_share",
        "--set",
        r#"clusters.features=["order_trend","weekend_share","rows_per_order"]"#,
        "--set",
        "clusters.k=3",
        "--set",
        "explain.of=rules",
    ];
    let out = headless("behaviour", &shop(false), &words).unwrap();
    let rules = json(&out, "rules.json");
    let n_growing = rules["segments"][0]["n_customers"].as_u64().unwrap();
    let n_others = rules["segments"][1]["n_customers"].as_u64().unwrap();
    assert!(n_growing > 0 && n_others > 0, "{n_growing}");
    let clusters = json(&out, "clusters.json");
    let n_clustered = clusters["n_customers"].as_u64().unwrap();
    let n_unclustered = clusters["n_unclustered"].as_u64().unwrap();
    assert_eq!(n_clustered + n_unclustered, n_growing + n_others);
    assert_eq!(clusters["params"]["features"].as_array().unwrap().len(), 3);
    // The rule is a test of one measure, so that a tree finds it again.
    assert!(json(&out, "explain.json")["fidelity"].as_f64().unwrap() > 0.99);
    assert!(json(&out, "value.json")["gini"].as_f64().unwrap() > 0.0);
}

#[test]
fn the_list_says_how_well_customers_fit_and_what_would_move_them() {
    let words = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "rfm,clusters",
        "--set",
        "clusters.k=3",
        "--set",
        "customers.changes=true",
    ];
    let out = headless("changes", &shop(false), &words).unwrap();
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    let place = |head: &str| customers[0].iter().position(|own| own == head).unwrap();
    let report = json(&out, "clusters.json");
    let fits = report["silhouettes"].as_array().unwrap();
    let (cluster, silhouette) = (place("cluster"), place("cluster_silhouette"));
    for (number, fit) in (1..).zip(fits) {
        let own = customers[1..]
            .iter()
            .filter(|row| row[cluster] == format!("{number}"));
        let values: Vec<f64> = own.map(|row| row[silhouette].parse().unwrap()).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!((mean - fit["mean"].as_f64().unwrap()).abs() < 1e-3);
        assert_eq!(fit["n_measured"], values.len() as u64);
        // Four decimals may round a value to the border.
        let n_between = values.iter().filter(|value| **value < 0.1).count();
        assert!(n_between.abs_diff(fit["n_between"].as_u64().unwrap() as usize) <= 1);
    }
    let (days, then, now) = (
        place("rfm_days_until_change"),
        place("rfm_without_orders"),
        place("rfm_segment"),
    );
    let moving = customers[1..].iter().filter(|row| !row[days].is_empty());
    assert!(moving.clone().count() > 0);
    for row in moving {
        assert!(row[days].parse::<u32>().unwrap() > 0);
        assert_ne!(row[then], row[now]);
    }
    let champions = customers[1..].iter().filter(|row| row[now] == "Champions");
    assert!(champions.clone().count() > 0);
    assert!(champions.clone().all(|row| !row[days].is_empty()));
}

#[test]
fn a_weighted_score_stands_beside_the_three_and_only_where_weights_are_given() {
    let table = |set: &[&str]| {
        let mut words = vec!["IN", "--out", "OUT", "--only", "rfm"];
        words.extend(set.iter().flat_map(|set| ["--set", set]));
        let out = headless("weights", &shop(false), &words).unwrap();
        rows(&fs::read(out.join("customers.csv")).unwrap())
    };
    let weighed = table(&["rfm.weights=[3,1,0]"]);
    let place = |head: &str| weighed[0].iter().position(|own| own == head).unwrap();
    let [r, f, score] = ["r", "f", "rfm_score"].map(place);
    let number = |row: &[String], place: usize| row[place].parse::<f64>().unwrap();
    for row in &weighed[1..] {
        let expected = (3.0 * number(row, r) + number(row, f)) / 4.0;
        assert!((number(row, score) - expected).abs() < 1e-4);
    }
    assert!(weighed.len() > 10);
    assert!(!table(&[])[0].iter().any(|head| head == "rfm_score"));
    let none = headless(
        "weightless",
        &shop(false),
        &[
            "IN",
            "--out",
            "OUT",
            "--only",
            "rfm",
            "--set",
            "rfm.weights=[0,0,0]",
        ],
    );
    assert!(none.is_err());
}

#[test]
fn a_fourth_score_stands_after_the_fixed_columns_and_changes_nothing_before_it() {
    let run = |name: &str, set: &[&str]| {
        let mut words = vec!["IN", "--out", "OUT", "--only", "rfm"];
        words.extend(set.iter().flat_map(|set| ["--set", set]));
        let out = headless(&format!("fourth-{name}"), &shop(false), &words).unwrap();
        let table = rows(&fs::read(out.join("customers.csv")).unwrap());
        (table, json(&out, "rfm.json"))
    };
    let (plain, plain_report) = run("none", &[]);
    assert!(plain_report["fourth"].is_null());
    let n_fixed = plain[0].len();
    for (key, heads) in [
        ("tenure", ["tenure_days", "t"]),
        ("interpurchase", ["interpurchase_days", "i"]),
    ] {
        let (table, report) = run(key, &[&format!("rfm.fourth={key:?}")]);
        assert_eq!(table[0][n_fixed..], heads);
        let mut pairs = table.iter().zip(&plain);
        assert!(pairs.all(|(row, plain)| row[..n_fixed] == plain[..]));
        let n_without = table.iter().filter(|row| row[n_fixed].is_empty()).count();
        assert!(n_without < table.len() - 1);
        let mut cells = table[1..].iter().map(|row| &row[n_fixed..]);
        assert!(cells.all(|cells| cells[0].is_empty() == cells[1].is_empty()));
        let fourth = &report["fourth"];
        assert_eq!(fourth["of"], key);
        assert_eq!(fourth["n_without"], n_without);
        assert_eq!(fourth["cuts"].as_array().unwrap().len(), 4);
        assert_eq!(report["segments"], plain_report["segments"]);
    }
}

#[test]
fn rules_test_scores_and_segments_of_other_segmentations_but_never_their_own() {
    let run = |name: &str, measure: &str, value: &str| {
        let rule = format!(
            r#"rules.rules=[{{"name":"Some","when":{{"is":{{"measure":"{measure}","value":{value}}}}}}}]"#
        );
        let words = [
            "IN",
            "--out",
            "OUT",
            "--only",
            "rules,rfm,value",
            "--set",
            &rule,
        ];
        let out = headless(name, &shop(false), &words)?;
        let n = json(&out, "rules.json")["rules"][0]["n_matching"].as_u64();
        Ok::<(u64, PathBuf), String>((n.unwrap(), out))
    };
    let (n, out) = run("score", "r_score", r#"{"at-least":4}"#).unwrap();
    let counts = json(&out, "rfm.json")["score_counts"][0].clone();
    assert_eq!(n, counts[3].as_u64().unwrap() + counts[4].as_u64().unwrap());
    assert!(n > 0);
    let (n, out) = run("class", "segment:value", r#"{"one-of":["class_a"]}"#).unwrap();
    let classes = json(&out, "value.json")["segments"].clone();
    let first = classes.as_array().unwrap()[0].clone();
    assert_eq!(first["label"]["ready"], "class_a");
    assert_eq!(n, first["n_customers"].as_u64().unwrap());
    assert!(n > 0);
    let own = run("own", "segment:rules", r#"{"one-of":["Some"]}"#);
    assert!(own.unwrap_err().contains("segment:rules"));
}

#[test]
fn words_of_all_rows_until_the_day_are_features_whatever_the_order_of_rows() {
    let mut content = String::from("customer_id,date,amount,product\n");
    for n in 0..20 {
        let (first, second) = match n % 2 {
            0 => ("Wool hat", "Wool scarf"),
            _ => ("Cotton shirt", "Cotton socks"),
        };
        content += &format!("c{n:02},2024-01-{:02},10,{first}\n", n + 1);
        content += &format!("c{n:02},2024-02-01,10,{second}\n");
        content += &format!("c{n:02},2024-03-01,10,Silk tie\n");
    }
    let words = |words: [&str; 2]| {
        let words = [
            "IN", "--out", "OUT", "--only", "clusters", words[0], words[1],
        ]
        .map(str::to_owned);
        let set = r#"clusters.words={"column":"product","alone":true}"#;
        let mut words = words.to_vec();
        words.extend(["--set", set, "--set", "clusters.k=2"].map(str::to_owned));
        words
    };
    let of = |name: &str, content: &[u8], own: [&str; 2]| {
        let words = words(own);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        json(&headless(name, content, &words).unwrap(), "clusters.json")
    };
    let early = ["--as-of", "2024-02-15"];
    let report = of("words", content.as_bytes(), early);
    assert_eq!(
        report,
        of("words-turned", &turned(content.as_bytes()), early)
    );
    let kept = |report: &serde_json::Value| {
        let kept = report["words"]["kept"].as_array().unwrap().clone();
        let kept = kept
            .iter()
            .map(|own| own["word"].as_str().unwrap().to_owned());
        kept.collect::<Vec<String>>()
    };
    let expected = ["cotton", "wool", "hat", "scarf", "shirt", "socks"];
    assert_eq!(kept(&report), expected, "nothing of March");
    assert_eq!(report["words"]["clusters"][0].as_array().unwrap().len(), 3);
    // What all have tells nobody apart.
    let late = of("words-late", content.as_bytes(), ["--as-of", "2024-03-15"]);
    assert_eq!(kept(&late), expected);
}

#[test]
fn categories_are_features_whatever_the_order_of_rows() {
    let mut content = String::from("customer_id,date,amount,region,age\n");
    for n in 0..24 {
        let (region, age) = match n % 2 {
            0 => ("서울", "20대"),
            _ => ("부산", ["30대", "100대"][n / 2 % 2]),
        };
        content += &format!("c{n:02},2024-01-{:02},10,{region},{age}\n", n + 1);
    }
    let of = |name: &str, content: &[u8]| {
        let set = r#"clusters.categories={"region":"one-hot","age":"ordinal"}"#;
        let features = r#"clusters.features=["region"]"#;
        let words = [
            "IN",
            "--out",
            "OUT",
            "--only",
            "clusters",
            "--set",
            set,
            "--set",
            features,
            "--set",
            "clusters.k=3",
        ];
        json(&headless(name, content, &words).unwrap(), "clusters.json")
    };
    let report = of("categories", content.as_bytes());
    let other = of("categories-turned", &turned(content.as_bytes()));
    assert_eq!(report, other);
    let features = &report["params"]["features"];
    let expected = serde_json::json!(["age", "region: 부산", "region: 서울"]);
    assert_eq!(*features, expected, "nothing but the categories");
    let order = report["categories"][0]["levels"].as_array().unwrap();
    let order: Vec<&str> = order
        .iter()
        .map(|own| own["level"].as_str().unwrap())
        .collect();
    assert_eq!(order, ["20대", "30대", "100대"]);
    let inertia = report["inertia"].as_f64().unwrap();
    assert!(inertia.abs() < 1e-9, "three kinds of customers");
    let words = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "clusters",
        "--set",
        r#"clusters.categories={"region":"hot"}"#,
    ];
    assert!(headless("categories-wrong", content.as_bytes(), &words).is_err());
}

#[test]
fn two_segmentations_are_compared_as_on_the_page_and_the_list_of_a_cell_is_its_customers() {
    let content = shop(false);
    let words = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "compare",
        "--set",
        "compare.first=lifecycle",
        "--set",
        "compare.second=value",
        "--filter",
        r#"{"segments":[["lifecycle",1],["value",0]]}"#,
    ];
    let out = headless("compare", &content, &words).unwrap();
    let (mut engine, mut settings) = engine_with(&content, 4093);
    settings.compare.first = SegmentationId::Lifecycle;
    settings.compare.second = SegmentationId::Value;
    let file = made(&mut engine, &settings, What::Comparison);
    assert_eq!(file.name, "compare.json");
    assert!(fs::read(out.join("compare.json")).unwrap() == file.bytes);

    let found = json(&out, "compare.json");
    let [rows, columns] = ["rows", "columns"].map(|of| found[of].as_array().unwrap().len());
    let counts: Vec<u64> = (found["counts"].as_array().unwrap().iter())
        .map(|count| count.as_u64().unwrap())
        .collect();
    assert_eq!(counts.len(), rows * columns);
    let list = rows_of(&out, "customers-selection.csv");
    assert!(counts[columns] > 0);
    assert_eq!(list.len() as u64 - 1, counts[columns]);
    let all = rows_of(&out, "customers.csv");
    assert_eq!(all.len() as u64 - 1, counts.iter().sum::<u64>());
    assert!(
        all[0].contains(&"lifecycle".to_owned()) && all[0].contains(&"value".to_owned()),
        "{:?}",
        all[0]
    );
    // Who differs is everybody outside the fullest cell of each row.
    let differ = found["differ"].as_array().unwrap().iter();
    let n_differing: u64 = differ.map(|one| one["n_customers"].as_u64().unwrap()).sum();
    let fullest: u64 = counts
        .chunks(columns)
        .filter_map(|row| row.iter().max())
        .sum();
    assert!(n_differing > 0);
    assert_eq!(n_differing, counts.iter().sum::<u64>() - fullest);
    assert!(found["variation_of_information"].as_f64().unwrap() > 0.0);
}

#[test]
fn a_comparison_with_a_segmentation_that_is_not_possible_says_which_and_why() {
    let content = "customer_id,date,amount\na,2024-01-01,5\nb,2024-01-02,7\n".as_bytes();
    let words = ["IN", "--out", "OUT", "--only", "compare"];
    let problem = headless("compare-few", content, &words).unwrap_err();
    assert!(problem.contains("clusters"), "{problem}");
    let words = ["IN", "--out", "OUT", "--only", "compare", "--set"];
    let words = [&words[..], &["compare.second=lists"]].concat();
    assert!(headless("compare-wrong", content, &words).is_err());
}

fn rows_of(out: &Path, name: &str) -> Vec<Vec<String>> {
    rows(&fs::read(out.join(name)).unwrap())
}

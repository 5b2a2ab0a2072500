//! Segmentations that are decided beforehand, from the command line to the files.

use std::fs;
use std::path::Path;

use crate::tools::*;

const ALL: &str = "rfm,lifecycle,value,rhythm,rules,explain,advice,stability,lifetime,cohorts";

#[test]
fn each_segmentation_has_its_report_its_columns_and_its_rows() {
    let rules = r#"rules.rules=[{"name":"Recent","when":{"all":[{"is":{"measure":"recency","value":{"at-most":200}}}]}}]"#;
    let words = [
        "IN",
        "--out",
        "OUT",
        "--only",
        ALL,
        "--set",
        rules,
        "--set",
        "explain.of=lifecycle",
    ];
    let out = headless("a-priori", &shop(false), &words).unwrap();
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    let head = customers[0].join(",");
    assert!(
        head.ends_with("lifecycle,lifecycle_ko,value,value_ko,rhythm,rhythm_ko,rules,rules_ko,lifetime,lifetime_ko,p_alive,expected_orders,expected_spend,clv,next_order_date,is_overdue,usual_pause_days,horizon_days"),
        "{head}"
    );
    says_days_and_horizon(&customers, &json(&out, "lifetime.json"));
    let segments = rows(&fs::read(out.join("segments.csv")).unwrap());
    for id in ["rfm", "lifecycle", "value", "rhythm", "rules", "lifetime"] {
        let own = segments.iter().filter(|row| row[0] == id);
        let n_customers: usize = own.map(|row| row[2].parse::<usize>().unwrap()).sum();
        assert_eq!(n_customers, customers.len() - 1, "{id}");
    }
    let place = customers[0]
        .iter()
        .position(|head| head == "rules")
        .unwrap();
    let is_recent = |row: &Vec<String>| row[1].parse::<i32>().unwrap() <= 200;
    for row in &customers[1..] {
        assert_eq!(row[place] == "Recent", is_recent(row));
    }
    assert!(json(&out, "lifecycle.json")["thresholds"]["active_days"].is_number());
    assert!(json(&out, "explain.json")["fidelity"].as_f64().unwrap() > 0.8);
    assert!(json(&out, "advice.json")["recommended"][0]["segmentation"].is_string());
    assert_eq!(
        json(&out, "rules.json")["rules"].as_array().unwrap().len(),
        1
    );
}

/// The next order is the last one and the usual pause, in whole days; the horizon is that of the report.
fn says_days_and_horizon(customers: &[Vec<String>], report: &serde_json::Value) {
    let day = |text: &str| text.parse::<gyeol::data::Day>().unwrap();
    let place = |name: &str| customers[0].iter().position(|head| head == name).unwrap();
    let (next, pause) = (place("next_order_date"), place("usual_pause_days"));
    let horizon = report["params"]["horizon_days"].to_string();
    let as_of = day(report["as_of"].as_str().unwrap());
    for row in &customers[1..] {
        let last = as_of.plus(-row[1].parse::<i32>().unwrap());
        let days: f64 = row[pause].parse().unwrap();
        assert!(days > 0.0);
        assert_eq!(day(&row[next]), last.plus(days.ceil() as i32));
        assert_eq!(row[place("horizon_days")], horizon);
    }
}

#[test]
fn rules_over_a_category_a_channel_and_first_orders_are_kept_by_a_project() {
    let rules = r#"rules.rules=[
        {"name":"Marketplace","when":{"is":{"measure":"order_share:channel=Marketplace","value":{"at-least":0.5}}}},
        {"name":"One category","when":{"is":{"measure":"CATEGORY","value":{"more-than":0}}}},
        {"name":"From the store","when":{"is":{"measure":"first:channel","value":{"one-of":["Store"]}}}}]"#;
    let none = ["IN", "--out", "OUT", "--only", "rules"];
    let out = headless("named-none", &shop(false), &none).unwrap();
    let offered = json(&out, "rules.json")["choices"].clone();
    let mut names = offered.as_array().unwrap().iter();
    let category = names.find_map(|choice| {
        let name = choice["name"].as_str().unwrap();
        name.starts_with("category_share:").then(|| name.to_owned())
    });
    let rules = rules.replace("CATEGORY", &category.unwrap());
    let words = ["IN", "--out", "OUT", "--only", "rules", "--set", &rules];
    let out = headless("named-first", &shop(false), &words).unwrap();
    let report = json(&out, "rules.json");
    for rule in report["rules"].as_array().unwrap() {
        let n = rule["n_matching"].as_u64().unwrap();
        assert!(
            n > 0 && n < report["n_customers"].as_u64().unwrap(),
            "{rule}"
        );
    }
    let project = out.join("project.json").display().to_string();
    let words = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "rules",
        "--project",
        &project,
    ];
    let again = headless("named-again", &shop(false), &words).unwrap();
    assert_eq!(json(&again, "rules.json"), report);
}

#[test]
fn moves_between_two_dates_are_a_report_and_a_column() {
    let words = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "rfm,movement",
        "--set",
        "movement.of=lifecycle",
    ];
    let out = headless("movement", &shop(false), &words).unwrap();
    let report = json(&out, "movement.json");
    let sum = |field: &str| -> u64 {
        let all = report[field].as_array().unwrap().iter();
        all.map(|n| n.as_u64().unwrap()).sum()
    };
    assert_eq!(sum("counts"), report["n_known"].as_u64().unwrap());
    assert_eq!(sum("without_orders"), sum("counts"));
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    assert!(customers[0].join(",").ends_with(
        "movement,movement_ko,movement_then,movement_then_ko,movement_now,movement_now_ko"
    ));
    assert_eq!(sum("counts") + sum("entered"), customers.len() as u64 - 1);
    let early = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "movement",
        "--set",
        "movement.earlier=1990-01-01",
    ];
    let problem = headless("movement-refused", &shop(false), &early).unwrap_err();
    assert!(problem.contains("Nobody was a customer"), "{problem}");
}

/// The rows of the shop until the day of its middle row.
fn first_half(all: &str) -> String {
    let mut lines = all.lines();
    let head = lines.next().unwrap();
    let mut names = head.split(',');
    let place = names.position(|name| name == "ordered_at").unwrap();
    let day = |line: &str| {
        let cell = line.split(',').nth(place).unwrap_or_default();
        cell.chars().take(10).collect::<String>()
    };
    let mut days: Vec<String> = lines.clone().map(day).collect();
    days.sort();
    let middle = days[days.len() / 2].clone();
    let early = lines.filter(|line| day(line) <= middle);
    let early: Vec<&str> = [head].into_iter().chain(early).collect();
    early.join("\n")
}

/// Whom the earlier list has in each segment is whom the later one finds there then.
fn has_segments_of(later: &Path, early: &Path, name: &str) {
    let [later, early] =
        [later, early].map(|out| rows(&fs::read(out.join("customers.csv")).unwrap()));
    let column = |rows: &[Vec<String>], name: &str| {
        let mut heads = rows[0].iter();
        heads.position(|head| head == name).unwrap()
    };
    let (was, is_then) = (column(&early, name), column(&later, "movement_then"));
    for row in &early[1..] {
        let own = later.iter().find(|other| other[0] == row[0]).unwrap();
        assert_eq!(own[is_then], row[was], "{name}");
    }
}

#[test]
fn a_file_is_held_against_the_project_of_the_month_before() {
    let all = String::from_utf8(shop(false)).unwrap();
    let words = ["IN", "--out", "OUT"];
    let early = headless("movement-before", first_half(&all).as_bytes(), &words).unwrap();
    let project = early.join("project.json");
    let kept = json(&early, "project.json")["kept"].clone();
    let rules = kept["rules"].as_array().unwrap().iter();
    let keys = rules.flat_map(|rule| rule.as_object().unwrap().keys());
    let keys: Vec<&str> = keys.map(String::as_str).collect();
    let all_rules = ["rfm", "clusters", "lifecycle", "value", "rhythm", "rules"];
    assert_eq!(keys, all_rules);
    let held_against_it = |name: &str, setting: &str| {
        let words = [
            "IN",
            "--out",
            "OUT",
            "--project",
            project.to_str().unwrap(),
            "--only",
            "movement",
            "--set",
            "movement.cuts=kept",
            "--set",
            setting,
        ];
        headless(name, all.as_bytes(), &words).unwrap()
    };
    for of in ["rfm", "clusters", "value"] {
        let out = held_against_it("movement-since", &format!("movement.of={of}"));
        let report = json(&out, "movement.json");
        assert_eq!(report["earlier"], kept["as_of"], "{of}");
        assert_eq!(report["cut"], kept["known_until"], "{of}");
        assert!(report["n_moved"].as_u64().unwrap() > 0, "{of}");
        assert_eq!(report["differences"], serde_json::json!([]), "{of}");
        match of {
            "rfm" => has_segments_of(&out, &early, "rfm_segment"),
            "clusters" => has_segments_of(&out, &early, "cluster_name"),
            _ => {}
        }
        // The project that is saved now goes on with what it was held against.
        let again = json(&out, "project.json");
        assert_eq!(again["movement"]["kept"], kept);
        assert_ne!(again["kept"], kept);
        assert_eq!(again["movement"]["choices"], serde_json::Value::Null);
    }
    let out = held_against_it("movement-differs", "rfm.groups=4");
    let differences = json(&out, "movement.json")["differences"].clone();
    assert_eq!(differences, serde_json::json!([{ "groups": [5, 4] }]));
}

#[test]
fn rules_that_cannot_be_are_one_plain_sentence() {
    for (rules, expected) in [
        (
            r#"[{"name":"x","when":{"is":{"measure":"weight","value":"known"}}}]"#,
            "weight",
        ),
        (r#"[{"name":"","when":{"all":[]}}]"#, "Rule"),
        (
            r#"[{"name":"x","when":{"is":{"measure":"recency","value":{"one-of":["a"]}}}}]"#,
            "numbers",
        ),
    ] {
        let set = format!("rules.rules={rules}");
        let words = ["IN", "--out", "OUT", "--only", "rules", "--set", &set];
        let problem = headless("a-priori-refused", &shop(false), &words).unwrap_err();
        assert!(problem.contains(expected), "{problem}");
    }
}

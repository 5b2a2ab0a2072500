//! Segmentations that are decided beforehand, from the command line to the files.

use std::fs;

use crate::tools::*;

const ALL: &str = "rfm,lifecycle,value,rhythm,rules,explain,advice,stability,cohorts";

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
        head.ends_with("lifecycle,lifecycle_ko,value,value_ko,rhythm,rhythm_ko,rules,rules_ko"),
        "{head}"
    );
    let segments = rows(&fs::read(out.join("segments.csv")).unwrap());
    for id in ["rfm", "lifecycle", "value", "rhythm", "rules"] {
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

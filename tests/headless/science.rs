//! Conventions, features and methods of segmentation from the command line to the files.

use std::fs;

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

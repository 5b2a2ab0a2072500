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

//! Tables with a row per customer in place of orders.

use std::fs;

use serde_json::Value;

use crate::tools::*;

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
    assert_eq!(rows[0][13..], ["age", "zip"]);
    assert_eq!(rows[1][13..], ["20", "02100"]);
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
        ("consensus", "clusters.k=3", "consensus"),
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

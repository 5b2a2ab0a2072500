//! A later file and what a project keeps for it, from the command line to the files.

use std::fs;
use std::path::Path;

use crate::tools::*;

/// Orders of sixty customers, monthly from `months.start` on; the ages of all stand on each row where they are wanted.
fn orders(months: std::ops::Range<u32>, has_age: bool) -> String {
    let mut text = String::from(if has_age {
        "customer,date,amount,age\n"
    } else {
        "customer,date,amount\n"
    });
    for month in months {
        for customer in (0..60_u32).filter(|customer| (customer + month) % (1 + customer % 4) == 0)
        {
            let (year, day) = (2023 + month / 12, 1 + customer % 28);
            let amount = 10 + customer * 7 % 90 + 100 * (customer % 3);
            let line = format!(
                "c{customer:02},{year}-{:02}-{day:02},{amount}",
                1 + month % 12
            );
            let age = if has_age {
                format!(",{}", 20 + customer % 40)
            } else {
                String::new()
            };
            text.push_str(&format!("{line}{age}\n"));
        }
    }
    text
}

fn project(name: &str, content: &str, sets: &[&str]) -> String {
    let mut words = vec!["IN", "--out", "OUT"];
    sets.iter().for_each(|set| words.extend(["--set", set]));
    let out = headless(name, content.as_bytes(), &words).unwrap();
    out.join("project.json").display().to_string()
}

fn movement(
    name: &str,
    content: &str,
    project: &str,
    sets: &[&str],
) -> Result<serde_json::Value, String> {
    let mut words = vec![
        "IN",
        "--out",
        "OUT",
        "--project",
        project,
        "--only",
        "movement",
    ];
    sets.iter().for_each(|set| words.extend(["--set", set]));
    headless(name, content.as_bytes(), &words).map(|out| json(&out, "movement.json"))
}

#[test]
fn a_column_that_a_kept_rule_needs_and_the_file_lacks_is_named() {
    let features = "clusters.features=[\"recency\",\"age\"]";
    let project = project(
        "later-age",
        &orders(0..8, true),
        &["clusters.k=2", features],
    );
    let against = ["movement.cuts=kept", "movement.of=clusters"];
    let later = movement("later-has-age", &orders(0..12, true), &project, &against).unwrap();
    let measures = later["drift"].as_array().unwrap().iter();
    let measures: Vec<&str> = measures
        .map(|one| one["measure"].as_str().unwrap())
        .collect();
    assert_eq!(measures, ["recency", "age"]);
    let said = movement("later-no-age", &orders(0..12, false), &project, &against).unwrap_err();
    assert!(said.contains("age") && !said.contains("recency"), "{said}");
    assert!(
        said.contains("Open the file that has it together with this one"),
        "{said}"
    );
}

#[test]
fn new_orders_alone_ask_for_the_earlier_file_and_a_whole_later_file_takes_the_projects_date() {
    let project = project("later-then", &orders(0..8, false), &[]);
    let kept = ["movement.cuts=kept"];
    let alone = movement("later-alone", &orders(8..12, false), &project, &kept).unwrap_err();
    assert!(
        alone.contains("Open the file of the earlier orders together with this one"),
        "{alone}"
    );
    let first = orders(0..8, false).lines().nth(1).unwrap().to_owned();
    let one = format!("{}{first}\n", orders(8..12, false));
    let few = movement("later-few", &one, &project, &kept).unwrap_err();
    assert!(few.contains("of these the file has 1 order of 1"), "{few}");
    let some = movement("later-some", &orders(2..12, false), &project, &kept).unwrap();
    let whole = movement("later-whole", &orders(0..12, false), &project, &kept).unwrap();
    assert!(
        some["lacking"]["found"]["n_orders"].as_u64()
            < some["lacking"]["then"]["n_orders"].as_u64()
    );
    assert_eq!(whole["lacking"], serde_json::Value::Null);
    // Without a word about cut points both dates are cut by those of the project's day.
    let usual = movement("later-usual", &orders(0..12, false), &project, &[]).unwrap();
    assert_eq!(
        (&usual["earlier"], &usual["params"]["cuts"]),
        (&whole["earlier"], &"frozen".into())
    );
}

/// A table of customers of these ages.
fn table(ages: &[u32]) -> String {
    let rows = ages.iter().enumerate();
    let rows = rows.map(|(place, age)| format!("p{place:02},{age}\n"));
    format!("id,age\n{}", rows.collect::<String>())
}

fn clusters_of(out: &Path) -> Vec<String> {
    let rows = rows(&fs::read(out.join("customers.csv")).unwrap());
    let place = rows[0].iter().position(|head| head == "cluster").unwrap();
    rows[1..].iter().map(|row| row[place].clone()).collect()
}

#[test]
fn a_new_table_of_customers_is_put_into_the_clusters_of_the_last_one() {
    let ages: Vec<u32> = (0..40).map(|n| 20 + n % 5 + 40 * (n % 2)).collect();
    let of = |name: &str, ages: &[u32], more: &[&str]| {
        let mut words = vec!["--customers", "IN", "--out", "OUT", "--only", "clusters"];
        words.extend(more);
        headless(name, table(ages).as_bytes(), &words)
    };
    let sets = [
        "--set",
        "clusters.features=[\"age\"]",
        "--set",
        "clusters.k=2",
    ];
    let then = of("held-then", &ages, &sets).unwrap();
    let rule = json(&then, "clusters.json")["rule"].clone();
    assert_eq!(rule["centres"].as_array().unwrap().len(), 2);
    let held = format!("clusters.held={rule}");
    let again = of(
        "held-again",
        &ages,
        &[&sets[..], &["--set", &held]].concat(),
    )
    .unwrap();
    assert_eq!(clusters_of(&again), clusters_of(&then));
    // Those of the next table are all old: by the project they are in the cluster of the old.
    let project = again.join("project.json").display().to_string();
    let new = of("held-new", &[61, 63, 70, 90], &["--project", &project]).unwrap();
    let old = clusters_of(&then)[1].clone();
    assert_eq!(clusters_of(&new), vec![old; 4]);
    assert_eq!(json(&new, "project.json")["clusters"]["held"], rule);
}

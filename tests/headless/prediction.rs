//! A prediction from the command line to the files.

use std::fs;

use crate::tools::*;

#[test]
fn a_prediction_has_its_report_and_its_columns_and_the_project_gives_it_again() {
    let content = shop(false);
    let set = r#"prediction.features=["recency","frequency","tenure"]"#;
    let only = "IN --out OUT --only rfm,prediction";
    let chosen = "--set prediction.days=30 --set prediction.split=random --set";
    let words = only.split(' ').chain(chosen.split(' ')).chain([set]);
    let out = headless("prediction", &content, &words.collect::<Vec<_>>()).unwrap();
    let report = json(&out, "prediction.json");
    assert_eq!(report["features"].as_array().unwrap().len(), 3);
    assert!(report["model"]["classes"]["log_loss"].as_f64().unwrap() > 0.0);
    assert!(report["over_guess"]["mean"].is_number());
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    let head = customers[0].join(",");
    assert!(
        head.ends_with("predicted,prediction,prediction_ko"),
        "{head}"
    );
    let place = customers[0]
        .iter()
        .position(|head| head == "predicted")
        .unwrap();
    let predicted: Vec<f64> = customers[1..]
        .iter()
        .map(|row| row[place].parse().unwrap())
        .collect();
    assert!(predicted.iter().all(|p| (0.0..=1.0).contains(p)));
    // Nobody of the first tenth is predicted lower than somebody of the last.
    let of = |tenth: &str| {
        let own = customers[1..].iter().zip(&predicted);
        own.filter(|(row, _)| row[place + 1] == tenth)
            .map(|(_, p)| *p)
            .collect::<Vec<f64>>()
    };
    let (first, last) = (of("Predicted top 10%"), of("Predicted last 10%"));
    assert!(!first.is_empty() && !last.is_empty());
    let lowest = first.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(last.iter().all(|p| *p <= lowest));
    let project = out.join("project.json").display().to_string();
    let again = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "rfm,prediction",
        "--project",
        &project,
    ];
    let again = headless("prediction-again", &content, &again).unwrap();
    for file in ["prediction.json", "customers.csv"] {
        assert_eq!(
            fs::read(out.join(file)).unwrap(),
            fs::read(again.join(file)).unwrap()
        );
    }
}

#[test]
fn cross_validation_has_the_interval_of_the_area_and_who_and_how_many() {
    let set = "--set prediction.days=30 --set prediction.split=folds --set prediction.folds=4";
    let words = ["IN", "--out", "OUT", "--only", "prediction"].into_iter();
    let words: Vec<&str> = words.chain(set.split(' ')).collect();
    let out = headless("prediction-folds", &shop(false), &words).unwrap();
    let report = json(&out, "prediction.json");
    assert_eq!(report["n_train"], report["n_test"]);
    assert_eq!(report["cross_validated"].as_array().unwrap().len(), 4);
    let own = &report["model"]["classes"];
    let (area, ends) = (own["auc"].as_f64().unwrap(), &own["auc_interval"]);
    assert!(ends[0].as_f64().unwrap() <= area && area <= ends[1].as_f64().unwrap());
    let (expected, all) = (&report["expected"], &report["n_scored"]);
    let expected = expected.as_f64().unwrap();
    assert!(expected > 0.0 && expected < all.as_f64().unwrap());
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    let place = customers[0].iter().position(|head| head == "predicted");
    let predicted = customers[1..].iter().map(|row| &row[place.unwrap()]);
    let sum: f64 = predicted.map(|own| own.parse::<f64>().unwrap()).sum();
    assert!((sum - expected).abs() < 1e-4 * customers.len() as f64);
}

#[test]
fn what_cannot_be_predicted_is_one_plain_sentence() {
    for (set, expected) in [
        ("prediction.days=3000", "Look fewer days ahead: "),
        ("prediction.target=column", "Column: choose"),
        ("prediction.days=0", "Days ahead"),
    ] {
        let words = ["IN", "--out", "OUT", "--only", "prediction", "--set", set];
        let problem = headless("prediction-problem", &shop(false), &words).unwrap_err();
        assert!(problem.contains(expected), "{problem}");
    }
}

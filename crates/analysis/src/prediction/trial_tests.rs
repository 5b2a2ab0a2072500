//! The test of a prediction: everybody once, against the simple model, and nothing of it in what was learnt.

use super::tests::{classes, dataset, run_on, shop};
use super::*;

#[test]
fn cross_validation_tests_everybody_once_and_learns_from_all() {
    let dataset = dataset(&shop());
    for model in Model::ALL {
        let params = Params {
            split: Split::Folds,
            days: 60,
            model,
            ..Params::default()
        };
        let report = run_on(&dataset, params).unwrap().report;
        assert_eq!(report.n_train, report.n_test);
        assert_eq!(report.learnt, report.tested);
        let tested: u64 = report.tenths.iter().map(|tenth| tenth.n).sum();
        assert_eq!(tested, report.n_train);
        assert_eq!(report.cross_validated.len(), 5);
        // What is said of all is about what is said of the parts.
        let parts = report
            .cross_validated
            .iter()
            .map(|part| classes(part).auc.unwrap());
        let mean = parts.sum::<f64>() / 5.0;
        let whole = classes(&report.model);
        assert!((whole.auc.unwrap() - mean).abs() < 0.05, "{model:?}");
        let (low, high) = whole.auc_interval.unwrap();
        assert!(low <= whole.auc.unwrap() && whole.auc.unwrap() <= high);
        assert!(report.naive.is_some() && report.is_better());
    }
}

#[test]
fn the_simple_model_can_be_the_one_that_is_used_and_is_not_held_against_itself() {
    let dataset = dataset(&shop());
    for split in Split::ALL {
        let mut params = Params {
            split,
            days: 60,
            model: Model::Forest,
            ..Params::default()
        };
        let other = run_on(&dataset, params.clone()).unwrap().report;
        params.simplify();
        let report = run_on(&dataset, params).unwrap().report;
        assert_eq!(report.features, ["recency", "frequency"]);
        assert_eq!((&report.naive, report.against_naive()), (&None, None));
        assert!(!report.suggests_naive());
        // It is the very model that the other was held against.
        assert_eq!(Some(report.model), other.naive);
        assert_eq!(Some(report.over_guess), other.naive_over_guess);
    }
}

#[test]
fn the_simple_model_is_offered_where_it_is_good_and_the_other_not_better() {
    let params = Params {
        days: 60,
        ..Params::default()
    };
    let mut report = run_on(&dataset(&shop()), params).unwrap().report;
    let over = |interval: (f64, f64)| Advantage {
        mean: f64::midpoint(interval.0, interval.1),
        interval,
        share: 0.1,
        area: None,
    };
    report.naive = Some(report.model.clone());
    report.naive_over_guess = Some(over((0.1, 0.3)));
    for (over_guess, over_naive, is_offered) in [
        ((0.1, 0.3), (0.1, 0.3), false),
        ((0.1, 0.3), (-0.1, 0.3), true),
        ((-0.1, 0.3), (0.1, 0.3), true),
    ] {
        (report.over_guess, report.over_naive) = (over(over_guess), Some(over(over_naive)));
        assert_eq!(report.suggests_naive(), is_offered);
    }
    report.naive_over_guess = Some(over((-0.1, 0.3)));
    assert!(!report.suggests_naive());
}

#[test]
fn the_sum_of_all_predictions_says_how_many() {
    let dataset = dataset(&shop());
    let params = Params {
        days: 60,
        ..Params::default()
    };
    let output = run_on(&dataset, params).unwrap();
    let of = |customer: usize| output.segmentation.predicted_of(customer).unwrap();
    let expected: f64 = (0..104).map(of).sum();
    assert!((output.report.expected - expected).abs() < 1e-9);
    assert_eq!(output.report.n_scored, 104);
    let (share, gain) = output.report.reach().unwrap();
    assert!((0.29..0.35).contains(&share) && gain > share);
}

#[test]
fn what_comes_after_the_second_cut_changes_the_test_and_not_what_was_learnt() {
    let rows = shop();
    let params = Params {
        target: Target::Spend,
        days: 120,
        ..Params::default()
    };
    let report = run_on(&dataset(&rows), params.clone()).unwrap().report;
    let cut = report.tested.unwrap().cut;
    let mut changed = rows;
    for row in &mut changed {
        if Day::from_number(row.1) > cut {
            row.2 *= 7;
        }
    }
    let other = run_on(&dataset(&changed), params).unwrap().report;
    assert_eq!(report.coefficients, other.coefficients);
    assert_eq!(report.cross_validated, other.cross_validated);
    assert!(other.test_mean > 6.0 * report.test_mean);
}

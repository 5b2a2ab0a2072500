//! Two cohorts held against each other: by hand, published numbers, and which two and when.

use super::super::estimate::{Estimate, Moments, of_means, shares};
use super::*;
use crate::Rule;

#[test]
fn who_came_back_at_all_is_compared_over_equally_long_times() {
    // Both of January come back in April, when February has had no third month: half a cohort more, by time alone.
    let shop = testing::orders(&[
        ("a", day("2020-01-03"), 100),
        ("a", day("2020-04-10"), 100),
        ("b", day("2020-01-05"), 100),
        ("b", day("2020-02-05"), 100),
        ("c", day("2020-02-03"), 100),
        ("c", day("2020-03-03"), 100),
        ("d", day("2020-02-03"), 100),
        ("d", day("2020-05-03"), 100),
        ("e", day("2020-03-03"), 100),
        ("e", day("2020-05-09"), 100),
    ]);
    let params = Params {
        activity: Activity::InOrAfter,
        first: Some("2020-01".into()),
        second: Some("2020-02".into()),
        ..Params::default()
    };
    let report = run_on(&shop, params.clone(), shop.default_as_of()).unwrap();
    assert_eq!(report.cohorts[0].cells[1].value, Some(1.0));
    let difference = report.difference.unwrap();
    // February has two complete months after its first; January's order of April is past them.
    assert_eq!(difference.followed_until, Some(2));
    assert!(
        difference
            .sides
            .iter()
            .all(|side| (side.value - 0.5).abs() < 1e-12)
    );
    let churn = Params {
        measure: Measure::Churn,
        ..params
    };
    let report = run_on(&shop, churn, shop.default_as_of()).unwrap();
    let sides = report.difference.unwrap().sides;
    assert!(sides.iter().all(|side| (side.value - 0.5).abs() < 1e-12));
}

#[test]
fn without_a_period_that_is_over_for_both_the_latest_before_it_is_compared() {
    let shop = shop();
    let at = |period: Option<usize>, measure: Measure| {
        let params = Params {
            period,
            measure,
            ..Params::default()
        };
        let report = run_on(&shop, params, shop.default_as_of()).unwrap();
        report.difference.map(|found| found.period)
    };
    assert_eq!(at(None, Measure::Retention), Some(1));
    // February has no second month yet.
    assert_eq!(at(Some(2), Measure::Retention), Some(1));
    assert_eq!(at(Some(300), Measure::Orders), Some(1));
    assert_eq!(at(Some(0), Measure::Orders), Some(0));
}

#[test]
fn everybody_ordered_in_the_first_period_which_is_no_comparison_of_who_came_back() {
    // The third cohort has only its own month behind it.
    let shop = testing::orders(&[
        ("a", day("2020-01-03"), 100),
        ("a", day("2020-02-10"), 100),
        ("b", day("2020-02-03"), 100),
        ("c", day("2020-03-03"), 300),
        ("c", day("2020-03-04"), 300),
        ("d", day("2020-03-05"), 700),
        ("e", day("2020-01-05"), 200),
        ("a", day("2020-04-02"), 100),
    ]);
    let named = |measure: Measure| Params {
        measure,
        first: Some("2020-03".into()),
        second: Some("2020-01".into()),
        ..Params::default()
    };
    let compared = |measure: Measure| {
        let report = run_on(&shop, named(measure), shop.default_as_of()).unwrap();
        report.difference.map(|found| found.period)
    };
    assert_eq!(compared(Measure::Retention), None);
    assert_eq!(compared(Measure::Revenue), Some(0));
}

#[test]
fn the_order_value_is_compared_by_customer_and_not_by_order() {
    // One customer of January has six orders, all alike.
    let mut rows = vec![("a", day("2020-01-03"), 100), ("b", day("2020-01-03"), 300)];
    for place in 0..6 {
        rows.push(("a", day("2020-02-03") + place, 1000));
    }
    rows.extend([
        ("b", day("2020-02-03"), 400),
        ("c", day("2020-02-05"), 500),
        ("c", day("2020-03-05"), 600),
        ("d", day("2020-02-05"), 500),
        ("d", day("2020-03-05"), 100),
        ("d", day("2020-04-05"), 100),
    ]);
    let shop = testing::orders(&rows);
    let params = Params {
        measure: Measure::AverageOrderValue,
        ..Params::default()
    };
    let report = run_on(&shop, params, shop.default_as_of()).unwrap();
    let difference = report.difference.unwrap();
    assert_eq!(difference.sides.map(|side| side.n), [2, 2]);
    assert!((difference.sides[0].value - 64.0 / 7.0).abs() < 1e-12);
    // By hand: residuals of (6, 60) and (1, 4) are ±36/7; 2 · 2 · (36/7)² / 49. Of (1, 6) and (1, 1): 2 · 2 · 2.5² / 4.
    let error2 = 4.0 * (36.0_f64 / 7.0).powi(2) / 49.0 + 6.25;
    let expected = (64.0 / 7.0 - 3.5) / error2.sqrt();
    assert!((difference.statistic - expected).abs() < 1e-12);
}

#[test]
fn with_one_order_each_a_ratio_is_a_mean() {
    let values = [3.0, 1.0, 4.0, 1.0, 5.0];
    let mut moments = Moments::default();
    values.iter().for_each(|&value| moments.add(value));
    let pairs = values.map(|value| (1.0, value));
    let (ratio, mean) = (Estimate::of_ratio(&pairs), moments.estimate());
    let apart = of_means([ratio.unwrap(), mean.unwrap()]).unwrap();
    assert!(apart.estimate.abs() < 1e-12);
    let [one, other] = apart.sides.map(|side| side.interval[1] - side.interval[0]);
    assert!((one - other).abs() < 1e-12);
    assert_eq!(Estimate::of_ratio(&pairs[..1]), None);
}

#[test]
fn two_shares_differ_as_published() {
    let difference = shares([(15, 50), (25, 50)]);
    assert!((difference.statistic - 3.375).abs() < 1e-12);
    assert!((difference.p_value - 0.066_193).abs() < 5e-7);
    let [low, high] = difference.sides[0].interval;
    assert!((low - 0.191_035_54).abs() < 5e-9 && (high - 0.437_503_50).abs() < 5e-9);
    // Newcombe (1998), table II, row (a): 56/70 against 48/80, method 10.
    let [low, high] = shares([(56, 70), (48, 80)]).interval;
    assert!(
        (low - 0.0524).abs() < 5e-5 && (high - 0.3339).abs() < 5e-5,
        "{low} {high}"
    );
}

#[test]
fn two_means_of_equal_size_and_spread_have_the_degrees_of_freedom_of_both() {
    let moments = |shift: f64| {
        let mut moments = Moments::default();
        (1..=10).for_each(|value| moments.add(f64::from(value) + shift));
        moments
    };
    let difference =
        of_means([moments(0.0), moments(3.0)].map(|own| own.estimate().unwrap())).unwrap();
    let Test::Means { df } = difference.test else {
        panic!("means")
    };
    assert!((df - 18.0).abs() < 1e-9);
    // The variance of 1 to 10 is 55 / 6.
    assert!((difference.statistic + 3.0 / (11.0_f64 / 6.0).sqrt()).abs() < 1e-12);
    assert!((difference.interval[0] + difference.interval[1] + 6.0).abs() < 1e-12);
}

#[test]
fn a_cohort_that_is_named_must_be_there() {
    let shop = shop();
    let params = Params {
        first: Some("2020-02".into()),
        second: Some("2020-01".into()),
        ..Params::default()
    };
    let report = run_on(&shop, params.clone(), shop.default_as_of()).unwrap();
    let difference = report.difference.unwrap();
    assert_eq!(difference.places, [1, 0]);
    assert!((difference.estimate + 1.0 / 3.0).abs() < 1e-12);
    let unknown = Params {
        first: Some("1999-01".into()),
        ..params
    };
    let result = run_on(&shop, unknown, shop.default_as_of());
    assert_eq!(
        result,
        Err(AnalysisError::param("first", Rule::KnownCohort))
    );
}

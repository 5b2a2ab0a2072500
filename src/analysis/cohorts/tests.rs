//! Cohorts by hand, published numbers, and what holds for any orders.

use proptest::prelude::*;

use super::estimate::{Estimate, Moments, of_means, shares};
use super::*;
use crate::analysis::{Params as _, Unwatched, testing};
use crate::data::{Attribute, AttributeValues, Names};

fn run_on(dataset: &Dataset, params: Params, as_of: Day) -> Result<Report, AnalysisError> {
    run(
        dataset,
        Beside::default(),
        &params.checked()?,
        as_of,
        &mut Unwatched,
    )
}

fn day(text: &str) -> i32 {
    text.parse::<Day>().unwrap().number()
}

/// Three who came in January, two in February; the file ends in the middle of April.
fn shop() -> Dataset {
    testing::orders(&[
        ("a", day("2020-01-03"), 1000),
        ("a", day("2020-02-10"), 500),
        ("a", day("2020-03-31"), 250),
        ("b", day("2020-01-31"), 2000),
        ("b", day("2020-03-01"), 100),
        ("c", day("2020-01-15"), 300),
        ("d", day("2020-02-01"), 400),
        ("d", day("2020-02-20"), 600),
        ("e", day("2020-02-29"), 700),
        ("e", day("2020-04-15"), 50),
    ])
}

fn values(cells: &[Cell]) -> Vec<f64> {
    cells.iter().map(|cell| cell.value.unwrap()).collect()
}

#[test]
fn months_are_counted_from_the_first_order_and_what_is_not_over_is_left_blank() {
    let shop = shop();
    let report = run_on(&shop, Params::default(), shop.default_as_of()).unwrap();
    let keys: Vec<&str> = report.cohorts.iter().map(|own| own.key.as_str()).collect();
    assert_eq!(keys, ["2020-01", "2020-02"]);
    assert_eq!(
        values(&report.cohorts[0].cells),
        [1.0, 1.0 / 3.0, 2.0 / 3.0]
    );
    // April is running: February has two complete months, and its buyer of April is no zero and no cell.
    assert_eq!(values(&report.cohorts[1].cells), [1.0, 0.0]);
    assert_eq!(report.cohorts[1].running.n_active, 1);
    assert_eq!(values(&report.mean), [1.0, 1.0 / 5.0, 2.0 / 3.0]);
}

#[test]
fn rolling_retention_counts_who_comes_back_later() {
    let shop = shop();
    let params = Params {
        activity: Activity::InOrAfter,
        ..Params::default()
    };
    let report = run_on(&shop, params, shop.default_as_of()).unwrap();
    assert_eq!(
        values(&report.cohorts[0].cells),
        [1.0, 2.0 / 3.0, 2.0 / 3.0]
    );
    assert_eq!(values(&report.cohorts[1].cells), [1.0, 0.5]);
}

#[test]
fn lifetime_value_grows_by_what_each_period_brings() {
    let shop = shop();
    let params = Params {
        measure: Measure::CumulativeRevenue,
        ..Params::default()
    };
    let report = run_on(&shop, params, shop.default_as_of()).unwrap();
    assert_eq!(
        values(&report.cohorts[0].cells),
        [11.0, 38.0 / 3.0, 41.5 / 3.0]
    );
}

#[test]
fn days_after_the_last_order_are_over_for_nobody() {
    let shop = shop();
    let far = Day::from_number(day("2021-01-01"));
    let report = run_on(&shop, Params::default(), far).unwrap();
    assert_eq!(report.n_periods, 3);
}

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

/// Ten of whom two come back, and a hundred of whom nobody does.
fn lopsided() -> Dataset {
    let mut rows: Vec<(String, i32, i64)> = Vec::new();
    for customer in 0..110 {
        let first = if customer < 10 {
            "2020-01-05"
        } else {
            "2020-02-05"
        };
        rows.push((format!("{customer:03}"), day(first), 100));
    }
    rows.push(("000".into(), day("2020-02-10"), 100));
    rows.push(("001".into(), day("2020-02-11"), 100));
    rows.push(("109".into(), day("2020-04-02"), 100));
    let rows: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, d, c)| (id.as_str(), *d, *c))
        .collect();
    testing::orders(&rows)
}

#[test]
fn the_mean_weighs_customers_and_not_cohorts() {
    let shop = lopsided();
    let report = run_on(&shop, Params::default(), shop.default_as_of()).unwrap();
    assert_eq!(report.cohorts[0].cells[1].value, Some(0.2));
    assert_eq!(report.cohorts[1].cells[1].value, Some(0.0));
    // 1.8 %, not 10 %.
    assert_eq!(report.mean[1].value, Some(2.0 / 110.0));
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
fn columns_make_cohorts_and_nobody_is_lost() {
    let mut shop = shop();
    let mut texts = Names::default();
    let (south, north) = (texts.intern(b"south"), texts.intern(b"north"));
    let codes = vec![Some(south), Some(north), Some(south), None, Some(north)];
    let numbers = [20.0, 30.0, 40.0, 50.0, 60.0].map(Some).to_vec();
    for (name, values) in [
        ("region", AttributeValues::Texts { texts, codes }),
        ("age", AttributeValues::Numbers(numbers)),
    ] {
        let name = name.to_owned();
        shop.attributes.push(Attribute { name, values });
    }
    let by = |column: &str| Params {
        by: By::Column,
        column: column.into(),
        ..Params::default()
    };
    let as_of = shop.default_as_of();
    let report = run_on(&shop, by("region"), as_of).unwrap();
    let sizes = report
        .cohorts
        .iter()
        .map(|own| (own.key.as_str(), own.n_customers));
    assert_eq!(
        sizes.collect::<Vec<_>>(),
        [("north", 2), ("south", 2), ("", 1)]
    );
    // Of the north only the one who came in January has had a second month after the first.
    assert_eq!(report.cohorts[0].cells[2].n_customers, 1);
    let report = run_on(&shop, by("age"), as_of).unwrap();
    let sizes: Vec<u64> = report.cohorts.iter().map(|own| own.n_customers).collect();
    assert_eq!(sizes, [2, 1, 1, 1]);
    assert!(run_on(&shop, by("shoe size"), as_of).is_err());
}

#[test]
fn only_customers_who_are_looked_at_decide_what_groups_there_are() {
    let mut rows: Vec<(String, i32, i64)> = (0..500)
        .map(|customer| {
            (
                format!("{customer:03}"),
                day("2020-01-05") + customer % 60,
                100,
            )
        })
        .collect();
    rows.push(("000".into(), day("2020-04-02"), 100));
    // Their first orders are after the as-of date.
    rows.extend((500..504).map(|customer| (customer.to_string(), day("2021-01-01"), 100)));
    let rows: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, d, c)| (id.as_str(), *d, *c))
        .collect();
    let mut shop = testing::orders(&rows);
    let mut texts = Names::default();
    let name = |customer: usize| match customer {
        0..4 | 500.. => format!("own {customer}"),
        _ => format!("of {}", customer % 2),
    };
    let codes = (0..504).map(|own| Some(texts.intern(name(own).as_bytes())));
    let codes = codes.collect();
    let ages = (0..504).map(|own| Some(if own < 500 { f64::from(own % 4) } else { 1e6 }));
    for (name, values) in [
        ("code", AttributeValues::Texts { texts, codes }),
        ("age", AttributeValues::Numbers(ages.collect())),
    ] {
        let name = name.to_owned();
        shop.attributes.push(Attribute { name, values });
    }
    shop.treated.set_aside = (0..504)
        .map(|customer| (1..4).contains(&customer))
        .collect();
    let by = |column: &str| Params {
        by: By::Column,
        column: column.into(),
        ..Params::default()
    };
    let as_of = Day::from_number(day("2020-06-01"));
    let report = run_on(&shop, by("code"), as_of).unwrap();
    let keys: Vec<&str> = report.cohorts.iter().map(|own| own.key.as_str()).collect();
    assert_eq!(keys, ["of 0", "of 1", "own 0"]);
    // The quartiles of 0 to 3, and no band for the million of who is no customer yet.
    let report = run_on(&shop, by("age"), as_of).unwrap();
    assert_eq!(report.cohorts.len(), 4);
    let highest = report.cohorts.last().unwrap();
    assert!(
        matches!(&highest.label, Label::Band { above: Some(above), until: None } if *above < 3.0)
    );
}

#[test]
fn four_hundred_texts_may_be_exceeded_by_who_is_not_looked_at() {
    let rows: Vec<(String, i32, i64)> = (0..600)
        .map(|own| (format!("{own:03}"), own, 100))
        .collect();
    let mut rows: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, d, c)| (id.as_str(), *d, *c))
        .collect();
    rows.push(("000", 250, 100));
    let mut shop = testing::orders(&rows);
    let mut texts = Names::default();
    let codes = (0..600).map(|own: u32| Some(texts.intern(own.to_string().as_bytes())));
    let codes = codes.collect();
    shop.attributes.push(Attribute {
        name: "code".to_owned(),
        values: AttributeValues::Texts { texts, codes },
    });
    let params = Params {
        by: By::Column,
        column: "code".into(),
        ..Params::default()
    };
    let report = run_on(&shop, params.clone(), Day::from_number(300)).unwrap();
    assert_eq!(report.cohorts.len(), 301);
    let problem = CohortProblem::TooMany {
        found: 600,
        most: 400,
    };
    let refused = run_on(&shop, params, shop.default_as_of());
    assert_eq!(refused, Err(AnalysisError::Cohorts(problem)));
}

#[test]
fn of_many_first_products_the_most_frequent_are_cohorts_and_the_rest_one() {
    let rows: Vec<(String, i32, i64)> =
        (0..90).map(|own| (format!("{own:02}"), own, 100)).collect();
    let mut rows: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, d, c)| (id.as_str(), *d, *c))
        .collect();
    rows.push(("00", 95, 100));
    let shop = testing::orders(&rows);
    let mut texts = Names::default();
    // Twenty products with two customers each, then thirty with one, and twenty customers without any.
    let product = |own: u32| match own {
        0..40 => Some(format!("often {:02}", own / 2)),
        40..70 => Some(format!("rare {own}")),
        _ => None,
    };
    let codes = (0..90).map(|own| product(own).map(|name| texts.intern(name.as_bytes())));
    let codes = codes.collect();
    let values = AttributeValues::Texts { texts, codes };
    let params = Params {
        by: By::FirstOrder,
        column: "product".into(),
        ..Params::default()
    };
    let beside = Beside {
        first: Some(&values),
        ..Beside::default()
    };
    let checked = params.clone().checked().unwrap();
    let report = run(
        &shop,
        beside,
        &checked,
        shop.default_as_of(),
        &mut Unwatched,
    )
    .unwrap();
    let sizes = report.cohorts.iter().map(|own| own.n_customers);
    assert_eq!(sizes.sum::<u64>(), 90);
    assert_eq!(report.cohorts.len(), 22);
    assert_eq!(report.cohorts[19].key, "often 19");
    assert_eq!(
        (&report.cohorts[20].label, report.cohorts[20].n_customers),
        (&Label::Others, 30)
    );
    assert_eq!(
        (&report.cohorts[21].label, report.cohorts[21].n_customers),
        (&Label::Missing, 20)
    );
    // Without the engine, nobody says what the first orders were.
    assert!(run_on(&shop, params, shop.default_as_of()).is_err());
}

#[test]
fn what_shows_nothing_is_refused() {
    let problem = |rows: &[(&str, i32, i64)], params: Params| {
        let shop = testing::orders(rows);
        match run_on(&shop, params, shop.default_as_of()) {
            Err(AnalysisError::Cohorts(problem)) => problem,
            other => panic!("{other:?}"),
        }
    };
    let month = Params::default();
    let daily = Params {
        unit: Unit::Day,
        ..Params::default()
    };
    let one_day = [("a", 5, 1), ("a", 5, 1), ("b", 5, 1)];
    assert_eq!(problem(&one_day, month.clone()), CohortProblem::OneDay);
    let once = [("a", 5, 1), ("b", 50, 1)];
    assert_eq!(problem(&once, month.clone()), CohortProblem::NobodyCameBack);
    let together = [("a", 5, 1), ("b", 6, 1), ("b", 90, 1)];
    let expected = CohortProblem::OneCohort(By::Acquisition);
    assert_eq!(problem(&together, month.clone()), expected);
    let short = [("a", 25, 1), ("a", 27, 1), ("b", 35, 1)];
    assert_eq!(problem(&short, month), CohortProblem::TooShort(Unit::Month));
    let future = [("a", 0, 1), ("a", 1, 1), ("b", 40_000, 1)];
    assert!(matches!(
        problem(&future, daily),
        CohortProblem::TooMany { most: 400, .. }
    ));
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

fn any_rows() -> impl Strategy<Value = Vec<(u8, i32, i64)>> {
    prop::collection::vec((0..12_u8, 0..200_i32, -500..5000_i64), 2..80)
}

proptest! {
    #[test]
    fn cells_and_running_periods_add_up_to_all_money_and_retention_starts_at_one(
        rows in any_rows(),
        unit in prop::sample::select(Unit::ALL.to_vec()),
        seed in any::<prop::sample::Index>(),
    ) {
        let named: Vec<(String, i32, i64)> = rows.iter().map(|(id, d, c)| (id.to_string(), *d, *c)).collect();
        let mut borrowed: Vec<(&str, i32, i64)> = named.iter().map(|(id, d, c)| (id.as_str(), *d, *c)).collect();
        let shop = testing::orders(&borrowed);
        let params = Params { unit, ..Params::default() };
        let result = run_on(&shop, params.clone(), shop.default_as_of());
        let turn = seed.index(borrowed.len());
        borrowed.rotate_left(turn);
        let turned = testing::orders(&borrowed);
        prop_assert_eq!(&run_on(&turned, params, turned.default_as_of()), &result);
        if let Ok(report) = result {
            let cells = report.cohorts.iter().flat_map(|own| own.cells.iter().map(|cell| cell.revenue));
            let running = report.cohorts.iter().map(|own| own.running.revenue);
            let all: i64 = rows.iter().map(|row| row.2).sum();
            prop_assert_eq!(cells.chain(running).sum::<Money>(), Money::new(i128::from(all), 2));
            for cohort in &report.cohorts {
                prop_assert!(cohort.cells.first().is_none_or(|cell| cell.value == Some(1.0)));
                for cell in &cohort.cells {
                    prop_assert!(cell.n_active <= cell.n_active_or_later);
                    prop_assert!(cell.n_active_or_later <= cell.n_customers);
                }
                for pair in cohort.cells.windows(2) {
                    prop_assert!(pair[1].n_active_or_later <= pair[0].n_active_or_later);
                    prop_assert_eq!(pair[0].cumulative_revenue + pair[1].revenue, pair[1].cumulative_revenue);
                }
            }
        }
    }
}

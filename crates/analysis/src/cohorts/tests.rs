//! Cohorts by hand, and what holds for any orders.

mod compared;
mod grouped;

use proptest::prelude::*;

use super::*;
use crate::{Params as _, Unwatched, testing};
use gyeol_data::Returns;

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
fn what_shows_nothing_is_refused() {
    let problem = |rows: &[(&str, i32, i64)], params: Params| {
        let shop = testing::orders(rows);
        match run_on(&shop, params, shop.default_as_of()) {
            Err(AnalysisError::Cohorts(problem)) => problem,
            other => panic!("{other:?}"),
        }
    };
    let month = Params::default();
    let daily = by_day();
    let one_day = [("a", 5, 1), ("a", 5, 1), ("b", 5, 1)];
    assert_eq!(problem(&one_day, month.clone()), CohortProblem::OneDay);
    let once = [("a", 5, 1), ("b", 50, 1)];
    assert_eq!(problem(&once, month.clone()), CohortProblem::NobodyCameBack);
    let together = [("a", 5, 1), ("b", 6, 1), ("b", 90, 1)];
    let expected = CohortProblem::OneCohort(By::Acquisition);
    assert_eq!(problem(&together, month.clone()), expected);
    let short = [("a", 25, 1), ("a", 27, 1), ("b", 35, 1)];
    assert_eq!(problem(&short, month), CohortProblem::TooShort(Unit::Month));
    let future = [("a", 0, 1), ("a", 1, 1), ("b", 2_000_000, 1)];
    let found = 2_000_001;
    let expected = CohortProblem::TooManyCells {
        found,
        most: MOST_CELLS,
    };
    assert_eq!(problem(&future, daily), expected);
}

/// Somebody new comes every day, and back on the next.
fn daily(n_days: i32) -> Dataset {
    let ids: Vec<String> = (0..n_days).map(|day| format!("{day:05}")).collect();
    let days = (0..n_days).zip(&ids);
    let rows = days.flat_map(|(day, id)| [day, day + 1].map(|day| (id.as_str(), day, 100)));
    testing::orders(&rows.collect::<Vec<_>>())
}

fn by_day() -> Params {
    Params {
        unit: Unit::Day,
        ..Params::default()
    }
}

#[test]
fn of_more_days_than_there_is_room_for_the_latest_stay_and_the_mean_is_of_all() {
    let shop = daily(600);
    let report = run_on(&shop, by_day(), shop.default_as_of()).unwrap();
    // The latest has two cells, each before it one more.
    assert_eq!((report.cohorts.len(), report.n_left_out), (399, 201));
    assert_eq!(
        report.cohorts[398].label,
        Label::Period(Day::from_number(599))
    );
    let n_cells = |report: &Report| -> usize {
        let cells = report.cohorts.iter().map(|own| own.cells.len());
        cells.sum()
    };
    assert_eq!(n_cells(&report), HELD_CELLS - 1);
    let whole = Beside {
        is_whole: true,
        ..Beside::default()
    };
    let params = by_day().checked().unwrap();
    let whole = run(&shop, whole, &params, shop.default_as_of(), &mut Unwatched).unwrap();
    assert_eq!((whole.cohorts.len(), whole.n_left_out), (600, 0));
    assert_eq!(whole.cohorts[201..], report.cohorts);
    assert_eq!(
        (&whole.mean, &whole.n_cohorts),
        (&report.mean, &report.n_cohorts)
    );
    assert_eq!((report.mean.len(), report.n_customers), (601, 600));
    assert_eq!(report.mean[1].value, Some(1.0));
    assert_eq!((report.n_cohorts[0], report.n_cohorts[600]), (600, 1));
    // Few are all there, however long they are.
    let mut rows: Vec<(&str, i32, i64)> = (0..10).map(|at| ("a", at * 100, 1)).collect();
    rows.extend([("b", 2, 1), ("b", 3, 1)]);
    let few = testing::orders(&rows);
    let report = run_on(&few, by_day(), few.default_as_of()).unwrap();
    assert_eq!((report.cohorts.len(), report.n_left_out), (2, 0));
    assert_eq!(report.cohorts[0].cells[900].n_active, 1);
}

#[test]
fn more_cells_than_can_be_computed_are_refused() {
    let shop = daily(1_500);
    let found = run_on(&shop, by_day(), shop.default_as_of()).unwrap_err();
    let problem = CohortProblem::TooManyCells {
        found: (2..=1_501).sum(),
        most: MOST_CELLS,
    };
    assert_eq!(found, AnalysisError::Cohorts(problem));
}

#[test]
fn an_order_that_stands_alone_is_named_and_refused_where_it_makes_the_periods() {
    let shop = testing::with_order(daily(100), 20_000);
    let by = |unit: Unit, day: i32| {
        let params = Params {
            unit,
            ..Params::default()
        };
        run_on(&shop, params, Day::from_number(day))
    };
    let lone = by(Unit::Quarter, 20_001).unwrap().lone.unwrap();
    assert_eq!((lone.n_orders, lone.others_until.number()), (1, 100));
    let refused = by(Unit::Month, 20_001).unwrap_err();
    assert_eq!(refused, AnalysisError::LoneOrders(lone));
    assert_eq!(by(Unit::Month, 101).unwrap().lone, None);
    // After a long time of orders a last one half a year later is said and no reason to show nothing.
    let shop = testing::with_order(daily(600), 800);
    let report = run_on(&shop, by_day(), shop.default_as_of()).unwrap();
    assert!(report.lone.is_some() && report.n_periods == 801);
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

#[test]
fn money_that_is_taken_off_goes_in_the_period_in_which_it_was_given_back() {
    let mut shop = shop();
    let History::Orders(orders) = &mut shop.history else {
        panic!("orders expected");
    };
    // Customer `b` gives 5 of 20 back in February, and 1 in the running month.
    orders.returns = Returns {
        starts: vec![0, 0, 2, 2, 2, 2],
        days: ["2020-02-05", "2020-04-10"]
            .map(|text| text.parse().unwrap())
            .to_vec(),
        amounts: vec![500, 100],
    };
    let params = Params {
        measure: Measure::Revenue,
        ..Params::default()
    };
    let report = run_on(&shop, params, shop.default_as_of()).unwrap();
    let cells = &report.cohorts[0].cells;
    assert_eq!(values(cells), [33.0, 0.0, 3.5]);
    assert_eq!(cells[2].cumulative_revenue.to_string(), "36.5");
    assert_eq!(report.cohorts[0].running.revenue.to_string(), "-1");
    assert_eq!(cells[1].n_orders, 1, "a return is no order");
}

//! The models against published values, their slopes against differences, and what must never matter.

use super::climb::Point;
use super::model::Fit;
use super::summary::{Seen, Summaries};
use super::together::Together;
use super::{Check, Model, Output, Params, Problem, counting, pareto, run, special};
use crate::{AnalysisError, LoneOrders, Params as _, Unwatched, testing};
use gyeol_data::{Dataset, Day, History};

/// The CDNOW sample that the page ships: 2,357 customers (Fader & Hardie).
pub(super) fn cdnow() -> Dataset {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../public/samples/cdnow.csv"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let rows: Vec<(String, i32, i64)> = text
        .lines()
        .filter_map(|line| {
            let mut cells = line.split(',');
            let id = cells.next()?.to_owned();
            let day: Day = cells.next()?.parse().ok()?;
            let money: f64 = cells.nth(1)?.parse().ok()?;
            Some((id, day.number(), (money * 100.0).round() as i64))
        })
        .collect();
    let rows: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, day, cents)| (id.as_str(), *day, *cents))
        .collect();
    testing::orders(&rows)
}

fn cut() -> Day {
    "1997-09-30".parse().unwrap()
}

/// Customers of the calibration period in weeks, as the papers have them.
fn weeks() -> Vec<(Seen, f64)> {
    let summaries = Summaries::new(&cdnow(), cut(), 273).unwrap();
    let alike = summaries
        .alike()
        .into_iter()
        .map(|(seen, n)| (in_weeks(seen), n));
    alike.collect()
}

fn in_weeks(seen: Seen) -> Seen {
    Seen {
        x: seen.x,
        last: seen.last / 7.0,
        length: seen.length / 7.0,
    }
}

fn fit(model: Model) -> Fit {
    let fit = Fit::new(model, &weeks(), &mut || Ok(())).unwrap().unwrap();
    assert!(fit.is_converged);
    fit
}

#[track_caller]
fn near(found: f64, published: f64, relative: f64) {
    assert!(
        (found / published - 1.0).abs() < relative,
        "{found}, published {published}"
    );
}

#[test]
fn bg_nbd_is_as_published() {
    // Fader, Hardie & Lee 2005; standard errors of the lifetimes package.
    let fit = fit(Model::BgNbd);
    for (found, published) in fit
        .at
        .iter()
        .zip([0.2425945, 4.4136019, 0.7929199, 2.4258881])
    {
        near(*found, published, 1e-3);
    }
    assert!(
        (fit.log_likelihood + 9582.429).abs() < 1e-3,
        "{}",
        fit.log_likelihood
    );
    for (found, published) in super::climb::standard_errors(&fit.covariance.unwrap())
        .iter()
        .zip([0.012557, 0.378221, 0.185719, 0.705345])
    {
        near(*found, published, 1e-2);
    }
    for (t, published) in [
        (0.1429, 0.0078),
        (1.0, 0.0532),
        (3.0, 0.1506),
        (31.8571, 1.0405),
        (32.0, 1.0437),
        (78.0, 1.8576),
    ] {
        assert!((fit.expected_new(t) - published).abs() < 1e-3);
    }
    let one = Seen {
        x: 2.0,
        last: 30.43,
        length: 38.86,
    };
    near(fit.expected(&one, 39.0), 1.226, 1e-3);
}

/// The manual of the R package BTYD, at its rounded parameters.
#[test]
fn a_new_customer_makes_no_repeat_order_as_often_as_published() {
    let at = [0.243, 4.414, 0.793, 2.426];
    let none = counting::chances(&at, 39.0, false, 1)[0];
    assert!((none - 0.573_786_4).abs() < 1e-6, "{none}");
}

#[test]
fn mbg_nbd_and_pareto_nbd_are_as_published() {
    // BTYDplus and CLVTools.
    let mbg = fit(Model::MbgNbd);
    for (found, published) in mbg.at.iter().zip([0.525, 6.183, 0.891, 1.614]) {
        near(*found, published, 1e-3);
    }
    assert!(
        (mbg.log_likelihood + 9582.136).abs() < 1e-3,
        "{}",
        mbg.log_likelihood
    );
    let pareto = fit(Model::ParetoNbd);
    for (place, published) in [0.55315, 10.57633, 0.60625, 11.67150]
        .into_iter()
        .enumerate()
    {
        near(
            pareto.at[place],
            published,
            if place == 3 { 5e-3 } else { 1e-3 },
        );
    }
    assert!(
        (pareto.log_likelihood + 9594.976).abs() < 1e-3,
        "{}",
        pareto.log_likelihood
    );
    let one = Seen {
        x: 26.0,
        last: 30.86,
        length: 31.0,
    };
    near(pareto.expected(&one, 52.0), 25.46, 1e-3);
    near(pareto.p_alive(&one), 0.9979, 1e-3);
}

#[test]
fn slopes_are_those_of_the_likelihoods() {
    let nodes = special::nodes();
    type Of<'a> = &'a dyn Fn(&Point, &Seen) -> (f64, Point);
    let all: [Of<'_>; 3] = [
        &|at, seen| Together::new(&[(*seen, 1.0)], false).likelihood(at),
        &|at, seen| Together::new(&[(*seen, 1.0)], true).likelihood(at),
        &|at, seen| pareto::likelihood(at, seen, &nodes),
    ];
    let customers = [
        (0.0, 0.0, 30.0),
        (1.0, 20.0, 30.0),
        (40.0, 29.0, 30.0),
        (40.0, 5.0, 300.0),
        (3.0, 30.0, 30.0),
    ];
    for of in all {
        for (x, last, length) in customers {
            let seen = Seen { x, last, length };
            for at in [[0.5, 10.0, 0.6, 3.0], [2.0, 0.5, 3.0, 12.0]] {
                let slopes = of(&at, &seen).1;
                for place in 0..4 {
                    let width = at[place] * 1e-5;
                    let (mut above, mut below) = (at, at);
                    above[place] += width;
                    below[place] -= width;
                    let difference = (of(&above, &seen).0 - of(&below, &seen).0) / (2.0 * width);
                    let is_near =
                        (slopes[place] - difference).abs() < 1e-5 * (1.0 + difference.abs());
                    assert!(
                        is_near,
                        "{seen:?} {at:?} {place}: {} {difference}",
                        slopes[place]
                    );
                }
            }
        }
    }
}

#[test]
fn a_chance_to_stop_whose_formula_has_a_hole_is_between_its_neighbours() {
    let seen = Seen {
        x: 3.0,
        last: 10.0,
        length: 12.0,
    };
    let of = |a: f64| counting::expected_alive(&[0.5, 4.0, a, 2.0], &seen, 50.0, false);
    assert!(of(0.999) > of(1.0) && of(1.0) > of(1.001));
    assert!((of(0.999) + of(1.001) - 2.0 * of(1.0)).abs() < 1e-4);
    let pareto = |s: f64| pareto::expected_alive(&[0.5, 4.0, s, 2.0], &seen, 50.0);
    assert!((pareto(0.999) + pareto(1.001) - 2.0 * pareto(1.0)).abs() < 1e-4);
}

fn run_on(dataset: &Dataset, params: Params, as_of: Day) -> Result<Output, AnalysisError> {
    run(dataset, &params.checked()?, as_of, &mut Unwatched)
}

#[test]
fn what_cannot_be_fitted_is_said() {
    let problem = |rows: &[(&str, i32, i64)], day: i32| {
        run_on(
            &testing::orders(rows),
            Params::default(),
            Day::from_number(day),
        )
        .map(|_| ())
        .unwrap_err()
    };
    let one_day = problem(&[("a", 5, 1), ("b", 5, 1)], 6);
    assert_eq!(one_day, AnalysisError::Lifetime(Problem::OneDay));
    let once = problem(&[("a", 5, 1), ("b", 90, 1)], 91);
    assert_eq!(once, AnalysisError::Lifetime(Problem::OneOrderEach));
    let few = problem(&[("a", 5, 1), ("a", 9, 1), ("b", 90, 1)], 91);
    assert_eq!(
        few,
        AnalysisError::Lifetime(Problem::FewRepeat { need: 10, found: 1 })
    );
    let params = Params {
        discount_rate: f64::NAN,
        ..Params::default()
    };
    assert!(params.check().is_err());
}

#[test]
fn refunds_alone_are_no_order() {
    let dataset = testing::orders(&[("a", 1, 500), ("a", 5, -500), ("a", 9, 300)]);
    let summaries = Summaries::new(&dataset, Day::from_number(20), 0).unwrap();
    assert_eq!(summaries.n_refund_days, 1);
    let seen = Seen {
        x: 1.0,
        last: 8.0,
        length: 19.0,
    };
    assert_eq!(
        (
            summaries.customers[0].seen,
            summaries.customers[0].mean_spend
        ),
        (seen, 3.0)
    );
}

#[test]
fn an_order_is_overdue_from_the_day_after_the_one_it_was_expected_by() {
    let (shop, params) = (testing::regulars(), Params::default());
    let params = params.checked().unwrap();
    let mut n_on_the_eve = 0;
    // The usual as-of date after the file's last day, a later one, and one within the file.
    for as_of in [
        shop.default_as_of(),
        shop.default_as_of().plus(9),
        Day::from_number(150),
    ] {
        let forecasts = run(&shop, &params, as_of, &mut Unwatched)
            .unwrap()
            .forecasts;
        for one in forecasts.all() {
            assert_eq!(one.is_overdue, one.next_order < as_of, "{one:?} {as_of}");
            n_on_the_eve += u32::from(one.next_order == as_of.plus(-1));
        }
    }
    assert!(n_on_the_eve > 0);
}

#[test]
fn what_was_given_back_until_then_is_off_the_orders_before_it() {
    let mut dataset = testing::orders(&[("a", 1, 500), ("a", 5, 400), ("a", 9, 300)]);
    let History::Orders(orders) = &mut dataset.history else {
        panic!("orders expected");
    };
    orders.returns = gyeol_data::Returns {
        starts: vec![0, 2],
        days: vec![Day::from_number(6), Day::from_number(30)],
        amounts: vec![450, 300],
    };
    let mean = |end: i32| {
        let summaries = Summaries::new(&dataset, Day::from_number(end), 0).unwrap();
        (
            summaries.customers[0].seen.x,
            summaries.customers[0].mean_spend,
        )
    };
    // The 4 of the second order are gone and 0.50 of the first; the return of day 30 is not known on day 20.
    let (x, spend) = mean(20);
    assert!(x > 1.9 && (spend - 1.5).abs() < 1e-12, "{spend}");
    let (_, later) = mean(40);
    assert!(later.abs() < 1e-12, "{later}");
}
#[test]
fn customers_who_are_all_alike_are_a_limit_that_is_reached_and_no_failure() {
    // One rate of orders for everybody: the spread of rates has no end at nothing.
    let ids: Vec<String> = (0..60).map(|number| format!("{number:02}")).collect();
    let mut rows = Vec::new();
    for (number, id) in (0_i32..).zip(&ids) {
        let days = (0..6).map(|n| number % 20 + n * 60 + (number * 7 + n * 13) % 31);
        rows.extend(days.map(|day| (id.as_str(), day, 1000)));
    }
    let dataset = testing::orders(&rows);
    for model in Model::ALL {
        let found = super::fit(&dataset, model, dataset.default_as_of(), &mut Unwatched).unwrap();
        assert!(found.is_converged, "{found:?}");
    }
}

#[test]
fn an_order_that_stands_alone_is_the_first_reason_for_care_until_the_date_leaves_it_out() {
    let shop = testing::with_order(testing::regulars(), 30_000);
    let params = || Params {
        model: Some(Model::MbgNbd),
        ..Params::default()
    };
    let report = run_on(&shop, params(), shop.default_as_of())
        .unwrap()
        .report;
    let lone = LoneOrders {
        n_orders: 1,
        first: Day::from_number(30_000),
        others_until: Day::from_number(177),
    };
    assert_eq!(report.cautions().next(), Some(Check::LoneOrders(lone)));
    // What it does without a word: all of them seem to have left.
    assert!(report.mean_p_alive < 0.1, "{}", report.mean_p_alive);
    let report = run_on(&shop, params(), lone.others_until.plus(1))
        .unwrap()
        .report;
    let is_lone = |check: Check| matches!(check, Check::LoneOrders(_));
    assert!(!report.cautions().any(is_lone));
    assert!(report.mean_p_alive > 0.9, "{}", report.mean_p_alive);
}

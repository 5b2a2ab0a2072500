//! Shops that do not tell the parameters of a model: its fit runs to a limit, and that is said. CDNOW tells them.

use super::{Check, Model, Params, Report, run};
use crate::{Params as _, Unwatched, testing};
use gyeol_data::Dataset;

/// Customers who come one after the other for 300 days, each with the pauses that are said of its number.
fn shop(n_customers: i32, pauses: &dyn Fn(i32) -> Vec<i32>) -> Dataset {
    let ids: Vec<String> = (0..n_customers).map(|own| format!("{own:04}")).collect();
    let mut rows = Vec::new();
    for (number, id) in (0_i32..).zip(&ids) {
        let cents = |at: i32| 2_000 + i64::from((number * 37 + at * 13) % 23) * 150;
        let mut day = number * 7 % 300;
        rows.push((id.as_str(), day, cents(0)));
        for (at, pause) in (1_i32..).zip(pauses(number)) {
            day += pause;
            if day < 365 {
                rows.push((id.as_str(), day, cents(at)));
            }
        }
    }
    testing::orders(&rows)
}

/// Of 2,000 customers 3 % come back, once.
fn hardly_any_returns() -> Dataset {
    shop(2_000, &|number| match number % 33 {
        0 => vec![1 + number * 13 % 60],
        _ => Vec::new(),
    })
}

/// Everybody comes every eight to twelve days, and nobody stops.
fn everybody_returns() -> Dataset {
    shop(200, &|number| {
        (0..60).map(|at| 8 + (number * 7 + at * 5) % 5).collect()
    })
}

fn report(shop: &Dataset, model: Option<Model>) -> Report {
    let params = Params {
        model,
        horizon_days: 90,
        ..Params::default()
    };
    let params = params.checked().unwrap();
    let found = run(shop, &params, shop.default_as_of(), &mut Unwatched);
    found.unwrap().report
}

/// Rates and stopping, of each model whose check says that it is at a limit.
fn at_limits(report: &Report) -> Vec<(Model, bool, bool)> {
    let checks = report.checks.iter();
    let at_limit = |check: &Check| match *check {
        Check::AtLimit {
            model,
            rates,
            stopping,
        } => Some((model, rates, stopping)),
        _ => None,
    };
    checks.filter_map(at_limit).collect()
}

/// What must hold of a report whose models have all run to a limit.
#[track_caller]
fn is_told(report: &Report) {
    let limits = at_limits(report);
    let models: Vec<Model> = limits.iter().map(|one| one.0).collect();
    assert_eq!(models, Model::ALL, "{:?}", report.checks);
    for fitted in &report.models {
        assert!(fitted.is_converged && fitted.limit.is_some(), "{fitted:?}");
        let errors = fitted
            .parameters
            .iter()
            .filter_map(|own| own.standard_error);
        assert_eq!(errors.count(), 0, "{fitted:?}");
    }
    assert_eq!(report.orders_interval, None);
    let is_of_own =
        |check: Check| matches!(check, Check::AtLimit { model, .. } if model == report.model);
    assert!(report.cautions().any(is_of_own), "{:?}", report.checks);
}

#[test]
fn where_hardly_anybody_returns_neither_rates_nor_stopping_are_told_and_that_is_said() {
    let report = report(&hardly_any_returns(), None);
    is_told(&report);
    let own = at_limits(&report);
    let of_bg = own.iter().find(|one| one.0 == Model::BgNbd);
    assert!(of_bg.is_some_and(|one| one.2), "{own:?}");
    assert!(
        report.checks.contains(&Check::SpendAtLimit),
        "{:?}",
        report.checks
    );
}

#[test]
fn where_everybody_goes_on_for_ever_the_limit_is_said_of_rates_and_of_stopping() {
    let report = report(&everybody_returns(), None);
    is_told(&report);
    for (model, rates, stopping) in at_limits(&report) {
        assert!(rates && stopping, "{model:?}");
    }
    assert!(report.checks.contains(&Check::NobodyStops));
}

#[test]
fn a_model_that_somebody_names_is_at_its_limit_all_the_same() {
    let report = report(&everybody_returns(), Some(Model::BgNbd));
    let expected = Check::AtLimit {
        model: Model::BgNbd,
        rates: true,
        stopping: true,
    };
    assert_eq!(report.cautions().next(), Some(expected));
}

#[test]
fn a_shop_that_tells_its_parameters_is_at_no_limit_and_its_fits_are_level() {
    let report = report(&super::tests::cdnow(), None);
    assert_eq!(at_limits(&report), []);
    assert!(!report.checks.contains(&Check::SpendAtLimit));
    for fitted in &report.models {
        assert!(fitted.slope < 1e-5, "{fitted:?}");
        let errors = fitted
            .parameters
            .iter()
            .filter_map(|own| own.standard_error);
        assert_eq!(errors.count(), 4, "{fitted:?}");
    }
}

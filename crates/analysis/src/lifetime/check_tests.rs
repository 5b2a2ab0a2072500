//! Data of which each warning has to be given, beside data of which none of them may.

use super::{Check, Holdout, Model, Params, run};
use crate::{Params as _, Unwatched, testing};
use gyeol_data::Dataset;

/// The days on which the last orders may be.
const DAYS: i32 = 400;

/// Sixty customers who order about every `pause` days, for as much money as `cents` says of a customer and an order.
fn shop(
    pause: &dyn Fn(i32) -> i32,
    until: &dyn Fn(i32) -> i32,
    cents: &dyn Fn(i32, i32) -> i64,
) -> Dataset {
    let ids: Vec<String> = (0..60).map(|number| format!("{number:02}")).collect();
    let mut rows = Vec::new();
    for (number, id) in (0_i32..).zip(&ids) {
        let days = (number % 20..until(number)).step_by(pause(number) as usize);
        let orders = (0_i32..).zip(days);
        rows.extend(orders.map(|(at, day)| (id.as_str(), day, cents(number, at))));
    }
    testing::orders(&rows)
}

/// Nobody stops, and everybody's next order comes when it came so far.
fn steady(cents: &dyn Fn(i32, i32) -> i64) -> Dataset {
    shop(&|number| 6 + number % 23, &|_| DAYS, cents)
}

/// Money that has nothing to do with how often somebody orders, around a mean of the customer's own.
fn unrelated(number: i32, at: i32) -> i64 {
    let own = 2_000 + i64::from(number * 37 % 11) * 400;
    own + i64::from((number * 7 + at * 13) % 9) * 150
}

fn found(shop: &Dataset) -> (Vec<Check>, Option<Holdout>) {
    let params = Params {
        model: Some(Model::BgNbd),
        horizon_days: 90,
        ..Params::default()
    };
    let params = params.checked().unwrap();
    let report = run(shop, &params, shop.default_as_of(), &mut Unwatched);
    let report = report.unwrap().report;
    (report.checks, report.holdout)
}

fn is_of_money(check: &Check) -> bool {
    matches!(
        check,
        Check::SpendFollowsFrequency { .. } | Check::SpendUnknown | Check::ZeroSpend { .. }
    )
}

#[test]
fn customers_of_whom_a_third_leaves_give_no_warning_of_the_kind() {
    let until = |number: i32| match number % 3 {
        0 => 40 + number * 4,
        _ => DAYS,
    };
    let (checks, _) = found(&shop(&|number| 6 + number % 23, &until, &unrelated));
    let is_wrong = |check: &Check| is_of_money(check) || *check == Check::NobodyStops;
    assert!(!checks.iter().any(is_wrong), "{checks:?}");
}

#[test]
fn where_nobody_stops_the_probabilities_are_disowned() {
    let (checks, _) = found(&steady(&unrelated));
    assert!(checks.contains(&Check::NobodyStops), "{checks:?}");
    assert!(!checks.iter().any(is_of_money), "{checks:?}");
}

#[test]
fn where_everybody_goes_on_as_so_far_the_naive_rate_is_nearer() {
    let (checks, holdout) = found(&steady(&unrelated));
    let holdout = holdout.unwrap();
    let [model, naive] = [Some(Model::BgNbd), None].map(|own| holdout.score(own).unwrap().rmse);
    assert!(naive < model, "{naive} {model}");
    assert!(checks.contains(&Check::NaiveIsNearer), "{checks:?}");
}

#[test]
fn where_who_orders_often_spends_more_or_less_a_time_both_are_said() {
    for is_more in [true, false] {
        let cents = |number: i32, at: i32| {
            let pause = i64::from(6 + number % 23);
            let own = if is_more { 60_000 / pause } else { 400 * pause };
            own + i64::from((number + at * 13) % 9) * 50
        };
        let (checks, _) = found(&steady(&cents));
        let follows = checks.iter().find_map(|check| match check {
            Check::SpendFollowsFrequency { correlation } => Some(*correlation),
            _ => None,
        });
        let correlation = follows.unwrap();
        assert_eq!(correlation > 0.0, is_more, "{correlation}");
        assert!(correlation.abs() > 0.9, "{correlation}");
    }
}

#[test]
fn where_money_has_no_mean_it_is_not_forecast_as_if_it_had() {
    // From a cent to ten thousand, as many customers of each.
    let cents = |number: i32, at: i32| {
        let own = 10_i64.pow((number % 7) as u32);
        own * 10 + i64::from((number + at * 13) % 9) * own
    };
    let (checks, _) = found(&steady(&cents));
    assert!(checks.contains(&Check::SpendUnknown), "{checks:?}");
}

#[test]
fn customers_whose_repeat_orders_cost_nothing_are_counted() {
    let cents = |number: i32, at: i32| match number < 7 && at > 0 {
        true => 0,
        false => unrelated(number, at),
    };
    let (checks, _) = found(&steady(&cents));
    let expected = Check::ZeroSpend { n_customers: 7 };
    assert!(checks.contains(&expected), "{checks:?}");
}

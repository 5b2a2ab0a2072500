//! The trial on the last days, which model it chooses, what the pictures show, and that all of it can be stopped.

use super::holdout::{self, Score};
use super::model::Fit;
use super::summary::Summaries;
use super::{Holdout, Limit, Model, Output, Params, Problem, chosen, run};
use crate::{AnalysisError, Monitor, Params as _, Unwatched, testing};
use gyeol_data::Day;

fn on(params: Params, day: i32) -> Output {
    let params = params.checked().unwrap();
    let day = Day::from_number(day);
    run(&testing::regulars(), &params, day, &mut Unwatched).unwrap()
}

fn bg() -> Params {
    Params {
        model: Some(Model::BgNbd),
        ..Params::default()
    }
}

fn fits() -> Vec<Fit> {
    let now = Summaries::new(&testing::regulars(), Day::from_number(180), 0).unwrap();
    let fit = |model| Fit::new(model, &now.alike(), &mut || Ok(()));
    let fits = Model::ALL
        .into_iter()
        .map(|model| fit(model).unwrap().unwrap());
    fits.map(|mut fit| {
        fit.is_converged = true;
        fit
    })
    .collect()
}

fn holdout(scores: &[(Model, bool, f64, f64)]) -> Holdout {
    let score = |&(model, is_converged, mae, rmse): &(Model, bool, f64, f64)| Score {
        model: Some(model),
        is_converged,
        is_at_limit: false,
        predicted: 1.0,
        mae,
        rmse,
        bias: 0.0,
        top_decile_share: 0.1,
    };
    Holdout {
        cut: Day::from_number(1),
        days: 7,
        n_customers: 1,
        actual: 1,
        scores: scores.iter().map(score).collect(),
        by_frequency: Vec::new(),
        tracking: Vec::new(),
        prediction: None,
    }
}

#[test]
fn an_as_of_date_after_the_file_does_not_move_the_trial_behind_it() {
    let [at_once, later] = [181, 400].map(|day| on(bg(), day).report.holdout.unwrap());
    // The last order is of day 179 or before; nobody can have ordered later.
    assert!(at_once.actual > 0);
    assert_eq!(
        (later.cut, later.days, later.actual),
        (at_once.cut, at_once.days, at_once.actual)
    );
    assert_eq!(later.scores, at_once.scores);
}

#[test]
fn the_smallest_squared_error_wins_and_not_the_smallest_absolute_one() {
    let fits = fits();
    let trial = holdout(&[
        (Model::BgNbd, true, 0.5, 3.0),
        (Model::MbgNbd, true, 0.9, 2.0),
        (Model::ParetoNbd, false, 0.1, 1.0),
    ]);
    let model = |named| chosen(&fits, named, Some(&trial)).map(|fit| fit.model);
    assert_eq!(model(None), Ok(Model::MbgNbd));
    assert_eq!(model(Some(Model::BgNbd)), Ok(Model::BgNbd));
}

#[test]
fn a_model_at_a_limit_is_used_only_where_all_are_or_where_it_is_named() {
    let mut fits = fits();
    for fit in &mut fits {
        fit.limit = None;
    }
    let limit = Some(Limit {
        rates: false,
        stopping: true,
    });
    let trial = holdout(&[
        (Model::BgNbd, true, 0.5, 1.0),
        (Model::MbgNbd, true, 0.9, 2.0),
        (Model::ParetoNbd, true, 0.9, 3.0),
    ]);
    let model = |fits: &[Fit], named| chosen(fits, named, Some(&trial)).map(|fit| fit.model);
    assert_eq!(model(&fits, None), Ok(Model::BgNbd));
    fits[0].limit = limit;
    assert_eq!(model(&fits, None), Ok(Model::MbgNbd));
    assert_eq!(model(&fits, Some(Model::BgNbd)), Ok(Model::BgNbd));
    fits[1].limit = limit;
    fits[2].limit = limit;
    assert_eq!(model(&fits, None), Ok(Model::BgNbd));
}

#[test]
fn a_model_that_has_not_converged_is_used_only_where_it_is_named() {
    let mut fits = fits();
    let trial = holdout(&[
        (Model::BgNbd, true, 0.5, 1.0),
        (Model::MbgNbd, true, 0.9, 2.0),
    ]);
    fits[0].is_converged = false;
    let model = |fits: &[Fit], named, trial: Option<&Holdout>| {
        chosen(fits, named, trial).map(|fit| fit.model)
    };
    assert_eq!(model(&fits, None, Some(&trial)), Ok(Model::MbgNbd));
    assert_eq!(model(&fits, None, None), Ok(Model::MbgNbd));
    let nobody = holdout(&[(Model::MbgNbd, false, 0.9, 2.0)]);
    assert_eq!(model(&fits, None, Some(&nobody)), Ok(Model::MbgNbd));
    for fit in &mut fits {
        fit.is_converged = false;
    }
    assert_eq!(model(&fits, None, Some(&trial)), Err(Problem::NotConverged));
    let named = Some(Model::ParetoNbd);
    assert_eq!(model(&fits, named, Some(&trial)), Ok(Model::ParetoNbd));
    assert_eq!(model(&[], None, None), Err(Problem::NoFit));
}

#[test]
fn the_naive_rate_is_no_model_by_frequency() {
    let report = on(bg(), 181).report;
    let holdout = report.holdout.unwrap();
    let sum = |of: fn(&super::ByFrequency) -> f64| {
        let rows = holdout.by_frequency.iter();
        rows.map(|row| of(row) * row.n_customers as f64)
            .sum::<f64>()
    };
    let own = holdout.score(Some(Model::BgNbd)).unwrap().predicted;
    assert!((sum(|row| row.predicted) - own).abs() < 1e-9 * own);
    assert!((sum(|row| row.actual) - holdout.actual as f64).abs() < 1e-9);
}

#[test]
fn equal_forecasts_share_what_came() {
    let predicted = [1.0; 20];
    let mut actual = [0.0; 20];
    actual[0] = 10.0;
    let first = holdout::score(&predicted, &actual).top_decile_share;
    actual.reverse();
    let last = holdout::score(&predicted, &actual).top_decile_share;
    assert!((first - 0.1).abs() < 1e-12, "{first}");
    assert!((first - last).abs() < 1e-12);
}

/// Stops at a checkpoint, and keeps what it was told.
struct Stopping {
    at: usize,
    told: Vec<(u64, u64)>,
}

impl Monitor for Stopping {
    fn checkpoint(&mut self, done: u64, total: u64) -> Result<(), AnalysisError> {
        self.told.push((done, total));
        match self.told.len() > self.at {
            true => Err(AnalysisError::Cancelled),
            false => Ok(()),
        }
    }
}

#[test]
fn every_part_is_watched_and_can_be_stopped() {
    let stopped = |at: usize| {
        let mut monitor = Stopping {
            at,
            told: Vec::new(),
        };
        let params = bg().checked().unwrap();
        let day = Day::from_number(220);
        let found = run(&many(3), &params, day, &mut monitor);
        (found.err(), monitor.told)
    };
    let (error, told) = stopped(usize::MAX);
    assert_eq!(error, None);
    assert!(told.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    // Fit and pass of the trial, fit, money, forecasts, intervals, future, frequencies, sums over time, intervals and
    // future of the trial.
    for part in 0..11 {
        let place = told.iter().position(|one| one.0 / 200 == part);
        let place = place.unwrap_or_else(|| panic!("part {part} is not watched"));
        assert_eq!(told[place].1, 11 * 200);
        assert_eq!(stopped(place).0, Some(AnalysisError::Cancelled), "{part}");
    }
}

#[test]
fn a_wanted_model_is_a_word_and_nothing_stands_for_automatic() {
    let read = |text: &str| serde_json::from_str::<Params>(text).unwrap().model;
    assert_eq!(read(r#"{"model":null}"#), None);
    assert_eq!(read(r#"{"model":"auto"}"#), None);
    assert_eq!(read("{}"), None);
    assert_eq!(read(r#"{"model":"mbg-nbd"}"#), Some(Model::MbgNbd));
    assert!(serde_json::from_str::<Params>(r#"{"model":"best"}"#).is_err());
    let text = serde_json::to_string(&Params::default()).unwrap();
    assert!(text.contains(r#""model":"auto""#), "{text}");
    for model in Model::ALL.map(Some).into_iter().chain([None]) {
        let params = Params {
            model,
            ..Params::default()
        };
        let wire = postcard::to_allocvec(&params).unwrap();
        assert_eq!(postcard::from_bytes::<Params>(&wire).unwrap(), params);
        let text = serde_json::to_string(&params).unwrap();
        assert_eq!(serde_json::from_str::<Params>(&text).unwrap(), params);
    }
}

#[test]
fn chances_of_all_numbers_of_orders_add_up_to_one() {
    for fit in fits() {
        let chances = fit.chances(90.0, 4000);
        let sum: f64 = chances.iter().sum();
        assert!((sum - 1.0).abs() < 1e-6, "{:?} {sum}", fit.model);
        let mean: f64 = (0..).map(f64::from).zip(&chances).map(|(n, p)| n * p).sum();
        let expected = fit.expected_new(90.0);
        assert!(
            (mean / expected - 1.0).abs() < 1e-4,
            "{:?} {mean} {expected}",
            fit.model
        );
    }
}

#[test]
fn tiers_and_frequencies_add_up_to_all() {
    let report = on(bg(), 181).report;
    let sum = |of: fn(&super::Tier) -> f64| report.tiers.iter().map(of).sum::<f64>();
    assert_eq!(report.tiers.len(), report.segments.len());
    for (tier, segment) in report.tiers.iter().zip(&report.segments) {
        assert_eq!(tier.n_customers, segment.n_customers);
    }
    let near = |found: f64, all: f64| assert!((found / all - 1.0).abs() < 1e-12);
    near(sum(|tier| tier.clv.unwrap()), report.clv.unwrap());
    near(sum(|tier| tier.expected_orders), report.expected_orders);
    let alive = sum(|tier| tier.mean_p_alive * tier.n_customers as f64);
    near(alive, report.mean_p_alive * report.n_customers as f64);
    let actual: u64 = report.calibration.iter().map(|row| row.actual).sum();
    let expected: f64 = report.calibration.iter().map(|row| row.expected).sum();
    assert_eq!(actual, report.n_customers);
    near(expected, actual as f64);
    assert_eq!(report.spread.counts.iter().sum::<u64>(), report.n_customers);
}

#[test]
fn silence_lowers_hope_and_what_cannot_be_is_nothing() {
    let matrix = on(bg(), 181).report.matrix;
    for (column, &x) in matrix.repeat_orders.iter().enumerate() {
        let known = matrix.cells.iter().zip(&matrix.days_since);
        let mut before = f64::INFINITY;
        for (row, &since) in known {
            let has_room = matrix.length_days - since >= x;
            assert_eq!(row[column].is_some(), has_room);
            if let Some(cell) = row[column] {
                assert!(cell.p_alive < before);
                before = cell.p_alive;
            }
        }
    }
}

#[test]
fn sums_over_time_start_at_nothing_and_end_with_the_trial() {
    let holdout = on(bg(), 181).report.holdout.unwrap();
    let points = &holdout.tracking;
    assert_eq!(
        (points[0].actual, points[0].expected.abs() < 1e-12),
        (0, true)
    );
    assert!(points.windows(2).all(|pair| {
        pair[0].day < pair[1].day
            && pair[0].actual <= pair[1].actual
            && pair[0].expected <= pair[1].expected
    }));
    let at_cut = points
        .iter()
        .find(|point| point.day == holdout.cut)
        .unwrap();
    let last = points.last().unwrap();
    assert_eq!(last.actual - at_cut.actual, holdout.actual);
}

/// Customers who order at random, some stopping soon and others hardly ever; all of them as often as asked for, under
/// names of their own.
fn many(copies: usize) -> gyeol_data::Dataset {
    let mut state = 7_u64;
    let mut share = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005);
        state = state.wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as f64 + 0.5) / 2_147_483_648.0
    };
    let mut orders = Vec::new();
    for number in 0..400 {
        let (mut day, mean) = (number % 30, f64::from(6 + number % 7 * 9));
        while day < 200 {
            let money = f64::from(500 * (1 + number % 13)) * (0.5 + share());
            orders.push((number, day, money as i64));
            day += libm::ceil(-libm::log(share()) * mean) as i32;
            if share() < [0.02, 0.05, 0.1, 0.3, 0.6][number as usize % 5] {
                break;
            }
        }
    }
    let names: Vec<Vec<String>> = (0..copies)
        .map(|copy| {
            (0..400)
                .map(|number| format!("{copy}-{number:03}"))
                .collect()
        })
        .collect();
    let rows = names.iter().flat_map(|names| {
        let row =
            |&(number, day, cents): &(i32, i32, i64)| (names[number as usize].as_str(), day, cents);
        orders.iter().map(row)
    });
    testing::orders(&rows.collect::<Vec<_>>())
}

#[test]
fn an_interval_is_half_as_wide_for_four_times_the_customers() {
    let of = |copies: usize| {
        let params = bg().checked().unwrap();
        let day = Day::from_number(220);
        let report = run(&many(copies), &params, day, &mut Unwatched)
            .unwrap()
            .report;
        let width = |(low, high): (f64, f64)| libm::log(high / low);
        let clv = report.clv_interval.unwrap();
        assert!(clv.0 < report.clv.unwrap() && report.clv.unwrap() < clv.1);
        [width(report.orders_interval.unwrap()), width(clv)]
    };
    let (one, four) = (of(4), of(16));
    for (one, four) in one.into_iter().zip(four) {
        assert!((one / four - 2.0).abs() < 0.01, "{one} {four}");
        assert!(one > 0.01, "{one}");
    }
}

#[test]
fn an_interval_is_that_of_parameters_drawn_by_their_covariance() {
    let now = Summaries::new(&many(2), Day::from_number(219), 0).unwrap();
    let fit = Fit::new(Model::BgNbd, &now.alike(), &mut || Ok(()))
        .unwrap()
        .unwrap();
    let covariance = fit.covariance.unwrap();
    let sum = |fit: &Fit| {
        let all = now.customers.iter();
        all.map(|one| fit.expected(&one.seen, 90.0)).sum::<f64>()
    };
    // Cholesky's root: steps along its columns are independent and of one standard error.
    let mut root = [[0.0_f64; 4]; 4];
    for i in 0..4 {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| root[i][k] * root[j][k]).sum();
            root[i][j] = match i == j {
                true => (covariance[i][i] - known).sqrt(),
                false => (covariance[i][j] - known) / root[j][j],
            };
        }
    }
    let small = 1e-3;
    let along = |column: usize| {
        let mut moved = fit;
        for (at, row) in moved.at.iter_mut().zip(&root) {
            *at += small * row[column];
        }
        (sum(&moved) - sum(&fit)) / small
    };
    let variance: f64 = (0..4).map(|column| along(column).powi(2)).sum();
    let params = Params {
        horizon_days: 90,
        ..bg()
    };
    let day = Day::from_number(220);
    let report = run(&many(2), &params.checked().unwrap(), day, &mut Unwatched)
        .unwrap()
        .report;
    let (low, high) = report.orders_interval.unwrap();
    let expected = 2.0 * 1.959_964 * variance.sqrt() / sum(&fit);
    let found = libm::log(high / low);
    assert!((found / expected - 1.0).abs() < 0.01, "{found} {expected}");
}

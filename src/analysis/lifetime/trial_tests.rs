//! The trial on the last days, which model it chooses, what the pictures show, and that all of it can be stopped.

use super::holdout::{self, Score};
use super::model::Fit;
use super::summary::Summaries;
use super::{Holdout, Model, Output, Params, Problem, chosen, run};
use crate::analysis::{AnalysisError, Monitor, Params as _, Unwatched, testing};
use crate::data::Day;

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
        let day = Day::from_number(181);
        let found = run(&testing::regulars(), &params, day, &mut monitor);
        (found.err(), monitor.told)
    };
    let (error, told) = stopped(usize::MAX);
    assert_eq!(error, None);
    assert!(told.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    // Fit and pass of the trial, fit, money, forecasts, frequencies, sums over time.
    for part in 0..7 {
        let place = told.iter().position(|one| one.0 / 200 == part);
        let place = place.unwrap_or_else(|| panic!("part {part} is not watched"));
        assert_eq!(told[place].1, 7 * 200);
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

//! The pictures of the lifetime value: customers and orders by frequency against the model, their sums over time, and
//! what the model says by frequency and silence.

use super::LifetimePicture;
use super::cohort_map::hatch;
use super::pairs::{self, Pair};
use super::parts::{base_axis, base_caption};
use super::scale::{Scale, round_steps};
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use crate::analysis::lifetime::{Holdout, Matrix, Outlook, Report};

const TOP: f64 = 44.0;
const ROW: f64 = 27.0;
/// A column with room for its number.
const COLUMN: f64 = 48.0;

pub(super) fn height(report: &Report, of: LifetimePicture, width: f64) -> f64 {
    match of {
        LifetimePicture::Calibration | LifetimePicture::Trial | LifetimePicture::Tracking => {
            pairs::height(width)
        }
        LifetimePicture::Orders | LifetimePicture::Alive => {
            TOP + ROW * report.matrix.days_since.len() as f64 + 4.0
        }
        LifetimePicture::Spread => super::distribution::height(width),
    }
}

pub(super) fn is_empty(report: &Report, of: LifetimePicture) -> bool {
    let holdout = report.holdout.as_ref();
    match of {
        LifetimePicture::Calibration => report.calibration.is_empty(),
        LifetimePicture::Trial => holdout.is_none_or(|holdout| holdout.by_frequency.is_empty()),
        LifetimePicture::Tracking => holdout.is_none_or(|holdout| holdout.tracking.is_empty()),
        LifetimePicture::Orders | LifetimePicture::Alive => {
            report.matrix.cells.is_empty() || report.matrix.repeat_orders.is_empty()
        }
        LifetimePicture::Spread => report.spread.counts.is_empty(),
    }
}

pub(super) fn scene(sketch: Sketch<'_>, report: &Report, of: LifetimePicture) -> Scene {
    match (of, &report.holdout) {
        (LifetimePicture::Calibration, _) => calibration(sketch, report),
        (LifetimePicture::Trial, Some(holdout)) => trial(sketch, report, holdout),
        (LifetimePicture::Tracking, Some(holdout)) => tracking(sketch, holdout),
        (LifetimePicture::Orders, _) => matrix(sketch, &report.matrix, false),
        (LifetimePicture::Alive, _) => matrix(sketch, &report.matrix, true),
        (LifetimePicture::Spread, _) => super::distribution::worth(sketch, report),
        (LifetimePicture::Trial | LifetimePicture::Tracking, None) => super::parts::nothing(sketch),
    }
}

fn calibration(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let head = [
        words.lifetime_repeat(),
        words.lifetime_seen(),
        words.lifetime_modelled(),
    ];
    sketch.twin.head = head.map(str::to_owned).to_vec();
    let mut pairs = Vec::new();
    for (place, row) in report.calibration.iter().enumerate() {
        let is_last = place + 1 == report.calibration.len();
        let name = words.lifetime_repeat_row(row.n_repeat_orders, is_last);
        let cells = [words.count(row.actual), words.fixed(row.expected, 1)];
        sketch
            .twin
            .rows
            .push([name.clone()].into_iter().chain(cells).collect());
        pairs.push(Pair {
            text: words.lifetime_calibrated(&name, row),
            name,
            actual: row.actual as f64,
            model: row.expected,
        });
    }
    let captions = (
        words.lifetime_customers_axis(),
        words.lifetime_repeat_axis(),
    );
    pairs::scene(
        sketch,
        &pairs,
        captions,
        words.lifetime_calibration_finding(report),
    )
}

fn trial(mut sketch: Sketch<'_>, report: &Report, holdout: &Holdout) -> Scene {
    let words = sketch.look.words;
    let head = [
        words.lifetime_repeat(),
        words.head_customers(),
        words.lifetime_seen(),
        words.lifetime_modelled(),
    ];
    sketch.twin.head = head.map(str::to_owned).to_vec();
    let mut pairs = Vec::new();
    for row in &holdout.by_frequency {
        let name = words.lifetime_repeat_row(row.n_repeat_orders, row.is_last());
        let cells = [
            words.count(row.n_customers),
            words.fixed(row.actual, 2),
            words.fixed(row.predicted, 2),
        ];
        sketch
            .twin
            .rows
            .push([name.clone()].into_iter().chain(cells).collect());
        pairs.push(Pair {
            text: words.lifetime_held(&name, row),
            name,
            actual: row.actual,
            model: row.predicted,
        });
    }
    let captions = (
        words.lifetime_orders_axis(),
        words.lifetime_repeat_before_axis(),
    );
    pairs::scene(
        sketch,
        &pairs,
        captions,
        words.lifetime_trial_finding(report, holdout),
    )
}

/// Both sums as lines, with a dashed one where the days end that the model was fitted to.
fn tracking(mut sketch: Sketch<'_>, holdout: &Holdout) -> Scene {
    let (words, width) = (sketch.look.words, f64::from(sketch.look.width));
    let points = &holdout.tracking;
    let most = points.iter().fold(f64::MIN_POSITIVE, |most, point| {
        most.max(point.expected).max(point.actual as f64)
    });
    let (frame, y) = pairs::framed(&mut sketch, words.lifetime_sum_axis(), most, 68.0);
    let first = points.first().map_or(holdout.cut, |point| point.day);
    let weeks = |day: crate::data::Day| f64::from(day.days_since(first)) / 7.0;
    let last = points.last().map_or(0.0, |point| weeks(point.day));
    let x = Scale::straight(0.0, last, frame.left, frame.right);
    let ticks = round_steps(0.0, last, 8).into_iter();
    let ticks: Vec<(f64, String)> = ticks.map(|week| (x.at(week), words.number(week))).collect();
    base_axis(&mut sketch, frame, &ticks);
    base_caption(&mut sketch, frame, words.lifetime_weeks_axis());
    let cut = x.at(weeks(holdout.cut));
    sketch.dashes(cut, frame.top - 8.0, frame.bottom, sketch.palette.ink);
    let until = words.lifetime_fitted_until(holdout);
    let right = cut.max(sketch.width_of(&until)).min(width);
    sketch.label(
        until,
        (right, frame.top - 14.0),
        Anchor::End,
        sketch.palette.ink,
    );
    let [actual, model] = pairs::colours(&sketch);
    let at = |value: f64, day| (x.at(weeks(day)), y.at(value));
    let made = points
        .iter()
        .map(|point| at(point.actual as f64, point.day));
    let expected = points.iter().map(|point| at(point.expected, point.day));
    sketch.shapes.push(Shape::Path(made.collect(), actual, 2.0));
    sketch
        .shapes
        .push(Shape::Path(expected.collect(), model, 2.0));
    let head = [
        words.lifetime_day(),
        words.lifetime_seen(),
        words.lifetime_modelled(),
    ];
    sketch.twin.head = head.map(str::to_owned).to_vec();
    let mut left = frame.left;
    for point in points {
        let right = x.at(weeks(point.day)).max(left + 1.0);
        let bounds = (left, frame.top, right - left, frame.bottom - frame.top);
        sketch.mark(bounds, words.lifetime_tracked(point), None);
        left = right;
        sketch.twin.rows.push(vec![
            words.day(point.day),
            words.count(point.actual),
            words.fixed(point.expected, 1),
        ]);
    }
    sketch.finished(words.lifetime_tracking_finding(holdout))
}

/// A row for each silence, a column for each number of repeat orders; what has no room is in the twin alone.
fn matrix(mut sketch: Sketch<'_>, matrix: &Matrix, is_alive: bool) -> Scene {
    let (words, width, ink) = (
        sketch.look.words,
        f64::from(sketch.look.width),
        sketch.palette.ink_2,
    );
    let names: Vec<String> = (matrix.days_since.iter())
        .map(|&days| words.count(u64::from(days)))
        .collect();
    let widest = names.iter().map(|name| sketch.width_of(name));
    let left = widest.fold(0.0, f64::max) + 12.0;
    let room = ((width - left) / COLUMN).max(1.0) as usize;
    let n_columns = matrix.repeat_orders.len().min(room);
    let column = ((width - left) / n_columns.max(1) as f64).min(96.0);
    let value = |cell: &Outlook| match is_alive {
        true => cell.p_alive,
        false => cell.expected_orders,
    };
    let cells = matrix.cells.iter().flatten().flatten();
    let most = cells.map(value).fold(f64::MIN_POSITIVE, f64::max);
    let caption = sketch.fitted(words.lifetime_since_axis(), width);
    sketch.label(caption, (0.0, 10.0), Anchor::Start, ink);
    for (place, x) in matrix.repeat_orders.iter().take(n_columns).enumerate() {
        let at = (left + (place as f64 + 0.5) * column, TOP - 12.0);
        sketch.label(x.to_string(), at, Anchor::Middle, ink);
    }
    for (row, (cells, name)) in matrix.cells.iter().zip(names).enumerate() {
        let top = TOP + row as f64 * ROW;
        let since = matrix.days_since[row];
        sketch.label(name, (0.0, top + ROW / 2.0), Anchor::Start, ink);
        for (place, cell) in cells.iter().take(n_columns).enumerate() {
            let bounds = (
                left + place as f64 * column,
                top + 1.0,
                column - 1.0,
                ROW - 1.0,
            );
            let Some(cell) = cell else {
                hatch(&mut sketch, bounds);
                continue;
            };
            let ground = sketch.palette.ramp_at((value(cell) / most).clamp(0.0, 1.0));
            sketch.fill(bounds, ground);
            let number = words.lifetime_outlook(cell, is_alive);
            if sketch.width_of(&number) + 4.0 <= column {
                let at = (bounds.0 + column / 2.0, top + ROW / 2.0);
                sketch.label(number, at, Anchor::Middle, sketch.palette.ink_on(ground));
            }
            let text = words.lifetime_cell(matrix.repeat_orders[place], since, cell);
            sketch.mark(bounds, text, None);
        }
    }
    matrix_twin(&mut sketch, matrix, is_alive);
    sketch.finished(words.lifetime_matrix_finding(matrix, is_alive))
}

fn matrix_twin(sketch: &mut Sketch<'_>, matrix: &Matrix, is_alive: bool) {
    let words = sketch.look.words;
    let columns = matrix.repeat_orders.iter().map(u32::to_string);
    let first = words.lifetime_since().to_owned();
    sketch.twin.head = [first].into_iter().chain(columns).collect();
    let cell = |cell: &Option<Outlook>| match cell {
        Some(cell) => words.lifetime_outlook(cell, is_alive),
        None => words.lifetime_no_room().to_owned(),
    };
    let rows = matrix.cells.iter().zip(&matrix.days_since);
    sketch.twin.rows = rows
        .map(|(cells, &days)| {
            let name = words.count(u64::from(days));
            [name].into_iter().chain(cells.iter().map(cell)).collect()
        })
        .collect();
}

//! Heat map of cohorts: a row for each cohort, periods since the first order to the right, the mean of all below.
//!
//! Cells whose period is not over for anybody are hatched and have no number: nothing is known of them, which is not
//! nothing. What has no room is left out: the oldest cohorts by first order, and the latest periods.

use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use crate::analysis::cohorts::{By, Cell, Cohort, Report};

/// The most cohorts in a picture.
const MOST_ROWS: usize = 24;
const TOP: f64 = 44.0;
const ROW: f64 = 27.0;
const BELOW: f64 = 10.0;
/// A column with room for its number.
const COLUMN: f64 = 50.0;

/// How many cohorts the pictures leave out.
pub fn n_hidden_cohorts(report: &Report) -> usize {
    report.cohorts.len().saturating_sub(MOST_ROWS)
}

/// The cohorts that are drawn: the latest by first order, else the first.
pub(super) fn shown(report: &Report) -> &[Cohort] {
    let n_hidden = n_hidden_cohorts(report);
    match report.params.by {
        By::Acquisition => &report.cohorts[n_hidden..],
        By::Column | By::Segmentation => &report.cohorts[..report.cohorts.len() - n_hidden],
    }
}

pub(super) fn height(report: &Report) -> f64 {
    TOP + ROW * (shown(report).len() + 1) as f64 + BELOW
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let map = Map::of(&sketch, report);
    head(&mut sketch, &map);
    for (row, cohort) in shown(report).iter().enumerate() {
        let name = words.cohort_label(report.params.unit, &cohort.label);
        draw_row(&mut sketch, report, &map, (row, &name, &cohort.cells));
    }
    let row = shown(report).len();
    sketch.rule(0.0, map.right(), map.top(row), sketch.palette.ink_2);
    let mean = (row, words.cohort_mean(), report.mean.as_slice());
    draw_row(&mut sketch, report, &map, mean);
    twin(&mut sketch, report);
    sketch.finished(words.cohort_finding(report))
}

/// Where cells are, and what the darkest one stands for.
struct Map {
    left: f64,
    column: f64,
    n_columns: usize,
    most: f64,
}

impl Map {
    fn of(sketch: &Sketch<'_>, report: &Report) -> Self {
        let (words, width) = (sketch.look.words, f64::from(sketch.look.width));
        let names = shown(report).iter();
        let names = names.map(|own| words.cohort_label(report.params.unit, &own.label));
        let widest = names
            .chain([words.cohort_mean().to_owned()])
            .map(|name| sketch.strong_width_of(&name))
            .fold(0.0, f64::max);
        let left = (widest + 12.0).min(width * 0.34);
        let room = ((width - left) / COLUMN).floor().max(1.0) as usize;
        let n_columns = report.n_periods.clamp(1, room);
        // All customers order in the period of their first order; what tells cohorts apart comes after it.
        let first = usize::from(report.params.measure.is_share());
        let cells = shown(report).iter().flat_map(|own| {
            let cells = own.cells.iter().take(n_columns);
            cells.skip(first).filter_map(|cell| cell.value)
        });
        Self {
            left,
            column: ((width - left) / n_columns as f64).min(96.0),
            n_columns,
            most: cells.fold(0.0, f64::max),
        }
    }

    fn top(&self, row: usize) -> f64 {
        TOP + row as f64 * ROW
    }

    fn right(&self) -> f64 {
        self.left + self.column * self.n_columns as f64
    }

    fn bounds(&self, row: usize, period: usize) -> (f64, f64, f64, f64) {
        let left = self.left + period as f64 * self.column;
        // One pixel of paper between cells.
        (left, self.top(row) + 1.0, self.column - 1.0, ROW - 1.0)
    }
}

fn head(sketch: &mut Sketch<'_>, map: &Map) {
    let (words, ink) = (sketch.look.words, sketch.palette.ink_2);
    let caption = sketch.fitted(words.cohort_axis(), f64::from(sketch.look.width) - map.left);
    sketch.label(caption, (map.left, 10.0), Anchor::Start, ink);
    for period in 0..map.n_columns {
        let x = map.left + (period as f64 + 0.5) * map.column;
        sketch.label(period.to_string(), (x, TOP - 12.0), Anchor::Middle, ink);
    }
}

fn draw_row(
    sketch: &mut Sketch<'_>,
    report: &Report,
    map: &Map,
    (row, name, cells): (usize, &str, &[Cell]),
) {
    let ink = sketch.palette.ink;
    let shown = sketch.fitted(name, map.left - 10.0);
    let at = (0.0, map.top(row) + ROW / 2.0);
    sketch.label(shown, at, Anchor::Start, ink);
    for period in 0..map.n_columns {
        let bounds = map.bounds(row, period);
        match cells.get(period) {
            Some(cell) => {
                draw_cell(sketch, report, map, (bounds, cell));
                let text = sketch.look.words.cohort_cell(report, name, period, cell);
                sketch.mark(bounds, text, None);
            }
            None => hatch(sketch, bounds),
        }
    }
}

fn draw_cell(
    sketch: &mut Sketch<'_>,
    report: &Report,
    map: &Map,
    (bounds, cell): ((f64, f64, f64, f64), &Cell),
) {
    let value = cell.value.unwrap_or(0.0);
    let magnitude = match map.most > 0.0 {
        true => (value / map.most).clamp(0.0, 1.0),
        false => 0.0,
    };
    let ground = match cell.value {
        Some(value) if value > 0.0 => sketch.palette.ramp_at(magnitude),
        _ => sketch.palette.paper_2,
    };
    sketch.fill(bounds, ground);
    let (left, top, width, height) = bounds;
    let number = (sketch.look.words).cohort_value(report.params.measure, cell.value);
    if sketch.width_of(&number) + 4.0 <= width {
        let at = (left + width / 2.0, top + height / 2.0);
        sketch.label(number, at, Anchor::Middle, sketch.palette.ink_on(ground));
    }
}

/// Lines from the lower left to the upper right.
pub(super) fn hatch(sketch: &mut Sketch<'_>, (left, top, width, height): (f64, f64, f64, f64)) {
    let mut from = left;
    while from + height <= left + width {
        let line = vec![(from, top + height), (from + height, top)];
        sketch
            .shapes
            .push(Shape::Path(line, sketch.palette.hairline, 1.0));
        from += height / 2.0;
    }
}

/// The cells of the cohorts that are drawn; those that are not over are named so.
pub(super) fn twin(sketch: &mut Sketch<'_>, report: &Report) {
    let words = sketch.look.words;
    let value = |cell: Option<&Cell>| match cell {
        Some(cell) => words.cohort_value(report.params.measure, cell.value),
        None => words.cohort_running().to_owned(),
    };
    let n_periods = report.n_periods.min(MOST_ROWS);
    let head = [words.cohort_head(), words.head_customers()].map(str::to_owned);
    let periods = (0..n_periods).map(|period| period.to_string());
    sketch.twin.head = head.into_iter().chain(periods).collect();
    let row = |name: String, n_customers: u64, cells: &[Cell]| {
        let start = [name, words.count(n_customers)].into_iter();
        let cells = (0..n_periods).map(|period| value(cells.get(period)));
        start.chain(cells).collect::<Vec<String>>()
    };
    for cohort in shown(report) {
        let name = words.cohort_label(report.params.unit, &cohort.label);
        let row = row(name, cohort.n_customers, &cohort.cells);
        sketch.twin.rows.push(row);
    }
    let all = words.cohort_mean().to_owned();
    sketch
        .twin
        .rows
        .push(row(all, report.n_customers, &report.mean));
}

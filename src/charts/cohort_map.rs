//! Heat map of cohorts: a row for each cohort, periods since the first order to the right, the mean of all below.
//!
//! Cells whose period is not over for anybody are hatched and have no number: nothing is known of them, which is not
//! nothing. Shades run from the lowest to the highest value that is drawn, as the key says; the first period, in which
//! everybody ordered, would take them all and has none. What has no room is left out and counted: the oldest cohorts by
//! first order, and the latest periods, of which the twin has the first four hundred.

use super::parts::ramp;
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use crate::analysis::cohorts::{By, Cell, Cohort, Measure, Report};
use crate::text::{AmountUnit, MOST_COHORT_PERIODS};

/// The most cohorts in a picture.
const MOST_ROWS: usize = 24;
const TOP: f64 = 44.0;
const ROW: f64 = 27.0;
const BELOW: f64 = 10.0;
/// The line of the key.
const KEY: f64 = 28.0;
/// A column with room for its number.
const COLUMN: f64 = 52.0;
/// Between a name and its first cell.
const GAP: f64 = 14.0;
/// The most of a picture that names may take: three columns are left on a phone.
const MOST_FOR_NAMES: f64 = 0.52;

/// How many cohorts the pictures leave out.
pub fn n_hidden_cohorts(report: &Report) -> usize {
    n_undrawn(report) + report.n_left_out
}

/// How many of those that the report holds the pictures leave out.
fn n_undrawn(report: &Report) -> usize {
    report.cohorts.len().saturating_sub(MOST_ROWS)
}

/// The cohorts that are drawn: the latest by first order, else the first.
pub(super) fn shown(report: &Report) -> &[Cohort] {
    let n_hidden = n_undrawn(report);
    match report.params.by {
        By::Acquisition => &report.cohorts[n_hidden..],
        By::Column | By::Segmentation | By::FirstOrder => {
            &report.cohorts[..report.cohorts.len() - n_hidden]
        }
    }
}

pub(super) fn height(report: &Report) -> f64 {
    TOP + ROW * (shown(report).len() + 1) as f64 + BELOW + KEY
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let map = Map::of(&sketch, report);
    head(&mut sketch, report, &map);
    for (row, cohort) in shown(report).iter().enumerate() {
        let name = words.cohort_label(report.params.unit, &cohort.label);
        draw_row(&mut sketch, report, &map, (row, &name, &cohort.cells));
    }
    let row = shown(report).len();
    sketch.rule(0.0, map.right(), map.top(row), sketch.palette.ink_2);
    let mean = (row, words.cohort_mean(), report.mean.as_slice());
    draw_row(&mut sketch, report, &map, mean);
    if let Some((low, high)) = map.shades {
        let ends = [low, high].map(|end| map.number(&sketch, report, Some(end)));
        let [low, high] = ends;
        let y = f64::from(sketch.look.height) - KEY / 2.0;
        ramp(&mut sketch, (map.left, y), (low, high));
    }
    twin(&mut sketch, report);
    sketch.finished(words.cohort_map_finding(report))
}

/// Where cells are, how their numbers are written, and what the shades stand for.
struct Map {
    left: f64,
    column: f64,
    n_columns: usize,
    /// The first period that has a shade.
    first_shade: usize,
    /// The lowest and highest value with a shade.
    shades: Option<(f64, f64)>,
    /// The unit of all amounts, where they have room in it.
    unit: Option<AmountUnit>,
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
        let left = (widest + GAP).min(width * MOST_FOR_NAMES);
        let room = ((width - left) / COLUMN).floor().max(1.0) as usize;
        let n_columns = report.n_periods.clamp(1, room);
        let first_shade = match report.params.measure {
            Measure::CumulativeRevenue | Measure::AverageOrderValue => 0,
            _ => 1,
        };
        let rows = || {
            let rows = shown(report).iter().map(|own| own.cells.as_slice());
            rows.chain([report.mean.as_slice()])
        };
        let values = |first: usize| {
            rows().flat_map(move |cells| {
                let cells = cells.iter().take(n_columns).skip(first);
                cells.filter_map(|cell| cell.value)
            })
        };
        let shades = values(first_shade).fold(None, |ends: Option<(f64, f64)>, value| {
            let (low, high) = ends.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        });
        let column = ((width - left) / n_columns as f64).min(96.0);
        let unit = words.unit_of(values(0));
        let has_room = |value| sketch.width_of(&words.amount_in(unit, value)) + 4.0 <= column - 1.0;
        Self {
            left,
            column,
            n_columns,
            first_shade,
            shades,
            unit: values(0).all(has_room).then_some(unit),
        }
    }

    /// The number of a cell.
    fn number(&self, sketch: &Sketch<'_>, report: &Report, value: Option<f64>) -> String {
        let (words, measure) = (sketch.look.words, report.params.measure);
        match self.unit {
            Some(unit) => words.cohort_value_in(unit, measure, value),
            None => words.cohort_value(measure, value),
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

fn head(sketch: &mut Sketch<'_>, report: &Report, map: &Map) {
    let (words, ink) = (sketch.look.words, sketch.palette.ink_2);
    let caption = words.cohort_axis(report.params.unit, map.n_columns, report.n_periods);
    let caption = sketch.fitted(&caption, f64::from(sketch.look.width));
    // It may need the room above the names.
    let room = f64::from(sketch.look.width) - sketch.width_of(&caption);
    let at = (map.left.min(room).max(0.0), 10.0);
    sketch.label(caption, at, Anchor::Start, ink);
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
    let shown = sketch.fitted(name, map.left - GAP + 1.0);
    let at = (0.0, map.top(row) + ROW / 2.0);
    sketch.label(shown, at, Anchor::Start, ink);
    for period in 0..map.n_columns {
        let bounds = map.bounds(row, period);
        match cells.get(period) {
            Some(cell) => {
                draw_cell(sketch, report, map, (bounds, period, cell));
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
    (bounds, period, cell): ((f64, f64, f64, f64), usize, &Cell),
) {
    let shade = match (cell.value, map.shades) {
        (Some(value), Some((low, high))) if period >= map.first_shade => {
            let range = high - low;
            Some(if range > 0.0 {
                (value - low) / range
            } else {
                0.5
            })
        }
        _ => None,
    };
    let ground = shade.map_or(sketch.palette.paper_2, |shade| {
        sketch.palette.ramp_at(shade)
    });
    sketch.fill(bounds, ground);
    let (left, top, width, height) = bounds;
    let number = map.number(sketch, report, cell.value);
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

/// The cohorts that are drawn with their periods, up to four hundred; those that are not over are named so.
pub(super) fn twin(sketch: &mut Sketch<'_>, report: &Report) {
    let words = sketch.look.words;
    let rows = shown(report).iter().map(|own| own.cells.as_slice());
    let cells = rows.chain([report.mean.as_slice()]).flatten();
    let unit = words.unit_of(cells.filter_map(|cell| cell.value));
    let value = |cell: Option<&Cell>| match cell {
        Some(cell) => words.cohort_value_in(unit, report.params.measure, cell.value),
        None => words.cohort_running().to_owned(),
    };
    let n_periods = report.n_periods.min(MOST_COHORT_PERIODS);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::cohorts::Params;
    use crate::analysis::testing;
    use crate::charts::{Chart, EstimatedWidth, Look, Theme};
    use crate::data::Day;
    use crate::text::{Language, Words};

    fn drawn(report: &Report, width: u32, language: Language) -> Scene {
        let chart = Chart::CohortMap(report);
        let look = Look {
            theme: Theme::Light,
            width,
            height: chart.height(width),
            pixel_ratio: 1.0,
            words: Words::new(language),
            as_of: None,
            selected: None,
        };
        chart.scene(&look, &EstimatedWidth)
    }

    fn texts(scene: &Scene) -> Vec<&str> {
        let shapes = scene.shapes.iter();
        let texts = shapes.filter_map(|shape| match shape {
            Shape::Text(label) => Some(label.text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    /// Two customers who come in the first two months and back every month for forty.
    fn long() -> Report {
        let days = (0..41).map(|month| {
            let day = Day::from_civil(2018 + month / 12, month as u32 % 12 + 1, 5);
            day.unwrap().to_string()
        });
        let days: Vec<String> = days.collect();
        let mut rows: Vec<(&str, &str, i64)> = Vec::new();
        for (place, day) in days.iter().enumerate() {
            rows.push(("a", day, 100));
            if place > 0 {
                rows.push(("b", day, 100));
            }
        }
        testing::cohorts_of(&rows, Params::default())
    }

    #[test]
    fn periods_without_room_are_counted_and_stand_in_the_twin() {
        let report = long();
        for (language, said) in [
            (Language::En, "Months since the first order (5 of 40 shown)"),
            (Language::Ko, "첫 주문 후 경과 개월 (40개 중 5개 표시)"),
        ] {
            let scene = drawn(&report, 358, language);
            assert_eq!(scene.twin.head.len(), 2 + 40);
            assert!(scene.twin.rows.iter().all(|row| row.len() == 2 + 40));
            assert!(texts(&scene).contains(&said), "{:?}", texts(&scene));
        }
    }

    #[test]
    fn cohorts_that_the_report_does_not_hold_are_hidden_ones_and_long_tables_end() {
        let mut report = long();
        assert_eq!(n_hidden_cohorts(&report), 0);
        report.n_left_out = 7;
        assert_eq!((n_hidden_cohorts(&report), shown(&report).len()), (7, 2));
        report.n_periods = 546;
        let scene = drawn(&report, 358, Language::En);
        assert_eq!(scene.twin.head.len(), 2 + 400);
        assert!(texts(&scene).contains(&"Months since the first order (5 of 546 shown)"));
    }

    /// Eleven come in January, of whom one to four come back in each month, and one in February.
    fn shaded() -> Report {
        let ids: Vec<String> = (0..11).map(|own| format!("{own:02}")).collect();
        let mut rows: Vec<(&str, &str, i64)> = Vec::new();
        for (place, id) in ids.iter().enumerate() {
            rows.push((id, "2020-01-05", 100));
            for (n, day) in [(4, "2020-02-05"), (2, "2020-03-05"), (1, "2020-04-05")] {
                if place < n {
                    rows.push((id, day, 100));
                }
            }
        }
        rows.push(("x", "2020-02-05", 100));
        testing::cohorts_of(&rows, Params::default())
    }

    #[test]
    fn shades_tell_apart_what_occurs_and_the_first_period_has_none() {
        let report = shaded();
        let scene = drawn(&report, 720, Language::En);
        let fills: Vec<_> = scene
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Fill((_, top, _, height), colour) if *height > 20.0 => Some((*top, *colour)),
                _ => None,
            })
            .collect();
        let of_row = |row: usize| {
            let top = TOP + row as f64 * ROW + 1.0;
            let own = fills.iter().filter(|(own, _)| (own - top).abs() < 0.5);
            own.map(|(_, colour)| *colour).collect::<Vec<_>>()
        };
        let palette = crate::charts::theme::Palette::of(Theme::Light);
        // 100 %, 36.4 %, 18.2 % of January; then all of February and nobody.
        let january = of_row(0);
        assert_eq!(january[..2], [palette.paper_2, palette.ramp_at(1.0)]);
        assert_eq!(january[2], palette.ramp_at(0.5));
        assert_eq!(of_row(1)[..2], [palette.paper_2, palette.ramp_at(0.0)]);
        // The key names both ends.
        assert_eq!(texts(&scene)[texts(&scene).len() - 2..], ["0.0%", "36.4%"]);
    }

    #[test]
    fn names_of_months_are_whole_on_a_phone_in_both_languages() {
        for language in [Language::En, Language::Ko] {
            let scene = drawn(&long(), 358, language);
            assert!(texts(&scene).iter().all(|text| !text.contains('…')));
        }
    }
}

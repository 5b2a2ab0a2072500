//! Cohorts as lines over the periods since the first order, the mean of all in bold. Later cohorts are darker, so that
//! one sees whether they get better; segments have their own colours.
//!
//! Shares start with the period after the first order: in that one they say nothing.

use super::cohort_map::{shown, twin};
use super::parts::{Frame, base_axis, base_caption, value_axis};
use super::scale::{Scale, round_steps, span_from_nothing};
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use super::theme::{Colour, Marker};
use crate::analysis::cohorts::{By, Cell, Report};

const ABOVE: f64 = 30.0;
const BELOW: f64 = 46.0;
/// The most numbers below the axis.
const MOST_TICKS: usize = 12;

pub(super) fn height(width: f64) -> f64 {
    (width * 0.5).clamp(260.0, 380.0)
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let plot = Plot::of(&mut sketch, report);
    let n = shown(report).len();
    for (place, cohort) in shown(report).iter().enumerate() {
        let colour = colour(&sketch, report, place, n);
        let name = words.cohort_label(report.params.unit, &cohort.label);
        let line = plot.line(&cohort.cells);
        if let Some(&(period, end)) = line.last() {
            sketch
                .shapes
                .push(Shape::Point(Marker::Circle, end, 3.0, colour));
            let text = words.cohort_cell(report, &name, period, &cohort.cells[period]);
            sketch.mark(around(end), text, None);
        }
        let path = line.into_iter().map(|(_, at)| at).collect();
        sketch.shapes.push(Shape::Path(path, colour, 1.2));
    }
    mean(&mut sketch, report, &plot);
    twin(&mut sketch, report);
    sketch.finished(words.cohort_curves_finding(report))
}

/// The scales of a picture.
struct Plot {
    x: Scale,
    y: Scale,
    first: usize,
}

impl Plot {
    fn of(sketch: &mut Sketch<'_>, report: &Report) -> Self {
        let (words, width) = (sketch.look.words, f64::from(sketch.look.width));
        let measure = report.params.measure;
        let first = usize::from(measure.is_share() && report.n_periods > 2);
        let lines = shown(report).iter().map(|own| own.cells.as_slice());
        let values = lines
            .chain([report.mean.as_slice()])
            .flat_map(|cells| cells.iter().skip(first).filter_map(|cell| cell.value));
        // Refunds may leave less than nothing, and only the first order of all may have brought anything.
        let (lowest, highest) = span_from_nothing(values);
        let highest = if highest > 0.0 { highest } else { 1.0 };
        let steps = round_steps(lowest, highest, 4);
        let texts: Vec<String> = match measure.is_share() {
            true => steps.iter().map(|&value| words.share(value)).collect(),
            false => words.axis_amounts(&steps),
        };
        let values: Vec<(f64, String)> = steps.into_iter().zip(texts).collect();
        let widest = values.iter().map(|(_, text)| sketch.width_of(text));
        let frame = Frame {
            left: widest.fold(0.0, f64::max) + 12.0,
            top: ABOVE,
            right: width - 12.0,
            bottom: f64::from(sketch.look.height) - BELOW,
        };
        let last = report.n_periods.saturating_sub(1);
        let x = Scale::straight(first as f64, last as f64, frame.left, frame.right);
        let y = Scale::straight(lowest, highest, frame.bottom, frame.top);
        let caption = sketch.fitted(words.cohort_measure_of(measure), width);
        sketch.label(caption, (0.0, 10.0), Anchor::Start, sketch.palette.ink_2);
        value_axis(sketch, frame, y, &values);
        let step = (last + 1 - first).div_ceil(MOST_TICKS).max(1);
        let periods = (first..=last).step_by(step);
        let ticks: Vec<(f64, String)> = periods
            .map(|period| (x.at(period as f64), period.to_string()))
            .collect();
        base_axis(sketch, frame, &ticks);
        if lowest < 0.0 {
            sketch.rule(frame.left, frame.right, y.at(0.0), sketch.palette.ink_2);
        }
        let caption = words.cohort_axis(report.params.unit, report.n_periods, report.n_periods);
        base_caption(sketch, frame, &caption);
        Self { x, y, first }
    }

    /// The periods that have a value, and where they are.
    fn line(&self, cells: &[Cell]) -> Vec<(usize, (f64, f64))> {
        let cells = cells.iter().enumerate().skip(self.first);
        let points = cells.filter_map(|(period, cell)| {
            let at = (self.x.at(period as f64), self.y.at(cell.value?));
            Some((period, at))
        });
        points.collect()
    }
}

fn mean(sketch: &mut Sketch<'_>, report: &Report, plot: &Plot) {
    let words = sketch.look.words;
    let (line, ink) = (plot.line(&report.mean), sketch.palette.ink);
    let path = line.iter().map(|&(_, at)| at).collect();
    sketch.shapes.push(Shape::Path(path, ink, 2.6));
    for (period, at) in line {
        let text = words.cohort_cell(report, words.cohort_mean(), period, &report.mean[period]);
        sketch
            .shapes
            .push(Shape::Point(Marker::Circle, at, 3.5, ink));
        sketch.mark(around(at), text, None);
    }
}

fn around((x, y): (f64, f64)) -> (f64, f64, f64, f64) {
    (x - 9.0, y - 9.0, 18.0, 18.0)
}

fn colour(sketch: &Sketch<'_>, report: &Report, place: usize, n: usize) -> Colour {
    let palette = sketch.palette;
    match report.params.by {
        By::Acquisition => palette.ramp_at(0.2 + 0.8 * (place + 1) as f64 / n.max(1) as f64),
        By::Column | By::Segmentation | By::FirstOrder => {
            palette.segments[place % palette.segments.len()]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::cohorts::{Measure, Params};
    use crate::analysis::testing;
    use crate::charts::{Chart, EstimatedWidth, Look, Theme};
    use crate::text::{Language, Words};

    fn drawn(report: &Report) -> Scene {
        let chart = Chart::CohortCurves(report);
        let look = Look {
            theme: Theme::Light,
            width: 720,
            height: chart.height(720),
            pixel_ratio: 1.0,
            words: Words::new(Language::En),
            as_of: None,
            selected: None,
        };
        chart.scene(&look, &EstimatedWidth)
    }

    #[test]
    fn what_was_given_back_lies_below_nothing() {
        let rows = [
            ("a", "2020-01-05", 1000),
            ("a", "2020-02-05", -5000),
            ("b", "2020-02-05", 2000),
            ("b", "2020-03-05", 0),
            ("a", "2020-04-02", 100),
        ];
        let params = Params {
            measure: Measure::Revenue,
            ..Params::default()
        };
        let scene = drawn(&testing::cohorts_of(&rows, params));
        let line = scene.shapes.iter().find_map(|shape| match shape {
            Shape::Path(points, ..) => Some(points.clone()),
            _ => None,
        });
        // January: 10, −50, nothing.
        let heights: Vec<f64> = line.unwrap().iter().map(|point| point.1).collect();
        assert!(
            heights[1] > heights[2] + 100.0 && heights[2] > heights[0],
            "{heights:?}"
        );
    }

    #[test]
    fn where_nobody_comes_back_the_axis_still_ends_above_nothing() {
        let rows = [
            ("a", "2020-01-05", 100),
            ("b", "2020-02-05", 100),
            ("b", "2020-04-05", 100),
        ];
        let scene = drawn(&testing::cohorts_of(&rows, Params::default()));
        let texts = scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(label) => Some(label.text.as_str()),
            _ => None,
        });
        assert!(texts.into_iter().any(|text| text == "100.0%"));
    }
}

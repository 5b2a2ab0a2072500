//! A prediction on those it was tested on, tenth by tenth: how much of what came is with the customers predicted
//! highest, and what was predicted against what came. The diagonal is guessing in one, exactness in the other.

use super::parts::{Frame, base_axis, base_caption, value_axis};
use super::scale::{Scale, round_steps};
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use super::theme::Marker;
use crate::analysis::prediction::{Report, Tenth};
use crate::text::Words;

const ABOVE: f64 = 30.0;
const BELOW: f64 = 46.0;

pub(super) fn height(width: f64) -> f64 {
    (width * 0.6).clamp(280.0, 400.0)
}

/// A point with the words that it has as a mark.
struct Point {
    at: (f64, f64),
    text: String,
}

/// What is drawn: the points, both captions, and how numbers on the axes are written.
struct Curve {
    points: Vec<Point>,
    captions: (&'static str, &'static str),
    is_share: bool,
    is_joined: bool,
}

pub(super) fn gain(sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let mut points = vec![Point {
        at: (0.0, 0.0),
        text: String::new(),
    }];
    let mut n_so_far = 0;
    for tenth in &report.tenths {
        n_so_far += tenth.n;
        let share = n_so_far as f64 / report.n_test.max(1) as f64;
        let Some(gain) = tenth.gain else { continue };
        points.push(Point {
            at: (share, gain),
            text: words.prediction_gain_mark(share, gain),
        });
    }
    let curve = Curve {
        points,
        captions: (words.prediction_gain_base(), words.prediction_gain_side()),
        is_share: true,
        is_joined: true,
    };
    drawn(
        sketch,
        report,
        &curve,
        words.prediction_gain_finding(report),
    )
}

pub(super) fn calibration(sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let point = |tenth: &Tenth| Point {
        at: (tenth.predicted, tenth.observed),
        text: words.prediction_calibration_mark(report, tenth),
    };
    let curve = Curve {
        points: report.tenths.iter().map(point).collect(),
        captions: (words.prediction_predicted(), words.prediction_observed()),
        is_share: report.is_classes,
        is_joined: false,
    };
    drawn(
        sketch,
        report,
        &curve,
        words.prediction_calibration_finding(report),
    )
}

fn drawn(mut sketch: Sketch<'_>, report: &Report, curve: &Curve, title: String) -> Scene {
    let words = sketch.look.words;
    let (width, height) = (f64::from(sketch.look.width), f64::from(sketch.look.height));
    let numbers = || {
        curve
            .points
            .iter()
            .flat_map(|point| [point.at.0, point.at.1])
    };
    let low = numbers().fold(0.0, f64::min);
    let high = numbers().fold(f64::MIN_POSITIVE, f64::max);
    let values = labelled(words, curve, low, high);
    let widest = values
        .iter()
        .map(|(_, text)| sketch.width_of(text))
        .fold(0.0, f64::max);
    let frame = Frame {
        left: widest + 12.0,
        top: ABOVE,
        right: width - 12.0,
        bottom: height - BELOW,
    };
    let x = Scale::straight(low, high, frame.left, frame.right);
    let y = Scale::straight(low, high, frame.bottom, frame.top);
    let caption = sketch.fitted(curve.captions.1, width);
    sketch.label(caption, (0.0, 10.0), Anchor::Start, sketch.palette.ink_2);
    value_axis(&mut sketch, frame, y, &values);
    let ticks: Vec<(f64, String)> = values
        .into_iter()
        .map(|(value, text)| (x.at(value), text))
        .collect();
    base_axis(&mut sketch, frame, &ticks);
    base_caption(&mut sketch, frame, curve.captions.0);
    let (line, ink) = (sketch.palette.ramp[4], sketch.palette.ink_2);
    let diagonal = vec![(x.at(low), y.at(low)), (x.at(high), y.at(high))];
    sketch.shapes.push(Shape::Path(diagonal, ink, 1.0));
    let places: Vec<(f64, f64)> = curve
        .points
        .iter()
        .map(|point| (x.at(point.at.0), y.at(point.at.1)))
        .collect();
    if curve.is_joined {
        sketch.shapes.push(Shape::Path(places.clone(), line, 1.5));
    }
    for (point, at) in curve.points.iter().zip(places) {
        if !point.text.is_empty() {
            sketch
                .shapes
                .push(Shape::Point(Marker::Circle, at, 4.0, line));
            sketch.mark(
                (at.0 - 10.0, at.1 - 10.0, 20.0, 20.0),
                point.text.clone(),
                None,
            );
        }
    }
    twin(&mut sketch, report);
    sketch.finished(title)
}

fn labelled(words: Words, curve: &Curve, low: f64, high: f64) -> Vec<(f64, String)> {
    let values = round_steps(low, high, 4);
    let texts = match curve.is_share {
        true => values.iter().map(|&value| words.share(value)).collect(),
        false => words.axis_amounts(&values),
    };
    values.into_iter().zip(texts).collect()
}

fn twin(sketch: &mut Sketch<'_>, report: &Report) {
    let words = sketch.look.words;
    sketch.twin.head = words.prediction_tenth_heads().map(str::to_owned).to_vec();
    let rows = report.tenths.iter().enumerate();
    sketch.twin.rows = rows
        .map(|(place, tenth)| words.prediction_tenth_row(report, place, tenth))
        .collect();
}

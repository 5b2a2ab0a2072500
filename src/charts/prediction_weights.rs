//! What a prediction goes by, strongest first: a regression's coefficients for one standard deviation of each value with
//! their intervals, or the share of the error that trees take away by it.

use super::parts::{Frame, base_axis, base_caption};
use super::scale::{Scale, round_steps};
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use super::theme::Marker;
use crate::analysis::prediction::{Report, Weight};

const ROW: f64 = 26.0;
const ABOVE: f64 = 6.0;
const BELOW: f64 = 46.0;
/// Share of the width that names may take.
const NAMES: f64 = 0.4;

pub(super) fn height(report: &Report) -> f64 {
    ABOVE + report.weights().len() as f64 * ROW + BELOW
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let weights = report.weights();
    let width = f64::from(sketch.look.width);
    let low = weights
        .iter()
        .fold(0.0, |low: f64, own| low.min(own.interval.0));
    let high = weights
        .iter()
        .fold(0.0, |high: f64, own| high.max(own.interval.1));
    let frame = Frame {
        left: width * NAMES,
        top: ABOVE,
        right: width - 12.0,
        bottom: f64::from(sketch.look.height) - BELOW,
    };
    let scale = Scale::straight(low, high, frame.left, frame.right);
    let values = round_steps(low, high, 4);
    let texts = words.axis_amounts(&values);
    let places = values.iter().map(|&value| scale.at(value));
    base_axis(&mut sketch, frame, &places.zip(texts).collect::<Vec<_>>());
    base_caption(&mut sketch, frame, words.prediction_weights_caption(report));
    sketch.dashes(scale.at(0.0), frame.top, frame.bottom, sketch.palette.ink_2);
    for (place, own) in weights.iter().enumerate() {
        let y = ABOVE + (place as f64 + 0.5) * ROW;
        row(&mut sketch, own, y, frame, scale);
    }
    twin(&mut sketch, report, &weights);
    sketch.finished(words.prediction_weights_finding(report))
}

fn row(sketch: &mut Sketch<'_>, own: &Weight<'_>, y: f64, frame: Frame, scale: Scale) {
    let words = sketch.look.words;
    let name = words.prediction_term_of(Some(own.term));
    let shown = sketch.fitted(&name, frame.left - 10.0);
    sketch.label(shown, (0.0, y), Anchor::Start, sketch.palette.ink);
    let (from, to) = (scale.at(own.interval.0), scale.at(own.interval.1));
    let colour = sketch.palette.ramp[4];
    sketch.fill((from, y - 1.5, (to - from).max(1.0), 3.0), colour);
    let point = (scale.at(own.estimate), y);
    sketch
        .shapes
        .push(Shape::Point(Marker::Circle, point, 5.0, colour));
    let text = format!("{name}: {}", words.prediction_weight(own));
    let bounds = (0.0, y - ROW / 2.0, frame.right, ROW);
    sketch.mark(bounds, text, None);
}

fn twin(sketch: &mut Sketch<'_>, report: &Report, weights: &[Weight<'_>]) {
    let words = sketch.look.words;
    sketch.twin.head = [
        words.prediction_term(),
        words.prediction_weights_caption(report),
        words.prediction_interval(),
    ]
    .map(str::to_owned)
    .to_vec();
    let rows = weights.iter().map(|own| {
        let [low, high] = [own.interval.0, own.interval.1].map(|end| words.decimal(end, 4));
        vec![
            words.prediction_term_of(Some(own.term)),
            words.decimal(own.estimate, 4),
            format!("{low} – {high}"),
        ]
    });
    sketch.twin.rows = rows.collect();
}

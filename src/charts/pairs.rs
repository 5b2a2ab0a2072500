//! Pairs of bars: what is, and what a model has for it, side by side for each of a few rows in their order.

use super::parts::{Frame, base_axis, base_caption, value_axis};
use super::scale::{Scale, round_steps};
use super::scene::{Anchor, Scene};
use super::sketch::Sketch;
use super::theme::Colour;

/// Above the plot: the caption and the key.
const ABOVE: f64 = 54.0;
const BELOW: f64 = 46.0;
/// The widest bar.
const WIDEST: f64 = 36.0;

pub(super) fn height(width: f64) -> f64 {
    (width * 0.46).clamp(260.0, 360.0)
}

/// A row: its name, both numbers, and what it says as a mark.
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) actual: f64,
    pub(super) model: f64,
    pub(super) text: String,
}

/// Draws `pairs` under the caption of their numbers; the twin is the chart's own.
pub(super) fn scene(
    mut sketch: Sketch<'_>,
    pairs: &[Pair],
    (side, base): (&'static str, &'static str),
    title: String,
) -> Scene {
    let most = pairs.iter().fold(f64::MIN_POSITIVE, |most, pair| {
        most.max(pair.actual).max(pair.model)
    });
    let (frame, y) = framed(&mut sketch, side, most, ABOVE);
    let column = (frame.right - frame.left) / pairs.len().max(1) as f64;
    let bar = (column * 0.38).min(WIDEST);
    let colours = colours(&sketch);
    let mut ticks = Vec::with_capacity(pairs.len());
    for (place, pair) in pairs.iter().enumerate() {
        let left = frame.left + place as f64 * column;
        let middle = left + column / 2.0;
        let bars = [(middle - bar, pair.actual), (middle, pair.model)];
        for ((left, value), colour) in bars.into_iter().zip(colours) {
            let top = y.at(value);
            sketch.fill((left, top, bar - 1.0, frame.bottom - top), colour);
        }
        let bounds = (left, frame.top, column, frame.bottom - frame.top);
        sketch.mark(bounds, pair.text.clone(), None);
        ticks.push((middle, pair.name.clone()));
    }
    base_axis(&mut sketch, frame, &ticks);
    base_caption(&mut sketch, frame, base);
    sketch.finished(title)
}

/// The frame with its caption, the key and the values at its left, from nothing up to `most`.
pub(super) fn framed(
    sketch: &mut Sketch<'_>,
    side: &'static str,
    most: f64,
    top: f64,
) -> (Frame, Scale) {
    let (words, width) = (sketch.look.words, f64::from(sketch.look.width));
    let steps = round_steps(0.0, most, 4);
    let texts = words.axis_amounts(&steps);
    let values: Vec<(f64, String)> = steps.into_iter().zip(texts).collect();
    let widest = values.iter().map(|(_, text)| sketch.width_of(text));
    let frame = Frame {
        left: widest.fold(0.0, f64::max) + 12.0,
        top,
        right: width - 8.0,
        bottom: f64::from(sketch.look.height) - BELOW,
    };
    let y = Scale::straight(0.0, most, frame.bottom, frame.top);
    let caption = sketch.fitted(side, width);
    sketch.label(caption, (0.0, 10.0), Anchor::Start, sketch.palette.ink_2);
    key(sketch);
    value_axis(sketch, frame, y, &values);
    (frame, y)
}

/// The colours of what is, and of a model.
pub(super) fn colours(sketch: &Sketch<'_>) -> [Colour; 2] {
    [sketch.palette.ink_2, sketch.palette.ramp[4]]
}

/// What the two colours are, in the line below the caption.
fn key(sketch: &mut Sketch<'_>) {
    let words = sketch.look.words;
    let names = [words.lifetime_seen(), words.lifetime_modelled()];
    let mut x = 0.0;
    for (name, colour) in names.into_iter().zip(colours(sketch)) {
        sketch.fill((x, 25.0, 10.0, 10.0), colour);
        sketch.label(name, (x + 16.0, 30.0), Anchor::Start, sketch.palette.ink);
        x += 16.0 + sketch.width_of(name) + 18.0;
    }
}

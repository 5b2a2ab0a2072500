//! Parallel coordinates of the clusters: an axis for each feature, across them the median of each cluster with the band
//! between its quartiles, and thin lines of single customers.
//!
//! Where the axes would stand too close together they lie below each other. All axes are in standard deviations from the
//! mean of all customers; what is beyond four is drawn at the edge. The lines are the report's sample and name nobody.

use super::parts::{Frame, LINE, cluster_key_height, key, sign};
use super::scale::Scale;
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use super::theme::{Colour, Marker};
use crate::analysis::clusters::Report;
use crate::text::Words;

/// An axis with less room than this lies instead of standing.
const NARROW: f64 = 118.0;
const STANDING: f64 = 260.0;
const LYING: f64 = 58.0;
const VALUES: f64 = 40.0;
/// Below standing axes: lines for the names of the features.
const NAMES: f64 = 54.0;
const MOST_NAME_LINES: usize = 2;
const FARTHEST: f64 = 4.0;

pub(super) fn height(report: &Report, width: f64) -> f64 {
    let n_features = report.numbers().len();
    let plot = match is_lying(n_features, width) {
        true => n_features as f64 * LYING,
        false => STANDING + NAMES - 14.0,
    };
    cluster_key_height(report.segments.len(), width) + LINE + plot + 34.0
}

fn is_lying(n_features: usize, width: f64) -> bool {
    (width - VALUES) / (n_features.max(1) as f64) < NARROW
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let title = words.parallel_finding(report);
    let top = key(&mut sketch, &report.segments);
    let caption = sketch.fitted(words.z_axis(), f64::from(sketch.look.width));
    let ink = sketch.palette.ink_2;
    sketch.label(caption, (0.0, top + 10.0), Anchor::Start, ink);
    let axes = Axes::of(&sketch, report, top + LINE + 8.0);
    axes.draw(&mut sketch, report);
    for (place, values) in &report.parallel.lines {
        if let Some((colour, _)) = sign_of(&sketch, report, *place) {
            let faint = colour.mixed(sketch.palette.paper, 0.72);
            sketch
                .shapes
                .push(Shape::Path(axes.path(values), faint, 1.0));
        }
    }
    clusters(&mut sketch, report, &axes);
    axes.name(&mut sketch, report);
    twin(&mut sketch, report);
    sketch.finished(title)
}

fn sign_of(sketch: &Sketch<'_>, report: &Report, place: u16) -> Option<(Colour, Marker)> {
    let profile = report.segments.get(usize::from(place))?;
    Some(sign(sketch, profile, place))
}

/// Where the features' axes are.
struct Axes {
    frame: Frame,
    is_lying: bool,
    /// From one axis to the next.
    step: f64,
    values: Scale,
}

impl Axes {
    fn of(sketch: &Sketch<'_>, report: &Report, top: f64) -> Self {
        let (width, height) = (f64::from(sketch.look.width), f64::from(sketch.look.height));
        let n_features = report.numbers().len().max(1) as f64;
        let is_lying = is_lying(report.numbers().len(), width);
        let frame = Frame {
            left: if is_lying { 8.0 } else { VALUES },
            top,
            right: if is_lying { width - 8.0 } else { width },
            bottom: height - if is_lying { 34.0 } else { NAMES },
        };
        let (low, high) = range(report);
        let (step, values) = match is_lying {
            true => (
                (frame.bottom - frame.top) / n_features,
                Scale::straight(low, high, frame.left, frame.right),
            ),
            false => (
                (frame.right - frame.left) / n_features,
                Scale::straight(low, high, frame.bottom, frame.top),
            ),
        };
        Self {
            frame,
            is_lying,
            step,
            values,
        }
    }

    fn at(&self, feature: usize, z: f64) -> (f64, f64) {
        let along = self.values.at(z);
        match self.is_lying {
            // Its name stands above each axis.
            true => (along, self.frame.top + (feature as f64 + 0.7) * self.step),
            false => (self.frame.left + (feature as f64 + 0.5) * self.step, along),
        }
    }

    fn path(&self, values: &[f64]) -> Vec<(f64, f64)> {
        let points = values.iter().enumerate();
        points.map(|(feature, &z)| self.at(feature, z)).collect()
    }

    /// The axes, and the values across them.
    fn draw(&self, sketch: &mut Sketch<'_>, report: &Report) {
        let (frame, words) = (self.frame, sketch.look.words);
        let (ink_2, hairline) = (sketch.palette.ink_2, sketch.palette.hairline);
        for z in self.values.ticks(if self.is_lying { 4 } else { 6 }) {
            let at = self.values.at(z);
            if self.is_lying {
                sketch.fill(
                    (at.round(), frame.top, 1.0, frame.bottom - frame.top),
                    hairline,
                );
                let half = sketch.width_of(&words.signed(z)) / 2.0;
                let middle = at.clamp(half, f64::from(sketch.look.width) - half);
                let at = (middle, frame.bottom + 14.0);
                sketch.label(words.signed(z), at, Anchor::Middle, ink_2);
            } else {
                sketch.rule(frame.left, frame.right, at, hairline);
                sketch.label(words.signed(z), (frame.left - 8.0, at), Anchor::End, ink_2);
            }
        }
        for feature in 0..report.numbers().len() {
            let (x, y) = self.at(feature, 0.0);
            if self.is_lying {
                sketch.rule(frame.left, frame.right, y, ink_2);
            } else {
                let height = frame.bottom - frame.top;
                sketch.fill((x.round(), frame.top, 1.0, height), ink_2);
            }
        }
    }

    /// The names of the features, over whatever lies below them.
    fn name(&self, sketch: &mut Sketch<'_>, report: &Report) {
        let (frame, ink) = (self.frame, sketch.palette.ink);
        for (feature, key) in report.numbers().iter().enumerate() {
            let name = sketch.look.words.feature_measure(key);
            let (x, y) = self.at(feature, 0.0);
            if self.is_lying {
                let name = sketch.fitted(&name, frame.right - frame.left - 6.0);
                let at = (frame.left, y - self.step * 0.52);
                let width = sketch.strong_width_of(&name) + 6.0;
                let paper = sketch.palette.paper;
                sketch.fill((at.0 - 3.0, at.1 - 9.0, width, 18.0), paper);
                sketch.strong(name, at, Anchor::Start, ink);
            } else {
                let lines = sketch.lines(&name, self.step - 8.0, MOST_NAME_LINES);
                for (place, line) in lines.into_iter().enumerate() {
                    let y = frame.bottom + 18.0 + place as f64 * 18.0;
                    sketch.strong(line, (x, y), Anchor::Middle, ink);
                }
            }
        }
    }
}

/// What all axes reach from and to: all that is drawn, at least one deviation and at most four either way.
fn range(report: &Report) -> (f64, f64) {
    let quartiles = report.parallel.quartiles.iter().flatten().flatten();
    let lines = report.parallel.lines.iter().flat_map(|(_, values)| values);
    let all = quartiles.chain(lines).filter(|z| z.is_finite());
    all.fold((-1.0, 1.0), |(low, high), &z| {
        (low.min(z.max(-FARTHEST)), high.max(z.min(FARTHEST)))
    })
}

/// Band, median and marks of each cluster, the selected one last.
fn clusters(sketch: &mut Sketch<'_>, report: &Report, axes: &Axes) {
    let n_clusters = report.parallel.quartiles.len() as u16;
    let selected = sketch.look.selected.filter(|&place| place < n_clusters);
    let others = (0..n_clusters).filter(|&place| Some(place) != selected);
    let order: Vec<u16> = others.chain(selected).collect();
    for &place in &order {
        let quartiles = &report.parallel.quartiles[usize::from(place)];
        let Some((colour, _)) = sign_of(sketch, report, place) else {
            continue;
        };
        let of = |quarter: usize| quartiles.iter().map(|own| own[quarter]).collect::<Vec<_>>();
        let mut band = axes.path(&of(0));
        band.extend(axes.path(&of(2)).into_iter().rev());
        sketch.shapes.push(Shape::Veil(band, colour));
    }
    for &place in &order {
        let quartiles = &report.parallel.quartiles[usize::from(place)];
        let Some((colour, marker)) = sign_of(sketch, report, place) else {
            continue;
        };
        let medians: Vec<f64> = quartiles.iter().map(|own| own[1]).collect();
        let path = axes.path(&medians);
        sketch.shapes.push(Shape::Path(path.clone(), colour, 2.0));
        let paper = sketch.palette.paper;
        for (feature, &at) in path.iter().enumerate() {
            sketch.shapes.push(Shape::Point(marker, at, 5.75, paper));
            sketch.shapes.push(Shape::Point(marker, at, 5.0, colour));
            let text = mark_text(sketch.look.words, report, place, feature);
            sketch.mark((at.0 - 8.0, at.1 - 8.0, 16.0, 16.0), text, Some(place));
        }
    }
}

fn mark_text(words: Words, report: &Report, place: u16, feature: usize) -> String {
    let cluster = usize::from(place);
    let label = report.segments.get(cluster);
    let label = label.map_or_else(String::new, |own| words.label(&own.label));
    let name = report.numbers().get(feature);
    let name = name.map_or_else(String::new, |key| words.feature_measure(key));
    let quartiles = report.parallel.quartiles[cluster][feature];
    format!("{label} · {name}: {}", words.parallel_quartiles(quartiles))
}

/// A row for each cluster and feature.
fn twin(sketch: &mut Sketch<'_>, report: &Report) {
    let words = sketch.look.words;
    sketch.twin.head = [
        words.head_cluster(),
        words.head_feature(),
        words.head_lower_quartile(),
        words.head_median(),
        words.head_upper_quartile(),
    ]
    .map(str::to_owned)
    .to_vec();
    for (profile, quartiles) in report.segments.iter().zip(&report.parallel.quartiles) {
        for (key, values) in report.numbers().iter().zip(quartiles) {
            let mut row = vec![words.label(&profile.label), words.feature_measure(key)];
            row.extend(values.map(|z| words.decimal(z, 3)));
            sketch.twin.rows.push(row);
        }
    }
}

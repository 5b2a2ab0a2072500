//! Customers on their first two principal components, by cluster, with the features as arrows; or as neighbours, where
//! neither axes nor arrows mean anything.
//!
//! Both axes have one scale, so that distances can be compared; the points are the report's sample.

use super::parts::{Frame, cluster_key_height, key, segments_twin, sign};
use super::scale::span_from_nothing;
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use crate::analysis::clusters::{Projection, Report};

const BELOW: f64 = 30.0;
const RADIUS: f64 = 3.5;

pub(super) fn height(report: &Report, width: f64) -> f64 {
    (width * 0.56).clamp(300.0, 480.0) + cluster_key_height(report.segments.len(), width)
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let title = words.map_finding(report);
    let key_bottom = key(&mut sketch, &report.segments);
    let has_axes = report.map.by == Projection::Pca;
    if has_axes {
        let up = format!("↑ {}", words.component(2, report.map.explained[1]));
        let at = (0.0, key_bottom + 10.0);
        sketch.label(up, at, Anchor::Start, sketch.palette.ink_2);
    }
    let frame = Frame {
        left: 0.0,
        top: key_bottom + 28.0,
        right: f64::from(sketch.look.width),
        bottom: f64::from(sketch.look.height) - BELOW,
    };
    let plane = Plane::of(report, frame);
    if has_axes {
        axes(&mut sketch, &plane, frame);
    }
    points(&mut sketch, report, &plane);
    if has_axes {
        arrows(&mut sketch, report, &plane);
        let right = format!("{} →", words.component(1, report.map.explained[0]));
        let at = (frame.right - 1.0, frame.bottom + 16.0);
        sketch.label(right, at, Anchor::End, sketch.palette.ink_2);
    }
    segments_twin(&mut sketch, &report.segments);
    sketch.finished(title)
}

/// Components to pixels, the same scale on both axes.
struct Plane {
    centre: (f64, f64),
    middle: (f64, f64),
    pixels: f64,
    reach: f64,
}

impl Plane {
    fn of(report: &Report, frame: Frame) -> Self {
        let points = &report.map.points;
        let range = |values: &mut dyn Iterator<Item = f64>| {
            let (low, high) = span_from_nothing(values);
            (f64::midpoint(low, high), (high - low).max(1e-9))
        };
        let (x, x_span) = range(&mut points.iter().map(|point| point.0));
        let (y, y_span) = range(&mut points.iter().map(|point| point.1));
        let (width, height) = (
            frame.right - frame.left - 24.0,
            frame.bottom - frame.top - 24.0,
        );
        let pixels = (width / x_span).min(height / y_span);
        Self {
            centre: (x, y),
            middle: (
                f64::midpoint(frame.left, frame.right),
                f64::midpoint(frame.top, frame.bottom),
            ),
            pixels,
            reach: width.min(height) * 0.36,
        }
    }

    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (
            self.middle.0 + (x - self.centre.0) * self.pixels,
            self.middle.1 - (y - self.centre.1) * self.pixels,
        )
    }
}

/// Hairlines through the mean of all customers.
fn axes(sketch: &mut Sketch<'_>, plane: &Plane, frame: Frame) {
    let (x, y) = plane.at(0.0, 0.0);
    let hairline = sketch.palette.hairline;
    sketch.rule(frame.left, frame.right, y, hairline);
    sketch.fill(
        (x.round(), frame.top, 1.0, frame.bottom - frame.top),
        hairline,
    );
}

fn points(sketch: &mut Sketch<'_>, report: &Report, plane: &Plane) {
    let points = report.map.points.iter().copied();
    let (last, first): (Vec<_>, Vec<_>) =
        points.partition(|point| Some(point.2) == sketch.look.selected);
    let rim = sketch.palette.paper;
    for (x, y, place) in first.into_iter().chain(last) {
        let Some(profile) = report.segments.get(usize::from(place)) else {
            continue;
        };
        let (colour, marker) = sign(sketch, profile, place);
        let (x, y) = plane.at(x, y);
        sketch
            .shapes
            .push(Shape::Point(marker, (x, y), RADIUS + 0.75, rim));
        sketch
            .shapes
            .push(Shape::Point(marker, (x, y), RADIUS, colour));
        let bounds = (x - RADIUS, y - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS);
        let text = sketch.look.words.label(&profile.label);
        sketch.mark(bounds, text, Some(place));
    }
}

/// Each feature points to where its values grow.
fn arrows(sketch: &mut Sketch<'_>, report: &Report, plane: &Plane) {
    let ink = sketch.palette.ink;
    let from = plane.at(0.0, 0.0);
    let longest = report
        .map
        .loadings
        .iter()
        .map(|[x, y]| x.hypot(*y))
        .fold(0.0, f64::max);
    if longest <= 0.0 {
        return;
    }
    let mut taken: Vec<f64> = Vec::new();
    for (feature, [x, y]) in report.params.features.iter().zip(&report.map.loadings) {
        // A text has no direction.
        if x.hypot(*y) <= 0.0 {
            continue;
        }
        let scale = plane.reach / longest;
        let to = (from.0 + x * scale, from.1 - y * scale);
        sketch.shapes.push(Shape::Path(vec![from, to], ink, 1.5));
        arrow_head(sketch, from, to);
        let name = sketch.look.words.feature_measure(feature);
        let width = sketch.strong_width_of(&name);
        let look_width = f64::from(sketch.look.width);
        let left = if *x >= 0.0 {
            to.0 + 8.0
        } else {
            to.0 - 8.0 - width
        };
        let left = left.clamp(2.0, (look_width - width - 2.0).max(2.0));
        // Names that would lie on each other are moved below.
        let mut name_y = to.1;
        while taken.iter().any(|other| (other - name_y).abs() < 18.0) {
            name_y += 6.0;
        }
        taken.push(name_y);
        let ground = sketch.palette.paper;
        sketch.fill((left - 3.0, name_y - 9.0, width + 6.0, 18.0), ground);
        sketch.strong(name, (left, name_y), Anchor::Start, ink);
    }
}

fn arrow_head(sketch: &mut Sketch<'_>, from: (f64, f64), to: (f64, f64)) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 1.0 {
        return;
    }
    let (ux, uy) = (dx / length, dy / length);
    let base = (to.0 - ux * 8.0, to.1 - uy * 8.0);
    let corners = vec![
        to,
        (base.0 - uy * 3.5, base.1 + ux * 3.5),
        (base.0 + uy * 3.5, base.1 - ux * 3.5),
    ];
    let ink = sketch.palette.ink;
    sketch.shapes.push(Shape::Polygon(corners, ink));
}

//! Customers by recency and money, sized by orders, coloured and shaped by segment.
//!
//! Recent is right and much is up, as in the heat map. Money is on a logarithmic axis; without money orders take its
//! place. The points are the report's sample.

use super::parts::{
    Frame, base_axis, base_caption, drawing_order, key, key_height, segments_twin, sign, value_axis,
};
use super::scale::Scale;
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use crate::analysis::profile::Counted;
use crate::analysis::rfm::{Point, Report};
use crate::text::Words;

const BELOW: f64 = 46.0;
/// The radius from which on a point has a rim.
const LARGE: f64 = 4.0;

pub(super) fn height(report: &Report, width: f64) -> f64 {
    (width * 0.5).clamp(300.0, 440.0) + key_height(report.segments.len(), width)
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let title = words.scatter_finding(report);
    let counted = report.params.convention.counted();
    let key_bottom = key(&mut sketch, &report.segments);
    let caption = if report.has_money {
        words.axis_monetary()
    } else {
        words.axis_frequency(counted)
    };
    let above = format!("{caption} · {}", words.point_size(counted));
    let above = sketch.fitted(&above, f64::from(sketch.look.width));
    sketch.label(
        above,
        (0.0, key_bottom + 10.0),
        Anchor::Start,
        sketch.palette.ink_2,
    );
    let plot = Plot::of(&mut sketch, report, key_bottom + 32.0);
    points(&mut sketch, report, &plot);
    segments_twin(&mut sketch, &report.segments);
    sketch.finished(title)
}

struct Plot {
    x: Scale,
    y: Scale,
    most_orders: f64,
    largest: f64,
    has_money: bool,
    counted: Counted,
}

impl Plot {
    /// Draws the axes and gives the scales.
    fn of(sketch: &mut Sketch<'_>, report: &Report, top: f64) -> Self {
        let words = sketch.look.words;
        let heights = report
            .points
            .iter()
            .map(|point| height_of(point, report.has_money));
        let positive: Vec<f64> = heights.filter(|value| *value > 0.0).collect();
        let low = positive
            .iter()
            .copied()
            .fold(f64::INFINITY, f64::min)
            .min(1e300);
        let high = positive.iter().copied().fold(low, f64::max);
        let bottom = f64::from(sketch.look.height) - BELOW;
        let y = Scale::logarithmic(low, high, bottom - 8.0, top + 12.0);
        let ticks = y.ticks(6);
        let texts = words.axis_amounts(&ticks);
        let values: Vec<(f64, String)> = ticks.into_iter().zip(texts).collect();
        let widest = values
            .iter()
            .map(|(_, text)| sketch.width_of(text))
            .fold(0.0, f64::max);
        let frame = Frame {
            left: widest + 12.0,
            top,
            right: f64::from(sketch.look.width) - 1.0,
            bottom,
        };
        let longest = report
            .points
            .iter()
            .map(|point| point.recency_days)
            .fold(1.0, f64::max);
        let x = Scale::straight(0.0, longest, frame.right - 10.0, frame.left + 10.0);
        value_axis(sketch, frame, y, &values);
        let n = ((frame.right - frame.left) / 80.0) as usize;
        let ticks = x
            .ticks(n.max(2))
            .into_iter()
            .map(|days| (x.at(days), words.decimal(days, 0)));
        base_axis(sketch, frame, &ticks.collect::<Vec<_>>());
        base_caption(sketch, frame, words.axis_recency_best_right());
        Self {
            x,
            y,
            most_orders: report
                .points
                .iter()
                .map(|point| point.frequency)
                .fold(1.0, f64::max),
            largest: if sketch.look.width < 480 { 7.0 } else { 11.0 },
            has_money: report.has_money,
            counted: report.params.convention.counted(),
        }
    }

    /// Area grows with orders.
    fn radius(&self, point: &Point) -> f64 {
        2.0 + (self.largest - 2.0) * (point.frequency / self.most_orders).sqrt()
    }
}

const fn height_of(point: &Point, has_money: bool) -> f64 {
    if has_money {
        point.monetary
    } else {
        point.frequency
    }
}

fn points(sketch: &mut Sketch<'_>, report: &Report, plot: &Plot) {
    let segments: Vec<u16> = report.points.iter().map(|point| point.segment).collect();
    let radii: Vec<f64> = report
        .points
        .iter()
        .map(|point| plot.radius(point))
        .collect();
    for place in drawing_order(&segments, &radii, sketch.look.selected) {
        let (point, radius) = (&report.points[place], radii[place]);
        let Some(profile) = report.segments.get(usize::from(point.segment)) else {
            continue;
        };
        let (colour, marker) = sign(sketch, profile, point.segment);
        let centre = (
            plot.x.at(point.recency_days),
            plot.y.at(height_of(point, plot.has_money)),
        );
        if radius >= LARGE {
            // A rim of paper keeps large points that lie on each other apart.
            let rim = Shape::Point(marker, centre, radius + 0.75, sketch.palette.paper);
            sketch.shapes.push(rim);
        }
        sketch
            .shapes
            .push(Shape::Point(marker, centre, radius, colour));
        let text = point_text(
            sketch.look.words,
            &sketch.look.words.label(&profile.label),
            point,
            plot,
        );
        let bounds = (
            centre.0 - radius,
            centre.1 - radius,
            2.0 * radius,
            2.0 * radius,
        );
        sketch.mark(bounds, text, Some(point.segment));
    }
}

fn point_text(words: Words, label: &str, point: &Point, plot: &Plot) -> String {
    let days = words.days(point.recency_days);
    let orders = words.orders_or_rows(plot.counted, point.frequency.max(0.0) as u64);
    let mut text = format!("{label}: {} {days}, {orders}", words.feature("recency"));
    if plot.has_money {
        text.push_str(&format!(
            ", {} {}",
            words.axis_monetary(),
            words.decimal(point.monetary, 2)
        ));
    }
    text
}

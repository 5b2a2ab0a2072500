//! What each criterion says about the number of clusters: four small curves, the preferred count marked on each.

use super::parts::{Frame, LINE};
use super::scale::Scale;
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use super::theme::Marker;
use crate::analysis::cluster_counts::Report;
use crate::analysis::clusters::Quality;
use crate::text::Words;

/// From this width on, the curves stand two by two.
const WIDE: f64 = 560.0;
const PANEL: f64 = 192.0;
const GUTTER: f64 = 32.0;

pub(super) fn height(width: f64) -> f64 {
    if width >= WIDE {
        2.0 * PANEL
    } else {
        4.0 * PANEL
    }
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let title = words.counts_finding(report);
    let width = f64::from(sketch.look.width);
    let n_columns = if width >= WIDE { 2 } else { 1 };
    let panel_width = (width - GUTTER * (n_columns as f64 - 1.0)) / n_columns as f64;
    for (place, curve) in curves(words, report).into_iter().enumerate() {
        let (column, row) = (place % n_columns, place / n_columns);
        let left = column as f64 * (panel_width + GUTTER);
        let top = row as f64 * PANEL;
        panel(&mut sketch, report, &curve, (left, top, panel_width, PANEL));
    }
    twin(&mut sketch, report);
    sketch.finished(title)
}

/// One criterion.
struct Curve {
    name: &'static str,
    value: fn(&Quality) -> f64,
    decimals: usize,
    preferred: Option<usize>,
}

fn curves(words: Words, report: &Report) -> [Curve; 4] {
    let preferred = &report.preferred;
    let curve = |name, value, decimals, preferred| Curve {
        name,
        value,
        decimals,
        preferred,
    };
    [
        curve(
            words.silhouette(),
            |row| row.silhouette,
            3,
            Some(preferred.silhouette),
        ),
        curve(
            words.davies_bouldin(),
            |row| row.davies_bouldin,
            3,
            Some(preferred.davies_bouldin),
        ),
        curve(
            words.calinski_harabasz(),
            |row| row.calinski_harabasz,
            0,
            Some(preferred.calinski_harabasz),
        ),
        curve(words.inertia(), |row| row.inertia, 0, preferred.knee),
    ]
}

/// Where one curve is drawn.
struct Panel<'a> {
    rows: Vec<&'a Quality>,
    bounds: (f64, f64, f64, f64),
    frame: Frame,
    x: Scale,
    y: Scale,
}

impl<'a> Panel<'a> {
    /// `None` where the criterion has no value at all.
    fn of(report: &'a Report, curve: &Curve, bounds: (f64, f64, f64, f64)) -> Option<Self> {
        let (left, top, width, height) = bounds;
        let frame = Frame {
            left: left + 12.0,
            top: top + LINE + 30.0,
            right: left + width - 12.0,
            bottom: top + height - 60.0,
        };
        let has_value = |row: &&Quality| (curve.value)(row).is_finite();
        let rows: Vec<&Quality> = report.rows.iter().filter(has_value).collect();
        let values = rows.iter().map(|row| (curve.value)(row));
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let (first, last) = (rows.first()?.k as f64, rows.last()?.k as f64);
        Some(Self {
            rows,
            bounds,
            frame,
            x: Scale::straight(first, last, frame.left, frame.right),
            y: Scale::straight(low, high, frame.bottom, frame.top),
        })
    }

    fn point(&self, row: &Quality, curve: &Curve) -> (f64, f64) {
        (self.x.at(row.k as f64), self.y.at((curve.value)(row)))
    }

    /// The strip of the panel that belongs to a count.
    fn strip(&self, x: f64) -> (f64, f64, f64, f64) {
        let (left, top, width, height) = self.bounds;
        let n_steps = (self.rows.len().max(2) - 1) as f64;
        let half = (self.frame.right - self.frame.left) / n_steps / 2.0;
        let (from, to) = ((x - half).max(left), (x + half).min(left + width));
        (from, top, to - from, height - 12.0)
    }
}

fn panel(sketch: &mut Sketch<'_>, report: &Report, curve: &Curve, bounds: (f64, f64, f64, f64)) {
    let (left, top, width, _) = bounds;
    let name = sketch.fitted(curve.name, width);
    sketch.strong(name, (left, top + 10.0), Anchor::Start, sketch.palette.ink);
    let Some(panel) = Panel::of(report, curve, bounds) else {
        return;
    };
    let base = panel.frame.bottom + 24.0;
    sketch.rule(left, left + width, base, sketch.palette.hairline);
    let path = panel
        .rows
        .iter()
        .map(|row| panel.point(row, curve))
        .collect();
    let line = sketch.palette.ramp[4];
    sketch.shapes.push(Shape::Path(path, line, 1.5));
    for row in &panel.rows {
        draw_count(sketch, &panel, curve, row);
    }
}

/// One count on a curve: its point, its number below, its value where it is the preferred one.
fn draw_count(sketch: &mut Sketch<'_>, panel: &Panel<'_>, curve: &Curve, row: &Quality) {
    let words = sketch.look.words;
    let point = panel.point(row, curve);
    let is_preferred = curve.preferred == Some(row.k);
    draw_point(sketch, point, is_preferred);
    let at = (point.0, panel.frame.bottom + 38.0);
    if is_preferred {
        let (left, _, width, _) = panel.bounds;
        let text = words.decimal((curve.value)(row), curve.decimals);
        let half = sketch.strong_width_of(&text) / 2.0;
        let middle = point
            .0
            .clamp(left + half, (left + width - half).max(left + half));
        // Above a peak, below a trough: the curve is never crossed.
        let is_low = point.1 > f64::midpoint(panel.frame.top, panel.frame.bottom);
        let y = point.1 + if is_low { 15.0 } else { -16.0 };
        sketch.strong(text, (middle, y), Anchor::Middle, sketch.palette.ink);
        sketch.strong(row.k.to_string(), at, Anchor::Middle, sketch.palette.ink);
    } else {
        sketch.label(row.k.to_string(), at, Anchor::Middle, sketch.palette.ink_2);
    }
    let text = point_text(words, row, curve, is_preferred);
    sketch.mark(panel.strip(point.0), text, None);
}

fn draw_point(sketch: &mut Sketch<'_>, point: (f64, f64), is_preferred: bool) {
    let (paper, ramp, ink) = (
        sketch.palette.paper,
        sketch.palette.ramp[4],
        sketch.palette.ink,
    );
    if is_preferred {
        sketch
            .shapes
            .push(Shape::Point(Marker::Circle, point, 6.0, ink));
        return;
    }
    sketch
        .shapes
        .push(Shape::Point(Marker::Circle, point, 4.0, ramp));
    sketch
        .shapes
        .push(Shape::Point(Marker::Circle, point, 2.5, paper));
}

fn point_text(words: Words, row: &Quality, curve: &Curve, is_preferred: bool) -> String {
    let value = words.decimal((curve.value)(row), curve.decimals.max(2));
    let best = if is_preferred {
        words.pick(" · 이 기준이 고른 수", " · preferred here")
    } else {
        ""
    };
    format!(
        "{} {}: {} {value}{best}",
        words.head_clusters(),
        row.k,
        curve.name
    )
}

fn twin(sketch: &mut Sketch<'_>, report: &Report) {
    let words = sketch.look.words;
    sketch.twin.head = [
        words.head_clusters(),
        words.silhouette(),
        words.davies_bouldin(),
        words.calinski_harabasz(),
        words.inertia(),
        words.smallest_cluster(),
    ]
    .map(str::to_owned)
    .to_vec();
    let has_bic = report.preferred.bic.is_some();
    if has_bic {
        sketch.twin.head.push(words.clusters_bic().to_owned());
    }
    let rows = report.rows.iter().map(|row| {
        let bic = row.bic.map(|bic| words.decimal(bic, 1)).filter(|_| has_bic);
        let measures = [
            row.k.to_string(),
            words.decimal(row.silhouette, 4),
            words.decimal(row.davies_bouldin, 4),
            words.decimal(row.calinski_harabasz, 1),
            words.decimal(row.inertia, 2),
            words.count(row.n_smallest),
        ];
        measures.into_iter().chain(bic).collect()
    });
    sketch.twin.rows = rows.collect();
}

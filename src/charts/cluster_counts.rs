//! What each criterion says about the number of clusters: a small curve for each, the preferred count marked.

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

pub(super) fn height(report: &Report, width: f64) -> f64 {
    let further = [
        !report.gaps.is_empty(),
        !report.strengths.is_empty(),
        report.preferred.bic.is_some(),
    ];
    let n_curves = 4 + further.into_iter().filter(|is_there| *is_there).count();
    let n_columns = if width >= WIDE { 2 } else { 1 };
    n_curves.div_ceil(n_columns) as f64 * PANEL
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
        panel(&mut sketch, &curve, (left, top, panel_width, PANEL));
    }
    twin(&mut sketch, report);
    sketch.finished(title)
}

/// One criterion.
struct Curve {
    name: &'static str,
    /// By number of clusters.
    points: Vec<(usize, f64)>,
    decimals: usize,
    preferred: Option<usize>,
}

fn curves(words: Words, report: &Report) -> Vec<Curve> {
    let preferred = &report.preferred;
    let of_rows = |value: fn(&Quality) -> Option<f64>| {
        let points = report.rows.iter();
        let points = points.filter_map(|row| Some((row.k, value(row)?)));
        points.collect()
    };
    let curve = |name, points, decimals, preferred| Curve {
        name,
        points,
        decimals,
        preferred,
    };
    let silhouettes = of_rows(|row| row.silhouette);
    let spreads = of_rows(|row| row.davies_bouldin);
    let dispersions = of_rows(|row| row.calinski_harabasz);
    let inertias = of_rows(|row| Some(row.inertia));
    let gaps = report.gaps.iter().map(|one| (one.k, one.gap)).collect();
    let strengths = report.strengths.iter().map(|one| (one.k, one.strength));
    let of = preferred;
    let mut curves = vec![
        curve(words.silhouette(), silhouettes, 3, Some(of.silhouette)),
        curve(words.davies_bouldin(), spreads, 3, Some(of.davies_bouldin)),
        curve(
            words.calinski_harabasz(),
            dispersions,
            0,
            Some(of.calinski_harabasz),
        ),
        curve(words.inertia(), inertias, 0, of.knee),
        curve(words.gap(), gaps, 3, of.gap),
        curve(words.strength(), strengths.collect(), 2, of.strength),
        curve(words.clusters_bic(), of_rows(|row| row.bic), 0, of.bic),
    ];
    curves.retain(|curve| !curve.points.is_empty());
    curves
}

/// Where one curve is drawn.
struct Panel {
    points: Vec<(usize, f64)>,
    bounds: (f64, f64, f64, f64),
    frame: Frame,
    x: Scale,
    y: Scale,
}

impl Panel {
    /// `None` where the criterion has no value at all.
    fn of(curve: &Curve, bounds: (f64, f64, f64, f64)) -> Option<Self> {
        let (left, top, width, height) = bounds;
        let frame = Frame {
            left: left + 12.0,
            top: top + LINE + 30.0,
            right: left + width - 12.0,
            bottom: top + height - 60.0,
        };
        let has_value = |(_, value): &&(usize, f64)| value.is_finite();
        let points: Vec<(usize, f64)> = curve.points.iter().filter(has_value).copied().collect();
        let values = points.iter().map(|&(_, value)| value);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let (first, last) = (points.first()?.0 as f64, points.last()?.0 as f64);
        Some(Self {
            points,
            bounds,
            frame,
            x: Scale::straight(first, last, frame.left, frame.right),
            y: Scale::straight(low, high, frame.bottom, frame.top),
        })
    }

    fn point(&self, (k, value): (usize, f64)) -> (f64, f64) {
        (self.x.at(k as f64), self.y.at(value))
    }

    fn is_at_an_end(&self, k: usize) -> bool {
        [self.points.first(), self.points.last()]
            .into_iter()
            .flatten()
            .any(|(end, _)| *end == k)
    }

    /// The strip of the panel that belongs to a count.
    fn strip(&self, x: f64) -> (f64, f64, f64, f64) {
        let (left, top, width, height) = self.bounds;
        let n_steps = (self.points.len().max(2) - 1) as f64;
        let half = (self.frame.right - self.frame.left) / n_steps / 2.0;
        let (from, to) = ((x - half).max(left), (x + half).min(left + width));
        (from, top, to - from, height - 12.0)
    }
}

fn panel(sketch: &mut Sketch<'_>, curve: &Curve, bounds: (f64, f64, f64, f64)) {
    let (left, top, width, _) = bounds;
    let name = sketch.fitted(curve.name, width);
    sketch.strong(name, (left, top + 10.0), Anchor::Start, sketch.palette.ink);
    let Some(panel) = Panel::of(curve, bounds) else {
        return;
    };
    let base = panel.frame.bottom + 24.0;
    sketch.rule(left, left + width, base, sketch.palette.hairline);
    let path = panel.points.iter().map(|&one| panel.point(one)).collect();
    let line = sketch.palette.ramp[4];
    sketch.shapes.push(Shape::Path(path, line, 1.5));
    for &one in &panel.points {
        draw_count(sketch, &panel, curve, one);
    }
}

/// One count on a curve: its point, below its number at the ends, and where it is the preferred one also its value.
fn draw_count(sketch: &mut Sketch<'_>, panel: &Panel, curve: &Curve, (k, value): (usize, f64)) {
    let words = sketch.look.words;
    let point = panel.point((k, value));
    let is_preferred = curve.preferred == Some(k);
    draw_point(sketch, point, is_preferred);
    let at = (point.0, panel.frame.bottom + 38.0);
    if is_preferred {
        let (left, _, width, _) = panel.bounds;
        let text = words.decimal(value, curve.decimals);
        let half = sketch.strong_width_of(&text) / 2.0;
        let middle = point
            .0
            .clamp(left + half, (left + width - half).max(left + half));
        // Above a peak, below a trough: the curve is never crossed.
        let is_low = point.1 > f64::midpoint(panel.frame.top, panel.frame.bottom);
        let y = point.1 + if is_low { 15.0 } else { -16.0 };
        sketch.strong(text, (middle, y), Anchor::Middle, sketch.palette.ink);
        sketch.strong(k.to_string(), at, Anchor::Middle, sketch.palette.ink);
    } else if panel.is_at_an_end(k) {
        sketch.label(k.to_string(), at, Anchor::Middle, sketch.palette.ink_2);
    }
    let text = point_text(words, (k, value), curve, is_preferred);
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

fn point_text(words: Words, (k, value): (usize, f64), curve: &Curve, is_preferred: bool) -> String {
    let value = words.decimal(value, curve.decimals.max(2));
    let best = if is_preferred {
        words.pick(" · 이 기준이 고른 수", " · preferred here")
    } else {
        ""
    };
    format!(
        "{} {}: {} {value}{best}",
        words.head_clusters(),
        k,
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
    let (has_gaps, has_strengths) = (!report.gaps.is_empty(), !report.strengths.is_empty());
    let further = [
        (has_bic, words.clusters_bic()),
        (has_gaps, words.gap()),
        (has_gaps, words.clusters_gap_error()),
        (has_strengths, words.strength()),
    ];
    let further = further.into_iter().filter(|(is_there, _)| *is_there);
    let head = further.map(|(_, name)| name.to_owned());
    sketch.twin.head.extend(head);
    let from = if has_gaps { 1 } else { 2 };
    let last = report.rows.last().map_or(0, |row| row.k);
    let decimal = |value: Option<f64>, decimals| {
        value.map_or_else(String::new, |value| words.decimal(value, decimals))
    };
    let rows = (from..=last).map(|k| {
        let row = report.rows.iter().find(|row| row.k == k);
        let gap = report.gaps.iter().find(|one| one.k == k);
        let strength = report.strengths.iter().find(|one| one.k == k);
        let mut cells = vec![
            k.to_string(),
            decimal(row.and_then(|row| row.silhouette), 4),
            decimal(row.and_then(|row| row.davies_bouldin), 4),
            decimal(row.and_then(|row| row.calinski_harabasz), 1),
            decimal(row.map(|row| row.inertia), 2),
            row.map_or_else(String::new, |row| words.count(row.n_smallest)),
        ];
        if has_bic {
            cells.push(decimal(row.and_then(|row| row.bic), 1));
        }
        if has_gaps {
            cells.push(decimal(gap.map(|one| one.gap), 4));
            cells.push(decimal(gap.map(|one| one.error), 4));
        }
        if has_strengths {
            cells.push(decimal(strength.map(|one| one.strength), 3));
        }
        cells
    });
    sketch.twin.rows = rows.collect();
}

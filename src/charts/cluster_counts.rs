//! What each criterion says about the number of clusters: four small curves, the preferred count marked on each.

use super::parts::{Frame, LINE};
use super::scale::Scale;
use super::scene::{Anchor, Scene, Shape, Sketch};
use super::theme::Marker;
use crate::analysis::cluster_counts::Report;
use crate::analysis::clusters::Quality;
use crate::text::Words;

/// From this width on, the curves stand two by two.
const WIDE: f64 = 560.0;
const PANEL: f64 = 176.0;
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

fn panel(
    sketch: &mut Sketch<'_>,
    report: &Report,
    curve: &Curve,
    (left, top, width, height): (f64, f64, f64, f64),
) {
    let words = sketch.look.words;
    let name = sketch.fitted(curve.name, width);
    sketch.strong(name, (left, top + 10.0), Anchor::Start, sketch.palette.ink);
    let frame = Frame {
        left: left + 12.0,
        top: top + LINE + 30.0,
        right: left + width - 12.0,
        bottom: top + height - 44.0,
    };
    let rows: Vec<&Quality> = report
        .rows
        .iter()
        .filter(|row| (curve.value)(row).is_finite())
        .collect();
    let values = || rows.iter().map(|row| (curve.value)(row));
    let (low, high) = (
        values().fold(f64::INFINITY, f64::min),
        values().fold(f64::NEG_INFINITY, f64::max),
    );
    if rows.is_empty() {
        return;
    }
    let y = Scale::straight(low, high, frame.bottom, frame.top);
    let ks = || rows.iter().map(|row| row.k as f64);
    let x = Scale::straight(
        ks().fold(f64::INFINITY, f64::min),
        ks().fold(0.0, f64::max),
        frame.left,
        frame.right,
    );
    sketch.rule(
        left,
        left + width,
        frame.bottom + 12.0,
        sketch.palette.hairline,
    );
    let path = rows
        .iter()
        .map(|row| (x.at(row.k as f64), y.at((curve.value)(row))));
    sketch
        .shapes
        .push(Shape::Path(path.collect(), sketch.palette.ramp[4], 1.5));
    for row in rows {
        let value = (curve.value)(row);
        let point = (x.at(row.k as f64), y.at(value));
        let is_preferred = curve.preferred == Some(row.k);
        draw_point(sketch, point, is_preferred);
        let ink = if is_preferred {
            sketch.palette.ink
        } else {
            sketch.palette.ink_2
        };
        let at = (point.0, frame.bottom + 26.0);
        if is_preferred {
            let text = words.decimal(value, curve.decimals);
            let half = sketch.strong_width_of(&text) / 2.0;
            let middle = point.0.clamp(left + half, left + width - half);
            sketch.strong(text, (middle, point.1 - 16.0), Anchor::Middle, ink);
            sketch.strong(row.k.to_string(), at, Anchor::Middle, ink);
        } else {
            sketch.label(row.k.to_string(), at, Anchor::Middle, ink);
        }
        let half = (frame.right - frame.left) / (report.rows.len().max(2) - 1) as f64 / 2.0;
        let bounds = (point.0 - half, top, 2.0 * half, height - 12.0);
        sketch.mark(bounds, point_text(words, row, curve, is_preferred), None);
    }
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
    let rows = report.rows.iter().map(|row| {
        vec![
            row.k.to_string(),
            words.decimal(row.silhouette, 4),
            words.decimal(row.davies_bouldin, 4),
            words.decimal(row.calinski_harabasz, 1),
            words.decimal(row.inertia, 2),
            words.count(row.n_smallest),
        ]
    });
    sketch.twin.rows = rows.collect();
}

//! How clusters differ, feature by feature: bars from the overall mean, in standard deviations.
//!
//! Wide pictures have one column for each feature; narrow ones write the features below each other in each cluster.

use super::parts::{LINE, sign};
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use crate::analysis::clusters::Report;
use crate::text::Words;

const HEAD: f64 = 52.0;
const ROW: f64 = 34.0;
const BAR: f64 = 16.0;
/// A column narrower than this becomes a row.
const NARROW: f64 = 130.0;
const NAMES: f64 = 0.3;

pub(super) fn height(report: &Report, width: f64) -> f64 {
    let (n_clusters, n_features) = size(report);
    if is_stacked(n_features, width) {
        let a_cluster = LINE + 8.0 + n_features as f64 * (BAR + 6.0) + 12.0;
        return LINE + 8.0 + n_clusters as f64 * a_cluster;
    }
    HEAD + n_clusters as f64 * ROW
}

fn size(report: &Report) -> (usize, usize) {
    (report.centres_z.len(), report.numbers().len())
}

fn is_stacked(n_features: usize, width: f64) -> bool {
    width * (1.0 - NAMES) / (n_features.max(1) as f64) < NARROW
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let title = words.traits_finding(report);
    let width = f64::from(sketch.look.width);
    let caption = sketch.fitted(words.z_axis(), width);
    sketch.label(caption, (0.0, 10.0), Anchor::Start, sketch.palette.ink_2);
    let all = report.centres_z.iter().flatten();
    let strongest = all.fold(0.5_f64, |most, z| {
        if z.is_finite() {
            most.max(z.abs())
        } else {
            most
        }
    });
    if is_stacked(report.numbers().len(), width) {
        stacked(&mut sketch, report, strongest);
    } else {
        columns(&mut sketch, report, strongest);
    }
    twin(&mut sketch, report);
    sketch.finished(title)
}

/// One row for each cluster, one column for each feature.
fn columns(sketch: &mut Sketch<'_>, report: &Report, strongest: f64) {
    let width = f64::from(sketch.look.width);
    let names = width * NAMES;
    let column = (width - names) / report.numbers().len().max(1) as f64;
    for (place, feature) in report.numbers().iter().enumerate() {
        let middle = names + (place as f64 + 0.5) * column;
        let name = sketch.fitted(&sketch.look.words.feature_measure(feature), column - 8.0);
        sketch.strong(
            name,
            (middle, HEAD - 14.0),
            Anchor::Middle,
            sketch.palette.ink,
        );
        let bottom = HEAD + report.centres_z.len() as f64 * ROW;
        sketch.fill(
            (middle.round(), HEAD, 1.0, bottom - HEAD),
            sketch.palette.hairline,
        );
    }
    for (cluster, values) in report.centres_z.iter().enumerate() {
        let top = HEAD + cluster as f64 * ROW;
        cluster_name(sketch, report, cluster, top + ROW / 2.0, names - 24.0);
        for (place, z) in values.iter().enumerate() {
            let left = names + place as f64 * column;
            let room = column / 2.0 - 46.0;
            let bar = Bar {
                bounds: (left, top, column, ROW),
                zero: left + column / 2.0,
                per_z: room.max(12.0) / strongest,
            };
            draw_bar(sketch, report, cluster, place, *z, &bar);
        }
    }
}

/// The features of each cluster below its name.
fn stacked(sketch: &mut Sketch<'_>, report: &Report, strongest: f64) {
    let width = f64::from(sketch.look.width);
    let words = sketch.look.words;
    let names: Vec<String> = report
        .numbers()
        .iter()
        .map(|feature| words.feature_measure(feature))
        .collect();
    let widest = names
        .iter()
        .map(|name| sketch.width_of(name))
        .fold(0.0, f64::max)
        .min(width * 0.36);
    let left = widest + 8.0;
    let room = (width - left) / 2.0 - 44.0;
    let mut y = LINE + 8.0;
    for (cluster, values) in report.centres_z.iter().enumerate() {
        cluster_name(sketch, report, cluster, y + LINE / 2.0, width - 24.0);
        y += LINE + 8.0;
        for (place, z) in values.iter().enumerate() {
            let row = BAR + 6.0;
            let name = names
                .get(place)
                .map_or_else(String::new, |name| sketch.fitted(name, widest + 6.0));
            sketch.label(
                name,
                (0.0, y + row / 2.0),
                Anchor::Start,
                sketch.palette.ink_2,
            );
            let zero = f64::midpoint(left, width);
            sketch.fill((zero.round(), y, 1.0, row), sketch.palette.hairline);
            let bar = Bar {
                bounds: (0.0, y, width, row),
                zero,
                per_z: room.max(12.0) / strongest,
            };
            draw_bar(sketch, report, cluster, place, *z, &bar);
            y += row;
        }
        y += 12.0;
    }
}

fn cluster_name(sketch: &mut Sketch<'_>, report: &Report, cluster: usize, y: f64, room: f64) {
    let Some(profile) = report.segments.get(cluster) else {
        return;
    };
    let (colour, marker) = sign(sketch, profile, cluster as u16);
    sketch
        .shapes
        .push(Shape::Point(marker, (7.0, y), 5.5, colour));
    let name = sketch.fitted(&sketch.look.words.label(&profile.label), room);
    sketch.strong(name, (20.0, y), Anchor::Start, sketch.palette.ink);
}

struct Bar {
    bounds: (f64, f64, f64, f64),
    zero: f64,
    per_z: f64,
}

fn draw_bar(
    sketch: &mut Sketch<'_>,
    report: &Report,
    cluster: usize,
    feature: usize,
    z: f64,
    bar: &Bar,
) {
    let z = if z.is_finite() { z } else { 0.0 };
    let segment = Some(cluster as u16);
    let length = z.abs() * bar.per_z;
    let (_, top, _, height) = bar.bounds;
    let middle = top + height / 2.0;
    let left = if z < 0.0 { bar.zero - length } else { bar.zero };
    let colour = if z < 0.0 {
        sketch.palette.segments[1]
    } else {
        sketch.palette.ramp[4]
    };
    let colour = sketch.dimmed(colour, segment);
    sketch.fill((left, middle - BAR / 2.0, length, BAR), colour);
    let words = sketch.look.words;
    let (x, anchor) = if z < 0.0 {
        (left - 6.0, Anchor::End)
    } else {
        (left + length + 7.0, Anchor::Start)
    };
    sketch.label(words.signed(z), (x, middle), anchor, sketch.palette.ink);
    let text = bar_text(words, report, cluster, feature, z);
    sketch.mark(bar.bounds, text, segment);
}

fn bar_text(words: Words, report: &Report, cluster: usize, feature: usize, z: f64) -> String {
    let label = report
        .segments
        .get(cluster)
        .map_or_else(String::new, |own| words.label(&own.label));
    let key = report.numbers().get(feature).map_or("", String::as_str);
    let own = report
        .segments
        .get(cluster)
        .and_then(|own| own.traits.iter().find(|own| own.feature == key));
    let mean = own.map_or_else(String::new, |own| {
        format!(
            ", {} ({})",
            words.number(own.mean),
            words.number(own.overall_mean)
        )
    });
    format!(
        "{label} · {}: z {}{mean}",
        words.feature_measure(key),
        words.signed(z)
    )
}

fn twin(sketch: &mut Sketch<'_>, report: &Report) {
    let words = sketch.look.words;
    sketch.twin.head = std::iter::once(words.head_cluster().to_owned())
        .chain(
            report
                .numbers()
                .iter()
                .map(|feature| format!("{} (z)", words.feature_measure(feature))),
        )
        .collect();
    for (profile, values) in report.segments.iter().zip(&report.centres_z) {
        let cells = values.iter().map(|z| words.decimal(*z, 3));
        let row = std::iter::once(words.label(&profile.label))
            .chain(cells)
            .collect();
        sketch.twin.rows.push(row);
    }
}

//! How hierarchical clusters were joined: the last merges as a tree, coloured below the cut that makes the clusters.

use super::parts::{Frame, LINE, cluster_key_height, key, sign, value_axis};
use super::scale::Scale;
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use super::theme::Colour;
use crate::analysis::clusters::{Dendrogram, Report};

const PLOT: f64 = 320.0;
const BELOW: f64 = 30.0;
const DOT: f64 = 3.5;

pub(super) fn height(report: &Report, width: f64) -> f64 {
    PLOT + BELOW + cluster_key_height(report.segments.len(), width)
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report, tree: &Dendrogram) -> Scene {
    let words = sketch.look.words;
    let title = words.tree_finding(report, tree);
    let key_bottom = key(&mut sketch, &report.segments);
    let top = tree.merges.last().map_or(1.0, |merge| merge.height);
    let ticks = Scale::straight(0.0, top, 0.0, 1.0).ticks(4);
    let ticks: Vec<(f64, String)> = ticks
        .into_iter()
        .map(|tick| (tick, words.number(tick)))
        .collect();
    let widest = ticks
        .iter()
        .map(|(_, text)| sketch.width_of(text))
        .fold(0.0, f64::max);
    let frame = Frame {
        left: widest + 12.0,
        top: key_bottom + LINE + 12.0,
        right: f64::from(sketch.look.width) - 1.0,
        bottom: f64::from(sketch.look.height) - BELOW,
    };
    let caption = sketch.fitted(words.axis_merge(), frame.right);
    let at = (0.0, key_bottom + 10.0);
    sketch.label(caption, at, Anchor::Start, sketch.palette.ink_2);
    let y = Scale::straight(0.0, top, frame.bottom - 8.0, frame.top);
    value_axis(&mut sketch, frame, y, &ticks);
    Drawn::of(&mut sketch, report, tree, frame, y).draw();
    cut(&mut sketch, report, tree, (frame, y));
    let below = sketch.fitted(&words.tree_base(tree), frame.right);
    let at = (frame.right, frame.bottom + 16.0);
    sketch.label(below, at, Anchor::End, sketch.palette.ink_2);
    twin(&mut sketch, tree);
    sketch.finished(title)
}

/// A group of the tree as it is drawn.
#[derive(Clone, Copy)]
struct Group {
    x: f64,
    y: f64,
    n_customers: u64,
    segment: u16,
}

/// A tree that is being drawn, from its leaves up.
struct Drawn<'a, 'b> {
    sketch: &'a mut Sketch<'b>,
    report: &'a Report,
    tree: &'a Dendrogram,
    y: Scale,
    groups: Vec<Group>,
}

impl<'a, 'b> Drawn<'a, 'b> {
    fn of(
        sketch: &'a mut Sketch<'b>,
        report: &'a Report,
        tree: &'a Dendrogram,
        frame: Frame,
        y: Scale,
    ) -> Self {
        let step = (frame.right - frame.left - 16.0) / tree.leaves.len().max(1) as f64;
        let leaves = tree.leaves.iter().enumerate();
        let groups = leaves.map(|(place, leaf)| Group {
            x: frame.left + 8.0 + (place as f64 + 0.5) * step,
            y: y.at(0.0),
            n_customers: leaf.n_customers,
            segment: leaf.segment,
        });
        Self {
            groups: groups.collect(),
            sketch,
            report,
            tree,
            y,
        }
    }

    fn draw(mut self) {
        for place in 0..self.groups.len() {
            self.leaf(place);
        }
        let n_clusters = self.report.params.k.max(1);
        let n_made = (self.tree.merges.len() + 1).saturating_sub(n_clusters);
        for (place, merge) in self.tree.merges.iter().enumerate() {
            let pair = [merge.first, merge.second].map(|group| self.groups[usize::from(group)]);
            let height = self.y.at(merge.height);
            let colour = if place < n_made {
                self.colour(pair[0].segment)
            } else {
                self.sketch.palette.ink_2
            };
            let [one, other] = pair;
            let path = vec![
                (one.x, one.y),
                (one.x, height),
                (other.x, height),
                (other.x, other.y),
            ];
            self.sketch.shapes.push(Shape::Path(path, colour, 1.5));
            let words = self.sketch.look.words;
            let text = words.tree_merge(merge.height, one.n_customers, other.n_customers);
            let (left, right) = (one.x.min(other.x), one.x.max(other.x));
            self.sketch
                .mark((left, height - 4.0, right - left, 8.0), text, None);
            self.groups.push(Group {
                x: f64::midpoint(one.x, other.x),
                y: height,
                n_customers: merge.n_customers,
                segment: one.segment,
            });
        }
    }

    fn colour(&self, segment: u16) -> Colour {
        match self.report.segments.get(usize::from(segment)) {
            Some(profile) => sign(self.sketch, profile, segment).0,
            None => self.sketch.palette.ink_2,
        }
    }

    fn leaf(&mut self, place: usize) {
        let Group {
            x,
            y,
            n_customers,
            segment,
        } = self.groups[place];
        let Some(profile) = self.report.segments.get(usize::from(segment)) else {
            return;
        };
        let (colour, marker) = sign(self.sketch, profile, segment);
        self.sketch
            .shapes
            .push(Shape::Point(marker, (x, y), DOT, colour));
        let words = self.sketch.look.words;
        let text = format!(
            "{}: {}",
            words.label(&profile.label),
            words.customers(n_customers)
        );
        self.sketch.mark(
            (x - DOT, y - DOT, 2.0 * DOT, 2.0 * DOT),
            text,
            Some(segment),
        );
    }
}

/// The line that the clusters hang from.
fn cut(sketch: &mut Sketch<'_>, report: &Report, tree: &Dendrogram, (frame, y): (Frame, Scale)) {
    let Some(height) = tree.cut(report.params.k) else {
        return;
    };
    let (line, ink) = (y.at(height), sketch.palette.ink);
    let mut x = frame.left;
    while x < frame.right {
        sketch.fill((x, line.round(), (frame.right - x).min(6.0), 1.0), ink);
        x += 10.0;
    }
    let text = sketch.look.words.tree_cut(report.params.k);
    sketch.mark(
        (frame.left, line - 3.0, frame.right - frame.left, 6.0),
        text,
        None,
    );
}

fn twin(sketch: &mut Sketch<'_>, tree: &Dendrogram) {
    let words = sketch.look.words;
    sketch.twin.head = [
        words.head_clusters_left(),
        words.axis_merge(),
        words.head_customers(),
    ]
    .map(str::to_owned)
    .to_vec();
    let merges = tree.merges.iter().rev().zip(1..);
    let rows = merges.map(|(merge, n_left): (_, u64)| {
        vec![
            words.count(n_left),
            words.decimal(merge.height, 4),
            words.count(merge.n_customers),
        ]
    });
    sketch.twin.rows = rows.collect();
}

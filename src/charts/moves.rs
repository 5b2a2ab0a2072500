//! Who moved where between two dates as a Sankey diagram: segments then at the left, now at the right, and a band for
//! each move, as thick as it has customers.
//!
//! Bands have the colour of the segment that they come from; those who stayed are paler. A band can be pointed at
//! where it begins, since bands cross on their way. Source: Sankey (1898), after Schmidt (2008).

use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use super::theme::{Colour, segment_sign};
use crate::analysis::Label;
use crate::analysis::movement::{Move, Report};
use crate::data::places_in_order;

/// Above the columns: their dates.
const TOP: f64 = 30.0;
const BELOW: f64 = 8.0;
/// Height of all customers together, without what is between the segments.
const CUSTOMERS: f64 = 260.0;
const BAR: f64 = 10.0;
const GAP: f64 = 4.0;
/// The least room of a segment: its name must fit.
const LEAST: f64 = 16.0;
/// Points along the edge of a band.
const STEPS: u8 = 14;

pub(super) fn height(report: &Report) -> f64 {
    let columns = Columns::of(report);
    let bottom = |nodes: &[Node]| nodes.last().map_or(0.0, |node| node.slot + node.room);
    bottom(&columns.then).max(bottom(&columns.now)) + BELOW
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report) -> Scene {
    let words = sketch.look.words;
    let columns = Columns::of(report);
    let edges = Edges::of(&sketch, report);
    draw_bands(&mut sketch, report, &columns, &edges);
    let half = f64::from(sketch.look.width) / 2.0 - GAP;
    let ink = sketch.palette.ink_2;
    let (then, now) = (words.day(report.earlier), words.day(report.as_of));
    let head = sketch.fitted(&then, half);
    sketch.label(head, (0.0, 10.0), Anchor::Start, ink);
    let head = sketch.fitted(&now, half);
    sketch.label(head, (f64::from(sketch.look.width), 10.0), Anchor::End, ink);
    for node in &columns.then {
        draw_node(&mut sketch, report, node, (&edges, &then, true));
        for band in columns.bands.iter().filter(|band| band.from == node.place) {
            point_at(&mut sketch, report, band, node, &edges);
        }
    }
    for node in &columns.now {
        draw_node(&mut sketch, report, node, (&edges, &now, false));
    }
    twin(&mut sketch, report);
    sketch.finished(words.movement_finding(report))
}

/// A segment on one of the dates; the one after the last is of those who are new.
struct Node {
    place: usize,
    n_customers: u64,
    /// Where its room begins, how high it is, and where in it the bar begins.
    slot: f64,
    room: f64,
    top: f64,
    height: f64,
}

/// Customers on their way: tops at the left and at the right.
struct Band {
    from: usize,
    to: usize,
    n_customers: u64,
    left: f64,
    right: f64,
    height: f64,
}

struct Columns {
    then: Vec<Node>,
    now: Vec<Node>,
    bands: Vec<Band>,
}

impl Columns {
    fn of(report: &Report) -> Self {
        let n = report.n();
        let n_new: u64 = report.entered.iter().sum();
        let scale = CUSTOMERS / (report.n_known + n_new).max(1) as f64;
        let then = (0..n).map(|place| report.size_before(place));
        let then = nodes(then.chain([n_new]), scale);
        let now = nodes((0..n).map(|place| report.size_now(place)), scale);
        let top = |nodes: &[Node]| -> Vec<f64> {
            let mut tops = vec![0.0; n + 1];
            for node in nodes {
                tops[node.place] = node.top;
            }
            tops
        };
        let (mut left, mut right) = (top(&then), top(&now));
        let mut bands = Vec::new();
        for (from, left) in left.iter_mut().enumerate() {
            let counts = match from < n {
                true => &report.counts[from * n..(from + 1) * n],
                false => &report.entered[..],
            };
            for ((to, right), &n_customers) in right.iter_mut().enumerate().zip(counts) {
                let height = n_customers as f64 * scale;
                if n_customers > 0 {
                    bands.push(Band {
                        from,
                        to,
                        n_customers,
                        left: *left,
                        right: *right,
                        height,
                    });
                }
                *left += height;
                *right += height;
            }
        }
        Self { then, now, bands }
    }
}

/// Those that anybody is in, one below the other.
fn nodes(sizes: impl Iterator<Item = u64>, scale: f64) -> Vec<Node> {
    let mut slot = TOP;
    let mut nodes = Vec::new();
    for (place, n_customers) in sizes.enumerate().filter(|(_, size)| *size > 0) {
        let height = n_customers as f64 * scale;
        let room = height.max(LEAST);
        nodes.push(Node {
            place,
            n_customers,
            slot,
            room,
            top: slot + (room - height) / 2.0,
            height,
        });
        slot += room + GAP;
    }
    nodes
}

/// Where the columns stand.
struct Edges {
    /// The room for names at either side.
    names: f64,
    /// Where the left bars end and the right ones begin.
    left: f64,
    right: f64,
}

impl Edges {
    fn of(sketch: &Sketch<'_>, report: &Report) -> Self {
        let width = f64::from(sketch.look.width);
        let names = (0..=report.n()).map(|place| name_of(sketch, report, place));
        let widest = names
            .map(|name| sketch.strong_width_of(&name))
            .fold(0.0, f64::max);
        let names = (widest + 8.0).min(width * 0.32);
        Self {
            names,
            left: names + BAR,
            right: width - names - BAR,
        }
    }
}

fn name_of(sketch: &Sketch<'_>, report: &Report, place: usize) -> String {
    let words = sketch.look.words;
    match report.labels.get(place) {
        Some(label) => words.label(label),
        None => words.movement_new().to_owned(),
    }
}

fn colour_of(sketch: &Sketch<'_>, report: &Report, place: usize) -> Colour {
    match report.labels.get(place) {
        Some(label) => {
            let (number, _) = segment_sign(label, place as u16);
            sketch.palette.segments[usize::from(number) - 1]
        }
        None => sketch.palette.ink_2,
    }
}

/// The place of a move among the segments that can be selected.
fn segment_of(report: &Report, band: &Band) -> Option<u16> {
    let (from, to) = (report.labels.get(band.from)?, report.labels.get(band.to)?);
    let is_own = |label: &Label| match label {
        Label::Moved(own) => (&own.0, &own.1) == (from, to),
        _ => false,
    };
    let place = report.segments.iter().position(|one| is_own(&one.label))?;
    Some(place as u16)
}

/// Who stayed first, then the moves, the largest first: thin ones lie on top.
fn draw_bands(sketch: &mut Sketch<'_>, report: &Report, columns: &Columns, edges: &Edges) {
    let bands = &columns.bands;
    let moves = |band: &Band| band.from != band.to;
    let order = places_in_order(bands.len(), &|a, b| {
        let (a, b): (&Band, &Band) = (&bands[a], &bands[b]);
        (moves(a).cmp(&moves(b))).then(b.n_customers.cmp(&a.n_customers))
    });
    for band in order.into_iter().map(|place| &bands[place]) {
        let paler = if moves(band) { 0.45 } else { 0.78 };
        let own = colour_of(sketch, report, band.from).mixed(sketch.palette.paper, paler);
        let colour = sketch.dimmed(own, segment_of(report, band));
        sketch
            .shapes
            .push(Shape::Polygon(outline(band, edges), colour));
    }
}

/// Level at both ends, and steepest half way: `t²(3 − 2t)`.
fn outline(band: &Band, edges: &Edges) -> Vec<(f64, f64)> {
    let height = band.height.max(1.0);
    let edge = |step: u8| {
        let t = f64::from(step) / f64::from(STEPS);
        let x = edges.left + t * (edges.right - edges.left);
        (
            x,
            band.left + (band.right - band.left) * t * t * (3.0 - 2.0 * t),
        )
    };
    let above = (0..=STEPS).map(edge);
    let below = (0..=STEPS).rev().map(edge).map(|(x, y)| (x, y + height));
    above.chain(below).collect()
}

fn draw_node(
    sketch: &mut Sketch<'_>,
    report: &Report,
    node: &Node,
    (edges, day, is_then): (&Edges, &str, bool),
) {
    let colour = colour_of(sketch, report, node.place);
    let name = name_of(sketch, report, node.place);
    let middle = node.slot + node.room / 2.0;
    let ink = sketch.palette.ink;
    let shown = sketch.fitted(&name, edges.names - 6.0);
    let left = if is_then { edges.names } else { edges.right };
    sketch.fill((left, node.top, BAR, node.height.max(1.0)), colour);
    let (at, anchor) = match is_then {
        true => (left - 6.0, Anchor::End),
        false => (left + BAR + 6.0, Anchor::Start),
    };
    sketch.label(shown, (at, middle), anchor, ink);
    let words = sketch.look.words;
    let text = format!("{day}, {name}: {}", words.customers(node.n_customers));
    let bounds = match is_then {
        true => (0.0, node.slot, edges.left, node.room),
        false => (left, node.slot, edges.names + BAR, node.room),
    };
    sketch.mark(bounds, text, None);
}

/// The beginning of a band: what it says, and what it selects.
fn point_at(sketch: &mut Sketch<'_>, report: &Report, band: &Band, node: &Node, edges: &Edges) {
    let words = sketch.look.words;
    let one = match (report.labels.get(band.from), &report.labels[band.to]) {
        (Some(from), to) => Move::Between(from.clone(), to.clone()),
        (None, to) => Move::New(to.clone()),
    };
    let share = words.share(band.n_customers as f64 / node.n_customers.max(1) as f64);
    let text = format!("{} ({share})", words.move_link(&one, band.n_customers));
    let reach = (edges.right - edges.left) * 0.3;
    let bounds = (edges.left, band.left, reach, band.height.max(3.0));
    sketch.mark(bounds, text, segment_of(report, band));
}

/// The matrix: rows are the earlier date, columns the as-of date.
fn twin(sketch: &mut Sketch<'_>, report: &Report) {
    let words = sketch.look.words;
    let n = report.n();
    let names: Vec<String> = (0..=n)
        .map(|place| name_of(sketch, report, place))
        .collect();
    let mut head = vec![words.movement_before().to_owned()];
    head.extend(names[..n].iter().cloned());
    head.push(words.compare_total().to_owned());
    let rows = names.into_iter().enumerate().map(|(place, name)| {
        let counts = match place < n {
            true => &report.counts[place * n..(place + 1) * n],
            false => &report.entered[..],
        };
        let cells = counts.iter().map(|count| words.count(*count));
        let total = words.count(counts.iter().sum());
        [name].into_iter().chain(cells).chain([total]).collect()
    });
    sketch.twin.rows = rows.collect();
    sketch.twin.head = head;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Report as Any, Request, Unwatched, movement::Params, rfm, run, testing};
    use crate::data::Day;

    #[test]
    fn bands_fill_the_bars_at_both_ends() {
        let ids: Vec<String> = (0..40).map(|n| format!("{n:02}")).collect();
        let orders = (0..40).flat_map(|n| [(n, 3 * n), (n, n * n % 150), (n, 90 + n)]);
        let orders = orders.filter(|&(n, day)| n % 3 > 0 || day < 100);
        let rows: Vec<_> = orders
            .map(|(n, day)| (ids[n as usize].as_str(), day, 100))
            .collect();
        let request = Request::Rfm(rfm::Params::default());
        let params = Params {
            earlier: Some(Day::from_number(80)),
            ..Params::default()
        };
        let request = Request::Movement(params, Box::new(request));
        let day = Day::from_number(150);
        let finished = run(&testing::orders(&rows), request, day, &mut Unwatched).unwrap();
        let Any::Movement(report) = finished.report else {
            panic!("another report");
        };
        let columns = Columns::of(&report);
        assert!(
            columns.bands.iter().any(|band| band.from == report.n()),
            "someone is new"
        );
        for node in columns.then.iter().chain(&columns.now) {
            assert!(node.top >= node.slot && node.room >= LEAST);
        }
        for (nodes, is_then) in [(&columns.then, true), (&columns.now, false)] {
            for node in nodes.iter() {
                let end = |band: &Band| {
                    if is_then {
                        (band.from, band.left)
                    } else {
                        (band.to, band.right)
                    }
                };
                let own: Vec<&Band> = columns
                    .bands
                    .iter()
                    .filter(|band| end(band).0 == node.place)
                    .collect();
                let sum: f64 = own.iter().map(|band| band.height).sum();
                assert!((sum - node.height).abs() < 1e-9);
                assert!(own.iter().all(|band| end(band).1 >= node.top - 1e-9));
                let below = |band: &&Band| end(band).1 + band.height;
                assert!(
                    own.iter()
                        .all(|band| below(band) <= node.top + node.height + 1e-9)
                );
            }
        }
    }
}

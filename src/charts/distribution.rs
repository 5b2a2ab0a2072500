//! How one measure is spread over the customers, with the cut points that make its scores or tiers.
//!
//! Bins are drawn equally wide: on a long-tailed measure their edges grow by ratio, and the axis with them.

use super::Measure;
use super::parts::{Frame, base_axis, base_caption, value_axis};
use super::scale::{Scale, decades, round_steps};
use super::scene::{Anchor, Scene};
use super::sketch::Sketch;
use crate::analysis::lifetime;
use crate::analysis::rfm::{Convention, Fourth, Histogram, Report};
use crate::text::{AmountUnit, Words};

/// Above the plot: the caption, the scores, and as many rows of cut points as they need.
const ABOVE: f64 = 52.0;
const ROW: f64 = 16.0;
const MOST_ROWS: usize = 6;
const BELOW: f64 = 46.0;

pub(super) fn height(width: f64) -> f64 {
    (width * 0.46).clamp(300.0, 380.0)
}

pub(super) fn scene(sketch: Sketch<'_>, report: &Report, measure: Measure) -> Scene {
    let title = finding(sketch.look.words, report, measure);
    drawn(sketch, &View::of(report, measure), title)
}

/// What customers are expected to be worth, with the least of each tier.
pub(super) fn worth(sketch: Sketch<'_>, report: &lifetime::Report) -> Scene {
    let title = sketch.look.words.lifetime_spread_finding(report);
    drawn(sketch, &View::worth(report), title)
}

fn drawn(mut sketch: Sketch<'_>, view: &View<'_>, title: String) -> Scene {
    let most = view.histogram.counts.iter().copied().max().unwrap_or(0) as f64;
    let words = sketch.look.words;
    let values: Vec<(f64, String)> = round_steps(0.0, most, 4)
        .into_iter()
        .map(|value| (value, words.count(value as u64)))
        .collect();
    let widest = values
        .iter()
        .map(|(_, text)| sketch.width_of(text))
        .fold(0.0, f64::max);
    let look = sketch.look;
    let left = widest + 12.0;
    let right = f64::from(look.width) - 1.0;
    let placed = place_cuts(&sketch, view, (left, right));
    let frame = Frame {
        left,
        top: ABOVE + placed.n_rows.max(2) as f64 * ROW,
        right,
        bottom: f64::from(look.height) - BELOW,
    };
    let scale = Scale::straight(0.0, most, frame.bottom, frame.top);
    sketch.label(
        words.axis_customers(),
        (0.0, 10.0),
        Anchor::Start,
        sketch.palette.ink_2,
    );
    value_axis(&mut sketch, frame, scale, &values);
    bars(&mut sketch, view, frame, scale);
    draw_cuts(&mut sketch, view, frame, placed);
    let places = ticks(view, frame);
    let texts = words.axis_amounts(&places);
    let places = places
        .into_iter()
        .map(|value| view.at(value, (left, right)));
    base_axis(&mut sketch, frame, &places.zip(texts).collect::<Vec<_>>());
    base_caption(&mut sketch, frame, view.caption(words));
    twin(&mut sketch, view);
    sketch.finished(title)
}

/// What is spread.
#[derive(Clone, Copy)]
enum Kind {
    /// A measure of RFM, in so many groups by a convention.
    Measure(Measure, u8, Convention),
    /// What is scored beside them, likewise.
    Fourth(Fourth, u8, Convention),
    /// The worth of customers, in money or in orders.
    Worth { has_money: bool },
}

/// The slice of the report that one measure needs.
struct View<'a> {
    kind: Kind,
    histogram: &'a Histogram,
    cuts: Vec<f64>,
    n_customers: u64,
}

/// The shares of the customers above the lines of the tiers, from the left.
const TIERS: [&str; 3] = ["50%", "20%", "5%"];

impl<'a> View<'a> {
    fn of(report: &'a Report, measure: Measure) -> Self {
        if let (Measure::Fourth, Some(fourth)) = (measure, &report.fourth) {
            return Self {
                kind: Kind::Fourth(fourth.of, report.params.groups, report.params.convention),
                histogram: &fourth.histogram,
                cuts: fourth.cuts.clone(),
                n_customers: fourth.n_scored,
            };
        }
        let (place, cuts) = match measure {
            Measure::Recency | Measure::Fourth => (0, &report.cuts.recency_days),
            Measure::Frequency => (1, &report.cuts.frequency),
            Measure::Monetary => (2, &report.cuts.monetary),
        };
        Self {
            kind: Kind::Measure(measure, report.params.groups, report.params.convention),
            histogram: &report.histograms[place],
            cuts: cuts.clone(),
            n_customers: report.n_customers,
        }
    }

    fn worth(report: &'a lifetime::Report) -> Self {
        let tiers = report.tiers.iter().take(TIERS.len()).rev();
        let has_money = report.clv.is_some();
        Self {
            kind: Kind::Worth { has_money },
            histogram: &report.spread,
            cuts: tiers.map(|tier| tier.lowest).collect(),
            n_customers: report.n_customers,
        }
    }

    /// Where the group below a cut point ends: a whole number that still belongs to it lies left of the line.
    fn border(&self, cut: f64) -> f64 {
        match self.kind {
            Kind::Measure(Measure::Monetary, ..) | Kind::Measure(_, _, Convention::RRfm) => cut,
            Kind::Measure(..) | Kind::Fourth(Fourth::Tenure, _, Convention::Gyeol) => {
                cut.floor() + 1.0
            }
            Kind::Fourth(..) | Kind::Worth { .. } => cut,
        }
    }

    /// The position of a value: within its bin by proportion (by ratio where the bins grow so).
    fn at(&self, value: f64, (left, right): (f64, f64)) -> f64 {
        let edges = &self.histogram.edges;
        let n_bins = edges.len().saturating_sub(1).max(1) as f64;
        let bin = edges
            .partition_point(|edge| *edge <= value)
            .saturating_sub(1);
        let share = match (edges.get(bin), edges.get(bin + 1)) {
            (Some(low), Some(high)) if high > low => {
                let is_ratio = self.histogram.is_logarithmic && *low > 0.0 && value > 0.0;
                let within = if is_ratio {
                    (value / low).ln() / (high / low).ln()
                } else {
                    (value - low) / (high - low)
                };
                bin as f64 + within.clamp(0.0, 1.0)
            }
            _ => bin as f64,
        };
        left + (share / n_bins).clamp(0.0, 1.0) * (right - left)
    }

    /// The score of the group between two cut points, counted from the left; tiers have a line and no score.
    fn score(&self, group: usize) -> Option<String> {
        let turned = |groups: u8| usize::from(groups).saturating_sub(group);
        Some(match self.kind {
            Kind::Measure(Measure::Recency | Measure::Fourth, groups, _) => {
                format!("R{}", turned(groups))
            }
            Kind::Measure(Measure::Frequency, ..) => format!("F{}", group + 1),
            Kind::Measure(Measure::Monetary, ..) => format!("M{}", group + 1),
            Kind::Fourth(Fourth::Tenure, ..) => format!("T{}", group + 1),
            Kind::Fourth(Fourth::Interpurchase, groups, _) => format!("I{}", turned(groups)),
            Kind::Worth { .. } => return None,
        })
    }

    /// Whether the values are money.
    const fn is_money(&self) -> bool {
        matches!(
            self.kind,
            Kind::Measure(Measure::Monetary, ..) | Kind::Worth { has_money: true }
        )
    }

    const fn caption(&self, words: Words) -> &'static str {
        match self.kind {
            Kind::Measure(Measure::Recency | Measure::Fourth, ..) => words.axis_recency(),
            Kind::Fourth(of, ..) => words.axis_fourth(of),
            Kind::Measure(Measure::Frequency, _, convention) => {
                words.axis_frequency(convention.counted())
            }
            Kind::Measure(Measure::Monetary, ..) => words.axis_monetary(),
            Kind::Worth { has_money } => words.lifetime_spread_axis(has_money),
        }
    }
}

fn finding(words: Words, report: &Report, measure: Measure) -> String {
    match measure {
        Measure::Recency => words.recency_finding(report),
        Measure::Frequency => words.frequency_finding(report),
        Measure::Monetary => words.top_fifth_finding(report),
        Measure::Fourth => words.fourth_finding(report),
    }
}

fn with_unit(words: Words, view: &View<'_>, value: f64) -> String {
    match view.kind {
        Kind::Measure(Measure::Recency, ..) => words.days(value),
        Kind::Fourth(..) => words.days(value),
        _ if view.is_money() => words.amount(value),
        _ => words.decimal(value, 1),
    }
}

fn bars(sketch: &mut Sketch<'_>, view: &View<'_>, frame: Frame, scale: Scale) {
    let words = sketch.look.words;
    let n_bins = view.histogram.counts.len().max(1) as f64;
    let width = (frame.right - frame.left) / n_bins;
    for (bin, (count, edges)) in view
        .histogram
        .counts
        .iter()
        .zip(view.histogram.edges.windows(2))
        .enumerate()
    {
        let left = frame.left + bin as f64 * width;
        let top = scale.at(*count as f64);
        if *count > 0 {
            let bar = (left + 0.5, top, (width - 1.0).max(1.0), frame.bottom - top);
            sketch.fill(bar, sketch.palette.ramp[4]);
        }
        let share = *count as f64 / view.n_customers.max(1) as f64;
        let text = format!(
            "{} – {}: {} ({})",
            words.number(edges[0]),
            with_unit(words, view, edges[1]),
            words.customers(*count),
            words.share(share)
        );
        let bounds = (left, frame.top, width, frame.bottom - frame.top);
        sketch.mark(bounds, text, None);
    }
}

/// Where the lines of the cut points and their labels go.
struct Placed {
    /// The left edge, each cut point and the right edge.
    borders: Vec<f64>,
    /// Equal cut points have one.
    labels: Vec<CutLabel>,
    n_rows: usize,
}

/// The words on a cut point's line, and their row from the plot upwards, where there is room for them.
struct CutLabel {
    x: f64,
    text: String,
    width: f64,
    right: f64,
    row: Option<usize>,
}

/// Labels that would touch stand in rows above each other.
fn place_cuts(sketch: &Sketch<'_>, view: &View<'_>, range: (f64, f64)) -> Placed {
    let words = sketch.look.words;
    let unit = words.unit_of(view.cuts.iter().copied());
    let mut placed = Placed {
        borders: vec![range.0],
        labels: Vec::new(),
        n_rows: 0,
    };
    let mut free_from = [f64::MIN; MOST_ROWS];
    for (place, cut) in view.cuts.iter().enumerate() {
        let x = view.at(view.border(*cut), range);
        let is_drawn =
            !placed.labels.is_empty() && x - placed.borders[placed.borders.len() - 1] < 0.5;
        placed.borders.push(x);
        if is_drawn {
            continue;
        }
        let text = cut_label(words, view, unit, (place, *cut));
        let width = sketch.width_of(&text);
        let right = (x + 2.0).max(width);
        let row = free_from.iter().position(|free| right - width >= *free);
        if let Some(row) = row {
            free_from[row] = right + 6.0;
            placed.n_rows = placed.n_rows.max(row + 1);
        }
        placed.labels.push(CutLabel {
            x,
            text,
            width,
            right,
            row,
        });
    }
    placed.borders.push(range.1);
    placed
}

/// Cut points as labelled lines, the scores between them.
fn draw_cuts(sketch: &mut Sketch<'_>, view: &View<'_>, frame: Frame, placed: Placed) {
    let (ink, ink_2) = (sketch.palette.ink, sketch.palette.ink_2);
    let y_of = |row: usize| frame.top - 14.0 - row as f64 * ROW;
    for label in &placed.labels {
        let top = y_of(label.row.unwrap_or(0)) + 6.0;
        sketch.dashes(label.x, top, frame.bottom, ink);
    }
    let hidden = placed.labels.iter().filter(|label| label.row.is_none());
    let n_hidden = hidden.count();
    for label in placed.labels {
        let Some(row) = label.row else {
            continue;
        };
        let (y, right, width) = (y_of(row) - 2.0, label.right, label.width);
        // Paper behind the words: another cut's line may pass there.
        sketch.fill(
            (right - width - 1.0, y - 7.0, width, 14.0),
            sketch.palette.paper,
        );
        sketch.label(label.text, (right, y), Anchor::End, ink);
    }
    if n_hidden > 0 {
        let note = sketch.look.words.cuts_without_label(n_hidden);
        sketch.label(note, (frame.right, 10.0), Anchor::End, ink_2);
    }
    let n_groups = if view.cuts.is_empty() {
        0
    } else {
        placed.borders.len()
    };
    for (group, pair) in placed.borders.windows(2).enumerate().take(n_groups) {
        let Some(text) = view.score(group) else {
            break;
        };
        if pair[1] - pair[0] >= sketch.width_of(&text) + 4.0 {
            let y = y_of(placed.n_rows.max(2)) - 6.0;
            let at = (f64::midpoint(pair[0], pair[1]), y);
            sketch.strong(text, at, Anchor::Middle, ink_2);
        }
    }
}

/// What the group left of a cut point holds, `≤ 153일`, or what a tier right of it starts with.
fn cut_label(
    words: Words,
    view: &View<'_>,
    unit: AmountUnit,
    (place, cut): (usize, f64),
) -> String {
    let value = match view.is_money() {
        true => words.amount_in(unit, cut),
        false => with_unit(words, view, cut),
    };
    match view.kind {
        Kind::Measure(_, _, Convention::RRfm) | Kind::Fourth(_, _, Convention::RRfm) => {
            format!("< {value}")
        }
        Kind::Measure(..) | Kind::Fourth(..) => format!("≤ {value}"),
        Kind::Worth { .. } => words.lifetime_tier_from(TIERS[place.min(2)], &value),
    }
}

fn ticks(view: &View<'_>, frame: Frame) -> Vec<f64> {
    let edges = &view.histogram.edges;
    let (Some(low), Some(high)) = (edges.first().copied(), edges.last().copied()) else {
        return Vec::new();
    };
    let n = ((frame.right - frame.left) / 70.0) as usize;
    if view.histogram.is_logarithmic && high > 0.0 {
        let positive = edges
            .iter()
            .copied()
            .find(|edge| *edge > 0.0)
            .unwrap_or(1.0);
        return decades(positive.max(low), high, n.max(3));
    }
    round_steps(low, high, n.max(2))
}

fn twin(sketch: &mut Sketch<'_>, view: &View<'_>) {
    let words = sketch.look.words;
    let caption = view.caption(words);
    sketch.twin.head = vec![
        format!("{caption} · {}", words.head_from()),
        format!("{caption} · {}", words.head_to()),
        words.head_customers().to_owned(),
        words.head_customer_share().to_owned(),
    ];
    let bins = view
        .histogram
        .counts
        .iter()
        .zip(view.histogram.edges.windows(2));
    let rows = bins.map(|(count, edges)| {
        vec![
            words.decimal(edges[0], 2),
            words.decimal(edges[1], 2),
            words.count(*count),
            words.share(*count as f64 / view.n_customers.max(1) as f64),
        ]
    });
    sketch.twin.rows = rows.collect();
}

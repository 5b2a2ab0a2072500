//! Segments by customers and by revenue: two bars on one scale for each, so that who makes the money is seen at once.

use super::parts::{LINE, segment_text, sign};
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use crate::analysis::profile::SegmentProfile;
use crate::text::AmountUnit;

/// From this width on, names stand beside their bars.
const WIDE: f64 = 560.0;
const HEAD: f64 = 28.0;
const BAR: f64 = 16.0;
const BARS: f64 = 2.0 * BAR + 2.0;
const GAP: f64 = 14.0;

pub(super) fn height(segments: &[SegmentProfile], width: f64) -> f64 {
    HEAD + segments.len() as f64 * row_height(width)
}

fn row_height(width: f64) -> f64 {
    if width >= WIDE {
        BARS + GAP
    } else {
        BARS + GAP + LINE
    }
}

pub(super) fn scene(mut sketch: Sketch<'_>, segments: &[SegmentProfile]) -> Scene {
    let title = sketch.look.words.bars_finding(segments);
    let columns = Columns::of(&sketch, segments);
    key(&mut sketch, &columns);
    let row = row_height(f64::from(sketch.look.width));
    for (place, profile) in segments.iter().enumerate() {
        let top = HEAD + place as f64 * row;
        draw_row(&mut sketch, &columns, profile, place as u16, top);
    }
    twin(&mut sketch, segments);
    sketch.finished(title)
}

/// Where names end, bars begin and the longest one ends, and the unit of all amounts.
struct Columns {
    unit: AmountUnit,
    has_money: bool,
    is_wide: bool,
    left: f64,
    right: f64,
    longest: f64,
}

impl Columns {
    fn of(sketch: &Sketch<'_>, segments: &[SegmentProfile]) -> Self {
        let width = f64::from(sketch.look.width);
        let is_wide = width >= WIDE;
        let words = sketch.look.words;
        let unit = words.unit_of(segments.iter().map(|own| own.revenue.to_f64()));
        let name = |profile: &SegmentProfile| sketch.strong_width_of(&words.label(&profile.label));
        let names = segments
            .iter()
            .map(name)
            .fold(0.0, f64::max)
            .min(width * 0.3);
        let values = segments.iter().map(|profile| {
            let customers = sketch.width_of(&customers_label(sketch, profile));
            customers.max(sketch.width_of(&revenue_label(sketch, unit, profile)))
        });
        let shares = segments
            .iter()
            .map(|own| own.customer_share.max(own.revenue_share));
        Self {
            unit,
            has_money: segments.iter().any(|profile| !profile.revenue.is_zero()),
            is_wide,
            left: if is_wide { names + 32.0 } else { 0.0 },
            right: width - values.fold(0.0, f64::max) - 10.0,
            longest: shares.fold(0.0, f64::max).max(0.01),
        }
    }

    fn length(&self, share: f64) -> f64 {
        share / self.longest * (self.right - self.left)
    }
}

fn customers_label(sketch: &Sketch<'_>, profile: &SegmentProfile) -> String {
    let words = sketch.look.words;
    format!(
        "{} · {}",
        words.share(profile.customer_share),
        words.customers(profile.n_customers)
    )
}

fn revenue_label(sketch: &Sketch<'_>, unit: AmountUnit, profile: &SegmentProfile) -> String {
    let words = sketch.look.words;
    format!(
        "{} · {}",
        words.share(profile.revenue_share),
        words.amount_in(unit, profile.revenue.to_f64())
    )
}

/// What the two bars are.
fn key(sketch: &mut Sketch<'_>, columns: &Columns) {
    let words = sketch.look.words;
    let ink_2 = sketch.palette.ink_2;
    let light = ink_2.mixed(sketch.palette.paper, 0.72);
    let (mut x, y) = (columns.left, HEAD / 2.0 - 4.0);
    let first = (x, y - 5.0, 16.0, 10.0);
    sketch.fill(first, light);
    sketch.shapes.push(Shape::Outline(first, ink_2, 1.0));
    sketch.label(
        words.head_customer_share(),
        (x + 22.0, y),
        Anchor::Start,
        ink_2,
    );
    if columns.has_money {
        x += 22.0 + sketch.width_of(words.head_customer_share()) + 20.0;
        sketch.fill((x, y - 5.0, 16.0, 10.0), ink_2);
        sketch.label(
            words.head_revenue_share(),
            (x + 22.0, y),
            Anchor::Start,
            ink_2,
        );
    }
}

fn draw_row(
    sketch: &mut Sketch<'_>,
    columns: &Columns,
    profile: &SegmentProfile,
    place: u16,
    top: f64,
) {
    let width = f64::from(sketch.look.width);
    let (bars_top, name_y, room) = if columns.is_wide {
        (top, top + BARS / 2.0, columns.left - 32.0)
    } else {
        (top + LINE, top + LINE / 2.0 - 1.0, width - 20.0)
    };
    draw_name(sketch, profile, place, name_y, room);
    if profile.n_customers == 0 {
        let y = bars_top + if columns.is_wide { BARS } else { BAR } / 2.0;
        let text = customers_label(sketch, profile);
        sketch.label(text, (columns.left, y), Anchor::Start, sketch.palette.ink_2);
    } else {
        draw_bars(sketch, columns, profile, place, bars_top);
    }
    let text = segment_text(sketch.look, profile);
    let bounds = (0.0, top - GAP / 2.0, width, row_height(width));
    sketch.mark(bounds, text, Some(place));
}

fn draw_name(sketch: &mut Sketch<'_>, profile: &SegmentProfile, place: u16, y: f64, room: f64) {
    let (colour, marker) = sign(sketch, profile, place);
    sketch
        .shapes
        .push(Shape::Point(marker, (7.0, y), 5.5, colour));
    let name = sketch.fitted(&sketch.look.words.label(&profile.label), room);
    let ink = match profile.n_customers {
        0 => sketch.palette.ink_2,
        _ => sketch.palette.ink,
    };
    if sketch.is_selected(Some(place)) {
        sketch.strong(name, (20.0, y), Anchor::Start, ink);
    } else {
        sketch.label(name, (20.0, y), Anchor::Start, ink);
    }
}

/// Customers as an outlined bar, revenue as a full one, each with its numbers at its end.
fn draw_bars(
    sketch: &mut Sketch<'_>,
    columns: &Columns,
    profile: &SegmentProfile,
    place: u16,
    top: f64,
) {
    let (colour, _) = sign(sketch, profile, place);
    let light = colour.mixed(sketch.palette.paper, 0.72);
    let length = columns.length(profile.customer_share).max(1.0);
    let bounds = (columns.left, top, length, BAR);
    sketch.fill(bounds, light);
    sketch.shapes.push(Shape::Outline(bounds, colour, 1.0));
    let at = (columns.left + length + 8.0, top + BAR / 2.0);
    let text = customers_label(sketch, profile);
    sketch.label(text, at, Anchor::Start, sketch.palette.ink_2);
    if columns.has_money {
        let top = top + BAR + 2.0;
        let length = columns.length(profile.revenue_share.max(0.0));
        sketch.fill((columns.left, top, length, BAR), colour);
        let at = (columns.left + length + 8.0, top + BAR / 2.0);
        let text = revenue_label(sketch, columns.unit, profile);
        sketch.label(text, at, Anchor::Start, sketch.palette.ink);
    }
}

fn twin(sketch: &mut Sketch<'_>, segments: &[SegmentProfile]) {
    let words = sketch.look.words;
    let counted = segments
        .first()
        .map(|profile| profile.counted)
        .unwrap_or_default();
    sketch.twin.head = [
        words.head_segment(),
        words.head_customers(),
        words.head_customer_share(),
        words.column_counted(counted),
        words.head_revenue(),
        words.head_revenue_share(),
    ]
    .map(str::to_owned)
    .to_vec();
    let rows = segments.iter().map(|profile| {
        vec![
            words.label(&profile.label),
            words.count(profile.n_customers),
            words.share(profile.customer_share),
            words.count(profile.n_orders),
            words.money_full(profile.revenue),
            words.share(profile.revenue_share),
        ]
    });
    sketch.twin.rows = rows.collect();
}

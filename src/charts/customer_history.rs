//! One customer over time: a stem for each order and for money that was given back, below it a band for each
//! segmentation that is told over time. Bands are named in ink above them, so that no name stands on a colour.

use super::parts::{Frame, LINE, base_axis, value_axis};
use super::scale::{Scale, round_steps, span_from_nothing};
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use super::theme::{Marker, segment_sign};
use crate::analysis::one_customer::{History, Order, Past, Span};
use crate::data::Day;

const ABOVE: f64 = 30.0;
const STEMS: f64 = 150.0;
/// The name of the segmentation, the names of the segments, the band and the space below it.
const ROW: f64 = 2.0 * LINE + BAND + 14.0;
const BAND: f64 = 14.0;
const BELOW: f64 = 30.0;
/// So many days are named below.
const N_TICKS: i32 = 4;

pub(super) fn height(past: &Past) -> f64 {
    ABOVE + STEMS + past.histories.len() as f64 * ROW + 14.0 + BELOW
}

pub(super) fn scene(mut sketch: Sketch<'_>, past: &Past) -> Scene {
    let words = sketch.look.words;
    let plot = Plot::of(&mut sketch, past);
    stems(&mut sketch, past, &plot);
    for (row, history) in past.histories.iter().enumerate() {
        let top = plot.frame.bottom + 14.0 + row as f64 * ROW;
        bands(&mut sketch, history, &plot, top);
    }
    twin(&mut sketch, past);
    sketch.finished(words.customer_finding(past))
}

/// The scales of a picture.
struct Plot {
    x: Scale,
    y: Scale,
    frame: Frame,
}

impl Plot {
    fn of(sketch: &mut Sketch<'_>, past: &Past) -> Self {
        let (words, width) = (sketch.look.words, f64::from(sketch.look.width));
        let back = past.returns.iter().map(|back| -back.amount.to_f64());
        let values = past
            .orders
            .iter()
            .map(|order| value(past, order))
            .chain(back);
        let (lowest, highest) = span_from_nothing(values);
        let highest = if highest > lowest {
            highest
        } else {
            lowest + 1.0
        };
        let steps = round_steps(lowest, highest, 4);
        let texts = words.axis_amounts(&steps);
        let values: Vec<(f64, String)> = steps.into_iter().zip(texts).collect();
        let widest = values.iter().map(|(_, text)| sketch.width_of(text));
        let frame = Frame {
            left: widest.fold(0.0, f64::max) + 12.0,
            top: ABOVE,
            right: width - 12.0,
            bottom: ABOVE + STEMS,
        };
        let first = past.orders.first().map_or(past.as_of, |order| order.day);
        let (from, to) = (first.number(), past.as_of.number());
        let x = Scale::straight(f64::from(from), f64::from(to), frame.left, frame.right);
        let y = Scale::straight(lowest, highest, frame.bottom, frame.top);
        let caption = match past.has_money {
            true => words.customer_axis(),
            false => words.customer_axis_rows(),
        };
        let caption = sketch.fitted(caption, width);
        sketch.label(caption, (0.0, 10.0), Anchor::Start, sketch.palette.ink_2);
        value_axis(sketch, frame, y, &values);
        let below = Frame {
            bottom: f64::from(sketch.look.height) - BELOW,
            ..frame
        };
        let day = |step: i32| {
            let days = i64::from(to - from) * i64::from(step) / i64::from(N_TICKS);
            Day::from_number(from + days as i32)
        };
        let tick = |step| (x.at(f64::from(day(step).number())), words.day(day(step)));
        base_axis(sketch, below, &(0..=N_TICKS).map(tick).collect::<Vec<_>>());
        Self { x, y, frame }
    }

    fn at(&self, day: Day) -> f64 {
        self.x.at(f64::from(day.number()))
    }
}

/// What the height of an order is.
fn value(past: &Past, order: &Order) -> f64 {
    match past.has_money {
        true => order.amount.to_f64(),
        false => f64::from(order.n_lines),
    }
}

fn stems(sketch: &mut Sketch<'_>, past: &Past, plot: &Plot) {
    let words = sketch.look.words;
    let (ink, loss) = (sketch.palette.ramp[4], sketch.palette.loss);
    let zero = plot.y.at(0.0);
    sketch.rule(
        plot.frame.left,
        plot.frame.right,
        zero,
        sketch.palette.ink_2,
    );
    let orders = past.orders.iter().map(|order| {
        let details = words.customer_order_details(order, past.has_money);
        let text = format!("{}: {details}", words.day(order.day));
        (order.day, value(past, order), text, (Marker::Circle, ink))
    });
    let returns = past.returns.iter().map(|back| {
        let (day, details) = (words.day(back.day), words.customer_return_details(back));
        let text = format!("{day}: {} {details}", words.customer_return());
        (
            back.day,
            -back.amount.to_f64(),
            text,
            (Marker::Diamond, loss),
        )
    });
    for (day, value, text, (marker, colour)) in orders.chain(returns) {
        let (x, y) = (plot.at(day), plot.y.at(value));
        let (top, height) = (y.min(zero), (y - zero).abs());
        sketch.fill((x - 0.75, top, 1.5, height), colour);
        sketch
            .shapes
            .push(Shape::Point(marker, (x, y), 3.5, colour));
        sketch.mark((x - 8.0, y - 8.0, 16.0, 16.0), text, None);
    }
}

/// One segmentation: its name, and its spans with their names where there is room.
fn bands(sketch: &mut Sketch<'_>, history: &History, plot: &Plot, top: f64) {
    let words = sketch.look.words;
    let kind = words.segment_of(history.of);
    let at = (0.0, top + LINE / 2.0);
    sketch.strong(kind, at, Anchor::Start, sketch.palette.ink);
    let band = top + 2.0 * LINE;
    let is_shown = |span: &&Span| plot.at(span.until.plus(1)) > plot.frame.left;
    for span in history.spans.iter().filter(is_shown) {
        let (left, right) = (plot.at(span.from), plot.at(span.until.plus(1)));
        let bounds = (left, band, (right - left).max(1.0), BAND);
        let (colour, _) = segment_sign(&span.label, span.place);
        let colours = &sketch.palette.segments;
        let colour = colours[usize::from(colour.saturating_sub(1)) % colours.len()];
        sketch.fill(bounds, colour);
        // Neighbours may share a colour: a line of paper parts them.
        sketch.fill((left, band, 1.0, BAND), sketch.palette.paper);
        let name = words.label(&span.label);
        if sketch.width_of(&name) + 8.0 <= right - left {
            let at = (left + 2.0, band - LINE / 2.0);
            sketch.label(name, at, Anchor::Start, sketch.palette.ink_2);
        }
        sketch.mark(bounds, words.customer_span(history, span), None);
    }
}

fn twin(sketch: &mut Sketch<'_>, past: &Past) {
    let words = sketch.look.words;
    let head = [
        words.customer_head_from(),
        words.customer_head_until(),
        words.customer_head_what(),
        words.customer_head_details(),
    ];
    sketch.twin.head = head.map(str::to_owned).to_vec();
    let orders = past.orders.iter().map(|order| {
        let details = words.customer_order_details(order, past.has_money);
        let what = words.customer_order().to_owned();
        vec![words.day(order.day), String::new(), what, details]
    });
    let returns = past.returns.iter().map(|back| {
        let details = words.customer_return_details(back);
        let what = words.customer_return().to_owned();
        vec![words.day(back.day), String::new(), what, details]
    });
    let spans = past.histories.iter().flat_map(|history| {
        history.spans.iter().map(move |span| {
            let (kind, name) = (words.segment_of(history.of), words.label(&span.label));
            vec![
                words.day(span.from),
                words.day(span.until),
                format!("{kind}: {name}"),
                words.customer_span_details(span),
            ]
        })
    });
    let rows = orders.chain(returns).chain(spans);
    sketch.twin.rows.extend(rows);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::one_customer::Cause;
    use crate::analysis::{Label, SegmentName, SegmentationId};
    use crate::charts::{Chart, EstimatedWidth, Look, Theme};
    use crate::data::Money;
    use crate::text::{Language, Words};

    fn drawn(past: &Past, width: u32) -> Scene {
        let chart = Chart::CustomerHistory(past);
        let look = Look {
            theme: Theme::Light,
            width,
            height: chart.height(width),
            pixel_ratio: 1.0,
            words: Words::new(Language::En),
            as_of: chart.as_of(),
            selected: None,
        };
        chart.scene(&look, &EstimatedWidth)
    }

    fn past(days: &[i32], spans: &[(i32, i32)], as_of: i32) -> Past {
        let order = |&day: &i32| Order {
            day: Day::from_number(day),
            name: None,
            amount: Money::new(500, 2),
            n_lines: 1,
        };
        let span = |&(from, until): &(i32, i32)| Span {
            from: Day::from_number(from),
            until: Day::from_number(until),
            place: 0,
            label: Label::Known(SegmentName::Champions),
            cause: Cause::Ordered,
        };
        Past {
            customer: "c".to_owned(),
            as_of: Day::from_number(as_of),
            has_money: true,
            n_earlier: 0,
            orders: days.iter().map(order).collect(),
            returns: Vec::new(),
            histories: vec![History {
                of: SegmentationId::Rfm,
                spans: spans.iter().map(span).collect(),
            }],
        }
    }

    #[test]
    fn every_order_and_span_that_is_shown_can_be_pointed_at_and_is_in_the_table() {
        let past = past(&[0, 5, 100], &[(0, 4), (5, 99), (100, 120)], 120);
        let scene = drawn(&past, 390);
        assert_eq!((scene.marks.len(), scene.twin.rows.len()), (6, 6));
        for mark in &scene.marks {
            let (left, _, width, _) = mark.bounds;
            assert!(left >= 0.0 && left + width <= 390.0, "{mark:?}");
        }
        assert!(scene.marks[5].text.contains("Champions"));
    }

    #[test]
    fn one_day_is_a_picture_and_spans_before_the_first_order_that_is_shown_are_not_drawn() {
        let one = drawn(&past(&[7], &[(7, 7)], 7), 700);
        assert_eq!(one.marks.len(), 2);
        let cut = drawn(&past(&[50, 60], &[(0, 20), (21, 70)], 70), 700);
        assert_eq!(
            cut.marks.len(),
            3,
            "two orders and the span that reaches them"
        );
        assert_eq!(cut.twin.rows.len(), 4, "the table has all");
    }
}

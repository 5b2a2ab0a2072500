//! What several charts share: the frame of a saved picture, the key of segments, axes.

use super::Look;
use super::scale::Scale;
use super::scene::{Anchor, Label, Scene, Shape, TextWidth};
use super::sketch::{SMALL, Sketch, wrapped};
use super::theme::{Colour, Marker, Palette, segment_sign};
use crate::analysis::profile::SegmentProfile;
use crate::data::places_in_order;

/// Height of one line of small text.
pub(super) const LINE: f64 = 20.0;
/// Space around a saved picture.
const MARGIN: f64 = 16.0;
const TITLE_SIZE: f64 = 18.0;
const TITLE_LINE: f64 = 24.0;

/// A sentence in place of an empty frame.
pub(super) fn nothing(mut sketch: Sketch<'_>) -> Scene {
    let sentence = sketch.look.words.no_picture().to_owned();
    let middle = f64::from(sketch.look.height) / 2.0;
    let room = f64::from(sketch.look.width) - 2.0 * MARGIN;
    let lines = wrapped(&sentence, SMALL, room, sketch.text);
    let top = middle - (lines.len() as f64 - 1.0) * LINE / 2.0;
    for (place, line) in lines.into_iter().enumerate() {
        let at = (MARGIN, top + place as f64 * LINE);
        sketch.label(line, at, Anchor::Start, sketch.palette.ink_2);
    }
    sketch.finished(sentence)
}

/// The scene with a margin, its title above and its source line below.
pub(super) fn framed(scene: Scene, look: &Look, text: &dyn TextWidth) -> Scene {
    let palette = Palette::of(look.theme);
    let room = f64::from(scene.width);
    let title = wrapped(&scene.title, TITLE_SIZE, room, text);
    let top = MARGIN + title.len() as f64 * TITLE_LINE + 12.0;
    let height = top + f64::from(scene.height) + 32.0 + MARGIN / 2.0;
    let mut shapes: Vec<Shape> = Vec::with_capacity(scene.shapes.len() + title.len() + 1);
    for (place, line) in title.into_iter().enumerate() {
        let y = MARGIN + (place as f64 + 0.5) * TITLE_LINE;
        shapes.push(heading(line, (MARGIN, y), TITLE_SIZE, palette.ink));
    }
    shapes.extend(
        scene
            .shapes
            .into_iter()
            .map(|shape| shape.moved(MARGIN, top)),
    );
    shapes.push(Shape::Text(Label {
        text: look.words.picture_source(look.as_of),
        at: (MARGIN, height - MARGIN - 4.0),
        anchor: Anchor::Start,
        size: SMALL,
        is_bold: false,
        colour: palette.ink_2,
    }));
    let moved = |mark: super::Mark| super::Mark {
        bounds: (
            mark.bounds.0 + MARGIN,
            mark.bounds.1 + top,
            mark.bounds.2,
            mark.bounds.3,
        ),
        ..mark
    };
    Scene {
        marks: scene.marks.into_iter().map(moved).collect(),
        width: scene.width + 2 * MARGIN as u32,
        height: height.ceil() as u32,
        shapes,
        ..scene
    }
}

fn heading(text: String, at: (f64, f64), size: f64, colour: Colour) -> Shape {
    Shape::Text(Label {
        text,
        at,
        anchor: Anchor::Start,
        size,
        is_bold: true,
        colour,
    })
}

/// A line of the key: where its sign stands, its segment.
struct KeyEntry {
    at: (f64, f64),
    width: f64,
    place: u16,
    name: String,
}

/// Room for the name of a segment in the key, and for the longer one of a cluster, which says how its customers buy.
const SEGMENT_ENTRY: f64 = 132.0;
const CLUSTER_ENTRY: f64 = 270.0;

/// What the key of segments needs at a width, whatever the font.
pub(super) fn key_height(n_segments: usize, width: f64) -> f64 {
    height_of_entries(n_segments, width, SEGMENT_ENTRY)
}

/// What the key of clusters needs at a width, whatever the font.
pub(super) fn cluster_key_height(n_clusters: usize, width: f64) -> f64 {
    height_of_entries(n_clusters, width, CLUSTER_ENTRY)
}

fn height_of_entries(n_segments: usize, width: f64, entry: f64) -> f64 {
    let a_line = ((width / entry) as usize).max(1);
    n_segments.div_ceil(a_line) as f64 * LINE + 8.0
}

/// The key of the segments that have customers, in lines; each entry is a mark. Gives the height used.
pub(super) fn key(sketch: &mut Sketch<'_>, segments: &[SegmentProfile]) -> f64 {
    let entries = key_entries(sketch, segments);
    let height = entries
        .last()
        .map_or(0.0, |entry| entry.at.1 + LINE / 2.0 + 8.0);
    for entry in entries {
        let profile = &segments[usize::from(entry.place)];
        let segment = Some(entry.place);
        let (colour, marker) = sign(sketch, profile, entry.place);
        let (x, y) = entry.at;
        sketch
            .shapes
            .push(Shape::Point(marker, (x + 6.0, y), 5.0, colour));
        let ink = if sketch.is_selected(segment) {
            sketch.palette.ink
        } else {
            sketch.palette.ink_2
        };
        if sketch.is_selected(segment) {
            sketch.strong(entry.name, (x + 16.0, y), Anchor::Start, ink);
        } else {
            sketch.label(entry.name, (x + 16.0, y), Anchor::Start, ink);
        }
        let text = segment_text(sketch.look, profile);
        sketch.mark((x, y - LINE / 2.0, entry.width, LINE), text, segment);
    }
    height
}

fn key_entries(sketch: &Sketch<'_>, segments: &[SegmentProfile]) -> Vec<KeyEntry> {
    let width = f64::from(sketch.look.width);
    let (mut x, mut y) = (0.0, LINE / 2.0);
    let mut entries = Vec::new();
    for (place, profile) in segments
        .iter()
        .enumerate()
        .filter(|(_, own)| own.n_customers > 0)
    {
        let name = sketch.fitted(&sketch.look.words.label(&profile.label), width - 20.0);
        let needed = 16.0 + sketch.strong_width_of(&name);
        if x > 0.0 && x + needed > width {
            (x, y) = (0.0, y + LINE);
        }
        entries.push(KeyEntry {
            at: (x, y),
            width: needed,
            place: place as u16,
            name,
        });
        x += needed + 16.0;
    }
    entries
}

/// Colour and marker of a segment, dimmed where another one is selected.
pub(super) fn sign(sketch: &Sketch<'_>, profile: &SegmentProfile, place: u16) -> (Colour, Marker) {
    let (number, marker) = segment_sign(&profile.label, place);
    let colour = sketch.palette.segments[usize::from(number) - 1];
    (sketch.dimmed(colour, Some(place)), marker)
}

/// What a segment says of itself: its name, customers and revenue with their shares.
pub(super) fn segment_text(look: &Look, profile: &SegmentProfile) -> String {
    let words = look.words;
    let mut text = format!(
        "{}: {} ({})",
        words.label(&profile.label),
        words.customers(profile.n_customers),
        words.share(profile.customer_share)
    );
    if !profile.revenue.is_zero() {
        text.push_str(&format!(
            ", {} {} ({})",
            words.head_revenue(),
            words.money_full(profile.revenue),
            words.share(profile.revenue_share)
        ));
    }
    text
}

/// A row of the twin for each segment: customers, revenue, shares and medians.
pub(super) fn segments_twin(sketch: &mut Sketch<'_>, segments: &[SegmentProfile]) {
    let words = sketch.look.words;
    let counted = segments.first().map(|own| own.counted).unwrap_or_default();
    sketch.twin.head = [
        words.head_segment(),
        words.head_customers(),
        words.head_customer_share(),
        words.head_revenue(),
        words.head_revenue_share(),
        words.head_median_recency(),
        words.head_median_frequency(counted),
        words.head_median_monetary(),
    ]
    .map(str::to_owned)
    .to_vec();
    for profile in segments {
        let median =
            |text: fn(crate::text::Words, &crate::analysis::profile::Medians) -> String| {
                profile
                    .medians
                    .as_ref()
                    .map_or_else(|| "–".to_owned(), |own| text(words, own))
            };
        sketch.twin.rows.push(vec![
            words.label(&profile.label),
            words.count(profile.n_customers),
            words.share(profile.customer_share),
            words.money_full(profile.revenue),
            words.share(profile.revenue_share),
            median(|words, own| words.days(own.recency_days)),
            median(|words, own| words.decimal(own.frequency, 1)),
            median(|words, own| words.decimal(own.monetary, 2)),
        ]);
    }
}

/// The ramp of magnitudes from `left` at the height `y`, with what its ends stand for; as long as there is room.
pub(super) fn ramp(sketch: &mut Sketch<'_>, (left, y): (f64, f64), (start, end): (String, String)) {
    let texts = sketch.width_of(&start) + sketch.width_of(&end) + 16.0;
    let room = f64::from(sketch.look.width) - left - texts;
    let step = (room / 24.0).clamp(1.0, 4.0).floor();
    let ramp_left = left + sketch.width_of(&start) + 8.0;
    sketch.label(start, (left, y), Anchor::Start, sketch.palette.ink_2);
    for place in 0..24 {
        let colour = sketch.palette.ramp_at(f64::from(place) / 23.0);
        // Each step reaches to the end and is covered by the next: no seams.
        let left = ramp_left + f64::from(place) * step;
        let rest = f64::from(24 - place) * step;
        sketch.fill((left, y - 5.0, rest, 10.0), colour);
    }
    let at = (ramp_left + 24.0 * step + 8.0, y);
    sketch.label(end, at, Anchor::Start, sketch.palette.ink_2);
}

/// A plot's frame: left, top, right, bottom in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

/// Grid lines with their values at the left of a frame.
pub(super) fn value_axis(
    sketch: &mut Sketch<'_>,
    frame: Frame,
    scale: Scale,
    values: &[(f64, String)],
) {
    for (value, text) in values {
        let y = scale.at(*value);
        sketch.rule(frame.left, frame.right, y, sketch.palette.hairline);
        sketch.label(
            text.clone(),
            (frame.left - 8.0, y),
            Anchor::End,
            sketch.palette.ink_2,
        );
    }
}

/// Values under a frame, left out where they would touch the one before.
pub(super) fn base_axis(sketch: &mut Sketch<'_>, frame: Frame, ticks: &[(f64, String)]) {
    let order = places_in_order(ticks.len(), &|a, b| ticks[a].0.total_cmp(&ticks[b].0));
    sketch.rule(frame.left, frame.right, frame.bottom, sketch.palette.ink_2);
    let width = f64::from(sketch.look.width);
    let mut free_from = f64::MIN;
    for (x, text) in order.into_iter().map(|place| &ticks[place]) {
        let half = sketch.width_of(text) / 2.0;
        let middle = x.clamp(half, (width - half).max(half));
        if middle - half < free_from {
            continue;
        }
        sketch.fill((x.round(), frame.bottom, 1.0, 4.0), sketch.palette.ink_2);
        sketch.label(
            text.clone(),
            (middle, frame.bottom + 14.0),
            Anchor::Middle,
            sketch.palette.ink_2,
        );
        free_from = middle + half + 10.0;
    }
}

/// The caption under the values of a base axis, at its right end.
pub(super) fn base_caption(sketch: &mut Sketch<'_>, frame: Frame, caption: &str) {
    let caption = sketch.fitted(caption, f64::from(sketch.look.width));
    let at = (frame.right, frame.bottom + 34.0);
    sketch.label(caption, at, Anchor::End, sketch.palette.ink_2);
}

/// Points by segment: largest first so that small ones stay visible, the selected segment last.
pub(super) fn drawing_order(segments: &[u16], radii: &[f64], selected: Option<u16>) -> Vec<usize> {
    places_in_order(segments.len(), &|a, b| {
        let is_selected = |place: usize| Some(segments[place]) == selected;
        (is_selected(a).cmp(&is_selected(b))).then(radii[b].total_cmp(&radii[a]))
    })
}

//! A computed picture: what it says, what can be pointed at, its table twin and the shapes to be painted.
//!
//! All positions are CSS pixels from the upper left corner. A scene knows nothing of plotters or of the screen.

use super::theme::{Colour, Marker, Palette};
use super::{Look, Mark, Twin};

/// Measures text.
pub trait TextWidth {
    /// The width of `text` in CSS pixels.
    fn width(&self, text: &str, size: f64, is_bold: bool) -> f64;
}

/// Widths without a font: wide for Hangul and other CJK, narrow for the rest.
#[derive(Clone, Copy, Debug, Default)]
pub struct EstimatedWidth;

impl TextWidth for EstimatedWidth {
    fn width(&self, text: &str, size: f64, is_bold: bool) -> f64 {
        let em: f64 = text.chars().map(width_in_em).sum();
        em * size * if is_bold { 1.06 } else { 1.0 }
    }
}

fn width_in_em(character: char) -> f64 {
    match character {
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' => 0.95,
        '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' => 1.0,
        'i' | 'l' | 'j' | 't' | 'f' | '.' | ',' | ' ' | '·' | '\'' | '(' | ')' | ':' => 0.32,
        'm' | 'w' | 'M' | 'W' | '%' => 0.87,
        'A'..='Z' => 0.66,
        _ => 0.57,
    }
}

/// Where a text hangs on its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The point is at its left.
    Start,
    /// The point is in its middle.
    Middle,
    /// The point is at its right.
    End,
}

/// One line of text, centred on its point vertically.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The text.
    pub text: String,
    /// The point.
    pub at: (f64, f64),
    /// Where the text hangs on the point.
    pub anchor: Anchor,
    /// The font size.
    pub size: f64,
    /// Whether it is set in bold.
    pub is_bold: bool,
    /// The colour.
    pub colour: Colour,
}

/// Something to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle: left, top, width, height.
    Fill((f64, f64, f64, f64), Colour),
    /// The outline of a rectangle, inside its bounds, with its line width.
    Outline((f64, f64, f64, f64), Colour, f64),
    /// An open path with its line width.
    Path(Vec<(f64, f64)>, Colour, f64),
    /// A filled polygon.
    Polygon(Vec<(f64, f64)>, Colour),
    /// A point: centre, radius.
    Point(Marker, (f64, f64), f64, Colour),
    /// Text.
    Text(Label),
}

impl Shape {
    /// The same shape, `right` and `down` by so many CSS pixels.
    pub(super) fn moved(self, right: f64, down: f64) -> Self {
        let point = |(x, y): (f64, f64)| (x + right, y + down);
        let all = |points: Vec<(f64, f64)>| points.into_iter().map(point).collect();
        let bounds =
            |(x, y, width, height): (f64, f64, f64, f64)| (x + right, y + down, width, height);
        match self {
            Self::Fill(rectangle, colour) => Self::Fill(bounds(rectangle), colour),
            Self::Outline(rectangle, colour, width) => {
                Self::Outline(bounds(rectangle), colour, width)
            }
            Self::Path(points, colour, width) => Self::Path(all(points), colour, width),
            Self::Polygon(points, colour) => Self::Polygon(all(points), colour),
            Self::Point(marker, centre, radius, colour) => {
                Self::Point(marker, point(centre), radius, colour)
            }
            Self::Text(label) => Self::Text(Label {
                at: point(label.at),
                ..label
            }),
        }
    }
}

/// A computed picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// What the picture says, as a sentence.
    pub title: String,
    /// What can be pointed at, in the order of the keyboard walk.
    pub marks: Vec<Mark>,
    /// The same numbers as a table.
    pub twin: Twin,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// The ground.
    pub ground: Colour,
    /// What is painted, first to last.
    pub shapes: Vec<Shape>,
}

impl Scene {
    /// The mark at a point: the last painted one whose bounds hold it, by its place in `marks`.
    pub fn mark_at(&self, x: f64, y: f64) -> Option<usize> {
        let holds = |mark: &Mark| {
            let (left, top, width, height) = mark.bounds;
            (left..=left + width).contains(&x) && (top..=top + height).contains(&y)
        };
        self.marks.iter().rposition(holds)
    }
}

/// Where an arrow key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// ←
    Left,
    /// →
    Right,
    /// ↑
    Up,
    /// ↓
    Down,
}

impl Scene {
    /// The mark next to `from` in a direction: the nearest one that lies there, else the next one in order.
    /// Without a start it is the first mark; at the end of the order it stays.
    pub fn mark_towards(&self, from: Option<usize>, direction: Direction) -> Option<usize> {
        let last = self.marks.len().checked_sub(1)?;
        let Some(from) = from else {
            return Some(0);
        };
        let start = middle(self.marks.get(from)?);
        let distance = |place: usize| {
            let (x, y) = middle(&self.marks[place]);
            let (along, across) = match direction {
                Direction::Left => (start.0 - x, y - start.1),
                Direction::Right => (x - start.0, y - start.1),
                Direction::Up => (start.1 - y, x - start.0),
                Direction::Down => (y - start.1, x - start.0),
            };
            // What lies more to the side than ahead is not in this direction.
            (along > 0.5 && across.abs() <= along * 1.5).then_some(along + 2.0 * across.abs())
        };
        let ahead = (0..=last).filter_map(|place| Some((place, distance(place)?)));
        let nearest = ahead
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(place, _)| place);
        Some(nearest.unwrap_or(match direction {
            Direction::Left | Direction::Up => from.saturating_sub(1),
            Direction::Right | Direction::Down => (from + 1).min(last),
        }))
    }
}

fn middle(mark: &Mark) -> (f64, f64) {
    let (left, top, width, height) = mark.bounds;
    (left + width / 2.0, top + height / 2.0)
}

/// A scene in the making, with the look it is made for.
pub(super) struct Sketch<'a> {
    pub(super) look: &'a Look,
    pub(super) palette: &'static Palette,
    pub(super) text: &'a dyn TextWidth,
    pub(super) marks: Vec<Mark>,
    pub(super) twin: Twin,
    pub(super) shapes: Vec<Shape>,
}

/// The size of labels and of everything that is not a heading.
pub(super) const SMALL: f64 = 13.0;

impl<'a> Sketch<'a> {
    pub(super) fn new(look: &'a Look, text: &'a dyn TextWidth) -> Self {
        Self {
            look,
            palette: Palette::of(look.theme),
            text,
            marks: Vec::new(),
            twin: Twin::default(),
            shapes: Vec::new(),
        }
    }

    pub(super) fn finished(self, title: String) -> Scene {
        Scene {
            title,
            marks: self.marks,
            twin: self.twin,
            width: self.look.width,
            height: self.look.height,
            ground: self.palette.paper,
            shapes: self.shapes,
        }
    }

    pub(super) fn fill(&mut self, bounds: (f64, f64, f64, f64), colour: Colour) {
        self.shapes.push(Shape::Fill(bounds, colour));
    }

    /// A horizontal hairline.
    pub(super) fn rule(&mut self, left: f64, right: f64, y: f64, colour: Colour) {
        self.fill((left, y.round(), right - left, 1.0), colour);
    }

    /// A vertical dashed line.
    pub(super) fn dashes(&mut self, x: f64, top: f64, bottom: f64, colour: Colour) {
        let mut y = top;
        while y < bottom {
            self.fill((x.round(), y, 1.0, (bottom - y).min(4.0)), colour);
            y += 7.0;
        }
    }

    /// Small text.
    pub(super) fn label(
        &mut self,
        text: impl Into<String>,
        at: (f64, f64),
        anchor: Anchor,
        colour: Colour,
    ) {
        self.write(text.into(), at, anchor, colour, false);
    }

    /// Small text in bold.
    pub(super) fn strong(
        &mut self,
        text: impl Into<String>,
        at: (f64, f64),
        anchor: Anchor,
        colour: Colour,
    ) {
        self.write(text.into(), at, anchor, colour, true);
    }

    fn write(
        &mut self,
        text: String,
        at: (f64, f64),
        anchor: Anchor,
        colour: Colour,
        is_bold: bool,
    ) {
        self.shapes.push(Shape::Text(Label {
            text,
            at,
            anchor,
            size: SMALL,
            is_bold,
            colour,
        }));
    }

    pub(super) fn mark(
        &mut self,
        bounds: (f64, f64, f64, f64),
        text: String,
        segment: Option<u16>,
    ) {
        self.marks.push(Mark {
            bounds,
            text,
            segment,
        });
    }

    /// The width of small text.
    pub(super) fn width_of(&self, text: &str) -> f64 {
        self.text.width(text, SMALL, false)
    }

    /// The width of small bold text.
    pub(super) fn strong_width_of(&self, text: &str) -> f64 {
        self.text.width(text, SMALL, true)
    }

    /// `text`, shortened with an ellipsis where it is wider than `room`.
    pub(super) fn fitted(&self, text: &str, room: f64) -> String {
        if self.strong_width_of(text) <= room {
            return text.to_owned();
        }
        let mut short: String = text.to_owned();
        while short.pop().is_some() {
            let candidate = format!("{}…", short.trim_end());
            if self.strong_width_of(&candidate) <= room {
                return candidate;
            }
        }
        String::new()
    }

    /// The colour of what belongs to `segment` when something else is selected: nearer to the paper.
    pub(super) fn dimmed(&self, colour: Colour, segment: Option<u16>) -> Colour {
        match self.look.selected {
            Some(selected) if segment != Some(selected) => colour.mixed(self.palette.paper, 0.68),
            _ => colour,
        }
    }

    pub(super) fn is_selected(&self, segment: Option<u16>) -> bool {
        segment.is_some() && segment == self.look.selected
    }
}

/// `text` in lines no wider than `room`, broken at words where there are any.
pub(super) fn wrapped(text: &str, size: f64, room: f64, measure: &dyn TextWidth) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if measure.width(&format!("{line} {word}"), size, true) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_is_wider_than_latin() {
        let width = |text| EstimatedWidth.width(text, 13.0, false);
        assert!(width("고객") > 1.5 * width("ab"));
    }

    #[test]
    fn arrow_keys_walk_a_grid_and_never_leave_it() {
        let mark = |x: f64, y: f64| Mark {
            bounds: (x, y, 8.0, 8.0),
            text: String::new(),
            segment: None,
        };
        let scene = Scene {
            title: String::new(),
            marks: vec![
                mark(0.0, 0.0),
                mark(10.0, 0.0),
                mark(0.0, 10.0),
                mark(10.0, 10.0),
            ],
            twin: Twin::default(),
            width: 20,
            height: 20,
            ground: Palette::of(crate::charts::Theme::Light).paper,
            shapes: Vec::new(),
        };
        for (from, direction, to) in [
            (None, Direction::Right, 0),
            (Some(0), Direction::Right, 1),
            (Some(1), Direction::Down, 3),
            (Some(3), Direction::Left, 2),
            (Some(2), Direction::Up, 0),
            (Some(3), Direction::Right, 3),
        ] {
            assert_eq!(scene.mark_towards(from, direction), Some(to));
        }
        assert_eq!(scene.mark_at(12.0, 4.0), Some(1));
        assert_eq!(scene.mark_at(9.0, 9.0), None);
    }

    #[test]
    fn lines_break_at_words() {
        let lines = wrapped("aaaa bbbb cccc", 10.0, 55.0, &EstimatedWidth);
        assert_eq!(lines, ["aaaa bbbb", "cccc"]);
    }
}

//! A computed picture: what it says, what can be pointed at, its table twin and the shapes to be painted.
//!
//! All positions are CSS pixels from the upper left corner. A scene knows nothing of plotters or of the screen.

use super::theme::{Colour, Marker};
use super::{Mark, Twin};

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
    /// A filled polygon that what is below it shows through.
    Veil(Vec<(f64, f64)>, Colour),
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
            Self::Veil(points, colour) => Self::Veil(all(points), colour),
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
            ground: Colour(255, 255, 255),
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
}

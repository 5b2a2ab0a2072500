//! A scene through plotters onto any backend, at device pixels.
//!
//! Axis-parallel lines are painted as filled rectangles on whole pixels, so that they are sharp at every pixel ratio.

use plotters::coord::Shift;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{DrawingArea, DrawingBackend, IntoDrawingArea, RGBColor};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle};

use super::scene::{Anchor, Label, Scene, Shape};
use super::theme::{Colour, Marker};

/// The fonts of every picture, Hangul first-class; the same list as `--font`.
pub const FONTS: &str = "Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', system-ui, sans-serif";

/// How much of what is below a veil hides.
const VEIL: f64 = 0.18;

/// The backend refused to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the picture could not be drawn")]
pub struct PaintError;

/// How a backend reads the size and the middle of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TextHabit {
    /// Factor on the font size.
    pub(super) size: f64,
    /// Shift downwards, in font sizes.
    pub(super) shift: f64,
}

impl Scene {
    /// Paints onto `backend`, whose size is the scene's times `pixel_ratio`.
    ///
    /// # Errors
    /// [`PaintError`] where the backend fails.
    pub fn paint<B: DrawingBackend>(&self, backend: B, pixel_ratio: f64) -> Result<(), PaintError> {
        self.paint_with(
            backend,
            pixel_ratio,
            TextHabit {
                size: 1.0,
                shift: 0.0,
            },
        )
    }

    pub(super) fn paint_with<B: DrawingBackend>(
        &self,
        backend: B,
        pixel_ratio: f64,
        habit: TextHabit,
    ) -> Result<(), PaintError> {
        let brush = Brush {
            area: backend.into_drawing_area(),
            ratio: pixel_ratio,
            habit,
        };
        brush.area.fill(&rgb(self.ground)).map_err(|_| PaintError)?;
        for shape in &self.shapes {
            brush.paint(shape)?;
        }
        brush.area.present().map_err(|_| PaintError)
    }
}

struct Brush<B: DrawingBackend> {
    area: DrawingArea<B, Shift>,
    ratio: f64,
    habit: TextHabit,
}

impl<B: DrawingBackend> Brush<B> {
    fn paint(&self, shape: &Shape) -> Result<(), PaintError> {
        match shape {
            Shape::Fill(bounds, colour) => self.fill(*bounds, *colour),
            Shape::Outline(bounds, colour, width) => self.outline(*bounds, *colour, *width),
            Shape::Path(points, colour, width) => {
                let style = self.stroke(*colour, *width);
                let path = PathElement::new(self.all(points), style);
                self.area.draw(&path).map_err(|_| PaintError)
            }
            Shape::Polygon(points, colour) => {
                let polygon = Polygon::new(self.all(points), rgb(*colour).filled());
                self.area.draw(&polygon).map_err(|_| PaintError)
            }
            Shape::Veil(points, colour) => {
                let style = rgb(*colour).mix(VEIL).filled();
                let polygon = Polygon::new(self.all(points), style);
                self.area.draw(&polygon).map_err(|_| PaintError)
            }
            Shape::Point(marker, centre, radius, colour) => {
                self.point(*marker, *centre, *radius, *colour)
            }
            Shape::Text(label) => self.text(label),
        }
    }

    fn fill(
        &self,
        (left, top, width, height): (f64, f64, f64, f64),
        colour: Colour,
    ) -> Result<(), PaintError> {
        let (x, y) = self.at((left, top));
        let (right, bottom) = self.at((left + width, top + height));
        // A sliver stays visible: whatever has a size is at least one device pixel.
        let far = (right.max(x + 1), bottom.max(y + 1));
        let rectangle = Rectangle::new([(x, y), far], rgb(colour).filled());
        self.area.draw(&rectangle).map_err(|_| PaintError)
    }

    fn outline(
        &self,
        (left, top, width, height): (f64, f64, f64, f64),
        colour: Colour,
        line: f64,
    ) -> Result<(), PaintError> {
        let sides = [
            (left, top, width, line),
            (left, top + height - line, width, line),
            (left, top, line, height),
            (left + width - line, top, line, height),
        ];
        sides
            .into_iter()
            .try_for_each(|side| self.fill(side, colour))
    }

    fn point(
        &self,
        marker: Marker,
        (x, y): (f64, f64),
        radius: f64,
        colour: Colour,
    ) -> Result<(), PaintError> {
        // Equal areas look equally large: each form has the area of the circle.
        let corners = match marker {
            Marker::Circle => {
                let size = (radius * self.ratio).round() as i32;
                let circle = Circle::new(self.at((x, y)), size, rgb(colour).filled());
                return self.area.draw(&circle).map_err(|_| PaintError);
            }
            Marker::Square => {
                let half = radius * 0.886;
                return self.fill((x - half, y - half, 2.0 * half, 2.0 * half), colour);
            }
            Marker::Triangle => {
                let half = radius * 1.25;
                vec![
                    (x, y - half),
                    (x + half, y + half * 0.8),
                    (x - half, y + half * 0.8),
                ]
            }
            Marker::Diamond => {
                let half = radius * 1.25;
                vec![(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
            }
            Marker::Wedge => {
                let half = radius * 1.25;
                vec![
                    (x, y + half),
                    (x + half, y - half * 0.8),
                    (x - half, y - half * 0.8),
                ]
            }
            Marker::Cross => {
                let (long, thin) = (radius * 1.15, radius * 0.42);
                let corner = |(right, down)| (x + right, y + down);
                // Each arm from its left corner on, clockwise from the upper one.
                [
                    (-thin, -long),
                    (thin, -long),
                    (thin, -thin),
                    (long, -thin),
                    (long, thin),
                    (thin, thin),
                    (thin, long),
                    (-thin, long),
                    (-thin, thin),
                    (-long, thin),
                    (-long, -thin),
                    (-thin, -thin),
                ]
                .map(corner)
                .to_vec()
            }
        };
        self.paint(&Shape::Polygon(corners, colour))
    }

    fn text(&self, label: &Label) -> Result<(), PaintError> {
        let style = if label.is_bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let size = label.size * self.ratio * self.habit.size;
        let horizontal = match label.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let colour = rgb(label.colour);
        let style = TextStyle::from(FontDesc::new(FontFamily::Name(FONTS), size, style))
            .color(&colour)
            .pos(Pos::new(horizontal, VPos::Center));
        let point = self.at((label.at.0, label.at.1 + label.size * self.habit.shift));
        let text = Text::new(label.text.as_str(), point, style);
        self.area.draw(&text).map_err(|_| PaintError)
    }

    fn stroke(&self, colour: Colour, width: f64) -> ShapeStyle {
        rgb(colour).stroke_width((width * self.ratio).round().max(1.0) as u32)
    }

    fn at(&self, (x, y): (f64, f64)) -> (i32, i32) {
        (
            (x * self.ratio).round() as i32,
            (y * self.ratio).round() as i32,
        )
    }

    fn all(&self, points: &[(f64, f64)]) -> Vec<(i32, i32)> {
        points.iter().map(|point| self.at(*point)).collect()
    }
}

const fn rgb(Colour(red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}

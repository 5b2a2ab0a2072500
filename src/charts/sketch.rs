//! A scene in the making: the brushes that charts draw with, in the colours and words of one look.

use super::scene::{Anchor, Label, Scene, Shape, TextWidth};
use super::theme::{Colour, Palette};
use super::{Look, Mark, Twin};

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

    /// `text` in at most `most` lines no wider than `room`, broken at words; what is too long is shortened.
    pub(super) fn lines(&self, text: &str, room: f64, most: usize) -> Vec<String> {
        let mut lines = wrapped(text, SMALL, room, self.text);
        let rest = lines.split_off(lines.len().min(most.saturating_sub(1)));
        lines.push(rest.join(" "));
        lines.iter().map(|line| self.fitted(line, room)).collect()
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
    use crate::charts::EstimatedWidth;

    #[test]
    fn lines_break_at_words() {
        let lines = wrapped("aaaa bbbb cccc", 10.0, 55.0, &EstimatedWidth);
        assert_eq!(lines, ["aaaa bbbb", "cccc"]);
    }
}

//! A scene as an SVG document: text stays text, four units a CSS pixel, a title for screen readers.

use plotters::backend::SVGBackend;

use super::paint::TextHabit;
use super::scene::Scene;

/// Units a CSS pixel: plotters counts in whole units.
const UNITS: u32 = 4;

/// plotters' SVG backend divides font sizes by 1.24 and hangs the middle of a text 0.5 ex above its baseline.
const HABIT: TextHabit = TextHabit {
    size: 1.24,
    shift: 0.08,
};

impl Scene {
    /// The picture as an SVG document; empty where it cannot be drawn, which the SVG backend never says.
    pub fn svg(&self) -> String {
        let size = (self.width * UNITS, self.height * UNITS);
        let mut body = String::new();
        let backend = SVGBackend::with_string(&mut body, size);
        if self.paint_with(backend, f64::from(UNITS), HABIT).is_err() {
            return String::new();
        }
        let content = body.split_once('\n').map_or("", |(_, content)| content);
        // 13 * 4 * 1.24 / 1.24 is not quite 52 in binary.
        let content = content.replace(".00000000000001\"", "\"");
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\">\n<title>{}</title>\n{content}",
            self.width,
            self.height,
            size.0,
            size.1,
            escaped(&self.title),
        )
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

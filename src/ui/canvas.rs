//! plotters on a `<canvas>`: plotters-canvas draws, this wrapper measures and writes text.
//!
//! plotters measures text with a styled `<span>`, which a strict `style-src` blocks; here the canvas measures. Texts
//! hang on their baseline, so that Latin, figures and Hangul are centred by eye.

use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontTransform,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::charts::{FONTS, TextWidth};

/// How far below the middle of a text its baseline is, in font sizes: half the height of a capital.
const BASELINE: f64 = 0.36;

/// A canvas as a drawing backend.
pub(super) struct Canvas {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    /// A backend for `canvas`; `None` where it has no 2-D context.
    pub(super) fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = context_of(&canvas)?;
        let inner = CanvasBackend::with_canvas_object(canvas)?;
        Some(Self { inner, context })
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

type Error = <CanvasBackend as DrawingBackend>::ErrorType;
type Drawn<T = ()> = Result<T, DrawingErrorKind<Error>>;

impl DrawingBackend for Canvas {
    type ErrorType = Error;

    fn get_size(&self) -> (u32, u32) {
        self.inner.get_size()
    }

    fn ensure_prepared(&mut self) -> Drawn {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Drawn {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn {
        self.inner.draw_pixel(point, colour)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        is_filled: bool,
    ) -> Drawn {
        self.inner
            .draw_rect(upper_left, lower_right, style, is_filled)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.inner.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        is_filled: bool,
    ) -> Drawn {
        self.inner.draw_circle(centre, radius, style, is_filled)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.inner.fill_polygon(corners, style)
    }

    /// Upright text, centred vertically on its point: the only kind that the charts write.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        if !matches!(style.transform(), FontTransform::None) {
            return self.inner.draw_text(text, style, at);
        }
        let (red, green, blue) = style.color().rgb;
        self.context
            .set_fill_style_str(&format!("rgb({red},{green},{blue})"));
        self.context.set_text_baseline("alphabetic");
        self.context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        let size = style.size();
        self.context
            .set_font(&font(style.style().as_str(), size, style.family().as_str()));
        let baseline = f64::from(at.1) + size * BASELINE;
        // A context that refuses to write leaves a picture without that text; its twin still has it.
        let _ = self
            .context
            .fill_text(text, f64::from(at.0), baseline.round());
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(&self, text: &str, style: &S) -> Drawn<(u32, u32)> {
        let size = style.size();
        self.context
            .set_font(&font(style.style().as_str(), size, style.family().as_str()));
        let width = self
            .context
            .measure_text(text)
            .map_or(0.0, |measured| measured.width());
        Ok((width.ceil() as u32, (size * 1.2).ceil() as u32))
    }
}

/// Measures text as a canvas writes it.
pub(super) struct CanvasWidth(CanvasRenderingContext2d);

impl CanvasWidth {
    /// A ruler that uses the context of `canvas`.
    pub(super) fn new(canvas: &HtmlCanvasElement) -> Option<Self> {
        context_of(canvas).map(Self)
    }
}

impl TextWidth for CanvasWidth {
    fn width(&self, text: &str, size: f64, is_bold: bool) -> f64 {
        self.0
            .set_font(&font(if is_bold { "bold" } else { "normal" }, size, FONTS));
        self.0
            .measure_text(text)
            .map_or(0.0, |measured| measured.width())
    }
}

fn font(style: &str, size: f64, family: &str) -> String {
    format!("{style} {size}px {family}")
}

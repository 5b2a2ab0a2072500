//! plotters on a `<canvas>`: plotters-canvas draws, this wrapper measures and writes text.
//!
//! plotters measures text with a styled `<span>`, which a strict `style-src` blocks; here the canvas measures. Texts
//! hang on their baseline, so that Latin, figures and Hangul are centred by eye. Colours and fonts are said only where
//! they change: reading them costs a browser more than painting a point.

use std::cell::RefCell;

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
    /// The colour that is filled with, as far as it is known.
    colour: Option<BackendColor>,
    font: FontInUse,
}

/// The font that a context was last given.
#[derive(Default)]
struct FontInUse(RefCell<String>);

impl FontInUse {
    fn change(&self, context: &CanvasRenderingContext2d, font: String) {
        if *self.0.borrow() != font {
            context.set_font(&font);
            self.0.replace(font);
        }
    }
}

impl Canvas {
    /// A backend for `canvas`; `None` where it has no 2-D context.
    pub(super) fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = context_of(&canvas)?;
        let inner = CanvasBackend::with_canvas_object(canvas)?;
        Some(Self {
            inner,
            context,
            colour: None,
            font: FontInUse::default(),
        })
    }

    fn fill_with(&mut self, colour: BackendColor) {
        let is_same = |known: BackendColor| {
            known.rgb == colour.rgb && known.alpha.to_bits() == colour.alpha.to_bits()
        };
        if !self.colour.is_some_and(is_same) {
            let ((red, green, blue), alpha) = (colour.rgb, colour.alpha);
            self.context
                .set_fill_style_str(&format!("rgba({red},{green},{blue},{alpha})"));
            self.colour = Some(colour);
        }
    }

    /// What plotters-canvas draws, it draws in colours of its own.
    fn other(&mut self) -> &mut CanvasBackend {
        self.colour = None;
        &mut self.inner
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
        self.other().draw_pixel(point, colour)
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
        if !is_filled {
            return self
                .other()
                .draw_rect(upper_left, lower_right, style, false);
        }
        self.fill_with(style.color());
        let [left, top, right, bottom] =
            [upper_left.0, upper_left.1, lower_right.0, lower_right.1].map(f64::from);
        self.context
            .fill_rect(left, top, right - left, bottom - top);
        Ok(())
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
        if !is_filled {
            return self.other().draw_circle(centre, radius, style, false);
        }
        self.fill_with(style.color());
        self.context.begin_path();
        let (x, y) = (f64::from(centre.0), f64::from(centre.1));
        // Refused only for a negative radius, and there is none.
        let _ = self
            .context
            .arc(x, y, f64::from(radius), 0.0, std::f64::consts::TAU);
        self.context.fill();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.fill_with(style.color());
        self.context.begin_path();
        for (place, (x, y)) in corners.into_iter().enumerate() {
            let (x, y) = (f64::from(x), f64::from(y));
            if place == 0 {
                self.context.move_to(x, y);
            } else {
                self.context.line_to(x, y);
            }
        }
        self.context.close_path();
        self.context.fill();
        Ok(())
    }

    /// Upright text, centred vertically on its point: the only kind that the charts write.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        if !matches!(style.transform(), FontTransform::None) {
            return self.other().draw_text(text, style, at);
        }
        self.fill_with(style.color());
        self.context.set_text_baseline("alphabetic");
        self.context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        let size = style.size();
        let font = font(style.style().as_str(), size, style.family().as_str());
        self.font.change(&self.context, font);
        let baseline = f64::from(at.1) + size * BASELINE;
        // A context that refuses to write leaves a picture without that text; its twin still has it.
        let _ = self
            .context
            .fill_text(text, f64::from(at.0), baseline.round());
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(&self, text: &str, style: &S) -> Drawn<(u32, u32)> {
        let size = style.size();
        let font = font(style.style().as_str(), size, style.family().as_str());
        self.font.change(&self.context, font);
        let width = self
            .context
            .measure_text(text)
            .map_or(0.0, |measured| measured.width());
        Ok((width.ceil() as u32, (size * 1.2).ceil() as u32))
    }
}

/// Measures text as a canvas writes it.
pub(super) struct CanvasWidth {
    context: CanvasRenderingContext2d,
    font: FontInUse,
}

impl CanvasWidth {
    /// A ruler that uses the context of `canvas`.
    pub(super) fn new(canvas: &HtmlCanvasElement) -> Option<Self> {
        Some(Self {
            context: context_of(canvas)?,
            font: FontInUse::default(),
        })
    }
}

impl TextWidth for CanvasWidth {
    fn width(&self, text: &str, size: f64, is_bold: bool) -> f64 {
        let font = font(if is_bold { "bold" } else { "normal" }, size, FONTS);
        self.font.change(&self.context, font);
        self.context
            .measure_text(text)
            .map_or(0.0, |measured| measured.width())
    }
}

fn font(style: &str, size: f64, family: &str) -> String {
    format!("{style} {size}px {family}")
}

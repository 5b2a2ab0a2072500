//! The arithmetic of a list that is longer than a browser can scroll: which row stands on top at which offset.
//!
//! Invariant: rows always stand whole; the first and the last row can be reached whatever their number.

/// Height of a row in CSS pixels, as in the style sheet.
pub(super) const ROW_HEIGHT: f64 = 36.0;
/// Rows that are seen at once.
pub(super) const N_VISIBLE: u64 = 15;
/// Browsers stop scrolling somewhere beyond this many pixels.
const MOST_PIXELS: f64 = 8_000_000.0;

/// A list of some length, scrolled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scroll {
    /// Rows in all.
    pub(super) n_rows: u64,
}

impl Scroll {
    /// The largest number of the row on top, from 0.
    pub(super) const fn last_first(self) -> u64 {
        self.n_rows.saturating_sub(N_VISIBLE)
    }

    /// Pixels of scrolling for one row: its height, or less where there are too many.
    fn pixels_per_row(self) -> f64 {
        ROW_HEIGHT.min(MOST_PIXELS / self.n_rows.max(1) as f64)
    }

    /// How far the list can be scrolled, in pixels.
    pub(super) fn range(self) -> f64 {
        self.last_first() as f64 * self.pixels_per_row()
    }

    /// The row on top at a scroll offset.
    pub(super) fn first_at(self, offset: f64) -> u64 {
        ((offset / self.pixels_per_row()).round() as u64).min(self.last_first())
    }

    /// The scroll offset at which this row is on top.
    pub(super) fn offset_of(self, first: u64) -> f64 {
        first.min(self.last_first()) as f64 * self.pixels_per_row()
    }

    /// The row on top after a key, where the key moves the list.
    pub(super) fn first_after(self, key: &str, first: u64) -> Option<u64> {
        let moved = match key {
            "ArrowDown" => first + 1,
            "ArrowUp" => first.saturating_sub(1),
            "PageDown" | " " => first + N_VISIBLE - 1,
            "PageUp" => first.saturating_sub(N_VISIBLE - 1),
            "Home" => 0,
            "End" => self.last_first(),
            _ => return None,
        };
        Some(moved.min(self.last_first()))
    }
}

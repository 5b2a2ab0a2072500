//! Groups over columns: a row whose names hold for several columns each, `sales,,,costs,,` or `2022,2022,2023,2023`,
//! above the row that names the columns within them.

use super::cells::{count_of, is_name, is_period, is_unit, year_of};
use super::units::is_unit_word;

/// What two rows that follow each other make of the columns.
pub(super) struct Groups<'a> {
    above: &'a [String],
    row: &'a [String],
}

impl<'a> Groups<'a> {
    /// Of the row `above` and the `row` under it.
    pub(super) const fn new(above: &'a [String], row: &'a [String]) -> Self {
        Self { above, row }
    }

    fn upper(&self, place: usize) -> &str {
        self.above.get(place).map_or("", |cell| cell.trim())
    }

    fn lower(&self, place: usize) -> &str {
        self.row.get(place).map_or("", |cell| cell.trim())
    }

    /// Whether each column is named by one of both rows, groups hold for the columns on their right, and every cell is
    /// a name, a period or a part of one. `typed` are the columns of values; `is_keyed` where the first column's cells
    /// are filled in the rows below.
    pub(super) fn are_named(&self, typed: &[usize], is_keyed: bool) -> bool {
        let covered = self.covered();
        let n_covered = covered.iter().filter(|is_covered| **is_covered).count();
        let is_named = |&place: &usize| {
            covered[place] || !self.upper(place).is_empty() || !self.lower(place).is_empty()
        };
        let mut places = 0..self.row.len();
        n_covered > 0
            && self.is_corner(is_keyed)
            && places.all(|place| self.is_group(place))
            && ((0..self.row.len()).all(|place| self.is_part(place)) || self.are_counts())
            && typed.iter().all(is_named)
    }

    /// By column, whether the name above a column on its left holds for it, too. What stands alone in its column, and
    /// the first column, is no group.
    fn covered(&self) -> Vec<bool> {
        let mut is_open = false;
        let mut covered = Vec::with_capacity(self.row.len());
        for place in 0..self.row.len() {
            let (upper, lower) = (self.upper(place), self.lower(place));
            if upper.is_empty() {
                covered.push(is_open);
                continue;
            }
            let is_same = place > 0 && upper == self.upper(place - 1);
            covered.push(is_same && lower != self.lower(place - 1));
            is_open = place > 0 && !lower.is_empty();
        }
        covered
    }

    /// What stands in the first column: a name in one of both rows, or the same in both.
    fn is_corner(&self, is_keyed: bool) -> bool {
        let n_groups = self
            .above
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count();
        match (self.upper(0), self.lower(0)) {
            ("", "") => n_groups > 1,
            ("", _) => n_groups > 1,
            (_, "") => is_keyed && n_groups > 1,
            (upper, lower) => upper == lower,
        }
    }

    fn is_group(&self, place: usize) -> bool {
        let cell = self.upper(place);
        cell.is_empty() || (is_name(cell.as_bytes()) || is_period(cell)) && !is_unit(cell)
    }

    fn is_part(&self, place: usize) -> bool {
        let cell = self.lower(place);
        cell.is_empty()
            || is_name(cell.as_bytes())
            || is_unit_word(cell)
            || is_period(cell)
            || year_of(cell).is_some()
    }

    fn begins_group(&self, place: usize) -> bool {
        !self.upper(place).is_empty() && self.upper(place) != self.upper(place - 1)
    }

    /// Months or weeks by number under years: `1,2,3,1,2,3`, one more each, beginning anew with a group.
    fn are_counts(&self) -> bool {
        let is_count =
            |place: usize| self.lower(place).is_empty() || count_of(self.lower(place)).is_some();
        let steps = (1..self.row.len()).all(|place| {
            let counts = (count_of(self.lower(place - 1)), count_of(self.lower(place)));
            match counts {
                (Some(before), Some(count)) => count == before + 1 || self.begins_group(place),
                _ => true,
            }
        });
        let is_first = |place: usize| is_count(place) || place == 0 && self.is_part(0);
        steps && (0..self.row.len()).all(is_first)
    }
}

//! The filled cells of a sheet, in one piece of memory: twelve bytes for each and its text.
//!
//! Memory follows what is filled, not the area: a single cell in the last row of the last column costs as much as
//! any other. Cells may come in any order; of two in one place the later one counts.

use crate::data::WorkbookProblem;

/// The most filled cells that are read: a full sheet of 38 columns.
pub(super) const MAX_CELLS: usize = 40_000_000;
/// The most text that is kept, in bytes; positions are 32 bits.
const MAX_TEXT: usize = 1 << 30;

/// Rows and columns of the largest sheet there is.
const MAX_ROWS: u32 = 1 << 20;
const MAX_COLUMNS: u32 = 1 << 14;

/// Set in a cell's column where it holds text rather than a number or a date.
const IS_TEXT: u32 = 1 << 31;

/// The filled cells of a sheet, and what could not be had.
#[derive(Debug, Default)]
pub(super) struct Grid {
    cells: Vec<Place>,
    text: Vec<u8>,
    is_sorted: bool,
    /// Cells with `#N/A` and its like.
    pub(super) n_errors: u64,
    /// Formulas that came without a value.
    pub(super) n_without_value: u64,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    row: u32,
    column: u32,
    start: u32,
}

/// A filled cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filled<'a> {
    pub(super) column: u32,
    pub(super) is_text: bool,
    pub(super) text: &'a [u8],
}

impl Grid {
    pub(super) fn new() -> Self {
        Self {
            is_sorted: true,
            ..Self::default()
        }
    }

    /// Adds a cell; one without text is none.
    ///
    /// # Errors
    /// [`WorkbookProblem::TooManyCells`].
    pub(super) fn push(
        &mut self,
        (row, column): (u32, u32),
        text: &[u8],
        is_text: bool,
    ) -> Result<(), WorkbookProblem> {
        if text.is_empty() {
            return Ok(());
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(WorkbookProblem::Damaged);
        }
        if self.cells.len() >= MAX_CELLS || self.text.len() + text.len() >= MAX_TEXT {
            let limit = self.cells.len() as u64;
            return Err(WorkbookProblem::TooManyCells { limit });
        }
        if let Some(last) = self.cells.last() {
            self.is_sorted &= last.position() < (row, column);
        }
        self.cells.push(Place {
            row,
            column: column | if is_text { IS_TEXT } else { 0 },
            start: self.text.len() as u32,
        });
        self.text.extend_from_slice(text);
        Ok(())
    }

    /// The same cells by row and column, one for each place.
    pub(super) fn sorted(self) -> Self {
        if self.is_sorted {
            return self;
        }
        let mut order: Vec<usize> = (0..self.cells.len()).collect();
        order.sort_by_key(|&at| self.cells[at].position());
        let mut sorted = Self {
            n_errors: self.n_errors,
            n_without_value: self.n_without_value,
            ..Self::new()
        };
        for (nth, &at) in order.iter().enumerate() {
            let place = self.cells[at];
            let is_replaced = order
                .get(nth + 1)
                .is_some_and(|&next| self.cells[next].position() == place.position());
            if !is_replaced {
                sorted.cells.push(Place {
                    start: sorted.text.len() as u32,
                    ..place
                });
                sorted.text.extend_from_slice(self.text_of(at));
            }
        }
        sorted
    }

    /// The rows that have cells, top to bottom, each with its cells from left to right. Of a sorted grid.
    pub(super) fn rows(
        &self,
    ) -> impl Iterator<Item = (u32, impl Iterator<Item = Filled<'_>> + Clone)> {
        let mut first = 0;
        std::iter::from_fn(move || {
            let row = self.cells.get(first)?.row;
            let n_cells = self.cells[first..]
                .iter()
                .take_while(|c| c.row == row)
                .count();
            let cells = first..first + n_cells;
            first += n_cells;
            Some((row, cells.map(|at| self.filled(at))))
        })
    }

    /// The columns that have cells, from left to right.
    pub(super) fn columns(&self) -> Vec<u32> {
        let mut is_used = Vec::new();
        for cell in &self.cells {
            let column = cell.position().1 as usize;
            if is_used.len() <= column {
                is_used.resize(column + 1, false);
            }
            is_used[column] = true;
        }
        let used = is_used.iter().enumerate().filter(|(_, is_used)| **is_used);
        used.map(|(column, _)| column as u32).collect()
    }

    fn filled(&self, at: usize) -> Filled<'_> {
        let Place { column, .. } = self.cells[at];
        Filled {
            column: column & !IS_TEXT,
            is_text: column & IS_TEXT != 0,
            text: self.text_of(at),
        }
    }

    fn text_of(&self, at: usize) -> &[u8] {
        let end = self
            .cells
            .get(at + 1)
            .map_or(self.text.len(), |next| next.start as usize);
        &self.text[self.cells[at].start as usize..end]
    }
}

impl Place {
    const fn position(self) -> (u32, u32) {
        (self.row, self.column & !IS_TEXT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(cells: &[((u32, u32), &str)]) -> Grid {
        let mut grid = Grid::new();
        for (place, text) in cells {
            grid.push(*place, text.as_bytes(), true).unwrap();
        }
        grid.sorted()
    }

    fn story(grid: &Grid) -> Vec<(u32, Vec<(u32, String)>)> {
        let text =
            |cell: Filled<'_>| (cell.column, String::from_utf8_lossy(cell.text).into_owned());
        grid.rows()
            .map(|(row, cells)| (row, cells.map(text).collect()))
            .collect()
    }

    #[test]
    fn cells_in_any_order_make_the_same_rows_and_the_later_of_two_counts() {
        let tidy = grid(&[((0, 0), "a"), ((0, 2), "b"), ((7, 1), "c")]);
        let mixed = grid(&[((7, 1), "x"), ((0, 2), "b"), ((7, 1), "c"), ((0, 0), "a")]);
        let expected = vec![
            (0, vec![(0, "a".to_owned()), (2, "b".to_owned())]),
            (7, vec![(1, "c".to_owned())]),
        ];
        assert_eq!(story(&tidy), expected);
        assert_eq!(story(&mixed), expected);
        assert_eq!(mixed.columns(), [0, 1, 2]);
    }

    #[test]
    fn a_far_cell_takes_no_more_room_than_a_near_one() {
        let far = grid(&[((0, 0), "a"), ((1_048_575, 16_383), "b")]);
        assert_eq!((far.cells.len(), far.text.len()), (2, 2));
        assert_eq!(far.columns(), [0, 16_383]);
    }
}

//! A header with merged cells, as one name for each column.
//!
//! A merged cell is written for each column that it stands over, and rows of names below it become one with it.
//! Invariant: a row is joined only if nothing in it reads as a number or a date, it names every column that was left
//! open, and the row below has values. In doubt it stays a row, which the ledger accounts for.

use super::grid::{Filled, Grid};
use super::sheets::Merged;

/// The most header rows that are joined.
const MAX_ROWS: usize = 5;

/// Header rows with merged cells, joined.
pub(super) struct Header {
    pub(super) first: u32,
    pub(super) last: u32,
    /// A name for each column that has cells; empty where there is none.
    pub(super) names: Vec<Vec<u8>>,
}

struct Row<'a> {
    number: u32,
    cells: Vec<Filled<'a>>,
}

impl Header {
    /// `None` where the first row is no header or has no merged cells. A title above it, one cell alone, is no header.
    pub(super) fn of(grid: &Grid, merged: &[Merged], columns: &[u32]) -> Option<Self> {
        let rows: Vec<Row<'_>> = grid
            .rows()
            .map(|(number, cells)| (number, cells.collect()))
            .map(|(number, cells): (u32, Vec<_>)| Row { number, cells })
            .skip_while(|row| row.cells.len() < 2)
            .take(MAX_ROWS + 1)
            .collect();
        let first = rows.first().filter(|row| !row.has_value())?;
        let merged = merged.iter().filter(|one| one.first.0 >= first.number);
        let merged: Vec<Merged> = merged.copied().collect();
        if !merged.iter().any(|one| one.first.0 == first.number) {
            return None;
        }
        let pairs = rows.windows(2).take(MAX_ROWS - 1);
        let n_below = pairs
            .take_while(|pair| are_joined(&pair[0], &pair[1], &merged, columns))
            .count();
        // Names have values below them: a table of words alone shows no second row of names.
        let has_values = rows.get(n_below + 1).is_some_and(Row::has_value);
        let rows = &rows[..=if has_values { n_below } else { 0 }];
        Some(Self {
            first: first.number,
            last: rows.last()?.number,
            names: names(rows, &merged, columns),
        })
    }

    pub(super) fn has(&self, row: u32) -> bool {
        (self.first..=self.last).contains(&row)
    }
}

impl Row<'_> {
    fn has_value(&self) -> bool {
        self.cells.iter().any(|cell| is_value(*cell))
    }
}

/// Whether a cell may be a number, a date or an amount with its unit: no name of a column.
fn is_value(cell: Filled<'_>) -> bool {
    let count = |is_it: fn(&u8) -> bool| cell.text.iter().filter(|byte| is_it(byte)).count();
    let n_digits = count(u8::is_ascii_digit);
    let n_ascii_letters = count(u8::is_ascii_alphabetic);
    // The first byte of a letter beyond ASCII stands for it.
    let n_letters = n_ascii_letters + count(|&byte| byte >= 0xc0);
    let starts_with_digit = cell.text.first().is_some_and(u8::is_ascii_digit);
    !cell.is_text || n_digits > 0 && (starts_with_digit || n_digits >= n_letters)
}

/// Whether `below` goes on with the names of `above`: it names the columns that a name of several stands over, and
/// beside a name of several rows all others.
fn are_joined(above: &Row<'_>, below: &Row<'_>, merged: &[Merged], columns: &[u32]) -> bool {
    if below.number != above.number + 1 || below.has_value() {
        return false;
    }
    let is_over = |one: &Merged, column| (one.first.1..=one.last.1).contains(&column);
    let is_open = |column: &u32| {
        let ends_above = |one: &&Merged| one.last.0 == above.number && one.last.1 > one.first.1;
        let mut above = merged.iter().filter(ends_above);
        above.any(|one| is_over(one, *column))
    };
    let is_covered = |column: &u32| {
        let reaches = |one: &&Merged| one.first.0 <= above.number && one.last.0 >= below.number;
        let mut reaching = merged.iter().filter(reaches);
        reaching.any(|one| is_over(one, *column))
    };
    let is_filled = |column: &u32| {
        let reach = |cell: &Filled<'_>| end_of(*cell, below.number, merged);
        let mut cells = below.cells.iter();
        cells.any(|cell| (cell.column..=reach(cell)).contains(column))
    };
    let has_open = columns.iter().any(is_open);
    let has_covered = columns.iter().any(is_covered);
    let is_named = |column: &u32| match is_filled(column) {
        true => is_open(column) || has_covered && !is_covered(column),
        false => is_covered(column) || has_open && !is_open(column),
    };
    (has_open || has_covered) && columns.iter().all(is_named)
}

/// The last column that a cell stands over.
fn end_of(cell: Filled<'_>, row: u32, merged: &[Merged]) -> u32 {
    let mut own = merged.iter();
    own.find(|one| one.first == (row, cell.column))
        .map_or(cell.column, |one| one.last.1)
}

fn names(rows: &[Row<'_>], merged: &[Merged], columns: &[u32]) -> Vec<Vec<u8>> {
    let mut names: Vec<Vec<&[u8]>> = vec![Vec::new(); columns.len()];
    for row in rows {
        for cell in &row.cells {
            let start = columns.partition_point(|&column| column < cell.column);
            let end = end_of(*cell, row.number, merged);
            let end = columns.partition_point(|&column| column <= end);
            for name in &mut names[start..end] {
                if name.last() != Some(&cell.text) {
                    name.push(cell.text);
                }
            }
        }
    }
    names.into_iter().map(|parts| parts.join(&b' ')).collect()
}

//! A sheet's cells as the text of a table: UTF-8, commas, quotes where a cell needs them, LF.
//!
//! The line of a row is its number in the sheet, so that what is said of a line can be found there: a blank row is an
//! empty line, which no reader takes for a row. Columns without any cell are left out.
//! Merged header cells are written for each column that they stand over; several header rows become one.

use super::grid::{Filled, Grid};
use super::sheets::Merged;
use crate::data::WorkbookProblem;

/// So many blank rows are kept as empty lines, all together; beyond, the file would be mostly air.
const MAX_BLANK_LINES: u32 = 100_000;
/// The most header rows that are joined.
const MAX_HEADER_ROWS: u32 = 5;
/// The most cells of the written table, empty ones included.
const MAX_AREA: u64 = 200_000_000;

/// Writes the table.
///
/// # Errors
/// [`WorkbookProblem::TooManyCells`] where few cells are spread so widely that the table between them is mostly air.
pub(super) fn text_of(grid: &Grid, merged: &[Merged]) -> Result<Vec<u8>, WorkbookProblem> {
    let columns = grid.columns();
    let n_rows = grid.rows().count() as u64;
    if n_rows * columns.len() as u64 > MAX_AREA {
        return Err(WorkbookProblem::TooManyCells { limit: MAX_AREA });
    }
    let header = Header::of(grid, merged, &columns);
    let mut text = Vec::new();
    let mut line = 0;
    let mut n_blank = 0;
    for (row, cells) in grid.rows() {
        let n_before = (row - line).min(MAX_BLANK_LINES - n_blank);
        n_blank += n_before;
        text.resize(text.len() + n_before as usize, b'\n');
        line = row + 1;
        match &header {
            Some(header) if header.last == row => header.write(&mut text),
            // A header row above the last: its words are in the joined one.
            Some(header) if header.rows().contains(&row) => text.push(b'\n'),
            _ => write_row(&columns, cells, &mut text),
        }
    }
    Ok(text)
}

/// Header rows with merged cells, joined.
struct Header {
    first: u32,
    last: u32,
    names: Vec<Vec<u8>>,
}

impl Header {
    /// `None` where the header has no merged cells. A title above the header, one cell alone, is no header.
    fn of(grid: &Grid, merged: &[Merged], columns: &[u32]) -> Option<Self> {
        let mut rows = grid
            .rows()
            .skip_while(|(_, cells)| cells.clone().count() < 2);
        let (first, _) = rows.next()?;
        let own: Vec<Merged> = merged
            .iter()
            .copied()
            .filter(|one| one.first.0 == first)
            .collect();
        if own.is_empty() {
            return None;
        }
        let deepest = own.iter().map(|one| one.last.0).max().unwrap_or(first);
        let below = rows.next().filter(|(row, cells)| {
            let is_name = |cell: Filled<'_>| cell.is_text;
            *row == first + 1
                && deepest == first
                && cells.clone().all(is_name)
                && rows.next().is_some()
        });
        let last = below.map_or(deepest, |(row, _)| row);
        let last = last.min(first.saturating_add(MAX_HEADER_ROWS - 1));
        let mut names: Vec<Vec<&[u8]>> = vec![Vec::new(); columns.len()];
        for (row, cells) in grid.rows().skip_while(|(row, _)| *row < first) {
            if row > last {
                break;
            }
            for cell in cells {
                let over = |one: &&Merged| one.first == (row, cell.column);
                let end = merged
                    .iter()
                    .find(over)
                    .map_or(cell.column, |one| one.last.1);
                let start = columns.partition_point(|&column| column < cell.column);
                let end = columns.partition_point(|&column| column <= end);
                for name in &mut names[start..end] {
                    if name.last() != Some(&cell.text) {
                        name.push(cell.text);
                    }
                }
            }
        }
        Some(Self {
            first,
            last,
            names: names.into_iter().map(|parts| parts.join(&b' ')).collect(),
        })
    }

    const fn rows(&self) -> std::ops::RangeInclusive<u32> {
        self.first..=self.last
    }

    fn write(&self, text: &mut Vec<u8>) {
        for (place, name) in self.names.iter().enumerate() {
            if place > 0 {
                text.push(b',');
            }
            write_cell(name, text);
        }
        text.push(b'\n');
    }
}

fn write_row<'a>(columns: &[u32], cells: impl Iterator<Item = Filled<'a>>, text: &mut Vec<u8>) {
    let mut cells = cells.peekable();
    for (place, &column) in columns.iter().enumerate() {
        if place > 0 {
            text.push(b',');
        }
        if let Some(cell) = cells.next_if(|cell| cell.column == column) {
            write_cell(cell.text, text);
        }
    }
    text.push(b'\n');
}

/// Quoted where a separator of any kind is in it, so that none but the comma can seem to separate.
fn write_cell(cell: &[u8], text: &mut Vec<u8>) {
    let is_plain = !cell.iter().any(|byte| b",;\t|\"\r\n".contains(byte));
    if is_plain {
        return text.extend_from_slice(cell);
    }
    text.push(b'"');
    for &byte in cell {
        if byte == b'"' {
            text.push(b'"');
        }
        text.push(byte);
    }
    text.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    type Corner = (u32, u32);

    /// Cells are parted by blanks, `.` is none; numbers are no text.
    fn check(rows: &[&str], merged: &[(Corner, Corner)], expected: &str) {
        let mut grid = Grid::new();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.split(' ').enumerate() {
                if cell != "." && !cell.is_empty() {
                    let is_text = cell.parse::<f64>().is_err();
                    let place = (row as u32, column as u32);
                    grid.push(place, cell.as_bytes(), is_text).unwrap();
                }
            }
        }
        let merged = merged.iter().map(|&(first, last)| Merged { first, last });
        let text = text_of(&grid.sorted(), &merged.collect::<Vec<_>>()).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn a_row_keeps_its_number_and_empty_columns_go() {
        check(
            &["", ". a . b", ". 1 . 2", "", ". 3 . 4"],
            &[],
            "\na,b\n1,2\n\n3,4\n",
        );
    }

    #[test]
    fn cells_with_marks_are_quoted() {
        check(
            &["a;b c,d", "e\"f g|h"],
            &[],
            "\"a;b\",\"c,d\"\n\"e\"\"f\",\"g|h\"\n",
        );
    }

    #[test]
    fn a_merged_header_stands_over_each_of_its_columns() {
        check(
            &["who order .", ". id day", "a 1 2", "b 3 4"],
            &[((0, 0), (1, 0)), ((0, 1), (0, 2))],
            "\nwho,order id,order day\na,1,2\nb,3,4\n",
        );
        check(
            &["who order .", ". id day", "a 1 2", "b 3 4"],
            &[((0, 1), (0, 2))],
            "\nwho,order id,order day\na,1,2\nb,3,4\n",
        );
        check(
            &["who price .", "a 1 2", "b 3 4"],
            &[((0, 1), (0, 2))],
            "who,price,price\na,1,2\nb,3,4\n",
        );
    }

    #[test]
    fn a_title_over_the_table_is_no_header() {
        check(
            &["title . .", "a b c", "1 2 3"],
            &[((0, 0), (0, 2))],
            "title,,\na,b,c\n1,2,3\n",
        );
    }

    #[test]
    fn merged_cells_of_the_data_are_left_as_they_are() {
        check(
            &["a b", "x 1", ". 2"],
            &[((1, 0), (2, 0))],
            "a,b\nx,1\n,2\n",
        );
    }

    #[test]
    fn a_far_cell_makes_no_wide_table() {
        let mut grid = Grid::new();
        for place in [(0, 0), (0, 1), (1, 0), (1, 1), (1_048_575, 16_383)] {
            grid.push(place, b"x", true).unwrap();
        }
        let text = text_of(&grid.sorted(), &[]).unwrap();
        assert!(text.starts_with(b"x,x,\nx,x,\n\n") && text.ends_with(b"\n,,x\n"));
        assert!(text.len() < 101_000, "{}", text.len());
    }
}

//! A sheet's cells as the text of a table: UTF-8, commas, quotes where a cell needs them, LF.
//!
//! The line of a row is its number in the sheet, so that what is said of a line can be found there: a blank row is an
//! empty line, which no reader takes for a row. Columns without any cell are left out.
//! Merged header cells are written by `header`.

use super::grid::{Filled, Grid};
use super::header::Header;
use super::sheets::Merged;
use crate::data::WorkbookProblem;

/// So many blank rows are kept as empty lines, all together; beyond, the file would be mostly air.
const MAX_BLANK_LINES: u32 = 100_000;
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
            Some(header) if header.last == row => write_names(&header.names, &mut text),
            // A header row above the last: its words are in the joined one.
            Some(header) if header.has(row) => text.push(b'\n'),
            _ => write_row(&columns, cells, &mut text),
        }
    }
    Ok(text)
}

fn write_names(names: &[Vec<u8>], text: &mut Vec<u8>) {
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            text.push(b',');
        }
        write_cell(name, text);
    }
    text.push(b'\n');
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
    fn a_row_of_data_below_a_merged_name_stays_a_row() {
        for (row, joined) in [
            ("K0 2024-01-03 1.50원 x", "K0,2024-01-03,1.50원,x"),
            ("kim unclear pending .", "kim,unclear,pending,"),
            (". . pending .", ",,pending,"),
            (". . 12-Mar-2024 x", ",,12-Mar-2024,x"),
        ] {
            let rows = ["who day price .", row, "lee 2024-01-04 2 y"];
            check(
                &rows,
                &[((0, 2), (0, 3))],
                &format!("who,day,price,price\n{joined}\nlee,2024-01-04,2,y\n"),
            );
        }
        let words = ["who order .", ". id day", "kim unclear pending"];
        check(
            &words,
            &[((0, 1), (0, 2))],
            "who,order,order\n,id,day\nkim,unclear,pending\n",
        );
    }

    #[test]
    fn merged_rows_of_a_sheet_without_a_header_stay_rows() {
        check(
            &["kim 2024-01-03 5", ". 2024-01-04 6", ". 2024-01-05 7"],
            &[((0, 0), (2, 0))],
            "kim,2024-01-03,5\n,2024-01-04,6\n,2024-01-05,7\n",
        );
        check(
            &["kim apple red", ". pear green", ". plum blue"],
            &[((0, 0), (2, 0))],
            "kim,apple,red\n,pear,green\n,plum,blue\n",
        );
    }

    #[test]
    fn names_of_two_rows_alone_and_names_in_three_rows_are_kept() {
        check(
            &["who day", "", "kim 5"],
            &[((0, 0), (1, 0)), ((0, 1), (1, 1))],
            "who,day\n\nkim,5\n",
        );
        check(
            &["who order .", ". number sum", "kim 5 6"],
            &[((0, 0), (1, 0))],
            "\nwho,order number,sum\nkim,5,6\n",
        );
        check(
            &["who order day", ". number sum", "kim 5 6"],
            &[((0, 0), (1, 0))],
            "\nwho,order number,day sum\nkim,5,6\n",
        );
        check(
            &["who order . .", ". sum . day", ". net gross .", "kim 5 6 7"],
            &[((0, 1), (0, 3)), ((1, 1), (1, 2))],
            "\n\nwho,order sum net,order sum gross,order day\nkim,5,6,7\n",
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

//! A sheet's cells as the text of a table, by the rules of `data::csv_rows`: UTF-8, commas, LF.
//! As far as the text is looked at to see its dialect, every cell is quoted, so that nothing else can seem to part cells.
//!
//! The line of a row is its number in the sheet, so that what is said of a line can be found there: a blank row is an
//! empty line, which no reader takes for a row, and a line break in a cell is written as a blank. Only below
//! [`MAX_BLANK_LINES`] blank rows the numbers fall behind. Columns without any cell are left out.
//! Merged header cells are written by `header`.

use std::borrow::Cow;

use super::grid::{Filled, Grid};
use super::header::Header;
use super::sheets::Merged;
use crate::data::{CsvCell, CsvForm, PREVIEW_BYTES, WorkbookProblem};

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
            Some(header) if header.last == row => {
                write_cells(header.names.iter().map(Vec::as_slice), &mut text);
            }
            // A header row above the last: its words are in the joined one.
            Some(header) if header.has(row) => text.push(b'\n'),
            _ => write_row(&columns, cells, &mut text),
        }
    }
    Ok(text)
}

fn write_row<'a>(columns: &[u32], cells: impl Iterator<Item = Filled<'a>>, text: &mut Vec<u8>) {
    let mut cells = cells.peekable();
    let own = columns
        .iter()
        .map(|&column| cells.next_if(|cell| cell.column == column));
    write_cells(
        own.map(|cell| cell.map_or(&b""[..], |cell| cell.text)),
        text,
    );
}

fn write_cells<'a>(cells: impl Iterator<Item = &'a [u8]>, text: &mut Vec<u8>) {
    let form = if text.len() < PREVIEW_BYTES {
        CsvForm::AS_READ
    } else {
        CsvForm::PLAIN
    };
    for (place, cell) in cells.enumerate() {
        form.push_cell(CsvCell::Text(&in_one_line(cell)), place == 0, text);
    }
    form.end_row(text);
}

/// A row is one line: a break of lines within a cell becomes a blank.
fn in_one_line(cell: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr2(b'\n', b'\r', cell).is_none() {
        return Cow::Borrowed(cell);
    }
    let mut line = Vec::with_capacity(cell.len());
    for (at, &byte) in cell.iter().enumerate() {
        match byte {
            b'\n' if at > 0 && cell[at - 1] == b'\r' => {}
            b'\n' | b'\r' => line.push(b' '),
            _ => line.push(byte),
        }
    }
    Cow::Owned(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Corner = (u32, u32);

    /// Cells are parted by blanks, `.` is none; numbers are no text. Of the text the quotes are left away.
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
        assert_eq!(unquoted(text), expected);
    }

    fn unquoted(text: Vec<u8>) -> String {
        String::from_utf8(text).unwrap().replace('"', "")
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
    fn every_cell_is_quoted_where_the_dialect_is_looked_for_and_only_marks_below() {
        let mut grid = Grid::new();
        let long = "x".repeat(PREVIEW_BYTES);
        for (place, cell) in [
            ((0, 0), "a;b"),
            ((0, 1), "5"),
            ((1, 1), long.as_str()),
            ((2, 0), "c d"),
            ((2, 1), "e,\"f"),
        ] {
            grid.push(place, cell.as_bytes(), true).unwrap();
        }
        let text = String::from_utf8(text_of(&grid.sorted(), &[]).unwrap()).unwrap();
        let expected = format!("\"a;b\",\"5\"\n\"\",\"{long}\"\nc d,\"e,\"\"f\"\n");
        assert!(text == expected, "{}", &text[..20]);
    }

    #[test]
    fn a_break_of_lines_in_a_cell_is_a_blank_so_that_a_row_is_a_line() {
        check(
            &["order\nday note", "5 a\r\nb\rc", "6 d"],
            &[],
            "order day,note\n5,a b c\n6,d\n",
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
        let text = unquoted(text);
        assert!(text.starts_with("x,x,\nx,x,\n\n") && text.ends_with("\n,,x\n"));
        assert!(text.len() < 101_000, "{}", text.len());
    }
}

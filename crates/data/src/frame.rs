//! Where a table stands in its file: what is above it, which rows name its columns, how many columns it has.
//!
//! It goes by the shape of rows and by where values begin, not by words. What stands below a table is found while the
//! file is read.

mod cells;
mod columns;
mod groups;
mod header;
mod lines;
mod units;

pub(super) use columns::{header_of, n_columns, width};

use super::mapping::MAX_HEADER_ROWS;
use super::preview::SeenRow;
use super::values::{is_absent, trimmed};
use cells::{is_date, is_other_kind, is_value, year_of};

/// Rows that are looked at.
const MAX_ROWS: usize = 1_000;
/// Rows above which no table begins any more.
const MAX_ABOVE: usize = 60;

/// Where the table is among the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Rows above it.
    pub(super) n_above: usize,
    /// Rows that name its columns; 0 where none does.
    pub(super) n_header_rows: usize,
}

/// Where the table is among `rows`, the first of a file.
pub(super) fn frame(rows: &[SeenRow]) -> Frame {
    let rows = &rows[..rows.len().min(MAX_ROWS)];
    // A line for spreadsheets that names the delimiter.
    let is_told = rows.len() > 1 && rows[0].cells[0].starts_with("sep=") && rows[0].cells.len() < 3;
    if is_told {
        let below = frame(&rows[1..]);
        return Frame {
            n_above: below.n_above + 1,
            ..below
        };
    }
    let n_comments = n_comments(rows);
    if n_comments > 0 {
        let below = frame(&rows[n_comments..]);
        return Frame {
            n_above: below.n_above + n_comments,
            ..below
        };
    }
    let width = width(rows);
    let shape = Shape::new(rows, width);
    let first_header = shape.first_header(rows);
    let n_above = first_header.unwrap_or_else(|| shape.first_row(rows));
    let table = &rows[n_above..];
    // A first row of the table may name its columns even where it is not the first that looks like it.
    let is_named = first_header.is_some() || table.first().is_some_and(|row| shape.is_header(row));
    let named = if is_named { shape.n_naming(table) } else { 0 };
    let n_header_rows = match named.min(usize::from(MAX_HEADER_ROWS)) {
        0 => usize::from(has_header(table)),
        // Rows of one width that are all alike name nothing beyond the first.
        more => more.min((table.len() - 1).max(1)),
    };
    Frame {
        n_above,
        n_header_rows,
    }
}

/// Lines of comments (`# exported by …`) at the top that are above the table. One that is as wide as the table may name
/// its columns: the only one does, and the last one does where no row below it does.
fn n_comments(rows: &[SeenRow]) -> usize {
    let comments = rows.iter().take_while(|row| row.cells[0].starts_with('#'));
    let n_comments = comments.count();
    let (Some(last), false) = (n_comments.checked_sub(1), n_comments == rows.len()) else {
        return 0;
    };
    let below = &rows[n_comments..];
    let width = width(below);
    let is_wide = rows[last].cells.len() == width && width > 1;
    let names_columns = || Shape::new(below, width).first_header(below).is_none();
    if is_wide && (last == 0 || names_columns()) {
        last
    } else {
        n_comments
    }
}

/// What the body of the table looks like.
struct Shape {
    width: usize,
    /// Columns whose values are numbers or dates, and whether they are dates.
    typed: Vec<(usize, bool)>,
    /// Filled cells of a usual row.
    n_filled: usize,
    /// Whether a column's values are years.
    has_years: bool,
    /// Whether most rows have something in their first cell.
    is_keyed: bool,
    /// Columns in which values are shares, with their sign.
    shares: Vec<usize>,
    /// Whether rows go on in even steps, as those of a sequence do.
    is_of_steps: bool,
}

impl Shape {
    fn new(rows: &[SeenRow], width: usize) -> Self {
        let body: Vec<&SeenRow> = rows.iter().filter(|row| row.cells.len() == width).collect();
        // Rows that name columns are at the top, and not many.
        let body = &body[body
            .len()
            .div_ceil(2)
            .min(10)
            .min(body.len().saturating_sub(1))..];
        let kind = |place: usize| {
            let cells = body.iter().map(|row| trimmed(row.cells[place].as_bytes()));
            let filled = cells.filter(|cell| !is_absent(cell));
            let (mut n_filled, mut n_values, mut n_dates) = (0, 0, 0);
            for cell in filled {
                n_filled += 1;
                n_values += usize::from(is_value(cell));
                n_dates += usize::from(is_date(cell));
            }
            let is_typed = n_filled > 0 && n_values * 10 >= n_filled * 9;
            is_typed.then_some((place, n_dates * 2 > n_filled))
        };
        let is_of_years = |place: usize| {
            let cells = body.iter().map(|row| row.cells[place].trim());
            let n_years = cells.filter_map(year_of).count();
            n_years * 2 > body.len()
        };
        let has_shares = |place: usize| {
            let mut cells = body.iter().map(|row| row.cells[place].trim());
            cells.any(|cell| cell.ends_with('%'))
        };
        let is_keyed = |row: &&&SeenRow| !row.cells[0].trim().is_empty();
        let n_keyed = body.iter().filter(is_keyed).count();
        let mut filled: Vec<usize> = body.iter().map(|row| n_filled(row)).collect();
        filled.sort_unstable();
        Self {
            width,
            typed: (0..width).filter_map(kind).collect(),
            n_filled: filled.get(filled.len() / 2).copied().unwrap_or(0),
            has_years: (0..width).any(is_of_years),
            is_keyed: n_keyed * 10 >= body.len() * 9,
            shares: (0..width).filter(|&place| has_shares(place)).collect(),
            is_of_steps: body.iter().all(|row| header::has_even_steps(row)),
        }
    }

    /// Whether a row has values where the body has them.
    fn is_body(&self, row: &SeenRow) -> bool {
        let values = self.typed.iter().filter(|&&(place, is_date)| {
            let cell = row
                .cells
                .get(place)
                .map_or("", |cell| cell.trim())
                .as_bytes();
            is_value(cell) && !is_other_kind(cell, is_date)
        });
        let n_values = values.count();
        row.cells.len() == self.width && n_values * 2 > self.typed.len()
    }

    /// The first row below lines of a key and a value, where all rows below them have the table's width. One such line
    /// alone must stand apart: it may be a header that lacks a delimiter.
    fn first_below_pairs(&self, rows: &[SeenRow]) -> Option<usize> {
        let is_pair = |row: &&SeenRow| row.cells.len() < 3 && row.cells.len() < self.width;
        let n_pairs = rows.iter().take(MAX_ABOVE).take_while(is_pair).count();
        let (pairs, table) = rows.split_at(n_pairs);
        let is_apart = || pairs.len() > 1 || table[0].line > pairs[0].line + 1;
        let is_even = table.len() > 1 && table.iter().all(|row| row.cells.len() == self.width);
        (n_pairs > 0 && is_even && is_apart()).then_some(n_pairs)
    }

    /// The first row that is filled as rows of the table are; 0 where it is not clear that what is above is none.
    fn first_row(&self, rows: &[SeenRow]) -> usize {
        if let Some(place) = self.first_below_pairs(rows) {
            return place;
        }
        let least = self.n_filled.div_ceil(2).max(2);
        let is_row = |row: &SeenRow| {
            n_filled(row) >= least.min(self.width) && row.cells.len() * 2 >= self.width
        };
        // A short row with an empty line below it is a title.
        let is_apart = |place: usize| {
            let next = rows.get(place + 1);
            rows[place].cells.len() < self.width
                && next.is_some_and(|next| next.line > rows[place].line + 1)
        };
        let top = 0..rows.len().min(MAX_ABOVE);
        let place = top
            .into_iter()
            .find(|&place| is_row(&rows[place]) && !is_apart(place))
            .unwrap_or(0);
        let above = &rows[..place];
        let is_title = |row: &SeenRow| {
            let is_alone = row.cells.len() < self.width || self.width > 2;
            let has_value = row
                .cells
                .iter()
                .any(|cell| is_value(cell.trim().as_bytes()));
            n_filled(row) == 0
                || is_alone
                    && !has_value
                    && row
                        .cells
                        .first()
                        .is_some_and(|cell| !cell.trim().is_empty())
        };
        if above.iter().all(is_title) { place } else { 0 }
    }
}

fn n_filled(row: &SeenRow) -> usize {
    let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
    filled.count()
}

/// Whether the first row names the columns: it is no value where the rows below are.
fn has_header(rows: &[SeenRow]) -> bool {
    let Some((first, below)) = rows.split_first() else {
        return false;
    };
    let below = &below[..below.len().min(MAX_ROWS)];
    let is_value = |cell: &str| is_value(trimmed(cell.as_bytes()));
    let mut votes = 0_i64;
    for (place, cell) in first.cells.iter().enumerate() {
        let cells = below.iter().filter_map(|row| row.cells.get(place));
        let filled = cells.filter(|cell| !is_absent(trimmed(cell.as_bytes())));
        let (n_filled, n_values) = filled.fold((0, 0), |(n_filled, n_values), cell| {
            (n_filled + 1, n_values + usize::from(is_value(cell)))
        });
        let is_typed = n_filled > 0 && n_values * 10 >= n_filled * 9;
        if is_typed && !cell.trim().is_empty() {
            votes += if is_value(cell) { -1 } else { 1 };
        }
    }
    let n_values = first.cells.iter().filter(|cell| is_value(cell)).count();
    match votes {
        0 => n_values * 2 < first.cells.len().max(1) && (n_values == 0 || !below.is_empty()),
        votes => votes > 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, n_above: usize, n_header_rows: usize) {
        let row = |(place, line): (usize, &str)| SeenRow {
            is_mended: false,
            line: place as u64 + 1,
            cells: line.split(',').map(str::to_owned).collect(),
        };
        let rows: Vec<SeenRow> = text.lines().enumerate().map(row).collect();
        let expected = Frame {
            n_above,
            n_header_rows,
        };
        assert_eq!(frame(&rows), expected, "{text}");
    }

    #[test]
    fn a_row_of_names_over_values_is_a_header() {
        check("id,date\n1,2011-01-01", 0, 1);
        check("1,2011-01-01\n2,2011-01-02", 0, 0);
        check("a,b\nc,d", 0, 1);
        check("a,b", 0, 1);
        check("1,2", 0, 0);
        check("kim,2011-01-01\nlee,2011-01-02", 0, 0);
        check("country,2010,2011\na,5,6\nb,7,8", 0, 1);
        check("geo,2010 ,2011 ,2012 \na,5 , : ,6 p\nb,7 , : ,8 p", 0, 1);
    }

    #[test]
    fn what_stands_above_a_table_is_no_part_of_it() {
        check("Report\nid,date,n\n1,2011-01-01,5\n2,2011-01-02,6", 1, 1);
        check(
            "Report,,\n,,\nid,date,n\n1,2011-01-01,5\n2,2011-01-02,6",
            2,
            1,
        );
        check(
            "from,2011-01-01\nto,2011-12-31\nid,day,n,city\n1,2011-01-01,5,x\n2,2011-01-02,6,y",
            2,
            1,
        );
        check("Title\n\nname,city,note\nann,Seoul,x\nbob,Busan,y", 2, 1);
        check(",0\na,1\nb,2", 0, 0);
        check("77.50,,,\n1.5,2011-01-01,k,x\n2.5,2011-01-02,l,x", 0, 0);
        check("sep=,\nid,n\n1,5\n2,6", 1, 1);
    }

    #[test]
    fn several_rows_may_name_the_columns() {
        check("id,day,n\nid,day,n\n1,2011-01-01,5\n2,2011-01-02,6", 0, 2);
        check(
            "name,weight,height\n,(kg),(cm)\nann,60,170\nbob,70,180",
            0,
            2,
        );
        check(
            "customer,date,n\nkim,unclear,pending\n1,2011-01-01,5\n2,2011-01-02,6",
            0,
            1,
        );
        check("name,n\nann,..\nbob,5\ncy,6", 0, 1);
        check("name,day\nann,unknown\nbob,2011-01-01\ncy,2011-01-02", 0, 1);
        check(
            "region,sales,,costs,\n,2019,2020,2019,2020\na,1,2,3,4\nb,5,6,7,8",
            0,
            2,
        );
        check("state,lat,1/22/20,1/23/20\nx,1.5,2,3\ny,2.5,4,5", 0, 1);
        check(
            "customer,order,date,n\nzoe,9,2024-02-01 09:00,1\n17850,ann,ann,ann\n0,ann,ann,ann\n,ann,ann,ann",
            0,
            1,
        );
        check("name,code,1960,1961,\na,x,5,6,\nb,y,7,8,", 0, 1);
        check(
            "region,2023.01,2023.01\nregion,people,homes\na,1,2\nb,5,6",
            0,
            2,
        );
        check(
            "date,temp,wind\n,°C,m/s\n2024-01-01,5.5,2\n2024-01-02,6.5,3",
            0,
            2,
        );
        check(
            "지역,2023년,2024년\n지역,매출 (원),매출 (원)\n가,1,2\n나,5,6",
            0,
            2,
        );
    }
}

//! Which rows name the columns: the first of them, and those below it that name them further.

use super::cells::{
    count_of, is_name, is_other_kind, is_period, is_share, is_unit, is_value, year_of,
};
use super::groups::Groups;
use super::lines::{are_distinct_names, is_description, is_numbering, is_of_codes, says_nothing};
use super::units::is_unit_word;
use super::{MAX_ABOVE, Shape, n_filled};
use crate::mapping::MAX_HEADER_ROWS;
use crate::preview::SeenRow;

/// Columns numbered side by side that are no chance.
const MIN_NUMBERED: usize = 4;

impl Shape {
    /// Whether a row names columns: words where the values below are numbers and dates.
    pub(super) fn is_header(&self, row: &SeenRow) -> bool {
        let is_like = row.cells.len() + 1 >= self.width && row.cells.len() <= self.width + 1;
        let (mut n_names, mut n_others) = (0_usize, 0_usize);
        for &(place, is_date) in &self.typed {
            let cell = row.cells.get(place).map_or("", |cell| cell.trim());
            if self.is_name_over(cell, place, is_date) {
                n_names += 1;
            } else if !cell.is_empty() {
                n_others += 1;
            }
        }
        let has_names = n_others == 0 && n_names > 0 && n_names * 2 >= self.typed.len();
        is_like && (has_names || self.is_header_of_years(row) || self.is_header_of_counts(row))
    }

    /// Whether a cell is no value of the column of values at `place`.
    fn is_name_over(&self, cell: &str, place: usize, is_date: bool) -> bool {
        let is_share = || is_share(cell) && !self.shares.contains(&place);
        let is_unit = || !is_value(cell.as_bytes()) && (is_unit(cell) || is_unit_word(cell));
        is_name(cell.as_bytes())
            || is_other_kind(cell.as_bytes(), is_date)
            || is_share()
            || is_unit()
    }

    /// `country, 2010, 2011, 2012`. Of two years the columns below must be numbers; three in step are no chance, and name
    /// all columns where no column has years.
    fn is_header_of_years(&self, row: &SeenRow) -> bool {
        let cells = row.cells.iter().map(|cell| cell.trim());
        let years: Vec<i32> = cells.clone().filter_map(year_of).collect();
        let n_names = cells.filter(|cell| is_name(cell.as_bytes())).count();
        let steps: Vec<i32> = years.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let is_even = steps
            .first()
            .is_some_and(|&first| first != 0 && steps.iter().all(|&step| step == first));
        is_even
            && (n_names > 0 || steps.len() > 1 && !self.has_years)
            && n_names + years.len() == n_filled(row)
            && n_filled(row) * 2 > self.width
            && (years.len() <= self.typed.len() || steps.len() > 1)
    }

    /// `store, 1, 2, 3, 4`: months, weeks, hours by number, each one more than the last, over rows that do not go on so.
    fn is_header_of_counts(&self, row: &SeenRow) -> bool {
        let is_typed = |place: usize| {
            self.typed
                .iter()
                .any(|&(typed, is_date)| typed == place && !is_date)
        };
        let cells = row.cells.iter().map(|cell| cell.trim()).enumerate();
        let counts: Vec<(usize, u16)> = cells
            .clone()
            .filter_map(|(place, cell)| Some((place, count_of(cell)?)))
            .collect();
        let n_names = cells.filter(|(_, cell)| is_name(cell.as_bytes())).count();
        let is_next =
            |pair: &[(usize, u16)]| pair[1].0 == pair[0].0 + 1 && pair[1].1 == pair[0].1 + 1;
        counts.len() >= MIN_NUMBERED
            && !self.is_of_steps
            && counts[0].0 > 0
            && counts.windows(2).all(is_next)
            && counts.iter().all(|&(place, _)| is_typed(place))
            && n_names + counts.len() == n_filled(row)
            && n_filled(row) * 2 > self.width
    }

    /// The first row that names columns, above every row of values. What stands apart above another one that is wider or
    /// fuller is a line above the table.
    pub(super) fn first_header(&self, rows: &[SeenRow]) -> Option<usize> {
        let top = &rows[..rows.len().min(MAX_ABOVE)];
        let above = (0..top.len())
            .take_while(|&place| !self.is_body(&top[place]) || self.is_named(rows, place));
        let mut found = None;
        for place in above.filter(|&place| self.is_named(rows, place)) {
            match found {
                Some(first) if !self.is_preamble(rows, first, place) => {}
                _ => found = Some(place),
            }
        }
        found
    }

    fn is_named(&self, rows: &[SeenRow], place: usize) -> bool {
        let row = &rows[place];
        let next = rows.get(place + 1);
        let is_under_names = || rows[..place].iter().any(|row| n_filled(row) == self.width);
        self.is_header(row) && (!self.is_header_of_counts(row) || !is_under_names())
            || next.is_some_and(|next| {
                self.is_grouped(row, next)
                    || self.are_groups(row, next, rows.get(place + 2))
                    || self.is_header(next) && is_description(&row.cells, &next.cells)
                    || n_filled(row) == self.width && !self.is_body(row) && self.is_told(row, next)
            })
    }

    /// Whether the row `first` is above the table whose header is at `place`: it is shorter than rows are, or apart from
    /// it and filled no further.
    fn is_preamble(&self, rows: &[SeenRow], first: usize, place: usize) -> bool {
        let (short, header) = (&rows[first], &rows[place]);
        let is_apart = || (first..place).any(|place| is_end_of_block(rows, place));
        let is_over_values = || rows.get(place + 1).is_some_and(|row| self.is_body(row));
        let is_short = short.cells.len() < self.width && header.cells.len() == self.width;
        let is_fuller = n_filled(header) > n_filled(short) || self.width == 2;
        is_short && (self.width > 3 || n_filled(header) == self.width)
            || is_apart()
                && is_fuller
                && n_filled(header) == self.width.min(header.cells.len())
                && is_over_values()
    }

    /// How many of the rows at the top of a table name its columns, the first of which does.
    pub(super) fn n_naming(&self, table: &[SeenRow]) -> usize {
        let mut n_rows = 1;
        while n_rows < usize::from(MAX_HEADER_ROWS) {
            let further = table.get(n_rows).is_some_and(|row| {
                let above = &table[n_rows - 1];
                self.are_groups(above, row, table.get(n_rows + 1))
                    || self.goes_on(above, row)
                    || self.is_told(&table[0], row)
                    || self.names_rows(&table[..n_rows], row)
            });
            if !further {
                break;
            }
            n_rows += 1;
        }
        let is_completed = n_rows == 1 && table.len() > 2 && self.completes(&table[0], &table[1]);
        n_rows + usize::from(is_completed)
    }

    /// Whether `row` is about the names of the row `header`: a line of dashes, the columns' numbers, their descriptions.
    fn is_told(&self, header: &SeenRow, row: &SeenRow) -> bool {
        let is_whole = row.cells.len() == header.cells.len() && row.cells.len() == self.width;
        let is_numbering = is_numbering(&row.cells);
        let is_numbered = self.width > 3 && self.typed.len() < self.width;
        let is_described = is_description(&header.cells, &row.cells);
        let n_typed = self.typed.len() + usize::from(is_described && self.width > 3);
        let tells = is_described || is_of_codes(&row.cells);
        let has_names = self.is_header(row) && are_distinct_names(&row.cells);
        is_whole
            && (says_nothing(&row.cells) && (is_numbered || !is_numbering)
                || n_typed > 1 && tells && has_names)
    }

    /// Whether `row` names the rows of a table whose columns are named above: a name in the first column, which is empty
    /// there, and nothing else.
    fn names_rows(&self, header: &[SeenRow], row: &SeenRow) -> bool {
        let is_corner_empty = header.iter().all(|row| row.cells[0].trim().is_empty());
        is_corner_empty
            && self.is_keyed
            && self.width > 2
            && row.cells.len() == self.width
            && n_filled(row) == 1
            && is_name(row.cells[0].trim().as_bytes())
    }

    /// Whether the row `above` has groups over the columns that `row` names, alone or together with the row below it.
    fn are_groups(&self, above: &SeenRow, row: &SeenRow, below: Option<&SeenRow>) -> bool {
        let typed: Vec<usize> = self.typed.iter().map(|&(place, _)| place).collect();
        let is_wide = above.cells.len() == self.width && row.cells.len() == self.width;
        let has_values = below.is_some_and(|below| below.cells.len() == self.width);
        is_wide
            && has_values
            && Groups::new(&above.cells, &row.cells).are_named(&typed, self.is_keyed)
    }

    /// Whether `row` names the columns together with the row `above`: the same names again, or units over values. Words
    /// alone may be a row whose values are missing.
    fn goes_on(&self, above: &SeenRow, row: &SeenRow) -> bool {
        let has_units = || {
            let mut filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
            filled.all(|cell| is_unit(cell.trim()))
                || self.has_words_for_units(row)
                || self.is_of_units(row)
        };
        self.is_header(row)
            && (row.cells == above.cells || has_units() || self.is_grouped(above, row))
    }

    /// `,°C,m/s`: nothing under the first name, and a short word over every value.
    fn has_words_for_units(&self, row: &SeenRow) -> bool {
        let is_short = |cell: &str| (1..=8).contains(&cell.trim().chars().count());
        let is_over_value = |place: usize| self.typed.iter().any(|&(typed, _)| typed == place);
        // A date has no unit.
        let is_over_date = |place: usize| self.typed.contains(&(place, true));
        let has_unit = |(place, cell): (usize, &String)| match cell.trim() {
            "" => place == 0 || !is_over_value(place) || is_over_date(place),
            unit => is_over_value(place) && is_short(unit),
        };
        let is_first_empty = row.cells[0].trim().is_empty();
        is_first_empty && self.typed.len() > 1 && row.cells.iter().enumerate().all(has_unit)
    }

    /// `s,bar,l/min,`: nothing but short words, and known units over most numbers.
    fn is_of_units(&self, row: &SeenRow) -> bool {
        let numbers = self.typed.iter().filter(|(_, is_date)| !is_date);
        let is_known = |&&(place, _): &&(usize, bool)| {
            let cell = row.cells.get(place).map_or("", |cell| cell.trim());
            is_unit(cell) || is_unit_word(cell)
        };
        let n_known = numbers.clone().filter(is_known).count();
        let mut filled = row.cells.iter().map(|cell| cell.trim());
        n_known > 0
            && n_known * 2 >= numbers.count()
            && filled.all(|cell| cell.chars().count() <= 12 && !is_value(cell.as_bytes()))
    }

    /// Whether the row `above` says of what group the columns are that `row` names: `region,2023.01,2023.01` over
    /// `region,people,households`. A name that holds for both rows stands in both.
    fn is_grouped(&self, above: &SeenRow, row: &SeenRow) -> bool {
        let cells = above.cells.iter().zip(&row.cells);
        let (same, other): (Vec<_>, Vec<_>) =
            cells.partition(|(group, name)| group.trim() == name.trim());
        let is_group = |group: &str| is_name(group.as_bytes()) || is_period(group);
        above.cells.len() == row.cells.len()
            && !other.is_empty()
            && other.iter().all(|(group, _)| is_group(group.trim()))
            && same.iter().any(|(name, _)| is_name(name.trim().as_bytes()))
            && self.is_header(row)
    }

    /// Whether `row` names what the groups of the row `above` leave open: `sales,,costs,` over `2019,2020,2019,2020`.
    /// Where none stands alone in the upper row, the first column stands alone in the lower one.
    fn completes(&self, above: &SeenRow, row: &SeenRow) -> bool {
        let is_empty = |row: &SeenRow, place: usize| {
            row.cells
                .get(place)
                .is_none_or(|cell| cell.trim().is_empty())
        };
        let is_part =
            |cell: &str| is_name(cell.trim().as_bytes()) || year_of(cell.trim()).is_some();
        let gaps = self
            .typed
            .iter()
            .filter(|(place, _)| is_empty(above, *place));
        let mut filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
        let is_alone = |row: &SeenRow, other: &SeenRow, place: usize| {
            !is_empty(row, place) && is_empty(other, place)
        };
        let has_place_of_its_own = (0..self.width).any(|place| is_alone(above, row, place))
            || is_alone(row, above, 0) && n_filled(row) == self.width && n_filled(above) > 1;
        gaps.clone().count() > 0
            && gaps.clone().all(|(place, _)| !is_empty(row, *place))
            && has_place_of_its_own
            && row.cells.len() == self.width
            && filled.all(|cell| is_part(cell))
    }
}

/// Whether a row that has nothing in it, or a line without a byte, follows the row at `place`.
fn is_end_of_block(rows: &[SeenRow], place: usize) -> bool {
    let row = &rows[place];
    let breaks = row.cells.iter().flat_map(|cell| cell.bytes());
    let n_breaks = breaks.filter(|byte| *byte == b'\n').count() as u64;
    n_filled(row) == 0
        || rows
            .get(place + 1)
            .is_some_and(|next| next.line > row.line + n_breaks + 1)
}

/// Whether the whole numbers of a row go on in even steps.
pub(super) fn has_even_steps(row: &SeenRow) -> bool {
    let counts: Vec<i32> = row
        .cells
        .iter()
        .filter_map(|cell| cell.trim().parse().ok())
        .collect();
    let steps: Vec<i32> = counts
        .windows(2)
        .map(|pair| pair[1].wrapping_sub(pair[0]))
        .collect();
    steps.len() > 1 && steps.iter().all(|step| *step == steps[0])
}

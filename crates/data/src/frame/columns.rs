//! How many columns a table has and what they are called, once it is known which rows name them.

use super::lines::naming;
use super::{MAX_ROWS, n_filled};
use crate::preview::SeenRow;

/// The columns of a table whose first `n_header_rows` rows name them. Where none does, it has as many as most rows, or
/// as the widest where it is not clear which are most.
pub(in super::super) fn n_columns(rows: &[SeenRow], n_header_rows: usize) -> usize {
    let (named, below) = rows.split_at(n_header_rows.min(rows.len()));
    let below = &below[..below.len().min(MAX_ROWS)];
    let n_named = named.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let usual = width(below);
    let n_usual = below.iter().filter(|row| row.cells.len() == usual).count();
    let is_certain = n_usual * 2 > below.len() && below.len() > 1;
    if below.is_empty() || named.is_empty() {
        let widest = rows.iter().map(|row| row.cells.len()).max();
        return match widest {
            Some(_) if is_certain => usual,
            widest => n_named.max(widest.unwrap_or(1)),
        };
    }
    let n_empty = named
        .last()
        .map_or(0, |row| row.cells.len() - n_filled(row));
    let n_columns = match usual.cmp(&n_named) {
        // A delimiter too few or too many in the header.
        std::cmp::Ordering::Greater if is_certain => usual,
        std::cmp::Ordering::Less if is_certain && n_named - usual <= n_empty => usual,
        _ => n_named,
    };
    // Columns of nothing at the end, as spreadsheets write them.
    let is_empty = |place: usize| {
        let cell = |row: &SeenRow| {
            row.cells
                .get(place)
                .is_none_or(|cell| cell.trim().is_empty())
        };
        rows.iter().all(cell)
    };
    let n_nothing = (0..n_columns)
        .rev()
        .take_while(|&place| is_empty(place))
        .count();
    (n_columns - n_nothing).max(1)
}

/// The names of `n_columns` columns, by the rows that name them together; empty where they name nothing.
pub(in super::super) fn header_of(rows: &[Vec<String>], n_columns: usize) -> Vec<String> {
    let n_cells = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = naming(rows);
    spread(&mut rows, n_cells);
    // Where the rows differ, a name that holds for all of them stands in each.
    let is_grouped = rows.windows(2).any(|pair| pair[0] != pair[1]);
    let name = |place: usize| {
        let parts = rows.iter().filter_map(|row| row.get(place));
        let mut parts: Vec<&str> = parts
            .map(String::as_str)
            .filter(|part| !part.trim().is_empty())
            .collect();
        if is_grouped {
            parts.dedup();
        }
        parts.join(" ")
    };
    let mut names: Vec<String> = (0..n_cells).map(name).collect();
    // Columns of nothing at the end first; then a delimiter too many.
    while names.len() > n_columns && names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    while names.len() > n_columns {
        match names.iter().position(String::is_empty) {
            Some(place) => names.remove(place),
            None => break,
        };
    }
    names.truncate(n_columns);
    names
}

/// Writes a name over several columns, which stands over the first of them, over each.
fn spread(rows: &mut [Vec<String>], n_cells: usize) {
    let is_filled = |row: &Vec<String>, place: usize| {
        let cell = row.get(place);
        cell.is_some_and(|cell| !cell.trim().is_empty())
    };
    let mut is_parted = vec![false; n_cells];
    for level in 1..rows.len() {
        let (upper, below) = rows.split_at_mut(level);
        let Some(groups) = upper.last_mut() else {
            return;
        };
        groups.resize(n_cells, String::new());
        for place in 1..n_cells {
            let is_named = |place: usize| below.iter().any(|row| is_filled(row, place));
            let is_open = !is_filled(groups, place) && is_named(place) && is_named(place - 1);
            if is_open && !is_parted[place] {
                groups[place] = groups[place - 1].clone();
            }
        }
        for place in 1..n_cells {
            is_parted[place] |= groups[place] != groups[place - 1];
        }
    }
}

/// The number of cells of most rows; of lengths that are nearly as frequent the larger.
pub(in super::super) fn width(rows: &[SeenRow]) -> usize {
    let mut lengths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    lengths.sort_unstable();
    let mut best = (0.0, lengths.first().copied().unwrap_or(0));
    for group in lengths.chunk_by(|a, b| a == b) {
        let weight = group.len() as f64 * libm::log(group[0] as f64);
        if weight >= best.0 {
            best = (weight, group[0]);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_over_several_columns_is_that_of_each() {
        let rows = [
            ["region", "sales", "", "costs", ""],
            ["", "2019", "2020", "2019", "2020"],
        ];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let expected = [
            "region",
            "sales 2019",
            "sales 2020",
            "costs 2019",
            "costs 2020",
        ];
        assert_eq!(header_of(&rows, 5), expected);
    }

    #[test]
    fn columns_without_a_name_keep_their_place() {
        let header_of = |cells: &[&str], n_columns| {
            let row: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
            header_of(&[row], n_columns)
        };
        assert_eq!(
            header_of(&["id", "", "name", "", ""], 3),
            ["id", "", "name"]
        );
        assert_eq!(
            header_of(&["id", "", "name", "day"], 3),
            ["id", "name", "day"]
        );
    }
}

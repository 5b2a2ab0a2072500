//! Rows that belong to the names of a table's columns and name nothing themselves: lines of dashes, numbers of the
//! columns, types, what a survey tool writes for itself, and descriptions under short names.
//!
//! All is seen from the cells of one row and those of the row above it.

use super::cells::{is_name, is_value};

/// The first row names the columns, and of those below it the ones that name them further.
pub(super) fn naming(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let Some((first, below)) = rows.split_first() else {
        return Vec::new();
    };
    let names_further = |row: &&Vec<String>| !says_nothing(row) && !is_description(first, row);
    let further = below.iter().filter(names_further).cloned();
    std::iter::once(first.clone()).chain(further).collect()
}

/// Whether a row below the names is none of the table's, whatever the rows below it hold.
pub(super) fn says_nothing(row: &[String]) -> bool {
    is_drawn(row) || is_numbering(row) || is_of_types(row) || is_of_import_ids(row)
}

fn filled(row: &[String]) -> impl Iterator<Item = &str> + Clone {
    let cells = row.iter().map(|cell| cell.trim());
    cells.filter(|cell| !cell.is_empty())
}

/// `---,------,----`
fn is_drawn(row: &[String]) -> bool {
    let is_line =
        |cell: &str| cell.len() > 1 && cell.bytes().all(|byte| matches!(byte, b'-' | b'='));
    row.len() > 1 && filled(row).count() == row.len() && filled(row).all(is_line)
}

/// `1;2;3;4`, or `(1),(2),(3),(4)`.
pub(super) fn is_numbering(row: &[String]) -> bool {
    let number = |cell: &str| {
        let inner = cell
            .strip_prefix('(')
            .and_then(|cell| cell.strip_suffix(')'));
        inner.unwrap_or(cell).parse::<usize>().ok()
    };
    let mut cells = row.iter().enumerate();
    row.len() > 2 && cells.all(|(place, cell)| number(cell.trim()) == Some(place + 1))
}

/// `5s,15s,20d`: widths and kinds of the columns.
fn is_of_types(row: &[String]) -> bool {
    let is_type = |cell: &str| {
        let width = cell.strip_suffix(['s', 'd', 'n']);
        width.is_some_and(|width| {
            !width.is_empty() && width.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    row.len() > 2 && filled(row).count() == row.len() && filled(row).all(is_type)
}

/// `{"ImportId":"QID1"}` in every cell.
fn is_of_import_ids(row: &[String]) -> bool {
    filled(row).count() > 1 && filled(row).all(|cell| cell.starts_with("{\"ImportId\""))
}

/// Whether `row` says in words what the short names of the row `above` mean: `Q1` over `How satisfied are you?`.
pub(super) fn is_description(above: &[String], row: &[String]) -> bool {
    let is_short = |cell: &str| is_token(cell) && cell.len() <= 40;
    let n_letters =
        |row: &[String]| -> usize { filled(row).map(|cell| cell.chars().count()).sum() };
    let n_sentences = filled(row).filter(|cell| cell.contains(' ')).count();
    above.len() > 2
        && above.len() == row.len()
        && filled(above).count() == above.len()
        && filled(row).count() == row.len()
        && filled(above).all(is_short)
        && filled(row)
            .all(|cell| !is_value(cell.as_bytes()) && cell.chars().any(char::is_alphabetic))
        && n_sentences * 2 >= row.len()
        && n_letters(row) * 2 > n_letters(above) * 3
}

/// Whether every cell is a code of capital letters, as `CODGEO` under `Code` or over it.
pub(super) fn is_of_codes(row: &[String]) -> bool {
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let is_code = |cell: &str| {
        let begins = cell
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_uppercase());
        cell.len() > 2 && begins && cell.bytes().all(is_capital)
    };
    row.len() > 2 && filled(row).count() == row.len() && filled(row).all(is_code)
}

/// A word without blanks that is no value.
fn is_token(cell: &str) -> bool {
    let has_letter = cell.chars().any(char::is_alphabetic);
    has_letter && !cell.contains(char::is_whitespace) && !is_value(cell.as_bytes())
}

/// Whether names stand in every cell, no two of them equal.
pub(super) fn are_distinct_names(row: &[String]) -> bool {
    let mut names: Vec<&str> = filled(row).collect();
    let n_names = names.len();
    names.sort_unstable();
    names.dedup();
    names.len() == n_names && names.iter().all(|name| is_name(name.as_bytes()))
}

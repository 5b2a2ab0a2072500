//! What stands below a table: notes, sums of the writer, another table. Rows that may be that are held back until it
//! shows whether rows of the table follow.

mod words;

pub(super) use words::is_total_word;

use std::collections::BTreeSet;

use super::PassedRows;
use words::{is_called_note, is_count_of_rows, is_sentence, total_of};

/// Rows that are held back at most; so long is no note.
const MAX_HELD: usize = 20_000;
/// Cells of them all, at most.
const MAX_CELLS: usize = 1 << 20;

/// Rows that show how the first cells of rows look.
const MAX_LEARNT: usize = 1_000;
/// The most of a first cell that is looked at.
const MAX_FIRST: usize = 256;

/// Holds back what may be below the table; `T` is what it gives back of a row.
#[derive(Debug)]
pub(super) struct Tail<T> {
    n_columns: usize,
    held: Vec<Held<T>>,
    n_cells: usize,
    /// Whether another table has begun, and all that comes is part of it.
    is_over: bool,
    /// What was left out.
    below: PassedRows,
    n_learnt: usize,
    /// How the first cells of the table's first rows look.
    looks: BTreeSet<Vec<u8>>,
    /// By column how many of their cells are filled, and how many of these begin as numbers and dates do.
    filled: Vec<[u32; 2]>,
    /// Words for sums that stand among those rows.
    totals: BTreeSet<usize>,
}

/// A row that may be below the table.
#[derive(Debug)]
pub(super) struct Next<T> {
    pub(super) line: u64,
    /// Whether a line without a byte is above it.
    pub(super) is_apart: bool,
    pub(super) cells: Vec<String>,
    pub(super) row: T,
}

/// A row that is held back.
#[derive(Debug)]
struct Held<T> {
    line: u64,
    cells: Vec<String>,
    is_note: bool,
    is_apart: bool,
    row: T,
}

impl<T> Tail<T> {
    pub(super) fn new(n_columns: usize) -> Self {
        Self {
            n_columns,
            held: Vec::new(),
            n_cells: 0,
            is_over: false,
            below: PassedRows::default(),
            n_learnt: 0,
            looks: BTreeSet::new(),
            filled: vec![[0; 2]; n_columns],
            totals: BTreeSet::new(),
        }
    }

    /// The rows that were left out.
    pub(super) const fn below(&self) -> &PassedRows {
        &self.below
    }

    /// Of the same table further down, where nothing is held back.
    pub(super) fn further_down(&self) -> Self {
        Self {
            n_learnt: self.n_learnt,
            looks: self.looks.clone(),
            filled: self.filled.clone(),
            totals: self.totals.clone(),
            ..Self::new(self.n_columns)
        }
    }

    /// Adds what was left out of a stretch of the file that is behind `n_lines` lines.
    pub(super) fn append_below(&mut self, below: &PassedRows, n_lines: u64) {
        self.below.append(below, n_lines);
    }

    /// Whether the next row must be taken, whatever it is.
    pub(super) const fn is_waiting(&self) -> bool {
        self.is_over || !self.held.is_empty()
    }

    /// Whether it is still to be seen how first cells look.
    pub(super) const fn is_learning(&self) -> bool {
        self.n_learnt < MAX_LEARNT
    }

    /// Notes the first cell of a row of the table, and its cells as they stand in the file.
    pub(super) fn learn(&mut self, first: &[u8], cells: &mut dyn Iterator<Item = &[u8]>) {
        if self.is_learning() {
            self.n_learnt += 1;
            self.looks.insert(look(first));
            for ([n_filled, n_values], cell) in self.filled.iter_mut().zip(cells) {
                let cell = cell.strip_prefix(b"\"").unwrap_or(cell).trim_ascii_start();
                if let Some(first) = cell.first().filter(|&&byte| byte != b'"') {
                    *n_filled += 1;
                    *n_values += u32::from(first.is_ascii_digit() || b"-+$".contains(first));
                }
            }
        }
    }

    /// Takes the next row; gives those that are rows of the table for sure. `names` are the columns' names.
    pub(super) fn take(&mut self, next: Next<T>, names: &[String]) -> Vec<T> {
        if self.is_over {
            self.below.note(next.line);
            return Vec::new();
        }
        if self.may_be_below(&next, names) {
            self.hold(next);
            if self.held.len() < MAX_HELD && self.n_cells < MAX_CELLS {
                return Vec::new();
            }
            self.is_over = self.has_table();
            return self.finish();
        }
        self.learn_totals();
        if let Some(first) = next.cells.first() {
            self.learn(
                first.as_bytes(),
                &mut next.cells.iter().map(String::as_bytes),
            );
        }
        self.n_cells = 0;
        let held = std::mem::take(&mut self.held).into_iter();
        held.map(|held| held.row).chain([next.row]).collect()
    }

    fn hold(&mut self, next: Next<T>) {
        self.n_cells += next.cells.len();
        self.held.push(Held {
            line: next.line,
            is_note: self.is_note(&next.cells),
            cells: next.cells,
            is_apart: next.is_apart,
            row: next.row,
        });
    }

    /// Notes the sums among what is held, once rows of the table follow: they are rows of it, too.
    fn learn_totals(&mut self) {
        if self.is_learning() {
            let totals = self
                .held
                .iter()
                .filter_map(|held| total_of(&held.cells, self.n_columns));
            self.totals.extend(totals);
        }
    }

    /// Sums at the start of what is held of a kind that stands further up, too: the last of the table's own.
    fn n_own_totals(&self) -> usize {
        let word = |held: &&Held<T>| total_of(&held.cells, self.n_columns);
        let is_own = |held: &&Held<T>| word(held).is_some_and(|word| self.totals.contains(&word));
        self.held.iter().take_while(is_own).count()
    }

    /// Ends the file or gives up holding: the rows that are part of the table after all. Rows of nothing are, unless
    /// a note stands among them.
    pub(super) fn finish(&mut self) -> Vec<T> {
        let notes = self.held.iter().rev().take_while(|held| held.is_note);
        let has_words = notes.clone().any(|held| n_filled(&held.cells) > 0);
        let n_kept = match (self.has_table(), has_words) {
            (true, _) => 0,
            (false, true) => self.held.len() - notes.count(),
            (false, false) => self.held.len(),
        };
        let n_kept = n_kept.max(self.n_own_totals());
        self.n_cells = 0;
        let mut held = std::mem::take(&mut self.held);
        for below in held.drain(n_kept..) {
            self.below.note(below.line);
        }
        held.into_iter().map(|held| held.row).collect()
    }

    /// Whether a row may be no part of the table: a note, or part of another table.
    fn may_be_below(&self, next: &Next<T>, names: &[String]) -> bool {
        let row = &next.cells[..];
        if self.n_columns < 2 {
            return false;
        }
        if self.is_note(row) {
            return true;
        }
        if let Some(other) = self.held.iter().find(|held| !held.is_note) {
            return match other.cells.len() == self.n_columns {
                true => width(row) <= width(&other.cells),
                false => row.len() != self.n_columns,
            };
        }
        let is_apart = next.is_apart || self.held.iter().any(|held| held.is_apart);
        if self.names_others(row, is_apart, names) {
            return true;
        }
        let is_other_width = width(row) != self.n_columns && row.len() != self.n_columns;
        let is_new = || !self.held.is_empty() || is_apart && row.iter().all(|cell| is_word(cell));
        is_other_width && row.len() > 1 && is_header(row) && (is_new() || shares_names(row, names))
    }

    /// Whether a row behind an empty one or behind a line without a byte names the columns of another table that is
    /// written as wide as this one: other names alone, where the rows above have numbers and dates. What is filled up to
    /// this width with empty cells, as spreadsheets do, may be a row with much missing, and is none of another table if
    /// a wider row follows.
    fn names_others(&self, row: &[String], is_apart: bool, names: &[String]) -> bool {
        let is_behind_empty = || self.held.iter().any(|held| n_filled(&held.cells) == 0);
        let n_names = n_filled(row);
        let is_whole = n_names == self.n_columns;
        let is_of_values = |seen: &&[u32; 2]| seen[0] > 0 && seen[1] * 10 >= seen[0] * 9;
        let n_of_values = self.filled.iter().filter(is_of_values).count();
        row.len() == self.n_columns
            && (is_apart || is_behind_empty())
            && n_names > 1
            && row[..n_names].iter().all(|cell| is_word(cell))
            && n_of_values > usize::from(is_whole)
            && (is_whole || !self.begins_like_rows(row))
            && !shares_names(&row[..n_names], names)
    }

    /// Whether a table of another width is held: more than a row of it.
    fn has_table(&self) -> bool {
        self.held.iter().filter(|held| !held.is_note).count() > 1
    }

    /// One filled cell at most, or very few in a short row; a sum of the writer; a short row that calls itself a note;
    /// below a note, a short row of sentences too. A row that begins as rows of the table do is none.
    fn is_note(&self, row: &[String]) -> bool {
        let n_filled = n_filled(row);
        let is_short = row.len() < self.n_columns && self.n_columns > 4;
        let is_sparse = n_filled == 1
            && self.n_columns > 2
            && !row.first().is_some_and(|cell| cell.trim().is_empty())
            || n_filled == 1 && row.len() == 1
            || n_filled == 2 && is_short;
        n_filled == 0
            || is_sparse && !self.begins_like_rows(row)
            || total_of(row, self.n_columns).is_some()
            || row.len() < self.n_columns && is_count_of_rows(row)
            || row.len() < self.n_columns && self.is_among_notes() && is_sentence(row)
            || row.len() < self.n_columns && is_called_note(row) && !self.begins_like_rows(row)
    }

    fn begins_like_rows(&self, row: &[String]) -> bool {
        let first = row.first().map_or("", |cell| cell.trim());
        !first.is_empty() && self.looks.contains(&look(first.as_bytes()))
    }

    /// Whether a note with words is held.
    fn is_among_notes(&self) -> bool {
        let mut notes = self.held.iter().filter(|held| held.is_note);
        notes.any(|held| n_filled(&held.cells) > 0)
    }
}

/// Letters as `a`, digits as `9`, each once; all else as it is.
fn look(cell: &[u8]) -> Vec<u8> {
    let cell = cell.trim_ascii();
    let kind = |&byte: &u8| match byte {
        b'0'..=b'9' => b'9',
        byte if byte.is_ascii_alphabetic() || !byte.is_ascii() => b'a',
        byte => byte,
    };
    let mut look: Vec<u8> = cell.iter().take(MAX_FIRST).map(kind).collect();
    look.dedup();
    look
}

fn n_filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// What stands for a value that there is not, and names no column.
const ABSENT: [&str; 7] = ["nan", "null", "none", "n/a", "na", "unknown", "없음"];

/// A name of a column: a word without a digit.
fn is_word(cell: &str) -> bool {
    let has_letter = cell.chars().any(char::is_alphabetic);
    let is_absent = || {
        ABSENT
            .iter()
            .any(|word| word.eq_ignore_ascii_case(cell.trim()))
    };
    has_letter && !cell.bytes().any(|byte| byte.is_ascii_digit()) && cell.len() < 80 && !is_absent()
}

/// Cells up to the last that is filled.
fn width(row: &[String]) -> usize {
    let last = row.iter().rposition(|cell| !cell.is_empty());
    last.map_or(0, |place| place + 1)
}

/// Words without a digit in every cell.
fn is_header(row: &[String]) -> bool {
    let is_name = |cell: &String| {
        let cell = cell.trim();
        let has_letter = cell.chars().any(char::is_alphabetic);
        cell.is_empty() || has_letter && cell.len() < 80
    };
    let n_digits = row.iter().filter(|cell| {
        cell.chars()
            .next()
            .is_some_and(|first| first.is_ascii_digit())
    });
    n_filled(row) * 2 > row.len() && row.iter().all(is_name) && n_digits.count() == 0
}

/// Whether names come again: the header of a table of the same things.
fn shares_names(row: &[String], names: &[String]) -> bool {
    let is_shared = |cell: &&String| names.iter().any(|name| name.trim() == cell.trim());
    row.iter().filter(is_shared).count() * 2 > row.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Vec<String> {
        let mut lines = text
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect());
        let names: Vec<String> = lines.next().unwrap();
        let mut tail = Tail::new(names.len());
        let mut is_apart = false;
        let mut rows = Vec::new();
        for cells in lines {
            let cells: Vec<String> = cells;
            if cells == [""] {
                is_apart = true;
                continue;
            }
            let row = cells.join(",");
            let is_apart = std::mem::take(&mut is_apart);
            rows.extend(tail.take(
                Next {
                    line: 1,
                    is_apart,
                    cells,
                    row,
                },
                &names,
            ));
        }
        rows.extend(tail.finish());
        rows
    }

    #[test]
    fn notes_below_a_table_are_left_out_and_ragged_rows_stay() {
        for (text, expected) in [
            ("id,day,n\n1,a,5\nSource: x\n", vec!["1,a,5"]),
            ("id,day,n\n1,a,5\n,,\nNote,,\n", vec!["1,a,5"]),
            ("id,day,n\n1,a,5\n,,\n2,b,6\n", vec!["1,a,5", ",,", "2,b,6"]),
            (
                "id,day,n\n1,a,5\n\nNotes:\nProvisional, may still change a bit\n",
                vec!["1,a,5"],
            ),
            ("id,day,n\n1,a,5\n,,\n,,\n", vec!["1,a,5", ",,", ",,"]),
            (
                "id,day,n\nK1,a,5\nK22,,\nK3\n",
                vec!["K1,a,5", "K22,,", "K3"],
            ),
            ("id,day,n\n1,a,5\n합계,,5\n", vec!["1,a,5"]),
            ("id,day,n\n1,a,5\n,Grand total:,5\n", vec!["1,a,5"]),
            (
                "id,day,n\n1,a,5\nTotal,,5\n2,b,6\n",
                vec!["1,a,5", "Total,,5", "2,b,6"],
            ),
            ("id,day,n\nann,,5\nTotal,b,5\n", vec!["ann,,5", "Total,b,5"]),
            (
                "id,day,n\na,x,5\n소계,,5\nb,x,6\n소계,,6\n총계,,11\n",
                vec!["a,x,5", "소계,,5", "b,x,6", "소계,,6"],
            ),
            (
                "day,name,code,n\n1,a,USD,5\nTotal: all,--,USD,5\n",
                vec!["1,a,USD,5"],
            ),
            ("id,day,n\n1,a,5\n*,,5\n", vec!["1,a,5"]),
            ("id,day,n\n1,a,5\n1,record(s) downloaded\n", vec!["1,a,5"]),
            ("id,day,n\n1,a,5\nEOF,1\n", vec!["1,a,5"]),
            ("id,day,n\n1,a,5\n2,b\n", vec!["1,a,5", "2,b"]),
            ("id,day,n\n1,a,5\n2,b,6,7\n", vec!["1,a,5", "2,b,6,7"]),
        ] {
            assert_eq!(kept(text), expected, "{text}");
        }
    }

    #[test]
    fn another_table_below_is_left_out() {
        let text = "id,day,n\n1,a,5\n2,b,6\nid,day,n,city\n3,c,7,x\n4,d,8,y\n";
        assert_eq!(kept(text), ["1,a,5", "2,b,6"]);
        let text = "id,day,n\n1,a,5\n\nname,sum\nx,5\ny,6\n";
        assert_eq!(kept(text), ["1,a,5"]);
    }

    #[test]
    fn another_table_that_is_written_as_wide_is_left_out_and_rows_with_gaps_stay() {
        let rows = "id,day,n\nK1,2024-01-13,5\nK2,2024-01-14,6";
        let own = ["K1,2024-01-13,5", "K2,2024-01-14,6"];
        for below in [
            ",,\nname,sum,\nx,5,\ny,6,",
            ",,\n,,\nproduct,colour,price\npen,red,5\nink,blue,6",
            "Sums,,\n,,\nname,sum,\nx,5,",
            "\nproduct,colour,price\npen,red,5",
            "\nStock\nproduct,colour,price\npen,red,5",
            "\ncode,meaning\nK,kilo\nM,mega",
        ] {
            assert_eq!(kept(&format!("{rows}\n{below}\n")), own, "{below}");
        }
        for below in [
            // Ids as above, a wider row below, the same names again, and nothing below.
            ",,\nK3,unknown,\nK4,unknown,",
            ",,\nkim,unknown,\nlee,unknown,\nK5,2024-01-15,7",
            ",,\nid,day,n\nK3,2024-02-13,7",
            ",,\nname,sum,",
            "product,colour,price\npen,red,5",
        ] {
            let text = format!("{rows}\n{below}");
            let all: Vec<&str> = text.lines().skip(1).collect();
            assert_eq!(kept(&text), all, "{below}");
        }
    }
}

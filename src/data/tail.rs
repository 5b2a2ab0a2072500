//! What stands below a table: notes, sums of the writer, another table. Rows that may be that are held back until it
//! shows whether rows of the table follow.

/// Rows that are held back at most; so long is no note.
const MAX_HELD: usize = 20_000;
/// Cells of them all, at most.
const MAX_CELLS: usize = 1 << 20;

/// Holds back what may be below the table.
#[derive(Debug)]
pub(super) struct Tail {
    n_columns: usize,
    /// Rows, and whether each is a note.
    held: Vec<(Vec<String>, bool)>,
    n_cells: usize,
    /// Whether another table has begun, and all that comes is part of it.
    is_over: bool,
    n_below: u64,
}

impl Tail {
    pub(super) const fn new(n_columns: usize) -> Self {
        Self {
            n_columns,
            held: Vec::new(),
            n_cells: 0,
            is_over: false,
            n_below: 0,
        }
    }

    /// Rows that were left out.
    pub(super) const fn n_below(&self) -> u64 {
        self.n_below
    }

    /// Takes the next row; gives those that are rows of the table for sure. `names` are the columns' names.
    pub(super) fn take(&mut self, row: Vec<String>, names: &[String]) -> Vec<Vec<String>> {
        if self.is_over {
            self.n_below += 1;
            return Vec::new();
        }
        if self.may_be_below(&row, names) {
            let is_note = self.is_note(&row);
            self.n_cells += row.len();
            self.held.push((row, is_note));
            if self.held.len() < MAX_HELD && self.n_cells < MAX_CELLS {
                return Vec::new();
            }
            self.is_over = self.has_table();
            return self.finish();
        }
        let held = std::mem::take(&mut self.held);
        self.n_cells = 0;
        held.into_iter()
            .map(|(held, _)| held)
            .chain([row])
            .collect()
    }

    /// Ends the file or gives up holding: the rows that are part of the table after all.
    pub(super) fn finish(&mut self) -> Vec<Vec<String>> {
        let n_notes = self.held.iter().rev().take_while(|(_, is_note)| *is_note);
        let n_kept = if self.has_table() {
            0
        } else {
            self.held.len() - n_notes.count()
        };
        let held = std::mem::take(&mut self.held);
        self.n_cells = 0;
        self.n_below += (held.len() - n_kept) as u64;
        held.into_iter().take(n_kept).map(|(row, _)| row).collect()
    }

    /// Whether a row may be no part of the table: a note, or part of a table of another width.
    fn may_be_below(&self, row: &[String], names: &[String]) -> bool {
        if self.n_columns < 2 {
            return false;
        }
        if self.is_note(row) {
            return true;
        }
        if self.held.iter().any(|(_, is_note)| !is_note) {
            return row.len() != self.n_columns;
        }
        let is_other_width = width(row) != self.n_columns && row.len() != self.n_columns;
        is_other_width
            && row.len() > 1
            && is_header(row)
            && (!self.held.is_empty() || shares_names(row, names))
    }

    /// Whether a table of another width is held: more than a row of it.
    fn has_table(&self) -> bool {
        self.held.iter().filter(|(_, is_note)| !is_note).count() > 1
    }

    /// One filled cell at most, or very few in a short row; below a note, a short row of sentences too.
    fn is_note(&self, row: &[String]) -> bool {
        let n_filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let is_short = row.len() < self.n_columns && self.n_columns > 4;
        n_filled == 0
            || n_filled == 1
                && self.n_columns > 2
                && !row.first().is_some_and(|cell| cell.trim().is_empty())
            || n_filled == 1 && row.len() == 1
            || n_filled == 2 && is_short
            || row.len() < self.n_columns && self.is_among_notes() && is_sentence(row)
    }

    /// Whether a note with words is held.
    fn is_among_notes(&self) -> bool {
        let mut notes = self.held.iter().filter(|(_, is_note)| *is_note);
        notes.any(|(row, _)| row.iter().any(|cell| !cell.trim().is_empty()))
    }
}

/// More letters than anything else, with blanks between them.
fn is_sentence(row: &[String]) -> bool {
    let letters = row.iter().flat_map(|cell| cell.chars());
    let n_letters = letters
        .clone()
        .filter(|letter| letter.is_alphabetic())
        .count();
    let n_blanks = letters.clone().filter(|letter| *letter == ' ').count();
    n_blanks > 1 && n_letters * 2 > letters.count()
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
    let n_filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let n_digits = row.iter().filter(|cell| {
        cell.chars()
            .next()
            .is_some_and(|first| first.is_ascii_digit())
    });
    n_filled * 2 > row.len() && row.iter().all(is_name) && n_digits.count() == 0
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
        let mut rows: Vec<Vec<String>> = lines.flat_map(|row| tail.take(row, &names)).collect();
        rows.extend(tail.finish());
        rows.iter().map(|row| row.join(",")).collect()
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
}

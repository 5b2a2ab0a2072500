//! On which line of the file each row starts, kept only where the count does not simply go on.

use super::super::parcel::{Packer, Unpacker};

/// Lines of rows.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Lines {
    /// Rows whose line is not the one after the row before, with their lines.
    jumps: Vec<(u32, u64)>,
    next_line: u64,
}

impl Lines {
    /// Notes that row number `row` starts on `line`.
    #[inline]
    pub(in super::super) fn push(&mut self, row: u32, line: u64) {
        if line != self.next_line {
            self.jumps.push((row, line));
        }
        self.next_line = line + 1;
    }

    /// Adds the lines of `other`, whose rows come behind `n_rows` rows and whose first line is behind `n_lines`.
    pub(in super::super) fn append(&mut self, other: &Self, n_rows: u32, n_lines: u64) {
        for &(row, line) in &other.jumps {
            let (row, line) = (row + n_rows, line + n_lines);
            if row > n_rows || line != self.next_line {
                self.jumps.push((row, line));
            }
        }
        if !other.jumps.is_empty() {
            self.next_line = other.next_line + n_lines;
        }
    }

    pub(in super::super) fn pack(self, packer: &mut Packer<'_>) {
        let (rows, lines): (Vec<u32>, Vec<u64>) = self.jumps.into_iter().unzip();
        packer.numbers(&rows);
        packer.numbers(&lines);
        packer.numbers(&[self.next_line]);
    }

    pub(in super::super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let (rows, lines) = (unpacker.numbers()?, unpacker.numbers()?);
        let [next_line] = unpacker.fixed()?;
        Some(Self {
            jumps: rows.into_iter().zip(lines).collect(),
            next_line,
        })
    }

    /// The line of a row, counted from 1.
    pub(in super::super) fn of(&self, row: usize) -> u64 {
        let later = self
            .jumps
            .partition_point(|&(jump, _)| jump as usize <= row);
        match later.checked_sub(1).and_then(|place| self.jumps.get(place)) {
            Some(&(jump, line)) => line + (row as u64 - u64::from(jump)),
            None => row as u64 + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back() {
        let expected = [2, 3, 4, 9, 10, 15];
        let mut lines = Lines::default();
        for (row, &line) in expected.iter().enumerate() {
            lines.push(row as u32, line);
        }
        let found: Vec<u64> = (0..expected.len()).map(|row| lines.of(row)).collect();
        assert_eq!(found, expected);
        assert_eq!(lines.jumps.len(), 3);
    }

    #[test]
    fn lines_behind_each_other_are_those_of_one_file() {
        let lines_of = |lines: &[u64], n_before: u64| {
            let mut column = Lines::default();
            for (row, line) in (0..).zip(lines) {
                column.push(row, line - n_before);
            }
            column
        };
        let all = [2, 3, 4, 9, 10, 15];
        for middle in 0..=all.len() {
            let (first, second) = all.split_at(middle);
            let n_before = first.last().copied().unwrap_or(1);
            let mut joined = lines_of(first, 0);
            joined.append(&lines_of(second, n_before), middle as u32, n_before);
            let expected = lines_of(&all, 0);
            assert_eq!(joined.jumps, expected.jumps, "{middle}");
            assert_eq!(joined.next_line, expected.next_line);
        }
    }
}

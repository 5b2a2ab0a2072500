//! On which line of the file each row starts, kept only where the count does not simply go on.

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
}

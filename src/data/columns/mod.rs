//! What the table keeps of each row, by column, in blocks that never move.
//!
//! Blocks of equal length keep memory close to what is stored: nothing is copied as the file grows.

mod decimals;
mod lines;
mod texts;

pub(super) use decimals::{DecimalColumn, Units};
pub(super) use lines::Lines;
pub(super) use texts::TextColumn;

/// The code or unit that stands for no value.
pub(super) const NO_CODE: u32 = u32::MAX;
/// The units that stand for no value.
pub(super) const NO_UNITS: i64 = i64::MIN;
/// The day that stands for no value.
pub(super) const NO_DAY: i32 = i32::MIN;

/// Rows in a block.
const BLOCK: usize = 1 << 16;

/// A column of plain values.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks<T> {
    blocks: Vec<Vec<T>>,
}

impl<T: Copy> Blocks<T> {
    /// `n_rows` times `value`.
    pub(super) fn filled(value: T, n_rows: usize) -> Self {
        let whole = std::iter::repeat_n(BLOCK, n_rows / BLOCK);
        let lengths = whole.chain(Some(n_rows % BLOCK).filter(|&rest| rest > 0));
        Self {
            blocks: lengths.map(|length| block_of(value, length)).collect(),
        }
    }

    /// Adds a row's value.
    #[inline(always)]
    pub(super) fn push(&mut self, value: T) {
        match self.blocks.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(value),
            _ => self.start_block(value),
        }
    }

    #[cold]
    fn start_block(&mut self, value: T) {
        // A small file does not need a whole block.
        let mut block = if self.blocks.is_empty() {
            Vec::new()
        } else {
            Vec::with_capacity(BLOCK)
        };
        block.push(value);
        self.blocks.push(block);
    }

    /// A row's value. Panics where there is no such row.
    #[inline]
    pub(super) fn get(&self, row: usize) -> T {
        self.blocks[row / BLOCK][row % BLOCK]
    }

    /// All values in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = T> {
        self.blocks.iter().flatten().copied()
    }

    /// All values in order, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.blocks.iter_mut().flatten()
    }

    /// The blocks in order; those of two columns of one table are equally long.
    pub(super) fn blocks(&self) -> &[Vec<T>] {
        &self.blocks
    }
}

fn block_of<T: Copy>(value: T, length: usize) -> Vec<T> {
    let mut block = Vec::with_capacity(BLOCK);
    block.resize(length, value);
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_in_order_across_blocks() {
        let n_rows = 2 * BLOCK + 5;
        let mut column = Blocks::default();
        (0..n_rows).for_each(|row| column.push(row));
        assert!(column.iter().eq(0..n_rows));
        assert_eq!(column.get(BLOCK), BLOCK);
        let filled = Blocks::filled(7, n_rows);
        let lengths = |lengths: Vec<usize>| lengths;
        assert_eq!(
            lengths(filled.blocks().iter().map(Vec::len).collect()),
            lengths(column.blocks().iter().map(Vec::len).collect())
        );
    }
}

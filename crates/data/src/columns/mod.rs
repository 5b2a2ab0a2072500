//! What the table keeps of each row, by column, in blocks that never move.
//!
//! Blocks of equal length keep memory close to what is stored: nothing is copied as the file grows.

mod decimals;
mod few_numbers;
mod lines;
mod narrow;
mod short_texts;
mod texts;

pub(super) use decimals::{DecimalColumn, Units};
pub(super) use few_numbers::FewNumbers;
pub(super) use lines::Lines;
pub(super) use narrow::{Narrow, Value};
pub(super) use texts::TextColumn;

use super::parcel::{Number, Packer, Unpacker};

/// The code or unit that stands for no value.
pub(super) const NO_CODE: u32 = u32::MAX;
/// The units that stand for no value.
pub(super) const NO_UNITS: i64 = i64::MIN;
/// The day that stands for no value.
pub(super) const NO_DAY: i32 = i32::MIN;

/// Rows in a block.
const BLOCK: usize = 1 << 16;

/// For how many more rows a block that has `n_rows` makes room: as many again, and never beyond its end.
fn n_more(n_rows: usize) -> usize {
    n_rows.max(64).min(BLOCK - n_rows)
}

/// A column of plain values.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks<T> {
    full: Vec<Vec<T>>,
    last: Vec<T>,
}

impl<T: Copy> Blocks<T> {
    /// Adds a row's value.
    #[inline(always)]
    pub(super) fn push(&mut self, value: T) {
        if self.last.len() == self.last.capacity() {
            self.make_room();
        }
        self.last.push(value);
    }

    /// The first block grows, for most files are small; later ones are made whole.
    #[cold]
    fn make_room(&mut self) {
        if self.last.len() < BLOCK {
            self.last.reserve_exact(n_more(self.last.len()));
        } else {
            let block = std::mem::replace(&mut self.last, Vec::with_capacity(BLOCK));
            self.full.push(block);
        }
    }

    /// Adds the values of `other` behind its own.
    pub(super) fn append(&mut self, other: Self) {
        for block in other.full.into_iter().chain([other.last]) {
            let mut rest = &block[..];
            while !rest.is_empty() {
                if self.last.len() == BLOCK {
                    self.make_room();
                }
                let n_room = BLOCK - self.last.len();
                let (next, after) = rest.split_at(rest.len().min(n_room));
                self.last
                    .reserve_exact(if after.is_empty() && self.full.is_empty() {
                        next.len()
                    } else {
                        n_room
                    });
                self.last.extend_from_slice(next);
                rest = after;
            }
        }
    }

    /// A piece for each block.
    pub(super) fn pack(self, packer: &mut Packer<'_>)
    where
        T: Number,
    {
        packer.numbers(&[self.full.len() as u64]);
        for block in self.full.into_iter().chain([self.last]) {
            packer.numbers(&block);
        }
    }

    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self>
    where
        T: Number,
    {
        let [n_full] = unpacker.fixed::<u64, 1>()?;
        let full = (0..n_full).map(|_| unpacker.numbers());
        let full: Option<Vec<Vec<T>>> = full.collect();
        Some(Self {
            full: full.filter(|full| full.iter().all(|block| block.len() == BLOCK))?,
            last: unpacker.numbers()?,
        })
    }

    /// How many rows there are.
    pub(super) const fn len(&self) -> usize {
        self.full.len() * BLOCK + self.last.len()
    }

    /// A row's value. Panics where there is no such row.
    #[inline]
    pub(super) fn get(&self, row: usize) -> T {
        match self.full.get(row / BLOCK) {
            Some(block) => block[row % BLOCK],
            None => self.last[row - self.full.len() * BLOCK],
        }
    }

    /// All values in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = T> {
        self.blocks().flatten().copied()
    }

    /// All values in order, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.blocks_mut().flatten()
    }

    /// The blocks in order; those of two columns of one table are equally long.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &[T]> {
        let last = Some(&self.last[..]).filter(|last| !last.is_empty());
        self.full.iter().map(Vec::as_slice).chain(last)
    }

    /// The blocks in order, to be changed.
    pub(super) fn blocks_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        let last = Some(&mut self.last[..]).filter(|last| !last.is_empty());
        self.full.iter_mut().map(Vec::as_mut_slice).chain(last)
    }
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
        let lengths = |column: &Blocks<usize>| column.blocks().map(<[_]>::len).collect::<Vec<_>>();
        assert_eq!(lengths(&column), [BLOCK, BLOCK, 5]);
    }

    #[test]
    fn columns_behind_each_other_are_one_column() {
        let column = |rows: std::ops::Range<usize>| {
            let mut column = Blocks::default();
            rows.for_each(|row| column.push(row));
            column
        };
        let lengths = |column: &Blocks<usize>| column.blocks().map(<[_]>::len).collect::<Vec<_>>();
        for middle in [0, 5, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK] {
            for end in [middle, middle + 3, middle + BLOCK, middle + 2 * BLOCK + 7] {
                let mut joined = column(0..middle);
                joined.append(column(middle..end));
                assert!(joined.iter().eq(0..end), "{middle} {end}");
                joined.push(end);
                assert_eq!(lengths(&joined), lengths(&column(0..end + 1)));
            }
        }
    }
}

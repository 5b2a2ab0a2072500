//! A column of values of which neighbours are alike: orders, days, codes of few texts.
//!
//! A full block keeps how far each value is from the least of the block, in as few bytes as the farthest takes (frame of
//! reference, Goldstein, Ramakrishnan and Shaft, "Compressing relations and indexes", 1998); the last block is plain, so
//! that adding a row costs what it costs in [`super::Blocks`]. Of an order file of a million rows two thirds are saved.

use std::borrow::Cow;

use super::super::parcel::{Number, Packer, Unpacker};
use super::{BLOCK, NO_CODE, NO_DAY, NO_UNITS, n_more};

/// A value of a column that may be missing.
pub(in super::super) trait Value: Copy + Ord {
    /// What stands for none.
    const NONE: Self;
    /// The least and the greatest value.
    const BOUNDS: (Self, Self);

    /// How far it is above `least`, in its own width, so that many are worked out at once.
    fn above(self, least: Self) -> u64;
    /// The value that lies so far above `least`.
    fn at(least: Self, distance: u64) -> Self;
}

/// The same for a type and the unsigned one of its width.
macro_rules! value {
    ($type:ty, $unsigned:ty, $none:expr) => {
        impl Value for $type {
            const NONE: Self = $none;
            const BOUNDS: (Self, Self) = (Self::MIN, Self::MAX);

            #[inline(always)]
            fn above(self, least: Self) -> u64 {
                self.wrapping_sub(least) as $unsigned as u64
            }

            #[inline(always)]
            fn at(least: Self, distance: u64) -> Self {
                least.wrapping_add(distance as Self)
            }
        }
    };
}

value!(u32, u32, NO_CODE);
value!(i32, u32, NO_DAY);
value!(i64, u64, NO_UNITS);

/// A column of values of which neighbours are alike.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Narrow<T> {
    full: Vec<Block<T>>,
    last: Vec<T>,
}

/// The values of a full block.
#[derive(Clone, Debug)]
struct Block<T> {
    least: T,
    distances: Distances,
}

/// How far each value is from the least, and one more; 0 for none.
#[derive(Clone, Debug)]
enum Distances {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
    Eight(Vec<u64>),
}

impl<T: Value> Block<T> {
    #[inline(never)]
    fn new(values: &[T]) -> Self {
        let (mut most, mut least) = T::BOUNDS;
        for &value in values {
            let is_none = value == T::NONE;
            least = least.min(if is_none { least } else { value });
            most = most.max(if is_none { most } else { value });
        }
        let farthest = if least <= most { most.above(least) } else { 0 };
        // One more is for none.
        let distances = if farthest < u64::from(u8::MAX) {
            Distances::One(distances(values, least, |distance| distance as u8))
        } else if farthest < u64::from(u16::MAX) {
            Distances::Two(distances(values, least, |distance| distance as u16))
        } else if farthest < u64::from(u32::MAX) {
            Distances::Four(distances(values, least, |distance| distance as u32))
        } else {
            Distances::Eight(distances(values, least, |distance| distance))
        };
        Self { least, distances }
    }

    #[inline]
    fn value(&self, distance: u64) -> T {
        if distance == 0 {
            T::NONE
        } else {
            T::at(self.least, distance - 1)
        }
    }

    #[inline]
    fn get(&self, place: usize) -> T {
        self.value(match &self.distances {
            Distances::One(all) => u64::from(all[place]),
            Distances::Two(all) => u64::from(all[place]),
            Distances::Four(all) => u64::from(all[place]),
            Distances::Eight(all) => all[place],
        })
    }

    #[inline(never)]
    fn values(&self) -> Vec<T> {
        let value = |distance| self.value(distance);
        match &self.distances {
            Distances::One(all) => all.iter().map(|&one| value(u64::from(one))).collect(),
            Distances::Two(all) => all.iter().map(|&one| value(u64::from(one))).collect(),
            Distances::Four(all) => all.iter().map(|&one| value(u64::from(one))).collect(),
            Distances::Eight(all) => all.iter().map(|&one| value(one)).collect(),
        }
    }
}

/// A plain loop over memory that is there, which compiles to many values at once.
#[inline(always)]
fn distances<T: Value, D: Copy + Default>(
    values: &[T],
    least: T,
    narrow: impl Fn(u64) -> D,
) -> Vec<D> {
    let mut all = vec![D::default(); values.len()];
    for (distance, &value) in all.iter_mut().zip(values) {
        *distance = narrow(if value == T::NONE {
            0
        } else {
            value.above(least).wrapping_add(1)
        });
    }
    all
}

impl<T: Value> Narrow<T> {
    /// `n_rows` times `value`.
    pub(in super::super) fn filled(value: T, n_rows: usize) -> Self {
        let full = match n_rows / BLOCK {
            0 => Vec::new(),
            n_full => vec![Block::new(&[value; BLOCK]); n_full],
        };
        Self {
            full,
            last: vec![value; n_rows % BLOCK],
        }
    }

    /// Adds a row's value.
    #[inline(always)]
    pub(in super::super) fn push(&mut self, value: T) {
        if self.last.len() == self.last.capacity() || self.last.len() == BLOCK {
            self.make_room();
        }
        self.last.push(value);
    }

    /// The first block grows, for most files are small; its memory is that of all later ones.
    #[cold]
    fn make_room(&mut self) {
        if self.last.len() < BLOCK {
            self.last.reserve_exact(n_more(self.last.len()));
        } else {
            self.full.push(Block::new(&self.last));
            self.last.clear();
        }
    }

    /// Adds the values of `other` behind its own.
    pub(in super::super) fn append(&mut self, other: Self) {
        for block in other.into_blocks() {
            let mut rest = &block[..];
            while !rest.is_empty() {
                if self.last.len() == BLOCK {
                    self.make_room();
                }
                let n_room = BLOCK - self.last.len();
                let (next, after) = rest.split_at(rest.len().min(n_room));
                self.last.reserve_exact(next.len());
                self.last.extend_from_slice(next);
                rest = after;
            }
        }
    }

    /// Each block plain and let go of in turn.
    fn into_blocks(self) -> impl Iterator<Item = Vec<T>> {
        let full = self.full.into_iter().map(|block| block.values());
        full.chain(Some(self.last).filter(|last| !last.is_empty()))
    }

    /// Puts for each value what `change` makes of it and its row.
    pub(in super::super) fn change(&mut self, mut change: impl FnMut(usize, T) -> T) {
        let mut row = 0;
        let mut change_all = |values: &mut [T]| {
            for value in values {
                *value = change(row, *value);
                row += 1;
            }
        };
        for block in &mut self.full {
            let mut values = block.values();
            change_all(&mut values);
            *block = Block::new(&values);
        }
        change_all(&mut self.last);
    }

    /// A piece for each block.
    pub(in super::super) fn pack(self, packer: &mut Packer<'_>)
    where
        T: Number,
    {
        packer.numbers(&[self.full.len() as u64]);
        for block in &self.full {
            packer.numbers::<T>(&block.values());
        }
        packer.numbers(&self.last);
    }

    pub(in super::super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self>
    where
        T: Number,
    {
        let [n_full] = unpacker.fixed::<u64, 1>()?;
        let full = (0..n_full).map(|_| {
            let values = unpacker.numbers::<T>()?;
            (values.len() == BLOCK).then(|| Block::new(&values))
        });
        Some(Self {
            full: full.collect::<Option<_>>()?,
            last: unpacker.numbers()?,
        })
    }

    /// How many rows there are.
    pub(in super::super) const fn len(&self) -> usize {
        self.full.len() * BLOCK + self.last.len()
    }

    /// A row's value. Panics where there is no such row.
    #[inline]
    pub(in super::super) fn get(&self, row: usize) -> T {
        match self.full.get(row / BLOCK) {
            Some(block) => block.get(row % BLOCK),
            None => self.last[row - self.full.len() * BLOCK],
        }
    }

    /// All values in order.
    pub(in super::super) fn iter(&self) -> impl Iterator<Item = T> {
        let full = self.full.iter().flat_map(Block::values);
        full.chain(self.last.iter().copied())
    }

    /// The blocks in order; those of two columns of one table are equally long.
    pub(in super::super) fn blocks(&self) -> impl Iterator<Item = Cow<'_, [T]>> {
        let n_blocks = self.full.len() + usize::from(!self.last.is_empty());
        (0..n_blocks).map(|number| self.block(number))
    }

    /// Bytes of the full blocks.
    #[cfg(test)]
    pub(in super::super) fn n_bytes_of_full(&self) -> usize {
        let blocks = self.full.iter().map(|block| match &block.distances {
            Distances::One(all) => all.capacity(),
            Distances::Two(all) => all.capacity() * 2,
            Distances::Four(all) => all.capacity() * 4,
            Distances::Eight(all) => all.capacity() * 8,
        });
        blocks.sum()
    }

    /// Rows of the full blocks.
    #[cfg(test)]
    pub(in super::super) const fn n_rows_of_full(&self) -> usize {
        self.full.len() * BLOCK
    }

    /// The block with this number; empty where there is none.
    pub(in super::super) fn block(&self, number: usize) -> Cow<'_, [T]> {
        match self.full.get(number) {
            Some(block) => Cow::Owned(block.values()),
            None => Cow::Borrowed(&self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column<T: Value>(values: &[T]) -> Narrow<T> {
        let mut column = Narrow {
            full: Vec::new(),
            last: Vec::new(),
        };
        values.iter().for_each(|&value| column.push(value));
        column
    }

    /// Three blocks and a bit, with the least, the most and none among them.
    fn check<T: Value + std::fmt::Debug>(extremes: &[T], n_bytes: usize) {
        let values: Vec<T> = extremes
            .iter()
            .copied()
            .chain([T::NONE])
            .cycle()
            .take(3 * BLOCK + 5)
            .collect();
        let column = column(&values);
        assert!(column.iter().eq(values.iter().copied()));
        for row in [0, 1, 2, BLOCK - 1, BLOCK, values.len() - 1] {
            assert_eq!(column.get(row), values[row]);
        }
        let blocks: Vec<T> = column.blocks().flat_map(Cow::into_owned).collect();
        assert_eq!((blocks == values, column.len()), (true, values.len()));
        let width = |block: &Block<T>| match block.distances {
            Distances::One(_) => 1,
            Distances::Two(_) => 2,
            Distances::Four(_) => 4,
            Distances::Eight(_) => 8,
        };
        assert!(column.full.iter().all(|block| width(block) == n_bytes));
    }

    #[test]
    fn values_come_back_whatever_they_are() {
        check(&[7_u32], 1);
        check(&[1_000_u32, 1_254], 1);
        check(&[1_000_u32, 1_255], 2);
        check(&[0_u32, u32::MAX - 1], 4);
        check(&[-5_i32, 249], 1);
        check(&[i32::MIN + 1, i32::MAX], 4);
        check(&[-70_000_i64, 70_000], 4);
        check(&[i64::MIN + 1, 0, i64::MAX], 8);
        check::<i64>(&[], 1);
    }

    #[test]
    fn columns_behind_each_other_are_one_column() {
        let values: Vec<u32> = (0..4 * BLOCK as u32).map(|row| row / 3).collect();
        for middle in [0, 5, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK] {
            for end in [middle, middle + 3, middle + BLOCK] {
                let mut joined = column(&values[..middle]);
                joined.append(column(&values[middle..end]));
                assert!(joined.iter().eq(values[..end].iter().copied()));
                joined.push(NO_CODE);
                assert_eq!((joined.len(), joined.get(end)), (end + 1, NO_CODE));
            }
        }
    }

    #[test]
    fn values_can_be_changed_beyond_what_their_block_held() {
        let mut column = Narrow::filled(3_u32, BLOCK + 2);
        column.change(|row, value| value + row as u32 * 2);
        let expected = (0..BLOCK as u32 + 2).map(|row| 3 + row * 2);
        assert!(column.iter().eq(expected));
    }

    #[test]
    fn a_block_that_is_nearly_full_takes_the_rows_that_are_left() {
        let mut column = Narrow::filled(7_i32, BLOCK - 3);
        for value in 0..5 {
            column.push(value);
        }
        let last: Vec<i32> = (BLOCK - 4..BLOCK + 2).map(|row| column.get(row)).collect();
        assert_eq!(last, [7, 0, 1, 2, 3, 4]);
    }
}

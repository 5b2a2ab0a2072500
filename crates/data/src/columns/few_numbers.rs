//! A column of numbers of which few differ, such as pieces: each distinct number once, a code for each row.
//!
//! Numbers are the same where their values are: `2` and `2.0` share a code.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::super::parcel::{Packer, Unpacker};
use super::super::values::Decimal;
use super::{DecimalColumn, NO_CODE, Narrow, Units};

/// Whole numbers below this are found without a look into the map.
const N_SMALL: usize = 256;

/// A column of numbers of which few differ.
#[derive(Clone, Debug)]
pub(in super::super) struct FewNumbers {
    values: Vec<Decimal>,
    codes: Narrow<u32>,
    small: [u32; N_SMALL],
    others: HashMap<(i64, u8), u32, FixedState>,
}

impl Default for FewNumbers {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            codes: Narrow::default(),
            small: [NO_CODE; N_SMALL],
            others: HashMap::default(),
        }
    }
}

impl FewNumbers {
    /// Adds a row's number, or none.
    #[inline]
    pub(in super::super) fn push(&mut self, number: Option<Decimal>) {
        let code = match number {
            Some(number) if number.scale == 0 && (0..N_SMALL as i64).contains(&number.units) => {
                match self.small[number.units as usize] {
                    NO_CODE => self.add(number),
                    code => code,
                }
            }
            Some(number) => self.add(number),
            None => NO_CODE,
        };
        self.codes.push(code);
    }

    #[inline(never)]
    fn add(&mut self, number: Decimal) -> u32 {
        let number = number.shortest();
        let next = self.values.len() as u32;
        let code = match usize::try_from(number.units) {
            Ok(small) if number.scale == 0 && small < N_SMALL => &mut self.small[small],
            _ => (self.others)
                .entry((number.units, number.scale))
                .or_insert(NO_CODE),
        };
        if *code == NO_CODE {
            *code = next;
            self.values.push(number);
        }
        *code
    }

    /// Adds the rows of `other`, read behind its own.
    pub(in super::super) fn append(&mut self, mut other: Self) {
        let codes: Vec<u32> = other
            .values
            .iter()
            .map(|&number| self.add(number))
            .collect();
        let new = |_, code: u32| codes.get(code as usize).copied().unwrap_or(NO_CODE);
        other.codes.change(new);
        self.codes.append(other.codes);
    }

    pub(in super::super) fn pack(self, packer: &mut Packer<'_>) {
        let units: Vec<i64> = self.values.iter().map(|number| number.units).collect();
        let scales: Vec<u8> = self.values.iter().map(|number| number.scale).collect();
        packer.numbers(&units);
        packer.numbers(&scales);
        self.codes.pack(packer);
    }

    /// The column that was packed. It is there to be appended: it does not know its numbers again.
    pub(in super::super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let (units, scales) = (unpacker.numbers::<i64>()?, unpacker.numbers::<u8>()?);
        let numbers = units.into_iter().zip(scales);
        Some(Self {
            values: numbers
                .map(|(units, scale)| Decimal { units, scale })
                .collect(),
            codes: Narrow::unpack(unpacker)?,
            ..Self::default()
        })
    }

    /// For each row the code of its number, or [`NO_CODE`].
    pub(in super::super) const fn codes(&self) -> &Narrow<u32> {
        &self.codes
    }

    /// A row's number.
    pub(in super::super) fn number(&self, row: usize) -> Option<Decimal> {
        self.values.get(self.codes.get(row) as usize).copied()
    }

    /// Whether a row's number is there and not zero.
    pub(in super::super) fn is_some_number(&self, row: usize) -> bool {
        self.number(row).is_some_and(|number| number.units != 0)
    }

    /// The distinct numbers with one scale for all.
    pub(in super::super) fn units(&self) -> Units {
        let mut column = DecimalColumn::default();
        for &number in &self.values {
            column.push(Some(number));
        }
        column.into_units(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_behind_each_other_are_one_column() {
        let numbers = [
            (3, 0),
            (20, 1),
            (1_000, 0),
            (2, 0),
            (3, 0),
            (1_000, 0),
            (25, 1),
        ];
        let column = |numbers: &[(i64, u8)]| {
            let mut column = FewNumbers::default();
            for &(units, scale) in numbers {
                column.push(Some(Decimal { units, scale }));
                column.push(None);
            }
            column
        };
        let expected = column(&numbers);
        for middle in 0..=numbers.len() {
            let mut joined = column(&numbers[..middle]);
            joined.append(column(&numbers[middle..]));
            assert!(joined.codes.iter().eq(expected.codes.iter()), "{middle}");
            assert_eq!(joined.values, expected.values);
        }
    }

    #[test]
    fn equal_numbers_share_a_code_however_they_are_written() {
        let mut column = FewNumbers::default();
        for (units, scale) in [
            (2, 0),
            (20, 1),
            (5, 1),
            (-2, 0),
            (300, 0),
            (3_000, 1),
            (0, 2),
            (0, 0),
        ] {
            column.push(Some(Decimal { units, scale }));
        }
        column.push(None);
        let codes: Vec<u32> = column.codes().iter().collect();
        assert_eq!(codes, [0, 0, 1, 2, 3, 3, 4, 4, NO_CODE]);
        let are_some = [1, 6, 8].map(|row| column.is_some_number(row));
        assert_eq!(are_some, [true, false, false]);
        let units = column.units();
        assert_eq!(units.scale, 1);
        assert_eq!(
            units.units.iter().collect::<Vec<_>>(),
            [20, 5, -20, 3_000, 0]
        );
    }
}

//! A column of exact decimals: while it is read with each value's own scale, afterwards with one for all.

use super::super::parcel::{Packer, Unpacker};
use super::super::values::Decimal;
use super::{Blocks, NO_UNITS, Narrow};

/// The most decimal places.
const MAX_SCALE: usize = 18;
/// What stands for no scale in a parcel, and for several.
const NO_VALUE: u8 = u8::MAX;
const DIFFERS: u8 = u8::MAX - 1;
/// From this many units on a number has so many digits that its last decimals are those of a floating-point print.
const MANY_DIGITS: u64 = 100_000_000_000_000;
/// So many decimals stay of such a print, whatever else stands in the column.
const DECIMALS_OF_PRINT: u8 = 6;

/// Decimals as they are read.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct DecimalColumn {
    units: Narrow<i64>,
    scales: Blocks<u8>,
    /// Sums of the absolute units, by scale.
    sums: [u128; MAX_SCALE + 1],
    n_values: u64,
    /// The scale of all values so far, unless they differ.
    only_scale: OnlyScale,
}

/// Whether all values have one scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum OnlyScale {
    #[default]
    NoValue,
    Is(u8),
    Differs,
}

/// Decimals of one scale. [`NO_UNITS`] where there is none.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Units {
    /// By row.
    pub(in super::super) units: Narrow<i64>,
    /// Decimal places of all.
    pub(in super::super) scale: u8,
    /// How many were rounded.
    pub(in super::super) n_rounded: u64,
}

impl DecimalColumn {
    /// Adds a row's number, or none.
    #[inline]
    pub(in super::super) fn push(&mut self, number: Option<Decimal>) {
        match number {
            Some(Decimal { units, scale }) => {
                self.units.push(units);
                self.scales.push(scale);
                self.sums[usize::from(scale)] += u128::from(units.unsigned_abs());
                self.n_values += 1;
                if self.only_scale != OnlyScale::Is(scale) {
                    self.note_scale(scale);
                }
            }
            None => {
                self.units.push(NO_UNITS);
                self.scales.push(0);
            }
        }
    }

    /// Adds the rows of `other`, read behind its own.
    pub(in super::super) fn append(&mut self, other: Self) {
        self.units.append(other.units);
        self.scales.append(other.scales);
        for (sum, more) in self.sums.iter_mut().zip(other.sums) {
            *sum += more;
        }
        self.n_values += other.n_values;
        match other.only_scale {
            OnlyScale::NoValue => {}
            OnlyScale::Differs => self.only_scale = OnlyScale::Differs,
            OnlyScale::Is(scale) if self.only_scale == OnlyScale::Is(scale) => {}
            OnlyScale::Is(scale) => self.note_scale(scale),
        }
    }

    pub(in super::super) fn pack(self, packer: &mut Packer<'_>) {
        packer.numbers(&self.sums);
        let only_scale = match self.only_scale {
            OnlyScale::NoValue => NO_VALUE,
            OnlyScale::Is(scale) => scale,
            OnlyScale::Differs => DIFFERS,
        };
        packer.numbers(&[self.n_values, u64::from(only_scale)]);
        self.units.pack(packer);
        self.scales.pack(packer);
    }

    pub(in super::super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let sums = unpacker.fixed()?;
        let [n_values, only_scale] = unpacker.fixed::<u64, 2>()?;
        Some(Self {
            sums,
            n_values,
            only_scale: match only_scale as u8 {
                NO_VALUE => OnlyScale::NoValue,
                DIFFERS => OnlyScale::Differs,
                scale => OnlyScale::Is(scale),
            },
            units: Narrow::unpack(unpacker)?,
            scales: Blocks::unpack(unpacker)?,
        })
    }

    #[cold]
    fn note_scale(&mut self, scale: u8) {
        self.only_scale = match self.only_scale {
            OnlyScale::NoValue => OnlyScale::Is(scale),
            _ => OnlyScale::Differs,
        };
    }

    /// Gives all values one scale: the most decimals that any of them has and that the sum of all can have.
    ///
    /// A value with more decimals is rounded to six where they are the tail of a floating-point print (15 digits or
    /// more), and counted; any other is told to `lost` by its row and becomes none.
    pub(in super::super) fn into_units(mut self, mut lost: impl FnMut(usize)) -> Units {
        let scale = self.common_scale();
        let largest = self.largest_magnitude(scale);
        if self.only_scale == OnlyScale::Is(scale) && largest == i64::MAX as u64 {
            return Units {
                units: self.units,
                scale,
                n_rounded: 0,
            };
        }
        let Self { units, scales, .. } = &mut self;
        let mut n_rounded = 0;
        units.change(|row, units| {
            if units == NO_UNITS {
                return units;
            }
            let own = scales.get(row);
            let fitted = rescaled(units, own, scale)
                .or_else(|| rounded_print(units, own, scale).inspect(|_| n_rounded += 1));
            let fitted = fitted.filter(|units| units.unsigned_abs() <= largest);
            if fitted.is_none() {
                lost(row);
            }
            fitted.unwrap_or(NO_UNITS)
        });
        Units {
            units: self.units,
            scale,
            n_rounded,
        }
    }

    /// Gives all values one scale: the most decimals that any has and the largest can have; finer values are rounded.
    ///
    /// For measurements, where a rounded value is better than none; for money see [`Self::into_units`].
    pub(in super::super) fn into_rounded_units(mut self) -> Units {
        let needed = self.sums.iter().rposition(|&sum| sum > 0).unwrap_or(0);
        let values = || self.units.iter().zip(self.scales.iter());
        let fits = |&scale: &usize| {
            values()
                .all(|(units, own)| units == NO_UNITS || rounded(units, own, scale as u8).is_some())
        };
        let scale = (0..=needed).rev().find(fits).unwrap_or(0) as u8;
        let Self { units, scales, .. } = &mut self;
        units.change(|row, units| match units {
            NO_UNITS => NO_UNITS,
            units => rounded(units, scales.get(row), scale).unwrap_or(NO_UNITS),
        });
        Units {
            units: self.units,
            scale,
            n_rounded: 0,
        }
    }

    fn common_scale(&self) -> u8 {
        let needed = self.sums.iter().rposition(|&sum| sum > 0).unwrap_or(0);
        let fits = |&scale: &usize| self.total(scale) <= i64::MAX as u128;
        (0..=needed).rev().find(fits).unwrap_or(0) as u8
    }

    /// The sum of the absolute values in units of `10^-scale`, each rounded up.
    fn total(&self, scale: usize) -> u128 {
        let lifted = self.sums.iter().enumerate().map(|(own, &sum)| {
            if own <= scale {
                sum.saturating_mul(10_u128.pow((scale - own) as u32))
            } else {
                sum.div_ceil(10_u128.pow((own - scale) as u32))
                    .saturating_add(u128::from(self.n_values))
            }
        });
        lifted.fold(0, u128::saturating_add)
    }

    /// Where even whole units are too many to add up, only values below an even share are kept.
    fn largest_magnitude(&self, scale: u8) -> u64 {
        if self.total(usize::from(scale)) <= i64::MAX as u128 {
            i64::MAX as u64
        } else {
            i64::MAX as u64 / self.n_values.max(1)
        }
    }
}

/// The same value in units of another scale; none where it is not one there.
#[inline]
fn rescaled(units: i64, own_scale: u8, scale: u8) -> Option<i64> {
    if own_scale == scale {
        return Some(units);
    }
    if own_scale < scale {
        return units.checked_mul(10_i64.pow(u32::from(scale - own_scale)));
    }
    let step = 10_i64.pow(u32::from(own_scale - scale));
    (units % step == 0).then(|| units / step)
}

/// The print of a floating-point number to six decimals, in units of a scale that has these; none of any other number.
fn rounded_print(units: i64, own_scale: u8, scale: u8) -> Option<i64> {
    if units.unsigned_abs() < MANY_DIGITS || scale < DECIMALS_OF_PRINT {
        return None;
    }
    let step = 10_i64.pow(u32::from(own_scale - DECIMALS_OF_PRINT));
    rescaled(rounded_to(units, step), DECIMALS_OF_PRINT, scale)
}

/// The value in units of another scale, half away from zero; none where they are too many.
fn rounded(units: i64, own_scale: u8, scale: u8) -> Option<i64> {
    if own_scale <= scale {
        return units.checked_mul(10_i64.pow(u32::from(scale - own_scale)));
    }
    Some(rounded_to(units, 10_i64.pow(u32::from(own_scale - scale))))
}

fn rounded_to(units: i64, step: i64) -> i64 {
    let half = step / 2 * units.signum();
    units.saturating_add(half) / step
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[(i64, u8)], scale: u8, expected: &[Option<i64>]) {
        let mut column = DecimalColumn::default();
        for &(units, scale) in values {
            column.push(Some(Decimal { units, scale }));
        }
        let mut lost = Vec::new();
        let units = column.into_units(|row| lost.push(row));
        let found: Vec<_> = units
            .units
            .iter()
            .map(|u| Some(u).filter(|&u| u != NO_UNITS))
            .collect();
        assert_eq!((units.scale, &found[..]), (scale, expected));
        let n_none = expected.iter().filter(|units| units.is_none()).count();
        assert_eq!(lost.len(), n_none);
    }

    #[test]
    fn the_most_decimals_win() {
        check(
            &[(5, 0), (255, 2), (31, 1)],
            2,
            &[Some(500), Some(255), Some(310)],
        );
    }

    #[test]
    fn one_scale_stays_unless_the_sum_is_too_large() {
        check(&[(5, 2), (-7, 2)], 2, &[Some(5), Some(-7)]);
        check(&[(0, 2), (0, 2)], 0, &[Some(0), Some(0)]);
        let absurd = 9_000_000_000_000_000_000;
        check(&[(absurd, 2), (100, 2)], 2, &[Some(absurd), Some(100)]);
        check(
            &[(absurd, 1), (absurd, 1)],
            0,
            &[Some(absurd / 10), Some(absurd / 10)],
        );
    }

    #[test]
    fn columns_behind_each_other_are_one_column() {
        let values = [(5, 0), (255, 2), (7, 2), (31, 1)];
        let column = |values: &[(i64, u8)]| {
            let mut column = DecimalColumn::default();
            for &(units, scale) in values {
                column.push(Some(Decimal { units, scale }));
                column.push(None);
            }
            column
        };
        let story = |column: DecimalColumn| {
            let units = column.into_units(|_| ());
            (units.scale, units.units.iter().collect::<Vec<_>>())
        };
        for from in 0..=values.len() {
            for to in from..=values.len() {
                for middle in from..=to {
                    let mut joined = column(&values[from..middle]);
                    joined.append(column(&values[middle..to]));
                    let expected = column(&values[from..to]);
                    assert_eq!(joined.only_scale, expected.only_scale);
                    assert_eq!(story(joined), story(expected));
                }
            }
        }
    }

    #[test]
    fn trailing_zeros_cost_nothing_where_they_do_not_fit() {
        check(
            &[(5_000_000_000_000_000_000, 0), (1_000, 3)],
            0,
            &[Some(5_000_000_000_000_000_000), Some(1)],
        );
    }

    #[test]
    fn the_tail_of_a_floating_point_print_is_rounded_and_other_decimals_are_not() {
        let large = 1_234_567_890_123;
        check(
            &[(large, 0), (15_299_999_999_999_999, 15), (1_234_567, 7)],
            6,
            &[Some(large * 1_000_000), Some(15_300_000), None],
        );
    }

    #[test]
    fn a_floating_point_print_is_rounded_to_as_many_decimals_whatever_stands_beside_it() {
        // 15.2999999999999 has its six decimals also where there is room for eight.
        let print = (15_299_999_512_345_678, 15);
        let large = 12_345_678_901;
        check(
            &[(large, 0), print, (12_345_678, 8)],
            8,
            &[
                Some(large * 100_000_000),
                Some(1_530_000_000),
                Some(12_345_678),
            ],
        );
        // Where all fit as they are, nothing is rounded.
        check(
            &[(1, 0), print],
            15,
            &[Some(1_000_000_000_000_000), Some(print.0)],
        );
    }

    #[test]
    fn measurements_are_rounded_where_their_decimals_do_not_fit() {
        let mut column = DecimalColumn::default();
        for (units, scale) in [
            (612_835_790_605_728, 18),
            (81_774_839_686_931_100, 18),
            (-12_345, 0),
            (25, 1),
        ] {
            column.push(Some(Decimal { units, scale }));
        }
        column.push(None);
        let units = column.into_rounded_units();
        assert_eq!(units.scale, 14);
        let found: Vec<i64> = units.units.iter().collect();
        assert_eq!(
            found,
            [
                61_283_579_061,
                8_177_483_968_693,
                -1_234_500_000_000_000_000,
                250_000_000_000_000,
                NO_UNITS
            ]
        );
    }

    #[test]
    fn absurd_numbers_do_not_spoil_the_sums() {
        let absurd = 9_000_000_000_000_000_000;
        check(
            &[(absurd, 0), (absurd, 0), (12, 0)],
            0,
            &[None, None, Some(12)],
        );
    }
}

//! Money as a scaled whole number, so that sums are exact and a ledger reconciles to the last digit.
//!
//! Invariant: no floating point on the way from a file's text to a printed amount.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

/// `units / 10^scale` in the file's own currency, which is never converted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Money {
    units: i128,
    scale: u8,
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self { units: 0, scale: 0 };

    /// `units / 10^scale`; `scale` at most 18.
    pub const fn new(units: i128, scale: u8) -> Self {
        Self { units, scale }
    }

    /// The whole number of units of `10^-scale`; amounts of one dataset share their scale.
    pub const fn units(self) -> i128 {
        self.units
    }

    /// Decimal places.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// The nearest floating-point number, for ratios, pictures and models.
    pub fn to_f64(self) -> f64 {
        self.units as f64 / 10_f64.powi(i32::from(self.scale))
    }

    /// Whether this is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// Whether this is nothing.
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    fn aligned(self, other: Self) -> (i128, i128, u8) {
        let scale = self.scale.max(other.scale);
        let lift = |money: Self| {
            money
                .units
                .saturating_mul(10_i128.pow(u32::from(scale - money.scale)))
        };
        (lift(self), lift(other), scale)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (left, right, scale) = self.aligned(other);
        Self {
            units: left.saturating_add(right),
            scale,
        }
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        let (left, right, scale) = self.aligned(other);
        Self {
            units: left.saturating_sub(right),
            scale,
        }
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl PartialEq for Money {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Money {}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Money {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let (left, right, _) = self.aligned(*other);
        left.cmp(&right)
    }
}

/// The plain decimal without trailing zeros: `-1234.5`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_u128.pow(u32::from(self.scale));
        let (whole, fraction) = (
            self.units.unsigned_abs() / one,
            self.units.unsigned_abs() % one,
        );
        let sign = if self.units < 0 { "-" } else { "" };
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{fraction:0width$}", width = usize::from(self.scale));
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

/// As an exact JSON number where people read it, as its two parts on the wire.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            RawValue::from_string(self.to_string())
                .map_err(serde::ser::Error::custom)?
                .serialize(serializer)
        } else {
            (self.units, self.scale).serialize(serializer)
        }
    }
}

/// The wire form only: settings hold no money, and a file's money comes from its own cells.
impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (units, scale) = <(i128, u8)>::deserialize(deserializer)?;
        if scale > 18 {
            return Err(de::Error::custom("scale over 18"));
        }
        Ok(Self { units, scale })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_print_exactly_and_without_trailing_zeros() {
        for (units, scale, text) in [
            (1530, 2, "15.3"),
            (-5, 2, "-0.05"),
            (120_000, 2, "1200"),
            (0, 4, "0"),
            (7, 0, "7"),
            (-1_000_001, 6, "-1.000001"),
        ] {
            assert_eq!(Money::new(units, scale).to_string(), text);
        }
    }

    #[test]
    fn sums_align_their_scales() {
        assert_eq!(Money::new(1, 1) + Money::new(2, 2), Money::new(12, 2));
        assert_eq!(Money::new(10, 1), Money::new(1, 0));
        assert_eq!(
            [Money::new(1, 1); 10].into_iter().sum::<Money>(),
            Money::new(1, 0)
        );
    }

    #[test]
    fn json_keeps_every_digit() {
        let text = serde_json::to_string(&Money::new(123_456_789_012_345_678_901, 2)).unwrap();
        assert_eq!(text, "1234567890123456789.01");
    }
}

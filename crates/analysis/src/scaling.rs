//! Scaling of features before distances are measured.
//!
//! Logarithms come from the `libm` crate, so that native and WebAssembly builds give the same bits.
//! A column of equal values becomes zeros under every scaling that centres, and never a division by nothing.

use serde::{Deserialize, Serialize};

use super::stats;

/// How a feature is scaled. Standard deviations are of the population (`ddof` 0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scaling {
    /// As it is.
    None,
    /// Less the mean, over the standard deviation.
    Z,
    /// To 0 through 1.
    MinMax,
    /// Less the median, over the interquartile range (left as it is where that is 0).
    Robust,
    /// `ln(1 + x)`; negative values mirrored.
    Log1p,
    /// `ln(1 + x)`, then z.
    #[default]
    Log1pZ,
}

/// How one column was scaled, for another one to be scaled alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Whether `ln(1 + x)` comes first.
    pub is_logged: bool,
    /// What is taken off.
    pub shift: f64,
    /// What is divided by; 0 where all values were equal, which makes zeros.
    pub divisor: f64,
}

impl Scale {
    /// Scales a column in place.
    pub(super) fn apply(self, column: &mut [f64]) {
        if self.is_logged {
            log(column);
        }
        self.shift_and_divide(column);
    }

    fn shift_and_divide(self, column: &mut [f64]) {
        let is_constant = self.divisor.abs() <= 0.0;
        for value in column {
            *value = if is_constant {
                0.0
            } else {
                (*value - self.shift) / self.divisor
            };
        }
    }
}

impl Scaling {
    /// Scales a column in place.
    pub(super) fn apply(self, column: &mut [f64]) {
        self.learn(column);
    }

    /// Scales a column in place, and says how.
    pub(super) fn learn(self, column: &mut [f64]) -> Scale {
        let is_logged = matches!(self, Self::Log1p | Self::Log1pZ);
        if is_logged {
            log(column);
        }
        let (shift, divisor) = match self {
            Self::None | Self::Log1p => {
                return Scale {
                    is_logged,
                    shift: 0.0,
                    divisor: 1.0,
                };
            }
            // Rounding can leave equal values with a tiny deviation: they are zeros all the same.
            _ if is_constant(column) => (0.0, 0.0),
            Self::Z | Self::Log1pZ => stats::moments(column.iter().copied()),
            Self::MinMax => unit_range(column),
            Self::Robust => quartiles(column),
        };
        let scale = Scale {
            is_logged,
            shift,
            divisor,
        };
        scale.shift_and_divide(column);
        scale
    }
}

fn log(column: &mut [f64]) {
    for value in column {
        *value = libm::log1p(value.abs()).copysign(*value);
    }
}

fn is_constant(column: &[f64]) -> bool {
    column
        .windows(2)
        .all(|pair| pair[0].total_cmp(&pair[1]).is_eq())
}

fn unit_range(column: &[f64]) -> (f64, f64) {
    let low = column.iter().copied().fold(f64::INFINITY, f64::min);
    let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (low, high - low)
}

fn quartiles(column: &[f64]) -> (f64, f64) {
    let quantile = |quarter| stats::quantile(&mut column.to_vec(), quarter, 4).unwrap_or(0.0);
    let (lower, median, upper) = (quantile(1), quantile(2), quantile(3));
    let range = upper - lower;
    (median, if range > 0.0 { range } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scaled(scaling: Scaling, values: &[f64]) -> Vec<f64> {
        let mut column = values.to_vec();
        scaling.apply(&mut column);
        column
    }

    #[test]
    fn each_scaling_does_what_it_says() {
        let values = [0.0, 1.0, 2.0, 5.0];
        let ln = |x: f64| (1.0 + x).ln();
        let deviation = 3.5_f64.sqrt();
        for (scaling, expected) in [
            (Scaling::None, [0.0, 1.0, 2.0, 5.0]),
            (Scaling::Z, [-2.0, -1.0, 0.0, 3.0].map(|x| x / deviation)),
            (Scaling::MinMax, [0.0, 0.2, 0.4, 1.0]),
            (Scaling::Robust, [-0.75, -0.25, 0.25, 1.75]),
            (Scaling::Log1p, [0.0, ln(1.0), ln(2.0), ln(5.0)]),
        ] {
            for (found, expected) in scaled(scaling, &values).into_iter().zip(expected) {
                assert!(
                    (found - expected).abs() < 1e-12,
                    "{scaling:?}: {found} is not {expected}"
                );
            }
        }
    }

    #[test]
    fn negative_values_are_mirrored() {
        let found = scaled(Scaling::Log1p, &[-3.0, 3.0]);
        assert!((found[0] + found[1]).abs() < 1e-15);
    }

    #[test]
    fn equal_values_become_zeros() {
        for scaling in [
            Scaling::Z,
            Scaling::MinMax,
            Scaling::Robust,
            Scaling::Log1pZ,
        ] {
            assert_eq!(scaled(scaling, &[0.1; 7]), [0.0; 7], "{scaling:?}");
        }
    }

    #[test]
    fn a_range_without_quartiles_is_only_shifted() {
        assert_eq!(
            scaled(Scaling::Robust, &[1.0, 1.0, 1.0, 1.0, 9.0]),
            [0.0, 0.0, 0.0, 0.0, 8.0]
        );
    }

    #[test]
    fn a_column_that_is_scaled_as_another_was_gets_the_same_bits() {
        let values = [0.0, 1.5, 2.0, 5.0, -3.0, 900.0];
        for scaling in [
            Scaling::None,
            Scaling::Z,
            Scaling::MinMax,
            Scaling::Robust,
            Scaling::Log1p,
            Scaling::Log1pZ,
        ] {
            let (mut learnt, mut alike) = (values.to_vec(), values.to_vec());
            scaling.learn(&mut learnt).apply(&mut alike);
            assert_eq!(learnt, alike, "{scaling:?}");
        }
    }

    proptest! {
        #[test]
        fn a_unit_of_measure_does_not_show_after_z(
            values in prop::collection::vec(-1000..1000_i32, 2..40),
            factor in 1..1000_i32,
        ) {
            let column = |factor: i32| values.iter().map(|&v| f64::from(v) * f64::from(factor)).collect::<Vec<_>>();
            for (one, other) in scaled(Scaling::Z, &column(1)).into_iter().zip(scaled(Scaling::Z, &column(factor))) {
                prop_assert!((one - other).abs() < 1e-9);
            }
        }
    }
}

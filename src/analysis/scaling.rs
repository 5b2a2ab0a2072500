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

impl Scaling {
    /// Scales a column in place.
    pub(super) fn apply(self, column: &mut [f64]) {
        match self {
            Self::None => {}
            Self::Z => standardise(column),
            Self::MinMax => to_unit_range(column),
            Self::Robust => to_quartiles(column),
            Self::Log1p => column
                .iter_mut()
                .for_each(|value| *value = mirrored_log(*value)),
            Self::Log1pZ => {
                Self::Log1p.apply(column);
                standardise(column);
            }
        }
    }
}

fn mirrored_log(value: f64) -> f64 {
    libm::log1p(value.abs()).copysign(value)
}

fn standardise(column: &mut [f64]) {
    let (mean, deviation) = stats::moments(column.iter().copied());
    shift_and_divide(column, mean, deviation);
}

fn to_unit_range(column: &mut [f64]) {
    let low = column.iter().copied().fold(f64::INFINITY, f64::min);
    let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    shift_and_divide(column, low, high - low);
}

fn to_quartiles(column: &mut [f64]) {
    let quantile = |quarter| stats::quantile(&mut column.to_vec(), quarter, 4).unwrap_or(0.0);
    let (lower, median, upper) = (quantile(1), quantile(2), quantile(3));
    let range = upper - lower;
    shift_and_divide(column, median, if range > 0.0 { range } else { 1.0 });
}

/// Rounding can leave equal values with a tiny deviation: they are zeros all the same.
fn shift_and_divide(column: &mut [f64], shift: f64, divisor: f64) {
    let is_constant = column
        .windows(2)
        .all(|pair| pair[0].total_cmp(&pair[1]).is_eq());
    for value in column {
        *value = if is_constant {
            0.0
        } else {
            (*value - shift) / divisor
        };
    }
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

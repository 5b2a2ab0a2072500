//! Values to positions, and where an axis is worth a label. Pure arithmetic.

/// A straight or logarithmic axis from `from` to `to` pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    is_logarithmic: bool,
}

impl Scale {
    /// A straight axis; a range of nothing is widened.
    pub(super) fn straight(low: f64, high: f64, from: f64, to: f64) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self {
            low,
            high,
            from,
            to,
            is_logarithmic: false,
        }
    }

    /// A logarithmic axis; `low` must be positive.
    pub(super) fn logarithmic(low: f64, high: f64, from: f64, to: f64) -> Self {
        Self {
            is_logarithmic: true,
            ..Self::straight(low, high.max(low * 1.01), from, to)
        }
    }

    /// The position of `value`, kept on the axis.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = if self.is_logarithmic {
            (value.max(self.low) / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// Round values inside the range, about `n` of them.
    pub(super) fn ticks(&self, n: usize) -> Vec<f64> {
        if self.is_logarithmic {
            decades(self.low, self.high, n)
        } else {
            round_steps(self.low, self.high, n)
        }
    }
}

/// The least and the most of `values` and of nothing.
pub(super) fn span_from_nothing(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((0.0, 0.0), |(lowest, highest), value| {
        (lowest.min(value), highest.max(value))
    })
}

/// Multiples of 1, 2 or 5 times a power of ten within a range, at most about `n`.
pub(super) fn round_steps(low: f64, high: f64, n: usize) -> Vec<f64> {
    let step = round_up((high - low) / n.max(1) as f64);
    if !(step.is_finite() && step > 0.0) {
        return Vec::new();
    }
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|place| place as f64 * step).collect()
}

/// 1, 2 and 5 times powers of ten within a positive range; only 1s where that is more than `n`.
pub(super) fn decades(low: f64, high: f64, n: usize) -> Vec<f64> {
    let powers = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let within = |steps: &[f64]| -> Vec<f64> {
        let all = powers
            .clone()
            .flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)));
        all.filter(|value| (low * 0.999..=high * 1.001).contains(value))
            .collect()
    };
    let fine = within(&[1.0, 2.0, 5.0]);
    if fine.len() <= n {
        return fine;
    }
    let coarse = within(&[1.0]);
    let skip = coarse.len().div_ceil(n.max(1)).max(1);
    coarse.into_iter().step_by(skip).collect()
}

/// The smallest 1, 2 or 5 times a power of ten that is not below `value`.
fn round_up(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0];
    let step = steps
        .into_iter()
        .find(|step| step * power >= value * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        for (low, high, n, expected) in [
            (0.0, 100.0, 5, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (0.0, 7.0, 4, vec![0.0, 2.0, 4.0, 6.0]),
            (3.0, 9.0, 3, vec![4.0, 6.0, 8.0]),
        ] {
            assert_eq!(Scale::straight(low, high, 0.0, 1.0).ticks(n), expected);
        }
        assert_eq!(decades(1.0, 100.0, 3), [1.0, 10.0, 100.0]);
    }

    #[test]
    fn a_range_of_nothing_has_a_position() {
        assert!(Scale::straight(5.0, 5.0, 0.0, 10.0).at(5.0).is_finite());
        assert!(Scale::logarithmic(5.0, 5.0, 0.0, 10.0).at(5.0).is_finite());
    }

    #[test]
    fn values_outside_stay_on_the_axis() {
        let scale = Scale::straight(0.0, 10.0, 0.0, 100.0);
        assert_eq!((scale.at(-5.0), scale.at(20.0)), (0.0, 100.0));
    }
}

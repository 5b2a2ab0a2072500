//! Tail areas that tests and intervals need: of the normal distribution, of Student's t, and of χ² with one degree of
//! freedom. Nothing here knows what is tested.
//!
//! The t tail is a regularised incomplete beta function (DLMF 8.17.1), by its continued fraction (DLMF 8.17.22) after
//! Lentz (1976). Logarithms and the error function come from `libm`: the same bits everywhere.

/// How probable a χ² of one degree of freedom is that is at least `statistic`.
pub(super) fn chi_square_tail(statistic: f64) -> f64 {
    libm::erfc((statistic / 2.0).sqrt())
}

/// How probable a standard normal value is that is at least as far from 0 as `z`.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The standard normal value that is exceeded in size with a probability of 5 %.
pub(super) const NORMAL_95: f64 = 1.959_963_984_540_054;

/// How probable a t of `df` degrees of freedom is that is at least as far from 0 as `t`.
pub(super) fn two_sided(t: f64, df: f64) -> f64 {
    incomplete_beta(df / (df + t * t), df / 2.0, 0.5)
}

/// The t that is exceeded in size with probability `alpha`, for `df` of at least 1.
pub(super) fn critical(alpha: f64, df: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1000.0);
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        if two_sided(middle, df) > alpha {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// `I_x(a, b)`, 0 to 1.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction closes fast below the mean; above it the symmetry of DLMF 8.17.4 leads there.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let log_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    libm::exp(log_front) / a * fraction(x, a, b)
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let apart = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut value, mut numerators, mut denominators) = (1.0, 1.0, 0.0);
    for place in 1..=500_u32 {
        let m = f64::from(place / 2);
        let term = if place % 2 == 0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        denominators = 1.0 / apart(1.0 + term * denominators);
        numerators = apart(1.0 + term / numerators);
        let step = numerators * denominators;
        value *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    1.0 / value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_agree_with_printed_tables() {
        // Two-sided 5 % points of t, as every table prints them.
        for (df, expected) in [
            (1.0, 12.706),
            (2.0, 4.303),
            (5.0, 2.571),
            (10.0, 2.228),
            (30.0, 2.042),
            (120.0, 1.980),
        ] {
            let found = critical(0.05, df);
            assert!((found - expected).abs() < 6e-4, "{df}: {found}");
        }
        assert!((chi_square_tail(3.841_459) - 0.05).abs() < 1e-7);
        assert!((chi_square_tail(6.634_897) - 0.01).abs() < 1e-8);
    }

    #[test]
    fn the_normal_tail_is_that_of_its_table() {
        assert!((normal_two_sided(NORMAL_95) - 0.05).abs() < 1e-15);
        assert!((normal_two_sided(-2.575_829_303_5) - 0.01).abs() < 1e-11);
        assert!((normal_two_sided(0.0) - 1.0).abs() < 1e-15);
        // Many degrees of freedom come close to it.
        assert!((two_sided(1.5, 1e6) - normal_two_sided(1.5)).abs() < 1e-6);
    }

    #[test]
    fn one_degree_of_freedom_is_the_cauchy_distribution() {
        for t in [0.1_f64, 0.5, 1.0, 3.0, 40.0] {
            let expected = 1.0 - 2.0 / std::f64::consts::PI * t.atan();
            assert!((two_sided(t, 1.0) - expected).abs() < 1e-13, "{t}");
        }
    }
}

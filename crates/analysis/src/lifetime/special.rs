//! The few special functions that the models need beside `libm`: digamma, and nodes of Gauss and Legendre.
//!
//! Nothing here calls Gauss' hypergeometric function: what the papers write with it is computed as sums and integrals
//! of positive terms (`counting.rs`, `pareto.rs`), which lose no digits where its arguments are awkward.

/// Nodes of a quadrature on 0 to 1.
pub(super) const N_NODES: usize = 24;

/// The derivative of the logarithm of the gamma function for `x > 0`, to about 14 digits: recurrence up to 10, then
/// the asymptotic series (Abramowitz & Stegun 6.3.5, 6.3.18).
pub(super) fn digamma(mut x: f64) -> f64 {
    let mut below = 0.0;
    while x < 10.0 {
        below += 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let terms = [
        1.0 / 132.0,
        1.0 / 240.0,
        1.0 / 252.0,
        1.0 / 120.0,
        1.0 / 12.0,
    ];
    let series = terms.iter().fold(0.0, |sum, term| term - square * sum);
    libm::log(x) - 0.5 / x - square * series - below
}

/// Nodes and weights of the quadrature of Gauss and Legendre on 0 to 1 (Newton's method on the polynomial).
pub(super) fn nodes() -> [(f64, f64); N_NODES] {
    let mut all = [(0.0, 0.0); N_NODES];
    let n = N_NODES as f64;
    for (place, node) in all.iter_mut().enumerate() {
        let mut x = libm::cos(std::f64::consts::PI * (place as f64 + 0.75) / (n + 0.5));
        let mut slope = 1.0;
        for _ in 0..8 {
            let (mut before, mut value) = (1.0, x);
            for degree in 2..=N_NODES {
                let k = degree as f64;
                let next = ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k;
                (before, value) = (value, next);
            }
            slope = n * (x * value - before) / (x * x - 1.0);
            x -= value / slope;
        }
        *node = (0.5 - 0.5 * x, 1.0 / ((1.0 - x * x) * slope * slope));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digamma_has_the_published_values() {
        // Abramowitz & Stegun, tables 6.1 and 6.2.
        for (x, value) in [
            (1.0, -0.577_215_664_901_532_9),
            (0.5, -1.963_510_026_021_423_5),
            (2.0, 0.422_784_335_098_467_1),
            (10.0, 2.251_752_589_066_721),
        ] {
            assert!((digamma(x) - value).abs() < 1e-13, "{x}: {}", digamma(x));
        }
    }

    #[test]
    fn the_nodes_integrate_what_has_a_closed_form() {
        let integral: f64 = nodes().iter().map(|&(x, w)| w * libm::exp(-36.0 * x)).sum();
        assert!((integral * 36.0 - 1.0).abs() < 1e-11, "{integral}");
    }
}

//! Two shares or two estimates held against each other: intervals of each and of what lies between them, and a test.
//!
//! Shares: Wilson's interval (1927) for each, Newcombe's hybrid score interval (1998, method 10) for the difference, χ²
//! with Yates' correction (1934). Means: Welch's t with Satterthwaite's degrees of freedom (1946, 1947). A ratio of sums,
//! such as money over orders, has the variance of its residuals by customer (Cochran 1977, chapter 6), since the orders
//! of one customer are alike.

use super::difference::{Difference, Side, Test};
use crate::tails as student;

/// The standard normal quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;

/// A mean or a ratio, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Estimate {
    /// Customers that it is made of, at least 2.
    n: u64,
    value: f64,
    /// Its variance.
    error2: f64,
}

impl Estimate {
    /// The sum of the second numbers over the sum of the first, one pair for each customer; `None` for fewer than two.
    ///
    /// The variance is `n / (n − 1) · Σ(yᵢ − R xᵢ)² / (Σxᵢ)²`: that of a ratio estimate for a sample of customers.
    pub(super) fn of_ratio(customers: &[(f64, f64)]) -> Option<Self> {
        let sum = |number: fn(&(f64, f64)) -> f64| customers.iter().map(number).sum::<f64>();
        let below = sum(|pair| pair.0);
        let value = sum(|pair| pair.1) / below;
        let off = customers.iter().map(|(x, y)| y - value * x);
        let squares: f64 = off.map(|off| off * off).sum();
        let n = customers.len() as f64;
        (n >= 2.0).then(|| Self {
            n: customers.len() as u64,
            value,
            error2: squares * n / (n - 1.0) / (below * below),
        })
    }

    fn side(self) -> Side {
        let reach = student::critical(0.05, self.n as f64 - 1.0) * self.error2.sqrt();
        Side {
            n: self.n,
            value: self.value,
            interval: [self.value - reach, self.value + reach],
        }
    }
}

/// Number, mean and sum of squared deviations, one value after the other (Welford 1962).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    pub(super) fn add(&mut self, value: f64) {
        self.n += 1;
        let off = value - self.mean;
        self.mean += off / self.n as f64;
        self.squares += off * (value - self.mean);
    }

    /// The mean; `None` for fewer than two values.
    pub(super) fn estimate(self) -> Option<Estimate> {
        let n = self.n as f64;
        (self.n >= 2).then(|| Estimate {
            n: self.n,
            value: self.mean,
            error2: self.squares / (n - 1.0) / n,
        })
    }
}

/// Two shares, each as how many of how many.
pub(super) fn shares(counts: [(u64, u64); 2]) -> Difference {
    let sides = counts.map(|(x, n)| Side {
        n,
        value: x as f64 / n as f64,
        interval: wilson(x as f64, n as f64),
    });
    let [one, other] = sides;
    let estimate = one.value - other.value;
    let apart = |a: f64, b: f64| (a * a + b * b).sqrt();
    let below = apart(one.value - one.interval[0], other.interval[1] - other.value);
    let above = apart(one.interval[1] - one.value, other.value - other.interval[0]);
    let [(a, m), (c, n)] = counts.map(|(x, n)| (x as f64, n as f64));
    let (yes, no, all) = (a + c, m + n - a - c, m + n);
    let off = ((a * (n - c) - c * (m - a)).abs() - all / 2.0).max(0.0);
    let is_one_sided = yes <= 0.0 || no <= 0.0;
    let statistic = match is_one_sided {
        true => 0.0,
        false => all * off * off / (yes * no * m * n),
    };
    Difference {
        places: [0, 1],
        period: 0,
        followed_until: None,
        sides,
        estimate,
        interval: [estimate - below, estimate + above],
        test: Test::Shares,
        statistic,
        p_value: student::chi_square_tail(statistic),
        is_rough: yes.min(no) * m.min(n) / all < 5.0,
    }
}

/// Wilson's score interval (1927), 95 %.
fn wilson(x: f64, n: f64) -> [f64; 2] {
    let (share, z2) = (x / n, Z * Z);
    let middle = share + z2 / (2.0 * n);
    let reach = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let at = |value: f64| (value / (1.0 + z2 / n)).clamp(0.0, 1.0);
    [at(middle - reach), at(middle + reach)]
}

/// Welch's test; `None` where nothing varies.
pub(super) fn of_means([one, other]: [Estimate; 2]) -> Option<Difference> {
    let error2 = one.error2 + other.error2;
    if error2 <= 0.0 {
        return None;
    }
    let part = |own: Estimate| own.error2 * own.error2 / (own.n as f64 - 1.0);
    let df = error2 * error2 / (part(one) + part(other));
    let (estimate, reach) = (
        one.value - other.value,
        student::critical(0.05, df) * error2.sqrt(),
    );
    let statistic = estimate / error2.sqrt();
    Some(Difference {
        places: [0, 1],
        period: 0,
        followed_until: None,
        sides: [one.side(), other.side()],
        estimate,
        interval: [estimate - reach, estimate + reach],
        test: Test::Means { df },
        statistic,
        p_value: student::two_sided(statistic, df),
        is_rough: false,
    })
}

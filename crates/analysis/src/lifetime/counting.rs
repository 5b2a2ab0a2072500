//! BG/NBD (Fader, Hardie & Lee 2005) and MBG/NBD (Batislam, Denizel & Filiztekin 2007): customers may stop after each
//! order; in the second also after the first one.
//!
//! Both have one likelihood (`together.rs`): with `y` chances to stop survived (`x` or `x + 1`). Expected orders are summed over how
//! many would come, `sum P(N = n) * sum_{k<n} E[(1-p)^k]`, which equals the papers' expression with Gauss'
//! hypergeometric function and needs no case for `a = 1`.

use super::climb::Point;
use super::summary::Seen;

/// Chances to stop that a customer with `x` repeat orders has survived.
pub(super) fn survived(x: f64, is_modified: bool) -> f64 {
    if is_modified { x + 1.0 } else { x }
}

/// Log-odds of having stopped; minus infinity where there was no chance to stop.
fn odds_gone(at: &Point, seen: &Seen, is_modified: bool) -> f64 {
    let [r, alpha, a, b] = *at;
    let y = survived(seen.x, is_modified);
    if y < 0.5 {
        return f64::NEG_INFINITY;
    }
    let silence = libm::log((alpha + seen.length) / (alpha + seen.last));
    libm::log(a / (b + y - 1.0)) + (r + seen.x) * silence
}

/// How probable it is that a customer has not stopped.
pub(super) fn p_alive(at: &Point, seen: &Seen, is_modified: bool) -> f64 {
    1.0 / (1.0 + libm::exp(odds_gone(at, seen, is_modified)))
}

/// Orders that a customer who has not stopped will make within `horizon`.
pub(super) fn expected_alive(at: &Point, seen: &Seen, horizon: f64, is_modified: bool) -> f64 {
    let [r, alpha, a, b] = *at;
    let b = b + survived(seen.x, is_modified);
    orders_before_stopping(r + seen.x, alpha + seen.length, (a, b), horizon)
}

/// Repeat orders of a new customer within `horizon`.
pub(super) fn expected_new(at: &Point, horizon: f64, is_modified: bool) -> f64 {
    let [r, alpha, a, b] = *at;
    match is_modified {
        // The first order is a chance to stop already.
        true => b / (a + b) * orders_before_stopping(r, alpha, (a, b + 1.0), horizon),
        false => orders_before_stopping(r, alpha, (a, b), horizon),
    }
}

/// How probable it is that a new customer makes 0, 1 … `n - 1` repeat orders within `length`: still there after as many,
/// or stopped with the last of them (Fader, Hardie & Lee 2005, equation 8).
pub(super) fn chances(at: &Point, length: f64, is_modified: bool, n: usize) -> Vec<f64> {
    let [r, alpha, a, b] = *at;
    let ratio = length / (alpha + length);
    let mut weight = libm::exp(r * libm::log(alpha / (alpha + length)));
    // Of the chances to stop that come before the one in question, all were survived.
    let (mut still, mut at_least) = (1.0, 1.0);
    let mut chances = Vec::with_capacity(n);
    for x in 0..n {
        let x = x as f64;
        let y = survived(x, is_modified);
        let chance = if y < 0.5 {
            weight
        } else {
            let after = a + b + y - 1.0;
            let chance = still * (weight * (b + y - 1.0) + at_least * a) / after;
            still *= (b + y - 1.0) / after;
            chance
        };
        chances.push(chance);
        at_least = f64::max(at_least - weight, 0.0);
        weight *= ratio * (r + x) / (x + 1.0);
    }
    chances
}

/// The mean over rates of Gamma(`shape`, `rate`) and chances of Beta(`a`, `b`) to stop after each order. The weights
/// of the negative binomial are summed as they grow and divided by their sum, so that none underflows.
fn orders_before_stopping(shape: f64, rate: f64, (a, b): (f64, f64), horizon: f64) -> f64 {
    const MOST_TERMS: u32 = 200_000;
    let ratio = horizon / (rate + horizon);
    let (mut weight, mut total, mut sum) = (1.0, 1.0, 0.0);
    let (mut orders, mut is_still) = (0.0, 1.0);
    for n in 1..MOST_TERMS {
        let k = f64::from(n - 1);
        orders += is_still;
        is_still *= (b + k) / (a + b + k);
        let growth = ratio * (shape + k) / (k + 1.0);
        weight *= growth;
        total += weight;
        sum += weight * orders;
        if weight > 1e200 {
            weight *= 1e-200;
            total *= 1e-200;
            sum *= 1e-200;
        }
        // Both grow by less than `growth` a term from here on, but for the orders' own growth.
        if growth < 1.0 && weight * (orders + 1.0) < 1e-14 * (1.0 - growth) * sum {
            break;
        }
    }
    sum / total
}

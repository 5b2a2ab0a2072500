//! Pareto/NBD (Schmittlein, Morrison & Colombo 1987): customers may leave at any time.
//!
//! Having left between the last order and the end is the integral of `s (alpha+u)^-(r+x) (beta+u)^-(s+1)` over that
//! time (Fader & Hardie 2005, "A note on deriving the Pareto/NBD model"). It is computed as such, with its slopes:
//! the difference of two hypergeometric functions that it equals loses its digits where the silence is short.

use super::climb::Point;
use super::special::{N_NODES, digamma};
use super::summary::Seen;

/// Where the integrand has fallen by this many powers of e, nothing is left to add.
const DEEPEST: f64 = 36.0;

/// Nodes of the quadrature.
pub(super) type Nodes = [(f64, f64); N_NODES];

/// What the silence adds: the logarithm of the integral, and its slopes by r, alpha, s, beta.
fn silence(at: &Point, seen: &Seen, nodes: &Nodes) -> (f64, Point) {
    let [r, alpha, s, beta] = *at;
    let (shape, from_a, from_b) = (r + seen.x, alpha + seen.last, beta + seen.last);
    let least = from_a.min(from_b);
    // u = last + least (e^v - 1)
    let fall = |v: f64| {
        let w = least * libm::expm1(v);
        shape * libm::log1p(w / from_a) + (s + 1.0) * libm::log1p(w / from_b) - v
    };
    let mut until = libm::log1p((seen.length - seen.last) / least);
    if fall(until) > DEEPEST {
        let (mut low, mut high) = (0.0, until);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            if fall(middle) > DEEPEST {
                high = middle;
            } else {
                low = middle;
            }
            if fall(high) < DEEPEST + 2.0 {
                break;
            }
        }
        until = high;
    }
    let (mut sum, mut slopes) = (0.0, [0.0; 4]);
    let (log_a, log_b) = (libm::log(from_a), libm::log(from_b));
    for &(node, weight) in nodes {
        let v = node * until;
        let w = least * libm::expm1(v);
        let (more_a, more_b) = (libm::log1p(w / from_a), libm::log1p(w / from_b));
        let value = weight * libm::exp(v - shape * more_a - (s + 1.0) * more_b);
        sum += value;
        slopes[0] -= value * (log_a + more_a);
        slopes[1] -= value * shape / (from_a + w);
        slopes[2] -= value * (log_b + more_b);
        slopes[3] -= value * (s + 1.0) / (from_b + w);
    }
    let log = libm::log(sum * until * least) - shape * log_a - (s + 1.0) * log_b;
    (log, slopes.map(|slope| slope / sum))
}

/// Log-odds of having left, what the silence adds, and the part of those who stay.
fn parts(at: &Point, seen: &Seen, nodes: &Nodes) -> (f64, Point, f64) {
    let [r, alpha, s, beta] = *at;
    let (until_a, until_b) = (
        libm::log(alpha + seen.length),
        libm::log(beta + seen.length),
    );
    let here = -(r + seen.x) * until_a - s * until_b;
    if seen.length <= seen.last {
        return (f64::NEG_INFINITY, [0.0; 4], here);
    }
    let (gone, slopes) = silence(at, seen, nodes);
    (libm::log(s) + gone - here, slopes, here)
}

/// The log-likelihood of customers, each as often as there are alike ones, and its slopes by r, alpha, s, beta.
pub(super) fn likelihood_of_all(at: &Point, alike: &[(Seen, f64)], nodes: &Nodes) -> (f64, Point) {
    let (mut value, mut slopes) = (0.0, [0.0; 4]);
    for (seen, weight) in alike {
        let (one, own) = likelihood(at, seen, nodes);
        value += weight * one;
        for (slope, own) in slopes.iter_mut().zip(own) {
            *slope += weight * own;
        }
    }
    (value, slopes)
}

/// The log-likelihood of one customer and its slopes by r, alpha, s, beta.
pub(super) fn likelihood(at: &Point, seen: &Seen, nodes: &Nodes) -> (f64, Point) {
    let [r, alpha, s, beta] = *at;
    let shape = r + seen.x;
    let (odds, silent, here) = parts(at, seen, nodes);
    let gone = 1.0 / (1.0 + libm::exp(-odds));
    let softplus = odds.max(0.0) + libm::log1p(libm::exp(-odds.abs()));
    let (log_alpha, log_beta) = (libm::log(alpha), libm::log(beta));
    let value =
        libm::lgamma(shape) - libm::lgamma(r) + r * log_alpha + s * log_beta + here + softplus;
    let (until_a, until_b) = (alpha + seen.length, beta + seen.length);
    let stays = 1.0 - gone;
    let slopes = [
        digamma(shape) - digamma(r) + log_alpha - stays * libm::log(until_a) + gone * silent[0],
        r / alpha - stays * shape / until_a + gone * silent[1],
        log_beta - stays * libm::log(until_b) + gone * (1.0 / s + silent[2]),
        s / beta - stays * s / until_b + gone * silent[3],
    ];
    (value, slopes)
}

/// How probable it is that a customer has not left.
pub(super) fn p_alive(at: &Point, seen: &Seen, nodes: &Nodes) -> f64 {
    1.0 / (1.0 + libm::exp(parts(at, seen, nodes).0))
}

/// Orders that a customer who has not left will make within `horizon`; of a new one with nothing seen.
pub(super) fn expected_alive(at: &Point, seen: &Seen, horizon: f64) -> f64 {
    let [r, alpha, s, beta] = *at;
    let until = beta + seen.length;
    let log = libm::log1p(horizon / until);
    let exponent = (s - 1.0) * log;
    // (1 - e^-(s-1)log) / (s-1), which is log at s = 1.
    let share = match exponent.abs() < 1e-12 {
        true => log,
        false => -libm::expm1(-exponent) / (s - 1.0),
    };
    (r + seen.x) * until / (alpha + seen.length) * share
}

/// How probable it is that a new customer makes 0, 1 … `n - 1` repeat orders within `length`: still there after as many,
/// or having left with as many at any time before (Fader & Hardie 2006, "Deriving an expression for P(X(t) = x) under
/// the Pareto/NBD model"; the integral over that time as such).
pub(super) fn chances(at: &Point, length: f64, n: usize, nodes: &Nodes) -> Vec<f64> {
    let [_, alpha, s, beta] = *at;
    let mut chances = vec![0.0; n];
    let mut add = |until: f64, weight: f64| counted(at, until, weight, &mut chances);
    add(length, libm::exp(-s * libm::log1p(length / beta)));
    let least = alpha.min(beta);
    let reach = libm::log1p(length / least);
    for &(node, weight) in nodes {
        // t = least (e^v - 1)
        let v = node * reach;
        let until = least * libm::expm1(v);
        let leaving = s / beta * libm::exp(-(s + 1.0) * libm::log1p(until / beta));
        add(until, weight * reach * least * libm::exp(v) * leaving);
    }
    chances
}

/// Adds the negative binomial of the orders of `until` days, `weight` in all.
fn counted([r, alpha, ..]: &Point, until: f64, weight: f64, chances: &mut [f64]) {
    let ratio = until / (alpha + until);
    let mut chance = weight * libm::exp(-r * libm::log1p(until / alpha));
    for (x, sum) in chances.iter_mut().enumerate() {
        let x = x as f64;
        *sum += chance;
        chance *= ratio * (r + x) / (x + 1.0);
    }
}

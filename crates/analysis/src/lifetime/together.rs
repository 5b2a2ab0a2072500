//! The likelihood of BG/NBD and MBG/NBD, of all customers in one pass: what one climb evaluates a hundred times.
//!
//! Equations as in `counting.rs`. What depends on the repeat orders alone (gamma, digamma) is computed once for each
//! number of them, logarithms of times once for each time; a customer costs one exponential. Invariant: the order of
//! the sums is that of `alike`, so that equal customers have equal bits.

use super::climb::Point;
use super::counting::survived;
use super::special::digamma;
use super::summary::Seen;

/// Alike customers, laid out for the likelihood.
pub(super) struct Together {
    is_modified: bool,
    groups: Vec<Group>,
    rows: Vec<Row>,
    times: Vec<f64>,
    /// Of each time at the parameters that were asked for last: the logarithm of alpha and it, and one over both.
    terms: Vec<(f64, f64)>,
}

/// Customers with as many repeat orders, and where their rows end.
struct Group {
    x: f64,
    n: f64,
    end: usize,
}

/// Alike customers: the places of their times, and how many they are.
struct Row {
    last: u32,
    length: u32,
    n: f64,
}

/// What is summed over the rows of a group.
#[derive(Default)]
struct Sums {
    log_until: f64,
    over_until: f64,
    softplus: f64,
    gone: f64,
    gone_silence: f64,
    gone_over: f64,
}

/// A product of so much is taken the logarithm of before it overflows.
const LARGE: f64 = 1e250;

impl Together {
    /// Customers and how many are alike, in the order of their repeat orders.
    pub(super) fn new(alike: &[(Seen, f64)], is_modified: bool) -> Self {
        let both = alike.iter().flat_map(|(seen, _)| [seen.last, seen.length]);
        let mut times: Vec<f64> = both.collect();
        times.sort_unstable_by(f64::total_cmp);
        times.dedup();
        let place = |time: f64| times.partition_point(|&own| own < time) as u32;
        let mut groups: Vec<Group> = Vec::new();
        let mut rows = Vec::with_capacity(alike.len());
        for &(seen, n) in alike {
            rows.push(Row {
                last: place(seen.last),
                length: place(seen.length),
                n,
            });
            match groups.last_mut() {
                Some(group) if group.x.total_cmp(&seen.x).is_eq() => {
                    group.n += n;
                    group.end += 1;
                }
                _ => groups.push(Group {
                    x: seen.x,
                    n,
                    end: rows.len(),
                }),
            }
        }
        let terms = vec![(0.0, 0.0); times.len()];
        Self {
            is_modified,
            groups,
            rows,
            times,
            terms,
        }
    }

    /// The log-likelihood of all and its slopes by r, alpha, a, b.
    pub(super) fn likelihood(&mut self, at: &Point) -> (f64, Point) {
        let [r, alpha, a, b] = *at;
        for (term, time) in self.terms.iter_mut().zip(&self.times) {
            *term = (libm::log(alpha + time), 1.0 / (alpha + time));
        }
        let lgamma = libm::lgamma;
        let log_alpha = libm::log(alpha);
        let of_all = r * log_alpha - lgamma(r) + lgamma(a + b) - lgamma(b);
        let (digamma_r, digamma_b, digamma_both) = (digamma(r), digamma(b), digamma(a + b));
        let (mut value, mut slopes, mut start) = (0.0, [0.0; 4], 0);
        for group in &self.groups {
            let (shape, y, n) = (r + group.x, survived(group.x, self.is_modified), group.n);
            let odds = (y >= 0.5).then(|| libm::log(a / (b + y - 1.0)));
            let sums = self.sums(&self.rows[start..group.end], shape, odds);
            start = group.end;
            value += n * (of_all + lgamma(shape) + lgamma(b + y) - lgamma(a + b + y))
                - shape * sums.log_until
                + sums.softplus;
            let both = digamma_both - digamma(a + b + y);
            slopes[0] +=
                n * (digamma(shape) - digamma_r + log_alpha) - sums.log_until + sums.gone_silence;
            slopes[1] += n * r / alpha - shape * (sums.over_until - sums.gone_over);
            slopes[2] += n * both + sums.gone / a;
            let of_gone = odds.map_or(0.0, |_| sums.gone / (b + y - 1.0));
            slopes[3] += n * (both + digamma(b + y) - digamma_b) - of_gone;
        }
        (value, slopes)
    }

    /// Over rows with the log-odds of having stopped without a silence; `None` where there was no chance to stop.
    fn sums(&self, rows: &[Row], shape: f64, odds: Option<f64>) -> Sums {
        let mut sums = Sums::default();
        let mut product = 1.0;
        for row in rows {
            let (log_until, over_until) = self.terms[row.length as usize];
            sums.log_until += row.n * log_until;
            sums.over_until += row.n * over_until;
            let Some(odds) = odds else { continue };
            let (log_last, over_last) = self.terms[row.last as usize];
            let silence = log_until - log_last;
            let odds = odds + shape * silence;
            let small = libm::exp(-odds.abs());
            // ln(1 + e^odds): the logarithm of a product of many is cheaper than many of one.
            sums.softplus += row.n * odds.max(0.0);
            if row.n < 1.5 {
                product *= 1.0 + small;
                if product > LARGE {
                    sums.softplus += libm::log(product);
                    product = 1.0;
                }
            } else {
                sums.softplus += row.n * libm::log1p(small);
            }
            let share = if odds > 0.0 { 1.0 } else { small };
            let gone = row.n * share / (1.0 + small);
            sums.gone += gone;
            sums.gone_silence += gone * silence;
            sums.gone_over += gone * (over_until - over_last);
        }
        sums.softplus += libm::log(product);
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_customers_count_as_often_as_they_are_and_share_no_more_than_they_have() {
        let seen = |x: f64, last: f64, length: f64| Seen { x, last, length };
        let all = [
            (seen(0.0, 0.0, 30.0), 3.0),
            (seen(0.0, 0.0, 31.0), 1.0),
            (seen(2.0, 20.0, 30.0), 1.0),
            (seen(2.0, 30.0, 31.0), 5.0),
            (seen(40.0, 5.0, 300.0), 1.0),
        ];
        for is_modified in [false, true] {
            for at in [[0.5, 10.0, 0.6, 3.0], [2.0, 0.5, 3.0, 12.0]] {
                let (value, slopes) = Together::new(&all, is_modified).likelihood(&at);
                let (mut sum, mut each) = (0.0, [0.0; 4]);
                for (seen, n) in all {
                    let (own, of) = Together::new(&[(seen, 1.0)], is_modified).likelihood(&at);
                    sum += n * own;
                    each = std::array::from_fn(|place| each[place] + n * of[place]);
                }
                assert!((value / sum - 1.0).abs() < 1e-13, "{value} {sum}");
                for (slope, each) in slopes.into_iter().zip(each) {
                    assert!((slope - each).abs() < 1e-11 * (1.0 + each.abs()));
                }
            }
        }
    }
}

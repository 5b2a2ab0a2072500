//! How far a distribution has moved between two dates: the population stability index and Kolmogorov-Smirnov.
//!
//! PSI: Σ (a − e) · ln(a / e) over the shares e of the earlier and a of the later date; bins are the tenths of the
//! earlier date (quantiles of type 7, equal ones once), and who has no value; a share of nothing counts as 0.0001.
//! Sources: `docs/methods/movement.md`.

use serde::{Deserialize, Serialize};

use super::uses;
use crate::measures::Measures;
use crate::stats;
use gyeol_data::{Dataset, Day};

/// The drift of a measure or column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// The key of the measure, or the header of the column.
    pub measure: String,
    /// Population stability index, from 0.
    pub psi: f64,
    /// The largest distance of the two distribution functions, 0 to 1.
    pub ks: f64,
    /// The asymptotic p-value of that distance, as if the two dates were independent samples.
    pub p_value: f64,
}

/// How a population stability index is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Below 0.1.
    Holds,
    /// From 0.1.
    Shifts,
    /// Above 0.25.
    Broken,
}

impl Verdict {
    /// The reading of an index.
    pub fn of(psi: f64) -> Self {
        match psi {
            psi if psi < 0.1 => Self::Holds,
            psi if psi <= 0.25 => Self::Shifts,
            _ => Self::Broken,
        }
    }
}

/// The share that stands for nothing.
const LEAST_SHARE: f64 = 0.0001;

/// The drift of what `uses` names, as far as these are numbers; of recency, frequency and (where the file has any) money
/// where none is.
pub(super) fn run(
    uses: &[String],
    (past, earlier): (&Dataset, Day),
    (dataset, as_of): (&Dataset, Day),
) -> Vec<Drift> {
    let (then, now) = (Measures::new(past, earlier), Measures::new(dataset, as_of));
    let of = |names: &[String]| -> Vec<Drift> {
        let pair = |name: &String| Some(of(name, &then.numbers(name)?, &now.numbers(name)?));
        names.iter().filter_map(pair).collect()
    };
    let used = of(uses);
    if used.is_empty() {
        return of(&uses::usual());
    }
    used
}

fn of(measure: &str, then: &[Option<f64>], now: &[Option<f64>]) -> Drift {
    let known = |values: &[Option<f64>]| -> Vec<f64> { values.iter().flatten().copied().collect() };
    let mut all = [known(then), known(now)];
    let mut cuts = stats::cut_points(&mut all[0], 10);
    cuts.dedup();
    let bins = |values: &[Option<f64>]| {
        let mut bins = vec![0; cuts.len() + 2];
        for value in values {
            let last = cuts.len() + 1;
            bins[value.map_or(last, |value| cuts.partition_point(|cut| *cut < value))] += 1;
        }
        bins
    };
    let psi = psi(&bins(then), &bins(now));
    for values in &mut all {
        values.sort_unstable_by(f64::total_cmp);
    }
    let [then, now] = &all;
    let ks = distance(then, now);
    Drift {
        measure: measure.to_owned(),
        psi,
        ks,
        p_value: p_value(ks, then.len(), now.len()),
    }
}

/// The population stability index of two lists of counts of the same bins; bins that nobody is in on either date do
/// not count.
pub fn psi(then: &[u64], now: &[u64]) -> f64 {
    psi_parts(then, now).iter().sum()
}

/// What each bin adds to the population stability index; 0 of those that nobody is in on either date.
pub(super) fn psi_parts(then: &[u64], now: &[u64]) -> Vec<f64> {
    let all = |counts: &[u64]| counts.iter().sum::<u64>().max(1) as f64;
    let (all_then, all_now) = (all(then), all(now));
    let part = |(&then, &now): (&u64, &u64)| {
        if then + now == 0 {
            return 0.0;
        }
        let expected = (then as f64 / all_then).max(LEAST_SHARE);
        let actual = (now as f64 / all_now).max(LEAST_SHARE);
        (actual - expected) * libm::log(actual / expected)
    };
    then.iter().zip(now).map(part).collect()
}

/// The largest distance of the distribution functions of two rising lists.
fn distance(one: &[f64], other: &[f64]) -> f64 {
    let (mut i, mut j, mut most) = (0, 0, 0.0_f64);
    while let (Some(&a), Some(&b)) = (one.get(i), other.get(j)) {
        let value = a.min(b);
        while one.get(i).is_some_and(|&own| own <= value) {
            i += 1;
        }
        while other.get(j).is_some_and(|&own| own <= value) {
            j += 1;
        }
        let apart = i as f64 / one.len() as f64 - j as f64 / other.len() as f64;
        most = most.max(apart.abs());
    }
    most
}

/// How probable such a distance is by chance: Kolmogorov's distribution with Stephens' (1970) correction for the size.
fn p_value(distance: f64, n: usize, m: usize) -> f64 {
    let (n, m) = (n as f64, m as f64);
    let root = (n * m / (n + m).max(1.0)).sqrt();
    if root <= 0.0 {
        return 1.0;
    }
    kolmogorov((root + 0.12 + 0.11 / root) * distance)
}

/// 2 Σ (−1)^(j−1) exp(−2 j² λ²), 0 to 1.
fn kolmogorov(lambda: f64) -> f64 {
    // The series is 1 to sixteen digits below, and slow.
    if lambda < 0.2 {
        return 1.0;
    }
    let mut sum = 0.0;
    for j in 1..=100 {
        let j = f64::from(j);
        let term = libm::exp(-2.0 * j * j * lambda * lambda);
        sum += if j % 2.0 > 0.0 { term } else { -term };
        if term < 1e-17 {
            break;
        }
    }
    (2.0 * sum).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_the_published_one() {
        let found = psi(&[20; 5], &[10, 15, 20, 25, 30]);
        assert!((found - 0.1354).abs() < 5e-5, "{found}");
        assert!(psi(&[3, 0, 5], &[6, 0, 10]).abs() < 1e-12);
        assert!(psi(&[1, 0], &[0, 1]) > 0.25, "an empty bin is no error");
    }

    #[test]
    fn tenths_of_the_earlier_date_and_who_has_no_value_are_the_bins() {
        let earlier: Vec<Option<f64>> = (0..10).map(|n| Some(f64::from(n))).collect();
        // The tenths by type 7 end at 0.9, 1.8 … 8.1: one customer each. Now two are above 8.1, one has no value.
        let mut later = earlier.clone();
        (later[0], later[1]) = (Some(20.0), None);
        let found = of("age", &earlier, &later);
        // Two bins lost their tenth (0.0001 stands for nothing), one has two, and a tenth is new among the gaps.
        let gone = (0.0001 - 0.1) * (0.0001_f64 / 0.1).ln();
        let came = (0.2 - 0.1) * 2_f64.ln() + (0.1 - 0.0001) * (0.1_f64 / 0.0001).ln();
        assert!((found.psi - (2.0 * gone + came)).abs() < 1e-12, "{found:?}");
        // Of the nine who have a value eight are those of then without the two lowest: 2/10 at 1, 0/9 there now.
        assert!((found.ks - 0.2).abs() < 1e-12, "{found:?}");
        assert_eq!(found.measure, "age");
        let same = of("age", &earlier, &earlier);
        assert!(same.psi.abs() < 1e-12 && same.ks.abs() < 1e-12);
        let none = of("age", &[None, None], &[None]);
        assert!(none.psi.abs() < 1e-12 && none.p_value >= 1.0);
    }

    #[test]
    fn the_readings_meet_at_a_tenth_and_a_quarter() {
        let readings = [0.0999, 0.1, 0.25, 0.2501].map(Verdict::of);
        use Verdict::{Broken, Holds, Shifts};
        assert_eq!(readings, [Holds, Shifts, Shifts, Broken]);
    }

    #[test]
    fn the_distance_and_its_probability_are_those_of_the_tables() {
        let apart = distance(&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0, 5.0, 6.0]);
        assert!((apart - 0.5).abs() < 1e-12);
        assert!(distance(&[1.0, 1.0, 2.0], &[1.0, 1.0, 2.0]).abs() < 1e-12);
        // Smirnov (1948): the usual critical values.
        for (lambda, expected) in [(1.223_848, 0.1), (1.358_099, 0.05), (1.627_624, 0.01)] {
            assert!((kolmogorov(lambda) - expected).abs() < 1e-6, "{lambda}");
        }
        assert!((kolmogorov(0.2) - 1.0).abs() < 1e-9);
    }
}

//! A seeded sample of customers, where a method would take too long on all of them, and who is like whom in it.
//!
//! The places drawn depend on the seed and the number of customers alone.

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

use super::Steps;
use super::k_means::squared_distances;
use crate::AnalysisError;

/// `n` different places below `n_points`, rising (Knuth's selection sampling).
pub(super) fn sample(n_points: usize, n: usize, seed: u64) -> Vec<usize> {
    let mut random = Xoshiro256Plus::seed_from_u64(seed);
    let mut chosen = Vec::with_capacity(n);
    for place in 0..n_points {
        let left = (n_points - place) as u128;
        let drawn = (u128::from(random.next_u64()) * left) >> 64;
        if drawn < (n - chosen.len()) as u128 {
            chosen.push(place);
        }
    }
    chosen
}

/// A whole number below `n`.
pub(super) fn below(random: &mut Xoshiro256Plus, n: usize) -> usize {
    ((u128::from(random.next_u64()) * n as u128) >> 64) as usize
}

/// The columns of some points alone.
pub(super) fn gathered(columns: &[Vec<f64>], places: &[usize]) -> Vec<Vec<f64>> {
    let gather = |column: &Vec<f64>| places.iter().map(|&place| column[place]).collect();
    columns.iter().map(gather).collect()
}

/// For each point of `columns` its nearest in `sampled`, the first of equals.
pub(super) fn nearest_sampled(
    columns: &[Vec<f64>],
    sampled: &[Vec<f64>],
    steps: &Steps<'_>,
) -> Result<Vec<u32>, AnalysisError> {
    let n_points = columns.first().map_or(0, Vec::len);
    let n_sampled = sampled.first().map_or(0, Vec::len);
    let mut squares = vec![0.0; n_sampled];
    let mut nearest = Vec::with_capacity(n_points);
    for point in 0..n_points {
        if point % 256 == 0 {
            steps.pulse_at(point, n_points)?;
        }
        let place: Vec<f64> = columns.iter().map(|column| column[point]).collect();
        squared_distances(sampled, 0, &place, &mut squares);
        nearest.push(smallest(&squares) as u32);
    }
    Ok(nearest)
}

/// Where the smallest value is, the first of equals.
pub(super) fn smallest(values: &[f64]) -> usize {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let found = values.iter().position(|&value| value <= least);
    found.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_hold_different_places() {
        for n in [1, 5, 10] {
            let chosen = sample(10, n, 42);
            assert_eq!(chosen.len(), n);
            assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}

//! How far customers are from each other: straight lines over numbers, or Gower's distance over numbers and texts.
//!
//! Gower's distance is the mean over features of |a - b| over the range for numbers, and 0 or 1 for equal and other
//! texts. Texts are columns of their places in byte order, which are only compared for equality.
//! Source: Gower (1971).

use super::k_means::squared_distances;
use crate::stats;

/// What distances are measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Metric {
    /// The root of the sum of squares.
    Euclidean,
    /// The mean over features; says which of them are texts. Numbers are over their range already.
    Gower(Vec<bool>),
}

impl Metric {
    /// Distances from `place` to the points from `start` on, as many as fit into `distances`.
    pub(super) fn distances(
        &self,
        columns: &[Vec<f64>],
        start: usize,
        place: &[f64],
        distances: &mut [f64],
    ) {
        let Self::Gower(are_texts) = self else {
            squared_distances(columns, start, place, distances);
            // A pass of its own, so that the compiler takes several roots at a time.
            for distance in distances {
                *distance = distance.sqrt();
            }
            return;
        };
        distances.fill(0.0);
        let range = start..start + distances.len();
        for ((column, &own), &is_text) in columns.iter().zip(place).zip(are_texts) {
            for (distance, &value) in distances.iter_mut().zip(&column[range.clone()]) {
                let apart = (value - own).abs();
                *distance += if is_text {
                    f64::from(apart > 0.0)
                } else {
                    apart
                };
            }
        }
        let n_features = columns.len().max(1) as f64;
        distances
            .iter_mut()
            .for_each(|distance| *distance /= n_features);
    }

    /// The distance between two places.
    pub(super) fn distance(&self, one: &[f64], other: &[f64]) -> f64 {
        let columns: Vec<Vec<f64>> = other.iter().map(|&value| vec![value]).collect();
        let mut distance = [0.0];
        self.distances(&columns, 0, one, &mut distance);
        distance[0]
    }

    /// The middle of points: means, or under Gower's distance medians and the most frequent texts (of equally
    /// frequent ones the first), which are nearest to all.
    pub(super) fn middle(&self, columns: &[Vec<f64>]) -> Vec<f64> {
        let middle = |(feature, column): (usize, &Vec<f64>)| match self {
            Self::Euclidean => column.iter().sum::<f64>() / column.len().max(1) as f64,
            Self::Gower(are_texts) if are_texts[feature] => most_frequent(column).0,
            Self::Gower(_) => stats::median(&mut column.clone()).unwrap_or(0.0),
        };
        columns.iter().enumerate().map(middle).collect()
    }
}

/// The most frequent of some texts, and how often it is there.
pub(super) fn most_frequent(column: &[f64]) -> (f64, usize) {
    let most = column.iter().copied().fold(0.0, f64::max) as usize;
    let mut counts = vec![0; most + 1];
    for &text in column {
        counts[text as usize] += 1;
    }
    let highest = counts.iter().copied().max().unwrap_or(0);
    let text = counts.iter().position(|&count| count == highest);
    (text.unwrap_or(0) as f64, highest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_by_their_share_of_the_range_and_texts_by_being_others() {
        let gower = Metric::Gower(vec![false, true]);
        let columns = [vec![0.0, 0.5, 1.0], vec![2.0, 2.0, 1.0]];
        let mut distances = vec![0.0; 3];
        gower.distances(&columns, 0, &[0.0, 2.0], &mut distances);
        assert_eq!(distances, vec![0.0, 0.25, 1.0]);
        assert_eq!(gower.middle(&columns), vec![0.5, 2.0]);
        assert!((gower.distance(&[0.0, 2.0], &[1.0, 1.0]) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn of_equally_frequent_texts_the_first_is_taken() {
        assert_eq!(most_frequent(&[3.0, 1.0, 3.0, 1.0, 0.0]), (1.0, 2));
    }
}

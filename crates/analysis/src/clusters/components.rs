//! Principal components of the scaled features, for the two-dimensional map.
//!
//! Eigenvectors by Jacobi's rotations (Golub & Van Loan, *Matrix Computations*, 8.5): few features, no failure to
//! converge, and the same bits natively and in WebAssembly, which a library with fused operations does not promise.
//! The sign is fixed: the largest weight of a component is positive.

use super::features::Features;
use super::metric::most_frequent;
use super::sample::gathered;
use super::{PcaMap, Projection, Steps, tsne};
use crate::{AnalysisError, stats};
use gyeol_data::places_in_order;

/// The most points on the map.
const MOST_POINTS: usize = 2000;
/// More sweeps than any symmetric matrix of this size needs.
const MOST_SWEEPS: usize = 64;

type Matrix = Vec<Vec<f64>>;

/// The most texts of a feature that are told apart on the map.
const MOST_TEXTS: usize = 10;

/// Projects a sample of the customers on the first two components of their features.
///
/// With texts, the components are those of the sample, and each of a feature's most frequent texts counts as a number
/// of its own, so that two customers with different ones are as far apart as at the two ends of a number.
///
/// # Errors
/// Stopped.
pub(super) fn map(
    features: &Features,
    labels: &[u16],
    by: Projection,
    steps: &mut Steps<'_>,
) -> Result<PcaMap, AnalysisError> {
    if by == Projection::Pca {
        return Ok(along_components(features, labels));
    }
    let places: Vec<usize> = stats::even_sample(labels.len(), tsne::MOST_POINTS).collect();
    let labels: Vec<u16> = places.iter().map(|&place| labels[place]).collect();
    let flat = along_components(&features.of(&places), &labels);
    let start: Vec<(f64, f64)> = flat.points.iter().map(|&(x, y, _)| (x, y)).collect();
    let points = tsne::embed(features, &places, &start, steps)?;
    let points = points.into_iter().zip(labels);
    Ok(PcaMap {
        by,
        points: points.map(|([x, y], label)| (x, y, label)).collect(),
        // Nothing points anywhere.
        loadings: vec![[0.0, 0.0]; flat.loadings.len()],
        ..flat
    })
}

/// How many steps [`map`] takes.
pub(super) const fn n_steps(by: Projection) -> usize {
    match by {
        Projection::Pca => 0,
        Projection::TSne => tsne::N_STEPS,
    }
}

fn along_components(features: &Features, labels: &[u16]) -> PcaMap {
    let n_numbers = features.n_numbers();
    if n_numbers == features.scaled.len() {
        return of_numbers(&features.scaled, labels);
    }
    let sample: Vec<usize> = stats::even_sample(labels.len(), MOST_POINTS).collect();
    let sampled = gathered(&features.scaled, &sample);
    let (numbers, texts) = sampled.split_at(n_numbers);
    let mut columns = numbers.to_vec();
    texts
        .iter()
        .for_each(|column| columns.extend(apart(column)));
    let labels: Vec<u16> = sample.iter().map(|&place| labels[place]).collect();
    let mut map = of_numbers(&columns, &labels);
    // A text has no direction.
    map.loadings.truncate(n_numbers);
    map.loadings.resize(features.scaled.len(), [0.0, 0.0]);
    map
}

/// A column for each of the most frequent texts, the first of equally frequent ones first.
fn apart(texts: &[f64]) -> Vec<Vec<f64>> {
    let mut left = texts.to_vec();
    let mut columns = Vec::new();
    while columns.len() < MOST_TEXTS && !left.is_empty() {
        let (text, _) = most_frequent(&left);
        let is_it = |value: f64| value.total_cmp(&text).is_eq();
        let part = |&value: &f64| f64::from(is_it(value)) * std::f64::consts::FRAC_1_SQRT_2;
        columns.push(texts.iter().map(part).collect());
        left.retain(|&value| !is_it(value));
    }
    columns
}

fn of_numbers(columns: &[Vec<f64>], labels: &[u16]) -> PcaMap {
    let means: Vec<f64> = columns
        .iter()
        .map(|column| stats::moments(column.iter().copied()).0)
        .collect();
    let (values, vectors) = eigen(covariance(columns, &means));
    let total: f64 = values.iter().sum();
    let share = |place: usize| match values.get(place) {
        Some(&value) if total > 0.0 => (value / total).clamp(0.0, 1.0),
        _ => 0.0,
    };
    let component = |place: usize| match vectors.get(place) {
        Some(vector) => with_fixed_sign(vector.clone()),
        None => vec![0.0; columns.len()],
    };
    let (first, second) = (component(0), component(1));
    let along = |weights: &[f64], point: usize| -> f64 {
        let shifted = columns
            .iter()
            .zip(&means)
            .map(|(column, mean)| column[point] - mean);
        shifted
            .zip(weights)
            .map(|(value, weight)| value * weight)
            .sum()
    };
    let sample = stats::even_sample(labels.len(), MOST_POINTS);
    PcaMap {
        by: Projection::Pca,
        explained: [share(0), share(1)],
        points: sample
            .map(|point| (along(&first, point), along(&second, point), labels[point]))
            .collect(),
        loadings: first
            .iter()
            .zip(&second)
            .map(|(&first, &second)| [first, second])
            .collect(),
    }
}

/// The covariance of the columns with each other, of the population.
pub(super) fn covariance_of(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mean = |column: &Vec<f64>| stats::moments(column.iter().copied()).0;
    let means: Vec<f64> = columns.iter().map(mean).collect();
    covariance(columns, &means)
}

/// The principal axes of the columns, one row each; whichever way they point.
pub(super) fn axes(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let (_, vectors) = eigen(covariance_of(columns));
    vectors.into_iter().map(with_fixed_sign).collect()
}

fn covariance(columns: &[Vec<f64>], means: &[f64]) -> Matrix {
    let n = columns.first().map_or(0, Vec::len).max(1) as f64;
    let entry = |one: usize, other: usize| {
        let pairs = columns[one].iter().zip(&columns[other]);
        pairs
            .map(|(a, b)| (a - means[one]) * (b - means[other]))
            .sum::<f64>()
            / n
    };
    (0..columns.len())
        .map(|one| (0..columns.len()).map(|other| entry(one, other)).collect())
        .collect()
}

/// Eigenvalues, largest first, with their vectors.
fn eigen(mut matrix: Matrix) -> (Vec<f64>, Matrix) {
    let n = matrix.len();
    let unit = |row: usize| {
        (0..n)
            .map(|column| f64::from(u8::from(row == column)))
            .collect()
    };
    let mut vectors: Matrix = (0..n).map(unit).collect();
    let size: f64 = matrix.iter().flatten().map(|entry| entry * entry).sum();
    for _ in 0..MOST_SWEEPS {
        let outside: f64 = (0..n)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .map(|(i, j)| matrix[i][j] * matrix[i][j])
            .sum();
        if outside <= size * 1e-32 {
            break;
        }
        for q in 1..n {
            for p in 0..q {
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    let order = places_in_order(n, &|one, other| {
        matrix[other][other].total_cmp(&matrix[one][one])
    });
    let values = order
        .iter()
        .map(|&place| matrix[place][place].max(0.0))
        .collect();
    (
        values,
        order
            .into_iter()
            .map(|place| vectors[place].clone())
            .collect(),
    )
}

/// Turns the plane of axes `p` and `q` so that their entry becomes 0; rows of `vectors` turn along.
fn rotate(matrix: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    if matrix[p][q].abs() <= f64::MIN_POSITIVE {
        return;
    }
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = 1.0_f64.copysign(theta) / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    let turned = |a: f64, b: f64| (cosine * a - sine * b, sine * a + cosine * b);
    for row in matrix.iter_mut() {
        (row[p], row[q]) = turned(row[p], row[q]);
    }
    for column in 0..matrix.len() {
        (matrix[p][column], matrix[q][column]) = turned(matrix[p][column], matrix[q][column]);
        (vectors[p][column], vectors[q][column]) = turned(vectors[p][column], vectors[q][column]);
    }
}

fn with_fixed_sign(mut vector: Vec<f64>) -> Vec<f64> {
    let largest = vector.iter().fold(0.0_f64, |best, weight| {
        if weight.abs() > best.abs() + 1e-12 {
            *weight
        } else {
            best
        }
    });
    if largest < 0.0 {
        vector.iter_mut().for_each(|weight| *weight = -*weight);
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_component() {
        let map = of_numbers(&[vec![0.0, 1.0, 2.0], vec![0.0, 2.0, 4.0]], &[0, 0, 1]);
        assert!((map.explained[0] - 1.0).abs() < 1e-12);
        let (first, second) = (1.0 / 5.0_f64.sqrt(), 2.0 / 5.0_f64.sqrt());
        assert!((map.loadings[0][0] - first).abs() < 1e-12);
        assert!((map.loadings[1][0] - second).abs() < 1e-12);
        assert!((map.points[0].0 + 5.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn one_feature_has_no_second_component() {
        let map = of_numbers(&[vec![1.0, 3.0]], &[0, 1]);
        assert!((map.explained[0] - 1.0).abs() < 1e-12 && map.explained[1].abs() < 1e-12);
        assert_eq!(map.loadings, [[1.0, 0.0]]);
        assert_eq!(map.points, [(-1.0, 0.0, 0), (1.0, 0.0, 1)]);
    }

    #[test]
    fn eigenvectors_are_those_of_the_matrix() {
        let matrix = vec![
            vec![4.0, 1.0, 0.5],
            vec![1.0, 3.0, -1.0],
            vec![0.5, -1.0, 2.0],
        ];
        let (values, vectors) = eigen(matrix.clone());
        assert!(values.windows(2).all(|pair| pair[0] >= pair[1]));
        for (value, vector) in values.iter().zip(&vectors) {
            for (row, own) in matrix.iter().zip(vector) {
                let product: f64 = row.iter().zip(vector).map(|(a, b)| a * b).sum();
                assert!((product - value * own).abs() < 1e-10);
            }
        }
    }
}

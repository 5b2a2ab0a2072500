//! k-means by Lloyd's steps from k-means++ starts, and by single moves at the end.
//!
//! The starts come from linfa-clustering. The steps are ours: linfa's count the old centre as one more customer
//! (m_k-means) and stop by a tolerance, so that its inertia is a little above that of its own clusters; ours go on
//! until no customer of the best run moves, over columns that the compiler can vectorise, and can be stopped between two steps.
//! The best run then goes on by moves of one customer that make the sum of squares smaller, as the means follow each
//! move: Hartigan & Wong (1979), whose optima are among Lloyd's and better ones.
//! Invariant: no cluster is empty.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_clustering::KMeans;
use ndarray::Array2;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;

use super::Steps;
use crate::{AnalysisError, stats};

type Rows = DatasetBase<Array2<f64>, ndarray::Array1<()>>;

/// Clusters of points.
#[derive(Clone, Debug)]
pub(super) struct Clustering {
    /// The cluster of each point, from 0; the number of centres for a point that is in none.
    pub(super) labels: Vec<u16>,
    /// Centres, `clusters × features`.
    pub(super) centres: Vec<Vec<f64>>,
    /// Sum of squared distances to the own centre.
    pub(super) inertia: f64,
}

impl Clustering {
    /// `k` clusters of points with known labels: their means and how far points are from them.
    pub(super) fn of_labels(columns: &[Vec<f64>], labels: Vec<u16>, k: usize) -> Self {
        let centres = means(columns, &labels, k);
        let inertia = inertia(columns, &labels, &centres);
        Self {
            labels,
            centres,
            inertia,
        }
    }

    /// How many points are in no cluster.
    pub(super) fn n_noise(&self) -> usize {
        let k = self.centres.len();
        let in_none = |label: &&u16| usize::from(**label) >= k;
        self.labels.iter().filter(in_none).count()
    }
}

/// More steps than any run needs; rounding could otherwise move a point to and fro.
const MOST_STEPS: usize = 1000;
/// Runs compete when their centres move less than this share of the mean variance (as in scikit-learn).
const NEARLY_SETTLED: f64 = 1e-4;
/// A move must lower the sum of squares by this share of what the point adds to it, so that rounding moves nobody.
const WORTH_A_MOVE: f64 = 1e-9;
/// Up to so many points each run goes on by single moves, not the best alone.
const FEW_POINTS: usize = 2_000;
/// Up to so many points a run costs next to nothing, and chance has most to say: several are made in place of each.
const VERY_FEW_POINTS: usize = 300;
/// The runs that are made in place of one.
const RUNS_OF_VERY_FEW: u64 = 4;
/// Up to so many points a run begins with the best of several starts.
const FEW_ENOUGH_FOR_STARTS: usize = 20_000;
/// The starts of which the best is taken.
const N_STARTS: usize = 4;
/// The most rounds of single moves: each makes the sum smaller, but nothing else says how many there are.
const MOST_ROUNDS: usize = 1_000;
/// Points in a block: its distances stay in the fastest memory.
const BLOCK: usize = 512;

/// The best of `restarts` runs on `columns`, which hold at least `k` different points.
///
/// Runs compete once their centres hardly move; the best one then goes on until neither a step nor a single move
/// makes the sum of squares smaller.
pub(super) fn fit(
    columns: &[Vec<f64>],
    k: usize,
    restarts: usize,
    seed: u64,
    steps: &mut Steps<'_>,
) -> Result<Clustering, AnalysisError> {
    let n_points = columns.first().map_or(0, Vec::len);
    let points = rows_of(columns);
    let tolerance = NEARLY_SETTLED * mean_variance(columns);
    let are_many_or_very_few = !(VERY_FEW_POINTS + 1..=FEW_ENOUGH_FOR_STARTS).contains(&n_points);
    let n_starts = if are_many_or_very_few { 1 } else { N_STARTS };
    let n_runs = if n_points <= VERY_FEW_POINTS {
        RUNS_OF_VERY_FEW
    } else {
        1
    };
    let mut best: Option<Clustering> = None;
    for restart in 0..restarts.max(1) as u64 {
        for run in 0..n_runs {
            let seed = seed.wrapping_add(restart).wrapping_add(run << 32);
            let start = starting_centres(&points, columns, (k, n_starts), seed);
            let found = if n_points <= FEW_POINTS {
                finish(columns, start, steps)?
            } else {
                settle(columns, start, tolerance, steps)?
            };
            let is_better = |best: &Clustering| found.inertia < best.inertia;
            if best.as_ref().is_none_or(is_better) {
                best = Some(found);
            }
        }
        steps.advance()?;
    }
    let best = best.ok_or(AnalysisError::TooFewCustomers {
        need: k,
        found: n_points,
    })?;
    finish(columns, best.centres, steps)
}

/// One run from one start, only as far as Lloyd's steps take it: runs from different seeds end in different places more
/// often than those of [`fit`], as methods want that go on from several.
pub(super) fn rough(
    columns: &[Vec<f64>],
    k: usize,
    seed: u64,
    steps: &mut Steps<'_>,
) -> Result<Clustering, AnalysisError> {
    let start = starting_centres(&rows_of(columns), columns, (k, 1), seed);
    let tolerance = NEARLY_SETTLED * mean_variance(columns);
    let found = settle(columns, start, tolerance, steps)?;
    steps.advance()?;
    Ok(found)
}

/// Steps and single moves from `centres` on, until neither makes the sum of squares smaller, or for so many rounds.
fn finish(
    columns: &[Vec<f64>],
    centres: Vec<Vec<f64>>,
    steps: &Steps<'_>,
) -> Result<Clustering, AnalysisError> {
    finish_within(MOST_ROUNDS, columns, centres, steps)
}

fn finish_within(
    most: usize,
    columns: &[Vec<f64>],
    centres: Vec<Vec<f64>>,
    steps: &Steps<'_>,
) -> Result<Clustering, AnalysisError> {
    let mut found = settle(columns, centres, 0.0, steps)?;
    for _ in 0..most {
        if !move_singly(columns, &mut found) {
            break;
        }
        found = settle(columns, found.centres, 0.0, steps)?;
    }
    Ok(found)
}

/// One pass over the points: each goes where it makes the sum of squares smallest, and the means follow at once.
/// Says whether the sum became smaller.
fn move_singly(columns: &[Vec<f64>], found: &mut Clustering) -> bool {
    let k = found.centres.len();
    let mut centres = found.centres.clone();
    let mut sizes = sizes(&found.labels, k);
    let mut labels = found.labels.clone();
    for (point, label) in labels.iter_mut().enumerate() {
        let own = usize::from(*label);
        if sizes[own] < 2 {
            continue;
        }
        let square = |centre: &[f64]| -> f64 {
            let pairs = columns.iter().zip(centre);
            pairs
                .map(|(column, middle)| (column[point] - middle) * (column[point] - middle))
                .sum()
        };
        let size = |label: usize| sizes[label] as f64;
        let leaving = size(own) / (size(own) - 1.0) * square(&centres[own]);
        let mut best = (own, leaving * (1.0 - WORTH_A_MOVE));
        for other in (0..k).filter(|&other| other != own) {
            let joining = size(other) / (size(other) + 1.0) * square(&centres[other]);
            if joining < best.1 {
                best = (other, joining);
            }
        }
        let other = best.0;
        if other != own {
            let (before, after) = (size(own), size(other));
            for (feature, column) in columns.iter().enumerate() {
                let value = column[point];
                centres[own][feature] -= (value - centres[own][feature]) / (before - 1.0);
                centres[other][feature] += (value - centres[other][feature]) / (after + 1.0);
            }
            sizes[own] -= 1;
            sizes[other] += 1;
            *label = other as u16;
        }
    }
    if labels == found.labels {
        return false;
    }
    let moved = Clustering::of_labels(columns, labels, k);
    let is_better = moved.inertia < found.inertia;
    if is_better {
        *found = moved;
    }
    is_better
}

fn mean_variance(columns: &[Vec<f64>]) -> f64 {
    let variance = |column: &Vec<f64>| {
        let (_, deviation) = stats::moments(column.iter().copied());
        deviation * deviation
    };
    columns.iter().map(variance).sum::<f64>() / columns.len().max(1) as f64
}

/// `columns` as linfa takes them, a row for each point.
fn rows_of(columns: &[Vec<f64>]) -> Rows {
    let n_points = columns.first().map_or(0, Vec::len);
    let points = Array2::from_shape_fn((n_points, columns.len()), |(point, feature)| {
        columns[feature][point]
    });
    DatasetBase::from(points)
}

/// The best of `n_starts` choices of `k` centres.
fn starting_centres(
    points: &Rows,
    columns: &[Vec<f64>],
    (k, n_starts): (usize, usize),
    seed: u64,
) -> Vec<Vec<f64>> {
    let start = KMeans::params_with_rng(k, Xoshiro256Plus::seed_from_u64(seed))
        .n_runs(n_starts)
        .max_n_iterations(1)
        .fit(points);
    match start {
        Ok(model) => model
            .centroids()
            .outer_iter()
            .map(|centre| centre.to_vec())
            .collect(),
        Err(_) => (0..k)
            .map(|point| columns.iter().map(|column| column[point]).collect())
            .collect(),
    }
}

/// Assigns and averages in turn until no point moves, or the centres by no more than `tolerance` (a sum of squares).
fn settle(
    columns: &[Vec<f64>],
    mut centres: Vec<Vec<f64>>,
    tolerance: f64,
    steps: &Steps<'_>,
) -> Result<Clustering, AnalysisError> {
    let n_points = columns.first().map_or(0, Vec::len);
    let mut labels = vec![u16::MAX; n_points];
    let mut distances = vec![0.0; n_points];
    for _ in 0..MOST_STEPS {
        steps.pulse()?;
        let before = labels.clone();
        assign(columns, &centres, &mut labels, &mut distances);
        fill_empty(&mut labels, &mut distances, centres.len());
        let moved = means(columns, &labels, centres.len());
        let shift = shift(&centres, &moved);
        centres = moved;
        if labels == before || shift < tolerance {
            break;
        }
    }
    let inertia = inertia(columns, &labels, &centres);
    Ok(Clustering {
        labels,
        centres,
        inertia,
    })
}

/// The nearest of `centres` for each point.
pub(super) fn nearest(columns: &[Vec<f64>], centres: &[Vec<f64>]) -> Vec<u16> {
    let n_points = columns.first().map_or(0, Vec::len);
    let mut labels = vec![0; n_points];
    assign(columns, centres, &mut labels, &mut vec![0.0; n_points]);
    labels
}

fn shift(before: &[Vec<f64>], after: &[Vec<f64>]) -> f64 {
    let pairs = before.iter().flatten().zip(after.iter().flatten());
    pairs
        .map(|(before, after)| (before - after) * (before - after))
        .sum()
}

/// Gives each point its nearest centre (the first of equals) and its squared distance.
fn assign(columns: &[Vec<f64>], centres: &[Vec<f64>], labels: &mut [u16], distances: &mut [f64]) {
    // Labels of a block are as wide as distances, so that both are chosen in the same registers.
    let (mut squares, mut nearest, mut own) = ([0.0; BLOCK], [0.0; BLOCK], [0_u64; BLOCK]);
    for start in (0..labels.len()).step_by(BLOCK) {
        let n = BLOCK.min(labels.len() - start);
        nearest.fill(f64::INFINITY);
        own.fill(0);
        for (label, centre) in centres.iter().enumerate() {
            squared_distances(columns, start, centre, &mut squares[..n]);
            for ((&square, nearest), own) in squares.iter().zip(&mut nearest).zip(&mut own) {
                *own = if square < *nearest {
                    label as u64
                } else {
                    *own
                };
                *nearest = if square < *nearest { square } else { *nearest };
            }
        }
        distances[start..start + n].copy_from_slice(&nearest[..n]);
        for (label, &own) in labels[start..start + n].iter_mut().zip(&own) {
            *label = own as u16;
        }
    }
}

/// Squared distances from `centre` to the points from `start` on, as many as fit into `squares`.
pub(super) fn squared_distances(
    columns: &[Vec<f64>],
    start: usize,
    centre: &[f64],
    squares: &mut [f64],
) {
    squares.fill(0.0);
    let range = start..start + squares.len();
    for (column, &middle) in columns.iter().zip(centre) {
        for (square, &value) in squares.iter_mut().zip(&column[range.clone()]) {
            *square += (value - middle) * (value - middle);
        }
    }
}

/// A cluster that nobody is nearest to takes the point that is farthest from its own centre.
fn fill_empty(labels: &mut [u16], distances: &mut [f64], k: usize) {
    let mut sizes = sizes(labels, k);
    for label in 0..k {
        if sizes[label] > 0 {
            continue;
        }
        let mut farthest: Option<usize> = None;
        for (point, &distance) in distances.iter().enumerate() {
            let is_farther = farthest.is_none_or(|other| distance > distances[other]);
            if sizes[usize::from(labels[point])] > 1 && is_farther {
                farthest = Some(point);
            }
        }
        if let Some(point) = farthest {
            sizes[usize::from(labels[point])] -= 1;
            sizes[label] = 1;
            labels[point] = label as u16;
            distances[point] = 0.0;
        }
    }
}

/// Points of each cluster. Labels from `k` on are in none.
pub(super) fn sizes(labels: &[u16], k: usize) -> Vec<usize> {
    let mut sizes = vec![0; k];
    for &label in labels {
        if let Some(size) = sizes.get_mut(usize::from(label)) {
            *size += 1;
        }
    }
    sizes
}

/// Means of any columns by cluster: `clusters × columns`. Labels from `k` on are in none.
pub(super) fn means(columns: &[Vec<f64>], labels: &[u16], k: usize) -> Vec<Vec<f64>> {
    let sizes = sizes(labels, k);
    let mut means = vec![vec![0.0; columns.len()]; k];
    for (feature, column) in columns.iter().enumerate() {
        let mut sums = vec![0.0; k];
        for (&label, &value) in labels.iter().zip(column) {
            if let Some(sum) = sums.get_mut(usize::from(label)) {
                *sum += value;
            }
        }
        for ((mean, sum), &size) in means.iter_mut().zip(sums).zip(&sizes) {
            mean[feature] = sum / size.max(1) as f64;
        }
    }
    means
}

pub(super) fn inertia(columns: &[Vec<f64>], labels: &[u16], centres: &[Vec<f64>]) -> f64 {
    let of_feature = |(feature, column): (usize, &Vec<f64>)| -> f64 {
        let squares = column.iter().zip(labels).map(|(&value, &label)| {
            let centre = centres.get(usize::from(label));
            let difference = centre.map_or(0.0, |centre| value - centre[feature]);
            difference * difference
        });
        squares.sum()
    };
    columns.iter().enumerate().map(of_feature).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;
    use proptest::prelude::*;

    fn fitted(columns: &[Vec<f64>], k: usize, seed: u64) -> Clustering {
        let mut monitor = Unwatched;
        fit(columns, k, 4, seed, &mut Steps::new(&mut monitor, 4)).unwrap()
    }

    #[test]
    fn clear_groups_are_found() {
        let found = fitted(&[vec![0.0, 0.1, 9.0, 9.1, 20.0]], 3, 1);
        assert_eq!(found.labels[0], found.labels[1]);
        assert_eq!(found.labels[2], found.labels[3]);
        assert!((found.inertia - 0.01).abs() < 1e-12);
    }

    #[test]
    fn a_single_move_leaves_an_optimum_of_steps() {
        // Each point is nearest to its own mean, and yet the fourth does less harm beside the fifth.
        let column = vec![vec![0.0, 0.0, 0.0, 4.9, 10.0]];
        let mut found = Clustering::of_labels(&column, vec![0, 0, 0, 0, 1], 2);
        assert_eq!(nearest(&column, &found.centres), found.labels);
        let before = found.inertia;
        assert!(move_singly(&column, &mut found));
        assert_eq!(found.labels, [0, 0, 0, 1, 1]);
        assert!(found.inertia < before);
        assert!(!move_singly(&column, &mut found));
    }

    #[test]
    fn there_are_no_more_rounds_of_single_moves_than_are_allowed() {
        let column = vec![vec![0.0, 0.0, 0.0, 4.9, 10.0]];
        let within = |most: usize| {
            let mut monitor = Unwatched;
            let steps = Steps::new(&mut monitor, 1);
            let centres = vec![vec![1.225], vec![10.0]];
            finish_within(most, &column, centres, &steps)
                .unwrap()
                .labels
        };
        assert_eq!(within(0), [0, 0, 0, 0, 1], "steps alone");
        assert_eq!(within(1), [0, 0, 0, 1, 1]);
        assert_eq!(within(MOST_ROUNDS), within(1));
    }

    #[test]
    fn empty_clusters_take_the_farthest_point() {
        let (mut labels, mut distances) = (vec![0, 0, 0], vec![1.0, 5.0, 2.0]);
        fill_empty(&mut labels, &mut distances, 2);
        assert_eq!(labels, [0, 1, 0]);
    }

    proptest! {
        #[test]
        fn no_cluster_is_empty_and_every_point_is_with_its_nearest_centre(
            values in prop::collection::btree_set(-100..100_i32, 6..40),
            k in 2_usize..6,
            seed in 0..9_u64,
        ) {
            let column: Vec<f64> = values.into_iter().map(f64::from).collect();
            let found = fitted(std::slice::from_ref(&column), k, seed);
            prop_assert!(sizes(&found.labels, k).into_iter().all(|size| size > 0));
            for (&value, &label) in column.iter().zip(&found.labels) {
                let own = (value - found.centres[usize::from(label)][0]).abs();
                prop_assert!(found.centres.iter().all(|centre| own <= (value - centre[0]).abs() + 1e-9));
            }
        }
    }
}

//! Mixtures of normal distributions with a full covariance each, by expectation and maximisation.
//!
//! The first start is the best k-means, the others are single runs of Lloyd's steps; starts compete once the mean
//! log-likelihood hardly grows, and the best goes on. Every variance gets 0.000001 more, as in scikit-learn, so that no
//! covariance is singular. Sums run in one order and logarithms come from `libm`: the same bits everywhere. Sources:
//! Dempster, Laird & Rubin (1977); Schwarz (1978) for the criterion, in scikit-learn's sign.

use serde::{Deserialize, Serialize};

use super::k_means::{self, Clustering};
use super::{Params, Steps};
use crate::AnalysisError;

/// Added to each variance.
pub(super) const REGULARISATION: f64 = 1e-6;
/// Starts compete once a step adds less than this to the mean log-likelihood (as in scikit-learn).
const NEARLY_SETTLED: f64 = 1e-3;
/// The best start goes on until a step adds less than this.
const SETTLED: f64 = 1e-7;
/// The most steps of a start that competes (as in scikit-learn), and of the best.
const MOST_STEPS: [usize; 2] = [100, 500];
/// Points in a block: its densities stay in the fastest memory.
const BLOCK: usize = 512;

/// A fitted mixture.
pub(super) struct Mixture {
    /// Everybody with the component of highest probability; components that nobody is left with are gone.
    pub(super) clustering: Clustering,
    /// The highest probability of each point.
    pub(super) membership: Vec<f32>,
    /// Of all points.
    pub(super) log_likelihood: f64,
    /// Lower is better.
    pub(super) bic: f64,
    /// Components that would have no volume without what is added to their variances.
    pub(super) n_regularised: u16,
    /// The components, and the first point that is in each; nobody is in some.
    pub(super) components: Vec<(Distribution, Option<usize>)>,
}

/// A normal distribution of a mixture, in scaled units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distribution {
    /// Its cluster, from 0; `None` where nobody was in it.
    pub cluster: Option<u16>,
    /// Its share of all customers, 0 to 1.
    pub share: f64,
    /// Its mean: a value for each feature.
    pub mean: Vec<f64>,
    /// Its covariance with what is added to the variances: the lower triangle, row by row.
    pub covariance: Vec<Vec<f64>>,
}

impl Distribution {
    /// Whether everything is a number, for so many features.
    pub(super) fn is_sound(&self, n: usize) -> bool {
        let is_row = |(at, row): (usize, &Vec<f64>)| row.len() == at + 1;
        let is_triangle = self.covariance.iter().enumerate().all(is_row);
        let has_volume = (0..self.covariance.len()).all(|at| self.covariance[at][at] > 0.0);
        let mut numbers = self.mean.iter().chain(self.covariance.iter().flatten());
        let is_placed = self.mean.len() == n && self.covariance.len() == n;
        is_placed && is_triangle && self.share > 0.0 && numbers.all(|z| z.is_finite()) && has_volume
    }
}

/// The cluster of highest probability for each point, the first of equals, and that probability. Distributions that
/// nobody was in have their part of the probability, and no customers. One at least has a cluster.
pub(super) fn assign(mixture: &[Distribution], columns: &[Vec<f64>]) -> (Vec<u16>, Vec<f32>) {
    let components: Vec<Component> = mixture.iter().cloned().map(Component::new).collect();
    let n_points = columns.first().map_or(0, Vec::len);
    let (mut labels, mut membership) = (Vec::new(), Vec::new());
    let mut scratch = vec![[0.0; BLOCK]; columns.len()];
    for start in (0..n_points).step_by(BLOCK) {
        let n = BLOCK.min(n_points - start);
        let mut shares = vec![vec![0.0; n]; components.len()];
        for (component, shares) in components.iter().zip(&mut shares) {
            component.log_densities(columns, start, &mut scratch, shares);
        }
        for point in 0..n {
            to_shares(&mut shares, point);
            let mut best: Option<(u16, f32)> = None;
            for (one, shares) in mixture.iter().zip(&shares) {
                let share = shares[point] as f32;
                if let Some(cluster) = one.cluster
                    && best.is_none_or(|(_, highest)| share > highest)
                {
                    best = Some((cluster, share));
                }
            }
            let (label, share) = best.unwrap_or_default();
            labels.push(label);
            membership.push(share);
        }
    }
    (labels, membership)
}

/// The best of several starts with `params.k` components.
pub(super) fn fit(
    columns: &[Vec<f64>],
    params: &Params,
    n_starts: usize,
    steps: &mut Steps<'_>,
) -> Result<Mixture, AnalysisError> {
    let mut best: Option<Run> = None;
    for start in 0..n_starts.max(1) as u64 {
        let seed = params.seed.wrapping_add(start);
        // Starts that are all as good as k-means can be are mostly the same one.
        let start = match start {
            0 => k_means::fit(columns, params.k, 1, seed, steps)?,
            _ => k_means::rough(columns, params.k, seed, steps)?,
        };
        let mut run = Run::new(&start.labels, params.k);
        run.go_on(columns, NEARLY_SETTLED, MOST_STEPS[0], steps)?;
        if best.as_ref().is_none_or(|best| run.is_better_than(best)) {
            best = Some(run);
        }
    }
    let mut best = best.ok_or(AnalysisError::TooFewCustomers {
        need: params.k,
        found: 0,
    })?;
    best.go_on(columns, SETTLED, MOST_STEPS[1], steps)?;
    Ok(best.finished(columns))
}

/// How many starts are worth their time: above 100,000 customers fewer.
pub(super) fn n_starts(asked: usize, n_points: usize) -> usize {
    asked.min((1_000_000 / n_points.max(1)).max(1))
}

/// A component.
#[derive(Clone, Debug)]
struct Component {
    of: Distribution,
    /// The logarithm of its share.
    log_share: f64,
    /// The lower triangular root of its covariance, row by row.
    root: Vec<Vec<f64>>,
}

/// A mixture on its way.
struct Run {
    components: Vec<Component>,
    /// The probability of each component for each point: `components × points`.
    shares: Vec<Vec<f64>>,
    /// Mean log-likelihood of a point.
    mean: f64,
}

impl Run {
    fn new(labels: &[u16], k: usize) -> Self {
        let share = |component: usize, label: u16| f64::from(usize::from(label) == component);
        let of = |component| labels.iter().map(move |&label| share(component, label));
        Self {
            components: Vec::new(),
            shares: (0..k).map(|component| of(component).collect()).collect(),
            mean: f64::NEG_INFINITY,
        }
    }

    /// Likelier, unless more of its components have no volume: around a few points alike any likelihood can be had.
    fn is_better_than(&self, other: &Self) -> bool {
        let n_flat = |run: &Self| run.components.iter().filter(|one| one.is_flat()).count();
        let (own, others) = (n_flat(self), n_flat(other));
        own < others || (own == others && self.mean > other.mean)
    }

    /// Maximises and expects in turn until a step adds less than `tolerance` to the mean log-likelihood.
    fn go_on(
        &mut self,
        columns: &[Vec<f64>],
        tolerance: f64,
        most_steps: usize,
        steps: &Steps<'_>,
    ) -> Result<(), AnalysisError> {
        for _ in 0..most_steps {
            steps.pulse()?;
            let before = self.mean;
            self.maximise(columns);
            steps.pulse()?;
            self.expect(columns);
            if (self.mean - before).abs() < tolerance {
                break;
            }
        }
        Ok(())
    }

    /// Probabilities from components.
    fn expect(&mut self, columns: &[Vec<f64>]) {
        let n_points = columns.first().map_or(0, Vec::len);
        let mut total = 0.0;
        let mut scratch = vec![[0.0; BLOCK]; columns.len()];
        for start in (0..n_points).step_by(BLOCK) {
            let range = start..n_points.min(start + BLOCK);
            for (component, shares) in self.components.iter().zip(&mut self.shares) {
                component.log_densities(columns, start, &mut scratch, &mut shares[range.clone()]);
            }
            for point in range {
                total += to_shares(&mut self.shares, point);
            }
        }
        self.mean = total / n_points.max(1) as f64;
    }

    /// Components from probabilities.
    fn maximise(&mut self, columns: &[Vec<f64>]) {
        let n_points = columns.first().map_or(0, Vec::len) as f64;
        let component = |shares: &Vec<f64>| Component::of(columns, shares, n_points);
        self.components = self.shares.iter().map(component).collect();
    }

    fn finished(self, columns: &[Vec<f64>]) -> Mixture {
        let n_points = columns.first().map_or(0, Vec::len);
        let k = self.shares.len();
        let (mut labels, mut membership) = (vec![0_u16; n_points], vec![0.0_f32; n_points]);
        for (component, shares) in self.shares.iter().enumerate() {
            for ((&share, label), highest) in shares.iter().zip(&mut labels).zip(&mut membership) {
                if component == 0 || share as f32 > *highest {
                    (*label, *highest) = (component as u16, share as f32);
                }
            }
        }
        let (d, log_likelihood) = (columns.len(), self.mean * n_points as f64);
        let n_parameters = k * (d * (d + 1) / 2) + k * d + k - 1;
        let flat = self.components.iter().filter(|one| one.is_flat());
        let n_regularised = flat.count() as u16;
        let first = |component: u16| labels.iter().position(|&label| label == component);
        let components = (0..).zip(self.components);
        let components = components.map(|(number, one)| (one.of, first(number)));
        Mixture {
            n_regularised,
            components: components.collect(),
            membership,
            log_likelihood,
            bic: n_parameters as f64 * libm::log(n_points as f64) - 2.0 * log_likelihood,
            clustering: without_empty(columns, labels, k),
        }
    }
}

/// Logarithms of joint densities of a point to probabilities; gives the logarithm of their sum.
fn to_shares(shares: &mut [Vec<f64>], point: usize) -> f64 {
    let highest = shares
        .iter()
        .map(|share| share[point])
        .fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for share in shares.iter_mut() {
        share[point] = libm::exp(share[point] - highest);
        sum += share[point];
    }
    for share in shares.iter_mut() {
        share[point] /= sum;
    }
    highest + libm::log(sum)
}

/// The clusters of `labels`, where no number below `k` is unused any more.
pub(super) fn without_empty(columns: &[Vec<f64>], mut labels: Vec<u16>, k: usize) -> Clustering {
    let mut n_used = 0;
    let numbers: Vec<u16> = k_means::sizes(&labels, k)
        .into_iter()
        .map(|size| {
            let number = n_used;
            n_used += u16::from(size > 0);
            number
        })
        .collect();
    for label in &mut labels {
        *label = numbers.get(usize::from(*label)).copied().unwrap_or(n_used);
    }
    Clustering::of_labels(columns, labels, usize::from(n_used))
}

impl Component {
    /// The component that gave each point `shares` of itself.
    fn of(columns: &[Vec<f64>], shares: &[f64], n_points: f64) -> Self {
        let n = shares.iter().sum::<f64>() + 10.0 * f64::EPSILON;
        let weighted = |column: &Vec<f64>| {
            let pairs = column.iter().zip(shares);
            pairs.map(|(value, share)| value * share).sum::<f64>() / n
        };
        let mean: Vec<f64> = columns.iter().map(weighted).collect();
        let entry = |one: usize, other: usize| {
            let pairs = columns[one].iter().zip(&columns[other]).zip(shares);
            let products = pairs.map(|((a, b), share)| share * (a - mean[one]) * (b - mean[other]));
            let added = if one == other { REGULARISATION } else { 0.0 };
            products.sum::<f64>() / n + added
        };
        let rows = 0..columns.len();
        let covariance = rows.map(|one| (0..=one).map(|other| entry(one, other)).collect());
        Self::new(Distribution {
            cluster: None,
            share: n / n_points,
            covariance: covariance.collect(),
            mean,
        })
    }

    fn new(of: Distribution) -> Self {
        Self {
            log_share: libm::log(of.share),
            root: root(of.covariance.clone()),
            of,
        }
    }

    /// Logarithms of share times density of the points from `start` on.
    fn log_densities(
        &self,
        columns: &[Vec<f64>],
        start: usize,
        scratch: &mut [[f64; BLOCK]],
        densities: &mut [f64],
    ) {
        densities.fill(0.0);
        let mut log_volume = 0.0;
        for (row, column) in columns.iter().enumerate() {
            let (solved, rest) = scratch.split_at_mut(row);
            let own = &mut rest[0][..densities.len()];
            own.copy_from_slice(&column[start..start + densities.len()]);
            own.iter_mut().for_each(|value| *value -= self.of.mean[row]);
            for (before, &weight) in solved.iter().zip(&self.root[row]) {
                for (value, before) in own.iter_mut().zip(before) {
                    *value -= weight * before;
                }
            }
            let diagonal = self.root[row][row];
            for (value, density) in own.iter_mut().zip(densities.iter_mut()) {
                *value /= diagonal;
                *density += *value * *value;
            }
            log_volume += libm::log(diagonal);
        }
        let two_pi = libm::log(std::f64::consts::TAU) * columns.len() as f64;
        let constant = self.log_share - log_volume - 0.5 * two_pi;
        for density in densities {
            *density = constant - 0.5 * *density;
        }
    }

    /// Whether a direction has hardly more variance than was added.
    fn is_flat(&self) -> bool {
        let rows = self.root.iter().enumerate();
        rows.map(|(row, values)| values[row] * values[row])
            .any(|variance| variance < 10.0 * REGULARISATION)
    }
}

/// The lower triangular root of a covariance (Cholesky), in place. What rounding leaves of a variance is kept at
/// least as large as what is added to all.
fn root(mut lower: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for row in 0..lower.len() {
        for column in 0..=row {
            let known: f64 = (0..column)
                .map(|place| lower[row][place] * lower[column][place])
                .sum();
            let rest = lower[row][column] - known;
            lower[row][column] = if column == row {
                rest.max(REGULARISATION).sqrt()
            } else {
                rest / lower[column][column]
            };
        }
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;

    fn fitted(columns: &[Vec<f64>], k: usize) -> Mixture {
        let params = Params {
            k,
            ..Params::default()
        };
        let mut monitor = Unwatched;
        fit(columns, &params, 3, &mut Steps::new(&mut monitor, 3)).unwrap()
    }

    #[test]
    fn one_component_is_the_normal_distribution_of_all() {
        // Variance 2 and 6 points: -2 ln L = 6 (ln 2π + ln 2 + 1), and two parameters.
        let s = 3.0_f64.sqrt();
        let found = fitted(&[vec![-s, 0.0, s, -s, 0.0, s]], 1);
        let expected = 6.0 * ((2.0 * std::f64::consts::TAU).ln() + 1.0) + 2.0 * 6.0_f64.ln();
        assert!((found.bic - expected).abs() < 1e-4);
        assert!(found.membership.iter().all(|&share| share >= 1.0));
    }

    #[test]
    fn a_distribution_that_nobody_was_in_has_no_customers() {
        let of = |cluster, mean| Distribution {
            cluster,
            share: 0.5,
            mean: vec![mean],
            covariance: vec![vec![1.0]],
        };
        let mixture = [of(None, 0.0), of(Some(3), 1.0)];
        assert!(mixture.iter().all(|one| one.is_sound(1)));
        let (labels, membership) = assign(&mixture, &[vec![0.0, 1.0]]);
        assert_eq!(labels, [3, 3]);
        // At 1 the densities are as 1 to exp(-1/2).
        assert!((membership[1] - 1.0 / (1.0 + (-0.5_f32).exp())).abs() < 1e-6);
        let flat = Distribution {
            covariance: vec![vec![0.0]],
            ..of(None, 0.0)
        };
        assert!(!flat.is_sound(1));
    }

    #[test]
    fn the_root_times_itself_is_the_covariance() {
        let found = root(vec![vec![4.0], vec![2.0, 5.0]]);
        assert_eq!(found, [vec![2.0], vec![1.0, 2.0]]);
    }

    #[test]
    fn equal_points_have_a_volume_all_the_same_and_it_is_said() {
        let mut column = vec![1.0; 20];
        column.extend((0..20).map(|n| 50.0 + f64::from(n)));
        let found = fitted(&[column.clone(), column], 2);
        assert_eq!(k_means::sizes(&found.clustering.labels, 2), [20, 20]);
        assert_eq!(found.n_regularised, 2);
        assert!(found.bic.is_finite());
    }

    #[test]
    fn unused_numbers_are_given_up_and_points_in_no_cluster_stay_so() {
        let found = without_empty(&[vec![1.0, 2.0, 3.0]], vec![4, 1, 7], 5);
        assert_eq!((found.labels, found.centres.len()), (vec![1, 0, 2], 2));
    }
}

//! A map on which neighbours stay neighbours: t-distributed stochastic neighbour embedding of a sample.
//!
//! Exact over all pairs, so the sample is small. It starts from the principal components, and so needs no chance.
//! Source: van der Maaten & Hinton (2008); the learning rate of Belkina et al. (2019).

use super::Steps;
use super::features::Features;
use super::sample::gathered;
use crate::{AnalysisError, stats};

/// The most customers on the map.
pub(super) const MOST_POINTS: usize = 800;
/// Steps that count for the progress of a job.
pub(super) const N_STEPS: usize = 10;
/// How many neighbours each customer has, as an effective number.
const PERPLEXITY: f64 = 30.0;
const N_ITERATIONS: usize = 600;
/// For so many iterations neighbours pull more, so that groups can pass each other.
const N_EARLY: usize = 150;
const EXAGGERATION: f64 = 12.0;
/// How wide the start is.
const START: f64 = 1e-4;

/// A customer on the map.
type Point = [f64; 2];

/// Puts the customers at `places` on a map, from `start` on.
pub(super) fn embed(
    features: &Features,
    places: &[usize],
    start: &[(f64, f64)],
    steps: &mut Steps<'_>,
) -> Result<Vec<Point>, AnalysisError> {
    let columns = gathered(&features.scaled, places);
    let affinities = affinities(features, &columns, places.len());
    let mut map = Embedding::new(start);
    for iteration in 0..N_ITERATIONS {
        map.step(&affinities, iteration);
        if (iteration + 1) % (N_ITERATIONS / N_STEPS) == 0 {
            steps.advance()?;
        } else {
            steps.pulse()?;
        }
    }
    Ok(map.points)
}

/// How much each pair are neighbours, by rows; symmetric, with the sum 1.
fn affinities(features: &Features, columns: &[Vec<f64>], n: usize) -> Vec<f64> {
    let perplexity = PERPLEXITY.min((n as f64 - 1.0) / 3.0).max(1.0);
    let mut all = vec![0.0; n * n];
    let mut distances = vec![0.0; n];
    for (point, row) in all.chunks_exact_mut(n.max(1)).enumerate() {
        let own: Vec<f64> = columns.iter().map(|column| column[point]).collect();
        features.metric.distances(columns, 0, &own, &mut distances);
        let squares: Vec<f64> = distances.iter().map(|d| d * d).collect();
        shares(&squares, point, perplexity, row);
    }
    let scale = 1.0 / (2.0 * n as f64);
    for one in 0..n {
        for other in 0..one {
            let both = (all[one * n + other] + all[other * n + one]) * scale;
            (all[one * n + other], all[other * n + one]) = (both, both);
        }
    }
    all
}

/// The shares of one customer's neighbours: a normal curve as wide as gives the perplexity, found by halving.
fn shares(squares: &[f64], own: usize, perplexity: f64, row: &mut [f64]) {
    let others = || (0..squares.len()).filter(|&other| other != own);
    let nearest = others()
        .map(|other| squares[other])
        .fold(f64::INFINITY, f64::min);
    let (mut low, mut high, mut beta) = (0.0, f64::INFINITY, 1.0);
    let entropy_wanted = libm::log(perplexity);
    for _ in 0..64 {
        let mut sum = 0.0;
        let mut weighted = 0.0;
        for other in others() {
            let distance = squares[other] - nearest;
            row[other] = libm::exp(-beta * distance);
            sum += row[other];
            weighted += row[other] * distance;
        }
        let entropy = libm::log(sum) + beta * weighted / sum;
        row.iter_mut().for_each(|share| *share /= sum);
        if (entropy - entropy_wanted).abs() < 1e-5 {
            break;
        }
        if entropy > entropy_wanted {
            low = beta;
            beta = if high.is_finite() {
                f64::midpoint(low, high)
            } else {
                beta * 2.0
            };
        } else {
            high = beta;
            beta = f64::midpoint(low, high);
        }
    }
    row[own] = 0.0;
}

struct Embedding {
    points: Vec<Point>,
    velocities: Vec<Point>,
    gains: Vec<Point>,
    rate: f64,
}

impl Embedding {
    /// The start, made narrow.
    fn new(start: &[(f64, f64)]) -> Self {
        let (_, deviation) = stats::moments(start.iter().map(|point| point.0));
        let scale = if deviation > 0.0 {
            START / deviation
        } else {
            START
        };
        // Customers who are alike in all would never part; that they stand on one spot is true.
        let points: Vec<Point> = start.iter().map(|&(x, y)| [x * scale, y * scale]).collect();
        let n = points.len();
        Self {
            velocities: vec![[0.0; 2]; n],
            gains: vec![[1.0; 2]; n],
            rate: (n as f64 / EXAGGERATION / 4.0).max(50.0),
            points,
        }
    }

    fn step(&mut self, affinities: &[f64], iteration: usize) {
        let (pull, momentum) = if iteration < N_EARLY {
            (EXAGGERATION, 0.5)
        } else {
            (1.0, 0.8)
        };
        let gradient = self.gradient(affinities, pull);
        for (place, slope) in gradient.iter().enumerate() {
            let (velocities, gains) = (&mut self.velocities[place], &mut self.gains[place]);
            let axes = velocities.iter_mut().zip(gains).zip(slope);
            for (((velocity, gain), slope), at) in axes.zip(&mut self.points[place]) {
                let is_back = slope * *velocity > 0.0;
                *gain = if is_back { *gain * 0.8 } else { *gain + 0.2 }.max(0.01);
                *velocity = momentum * *velocity - self.rate * *gain * slope;
                *at += *velocity;
            }
        }
    }

    /// Neighbours pull, everybody pushes.
    fn gradient(&self, affinities: &[f64], pull: f64) -> Vec<Point> {
        let n = self.points.len();
        let mut total = 0.0;
        let mut pulls = vec![[0.0; 2]; n];
        let mut pushes = vec![[0.0; 2]; n];
        for one in 0..n {
            let [x, y] = self.points[one];
            let row = &affinities[one * n..one * n + one];
            let (mut own_pull, mut own_push) = ([0.0; 2], [0.0; 2]);
            for (other, &affinity) in row.iter().enumerate() {
                let (dx, dy) = (x - self.points[other][0], y - self.points[other][1]);
                let near = 1.0 / (1.0 + dx * dx + dy * dy);
                total += near;
                let (attract, repel) = (affinity * near, near * near);
                own_pull = [own_pull[0] + attract * dx, own_pull[1] + attract * dy];
                own_push = [own_push[0] + repel * dx, own_push[1] + repel * dy];
                pulls[other][0] -= attract * dx;
                pulls[other][1] -= attract * dy;
                pushes[other][0] -= repel * dx;
                pushes[other][1] -= repel * dy;
            }
            for axis in 0..2 {
                pulls[one][axis] += own_pull[axis];
                pushes[one][axis] += own_push[axis];
            }
        }
        // Each pair was counted once.
        let total = (2.0 * total).max(f64::MIN_POSITIVE);
        let slope = |(pulled, pushed): (&Point, &Point)| {
            [0, 1].map(|axis| 4.0 * (pull * pulled[axis] - pushed[axis] / total))
        };
        pulls.iter().zip(&pushes).map(slope).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_the_perplexity_that_was_asked_for() {
        let squares: Vec<f64> = (0..100).map(|n| f64::from(n * n) / 50.0).collect();
        let mut row = vec![0.0; 100];
        shares(&squares, 0, 10.0, &mut row);
        assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let entropy: f64 = row
            .iter()
            .filter(|&&p| p > 0.0)
            .map(|&p| -p * libm::log(p))
            .sum();
        assert!((libm::exp(entropy) - 10.0).abs() < 1e-3);
    }

    #[test]
    fn the_gradient_is_that_of_the_divergence() {
        let start: Vec<(f64, f64)> = (0..12)
            .map(|n| (f64::from(n * n % 7), f64::from(n * 5 % 11)))
            .collect();
        let n = start.len();
        let mut affinities = vec![0.0; n * n];
        for one in 0..n {
            for other in 0..one {
                let weight = 1.0 + ((one * 3 + other * 7) % 5) as f64;
                (affinities[one * n + other], affinities[other * n + one]) = (weight, weight);
            }
        }
        let sum: f64 = affinities.iter().sum();
        affinities.iter_mut().for_each(|p| *p /= sum);
        let mut map = Embedding::new(&start);
        map.points = start.iter().map(|&(x, y)| [x * 0.3, y * 0.3]).collect();
        let slope = map.gradient(&affinities, 1.0)[4][1];
        let mut moved = |by: f64| {
            map.points[4][1] += by;
            divergence(&map.points, &affinities)
        };
        let up = moved(1e-5);
        let down = moved(-2e-5);
        assert!((slope - (up - down) / 2e-5).abs() < 1e-6);
    }

    fn divergence(points: &[Point], affinities: &[f64]) -> f64 {
        let n = points.len();
        let near = |one: usize, other: usize| {
            let [dx, dy] = [0, 1].map(|axis| points[one][axis] - points[other][axis]);
            1.0 / (1.0 + dx * dx + dy * dy)
        };
        let pairs = || {
            (0..n * n)
                .map(|at| (at / n, at % n))
                .filter(|(a, b)| a != b)
        };
        let total: f64 = pairs().map(|(a, b)| near(a, b)).sum();
        pairs()
            .map(|(a, b)| {
                let p = affinities[a * n + b];
                p * libm::log(p * total / near(a, b))
            })
            .sum()
    }
}

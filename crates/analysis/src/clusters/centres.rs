//! `k` centres with the lowest sum of distances, by a genetic algorithm.
//!
//! An individual is a set of centres. Parents exchange centres that lie near each other, a centre moves to a customer by
//! chance, and every child takes some steps towards the geometric medians of its clusters, which are the best centres
//! there are for given clusters.
//! Sources: Maulik & Bandyopadhyay (2000) for centres as genes; Weiszfeld (1937) for the medians.

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;

use super::genetic::{Evolution, Goal, N_GENERATIONS, N_WITHOUT_GAIN};
use super::k_means::{self, Clustering};
use super::sample::{below, gathered, sample};
use super::{Params, Steps};
use crate::{AnalysisError, Unwatched};

/// The most customers that centres are looked for among.
const MOST_USED: usize = 5_000;
/// Individuals of a generation.
const N_INDIVIDUALS: usize = 20;
/// Steps of a child towards the medians.
const N_STEPS: usize = 4;
/// Steps of the best at most, until the sum hardly falls.
const MOST_STEPS: usize = 500;
/// A step that lowers the sum by a smaller share is the last.
const SETTLED: f64 = 1e-12;
/// Of so many children one has a centre put to a customer by chance.
const ONE_OF: usize = 4;

type Centres = Vec<Vec<f64>>;

/// The clusters around the best `k` centres, and how they were found.
pub(super) fn fit(
    columns: &[Vec<f64>],
    params: &Params,
    names: &[String],
    steps: &mut Steps<'_>,
) -> Result<(Clustering, Evolution), AnalysisError> {
    let n_all = columns.first().map_or(0, Vec::len);
    let n_used = n_all.min(MOST_USED);
    let used = gathered(columns, &sample(n_all, n_used, params.seed));
    let mut random = Xoshiro256Plus::seed_from_u64(params.seed);
    let mut living = first_generation(&used, params)?;
    // Sums over the sample stand for sums over all.
    let scale = n_all as f64 / n_used.max(1) as f64;
    let before = living.first();
    let before = before.map(|(_, centres)| assigned(columns, centres).1.iter().sum());
    let mut n_tried = living.len() as u64;
    let (mut generations, mut n_without_gain) = (Vec::new(), 0);
    for generation in 0..N_GENERATIONS {
        for place in 0..N_INDIVIDUALS {
            let child = child_of(&living[..N_INDIVIDUALS], &used, &mut random);
            living.push(improved(&used, child, N_STEPS, params.k));
            steps.pulse_at(place, N_INDIVIDUALS)?;
        }
        n_tried += N_INDIVIDUALS as u64;
        living.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        living.truncate(N_INDIVIDUALS);
        let (best, _) = living[0];
        let is_gain = generations
            .last()
            .is_none_or(|&last: &f64| best * scale < last * (1.0 - 1e-9));
        n_without_gain = if is_gain { 0 } else { n_without_gain + 1 };
        generations.push(best * scale);
        steps.advance()?;
        if n_without_gain == N_WITHOUT_GAIN {
            (generation + 1..N_GENERATIONS).try_for_each(|_| steps.advance())?;
            break;
        }
    }
    let (_, best) = living.swap_remove(0);
    let (sum, centres) = improved(columns, best, MOST_STEPS, params.k);
    generations.push(sum);
    let labels = assigned(columns, &centres).0;
    let evolution = Evolution {
        goal: Goal::DistanceSum,
        k: params.k,
        weights: names
            .iter()
            .map(|name| (name.clone(), params.weight_of(name)))
            .collect(),
        left_out: Vec::new(),
        before,
        generations,
        n_tried,
        n_sampled: (n_all > n_used).then_some(n_used as u64),
    };
    Ok((Clustering::of_labels(columns, labels, params.k), evolution))
}

/// k-means from different starts; the first is the one that k-means alone would give.
fn first_generation(
    columns: &[Vec<f64>],
    params: &Params,
) -> Result<Vec<(f64, Centres)>, AnalysisError> {
    let start = |place: usize| {
        let mut unwatched = Unwatched;
        let mut steps = Steps::new(&mut unwatched, 1);
        let seed = params.seed.wrapping_add(place as u64);
        let found = k_means::fit(columns, params.k, 1, seed, &mut steps)?;
        let n_steps = if place == 0 { 0 } else { N_STEPS };
        Ok(improved(columns, found.centres, n_steps, params.k))
    };
    (0..N_INDIVIDUALS).map(start).collect()
}

/// Each centre of one parent, or the nearest of the other.
fn child_of(
    living: &[(f64, Centres)],
    columns: &[Vec<f64>],
    random: &mut Xoshiro256Plus,
) -> Centres {
    let mut parent = || {
        let places = [below(random, living.len()), below(random, living.len())];
        places[0].min(places[1])
    };
    let (one, other) = (parent(), parent());
    let (one, other) = (&living[one].1, &living[other].1);
    let mut child: Centres = one
        .iter()
        .map(|centre| match below(random, 2) {
            0 => centre.clone(),
            _ => nearest(centre, other).clone(),
        })
        .collect();
    if below(random, ONE_OF) == 0 {
        let n_points = columns.first().map_or(0, Vec::len);
        let (moved, point) = (below(random, child.len()), below(random, n_points));
        child[moved] = columns.iter().map(|column| column[point]).collect();
    }
    child
}

fn nearest<'a>(centre: &'a Vec<f64>, others: &'a [Vec<f64>]) -> &'a Vec<f64> {
    let squared = |other: &Vec<f64>| {
        let pairs = centre.iter().zip(other);
        pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f64>()
    };
    let nearest = others
        .iter()
        .min_by(|a, b| squared(a).total_cmp(&squared(b)));
    nearest.unwrap_or(centre)
}

/// Steps towards the geometric medians; what does not lower the sum is not taken. A centre that nobody is near to goes to
/// whom it would help most.
fn improved(
    columns: &[Vec<f64>],
    mut centres: Centres,
    n_steps: usize,
    k: usize,
) -> (f64, Centres) {
    let (mut labels, mut distances) = assigned(columns, &centres);
    fill_empty(columns, &mut centres, &mut labels, &mut distances, k);
    let mut sum: f64 = distances.iter().sum();
    for _ in 0..n_steps {
        let mut next = medians(columns, &centres, &labels, &distances);
        let (mut next_labels, mut next_distances) = assigned(columns, &next);
        fill_empty(columns, &mut next, &mut next_labels, &mut next_distances, k);
        let next_sum: f64 = next_distances.iter().sum();
        if next_sum >= sum {
            break;
        }
        let is_last = sum - next_sum < SETTLED * sum;
        (centres, labels, distances, sum) = (next, next_labels, next_distances, next_sum);
        if is_last {
            break;
        }
    }
    (sum, centres)
}

/// Each point's nearest centre, the first of equals, and how far it is.
fn assigned(columns: &[Vec<f64>], centres: &[Vec<f64>]) -> (Vec<u16>, Vec<f64>) {
    let n_points = columns.first().map_or(0, Vec::len);
    let mut labels = vec![0_u16; n_points];
    let mut nearest = vec![f64::INFINITY; n_points];
    let mut squared = vec![0.0; n_points];
    for (label, centre) in (0_u16..).zip(centres) {
        squared.fill(0.0);
        for (column, own) in columns.iter().zip(centre) {
            for (sum, value) in squared.iter_mut().zip(column) {
                *sum += (value - own) * (value - own);
            }
        }
        for point in 0..n_points {
            if squared[point] < nearest[point] {
                (nearest[point], labels[point]) = (squared[point], label);
            }
        }
    }
    let distances = nearest.iter().map(|squared| squared.sqrt()).collect();
    (labels, distances)
}

/// Puts each centre that nobody is near to where the farthest point is.
fn fill_empty(
    columns: &[Vec<f64>],
    centres: &mut Centres,
    labels: &mut [u16],
    distances: &mut [f64],
    k: usize,
) {
    while let Some(empty) = (k_means::sizes(labels, k).iter()).position(|&size| size == 0) {
        let sizes = k_means::sizes(labels, k);
        let places = (0..distances.len()).filter(|&place| sizes[usize::from(labels[place])] > 1);
        let farthest =
            places.max_by(|&a, &b| distances[a].total_cmp(&distances[b]).then(b.cmp(&a)));
        let Some(farthest) = farthest else {
            return;
        };
        centres[empty] = columns.iter().map(|column| column[farthest]).collect();
        (labels[farthest], distances[farthest]) = (empty as u16, 0.0);
    }
}

/// One step of Weiszfeld for each cluster: means weighted by one over the distance. A point on its centre counts as if
/// it were a little away.
fn medians(
    columns: &[Vec<f64>],
    centres: &[Vec<f64>],
    labels: &[u16],
    distances: &[f64],
) -> Centres {
    let scale = distances.iter().sum::<f64>() / distances.len().max(1) as f64;
    let weights: Vec<f64> = distances
        .iter()
        .map(|distance| 1.0 / distance.max(1e-9 * scale).max(f64::MIN_POSITIVE))
        .collect();
    let mut totals = vec![0.0; centres.len()];
    for (&label, weight) in labels.iter().zip(&weights) {
        totals[usize::from(label)] += weight;
    }
    let mut next: Centres = centres.to_vec();
    for (feature, column) in columns.iter().enumerate() {
        let mut sums = vec![0.0; centres.len()];
        for ((value, &label), weight) in column.iter().zip(labels).zip(&weights) {
            sums[usize::from(label)] += value * weight;
        }
        for (centre, (sum, total)) in next.iter_mut().zip(sums.into_iter().zip(&totals)) {
            if *total > 0.0 {
                centre[feature] = sum / total;
            }
        }
    }
    next
}

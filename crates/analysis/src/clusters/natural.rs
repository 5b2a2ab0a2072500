//! Whether customers fall into groups at all: the gap statistic and the prediction strength of every number of clusters.
//!
//! The gap sets the dispersion within clusters against that of customers spread evenly over a box, so that it can say
//! "one group", which the indices of separation cannot. The box lies along the principal components, so that a long
//! cloud is not taken for two. What many customers say is asked of a seeded sample.
//! Sources: Tibshirani, Walther & Hastie (2001), reference (b); Tibshirani & Walther (2005). `docs/methods/clusters.md`.

use std::ops::RangeInclusive;

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use serde::{Deserialize, Serialize};

use super::features::Features;
use super::fit::{self, Counts};
use super::metric::Metric;
use super::resample::{by_nearest, halves, mean, strength};
use super::sample::{gathered, sample};
use super::{Method, Params, Steps, components};
use crate::{AnalysisError, stats};

/// How far one number of clusters is below customers without groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The number of clusters, from 1.
    pub k: usize,
    /// Mean natural logarithm of the dispersion of references less that of the customers.
    pub gap: f64,
    /// Its standard error: the deviation over references times √(1 + 1/B).
    pub error: f64,
    /// By how many standard deviations of the references the logarithm falls deeper from one cluster to `k` than theirs; 0
    /// where theirs all fall alike.
    pub fall: f64,
}

/// How well one half of the customers foretells the clusters of the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strength {
    /// The number of clusters, from 2.
    pub k: usize,
    /// Mean prediction strength over splits into halves, 0 to 1.
    pub strength: f64,
}

/// What is known of groups being there at all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Natural {
    /// From 1 on; none where a feature is a text, which no box holds.
    pub(crate) gaps: Vec<Gap>,
    /// From 2 on, as far as halves make so many clusters.
    pub(crate) strengths: Vec<Strength>,
    /// Customers looked at: all, or a seeded sample.
    pub(crate) n_used: usize,
    /// Evenly spread references.
    pub(crate) n_references: usize,
    /// Splits into halves.
    pub(crate) n_splits: usize,
}

/// Restarts of each clustering, of customers and references alike.
const RESTARTS: usize = 3;
/// Splits into halves.
const N_SPLITS: usize = 10;
/// Nothing is nearer together than this share of everything, so that clusters of one point each have a logarithm.
const LEAST: f64 = 1e-12;

/// The most customers looked at, and how many references: as many as take about a second.
const fn effort(method: Method) -> (usize, usize) {
    match method {
        Method::KMeans => (1_000, 50),
        Method::Hierarchical => (500, 50),
        Method::GaussianMixture => (400, 20),
        Method::Consensus => (200, 10),
        Method::KMedoids | Method::Dbscan | Method::Optics | Method::Genetic => (200, 20),
    }
}

fn once(params: &Params) -> Params {
    Params {
        restarts: params.restarts.min(RESTARTS),
        ..params.clone()
    }
}

/// How many steps [`look`] takes for so many customers and up to `most` clusters.
pub(super) fn n_steps(params: &Params, n_customers: usize, most: usize) -> usize {
    let (n_used, n_references) = effort(params.method);
    let n_used = n_used.min(n_customers);
    let (shared, each) = Counts::n_steps(&once(params), n_used);
    (shared + (most - 1) * each) * (1 + n_references + 2 * N_SPLITS)
}

/// How many steps [`strength_of`] takes for so many customers.
pub(super) fn strength_steps(params: &Params, n_customers: usize) -> usize {
    let n_used = effort(params.method).0.min(n_customers);
    let (shared, each) = Counts::n_steps(&once(params), n_used);
    (shared + each) * 2 * N_SPLITS
}

/// The prediction strength of `k` clusters alone, the same number that [`look`] has; none where halves do not make so many
/// clusters. With it the customers who were split.
pub(super) fn strength_of(
    features: &Features,
    params: &Params,
    k: usize,
    steps: &mut Steps<'_>,
) -> Result<(Option<f64>, usize), AnalysisError> {
    let used = looked_at(features, params);
    let found = strengths(&used, &once(params), k..=k, steps)?;
    let strength = found.first().map(|one| one.strength);
    Ok((strength, used.customers.len()))
}

/// All customers, or a seeded sample.
fn looked_at(features: &Features, params: &Params) -> Features {
    let n_customers = features.customers.len();
    let n_used = effort(params.method).0.min(n_customers);
    features.of(&sample(n_customers, n_used, params.seed))
}

/// Looks at the customers with up to `most` clusters.
pub(super) fn look(
    features: &Features,
    params: &Params,
    most: usize,
    steps: &mut Steps<'_>,
) -> Result<Natural, AnalysisError> {
    let used = looked_at(features, params);
    let n_references = effort(params.method).1;
    let params = once(params);
    let most = used.n_distinct(most);
    let mut natural = Natural {
        n_used: used.customers.len(),
        n_splits: N_SPLITS,
        ..Natural::default()
    };
    if used.n_numbers() == used.scaled.len() && most > 1 {
        natural.gaps = gaps(&used, &params, (most, n_references), steps)?;
        natural.n_references = n_references;
    }
    natural.strengths = strengths(&used, &params, 2..=most, steps)?;
    Ok(natural)
}

/// The gap of 1 to `most` clusters.
fn gaps(
    used: &Features,
    params: &Params,
    (most, n_references): (usize, usize),
    steps: &mut Steps<'_>,
) -> Result<Vec<Gap>, AnalysisError> {
    let own = dispersions(used, params, most, steps)?;
    let cuboid = Cuboid::around(used);
    let mut random = Xoshiro256Plus::seed_from_u64(params.seed ^ 0x6A9);
    let mut reference = used.of(&(0..used.customers.len()).collect::<Vec<_>>());
    let mut expected = vec![Vec::with_capacity(n_references); most];
    for _ in 0..n_references {
        reference.scaled = cuboid.spread(used.customers.len(), &mut random);
        let found = dispersions(&reference, params, most, steps)?;
        for (of_k, value) in expected.iter_mut().zip(found) {
            of_k.push(value);
        }
    }
    let widened = (1.0 + 1.0 / n_references as f64).sqrt();
    let of = |((k, &within), values): ((usize, &f64), &Vec<f64>)| {
        let (mean, deviation) = stats::moments(values.iter().copied());
        // Within a reference, so that what makes all of its dispersions high or low does not count.
        let falls = expected[0].iter().zip(values).map(|(one, of_k)| one - of_k);
        let (usual, spread) = stats::moments(falls);
        let deeper = own[0] - within - usual;
        Gap {
            k,
            gap: mean - within,
            error: deviation * widened,
            fall: if spread > LEAST { deeper / spread } else { 0.0 },
        }
    };
    Ok((1..).zip(&own).zip(&expected).map(of).collect())
}

/// The logarithm of the dispersion within 1 to `most` clusters.
fn dispersions(
    features: &Features,
    params: &Params,
    most: usize,
    steps: &mut Steps<'_>,
) -> Result<Vec<f64>, AnalysisError> {
    let whole = within(features, &vec![0; features.customers.len()], 1);
    let counts = Counts::new(features, params.clone(), steps)?;
    let mut found = vec![libm::log(whole)];
    for k in 2..=most {
        let clustering = counts.fit(k, steps)?.clustering;
        let within = within(features, &clustering.labels, k);
        found.push(libm::log(within.max(whole * LEAST)));
        steps.pulse()?;
    }
    Ok(found)
}

/// The sum over clusters of the distances between all pairs of their points, over the number of points: the paper's W
/// with plain distances.
fn within(features: &Features, labels: &[u16], k: usize) -> f64 {
    let of_cluster = |cluster: usize| {
        let is_in = |&place: &usize| usize::from(labels[place]) == cluster;
        let places: Vec<usize> = (0..labels.len()).filter(is_in).collect();
        let columns = gathered(&features.scaled, &places);
        let mut distances = vec![0.0; places.len()];
        let mut sum = 0.0;
        for place in 0..places.len() {
            let own: Vec<f64> = columns.iter().map(|column| column[place]).collect();
            let later = &mut distances[place + 1..];
            features.metric.distances(&columns, place + 1, &own, later);
            sum += later.iter().sum::<f64>();
        }
        sum / places.len().max(1) as f64
    };
    (0..k).map(of_cluster).sum()
}

/// A box around the customers, along their principal components where distances are straight.
struct Cuboid {
    axes: Vec<Vec<f64>>,
    /// Lowest and highest place along each axis.
    bounds: Vec<(f64, f64)>,
}

impl Cuboid {
    fn around(features: &Features) -> Self {
        let columns = &features.scaled;
        let n_features = columns.len();
        let unit = |axis| (0..n_features).map(move |other| f64::from(u8::from(axis == other)));
        let axes = match features.metric {
            Metric::Euclidean => components::axes(columns),
            Metric::Gower(_) => (0..n_features).map(|axis| unit(axis).collect()).collect(),
        };
        let bounds = axes.iter().map(|axis: &Vec<f64>| {
            let along = |point: usize| -> f64 {
                let pairs = columns.iter().zip(axis);
                pairs.map(|(column, weight)| column[point] * weight).sum()
            };
            (0..features.customers.len())
                .map(along)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
                    (low.min(at), high.max(at))
                })
        });
        Self {
            bounds: bounds.collect(),
            axes,
        }
    }

    /// As columns of the features `n_points` evenly spread in the box.
    fn spread(&self, n_points: usize, random: &mut Xoshiro256Plus) -> Vec<Vec<f64>> {
        let mut columns = vec![vec![0.0; n_points]; self.axes.len()];
        for (axis, &(low, high)) in self.axes.iter().zip(&self.bounds) {
            for point in 0..n_points {
                let share = (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
                let at = low + (high - low) * share;
                for (column, weight) in columns.iter_mut().zip(axis) {
                    column[point] += at * weight;
                }
            }
        }
        columns
    }
}

/// The mean prediction strength of every number of clusters.
fn strengths(
    used: &Features,
    params: &Params,
    counts: RangeInclusive<usize>,
    steps: &mut Steps<'_>,
) -> Result<Vec<Strength>, AnalysisError> {
    let mut random = Xoshiro256Plus::seed_from_u64(params.seed ^ 0x5EED);
    let (first, most) = counts.into_inner();
    let mut found = vec![Vec::new(); most + 1];
    for _ in 0..N_SPLITS {
        let (train, test) = halves(&mut random, used.customers.len());
        let (trained, tested) = (used.of(&train), used.of(&test));
        let most = trained.n_distinct(most).min(tested.n_distinct(most));
        if most < first {
            continue;
        }
        let trained = Counts::new(&trained, params.clone(), steps)?;
        let tested = Counts::new(&tested, params.clone(), steps)?;
        for (k, found) in found.iter_mut().enumerate().take(most + 1).skip(first) {
            let trained = unless_impossible(trained.fit(k, steps))?;
            let tested = unless_impossible(tested.fit(k, steps))?;
            if let (Some(trained), Some(tested)) = (trained, tested) {
                let predicted = by_nearest(used, &test, &trained.clustering.centres);
                found.extend(strength(&predicted, &tested.clustering.labels, k));
            }
        }
    }
    let of = |(k, found): (usize, &Vec<f64>)| mean(found).map(|strength| Strength { k, strength });
    Ok(found.iter().enumerate().filter_map(of).collect())
}

/// What was found, or nothing where so few customers cannot be grouped so; a stop stays one.
fn unless_impossible(
    found: Result<fit::Fitted, AnalysisError>,
) -> Result<Option<fit::Fitted>, AnalysisError> {
    match found {
        Err(AnalysisError::Cancelled) => Err(AnalysisError::Cancelled),
        found => Ok(found.ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_lies_along_the_cloud_and_holds_what_is_spread() {
        // A line: across it the box has no width, so that all that is spread lies on the line.
        let line: Vec<f64> = (0..20).map(f64::from).collect();
        let twice: Vec<f64> = line.iter().map(|x| 2.0 * x).collect();
        let cuboid = Cuboid {
            axes: components::axes(&[line, twice]),
            bounds: vec![(0.0, 10.0), (0.0, 0.0)],
        };
        let mut random = Xoshiro256Plus::seed_from_u64(1);
        let columns = cuboid.spread(50, &mut random);
        for (x, y) in columns[0].iter().zip(&columns[1]) {
            assert!((y - 2.0 * x).abs() < 1e-9);
            assert!((0.0..=10.0).contains(&(x * x + y * y).sqrt()));
        }
    }
}

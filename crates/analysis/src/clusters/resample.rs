//! How far clusters hold up: the same method on customers drawn anew, and on halves.
//!
//! Bootstrap (Hennig 2007): customers are drawn with replacement and, each once, clustered; each original cluster is held
//! against the most similar new one by Jaccard's index over the customers who were drawn. Prediction strength (Tibshirani &
//! Walther 2005): one half is clustered by itself and by the nearest centres of the other half's clusters; the strength
//! is the lowest share, over clusters, of pairs that stay together.

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

use super::features::{Features, Source};
use super::fit;
use super::genetic::{self, Resolved};
use super::k_means::Clustering;
use super::sample::{gathered, sample, smallest};
use super::{DensityProblem, Method, Params, Steps, labels, natural, restarts_for, small};
use crate::{AnalysisError, Segmentation, stats};
use gyeol_data::{Dataset, Day};

/// What drawing anew tells of a clustering.
pub(crate) struct Resampled {
    /// The clusters as they are of everybody.
    pub(crate) segmentation: Segmentation,
    /// Customers that were clustered, and those the resamples are of.
    pub(crate) n_customers: usize,
    pub(crate) n_used: usize,
    /// For each cluster Jaccard's index in each resample in which any of it was drawn.
    pub(crate) similarities: Vec<Vec<f64>>,
    /// For each cluster how far two halves agree on it, in each split in which any of it was in the second half; empty
    /// where the method finds the number itself.
    pub(crate) agreements: Vec<Vec<f64>>,
    /// For each cluster the nearest other one and how far their centres are apart, in scaled units.
    pub(crate) nearest: Vec<Option<(u16, f64)>>,
    /// Prediction strength, as beside every number of clusters; none where the method finds the number itself.
    pub(crate) strength: Option<f64>,
    /// Customers who were split into halves for it.
    pub(crate) n_halved: usize,
}

/// How often the customers are split into halves for the agreement on each cluster.
const N_SPLITS: u64 = 10;

/// Restarts of each resample: it is not the best clustering that counts there, but whether the clusters come again.
const RESTARTS: usize = 3;

/// The most customers that are drawn from: as many as a hundred clusterings take seconds for.
const fn most_used(method: Method) -> usize {
    match method {
        Method::KMeans | Method::Dbscan => 10_000,
        Method::GaussianMixture | Method::Optics => 2_000,
        Method::Hierarchical => 1_500,
        Method::KMedoids => 1_000,
        Method::Genetic | Method::Consensus => 500,
    }
}

/// What prediction strength is counted by, where the method is told how many clusters to make.
fn counted_by(params: &Params, again: &Params, n_customers: usize) -> Option<Params> {
    again.method.has_k().then(|| Params {
        restarts: restarts_for(params, n_customers),
        ..again.clone()
    })
}

/// Steps of so many resamples of `n_used` customers, and of both halves of so many splits.
fn n_steps_again(again: &Params, n_used: usize, (n_resamples, n_splits): (u64, u64)) -> u64 {
    let n_each = fit::n_steps(again, n_used) as u64;
    let n_half = fit::n_steps(again, n_used.div_ceil(2)) as u64;
    n_each * n_resamples + 2 * n_half * n_splits
}

/// Clusters the customers of `dataset`, and customers drawn from them `n_resamples` times.
pub(crate) fn resample(
    dataset: &Dataset,
    params: &Params,
    as_of: Day,
    n_resamples: u64,
    monitor: &mut dyn crate::Monitor,
) -> Result<Resampled, AnalysisError> {
    let source = Source::new(dataset, as_of);
    let features = source.features(params)?;
    features.check_enough(params.least())?;
    let n_customers = features.customers.len();
    let mut again = params.clone();
    again.restarts = params.restarts.min(RESTARTS);
    if Resolved::is_search(params) {
        again.method = Method::KMeans;
    }
    let n_used = n_customers.min(most_used(again.method));
    let counted = counted_by(params, &again, n_customers);
    let n_strength = counted
        .as_ref()
        .map_or(0, |params| natural::strength_steps(params, n_customers));
    let n_splits = if again.method.has_k() { N_SPLITS } else { 0 };
    let n_own = fit::n_steps(params, n_customers) + n_strength;
    let total = n_own as u64 + n_steps_again(&again, n_used, (n_resamples, n_splits));
    let mut steps = Steps::new(monitor, total);
    // What a search has found is what has to come again, not the search.
    let found = genetic::resolve(features, params, &mut steps)?;
    let features = found.features;
    again.k = found.params.k;
    let mut clustering = fit::fit(&features, &found.params, &mut steps)?.clustering;
    let (scaled, metric) = (&features.scaled, &features.metric);
    small::join_small(scaled, metric, &mut clustering, params.min_size)?;
    labels::number_by_value(&source, &features, &mut clustering);
    if clustering.centres.len() < 2 {
        return Err(AnalysisError::Density(DensityProblem::NeedsTwo));
    }
    let (strength, n_halved) = match counted {
        Some(counted) => natural::strength_of(&features, &counted, again.k, &mut steps)?,
        None => (None, 0),
    };
    let segmentation = labels::segmentation(dataset, &source, &features, &clustering);
    let used = sample(n_customers, n_used, params.seed);
    let own: Vec<u16> = used.iter().map(|&place| clustering.labels[place]).collect();
    let features = features.of(&used);
    again.min_size = (params.min_size * n_used)
        .div_ceil(n_customers.max(1))
        .max(1);
    let mut drawn = Drawn {
        features: &features,
        params: &again,
        n_all: n_customers,
        random: Xoshiro256Plus::seed_from_u64(params.seed ^ 0x5EED),
    };
    let k = clustering.centres.len();
    let similarities = drawn.similarities(&own, k, n_resamples, &mut steps)?;
    let agreements = drawn.agreements(&own, k, n_splits, &mut steps)?;
    Ok(Resampled {
        segmentation,
        agreements,
        n_customers,
        n_used,
        similarities,
        nearest: nearest(&features, &clustering),
        strength,
        n_halved,
    })
}

/// Customers to draw from.
struct Drawn<'a> {
    features: &'a Features,
    params: &'a Params,
    /// Customers of the clustering, of whom these are all or a sample.
    n_all: usize,
    random: Xoshiro256Plus,
}

impl Drawn<'_> {
    /// The clusters of some customers alone; `None` where they make none: too few different ones, or only noise.
    fn cluster(
        &self,
        places: &[usize],
        steps: &mut Steps<'_>,
    ) -> Result<Option<Clustering>, AnalysisError> {
        let features = self.features.of(places);
        if features.check_enough(self.params.least()).is_err() {
            return Ok(None);
        }
        // As many of them as of everybody, of whom the smallest size was said.
        let least = self.params.min_size * places.len() / self.n_all.max(1);
        let joined = fit::fit(&features, self.params, steps).and_then(|fitted| {
            let mut clustering = fitted.clustering;
            small::join_small(&features.scaled, &features.metric, &mut clustering, least)?;
            Ok(clustering)
        });
        match joined {
            Ok(clustering) => Ok(Some(clustering)),
            Err(AnalysisError::Cancelled) => Err(AnalysisError::Cancelled),
            Err(_) => Ok(None),
        }
    }

    fn similarities(
        &mut self,
        own: &[u16],
        k: usize,
        n_resamples: u64,
        steps: &mut Steps<'_>,
    ) -> Result<Vec<Vec<f64>>, AnalysisError> {
        let n = own.len();
        let mut similarities = vec![Vec::new(); k];
        for _ in 0..n_resamples {
            let mut places: Vec<usize> = (0..n).map(|_| below(&mut self.random, n)).collect();
            // A customer who was drawn several times counts once, as in `clusterboot`.
            places.sort_unstable();
            places.dedup();
            let found = self.cluster(&places, steps)?;
            let new = found.map_or_else(
                || vec![u16::MAX; places.len()],
                |found| without_noise(&found),
            );
            let pairs = places.iter().map(|&place| own[place]).zip(new);
            let pairs: Vec<(u16, u16)> = pairs.collect();
            for (cluster, similarities) in similarities.iter_mut().enumerate() {
                similarities.extend(most_similar(&pairs, cluster as u16));
            }
        }
        Ok(similarities)
    }
}

impl Drawn<'_> {
    /// For each cluster how far halves agree on it: of the second half those whom its own clusters put with the cluster,
    /// against those whom the first half's nearest centres do, by Jaccard's index.
    fn agreements(
        &mut self,
        own: &[u16],
        k: usize,
        n_splits: u64,
        steps: &mut Steps<'_>,
    ) -> Result<Vec<Vec<f64>>, AnalysisError> {
        let mut agreements = vec![Vec::new(); k];
        for _ in 0..n_splits {
            let (first, second) = halves(&mut self.random, own.len());
            let (one, other) = (self.cluster(&first, steps)?, self.cluster(&second, steps)?);
            let both = one.zip(other).map(|(one, other)| {
                let by_first = by_nearest(self.features, &second, &one.centres);
                (by_first, without_noise(&other))
            });
            for (cluster, agreements) in agreements.iter_mut().enumerate() {
                let is_own: Vec<bool> = (second.iter())
                    .map(|&place| usize::from(own[place]) == cluster)
                    .collect();
                if is_own.contains(&true) {
                    let both = both.as_ref();
                    let agreement = both.map(|(first, second)| agreement(&is_own, first, second));
                    agreements.push(agreement.unwrap_or(0.0));
                }
            }
        }
        Ok(agreements)
    }
}

/// How like each other are what two clusterings of the same customers have in place of a cluster, by Jaccard's index.
fn agreement(is_own: &[bool], one: &[u16], other: &[u16]) -> f64 {
    let [one, other] = [one, other].map(|labels| {
        let pairs = is_own.iter().map(|&is_own| u16::from(!is_own));
        let pairs: Vec<(u16, u16)> = pairs.zip(labels.iter().copied()).collect();
        let like = most_like(&pairs, 0).map(|(new, _)| new);
        labels
            .iter()
            .map(|&label| Some(usize::from(label)) == like)
            .collect::<Vec<bool>>()
    });
    let n = |is: fn(bool, bool) -> bool| {
        let pairs = one.iter().zip(&other);
        pairs.filter(|&(&one, &other)| is(one, other)).count() as f64
    };
    n(|one, other| one && other) / n(|one, other| one || other).max(1.0)
}

/// A number below `n`.
fn below(random: &mut Xoshiro256Plus, n: usize) -> usize {
    ((u128::from(random.next_u64()) * n as u128) >> 64) as usize
}

/// Two halves of the places below `n` at random, each rising.
pub(super) fn halves(random: &mut Xoshiro256Plus, n: usize) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, below(random, last + 1));
    }
    let mut second = order.split_off(n / 2);
    order.sort_unstable();
    second.sort_unstable();
    (order, second)
}

/// The nearest centre of each of some customers.
pub(super) fn by_nearest(features: &Features, places: &[usize], centres: &[Vec<f64>]) -> Vec<u16> {
    let columns = gathered(&features.scaled, places);
    let nearest = |place: usize| {
        let point: Vec<f64> = columns.iter().map(|column| column[place]).collect();
        let distance = |centre: &Vec<f64>| features.metric.distance(centre, &point);
        smallest(&centres.iter().map(distance).collect::<Vec<_>>()) as u16
    };
    (0..places.len()).map(nearest).collect()
}

/// The labels of a clustering; who is in no cluster is in none that could be like another.
fn without_noise(clustering: &Clustering) -> Vec<u16> {
    let k = clustering.centres.len();
    let label = |&label: &u16| {
        if usize::from(label) < k {
            label
        } else {
            u16::MAX
        }
    };
    clustering.labels.iter().map(label).collect()
}

/// Jaccard's index of a cluster and the new one most like it; `None` where nobody of it was drawn.
fn most_similar(pairs: &[(u16, u16)], cluster: u16) -> Option<f64> {
    let is_drawn = pairs.iter().any(|(own, _)| *own == cluster);
    is_drawn.then(|| most_like(pairs, cluster).map_or(0.0, |(_, similarity)| similarity))
}

/// The new cluster most like a cluster, the first of equals, and Jaccard's index of both; `None` where none shares anybody.
fn most_like(pairs: &[(u16, u16)], cluster: u16) -> Option<(usize, f64)> {
    let n_own = pairs.iter().filter(|(own, _)| *own == cluster).count();
    let n_new = pairs
        .iter()
        .map(|&(_, new)| new)
        .filter(|&new| new != u16::MAX)
        .max();
    let n_new = n_new.map_or(0, |most| usize::from(most) + 1);
    let (mut both, mut sizes) = (vec![0_usize; n_new], vec![0_usize; n_new]);
    for &(own, new) in pairs {
        if let Some(size) = sizes.get_mut(usize::from(new)) {
            *size += 1;
            both[usize::from(new)] += usize::from(own == cluster);
        }
    }
    let similarity = |new: usize| both[new] as f64 / (n_own + sizes[new] - both[new]) as f64;
    let mut best: Option<(usize, f64)> = None;
    for new in (0..n_new).filter(|&new| both[new] > 0) {
        let similarity = similarity(new);
        if best.is_none_or(|(_, most)| similarity > most) {
            best = Some((new, similarity));
        }
    }
    best
}

/// The lowest share, over the test half's clusters, of pairs whom the other half's centres put together too; clusters
/// of one have no pairs.
pub(super) fn strength(predicted: &[u16], tested: &[u16], k: usize) -> Option<f64> {
    let share = |cluster: usize| {
        let own = predicted.iter().zip(tested);
        let own = own.filter(|(_, label)| usize::from(**label) == cluster);
        let mut counts: Vec<u64> = Vec::new();
        for (&predicted, _) in own {
            let place = usize::from(predicted);
            counts.resize(counts.len().max(place + 1), 0);
            counts[place] += 1;
        }
        let pairs = |n: u64| (n * n.saturating_sub(1)) as f64;
        let all = pairs(counts.iter().sum());
        (all > 0.0).then(|| counts.iter().map(|&n| pairs(n)).sum::<f64>() / all)
    };
    (0..k).filter_map(share).reduce(f64::min)
}

/// For each cluster the other one whose centre is nearest.
fn nearest(features: &Features, clustering: &Clustering) -> Vec<Option<(u16, f64)>> {
    let centres = &clustering.centres;
    let of = |one: usize| {
        let others = (0..centres.len()).filter(|&other| other != one);
        let apart = others.map(|other| {
            let apart = features.metric.distance(&centres[one], &centres[other]);
            (other as u16, apart)
        });
        apart.min_by(|one, other| one.1.total_cmp(&other.1))
    };
    (0..centres.len()).map(of).collect()
}

/// Mean of the values; `None` of none.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| stats::moments(values.iter().copied()).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_cluster_counts_by_jaccard() {
        // Own cluster 0 is {a, b, c}; the new clusters are {a, b}, {c, d}.
        let pairs = [(0, 0), (0, 0), (0, 1), (1, 1)];
        assert_eq!(most_similar(&pairs, 0), Some(2.0 / 3.0));
        assert_eq!(most_similar(&pairs, 1), Some(0.5));
        assert_eq!(most_similar(&pairs, 2), None);
        let noise = [(0, u16::MAX), (0, u16::MAX)];
        assert_eq!(most_similar(&noise, 0), Some(0.0));
        let columns = [vec![0.0, 1.0, 9.0]];
        let clustering = Clustering::of_labels(&columns, vec![0, 0, 1], 1);
        assert_eq!(without_noise(&clustering), [0, 0, u16::MAX]);
    }

    #[test]
    fn strength_is_the_lowest_share_of_pairs_that_stay_together() {
        // Cluster 0 holds together; of the three pairs of cluster 1 one does.
        let (predicted, tested) = ([0, 0, 1, 1, 2], [0, 0, 1, 1, 1]);
        assert_eq!(strength(&predicted, &tested, 2), Some(1.0 / 3.0));
        assert_eq!(strength(&[0, 1], &[0, 1], 2), None, "no pairs");
    }
}

//! A genetic algorithm over what a clustering is made of: which features, with which weights, into how many clusters.
//!
//! An individual has a gene for each feature (absent, or one of a few weights) and one for the number of clusters. It
//! is as fit as the k-means clusters that it makes of a seeded sample are good; clusters below the smallest size make
//! it unfit. The fittest live on as they are, the others are made by tournament, uniform crossover and mutation.
//! Sources: Holland (1975); Goldberg (1989). The search for centres is in [`super::centres`].

use std::collections::BTreeMap;

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;
use serde::{Deserialize, Serialize};

use super::features::Features;
use super::metric::Metric;
use super::sample::{below, sample};
use super::{Method, Params, Quality, Steps, k_means, quality, silhouette};
use crate::{AnalysisError, Unwatched};

/// What a genetic search may change, and what it is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// What is made as good as possible.
    pub quality: Goal,
    /// Whether features may be left out.
    pub features: bool,
    /// Whether features may count more or less than others.
    pub weights: bool,
    /// Whether another number of clusters may be taken, 2 to 10.
    pub k: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            quality: Goal::default(),
            features: true,
            weights: true,
            k: true,
        }
    }
}

/// What a genetic search makes as good as possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Goal {
    /// The highest mean silhouette.
    #[default]
    Silhouette,
    /// The highest Caliński-Harabasz index.
    CalinskiHarabasz,
    /// The lowest Davies-Bouldin index.
    DaviesBouldin,
    /// The lowest sum of distances to the own centre, of all features and into `k` clusters: with fewer features or more
    /// clusters it is lower whatever the clusters are.
    DistanceSum,
}

impl Goal {
    /// All, in the order of the page.
    pub const ALL: [Self; 4] = [
        Self::Silhouette,
        Self::CalinskiHarabasz,
        Self::DaviesBouldin,
        Self::DistanceSum,
    ];

    /// `None` of one cluster, which no search makes.
    fn of(self, quality: &Quality) -> Option<f64> {
        match self {
            Self::CalinskiHarabasz => quality.calinski_harabasz,
            Self::DaviesBouldin => quality.davies_bouldin,
            Self::Silhouette | Self::DistanceSum => quality.silhouette,
        }
    }

    /// Whether `value` is better than `other`.
    pub(super) fn is_better(self, value: f64, other: f64) -> bool {
        match self {
            Self::Silhouette | Self::CalinskiHarabasz => value > other,
            Self::DaviesBouldin | Self::DistanceSum => value < other,
        }
    }
}

/// What a genetic search came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evolution {
    /// What was made as good as possible.
    pub goal: Goal,
    /// How many clusters were taken.
    pub k: usize,
    /// The features that were taken, with their weights: what was found times what was set before.
    pub weights: Vec<(String, f64)>,
    /// Features that were left out.
    pub left_out: Vec<String>,
    /// Before the search: all features alike, into as many clusters as was said; `None` where that broke the smallest
    /// size.
    pub before: Option<f64>,
    /// The best value after each generation.
    pub generations: Vec<f64>,
    /// Different clusterings that were tried.
    pub n_tried: u64,
    /// Customers that they were tried on, where it was not all.
    pub n_sampled: Option<u64>,
}

/// The most customers that an individual is tried on.
const MOST_USED: usize = 1_000;
/// Individuals of a generation.
const N_INDIVIDUALS: usize = 30;
/// The most generations.
pub(super) const N_GENERATIONS: usize = 30;
/// It ends when the best has been the best for so many generations.
pub(super) const N_WITHOUT_GAIN: usize = 8;
/// How many of the fittest live on.
const N_ELITE: usize = 2;
/// How many compete to be a parent.
const N_TOURNAMENT: usize = 3;
/// Restarts of each clustering that is tried.
const RESTARTS: usize = 2;
/// What a present feature can count; its gene is the place here and 1.
const WEIGHTS: [f64; 5] = [0.5, 0.75, 1.0, 1.5, 2.0];
/// The gene of a feature that counts as it is.
const PLAIN: u8 = 3;
/// The most clusters that are tried.
const MOST_CLUSTERS: usize = 10;

/// What is clustered in the end, and by what.
pub(super) struct Resolved {
    pub(super) features: Features,
    pub(super) params: Params,
    pub(super) evolution: Option<Evolution>,
}

impl Resolved {
    /// Whether `params` ask for a search of what a clustering is made of.
    pub(super) fn is_search(params: &Params) -> bool {
        params.method == Method::Genetic && params.search.quality != Goal::DistanceSum
    }
}

/// The best features, weights and number of clusters for k-means; as they are where no search is asked for.
///
/// # Errors
/// No individual makes clusters of the smallest size, or stopped.
pub(super) fn resolve(
    features: Features,
    params: &Params,
    steps: &mut Steps<'_>,
) -> Result<Resolved, AnalysisError> {
    if !Resolved::is_search(params) {
        return Ok(Resolved {
            features,
            params: params.clone(),
            evolution: None,
        });
    }
    let (best, evolution) = Population::new(&features, params).evolve(steps)?;
    let weights = weights_of(&best);
    Ok(Resolved {
        features: features.weighted(&weights),
        params: Params {
            method: Method::KMeans,
            k: evolution.k,
            ..params.clone()
        },
        evolution: Some(evolution),
    })
}

/// Genes of the features and, last, the number of clusters.
type Genes = Vec<u8>;

fn weights_of(genes: &[u8]) -> Vec<Option<f64>> {
    let (_, genes) = genes.split_last().unwrap_or((&0, &[]));
    let weight = |&gene: &u8| Some(WEIGHTS[usize::from(gene.checked_sub(1)?)]);
    genes.iter().map(weight).collect()
}

struct Population<'a> {
    params: &'a Params,
    /// The features that genes change; those of levels and words come after them and stay.
    names: &'a [String],
    /// The scaled features of those whom individuals are tried on.
    columns: Vec<Vec<f64>>,
    n_all: usize,
    /// The fewest of them in a cluster.
    least: usize,
    most_clusters: usize,
    random: Xoshiro256Plus,
    /// What was tried before; `None` is unfit.
    tried: BTreeMap<Genes, Option<f64>>,
}

impl<'a> Population<'a> {
    fn new(features: &'a Features, params: &'a Params) -> Self {
        let n_all = features.customers.len();
        let n_used = n_all.min(MOST_USED);
        let used = features.of(&sample(n_all, n_used, params.seed));
        let least = (params.min_size * n_used).div_ceil(n_all.max(1)).max(1);
        Self {
            params,
            names: &features.names[..features.names.len() - features.n_fixed()],
            most_clusters: used.n_distinct(MOST_CLUSTERS).max(2),
            columns: used.scaled,
            n_all,
            least,
            random: Xoshiro256Plus::seed_from_u64(params.seed),
            tried: BTreeMap::new(),
        }
    }

    fn evolve(mut self, steps: &mut Steps<'_>) -> Result<(Genes, Evolution), AnalysisError> {
        let first = self.plain();
        let before = self.value(&first)?;
        let mut living: Vec<Genes> = std::iter::once(first)
            .chain((1..N_INDIVIDUALS).map(|_| self.born()))
            .collect();
        let mut generations = Vec::new();
        let mut n_without_gain = 0;
        for generation in 0..N_GENERATIONS {
            for (place, genes) in living.iter().enumerate() {
                self.value(genes)?;
                steps.pulse_at(place, N_INDIVIDUALS)?;
            }
            living = self.by_fitness(living);
            let best = self.tried.get(&living[0]).copied().flatten();
            let gain = match (best, generations.last()) {
                (Some(best), Some(&last)) => self.params.search.quality.is_better(best, last),
                (best, _) => best.is_some(),
            };
            n_without_gain = if gain { 0 } else { n_without_gain + 1 };
            generations.extend(best);
            steps.advance()?;
            if n_without_gain == N_WITHOUT_GAIN {
                (generation + 1..N_GENERATIONS).try_for_each(|_| steps.advance())?;
                break;
            }
            living = self.next(&living);
        }
        living = self.by_fitness(living);
        let best = living.swap_remove(0);
        if self.tried.get(&best).copied().flatten().is_none() {
            return Err(AnalysisError::TooFewCustomers {
                need: 2 * self.params.min_size.max(1),
                found: self.n_all,
            });
        }
        Ok((best.clone(), self.evolution(&best, before, generations)))
    }

    fn evolution(self, best: &[u8], before: Option<f64>, generations: Vec<f64>) -> Evolution {
        let weights = weights_of(best);
        let named = self.names.iter().zip(&weights);
        let taken = named.clone();
        Evolution {
            goal: self.params.search.quality,
            k: best.last().map_or(2, |&k| usize::from(k)),
            weights: taken
                .filter_map(|(name, weight)| {
                    Some((name.clone(), (*weight)? * self.params.weight_of(name)))
                })
                .collect(),
            left_out: named
                .filter(|(_, weight)| weight.is_none())
                .map(|(name, _)| name.clone())
                .collect(),
            before,
            generations,
            n_tried: self.tried.len() as u64,
            n_sampled: (self.n_all > MOST_USED).then_some(MOST_USED as u64),
        }
    }

    /// All features as they are.
    fn plain(&self) -> Genes {
        let mut genes = vec![PLAIN; self.columns.len()];
        genes.push(self.params.k.clamp(2, self.most_clusters) as u8);
        genes
    }

    /// An individual by chance.
    fn born(&mut self) -> Genes {
        let genes = self.plain().into_iter().enumerate();
        genes.map(|(place, own)| self.gene(place, own)).collect()
    }

    /// Another gene at a place, as far as the search may change it.
    fn gene(&mut self, place: usize, own: u8) -> u8 {
        let search = self.params.search;
        if place == self.columns.len() {
            let n_counts = self.most_clusters - 1;
            return if search.k {
                2 + self.below(n_counts) as u8
            } else {
                own
            };
        }
        if place >= self.names.len() {
            return own;
        }
        if search.features && self.below(2) == 0 {
            return 0;
        }
        match (search.weights, own) {
            (true, _) => 1 + self.below(WEIGHTS.len()) as u8,
            (false, 0) => PLAIN,
            (false, own) => own,
        }
    }

    /// How good the clusters of these genes are; `None` where they make none that are large enough.
    fn value(&mut self, genes: &Genes) -> Result<Option<f64>, AnalysisError> {
        if let Some(known) = self.tried.get(genes) {
            return Ok(*known);
        }
        let value = self.try_out(genes)?;
        self.tried.insert(genes.clone(), value);
        Ok(value)
    }

    fn try_out(&self, genes: &[u8]) -> Result<Option<f64>, AnalysisError> {
        let weights = weights_of(genes);
        let columns: Vec<Vec<f64>> = (self.columns.iter().zip(weights))
            .filter_map(|(column, weight)| {
                let weight = weight?;
                Some(column.iter().map(|value| value * weight).collect())
            })
            .collect();
        // One feature alone parts into clusters that say nothing of the others.
        let k = genes.last().map_or(2, |&k| usize::from(k));
        if columns.len() < self.columns.len().min(2) || !has_distinct(&columns, k) {
            return Ok(None);
        }
        let mut unwatched = Unwatched;
        let mut steps = Steps::new(&mut unwatched, RESTARTS as u64);
        let found = k_means::fit(&columns, k, RESTARTS, self.params.seed, &mut steps)?;
        if k_means::sizes(&found.labels, k)
            .iter()
            .any(|&size| size < self.least)
        {
            return Ok(None);
        }
        let metric = Metric::Euclidean;
        let fits = silhouette::measure(&columns, &metric, &found.labels, k, 0, &steps)?;
        let quality = quality::measure(&columns, &metric, &found, &fits);
        let value = self.params.search.quality.of(&quality);
        Ok(value.filter(|value| value.is_finite()))
    }

    /// The fittest first; of equally fit ones the one with the smaller genes.
    fn by_fitness(&self, mut living: Vec<Genes>) -> Vec<Genes> {
        living.sort_by(|one, other| {
            let value = |genes: &Genes| self.tried.get(genes).copied().flatten();
            let is_better = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => self.params.search.quality.is_better(a, b),
                (a, _) => a.is_some() && b.is_none(),
            };
            let (a, b) = (value(one), value(other));
            let (first, second) = (is_better(a, b), is_better(b, a));
            second.cmp(&first).then_with(|| one.cmp(other))
        });
        living
    }

    /// The next generation of one that is in order.
    fn next(&mut self, living: &[Genes]) -> Vec<Genes> {
        let mut next = living[..N_ELITE.min(living.len())].to_vec();
        while next.len() < N_INDIVIDUALS {
            let parents = [self.parent(living), self.parent(living)];
            next.push(self.child(parents));
        }
        next
    }

    /// Each gene of either parent, and now and then another.
    fn child(&mut self, parents: [&Genes; 2]) -> Genes {
        let n_genes = parents[0].len();
        let gene = |place: usize| {
            let own = parents[self.below(2)][place];
            match self.below(n_genes) {
                0 => self.gene(place, own),
                _ => own,
            }
        };
        (0..n_genes).map(gene).collect()
    }

    /// The fittest of a few: the first of those that are in order.
    fn parent<'b>(&mut self, living: &'b [Genes]) -> &'b Genes {
        let places = (0..N_TOURNAMENT).map(|_| self.below(living.len()));
        &living[places.min().unwrap_or(0)]
    }

    fn below(&mut self, n: usize) -> usize {
        below(&mut self.random, n)
    }
}

/// Whether there are `k` different points.
fn has_distinct(columns: &[Vec<f64>], k: usize) -> bool {
    let n_points = columns.first().map_or(0, Vec::len);
    let mut seen: Vec<usize> = Vec::new();
    for point in 0..n_points {
        let is_same = |&other: &usize| {
            columns
                .iter()
                .all(|column| column[point].total_cmp(&column[other]).is_eq())
        };
        if !seen.iter().any(is_same) {
            seen.push(point);
        }
        if seen.len() >= k {
            return true;
        }
    }
    false
}

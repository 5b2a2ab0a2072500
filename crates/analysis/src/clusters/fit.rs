//! From features to clusters by the method that was chosen.

use super::centres;
use super::consensus;
use super::density;
use super::features::Features;
use super::genetic::{Evolution, N_GENERATIONS, Resolved};
use super::hierarchy::Hierarchy;
use super::k_means::{self, Clustering};
use super::medoids;
use super::method::{Consensus, Density, Found, Likelihood, Medoids, Method};
use super::mixture::{self, Distribution, Mixture};
use super::reachability;
use super::{Params, Steps};
use crate::AnalysisError;

/// A membership below this is unsure.
const SURE: f32 = 0.8;

/// Clusters, with what the method knows beside them.
pub(super) struct Fitted {
    pub(super) clustering: Clustering,
    /// The highest probability of each point, where the method has any.
    pub(super) membership: Option<Vec<f32>>,
    pub(super) extra: Extra,
    /// The distributions, where the method has any, and the first point that is in each.
    pub(super) mixture: Vec<(Distribution, Option<usize>)>,
}

/// The distributions with the clusters that they are; none where clusters were joined.
pub(super) fn placed(
    mixture: Vec<(Distribution, Option<usize>)>,
    n_joined: u64,
    labels: &[u16],
) -> Vec<Distribution> {
    if n_joined > 0 {
        return Vec::new();
    }
    let of = |(one, first): (Distribution, Option<usize>)| Distribution {
        cluster: first.and_then(|first| labels.get(first).copied()),
        ..one
    };
    mixture.into_iter().map(of).collect()
}

/// What the method knows, as long as clusters may still be renumbered.
pub(super) enum Extra {
    None,
    Tree(Box<Hierarchy>),
    Likelihood(Likelihood),
    Dbscan(Density),
    Optics(Density),
    Consensus(Consensus),
    /// What of the medoids is known, and their places.
    Medoids(Medoids, Vec<usize>),
    Evolution(Evolution),
}

/// The clusters of the features' customers.
pub(super) fn fit(
    features: &Features,
    params: &Params,
    steps: &mut Steps<'_>,
) -> Result<Fitted, AnalysisError> {
    let columns = &features.scaled;
    match params.method {
        Method::KMeans => {
            let found = k_means::fit(columns, params.k, params.restarts, params.seed, steps)?;
            Ok(hard(found, Extra::None))
        }
        Method::Hierarchical => {
            let tree = Hierarchy::grow(columns, params, steps)?;
            let found = tree.cut(columns, params.k);
            Ok(hard(found, Extra::Tree(Box::new(tree))))
        }
        Method::GaussianMixture => {
            let n_starts = mixture::n_starts(params.restarts, features.customers.len());
            let mixture = mixture::fit(columns, params, n_starts, steps)?;
            Ok(of_mixture(mixture, n_starts))
        }
        Method::Dbscan => {
            let dense = density::fit(columns, params, steps)?;
            let density = of_density(&dense.clustering, Some(dense.n_core as u64), None);
            Ok(hard(dense.clustering, Extra::Dbscan(density)))
        }
        Method::Optics => {
            let reached = reachability::fit(columns, params, steps)?;
            let density = of_density(&reached.clustering, None, reached.n_sampled);
            Ok(hard(reached.clustering, Extra::Optics(density)))
        }
        Method::KMedoids => {
            let around = medoids::fit(columns, &features.metric, params, steps)?;
            let known = Medoids {
                mean_distance: around.mean_distance,
                n_sampled: around.n_sampled,
                medoids: Vec::new(),
            };
            let extra = Extra::Medoids(known, around.medoids);
            Ok(hard(around.clustering, extra))
        }
        Method::Genetic => {
            let (found, evolution) = centres::fit(columns, params, &features.names, steps)?;
            Ok(hard(found, Extra::Evolution(evolution)))
        }
        Method::Consensus => {
            let agreed = consensus::fit(features, params, steps)?;
            Ok(hard(agreed.clustering, Extra::Consensus(agreed.consensus)))
        }
    }
}

/// Everybody is in one cluster, or in none, without a doubt.
const fn hard(clustering: Clustering, extra: Extra) -> Fitted {
    Fitted {
        clustering,
        membership: None,
        extra,
        mixture: Vec::new(),
    }
}

fn of_density(clustering: &Clustering, n_core: Option<u64>, n_sampled: Option<u64>) -> Density {
    Density {
        n_clusters: clustering.centres.len() as u16,
        n_noise: clustering.n_noise() as u64,
        n_core,
        n_sampled,
    }
}

fn of_mixture(mixture: Mixture, n_starts: usize) -> Fitted {
    let is_unsure = |&&share: &&f32| share < SURE;
    Fitted {
        extra: Extra::Likelihood(Likelihood {
            log_likelihood: mixture.log_likelihood,
            bic: mixture.bic,
            n_starts: n_starts as u16,
            n_regularised: mixture.n_regularised,
            n_unsure: mixture.membership.iter().filter(is_unsure).count() as u64,
        }),
        clustering: mixture.clustering,
        mixture: mixture.components,
        membership: Some(mixture.membership),
    }
}

/// How many steps [`fit`] takes for so many customers.
pub(super) fn n_steps(params: &Params, n_customers: usize) -> usize {
    match params.method {
        Method::KMeans => params.restarts,
        Method::Hierarchical => 1,
        Method::GaussianMixture => mixture::n_starts(params.restarts, n_customers),
        Method::Dbscan => density::N_STEPS,
        Method::Optics => reachability::N_STEPS,
        Method::KMedoids => medoids::n_samples(params.restarts, n_customers),
        Method::Genetic if Resolved::is_search(params) => N_GENERATIONS + params.restarts,
        Method::Genetic => N_GENERATIONS,
        Method::Consensus => consensus::n_steps(params, n_customers),
    }
}

/// Fits the same features for one number of clusters after the other.
pub(super) struct Counts<'a> {
    features: &'a Features,
    params: Params,
    tree: Option<Hierarchy>,
}

impl<'a> Counts<'a> {
    /// What all numbers of clusters share is done here.
    pub(super) fn new(
        features: &'a Features,
        params: Params,
        steps: &mut Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        let tree = match params.method {
            Method::Hierarchical => Some(Hierarchy::grow(&features.scaled, &params, steps)?),
            _ => None,
        };
        Ok(Self {
            features,
            params,
            tree,
        })
    }

    /// The steps of [`Counts::new`] and of each number of clusters.
    pub(super) fn n_steps(params: &Params, n_customers: usize) -> (usize, usize) {
        let n_steps = n_steps(params, n_customers);
        match params.method {
            Method::Hierarchical => (n_steps, 0),
            _ => (0, n_steps),
        }
    }

    /// The clusters for `k`.
    pub(super) fn fit(&self, k: usize, steps: &mut Steps<'_>) -> Result<Fitted, AnalysisError> {
        if let Some(tree) = &self.tree {
            return Ok(hard(tree.cut(&self.features.scaled, k), Extra::None));
        }
        let params = Params {
            k,
            ..self.params.clone()
        };
        fit(self.features, &params, steps)
    }
}

impl Extra {
    /// For the report, once clusters have their numbers.
    pub(super) fn found(&self, features: &Features, clustering: &Clustering) -> Found {
        match self {
            Self::None => Found::KMeans,
            Self::Tree(tree) => Found::Hierarchical(tree.dendrogram(&clustering.labels)),
            Self::Likelihood(likelihood) => Found::GaussianMixture(*likelihood),
            Self::Evolution(evolution) => Found::Genetic(evolution.clone()),
            Self::Dbscan(density) => Found::Dbscan(*density),
            Self::Optics(density) => Found::Optics(*density),
            Self::Consensus(consensus) => Found::Consensus(consensus.clone()),
            Self::Medoids(known, places) => {
                let is_at = |place: usize, centre: &[f64]| {
                    let pairs = features.scaled.iter().zip(centre);
                    pairs
                        .into_iter()
                        .all(|(column, own)| column[place].total_cmp(own).is_eq())
                };
                let of =
                    |centre: &Vec<f64>| places.iter().copied().find(|&place| is_at(place, centre));
                let medoids = clustering.centres.iter().filter_map(of);
                Found::KMedoids(Medoids {
                    medoids: medoids.map(|place| features.values(place)).collect(),
                    ..known.clone()
                })
            }
        }
    }

    /// Bayesian information criterion, where the method has a likelihood.
    pub(super) const fn bic(&self) -> Option<f64> {
        match self {
            Self::Likelihood(likelihood) => Some(likelihood.bic),
            _ => None,
        }
    }
}

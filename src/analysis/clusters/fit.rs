//! From features to clusters by the method that was chosen.

use super::features::Features;
use super::hierarchy::Hierarchy;
use super::k_means::{self, Clustering};
use super::method::{Found, Method};
use super::{Params, Steps};
use crate::analysis::AnalysisError;

/// Clusters, with what the method knows beside them.
pub(super) struct Fitted {
    pub(super) clustering: Clustering,
    pub(super) extra: Extra,
}

/// What the method knows, as long as clusters may still be renumbered.
pub(super) enum Extra {
    None,
    Tree(Box<Hierarchy>),
}

/// The clusters of the features' customers.
pub(super) fn fit(
    features: &Features,
    params: &Params,
    steps: &mut Steps<'_>,
) -> Result<Fitted, AnalysisError> {
    let columns = &features.scaled;
    match params.method {
        Method::KMeans => Ok(Fitted {
            clustering: k_means::fit(columns, params.k, params.restarts, params.seed, steps)?,
            extra: Extra::None,
        }),
        Method::Hierarchical => {
            let tree = Hierarchy::grow(columns, params, steps)?;
            Ok(Fitted {
                clustering: tree.cut(columns, params.k),
                extra: Extra::Tree(Box::new(tree)),
            })
        }
    }
}

/// How many steps [`fit`] takes.
pub(super) fn n_steps(params: &Params) -> usize {
    match params.method {
        Method::KMeans => params.restarts,
        Method::Hierarchical => 1,
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
            Method::KMeans => None,
        };
        Ok(Self {
            features,
            params,
            tree,
        })
    }

    /// The steps of [`Counts::new`] and of each number of clusters.
    pub(super) fn n_steps(params: &Params) -> (usize, usize) {
        match params.method {
            Method::Hierarchical => (n_steps(params), 0),
            Method::KMeans => (0, n_steps(params)),
        }
    }

    /// The clusters for `k`.
    pub(super) fn fit(&self, k: usize, steps: &mut Steps<'_>) -> Result<Fitted, AnalysisError> {
        if let Some(tree) = &self.tree {
            return Ok(Fitted {
                clustering: tree.cut(&self.features.scaled, k),
                extra: Extra::None,
            });
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
    pub(super) fn found(&self, clustering: &Clustering) -> Found {
        match self {
            Self::None => Found::KMeans,
            Self::Tree(tree) => Found::Hierarchical(tree.dendrogram(&clustering.labels)),
        }
    }
}

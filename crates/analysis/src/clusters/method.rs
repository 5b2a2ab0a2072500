//! Which method makes the clusters, and what each has to say that the others have not.
//!
//! Everything here is bounded in size: a tree is told by its last merges.

use serde::{Deserialize, Serialize};

use super::genetic::Evolution;

/// How customers are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Nearest of `k` means.
    #[default]
    KMeans,
    /// The nearest two groups become one until `k` are left.
    Hierarchical,
    /// `k` normal distributions, each with its own spread and direction.
    GaussianMixture,
    /// Dense regions, with one reach for all; who is in none is noise.
    Dbscan,
    /// Dense regions, each denser than what is around it; who is in none is noise.
    Optics,
    /// Nearest of `k` customers, by Gower's distance over numbers and texts.
    KMedoids,
    /// Those features, weights and numbers of clusters with which k-means is best, found by a genetic algorithm; or the
    /// `k` centres with the lowest sum of distances.
    Genetic,
    /// What k-means, hierarchical clusters and a mixture agree on.
    Consensus,
}

impl Method {
    /// All, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::KMeans,
        Self::Hierarchical,
        Self::GaussianMixture,
        Self::Dbscan,
        Self::Optics,
        Self::KMedoids,
        Self::Genetic,
        Self::Consensus,
    ];

    /// Whether the number of clusters is asked for, and not found.
    pub const fn has_k(self) -> bool {
        matches!(
            self,
            Self::KMeans
                | Self::Hierarchical
                | Self::GaussianMixture
                | Self::KMedoids
                | Self::Consensus
        )
    }

    /// Whether it is started several times, and the best kept.
    pub const fn has_restarts(self) -> bool {
        matches!(
            self,
            Self::KMeans | Self::GaussianMixture | Self::KMedoids | Self::Consensus
        )
    }

    /// Whether texts can be features.
    pub const fn takes_texts(self) -> bool {
        matches!(self, Self::KMedoids)
    }
}

/// How far two groups are from each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Linkage {
    /// As far as their nearest members.
    Single,
    /// As far as their farthest members.
    Complete,
    /// The mean over all pairs of members.
    Average,
    /// By how much the squared distances to the mean grow when they become one.
    #[default]
    Ward,
}

impl Linkage {
    /// All, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Ward, Self::Average, Self::Complete, Self::Single];
}

/// What only the method in use can say of its result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// Nothing more than all others.
    KMeans,
    /// The tree.
    Hierarchical(Dendrogram),
    /// The distributions.
    GaussianMixture(Likelihood),
    /// Who is dense, by one reach.
    Dbscan(Density),
    /// Who is dense, by the order of reach.
    Optics(Density),
    /// Who stands for each cluster.
    KMedoids(Medoids),
    /// How the search went.
    Genetic(Evolution),
    /// How far methods agree.
    Consensus(Consensus),
}

/// How far several methods agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consensus {
    /// Customers that the methods were asked about, where it was not all: the others went with the nearest.
    pub n_sampled: Option<u64>,
    /// Each method beside the consensus.
    pub agreement: Vec<Agreement>,
    /// Mean share of methods that put two customers of one cluster together, 0 to 1.
    pub within: f64,
    /// The same of two customers of different clusters.
    pub between: f64,
    /// Customers whom most methods put elsewhere than with the others of their cluster.
    pub n_undecided: u64,
}

/// How near a method's own clusters are to the consensus.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The method.
    pub method: Method,
    /// Its linkage, where it has one.
    pub linkage: Option<Linkage>,
    /// Adjusted Rand index: 1 the same, 0 no nearer than chance.
    pub adjusted_rand: f64,
}

/// The customers that stand for their clusters. Who they are is not told, only how they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Medoids {
    /// Mean distance of a customer to its medoid, 0 to 1.
    pub mean_distance: f64,
    /// Customers in each sample that medoids were looked for in, where it was not all.
    pub n_sampled: Option<u64>,
    /// What each medoid has, cluster by cluster, in the order of the features in use.
    pub medoids: Vec<Vec<Value>>,
}

/// A value of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A number, before scaling.
    Number(f64),
    /// A text; empty where the customer has none.
    Text(String),
}

/// How customers lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Density {
    /// Clusters that were found.
    pub n_clusters: u16,
    /// Customers in none of them.
    pub n_noise: u64,
    /// Customers with enough others nearby, where one reach holds for all.
    pub n_core: Option<u64>,
    /// Customers in the order of reach, where it is made of a sample: the others went with the nearest.
    pub n_sampled: Option<u64>,
}

/// The most clusters that density may find: as many as pictures have signs for.
pub(super) const MOST_GROUPS: usize = 28;

/// Why the density of customers gives no clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DensityProblem {
    /// Nobody has enough others nearby.
    OnlyNoise,
    /// Everybody is in one region, and nobody outside it.
    OneCluster,
    /// There are more regions than can be shown.
    TooMany {
        /// How many.
        found: usize,
        /// The most that can be shown.
        most: usize,
    },
    /// There is one region beside the noise, and what is asked compares clusters.
    NeedsTwo,
}

/// How well a mixture of distributions fits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likelihood {
    /// Of all customers, natural logarithm.
    pub log_likelihood: f64,
    /// Bayesian information criterion; lower is better.
    pub bic: f64,
    /// How many times the distributions were started.
    pub n_starts: u16,
    /// Distributions that would have no volume without the 0.000001 that is added to their variances.
    pub n_regularised: u16,
    /// Customers whose highest probability is below 0.8.
    pub n_unsure: u64,
}

/// The upper part of a tree of merges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dendrogram {
    /// Customers in the tree, where it is made of a sample: the others went to the nearest.
    pub n_sampled: Option<u64>,
    /// What the drawn merges begin with, in an order in which no lines cross.
    pub leaves: Vec<Leaf>,
    /// The last merges, at most 50, lowest first.
    pub merges: Vec<Merge>,
}

/// A group below the drawn merges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// Customers of the tree in it.
    pub n_customers: u64,
    /// The place of its segment.
    pub segment: u16,
}

/// Two groups become one. A number below the number of leaves is a leaf; the following ones are merges in their order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merge {
    /// The one.
    pub first: u16,
    /// The other.
    pub second: u16,
    /// How far apart they are, as the linkage measures it, in scaled units.
    pub height: f64,
    /// Customers of the tree in both.
    pub n_customers: u64,
}

impl Dendrogram {
    /// Where the tree is cut into `k` groups: halfway between the merge that is made last and the first that is not.
    pub fn cut(&self, k: usize) -> Option<f64> {
        let first_not_made = self.merges.len().checked_sub(k.checked_sub(1)?)?;
        let above = self.merges.get(first_not_made)?.height;
        let last_made = first_not_made.checked_sub(1)?;
        Some(f64::midpoint(self.merges.get(last_made)?.height, above))
    }

    /// The number of groups, up to 10, that is left over the widest gap between two merges.
    pub fn widest_gap(&self) -> Option<usize> {
        let mut widest: Option<(f64, usize)> = None;
        for k in 2..=10_usize.min(self.merges.len()) {
            let above = self.merges.len() - (k - 1);
            let gap = self.merges[above].height - self.merges[above - 1].height;
            if widest.is_none_or(|(other, _)| gap > other) {
                widest = Some((gap, k));
            }
        }
        widest.map(|(_, k)| k)
    }
}

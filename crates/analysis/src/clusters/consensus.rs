//! Consensus of several methods: who is put together by how many of them, and the clusters of that.
//!
//! Each pair of customers has the share of methods that put both into one cluster (co-association); average linkage over
//! one less that share is cut at `k`. Many customers are a seeded sample, and the others join the cluster of the nearest
//! sampled one. Sources: Fred & Jain (2005), evidence accumulation; Hubert & Arabie (1985) for the adjusted Rand index.

use super::features::Features;
use super::fit;
use super::k_means::Clustering;
use super::method::{Agreement, Consensus, Linkage, Method};
use super::sample::{gathered, nearest_sampled, sample};
use super::tree::Tree;
use super::{Params, Steps};
use crate::{AnalysisError, compare};

/// The methods that are asked, all for the same number of clusters.
const MEMBERS: [(Method, Option<Linkage>); 4] = [
    (Method::KMeans, None),
    (Method::Hierarchical, Some(Linkage::Ward)),
    (Method::Hierarchical, Some(Linkage::Average)),
    (Method::GaussianMixture, None),
];

/// Up to so many customers all are asked about: each pair has a share.
const EXACT_UP_TO: usize = 1_000;
/// Below this share with the others of its cluster a customer is put elsewhere by most methods.
const DECIDED: f64 = 0.5;

/// Clusters that several methods agree on.
pub(super) struct Agreed {
    pub(super) clustering: Clustering,
    pub(super) consensus: Consensus,
}

/// `k` clusters of what the methods say.
pub(super) fn fit(
    features: &Features,
    params: &Params,
    steps: &mut Steps<'_>,
) -> Result<Agreed, AnalysisError> {
    let n_customers = features.customers.len();
    let n_used = n_customers.min(EXACT_UP_TO);
    let sampled = sample(n_customers, n_used, params.seed);
    let used = features.of(&sampled);
    used.check_enough(params.k)?;
    let mut partitions = Vec::with_capacity(MEMBERS.len());
    for member in MEMBERS {
        let params = member_of(params, member);
        partitions.push(fit::fit(&used, &params, steps)?.clustering.labels);
    }
    let shares = Shares(&partitions);
    let distances = shares.apart(n_used);
    let tree = Tree::over(n_used, distances, Linkage::Average, steps)?;
    steps.advance()?;
    let labels = tree.cut(params.k);
    let consensus = Consensus {
        n_sampled: (n_used < n_customers).then_some(n_used as u64),
        ..shares.agreement(&labels, params.k)
    };
    let labels = if n_used == n_customers {
        labels
    } else {
        let columns = gathered(&features.scaled, &sampled);
        let nearest = nearest_sampled(&features.scaled, &columns, steps)?;
        let label = |place: u32| labels[place as usize];
        nearest.into_iter().map(label).collect()
    };
    Ok(Agreed {
        clustering: Clustering::of_labels(&features.scaled, labels, params.k),
        consensus,
    })
}

/// How many steps [`fit`] takes for so many customers.
pub(super) fn n_steps(params: &Params, n_customers: usize) -> usize {
    let n_used = n_customers.min(EXACT_UP_TO);
    let of_member = |member| fit::n_steps(&member_of(params, member), n_used);
    MEMBERS.into_iter().map(of_member).sum::<usize>() + 1
}

fn member_of(params: &Params, (method, linkage): (Method, Option<Linkage>)) -> Params {
    Params {
        method,
        linkage: linkage.unwrap_or_default(),
        ..params.clone()
    }
}

/// What the methods say of pairs: the label of each customer by each method.
struct Shares<'a>(&'a [Vec<u16>]);

impl Shares<'_> {
    /// The share of methods that put two customers together.
    fn of(&self, one: usize, other: usize) -> f64 {
        let together = self.0.iter().filter(|labels| labels[one] == labels[other]);
        together.count() as f64 / self.0.len() as f64
    }

    /// One less that share, of each pair, row by row above the diagonal.
    fn apart(&self, n: usize) -> Vec<f64> {
        let pairs = (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other)));
        pairs
            .map(|(one, other)| 1.0 - self.of(one, other))
            .collect()
    }

    /// How far the methods agree with each other and with `labels`.
    fn agreement(&self, labels: &[u16], k: usize) -> Consensus {
        let n = labels.len();
        let (mut within, mut between) = ((0.0, 0_u64), (0.0, 0_u64));
        let mut n_undecided = 0;
        for one in 0..n {
            let mut own = (0.0, 0_u64);
            for other in (0..n).filter(|&other| other != one) {
                let sum = if labels[one] == labels[other] {
                    &mut own
                } else {
                    &mut between
                };
                *sum = (sum.0 + self.of(one, other), sum.1 + 1);
            }
            within = (within.0 + own.0, within.1 + own.1);
            n_undecided += u64::from(own.1 > 0 && own.0 < DECIDED * own.1 as f64);
        }
        let mean = |(sum, n): (f64, u64)| sum / n.max(1) as f64;
        let agreement = MEMBERS.into_iter().zip(self.0);
        Consensus {
            n_sampled: None,
            agreement: agreement
                .map(|((method, linkage), own)| Agreement {
                    method,
                    linkage,
                    adjusted_rand: adjusted_rand(own, labels, k),
                })
                .collect(),
            within: mean(within),
            between: mean(between),
            n_undecided,
        }
    }
}

fn adjusted_rand(one: &[u16], other: &[u16], k: usize) -> f64 {
    let mut counts = vec![0_u64; k * k];
    for (&one, &other) in one.iter().zip(other) {
        if let Some(count) = counts.get_mut(usize::from(one) * k + usize::from(other)) {
            *count += 1;
        }
    }
    compare::adjusted_rand(&counts, k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_have_the_share_of_methods_that_put_them_together() {
        let partitions = [vec![0, 0, 1, 1], vec![0, 0, 0, 1]];
        let shares = Shares(&partitions);
        assert_eq!(shares.apart(4), [0.0, 0.5, 1.0, 0.5, 1.0, 0.5]);
        let told = shares.agreement(&[0, 0, 1, 1], 2);
        assert!((told.within - 0.75).abs() < 1e-12);
        assert!((told.between - 0.25).abs() < 1e-12);
        assert_eq!(told.n_undecided, 0);
        assert!((told.agreement[0].adjusted_rand - 1.0).abs() < 1e-12);
        assert!(told.agreement[1].adjusted_rand < 0.5);
        let against = shares.agreement(&[0, 1, 1, 0], 2);
        assert_eq!(
            against.n_undecided, 2,
            "the first and the last are never together"
        );
    }
}

//! Hierarchical clusters: a tree over all customers, or over a seeded sample to which the others are added.
//!
//! A customer outside the sample joins the cluster of the nearest mean under Ward's linkage, that of the nearest
//! sampled customer under the others.

use super::k_means::{self, Clustering};
use super::method::{Dendrogram, Linkage};
use super::sample::{gathered, nearest_sampled, sample};
use super::tree::Tree;
use super::{Params, Steps};
use crate::AnalysisError;

/// Up to so many customers all are in the tree: a distance for each pair takes 100 MB.
pub(super) const EXACT_UP_TO: usize = 5000;

/// A tree that can be cut at any number of clusters.
pub(super) struct Hierarchy {
    tree: Tree,
    others: Option<Others>,
}

/// What is known where the tree holds a sample.
struct Others {
    /// The places of those in the tree.
    sampled: Vec<usize>,
    /// For each point its nearest in the tree, where the linkage goes by members.
    nearest: Option<Vec<u32>>,
}

impl Hierarchy {
    /// The tree of the points of `columns`.
    pub(super) fn grow(
        columns: &[Vec<f64>],
        params: &Params,
        steps: &mut Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        Self::grow_up_to(EXACT_UP_TO, columns, params, steps)
    }

    fn grow_up_to(
        most: usize,
        columns: &[Vec<f64>],
        params: &Params,
        steps: &mut Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        let n_points = columns.first().map_or(0, Vec::len);
        if n_points <= most {
            let tree = Tree::grow(columns, params.linkage, steps)?;
            steps.advance()?;
            return Ok(Self { tree, others: None });
        }
        let sampled = sample(n_points, most, params.seed);
        let columns_of_sample = gathered(columns, &sampled);
        let tree = Tree::grow(&columns_of_sample, params.linkage, steps)?;
        steps.advance()?;
        let nearest = match params.linkage {
            Linkage::Ward => None,
            _ => Some(nearest_sampled(columns, &columns_of_sample, steps)?),
        };
        Ok(Self {
            tree,
            others: Some(Others { sampled, nearest }),
        })
    }

    /// `k` clusters of the points that the tree was grown from.
    pub(super) fn cut(&self, columns: &[Vec<f64>], k: usize) -> Clustering {
        let labels = self.tree.cut(k);
        let Some(others) = &self.others else {
            return Clustering::of_labels(columns, labels, k);
        };
        let labels = if let Some(nearest) = &others.nearest {
            nearest
                .iter()
                .map(|&place| labels[place as usize])
                .collect()
        } else {
            let means = k_means::means(&gathered(columns, &others.sampled), &labels, k);
            let mut all = k_means::nearest(columns, &means);
            for (&place, label) in others.sampled.iter().zip(labels) {
                all[place] = label;
            }
            all
        };
        Clustering::of_labels(columns, labels, k)
    }

    /// The last merges, with the places of the clusters that everybody has got by now.
    pub(super) fn dendrogram(&self, labels: &[u16]) -> Dendrogram {
        match &self.others {
            None => self.tree.top(labels, None),
            Some(others) => {
                let of_sample: Vec<u16> =
                    others.sampled.iter().map(|&place| labels[place]).collect();
                self.tree.top(&of_sample, Some(of_sample.len() as u64))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;

    #[test]
    fn those_outside_the_sample_join_the_groups_that_they_are_near() {
        let column: Vec<f64> = (0..300)
            .map(|n| f64::from(n % 3) * 50.0 + f64::from(n % 7))
            .collect();
        let columns = [column];
        for linkage in Linkage::ALL {
            let params = Params {
                linkage,
                ..Params::default()
            };
            let mut monitor = Unwatched;
            let mut steps = Steps::new(&mut monitor, 1);
            let tree = Hierarchy::grow_up_to(40, &columns, &params, &mut steps).unwrap();
            let found = tree.cut(&columns, 3);
            assert_eq!(k_means::sizes(&found.labels, 3), [100; 3], "{linkage:?}");
            let told = tree.dendrogram(&found.labels);
            assert_eq!((told.n_sampled, told.leaves.len()), (Some(40), 40));
        }
    }
}

//! A tree of merges by the chain of nearest neighbours, for linkages under which no merge brings groups nearer.
//!
//! Exact, with a distance for each pair of points in memory. Of equally near groups the one before in the chain is
//! taken, then the first. Heights are those of SciPy and R: Ward's is the root of twice the growth of the squares.
//! Sources: Murtagh (1983) for the chain; Lance & Williams (1967) for the distances after a merge; Ward (1963).

use super::Steps;
use super::k_means::squared_distances;
use super::method::{Dendrogram, Leaf, Linkage, Merge};
use crate::AnalysisError;
use gyeol_data::places_in_order;

/// The most merges that are told.
const MOST_MERGES: usize = 50;

/// All merges of some points, lowest first. A number below the number of points is a point, then come the merges.
#[derive(Debug)]
pub(super) struct Tree {
    n_points: usize,
    merges: Vec<Joined>,
}

/// Two groups that become one.
#[derive(Debug)]
struct Joined {
    pair: [usize; 2],
    height: f64,
    n_points: usize,
}

impl Tree {
    /// The tree of all points of `columns`.
    pub(super) fn grow(
        columns: &[Vec<f64>],
        linkage: Linkage,
        steps: &Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        let n_points = columns.first().map_or(0, Vec::len);
        Self::merged(n_points, Groups::new(columns, linkage, steps)?, steps)
    }

    /// The tree of points that are known by how far apart they are: of each pair, row by row above the diagonal.
    pub(super) fn over(
        n_points: usize,
        distances: Vec<f64>,
        linkage: Linkage,
        steps: &Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        let groups = Groups {
            linkage,
            sizes: vec![1; n_points],
            distances,
        };
        Self::merged(n_points, groups, steps)
    }

    fn merged(
        n_points: usize,
        mut groups: Groups,
        steps: &Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        let linkage = groups.linkage;
        let mut chain: Vec<usize> = Vec::new();
        let mut merges = Vec::with_capacity(n_points.saturating_sub(1));
        while merges.len() + 1 < n_points {
            if merges.len() % 64 == 0 {
                steps.pulse_at(n_points + merges.len(), 2 * n_points)?;
            }
            let pair = groups.mutually_nearest(&mut chain);
            merges.push((pair, groups.join(pair)));
        }
        Ok(Self {
            n_points,
            merges: in_order(n_points, &merges, linkage),
        })
    }

    /// The group of each point when `k` are left, numbered by their first points.
    pub(super) fn cut(&self, k: usize) -> Vec<u16> {
        let n_made = self.n_points.saturating_sub(k);
        let mut labels = vec![0; self.n_points + n_made];
        let mut is_named = vec![false; labels.len()];
        let mut parents: Vec<usize> = (0..labels.len()).collect();
        for (place, merge) in self.merges[..n_made].iter().enumerate() {
            for group in merge.pair {
                parents[group] = self.n_points + place;
            }
        }
        // A merge has a higher number than what it joins: its own top is known before theirs.
        for group in (0..parents.len()).rev() {
            parents[group] = parents[parents[group]];
        }
        let mut n_named = 0;
        for point in 0..self.n_points {
            let top = parents[point];
            if !is_named[top] {
                is_named[top] = true;
                labels[top] = n_named;
                n_named += 1;
            }
            labels[point] = labels[top];
        }
        labels.truncate(self.n_points);
        labels
    }

    /// The last merges, where point `p` is in the segment `segments[p]`.
    pub(super) fn top(&self, segments: &[u16], n_sampled: Option<u64>) -> Dendrogram {
        let first_told = self.merges.len().saturating_sub(MOST_MERGES);
        let n_below = self.n_points + first_told;
        let mut numbers = vec![0; self.n_points + self.merges.len()];
        let mut leaves = Vec::new();
        let mut waiting: Vec<usize> = (!self.merges.is_empty())
            .then(|| numbers.len() - 1)
            .into_iter()
            .collect();
        while let Some(group) = waiting.pop() {
            if group < n_below {
                numbers[group] = leaves.len() as u16;
                leaves.push(self.leaf(group, segments));
            } else {
                let [first, second] = self.merges[group - self.n_points].pair;
                waiting.extend([second, first]);
            }
        }
        let merges = self.merges[first_told..].iter().enumerate();
        let merges = merges.map(|(place, merge)| {
            numbers[n_below + place] = (leaves.len() + place) as u16;
            Merge {
                first: numbers[merge.pair[0]],
                second: numbers[merge.pair[1]],
                height: merge.height,
                n_customers: merge.n_points as u64,
            }
        });
        Dendrogram {
            n_sampled,
            merges: merges.collect(),
            leaves,
        }
    }

    fn leaf(&self, group: usize, segments: &[u16]) -> Leaf {
        let mut point = group;
        while let Some(merge) = point.checked_sub(self.n_points) {
            point = self.merges[merge].pair[0];
        }
        let merge = group.checked_sub(self.n_points);
        Leaf {
            n_customers: merge.map_or(1, |merge| self.merges[merge].n_points as u64),
            segment: segments.get(point).copied().unwrap_or(0),
        }
    }
}

/// Merges of two points that stand for their groups, lowest first, as merges of groups.
fn in_order(n_points: usize, merges: &[([usize; 2], f64)], linkage: Linkage) -> Vec<Joined> {
    let order = places_in_order(merges.len(), &|one, other| {
        merges[one].1.total_cmp(&merges[other].1)
    });
    let mut tops: Vec<usize> = (0..n_points).collect();
    let mut groups: Vec<(usize, usize)> = (0..n_points).map(|point| (point, 1)).collect();
    let mut joined = Vec::with_capacity(merges.len());
    for (place, &merge) in order.iter().enumerate() {
        let (points, height) = merges[merge];
        let [first, second] = points.map(|point| top_of(&mut tops, point));
        let mut pair = [groups[first].0, groups[second].0];
        pair.sort_unstable();
        let n = groups[first].1 + groups[second].1;
        tops[first] = second;
        groups[second] = (n_points + place, n);
        joined.push(Joined {
            pair,
            height: match linkage {
                Linkage::Ward => height.max(0.0).sqrt(),
                _ => height,
            },
            n_points: n,
        });
    }
    joined
}

/// The point that stands for the group of `point`; the way there becomes shorter.
fn top_of(tops: &mut [usize], mut point: usize) -> usize {
    while tops[point] != point {
        tops[point] = tops[tops[point]];
        point = tops[point];
    }
    point
}

/// The groups that are left, each at the place of one of its points, with the distances between them.
struct Groups {
    linkage: Linkage,
    /// Points of each group; none where there is no group any more.
    sizes: Vec<usize>,
    /// Distances of each pair, row by row above the diagonal; Ward's are squared.
    distances: Vec<f64>,
}

impl Groups {
    fn new(
        columns: &[Vec<f64>],
        linkage: Linkage,
        steps: &Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        let n = columns.first().map_or(0, Vec::len);
        let mut distances = vec![0.0; n * n.saturating_sub(1) / 2];
        let mut rest = distances.as_mut_slice();
        for point in 0..n {
            if point % 64 == 0 {
                steps.pulse_at(point, 2 * n)?;
            }
            let place: Vec<f64> = columns.iter().map(|column| column[point]).collect();
            let (row, after) = rest.split_at_mut(n - point - 1);
            squared_distances(columns, point + 1, &place, row);
            if linkage != Linkage::Ward {
                row.iter_mut().for_each(|square| *square = square.sqrt());
            }
            rest = after;
        }
        Ok(Self {
            linkage,
            sizes: vec![1; n],
            distances,
        })
    }

    fn place(&self, one: usize, other: usize) -> usize {
        let (low, high) = (one.min(other), one.max(other));
        low * (2 * self.sizes.len() - low - 1) / 2 + high - low - 1
    }

    /// Goes from neighbour to nearest neighbour until two are each other's, and takes them off the chain.
    fn mutually_nearest(&self, chain: &mut Vec<usize>) -> [usize; 2] {
        if chain.is_empty() {
            chain.extend(self.sizes.iter().position(|&size| size > 0));
        }
        loop {
            let last = chain[chain.len() - 1];
            let before = chain.len().checked_sub(2).map(|place| chain[place]);
            let nearest = self.nearest(last, before);
            if Some(nearest) == before {
                chain.truncate(chain.len() - 2);
                return [last.min(nearest), last.max(nearest)];
            }
            chain.push(nearest);
        }
    }

    /// The nearest other group; `first` of equals, then the one with the lowest number.
    fn nearest(&self, group: usize, first: Option<usize>) -> usize {
        let mut nearest = first.unwrap_or(group);
        let mut least = first.map_or(f64::INFINITY, |other| {
            self.distances[self.place(group, other)]
        });
        for (other, &size) in self.sizes.iter().enumerate() {
            if size == 0 || other == group {
                continue;
            }
            let distance = self.distances[self.place(group, other)];
            if distance < least {
                (nearest, least) = (other, distance);
            }
        }
        nearest
    }

    /// Puts the first of a pair into the second and tells how far apart they were.
    fn join(&mut self, [first, second]: [usize; 2]) -> f64 {
        let apart = self.distances[self.place(first, second)];
        let (n_first, n_second) = (self.sizes[first] as f64, self.sizes[second] as f64);
        for other in 0..self.sizes.len() {
            let n = self.sizes[other] as f64;
            if self.sizes[other] == 0 || other == first || other == second {
                continue;
            }
            let (to_first, place) = (self.place(first, other), self.place(second, other));
            let (one, two) = (self.distances[to_first], self.distances[place]);
            self.distances[place] = match self.linkage {
                Linkage::Single => one.min(two),
                Linkage::Complete => one.max(two),
                Linkage::Average => (n_first * one + n_second * two) / (n_first + n_second),
                Linkage::Ward => {
                    let grown = (n_first + n) * one + (n_second + n) * two - n * apart;
                    grown / (n_first + n_second + n)
                }
            };
        }
        self.sizes[second] += self.sizes[first];
        self.sizes[first] = 0;
        apart
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;
    use proptest::prelude::*;

    fn grown(columns: &[Vec<f64>], linkage: Linkage) -> Tree {
        let mut monitor = Unwatched;
        Tree::grow(columns, linkage, &Steps::new(&mut monitor, 1)).unwrap()
    }

    #[test]
    fn five_points_by_hand() {
        let columns = [vec![0.0, 1.0, 5.0, 7.0, 20.0]];
        for (linkage, heights) in [
            (Linkage::Single, [1.0, 2.0, 4.0, 13.0]),
            (Linkage::Complete, [1.0, 2.0, 7.0, 20.0]),
            (Linkage::Average, [1.0, 2.0, 5.5, 16.75]),
        ] {
            let tree = grown(&columns, linkage);
            let found: Vec<f64> = tree.merges.iter().map(|merge| merge.height).collect();
            assert_eq!(found, heights, "{linkage:?}");
            assert_eq!(tree.cut(1), [0; 5]);
            assert_eq!(tree.cut(2), [0, 0, 0, 0, 1]);
            assert_eq!(tree.cut(3), [0, 0, 1, 1, 2]);
            assert_eq!(tree.cut(5), [0, 1, 2, 3, 4]);
        }
    }

    #[test]
    fn the_top_of_a_tree_holds_everybody_once_and_no_lines_cross() {
        let column: Vec<f64> = (0..200).map(|n| f64::from(n * 7919 % 1009)).collect();
        let tree = grown(&[column], Linkage::Ward);
        let labels = tree.cut(7);
        let top = tree.top(&labels, None);
        assert_eq!((top.merges.len(), top.leaves.len()), (50, 51));
        let n: u64 = top.leaves.iter().map(|leaf| leaf.n_customers).sum();
        assert_eq!((n, top.merges[49].n_customers), (200, 200));
        // Each group is a run of leaves.
        let mut runs: Vec<(usize, usize)> = (0..51).map(|leaf| (leaf, leaf)).collect();
        for merge in &top.merges {
            let (one, other) = (
                runs[usize::from(merge.first)],
                runs[usize::from(merge.second)],
            );
            assert!(one.1 + 1 == other.0 || other.1 + 1 == one.0);
            runs.push((one.0.min(other.0), one.1.max(other.1)));
        }
        let cut = top.cut(7).unwrap();
        assert_eq!(
            top.merges.iter().filter(|merge| merge.height > cut).count(),
            6
        );
    }

    proptest! {
        #[test]
        fn heights_are_those_of_kodama(
            values in prop::collection::vec((-1e3..1e3_f64, -1e3..1e3_f64), 2..60),
        ) {
            let columns: [Vec<f64>; 2] = [
                values.iter().map(|value| value.0).collect(),
                values.iter().map(|value| value.1).collect(),
            ];
            let n = values.len();
            let mut condensed = Vec::new();
            for one in 0..n {
                for other in one + 1..n {
                    let (x, y) = (values[one].0 - values[other].0, values[one].1 - values[other].1);
                    condensed.push(x.hypot(y));
                }
            }
            for (linkage, method) in [
                (Linkage::Single, kodama::Method::Single),
                (Linkage::Complete, kodama::Method::Complete),
                (Linkage::Average, kodama::Method::Average),
                (Linkage::Ward, kodama::Method::Ward),
            ] {
                let expected = kodama::linkage(&mut condensed.clone(), n, method);
                let tree = grown(&columns, linkage);
                for (found, expected) in tree.merges.iter().zip(expected.steps()) {
                    let difference = (found.height - expected.dissimilarity).abs();
                    prop_assert!(difference <= 1e-9 * expected.dissimilarity.max(1.0));
                    prop_assert_eq!(found.n_points, expected.size);
                }
            }
        }
    }
}

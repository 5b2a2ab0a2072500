//! A shallow tree and a small forest of regression trees (Breiman et al. 1984; Breiman 2001), for classes and numbers.
//!
//! A split is the one that leaves the least squared error, which for 0 and 1 is half the Gini impurity: one search for
//! both. Columns are cut at up to 31 quantiles beforehand, so that a node costs a pass and no sort. All randomness is
//! seeded; ties go to the first column and the lowest border. (The search of `explain` counts segments and words its
//! borders as rules; numbers have no segments to count.)

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

use super::Steps;
use crate::{AnalysisError, stats};

/// How trees are grown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Growth {
    pub(super) n_trees: usize,
    pub(super) depth: usize,
    /// Fewest rows in a leaf.
    pub(super) least: usize,
    /// Columns that a node may choose from; all where 0.
    pub(super) n_tried: usize,
    /// Whether each tree grows on rows drawn with replacement.
    pub(super) is_drawn: bool,
    pub(super) seed: u64,
}

/// Trees whose mean is the prediction.
#[derive(Clone, Debug)]
pub(super) struct Forest {
    trees: Vec<Vec<Node>>,
    /// By column its share of the squared error that all splits take away, 0 to 1.
    pub(super) importance: Vec<f64>,
}

#[derive(Clone, Debug)]
enum Node {
    Leaf(f64),
    /// Up to the border the node `low`, else `high`.
    Test {
        column: usize,
        border: f64,
        low: usize,
        high: usize,
    },
}

/// Parts that a column is cut into.
const PARTS: usize = 32;
/// The most rows that trees grow on: an even sample of more.
const MOST_ROWS: usize = 20_000;

impl Forest {
    /// The mean of the trees for a row.
    pub(super) fn at(&self, columns: &[Vec<f64>], row: usize) -> f64 {
        let of = |tree: &Vec<Node>| {
            let mut at = 0;
            loop {
                match &tree[at] {
                    Node::Leaf(value) => return *value,
                    Node::Test {
                        column,
                        border,
                        low,
                        high,
                    } => {
                        at = if columns[*column][row] <= *border {
                            *low
                        } else {
                            *high
                        };
                    }
                }
            }
        };
        self.trees.iter().map(of).sum::<f64>() / self.trees.len().max(1) as f64
    }
}

/// Grows trees for `y` on `columns`.
pub(super) fn grow(
    columns: &[Vec<f64>],
    y: &[f64],
    growth: Growth,
    steps: &mut Steps<'_>,
) -> Result<Forest, AnalysisError> {
    let rows: Vec<usize> = stats::even_sample(y.len(), MOST_ROWS).collect();
    let borders: Vec<Vec<f64>> = (columns.iter())
        .map(|column| borders(column, &rows))
        .collect();
    let bins = columns.iter().zip(&borders).map(|(column, borders)| {
        let bin = |value: &f64| borders.partition_point(|border| border < value) as u8;
        column.iter().map(bin).collect()
    });
    let mut grower = Grower {
        bins: bins.collect(),
        borders,
        y,
        growth,
        random: Xoshiro256Plus::seed_from_u64(growth.seed),
        nodes: Vec::new(),
        gains: vec![0.0; columns.len()],
    };
    let mut trees = Vec::with_capacity(growth.n_trees);
    for _ in 0..growth.n_trees {
        steps.tick()?;
        let drawn: Vec<usize> = match growth.is_drawn {
            true => (0..rows.len())
                .map(|_| rows[grower.below(rows.len())])
                .collect(),
            false => rows.clone(),
        };
        grower.node(&drawn, growth.depth);
        trees.push(std::mem::take(&mut grower.nodes));
    }
    let total: f64 = grower.gains.iter().sum();
    let share = |gain: &f64| if total > 0.0 { gain / total } else { 0.0 };
    Ok(Forest {
        trees,
        importance: grower.gains.iter().map(share).collect(),
    })
}

/// Where a column may be cut: its quantiles but the highest value, each once.
fn borders(column: &[f64], rows: &[usize]) -> Vec<f64> {
    let mut values: Vec<f64> = rows.iter().map(|&row| column[row]).collect();
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut borders = stats::cut_points(&mut values, PARTS);
    // The lowest value is a border too: a column of 0 and 1 may have it for a quantile nowhere.
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    borders.insert(0, least);
    borders.dedup_by(|a, b| a.total_cmp(b).is_eq());
    borders.retain(|border| *border < most);
    borders
}

struct Grower<'a> {
    bins: Vec<Vec<u8>>,
    borders: Vec<Vec<f64>>,
    y: &'a [f64],
    growth: Growth,
    random: Xoshiro256Plus,
    nodes: Vec<Node>,
    gains: Vec<f64>,
}

struct Split {
    column: usize,
    /// Bins up to this one go low.
    bin: usize,
    gain: f64,
}

impl Grower<'_> {
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.random.next_u64()) * n as u128) >> 64) as usize
    }

    /// Grows the node that `rows` come to; gives its place.
    fn node(&mut self, rows: &[usize], depth: usize) -> usize {
        let place = self.nodes.len();
        let sum: f64 = rows.iter().map(|&row| self.y[row]).sum();
        self.nodes.push(Node::Leaf(sum / rows.len().max(1) as f64));
        let split = if depth == 0 {
            None
        } else {
            self.best(rows, sum)
        };
        let Some(split) = split else {
            return place;
        };
        self.gains[split.column] += split.gain;
        let bins = &self.bins[split.column];
        let is_low = |row: &&usize| usize::from(bins[**row]) <= split.bin;
        let (low, high): (Vec<usize>, Vec<usize>) = rows.iter().partition(is_low);
        let border = self.borders[split.column][split.bin];
        let (low, high) = (self.node(&low, depth - 1), self.node(&high, depth - 1));
        self.nodes[place] = Node::Test {
            column: split.column,
            border,
            low,
            high,
        };
        place
    }

    /// The split that takes most of the squared error away; `None` where none takes any.
    fn best(&mut self, rows: &[usize], sum: f64) -> Option<Split> {
        let n = rows.len() as f64;
        let mut best: Option<Split> = None;
        for column in self.tried() {
            let mut counts = [0.0; PARTS + 1];
            let mut sums = [0.0; PARTS + 1];
            for &row in rows {
                let bin = usize::from(self.bins[column][row]);
                counts[bin] += 1.0;
                sums[bin] += self.y[row];
            }
            let (mut count, mut low) = (0.0, 0.0);
            for bin in 0..self.borders[column].len() {
                count += counts[bin];
                low += sums[bin];
                if (count as usize) < self.growth.least
                    || ((n - count) as usize) < self.growth.least
                {
                    continue;
                }
                let high = sum - low;
                let gain = low * low / count + high * high / (n - count) - sum * sum / n;
                let limit = best.as_ref().map_or(0.0, |best| best.gain);
                if gain > limit + 1e-9 * (1.0 + limit) {
                    best = Some(Split { column, bin, gain });
                }
            }
        }
        best
    }

    /// The columns that a node may choose from, rising.
    fn tried(&mut self) -> Vec<usize> {
        let n = self.bins.len();
        let n_tried = self.growth.n_tried;
        if n_tried == 0 || n_tried >= n {
            return (0..n).collect();
        }
        let mut tried = Vec::with_capacity(n_tried);
        for place in 0..n {
            // Selection sampling (Knuth).
            if self.below(n - place) < n_tried - tried.len() {
                tried.push(place);
            }
        }
        tried
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;

    fn one_tree(columns: &[Vec<f64>], y: &[f64], n_trees: usize) -> Forest {
        let growth = Growth {
            n_trees,
            depth: 3,
            least: 2,
            n_tried: usize::from(n_trees > 1),
            is_drawn: n_trees > 1,
            seed: 1,
        };
        grow(columns, y, growth, &mut Steps::new(&mut Unwatched, 1)).unwrap()
    }

    #[test]
    fn a_tree_finds_the_step_and_the_column_that_makes_it() {
        let x: Vec<f64> = (0..40).map(f64::from).collect();
        let other: Vec<f64> = (0..40).map(|at| f64::from(at * 7 % 40)).collect();
        let y: Vec<f64> = x
            .iter()
            .map(|x| if *x <= 12.0 { 5.0 } else { -1.0 })
            .collect();
        let columns = [other, x];
        let tree = one_tree(&columns, &y, 1);
        // The quantiles are about a row and a quarter apart: at most one row is on the wrong side.
        let wrong = (0..40).filter(|&row| (tree.at(&columns, row) - y[row]).abs() > 0.5);
        assert!(wrong.count() <= 1);
        assert!(tree.importance[1] > 0.9);
    }

    #[test]
    fn a_column_of_two_values_can_be_cut_however_rare_one_is() {
        let rare: Vec<f64> = (0..100).map(|at| f64::from(u8::from(at >= 3))).collect();
        let y: Vec<f64> = rare.iter().map(|rare| 1.0 - rare).collect();
        let columns = [rare];
        let tree = one_tree(&columns, &y, 1);
        assert!((tree.at(&columns, 0) - 1.0).abs() < 1e-12 && tree.at(&columns, 50).abs() < 1e-12);
    }

    #[test]
    fn the_same_seed_gives_the_same_forest() {
        let columns: Vec<Vec<f64>> = (1..5)
            .map(|by| (0..60).map(|at| f64::from(at * by * 7 % 31)).collect())
            .collect();
        let y: Vec<f64> = (0..60)
            .map(|at| columns[2][at] + columns[0][at] / 10.0)
            .collect();
        let (one, other) = (one_tree(&columns, &y, 20), one_tree(&columns, &y, 20));
        assert_eq!(one.importance, other.importance);
        assert_eq!(
            one.at(&columns, 3).to_bits(),
            other.at(&columns, 3).to_bits()
        );
    }
}

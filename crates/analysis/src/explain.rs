//! Any segmentation explained by a shallow tree: each leaf is a rule in words, with how many it covers and how often it
//! is right.
//!
//! A classification tree (Breiman, Friedman, Olshen & Stone 1984) on Gini impurity over measures and columns. Its tests
//! are those of `rules`, so that the leaves, taken as rules, put every customer where the tree does. Borders are the
//! roundest numbers that separate the same customers. Limits: `docs/methods/explain.md`.

mod split;

use serde::{Deserialize, Serialize};

use super::measures::{Measures, Values};
use super::rules::{Comparison, Condition, SegmentRule};
use super::{AnalysisError, Checked, Label, Monitor, Rule, Segmentation, SegmentationId, stats};
use gyeol_data::{Dataset, Day};
use split::{Feature, Split};

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// Which segmentation is explained.
    pub of: SegmentationId,
    /// Tests in a row, 1 to 5.
    pub depth: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            of: SegmentationId::Clusters,
            depth: 3,
        }
    }
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// Customers of the segmentation.
    pub n_customers: u64,
    /// Customers that the tree was grown on: all, or an even sample.
    pub n_grown: u64,
    /// Share of the customers whom the tree puts into their own segment, 0 to 1.
    pub fidelity: f64,
    /// Share of the largest segment: what saying it of everyone would reach.
    pub baseline: f64,
    /// The leaves, grouped by segment in the segmentation's order, most customers first.
    pub leaves: Vec<Leaf>,
    /// How much of each segment its leaves cover, 0 to 1, in the segmentation's order; 0 for one without a leaf.
    pub coverage: Vec<(Label, f64)>,
}

/// A leaf: a rule, and the segment of most customers it matches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaf {
    /// Place of the segment.
    pub segment: u16,
    /// Its label.
    pub label: Label,
    /// Whom the rule matches.
    pub when: Condition,
    /// Customers that it matches.
    pub n_customers: u64,
    /// Those of them who are in the segment.
    pub n_right: u64,
}

impl Report {
    /// The leaves as rules with names of their own, which make the same groups.
    pub fn rules(&self, name: impl Fn(&Label) -> String) -> Vec<SegmentRule> {
        let mut rules: Vec<SegmentRule> = Vec::new();
        let mut start = 0;
        while let Some(first) = self.leaves.get(start) {
            let same = self.leaves[start..].iter();
            let same: Vec<&Leaf> = same
                .take_while(|leaf| leaf.segment == first.segment)
                .collect();
            start += same.len();
            let mut conditions: Vec<Condition> =
                same.iter().map(|leaf| leaf.when.clone()).collect();
            let when = match conditions.len() {
                1 => conditions.remove(0),
                _ => Condition::Any(conditions),
            };
            rules.push(SegmentRule {
                name: name(&first.label),
                when,
            });
        }
        rules
    }
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        AnalysisError::unless(
            (1..=5).contains(&self.depth),
            "depth",
            Rule::Between(1.0, 5.0),
        )
    }
}

/// The most customers that a tree is grown on.
const MOST_GROWN: usize = 50_000;

/// No side of a test has a smaller share of the customers that the tree is grown on, nor fewer than [`FEWEST`].
const LEAST_SHARE: f64 = 0.005;

/// Fewer customers on a side are no rule.
const FEWEST: usize = 5;

/// Explains `segmentation` by what `dataset` knows of the customers on `as_of`.
///
/// # Errors
/// [`AnalysisError::TooFewCustomers`] where nobody is in the segmentation; or stopped.
pub fn run(
    dataset: &Dataset,
    segmentation: &Segmentation,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Report, AnalysisError> {
    let measures = Measures::new(dataset, as_of);
    let places: Vec<u16> = (measures.present.iter())
        .map(|&customer| segmentation.place_of(customer as usize) as u16)
        .collect();
    let known: Vec<usize> = (0..places.len())
        .filter(|&at| usize::from(places[at]) < segmentation.segments.len())
        .collect();
    if known.is_empty() {
        return Err(AnalysisError::TooFewCustomers { need: 1, found: 0 });
    }
    let sample: Vec<usize> = stats::even_sample(known.len(), MOST_GROWN)
        .map(|at| known[at])
        .collect();
    let values: Vec<(String, Values<'_>)> = (measures.names().into_iter())
        .filter_map(|name| Some((name.to_string(), measures.values(&name)?)))
        .collect();
    let mut tree = Tree {
        features: Feature::all(&values),
        places: &places,
        n_segments: segmentation.segments.len(),
        least: ((sample.len() as f64 * LEAST_SHARE) as usize).max(FEWEST),
        done: 0,
        total: 1 << params.depth,
        monitor,
        leaves: Vec::new(),
    };
    tree.grow(&sample, &known, params.depth, &mut Vec::new())?;
    let mut leaves = tree.leaves;
    for leaf in &mut leaves {
        leaf.label = segmentation.segments[usize::from(leaf.segment)]
            .label
            .clone();
    }
    let order = gyeol_data::places_in_order(leaves.len(), &|a, b| {
        let (a, b) = (&leaves[a], &leaves[b]);
        let by_size = || b.n_customers.cmp(&a.n_customers);
        a.segment.cmp(&b.segment).then_with(by_size)
    });
    let leaves: Vec<Leaf> = order.into_iter().map(|at| leaves[at].clone()).collect();
    Ok(report(
        params,
        as_of,
        segmentation,
        &places,
        sample.len(),
        leaves,
    ))
}

fn report(
    params: &Checked<Params>,
    as_of: Day,
    segmentation: &Segmentation,
    places: &[u16],
    n_grown: usize,
    leaves: Vec<Leaf>,
) -> Report {
    let n_segments = segmentation.segments.len();
    let mut sizes = vec![0_u64; n_segments];
    for &place in places {
        if let Some(size) = sizes.get_mut(usize::from(place)) {
            *size += 1;
        }
    }
    let n_customers: u64 = sizes.iter().sum();
    let share = |part: u64, whole: u64| part as f64 / whole.max(1) as f64;
    let n_right = |place: usize| -> u64 {
        let own = leaves
            .iter()
            .filter(|leaf| usize::from(leaf.segment) == place);
        own.map(|leaf| leaf.n_right).sum()
    };
    let coverage = segmentation.segments.iter().enumerate();
    Report {
        params: Params::clone(params),
        as_of,
        n_customers,
        n_grown: n_grown as u64,
        fidelity: share(leaves.iter().map(|leaf| leaf.n_right).sum(), n_customers),
        baseline: share(sizes.iter().copied().max().unwrap_or(0), n_customers),
        coverage: coverage
            .map(|(place, segment)| (segment.label.clone(), share(n_right(place), sizes[place])))
            .collect(),
        leaves,
    }
}

/// A tree that is being grown.
struct Tree<'a> {
    features: Vec<Feature<'a>>,
    places: &'a [u16],
    n_segments: usize,
    least: usize,
    done: u64,
    total: u64,
    monitor: &'a mut dyn Monitor,
    leaves: Vec<Leaf>,
}

impl Tree<'_> {
    /// Grows a node on `sample`; `all` are the customers who come to it.
    fn grow(
        &mut self,
        sample: &[usize],
        all: &[usize],
        depth: usize,
        path: &mut Vec<Condition>,
    ) -> Result<(), AnalysisError> {
        self.monitor.checkpoint(self.done, self.total)?;
        let best = if depth == 0 {
            None
        } else {
            self.best_split(sample)
        };
        let Some(split) = best else {
            self.done += 1 << depth;
            self.leaves.push(self.leaf(all, path));
            return Ok(());
        };
        let feature = &self.features[split.feature];
        let is_in = |&at: &usize| feature.matches(&split.test, at);
        let (yes, no): (Vec<usize>, Vec<usize>) = sample.iter().partition(|at| is_in(at));
        let (all_yes, all_no): (Vec<usize>, Vec<usize>) = all.iter().partition(|at| is_in(at));
        let conditions = feature.conditions(&split.test);
        let n_before = self.leaves.len();
        for (condition, sample, of_side) in
            [(conditions.0, yes, all_yes), (conditions.1, no, all_no)]
        {
            path.push(condition);
            self.grow(&sample, &of_side, depth - 1, path)?;
            path.pop();
        }
        // A test whose sides are one segment tells nothing.
        if let [one, other] = &self.leaves[n_before..]
            && one.segment == other.segment
        {
            self.leaves.truncate(n_before);
            self.leaves.push(self.leaf(all, path));
        }
        Ok(())
    }

    fn leaf(&self, all: &[usize], path: &[Condition]) -> Leaf {
        let counts = self.counts(all);
        let (segment, n_right) =
            counts.iter().enumerate().fold(
                (0, 0),
                |best, (place, &n)| {
                    if n > best.1 { (place, n) } else { best }
                },
            );
        Leaf {
            segment: segment as u16,
            label: Label::Own(String::new()),
            when: Condition::All(strictest(path)),
            n_customers: all.len() as u64,
            n_right,
        }
    }

    fn counts(&self, customers: &[usize]) -> Vec<u64> {
        let mut counts = vec![0; self.n_segments];
        for &at in customers {
            counts[usize::from(self.places[at])] += 1;
        }
        counts
    }

    /// The split that leaves the least impurity, the first of equals; `None` where none leaves less.
    fn best_split(&self, sample: &[usize]) -> Option<Split> {
        let before = split::impurity(&self.counts(sample));
        let mut best: Option<Split> = None;
        for (place, feature) in self.features.iter().enumerate() {
            let found = feature.best(sample, self.places, self.n_segments, self.least);
            let Some((test, impurity)) = found else {
                continue;
            };
            let limit = best
                .as_ref()
                .map_or(before - 1e-9, |best| best.impurity - 1e-9);
            if impurity < limit {
                best = Some(Split {
                    feature: place,
                    test,
                    impurity,
                });
            }
        }
        best
    }
}

/// A path without the bounds that a later split of the same measure has made narrower.
fn strictest(path: &[Condition]) -> Vec<Condition> {
    let bound = |condition: &Condition| match condition {
        Condition::Is(test) => match test.value {
            Comparison::AtMost(_) => Some((test.measure.clone(), true)),
            Comparison::MoreThan(_) => Some((test.measure.clone(), false)),
            _ => None,
        },
        _ => None,
    };
    let is_kept = |(place, own): &(usize, &Condition)| {
        let own = bound(own);
        let mut later = path[place + 1..].iter();
        own.is_none() || !later.any(|other| bound(other) == own)
    };
    let kept = path.iter().enumerate().filter(is_kept);
    kept.map(|(_, condition)| condition.clone()).collect()
}

#[cfg(test)]
mod tests;

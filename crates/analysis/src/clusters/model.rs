//! A clustering by k-means, by Ward's linkage or by a mixture as a rule for other days and other files: how values are
//! cleaned and scaled, and the centres or the distributions.
//!
//! It is learnt from a finished clustering and holds no customer. On the day it was learnt on it gives the clusters
//! that it was learnt from; by Ward's linkage nearly, and says how nearly. Only these have one, and only where no cluster
//! was joined to another and no words or categories are features, which another day's texts would count anew: of the others the
//! nearest centre is not the cluster, and what would be the rule are single customers ([`super::members`]).

use serde::{Deserialize, Serialize};

use super::features::{MONETARY, Source};
use super::mixture::Distribution;
use super::{Linkage, Method, Output, Params, Report, k_means};
use crate::cleaning::{Cleaned, Cleaning};
use crate::scaling::Scale;
use crate::{AnalysisError, Label, Segmentation};
use gyeol_data::{Dataset, Day};

/// What makes clusters without fitting them anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The features: `recency`, `frequency`, `monetary`, or headers of columns of numbers.
    pub features: Vec<String>,
    /// What becomes of gaps and outliers.
    pub cleaning: Cleaning,
    /// How each feature is scaled.
    pub scales: Vec<Scale>,
    /// How much each feature counts: a factor after scaling.
    pub weights: Vec<f64>,
    /// Centres in scaled units, `clusters × features`.
    pub centres: Vec<Vec<f64>>,
    /// What the clusters are called.
    pub labels: Vec<Label>,
    /// The distributions of a mixture: customers go to the most probable; without any to the nearest centre.
    #[serde(default)]
    pub mixture: Vec<Distribution>,
    /// Share of the customers of its own day whom it puts where the clustering did, 0 to 1.
    #[serde(default = "whole")]
    pub agreement: f64,
}

/// What was kept before there was anything else puts all where the clustering did.
const fn whole() -> f64 {
    1.0
}

/// A project keeps the middles of clusters of at least so many customers: that of one is the customer's own values.
pub const FEWEST_KEPT: u64 = 5;

impl Params {
    /// Whether their clusters can be made on another day by a rule that holds no customer.
    pub fn have_rule(&self) -> bool {
        let has_rule = match self.method {
            Method::KMeans | Method::GaussianMixture => true,
            // A group joins where the sum of squares grows least: one customer near the nearest mean.
            Method::Hierarchical => self.linkage == Linkage::Ward,
            _ => false,
        };
        has_rule && !self.counts_texts()
    }
}

impl Report {
    /// Whether no project keeps the rule of these clusters, since one has too few customers.
    pub fn is_too_small_to_keep(&self) -> bool {
        let is_fit = self.params.held.is_none();
        let has_rule = is_fit && self.params.have_rule() && self.n_joined == 0;
        has_rule && self.quality.n_smallest < FEWEST_KEPT
    }
}

impl Model {
    /// Whether a project may hold it: neither a cluster of `report` nor a distribution stands for fewer than
    /// [`FEWEST_KEPT`] customers. One that is held has been in a project already.
    pub(crate) fn may_be_kept(&self, report: &Report) -> bool {
        if report.params.held.is_some() {
            return true;
        }
        let least = FEWEST_KEPT as f64 / report.n_customers.max(1) as f64;
        let mut shares = self.mixture.iter().map(|one| one.share);
        !report.is_too_small_to_keep() && shares.all(|share| share >= least)
    }

    /// What a clustering of `dataset` on `as_of` was made with; `None` where it has no such rule.
    pub(crate) fn of(
        dataset: &Dataset,
        (report, segmentation, mixture): (&Report, &Segmentation, &[Distribution]),
        as_of: Day,
    ) -> Option<Self> {
        if let Some(held) = &report.params.held {
            return Some(Self::clone(held));
        }
        Self::learn(
            &Source::new(dataset, as_of),
            (report, segmentation, mixture),
        )
    }

    /// What a clustering was made with that may be kept in a project.
    pub(super) fn to_keep(source: &Source<'_>, output: &Output) -> Option<Box<Self>> {
        let report = &output.report;
        let model = Self::learn(source, (report, &output.segmentation, &output.mixture))?;
        model.may_be_kept(report).then(|| Box::new(model))
    }

    fn learn(
        source: &Source<'_>,
        (report, segmentation, mixture): (&Report, &Segmentation, &[Distribution]),
    ) -> Option<Self> {
        let params = &report.params;
        let lacks_any = matches!(params.method, Method::GaussianMixture) && mixture.is_empty();
        if !params.have_rule() || report.n_joined > 0 || lacks_any {
            return None;
        }
        let columns = source.numbers(&params.features).ok()?;
        let cleaning = Cleaning::learn(&columns, params.missing, params.outliers);
        let labels = segmentation.segments.iter().map(|one| one.label.clone());
        let labels: Vec<Label> = labels
            .filter(|label| matches!(label, Label::Cluster { .. }))
            .collect();
        let ((customers, _), _, mut columns) =
            cleaned(source, &cleaning, &params.features, columns, Vec::new());
        let scales = columns.iter_mut();
        let scales = scales.map(|column| params.scaling.learn(column)).collect();
        let weights = params.features.iter().map(|name| params.weight_of(name));
        let weights: Vec<f64> = weights.collect();
        weigh(&mut columns, &weights);
        let of = |&customer: &u32| segmentation.assignment[customer as usize];
        let own: Vec<u16> = customers.iter().map(of).collect();
        let centres = k_means::means(&columns, &own, labels.len());
        let agreement = match params.method {
            Method::Hierarchical => {
                let placed = k_means::nearest(&columns, &centres);
                let n_same = placed.iter().zip(&own).filter(|(a, b)| a == b).count();
                n_same as f64 / own.len().max(1) as f64
            }
            _ => whole(),
        };
        let model = Self {
            features: params.features.clone(),
            cleaning,
            scales,
            weights,
            centres,
            labels,
            mixture: mixture.to_vec(),
            agreement,
        };
        model.is_sound().then_some(model)
    }

    /// Whether everything has a place and is a number.
    pub(super) fn is_sound(&self) -> bool {
        let n = self.features.len();
        let shapes = [
            self.cleaning.bounds.len(),
            self.cleaning.fills.len(),
            self.scales.len(),
            self.weights.len(),
        ];
        let is_row = |centre: &Vec<f64>| centre.len() == n && centre.iter().all(|z| z.is_finite());
        let is_finite = |scale: &Scale| scale.shift.is_finite() && scale.divisor.is_finite();
        let is_matrix = self.centres.iter().all(is_row) && shapes == [n; 4] && n > 0;
        let is_named = self.centres.len() == self.labels.len() && !self.labels.is_empty();
        let is_weighed = self.weights.iter().all(|weight| weight.is_finite())
            && (0.0..=1.0).contains(&self.agreement);
        let is_cluster = |place: u16| usize::from(place) < self.labels.len();
        let mut clusters = self.mixture.iter().map(|one| one.cluster);
        let has_places = clusters.clone().flatten().all(is_cluster)
            && (self.mixture.is_empty() || clusters.any(|cluster| cluster.is_some()))
            && self.mixture.iter().all(|one| one.is_sound(n));
        is_matrix && is_named && is_weighed && has_places && self.scales.iter().all(is_finite)
    }

    /// The customers of `dataset` on `as_of` in these clusters.
    ///
    /// # Errors
    /// As [`Model::place`].
    pub(crate) fn segmentation(
        &self,
        dataset: &Dataset,
        as_of: Day,
    ) -> Result<Segmentation, AnalysisError> {
        let placed = self.place(&Source::new(dataset, as_of), as_of)?;
        Ok(placed.segmentation(dataset, self))
    }
}

/// As features are weighed for the fit: what counts once is not touched.
pub(super) fn weigh(columns: &mut [Vec<f64>], weights: &[f64]) {
    for (column, &weight) in columns.iter_mut().zip(weights) {
        if weight.total_cmp(&1.0).is_ne() {
            column.iter_mut().for_each(|value| *value *= weight);
        }
    }
}

/// Who has all features, and who has not: customer numbers, rising.
pub(super) type Who = (Vec<u32>, Vec<u32>);

/// Who has all features and who has not, what was changed, and the columns of the first: numbers, then places among
/// texts.
pub(super) fn cleaned(
    source: &Source<'_>,
    cleaning: &Cleaning,
    features: &[String],
    mut columns: Vec<Vec<Option<f64>>>,
    texts: Vec<Vec<Option<f64>>>,
) -> (Who, Cleaned, Vec<Vec<f64>>) {
    let (is_outlying, changed) = cleaning.apply(&mut columns);
    columns.extend(texts);
    let has_money = features.iter().any(|name| name == MONETARY);
    let has_all = |place: usize| {
        let is_emptied = has_money && source.is_emptied(source.present[place]);
        let is_outlying = is_outlying.get(place) == Some(&true);
        !is_outlying && !is_emptied && columns.iter().all(|one| one[place].is_some())
    };
    let places = 0..source.present.len();
    let (inside, outside): (Vec<usize>, Vec<usize>) = places.partition(|&place| has_all(place));
    let who = |places: &[usize]| places.iter().map(|&place| source.present[place]).collect();
    let of = |column: &Vec<Option<f64>>| inside.iter().filter_map(|&place| column[place]).collect();
    (
        (who(&inside), who(&outside)),
        changed,
        columns.iter().map(of).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Missing, Outliers, Params as _, Rule, Scaling, SegmentationId, Unwatched, clusters, testing,
    };
    use proptest::prelude::*;

    fn fitted(dataset: &Dataset, params: Params, day: i32) -> Option<clusters::Output> {
        let params = params.checked().ok()?;
        clusters::run(dataset, &params, Day::from_number(day), &mut Unwatched).ok()
    }

    fn model(dataset: &Dataset, output: &clusters::Output, day: i32) -> Option<Model> {
        let as_of = Day::from_number(day);
        let made = (&output.report, &output.segmentation, &*output.mixture);
        Model::of(dataset, made, as_of)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn on_its_own_day_it_gives_the_clusters_it_was_learnt_from(
            orders in prop::collection::vec((0..30_u8, 0..200_i32, 1..900_i64), 12..80),
            k in 2..5_usize,
            outliers in 0..3_usize,
            weight in 1..4_u8,
            is_mixture in any::<bool>(),
        ) {
            let ids: Vec<String> = orders.iter().map(|(id, _, _)| format!("{id}")).collect();
            let rows: Vec<_> = ids.iter().zip(&orders).map(|(id, one)| (id.as_str(), one.1, one.2)).collect();
            let dataset = testing::orders(&rows);
            let outliers = [Outliers::Keep, Outliers::Winsorise, Outliers::LeaveOut][outliers];
            let weights = [("recency".to_owned(), f64::from(weight))].into();
            let method = if is_mixture { Method::GaussianMixture } else { Method::KMeans };
            let params = Params { method, k, restarts: 2, outliers, weights, ..Params::default() };
            let output = fitted(&dataset, params, 150);
            prop_assume!(output.is_some());
            let output = output.unwrap();
            let model = model(&dataset, &output, 150).unwrap();
            let again = model.segmentation(&dataset, Day::from_number(150)).unwrap();
            prop_assert_eq!(&again.segments, &output.segmentation.segments);
            prop_assert_eq!(&again.assignment, &output.segmentation.assignment);
            let bits = |of: &Segmentation| of.membership.clone().map(|all| all.into_iter().map(f32::to_bits).collect::<Vec<_>>());
            prop_assert_eq!(bits(&again), bits(&output.segmentation));
            let json = serde_json::to_string(&model).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Model>(&json).unwrap(), &model);
        }
    }

    #[test]
    fn later_customers_go_to_the_centres_of_then() {
        let early = [
            ("a", 10, 100),
            ("b", 11, 120),
            ("c", 40, 9_000),
            ("d", 41, 9_500),
        ];
        let params = Params {
            k: 2,
            features: vec!["monetary".to_owned()],
            scaling: Scaling::None,
            ..Params::default()
        };
        let dataset = testing::orders(&early);
        let model = model(&dataset, &fitted(&dataset, params, 45).unwrap(), 45).unwrap();
        let mut late = early.to_vec();
        late.extend([("a", 60, 8_000), ("e", 61, 50)]);
        let later = model
            .segmentation(&testing::orders(&late), Day::from_number(70))
            .unwrap();
        // `a` spends as the dear ones do now; the centres have not moved with it.
        assert_eq!(later.assignment, [0, 1, 0, 0, 1]);
    }

    #[test]
    fn later_customers_go_to_the_distribution_that_is_most_probable_and_not_to_the_nearest_mean() {
        // Dear customers are spread wide, cheap ones are all alike.
        let cheap = (0..12).map(|n| ("c", n, 100 + i64::from(n)));
        let dear = (0..12).map(|n| ("d", n, 4_000 + 3_000 * i64::from(n)));
        let all: Vec<(String, i32, i64)> = cheap
            .chain(dear)
            .map(|(kind, n, cents)| (format!("{kind}{n:02}"), n, cents))
            .collect();
        let mut rows: Vec<_> = all
            .iter()
            .map(|(id, day, cents)| (id.as_str(), *day, *cents))
            .collect();
        let dataset = testing::orders(&rows);
        let params = Params {
            k: 2,
            method: Method::GaussianMixture,
            features: vec!["monetary".to_owned()],
            ..Params::default()
        };
        let model = model(&dataset, &fitted(&dataset, params, 45).unwrap(), 45).unwrap();
        rows.push(("e", 40, 3_000));
        let later = testing::orders(&rows);
        let later = model.segmentation(&later, Day::from_number(50)).unwrap();
        assert_eq!(
            later.assignment[24], 0,
            "far from the mean of its own, farther from those alike"
        );
        assert_eq!((later.assignment[0], later.assignment[12]), (1, 0));
    }

    #[test]
    fn no_project_holds_the_rule_of_a_cluster_of_very_few_customers() {
        for n_dear in [1, 4, 5] {
            let ids: Vec<String> = (0..12).map(|n| format!("c{n:02}")).collect();
            let is_dear = |n: usize| n < n_dear;
            let rows = ids.iter().enumerate();
            let rows: Vec<_> = rows
                .map(|(n, id)| {
                    (
                        id.as_str(),
                        10,
                        if is_dear(n) { 90_000 } else { 100 } + n as i64,
                    )
                })
                .collect();
            let dataset = testing::orders(&rows);
            for method in [Method::KMeans, Method::Hierarchical] {
                let params = Params {
                    k: 2,
                    method,
                    features: vec!["monetary".to_owned()],
                    ..Params::default()
                };
                let output = fitted(&dataset, params, 45).unwrap();
                // Between two dates of this file it may still be used.
                let model = model(&dataset, &output, 45).unwrap();
                let is_kept = n_dear >= FEWEST_KEPT as usize;
                assert_eq!(
                    model.may_be_kept(&output.report),
                    is_kept,
                    "{n_dear} {method:?}"
                );
                assert_eq!(output.report.is_too_small_to_keep(), !is_kept);
            }
        }
    }

    #[test]
    fn no_project_holds_a_distribution_of_very_few_customers() {
        let ids: Vec<String> = (0..40).map(|n| format!("c{n:02}")).collect();
        let rows = ids.iter().enumerate();
        let rows: Vec<_> = rows
            .map(|(n, id)| {
                (
                    id.as_str(),
                    10,
                    if n < 20 { 90_000 } else { 100 } + n as i64,
                )
            })
            .collect();
        let dataset = testing::orders(&rows);
        let params = Params {
            k: 2,
            method: Method::GaussianMixture,
            features: vec!["monetary".to_owned()],
            ..Params::default()
        };
        let output = fitted(&dataset, params, 45).unwrap();
        let mut model = model(&dataset, &output, 45).unwrap();
        assert!(model.may_be_kept(&output.report));
        model.mixture[0].share = 0.1;
        assert!(!model.may_be_kept(&output.report), "four of forty");
    }

    #[test]
    fn gaps_are_filled_with_the_median_of_then_and_a_missing_column_is_named() {
        let ages = vec![Some(20.0), Some(22.0), Some(60.0), Some(64.0)];
        let dataset = testing::numbers(&[("age", ages)]);
        let params = Params {
            k: 2,
            features: vec!["age".to_owned()],
            missing: Missing::Median,
            ..Params::default()
        };
        let model = model(&dataset, &fitted(&dataset, params, 9).unwrap(), 9).unwrap();
        assert_eq!(model.cleaning.fills, [Some(41.0)]);
        let later = testing::numbers(&[("age", vec![None, Some(99.0)])]);
        let later = model.segmentation(&later, Day::from_number(9)).unwrap();
        assert_eq!(later.assignment.len(), 2);
        let other = testing::numbers(&[("size", vec![Some(1.0)])]);
        let expected = AnalysisError::LacksColumns {
            of: Some(SegmentationId::Clusters),
            columns: vec!["age".to_owned()],
        };
        assert_eq!(
            model.segmentation(&other, Day::from_number(9)),
            Err(expected)
        );
    }

    #[test]
    fn by_wards_linkage_it_says_how_many_it_puts_where_the_tree_did() {
        let spent = (0..40).map(|n| {
            (
                format!("{n:02}"),
                n % 9 * 7,
                100 + i64::from(n * n * 13 % 977),
            )
        });
        let all: Vec<(String, i32, i64)> = spent.collect();
        let rows: Vec<_> = all
            .iter()
            .map(|(id, day, cents)| (id.as_str(), *day, *cents))
            .collect();
        let dataset = testing::orders(&rows);
        let params = Params {
            k: 4,
            method: Method::Hierarchical,
            ..Params::default()
        };
        let output = fitted(&dataset, params, 80).unwrap();
        let model = model(&dataset, &output, 80).unwrap();
        let again = model.segmentation(&dataset, Day::from_number(80)).unwrap();
        let pairs = again.assignment.iter().zip(&output.segmentation.assignment);
        let n_same = pairs.filter(|(a, b)| a == b).count();
        assert!((model.agreement - n_same as f64 / 40.0).abs() < 1e-12);
        assert!(model.agreement > 0.5 && model.agreement < 1.0);
        let json = serde_json::to_string(&model).unwrap();
        assert_eq!(serde_json::from_str::<Model>(&json).unwrap(), model);
        // A project of before says nothing of it.
        let before = json.replace(&format!(",\"agreement\":{}", model.agreement), "");
        let before: Model = serde_json::from_str(&before).unwrap();
        assert!(before.agreement >= 1.0);
    }

    #[test]
    fn other_methods_and_models_that_are_none_are_refused() {
        let dataset = testing::orders(&[("a", 1, 1), ("b", 2, 50), ("c", 3, 900), ("d", 4, 901)]);
        let params = Params {
            k: 2,
            method: Method::Hierarchical,
            linkage: Linkage::Average,
            ..Params::default()
        };
        let tree = fitted(&dataset, params, 9).unwrap();
        assert_eq!(model(&dataset, &tree, 9), None);
        let params = Params {
            k: 2,
            ..Params::default()
        };
        let mut model = model(&dataset, &fitted(&dataset, params, 9).unwrap(), 9).unwrap();
        model.centres[0].pop();
        let expected = AnalysisError::param("kept", Rule::NotEmpty);
        assert_eq!(
            model.segmentation(&dataset, Day::from_number(9)),
            Err(expected)
        );
    }
}

//! Clusters of customers on chosen features, by one of several methods.
//!
//! Customers enter in id order and clusters are numbered by mean value, so that neither the order of rows nor a
//! method's own numbers can show. A method gives labels; everything after is the same for all.
//! Formula, assumptions and limits: `docs/methods/clusters.md`. Sources: Lloyd (1982); Arthur &
//! Vassilvitskii (2007); Rousseeuw (1987) for the silhouette; Caliński & Harabasz (1974); Davies & Bouldin (1979).

mod categories;
mod centres;
mod closeness;
mod components;
mod consensus;
mod density;
mod features;
mod fit;
mod genetic;
mod held;
mod hierarchy;
mod k_means;
mod labels;
mod medoids;
mod members;
mod method;
mod metric;
mod mixture;
mod model;
mod naming;
mod natural;
mod neighbours;
mod parallel;
mod quality;
mod reachability;
mod report;
mod resample;
mod sample;
mod silhouette;
mod small;
mod steps;
mod tokens;
mod tree;
mod tsne;
mod valleys;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    AnalysisError, Checked, Missing, Monitor, Outliers, Rule, Scaling, Segmentation, profile,
};
use features::{Features, Source};
use fit::Extra;
use genetic::Resolved;
use gyeol_data::{Dataset, Day};
use k_means::Clustering;
use natural::Natural;
pub(super) use resample::{mean, resample as resampled};
use silhouette::Silhouettes;
use steps::Steps;

pub use categories::{
    ClusterLevel, Coding, FoundCategory, Level, MOST_CATEGORIES, MOST_LEVELS, TOGETHER,
};
pub(super) use closeness::closeness;
pub use closeness::{Closeness, OwnFeature};
pub use features::MOST_TEXTS;
pub use genetic::{Evolution, Goal, Search};
pub(super) use members::Members;
pub use method::{
    Agreement, Consensus, Dendrogram, Density, DensityProblem, Found, Leaf, Likelihood, Linkage,
    Medoids, Merge, Method, Value,
};
pub use mixture::Distribution;
pub use model::{FEWEST_KEPT, Model};
pub use natural::{Gap, Strength};
pub use parallel::Parallel;
pub use report::{
    ClusterSilhouette, PcaMap, Projection, Quality, Redundant, Report, SilhouetteBasis,
};
pub use words::{ClusterWord, FoundWords, KeptWord, MOST_WORDS, Words};

/// The most clusters that a method is told to make.
pub const MOST_CLUSTERS: usize = 20;

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// How customers are grouped.
    pub method: Method,
    /// How many clusters, 2 to 20, where the method is told.
    pub k: usize,
    /// How far two groups are from each other, for hierarchical clusters.
    pub linkage: Linkage,
    /// How near others must be, in scaled units, for DBSCAN; 0 to 1,000,000.
    pub eps: f64,
    /// How many customers must be that near, oneself included, for DBSCAN and OPTICS; 1 to 1,000.
    pub min_points: usize,
    /// By what share reaches must fall and rise around a cluster, for OPTICS; 0.001 to 0.999.
    pub xi: f64,
    /// The fewest customers of a cluster; 1 to 1,000,000. Smaller ones join the nearest.
    pub min_size: usize,
    /// `recency`, `frequency`, `monetary`, or headers of numeric columns; at most 50. None are the [`usual`] ones; what
    /// is named here is never replaced.
    pub features: Vec<String>,
    /// Words of a column of texts that are features besides.
    pub words: Words,
    /// How columns of texts count as categories, by header; at most 5. They are features besides those that are named,
    /// or alone where no other is.
    pub categories: BTreeMap<String, Coding>,
    /// What becomes of customers without a value.
    pub missing: Missing,
    /// What becomes of values far from the others.
    pub outliers: Outliers,
    /// How they are scaled.
    pub scaling: Scaling,
    /// How much features count, by name: a factor after scaling, 0.01 to 100; 1 where none is named. Gower's distance
    /// goes without.
    pub weights: BTreeMap<String, f64>,
    /// What a genetic search may change, and what it is judged by.
    pub search: Search,
    /// What the map is drawn by.
    pub map: Projection,
    /// Restarts; the best by inertia is kept. 1 to 100.
    pub restarts: usize,
    /// Seed of all randomness.
    pub seed: u64,
    /// The rule of another day or file that customers are placed by, in place of a fit.
    pub held: Option<Box<Model>>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            method: Method::default(),
            k: 5,
            linkage: Linkage::default(),
            eps: 0.5,
            min_points: 5,
            xi: 0.05,
            min_size: 1,
            features: Vec::new(),
            words: Words::default(),
            categories: BTreeMap::new(),
            missing: Missing::default(),
            outliers: Outliers::default(),
            scaling: Scaling::default(),
            weights: BTreeMap::new(),
            search: Search::default(),
            map: Projection::default(),
            restarts: 10,
            seed: 42,
            held: None,
        }
    }
}

impl Params {
    /// Whether `k` says how many clusters there will be.
    pub const fn asks_for_k(&self) -> bool {
        let is_free = self.search.k && !matches!(self.search.quality, Goal::DistanceSum);
        self.method.has_k() || matches!(self.method, Method::Genetic) && !is_free
    }

    /// Whether anything is a feature that another day's texts would count anew: words, or levels of categories.
    pub fn counts_texts(&self) -> bool {
        self.words.are_features() || !self.categories.is_empty()
    }

    /// How much a feature counts.
    fn weight_of(&self, name: &str) -> f64 {
        self.weights.get(name).copied().unwrap_or(1.0)
    }

    /// The fewest different customers that the method needs.
    const fn least(&self) -> usize {
        if self.asks_for_k() { self.k } else { 2 }
    }
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// The clusters.
    pub segmentation: Segmentation,
    /// How well each customer of the dataset fits into its cluster, -1 to 1; not a number where it was not measured.
    pub silhouettes: Vec<f32>,
    /// The distributions of a mixture whose clusters were not joined; none of other methods.
    pub mixture: Vec<Distribution>,
}

/// Below this silhouette a customer lies between two clusters.
pub const BETWEEN: f64 = silhouette::BETWEEN;

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        let broken = |field: &str, rule| {
            Err(AnalysisError::Param {
                field: field.into(),
                rule,
            })
        };
        for (field, value, least, most) in [
            ("k", self.k as f64, 2.0, MOST_CLUSTERS as f64),
            ("restarts", self.restarts as f64, 1.0, 100.0),
            ("eps", self.eps, 0.0, 1e6),
            ("min_points", self.min_points as f64, 1.0, 1000.0),
            ("xi", self.xi, 0.001, 0.999),
            ("min_size", self.min_size as f64, 1.0, 1e6),
            ("min_customers", self.words.min_customers as f64, 1.0, 1e6),
            (
                "max_words",
                self.words.max_words as f64,
                1.0,
                MOST_WORDS as f64,
            ),
            (
                "categories",
                self.categories.len() as f64,
                0.0,
                MOST_CATEGORIES as f64,
            ),
        ] {
            if !(least..=most).contains(&value) {
                return broken(field, Rule::Between(least, most));
            }
        }
        let mut weights = self.weights.values();
        if !weights.all(|weight| (0.01..=100.0).contains(weight)) {
            return broken(features::WEIGHTS, Rule::Between(0.01, 100.0));
        }
        match self.features.len() {
            0..=50 => Ok(()),
            _ => broken("features", Rule::Between(1.0, 50.0)),
        }
    }
}

/// The features that are taken where nobody chose any: of those that are `known` recency, frequency and money, or all
/// where recency or frequency is not among them.
pub fn usual(known: &[String]) -> Vec<String> {
    let history = [features::RECENCY, features::FREQUENCY, features::MONETARY];
    let is_known = |name: &&str| known.iter().any(|known| known == name);
    if !history[..2].iter().all(is_known) {
        return known.to_vec();
    }
    let history = history.iter().filter(|name| is_known(name));
    history.map(|&name| name.to_owned()).collect()
}

/// Clusters the customers of `dataset` as they were on `as_of`, or places them by a rule that is held.
///
/// # Errors
/// Too few (distinct) customers, a feature that does not exist, or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let source = Source::new(dataset, as_of);
    if let Some(model) = &params.held {
        return held::run((dataset, &source), model, params, as_of, monitor);
    }
    let mut output = fit_anew((dataset, &source), params, as_of, monitor)?;
    output.report.rule = Model::to_keep(&source, &output);
    Ok(output)
}

fn fit_anew(
    (dataset, source): (&Dataset, &Source<'_>),
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let features = source.features(params)?;
    features.check_enough(params.least())?;
    let n_fit = fit::n_steps(params, features.customers.len());
    let mut steps = Steps::new(monitor, n_steps(params, n_fit));
    let Resolved {
        features,
        params: resolved,
        evolution,
    } = genetic::resolve(features, params, &mut steps)?;
    let columns = &features.scaled;
    let fit::Fitted {
        mut clustering,
        membership,
        extra,
        mixture,
    } = fit::fit(&features, &resolved, &mut steps)?;
    let extra = evolution.map_or(extra, Extra::Evolution);
    let n_joined = small::join_small(columns, &features.metric, &mut clustering, params.min_size)?;
    labels::number_by_value(source, &features, &mut clustering);
    let silhouettes = silhouettes(&features, &clustering, params.seed, &steps)?;
    let quality = Quality {
        bic: extra.bic(),
        ..quality::measure(columns, &features.metric, &clustering, &silhouettes)
    };
    steps.advance()?;
    let mut segmentation = labels::segmentation(dataset, source, &features, &clustering);
    segmentation.membership = membership.map(|own| labels::of_all(dataset, &features, &own));
    let numbers = &columns[..features.n_numbers()];
    let report = Report {
        params: Params {
            features: features.names.clone(),
            ..Params::clone(params)
        },
        as_of,
        n_customers: features.customers.len() as u64,
        n_unclustered: features.unclustered.len() as u64,
        cleaned: features.cleaned,
        inertia: quality.inertia,
        silhouette: quality.silhouette,
        quality,
        silhouettes: silhouettes.clusters,
        segments: profile::run(dataset, &segmentation, as_of),
        centres_z: report::centres_z(numbers, &clustering),
        parallel: parallel::lay(numbers, &clustering, params.seed, &steps)?,
        map: components::map(&features, &clustering.labels, params.map, &mut steps)?,
        n_joined,
        found: extra.found(&features, &clustering),
        categories: features.categories(dataset, &clustering.labels, clustering.centres.len()),
        words: FoundWords::of(&features, &clustering.labels, clustering.centres.len()),
        available_features: source.names(),
        redundant: report::redundant(numbers, &features),
        rule: None,
    };
    steps.advance()?;
    Ok(Output {
        report,
        segmentation,
        silhouettes: labels::of_all(dataset, &features, &silhouettes.values),
        mixture: fit::placed(mixture, n_joined, &clustering.labels),
    })
}

/// Steps of a whole run whose fit has `n_fit`.
fn n_steps(params: &Params, n_fit: usize) -> u64 {
    (n_fit + 2 + components::n_steps(params.map)) as u64
}

fn silhouettes(
    features: &Features,
    clustering: &Clustering,
    seed: u64,
    steps: &Steps<'_>,
) -> Result<Silhouettes, AnalysisError> {
    let (labels, k) = (&clustering.labels, clustering.centres.len());
    silhouette::measure(&features.scaled, &features.metric, labels, k, seed, steps)
}

/// What is known of every number of clusters.
#[derive(Default)]
pub(super) struct Counted {
    /// Quality of the best clustering into 2 or more, as far as there are different customers.
    pub(super) rows: Vec<Quality>,
    /// Restarts behind each.
    pub(super) restarts: usize,
    /// Whether there are groups at all.
    pub(super) natural: Natural,
}

/// Clusters into 2 to `most`, as far as there are different customers, and asks whether there are groups at all.
/// Nothing where the method finds the number itself.
pub(super) fn qualities(
    dataset: &Dataset,
    params: &Params,
    as_of: Day,
    most: usize,
    monitor: &mut dyn Monitor,
) -> Result<Counted, AnalysisError> {
    if !params.method.has_k() {
        return Ok(Counted::default());
    }
    let features = Source::new(dataset, as_of).features(params)?;
    features.check_enough(2)?;
    let most = features.n_distinct(most);
    let restarts = restarts_for(params, features.customers.len());
    let params = Params {
        restarts,
        ..params.clone()
    };
    let (shared, each) = fit::Counts::n_steps(&params, features.customers.len());
    let n_own = shared + (most - 1) * (each + 1);
    let n_steps = n_own + natural::n_steps(&params, features.customers.len(), most);
    let mut steps = Steps::new(monitor, n_steps as u64);
    let counts = fit::Counts::new(&features, params.clone(), &mut steps)?;
    let mut rows = Vec::with_capacity(most - 1);
    for k in 2..=most {
        let fitted = counts.fit(k, &mut steps)?;
        let (clustering, metric) = (&fitted.clustering, &features.metric);
        let silhouettes = silhouettes(&features, clustering, params.seed, &steps)?;
        rows.push(Quality {
            k,
            bic: fitted.extra.bic(),
            ..quality::measure(&features.scaled, metric, clustering, &silhouettes)
        });
        steps.advance()?;
    }
    let natural = natural::look(&features, &params, most, &mut steps)?;
    Ok(Counted {
        rows,
        restarts,
        natural,
    })
}

/// Nine clusterings are to take seconds: above 50,000 customers each gets fewer restarts, and mixtures, whose steps
/// are longer and more, above 10,000.
fn restarts_for(params: &Params, n_customers: usize) -> usize {
    let most = match params.method {
        Method::GaussianMixture => 100_000,
        _ => 500_000,
    };
    params.restarts.min((most / n_customers.max(1)).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Label, Params as _, SegmentName, Unwatched, testing};
    use proptest::prelude::*;

    fn run_on(dataset: &Dataset, params: Params) -> Result<Output, AnalysisError> {
        run(
            dataset,
            &params.checked()?,
            Day::from_number(30),
            &mut Unwatched,
        )
    }

    fn lacks(columns: &[&str]) -> AnalysisError {
        AnalysisError::LacksColumns {
            of: None,
            columns: columns.iter().map(|&name| name.into()).collect(),
        }
    }

    fn on(features: &[&str], k: usize) -> Params {
        let features = features.iter().map(|&name| name.into()).collect();
        Params {
            k,
            features,
            restarts: 3,
            ..Params::default()
        }
    }

    fn shop() -> Dataset {
        testing::orders(&[
            ("a", 29, 90_000),
            ("b", 28, 80_000),
            ("c", 2, 100),
            ("d", 1, 200),
            ("e", 99, 5),
        ])
    }

    #[test]
    fn clusters_are_numbered_by_money_and_absent_customers_are_in_none() {
        let output = run_on(
            &shop(),
            Params {
                k: 2,
                ..Params::default()
            },
        )
        .unwrap();
        assert_eq!(
            output.segmentation.assignment,
            [0, 0, 1, 1, Segmentation::ABSENT]
        );
        assert_eq!(output.report.segments[0].revenue.to_string(), "1700");
        assert_eq!(output.report.n_customers, 4);
        let numbers: Vec<_> = output
            .report
            .segments
            .iter()
            .map(|s| match s.label {
                Label::Cluster { number, .. } => number,
                _ => 0,
            })
            .collect();
        assert_eq!(numbers, [1, 2]);
    }

    #[test]
    fn a_customer_without_a_value_is_unclustered_and_still_counted() {
        let ages = vec![Some(20.0), Some(21.0), None, Some(60.0), Some(1e200)];
        let output = run_on(&testing::numbers(&[("age", ages)]), on(&["age"], 2)).unwrap();
        assert_eq!(output.segmentation.assignment, [1, 1, 2, 0, 2]);
        assert_eq!(output.report.n_unclustered, 2);
        let last = output.report.segments.last().unwrap();
        assert_eq!(
            (last.label.clone(), last.n_customers),
            (Label::Known(SegmentName::Unclustered), 2)
        );
    }

    #[test]
    fn features_that_are_not_there_are_named() {
        let dataset = testing::numbers(&[
            ("age", vec![Some(1.0), Some(2.0)]),
            ("empty", vec![None, None]),
        ]);
        let run_with = |name| run_on(&dataset, on(&["age", name], 2)).map(|_| ());
        for lacking in ["recency", "agee"] {
            assert_eq!(run_with(lacking), Err(lacks(&[lacking])));
        }
        let nobody = AnalysisError::of_column("features", "empty", Rule::SomeValues);
        assert_eq!(run_with("empty"), Err(nobody));
    }

    #[test]
    fn where_nobody_has_all_features_that_is_said_and_not_that_there_are_no_customers() {
        let dataset = testing::numbers(&[
            ("age", vec![Some(1.0), None, Some(3.0)]),
            ("income", vec![None, Some(2.0), None]),
        ]);
        let found = run_on(&dataset, on(&["age", "income"], 2)).map(|_| ());
        let expected = AnalysisError::LackValues {
            need: 2,
            found: 0,
            n_without: 3,
        };
        assert_eq!(found, Err(expected));
    }

    #[test]
    fn a_weight_of_what_there_is_not_is_refused_by_its_name() {
        let dataset = testing::numbers(&[
            ("age", vec![Some(1.0), Some(2.0)]),
            ("income", vec![Some(5.0), Some(9.0)]),
        ]);
        let weighed = |name: &str, weight: f64| {
            let weights = [(name.to_owned(), weight)].into();
            let params = on(&["age"], 2);
            run_on(&dataset, Params { weights, ..params }).map(|_| ())
        };
        // One that is not chosen is only not used.
        for known in ["age", "income"] {
            assert_eq!(weighed(known, 2.0), Ok(()));
        }
        let of = |name| AnalysisError::of_column("feature_weights", name, Rule::KnownMeasure);
        assert_eq!(weighed("agee", 2.0), Err(of("agee")));
        let range = AnalysisError::param("feature_weights", Rule::Between(0.01, 100.0));
        assert_eq!(weighed("age", 0.0), Err(range));
    }

    #[test]
    fn without_history_the_default_features_are_the_columns_of_numbers() {
        let dataset = testing::numbers(&[
            ("age", vec![Some(1.0), Some(2.0)]),
            ("empty", vec![None, None]),
        ]);
        let params = Params {
            k: 2,
            ..Params::default()
        };
        let output = run_on(&dataset, params).unwrap();
        assert_eq!(output.report.params.features, ["age"]);
    }

    #[test]
    fn without_money_the_default_features_are_the_other_two() {
        let mut dataset = shop();
        dataset.has_money = false;
        let output = run_on(
            &dataset,
            Params {
                k: 2,
                ..Params::default()
            },
        )
        .unwrap();
        assert_eq!(output.report.params.features, ["recency", "frequency"]);
        let available = output.report.available_features;
        assert_eq!(available[..2], ["recency", "frequency"]);
        let of_money = ["monetary", "average_order_value", "spend_trend"];
        assert!(
            !available
                .iter()
                .any(|name| of_money.contains(&name.as_str()))
        );
    }

    #[test]
    fn how_customers_buy_can_be_a_feature() {
        // Two grow, two fade, and one has a single order.
        let mut orders = Vec::new();
        for (id, late) in [("a", 20), ("b", 22), ("c", 3), ("d", 4)] {
            orders.extend([(id, 0, 100), (id, late, 100)]);
        }
        orders.push(("e", 29, 100));
        let output = run_on(&testing::orders(&orders), on(&["order_trend"], 2)).unwrap();
        let assignment = &output.segmentation.assignment;
        assert_eq!(assignment[0], assignment[1]);
        assert_eq!(assignment[2], assignment[3]);
        assert_ne!(assignment[0], assignment[2]);
        assert_eq!(output.report.n_unclustered, 1);
    }

    #[test]
    fn what_a_person_has_chosen_is_never_replaced_by_what_is_there() {
        let mut dataset = shop();
        dataset.has_money = false;
        let chosen = ["recency", "frequency", "monetary"];
        let found = run_on(&dataset, on(&chosen, 2)).map(|_| ());
        assert_eq!(found, Err(lacks(&["monetary"])));
        let ages = testing::numbers(&[("age", vec![Some(1.0), Some(2.0)])]);
        let found = run_on(&ages, on(&chosen, 2)).map(|_| ());
        assert_eq!(found, Err(lacks(&chosen)));
    }

    #[test]
    fn the_usual_features_are_those_of_the_history_where_it_is_known() {
        let check = |known: &[&str], expected: &[&str]| {
            let known: Vec<String> = known.iter().map(|&name| name.into()).collect();
            assert_eq!(usual(&known), expected);
        };
        check(&["recency", "frequency", "age"], &["recency", "frequency"]);
        check(
            &["recency", "frequency", "monetary", "age"],
            &["recency", "frequency", "monetary"],
        );
        check(
            &["recency", "monetary", "age"],
            &["recency", "monetary", "age"],
        );
        check(&[], &[]);
    }

    #[test]
    fn too_few_or_equal_customers_are_counted() {
        let equal = testing::numbers(&[("age", vec![Some(1.0); 5])]);
        assert_eq!(
            run_on(&equal, on(&["age"], 2)).map(|_| ()),
            Err(AnalysisError::TooFewDistinct { need: 2, found: 1 })
        );
        let one = testing::numbers(&[("age", vec![Some(1.0)])]);
        assert_eq!(
            run_on(&one, on(&["age"], 3)).map(|_| ()),
            Err(AnalysisError::TooFewCustomers { need: 3, found: 1 })
        );
    }

    #[test]
    fn as_many_clusters_as_customers_have_no_inertia() {
        let dataset = testing::numbers(&[("age", vec![Some(1.0), Some(2.0), Some(4.0)])]);
        let quality = run_on(&dataset, on(&["age"], 3)).unwrap().report.quality;
        assert!(quality.inertia.abs() < 1e-12);
        assert_eq!((quality.silhouette, quality.n_smallest), (Some(0.0), 1));
    }

    #[test]
    fn each_rule_names_its_field() {
        let own = |change: fn(&mut Params)| {
            let mut params = Params::default();
            change(&mut params);
            match params.check() {
                Err(AnalysisError::Param { field, .. }) => field,
                other => format!("{other:?}"),
            }
        };
        assert_eq!(own(|params| params.k = 1), "k");
        assert_eq!(own(|params| params.k = 21), "k");
        assert_eq!(own(|params| params.restarts = 0), "restarts");
        assert_eq!(own(|params| params.restarts = 101), "restarts");
        assert_eq!(
            own(|params| params.features = vec!["a".into(); 51]),
            "features"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn everyone_is_in_one_cluster_and_the_unit_of_measure_does_not_show(
            values in prop::collection::btree_set(0..500_i32, 6..30),
            k in 2_usize..5,
            doublings in 0..8_u32,
        ) {
            let column = |factor: i32| values.iter().map(|&v| Some(f64::from(v * factor))).collect::<Vec<_>>();
            let params = Params { scaling: Scaling::Z, restarts: 8, ..on(&["x"], k) };
            let one = run_on(&testing::numbers(&[("x", column(1))]), params.clone()).unwrap();
            // By powers of two the scaled values keep every bit, so that not even a tie may fall otherwise.
            let other = run_on(&testing::numbers(&[("x", column(1 << doublings))]), params).unwrap();
            prop_assert!(one.segmentation.assignment.iter().all(|&label| usize::from(label) < k));
            prop_assert!(one.report.segments.iter().all(|segment| segment.n_customers > 0));
            prop_assert_eq!(one.segmentation.assignment, other.segmentation.assignment);
        }
    }
}

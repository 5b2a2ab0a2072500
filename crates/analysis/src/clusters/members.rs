//! Clusters that single customers define, as a rule for other days of the same dataset: medoids, the cores of DBSCAN,
//! or the customers in a tree of merges.
//!
//! It goes by what these customers have, so that it is kept in memory alone: it cannot be written to a file, and no
//! project holds it. Who is new joins the nearest medoid; the nearest core within reach, or noise; the nearest customer
//! of the tree. Nobody becomes a core, and no clusters grow together: the rule is of the day it was learnt on.

use super::features::{Features, Source};
use super::hierarchy::EXACT_UP_TO;
use super::labels::assigned;
use super::metric::Metric;
use super::model::{cleaned, weigh};
use super::neighbours::Boxes;
use super::sample::{gathered, sample};
use super::{Found, Linkage, Method, Params, Report, Steps, density, medoids};
use crate::cleaning::Cleaning;
use crate::scaling::{Scale, Scaling};
use crate::{AnalysisError, Label, Monitor, SegmentName, Segmentation};
use gyeol_data::{Dataset, Day};

/// What makes the clusters of one day on another day of the same dataset.
pub(crate) struct Members {
    params: Params,
    /// How many of the features are numbers; they come first.
    n_numbers: usize,
    cleaning: Cleaning,
    /// How each number is scaled, one after the other.
    scales: Vec<Vec<Scale>>,
    labels: Vec<Label>,
    nearest: Nearest,
    /// Share of the customers of its own day whom it puts where the clustering did, 0 to 1.
    pub(crate) agreement: f64,
}

/// Whom a customer joins.
enum Nearest {
    /// By Gower's distance the nearest medoid, cluster by cluster.
    Medoid(Metric, Vec<Vec<f64>>),
    /// The cluster of the nearest customer that is no farther than the root of a square; nobody's beyond.
    Member(Boxes, Vec<u16>, f64),
}

impl Members {
    /// The features that the clustering was of.
    pub(crate) fn features(&self) -> &[String] {
        &self.params.features
    }

    /// Whether a clustering is defined by single customers who can be gone by. Words and
    /// categories are counted anew on each day.
    pub(crate) fn define(params: &Params) -> bool {
        let has_members = match params.method {
            Method::KMedoids | Method::Dbscan => true,
            Method::Hierarchical => params.linkage != Linkage::Ward,
            _ => false,
        };
        has_members && !params.counts_texts()
    }

    /// What a clustering of `dataset` on `as_of` was made with; `None` where single customers do not define it.
    ///
    /// # Errors
    /// What the features say; or stopped.
    pub(crate) fn of(
        dataset: &Dataset,
        (report, segmentation): (&Report, &Segmentation),
        as_of: Day,
        monitor: &mut dyn Monitor,
    ) -> Result<Option<Self>, AnalysisError> {
        let params = &report.params;
        if !Self::define(params) {
            return Ok(None);
        }
        let source = Source::new(dataset, as_of);
        let features = source.features(params)?;
        let n_numbers = features.n_numbers();
        let columns = source.numbers(&features.names[..n_numbers])?;
        let of = |&customer: &u32| segmentation.assignment[customer as usize];
        let own: Vec<u16> = features.customers.iter().map(of).collect();
        let labels = segmentation.segments.iter().map(|one| one.label.clone());
        let labels: Vec<Label> = labels
            .filter(|label| matches!(label, Label::Cluster { .. }))
            .collect();
        let steps = Steps::new(monitor, 1);
        let Some(nearest) = Nearest::of(&features, report, (&own, labels.len()), &steps)? else {
            return Ok(None);
        };
        let placed = nearest.place(&features.scaled, labels.len(), &steps)?;
        let n_same = placed.iter().zip(&own).filter(|(a, b)| a == b).count();
        Ok(Some(Self {
            n_numbers,
            cleaning: Cleaning::learn(&columns, params.missing, params.outliers),
            scales: scales(&features, params),
            agreement: n_same as f64 / own.len().max(1) as f64,
            params: params.clone(),
            labels,
            nearest,
        }))
    }

    /// The customers of `dataset` on `as_of`, each with whom they are nearest to.
    ///
    /// # Errors
    /// Nobody is a customer yet; or stopped.
    pub(crate) fn segmentation(
        &self,
        dataset: &Dataset,
        as_of: Day,
        monitor: &mut dyn Monitor,
    ) -> Result<Segmentation, AnalysisError> {
        let source = Source::new(dataset, as_of);
        if source.present.is_empty() {
            return Err(AnalysisError::NothingUntil { as_of });
        }
        let (names, texts) = self.params.features.split_at(self.n_numbers);
        let columns = source.numbers(names)?;
        let texts = texts
            .iter()
            .filter_map(|name| source.codes(name, self.params.missing));
        let texts: Vec<Vec<Option<f64>>> = texts.collect();
        let ((customers, unclustered), _, mut columns) =
            cleaned(&source, &self.cleaning, names, columns, texts);
        for (scales, column) in self.scales.iter().zip(&mut columns) {
            scales.iter().for_each(|scale| scale.apply(column));
        }
        if let Nearest::Member(..) = self.nearest {
            let weights = names.iter().map(|name| self.params.weight_of(name));
            weigh(&mut columns, &weights.collect::<Vec<f64>>());
        }
        let steps = Steps::new(monitor, 1);
        let mut labels = self.labels.clone();
        let own = self.nearest.place(&columns, labels.len(), &steps)?;
        if own.iter().any(|&label| usize::from(label) == labels.len()) {
            labels.push(Label::Known(SegmentName::Noise));
        }
        Ok(assigned(dataset, labels, (&customers, &own), &unclustered))
    }
}

/// How numbers were scaled for the fit.
fn scales(features: &Features, params: &Params) -> Vec<Vec<Scale>> {
    let of = |column: &Vec<f64>| {
        let mut column = column.clone();
        let mut scales = vec![params.scaling.learn(&mut column)];
        if let Metric::Gower(_) = features.metric {
            scales.push(Scaling::MinMax.learn(&mut column));
        }
        scales
    };
    features.raw[..features.n_numbers()]
        .iter()
        .map(of)
        .collect()
}

impl Nearest {
    /// `own` is everybody's cluster of `k`, or `k` where they are in none.
    fn of(
        features: &Features,
        report: &Report,
        (own, k): (&[u16], usize),
        steps: &Steps<'_>,
    ) -> Result<Option<Self>, AnalysisError> {
        let (params, columns) = (&report.params, &features.scaled);
        let member = |places: Vec<usize>, square: f64| {
            let columns = gathered(columns, &places);
            let boxes = Boxes::new(&columns, (0..places.len() as u32).collect());
            let own = places.iter().map(|&place| own[place]).collect();
            Self::Member(boxes, own, square)
        };
        Ok(match (params.method, &report.found) {
            (Method::KMedoids, Found::KMedoids(known)) => {
                let is_own = |place: &usize, cluster: usize| {
                    usize::from(own[*place]) == cluster
                        && features.values(*place) == known.medoids[cluster]
                };
                let place = |cluster| (0..own.len()).find(|place| is_own(place, cluster));
                let places = (0..known.medoids.len().min(k)).filter_map(place);
                let of = |place: usize| columns.iter().map(|column| column[place]).collect();
                let places: Vec<Vec<f64>> = places.map(of).collect();
                (places.len() == k).then(|| Self::Medoid(features.metric.clone(), places))
            }
            (Method::Dbscan, _) => {
                let cores = density::cores(columns, params, steps)?;
                let cores = cores.into_iter().map(|core| core as usize).collect();
                Some(member(cores, params.eps * params.eps))
            }
            (Method::Hierarchical, _) => {
                let n = own.len();
                let places = match n {
                    0..=EXACT_UP_TO => (0..n).collect(),
                    _ => sample(n, EXACT_UP_TO, params.seed),
                };
                Some(member(places, f64::INFINITY))
            }
            _ => None,
        })
    }

    /// Everybody's cluster of `k`; `k` where nobody is near enough.
    fn place(
        &self,
        columns: &[Vec<f64>],
        k: usize,
        steps: &Steps<'_>,
    ) -> Result<Vec<u16>, AnalysisError> {
        let (boxes, own, square) = match self {
            Self::Medoid(metric, medoids) => {
                return Ok(medoids::to_nearest(columns, metric, medoids.clone())
                    .0
                    .labels);
            }
            Self::Member(boxes, own, square) => (boxes, own, *square),
        };
        let n_points = columns.first().map_or(0, Vec::len);
        let mut labels = Vec::with_capacity(n_points);
        for point in 0..n_points {
            if point % 1024 == 0 {
                steps.pulse_at(point, n_points)?;
            }
            let place: Vec<f64> = columns.iter().map(|column| column[point]).collect();
            let near = boxes.nearest_within(&place, square);
            labels.push(near.map_or(k as u16, |near| own[near as usize]));
        }
        Ok(labels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Params as _, Unwatched, clusters, testing};
    use gyeol_data::{Attribute, AttributeValues, Names};
    use proptest::prelude::*;

    fn learnt(dataset: &Dataset, params: Params, day: i32) -> Option<(Segmentation, Members)> {
        let (params, day) = (params.checked().ok()?, Day::from_number(day));
        let output = clusters::run(dataset, &params, day, &mut Unwatched).ok()?;
        let made = (&output.report, &output.segmentation);
        let members = Members::of(dataset, made, day, &mut Unwatched).unwrap()?;
        Some((output.segmentation, members))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn on_its_own_day_it_gives_the_clusters_it_was_learnt_from(
            orders in prop::collection::vec((0..30_u8, 0..200_i32, 1..900_i64), 12..80),
            linkage in 0..4_usize,
            min_size in 1..3_usize,
            weight in 1..4_u8,
        ) {
            let ids: Vec<String> = orders.iter().map(|(id, _, _)| format!("{id}")).collect();
            let rows: Vec<_> = ids.iter().zip(&orders).map(|(id, one)| (id.as_str(), one.1, one.2)).collect();
            let dataset = testing::orders(&rows);
            // Ward's linkage has means: in its place stands DBSCAN.
            let linkage = Linkage::ALL[linkage];
            let method = if linkage == Linkage::Ward { Method::Dbscan } else { Method::Hierarchical };
            let weights = [("recency".to_owned(), f64::from(weight))].into();
            let params = Params { method, linkage, k: 3, eps: 0.8, min_points: 3, min_size, weights, ..Params::default() };
            let found = learnt(&dataset, params, 150);
            prop_assume!(found.is_some());
            let (own, members) = found.unwrap();
            let again = members.segmentation(&dataset, Day::from_number(150), &mut Unwatched).unwrap();
            prop_assert_eq!(&again.segments, &own.segments);
            prop_assert_eq!(&again.assignment, &own.assignment);
            prop_assert!(members.agreement >= 1.0);
        }
    }

    #[test]
    fn who_is_new_joins_a_core_within_reach_or_nobody() {
        let crowd = |first: i64| (0..5).map(move |n| first + n * 100);
        let mut rows: Vec<(String, i32, i64)> = crowd(1_000)
            .chain(crowd(9_000))
            .map(|cents| (format!("{cents}"), 10, cents))
            .collect();
        let dataset = |rows: &[(String, i32, i64)]| {
            let rows: Vec<_> = rows
                .iter()
                .map(|(id, day, cents)| (id.as_str(), *day, *cents))
                .collect();
            testing::orders(&rows)
        };
        let params = Params {
            method: Method::Dbscan,
            features: vec!["monetary".to_owned()],
            scaling: Scaling::None,
            eps: 2.0,
            min_points: 3,
            ..Params::default()
        };
        let (_, members) = learnt(&dataset(&rows), params, 20).unwrap();
        rows.extend([("x".to_owned(), 30, 1_600), ("y".to_owned(), 30, 5_000)]);
        let later = dataset(&rows);
        let found = members
            .segmentation(&later, Day::from_number(40), &mut Unwatched)
            .unwrap();
        let label = |id: &str| {
            let customer = later.customers.find(id.as_bytes()).unwrap() as usize;
            found.segment_of(customer).unwrap().label.clone()
        };
        assert_eq!(label("x"), label("1000"));
        assert_ne!(label("x"), label("9000"));
        assert_eq!(label("y"), Label::Known(SegmentName::Noise));
    }

    #[test]
    fn medoids_take_numbers_and_texts_on_a_later_day() {
        let mut dataset = testing::orders(&[
            ("a", 1, 100),
            ("b", 2, 110),
            ("c", 3, 9_000),
            ("d", 4, 9_100),
            ("e", 30, 9_050),
            ("f", 31, 90),
        ]);
        let mut texts = Names::default();
        let codes = ["Busan", "Busan", "Seoul", "Seoul", "Seoul", "Busan"]
            .map(|text| Some(texts.intern(text.as_bytes())));
        dataset.attributes.push(Attribute {
            name: "region".into(),
            values: AttributeValues::Texts {
                texts,
                codes: codes.to_vec(),
            },
        });
        let params = Params {
            method: Method::KMedoids,
            k: 2,
            features: vec!["region".to_owned(), "monetary".to_owned()],
            ..Params::default()
        };
        let (own, members) = learnt(&dataset, params, 10).unwrap();
        assert_eq!(own.assignment[..4], [1, 1, 0, 0]);
        assert!(members.agreement >= 1.0);
        let later = members
            .segmentation(&dataset, Day::from_number(40), &mut Unwatched)
            .unwrap();
        assert_eq!(later.assignment, [1, 1, 0, 0, 0, 1]);
    }
}

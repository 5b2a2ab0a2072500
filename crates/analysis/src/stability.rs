//! How sure the clusters are: which of them come again when customers are drawn anew, and whether halves agree.
//!
//! Jaccard's index by bootstrap with Hennig's reading of its values (2007, 2008), how often a cluster dissolved or was
//! recovered, the nearest other cluster, and prediction strength (Tibshirani & Walther 2005).
//! Formulas, assumptions and limits: `docs/methods/stability.md`.

use serde::{Deserialize, Serialize};

use super::clusters::{self, resampled};
use super::{AnalysisError, Checked, Label, Monitor, Rule};
use gyeol_data::{Dataset, Day};

/// What a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How often customers are drawn anew, 10 to 1,000.
    pub resamples: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { resamples: 100 }
    }
}

/// Parameters: the clustering, and how often it is done again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Params {
    /// The clustering.
    pub clusters: clusters::Params,
    /// How often.
    pub settings: Settings,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// Customers that were clustered.
    pub n_customers: u64,
    /// Customers that were drawn from: all, or a seeded sample.
    pub n_used: u64,
    /// The clusters, in their order.
    pub clusters: Vec<Passport>,
    /// Prediction strength, 0 to 1, the same number as in [`super::cluster_counts`]; `None` where the method finds the
    /// number itself, or halves make no clusters.
    pub prediction_strength: Option<f64>,
    /// Customers who were split into halves for it: all, or a seeded sample.
    pub n_halved: u64,
}

/// How sure one cluster is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passport {
    /// Its label.
    pub label: Label,
    /// Its customers.
    pub n_customers: u64,
    /// Mean of Jaccard's index over the resamples, 0 to 1.
    pub jaccard: f64,
    /// How the value reads.
    pub reading: Reading,
    /// Resamples in which it dissolved: an index of 0.5 or less.
    pub n_dissolved: u64,
    /// Resamples in which it was recovered: an index of 0.75 or more.
    pub n_recovered: u64,
    /// Resamples in which any of it was drawn.
    pub n_resamples: u64,
    /// How far two halves of the customers agree on it, 0 to 1: the mean of Jaccard's index over splits; `None` where the
    /// method finds the number of clusters itself.
    pub split_half: Option<f64>,
    /// The nearest other cluster, by centre, and the distance in scaled units.
    pub nearest: Option<(u16, f64)>,
}

/// Hennig's reading of a mean index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// From 0.85: highly stable.
    HighlyStable,
    /// From 0.75: a valid, stable cluster.
    Stable,
    /// From 0.6: a pattern, but who belongs to it is doubtful.
    Doubtful,
    /// Below 0.6: not to be trusted.
    Unstable,
}

impl Reading {
    fn of(jaccard: f64) -> Self {
        match jaccard {
            0.85.. => Self::HighlyStable,
            0.75.. => Self::Stable,
            0.6.. => Self::Doubtful,
            _ => Self::Unstable,
        }
    }
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        super::Params::check(&self.clusters)?;
        let is_within = (10..=1_000).contains(&self.settings.resamples);
        AnalysisError::unless(is_within, "resamples", Rule::Between(10.0, 1_000.0))
    }
}

/// Clusters the customers of `dataset` as they were on `as_of`, and customers drawn from them again and again.
///
/// # Errors
/// As for one clustering.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Report, AnalysisError> {
    let n_resamples = params.settings.resamples;
    let found = resampled(dataset, &params.clusters, as_of, n_resamples, monitor)?;
    let n_in = |cluster: usize| {
        let labels = found.segmentation.assignment.iter();
        labels
            .filter(|&&label| usize::from(label) == cluster)
            .count() as u64
    };
    let segments = found.segmentation.segments.iter();
    let agreements = found.agreements.iter().map(|own| clusters::mean(own));
    let clusters = segments.zip(&found.similarities).zip(&found.nearest);
    let clusters = clusters.zip(agreements).enumerate().map(
        |(place, (((segment, similarities), nearest), split_half))| {
            let jaccard = clusters::mean(similarities).unwrap_or(0.0);
            let count =
                |is: fn(f64) -> bool| similarities.iter().filter(|&&one| is(one)).count() as u64;
            Passport {
                label: segment.label.clone(),
                n_customers: n_in(place),
                jaccard,
                reading: Reading::of(jaccard),
                n_dissolved: count(|similarity| similarity <= 0.5),
                n_recovered: count(|similarity| similarity >= 0.75),
                n_resamples: similarities.len() as u64,
                split_half,
                nearest: *nearest,
            }
        },
    );
    Ok(Report {
        params: Params::clone(params),
        as_of,
        n_customers: found.n_customers as u64,
        n_used: found.n_used as u64,
        clusters: clusters.collect(),
        prediction_strength: found.strength,
        n_halved: found.n_halved as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::Method;
    use crate::{Params as _, Scaling, Unwatched, testing};

    fn run_on(values: &[f64], k: usize, method: Method) -> Result<Report, AnalysisError> {
        let dataset = testing::numbers(&[("x", values.iter().copied().map(Some).collect())]);
        let params = Params {
            clusters: clusters::Params {
                method,
                k,
                eps: 3.0,
                features: vec!["x".into()],
                scaling: Scaling::None,
                ..clusters::Params::default()
            },
            settings: Settings { resamples: 20 },
        };
        let as_of = Day::from_number(0);
        run(&dataset, &params.checked()?, as_of, &mut Unwatched)
    }

    /// Three groups of forty, far apart.
    fn groups() -> Vec<f64> {
        let of = |v: i32| f64::from(v % 3 * 1000) + f64::from(v / 3) / 10.0;
        (0..120).map(of).collect()
    }

    #[test]
    fn clear_groups_come_again() {
        // OPTICS sees valleys between the customers who are left, so that its clusters come again less often.
        let methods = Method::ALL.into_iter();
        for method in methods.filter(|method| *method != Method::Optics) {
            let report = run_on(&groups(), 3, method).unwrap();
            assert_eq!(report.clusters.len(), 3, "{method:?}");
            for passport in &report.clusters {
                assert!(passport.jaccard > 0.9, "{method:?} {}", passport.jaccard);
                assert_eq!(passport.n_dissolved, 0);
                assert_eq!(passport.n_customers, 40);
            }
            let strength = report.prediction_strength;
            // What a search has found is k-means with its number.
            let has_k = method.has_k() || method == Method::Genetic;
            assert_eq!(strength.is_some(), has_k, "{method:?}");
            assert!(strength.is_none_or(|strength| strength > 0.9));
            for passport in &report.clusters {
                let agreed = passport.split_half;
                assert_eq!(agreed.is_some(), has_k, "{method:?}");
                assert!(
                    agreed.is_none_or(|agreed| agreed > 0.95),
                    "{method:?} {agreed:?}"
                );
            }
        }
    }

    #[test]
    fn the_strength_is_the_one_beside_every_number_of_clusters() {
        use crate::cluster_counts;
        let value = |v: u32| f64::from(v * v % 97) + f64::from(v % 3 * 70);
        let values: Vec<f64> = (0..210).map(value).collect();
        // Of 210 customers both take the same 200 for medoids.
        for (method, values) in [
            (Method::KMeans, &values[..80]),
            (Method::Hierarchical, &values[..80]),
            (Method::KMedoids, &values[..]),
        ] {
            let own = run_on(values, 3, method).unwrap();
            let params = cluster_counts::Params {
                clusters: own.params.clusters.clone(),
            };
            let dataset = testing::numbers(&[("x", values.iter().copied().map(Some).collect())]);
            let as_of = Day::from_number(0);
            let counts =
                cluster_counts::run(&dataset, &params.checked().unwrap(), as_of, &mut Unwatched)
                    .unwrap();
            let beside = counts.strengths.iter().find(|one| one.k == 3).unwrap();
            assert_eq!(own.prediction_strength, Some(beside.strength), "{method:?}");
            assert_eq!(own.n_halved, counts.basis.n_used, "{method:?}");
        }
    }

    #[test]
    fn groups_that_are_not_there_do_not_come_again() {
        // An even row of customers has no ends between which five groups would be at home.
        let even: Vec<f64> = (0..150).map(f64::from).collect();
        let report = run_on(&even, 5, Method::KMeans).unwrap();
        let mean = report.clusters.iter().map(|one| one.jaccard).sum::<f64>() / 5.0;
        assert!(mean < 0.85, "{mean}");
        assert!(report.prediction_strength.unwrap() < 0.8);
        let agreed = report.clusters.iter().filter_map(|one| one.split_half);
        assert!(agreed.clone().all(|agreed| agreed > 0.2 && agreed < 1.0));
        assert!(agreed.sum::<f64>() / 5.0 < 0.85);
    }

    #[test]
    fn halves_agree_on_the_group_that_is_there_and_less_on_what_a_cloud_is_cut_into() {
        // One group apart, and an even row that two clusters have to share with nothing to part it.
        let values: Vec<f64> = (0..60)
            .map(|v| 10_000.0 + f64::from(v % 7))
            .chain((0..120).map(|v| f64::from(v * v % 1009)))
            .collect();
        let report = run_on(&values, 4, Method::KMeans).unwrap();
        let agreed = |is_apart: bool| {
            let own = report
                .clusters
                .iter()
                .filter(|one| (one.n_customers == 60) == is_apart);
            own.map(|one| one.split_half.unwrap()).fold(0.0, f64::max)
        };
        assert!(agreed(true) > 0.99, "{:?}", report.clusters);
        assert!(agreed(false) < agreed(true), "{:?}", report.clusters);
    }

    #[test]
    fn the_same_question_has_the_same_answer_and_bounds_are_held() {
        let report = || run_on(&groups(), 4, Method::KMeans).unwrap();
        assert!(report() == report());
        let params = Params {
            settings: Settings { resamples: 9 },
            ..Params::default()
        };
        assert!(params.check().is_err());
        let few = run_on(&[1.0, 2.0], 3, Method::KMeans).map(|_| ());
        let expected = AnalysisError::TooFewCustomers { need: 3, found: 2 };
        assert_eq!(few, Err(expected));
    }
}

//! Clusters by the rule of another day or another file, in place of a fit: nobody's cluster moves with what others do.
//!
//! It is quick enough for every day of a slider: customers go to the kept centres or distributions, and nothing is
//! measured that a fit is chosen by. A cluster may have nobody on a day; it keeps its number and its name.

use super::features::{Features, Source};
use super::k_means::{self, Clustering};
use super::model::{Model, cleaned, weigh};
use super::{
    Found, Output, Params, Projection, Quality, Report, SilhouetteBasis, Steps, components, labels,
    mixture, parallel, report,
};
use crate::{AnalysisError, Monitor, Rule, Segmentation, SegmentationId, profile};
use gyeol_data::{Dataset, Day};

/// Customers where a rule puts them.
pub(super) struct Placed {
    features: Features,
    /// The cluster of each clustered customer.
    labels: Vec<u16>,
    /// The highest probability of each, by a mixture.
    membership: Option<Vec<f32>>,
}

impl Model {
    /// The customers of `source`, each in the cluster whose centre is nearest, or that is most probable, the first of
    /// equals.
    ///
    /// # Errors
    /// A feature is not in the file; nobody is a customer yet; the model is none.
    pub(super) fn place(&self, source: &Source<'_>, as_of: Day) -> Result<Placed, AnalysisError> {
        AnalysisError::unless(self.is_sound(), "kept", Rule::NotEmpty)?;
        if source.present.is_empty() {
            return Err(AnalysisError::NothingUntil { as_of });
        }
        let columns = source
            .numbers(&self.features)
            .map_err(|error| match error {
                AnalysisError::LacksColumns { columns, .. } => AnalysisError::LacksColumns {
                    of: Some(SegmentationId::Clusters),
                    columns,
                },
                other => other,
            })?;
        let (who, changed, raw) =
            cleaned(source, &self.cleaning, &self.features, columns, Vec::new());
        let mut scaled = raw.clone();
        for (scale, column) in self.scales.iter().zip(&mut scaled) {
            scale.apply(column);
        }
        weigh(&mut scaled, &self.weights);
        let (labels, membership) = match &*self.mixture {
            [] => (k_means::nearest(&scaled, &self.centres), None),
            mixture => {
                let (labels, shares) = mixture::assign(mixture, &scaled);
                (labels, Some(shares))
            }
        };
        Ok(Placed {
            features: Features::of_numbers(self.features.clone(), who, changed, (raw, scaled)),
            labels,
            membership,
        })
    }
}

impl Placed {
    /// Everybody's cluster under the names of the rule.
    pub(super) fn segmentation(&self, dataset: &Dataset, model: &Model) -> Segmentation {
        let features = &self.features;
        let own = (&*features.customers, &*self.labels);
        let membership = self.membership.as_ref();
        Segmentation {
            membership: membership.map(|own| labels::of_all(dataset, features, own)),
            ..labels::assigned(dataset, model.labels.clone(), own, &features.unclustered)
        }
    }
}

/// The customers of `dataset` on `as_of` in the clusters of `model`.
///
/// # Errors
/// As [`Model::place`]; or stopped.
pub(super) fn run(
    (dataset, source): (&Dataset, &Source<'_>),
    model: &Model,
    params: &Params,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let mut steps = Steps::new(monitor, 2);
    let placed = model.place(source, as_of)?;
    steps.advance()?;
    let segmentation = placed.segmentation(dataset, model);
    let Placed {
        features, labels, ..
    } = placed;
    let columns = &features.scaled;
    let clustering = Clustering {
        inertia: k_means::inertia(columns, &labels, &model.centres),
        centres: model.centres.clone(),
        labels,
    };
    let sizes = k_means::sizes(&clustering.labels, model.centres.len());
    let mut centres_z = report::centres_z(columns, &clustering);
    // Nobody is set apart by nothing.
    for (centre, _) in centres_z
        .iter_mut()
        .zip(&sizes)
        .filter(|(_, size)| **size == 0)
    {
        centre.fill(0.0);
    }
    let report = Report {
        params: Params {
            features: features.names.clone(),
            ..params.clone()
        },
        as_of,
        n_customers: features.customers.len() as u64,
        n_unclustered: features.unclustered.len() as u64,
        cleaned: features.cleaned,
        inertia: clustering.inertia,
        silhouette: None,
        quality: unmeasured(clustering.inertia, &sizes),
        silhouettes: Vec::new(),
        segments: profile::run(dataset, &segmentation, as_of),
        centres_z,
        parallel: parallel::lay(columns, &clustering, params.seed, &steps)?,
        map: components::map(&features, &clustering.labels, Projection::Pca, &mut steps)?,
        n_joined: 0,
        found: Found::KMeans,
        categories: Vec::new(),
        words: None,
        available_features: source.names(),
        redundant: Vec::new(),
        rule: Some(Box::new(model.clone())),
    };
    steps.advance()?;
    Ok(Output {
        report,
        segmentation,
        silhouettes: vec![f32::NAN; dataset.n_customers()],
        mixture: Vec::new(),
    })
}

/// Sizes and spread; nothing by which one fit is held against another.
fn unmeasured(inertia: f64, sizes: &[usize]) -> Quality {
    Quality {
        k: sizes.len(),
        inertia,
        silhouette: None,
        silhouette_basis: SilhouetteBasis::Exact,
        calinski_harabasz: None,
        davies_bouldin: None,
        bic: None,
        n_smallest: sizes.iter().copied().min().unwrap_or_default() as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::{self, Method};
    use crate::{Label, Params as _, Unwatched, testing};
    use proptest::prelude::*;

    fn made(dataset: &Dataset, params: Params, day: i32) -> Result<Output, AnalysisError> {
        let params = params.checked()?;
        clusters::run(dataset, &params, Day::from_number(day), &mut Unwatched)
    }

    fn two(method: Method) -> Params {
        Params {
            k: 2,
            method,
            features: vec!["monetary".into()],
            ..Params::default()
        }
    }

    /// Twelve customers who order every twenty days; the second half of them for much from day 60 on.
    fn shop() -> Dataset {
        let ids: Vec<String> = (0..12).map(|n| format!("{n:02}")).collect();
        let mut rows = Vec::new();
        for (n, id) in (0_i32..).zip(&ids) {
            for day in (n..200).step_by(20) {
                let is_dear = n >= 6 && day >= 60;
                let cents = i64::from(if is_dear { 90_000 + 7 * n } else { 300 + n });
                rows.push((id.as_str(), day, cents));
            }
        }
        testing::orders(&rows)
    }

    #[test]
    fn held_on_their_own_day_clusters_are_those_of_the_fit_and_on_others_their_borders_stay() {
        for method in [Method::KMeans, Method::GaussianMixture] {
            let fit = made(&shop(), two(method), 150).unwrap();
            let held = Params {
                held: fit.report.rule.clone(),
                ..two(method)
            };
            let again = made(&shop(), held.clone(), 150).unwrap();
            assert_eq!(again.segmentation, fit.segmentation, "{method:?}");
            assert_eq!(again.report.segments, fit.report.segments);
            assert_eq!(again.report.rule, fit.report.rule);
            // On day 14 all are as cheap as each other, where a fit would part them still.
            let early = made(&shop(), held, 14).unwrap();
            let names = |segmentation: &Segmentation| -> Vec<Label> {
                let labels = segmentation.segments.iter().map(|one| one.label.clone());
                labels.collect()
            };
            assert_eq!(names(&early.segmentation), names(&fit.segmentation));
            let report = early.report;
            let mut numbers = report
                .centres_z
                .iter()
                .flatten()
                .copied()
                .collect::<Vec<f64>>();
            numbers.extend(report.parallel.quartiles.iter().flatten().flatten());
            numbers.extend(report.map.points.iter().flat_map(|&(x, y, _)| [x, y]));
            assert!(
                numbers.iter().all(|number| number.is_finite()),
                "{method:?}"
            );
            if method == Method::KMeans {
                assert_eq!(report.centres_z[0], [0.0]);
                let sizes = report.segments.iter().map(|one| one.n_customers);
                assert_eq!(sizes.collect::<Vec<u64>>(), [0, 12]);
                let fitted = made(&shop(), two(method), 14).unwrap();
                let sizes = fitted.report.segments.iter().map(|one| one.n_customers);
                assert!(sizes.into_iter().all(|n| n > 0));
            }
        }
    }

    #[test]
    fn a_table_of_new_customers_is_placed_by_the_clusters_of_an_earlier_one() {
        let ages = |all: &[f64]| {
            let column = all.iter().map(|&age| Some(age)).collect();
            testing::numbers(&[("age", column)])
        };
        let params = Params {
            k: 2,
            features: vec!["age".into()],
            ..Params::default()
        };
        let early: Vec<f64> = (0..20)
            .map(|n| if n < 10 { 20.0 } else { 60.0 } + f64::from(n % 5))
            .collect();
        let fit = made(&ages(&early), params.clone(), 0).unwrap();
        let held = Params {
            held: fit.report.rule,
            ..params
        };
        // All are old by the clusters of then, though a fit of these alone would part them.
        let later = made(&ages(&[58.0, 61.0, 90.0]), held.clone(), 0).unwrap();
        assert_eq!(later.segmentation.assignment, [0, 0, 0]);
        assert_eq!(later.report.segments[1].n_customers, 0);
        let other = testing::numbers(&[("size", vec![Some(1.0)])]);
        let lacking = AnalysisError::LacksColumns {
            of: Some(SegmentationId::Clusters),
            columns: vec!["age".to_owned()],
        };
        assert_eq!(made(&other, held, 0).map(|_| ()), Err(lacking));
    }

    #[test]
    fn what_cannot_be_kept_has_no_rule_to_hold() {
        let medoids = made(&shop(), two(Method::KMedoids), 150).unwrap();
        assert_eq!(medoids.report.rule, None);
        let few = Params {
            k: 4,
            ..two(Method::KMeans)
        };
        let few = made(&shop(), few, 150).unwrap();
        assert!(few.report.quality.n_smallest < clusters::FEWEST_KEPT);
        assert_eq!(few.report.rule, None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn where_a_customer_is_hangs_on_nobody_else(
            orders in prop::collection::vec((0..8_u8, 0..150_i32, 1..90_000_i64), 1..40),
        ) {
            let fit = made(&shop(), two(Method::KMeans), 150).unwrap();
            let held = Params { held: fit.report.rule, ..two(Method::KMeans) };
            let ids: Vec<String> = orders.iter().map(|(id, _, _)| format!("x{id}")).collect();
            let rows: Vec<_> = ids.iter().zip(&orders).map(|(id, one)| (id.as_str(), one.1, one.2)).collect();
            let dataset = testing::orders(&rows);
            let together = made(&dataset, held.clone(), 160).unwrap().segmentation;
            for customer in 0..dataset.n_customers() {
                let id = dataset.customers.get(customer as u32).into_owned();
                let own: Vec<_> = rows.iter().filter(|row| row.0 == id).copied().collect();
                let alone = made(&testing::orders(&own), held.clone(), 160).unwrap().segmentation;
                prop_assert_eq!(alone.assignment[0], together.assignment[customer]);
            }
        }
    }
}

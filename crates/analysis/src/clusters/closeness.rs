//! How near one customer is to its cluster, feature by feature, and which other cluster is nearest.
//!
//! Features are cleaned and scaled as for the fit, or as the rule that is held has it; deviations are of all clustered
//! customers, as in the report ([`report::centres_z`](super::report)). Texts and words have none. Distances are those of the
//! fit only where clusters go by the nearest mean: k-means and Ward's linkage. Of clusters that are held they are to the
//! held centres, also of a cluster that nobody is in on the day.

use serde::{Deserialize, Serialize};

use super::features::Source;
use super::model::{cleaned, weigh};
use super::{Method, Params, Report, k_means};
use crate::cleaning::Cleaning;
use crate::{Label, Segmentation, stats};
use gyeol_data::{Dataset, Day, places_in_order};

/// The most features that are told.
const MOST_FEATURES: usize = 5;

/// How near one customer is to its cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closeness {
    /// The features in which it is least like all customers first, at most five.
    pub features: Vec<OwnFeature>,
    /// The feature in which it is nearest to the mean of its cluster.
    pub nearest: OwnFeature,
    /// The other cluster whose mean is nearest, where that says anything.
    pub second: Option<Label>,
    /// How well it fits, -1 to 1, where that was measured.
    pub silhouette: Option<f32>,
}

/// One feature of one customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnFeature {
    /// The feature.
    pub name: String,
    /// Its value, cleaned, in the feature's unit.
    pub value: f64,
    /// The same in standard deviations from the mean of all, after scaling.
    pub z: f64,
    /// The mean of its cluster in the same unit.
    pub centre_z: f64,
}

/// How near `customer` is to the cluster that it is in; `None` for who is in none, and where no feature is a number.
pub(crate) fn closeness(
    dataset: &Dataset,
    (report, made, silhouettes): (&Report, &Segmentation, Option<&[f32]>),
    customer: usize,
    as_of: Day,
) -> Option<Closeness> {
    let cluster = made.place_of(customer);
    let centre_z = report.centres_z.get(cluster)?;
    let params = &report.params;
    let source = Source::new(dataset, as_of);
    let names = report.numbers();
    let columns = source.numbers(names).ok()?;
    let cleaning = match &params.held {
        Some(held) => held.cleaning.clone(),
        None => Cleaning::learn(&columns, params.missing, params.outliers),
    };
    let ((customers, _), _, mut columns) = cleaned(&source, &cleaning, names, columns, Vec::new());
    let place = customers.binary_search(&(customer as u32)).ok()?;
    let values: Vec<f64> = columns.iter().map(|column| column[place]).collect();
    scale(&mut columns, params);
    let feature = |(at, name): (usize, &String)| {
        let (mean, deviation) = stats::moments(columns[at].iter().copied());
        let is_spread = deviation > 0.0;
        Some(OwnFeature {
            name: name.clone(),
            value: values[at],
            z: if is_spread {
                (columns[at][place] - mean) / deviation
            } else {
                0.0
            },
            centre_z: *centre_z.get(at)?,
        })
    };
    let all: Vec<OwnFeature> = names.iter().enumerate().filter_map(feature).collect();
    let away = |one: &OwnFeature| (one.z - one.centre_z).abs();
    let nearest = (all.iter()).min_by(|one, other| away(one).total_cmp(&away(other)))?;
    let order = places_in_order(all.len(), &|one, other| {
        all[other].z.abs().total_cmp(&all[one].z.abs())
    });
    let silhouette = silhouettes.and_then(|values| values.get(customer).copied());
    Some(Closeness {
        features: (order.iter().take(MOST_FEATURES))
            .map(|&at| all[at].clone())
            .collect(),
        nearest: nearest.clone(),
        second: second(report, made, (&customers, place), &mut columns),
        silhouette: silhouette.filter(|value| value.is_finite()),
    })
}

/// Scales as the fit did, or as the rule that is held does.
fn scale(columns: &mut [Vec<f64>], params: &Params) {
    let Some(held) = &params.held else {
        for column in columns {
            params.scaling.learn(column);
        }
        return;
    };
    for (scale, column) in held.scales.iter().zip(columns) {
        scale.apply(column);
    }
}

/// The cluster whose mean is nearest to a customer but for its own, where clusters go by the nearest mean.
fn second(
    report: &Report,
    made: &Segmentation,
    (customers, place): (&[u32], usize),
    columns: &mut [Vec<f64>],
) -> Option<Label> {
    let params = &report.params;
    let goes_by_means = match &params.held {
        Some(held) => held.mixture.is_empty(),
        None => params.have_rule() && params.method != Method::GaussianMixture,
    };
    if !goes_by_means || report.n_joined > 0 {
        return None;
    }
    let of = |customer: &u32| made.assignment[*customer as usize];
    let own = usize::from(of(customers.get(place)?));
    let means = if let Some(held) = &params.held {
        weigh(columns, &held.weights);
        held.centres.clone()
    } else {
        let weights = params.features.iter().map(|name| params.weight_of(name));
        weigh(columns, &weights.collect::<Vec<f64>>());
        let labels: Vec<u16> = customers.iter().map(of).collect();
        k_means::means(columns, &labels, report.centres_z.len())
    };
    let distance = |mean: &[f64]| -> f64 {
        let pairs = columns.iter().zip(mean);
        pairs
            .map(|(column, centre)| (column[place] - centre) * (column[place] - centre))
            .sum()
    };
    let others = means.iter().enumerate().filter(|(other, _)| *other != own);
    let (second, _) = others.min_by(|one, other| distance(one.1).total_cmp(&distance(other.1)))?;
    Some(made.segments.get(second)?.label.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::Model;
    use crate::{Params as _, Scaling, Unwatched, clusters, testing};

    #[test]
    fn a_customer_is_told_by_what_sets_it_apart_and_which_cluster_is_next() {
        // Three crowds along x at 0, 10 and 100; y is noise.
        let at = |crowd: f64| (0..6).map(move |n| Some(crowd + f64::from(n) * 0.1));
        let x: Vec<_> = [0.0, 10.0, 100.0].into_iter().flat_map(at).collect();
        let y: Vec<_> = (0..18).map(|n| Some(f64::from(n * 7 % 5))).collect();
        let dataset = testing::numbers(&[("x", x), ("y", y)]);
        let params = clusters::Params {
            k: 3,
            features: vec!["x".into(), "y".into()],
            weights: [("x".to_owned(), 20.0)].into(),
            ..clusters::Params::default()
        };
        let as_of = Day::from_number(0);
        let output =
            clusters::run(&dataset, &params.checked().unwrap(), as_of, &mut Unwatched).unwrap();
        let made = &output.segmentation;
        let of = |customer: usize| {
            let made = (&output.report, made, Some(&*output.silhouettes));
            closeness(&dataset, made, customer, as_of).unwrap()
        };
        let far = of(12);
        assert_eq!(far.features[0].name, "x");
        assert!((far.features[0].value - 100.0).abs() < 1e-12);
        assert!(far.features[0].z > 1.0 && far.nearest.name == "x");
        assert!(far.silhouette.unwrap() > 0.5);
        // From the far crowd the middle one is next, from the first one as well.
        let middle = made.segment_of(6).map(|segment| segment.label.clone());
        assert_eq!(far.second, middle);
        assert_eq!(of(0).second, middle);
        let first = made.segment_of(0).map(|segment| segment.label.clone());
        assert_eq!(of(6).second, first);
    }

    #[test]
    fn of_clusters_that_are_held_the_next_one_is_by_their_rule_also_where_nobody_is_in_it() {
        let of = |values: &[f64]| {
            let values = values.iter().copied().map(Some).collect();
            testing::numbers(&[("x", values)])
        };
        let made = |dataset: &Dataset, held: Option<Box<Model>>| {
            let params = clusters::Params {
                k: 3,
                features: vec!["x".into()],
                scaling: Scaling::MinMax,
                held,
                ..clusters::Params::default()
            };
            let params = params.checked().unwrap();
            clusters::run(dataset, &params, Day::from_number(0), &mut Unwatched).unwrap()
        };
        // Crowds at 10, 40 and 100.
        let crowd = |centre: f64| (0..6).map(move |n| centre + f64::from(n) * 0.1);
        let then: Vec<f64> = [10.0, 40.0, 100.0].into_iter().flat_map(crowd).collect();
        let fit = made(&of(&then), None);
        let middle = fit.segmentation.segment_of(6).unwrap().label.clone();
        // Later one is left in the middle, and then nobody: by the means of those who are there it would lie at nothing.
        for later in [
            &[10.0, 10.1, 60.0, 100.0, 400.0][..],
            &[10.0, 10.1, 100.0, 400.0],
        ] {
            let dataset = of(later);
            let held = made(&dataset, fit.report.rule.clone());
            let told = |customer: usize| {
                let made = (&held.report, &held.segmentation, None);
                closeness(&dataset, made, customer, Day::from_number(0)).unwrap()
            };
            for customer in [0, later.len() - 2, later.len() - 1] {
                assert_eq!(told(customer).second.as_ref(), Some(&middle), "{customer}");
            }
        }
    }
}

//! From clusters of points to a segmentation of customers: numbers, names, and who is left out.

use super::features::{Features, MONETARY, Source};
use super::k_means::{self, Clustering};
use super::naming;
use crate::{Label, Segment, SegmentName, Segmentation, SegmentationId};
use gyeol_data::{Dataset, places_in_order};

/// Renumbers clusters by mean money (the first feature without it), largest first; ties by their first customer.
pub(super) fn number_by_value(
    source: &Source<'_>,
    features: &Features,
    clustering: &mut Clustering,
) {
    let k = clustering.centres.len();
    let value = naming::clustered(source, &features.customers, MONETARY)
        .unwrap_or_else(|| features.raw[0].clone());
    let means = k_means::means(&[value], &clustering.labels, k);
    let first = |cluster: usize| {
        clustering
            .labels
            .iter()
            .position(|&label| usize::from(label) == cluster)
    };
    let firsts: Vec<Option<usize>> = (0..k).map(first).collect();
    let order = places_in_order(k, &|one, other| {
        let by_value = means[other][0].total_cmp(&means[one][0]);
        by_value.then(firsts[one].cmp(&firsts[other]))
    });
    let mut places = vec![0; k];
    for (place, &cluster) in order.iter().enumerate() {
        places[cluster] = place as u16;
    }
    for label in &mut clustering.labels {
        *label = places.get(usize::from(*label)).copied().unwrap_or(*label);
    }
    clustering.centres = order
        .iter()
        .map(|&cluster| clustering.centres[cluster].clone())
        .collect();
}

/// A value of the clustered customers for all of the dataset; nothing for the others.
pub(super) fn of_all(dataset: &Dataset, features: &Features, values: &[f32]) -> Vec<f32> {
    let mut all = vec![f32::NAN; dataset.n_customers()];
    for (&customer, &value) in features.customers.iter().zip(values) {
        all[customer as usize] = value;
    }
    all
}

/// Everyone's cluster, with noise and the unclustered last where there are any.
pub(super) fn segmentation(
    dataset: &Dataset,
    source: &Source<'_>,
    features: &Features,
    clustering: &Clustering,
) -> Segmentation {
    let k = clustering.centres.len();
    let described = naming::describe(source, features, &clustering.labels, k);
    let mut labels: Vec<Label> = (1..)
        .zip(described)
        .map(|(number, (suggestion, standing))| Label::Cluster {
            number,
            suggestion,
            standing,
        })
        .collect();
    if clustering.n_noise() > 0 {
        labels.push(Label::Known(SegmentName::Noise));
    }
    assigned(
        dataset,
        labels,
        (&features.customers, &clustering.labels),
        &features.unclustered,
    )
}

/// The clusters `labels` with who is in which; those who lack a value come after them.
pub(super) fn assigned(
    dataset: &Dataset,
    mut labels: Vec<Label>,
    (customers, own): (&[u32], &[u16]),
    unclustered: &[u32],
) -> Segmentation {
    let mut assignment = vec![Segmentation::ABSENT; dataset.n_customers()];
    for (&customer, &label) in customers.iter().zip(own) {
        assignment[customer as usize] = label;
    }
    if !unclustered.is_empty() {
        let last = labels.len() as u16;
        labels.push(Label::Known(SegmentName::Unclustered));
        for &customer in unclustered {
            assignment[customer as usize] = last;
        }
    }
    Segmentation {
        id: SegmentationId::Clusters,
        segments: labels.into_iter().map(|label| Segment { label }).collect(),
        assignment,
        membership: None,
        predicted: None,
    }
}

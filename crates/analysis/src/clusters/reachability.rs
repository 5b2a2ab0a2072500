//! Clusters by order of reach (OPTICS): customers in the order in which density leads from one to the next, and the
//! valleys of that order as clusters, so that clusters of different density are found with one setting.
//!
//! Distances are not bounded. Up to a stated number of customers everybody is in the order; above it a seeded sample,
//! and the others go with the nearest sampled customer, to its cluster or to noise. Sources: Ankerst, Breunig, Kriegel
//! & Sander (1999); Schubert & Gertz (2018) for ends that are not reached from within their valley.

use super::density::{enough, stands_out};
use super::k_means::{Clustering, squared_distances};
use super::sample::{gathered, nearest_sampled, sample};
use super::valleys::{Order, valleys};
use super::{Params, Steps};
use crate::AnalysisError;

/// Up to so many customers all are in the order: every pair is measured twice.
const EXACT_UP_TO: usize = 10_000;

/// Clusters by order of reach.
pub(super) struct Reached {
    pub(super) clustering: Clustering,
    /// Customers in the order, where it is made of a sample.
    pub(super) n_sampled: Option<u64>,
}

/// How many steps [`fit`] takes.
pub(super) const N_STEPS: usize = 3;

/// The clusters of the points of `columns` for `params.min_points` and `params.xi`.
pub(super) fn fit(
    columns: &[Vec<f64>],
    params: &Params,
    steps: &mut Steps<'_>,
) -> Result<Reached, AnalysisError> {
    fit_up_to(EXACT_UP_TO, columns, params, steps)
}

fn fit_up_to(
    most: usize,
    columns: &[Vec<f64>],
    params: &Params,
    steps: &mut Steps<'_>,
) -> Result<Reached, AnalysisError> {
    let n_points = columns.first().map_or(0, Vec::len);
    let is_sampled = n_points > most;
    let sampled = is_sampled.then(|| {
        let places = sample(n_points, most, params.seed);
        gathered(columns, &places)
    });
    let ordered = sampled.as_deref().unwrap_or(columns);
    let order = in_order(ordered, params.min_points, steps)?;
    let (mut labels, k) = labels_of(&order, params);
    enough(k)?;
    if let Some(sampled) = &sampled {
        let nearest = nearest_sampled(columns, sampled, steps)?;
        labels = nearest
            .iter()
            .map(|&place| labels[place as usize])
            .collect();
    }
    steps.advance()?;
    stands_out(&labels, k)?;
    Ok(Reached {
        clustering: Clustering::of_labels(columns, labels, k),
        n_sampled: is_sampled.then_some(most as u64),
    })
}

/// The innermost valleys as clusters, and how many there are; everybody else is in none.
fn labels_of(order: &Order, params: &Params) -> (Vec<u16>, usize) {
    let n_points = order.points.len();
    let least = params.min_points.max(params.min_size);
    let mut labels = vec![u16::MAX; n_points];
    let mut k = 0;
    for valley in valleys(order, params.xi, params.min_points) {
        let members = &order.points[valley.start..=valley.end];
        let is_free = members.iter().all(|&point| labels[point] == u16::MAX);
        if members.len() >= least && is_free && k < usize::from(u16::MAX - 1) {
            members.iter().for_each(|&point| labels[point] = k as u16);
            k += 1;
        }
    }
    for label in labels.iter_mut().filter(|label| **label == u16::MAX) {
        *label = k as u16;
    }
    (labels, k)
}

/// Everybody in order of reach: next is always who is reached most easily from those before, the first of equals.
fn in_order(
    columns: &[Vec<f64>],
    min_points: usize,
    steps: &mut Steps<'_>,
) -> Result<Order, AnalysisError> {
    let n = columns.first().map_or(0, Vec::len);
    let place = |point: usize| -> Vec<f64> { columns.iter().map(|column| column[point]).collect() };
    let mut squares = vec![0.0; n];
    let mut cores = Vec::with_capacity(n);
    for point in 0..n {
        if point % 64 == 0 {
            steps.pulse_at(point, n)?;
        }
        squared_distances(columns, 0, &place(point), &mut squares);
        cores.push(if min_points <= n {
            *squares
                .select_nth_unstable_by(min_points - 1, f64::total_cmp)
                .1
        } else {
            f64::INFINITY
        });
    }
    steps.advance()?;
    let mut waiting: Vec<usize> = (0..n).collect();
    let (mut reach, mut from) = (vec![f64::INFINITY; n], vec![None; n]);
    let mut points = Vec::with_capacity(n);
    while !waiting.is_empty() {
        if points.len() % 64 == 0 {
            steps.pulse_at(points.len(), n)?;
        }
        let least = waiting
            .iter()
            .map(|&point| reach[point])
            .fold(f64::INFINITY, f64::min);
        let found = waiting.iter().position(|&point| reach[point] <= least);
        let next = waiting.remove(found.unwrap_or(0));
        points.push(next);
        squared_distances(columns, 0, &place(next), &mut squares);
        for &other in &waiting {
            let there = squares[other].max(cores[next]);
            if there < reach[other] {
                (reach[other], from[other]) = (there, Some(next));
            }
        }
    }
    steps.advance()?;
    Ok(Order {
        reach: points.iter().map(|&point| reach[point].sqrt()).collect(),
        from: points.iter().map(|&point| from[point]).collect(),
        points,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;

    #[test]
    fn crowds_of_different_density_are_both_found() {
        let mut column: Vec<f64> = (0..20).map(|n| f64::from(n) * 0.1).collect();
        column.extend((0..20).map(|n| 100.0 + f64::from(n) * 3.0));
        column.extend([1000.0, 3000.0]);
        let params = Params {
            min_points: 4,
            ..Params::default()
        };
        let mut monitor = Unwatched;
        let found = fit(&[column], &params, &mut Steps::new(&mut monitor, 3)).unwrap();
        let labels = found.clustering.labels;
        assert_eq!(found.clustering.centres.len(), 2);
        assert!(labels[..20].iter().all(|&label| label == 0));
        assert!(labels[20..40].iter().all(|&label| label == 1));
        // The definition lets the first beyond a valley's rise be in it.
        assert_eq!(labels[41], 2);
    }

    #[test]
    fn those_outside_the_sample_go_with_the_nearest() {
        let crowd = |n: i32| f64::from(n % 3) * 50.0 + f64::from(n % 7) + f64::from(n) * 1e-3;
        let column: Vec<f64> = (0..600).map(crowd).collect();
        let mut monitor = Unwatched;
        let mut steps = Steps::new(&mut monitor, 3);
        let found = fit_up_to(150, &[column], &Params::default(), &mut steps).unwrap();
        assert_eq!(found.n_sampled, Some(150));
        assert_eq!(found.clustering.labels.len(), 600);
        assert!(found.clustering.centres.len() >= 3);
    }

    #[test]
    fn the_order_goes_to_whom_is_reached_most_easily() {
        let mut monitor = Unwatched;
        let columns = [vec![0.0, 9.0, 1.0, 3.0]];
        let order = in_order(&columns, 2, &mut Steps::new(&mut monitor, 2)).unwrap();
        assert_eq!(order.points, [0, 2, 3, 1]);
        assert_eq!(order.reach[1..], [1.0, 2.0, 6.0]);
        assert_eq!(order.from, [None, Some(0), Some(2), Some(3)]);
    }
}

//! The area under the curve of hits against false alarms, how sure it is, and how sure the difference of two is.
//!
//! The area is the share of pairs put right, ties half (Hanley & McNeil 1982). Its variance and that of a difference on
//! the same customers come from placements (DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44, 837-845), found from
//! one order of all customers (Sun & Xu 2014). Order within ties never matters.

use crate::stats::ties;
use crate::tails::NORMAL_95;
use gyeol_data::places_in_order;

/// Where each customer stands among those of the other class.
pub(super) struct Placements {
    /// Share of pairs of one who did and one who did not that are put right.
    pub(super) area: f64,
    /// By customer the share of the other class that is put right against them.
    of: Vec<f64>,
}

impl Placements {
    /// Of predictions against 0 and 1; `None` with one class.
    pub(super) fn of(predicted: &[f64], came: &[f64]) -> Option<Self> {
        let order = places_in_order(predicted.len(), &|a, b| {
            predicted[a].total_cmp(&predicted[b])
        });
        let n_hits: f64 = came.iter().sum();
        let n_others = came.len() as f64 - n_hits;
        if n_hits <= 0.0 || n_others <= 0.0 {
            return None;
        }
        let mut of = vec![0.0; predicted.len()];
        let (mut hits_below, mut others_below, mut right) = (0.0, 0.0, 0.0);
        for tied in ties(&order, predicted) {
            let hits: f64 = tied.iter().map(|&at| came[at]).sum();
            let others = tied.len() as f64 - hits;
            right += hits * (others_below + others / 2.0);
            for &at in tied {
                of[at] = match came[at] > 0.5 {
                    true => (others_below + others / 2.0) / n_others,
                    false => (n_hits - hits_below - hits / 2.0) / n_hits,
                };
            }
            hits_below += hits;
            others_below += others;
        }
        let area = right / (n_hits * n_others);
        Some(Self { area, of })
    }

    /// Ends of the 95 % interval of the area, within 0 and 1; `None` with fewer than two of a class.
    pub(super) fn interval(&self, came: &[f64]) -> Option<(f64, f64)> {
        let reach = NORMAL_95 * error(&self.of, came)?;
        Some(((self.area - reach).max(0.0), (self.area + reach).min(1.0)))
    }

    /// This area less another one's on the same customers, and the ends of its 95 % interval.
    pub(super) fn less(&self, other: &Self, came: &[f64]) -> Option<(f64, (f64, f64))> {
        let pairs = self.of.iter().zip(&other.of);
        let differences: Vec<f64> = pairs.map(|(own, other)| own - other).collect();
        let reach = NORMAL_95 * error(&differences, came)?;
        let mean = self.area - other.area;
        Some((mean, (mean - reach, mean + reach)))
    }
}

/// Standard error of a mean of placements: the variances of both classes, each over its size.
fn error(placements: &[f64], came: &[f64]) -> Option<f64> {
    let mut variance = 0.0;
    for is_hit in [true, false] {
        let own = placements.iter().zip(came);
        let own = own.filter(|(_, came)| (**came > 0.5) == is_hit);
        let n = own.clone().count() as f64;
        if n < 2.0 {
            return None;
        }
        let (_, spread) = crate::stats::moments(own.map(|(placement, _)| *placement));
        // Of a sample: n - 1.
        variance += spread * spread / (n - 1.0);
    }
    Some(variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAME: [f64; 4] = [0.0, 0.0, 1.0, 1.0];

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
    }

    #[test]
    fn the_area_counts_pairs_and_ties_half() {
        // The four scores of scikit-learn's example have 3 of 4 pairs right.
        let own = Placements::of(&[0.1, 0.4, 0.35, 0.8], &CAME).unwrap();
        near(own.area, 0.75);
        near(Placements::of(&[0.5; 4], &CAME).unwrap().area, 0.5);
        assert!(Placements::of(&[0.1, 0.2], &[1.0, 1.0]).is_none());
    }

    #[test]
    fn the_interval_is_that_of_the_placements_worked_out_by_hand() {
        // Placements of those who did: 1/2 and 1; of those who did not: 1 and 1/2. Each class has variance 1/8, over 2.
        let own = Placements::of(&[0.1, 0.4, 0.35, 0.8], &CAME).unwrap();
        let reach = NORMAL_95 * (0.125_f64 / 2.0 + 0.125 / 2.0).sqrt();
        let (low, high) = own.interval(&CAME).unwrap();
        near(low, 0.75 - reach);
        near(high, 1.0);
        let few = Placements::of(&[0.1, 0.4, 0.35], &[0.0, 0.0, 1.0]).unwrap();
        assert!(few.interval(&[0.0, 0.0, 1.0]).is_none());
    }

    #[test]
    fn the_difference_of_two_areas_knows_that_they_are_of_the_same_customers() {
        let came: Vec<f64> = (0..60).map(|at| f64::from(u8::from(at % 3 == 0))).collect();
        let scores = |by: usize| -> Vec<f64> {
            let noise = |at: usize| (at * by % 17) as f64;
            (0..60).map(|at| noise(at) + 6.0 * came[at]).collect()
        };
        let [one, other] = [scores(7), scores(11)].map(|own| Placements::of(&own, &came).unwrap());
        let (mean, (low, high)) = one.less(&other, &came).unwrap();
        near(mean, one.area - other.area);
        assert!(low < mean && mean < high);
        // Scaled scores put the same pairs right: the difference is nothing, and surely so.
        let scaled: Vec<f64> = scores(7).iter().map(|own| own * 3.0 - 1.0).collect();
        let scaled = Placements::of(&scaled, &came).unwrap();
        assert_eq!(one.less(&scaled, &came), Some((0.0, (0.0, 0.0))));
    }

    #[test]
    fn placements_agree_with_counting_all_pairs() {
        let came: Vec<f64> = (0..40)
            .map(|at| f64::from(u8::from(at * 7 % 5 < 2)))
            .collect();
        let predicted: Vec<f64> = (0..40).map(|at| f64::from(at * 13 % 9)).collect();
        let own = Placements::of(&predicted, &came).unwrap();
        let right = |high: f64, low: f64| match high.total_cmp(&low) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        };
        for at in 0..40 {
            let others = (0..40).filter(|&other| (came[other] - came[at]).abs() > 0.5);
            let counted: Vec<f64> = others
                .map(|other| match came[at] > 0.5 {
                    true => right(predicted[at], predicted[other]),
                    false => right(predicted[other], predicted[at]),
                })
                .collect();
            near(
                own.of[at],
                counted.iter().sum::<f64>() / counted.len() as f64,
            );
        }
    }
}

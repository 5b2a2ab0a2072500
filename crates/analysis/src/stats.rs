//! Plain statistics that several analyses share: quantiles of type 7, population moments, even samples.
//!
//! Everything here gives the same bits natively and in WebAssembly: no fused operations, no library logarithms.
//! Source of the quantiles: Hyndman & Fan (1996), type 7 (the default of R and NumPy).

use gyeol_data::places_in_order;

/// The quantile `numerator / denominator` of type 7; `values` are reordered. `None` without values.
///
/// The position is computed in whole numbers, so that a quantile that falls on a value is that very value.
pub(super) fn quantile(values: &mut [f64], numerator: usize, denominator: usize) -> Option<f64> {
    let steps = values.len().checked_sub(1)? * numerator;
    let (place, rest) = (steps / denominator, steps % denominator);
    let (_, &mut lower, above) = values.select_nth_unstable_by(place, f64::total_cmp);
    if rest == 0 {
        return Some(lower);
    }
    let upper = above.iter().copied().min_by(f64::total_cmp)?;
    Some(lower + (upper - lower) * rest as f64 / denominator as f64)
}

/// The value at a place, counted from 0 and the smallest; `values` are reordered. `None` past their end.
pub(super) fn nth(values: &mut [f64], place: usize) -> Option<f64> {
    (place < values.len()).then(|| *values.select_nth_unstable_by(place, f64::total_cmp).1)
}

/// The quantiles `1 / parts`, `2 / parts` … of type 7; `values` are reordered. Empty without values.
pub(super) fn cut_points(values: &mut [f64], parts: usize) -> Vec<f64> {
    let mut cuts = Vec::with_capacity(parts.saturating_sub(1));
    let Some(last) = values.len().checked_sub(1) else {
        return cuts;
    };
    let mut sorted_until = 0;
    for part in 1..parts {
        let (place, rest) = (last * part / parts, last * part % parts);
        // Everything before `sorted_until` is no larger than what follows: only the rest is searched.
        let (_, &mut lower, above) =
            values[sorted_until..].select_nth_unstable_by(place - sorted_until, f64::total_cmp);
        let upper = above.iter().copied().min_by(f64::total_cmp);
        let step = upper
            .filter(|_| rest > 0)
            .map_or(0.0, |upper| upper - lower);
        cuts.push(lower + step * rest as f64 / parts as f64);
        sorted_until = place;
    }
    cuts
}

/// [`cut_points`] of values that rise already.
pub(super) fn sorted_cut_points(sorted: &[f64], parts: usize) -> Vec<f64> {
    let Some(last) = sorted.len().checked_sub(1) else {
        return Vec::new();
    };
    let cut = |part: usize| {
        let (place, rest) = (last * part / parts, last * part % parts);
        let lower = sorted[place];
        let upper = sorted.get(place + 1).filter(|_| rest > 0);
        let step = upper.map_or(0.0, |upper| upper - lower);
        lower + step * rest as f64 / parts as f64
    };
    (1..parts).map(cut).collect()
}

/// Runs of places with equal values, of an order by these values.
pub(super) fn ties<'a>(order: &'a [usize], values: &'a [f64]) -> impl Iterator<Item = &'a [usize]> {
    order.chunk_by(|&a, &b| values[a].total_cmp(&values[b]).is_eq())
}

/// What was predicted and what came, from the highest prediction down; who is predicted alike shares what came to them,
/// so that no part of the list hangs on the order within ties.
pub(super) fn highest_first(predicted: &[f64], came: &[f64]) -> Vec<(f64, f64)> {
    let order = places_in_order(predicted.len(), &|a, b| {
        predicted[b].total_cmp(&predicted[a])
    });
    let mut shared = Vec::with_capacity(order.len());
    for tied in ties(&order, predicted) {
        let mean = tied.iter().map(|&at| came[at]).sum::<f64>() / tied.len() as f64;
        shared.extend(tied.iter().map(|&at| (predicted[at], mean)));
    }
    shared
}

/// The share of the sum that the highest fifth holds (rounded up), 0 to 1.
///
/// Only values above nothing count, both in the fifth and in the sum: who brought nothing, or took more back, is no part
/// of a concentration. 0 where there are none. The one definition for all that says what the top 20 % hold.
pub(super) fn top_fifth_share(mut values: Vec<f64>) -> f64 {
    values.retain(|value| value.is_finite() && *value > 0.0);
    let n_top = values.len().div_ceil(5);
    if n_top == 0 {
        return 0.0;
    }
    let n_others = values.len() - n_top;
    values.select_nth_unstable_by(n_others, f64::total_cmp);
    let top: f64 = values[n_others..].iter().sum();
    (top / values.iter().sum::<f64>()).min(1.0)
}

/// The median of type 7; `values` are reordered. `None` without values.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    quantile(values, 1, 2)
}

/// Mean and standard deviation of the population; zeros without values.
pub(super) fn moments(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let (sum, n) = values
        .clone()
        .fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    if n < 1.0 {
        return (0.0, 0.0);
    }
    let mean = sum / n;
    let squares: f64 = values.map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / n).sqrt())
}

/// At most `limit` places out of `n`, evenly spread and rising.
pub(super) fn even_sample(n: usize, limit: usize) -> impl Iterator<Item = usize> {
    let taken = n.min(limit);
    (0..taken).map(move |place| place * n / taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_best_fifth_is_of_those_with_a_value_rounded_up_and_of_nothing_is_nothing() {
        for (values, expected) in [
            (&[6.0, 1.0, 1.0, 1.0, 1.0][..], 0.6),
            (&[1.0, 6.0, 1.0, 1.0, 1.0, 2.0], 8.0 / 12.0),
            (&[6.0, 1.0, 1.0, 1.0, 1.0, 0.0, -2.0, f64::NAN], 0.6),
            (&[5.0], 1.0),
            (&[0.0, 0.0], 0.0),
            (&[], 0.0),
            (&[-1.0, -2.0], 0.0),
        ] {
            let share = top_fifth_share(values.to_vec());
            assert!((share - expected).abs() < 1e-12, "{values:?}");
        }
    }

    #[test]
    fn quantiles_interpolate_as_type_seven() {
        let values = [15.0, 20.0, 35.0, 40.0, 50.0];
        for ((numerator, denominator), expected) in [
            ((0, 1), 15.0),
            ((2, 5), 29.0),
            ((1, 2), 35.0),
            ((1, 4), 20.0),
            ((1, 1), 50.0),
        ] {
            let found = quantile(&mut values.clone(), numerator, denominator).unwrap();
            assert!(
                (found - expected).abs() < 1e-12,
                "{numerator}/{denominator}: {found}"
            );
        }
        assert_eq!(quantile(&mut [], 1, 2), None);
    }

    #[test]
    fn moments_are_of_the_population() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert_eq!(moments(values.into_iter()), (5.0, 2.0));
        assert_eq!(moments(std::iter::empty()), (0.0, 0.0));
    }

    #[test]
    fn even_samples_are_spread_and_bounded() {
        let places = |n, limit| even_sample(n, limit).collect::<Vec<_>>();
        assert_eq!(places(3, 5), [0, 1, 2]);
        assert_eq!(places(10, 4), [0, 2, 5, 7]);
        assert!(places(0, 4).is_empty());
    }

    proptest! {
        #[test]
        fn cut_points_are_single_quantiles(values in prop::collection::vec(-50..50_i32, 1..60), parts in 2_usize..11) {
            let mut values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let expected: Vec<f64> = (1..parts)
                .map(|part| quantile(&mut values.clone(), part, parts).unwrap())
                .collect();
            prop_assert_eq!(&cut_points(&mut values, parts), &expected);
            values.sort_unstable_by(f64::total_cmp);
            prop_assert_eq!(sorted_cut_points(&values, parts), expected);
        }
    }
}

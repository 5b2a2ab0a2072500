//! Habits that rows say beside the orders: discounts, returns, hours and categories, as shares of single customers.
//!
//! Everything is of a day: what came later counts for nothing. Shares are 0 to 1. Concentration is the index of
//! Herfindahl, the sum of squared shares: C. E. Rhoades (1993), *The Herfindahl–Hirschman Index*. Definitions:
//! `docs/methods/rules.md`.

use super::measures::Measure;
use gyeol_data::habits::{DISCOUNTED, EVENING, Habits, LEFT_OUT, NIGHT, TIMED};
use gyeol_data::{Day, Orders};

/// Whether the file says anything of a measure of habits.
pub(super) fn is_known(orders: &Orders, measure: Measure) -> bool {
    let Some(habits) = &orders.habits else {
        return false;
    };
    match measure {
        Measure::DiscountShare => habits.has_discounts,
        Measure::EveningShare | Measure::NightShare => habits.has_times,
        Measure::ReturnShare => habits.has_returns,
        Measure::CategoryCount | Measure::CategoryConcentration | Measure::TopCategoryShare => {
            habits.has_categories
        }
        _ => false,
    }
}

/// A habit of a customer on a day; `None` where nothing is known of it.
pub(super) fn value(orders: &Orders, customer: usize, as_of: Day, measure: Measure) -> Option<f64> {
    let habits = orders.habits.as_deref()?;
    let share_of_orders = |bit: u32, among: u32| {
        let own = || habits.orders.until(customer, as_of).map(|(of, _)| of);
        let all = own().filter(|of| of & among == among).count();
        (all > 0).then(|| own().filter(|of| of & bit > 0).count() as f64 / all as f64)
    };
    match measure {
        Measure::DiscountShare => share_of_orders(DISCOUNTED, 0),
        Measure::EveningShare => share_of_orders(EVENING, TIMED),
        Measure::NightShare => share_of_orders(NIGHT, TIMED),
        Measure::ReturnShare => return_share(orders, habits, customer, as_of),
        _ => of_categories(&sums(habits, customer, as_of), measure),
    }
}

/// What was given back over what was paid, orders that are left out as returned included.
fn return_share(orders: &Orders, habits: &Habits, customer: usize, as_of: Day) -> Option<f64> {
    let own = orders.starts[customer] as usize..orders.starts[customer + 1] as usize;
    let n_until = orders.days[own.clone()].partition_point(|&day| day <= as_of);
    let last = own.start + n_until.checked_sub(1)?;
    let (mut back, mut paid) = (0_i128, orders.running_amounts[last]);
    for (of, units) in habits.returned.until(customer, as_of) {
        back += i128::from(units);
        paid += i128::from(units) * i128::from(of == LEFT_OUT);
    }
    (paid > 0).then(|| (back as f64 / paid as f64).min(1.0))
}

/// The sums of a customer's categories.
fn sums(habits: &Habits, customer: usize, as_of: Day) -> Vec<i128> {
    let mut bought: Vec<(u32, i64)> = habits.categories.until(customer, as_of).collect();
    bought.sort_unstable();
    let sum = |own: &[(u32, i64)]| own.iter().map(|&(_, units)| i128::from(units)).sum();
    bought.chunk_by(|a, b| a.0 == b.0).map(sum).collect()
}

/// Of shares those count whose sum is above nothing.
fn of_categories(sums: &[i128], measure: Measure) -> Option<f64> {
    if measure == Measure::CategoryCount {
        return Some(sums.len() as f64);
    }
    let above = || sums.iter().copied().filter(|&sum| sum > 0);
    let total: i128 = above().sum();
    let largest = above().max()?;
    if measure == Measure::TopCategoryShare {
        return Some(largest as f64 / total as f64);
    }
    // Added up from the smallest, so that no order of categories shows.
    let mut shares: Vec<f64> = above().map(|sum| sum as f64 / total as f64).collect();
    shares.sort_unstable_by(f64::total_cmp);
    Some(
        shares
            .iter()
            .map(|share| share * share)
            .sum::<f64>()
            .min(1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_counted_and_their_shares_squared() {
        let of = |sums: &[i128], measure| of_categories(sums, measure);
        assert_eq!(of(&[300, 100], Measure::CategoryConcentration), Some(0.625));
        assert_eq!(of(&[300, 100], Measure::TopCategoryShare), Some(0.75));
        assert_eq!(of(&[300, 100, 0], Measure::CategoryCount), Some(3.0));
        // What is below nothing has no share.
        assert_eq!(of(&[50, -20], Measure::CategoryConcentration), Some(1.0));
        assert_eq!(of(&[0, -20], Measure::TopCategoryShare), None);
        assert_eq!(of(&[], Measure::CategoryCount), Some(0.0));
    }
}

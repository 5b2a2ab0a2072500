//! What looks odd in a column: facts and counts, never a verdict and never a cell.
//!
//! Rules with their thresholds stand in `docs/data-quality.md`.

use serde::{Deserialize, Serialize};

use super::super::Day;
use super::values::Sorted;

/// Something odd in a column.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Oddity {
    /// Not one cell has a value.
    NoValue,
    /// All cells that have a value have the same.
    OneValue,
    /// So many cells say in words that there is nothing.
    MissingWords(u64),
    /// So many cells were read as texts that could mean that there is nothing.
    PerhapsMissing(u64),
    /// So many cells have blanks around what they say.
    Blanks(u64),
    /// So many cells have characters that nobody sees, such as NUL, of damaged or padded files.
    Unseen(u64),
    /// So many cells are not what the column holds.
    OtherKind(u64),
    /// So many of the texts are numbers.
    NumbersAmongTexts(u64),
    /// So many texts are others but for capitals and blanks.
    Spellings(u64),
    /// A table of customers has so many rows more than customers.
    RepeatedIds(u64),
    /// In so many orders of several lines all lines have the same amount: it looks like the order's.
    OrderTotals(u64),
    /// A number that stands for no value in many systems, far from the others.
    Sentinel {
        /// The number.
        value: f64,
        /// Its rows.
        n_rows: u64,
    },
    /// A day that stands for no value in many systems, outside the middle half.
    Placeholder {
        /// The day.
        day: Day,
        /// Its rows.
        n_rows: u64,
    },
    /// Days far from the others.
    FarDays {
        /// Rows that are much earlier.
        n_early: u64,
        /// Rows that are much later.
        n_late: u64,
    },
}

impl Oddity {
    /// The cells, texts or orders that it is about, where it has a number of them.
    pub const fn count(&self) -> Option<u64> {
        match *self {
            Self::NoValue | Self::OneValue => None,
            Self::MissingWords(n)
            | Self::PerhapsMissing(n)
            | Self::Blanks(n)
            | Self::Unseen(n)
            | Self::OtherKind(n)
            | Self::NumbersAmongTexts(n)
            | Self::Spellings(n)
            | Self::RepeatedIds(n)
            | Self::OrderTotals(n) => Some(n),
            Self::Sentinel { n_rows, .. } | Self::Placeholder { n_rows, .. } => Some(n_rows),
            Self::FarDays { n_early, n_late } => Some(n_early + n_late),
        }
    }

    /// The name used in files and page attributes.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoValue => "no_value",
            Self::OneValue => "one_value",
            Self::MissingWords(_) => "missing_words",
            Self::PerhapsMissing(_) => "perhaps_missing",
            Self::Blanks(_) => "blanks",
            Self::Unseen(_) => "unseen",
            Self::OtherKind(_) => "other_kind",
            Self::NumbersAmongTexts(_) => "numbers_among_texts",
            Self::Spellings(_) => "spellings",
            Self::RepeatedIds(_) => "repeated_ids",
            Self::OrderTotals(_) => "order_totals",
            Self::Sentinel { .. } => "sentinel",
            Self::Placeholder { .. } => "placeholder",
            Self::FarDays { .. } => "far_days",
        }
    }
}

/// The fewest rows that pile up.
const FEWEST: u64 = 3;
/// A part in so many of the values piles up.
const ONE_IN: u64 = 200;
/// Days this near to the middle half are never far.
const NEAR_DAYS: f64 = 365.0;

/// The ends of a column of numbers where they stand for no value: nines at the top, at least twice what comes next;
/// minus one or minus nines below numbers that are not negative.
pub(super) fn of_numbers(values: &Sorted) -> Vec<Oddity> {
    let piles_up = |n: u64| n >= FEWEST && n * ONE_IN >= values.n_values;
    let mut found = Vec::new();
    if let [(lowest, n_rows), (next, _), ..] = values.counts[..]
        && piles_up(n_rows)
        && next >= 0.0
        && (are_nines(-lowest, 9.0) || lowest.total_cmp(&-1.0).is_eq())
    {
        let value = lowest;
        found.push(Oddity::Sentinel { value, n_rows });
    }
    if let [.., (next, _), (highest, n_rows)] = values.counts[..]
        && piles_up(n_rows)
        && next * 2.0 <= highest
        && are_nines(highest, 99.0)
    {
        let value = highest;
        found.push(Oddity::Sentinel { value, n_rows });
    }
    found
}

/// Whether a number is nines alone, from `least` on.
fn are_nines(value: f64, least: f64) -> bool {
    let mut nines = least;
    while nines < value {
        nines = nines * 10.0 + 9.0;
    }
    nines.total_cmp(&value).is_eq()
}

/// Placeholders, and what is more than three interquartile ranges and a year from the middle half.
pub(super) fn of_days(values: &Sorted) -> Vec<Oddity> {
    let Some(quartiles) = values.quartiles() else {
        return Vec::new();
    };
    let [_, lower, _, upper, _] = quartiles.points;
    let mut found = Vec::new();
    let placeholders = [(1900, 1, 1), (1970, 1, 1), (2099, 12, 31), (2100, 12, 31)];
    let days = placeholders.map(|(year, month, day)| Day::from_civil(year, month, day));
    for day in days.into_iter().flatten() {
        let number = f64::from(day.number());
        let n_rows = values.n_where(&|value| value.total_cmp(&number).is_eq());
        if n_rows > 0 && !(lower..=upper).contains(&number) {
            found.push(Oddity::Placeholder { day, n_rows });
        }
    }
    let reach = (3.0 * (upper - lower)).max(NEAR_DAYS);
    let n_early = values.n_where(&|value| value < lower - reach);
    let n_late = values.n_where(&|value| value > upper + reach);
    if n_early + n_late > 0 {
        found.push(Oddity::FarDays { n_early, n_late });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::values::Values;
    use super::*;

    fn sorted(runs: &[(f64, usize)]) -> Sorted {
        let mut values = Values::default();
        for &(value, n) in runs {
            (0..n).for_each(|_| values.add(value));
        }
        values.sorted()
    }

    fn check(runs: &[(f64, usize)], expected: &[(f64, u64)]) {
        let found = of_numbers(&sorted(runs));
        let expected: Vec<Oddity> = expected
            .iter()
            .map(|&(value, n_rows)| Oddity::Sentinel { value, n_rows })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn nines_and_minus_ones_that_pile_up_far_from_the_others_are_named() {
        check(&[(18.0, 50), (71.0, 50), (999.0, 4)], &[(999.0, 4)]);
        check(&[(-1.0, 9), (0.0, 50), (7.0, 50)], &[(-1.0, 9)]);
        check(
            &[(-99.0, 3), (18.0, 50), (9_999.0, 3)],
            &[(-99.0, 3), (9_999.0, 3)],
        );
    }

    #[test]
    fn an_end_that_is_rare_near_or_no_such_number_is_not() {
        check(&[(18.0, 50), (71.0, 50), (999.0, 2)], &[]);
        check(&[(18.0, 5_000), (999.0, 4)], &[]);
        check(&[(18.0, 50), (98.0, 50), (99.0, 50)], &[]);
        check(&[(18.0, 50), (1_000.0, 50)], &[]);
        check(&[(-2.0, 50), (-1.0, 50), (7.0, 50)], &[]);
        check(&[(999.0, 50)], &[]);
        check(&[], &[]);
    }

    #[test]
    fn days_a_year_and_three_ranges_from_the_middle_are_far() {
        let day = |year, month, day| {
            let day = Day::from_civil(year, month, day).unwrap();
            (f64::from(day.number()), 1)
        };
        let mut days: Vec<(f64, usize)> = (1..=28).map(|n| day(2024, 3, n)).collect();
        days.extend([day(1900, 1, 1), day(2024, 11, 1), day(2042, 3, 1)]);
        let found = of_days(&sorted(&days));
        let placeholder = Oddity::Placeholder {
            day: Day::from_civil(1900, 1, 1).unwrap(),
            n_rows: 1,
        };
        let far = Oddity::FarDays {
            n_early: 1,
            n_late: 1,
        };
        assert_eq!(found, [placeholder, far]);
        assert_eq!(of_days(&sorted(&[])), []);
    }
}

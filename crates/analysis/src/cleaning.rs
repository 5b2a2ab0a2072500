//! What is done with missing values and outliers before customers are compared. The file itself is never touched.
//!
//! Outliers come first, so that a median that fills a gap is one of what counts. Sources: Tukey, "Exploratory Data
//! Analysis" (1977) for the fences, three interquartile ranges beyond the quartiles ("far out"); winsorising after
//! Dixon (1960), at quantiles of type 7.

use serde::{Deserialize, Serialize};

use super::stats;

/// What becomes of a customer without a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// Left out.
    #[default]
    LeaveOut,
    /// The median of the others' values.
    Median,
    /// Zero.
    Zero,
}

/// What becomes of values far from the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outliers {
    /// They count as they are.
    #[default]
    #[serde(alias = "leave")]
    Keep,
    /// Values below the 1st and above the 99th percentile become these.
    Winsorise,
    /// Customers with a value beyond the outer fences are left out.
    LeaveOut,
}

impl Outliers {
    /// The name used in files and settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Winsorise => "winsorise",
            Self::LeaveOut => "leave-out",
        }
    }
}

/// How many values were changed or left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleaned {
    /// Gaps that were filled.
    pub n_filled: u64,
    /// Values that were drawn in.
    pub n_winsorised: u64,
    /// Customers left out since a value lies beyond the fences.
    pub n_outlying: u64,
}

/// What values are drawn in to or left out beyond, and what fills gaps: a rule for these and for other customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cleaning {
    /// What becomes of values outside the bounds.
    pub outliers: Outliers,
    /// Bounds of each column, where there are any.
    pub bounds: Vec<Option<(f64, f64)>>,
    /// What fills the gaps of each column.
    pub fills: Vec<Option<f64>>,
}

impl Cleaning {
    /// The rule that `columns`, each with one value for everybody, give.
    pub(super) fn learn(
        columns: &[Vec<Option<f64>>],
        missing: Missing,
        outliers: Outliers,
    ) -> Self {
        let bounds = |column: &Vec<Option<f64>>| match outliers {
            Outliers::Keep => None,
            Outliers::Winsorise => percentiles(column, 1, 99),
            Outliers::LeaveOut => outer_fences(&mut known(column)),
        };
        let mut cleaning = Self {
            outliers,
            bounds: columns.iter().map(bounds).collect(),
            fills: vec![None; columns.len()],
        };
        cleaning.fills = match missing {
            Missing::LeaveOut => return cleaning,
            Missing::Zero => vec![Some(0.0); columns.len()],
            Missing::Median => {
                let mut columns = columns.to_vec();
                let (is_outlying, _) = cleaning.apply(&mut columns);
                let medians = columns.iter();
                medians
                    .map(|column| median_inside(column, &is_outlying))
                    .collect()
            }
        };
        cleaning
    }

    /// Cleans `columns`, and says who is left out as an outlier.
    pub(super) fn apply(&self, columns: &mut [Vec<Option<f64>>]) -> (Vec<bool>, Cleaned) {
        let n = columns.first().map_or(0, Vec::len);
        let mut is_outlying = vec![false; n];
        let mut cleaned = Cleaned::default();
        for ((column, bounds), fill_with) in columns.iter_mut().zip(&self.bounds).zip(&self.fills) {
            match (self.outliers, *bounds) {
                (Outliers::Winsorise, Some(bounds)) => {
                    cleaned.n_winsorised += draw_in(column, bounds);
                }
                (Outliers::LeaveOut, Some(fences)) => mark_beyond(column, fences, &mut is_outlying),
                _ => {}
            }
            cleaned.n_filled += fill(column, *fill_with);
        }
        cleaned.n_outlying = is_outlying.iter().filter(|&&is| is).count() as u64;
        (is_outlying, cleaned)
    }
}

/// Cleans `columns`, each with one value for everybody, and says who is left out as an outlier.
pub(super) fn clean(
    columns: &mut [Vec<Option<f64>>],
    missing: Missing,
    outliers: Outliers,
) -> (Vec<bool>, Cleaned) {
    Cleaning::learn(columns, missing, outliers).apply(columns)
}

fn known(column: &[Option<f64>]) -> Vec<f64> {
    column.iter().flatten().copied().collect()
}

/// Draws values in to two percentiles; how many.
pub(super) fn winsorise(column: &mut [Option<f64>], low: u8, high: u8) -> u64 {
    percentiles(column, low, high).map_or(0, |bounds| draw_in(column, bounds))
}

fn percentiles(column: &[Option<f64>], low: u8, high: u8) -> Option<(f64, f64)> {
    let mut values = known(column);
    let low = stats::quantile(&mut values, usize::from(low), 100)?;
    Some((low, stats::quantile(&mut values, usize::from(high), 100)?))
}

/// Draws values in to bounds; how many.
fn draw_in(column: &mut [Option<f64>], (low, high): (f64, f64)) -> u64 {
    let mut n_changed = 0;
    for value in column.iter_mut().flatten() {
        let drawn_in = match *value {
            value if value < low => low,
            value if value > high => high,
            value => value,
        };
        n_changed += u64::from(drawn_in.total_cmp(value).is_ne());
        *value = drawn_in;
    }
    n_changed
}

/// The outer fences of a column; `None` where half of the values are one value, of which nothing is far.
pub(super) fn outer_fences(values: &mut [f64]) -> Option<(f64, f64)> {
    let lower = stats::quantile(values, 1, 4)?;
    let upper = stats::quantile(values, 3, 4)?;
    let range = upper - lower;
    (range > 0.0).then_some((lower - 3.0 * range, upper + 3.0 * range))
}

/// Marks those whose value lies beyond the outer fences.
pub(super) fn mark_far_out(column: &[Option<f64>], is_outlying: &mut [bool]) {
    if let Some(fences) = outer_fences(&mut known(column)) {
        mark_beyond(column, fences, is_outlying);
    }
}

fn mark_beyond(column: &[Option<f64>], (low, high): (f64, f64), is_outlying: &mut [bool]) {
    for (value, is_outlying) in column.iter().zip(is_outlying) {
        *is_outlying |= value.is_some_and(|value| value < low || value > high);
    }
}

/// The median of those who are not outlying.
pub(super) fn median_inside(column: &[Option<f64>], is_outlying: &[bool]) -> Option<f64> {
    let inner = column.iter().zip(is_outlying).filter(|(_, is)| !**is);
    let mut inner: Vec<f64> = inner.filter_map(|(value, _)| *value).collect();
    stats::median(&mut inner)
}

/// Fills gaps; how many.
pub(super) fn fill<T: Copy>(column: &mut [Option<T>], value: Option<T>) -> u64 {
    if value.is_none() {
        return 0;
    }
    let gaps = column.iter_mut().filter(|gap| gap.is_none());
    gaps.map(|gap| *gap = value).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize) -> Vec<Option<f64>> {
        (0..n).map(|number| Some(number as f64)).collect()
    }

    #[test]
    fn gaps_are_filled_as_asked_or_left() {
        let column = vec![Some(1.0), None, Some(2.0), Some(9.0)];
        for (missing, expected) in [
            (Missing::LeaveOut, None),
            (Missing::Median, Some(2.0)),
            (Missing::Zero, Some(0.0)),
        ] {
            let mut columns = [column.clone()];
            let (_, cleaned) = clean(&mut columns, missing, Outliers::Keep);
            assert_eq!(columns[0][1], expected);
            assert_eq!(cleaned.n_filled, u64::from(expected.is_some()));
        }
    }

    #[test]
    fn winsorising_draws_in_the_ends_and_nothing_else() {
        let mut columns = [numbers(201)];
        let (out, cleaned) = clean(&mut columns, Missing::LeaveOut, Outliers::Winsorise);
        assert_eq!((columns[0][0], columns[0][200]), (Some(2.0), Some(198.0)));
        assert_eq!(columns[0][100], Some(100.0));
        assert_eq!(cleaned.n_winsorised, 4);
        assert!(!out.contains(&true));
    }

    #[test]
    fn only_what_lies_beyond_the_outer_fences_is_left_out() {
        // Quartiles 25 and 75 of 0..=100: the outer fence is 225.
        let mut column = numbers(101);
        column.extend([Some(225.0), Some(400.0), None]);
        let mut values = known(&column);
        let (low, high) = outer_fences(&mut values).unwrap();
        let expected = column
            .iter()
            .map(|value| value.is_some_and(|value| value < low || value > high));
        let expected: Vec<bool> = expected.collect();
        let (out, cleaned) = clean(&mut [column.clone()], Missing::Median, Outliers::LeaveOut);
        assert_eq!(out, expected);
        assert_eq!((cleaned.n_outlying, cleaned.n_filled), (1, 1));
        let mut filled = [vec![
            Some(1.0),
            Some(2.0),
            Some(3.0),
            Some(4.0),
            Some(9e9),
            None,
        ]];
        clean(&mut filled, Missing::Median, Outliers::LeaveOut);
        assert_eq!(filled[0][5], Some(2.5));
    }

    #[test]
    fn where_half_of_the_values_are_equal_nothing_is_far() {
        let mut column = vec![Some(1.0); 90];
        column.push(Some(1e9));
        let (out, cleaned) = clean(&mut [column], Missing::LeaveOut, Outliers::LeaveOut);
        assert!(!out.contains(&true));
        assert_eq!(cleaned, Cleaned::default());
        assert_eq!(outer_fences(&mut []), None);
    }
}

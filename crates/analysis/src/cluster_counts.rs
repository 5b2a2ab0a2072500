//! How many clusters: every count from 2 to 10, what each criterion says, and whether there are groups at all.

mod gap_rules;
mod verdict;

use serde::{Deserialize, Serialize};

use super::clusters::{Gap, Quality, Strength};
use super::{AnalysisError, Checked, Monitor, clusters};
use gyeol_data::{Dataset, Day};

pub use gap_rules::GapRules;
pub use verdict::Verdict;

/// Parameters: those of the clustering but for its `k`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Params {
    /// Features, scaling, restarts, seed.
    pub clusters: clusters::Params,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// One row for each count that the data allows, rising.
    pub rows: Vec<Quality>,
    /// The count that each criterion prefers.
    pub preferred: Preferred,
    /// Restarts behind each row: fewer than asked for where there are many customers.
    pub restarts: usize,
    /// The gap statistic from one cluster on; none where a feature is a text.
    pub gaps: Vec<Gap>,
    /// What each published rule makes of the gaps.
    pub gap_rules: Option<GapRules>,
    /// Prediction strength from two clusters on, as far as halves of the customers make so many.
    pub strengths: Vec<Strength>,
    /// What gaps and strengths are of.
    pub basis: Basis,
    /// What all criteria say together; none where no count was tried.
    pub verdict: Option<Verdict>,
}

/// What gaps and strengths are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Customers: all that are clustered, or a seeded sample.
    pub n_used: u64,
    /// Evenly spread references behind each gap.
    pub n_references: u64,
    /// Splits into halves behind each strength.
    pub n_splits: u64,
}

/// The count that each criterion prefers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferred {
    /// The knee of the inertia curve (largest distance from the chord), where there is one.
    pub knee: Option<usize>,
    /// Highest mean silhouette.
    pub silhouette: usize,
    /// Highest Caliński-Harabasz index.
    pub calinski_harabasz: usize,
    /// Lowest Davies-Bouldin index.
    pub davies_bouldin: usize,
    /// Lowest Bayesian information criterion, where the method has a likelihood.
    pub bic: Option<usize>,
    /// By the gap statistic under the rule of its paper; 1 for no groups.
    pub gap: Option<usize>,
    /// The largest with a prediction strength of 0.8 or more; 1 where none has it.
    pub strength: Option<usize>,
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        super::Params::check(&self.clusters)
    }
}

/// The most clusters that are tried.
const MOST: usize = 10;

/// Clusters the customers of `dataset` with every count from 2 to 10, as far as there are different customers.
///
/// # Errors
/// As for one clustering.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Report, AnalysisError> {
    let found = clusters::qualities(dataset, &params.clusters, as_of, MOST, monitor)?;
    let natural = found.natural;
    let gap_rules = GapRules::of(&natural.gaps);
    let preferred = Preferred {
        gap: gap_rules.map(|rules| rules.tibshirani),
        strength: strongest(&natural.strengths),
        ..Preferred::of(&found.rows)
    };
    Ok(Report {
        verdict: Verdict::of(&found.rows, &preferred, gap_rules.as_ref(), &natural.gaps),
        rows: found.rows,
        preferred,
        restarts: found.restarts,
        gap_rules,
        gaps: natural.gaps,
        strengths: natural.strengths,
        basis: Basis {
            n_used: natural.n_used as u64,
            n_references: natural.n_references as u64,
            n_splits: natural.n_splits as u64,
        },
    })
}

impl Preferred {
    fn of(rows: &[Quality]) -> Self {
        let has_bic = rows.iter().any(|row| row.bic.is_some());
        Self {
            knee: knee(rows),
            silhouette: highest(rows, |row| known(row.silhouette)),
            calinski_harabasz: highest(rows, |row| known(row.calinski_harabasz)),
            davies_bouldin: highest(rows, |row| known(row.davies_bouldin.map(|of| -of))),
            bic: has_bic.then(|| highest(rows, |row| known(row.bic.map(|of| -of)))),
            ..Self::default()
        }
    }

    /// What each criterion picks: silhouette, Caliński-Harabasz and Davies-Bouldin, then those that there are of
    /// knee, BIC, gap and strength.
    pub fn votes(&self) -> Vec<usize> {
        let always = [self.silhouette, self.calinski_harabasz, self.davies_bouldin];
        let others = [self.knee, self.bic, self.gap, self.strength];
        let others = others.into_iter().flatten();
        always.into_iter().chain(others).collect()
    }
}

/// The largest count that foretells well enough, 1 where none does; `None` where no strength is known.
fn strongest(strengths: &[Strength]) -> Option<usize> {
    let is_strong = |one: &&Strength| one.strength >= verdict::STRONG;
    let strong = strengths.iter().rev().find(is_strong);
    (!strengths.is_empty()).then(|| strong.map_or(1, |one| one.k))
}

/// What is not known is never the highest.
fn known(measure: Option<f64>) -> f64 {
    measure.unwrap_or(f64::NEG_INFINITY)
}

/// The count of the row with the highest measure, the smaller count of equals.
fn highest(rows: &[Quality], measure: impl Fn(&Quality) -> f64) -> usize {
    let better = |best: &Quality, row: &Quality| measure(row) > measure(best);
    let best = rows
        .iter()
        .reduce(|best, row| if better(best, row) { row } else { best });
    best.map_or(0, |row| row.k)
}

/// The count whose inertia lies farthest below the straight line from the first to the last row.
fn knee(rows: &[Quality]) -> Option<usize> {
    let (first, last) = (rows.first()?, rows.last()?);
    let fall = first.inertia - last.inertia;
    let below = |row: &Quality| {
        let along = (row.k - first.k) as f64 / (last.k - first.k).max(1) as f64;
        let fallen = if fall > 0.0 {
            (first.inertia - row.inertia) / fall
        } else {
            0.0
        };
        fallen - along
    };
    let k = highest(rows, below);
    let is_below = rows.iter().any(|row| row.k == k && below(row) > 1e-9);
    is_below.then_some(k)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::SilhouetteBasis;
    use crate::{Params as _, Scaling, Unwatched, testing};

    fn row(k: usize, inertia: f64) -> Quality {
        Quality {
            k,
            inertia,
            silhouette: Some(0.0),
            silhouette_basis: SilhouetteBasis::Exact,
            calinski_harabasz: Some(0.0),
            davies_bouldin: Some(0.0),
            bic: None,
            n_smallest: 1,
        }
    }

    #[test]
    fn the_knee_is_where_the_curve_is_farthest_below_its_chord() {
        for (inertias, expected) in [
            (&[100.0, 20.0, 10.0, 5.0][..], Some(3)),
            (&[30.0, 20.0, 10.0], None),
            (&[5.0, 5.0, 5.0], None),
            (&[5.0], None),
            (&[], None),
        ] {
            let rows: Vec<Quality> = (2..)
                .zip(inertias)
                .map(|(k, &inertia)| row(k, inertia))
                .collect();
            assert_eq!(knee(&rows), expected, "{inertias:?}");
        }
    }

    fn run_on(values: &[f64]) -> Result<Report, AnalysisError> {
        let dataset = testing::numbers(&[("x", values.iter().copied().map(Some).collect())]);
        let features = vec!["x".into()];
        let params = Params {
            clusters: clusters::Params {
                features,
                scaling: Scaling::None,
                ..clusters::Params::default()
            },
        };
        run(
            &dataset,
            &params.checked()?,
            Day::from_number(0),
            &mut Unwatched,
        )
    }

    #[test]
    fn counts_run_from_two_to_the_different_customers_or_ten() {
        let counts = |n: i32| -> Vec<usize> {
            let values: Vec<f64> = (0..2 * n).map(|v| f64::from(v % n)).collect();
            run_on(&values)
                .unwrap()
                .rows
                .into_iter()
                .map(|row| row.k)
                .collect()
        };
        assert_eq!(counts(3), [2, 3]);
        assert_eq!(counts(15), [2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(
            run_on(&[1.0, 1.0]),
            Err(AnalysisError::TooFewDistinct { need: 2, found: 1 })
        );
    }

    #[test]
    fn clear_groups_are_preferred_by_every_criterion() {
        let values: Vec<f64> = (0..30).map(|v| f64::from(v % 3 * 100 + v / 3)).collect();
        let preferred = run_on(&values).unwrap().preferred;
        let expected = (Some(3), 3, 3);
        assert_eq!(
            (
                preferred.knee,
                preferred.silhouette,
                preferred.davies_bouldin
            ),
            expected
        );
    }
}

//! One door for all models: learn, predict, say what was learnt.

use serde::{Deserialize, Serialize};

use super::design::Term;
use super::regression::{self, Fit};
use super::trees::{self, Forest, Growth};
use super::{Model, Params, Steps};
use crate::{AnalysisError, tails};

/// A number of a regression, in the units of its column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coefficient {
    /// The column; `None` is the intercept.
    pub term: Option<Term>,
    /// What one more of the column adds: to the target, or to the logarithm of the odds.
    pub estimate: f64,
    /// By what one standard deviation more of the column multiplies the odds; `None` for the intercept and for numbers.
    pub odds: Option<f64>,
    /// Standard deviation of the column among those learnt from; 0 for the intercept.
    pub spread: f64,
    /// What one standard deviation more of the column adds; 0 for the intercept.
    pub standardised: f64,
    /// How sure the estimate is; `None` under a ridge.
    pub certainty: Option<Certainty>,
}

/// How sure an estimate is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certainty {
    /// Standard error.
    pub error: f64,
    /// Estimate over error: z of a logistic, t of a linear regression.
    pub statistic: f64,
    /// Both-sided p-value.
    pub p: f64,
    /// Ends of the 95 % interval.
    pub interval: (f64, f64),
}

/// How well a regression fits what it learnt from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goodness {
    /// Residual sum of squares, or -2 times the logarithm of the likelihood.
    pub deviance: f64,
    /// The same with the intercept alone.
    pub null_deviance: f64,
    /// Akaike's criterion of a logistic regression.
    pub aic: Option<f64>,
    /// Share of the variance that a linear regression explains.
    pub r_squared: Option<f64>,
}

/// A model that has learnt.
pub(super) enum Learnt {
    Regression {
        fit: Fit,
        is_classes: bool,
        n: usize,
    },
    Trees(Forest),
}

/// How many learn calls a run makes of one model, in steps of [`Steps`].
pub(super) const fn steps_of(params: &Params) -> u64 {
    match params.model {
        Model::Forest => params.trees as u64,
        Model::Regression | Model::Tree => 1,
    }
}

/// Learns `y` from `columns`.
pub(super) fn learn(
    model: Model,
    params: &Params,
    is_classes: bool,
    columns: &[Vec<f64>],
    y: &[f64],
    steps: &mut Steps<'_>,
) -> Result<Learnt, AnalysisError> {
    let n = y.len();
    let p = columns.len();
    let growth = Growth {
        n_trees: 1,
        depth: params.depth,
        least: (n / 50).clamp(5, 200),
        n_tried: 0,
        is_drawn: false,
        seed: params.seed,
    };
    Ok(match model {
        Model::Regression => {
            steps.tick()?;
            let fit = match is_classes {
                true => regression::logit(columns, y),
                false => regression::linear(columns, y),
            };
            Learnt::Regression { fit, is_classes, n }
        }
        Model::Tree => Learnt::Trees(trees::grow(columns, y, growth, steps)?),
        Model::Forest => {
            let n_tried = match is_classes {
                true => libm::sqrt(p as f64) as usize,
                false => p / 3,
            };
            let growth = Growth {
                n_trees: params.trees,
                depth: 8,
                least: 5,
                n_tried: n_tried.max(1),
                is_drawn: true,
                ..growth
            };
            Learnt::Trees(trees::grow(columns, y, growth, steps)?)
        }
    })
}

impl Learnt {
    /// What is predicted for each row.
    pub(super) fn predict(&self, columns: &[Vec<f64>], n: usize) -> Vec<f64> {
        let at = |row: usize| match self {
            Self::Regression {
                fit,
                is_classes: true,
                ..
            } => regression::logistic(fit.at(columns, row)),
            Self::Regression { fit, .. } => fit.at(columns, row),
            Self::Trees(forest) => forest.at(columns, row),
        };
        (0..n).map(at).collect()
    }

    /// The terms that the ones before them give already.
    pub(super) fn aliased<'a>(&'a self, terms: &'a [Term]) -> impl Iterator<Item = &'a Term> {
        let aliased = match self {
            Self::Regression { fit, .. } => &fit.aliased[..],
            Self::Trees(_) => &[],
        };
        terms
            .iter()
            .zip(aliased)
            .filter(|(_, aliased)| **aliased)
            .map(|(term, _)| term)
    }

    /// Whether separated classes made a ridge necessary.
    pub(super) const fn is_ridge(&self) -> bool {
        matches!(self, Self::Regression { fit, .. } if fit.is_ridge)
    }

    /// Whether no numbers were found, so that the mean is guessed.
    pub(super) const fn is_unsettled(&self) -> bool {
        matches!(self, Self::Regression { fit, .. } if fit.is_unsettled)
    }

    /// The numbers of a regression: the intercept and every column that was not passed over.
    pub(super) fn coefficients(&self, terms: &[Term], columns: &[Vec<f64>]) -> Vec<Coefficient> {
        let Self::Regression { fit, is_classes, n } = self else {
            return Vec::new();
        };
        let freedom = (!is_classes).then(|| n.saturating_sub(fit.rank) as f64);
        let reach = freedom.map_or(tails::NORMAL_95, |df| tails::critical(0.05, df));
        let p_value = |statistic: f64| match freedom {
            Some(df) => tails::two_sided(statistic, df),
            None => tails::normal_two_sided(statistic),
        };
        let certainty = |at: usize, estimate: f64| {
            let error = *fit.errors.as_ref()?.get(at)?;
            (error > 0.0).then(|| Certainty {
                error,
                statistic: estimate / error,
                p: p_value(estimate / error),
                interval: (estimate - reach * error, estimate + reach * error),
            })
        };
        let first = Coefficient {
            term: None,
            estimate: fit.intercept,
            odds: None,
            spread: 0.0,
            standardised: 0.0,
            certainty: certainty(0, fit.intercept),
        };
        let slopes = terms.iter().zip(&fit.slopes).enumerate();
        let slopes = slopes
            .filter(|(at, _)| !fit.aliased[*at])
            .map(|(at, (term, &estimate))| {
                let (_, spread) = crate::stats::moments(columns[at].iter().copied());
                Coefficient {
                    term: Some(term.clone()),
                    estimate,
                    spread,
                    standardised: estimate * spread,
                    odds: is_classes.then(|| libm::exp(estimate * spread)),
                    certainty: certainty(at + 1, estimate),
                }
            });
        std::iter::once(first).chain(slopes).collect()
    }

    /// What share of the squared error each column takes away in trees, most first.
    pub(super) fn importance(&self, terms: &[Term]) -> Vec<(Term, f64)> {
        let Self::Trees(forest) = self else {
            return Vec::new();
        };
        let share = &forest.importance;
        let order = gyeol_data::places_in_order(share.len(), &|a, b| share[b].total_cmp(&share[a]));
        let used = order.into_iter().filter(|&at| share[at] > 0.0);
        used.map(|at| (terms[at].clone(), share[at])).collect()
    }

    /// How well a regression fits.
    pub(super) fn goodness(&self) -> Option<Goodness> {
        let Self::Regression {
            fit, is_classes, ..
        } = self
        else {
            return None;
        };
        let has_aic = *is_classes && !fit.is_ridge && !fit.is_unsettled;
        Some(Goodness {
            deviance: fit.deviance,
            null_deviance: fit.null_deviance,
            aic: has_aic.then_some(fit.deviance + 2.0 * fit.rank as f64),
            r_squared: (!is_classes && fit.null_deviance > 0.0)
                .then(|| 1.0 - fit.deviance / fit.null_deviance),
        })
    }
}

//! The test: what model, simple model and mean predict for customers that they have not learnt from, held against what
//! came.
//!
//! Losses are compared customer by customer, so that what is hard for both does not blur the difference. Under
//! cross-validation each customer is predicted by a model that learnt from the other parts.

use super::material::{Material, Rows, parts};
use super::metrics::{self, Measured};
use super::model::{self, Learnt};
use super::roc::Placements;
use super::{Advantage, Confusion, Model, Params, Profit, Split, Steps};
use crate::tails::NORMAL_95;
use crate::{AnalysisError, stats};

/// Predictions for those tested.
pub(super) struct Trial {
    pub(super) model: Vec<f64>,
    pub(super) guess: Vec<f64>,
    pub(super) naive: Option<Vec<f64>>,
    /// The model in each part of the cross-validation.
    pub(super) cross_validated: Vec<Measured>,
}

impl Trial {
    /// Has the model, the mean and the simple model predict for those tested.
    pub(super) fn of(
        params: &Params,
        material: &Material,
        learnt: &Learnt,
        steps: &mut Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        let (is_classes, train) = (material.is_classes, &material.train);
        let n = material.test.y.len();
        let folds = folds(params.model, params, is_classes, train, steps)?;
        let is_folds = params.split == Split::Folds;
        let naive = match &material.naive {
            None => None,
            Some([columns, _]) if is_folds => {
                let rows = Rows {
                    columns: columns.clone(),
                    y: train.y.clone(),
                };
                Some(self::folds(Model::Regression, params, is_classes, &rows, steps)?.predicted)
            }
            Some([columns, test]) => {
                let model = Model::Regression;
                let learnt = model::learn(model, params, is_classes, columns, &train.y, steps)?;
                Some(learnt.predict(test, n))
            }
        };
        Ok(Self {
            guess: vec![stats::moments(train.y.iter().copied()).0; n],
            model: match is_folds {
                true => folds.predicted,
                false => learnt.predict(&material.test.columns, n),
            },
            naive,
            cross_validated: folds.measured,
        })
    }
}

/// What each part is predicted by a model that learnt from the others.
struct Folds {
    measured: Vec<Measured>,
    /// By row, each in its own part.
    predicted: Vec<f64>,
}

fn folds(
    model: Model,
    params: &Params,
    is_classes: bool,
    rows: &Rows,
    steps: &mut Steps<'_>,
) -> Result<Folds, AnalysisError> {
    let n_folds = params.folds;
    let parts = parts(is_classes, &rows.y, params.seed ^ 0xF01D, &|rank, _| {
        rank % n_folds
    });
    let mut folds = Folds {
        measured: Vec::with_capacity(n_folds),
        predicted: vec![0.0; rows.y.len()],
    };
    for fold in 0..n_folds {
        let (outside, inside): (Vec<usize>, Vec<usize>) =
            (0..parts.len()).partition(|&at| parts[at] == fold);
        let (inside, own) = (rows.of(&inside), rows.of(&outside));
        let learnt = model::learn(model, params, is_classes, &inside.columns, &inside.y, steps)?;
        let predicted = learnt.predict(&own.columns, own.y.len());
        let threshold = params.used_threshold();
        let measured = metrics::measure(is_classes, &predicted, &own.y, threshold);
        folds.measured.push(measured);
        for (at, predicted) in outside.into_iter().zip(predicted) {
            folds.predicted[at] = predicted;
        }
    }
    Ok(folds)
}

/// The mean difference of paired losses, with an interval from its standard error, and that of the areas.
pub(super) fn advantage(
    is_classes: bool,
    model: &[f64],
    simpler: &[f64],
    came: &[f64],
) -> Advantage {
    let loss = |predicted: &[f64], at: usize| metrics::loss(is_classes, predicted[at], came[at]);
    let difference = |at: usize| loss(simpler, at) - loss(model, at);
    let n = came.len();
    let (mean, spread) = stats::moments((0..n).map(difference));
    let error = spread / (n.saturating_sub(1).max(1) as f64).sqrt();
    let (whole, _) = stats::moments((0..n).map(|at| loss(simpler, at)));
    let reach = NORMAL_95 * error;
    let placements = |predicted: &[f64]| Placements::of(predicted, came).filter(|_| is_classes);
    let area = || placements(model)?.less(&placements(simpler)?, came);
    Advantage {
        mean,
        interval: (mean - reach, mean + reach),
        share: if whole > 0.0 { mean / whole } else { 0.0 },
        area: area(),
    }
}

/// What contacts bring among those tested, where money was given.
pub(super) fn profit(params: &Params, model: &Measured) -> Option<Profit> {
    let Measured::Classes(classes) = model else {
        return None;
    };
    let Confusion {
        hits,
        false_alarms,
        missed,
        quiet_right,
    } = classes.confusion;
    let of = |hits: u64, contacts: u64| {
        hits as f64 * params.hit_value - contacts as f64 * params.contact_cost
    };
    params.has_money().then(|| Profit {
        chosen: of(hits, hits + false_alarms),
        n_chosen: hits + false_alarms,
        all: of(hits + missed, hits + false_alarms + missed + quiet_right),
    })
}

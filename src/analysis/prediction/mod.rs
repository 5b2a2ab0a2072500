//! Prediction that is tested: who will buy again, how much customers will spend, what a column says.
//!
//! A model learns from what was known on one day and what came after it, and is tested on a later day (or on other
//! customers) against guessing the mean and against recency and frequency alone. The model that was tested is the one
//! that scores. Nothing that a feature says comes from after its day. Equations, sources and limits:
//! `docs/methods/prediction.md`.

mod design;
mod material;
mod metrics;
mod model;
mod params;
mod regression;
mod report;
mod trees;

use super::measures::Measures;
use super::profile::{self, SegmentProfile};
use super::{
    AnalysisError, Checked, Monitor, ReadyName, Segment, Segmentation, SegmentationId, stats,
};
use crate::data::{Dataset, Day, places_in_order};
use design::Encoding;
use material::{FEWEST, Material, Rows, material, parts};

pub use design::{Part, Term};
pub use metrics::{ClassMetrics, Confusion, Measured, NumberMetrics, Tenth};
pub use model::{Certainty, Coefficient, Goodness};
pub use params::{Model, Params, Split, Target};
pub use report::{Advantage, Note, Problem, Profit, Report, Weight, Window};

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// Tenths of the prediction; the prediction of each customer is its [`Segmentation::predicted`].
    pub segmentation: Segmentation,
}

/// Progress that can be watched and stopped.
pub(super) struct Steps<'a> {
    monitor: &'a mut dyn Monitor,
    done: u64,
    total: u64,
}

impl<'a> Steps<'a> {
    pub(super) fn new(monitor: &'a mut dyn Monitor, total: u64) -> Self {
        Self {
            monitor,
            done: 0,
            total,
        }
    }

    /// One step more.
    pub(super) fn tick(&mut self) -> Result<(), AnalysisError> {
        self.monitor
            .checkpoint(self.done.min(self.total), self.total)?;
        self.done += 1;
        Ok(())
    }
}

/// A column whose area under the curve alone is this far from nothing nearly is the target.
const NEARLY_ALL: f64 = 0.98;

/// Learns, tests and scores.
///
/// # Errors
/// [`AnalysisError::Prediction`] with the reason why there is none; a parameter that breaks a rule; or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let n_learns = params.folds as u64 + 1;
    let mut steps = Steps::new(monitor, n_learns * model::steps_of(params) + 4);
    steps.tick()?;
    let material = material(dataset, params, as_of)?;
    material.check()?;
    let (is_classes, train) = (material.is_classes, &material.train);
    let learnt = model::learn(
        params.model,
        params,
        is_classes,
        &train.columns,
        &train.y,
        &mut steps,
    )?;
    let naive = material.naive(dataset, params, &mut steps)?;
    let cross_validated = cross_validated(params, is_classes, train, &mut steps)?;
    steps.tick()?;
    let (segmentation, segments) = scored(dataset, &material.encoding, &learnt, as_of);
    let report = Report {
        cross_validated,
        segments,
        ..material.report(params, as_of, &learnt, naive.as_deref())
    };
    Ok(Output {
        report,
        segmentation,
    })
}

impl Material {
    /// What the test says, but for what is learnt or scored apart.
    fn report(
        self,
        params: &Params,
        as_of: Day,
        learnt: &model::Learnt,
        naive: Option<&[f64]>,
    ) -> Report {
        let (is_classes, train, came) = (self.is_classes, &self.train, &self.test.y);
        let predicted = learnt.predict(&self.test.columns, came.len());
        let (base, _) = stats::moments(train.y.iter().copied());
        let guess = vec![base; came.len()];
        let threshold = params.used_threshold();
        let measured = |predicted: &[f64]| metrics::measure(is_classes, predicted, came, threshold);
        let over = |simpler: &[f64]| advantage(is_classes, &predicted, simpler, came);
        let model = measured(&predicted);
        let terms = &self.encoding.terms;
        let mut notes = self.notes;
        notes.extend(nearly_the_target(is_classes, &self.encoding, train));
        notes.extend(learnt.aliased(terms).cloned().map(Note::Aliased));
        notes.extend(learnt.is_ridge().then_some(Note::Separated));
        Report {
            params: params.clone(),
            as_of,
            is_classes,
            learnt: self.windows.map(|windows| windows.0),
            tested: self.windows.map(|windows| windows.1),
            n_train: train.y.len() as u64,
            n_test: came.len() as u64,
            base,
            test_mean: stats::moments(came.iter().copied()).0,
            threshold,
            profit: profit(params, &model),
            model,
            guess: measured(&guess),
            naive: naive.map(measured),
            cross_validated: Vec::new(),
            over_guess: over(&guess),
            over_naive: naive.map(over),
            tenths: metrics::tenths(&predicted, came),
            coefficients: learnt.coefficients(terms, &train.columns),
            goodness: learnt.goodness(),
            importance: learnt.importance(terms),
            notes,
            segments: Vec::new(),
            positive: self.positive,
            features: self.features,
            available: self.available,
        }
    }
}

fn cross_validated(
    params: &Params,
    is_classes: bool,
    train: &Rows,
    steps: &mut Steps<'_>,
) -> Result<Vec<Measured>, AnalysisError> {
    let n_folds = params.folds;
    let folds = parts(is_classes, &train.y, params.seed ^ 0xF01D, &|rank, _| {
        rank % n_folds
    });
    let mut measured = Vec::with_capacity(n_folds);
    for fold in 0..n_folds {
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for (at, &own) in folds.iter().enumerate() {
            if own == fold {
                outside.push(at);
            } else {
                inside.push(at);
            }
        }
        let (inside, outside) = (train.of(&inside), train.of(&outside));
        let learnt = model::learn(
            params.model,
            params,
            is_classes,
            &inside.columns,
            &inside.y,
            steps,
        )?;
        let predicted = learnt.predict(&outside.columns, outside.y.len());
        measured.push(metrics::measure(
            is_classes,
            &predicted,
            &outside.y,
            params.used_threshold(),
        ));
    }
    Ok(measured)
}

/// The mean difference of paired losses, with an interval from its standard error.
fn advantage(is_classes: bool, model: &[f64], simpler: &[f64], came: &[f64]) -> Advantage {
    let loss = |predicted: &[f64], at: usize| metrics::loss(is_classes, predicted[at], came[at]);
    let difference = |at: usize| loss(simpler, at) - loss(model, at);
    let n = came.len();
    let (mean, spread) = stats::moments((0..n).map(difference));
    let error = spread / (n.saturating_sub(1).max(1) as f64).sqrt();
    let (whole, _) = stats::moments((0..n).map(|at| loss(simpler, at)));
    let reach = 1.96 * error;
    Advantage {
        mean,
        interval: (mean - reach, mean + reach),
        share: if whole > 0.0 { mean / whole } else { 0.0 },
    }
}

fn profit(params: &Params, model: &Measured) -> Option<Profit> {
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

/// Columns that alone nearly give the target, in an even sample of those learnt from.
fn nearly_the_target(is_classes: bool, encoding: &Encoding, train: &Rows) -> Vec<Note> {
    let sample: Vec<usize> = stats::even_sample(train.y.len(), 20_000).collect();
    let sample = train.of(&sample);
    let is_near = |column: &Vec<f64>| {
        if is_classes {
            let area = metrics::auc(column, &sample.y);
            let is_apart = area.is_some_and(|area| area.max(1.0 - area) >= NEARLY_ALL);
            return is_apart || gives_the_rarer(column, &sample.y);
        }
        let fit = regression::linear(std::slice::from_ref(column), &sample.y);
        fit.deviance < (1.0 - NEARLY_ALL) * fit.null_deviance
    };
    let columns = encoding.terms.iter().zip(&sample.columns);
    let near = columns.filter(|(_, column)| is_near(column));
    near.map(|(term, _)| Note::NearlyTheTarget(term.clone()))
        .collect()
}

/// Whether all of at least twenty customers on one side of a column of 0 and 1 are of the rarer class, as where an
/// order says that there was a visit, beyond what chance gives once in a million.
fn gives_the_rarer(column: &[f64], y: &[f64]) -> bool {
    let is_two_valued = column
        .iter()
        .all(|&x| x.abs() < 1e-12 || (x - 1.0).abs() < 1e-12);
    let (share, _) = stats::moments(y.iter().copied());
    let rarer = if share < 0.5 { 1.0 } else { 0.0 };
    let chance = share.min(1.0 - share);
    let is_given = |side: f64| {
        let rows = || {
            column
                .iter()
                .zip(y)
                .filter(|(x, _)| (**x - side).abs() < 0.5)
        };
        let n = rows().count();
        let is_rare = libm::log(chance) * (n as f64) < libm::log(1e-6);
        n >= FEWEST && is_rare && rows().all(|(_, y)| (y - rarer).abs() < 0.5)
    };
    is_two_valued && (is_given(0.0) || is_given(1.0))
}

/// All customers of the as-of date, in tenths from the highest prediction down; equal predictions are in one tenth.
fn scored(
    dataset: &Dataset,
    encoding: &Encoding,
    learnt: &model::Learnt,
    as_of: Day,
) -> (Segmentation, Vec<SegmentProfile>) {
    let measures = Measures::new(dataset, as_of);
    let n = measures.present.len();
    let predicted = learnt.predict(&encoding.columns(&measures), n);
    let order = places_in_order(n, &|a, b| predicted[b].total_cmp(&predicted[a]));
    let mut assignment = vec![Segmentation::ABSENT; dataset.n_customers()];
    let mut all = vec![f64::NAN; dataset.n_customers()];
    let mut tenth = 0;
    for (rank, &place) in order.iter().enumerate() {
        let is_new = rank == 0
            || predicted[order[rank - 1]]
                .total_cmp(&predicted[place])
                .is_ne();
        if is_new {
            tenth = (rank * 10 / n) as u16;
        }
        let customer = measures.present[place] as usize;
        assignment[customer] = tenth;
        all[customer] = predicted[place];
    }
    let names: Vec<ReadyName> = (1..=10).map(ReadyName::Tenth).collect();
    let segmentation = Segmentation {
        id: SegmentationId::Prediction,
        segments: Segment::ready(&names),
        assignment,
        membership: None,
        predicted: Some(all),
    };
    let segments = profile::run(dataset, &segmentation, as_of);
    (segmentation, segments)
}

#[cfg(test)]
mod tests;

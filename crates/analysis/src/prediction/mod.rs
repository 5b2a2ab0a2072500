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
mod roc;
mod trees;
mod trial;

use super::measures::Measures;
use super::profile::{self, SegmentProfile};
use super::{
    AnalysisError, Checked, Monitor, ReadyName, Segment, Segmentation, SegmentationId, stats,
};
use design::Encoding;
use gyeol_data::{Dataset, Day, places_in_order};
use material::{FEWEST, Material, Rows, material, with_days};
use trial::{Trial, advantage, profit};

pub use design::{Part, Term};
pub use metrics::{ClassMetrics, Confusion, Measured, NumberMetrics, Tenth};
pub use model::{Certainty, Coefficient, Goodness};
pub use params::{Model, Params, Split, Target};
pub use report::{Advantage, Note, Problem, Profit, Refusal, Report, Standing, Weight, Window};

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
/// [`AnalysisError::Prediction`] with the reason why there is none, or [`AnalysisError::LoneOrders`]; a parameter that breaks a rule; or stopped.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let n_learns = params.folds as u64 + 1;
    let n_simple = params.folds as u64;
    let total = n_learns * model::steps_of(params) + n_simple + 4;
    let mut steps = Steps::new(monitor, total);
    steps.tick()?;
    let material = material(dataset, params, as_of)
        .and_then(|material| material.check().map(|()| material))
        .map_err(|error| with_days(error, dataset, params, as_of))?;
    let (is_classes, train) = (material.is_classes, &material.train);
    let learnt = model::learn(
        params.model,
        params,
        is_classes,
        &train.columns,
        &train.y,
        &mut steps,
    )?;
    let trial = Trial::of(params, &material, &learnt, &mut steps)?;
    steps.tick()?;
    let (segmentation, segments) = scored(dataset, &material.encoding, &learnt, as_of);
    let predicted = segmentation.predicted.iter().flatten();
    let known = || predicted.clone().filter(|value| value.is_finite());
    let report = Report {
        segments,
        n_scored: known().count() as u64,
        expected: known().sum(),
        ..material.report(params, as_of, &learnt, trial)
    };
    Ok(Output {
        report,
        segmentation,
    })
}

impl Material {
    /// What the test says, but for what is scored apart.
    fn report(self, params: &Params, as_of: Day, learnt: &model::Learnt, trial: Trial) -> Report {
        let (is_classes, train, came) = (self.is_classes, &self.train, &self.test.y);
        let (base, _) = stats::moments(train.y.iter().copied());
        let threshold = params.used_threshold();
        let measured =
            |predicted: &Vec<f64>| metrics::measure(is_classes, predicted, came, threshold);
        let over = |model: &[f64], simpler: &[f64]| advantage(is_classes, model, simpler, came);
        let model = measured(&trial.model);
        let notes = self.all_notes(learnt);
        let [positive, negative] = match self.sides {
            Some(sides) => sides.map(Some),
            None => [None, None],
        };
        let naive = trial.naive.as_ref();
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
            guess: measured(&trial.guess),
            naive: naive.map(measured),
            over_guess: over(&trial.model, &trial.guess),
            over_naive: naive.map(|naive| over(&trial.model, naive)),
            naive_over_guess: naive.map(|naive| over(naive, &trial.guess)),
            tenths: metrics::tenths(&trial.model, came),
            cross_validated: trial.cross_validated,
            coefficients: learnt.coefficients(&self.encoding.terms, &train.columns),
            goodness: learnt.goodness(),
            importance: learnt.importance(&self.encoding.terms),
            notes,
            n_scored: 0,
            expected: 0.0,
            segments: Vec::new(),
            positive,
            negative,
            features: self.features,
            available: self.available,
        }
    }

    /// What is worth saying of the columns and of what was learnt from them.
    fn all_notes(&self, learnt: &model::Learnt) -> Vec<Note> {
        let mut notes = self.notes.clone();
        notes.extend(nearly_the_target(
            self.is_classes,
            &self.encoding,
            &self.train,
        ));
        let aliased = learnt.aliased(&self.encoding.terms);
        notes.extend(aliased.cloned().map(Note::Aliased));
        notes.extend(learnt.is_ridge().then_some(Note::Separated));
        notes.extend(learnt.is_unsettled().then_some(Note::Unsettled));
        notes
    }
}

/// Columns that alone nearly give the target, in an even sample of those learnt from.
fn nearly_the_target(is_classes: bool, encoding: &Encoding, train: &Rows) -> Vec<Note> {
    let sample: Vec<usize> = stats::even_sample(train.y.len(), 20_000).collect();
    let sample = train.of(&sample);
    let is_near = |column: &Vec<f64>| {
        if is_classes {
            let own = roc::Placements::of(column, &sample.y);
            let is_apart = own.is_some_and(|own| own.area.max(1.0 - own.area) >= NEARLY_ALL);
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
mod refusal_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trial_tests;

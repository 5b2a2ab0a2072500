//! The parts of a run that are watched: each fit, and each pass over the customers.
//!
//! Invariant: whatever loops over customers or evaluations asks the monitor as it goes.

use super::super::{AnalysisError, Monitor};
use super::model::{Fit, Model};
use super::spend::{self, SpendFit};
use super::summary::Seen;

/// Parts that are watched, `total` of them.
pub(super) struct Steps<'a> {
    monitor: &'a mut dyn Monitor,
    done: u64,
    total: u64,
}

/// What a part is counted in.
const FINE: u64 = 200;

/// More evaluations of a likelihood than that are rare; the bar waits for them.
const USUAL_EVALUATIONS: u64 = FINE;

/// Customers between two looks at the monitor.
const STRIDE: usize = 512;

impl<'a> Steps<'a> {
    pub(super) fn new(monitor: &'a mut dyn Monitor, total: u64) -> Self {
        Self {
            monitor,
            done: 0,
            total,
        }
    }

    /// The present part is done.
    pub(super) fn advance(&mut self) {
        self.done += 1;
    }

    /// So many parts are done, whatever was counted before.
    pub(super) fn finished(&mut self, done: u64) {
        self.done = done;
    }

    /// `done` of `of` of the present part.
    pub(super) fn within(&mut self, done: u64, of: u64) -> Result<(), AnalysisError> {
        let part = u64::min(done * FINE / of.max(1), FINE - 1);
        self.monitor
            .checkpoint(self.done * FINE + part, self.total * FINE)
    }

    /// The customer at `place` of `n` is next.
    pub(super) fn pass(&mut self, place: usize, n: usize) -> Result<(), AnalysisError> {
        match place.is_multiple_of(STRIDE) {
            true => self.within(place as u64, n as u64),
            false => Ok(()),
        }
    }

    /// Fits each model, a part for each; one that cannot be fitted is left out.
    pub(super) fn fit_all(
        &mut self,
        models: &[Model],
        alike: &[(Seen, f64)],
    ) -> Result<Vec<Fit>, AnalysisError> {
        let mut fits = Vec::new();
        for &model in models {
            fits.extend(self.watched(&mut |watch| Fit::new(model, alike, watch))?);
        }
        Ok(fits)
    }

    /// Fits the model of money, a part of its own.
    pub(super) fn fit_spend(
        &mut self,
        spends: &[(f64, f64)],
    ) -> Result<Option<SpendFit>, AnalysisError> {
        self.watched(&mut |watch| spend::fit(spends, watch))
    }

    fn watched<T>(&mut self, fit: &mut Watched<'_, T>) -> Result<Option<T>, AnalysisError> {
        let mut evaluations = 0;
        let found = fit(&mut || {
            evaluations += 1;
            self.within(evaluations, USUAL_EVALUATIONS)
        })?;
        self.done += 1;
        Ok(found)
    }
}

/// A fit that says when it evaluates its likelihood.
type Watched<'a, T> = dyn FnMut(&mut dyn FnMut() -> Result<(), AnalysisError>) -> Result<Option<T>, AnalysisError>
    + 'a;

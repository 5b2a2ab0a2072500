//! Progress of a job made of steps, with moments to stop between and within them.

use std::cell::RefCell;

use crate::{AnalysisError, Monitor};

/// A step counts so much, so that progress within it can be told.
const WHOLE: u64 = 1000;

/// Steps of a job with their monitor.
pub(super) struct Steps<'a> {
    monitor: RefCell<&'a mut dyn Monitor>,
    done: u64,
    total: u64,
}

impl<'a> Steps<'a> {
    pub(super) fn new(monitor: &'a mut dyn Monitor, total: u64) -> Self {
        Self {
            monitor: RefCell::new(monitor),
            done: 0,
            total,
        }
    }

    /// One more step is done.
    pub(super) fn advance(&mut self) -> Result<(), AnalysisError> {
        self.done += 1;
        self.pulse()
    }

    /// Still within a step: a moment to stop.
    pub(super) fn pulse(&self) -> Result<(), AnalysisError> {
        self.pulse_at(0, 1)
    }

    /// Within a step, `done` of `of` equal parts are done.
    pub(super) fn pulse_at(&self, done: usize, of: usize) -> Result<(), AnalysisError> {
        let within = done.min(of) as u64 * WHOLE / of.max(1) as u64;
        let (done, total) = (self.done * WHOLE + within, self.total * WHOLE);
        self.monitor.borrow_mut().checkpoint(done.min(total), total)
    }
}

//! Progress of a job made of steps, with moments to stop between and within them.

use std::cell::RefCell;

use crate::analysis::{AnalysisError, Monitor};

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
        self.monitor.borrow_mut().checkpoint(self.done, self.total)
    }
}

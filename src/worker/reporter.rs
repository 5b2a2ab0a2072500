//! Progress of the running job, posted at most every 50 ms.

use web_sys::{DedicatedWorkerGlobalScope, Performance};

use crate::analysis::{AnalysisError, Monitor};
use crate::protocol::{FromWorker, JobId};

/// Milliseconds between two reports.
const PAUSE_MILLIS: f64 = 50.0;

pub(super) struct Reporter {
    scope: DedicatedWorkerGlobalScope,
    clock: Option<Performance>,
    job: JobId,
    reported_at_millis: f64,
}

impl Reporter {
    pub(super) fn new(scope: &DedicatedWorkerGlobalScope, job: JobId) -> Self {
        let clock = scope.performance();
        Self {
            reported_at_millis: clock.as_ref().map_or(0.0, Performance::now),
            scope: scope.clone(),
            clock,
            job,
        }
    }

    /// Says how far the reading of a file is.
    pub(super) fn read(&mut self, done: u64, total: u64, n_rows: u64) {
        let now = self.clock.as_ref().map_or(0.0, Performance::now);
        if now - self.reported_at_millis < PAUSE_MILLIS {
            return;
        }
        self.reported_at_millis = now;
        let progress = FromWorker::Progress {
            job: self.job,
            done,
            total,
            n_rows,
        };
        super::post(&self.scope, &progress);
    }
}

/// Never stops a job: a cancelled worker is ended by the page.
impl Monitor for Reporter {
    fn checkpoint(&mut self, done: u64, total: u64) -> Result<(), AnalysisError> {
        self.read(done, total, 0);
        Ok(())
    }
}

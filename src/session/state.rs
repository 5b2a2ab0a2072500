//! What the session shows: where the person is, what is computed, what should be known. Facts only, no words.

use serde::{Deserialize, Serialize};

use super::View;
use crate::analysis::{AnalysisError, AnalysisId};
use crate::data::{ImportError, TableKind};
use crate::export::project::ProjectError;
use crate::export::{ExportError, Seen};

/// Where a person is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// No file yet.
    #[default]
    Empty,
    /// The head of a file is being read.
    Reading,
    /// The columns are being given their roles.
    Mapping,
    /// The whole file is being read.
    Importing,
    /// Results can be had.
    Ready,
    /// A file could not be used and there is nothing to go back to.
    Failed,
}

impl Stage {
    /// The word used in page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Reading => "reading",
            Self::Mapping => "mapping",
            Self::Importing => "importing",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    /// Whether a file is being read.
    pub const fn is_reading(self) -> bool {
        matches!(self, Self::Reading | Self::Importing)
    }
}

/// Something that is computed, or why not.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Slot<T, E> {
    /// Not asked for.
    #[default]
    Idle,
    /// Being computed; what was there before stays to be shown.
    Running(Option<T>),
    /// Computed.
    Ready(T),
    /// Not possible.
    Failed(E),
}

impl<T, E> Slot<T, E> {
    /// What can be shown now.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Ready(value) | Self::Running(Some(value)) => Some(value),
            _ => None,
        }
    }

    /// The word used in page attributes.
    pub const fn state(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running(_) => "running",
            Self::Ready(_) => "ready",
            Self::Failed(_) => "failed",
        }
    }

    /// It is being computed again.
    pub(super) fn start(&mut self) {
        *self = match std::mem::take(self) {
            Self::Ready(value) | Self::Running(Some(value)) => Self::Running(Some(value)),
            _ => Self::Running(None),
        };
    }

    /// It is not being computed any more: back to what was there.
    pub(super) fn stop(&mut self) {
        *self = match std::mem::take(self) {
            Self::Running(Some(value)) => Self::Ready(value),
            Self::Running(None) => Self::Idle,
            other => other,
        };
    }

    /// It was computed, or is not possible.
    pub(super) fn finish(&mut self, result: Result<T, E>) {
        *self = match result {
            Ok(value) => Self::Ready(value),
            Err(reason) => Self::Failed(reason),
        };
    }
}

/// A slot of any analysis, whatever its result is.
pub(super) trait AnalysisSlot {
    /// See [`Slot::start`].
    fn start(&mut self);
    /// See [`Slot::stop`].
    fn stop(&mut self);
    /// It is not possible.
    fn fail(&mut self, error: AnalysisError);
    /// It was not asked for.
    fn clear(&mut self);
}

impl<T> AnalysisSlot for Slot<T, AnalysisError> {
    fn start(&mut self) {
        Self::start(self);
    }

    fn stop(&mut self) {
        Self::stop(self);
    }

    fn fail(&mut self, error: AnalysisError) {
        self.finish(Err(error));
    }

    fn clear(&mut self) {
        *self = Self::Idle;
    }
}

/// The file that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub n_bytes: u64,
}

/// What the engine is at, of the results that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// An analysis.
    Analysis(AnalysisId),
    /// Two segmentations side by side.
    Comparison,
    /// What stands in the columns.
    Columns,
    /// Which rows count; a new engine reads the file for it.
    Rows,
    /// A file to be saved.
    File,
}

/// How far the running job is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Steps or bytes that are done.
    pub done: u64,
    /// Of how many; 0 where it is unknown.
    pub total: u64,
    /// Rows so far.
    pub n_rows: u64,
}

/// No time is named before this much of the reading has been seen, in milliseconds.
const SILENT_MILLIS: f64 = 1_000.0;

/// Weight of the newest estimate of the time left against what was shown before.
const NEWEST_WEIGHT: f64 = 0.2;

impl Progress {
    /// Whether all bytes were read and what follows (sorting, accounts) goes on: how long that takes, bytes do not tell.
    pub const fn is_finishing(self) -> bool {
        self.total > 0 && self.done >= self.total
    }

    /// Seconds that the bytes that are left take, at the pace of `elapsed` milliseconds so far, smoothed by the estimate
    /// `before`; nothing before a second of reading has been seen.
    pub fn seconds_left(self, elapsed: f64, before: Option<f64>) -> Option<f64> {
        let Self { done, total, .. } = self;
        if elapsed < SILENT_MILLIS || done == 0 || total == 0 {
            return None;
        }
        let newest = elapsed * total.saturating_sub(done) as f64 / done as f64 / 1_000.0;
        let before = before.unwrap_or(newest);
        Some(before + NEWEST_WEIGHT * (newest - before))
    }
}

/// Something that a person should know; facts only.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// A file could not be used; what was there is kept.
    ImportFailed(ImportError),
    /// A file could not be made.
    ExportFailed(ExportError),
    /// A file was saved.
    Saved {
        /// Its name.
        file_name: String,
    },
    /// One of several files could not be used; the others are.
    FileRefused {
        /// Its name.
        file_name: String,
        /// Why.
        error: ImportError,
    },
    /// A file was dropped while another is being read; it was not opened.
    BusyReading,
    /// The dropped project file cannot be read.
    ProjectUnreadable(ProjectError),
    /// A project was applied.
    ProjectApplied,
    /// The files are not those that were open when the project was saved.
    SinceProject {
        /// What was open then.
        then: Seen,
        /// What is open now.
        now: Seen,
    },
    /// A project was read; it waits for a file with its columns.
    ProjectWaiting,
    /// The engine died and was started again; results are kept.
    EngineRestarted,
    /// The engine does not start, or dies each time.
    EngineLost,
    /// Engine and page are of different builds: reload.
    BuildMismatch,
    /// Stopped by the person.
    Cancelled,
    /// A change was taken back.
    Undone(Changed),
    /// A table beside the orders names nobody and nothing of them.
    MatchesNothing {
        /// Its name.
        file_name: String,
        /// What its rows are.
        kind: TableKind,
    },
    /// A folder was dropped, and the files in it were opened.
    FolderDropped {
        /// How many files, those beside it too.
        n_taken: u32,
        /// Files that were not: no tables by their names, too many, or too deep in it.
        n_passed: u32,
    },
}

/// What of the settings is another than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Changed {
    /// The as-of date.
    AsOf,
    /// Which rows count, and whether returns are taken off.
    Choices,
    /// The settings of a view.
    Of(View),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(done: u64, total: u64) -> Progress {
        Progress {
            done,
            total,
            n_rows: 0,
        }
    }

    #[test]
    fn the_time_left_is_silent_at_first_then_right_at_an_even_pace() {
        assert_eq!(at(500, 1_000).seconds_left(999.0, None), None);
        assert_eq!(at(0, 1_000).seconds_left(5_000.0, None), None);
        assert_eq!(at(500, 0).seconds_left(5_000.0, None), None);
        let mut before = None;
        for second in 1..=9_u64 {
            let left = at(second * 100, 1_000).seconds_left(second as f64 * 1_000.0, before);
            let right = 10 - second;
            // An even pace is told with a lag that smoothing explains, and never as less than it is.
            let said = left.unwrap();
            assert!(
                said >= right as f64 - 1e-9 && said <= right as f64 + 4.0,
                "{said}"
            );
            before = left;
        }
    }

    #[test]
    fn one_slow_piece_moves_the_time_left_by_a_fifth() {
        let left = at(500, 1_000).seconds_left(20_000.0, Some(10.0)).unwrap();
        assert!((left - 12.0).abs() < 1e-9);
    }

    #[test]
    fn after_the_last_byte_the_rest_is_finishing() {
        assert!(!at(999, 1_000).is_finishing() && at(1_000, 1_000).is_finishing());
        assert!(!at(5, 0).is_finishing());
    }
}

//! The application as a state machine: an [`Event`] changes the [`Session`] and gives [`Command`]s for the outside.
//!
//! No browser, no words. One job runs at a time; a newer request of the same kind replaces a queued one, answers of
//! stale jobs are dropped, and after a restart what is needed is replayed.

use serde::{Deserialize, Serialize};

use crate::analysis::compare::Comparison;
use crate::analysis::customers::{Page, Query};
use crate::analysis::{AnalysisError, SegmentationId, cluster_counts, clusters, rfm};
use crate::data::{Dialect, ImportError, Mapping, Preview, Reason};
use crate::export::{ExportError, File, Settings, What};
use crate::protocol::{FromWorker, Imported, JobId, ToWorker};

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
}

/// The file that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub n_bytes: u64,
}

/// How far the running job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps or bytes that are done.
    pub done: u64,
    /// Of how many; 0 where it is unknown.
    pub total: u64,
    /// Rows so far.
    pub n_rows: u64,
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
    /// Several files were dropped; the first is used.
    OnlyFirstFile {
        /// How many there were.
        n_files: usize,
    },
    /// A file was dropped while another is being read; it was not opened.
    BusyReading,
    /// The dropped project file cannot be read.
    ProjectUnreadable,
    /// A project was applied.
    ProjectApplied,
    /// The engine died and was started again; results are kept.
    EngineRestarted,
    /// The engine does not start, or dies each time.
    EngineLost,
    /// Engine and page are of different builds: reload.
    BuildMismatch,
    /// Stopped by the person.
    Cancelled,
}

/// The state of the application.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// Where the person is.
    pub stage: Stage,
    /// The file that is open.
    pub file: Option<OpenFile>,
    /// What its head shows.
    pub preview: Option<Preview>,
    /// The mapping that is being edited.
    pub mapping: Mapping,
    /// What a person decided.
    pub settings: Settings,
    /// What was read.
    pub imported: Option<Imported>,
    /// Why the file cannot be imported as mapped, shown beside the mapping.
    pub mapping_error: Option<ImportError>,
    /// RFM.
    pub rfm: Slot<rfm::Report, AnalysisError>,
    /// Clusters.
    pub clusters: Slot<clusters::Report, AnalysisError>,
    /// How many clusters.
    pub cluster_counts: Slot<cluster_counts::Report, AnalysisError>,
    /// RFM against clusters.
    pub comparison: Slot<Comparison, ()>,
    /// The page of customers that is shown.
    pub page: Slot<Page, ()>,
    /// The selected segment.
    pub selected: Option<(SegmentationId, u16)>,
    /// How far the running job is, if one is running.
    pub progress: Option<Progress>,
    /// What the person should know, newest last.
    pub notices: Vec<Notice>,
    /// Whether the engine's self-test was refused as it must be; `None` before it ran.
    pub self_test: Option<bool>,
}

/// What happens to the application.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Files were dropped, chosen or pasted. The page keeps the handle of the first.
    FilesChosen {
        /// Name and size of the first.
        first: OpenFile,
        /// How many there were.
        n_files: usize,
    },
    /// A project file was dropped.
    ProjectChosen {
        /// Its content.
        bytes: Vec<u8>,
    },
    /// The made-up shop was asked for.
    SampleAsked {
        /// In Korean.
        korean: bool,
    },
    /// The dialect was changed on the mapping screen.
    DialectChanged(Dialect),
    /// The mapping was changed.
    MappingChanged(Mapping),
    /// The mapping was confirmed.
    ImportConfirmed,
    /// Rows with a reason are to be left out, or counted.
    ChoiceChanged {
        /// The reason.
        reason: Reason,
        /// Whether such rows are left out.
        left_out: bool,
    },
    /// Settings were changed (as-of date, parameters).
    SettingsChanged(Box<Settings>),
    /// Back to the settings before the last change.
    Undo,
    /// A view is shown: what it needs is computed.
    ViewShown(View),
    /// A segment was selected anywhere, or nothing.
    SegmentSelected(Option<(SegmentationId, u16)>),
    /// A page of customers is needed.
    PageAsked(Query),
    /// A file is to be made.
    ExportAsked(What),
    /// The self-test is to be run.
    SelfTestAsked,
    /// Stop what runs.
    CancelAsked,
    /// Back to the mapping of the open file.
    MappingAsked,
    /// Close the file.
    CloseAsked,
    /// A notice was read.
    NoticeDismissed(usize),
    /// The engine said something.
    Heard(Box<FromWorker>),
    /// The engine died.
    EngineDied,
}

/// A view of the workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// Who the customers are at a glance.
    #[default]
    Overview,
    /// RFM.
    Rfm,
    /// Clusters.
    Clusters,
    /// RFM against clusters.
    Compare,
    /// The list of customers.
    Customers,
    /// Columns, choices and the ledger.
    Data,
}

impl View {
    /// All, in the order of the rail.
    pub const ALL: [Self; 6] = [
        Self::Overview,
        Self::Rfm,
        Self::Clusters,
        Self::Compare,
        Self::Customers,
        Self::Data,
    ];

    /// The name used in routes and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Rfm => "rfm",
            Self::Clusters => "clusters",
            Self::Compare => "compare",
            Self::Customers => "customers",
            Self::Data => "data",
        }
    }

    /// The view with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.key() == key)
    }
}

/// What the outside is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Send this to the engine, with the handle of the open file where `with_file` says so.
    Post {
        /// The job's number.
        job: JobId,
        /// The question.
        message: ToWorker,
        /// Whether the file's handle goes with it.
        with_file: bool,
    },
    /// Stop the engine and start another.
    Restart,
    /// Give the person this file.
    Download(File),
    /// Treat this as a file that was chosen (a sample).
    Choose(File),
    /// Set a performance mark.
    Mark(&'static str),
}

impl Session {
    /// Changes the state and says what the outside is to do.
    pub fn update(&mut self, event: Event) -> Vec<Command> {
        let _ = event;
        Vec::new()
    }
}

//! What goes into the session and what comes out: [`Event`]s from person and engine, [`Command`]s for the outside.

use serde::{Deserialize, Serialize};

use super::OpenFile;
use crate::analysis::customers::{Filter, Query};
use crate::analysis::{AnalysisId, SegmentationId};
use crate::data::{Day, Dialect, Mapping, Reason, Said, WorkbookProblem};
use crate::export::{File, Settings, What};
use crate::protocol::{FileNumber, FromWorker, JobId, ToWorker};
use crate::workbook::Sheets;

/// What happens to the application.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Files were dropped, chosen or pasted. The page has their handles in this order.
    FilesChosen(Vec<OpenFile>),
    /// What a file of several is, or what its columns mean, was said.
    FileSaid {
        /// Which one.
        file: FileNumber,
        /// All that is said of it.
        said: Said,
    },
    /// The files on the mapping screen are to be added to those that are open, or to take their place.
    AddedToOpen(bool),
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
    /// A workbook was read into a file of text with this number, or could not be.
    WorkbookRead {
        /// The number of the file of text.
        text: FileNumber,
        /// Its sheets and the size of the file of text in bytes.
        result: Result<(Sheets, u64), WorkbookProblem>,
    },
    /// Another sheet of the workbook was chosen on the mapping screen.
    SheetChosen(String),
    /// A further sheet of the workbook was asked for on the mapping screen, as one more file.
    SheetAdded(String),
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
    /// Whether money of returns is to be taken off what customers spent.
    ReturnsNetted(bool),
    /// Settings were changed (as-of date, parameters).
    SettingsChanged(Box<Settings>),
    /// The as-of date is moved along: all steps until it is let go are one change to take back.
    AsOfMoved {
        /// The day; `None` is the day after the last order.
        as_of: Option<Day>,
        /// Whether it is let go there.
        is_settled: bool,
    },
    /// Back to the settings before the last change.
    Undo,
    /// The boundaries of the day that is shown are used on other days, too, or no longer.
    BoundariesHeld(bool),
    /// The clusters that are shown are used on other days and for other files, too, or no longer.
    ClustersKept(bool),
    /// A view is shown: what it needs is computed.
    ViewShown(View),
    /// A segment was selected anywhere, or nothing.
    SegmentSelected(Option<(SegmentationId, u16)>),
    /// The list of customers is to hold others.
    FilterChanged(Filter),
    /// A page of customers is needed.
    PageAsked(Query),
    /// The card of the customer with this id is to be shown, or none.
    CustomerOpened(Option<String>),
    /// A file is to be made.
    ExportAsked(What),
    /// The self-test is to be run.
    SelfTestAsked,
    /// Stop what runs.
    CancelAsked,
    /// Back to the mapping of the open file.
    MappingAsked,
    /// To the first page, for another file; results are kept until that one is imported.
    StartAsked,
    /// Back to the results that are kept.
    ResultsAsked,
    /// Close the file and forget it.
    CloseAsked,
    /// A notice was read.
    NoticeDismissed(usize),
    /// The engine said something.
    Heard(Box<FromWorker>),
    /// The engine died.
    EngineDied,
    /// A folder was dropped: the files that were just chosen are in it.
    FolderDropped {
        /// How many were chosen.
        n_taken: u32,
        /// How many others it holds.
        n_passed: u32,
    },
}

/// A view of the workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// Who the customers are at a glance.
    #[default]
    Overview,
    /// Which segmentation fits goal and file.
    Advice,
    /// RFM.
    Rfm,
    /// Clusters.
    Clusters,
    /// Stages of the customers' life.
    Lifecycle,
    /// Classes by value.
    Value,
    /// Lateness against the own rhythm.
    Rhythm,
    /// A person's own rules.
    Rules,
    /// How sure the clusters are.
    Stability,
    /// Two segmentations against each other.
    Compare,
    /// A segmentation explained by rules.
    Explain,
    /// The list of customers.
    Customers,
    /// Columns, choices and the ledger.
    Data,
    /// What stands in each column, and what is done about it.
    Columns,
    /// Who will buy again, and what else comes.
    Prediction,
    /// A segmentation on two dates.
    Movement,
    /// What customers will be worth.
    Lifetime,
    /// Whether customers come back, and what they bring.
    Cohorts,
}

impl View {
    /// All; those of the rail first, in its order.
    pub const ALL: [Self; 18] = [
        Self::Overview,
        Self::Advice,
        Self::Rfm,
        Self::Lifecycle,
        Self::Value,
        Self::Rhythm,
        Self::Clusters,
        Self::Rules,
        Self::Compare,
        Self::Explain,
        Self::Cohorts,
        Self::Movement,
        Self::Lifetime,
        Self::Prediction,
        Self::Customers,
        Self::Data,
        Self::Columns,
        Self::Stability,
    ];

    /// The view in whose place in the rail this one is: the columns are a part of the data, and how sure the clusters
    /// are is one of the clusters.
    pub const fn in_rail(self) -> Self {
        match self {
            Self::Columns => Self::Data,
            Self::Stability => Self::Clusters,
            other => other,
        }
    }

    /// The part of the rail that begins with this view, where one does.
    pub const fn opens(self) -> Option<RailPart> {
        match self {
            Self::Rfm => Some(RailPart::Segments),
            Self::Cohorts => Some(RailPart::OverTime),
            Self::Customers => Some(RailPart::Lists),
            _ => None,
        }
    }

    /// The name used in routes and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Advice => "advice",
            Self::Rfm => "rfm",
            Self::Clusters => "clusters",
            Self::Lifecycle => "lifecycle",
            Self::Value => "value",
            Self::Rhythm => "rhythm",
            Self::Rules => "rules",
            Self::Stability => "stability",
            Self::Compare => "compare",
            Self::Explain => "explain",
            Self::Customers => "customers",
            Self::Data => "data",
            Self::Columns => "columns",
            Self::Prediction => "prediction",
            Self::Movement => "movement",
            Self::Lifetime => "lifetime",
            Self::Cohorts => "cohorts",
        }
    }

    /// The analysis that the view shows; `None` where it shows several or none.
    pub const fn analysis(self) -> Option<AnalysisId> {
        match self {
            Self::Advice => Some(AnalysisId::Advice),
            Self::Rfm => Some(AnalysisId::Rfm),
            Self::Clusters => Some(AnalysisId::Clusters),
            Self::Lifecycle => Some(AnalysisId::Lifecycle),
            Self::Value => Some(AnalysisId::Value),
            Self::Rhythm => Some(AnalysisId::Rhythm),
            Self::Rules => Some(AnalysisId::Rules),
            Self::Stability => Some(AnalysisId::Stability),
            Self::Explain => Some(AnalysisId::Explain),
            Self::Prediction => Some(AnalysisId::Prediction),
            Self::Movement => Some(AnalysisId::Movement),
            Self::Lifetime => Some(AnalysisId::Lifetime),
            Self::Cohorts => Some(AnalysisId::Cohorts),
            Self::Overview | Self::Compare | Self::Customers | Self::Data | Self::Columns => None,
        }
    }

    /// The view of a segmentation.
    pub const fn of(segmentation: SegmentationId) -> Self {
        match segmentation {
            SegmentationId::Rfm => Self::Rfm,
            SegmentationId::Clusters => Self::Clusters,
            SegmentationId::Lifecycle => Self::Lifecycle,
            SegmentationId::Value => Self::Value,
            SegmentationId::Rhythm => Self::Rhythm,
            SegmentationId::Rules => Self::Rules,
            SegmentationId::Prediction => Self::Prediction,
            SegmentationId::Movement => Self::Movement,
            SegmentationId::Lifetime => Self::Lifetime,
        }
    }

    /// The view with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.key() == key)
    }
}

/// A part of the rail with a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RailPart {
    /// Who belongs together.
    Segments,
    /// What was, what changes and what comes.
    OverTime,
    /// Everybody, and the file.
    Lists,
}

/// What the outside is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Keep the handle of a file that was chosen last, under this number.
    Adopt {
        /// The number.
        file: FileNumber,
        /// Its place among those that were chosen.
        place: usize,
    },
    /// Keep a handle under one more number: of an archive, each text has one.
    Share {
        /// The further number.
        file: FileNumber,
        /// The number that it has.
        of: FileNumber,
    },
    /// Let go of the handle with this number.
    Forget(FileNumber),
    /// Send this to the engine.
    Post {
        /// The job's number.
        job: JobId,
        /// The question.
        message: ToWorker,
        /// The file whose handle goes with it.
        file: Option<FileNumber>,
    },
    /// Read a workbook into a file of text, whose handle is kept under `text`, and say so by `Event::WorkbookRead`.
    ReadWorkbook {
        /// The workbook's handle.
        book: FileNumber,
        /// The number of the file of text.
        text: FileNumber,
        /// The sheet; `None` is the likely one.
        sheet: Option<String>,
        /// Whether the reader may be loaded: not once a file has been opened.
        may_load: bool,
    },
    /// Stop reading a workbook.
    StopReading,
    /// Stop the engine and start another; what was posted before is lost.
    Restart,
    /// Give the person this file.
    Download(File),
    /// Treat this as a file that was chosen (a sample).
    Choose(File),
    /// Set a performance mark.
    Mark(&'static str),
}

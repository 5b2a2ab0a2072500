//! What page and engine say to each other: two closed enums, as postcard bytes in a JavaScript array
//! `[Uint8Array, File?]`. The file travels as a handle; its content is read by the engine alone.

use serde::{Deserialize, Serialize};

use crate::analysis::compare::Comparison;
use crate::analysis::customers::{Page, Query};
use crate::analysis::{AnalysisError, Report, Request, SegmentationId};
use crate::data::{Choices, Day, Dialect, ImportError, Ledger, Mapping, Preview};
use crate::export::{ExportError, File, Settings, What};

/// The build that this code belongs to: page and engine of different builds must not talk to each other.
pub const BUILD: &str = match option_env!("GYEOL_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};

/// The bytes of a message.
pub fn to_bytes<T: Serialize>(message: &T) -> Vec<u8> {
    // Writing to memory fails for types that postcard cannot hold, and ours it can: a test sends every message.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// The message of bytes; `None` where the sender is of another build.
pub fn from_bytes<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// A number that goes with a request and comes back with its answer; a later request has a larger one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct JobId(pub u32);

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Look at the head of the file that comes with this message.
    Open {
        /// The file's name.
        file_name: String,
        /// Its size in bytes.
        n_bytes: u64,
        /// How to cut it, where a person has said so.
        dialect: Option<Dialect>,
    },
    /// Read the whole file.
    Import {
        /// What its columns mean.
        mapping: Mapping,
        /// Which rows count.
        choices: Choices,
    },
    /// Count other rows of the file that was read.
    Choose {
        /// Which rows count.
        choices: Choices,
    },
    /// Run an analysis.
    Analyze {
        /// Which one, with its parameters.
        request: Request,
        /// The as-of date; `None` is the day after the last order.
        as_of: Option<Day>,
    },
    /// A page of the list of customers.
    List {
        /// Which page.
        query: Query,
        /// The as-of date.
        as_of: Option<Day>,
    },
    /// Two segmentations side by side.
    Compare {
        /// The rows.
        first: SegmentationId,
        /// The columns.
        second: SegmentationId,
    },
    /// Make a file.
    Export {
        /// Which one.
        what: What,
        /// The settings, for the project file and the as-of date.
        settings: Box<Settings>,
    },
    /// Read a project file (`bytes` are its content).
    ReadProject {
        /// JSON.
        bytes: Vec<u8>,
    },
    /// Write the made-up shop's order file.
    MakeSample {
        /// In Korean rather than English.
        korean: bool,
    },
    /// Try a request that the page's policy must refuse.
    SelfTest,
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The engine has started; messages sent before are lost.
    Ready {
        /// The build it belongs to.
        build: String,
    },
    /// How far the job is.
    Progress {
        /// The job.
        job: JobId,
        /// Steps or bytes that are done.
        done: u64,
        /// Of how many; 0 where it is unknown.
        total: u64,
        /// Rows so far, where rows are read.
        n_rows: u64,
    },
    /// The job's result.
    Done {
        /// The job.
        job: JobId,
        /// What it came to.
        answer: Answer,
    },
}

/// The result of a job, one variant for each question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// To `Open`.
    Previewed(Result<Box<Preview>, ImportError>),
    /// To `Import` and `Choose`.
    Imported(Result<Box<Imported>, ImportError>),
    /// To `Analyze`.
    Analyzed(Result<Report, AnalysisError>),
    /// To `List`; `None` before anything was imported.
    Listed(Option<Page>),
    /// To `Compare`; `None` where one of the two has not been computed.
    Compared(Option<Comparison>),
    /// To `Export`.
    Exported(Result<File, ExportError>),
    /// To `ReadProject`; `None` where the bytes are no project file of a version that is read.
    ProjectRead(Option<Box<Settings>>),
    /// To `MakeSample`.
    SampleMade(File),
    /// To `SelfTest`: whether the forbidden request was refused.
    SelfTested {
        /// Must be true.
        was_refused: bool,
    },
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// The account of all rows.
    pub ledger: Ledger,
    /// Customers with at least one row that counts.
    pub n_customers: u64,
    /// Their orders; `None` for a table of customers without them.
    pub n_orders: Option<u64>,
    /// Days of the first and last order.
    pub period: Option<(Day, Day)>,
    /// The as-of date where none is set.
    pub default_as_of: Day,
    /// Whether there is money.
    pub has_money: bool,
    /// Whether there is recency and frequency.
    pub has_history: bool,
    /// Numeric columns that can be features of a clustering.
    pub numeric_columns: Vec<String>,
}

//! Why a workbook cannot be read. Facts only, as in `error`: `text` has the words.

use serde::{Deserialize, Serialize};

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum WorkbookProblem {
    /// It opens with a password only.
    #[error("the workbook is encrypted")]
    Encrypted,
    /// It ends too early: an archive without its directory, a document without its last sectors.
    #[error("the workbook is cut short")]
    Truncated,
    /// Its parts contradict each other or the form they are written in.
    #[error("the workbook is damaged")]
    Damaged,
    /// No sheet has a filled cell.
    #[error("none of {n_sheets} sheets has a filled cell")]
    Empty {
        /// Sheets that can hold cells.
        n_sheets: usize,
    },
    /// All sheets are charts.
    #[error("all {n_sheets} sheets are charts")]
    OnlyCharts {
        /// Sheets.
        n_sheets: usize,
    },
    /// There is no sheet of the name that was asked for.
    #[error("no sheet of that name among {n_sheets}")]
    NoSuchSheet {
        /// Sheets.
        n_sheets: usize,
    },
    /// The file itself is larger than is read.
    #[error("{n_bytes} bytes, at most {limit}")]
    TooManyBytes {
        /// Bytes of the file.
        n_bytes: u64,
        /// The most that are read.
        limit: u64,
    },
    /// It says that it unpacks to more than is read, or did.
    #[error("over {limit} bytes unpacked")]
    UnpacksTooLarge {
        /// The most that is unpacked, in bytes.
        limit: u64,
    },
    /// A part unpacks to far more bytes than any table does, or to more than it says: made to fill memory.
    #[error("a part unpacks from {packed} bytes to over {unpacked}")]
    Bomb {
        /// Bytes of the part in the file.
        packed: u64,
        /// Bytes that it unpacks to at least.
        unpacked: u64,
    },
    /// More parts than any workbook has.
    #[error("{found} parts, at most {limit}")]
    TooManyParts {
        /// Parts in the file.
        found: usize,
        /// The most that are read.
        limit: usize,
    },
    /// More cells than are read.
    #[error("over {limit} cells")]
    TooManyCells {
        /// The most that are read.
        limit: u64,
    },
    /// A web page without a table, or an XML document.
    #[error("a web page without a table")]
    WebPage,
    /// The XML that Excel 2003 wrote.
    #[error("XML of Excel 2003")]
    ExcelXml,
    /// No workbook of a kind that is read.
    #[error("not a workbook")]
    NotAWorkbook,
    /// The reader ended while it read this file.
    #[error("the reader ended")]
    ReaderLost,
    /// The reader is not there, and nothing may be loaded any more.
    #[error("the reader is not loaded")]
    ReaderMissing,
}

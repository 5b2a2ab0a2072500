//! Why a file cannot be used at all. A bad row is no error: it goes to its bucket of the ledger.

use serde::{Deserialize, Serialize};

use super::{Encoding, OtherForm, PackedProblem, Role, WorkbookProblem};

/// Why a file cannot be used. Facts only: `text` has the words, and no cell's content is ever in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ImportError {
    /// The file has no bytes, or only blank lines.
    #[error("the file is empty")]
    Empty,
    /// A header and nothing below it.
    #[error("the file has a header but no rows")]
    HeaderOnly,
    /// A workbook, picture, archive or other binary file.
    #[error("a binary file ({found:?})")]
    Binary {
        /// What its first bytes say it is.
        found: BinaryKind,
    },
    /// Text that holds no rows of cells.
    #[error("no table ({found:?})")]
    OtherForm {
        /// What its beginning says it is.
        found: OtherForm,
    },
    /// Text that began as UTF-8 and turned out to be in another encoding.
    #[error("not UTF-8 but {found:?}, from byte {offset}")]
    Encoding {
        /// The likely encoding.
        found: Encoding,
        /// The first byte that is not UTF-8.
        offset: u64,
    },
    /// Only one column where at least two are needed.
    #[error("one column")]
    OneColumn,
    /// More columns than can be handled.
    #[error("{found} columns, at most {limit}")]
    TooManyColumns {
        /// Columns of the header.
        found: usize,
        /// The most that are read.
        limit: usize,
    },
    /// A record that does not end: mostly a quote that is never closed.
    #[error("the record at line {line} is over {limit} bytes")]
    EndlessRecord {
        /// Where it starts.
        line: u64,
        /// The longest record that is read, in bytes.
        limit: usize,
        /// Whether an open quote is the cause.
        open_quote: bool,
    },
    /// A role without which nothing can be computed has no column.
    #[error("no column for {}", .0.key())]
    MissingRole(Role),
    /// The mapping names a column that the file does not have.
    #[error("no column named as the mapping says for {}", .0.key())]
    UnknownColumn(Role),
    /// One column cannot have both roles.
    #[error("one column for both {} and {}", .0.key(), .1.key())]
    SameColumn(Role, Role),
    /// A further file has other columns than the first, or they mean something else.
    #[error("not the {n_expected} columns of the first file")]
    OtherColumns {
        /// Columns of the first file.
        n_expected: u64,
    },
    /// None of the files is orders or customers.
    #[error("neither orders nor customers")]
    NothingLeads,
    /// Dates can be read day-month or month-day, and nobody has said which.
    #[error("day-month or month-day")]
    AmbiguousDates,
    /// Every row was left out.
    #[error("none of {n_rows} rows can be used, mostly {:?}", mostly)]
    NoUsableRows {
        /// Rows of the file.
        n_rows: u64,
        /// The most frequent reason.
        mostly: super::Reason,
    },
    /// More rows or distinct texts than the columns can number.
    #[error("more than {limit} rows")]
    TooLarge {
        /// The most that are read.
        limit: u64,
    },
    /// The file could not be read: it was moved, changed or taken away meanwhile.
    #[error("the file could not be read after byte {after}")]
    Unreadable {
        /// Bytes that were read before.
        after: u64,
    },
    /// The engine stopped each time that it opened the file.
    #[error("the engine stopped at each try")]
    EngineLost,
    /// Packed text that cannot be unpacked.
    #[error(transparent)]
    Packed(#[from] PackedProblem),
    /// A workbook that cannot be read.
    #[error(transparent)]
    Workbook(#[from] WorkbookProblem),
}

/// What a binary file is by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BinaryKind {
    /// XLSX, XLSM, XLSB or ODS: a zip archive with a workbook in it, or any other zip.
    ZipOrWorkbook,
    /// XLS.
    OldWorkbook,
    /// gzip.
    Gzip,
    /// PDF.
    Pdf,
    /// PNG, JPEG, GIF, WebP.
    Picture,
    /// Bytes that are no text.
    Other,
}

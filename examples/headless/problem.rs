//! What can be wrong, each in one plain sentence.

use std::path::{Path, PathBuf};

use gyeol::analysis::AnalysisError;
use gyeol::data::{Day, Encoding, ImportError, PackedProblem, Part, TableKind, ToCome};
use gyeol::export::{ExportError, Settings, project::ProjectError};
use gyeol::text::{Language, Words};
use gyeol::workbook::EmptiedCells;

const WORDS: Words = Words::new(Language::En);

/// Why a project file cannot be read: nothing is reloaded here.
fn project_problem(error: &ProjectError) -> String {
    match error {
        ProjectError::NotAProject => "this is no project file that Gyeol saved.".to_owned(),
        ProjectError::Newer { schema } => format!(
            "a newer release saved this project (its form is {schema}; up to {} is read). Use that release.",
            Settings::SCHEMA
        ),
    }
}

/// Why nothing can be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("There is no option {0}.")]
    UnknownOption(String),
    #[error("{0} needs a value after it.")]
    MissingValue(String),
    #[error("{0} is given more than once; say it once.")]
    Repeated(String),
    #[error("Name the folder to write to with --out DIR.")]
    NoOut,
    #[error("Name a file to read.")]
    NoFile,
    #[error("{}: {}", .0, WORDS.import_error(.1))]
    OfFile(String, ImportError),
    #[error("Only one file can be written as a table; {0} were named.")]
    SeveralFiles(usize),
    #[error(
        "{0} is no role; a role is given as customer=\"Customer ID\", or as people.csv:customer=\"Customer ID\"."
    )]
    Role(String),
    #[error(
        "{0} is no kind of a file; one is given as people.csv=customers, and there are orders, customers, products, events, spend and unused."
    )]
    Kind(String),
    #[error("No file of those to read is called {0}.")]
    NoSuchFile(String),
    #[error(
        "{0} is read with the columns of another file, or not at all; give the role to that other file."
    )]
    RoleOfMore(String),
    #[error("{}: {}.", .0, WORDS.part(*.1))]
    OfPart(String, Part),
    #[error("{0} is no date; write it as 2011-12-10.")]
    Date(String),
    #[error(
        "{0} is no analysis; there are rfm, clusters, cluster_counts, lifecycle, value, rhythm, rules, explain, advice, stability, prediction, movement, lifetime and cohorts."
    )]
    Analysis(String),
    #[error("{0} is no parameter; one is given as clusters.k=5.")]
    Parameter(String),
    #[error("The file has no column {0} that a list of customers can have besides.")]
    Column(String),
    #[error("{0} is no number of threads; write a number from 1 on.")]
    Threads(String),
    #[error("There is no further file {0}; --with columns writes the report on the columns.")]
    With(String),
    #[error("{0} cannot have that value.")]
    Value(String),
    #[error("{} cannot be read.", .0.display())]
    Read(PathBuf),
    #[error("{} is a folder; name the files in it.", .0.display())]
    Folder(PathBuf),
    #[error("{} cannot be written.", .0.display())]
    Write(PathBuf),
    #[error("{}: {}", .0.display(), project_problem(.1))]
    Project(PathBuf, ProjectError),
    #[error(
        "No row of the file is sound ({0} in all): the cells or quotes of none fit its header."
    )]
    NoSoundRow(u64),
    #[error("Lines above the table that were passed over: {0}.")]
    Above(u64),
    #[error("Further rows that name the columns, joined to the header: {0}.")]
    MoreHeaders(u64),
    #[error("Whole rows stand within quotes, which were taken off.")]
    RowsInQuotes,
    #[error("Rows whose quotes or delimiters were mended: {0}.")]
    Mended(u64),
    #[error("Rows with quotes inside cells that are not quoted, kept as they are: {0}.")]
    Stray(u64),
    #[error("Rows with more or fewer cells than the header: {0}.")]
    Ragged(u64),
    #[error("Rows below the table that were left out as notes or another table: {0}.")]
    Below(u64),
    #[error("The file names its columns but has no rows below.")]
    OnlyHeader,
    #[error("{}", WORDS.import_error(.0))]
    Import(#[from] ImportError),
    #[error("{}", WORDS.packed_problem(*.0))]
    Packed(#[from] PackedProblem),
    #[error("{}: {}", .0, WORDS.analysis_error(.1))]
    Impossible(&'static str, AnalysisError),
    #[error("{}", WORDS.export_error(.0))]
    Export(#[from] ExportError),
    #[error("{}", WORDS.of_file(.0, WORDS.matches_nothing(*.1)))]
    MatchesNothing(String, TableKind),
    #[error("{}", WORDS.of_file(.0, &WORDS.emptied_cells(*.1).unwrap_or_default()))]
    EmptiedCells(String, EmptiedCells),
    #[error(
        "No order lies on or before {0}, the day that customers are seen from, so that no customer is listed; the first is of {1}."
    )]
    NothingUntil(Day, Day),
    #[error("{}", WORDS.without_purchases())]
    WithoutPurchases,
    #[error("{}", WORDS.to_come(*.0))]
    ToCome(ToCome),
}

impl Problem {
    /// The same, with the name of the file that it is about.
    pub(crate) fn of(self, path: &Path) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        match self {
            Self::Import(error) => Self::OfFile(name, error),
            Self::Packed(problem) => Self::OfFile(name, problem.into()),
            other => other,
        }
    }

    /// Whether it is about the file of this name, or at this path.
    pub(crate) fn names(&self, name: &str) -> bool {
        match self {
            Self::OfFile(own, _) => own == name,
            Self::Read(path) | Self::Folder(path) => path.ends_with(name),
            _ => false,
        }
    }

    /// The encoding that a file turned out to be in.
    pub(crate) const fn other_encoding(&self) -> Option<Encoding> {
        match self {
            Self::Import(ImportError::Encoding { found, .. }) => Some(*found),
            _ => None,
        }
    }

    /// Whether a person can put it right by saying otherwise what the file or its columns are.
    pub(crate) const fn is_about_mapping(&self) -> bool {
        matches!(
            self,
            Self::Import(
                ImportError::MissingRole(_)
                    | ImportError::UnknownColumn(_)
                    | ImportError::SameColumn(..)
                    | ImportError::AmbiguousDates
                    | ImportError::OtherColumns { .. }
            )
        )
    }
}

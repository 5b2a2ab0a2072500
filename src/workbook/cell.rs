//! A cell of the library as text in a [`Grid`], and what the library's errors mean.

use calamine::{Data, DataRef, ExcelDateTime, OdsError, XlsError, XlsbError, XlsxError};

use super::grid::{Grid, MAX_CELLS};
use super::value;
use crate::data::WorkbookProblem;

/// A cell's content, whichever of the library's two types it came in.
pub(super) enum Cell<'a> {
    Text(&'a str),
    Number(f64),
    Whole(i64),
    Truth(bool),
    Moment(ExcelDateTime),
    IsoMoment(&'a str),
    IsoLength(&'a str),
    Error,
    Empty,
}

impl Cell<'_> {
    /// Writes it to `grid`. Some old workbooks have zeros between the letters, which no text means. An error is counted and leaves the cell empty.
    pub(super) fn put(
        self,
        grid: &mut Grid,
        place: (u32, u32),
        is_1904: bool,
    ) -> Result<(), WorkbookProblem> {
        let is_text = matches!(self, Self::Text(_));
        let text = match self {
            Self::Empty => return Ok(()),
            Self::Error => {
                grid.n_errors += 1;
                return Ok(());
            }
            Self::Text(text) if text.contains('\0') => text.replace('\0', ""),
            Self::Text(text) => return grid.push(place, text.as_bytes(), true),
            Self::Number(number) => value::number(number),
            Self::Whole(number) => number.to_string(),
            Self::Truth(true) => "TRUE".to_owned(),
            Self::Truth(false) => "FALSE".to_owned(),
            Self::Moment(moment) if moment.is_duration() => value::length(moment.as_f64()),
            Self::Moment(moment) => value::moment(moment.as_f64(), is_1904),
            Self::IsoMoment(text) => value::iso_moment(text),
            Self::IsoLength(text) => value::iso_length(text),
        };
        grid.push(place, text.as_bytes(), is_text)
    }
}

impl<'a> From<&'a DataRef<'_>> for Cell<'a> {
    fn from(value: &'a DataRef<'_>) -> Self {
        match value {
            DataRef::Int(number) => Self::Whole(*number),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::String(text) => Self::Text(text),
            DataRef::SharedString(text) => Self::Text(text),
            DataRef::Bool(truth) => Self::Truth(*truth),
            DataRef::DateTime(moment) => Self::Moment(*moment),
            DataRef::DateTimeIso(text) => Self::IsoMoment(text),
            DataRef::DurationIso(text) => Self::IsoLength(text),
            DataRef::Error(_) => Self::Error,
            DataRef::Empty => Self::Empty,
        }
    }
}

impl<'a> From<&'a Data> for Cell<'a> {
    fn from(value: &'a Data) -> Self {
        match value {
            Data::Int(number) => Self::Whole(*number),
            Data::Float(number) => Self::Number(*number),
            Data::String(text) => Self::Text(text),
            Data::Bool(truth) => Self::Truth(*truth),
            Data::DateTime(moment) => Self::Moment(*moment),
            Data::DateTimeIso(text) => Self::IsoMoment(text),
            Data::DurationIso(text) => Self::IsoLength(text),
            Data::Error(_) => Self::Error,
            Data::Empty => Self::Empty,
        }
    }
}

/// Why `calamine` read nothing, as what Gyeol says of it.
pub(super) trait Refusal {
    /// What a person is told.
    fn problem(self) -> WorkbookProblem;
}

impl Refusal for XlsxError {
    fn problem(self) -> WorkbookProblem {
        match self {
            XlsxError::Password => WorkbookProblem::Encrypted,
            _ => WorkbookProblem::Damaged,
        }
    }
}

impl Refusal for XlsbError {
    fn problem(self) -> WorkbookProblem {
        match self {
            XlsbError::Password => WorkbookProblem::Encrypted,
            _ => WorkbookProblem::Damaged,
        }
    }
}

impl Refusal for XlsError {
    fn problem(self) -> WorkbookProblem {
        match self {
            XlsError::Password => WorkbookProblem::Encrypted,
            _ => WorkbookProblem::Damaged,
        }
    }
}

impl Refusal for OdsError {
    fn problem(self) -> WorkbookProblem {
        match self {
            OdsError::Password => WorkbookProblem::Encrypted,
            OdsError::CellLimitExceeded { .. } => WorkbookProblem::TooManyCells {
                limit: MAX_CELLS as u64,
            },
            _ => WorkbookProblem::Damaged,
        }
    }
}

//! What stands in each column of the imported files: how it was read, what is missing, the range, and what looks odd.
//!
//! The files are read once more, on request and in one pass, since a table keeps neither how cells are written nor
//! single prices; kinds and distinct texts come from the table. Memory is bounded whatever the files (`values.rs`).
//! Invariant: in every column missing, unread and read cells add up to the rows that are not blank; no order of rows
//! shows. Method and limits: `docs/data-quality.md`.

mod oddities;
mod scan;
mod values;

use serde::{Deserialize, Serialize};

use super::again::Again;
use super::{Decoders, ImportError, Role, Table};
use scan::Scan;

pub use oddities::Oddity;
pub use values::{Far, Quartiles};

/// What stands in the columns of the imported files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    /// Rows that are not blank.
    pub n_rows: u64,
    /// Blank rows, which are in no count below.
    pub n_blank: u64,
    /// The columns in the table's order.
    pub columns: Vec<SurveyedColumn>,
}

/// A column of the imported files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurveyedColumn {
    /// The header.
    pub header: String,
    /// What it means; `None` for a further column.
    pub role: Option<Role>,
    /// What it was read as.
    pub kind: ColumnType,
    /// Cells that say that there is nothing.
    pub n_missing: u64,
    /// Cells that say something and not what the column holds: a word among numbers.
    pub n_unread: u64,
    /// Cells that were read.
    pub n_read: u64,
    /// How many different values.
    pub distinct: Distinct,
    /// Rows of the most frequent value; `None` where there are too many to know.
    pub n_most_frequent: Option<u64>,
    /// The most frequent texts with their rows, where there are so few that they are categories. For the screen only.
    pub examples: Vec<(String, u64)>,
    /// The range of numbers, or of dates by [`super::Day::number`].
    pub range: Option<Quartiles>,
    /// Numbers beyond the outer fences.
    pub far: Option<Far>,
    /// How many values lie in each of as many equal steps from one end of the picture to the other.
    pub bars: Vec<u64>,
    /// What looks odd.
    pub oddities: Vec<Oddity>,
}

/// What a column was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// Names of things: of no use to add up or to order.
    Id,
    /// Texts.
    Text,
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// Amounts of money.
    Money,
}

impl ColumnType {
    /// The name used in files and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Money => "money",
        }
    }

    /// Whether its values have a range.
    pub(super) const fn has_range(self) -> bool {
        matches!(self, Self::Number | Self::Date | Self::Money)
    }
}

/// How many different values there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Distinct {
    /// So many.
    Exactly(u64),
    /// More than could be told apart.
    MoreThan(u64),
    /// The texts were too many to keep.
    Unknown,
}

/// Takes the imported files again, one after the other in pieces of any size.
#[derive(Debug)]
pub struct Surveyor<'a> {
    table: &'a Table,
    again: Again<'a>,
    n_rows: u64,
    n_blank: u64,
    columns: Vec<Scan>,
}

impl<'a> Surveyor<'a> {
    /// Nothing has been read yet.
    pub fn new(table: &'a Table, decoders: Decoders) -> Self {
        Self {
            table,
            again: Again::new(table, decoders),
            n_rows: 0,
            n_blank: 0,
            columns: table.known_columns().into_iter().map(Scan::new).collect(),
        }
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`] where the file is no longer the one that was imported.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        self.read(|again, take| again.feed(bytes, take))
    }

    /// Ends the file; what is fed from here on is the next one.
    ///
    /// # Errors
    /// As [`Surveyor::feed`].
    pub fn end_file(&mut self) -> Result<(), ImportError> {
        self.read(|again, take| again.end_file(take))
    }

    fn read(
        &mut self,
        step: impl FnOnce(&mut Again<'a>, &mut super::again::Take<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let Self {
            table,
            again,
            n_rows,
            n_blank,
            columns,
        } = self;
        step(again, &mut |row, file, record| {
            if table.is_blank(row) {
                *n_blank += 1;
                return;
            }
            *n_rows += 1;
            for (place, column) in columns.iter_mut().enumerate() {
                let places = file.places.as_ref();
                let place = places.map_or(place, |places| places[place]);
                column.take(&record.cell(place), &file.forms);
            }
        })
    }

    /// What was found, once every file has been fed.
    ///
    /// # Errors
    /// As [`Surveyor::feed`].
    pub fn finish(self) -> Result<Survey, ImportError> {
        self.again.finish()?;
        let headers = self.table.headers().iter();
        let columns = headers.zip(self.columns);
        Ok(Survey {
            n_rows: self.n_rows,
            n_blank: self.n_blank,
            columns: columns
                .map(|(header, scan)| scan.finish(header.clone(), self.table))
                .collect(),
        })
    }
}

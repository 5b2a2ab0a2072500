//! A look at the head of a file: dialect, columns, and a guess at what they mean.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::columns_seen::{ColumnsSeen, decimal_mark, has_header, headers};
use super::decoder::TextStream;
use super::{
    Decoders, Dialect, Encoding, ImportError, Mapping, TableKind, dialect, encoding, guess,
};

/// Bytes of a file's head that are worth looking at.
pub const PREVIEW_BYTES: usize = 1 << 20;

/// The most columns that are read.
const MAX_COLUMNS: usize = 2_000;
/// The most rows that are looked at.
const MAX_ROWS: usize = 20_000;
/// Rows that are shown.
const N_ROWS_SHOWN: usize = 20;

/// What the head of a file shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// The file's name.
    pub file_name: String,
    /// The file's size in bytes.
    pub n_bytes: u64,
    /// Rows that were looked at.
    pub n_rows_seen: u64,
    /// Whether these are all rows of the file.
    pub is_whole_file: bool,
    /// The columns, in the file's order.
    pub columns: Vec<Column>,
    /// The first rows, for showing.
    pub rows: Vec<Vec<String>>,
    /// What the columns probably mean. `date_order` is `None` where a person must be asked.
    pub guess: Mapping,
}

/// A column, as far as the head of the file shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The header, made unique: a second `price` becomes `price (2)`, an empty one `column 3`.
    pub header: String,
    /// What most values are.
    pub kind: ColumnKind,
    /// Values that are not empty.
    pub n_filled: u64,
    /// Of these, values that read as a number.
    pub n_numbers: u64,
    /// Of these, values that read as a date (in either order of day and month).
    pub n_dates: u64,
    /// Whether the dates read both day-month and month-day, so that a person must be asked.
    pub has_ambiguous_dates: bool,
    /// Distinct values among those seen (counted up to 1,000).
    pub n_distinct: u64,
    /// The first values that do not read as the column's kind, with their lines.
    pub failures: Vec<(u64, String)>,
    /// Values that mean cancelled or returned if the column is the status, with their rows; the most frequent first.
    pub cancelled: Vec<(String, u64)>,
}

/// What at least 90 % of a column's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnKind {
    /// No values.
    Empty,
    /// Numbers.
    Number,
    /// Dates.
    Date,
    /// Anything.
    Text,
}

/// A row of the head.
#[derive(Clone, Debug)]
pub(super) struct SeenRow {
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

/// Looks at `head`, the first bytes of a file of `n_bytes` bytes ([`PREVIEW_BYTES`] are plenty).
///
/// # Errors
/// A file that cannot be used whatever the mapping: empty, binary, of one column.
pub fn preview(
    file_name: &str,
    n_bytes: u64,
    head: &[u8],
    decoders: Decoders,
) -> Result<Preview, ImportError> {
    let head = Head::new(n_bytes, head, encoding::detect(head)?, decoders);
    let guess = dialect::guess(&head.text);
    let is_one_column = guess.is_none();
    let dialect = Dialect {
        encoding: head.encoding,
        ..guess.unwrap_or_default()
    };
    let rows = rows_of(&head, dialect)?;
    if is_one_column {
        return Err(ImportError::OneColumn);
    }
    let has_header = has_header(&rows);
    let dialect = Dialect {
        has_header,
        ..dialect
    };
    preview_of(file_name, &head, dialect, rows)
}

/// Looks at `head`, decoded and cut as a person has said.
///
/// # Errors
/// As [`preview`].
pub fn preview_with(
    file_name: &str,
    n_bytes: u64,
    head: &[u8],
    dialect: Dialect,
    decoders: Decoders,
) -> Result<Preview, ImportError> {
    encoding::detect(head)?;
    let head = Head::new(n_bytes, head, dialect.encoding, decoders);
    let rows = rows_of(&head, dialect)?;
    preview_of(file_name, &head, dialect, rows)
}

/// The text of a file's head.
struct Head<'a> {
    n_bytes: u64,
    encoding: Encoding,
    text: Cow<'a, [u8]>,
    /// Whether it is all of the file.
    is_whole: bool,
}

impl<'a> Head<'a> {
    fn new(n_bytes: u64, head: &'a [u8], encoding: Encoding, decoders: Decoders) -> Self {
        let is_whole = head.len() as u64 >= n_bytes;
        let text = if encoding == Encoding::Utf8 {
            Cow::Borrowed(head)
        } else {
            let mut stream = TextStream::new(encoding, decoders);
            let mut text = stream.feed(head).to_vec();
            if is_whole {
                text.extend_from_slice(stream.finish());
            }
            Cow::Owned(text)
        };
        Self {
            n_bytes,
            encoding,
            text,
            is_whole,
        }
    }
}

impl Preview {
    /// What the columns probably mean if a row is what `table` says.
    pub fn guess_as(&self, table: TableKind) -> Mapping {
        guess::mapping_as(self, table)
    }
}

/// The rows of the head. One that the head cuts off is not among them, unless it is the first.
fn rows_of(head: &Head<'_>, dialect: Dialect) -> Result<Vec<SeenRow>, ImportError> {
    let is_whole = head.is_whole;
    let mut rows: Vec<SeenRow> = Vec::new();
    let mut widest = 0;
    let result = dialect::records(&head.text, dialect, |record| {
        widest = widest.max(if rows.is_empty() { record.n_cells() } else { 0 });
        if rows.len() <= MAX_ROWS && widest <= MAX_COLUMNS {
            let text = |cell: Cow<'_, [u8]>| String::from_utf8_lossy(&cell).into_owned();
            rows.push(SeenRow {
                line: record.line(),
                cells: record.cells().map(text).collect(),
            });
        }
    });
    if widest > MAX_COLUMNS {
        return Err(ImportError::TooManyColumns {
            found: widest,
            limit: MAX_COLUMNS,
        });
    }
    match result {
        Err(error) if is_whole || rows.is_empty() => return Err(error),
        // The quote may close behind the head.
        Err(_) => {}
        Ok(()) => {
            let is_cut_off = !is_whole && !head.text.ends_with(b"\n") && rows.len() > 1;
            if is_cut_off && rows.len() <= MAX_ROWS {
                rows.pop();
            }
        }
    }
    if rows.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(rows)
}

fn preview_of(
    file_name: &str,
    head: &Head<'_>,
    dialect: Dialect,
    mut rows: Vec<SeenRow>,
) -> Result<Preview, ImportError> {
    let n_columns = if dialect.has_header {
        rows[0].cells.len()
    } else {
        rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    };
    let header = if dialect.has_header {
        rows.remove(0).cells
    } else {
        Vec::new()
    };
    if n_columns < 2 {
        return Err(ImportError::OneColumn);
    }
    if rows.is_empty() && head.is_whole {
        return Err(ImportError::HeaderOnly);
    }
    let is_whole_file = head.is_whole && rows.len() < MAX_ROWS;
    let mark = decimal_mark(&rows);
    let seen = ColumnsSeen::new(&headers(&header, n_columns), &rows, mark);
    let shown = rows.iter().take(N_ROWS_SHOWN);
    let mut preview = Preview {
        file_name: file_name.to_owned(),
        n_bytes: head.n_bytes,
        n_rows_seen: rows.len() as u64,
        is_whole_file,
        columns: seen.columns,
        rows: shown.map(|row| row.cells.clone()).collect(),
        guess: Mapping {
            dialect,
            decimal_mark: mark,
            date_order: seen.date_order,
            ..Mapping::default()
        },
    };
    preview.guess = guess::mapping(&preview);
    Ok(preview)
}

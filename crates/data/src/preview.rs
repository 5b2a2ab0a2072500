//! A look at the head of a file: dialect, columns, and a guess at what they mean.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns_seen::{ColumnsSeen, decimal_mark, headers};
use super::decoder::TextStream;
use super::frame::{frame, header_of, n_columns, width};
use super::lenient::Repair;
use super::padding::Padding;
use super::reader::Reader;
use super::tokenise::Record;
use super::{
    DateNumbers, DateOrder, Day, Decoders, Delimiter, Dialect, Encoding, ImportError, Mapping,
    Role, TableKind, dialect, drawn, encoding, guess, order_totals,
};

/// Bytes of a file's head that are worth looking at.
pub const PREVIEW_BYTES: usize = 1 << 20;

/// The most columns that are read.
const MAX_COLUMNS: usize = 2_000;
/// Bytes that show where the table is and how many columns it has.
const TOP_BYTES: usize = 128 << 10;
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
    /// Their bytes, about.
    pub n_bytes_seen: u64,
    /// Of the rows, those whose quotes or delimiters did not add up and were mended.
    pub n_mended: u64,
    /// Whether these are all rows of the file.
    pub is_whole_file: bool,
    /// The columns, in the file's order.
    pub columns: Vec<Column>,
    /// The first rows, for showing.
    pub rows: Vec<Vec<String>>,
    /// The column that names the customer, if a row is a customer.
    pub customer_column: Option<String>,
    /// The columns of a table of advertising spend, if it is one.
    pub spend: Option<BTreeMap<Role, String>>,
    /// The columns of a log of events, if it is one.
    pub events: Option<BTreeMap<Role, String>>,
    /// The columns of a table of products, if it is one.
    pub products: Option<BTreeMap<Role, String>>,
    /// The columns of numbers that hold the order's total on each line of the order, as far as the head shows it.
    pub order_totals: Vec<String>,
    /// What the columns probably mean. `date_order` is `None` where a person must be asked.
    pub guess: Mapping,
}

/// A column that names the buyers of rows in which the chosen one is blank; rows of those seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BetterCustomer {
    /// The header of the chosen column.
    pub own: String,
    /// The header of the other.
    pub other: String,
    /// Rows that were looked at.
    pub n_rows_seen: u64,
    /// Rows in which the chosen column is blank.
    pub n_blank: u64,
    /// Rows in which the other is.
    pub n_other_blank: u64,
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
    /// In which order its dates are written, where they show it.
    pub date_order: Option<DateOrder>,
    /// What its numbers count, where they could be dates.
    pub date_numbers: Option<DateNumbers>,
    /// The first and the last day among its dates, where they can be read one way only.
    pub days: Option<(Day, Day)>,
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
    pub(super) is_mended: bool,
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
    let preview = preview_of_any_table(file_name, n_bytes, head, decoders)?;
    fit_for_import(preview)
}

/// As [`preview`], of any table: of one column, of a header without rows.
///
/// # Errors
/// A file that is empty or binary.
pub fn preview_of_any_table(
    file_name: &str,
    n_bytes: u64,
    head: &[u8],
    decoders: Decoders,
) -> Result<Preview, ImportError> {
    let head = Head::new(n_bytes, head, encoding::detect(head)?, decoders);
    let mut dialect = Dialect {
        encoding: head.encoding,
        ..dialect::guess(&head.text).unwrap_or_default()
    };
    let rows = first_rows(&head, dialect)?;
    if !rows.is_empty() {
        let frame = match dialect.delimiter {
            Delimiter::Drawn => drawn::frame(&rows),
            _ => frame(&rows),
        };
        if frame.n_above > 0 {
            dialect.first_line = rows.get(frame.n_above).map_or(1, |row| row.line);
        }
        dialect.has_header = frame.n_header_rows > 0;
        dialect.header_rows = frame.n_header_rows.max(1) as u8;
    }
    preview_of(file_name, &head, dialect)
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
    fit_for_import(preview_of(file_name, &head, dialect)?)
}

/// Refuses a table that has nothing to compute from.
fn fit_for_import(preview: Preview) -> Result<Preview, ImportError> {
    let is_nothing = preview.rows.iter().flatten().all(String::is_empty);
    match preview.columns.len() {
        0 | 1
            if is_nothing
                && preview
                    .columns
                    .iter()
                    .all(|column| column.header == "column 1") =>
        {
            Err(ImportError::Empty)
        }
        0 | 1 => Err(ImportError::OneColumn),
        _ if preview.n_rows_seen == 0 && preview.is_whole_file => Err(ImportError::HeaderOnly),
        _ => Ok(preview),
    }
}

/// The text of a file's head.
struct Head<'a> {
    n_bytes: u64,
    encoding: Encoding,
    text: Cow<'a, [u8]>,
    /// Whether it is all of the file.
    is_whole: bool,
    decoders: Decoders,
}

impl<'a> Head<'a> {
    fn new(n_bytes: u64, head: &'a [u8], encoding: Encoding, decoders: Decoders) -> Self {
        let is_whole = head.len() as u64 >= n_bytes;
        let text = if encoding == Encoding::Utf8 && memchr::memchr(0, head).is_none() {
            Cow::Borrowed(head)
        } else if encoding == Encoding::Utf8 {
            Cow::Owned(Padding::default().feed(head).to_vec())
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
            decoders,
        }
    }
}

/// Bytes that a row takes in the table beside those of its columns: hash, reasons, place in an order.
const BYTES_PER_ROW: u64 = 14;
/// Bytes that a row takes for each column: a number of a text, a day, an amount.
const BYTES_PER_CELL: u64 = 5;
/// Bytes that are taken whatever the file.
const BYTES_IN_ANY_CASE: u64 = 60_000_000;

impl Preview {
    /// About how many bytes of memory reading the whole file takes: it grows with rows and columns, not with the length
    /// of texts that come again.
    pub const fn memory_estimate(&self) -> u64 {
        let n_rows = match self.n_bytes_seen {
            0 => 0,
            seen => self.n_bytes.saturating_mul(self.n_rows_seen) / seen,
        };
        let per_row = BYTES_PER_ROW + BYTES_PER_CELL * self.columns.len() as u64;
        BYTES_IN_ANY_CASE.saturating_add(n_rows.saturating_mul(per_row))
    }

    /// The column of amounts of `mapping`, where it holds the order's total on each line of the order.
    pub fn order_total_in(&self, mapping: &Mapping) -> Option<&str> {
        let is_of_orders = mapping.table == TableKind::Orders
            && mapping.roles.get(&Role::Order) == self.guess.roles.get(&Role::Order);
        let amount = mapping.roles.get(&Role::Amount).filter(|_| is_of_orders)?;
        let mut totals = self.order_totals.iter();
        totals.find(|total| *total == amount).map(String::as_str)
    }

    /// The column that says who bought in more rows than the one that was chosen, where many rows do without.
    pub fn better_customer(&self, mapping: &Mapping) -> Option<BetterCustomer> {
        guess::better_customer(self, mapping)
    }

    /// The column of what was given back of orders, which no role takes off the amounts.
    pub fn given_back(&self, mapping: &Mapping) -> Option<&str> {
        guess::given_back(self, mapping)
    }

    /// What the columns probably mean if a row is what `table` says.
    pub fn guess_as(&self, table: TableKind) -> Mapping {
        guess::mapping_as(self, table)
    }
}

/// The rows at the top of the head, read so that most have the same number of cells.
fn first_rows(head: &Head<'_>, dialect: Dialect) -> Result<Vec<SeenRow>, ImportError> {
    let top = Head {
        text: Cow::Borrowed(&head.text[..head.text.len().min(TOP_BYTES)]),
        is_whole: head.is_whole && head.text.len() <= TOP_BYTES,
        ..*head
    };
    let reader = || reader_of(&top, dialect);
    let rows = rows_of(&top, reader())?;
    rows_of(&top, reader().fitting(width(&rows)))
}

/// What reads the head, which is decoded already.
fn reader_of(head: &Head<'_>, dialect: Dialect) -> Reader {
    let dialect = Dialect {
        encoding: Encoding::Utf8,
        ..dialect
    };
    Reader::new(dialect, head.decoders)
}

/// The rows of the head. One that the head cuts off is not among them, unless it is the first.
fn rows_of(head: &Head<'_>, mut reader: Reader) -> Result<Vec<SeenRow>, ImportError> {
    let is_whole = head.is_whole;
    let mut rows: Vec<SeenRow> = Vec::new();
    let mut widest = 0;
    let mut sink = |record: Record<'_>| {
        widest = widest.max(if rows.is_empty() { record.n_cells() } else { 0 });
        if rows.len() <= MAX_ROWS && widest <= MAX_COLUMNS {
            let text = |cell: Cow<'_, [u8]>| String::from_utf8_lossy(&cell).into_owned();
            rows.push(SeenRow {
                line: record.line(),
                cells: record.cells().map(text).collect(),
                is_mended: record.repair() == Repair::Mended,
            });
        }
        Ok(())
    };
    let is_fitting = reader.is_fitting();
    let result = reader.feed(&head.text, &mut sink);
    let result = result.and_then(|()| reader.finish(&mut sink));
    check_width(widest)?;
    match result {
        // What is not yet mended may not end, or may end behind the head.
        Err(error) if is_whole && is_fitting => return Err(error),
        Err(_) => {}
        Ok(()) => {
            let is_cut_off = !is_whole && !head.text.ends_with(b"\n") && rows.len() > 1;
            if is_cut_off && rows.len() <= MAX_ROWS {
                rows.pop();
            }
        }
    }
    Ok(rows)
}

fn check_width(n_columns: usize) -> Result<(), ImportError> {
    if n_columns > MAX_COLUMNS {
        return Err(ImportError::TooManyColumns {
            found: n_columns,
            limit: MAX_COLUMNS,
        });
    }
    Ok(())
}

fn preview_of(file_name: &str, head: &Head<'_>, dialect: Dialect) -> Result<Preview, ImportError> {
    if head.text.is_empty() || &*head.text == b"\xef\xbb\xbf" {
        return Err(ImportError::Empty);
    }
    let n_header_rows = usize::from(dialect.n_header_rows());
    let n_columns = n_columns(&first_rows(head, dialect)?, n_header_rows);
    check_width(n_columns)?;
    let mut rows = rows_of(head, reader_of(head, dialect).of_table(n_columns))?;
    let below = rows.split_off(n_header_rows.min(rows.len()));
    let names = rows.into_iter().map(|row| row.cells);
    let header = header_of(&names.collect::<Vec<_>>(), n_columns);
    let rows = below;
    let is_whole_file = head.is_whole && rows.len() < MAX_ROWS;
    let bytes = rows.iter().flat_map(|row| &row.cells);
    let n_bytes_seen = bytes.map(|cell| cell.len() as u64 + 1).sum();
    let mark = decimal_mark(&rows);
    let seen = ColumnsSeen::new(&headers(&header, n_columns), &rows, mark);
    let shown = rows.iter().take(N_ROWS_SHOWN);
    let mut preview = Preview {
        file_name: file_name.to_owned(),
        n_bytes: head.n_bytes,
        n_rows_seen: rows.len() as u64,
        n_bytes_seen,
        n_mended: rows.iter().filter(|row| row.is_mended).count() as u64,
        is_whole_file,
        columns: seen.columns,
        rows: shown.map(|row| row.cells.clone()).collect(),
        customer_column: None,
        spend: None,
        events: None,
        products: None,
        order_totals: Vec::new(),
        guess: Mapping {
            dialect,
            decimal_mark: mark,
            date_order: seen.date_order,
            ..Mapping::default()
        },
    };
    preview.guess = guess::mapping(&preview);
    let mut of_customers = preview.guess_as(TableKind::Customers).roles;
    preview.customer_column = of_customers.remove(&Role::Customer);
    preview.spend = guess::spend(&preview.columns);
    preview.events = guess::events(&preview.columns);
    preview.products = guess::products(&preview.columns);
    preview.order_totals = order_totals::in_head(&preview, &rows);
    Ok(preview)
}

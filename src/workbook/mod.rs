//! Bytes of a workbook (XLSX, XLSM, XLSB, XLS, ODS) to the list of its sheets and one of them as the text of a table,
//! which then goes the way of any file. A web page is read as a workbook whose sheets are its tables.
//!
//! It reads no table itself: roles, dates and rows are the importer's. Values are what a spreadsheet shows, without
//! the marks of its format: numbers with 15 significant digits, dates in ISO form.
//! Invariant: nothing is unpacked that `package` has not held to its bounds, and no area is filled with empty cells.

mod cell;
mod compound;
mod grid;
mod header;
mod merged;
mod package;
mod page;
mod sheets;
mod table;
mod value;

use serde::{Deserialize, Serialize};

use crate::data::{WorkbookProblem, is_excel_xml};
use grid::Grid;
use sheets::{Book, SheetName};

/// The sheets of a workbook, and the one whose table was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheets {
    /// Those that can hold cells: the likely one first, then in the workbook's order.
    pub sheets: Vec<Sheet>,
    /// The one that was read, as a place in `sheets`.
    pub chosen: usize,
    /// Whether they are the tables of a web page, which need not belong together.
    pub is_page: bool,
}

impl Sheets {
    /// The one that was read.
    pub fn own(&self) -> Option<&Sheet> {
        self.sheets.get(self.chosen)
    }

    /// The same workbook with another sheet chosen.
    #[must_use]
    pub fn with_chosen(&self, chosen: usize) -> Self {
        Self {
            chosen,
            ..self.clone()
        }
    }

    /// The places of the sheets that are read beside the chosen one if nobody says anything: what is seen and holds a
    /// table, in their order, as far as so many are read.
    pub fn taken_beside(&self) -> Vec<usize> {
        if self.is_page {
            return Vec::new();
        }
        let sheets = self.sheets.iter().enumerate();
        let taken = sheets.filter(|(place, sheet)| *place != self.chosen && sheet.is_taken());
        taken
            .map(|(place, _)| place)
            .take(MOST_SHEETS - 1)
            .collect()
    }
}

/// A sheet, as far as a choice needs to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether the workbook hides it.
    pub is_hidden: bool,
    /// Rows with a filled cell.
    pub n_rows: u64,
    /// Columns with a filled cell.
    pub n_columns: u64,
    /// Whether at least two rows have at least two cells.
    pub is_table: bool,
    /// Cells with an error in place of a value; they are read as empty.
    pub n_errors: u64,
    /// Formulas that were saved without a value; they are read as empty.
    pub n_without_value: u64,
}

/// Cells of one or more sheets that are not empty in the workbook and are read as empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmptiedCells {
    /// Those with an error in place of a value.
    pub n_errors: u64,
    /// Formulas that were saved without a value.
    pub n_without_value: u64,
}

impl EmptiedCells {
    /// Those of all sheets together.
    pub fn of<'a>(sheets: impl Iterator<Item = &'a Sheet>) -> Self {
        sheets.fold(Self::default(), |sum, sheet| Self {
            n_errors: sum.n_errors + sheet.n_errors,
            n_without_value: sum.n_without_value + sheet.n_without_value,
        })
    }

    /// How many.
    pub const fn n_cells(self) -> u64 {
        self.n_errors + self.n_without_value
    }
}

impl Sheet {
    /// Whether it is read without anybody asking for it.
    const fn is_taken(&self) -> bool {
        !self.is_hidden && self.is_table
    }
}

/// So many sheets of a workbook are read unasked: three years of months. Others can be added one by one.
const MOST_SHEETS: usize = 36;

/// What a sheet is called as one of several files.
pub fn title(file_name: &str, sheet: &str) -> String {
    format!("{file_name} · {sheet}")
}

/// Whether a file of this size may be read at all.
///
/// # Errors
/// [`WorkbookProblem::TooManyBytes`].
pub const fn check_size(n_bytes: u64) -> Result<(), WorkbookProblem> {
    package::check_size(n_bytes)
}

/// Whether a file of this name that starts with these bytes is for this reader: an archive, an old workbook, or a web
/// page under a workbook's name. Plain text under such a name is not.
pub fn is_for(file_name: &str, head: &[u8]) -> bool {
    match package::check_head(head) {
        Ok(()) => true,
        Err(WorkbookProblem::WebPage) => is_named(file_name),
        Err(_) => false,
    }
}

/// Whether a file is called as workbooks and web pages are.
pub fn is_named(file_name: &str) -> bool {
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let endings = ["xlsx", "xlsm", "xls", "xlsb", "ods", "html", "htm"];
    endings.iter().any(|own| ending.eq_ignore_ascii_case(own))
}

/// The likely sheet of a workbook, or the one of this name, as text with commas: UTF-8, or in the encoding of a web page.
///
/// # Errors
/// Why the workbook cannot be read.
pub fn read(bytes: &[u8], name: Option<&str>) -> Result<(Sheets, Vec<u8>), WorkbookProblem> {
    if package::check_head(bytes) == Err(WorkbookProblem::WebPage) && is_excel_xml(bytes) {
        return Err(WorkbookProblem::ExcelXml);
    }
    if package::check_head(bytes) == Err(WorkbookProblem::WebPage) && page::has_table(bytes) {
        check_size(bytes.len() as u64)?;
        return read_page(bytes, name);
    }
    let mut book = Book::open(bytes, package::check(bytes)?)?;
    let names = book.names()?;
    let mut choice = Choice::of(name);
    for own in &names {
        let grid = book.grid(&own.name)?;
        choice.offer(own, grid);
    }
    let (sheets, grid) = choice.made()?;
    let merged = book.merged(&sheets.sheets[sheets.chosen].name)?;
    Ok((sheets, table::text_of(&grid, &merged)?))
}

/// Its tables are numbered.
fn read_page(bytes: &[u8], name: Option<&str>) -> Result<(Sheets, Vec<u8>), WorkbookProblem> {
    let mut choice = Choice::of(name);
    let mut merged = Vec::new();
    for (place, table) in page::tables_of(bytes)?.into_iter().enumerate() {
        let own = SheetName {
            name: (place + 1).to_string(),
            is_hidden: false,
        };
        if choice.offer(&own, table.grid) {
            merged = table.merged;
        }
    }
    let (sheets, grid) = choice.made()?;
    let sheets = Sheets {
        is_page: true,
        ..sheets
    };
    Ok((sheets, table::text_of(&grid, &merged)?))
}

/// The sheet that is taken, while all are looked at. Only one sheet's cells are kept at a time beside those that are
/// being read.
struct Choice<'a> {
    name: Option<&'a str>,
    sheets: Vec<Sheet>,
    likely: usize,
    kept: Option<(usize, Grid)>,
}

impl<'a> Choice<'a> {
    const fn of(name: Option<&'a str>) -> Self {
        Self {
            name,
            sheets: Vec::new(),
            likely: 0,
            kept: None,
        }
    }

    /// Whether the sheet is taken, as far as is known.
    fn offer(&mut self, own: &SheetName, grid: Grid) -> bool {
        let sheet = sheet_of(own, &grid);
        let best = self.sheets.get(self.likely);
        let is_likely = best.is_none_or(|best| rank(&sheet) > rank(best));
        let place = self.sheets.len();
        if is_likely {
            self.likely = place;
        }
        let is_taken = self.name.map_or(is_likely, |name| name == own.name);
        if is_taken {
            self.kept = Some((place, grid));
        }
        self.sheets.push(sheet);
        is_taken
    }

    /// The sheets, the likely one first, and the cells of the one that is taken.
    fn made(self) -> Result<(Sheets, Grid), WorkbookProblem> {
        let (mut sheets, likely) = (self.sheets, self.likely);
        let n_sheets = sheets.len();
        if sheets.iter().all(|sheet| sheet.n_rows == 0) {
            return Err(WorkbookProblem::Empty { n_sheets });
        }
        let (at, grid) = self.kept.ok_or(WorkbookProblem::NoSuchSheet { n_sheets })?;
        let chosen = match at.cmp(&likely) {
            std::cmp::Ordering::Less => at + 1,
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => at,
        };
        sheets[..=likely].rotate_right(1);
        let sheets = Sheets {
            sheets,
            chosen,
            is_page: false,
        };
        Ok((sheets, grid))
    }
}

/// What makes a sheet the likely one: that it is seen, holds a table, and has the most rows.
const fn rank(sheet: &Sheet) -> (bool, bool, u64) {
    (!sheet.is_hidden, sheet.is_table, sheet.n_rows)
}

fn sheet_of(own: &SheetName, grid: &Grid) -> Sheet {
    let is_wide = |cells: usize| cells >= 2;
    let n_wide = grid
        .rows()
        .filter(|(_, cells)| is_wide(cells.clone().count()));
    Sheet {
        name: own.name.clone(),
        is_hidden: own.is_hidden,
        is_table: n_wide.count() >= 2,
        n_rows: grid.rows().count() as u64,
        n_columns: grid.columns().len() as u64,
        n_errors: grid.n_errors,
        n_without_value: grid.n_without_value,
    }
}

//! The sheets of a workbook of any form, by `calamine`, as [`Grid`]s.
//!
//! XLSX and XLSB are read cell by cell. XLS and ODS are read whole by the library, which bounds them itself.
//! Hidden rows and columns are read like all others: no row is lost.

use std::io::Cursor;

use calamine::{
    CellErrorType, Data, DataRef, Dimensions, Ods, Range, Reader, Sheet, SheetType, SheetVisible,
    Xls, Xlsb, Xlsx,
};

use super::cell::{Cell, Refusal};
use super::grid::Grid;
use super::merged;
use super::package::{Checked, Form};
use crate::data::WorkbookProblem;

type Bytes<'a> = Cursor<&'a [u8]>;

/// An opened workbook.
pub(super) struct Book<'a> {
    bytes: &'a [u8],
    kind: Kind<'a>,
    merges_cells: bool,
}

enum Kind<'a> {
    Xlsx(Box<Xlsx<Bytes<'a>>>),
    Xlsb(Box<Xlsb<Bytes<'a>>>),
    Xls(Box<Xls<Bytes<'a>>>),
    Ods(Box<Ods<Bytes<'a>>>),
}

/// A sheet that can hold cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetName {
    pub(super) name: String,
    pub(super) is_hidden: bool,
}

/// Rows and columns from and to, counted from zero and both included, that are one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

impl<'a> Book<'a> {
    pub(super) fn open(bytes: &'a [u8], checked: Checked) -> Result<Self, WorkbookProblem> {
        let source = Cursor::new(bytes);
        let kind = match checked.form {
            Form::Xlsx => Kind::Xlsx(Box::new(Xlsx::new(source).map_err(Refusal::problem)?)),
            Form::Xlsb => Kind::Xlsb(Box::new(Xlsb::new(source).map_err(Refusal::problem)?)),
            Form::Xls => Kind::Xls(Box::new(Xls::new(source).map_err(Refusal::problem)?)),
            Form::Ods => Kind::Ods(Box::new(Ods::new(source).map_err(Refusal::problem)?)),
        };
        Ok(Self {
            bytes,
            kind,
            merges_cells: checked.merges_cells,
        })
    }

    /// The sheets that can hold cells, in the workbook's order.
    ///
    /// # Errors
    /// [`WorkbookProblem::OnlyCharts`].
    pub(super) fn names(&self) -> Result<Vec<SheetName>, WorkbookProblem> {
        let all: &[Sheet] = match &self.kind {
            Kind::Xlsx(book) => book.sheets_metadata(),
            Kind::Xlsb(book) => book.sheets_metadata(),
            Kind::Xls(book) => book.sheets_metadata(),
            Kind::Ods(book) => book.sheets_metadata(),
        };
        let is_chart = |sheet: &&Sheet| sheet.typ == SheetType::ChartSheet;
        if !all.is_empty() && all.iter().all(|sheet| is_chart(&sheet)) {
            let n_sheets = all.len();
            return Err(WorkbookProblem::OnlyCharts { n_sheets });
        }
        let sheets = all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let name = |sheet: &Sheet| SheetName {
            name: sheet.name.clone(),
            is_hidden: sheet.visible != SheetVisible::Visible,
        };
        Ok(sheets.map(name).collect())
    }

    /// The cells of a sheet.
    pub(super) fn grid(&mut self, name: &str) -> Result<Grid, WorkbookProblem> {
        let mut grid = Grid::new();
        match &mut self.kind {
            Kind::Xlsx(book) => {
                let is_1904 = book.has_1904_epoch();
                let mut cells = book
                    .worksheet_cells_reader(name)
                    .map_err(Refusal::problem)?;
                while let Some(cell) = cells
                    .next_cell_with_formula_metadata()
                    .map_err(Refusal::problem)?
                {
                    let is_missing = cell.formula.is_some() && cell.value == DataRef::Empty;
                    grid.n_without_value += u64::from(is_missing);
                    Cell::from(&cell.value).put(&mut grid, cell.pos, is_1904)?;
                }
            }
            Kind::Xlsb(book) => {
                let is_1904 = book.has_1904_epoch();
                let mut cells = book
                    .worksheet_cells_reader(name)
                    .map_err(Refusal::problem)?;
                while let Some(cell) = cells.next_cell().map_err(Refusal::problem)? {
                    let value = Cell::from(cell.get_value());
                    value.put(&mut grid, cell.get_position(), is_1904)?;
                }
            }
            Kind::Xls(book) => {
                let is_1904 = book.has_1904_epoch();
                put_range(
                    &mut grid,
                    &book.worksheet_range(name).map_err(Refusal::problem)?,
                    is_1904,
                )?;
            }
            Kind::Ods(book) => {
                let range = without_errors(book.worksheet_range(name).map_err(Refusal::problem)?);
                put_range(&mut grid, &range, false)?;
                grid.n_without_value = n_without_value(
                    &range,
                    &book.worksheet_formula(name).map_err(Refusal::problem)?,
                );
            }
        }
        Ok(grid.sorted())
    }

    /// The cells of a sheet that were made one.
    pub(super) fn merged(&mut self, name: &str) -> Result<Vec<Merged>, WorkbookProblem> {
        let all = match &mut self.kind {
            Kind::Xlsx(book) if self.merges_cells => book
                .merge_cells_by_sheet_name(name)
                .map_err(Refusal::problem)?,
            Kind::Xlsx(_) => Vec::new(),
            Kind::Xls(book) => book
                .merge_cells_by_sheet_name(name)
                .map_err(Refusal::problem)?,
            Kind::Xlsb(_) => return Ok(merged::of_xlsb(self.bytes, name).unwrap_or_default()),
            Kind::Ods(_) => return Ok(merged::of_ods(self.bytes, name).unwrap_or_default()),
        };
        let merged = |one: Dimensions| Merged {
            first: one.start,
            last: one.end,
        };
        Ok(all.into_iter().map(merged).collect())
    }
}

fn n_without_value(values: &Range<Data>, formulas: &Range<String>) -> u64 {
    let Some((row, column)) = formulas.start() else {
        return 0;
    };
    let is_missing = |(r, c, _): &(usize, usize, &String)| {
        let place = (row + *r as u32, column + *c as u32);
        values
            .get_value(place)
            .is_none_or(|value| *value == Data::Empty)
    };
    formulas.used_cells().filter(is_missing).count() as u64
}

/// ODS writes an error as the text that is shown for it.
fn without_errors(mut range: Range<Data>) -> Range<Data> {
    let (row, column) = range.start().unwrap_or_default();
    let errors: Vec<_> = range
        .used_cells()
        .filter_map(|(r, c, value)| match value {
            Data::String(text) => Some((r, c, text.parse::<CellErrorType>().ok()?)),
            _ => None,
        })
        .collect();
    for (r, c, error) in errors {
        let place = (row + r as u32, column + c as u32);
        range.set_value(place, Data::Error(error));
    }
    range
}

fn put_range(grid: &mut Grid, range: &Range<Data>, is_1904: bool) -> Result<(), WorkbookProblem> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let place = (first_row + row as u32, first_column + column as u32);
        Cell::from(value).put(grid, place, is_1904)?;
    }
    Ok(())
}

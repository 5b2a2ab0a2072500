//! Workbooks: what each kind of cell becomes, which sheet is taken, and what no file may do.

#![allow(clippy::unwrap_used)] // A test may stop where its own fixture is broken.
#![allow(clippy::print_stdout)] // A test that is skipped says so.

mod corpora;
mod hostile;
mod made;
mod sheets;

use gyeol::data::WorkbookProblem;
use gyeol::workbook;

/// The likely sheet's text, as [`unquoted`] leaves it.
fn text_of(bytes: &[u8]) -> Result<String, WorkbookProblem> {
    sheet_text(bytes, None)
}

/// The text of a sheet, as [`unquoted`] leaves it.
fn sheet_text(bytes: &[u8], name: Option<&str>) -> Result<String, WorkbookProblem> {
    workbook::read(bytes, name).map(|(_, text)| unquoted(text))
}

/// A text without its quotes, which enclose every cell.
fn unquoted(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap().replace('"', "")
}

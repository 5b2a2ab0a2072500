//! The columns as a table: a row for each column of the files, by row, and for each further column, by customer.
//!
//! Counts and ranges only: no text of a cell is in it.

use super::File;
use super::table::{Cell, Table};
use crate::analysis::Outliers;
use crate::analysis::treatment::{ColumnsReport, CustomerColumn, Treatment};
use crate::data::{ColumnType, Day, Distinct, Oddity, SurveyedColumn};

const HEAD: [&str; 26] = [
    "counted",
    "column",
    "role",
    "type",
    "total",
    "missing",
    "not_of_type",
    "distinct",
    "distinct_is_exact",
    "most_frequent",
    "min",
    "first_quartile",
    "median",
    "third_quartile",
    "max",
    "quartiles_are_exact",
    "far_below",
    "far_above",
    "findings",
    "missing_treatment",
    "filled",
    "set_aside_missing",
    "outlier_treatment",
    "winsorised_at",
    "winsorised",
    "set_aside_outlying",
];

/// `columns.csv`.
pub fn file(report: &ColumnsReport) -> File {
    let mut table = Table::new(HEAD);
    for column in &report.survey.columns {
        table.row(of_rows(column, report.survey.n_rows));
    }
    for column in &report.customer_columns {
        table.row(of_customers(column, report.n_customers));
    }
    table.file("columns.csv")
}

fn of_rows(column: &SurveyedColumn, n_rows: u64) -> Vec<Cell<'_>> {
    let (distinct, is_exact) = match column.distinct {
        Distinct::Exactly(n) => (Some(n), Some(true)),
        Distinct::MoreThan(n) => (Some(n), Some(false)),
        Distinct::Unknown => (None, None),
    };
    let mut cells = vec![
        plain("rows"),
        Cell::Text(&column.header),
        plain(column.role.map_or("", crate::data::Role::key)),
        plain(column.kind.key()),
        Cell::number(Some(n_rows)),
        Cell::number(Some(column.n_missing)),
        Cell::number(Some(column.n_unread)),
        Cell::number(distinct),
        Cell::number(is_exact),
        Cell::number(column.n_most_frequent),
    ];
    for place in 0..5 {
        let point = column.range.map(|range| range.points[place]);
        cells.push(match column.kind {
            ColumnType::Date => Cell::number(point.map(|day| Day::from_number(day as i32))),
            _ => Cell::number(point),
        });
    }
    cells.push(Cell::number(column.range.map(|range| range.is_exact)));
    cells.push(Cell::number(column.far.map(|far| far.n_below)));
    cells.push(Cell::number(column.far.map(|far| far.n_above)));
    cells.push(Cell::Plain(findings(&column.oddities)));
    cells.resize_with(HEAD.len(), || Cell::EMPTY);
    cells
}

fn plain(word: &str) -> Cell<'static> {
    Cell::Plain(word.to_owned())
}

/// Each finding's name with its rows.
fn findings(oddities: &[Oddity]) -> String {
    let finding = |oddity: &Oddity| {
        let n = oddity.count();
        let n = n.map_or_else(String::new, |n| format!(" {n}"));
        format!("{}{n}", oddity.key())
    };
    let findings: Vec<String> = oddities.iter().map(finding).collect();
    findings.join("; ")
}

fn of_customers(column: &CustomerColumn, n_customers: u64) -> Vec<Cell<'_>> {
    let kind = if column.is_numeric {
        ColumnType::Number
    } else {
        ColumnType::Text
    };
    let mut cells = vec![
        plain("customers"),
        Cell::Text(&column.name),
        Cell::EMPTY,
        plain(kind.key()),
        Cell::number(Some(n_customers)),
        Cell::number(Some(column.n_missing)),
    ];
    cells.resize_with(10, || Cell::EMPTY);
    for place in 0..5 {
        cells.push(Cell::number(column.range.map(|range| range[place])));
    }
    let is_numeric = |n: u64| Cell::number(column.is_numeric.then_some(n));
    // Counted on both sides together.
    cells.extend([
        Cell::EMPTY,
        Cell::EMPTY,
        is_numeric(column.n_far),
        Cell::EMPTY,
    ]);
    let Treatment {
        missing,
        outliers,
        low,
        high,
        ..
    } = &column.treatment;
    cells.extend([
        plain(missing.key()),
        Cell::number(Some(column.done.n_filled)),
        Cell::number(Some(column.done.n_without_value)),
    ]);
    if column.is_numeric {
        let bounds = (*outliers == Outliers::Winsorise).then(|| format!("{low}% {high}%"));
        cells.extend([
            plain(outliers.key()),
            Cell::number(bounds),
            Cell::number(Some(column.done.n_drawn_in)),
            Cell::number(Some(column.done.n_far)),
        ]);
    }
    cells.resize_with(HEAD.len(), || Cell::EMPTY);
    cells
}

//! The cells of the cohorts, one row each, and the mean of all (`all`); only periods that are over.
//!
//! `period` counts from 0, the period of the first order. `value` is the measure that was chosen; `retention` is in the
//! period, `rolling_retention` in it or later.

use super::File;
use super::table::{Cell as Field, Table};
use crate::analysis::cohorts::{Cell, Report};
use crate::text::{Language, Words};

const HEAD: [&str; 16] = [
    "cohort",
    "cohort_name",
    "cohort_name_ko",
    "cohort_customers",
    "period",
    "unit",
    "customers",
    "active",
    "active_or_later",
    "orders",
    "revenue",
    "cumulative_revenue",
    "retention",
    "rolling_retention",
    "measure",
    "value",
];

/// The table; without money its columns are empty.
pub fn file(report: &Report) -> File {
    let mut table = Table::new(HEAD);
    for cohort in &report.cohorts {
        let name = |one| Words::new(one).cohort_label(report.params.unit, &cohort.label);
        let names = [name(Language::En), name(Language::Ko)];
        let row = (cohort.key.as_str(), names, cohort.n_customers);
        write_rows(&mut table, report, &row, &cohort.cells);
    }
    let names = [Language::En, Language::Ko].map(|one| Words::new(one).cohort_mean().to_owned());
    let row = ("all", names, report.n_customers);
    write_rows(&mut table, report, &row, &report.mean);
    table.file("cohorts.csv")
}

fn write_rows(
    table: &mut Table,
    report: &Report,
    (key, names, n_customers): &(&str, [String; 2], u64),
    cells: &[Cell],
) {
    let params = &report.params;
    for (period, cell) in cells.iter().enumerate() {
        let share = |n: u64| n as f64 / cell.n_customers.max(1) as f64;
        table.row([
            Field::Text(key),
            Field::Text(&names[0]),
            Field::Text(&names[1]),
            Field::number(Some(n_customers)),
            Field::number(Some(period)),
            Field::Text(params.unit.key()),
            Field::number(Some(cell.n_customers)),
            Field::number(Some(cell.n_active)),
            Field::number(Some(cell.n_active_or_later)),
            Field::number(Some(cell.n_orders)),
            Field::number(report.has_money.then_some(cell.revenue)),
            Field::number(report.has_money.then_some(cell.cumulative_revenue)),
            Field::number(Some(share(cell.n_active))),
            Field::number(Some(share(cell.n_active_or_later))),
            Field::Text(params.measure.key()),
            Field::number(cell.value),
        ]);
    }
}

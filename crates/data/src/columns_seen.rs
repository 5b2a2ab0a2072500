//! What the head of a file shows of each column: header, kind, failures, and how its dates and decimals are written.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::cancelled::CancelledStates;
use super::date_orders::DateOrders;
use super::preview::SeenRow;
use super::values::{Written, decimal, form_of, is_absent, trimmed, written};
use super::{Column, ColumnKind, DateNumbers, DateOrder, DecimalMark};

/// Distinct values are counted up to here.
const MAX_DISTINCT: usize = 1_000;
/// Failures that are named.
const N_FAILURES: usize = 5;
/// Of a value that failed, as much is shown.
const MAX_SHOWN: usize = 60;

/// The columns, and the order of days and months that their dates show.
pub(super) struct ColumnsSeen {
    pub(super) columns: Vec<Column>,
    /// Where any date can be only one way.
    pub(super) date_order: Option<DateOrder>,
}

impl ColumnsSeen {
    pub(super) fn new(headers: &[String], rows: &[SeenRow], mark: DecimalMark) -> Self {
        let mut votes = [0_u64; 3];
        let columns = headers.iter().enumerate().map(|(place, header)| {
            let (column, orders) = column_of(header, place, rows, mark);
            if let Some(order) = orders.shown().filter(|_| column.kind == ColumnKind::Date) {
                votes[order as usize] += column.n_dates;
            }
            column
        });
        let columns = columns.collect();
        let most = votes.into_iter().max().unwrap_or(0);
        let mut orders = DateOrder::ALL
            .into_iter()
            .filter(|&order| votes[order as usize] == most);
        let first = orders.next().filter(|_| most > 0);
        Self {
            columns,
            date_order: first.filter(|_| orders.next().is_none()),
        }
    }
}

fn column_of(
    header: &str,
    place: usize,
    rows: &[SeenRow],
    mark: DecimalMark,
) -> (Column, DateOrders) {
    let cells = || {
        rows.iter()
            .filter_map(|row| Some((row.line, trimmed(row.cells.get(place)?.as_bytes()))))
            .filter(|(_, cell)| !is_absent(cell))
    };
    let Tally {
        n_filled,
        n_numbers,
        n_dates,
        orders,
        distinct,
    } = Tally::of(cells().map(|(_, cell)| cell), mark);
    let kind = kind_of(n_filled, n_numbers, n_dates);
    let is_counted = |&form: &DateNumbers| {
        let numbers = cells().filter_map(|(_, cell)| decimal(cell, mark));
        let n_counted = numbers.filter(|&number| form_of(number) == Some(form));
        n_counted.count() as u64 * 10 >= n_filled * 9
    };
    let is_number = kind == ColumnKind::Number;
    let date_numbers = DateNumbers::ALL
        .into_iter()
        .find(|form| is_number && is_counted(form));
    let fails = |cell: &[u8]| match kind {
        ColumnKind::Number => decimal(cell, mark).is_none(),
        ColumnKind::Date => written(cell).is_none(),
        ColumnKind::Empty | ColumnKind::Text => false,
    };
    let shown = |cell: &[u8]| {
        let text = String::from_utf8_lossy(cell);
        text.chars().take(MAX_SHOWN).collect()
    };
    let failures = cells().filter(|(_, cell)| fails(cell)).take(N_FAILURES);
    let column = Column {
        header: header.to_owned(),
        kind,
        n_filled,
        n_numbers,
        n_dates,
        has_ambiguous_dates: kind == ColumnKind::Date && orders.is_open(),
        date_order: orders.shown().filter(|_| kind == ColumnKind::Date),
        date_numbers,
        days: orders.days().filter(|_| kind == ColumnKind::Date),
        n_distinct: distinct.len() as u64,
        failures: failures.map(|(line, cell)| (line, shown(cell))).collect(),
        cancelled: cancelled(header, &distinct, cells().map(|(_, cell)| cell))
            .into_iter()
            .map(|(cell, n_rows)| (shown(cell), n_rows))
            .collect(),
    };
    (column, orders)
}

/// What the values of a column read as.
#[derive(Default)]
struct Tally<'a> {
    n_filled: u64,
    n_numbers: u64,
    n_dates: u64,
    orders: DateOrders,
    /// The first [`MAX_DISTINCT`].
    distinct: HashSet<&'a [u8]>,
}

impl<'a> Tally<'a> {
    fn of(cells: impl Iterator<Item = &'a [u8]>, mark: DecimalMark) -> Self {
        let mut tally = Self::default();
        let mut before: Option<(&[u8], bool, Option<Written>)> = None;
        for cell in cells {
            // Rows of one order repeat much of each other.
            let (_, is_number, date) = match before {
                Some(seen @ (text, ..)) if text == cell => seen,
                _ => (cell, decimal(cell, mark).is_some(), written(cell)),
            };
            let is_repeated = before.is_some_and(|(text, ..)| text == cell);
            if !is_repeated && tally.distinct.len() < MAX_DISTINCT {
                tally.distinct.insert(cell);
            }
            before = Some((cell, is_number, date));
            tally.n_filled += 1;
            tally.n_numbers += u64::from(is_number);
            if let Some(date) = date {
                tally.n_dates += 1;
                tally.orders.note(date);
            }
        }
        tally
    }
}

/// What of a status column would count as cancelled or returned, most frequent first, equally frequent by bytes.
fn cancelled<'a>(
    header: &str,
    distinct: &HashSet<&'a [u8]>,
    cells: impl Iterator<Item = &'a [u8]>,
) -> Vec<(&'a [u8], u64)> {
    let rule = CancelledStates::under(header);
    let is_cancelled = |cell: &&&[u8]| rule.has(&String::from_utf8_lossy(cell));
    let mut n_rows: BTreeMap<&[u8], u64> = distinct
        .iter()
        .filter(is_cancelled)
        .map(|&cell| (cell, 0))
        .collect();
    if n_rows.is_empty() {
        return Vec::new();
    }
    for cell in cells {
        if let Some(n_rows) = n_rows.get_mut(cell) {
            *n_rows += 1;
        }
    }
    let mut states: Vec<_> = n_rows.into_iter().collect();
    states.sort_by_key(|&(_, n_rows)| std::cmp::Reverse(n_rows));
    states
}

fn kind_of(n_filled: u64, n_numbers: u64, n_dates: u64) -> ColumnKind {
    let is_most = |n_values: u64| n_values * 10 >= n_filled * 9;
    if n_filled == 0 {
        ColumnKind::Empty
    } else if is_most(n_dates) {
        ColumnKind::Date
    } else if is_most(n_numbers) {
        ColumnKind::Number
    } else {
        ColumnKind::Text
    }
}

/// The headers made unique: a second `price` becomes `price (2)`, an empty one `column 3`.
pub(super) fn headers(first_row: &[String], n_columns: usize) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut unique = Vec::with_capacity(n_columns);
    for place in 0..n_columns {
        let written = first_row.get(place).map_or("", |header| header.trim());
        let base = if written.is_empty() {
            format!("column {}", place + 1)
        } else {
            written.to_owned()
        };
        let mut header = base.clone();
        let mut n_times = 1;
        while !taken.insert(header.clone()) {
            n_times += 1;
            header = format!("{base} ({n_times})");
        }
        unique.push(header);
    }
    unique
}

/// The decimal mark that more numbers show.
pub(super) fn decimal_mark(rows: &[SeenRow]) -> DecimalMark {
    let (mut n_points, mut n_commas) = (0_u64, 0_u64);
    let cells = rows.iter().flat_map(|row| &row.cells);
    for cell in cells.filter(|cell| cell.len() <= 32) {
        match mark_of(cell) {
            Some(DecimalMark::Point) => n_points += 1,
            Some(DecimalMark::Comma) => n_commas += 1,
            None => {}
        }
    }
    if n_commas > n_points {
        DecimalMark::Comma
    } else {
        DecimalMark::Point
    }
}

/// The decimal mark of a number that can be read one way only. `1,234` and `1.234` say nothing.
fn mark_of(cell: &str) -> Option<DecimalMark> {
    let cell = trimmed(cell.as_bytes());
    let has_mark = cell.iter().any(|byte| matches!(byte, b'.' | b','));
    if !has_mark {
        return None;
    }
    let with = |mark: DecimalMark| decimal(cell, mark).is_some();
    match (with(DecimalMark::Point), with(DecimalMark::Comma)) {
        (true, false) => Some(DecimalMark::Point),
        (false, true) => Some(DecimalMark::Comma),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;

    fn rows(texts: &[&[&str]]) -> Vec<SeenRow> {
        let row = |(place, cells): (usize, &&[&str])| SeenRow {
            is_mended: false,
            line: place as u64 + 1,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        };
        texts.iter().enumerate().map(row).collect()
    }

    #[test]
    fn headers_are_made_unique() {
        let first: Vec<String> = ["price", "", "price", "price (2)", " x "]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(
            headers(&first, 6),
            [
                "price",
                "column 2",
                "price (2)",
                "price (2) (2)",
                "x",
                "column 6"
            ]
        );
    }

    #[test]
    fn first_and_last_day_are_known_where_dates_can_be_read_one_way_only() {
        let day = |text: &str| text.parse::<Day>().ok();
        let check = |cells: &[&str], expected: Option<(&str, &str)>| {
            let texts: Vec<[&str; 1]> = cells.iter().map(|cell| [*cell]).collect();
            let texts: Vec<&[&str]> = texts.iter().map(<[&str; 1]>::as_slice).collect();
            let seen = ColumnsSeen::new(&["day".to_owned()], &rows(&texts), DecimalMark::Point);
            let expected = expected.and_then(|(first, last)| day(first).zip(day(last)));
            assert_eq!(seen.columns[0].days, expected, "{cells:?}");
        };
        check(
            &["2024-02-03", "2024-01-31"],
            Some(("2024-01-31", "2024-02-03")),
        );
        check(
            &["03/02/2024", "31/01/2024"],
            Some(("2024-01-31", "2024-02-03")),
        );
        check(
            &["02/03/2024", "01/31/2024"],
            Some(("2024-01-31", "2024-02-03")),
        );
        check(&["02/03/2024", "01/03/2024"], None);
        check(&["12", "13"], None);
    }

    #[test]
    fn the_decimal_mark_shows_where_a_number_can_be_read_one_way_only() {
        let check = |cells: &[&str], expected: DecimalMark| {
            assert_eq!(decimal_mark(&rows(&[cells])), expected, "{cells:?}");
        };
        check(&["1.234,50", "12,5", "1.234"], DecimalMark::Comma);
        check(&["1,234.50", "1,234"], DecimalMark::Point);
        check(&["1.234", "1,234"], DecimalMark::Point);
        check(&["09.12.2011", "3,5"], DecimalMark::Comma);
    }
}

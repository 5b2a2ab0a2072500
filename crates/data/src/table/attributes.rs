//! Columns without a role, as one value for each customer.
//!
//! Numbers that count or measure: the mean over the customer's rows, from an exact sum. Texts: that of the latest row that has one, and of
//! two at one moment the first in byte order; answers about consent are texts, and of two at one moment a refusal counts.
//! So the order of the rows never shows. Texts that are all dates give the day besides, since what counts of it is how
//! long ago it was.

use super::super::columns::{DecimalColumn, NO_CODE, NO_DAY, NO_UNITS, TextColumn, Units};
use super::super::contacts::{answers, refusals};
use super::super::date_orders::DateOrders;
use super::super::guess::Headers;
use super::super::names::is_before;
use super::super::plan::Plan;
use super::super::values::{decimal, moment, written};
use super::super::{
    Attribute, AttributeValues, DateOrder, Day, DaysByCustomer, DecimalMark, Names,
};
use super::Table;
use super::customers::Customers;
use super::id_like::is_id_like;
use super::known::n_rows_of;

/// A column without a role.
#[derive(Clone, Debug)]
pub(super) struct AttributeColumn {
    header: String,
    /// Place among the text columns.
    column: usize,
    /// The number of each distinct text, where nearly all are numbers.
    numbers: Option<Units>,
    /// The day of each distinct text, where all are dates.
    days: Option<Vec<i32>>,
    /// Of a column of consent whether each distinct text is a refusal: it goes before what was said at the same time.
    refusals: Vec<bool>,
}

impl AttributeColumn {
    pub(super) fn new(
        headers: &Headers,
        header: String,
        place: usize,
        column: &TextColumn,
        plan: &Plan,
        mark: DecimalMark,
    ) -> Self {
        let answers = answers(headers, &header, column.names());
        let n_rows = n_rows_of(column);
        let refusals = refusals(headers, &header, column.names());
        // The mean of a yes and a later no is no answer.
        let is_of_answers = answers.is_some() || refusals.contains(&true);
        let numbers = match is_of_answers {
            true => None,
            false => numbers_of(&header, column.names(), &n_rows, mark),
        };
        let days = || days_of(column.names(), &n_rows, plan.common_order);
        Self {
            column: place,
            days: numbers.is_none().then(days).flatten(),
            refusals,
            numbers,
            header,
        }
    }

    /// The header.
    pub(super) fn header(&self) -> &str {
        &self.header
    }

    /// Its place among the text columns.
    pub(super) const fn place(&self) -> usize {
        self.column
    }

    /// The header and the number of each distinct text, of a column of numbers.
    pub(super) fn numbers(&self) -> Option<(&str, &Units)> {
        Some((&self.header, self.numbers.as_ref()?))
    }

    /// Whether some text of it refuses, so that rows that do not count are heard, too.
    pub(super) fn has_refusals(&self) -> bool {
        !self.refusals.is_empty()
    }

    /// Whether of two texts at one moment the first counts.
    pub(super) fn is_first(&self, names: &Names, this: u32, best: u32) -> bool {
        is_first(names, &self.refusals, this, best)
    }

    pub(super) fn by_customer(&self, table: &Table, customers: &Customers) -> Attribute {
        let column = &table.texts[self.column];
        let values = match &self.numbers {
            Some(numbers) => AttributeValues::Numbers(means(numbers, column, customers)),
            None => latest(table, column, &self.refusals, customers),
        };
        Attribute {
            name: self.header.clone(),
            values,
        }
    }

    /// Of a column of dates that says one day of each customer: that day. A day of delivery is of an order and not of
    /// a customer.
    pub(super) fn day_by_customer(
        &self,
        table: &Table,
        customers: &Customers,
    ) -> Option<Attribute> {
        let days = self.days.as_ref()?;
        let mut of_customer = vec![NO_DAY; customers.names.len()];
        let codes = table.texts[self.column].codes();
        for (code, &customer) in codes.iter().zip(&customers.of_row) {
            let day = days.get(code as usize).copied().unwrap_or(NO_DAY);
            if customer == NO_CODE || day == NO_DAY {
                continue;
            }
            let known = &mut of_customer[customer as usize];
            if *known != NO_DAY && *known != day {
                return None;
            }
            *known = day;
        }
        let mut by_customer = DaysByCustomer {
            starts: vec![0],
            days: Vec::new(),
        };
        // A year of two digits that lies far ahead is of the century before: `65-03-02` is a birthday.
        let known = table.days.as_ref().and_then(|days| days.iter().max());
        let latest = known
            .filter(|&day| day != NO_DAY)
            .map_or(YEAR_2040, |day| day + TEN_YEARS);
        for day in of_customer {
            let day = (day != NO_DAY).then(|| Day::from_number(day));
            let day = day.map(|day| {
                if day.number() > latest {
                    a_century_before(day)
                } else {
                    day
                }
            });
            by_customer.days.extend(day);
            by_customer.starts.push(by_customer.days.len() as u32);
        }
        Some(Attribute {
            name: format!("days since {}", self.header),
            values: AttributeValues::Days(by_customer),
        })
    }
}

/// Days after the last order from which on a date is none of the future.
const TEN_YEARS: i32 = 3_652;

/// The same where no orders say how late it is: the first day of 2040.
const YEAR_2040: i32 = 25_567;

fn a_century_before(day: Day) -> Day {
    let (year, month, of_month) = day.civil();
    Day::from_civil(year - 100, month, of_month).unwrap_or(day)
}

/// The days of the distinct texts where each that has a row is a date, and days and months stand in one order: the one
/// that they show, or else the `known` one of the orders' dates, if they hold in it.
fn days_of(names: &Names, n_rows: &[u64], known: Option<DateOrder>) -> Option<Vec<i32>> {
    let rows = || (0..names.len() as u32).zip(n_rows.iter().copied());
    let mut orders = DateOrders::default();
    for (code, _) in rows().filter(|&(_, n_rows)| n_rows > 0) {
        orders.note(written(names.bytes_of(code))?);
    }
    // Where they can be read in several orders and nothing else shows it, nobody can say which was meant.
    let order = match orders.is_open() {
        true => Some(known.filter(|&order| orders.hold(order))?),
        false => orders.shown(),
    };
    let days: Option<Vec<i32>> = rows()
        .map(|(code, n_rows)| match moment(names.bytes_of(code), order) {
            Some(moment) => Some(moment.day.number()),
            None => (n_rows == 0).then_some(NO_DAY),
        })
        .collect();
    days.filter(|days| days.iter().any(|&day| day != NO_DAY))
}

/// The numbers of the distinct texts where at least 90 % of the column's values are numbers, and no names.
fn numbers_of(header: &str, names: &Names, n_rows: &[u64], mark: DecimalMark) -> Option<Units> {
    let n_filled: u64 = n_rows.iter().sum();
    let mut numbers = DecimalColumn::default();
    let mut n_numbers = 0;
    for (code, &n_rows) in (0..names.len() as u32).zip(n_rows) {
        let number = decimal(names.bytes_of(code), mark);
        n_numbers += if number.is_some() { n_rows } else { 0 };
        numbers.push(number);
    }
    let is_numeric = n_filled > 0 && n_numbers * 10 >= n_filled * 9;
    let texts = (0..names.len() as u32).map(|code| names.bytes_of(code));
    let is_number = is_numeric && !is_id_like(header, texts.zip(n_rows.iter().copied()));
    is_number.then(|| numbers.into_rounded_units())
}

fn means(numbers: &Units, column: &TextColumn, customers: &Customers) -> Vec<Option<f64>> {
    let by_code: Vec<i64> = numbers.units.iter().collect();
    let mut sums = vec![(0_i128, 0_u32); customers.names.len()];
    for (code, &customer) in column.codes().iter().zip(&customers.of_row) {
        let units = by_code.get(code as usize).copied().unwrap_or(NO_UNITS);
        if customer != NO_CODE && units != NO_UNITS {
            let (sum, n_values) = &mut sums[customer as usize];
            *sum += i128::from(units);
            *n_values += 1;
        }
    }
    let one = 10_f64.powi(i32::from(numbers.scale));
    let mean = |(sum, n_values): (i128, u32)| {
        (n_values > 0).then(|| sum as f64 / (f64::from(n_values) * one))
    };
    sums.into_iter().map(mean).collect()
}

impl Table {
    /// Whose a row is, also where it does not count: who says no says so in a row of a cancelled order, too, or of an id
    /// that stands twice.
    pub(super) fn owners<'a>(&'a self, customers: &'a Customers) -> impl Fn(usize) -> u32 + 'a {
        let ids = self.roles.customer.map(|place| self.texts[place].codes());
        move |row: usize| {
            let code = ids.map_or(NO_CODE, |ids| ids.get(row));
            let customer = customers.of_code.get(code as usize);
            customer.copied().unwrap_or(NO_CODE)
        }
    }
}

/// The text of a customer's latest row so far.
#[derive(Clone, Copy)]
struct Latest {
    moment: (i32, u32),
    code: u32,
}

/// A block of rows of a column of texts.
struct RowsOfBlock<'a> {
    column: &'a TextColumn,
    refusals: &'a [bool],
    codes: &'a [u32],
    of_row: &'a [u32],
    days: Option<&'a [i32]>,
    seconds: Option<&'a [u32]>,
}

impl RowsOfBlock<'_> {
    /// Puts the text of each row that is later than what was found; `owner` knows whose a row is that does not count.
    #[inline(never)]
    fn add_to(&self, found: &mut [Latest], owner: &dyn Fn(usize) -> u32) {
        for (row, (&code, &customer)) in self.codes.iter().zip(self.of_row).enumerate() {
            let customer = match customer {
                NO_CODE if !self.refusals.is_empty() => owner(row),
                customer => customer,
            };
            if customer == NO_CODE || code == NO_CODE {
                continue;
            }
            let this = self.said_in(row, code);
            let best = &mut found[customer as usize];
            if best.code == NO_CODE || self.is_better(&this, best) {
                *best = this;
            }
        }
    }

    #[inline(always)]
    fn said_in(&self, row: usize, code: u32) -> Latest {
        let day = self.days.map_or(NO_DAY, |days| days[row]);
        // A refusal without a day may be the last word.
        let is_undated_refusal = day == NO_DAY && self.refusals.get(code as usize) == Some(&true);
        let day = if is_undated_refusal { i32::MAX } else { day };
        Latest {
            moment: (day, self.seconds.map_or(0, |seconds| seconds[row])),
            code,
        }
    }

    #[inline(always)]
    fn is_better(&self, this: &Latest, best: &Latest) -> bool {
        this.moment > best.moment
            || this.moment == best.moment
                && this.code != best.code
                && is_first(self.column.names(), self.refusals, this.code, best.code)
    }
}

/// Whether of two texts at one moment the first counts: a refusal, or the first in byte order.
fn is_first(names: &Names, refusals: &[bool], this: u32, best: u32) -> bool {
    let refuses = |code: u32| refusals.get(code as usize) == Some(&true);
    match (refuses(this), refuses(best)) {
        (true, false) => true,
        (false, true) => false,
        _ => is_before(names.bytes_of(this), names.bytes_of(best)),
    }
}

fn latest(
    table: &Table,
    column: &TextColumn,
    refusals: &[bool],
    customers: &Customers,
) -> AttributeValues {
    let nothing = Latest {
        moment: (NO_DAY, 0),
        code: NO_CODE,
    };
    let mut found = vec![nothing; customers.names.len()];
    let mut rest = &customers.of_row[..];
    let owner = table.owners(customers);
    let mut n_before = 0;
    for (number, codes) in column.codes().blocks().enumerate() {
        let (of_row, after) = rest.split_at(codes.len());
        rest = after;
        let days = table.days.as_ref().map(|days| days.block(number));
        let seconds = table.seconds.as_ref().map(|column| column.block(number));
        let rows = RowsOfBlock {
            column,
            refusals,
            codes: &codes,
            of_row,
            days: days.as_deref(),
            seconds: seconds.as_deref(),
        };
        rows.add_to(&mut found, &|row| owner(n_before + row));
        n_before += codes.len();
    }
    let mut texts = Names::default();
    let codes = found.iter().map(|latest| {
        let is_known = latest.code != NO_CODE;
        is_known.then(|| texts.intern(column.names().bytes_of(latest.code)))
    });
    let codes = codes.collect();
    AttributeValues::Texts { texts, codes }
}

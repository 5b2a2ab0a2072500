//! Records to columns: each row's values and its reasons, as far as the row alone shows them.

use std::borrow::Cow;

use super::columns::{Blocks, DecimalColumn, Lines, NO_CODE, NO_DAY, TextColumn};
use super::names::is_same;
use super::plan::{CellPlan, Plan, Quantity};
use super::row_hash::row_hash;
use super::tokenise::Record;
use super::values::{Decimal, Moment, decimal, id, is_absent, is_missing, moment, trimmed};
use super::{ImportError, Reason, ReasonSet, TableKind};

/// The most rows.
const MAX_ROWS: u64 = (u32::MAX - 1) as u64;

/// What a cell that should hold a value holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading<T> {
    #[default]
    Missing,
    Unreadable,
    Is(T),
}

impl<T> Reading<T> {
    fn value(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Missing | Self::Unreadable => None,
        }
    }
}

/// The rows so far.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) plan: Plan,
    pub(super) texts: Vec<TextColumn>,
    pub(super) days: Blocks<i32>,
    /// Seconds since midnight; no rows before the first time of day is met.
    pub(super) seconds: Option<Blocks<u32>>,
    pub(super) amounts: DecimalColumn,
    pub(super) recency_days: Blocks<i32>,
    pub(super) n_orders: Blocks<u32>,
    pub(super) reasons: Blocks<u8>,
    /// Of the records as they stand in the file. Two of 10 million differing rows share one by a chance of 1 to 300,000.
    pub(super) hashes: Blocks<u64>,
    pub(super) lines: Lines,
    n_rows: usize,
    previous_date: Vec<u8>,
    previous_moment: Reading<Moment>,
}

/// What one row holds besides its texts.
struct Row {
    date: Reading<Moment>,
    numbers: [Reading<Decimal>; Quantity::COUNT],
    has_value: bool,
    has_customer: bool,
    is_unreadable: bool,
    /// The text that was read last.
    last_code: u32,
}

impl Rows {
    /// No rows yet.
    pub(super) fn new(plan: Plan) -> Self {
        let texts = plan.texts.iter();
        Self {
            texts: texts
                .map(|&(_, is_attribute)| TextColumn::new(is_attribute))
                .collect(),
            plan,
            days: Blocks::default(),
            seconds: None,
            amounts: DecimalColumn::default(),
            recency_days: Blocks::default(),
            n_orders: Blocks::default(),
            reasons: Blocks::default(),
            hashes: Blocks::default(),
            lines: Lines::default(),
            n_rows: 0,
            previous_date: Vec::new(),
            previous_moment: Reading::Missing,
        }
    }

    /// How many rows there are.
    pub(super) const fn len(&self) -> usize {
        self.n_rows
    }

    /// Adds a row.
    pub(super) fn push(&mut self, record: Record<'_>) -> Result<(), ImportError> {
        if self.n_rows as u64 >= MAX_ROWS {
            return Err(ImportError::TooLarge { limit: MAX_ROWS });
        }
        self.lines.push(self.n_rows as u32, record.line());
        self.hashes.push(row_hash(record.bytes()));
        let mut row = Row {
            date: Reading::Missing,
            numbers: [Reading::Missing; Quantity::COUNT],
            has_value: false,
            has_customer: false,
            is_unreadable: false,
            last_code: NO_CODE,
        };
        for place in 0..self.plan.cells.len() {
            self.read_cell(record, place, &mut row)?;
        }
        let amount = self.amount_of(&row);
        let reasons = self.reasons_of(record, &row, amount);
        self.push_values(&row, amount, reasons);
        self.n_rows += 1;
        Ok(())
    }

    #[inline(always)]
    fn read_cell(
        &mut self,
        record: Record<'_>,
        place: usize,
        row: &mut Row,
    ) -> Result<(), ImportError> {
        let raw = record.raw(place);
        match self.plan.cells[place] {
            CellPlan::Text(column) => {
                let leader = row.last_code;
                row.last_code = self.texts[column].push(raw, leader, |raw| text_of(record, raw))?;
                row.has_value |= row.last_code != NO_CODE;
            }
            CellPlan::Id(column) => {
                let leader = row.last_code;
                row.last_code = self.texts[column].push(raw, leader, |raw| id_of(record, raw))?;
                let has_id = row.last_code != NO_CODE;
                row.has_value |= has_id;
                row.has_customer |= has_id && self.plan.roles.customer == Some(column);
            }
            CellPlan::Date => {
                row.date = self.read_date(record, raw);
                row.has_value |= row.date != Reading::Missing;
                row.is_unreadable |= row.date == Reading::Unreadable;
            }
            CellPlan::Number(quantity) => {
                let number = read_number(&record.content(raw), quantity, &self.plan);
                row.numbers[quantity as usize] = number;
                row.has_value |= number != Reading::Missing;
                row.is_unreadable |= number == Reading::Unreadable;
            }
        }
        Ok(())
    }

    /// Rows of one order mostly have the same date.
    #[inline(always)]
    fn read_date(&mut self, record: Record<'_>, raw: &[u8]) -> Reading<Moment> {
        if !is_same(&self.previous_date, raw) {
            self.previous_date.clear();
            self.previous_date.extend_from_slice(raw);
            let cell = record.content(&self.previous_date);
            let cell = trimmed(&cell);
            self.previous_moment = match moment(cell, self.plan.date_order) {
                Some(moment) => Reading::Is(moment),
                None if is_missing(cell) => Reading::Missing,
                None => Reading::Unreadable,
            };
        }
        self.previous_moment
    }

    #[inline]
    fn reasons_of(&self, record: Record<'_>, row: &Row, amount: Reading<Decimal>) -> ReasonSet {
        let n_columns = self.plan.cells.len();
        let n_cells = record.n_cells();
        let has_more = n_cells > n_columns
            && (n_columns..n_cells).any(|place| !trimmed(&record.cell(place)).is_empty());
        let is_empty = |place: usize| trimmed(&record.cell(place)).is_empty();
        if !row.has_value && (0..n_cells).all(is_empty) {
            return ReasonSet::EMPTY.with(Reason::Blank);
        }
        let mut reasons = ReasonSet::EMPTY;
        let mut note = |holds: bool, reason: Reason| {
            if holds {
                reasons = reasons.with(reason);
            }
        };
        note(has_more || n_cells < self.plan.n_required, Reason::Ragged);
        note(
            self.plan.roles.customer.is_some() && !row.has_customer,
            Reason::NoCustomer,
        );
        let is_unreadable = row.is_unreadable || amount == Reading::Unreadable;
        note(is_unreadable, Reason::Unreadable);
        if self.plan.table == TableKind::Orders {
            note(row.date == Reading::Missing, Reason::NoDate);
            let pieces = row.numbers[Quantity::Pieces as usize];
            note(is_negative(amount) || is_negative(pieces), Reason::Returned);
            let is_none = match amount {
                Reading::Missing => true,
                Reading::Unreadable => false,
                Reading::Is(amount) => amount.units == 0,
            };
            note(self.plan.has_money() && is_none, Reason::NoPositiveAmount);
        }
        reasons
    }

    /// The amount, or else quantity times price.
    #[inline]
    fn amount_of(&self, row: &Row) -> Reading<Decimal> {
        let number = |quantity: Quantity| row.numbers[quantity as usize];
        if self.plan.has_amount {
            return number(Quantity::Amount);
        }
        if !self.plan.has_pieces {
            return number(Quantity::Price);
        }
        match (number(Quantity::Pieces), number(Quantity::Price)) {
            (Reading::Is(pieces), Reading::Is(price)) => {
                product(pieces, price).map_or(Reading::Unreadable, Reading::Is)
            }
            _ => Reading::Missing,
        }
    }

    #[inline]
    fn push_values(&mut self, row: &Row, amount: Reading<Decimal>, reasons: ReasonSet) {
        self.reasons.push(reasons.bits());
        if self.plan.has_money() {
            self.amounts.push(amount.value());
        }
        if self.plan.has_date {
            self.push_moment(row.date.value());
        }
        let count = |quantity: Quantity| row.numbers[quantity as usize].value();
        if self.plan.has_recency {
            let days = count(Quantity::RecencyDays).and_then(days_of);
            self.recency_days.push(days.unwrap_or(NO_DAY));
        }
        if self.plan.has_orders {
            let orders = count(Quantity::Orders).and_then(orders_of);
            self.n_orders.push(orders.unwrap_or(NO_CODE));
        }
    }

    #[inline]
    fn push_moment(&mut self, moment: Option<Moment>) {
        let seconds = moment.and_then(|moment| moment.seconds);
        if let Some(column) = &mut self.seconds {
            column.push(seconds.unwrap_or(0));
        } else if let Some(seconds) = seconds {
            let mut column = Blocks::filled(0, self.n_rows);
            column.push(seconds);
            self.seconds = Some(column);
        }
        self.days
            .push(moment.map_or(NO_DAY, |moment| moment.day.number()));
    }
}

#[inline]
fn text_of<'a>(record: Record<'a>, raw: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    match record.content(raw) {
        Cow::Borrowed(text) => {
            let text = trimmed(text);
            (!is_absent(text)).then_some(Cow::Borrowed(text))
        }
        Cow::Owned(text) => {
            let text = trimmed(&text);
            (!is_absent(text)).then(|| Cow::Owned(text.to_vec()))
        }
    }
}

#[inline]
fn id_of<'a>(record: Record<'a>, raw: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    match record.content(raw) {
        Cow::Borrowed(text) => {
            let id = id(text);
            (!is_missing(id)).then_some(Cow::Borrowed(id))
        }
        Cow::Owned(text) => {
            let id = id(&text);
            (!is_missing(id)).then(|| Cow::Owned(id.to_vec()))
        }
    }
}

#[inline(always)]
fn read_number(cell: &[u8], quantity: Quantity, plan: &Plan) -> Reading<Decimal> {
    let cell = trimmed(cell);
    match decimal(cell, plan.decimal_mark) {
        Some(number) if can_be(quantity, number) => Reading::Is(number),
        None if is_missing(cell) => Reading::Missing,
        _ => Reading::Unreadable,
    }
}

/// Days and orders are counted: none is negative or beyond all counting, and there is no half order.
#[inline(always)]
fn can_be(quantity: Quantity, number: Decimal) -> bool {
    let is_whole = || whole(number).is_some_and(|(_, is_exact)| is_exact);
    match quantity {
        Quantity::Amount | Quantity::Pieces | Quantity::Price => true,
        Quantity::RecencyDays => days_of(number).is_some(),
        Quantity::Orders => orders_of(number).is_some() && is_whole(),
    }
}

/// Whole days, as many as a calendar can go back.
#[inline]
fn days_of(number: Decimal) -> Option<i32> {
    let (days, _) = whole(number)?;
    i32::try_from(days).ok().filter(|&days| days >= 0)
}

/// Orders, as many as there can be rows.
#[inline]
fn orders_of(number: Decimal) -> Option<u32> {
    let (orders, _) = whole(number)?;
    u32::try_from(orders)
        .ok()
        .filter(|&orders| orders != NO_CODE)
}

const fn is_negative(reading: Reading<Decimal>) -> bool {
    matches!(reading, Reading::Is(Decimal { units, .. }) if units < 0)
}

/// The whole part, and whether there is no other.
fn whole(number: Decimal) -> Option<(i64, bool)> {
    let one = 10_i64.checked_pow(u32::from(number.scale))?;
    Some((number.units.div_euclid(one), number.units % one == 0))
}

/// The exact product; rounded only beyond 18 digits and 6 decimals; `None` where it is too large.
fn product(left: Decimal, right: Decimal) -> Option<Decimal> {
    let mut scale = left.scale + right.scale;
    if let (Ok(left), Ok(right)) = (i32::try_from(left.units), i32::try_from(right.units))
        && scale <= 18
    {
        let units = i64::from(left) * i64::from(right);
        return Some(Decimal { units, scale });
    }
    let mut units = i128::from(left.units) * i128::from(right.units);
    while scale > 0 && (scale > 18 || i64::try_from(units).is_err()) {
        if units % 10 != 0 && scale <= 6 {
            return None;
        }
        (units, scale) = ((units + 5 * units.signum()) / 10, scale - 1);
    }
    i64::try_from(units)
        .ok()
        .map(|units| Decimal { units, scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact() {
        let check = |left: (i64, u8), right: (i64, u8), expected: Option<(i64, u8)>| {
            let decimal = |(units, scale)| Decimal { units, scale };
            let found = product(decimal(left), decimal(right));
            assert_eq!(
                found.map(|product| (product.units, product.scale)),
                expected
            );
        };
        check((6, 0), (255, 2), Some((1530, 2)));
        check((-25, 1), (3, 0), Some((-75, 1)));
        check((i64::MAX, 0), (10, 1), Some((i64::MAX, 0)));
        check((i64::MAX, 0), (2, 0), None);
        check((1, 18), (15, 1), Some((2, 18)));
    }
}

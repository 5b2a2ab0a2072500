//! Records to columns: each row's values and its reasons, as far as the row alone shows them.
//!
//! The records of a piece are read column by column: what a column needs stays at hand while it is read.

mod parcel;

use std::borrow::Cow;

use super::columns::{
    Blocks, DecimalColumn, FewNumbers, Lines, NO_CODE, NO_DAY, Narrow, TextColumn,
};
use super::names::is_same;
use super::plan::{CellPlan, Plan, Quantity};
use super::row_hash::row_hash;
use super::tokenise::{Cell, Records};
use super::values::{
    Decimal, Moment, customer_id, decimal, exact_decimal, id, is_absent, is_missing, moment,
    short_decimal, trimmed,
};
use super::{DecimalMark, ImportError, Reason, ReasonSet, TableKind};

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
    pub(super) days: Narrow<i32>,
    /// Seconds since midnight; no rows before the first time of day is met.
    pub(super) seconds: Option<Narrow<u32>>,
    pub(super) amounts: DecimalColumn,
    /// How many pieces, where orders say so.
    pub(super) pieces: Option<FewNumbers>,
    /// Digests of prices, where they are neither the amount nor a part of it.
    pub(super) prices: Option<Blocks<u32>>,
    pub(super) recency_days: Narrow<i32>,
    pub(super) n_orders: Narrow<u32>,
    pub(super) reasons: Blocks<u16>,
    /// Of the records as they stand in the file. Two of 10 million differing rows share one by a chance of 1 to 300,000.
    pub(super) hashes: Blocks<u64>,
    pub(super) lines: Lines,
    n_rows: usize,
    /// Of those of the file that is read, rows that were mended.
    pub(super) n_mended: u64,
    /// Mixed into the hashes of rows, so that rows of two files are never taken for one another.
    salt: u64,
    /// Of the first file: numbers among the attributes are read with it.
    pub(super) decimal_mark: DecimalMark,
    previous_date: Vec<u8>,
    previous_moment: Reading<Moment>,
    /// Of the records that are being read.
    batch: Vec<Row>,
    /// The numbers of these, by quantity; nothing for those that no column holds.
    numbers: [Vec<Reading<Decimal>>; Quantity::COUNT],
}

/// What one row was found to hold.
#[derive(Clone, Copy, Debug)]
struct Row {
    has_value: bool,
    has_key: bool,
    has_date: bool,
    is_unreadable: bool,
    /// The text that was read last.
    last_code: u32,
}

impl Row {
    const NOTHING: Self = Self {
        has_value: false,
        has_key: false,
        has_date: false,
        is_unreadable: false,
        last_code: NO_CODE,
    };
}

impl Rows {
    /// No rows yet.
    pub(super) fn new(plan: Plan) -> Self {
        let texts = plan.texts.iter();
        let is_orders = plan.table == TableKind::Orders;
        Self {
            texts: texts
                .map(|&(_, is_attribute)| TextColumn::new(is_attribute))
                .collect(),
            salt: 0,
            decimal_mark: plan.decimal_mark,
            pieces: (is_orders && plan.has_pieces).then(FewNumbers::default),
            prices: (is_orders && plan.has_price && plan.has_amount).then(Blocks::default),
            plan,
            days: Narrow::default(),
            seconds: None,
            amounts: DecimalColumn::default(),
            recency_days: Narrow::default(),
            n_orders: Narrow::default(),
            reasons: Blocks::default(),
            hashes: Blocks::default(),
            lines: Lines::default(),
            n_rows: 0,
            n_mended: 0,
            previous_date: Vec::new(),
            previous_moment: Reading::Missing,
            batch: Vec::new(),
            numbers: Default::default(),
        }
    }

    /// Goes on with a further file; `n_files` have been read.
    pub(super) fn go_on(&mut self, plan: Plan, n_files: usize) {
        self.plan = plan;
        self.salt = salt_of(n_files);
        self.numbers.iter_mut().for_each(Vec::clear);
        // The same text may be another day there.
        self.previous_date.clear();
        self.previous_moment = Reading::Missing;
    }

    /// No rows yet, of the same file.
    pub(super) fn of_same_file(&self) -> Self {
        Self {
            salt: self.salt,
            ..Self::new(self.plan.clone())
        }
    }

    /// Adds the rows of `other`, which were read of the same file behind its first `n_lines` lines.
    ///
    /// # Errors
    /// [`ImportError::TooLarge`].
    pub(super) fn append(&mut self, other: Self, n_lines: u64) -> Result<(), ImportError> {
        // Every field by name, so that none is forgotten here.
        let Self {
            plan: _,
            texts,
            days,
            seconds,
            amounts,
            pieces,
            prices,
            recency_days,
            n_orders,
            reasons,
            hashes,
            lines,
            n_rows: n_more,
            n_mended,
            salt: _,
            decimal_mark: _,
            previous_date: _,
            previous_moment: _,
            batch: _,
            numbers: _,
        } = other;
        let n_rows = self.n_rows + n_more;
        if n_rows as u64 > MAX_ROWS {
            return Err(ImportError::TooLarge { limit: MAX_ROWS });
        }
        for (own, other) in self.texts.iter_mut().zip(texts) {
            own.append(other)?;
        }
        if self.seconds.is_some() || seconds.is_some() {
            let own = self.seconds.take();
            let mut all = own.unwrap_or_else(|| Narrow::filled(0, self.n_rows));
            all.append(seconds.unwrap_or_else(|| Narrow::filled(0, n_more)));
            self.seconds = Some(all);
        }
        if let (Some(own), Some(pieces)) = (&mut self.pieces, pieces) {
            own.append(pieces);
        }
        if let (Some(own), Some(prices)) = (&mut self.prices, prices) {
            own.append(prices);
        }
        self.days.append(days);
        self.amounts.append(amounts);
        self.recency_days.append(recency_days);
        self.n_orders.append(n_orders);
        self.reasons.append(reasons);
        self.hashes.append(hashes);
        self.lines.append(&lines, self.n_rows as u32, n_lines);
        self.n_rows = n_rows;
        self.n_mended += n_mended;
        Ok(())
    }

    /// How many rows there are.
    pub(super) const fn len(&self) -> usize {
        self.n_rows
    }

    /// Adds a row for each record.
    pub(super) fn push(&mut self, records: Records<'_>) -> Result<(), ImportError> {
        if (self.n_rows + records.len()) as u64 > MAX_ROWS {
            return Err(ImportError::TooLarge { limit: MAX_ROWS });
        }
        self.batch.clear();
        self.batch.resize(records.len(), Row::NOTHING);
        for place in 0..self.plan.n_columns {
            match self.plan.cells[place] {
                CellPlan::Text(column) => self.read_texts(records, place, column)?,
                CellPlan::Id(column) => self.read_ids(records, place, column)?,
                CellPlan::Date => self.read_dates(records, place),
                CellPlan::Number(quantity) => self.read_numbers(records, place, quantity),
            }
        }
        self.push_lacking(records.len());
        self.note_records(records);
        self.end_rows(records);
        self.n_rows += records.len();
        self.n_mended += records.n_mended();
        Ok(())
    }

    /// Nothing, in `n_rows` cells of each text column that the file lacks; of numbers it lacks, no row has one.
    fn push_lacking(&mut self, n_rows: usize) {
        for cell in &self.plan.cells[self.plan.n_columns..] {
            if let CellPlan::Text(column) | CellPlan::Id(column) = *cell {
                self.texts[column].push_nothing(n_rows);
            }
        }
    }

    #[inline(never)]
    fn note_records(&mut self, records: Records<'_>) {
        for (row, record) in (self.n_rows as u32..).zip(records.iter()) {
            self.hashes.push(row_hash(record.source()) ^ self.salt);
            self.lines.push(row, record.line());
        }
    }

    #[inline(never)]
    fn read_texts(
        &mut self,
        records: Records<'_>,
        place: usize,
        column: usize,
    ) -> Result<(), ImportError> {
        let texts = &mut self.texts[column];
        for (row, cell) in self.batch.iter_mut().zip(records.column(place)) {
            row.last_code = texts.push(cell, row.last_code, text_of)?;
            row.has_value |= row.last_code != NO_CODE;
        }
        Ok(())
    }

    #[inline(never)]
    fn read_ids(
        &mut self,
        records: Records<'_>,
        place: usize,
        column: usize,
    ) -> Result<(), ImportError> {
        let texts = &mut self.texts[column];
        let is_key = self.plan.key() == Some(column);
        let read: for<'a> fn(Cell<'a>) -> Option<Cow<'a, [u8]>> = match self.plan.roles.customer {
            Some(customer) if customer == column => customer_id_of,
            _ => id_of,
        };
        for (row, cell) in self.batch.iter_mut().zip(records.column(place)) {
            row.last_code = texts.push(cell, row.last_code, read)?;
            let has_id = row.last_code != NO_CODE;
            row.has_value |= has_id;
            row.has_key |= has_id && is_key;
        }
        Ok(())
    }

    #[inline(never)]
    fn read_dates(&mut self, records: Records<'_>, place: usize) {
        for (n_before, cell) in records.column(place).enumerate() {
            let date = self.read_date(cell);
            let row = &mut self.batch[n_before];
            row.has_date = date != Reading::Missing;
            row.has_value |= row.has_date;
            row.is_unreadable |= date == Reading::Unreadable;
            self.push_moment(self.n_rows + n_before, date.value());
        }
    }

    /// Rows of one order mostly have the same date.
    #[inline(always)]
    fn read_date(&mut self, cell: Cell<'_>) -> Reading<Moment> {
        let raw = cell.raw();
        if !is_same(&self.previous_date, raw) {
            self.previous_date.clear();
            self.previous_date.extend_from_slice(raw);
            let content = cell.content();
            let content = trimmed(&content);
            let written = moment(content, self.plan.date_order);
            self.previous_moment = match written.or_else(|| self.plan.counted(content)) {
                Some(moment) => Reading::Is(moment),
                None if is_missing(content) => Reading::Missing,
                None => Reading::Unreadable,
            };
        }
        self.previous_moment
    }

    #[inline(never)]
    fn read_numbers(&mut self, records: Records<'_>, place: usize, quantity: Quantity) {
        let numbers = &mut self.numbers[quantity as usize];
        numbers.clear();
        let mark = self.plan.decimal_mark;
        for (row, cell) in self.batch.iter_mut().zip(records.column(place)) {
            let short = cell.word();
            let short = short.and_then(|word| short_decimal(word, cell.len(), mark));
            let number = match short {
                Some(number) if can_be(quantity, number) => Reading::Is(number),
                _ => read_number(&cell.content(), quantity, mark),
            };
            numbers.push(number);
            row.has_value |= number != Reading::Missing;
            row.is_unreadable |= number == Reading::Unreadable;
        }
    }

    /// What the cells of a row say together.
    #[inline(never)]
    fn end_rows(&mut self, records: Records<'_>) {
        for (place, n_cells) in records.n_cells().enumerate() {
            let row = self.batch[place];
            let amount = self.amount_of(place);
            let is_regular = n_cells == self.plan.n_columns;
            let reasons = if row.has_value && is_regular {
                self.reasons_of(row, place, amount)
            } else {
                self.reasons_of_odd(records, row, place, amount)
            };
            self.push_values(place, amount, reasons);
        }
    }

    /// The reasons of a row that is empty or has more or fewer cells than there are columns.
    #[cold]
    fn reasons_of_odd(
        &self,
        records: Records<'_>,
        row: Row,
        place: usize,
        amount: Reading<Decimal>,
    ) -> ReasonSet {
        let record = records.get(place);
        let (n_columns, n_cells) = (self.plan.n_columns, record.n_cells());
        let is_empty = |place: usize| trimmed(&record.cell(place)).is_empty();
        if !row.has_value && (0..n_cells).all(is_empty) {
            return ReasonSet::EMPTY.with(Reason::Blank);
        }
        let has_more = (n_columns..n_cells).any(|place| !is_empty(place));
        let reasons = self.reasons_of(row, place, amount);
        if has_more || n_cells < self.plan.n_required {
            reasons.with(Reason::Ragged)
        } else {
            reasons
        }
    }

    #[inline]
    fn reasons_of(&self, row: Row, place: usize, amount: Reading<Decimal>) -> ReasonSet {
        let mut reasons = ReasonSet::EMPTY;
        let mut note = |holds: bool, reason: Reason| {
            if holds {
                reasons = reasons.with(reason);
            }
        };
        note(
            self.plan.key().is_some() && !row.has_key,
            Reason::NoCustomer,
        );
        let is_unreadable = row.is_unreadable || amount == Reading::Unreadable;
        note(is_unreadable, Reason::Unreadable);
        if !matches!(self.plan.table, TableKind::Customers | TableKind::Products) {
            note(!row.has_date, Reason::NoDate);
        }
        // What was spent may be nothing, or given back.
        if self.plan.table == TableKind::Orders {
            let pieces = self.number(Quantity::Pieces, place);
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

    #[inline(always)]
    fn number(&self, quantity: Quantity, place: usize) -> Reading<Decimal> {
        let numbers = &self.numbers[quantity as usize];
        numbers.get(place).copied().unwrap_or_default()
    }

    /// The amount, or else quantity times price.
    #[inline]
    fn amount_of(&self, place: usize) -> Reading<Decimal> {
        if self.plan.has_amount {
            return self.number(Quantity::Amount, place);
        }
        if !self.plan.has_pieces {
            return self.number(Quantity::Price, place);
        }
        let pieces = self.number(Quantity::Pieces, place);
        match (pieces, self.number(Quantity::Price, place)) {
            (Reading::Is(pieces), Reading::Is(price)) => {
                product(pieces, price).map_or(Reading::Unreadable, Reading::Is)
            }
            _ => Reading::Missing,
        }
    }

    #[inline]
    fn push_values(&mut self, place: usize, amount: Reading<Decimal>, reasons: ReasonSet) {
        self.reasons.push(reasons.bits());
        if self.plan.has_money() {
            self.amounts.push(amount.value());
        }
        let pieces = self.number(Quantity::Pieces, place).value();
        if let Some(column) = &mut self.pieces {
            column.push(pieces);
        }
        let price = self.number(Quantity::Price, place).value();
        if let Some(column) = &mut self.prices {
            column.push(price.map_or(0, digest));
        }
        if self.plan.has_recency {
            let days = self.number(Quantity::RecencyDays, place).value();
            let days = days.and_then(days_of);
            self.recency_days.push(days.unwrap_or(NO_DAY));
        }
        if self.plan.has_orders {
            let orders = self.number(Quantity::Orders, place).value();
            let orders = orders.and_then(orders_of);
            self.n_orders.push(orders.unwrap_or(NO_CODE));
        }
    }

    #[inline]
    fn push_moment(&mut self, row: usize, moment: Option<Moment>) {
        let seconds = moment.and_then(|moment| moment.seconds);
        if let Some(column) = &mut self.seconds {
            column.push(seconds.unwrap_or(0));
        } else if let Some(seconds) = seconds {
            let mut column = Narrow::filled(0, row);
            column.push(seconds);
            self.seconds = Some(column);
        }
        self.days
            .push(moment.map_or(NO_DAY, |moment| moment.day.number()));
    }
}

/// What is mixed into the hashes of the rows of the file at this place.
pub(super) fn salt_of(place: usize) -> u64 {
    if place == 0 {
        return 0;
    }
    row_hash(&(place as u64).to_le_bytes())
}

/// A number that two prices hardly ever share; `5` and `5.00` do.
#[inline]
pub(super) fn digest(number: Decimal) -> u32 {
    let Decimal { units, scale } = number.shortest();
    let [a, b, c, d, e, f, g, h] = units.to_le_bytes();
    row_hash(&[a, b, c, d, e, f, g, h, scale]) as u32
}

#[inline]
fn text_of(cell: Cell<'_>) -> Option<Cow<'_, [u8]>> {
    match cell.content() {
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
fn id_of(cell: Cell<'_>) -> Option<Cow<'_, [u8]>> {
    match cell.content() {
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

#[inline]
fn customer_id_of(cell: Cell<'_>) -> Option<Cow<'_, [u8]>> {
    let id = id_of(cell)?;
    match customer_id(&id) {
        Cow::Owned(folded) => Some(Cow::Owned(folded)),
        Cow::Borrowed(_) => Some(id),
    }
}

#[inline(never)]
fn read_number(cell: &[u8], quantity: Quantity, mark: DecimalMark) -> Reading<Decimal> {
    let cell = trimmed(cell);
    let number = match quantity {
        Quantity::RecencyDays | Quantity::Orders => decimal(cell, mark),
        // What makes up money is never rounded.
        Quantity::Amount | Quantity::Pieces | Quantity::Price => exact_decimal(cell, mark),
    };
    match number {
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

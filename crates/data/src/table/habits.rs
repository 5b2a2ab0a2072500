//! Rows to habits: when customers order, at a discount or not, of which categories, and what they were given back.
//!
//! Midnight to the second is taken for an order without a time of day: exports write days that way. The category of a
//! row is the one in its own column, or where that says none the one in a table of products beside.

use super::super::columns::{NO_CODE, NO_DAY, Narrow, TextColumn};
use super::super::guess::Headers;
use super::super::habits::{DISCOUNTED, Dated, EVENING, Habits, LEFT_OUT, NIGHT, RowTexts, TIMED};
use super::super::values::{decimal, is_missing, trimmed};
use super::super::{
    Choices, Day, DecimalMark, Names, Reason, ReasonSet, TableKind, places_in_order,
};
use super::Table;
use super::customers::Customers;
use super::margins::Margins;
use super::order_parts::Parts;

/// The first second of the evening, and of the morning.
const FROM_18: u32 = 18 * 3600;
const FROM_6: u32 = 6 * 3600;

/// The most categories that one can be chosen from.
const MOST_CATEGORIES: usize = 200;

/// The most categories that are measures of their own where nobody names another one.
const MOST_MAIN: usize = 20;

/// The most texts of a column that says how or where an order was made.
const MOST_MIXED: usize = 12;

/// Words for no discount, beside those for nothing at all; in lower case.
const NO: [&str; 8] = ["n", "no", "false", "x", "0%", "미사용", "미적용", "아니오"];

/// Rows that are one fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    customer: u32,
    /// What rows of one fact share: an order or a category.
    group: u32,
    day: i32,
    of: u32,
    units: i64,
    /// The earliest known second of the day; `u32::MAX` where none is known.
    second: u32,
}

impl Table {
    /// What there is to know of habits, without the lists: these take a pass over all rows for each kind of fact.
    pub fn habits_known(&self, sides: &[Self], choices: Choices) -> Habits {
        if self.kind != TableKind::Orders {
            return Habits::default();
        }
        let is_returned = |bits| ReasonSet::from_bits(bits).contains(Reason::Returned);
        let categories = Categories::new(self, sides);
        let n_rows = self.counted_rows(choices).count();
        let mixes = self.mixed_columns(n_rows).into_iter();
        Habits {
            has_times: self.has_times(),
            has_discounts: !self.discounts().is_empty(),
            has_categories: !categories.names.is_empty(),
            has_returns: self.reasons.iter().any(is_returned),
            main_categories: categories.main(self.counted_rows(choices)),
            category_names: categories.names,
            firsts: self.first_texts(None, n_rows),
            mixes: mixes
                .map(|(header, column)| row_texts(header, column))
                .collect(),
            ..Habits::default()
        }
    }

    /// The places of the rows that count under `choices`.
    fn counted_rows(&self, choices: Choices) -> impl Iterator<Item = usize> {
        let active = self.effective(choices).active().bits();
        let rows = self.reasons.iter().enumerate();
        rows.filter_map(move |(row, reasons)| (reasons & active == 0).then_some(row))
    }

    /// What the rows that count under `choices` say of customers of [`Table::dataset`]; `sides` stand beside them.
    pub fn habits(&self, sides: &[Self], choices: Choices) -> Habits {
        let mut habits = Habits {
            is_counted: true,
            ..self.habits_known(sides, choices)
        };
        if self.kind != TableKind::Orders {
            return habits;
        }
        let parts = Parts::new(self, choices);
        let customers = &parts.customers;
        let n_customers = customers.names.len();
        let discounts = self.discounts();
        if habits.has_times || habits.has_discounts {
            habits.orders = dated(self.order_facts(customers, &discounts), n_customers);
        }
        let categories = Categories::new(self, sides);
        habits.categories = dated(self.category_facts(&parts, &categories), n_customers);
        if let Some((facts, scale)) = self.margin_facts(&parts, &categories, sides) {
            habits.margins = dated(facts, n_customers);
            habits.margin_scale = scale;
        }
        let n_rows = self.counted_rows(choices).count();
        habits.firsts = self.first_texts(Some(customers), n_rows);
        for (mix, (_, column)) in habits.mixes.iter_mut().zip(self.mixed_columns(n_rows)) {
            mix.rows = dated(self.mix_facts(customers, column), n_customers);
        }
        habits.returned = dated(self.return_facts(customers, choices), n_customers);
        habits
    }

    /// Whether any row has a time of day.
    fn has_times(&self) -> bool {
        let seconds = self.seconds.as_ref();
        seconds.is_some_and(|seconds| seconds.iter().any(|second| second > 0))
    }

    /// The columns that say what was taken off, each with whether a distinct text of it does.
    fn discounts(&self) -> Vec<(&TextColumn, Vec<bool>)> {
        let headers = Headers::read();
        let columns = self.attributes.iter();
        let columns = columns.filter(|column| headers.is_discount(column.header()));
        let columns = columns.map(|column| {
            let texts = &self.texts[column.place()];
            let says = |code: u32| says_discount(texts.names().bytes_of(code), self.decimal_mark);
            let by_code = (0..texts.names().len() as u32).map(says);
            (texts, by_code.collect())
        });
        columns.collect()
    }

    /// Each order with its bits; its time is the earliest one that its rows know.
    fn order_facts(
        &self,
        customers: &Customers,
        discounts: &[(&TextColumn, Vec<bool>)],
    ) -> Vec<Fact> {
        let orders = self.roles.order.map(|column| self.texts[column].codes());
        let mut facts: Vec<Fact> = Vec::new();
        for (row, &customer) in customers.of_row.iter().enumerate() {
            if customer == NO_CODE {
                continue;
            }
            let is_off = |(column, by_code): &(&TextColumn, Vec<bool>)| {
                by_code.get(column.codes().get(row) as usize) == Some(&true)
            };
            let second = self.seconds.as_ref().map_or(0, |column| column.get(row));
            let fact = Fact {
                customer,
                group: orders.map_or(NO_CODE, |codes| codes.get(row)),
                day: self.days.as_ref().map_or(NO_DAY, |days| days.get(row)),
                of: u32::from(discounts.iter().any(is_off)) * DISCOUNTED,
                units: 1,
                second: if second == 0 { u32::MAX } else { second },
            };
            match facts.last_mut() {
                Some(last) if last.is_same_order(&fact) => last.join(&fact),
                _ => facts.push(fact),
            }
        }
        let mut facts = merged(facts, Fact::is_same_order, Fact::join);
        for fact in &mut facts {
            fact.of |= match fact.second {
                u32::MAX => 0,
                second if second >= FROM_18 => TIMED | EVENING,
                second if second < FROM_6 => TIMED | NIGHT,
                _ => TIMED,
            };
        }
        facts
    }

    /// What was bought of each category on a day.
    fn category_facts(&self, parts: &Parts, categories: &Categories<'_>) -> Vec<Fact> {
        if categories.names.is_empty() {
            return Vec::new();
        }
        let rows = parts.customers.of_row.iter().enumerate();
        let facts = rows.filter_map(|(row, &customer)| {
            let group = categories.of(row);
            if customer == NO_CODE || group == NO_CODE {
                return None;
            }
            let units = match self.amounts {
                Some(_) => parts.units_of(self, row).unwrap_or(0) as i64,
                None => 1,
            };
            Some(self.fact_of_day(row, customer, group, units))
        });
        merged(facts.collect(), Fact::is_same_group_and_day, Fact::add)
    }

    /// What the rows that count under `choices` say in a column of texts, by customer of [`Table::dataset`]; `None`
    /// where orders have no such column.
    pub fn row_texts(&self, header: &str, choices: Choices) -> Option<RowTexts> {
        let (_, place) = self.text_columns().find(|(own, _)| *own == header)?;
        let column = &self.texts[place];
        let Parts { customers, .. } = Parts::new(self, choices);
        let rows = customers.of_row.iter().enumerate();
        let facts = rows.filter_map(|(row, &customer)| {
            let code = column.codes().get(row);
            let is_known = customer != NO_CODE && code != NO_CODE;
            is_known.then(|| self.fact_of_day(row, customer, code, 1))
        });
        let facts = merged(facts.collect(), Fact::is_same_group_and_day, Fact::add);
        Some(RowTexts {
            rows: dated(facts, customers.names.len()),
            ..row_texts(header, column)
        })
    }

    /// Columns of few texts, for the rows that count, that differ between a customer's orders, as channels and devices do: the header and the
    /// column. Those of discounts have a measure of their own, and consent is no habit.
    fn mixed_columns(&self, n_rows: usize) -> Vec<(&str, &TextColumn)> {
        let headers = Headers::read();
        let columns = self.attributes.iter();
        let columns = columns.filter(|column| {
            let header = column.header();
            let texts = &self.texts[column.place()];
            let n_texts = texts.names().len();
            column.numbers().is_none()
                && (2..=MOST_MIXED).contains(&n_texts)
                && n_texts * 2 <= n_rows
                && !headers.is_discount(header)
                && headers.consent_rank(header).is_none()
                && self.differs_in_orders(column.place(), false)
        });
        let columns = columns.map(|column| (column.header(), &self.texts[column.place()]));
        columns.collect()
    }

    /// Each text of an order's rows on a day, once.
    fn mix_facts(&self, customers: &Customers, column: &TextColumn) -> Vec<Fact> {
        let orders = self.roles.order.map(|order| self.texts[order].codes());
        let mut facts: Vec<Fact> = Vec::new();
        for (row, &customer) in customers.of_row.iter().enumerate() {
            let code = column.codes().get(row);
            if customer == NO_CODE || code == NO_CODE {
                continue;
            }
            let group = orders.map_or(NO_CODE, |codes| codes.get(row));
            let fact = Fact {
                of: code,
                ..self.fact_of_day(row, customer, group, 1)
            };
            if facts.last() != Some(&fact) {
                facts.push(fact);
            }
        }
        merged(facts, Fact::eq, |_, _| ())
    }

    /// What was earned on a day with each category, as far as costs or margins are known.
    fn margin_facts(
        &self,
        parts: &Parts,
        categories: &Categories<'_>,
        sides: &[Self],
    ) -> Option<(Vec<Fact>, u8)> {
        let has_margin = |side: &Self| side.roles.unit_cost.or(side.roles.margin).is_some();
        let (side, matched) = self.products_beside(sides, has_margin)?;
        let margins = Margins::new(self, side)?;
        let codes = self.texts[matched.column].codes();
        let rows = parts.customers.of_row.iter().enumerate();
        let facts = rows.filter_map(|(row, &customer)| {
            let product = matched.row_of.get(codes.get(row) as usize);
            let product = product.filter(|&&product| customer != NO_CODE && product != NO_CODE)?;
            let money = parts.units_of(self, row).unwrap_or(0);
            let margin = i64::try_from(margins.of(self, row, money, *product)?).ok()?;
            Some(self.fact_of_day(row, customer, categories.of(row), margin))
        });
        let facts = merged(facts.collect(), Fact::is_same_group_and_day, Fact::add);
        Some((facts, margins.margin_scale))
    }

    fn fact_of_day(&self, row: usize, customer: u32, group: u32, units: i64) -> Fact {
        Fact {
            customer,
            group,
            day: self.days.as_ref().map_or(NO_DAY, |days| days.get(row)),
            of: group,
            units,
            second: 0,
        }
    }

    /// The names of categories, in byte order; nothing where there are more than can be chosen from.
    pub fn category_names(&self, sides: &[Self]) -> Vec<String> {
        let names = Categories::new(self, sides).names;
        if self.kind != TableKind::Orders || names.len() > MOST_CATEGORIES {
            return Vec::new();
        }
        let order = names.in_byte_order().into_iter();
        order.map(|number| names.get(number).into_owned()).collect()
    }

    /// Money that was given back; of orders that are left out as returned, what had been paid.
    fn return_facts(&self, customers: &Customers, choices: Choices) -> Vec<Fact> {
        let choices = self.effective(choices);
        let (Some(ids), Some(days)) = (self.roles.customer, &self.days) else {
            return Vec::new();
        };
        let number = |code: u32| customers.of_code.get(code as usize).copied();
        let fact = |customer: u32, day: i32, of: u32, units: i64| Fact {
            customer,
            day,
            of,
            units,
            ..Fact::default()
        };
        let back = self.given_back(choices).into_iter().map(|one| {
            let customer = number(one.customer).unwrap_or(NO_CODE);
            fact(customer, one.day, 0, one.units.saturating_neg())
        });
        let mut facts: Vec<Fact> = back.collect();
        let ids = self.texts[ids].codes();
        for row in 0..self.n_rows {
            let reasons = ReasonSet::from_bits(self.reasons.get(row));
            if !reasons.contains(Reason::Returned) || !choices.only_returned(reasons) {
                continue;
            }
            let paid = self.units_of(row).filter(|&units| units > 0);
            let customer = number(ids.get(row)).unwrap_or(NO_CODE);
            if let Some(units) = paid.and_then(|units| i64::try_from(units).ok()) {
                facts.push(fact(customer, days.get(row), LEFT_OUT, units));
            }
        }
        facts.retain(|fact| fact.customer != NO_CODE && fact.day != NO_DAY);
        facts
    }
}

/// Which category a row is of.
struct Categories<'a> {
    names: Names,
    own: Option<&'a Narrow<u32>>,
    /// The column that names products, and the category of each of its values.
    of_products: Option<(&'a TextColumn, Vec<u32>)>,
}

impl<'a> Categories<'a> {
    fn new(orders: &'a Table, sides: &[Table]) -> Self {
        let own = orders.roles.category.map(|place| &orders.texts[place]);
        let own = own.filter(|column| !column.is_given_up());
        let mut names = own.map_or_else(Names::default, |column| column.names().indexed());
        let has_category = |side: &Table| side.roles.category.is_some();
        let beside = orders.products_beside(sides, has_category);
        let of_products = beside.and_then(|(side, matched)| {
            let categories = &side.texts[side.roles.category?];
            let of = |&row: &u32| match row {
                NO_CODE => NO_CODE,
                row => match categories.codes().get(row as usize) {
                    NO_CODE => NO_CODE,
                    code => names.intern(categories.names().bytes_of(code)),
                },
            };
            let by_code = matched.row_of.iter().map(of).collect();
            Some((&orders.texts[matched.column], by_code))
        });
        Self {
            names,
            own: own.map(TextColumn::codes),
            of_products,
        }
    }

    /// The categories with most rows, most first; of equal ones the first in byte order.
    fn main(&self, rows: impl Iterator<Item = usize>) -> Vec<u32> {
        let mut n_of = vec![0_u64; self.names.len()];
        for row in rows {
            if let Some(n) = n_of.get_mut(self.of(row) as usize) {
                *n += 1;
            }
        }
        let name = |place: usize| self.names.bytes_of(place as u32);
        let order = places_in_order(n_of.len(), &|a, b| {
            n_of[b].cmp(&n_of[a]).then_with(|| name(a).cmp(name(b)))
        });
        let known = order.into_iter().filter(|&place| n_of[place] > 0);
        known.take(MOST_MAIN).map(|place| place as u32).collect()
    }

    /// The number of a row's category, or [`NO_CODE`].
    fn of(&self, row: usize) -> u32 {
        let own = self.own.map_or(NO_CODE, |codes| codes.get(row));
        match &self.of_products {
            Some((products, by_code)) if own == NO_CODE => {
                let product = products.codes().get(row) as usize;
                by_code.get(product).copied().unwrap_or(NO_CODE)
            }
            _ => own,
        }
    }
}

impl Fact {
    fn is_same_order(&self, other: &Self) -> bool {
        self.customer == other.customer
            && self.group == other.group
            && (self.group != NO_CODE || self.day == other.day)
    }

    fn is_same_group_and_day(&self, other: &Self) -> bool {
        (self.customer, self.group, self.day) == (other.customer, other.group, other.day)
    }

    /// Rows of one order.
    fn join(&mut self, other: &Self) {
        self.day = self.day.max(other.day);
        self.of |= other.of;
        self.second = self.second.min(other.second);
    }

    fn add(&mut self, other: &Self) {
        // The scale is chosen so that even the sum of all amounts fits.
        self.units = self.units.saturating_add(other.units);
    }
}

/// The texts of a column, of no rows.
fn row_texts(header: &str, column: &TextColumn) -> RowTexts {
    RowTexts {
        header: header.to_owned(),
        texts: column.names().indexed(),
        rows: Dated::default(),
    }
}

/// Facts that are the same as one.
fn merged(
    mut facts: Vec<Fact>,
    is_same: fn(&Fact, &Fact) -> bool,
    join: fn(&mut Fact, &Fact),
) -> Vec<Fact> {
    facts.sort_unstable();
    facts.dedup_by(|later, kept| {
        let is = is_same(kept, later);
        if is {
            join(kept, later);
        }
        is
    });
    facts
}

/// Facts in the order of customers and days; nothing where there are none.
fn dated(mut facts: Vec<Fact>, n_customers: usize) -> Dated {
    if facts.is_empty() {
        return Dated::default();
    }
    for fact in &mut facts {
        // What is left to sort by are customer, day, and then what is kept.
        fact.group = fact.day.cast_unsigned() ^ (1 << 31);
    }
    facts.sort_unstable();
    let mut starts = vec![0_u32; n_customers + 1];
    for fact in &facts {
        starts[fact.customer as usize + 1] += 1;
    }
    for customer in 0..n_customers {
        starts[customer + 1] += starts[customer];
    }
    Dated {
        starts,
        days: facts
            .iter()
            .map(|fact| Day::from_number(fact.day))
            .collect(),
        of: facts.iter().map(|fact| fact.of).collect(),
        units: facts.iter().map(|fact| fact.units).collect(),
    }
}

/// Whether a cell of a column of discounts or coupons says that there was one.
fn says_discount(cell: &[u8], mark: DecimalMark) -> bool {
    let cell = trimmed(cell);
    let number = trimmed(cell.strip_suffix(b"%").unwrap_or(cell));
    match decimal(number, mark) {
        Some(number) => number.units != 0,
        None => {
            let is = |word: &&str| cell.eq_ignore_ascii_case(word.as_bytes());
            !is_missing(cell) && !NO.iter().any(is)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discount_is_any_number_but_nothing_and_any_text_but_a_no() {
        let says = |cell: &str| says_discount(cell.as_bytes(), DecimalMark::Point);
        for cell in ["5", "-2.50", "10%", "WELCOME", "Y", "1"] {
            assert!(says(cell), "{cell}");
        }
        for cell in [
            "",
            "0",
            "0.00",
            "0%",
            "-",
            "None",
            "N",
            "없음",
            "미사용",
            "false",
        ] {
            assert!(!says(cell), "{cell}");
        }
    }
}

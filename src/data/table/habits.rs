//! Rows to habits: when customers order, at a discount or not, of which categories, and what they were given back.
//!
//! Midnight to the second is taken for an order without a time of day: exports write days that way. The category of a
//! row is the one in its own column, or where the orders have no such column that of a table of products beside them.

use super::super::columns::{NO_CODE, NO_DAY, TextColumn};
use super::super::guess::Headers;
use super::super::habits::{DISCOUNTED, Dated, EVENING, Habits, LEFT_OUT, NIGHT, TIMED};
use super::super::values::{decimal, is_missing, trimmed};
use super::super::{Choices, Day, DecimalMark, Reason, ReasonSet, TableKind};
use super::Table;
use super::customers::Customers;

/// The first second of the evening, and of the morning.
const FROM_18: u32 = 18 * 3600;
const FROM_6: u32 = 6 * 3600;

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
    /// What the rows that count under `choices` say of customers of [`Table::dataset`]; `sides` stand beside them.
    pub(crate) fn habits(&self, sides: &[Self], choices: Choices) -> Habits {
        let customers = Customers::new(self, self.effective(choices).active());
        let n_customers = customers.names.len();
        let discounts = self.discounts();
        let has_times = self.has_times();
        let mut habits = Habits {
            has_times,
            has_discounts: !discounts.is_empty(),
            ..Habits::default()
        };
        if self.kind != TableKind::Orders {
            return habits;
        }
        if has_times || habits.has_discounts {
            habits.orders = dated(self.order_facts(&customers, &discounts), n_customers);
        }
        habits.categories = dated(self.category_facts(&customers, sides), n_customers);
        habits.returned = dated(self.return_facts(&customers, choices), n_customers);
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
    fn category_facts(&self, customers: &Customers, sides: &[Self]) -> Vec<Fact> {
        let own = self.roles.category.map(|place| self.texts[place].codes());
        let side = if own.is_some() {
            None
        } else {
            self.categories_of_products(sides)
        };
        if own.is_none() && side.is_none() {
            return Vec::new();
        }
        let category = |row: usize| match (&own, &side) {
            (Some(codes), _) => codes.get(row),
            (None, Some((products, of_code))) => {
                let product = products.codes().get(row) as usize;
                of_code.get(product).copied().unwrap_or(NO_CODE)
            }
            (None, None) => NO_CODE,
        };
        let mut facts: Vec<Fact> = Vec::new();
        for (row, &customer) in customers.of_row.iter().enumerate() {
            let group = if customer == NO_CODE {
                NO_CODE
            } else {
                category(row)
            };
            if group == NO_CODE {
                continue;
            }
            let units = self.units_of(row).filter(|_| self.amounts.is_some());
            let none = i128::from(self.amounts.is_none());
            facts.push(Fact {
                customer,
                group,
                day: self.days.as_ref().map_or(NO_DAY, |days| days.get(row)),
                of: group,
                units: units.unwrap_or(none) as i64,
                second: 0,
            });
        }
        merged(facts, Fact::is_same_group_and_day, Fact::add)
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

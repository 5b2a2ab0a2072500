//! What rows say of customers' habits beside their orders: the time of day, discounts, categories, what was given back.
//!
//! Made of the table when an analysis first asks for it, so that nobody else pays for it. Everything has its day, so
//! that a past date is a part of each list. Invariant: within a day nothing depends on the order of the rows.

use super::{Day, Names};

/// An order whose time of day is known.
pub const TIMED: u32 = 1;
/// A timed order from 18:00 on.
pub const EVENING: u32 = 2;
/// A timed order before 6:00.
pub const NIGHT: u32 = 4;
/// An order with a discount or coupon in one of its rows.
pub const DISCOUNTED: u32 = 8;

/// What is given back for an order that is left out, so that it is in no sum of orders.
pub const LEFT_OUT: u32 = 1;

/// The number of no category.
pub const NO_CATEGORY: u32 = u32::MAX;

/// Habits of customers. A list that the file says nothing for is empty.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// Whether the lists were made; otherwise only what there is to know is known.
    pub is_counted: bool,
    /// Whether rows have categories.
    pub has_categories: bool,
    /// Whether rows were left out as returned.
    pub has_returns: bool,
    /// Whether orders have times of day.
    pub has_times: bool,
    /// Whether a column says what was taken off a price.
    pub has_discounts: bool,
    /// Orders, with what they were as bits; nothing where they have neither times nor discounts.
    pub orders: Dated,
    /// What was bought of which category on a day: its number, and its money (rows where there is no money).
    pub categories: Dated,
    /// Names of the categories, by number.
    pub category_names: Names,
    /// Numbers of the categories with most rows, most first.
    pub main_categories: Vec<u32>,
    /// What was earned on a day with products whose cost or margin a table beside says: the category, or [`NO_CATEGORY`].
    pub margins: Dated,
    /// Decimal places of these.
    pub margin_scale: u8,
    /// Money that was given back, above zero: [`LEFT_OUT`] where its order is in no sum.
    pub returned: Dated,
    /// What customers' first orders say, by column of texts; of nobody until the lists are made.
    pub firsts: Vec<FirstTexts>,
    /// In how many orders each text of a column stands, by column of few texts; likewise.
    pub mixes: Vec<RowTexts>,
}

/// What customers' first orders say in one column. On a day this is known of everyone who is a customer then.
#[derive(Clone, Debug, Default)]
pub struct FirstTexts {
    /// The header.
    pub header: String,
    /// The distinct texts.
    pub texts: Names,
    /// Number of the text in `texts`, by customer.
    pub codes: Vec<Option<u32>>,
}

/// Facts by customer, each customer's in the order of days.
#[derive(Clone, Debug, Default)]
pub struct Dated {
    /// Customer `i` has the facts `starts[i]..starts[i + 1]`.
    pub starts: Vec<u32>,
    /// The day of each.
    pub days: Vec<Day>,
    /// What each is of.
    pub of: Vec<u32>,
    /// How much each is.
    pub units: Vec<i64>,
}

/// What one column of texts says of customers' rows.
#[derive(Clone, Debug, Default)]
pub struct RowTexts {
    /// The header.
    pub header: String,
    /// The distinct texts.
    pub texts: Names,
    /// On a day: the number of a text, and in how many rows (of [`Habits::mixes`] orders) it stands.
    pub rows: Dated,
}

impl RowTexts {
    /// What was known on a day.
    #[must_use]
    pub fn known_on(&self, day: Day) -> Self {
        Self {
            header: self.header.clone(),
            texts: self.texts.clone(),
            rows: self.rows.known_on(day),
        }
    }
}

impl Habits {
    /// What was known on a day.
    #[must_use]
    pub fn known_on(&self, day: Day) -> Self {
        Self {
            orders: self.orders.known_on(day),
            categories: self.categories.known_on(day),
            category_names: self.category_names.clone(),
            main_categories: self.main_categories.clone(),
            margins: self.margins.known_on(day),
            returned: self.returned.known_on(day),
            firsts: self.firsts.clone(),
            mixes: self.mixes.iter().map(|one| one.known_on(day)).collect(),
            is_counted: self.is_counted,
            has_categories: self.has_categories,
            has_returns: self.has_returns,
            has_times: self.has_times,
            has_discounts: self.has_discounts,
            margin_scale: self.margin_scale,
        }
    }

    /// The same, had nothing been given back after a day; `None` where nothing was.
    #[must_use]
    pub fn without_returned_after(&self, day: Day) -> Option<Self> {
        let is_later = self.returned.days.iter().any(|&own| own > day);
        is_later.then(|| Self {
            returned: self.returned.known_on(day),
            ..self.clone()
        })
    }
}

impl Dated {
    /// Whether nobody has any.
    pub const fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The facts of a customer until a day: what each is of, and how much.
    pub fn until(&self, customer: usize, day: Day) -> impl Iterator<Item = (u32, i64)> {
        let own = self.range(customer, day);
        let of = self.of[own.clone()].iter().copied();
        of.zip(self.units[own].iter().copied())
    }

    /// The days of a customer with what was of one category, in their order.
    pub fn days_of(&self, customer: usize, category: u32) -> impl Iterator<Item = (Day, i64)> {
        let own = self.range(customer, Day::from_number(i32::MAX));
        let of = own.filter(move |&place| self.of[place] == category);
        of.map(|place| (self.days[place], self.units[place]))
    }

    fn range(&self, customer: usize, day: Day) -> std::ops::Range<usize> {
        let place = |at: usize| self.starts.get(at).map_or(0, |&start| start as usize);
        let (start, end) = (place(customer), place(customer + 1));
        let end = end.max(start);
        start..start + self.days[start..end].partition_point(|&own| own <= day)
    }

    fn known_on(&self, day: Day) -> Self {
        let mut known = Self::default();
        for customer in 0..self.starts.len().saturating_sub(1) {
            let own = self.range(customer, day);
            known.starts.push(known.days.len() as u32);
            known.days.extend_from_slice(&self.days[own.clone()]);
            known.of.extend_from_slice(&self.of[own.clone()]);
            known.units.extend_from_slice(&self.units[own]);
        }
        if !self.starts.is_empty() {
            known.starts.push(known.days.len() as u32);
        }
        known
    }
}

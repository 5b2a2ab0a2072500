//! The customers of a file and what they did, ready for analysis.
//!
//! Customers are numbered in byte order of their ids and histories lie together in date order with running sums,
//! so that any as-of date is a binary search per customer and no result can show the order of the file's rows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::habits::{Habits, RowTexts};
use super::{Day, Money, Names, PastColumns};

/// Customers with their histories and attributes.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Ids in byte order; a customer's number is its place here.
    pub customers: Names,
    /// What the customers did.
    pub history: History,
    /// Further columns, one value per customer.
    pub attributes: Vec<Attribute>,
    /// Whether the file has money at all; without it monetary values are nothing and mean nothing.
    pub has_money: bool,
    /// What analyses see in place of it.
    pub treated: Treated,
}

/// What a person decided about the attributes, applied: analyses see this, lists and files what the file says.
#[derive(Clone, Debug, Default)]
pub struct Treated {
    /// Changed values, by place among the attributes.
    pub values: BTreeMap<usize, AttributeValues>,
    /// By customer whether no analysis looks at them; empty where all are looked at.
    pub set_aside: Vec<bool>,
    /// Which columns set them aside, in the order of the attributes.
    pub reasons: Vec<SetAside>,
}

/// Whom a column sets aside, and why.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// Place of the column among the attributes.
    pub column: usize,
    /// Whether they lack a value; else theirs is far from the others.
    pub is_missing: bool,
    /// Their numbers, rising.
    pub customers: Vec<u32>,
}

/// What is known of the customers' doings.
#[derive(Clone, Debug)]
pub enum History {
    /// Single orders.
    Orders(Orders),
    /// Sums only, from a table of customers.
    Summaries(Summaries),
}

/// Orders by customer, each customer's in date order.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// Customer `i` has the orders `starts[i]..starts[i + 1]`.
    pub starts: Vec<u32>,
    /// The day of each order (of its last line, where lines differ).
    pub days: Vec<Day>,
    /// Money of each order in units of `10^-scale`.
    pub amounts: Vec<i64>,
    /// Rows of the file in each order.
    pub n_lines: Vec<u32>,
    /// Money of this and all earlier orders of the same customer, in units of `10^-scale`.
    pub running_amounts: Vec<i128>,
    /// Rows of this and all earlier orders of the same customer.
    pub running_lines: Vec<u32>,
    /// Decimal places of the money.
    pub scale: u8,
    /// What was given back, where a person takes it off what customers spent.
    pub returns: Returns,
    /// What rows say beside the orders, once an analysis has asked for it.
    pub habits: Option<Box<Habits>>,
    /// The texts of the rows in one column, the last one that an analysis has asked for.
    pub row_texts: Option<Box<RowTexts>>,
    /// What the columns said on earlier days, once an analysis has asked about one.
    pub past_columns: Option<PastColumns>,
}

/// Money that customers were given back for earlier purchases, in date order for each; it is no order.
/// All columns are empty where nothing is taken off.
#[derive(Clone, Debug, Default)]
pub struct Returns {
    /// Customer `i` has the returns `starts[i]..starts[i + 1]`.
    pub starts: Vec<u32>,
    /// The day of each.
    pub days: Vec<Day>,
    /// Money of each in units of `10^-scale` of the orders, above zero.
    pub amounts: Vec<i64>,
}

/// Sums by customer. An absent column is an empty vector; an absent value is `None`.
#[derive(Clone, Debug, Default)]
pub struct Summaries {
    /// Whole days since the last order.
    pub recency_days: Vec<Option<i32>>,
    /// The day of the last order.
    pub last_days: Vec<Option<Day>>,
    /// How many orders.
    pub n_orders: Vec<Option<u32>>,
    /// Money in units of `10^-scale`.
    pub amounts: Vec<Option<i64>>,
    /// Decimal places of the money.
    pub scale: u8,
}

/// Where a customer stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whole days from the last order to the day.
    pub recency_days: i32,
    /// Orders until the day.
    pub n_orders: u32,
    /// Rows of the file in these orders.
    pub n_lines: u32,
    /// Money of these orders, less what was given back until the day where that is taken off.
    pub amount: Money,
}

/// A further column, one value per customer.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The header.
    pub name: String,
    /// The values, by customer.
    pub values: AttributeValues,
}

/// The values of an attribute.
#[derive(Clone, Debug)]
pub enum AttributeValues {
    /// Numbers: the mean over the customer's rows. `NaN` is never in here; a missing value is `None`.
    Numbers(Vec<Option<f64>>),
    /// Texts: the value of the customer's latest row that has one.
    Texts {
        /// The distinct texts.
        texts: Names,
        /// Number of the text in `texts`, by customer.
        codes: Vec<Option<u32>>,
    },
    /// Days on which something was done: what counts is how long ago the last one was.
    Days(DaysByCustomer),
}

/// Days by customer, each customer's rising and each day once.
#[derive(Clone, Debug, Default)]
pub struct DaysByCustomer {
    /// Customer `i` has the days `starts[i]..starts[i + 1]`.
    pub starts: Vec<u32>,
    /// The days.
    pub days: Vec<Day>,
}

impl DaysByCustomer {
    /// Whole days from the last of a customer's days until `as_of`; `None` where there is none until then.
    pub fn days_since(&self, customer: usize, as_of: Day) -> Option<i32> {
        let days = self.of(customer);
        let n_until = days.partition_point(|&day| day <= as_of);
        let last = days.get(n_until.checked_sub(1)?)?;
        Some(as_of.days_since(*last))
    }

    /// The days of a customer.
    pub(super) fn of(&self, customer: usize) -> &[Day] {
        let end = |place: usize| self.starts.get(place).map_or(0, |&start| start as usize);
        &self.days[end(customer)..end(customer + 1).max(end(customer))]
    }
}

impl AttributeValues {
    /// The values as numbers, as they are on `as_of`; `None` where they are texts.
    pub fn numbers(&self, as_of: Day) -> Option<Cow<'_, [Option<f64>]>> {
        match self {
            Self::Numbers(numbers) => Some(Cow::Borrowed(numbers)),
            Self::Texts { .. } => None,
            Self::Days(days) => {
                let customers = 0..days.starts.len().saturating_sub(1);
                let since = customers.map(|customer| days.days_since(customer, as_of));
                Some(since.map(|days| days.map(f64::from)).collect())
            }
        }
    }
}

impl Dataset {
    /// The attributes as analyses see them.
    pub fn analysed(&self) -> impl Iterator<Item = (&str, &AttributeValues)> {
        let attributes = self.attributes.iter().enumerate();
        attributes.map(|(place, attribute)| {
            let changed = self.treated.values.get(&place);
            (
                attribute.name.as_str(),
                changed.unwrap_or(&attribute.values),
            )
        })
    }

    /// Whether no analysis looks at a customer.
    pub fn is_set_aside(&self, customer: usize) -> bool {
        self.treated.set_aside.get(customer) == Some(&true)
    }

    /// How many customers no analysis looks at, whatever the as-of date.
    pub fn n_set_aside(&self) -> u64 {
        let aside = self.treated.set_aside.iter();
        aside.filter(|&&is_aside| is_aside).count() as u64
    }

    /// The columns that set a customer aside: their names, and whether the value is missing (else it is far from the
    /// others).
    pub fn set_aside_by(&self, customer: usize) -> impl Iterator<Item = (&str, bool)> {
        let is_meant = move |reason: &&SetAside| {
            let place = reason.customers.binary_search(&(customer as u32));
            place.is_ok()
        };
        let reasons = self.treated.reasons.iter().filter(is_meant);
        reasons.filter_map(|reason| {
            let column = self.attributes.get(reason.column)?;
            Some((column.name.as_str(), reason.is_missing))
        })
    }

    /// How many customers.
    pub fn n_customers(&self) -> usize {
        self.customers.len()
    }

    /// How many customers were given back all that they had paid, or more; as far as returns are taken off.
    pub fn n_emptied(&self) -> u64 {
        let History::Orders(orders) = &self.history else {
            return 0;
        };
        let is_emptied = |&customer: &usize| {
            let own = orders.starts[customer] as usize..orders.starts[customer + 1] as usize;
            let paid: i128 = orders.amounts[own].iter().copied().map(i128::from).sum();
            let back: i128 = orders
                .returns
                .of(customer)
                .map(|(_, units)| i128::from(units))
                .sum();
            back > 0 && back >= paid
        };
        let with_returns = 0..orders.returns.starts.len().saturating_sub(1);
        with_returns.filter(is_emptied).count() as u64
    }

    /// The days of the first and last order; `None` where the file has no dates.
    pub fn period(&self) -> Option<(Day, Day)> {
        match &self.history {
            History::Orders(orders) => {
                Some((*orders.days.iter().min()?, *orders.days.iter().max()?))
            }
            History::Summaries(sums) => {
                let days = || sums.last_days.iter().flatten();
                Some((*days().min()?, *days().max()?))
            }
        }
    }

    /// The day after the last order: the default as-of date. The epoch where the file has no dates.
    pub fn default_as_of(&self) -> Day {
        self.period()
            .map_or(Day::from_number(0), |(_, last)| last.plus(1))
    }

    /// Where `customer` stands on `as_of`; `None` before the first order, or where a table of customers
    /// does not say enough.
    pub fn standing(&self, customer: usize, as_of: Day) -> Option<Standing> {
        match &self.history {
            History::Orders(orders) => orders.standing(customer, as_of),
            History::Summaries(sums) => sums.standing(customer, as_of),
        }
    }
}

impl Returns {
    /// What a customer was given back, as days and units, in date order.
    pub fn of(&self, customer: usize) -> impl Iterator<Item = (Day, i64)> {
        let place = |at: usize| self.starts.get(at).map_or(0, |&start| start as usize);
        let own = place(customer)..place(customer + 1);
        let days = self.days.get(own.clone()).unwrap_or_default();
        let amounts = self.amounts.get(own).unwrap_or_default();
        days.iter().copied().zip(amounts.iter().copied())
    }

    /// What was given back until a day.
    #[must_use]
    pub fn known_on(&self, day: Day) -> Self {
        let mut known = Self::default();
        for customer in 0..self.starts.len().saturating_sub(1) {
            known.starts.push(known.days.len() as u32);
            for (own, units) in self.of(customer).take_while(|&(own, _)| own <= day) {
                known.days.push(own);
                known.amounts.push(units);
            }
        }
        if !self.starts.is_empty() {
            known.starts.push(known.days.len() as u32);
        }
        known
    }

    /// What a customer was given back until a day, in units.
    pub fn until(&self, customer: usize, day: Day) -> i128 {
        let known = self.of(customer).take_while(|&(own, _)| own <= day);
        known.map(|(_, units)| i128::from(units)).sum()
    }
}

impl Orders {
    fn standing(&self, customer: usize, as_of: Day) -> Option<Standing> {
        let (start, end) = (
            self.starts[customer] as usize,
            self.starts[customer + 1] as usize,
        );
        let n_orders = self.days[start..end].partition_point(|&day| day <= as_of);
        let last = start + n_orders.checked_sub(1)?;
        Some(Standing {
            recency_days: as_of.days_since(self.days[last]),
            n_orders: n_orders as u32,
            n_lines: self.running_lines[last],
            amount: Money::new(
                self.running_amounts[last] - self.returns.until(customer, as_of),
                self.scale,
            ),
        })
    }
}

impl Summaries {
    fn standing(&self, customer: usize, as_of: Day) -> Option<Standing> {
        let last_day = self.last_days.get(customer).copied().flatten();
        let recency_days = match self.recency_days.get(customer).copied().flatten() {
            Some(days) => days,
            None => as_of.days_since(last_day.filter(|&day| day <= as_of)?),
        };
        let n_orders = self.n_orders.get(customer).copied().flatten()?;
        let units = self.amounts.get(customer).copied().flatten().unwrap_or(0);
        Some(Standing {
            recency_days,
            n_orders,
            n_lines: n_orders,
            amount: Money::new(i128::from(units), self.scale),
        })
    }
}

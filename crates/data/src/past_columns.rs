//! What the columns of an order file said of customers on any earlier day, and the columns as analyses see them on a day.
//!
//! A column gives each customer one value: the mean of the numbers, or the text of the latest row. On a day that is the
//! mean, or the latest text, of the rows until then. It is made of the table for analyses that ask about a day before the
//! last order; these see one numbering of a column's texts on all days. Columns of tables beside have no days and are as
//! they are.

use std::borrow::Cow;
use std::sync::Arc;

use super::{AttributeValues, Dataset, Day, History, Names};

/// What the columns said, by place among the attributes.
#[derive(Clone, Debug)]
pub struct PastColumns {
    columns: Arc<Vec<Option<PastColumn>>>,
    /// After this day nothing is known.
    until: Option<Day>,
}

/// What one column said. `None` in its place where it says the same of everyone on all days.
#[derive(Clone, Debug)]
pub struct PastColumn {
    /// Its values.
    pub said: Said,
    /// What was decided about missing values and outliers, as it is done now.
    pub redone: Redone,
}

/// The values of a column, each with the day from which it holds.
#[derive(Clone, Debug)]
pub enum Said {
    /// Means of numbers.
    Numbers(Steps<f64>),
    /// Latest texts, as numbers of the names.
    Texts(Names, Steps<u32>),
}

/// What is done about a column's values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Redone {
    /// Numbers below or above are drawn in to these.
    pub borders: Option<(f64, f64)>,
    /// In place of a missing number.
    pub number: Option<f64>,
    /// In place of a missing text: its number.
    pub text: Option<u32>,
}

/// Values by customer, each customer's in the order of the days from which they hold.
#[derive(Clone, Debug, Default)]
pub struct Steps<T> {
    starts: Vec<u32>,
    days: Vec<Day>,
    values: Vec<T>,
}

/// A column on a day, by customer.
pub enum ColumnOn<'a> {
    /// Numbers.
    Numbers(Cow<'a, [Option<f64>]>),
    /// Texts, as numbers of the names.
    Texts(&'a Names, Cow<'a, [Option<u32>]>),
}

impl<T: Copy + PartialEq> Steps<T> {
    /// Begins with the next customer.
    pub fn begin(&mut self) {
        self.starts.push(self.days.len() as u32);
    }

    /// The customer's value from `day` on, which is later than those before.
    pub fn push(&mut self, day: Day, value: T) {
        let first = self.starts.last().map_or(0, |&start| start as usize);
        if self.values[first..].last() != Some(&value) {
            self.days.push(day);
            self.values.push(value);
        }
    }

    /// Whether every customer had one value from the day on that `first` says of them, or never any.
    pub fn never_change(&self, first: impl Iterator<Item = Day>) -> bool {
        let mut places = (0..self.starts.len()).zip(first);
        places.all(|(customer, first)| match &self.days[self.range(customer)] {
            [] => true,
            [day] => *day <= first,
            _ => false,
        })
    }

    fn range(&self, customer: usize) -> std::ops::Range<usize> {
        let place = |at: usize| {
            let start = self.starts.get(at);
            start.map_or(self.days.len(), |&start| start as usize)
        };
        place(customer)..place(customer + 1)
    }

    fn on(&self, customer: usize, day: Day) -> Option<T> {
        let own = self.range(customer);
        let n_until = self.days[own.clone()].partition_point(|&from| from <= day);
        n_until
            .checked_sub(1)
            .map(|last| self.values[own.start + last])
    }

    fn all_on(&self, day: Day, change: impl Fn(Option<T>) -> Option<T>) -> Vec<Option<T>> {
        let customers = 0..self.starts.len();
        customers
            .map(|customer| change(self.on(customer, day)))
            .collect()
    }
}

impl PastColumns {
    /// Of nothing that is forgotten.
    pub fn new(columns: Vec<Option<PastColumn>>) -> Self {
        Self {
            columns: Arc::new(columns),
            until: None,
        }
    }

    /// What was known on a day.
    #[must_use]
    pub fn known_on(&self, day: Day) -> Self {
        Self {
            until: Some(self.until.map_or(day, |until| until.min(day))),
            ..self.clone()
        }
    }

    /// The columns, to say what is done about them.
    pub fn columns_mut(&mut self) -> &mut [Option<PastColumn>] {
        Arc::<Vec<_>>::make_mut(&mut self.columns)
    }

    fn column(&self, place: usize, day: Day) -> Option<ColumnOn<'_>> {
        let day = self.until.map_or(day, |until| until.min(day));
        let PastColumn { said, redone } = self.columns.get(place)?.as_ref()?;
        Some(match said {
            Said::Numbers(steps) => {
                let inside = |value: f64| match redone.borders {
                    Some((low, high)) => value.max(low).min(high),
                    None => value,
                };
                let values = steps.all_on(day, |value| value.map(inside).or(redone.number));
                ColumnOn::Numbers(Cow::Owned(values))
            }
            Said::Texts(texts, steps) => {
                let codes = steps.all_on(day, |code| code.or(redone.text));
                ColumnOn::Texts(texts, Cow::Owned(codes))
            }
        })
    }
}

impl Dataset {
    /// The column at a place among the attributes as analyses see it on a day; `None` where there is none.
    pub fn column_at(&self, place: usize, day: Day) -> Option<ColumnOn<'_>> {
        let past = self.past_columns();
        if let Some(column) = past.and_then(|past| past.column(place, day)) {
            return Some(column);
        }
        let own = self.treated.values.get(&place);
        let own = own.or_else(|| Some(&self.attributes.get(place)?.values))?;
        Some(match own {
            AttributeValues::Texts { texts, codes } => ColumnOn::Texts(texts, Cow::Borrowed(codes)),
            numbers => ColumnOn::Numbers(numbers.numbers(day)?),
        })
    }

    /// The column of this name as analyses see it on a day; `None` where there is none.
    pub fn column_on(&self, name: &str, day: Day) -> Option<ColumnOn<'_>> {
        self.column_at(self.place_of(name)?, day)
    }

    /// Whether it is known what the column of this name said on earlier days.
    pub fn knows_past_of(&self, name: &str) -> bool {
        let place = self.place_of(name);
        let known = self.past_columns().zip(place);
        known.is_some_and(|(past, place)| place < past.columns.len())
    }

    fn place_of(&self, name: &str) -> Option<usize> {
        self.attributes.iter().position(|own| own.name == name)
    }

    const fn past_columns(&self) -> Option<&PastColumns> {
        match &self.history {
            History::Orders(orders) => orders.past_columns.as_ref(),
            History::Summaries(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_holds_from_its_day_until_the_next_one() {
        let day = Day::from_number;
        let mut steps = Steps::default();
        steps.begin();
        steps.push(day(3), 1.0);
        steps.push(day(5), 1.0);
        steps.push(day(9), 4.0);
        steps.begin();
        steps.begin();
        steps.push(day(7), 2.0);
        let on = |at: i32| steps.all_on(day(at), |value| value);
        assert_eq!(on(2), [None, None, None]);
        assert_eq!(on(8), [Some(1.0), None, Some(2.0)]);
        assert_eq!(on(9), [Some(4.0), None, Some(2.0)]);
        let firsts = |last: i32| [day(3), day(3), day(last)].into_iter();
        assert!(!steps.never_change(firsts(7)));
        let mut same = Steps::default();
        same.begin();
        same.push(day(3), 1);
        // Who had ordered before the first value was known had none then.
        assert!(same.never_change([day(3)].into_iter()));
        assert!(!same.never_change([day(2)].into_iter()));
    }
}

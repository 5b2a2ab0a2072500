//! What is known of every customer on a day, measure by measure: what rules test and customers are ranked by.
//!
//! The measures of the history come first, then the columns of the file; a measure that is known hides a column of its
//! name. Only who is a customer on the day and not set aside is in here, in the order of customer numbers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::behaviour::Bought;
use super::beside::Beside;
use super::named::NamedMeasure;
use super::rfm::Convention;
use super::snapshot::{self, Snapshot};
use super::{habits, named};
use gyeol_data::{AttributeValues, ColumnOn, Dataset, Day, History, Names};

/// A measure that is computed from what customers did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Whole days since the last order.
    Recency,
    /// Orders.
    Frequency,
    /// Money.
    Monetary,
    /// Whole days since the first order.
    Tenure,
    /// Money per order.
    AverageOrderValue,
    /// Mean of whole days between two orders that follow each other; nobody with a single order day has it.
    DaysBetweenOrders,
    /// Days since the last order over the customer's own days between orders.
    Lateness,
    /// Orders after the first one, in the later half of the time since then less the earlier half, over both: -1 to 1.
    OrderTrend,
    /// The same of their money.
    SpendTrend,
    /// Standard deviation of the days between orders, over their mean.
    GapSpread,
    /// Orders on a Saturday or Sunday, as a share of all.
    WeekendShare,
    /// Rows of the file in an order.
    RowsPerOrder,
    /// The largest order's share of all money.
    LargestOrderShare,
    /// Orders with a discount or coupon, as a share of all.
    DiscountShare,
    /// Money that was given back, as a share of all that was paid.
    ReturnShare,
    /// Orders from 18:00 to midnight, as a share of those whose time of day is known.
    EveningShare,
    /// Orders from midnight to 6:00, likewise.
    NightShare,
    /// Categories that were bought.
    CategoryCount,
    /// Sum of the squared shares of categories in the money (Herfindahl): 1 where all is of one.
    CategoryConcentration,
    /// The share of the category with most money.
    TopCategoryShare,
}

impl Measure {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 20] = [
        Self::Recency,
        Self::Frequency,
        Self::Monetary,
        Self::Tenure,
        Self::AverageOrderValue,
        Self::DaysBetweenOrders,
        Self::Lateness,
        Self::OrderTrend,
        Self::SpendTrend,
        Self::GapSpread,
        Self::WeekendShare,
        Self::RowsPerOrder,
        Self::LargestOrderShare,
        Self::DiscountShare,
        Self::ReturnShare,
        Self::EveningShare,
        Self::NightShare,
        Self::CategoryCount,
        Self::CategoryConcentration,
        Self::TopCategoryShare,
    ];

    /// The name used in settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Recency => "recency",
            Self::Frequency => "frequency",
            Self::Monetary => "monetary",
            Self::Tenure => "tenure",
            Self::AverageOrderValue => "average_order_value",
            Self::DaysBetweenOrders => "days_between_orders",
            Self::Lateness => "lateness",
            Self::OrderTrend => "order_trend",
            Self::SpendTrend => "spend_trend",
            Self::GapSpread => "gap_spread",
            Self::WeekendShare => "weekend_share",
            Self::RowsPerOrder => "rows_per_order",
            Self::LargestOrderShare => "largest_order_share",
            Self::DiscountShare => "discount_share",
            Self::ReturnShare => "return_share",
            Self::EveningShare => "evening_share",
            Self::NightShare => "night_share",
            Self::CategoryCount => "category_count",
            Self::CategoryConcentration => "category_concentration",
            Self::TopCategoryShare => "top_category_share",
        }
    }

    /// Whether it is of how customers buy, beside how lately, how often and for how much.
    pub const fn is_behaviour(self) -> bool {
        matches!(
            self,
            Self::OrderTrend
                | Self::SpendTrend
                | Self::GapSpread
                | Self::WeekendShare
                | Self::RowsPerOrder
                | Self::LargestOrderShare
        ) || self.is_habit()
    }

    /// Whether it is a part of a whole, 0 to 1.
    const fn is_share(self) -> bool {
        matches!(
            self,
            Self::WeekendShare
                | Self::LargestOrderShare
                | Self::DiscountShare
                | Self::ReturnShare
                | Self::EveningShare
                | Self::NightShare
                | Self::TopCategoryShare
        )
    }

    /// Whether it is known of rows beside the orders.
    pub(super) const fn is_habit(self) -> bool {
        matches!(
            self,
            Self::DiscountShare
                | Self::ReturnShare
                | Self::EveningShare
                | Self::NightShare
                | Self::CategoryCount
                | Self::CategoryConcentration
                | Self::TopCategoryShare
        )
    }

    /// The measure with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.key() == key)
    }
}

/// Values of a measure, one for each customer who is there.
pub(super) enum Values<'a> {
    /// Numbers; `None` where it is not known.
    Numbers(Vec<Option<f64>>),
    /// Texts, as numbers of `texts`.
    Texts {
        /// The distinct texts.
        texts: &'a Names,
        /// By customer.
        codes: Vec<Option<u32>>,
    },
}

/// Everyone who is a customer on a day, and what is known of them.
pub(super) struct Measures<'a> {
    dataset: &'a Dataset,
    pub(super) as_of: Day,
    /// Customer numbers, rising.
    pub(super) present: Vec<u32>,
    beside: Option<&'a Beside<'a>>,
}

impl<'a> Measures<'a> {
    /// Who is a customer of `dataset` on `as_of`.
    pub(super) fn new(dataset: &'a Dataset, as_of: Day) -> Self {
        let all = (0..dataset.n_customers()).filter(|&customer| !dataset.is_set_aside(customer));
        let present = all.filter(|&customer| snapshot::is_present(dataset, customer, as_of));
        Self {
            dataset,
            as_of,
            present: present.map(|customer| customer as u32).collect(),
            beside: None,
        }
    }

    /// The same with what other analyses found.
    pub(super) fn with(self, beside: &'a Beside<'a>) -> Self {
        Self {
            beside: Some(beside),
            ..self
        }
    }

    /// Names of all measures that anybody has a value of: those of the history, then the columns, then what other
    /// analyses found, and last the columns that only name customers.
    pub(super) fn names(&self) -> Vec<Cow<'a, str>> {
        let history = Measure::ALL.into_iter();
        let history = history.filter(|&measure| self.is_known(measure));
        let columns = self.dataset.analysed().map(|(name, _)| name);
        let beside = self.beside.map_or_else(Vec::new, Beside::names);
        let columns = columns.filter(|name| {
            let is_beside = beside.iter().any(|own| own == name);
            !self.is_measure(name) && !is_beside
        });
        let naming = self.naming();
        let (last, columns): (Vec<&str>, Vec<&str>) =
            columns.partition(|name| naming.contains(name));
        let mut names: Vec<Cow<'a, str>> = history
            .map(|measure| Cow::Borrowed(measure.key()))
            .chain(named::names(self.dataset).into_iter().map(Cow::Owned))
            .chain(columns.into_iter().map(Cow::Borrowed))
            .collect();
        names.extend(beside.into_iter().map(Cow::Owned));
        names.extend(last.into_iter().map(Cow::Borrowed));
        names
    }

    /// The columns that only name customers.
    pub(super) fn naming(&self) -> Vec<&'a str> {
        let columns = self.dataset.attributes.iter().zip(self.dataset.naming());
        let naming = columns.filter(|(_, is_naming)| *is_naming);
        naming.map(|(column, _)| column.name.as_str()).collect()
    }

    /// The values of a measure or column; `None` where there is no such thing.
    pub(super) fn values(&self, name: &str) -> Option<Values<'a>> {
        match self.known(name) {
            Some(measure) => Some(Values::Numbers(self.of_history(measure))),
            None => {
                let named = named::values(self.dataset, name, &self.present, self.as_of);
                let beside = || self.beside?.values(name, &self.present);
                let column = || self.of_column(name);
                named.or_else(beside).or_else(column)
            }
        }
    }

    /// Whether the file knows a measure of this name, which hides a column of it.
    pub(super) fn is_measure(&self, name: &str) -> bool {
        self.known(name).is_some() || named::is_known(self.dataset, name)
    }

    /// Whether the values of this name are parts of a whole, 0 to 1. What a column of the file is called says nothing.
    pub(super) fn is_share(&self, name: &str) -> bool {
        let named = NamedMeasure::of(name).filter(|_| named::is_known(self.dataset, name));
        self.known(name).is_some_and(Measure::is_share)
            || named.is_some_and(|named| !named.is_of_texts())
    }

    /// The measure of this name, where the file knows it.
    fn known(&self, name: &str) -> Option<Measure> {
        Measure::from_key(name).filter(|&measure| self.is_known(measure))
    }

    /// The numbers of a measure or column; `None` where there is no such thing or it holds texts.
    pub(super) fn numbers(&self, name: &str) -> Option<Vec<Option<f64>>> {
        match self.values(name)? {
            Values::Numbers(numbers) => Some(numbers),
            Values::Texts { .. } => None,
        }
    }

    /// Whether there is a measure or column of this name, and it holds no texts.
    pub(super) fn is_numeric(&self, name: &str) -> bool {
        if self.is_measure(name) {
            return !NamedMeasure::of(name).is_some_and(NamedMeasure::is_of_texts);
        }
        let mut columns = self.dataset.analysed();
        columns.any(|(own, values)| own == name && !matches!(values, AttributeValues::Texts { .. }))
    }

    /// Whether the file has single orders.
    pub(super) const fn has_orders(&self) -> bool {
        matches!(self.dataset.history, History::Orders(_))
    }

    fn is_known(&self, measure: Measure) -> bool {
        let has_orders = self.has_orders();
        let has_history = snapshot::has_history(self.dataset);
        match measure {
            Measure::Recency | Measure::Frequency => has_history,
            Measure::Monetary | Measure::AverageOrderValue => has_history && self.dataset.has_money,
            Measure::SpendTrend | Measure::LargestOrderShare => {
                has_orders && self.dataset.has_money
            }
            Measure::Tenure
            | Measure::DaysBetweenOrders
            | Measure::Lateness
            | Measure::OrderTrend
            | Measure::GapSpread
            | Measure::WeekendShare
            | Measure::RowsPerOrder => has_orders,
            habit => match &self.dataset.history {
                History::Orders(orders) => habits::is_known(orders, habit),
                History::Summaries(_) => false,
            },
        }
    }

    fn of_column(&self, name: &str) -> Option<Values<'a>> {
        Some(match self.dataset.column_on(name, self.as_of)? {
            ColumnOn::Numbers(numbers) => Values::Numbers(self.of_present(&numbers)),
            ColumnOn::Texts(texts, codes) => Values::Texts {
                texts,
                codes: self.of_present(&codes),
            },
        })
    }

    fn of_present<T: Copy>(&self, values: &[Option<T>]) -> Vec<Option<T>> {
        let of = |&customer: &u32| values.get(customer as usize).copied().flatten();
        self.present.iter().map(of).collect()
    }

    fn of_history(&self, measure: Measure) -> Vec<Option<f64>> {
        let of = |&customer: &u32| self.value(measure, customer as usize);
        self.present.iter().map(of).collect()
    }

    fn value(&self, measure: Measure, customer: usize) -> Option<f64> {
        if let (true, History::Orders(orders)) = (measure.is_habit(), &self.dataset.history) {
            return habits::value(orders, customer, self.as_of, measure);
        }
        if measure.is_behaviour() {
            return self.bought(customer)?.value(measure);
        }
        let standing = self.dataset.standing(customer, self.as_of)?;
        let frequency = f64::from(Convention::Gyeol.frequency(&standing));
        let recency = f64::from(standing.recency_days);
        match measure {
            Measure::Recency => Some(recency),
            Measure::Frequency => Some(frequency),
            Measure::Monetary => Some(standing.amount.to_f64()),
            Measure::AverageOrderValue => {
                (frequency > 0.0).then(|| standing.amount.to_f64() / frequency)
            }
            Measure::Tenure => {
                let first = *self.days_of(customer).first()?;
                Some(f64::from(self.as_of.days_since(first)))
            }
            Measure::DaysBetweenOrders => mean_gap(self.days_of(customer)),
            Measure::Lateness => mean_gap(self.days_of(customer)).map(|gap| recency / gap),
            _ => None,
        }
    }

    /// The order days of a customer until the day.
    pub(super) fn days_of(&self, customer: usize) -> &'a [Day] {
        self.bought(customer).map_or(&[], Bought::days)
    }

    /// The single orders of a customer until the day, where the file has any.
    fn bought(&self, customer: usize) -> Option<Bought<'a>> {
        match &self.dataset.history {
            History::Orders(orders) => Some(Bought::new(orders, customer, self.as_of)),
            History::Summaries(_) => None,
        }
    }

    /// Where the customers stand, for sums of money.
    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot::take(self.dataset, self.as_of, Convention::Gyeol)
    }
}

/// Mean of the days between order days that follow each other; several orders of one day are one visit.
pub(super) fn mean_gap(days: &[Day]) -> Option<f64> {
    let (first, last) = (days.first()?, days.last()?);
    let n_gaps = gaps(days).count();
    (n_gaps > 0).then(|| f64::from(last.days_since(*first)) / n_gaps as f64)
}

/// The days between order days that follow each other, none of them zero.
pub(super) fn gaps(days: &[Day]) -> impl Iterator<Item = i32> + '_ {
    let gaps = days.windows(2).map(|pair| pair[1].days_since(pair[0]));
    gaps.filter(|&days| days > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn measures_follow_the_history_until_the_day() {
        let dataset = testing::orders(&[
            ("a", 0, 1_000),
            ("a", 10, 3_000),
            ("a", 10, 2_000),
            ("a", 90, 7),
            ("b", 5, 500),
            ("c", 60, 1),
        ]);
        let measures = Measures::new(&dataset, Day::from_number(30));
        assert_eq!(measures.present, [0, 1]);
        for (name, expected) in [
            ("recency", [Some(20.0), Some(25.0)]),
            ("frequency", [Some(3.0), Some(1.0)]),
            ("monetary", [Some(60.0), Some(5.0)]),
            ("tenure", [Some(30.0), Some(25.0)]),
            ("average_order_value", [Some(20.0), Some(5.0)]),
            ("days_between_orders", [Some(10.0), None]),
            ("lateness", [Some(2.0), None]),
            ("order_trend", [Some(-1.0), None]),
            ("spend_trend", [Some(-1.0), None]),
            ("gap_spread", [None, None]),
            ("rows_per_order", [Some(1.0), Some(1.0)]),
            ("largest_order_share", [Some(0.5), Some(1.0)]),
        ] {
            assert_eq!(measures.numbers(name).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn only_what_the_file_knows_is_offered_and_a_column_may_bear_the_name_of_an_unknown_measure() {
        let dataset = testing::numbers(&[
            ("age", vec![Some(1.0), None]),
            ("tenure", vec![Some(7.0), Some(8.0)]),
        ]);
        let measures = Measures::new(&dataset, Day::from_number(0));
        assert_eq!(measures.names(), ["age", "tenure"]);
        assert_eq!(measures.numbers("age").unwrap(), [Some(1.0), None]);
        assert_eq!(measures.numbers("tenure").unwrap(), [Some(7.0), Some(8.0)]);
        assert!(measures.numbers("recency").is_none());
    }
}

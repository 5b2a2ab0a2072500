//! Advertising spend beside the orders: what each channel or campaign and each month cost, and what orders of the same
//! days came to.
//!
//! A channel is the same as a value of the orders' own columns where both say the same, whatever their case. Nothing is
//! attributed: the orders of a channel are those whose row names it. Invariant: costs and takings are exact sums of
//! rows, rates are no sums, and every row of the table is in one bucket of its own ledger.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::columns::{NO_CODE, NO_DAY, NO_UNITS, Units};
use super::super::guess::{COST, Headers, Measure};
use super::super::{Choices, Day, Ledger, Money, places_in_order};
use super::Table;

/// The most channels that are listed one by one; the dearest come first.
const MOST_CHANNELS: usize = 200;
/// The most months, the last ones.
const MOST_MONTHS: usize = 600;

/// The account of a table of spend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spend {
    /// Its own rows.
    pub ledger: Ledger,
    /// First and last day with a cost.
    pub period: Option<(Day, Day)>,
    /// All costs.
    pub cost: Money,
    /// Further columns of numbers that are added up.
    pub columns: Vec<String>,
    /// Columns of rates, which are made anew from the sums of their parts.
    pub rates: Vec<Rate>,
    /// Columns of numbers that are neither: rates whose parts are not there, and numbers that nothing is known of.
    pub passed_columns: Vec<String>,
    /// Channels or campaigns, the dearest first; one without a name where the table has no such column.
    pub channels: Vec<Channel>,
    /// Months with spend, by their first days; their takings are those of all orders.
    pub months: Vec<(Day, SpendTotals)>,
    /// The column of the orders whose values they are; `None` where none has any of them.
    pub matched_by: Option<String>,
    /// Channels whose name no order has.
    pub n_without_orders: u64,
    /// Values of that column, in orders that count, that have no cost.
    pub n_without_cost: u64,
}

/// A rate of two sums.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Its header.
    pub name: String,
    /// The sum that is divided: a place in [`Spend::columns`], or the cost.
    pub over: Option<u16>,
    /// The sum that it is divided by, likewise.
    pub under: Option<u16>,
    /// What it is times.
    pub times: u32,
}

/// What one channel cost and took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its name as the table writes it.
    pub name: String,
    /// Its sums; takings are those of the orders that name it.
    pub totals: SpendTotals,
}

/// Sums of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpendTotals {
    /// How many rows.
    pub n_rows: u64,
    /// What they cost.
    pub cost: Money,
    /// Sums of the further columns, in their order.
    pub sums: Vec<Money>,
    /// What orders came to in the period; `None` where there are none of these.
    pub revenue: Option<Money>,
}

impl Rate {
    /// The rate of these sums; `None` where there is nothing to divide by.
    pub fn of(&self, totals: &SpendTotals) -> Option<f64> {
        let part = |place: Option<u16>| match place {
            None => Some(totals.cost),
            Some(place) => totals.sums.get(usize::from(place)).copied(),
        };
        let (over, under) = (part(self.over)?, part(self.under)?);
        (!under.is_zero()).then(|| f64::from(self.times) * over.to_f64() / under.to_f64())
    }

    /// Whether it says how many of a hundred: of two counts, neither of them money.
    pub const fn is_share(&self) -> bool {
        self.over.is_some() && self.under.is_some()
    }
}

/// The columns of numbers without a role, by what becomes of them.
struct Numbers<'a> {
    summed: Vec<(&'a str, usize, &'a Units)>,
    rates: Vec<Rate>,
    passed: Vec<String>,
    scale: u8,
}

/// Sums while they are made.
#[derive(Clone, Default)]
struct Sums {
    name: String,
    n_rows: u64,
    cost: i128,
    others: Vec<i128>,
}

/// What a table of spend comes to: by channel, known by [`key`], and by the first day of each month.
#[derive(Default)]
struct Spent {
    period: Option<(Day, Day)>,
    cost: i128,
    channels: BTreeMap<String, Sums>,
    months: BTreeMap<Day, Sums>,
}

/// A value of the orders' column of channels, and what its orders came to in the period.
struct Named {
    name: String,
    revenue: Money,
}

impl Table {
    /// The account of `spend` beside the orders of this table that count under `choices`.
    pub fn spend(&self, spend: &Self, choices: Choices) -> Spend {
        let numbers = spend.numbers();
        let spent = spend.spent(&numbers);
        let (matched_by, named) = self.named(&spent, choices);
        let takings = |key: &str| named.get(key).map(|named| named.revenue);
        let mut channels: Vec<Channel> = Vec::new();
        for (key, sums) in &spent.channels {
            channels.push(Channel {
                name: sums.name.clone(),
                totals: numbers.totals(sums, takings(key)),
            });
        }
        let n_known = channels.iter().filter(|one| one.totals.revenue.is_some());
        let n_known = n_known.count() as u64;
        let cost = |place: usize| channels[place].totals.cost.units();
        let order = places_in_order(channels.len(), &|a, b| cost(b).cmp(&cost(a)));
        let by_month = self.takings_by_month(&spent, choices);
        let months = spent.months.iter();
        let months = months.skip(spent.months.len().saturating_sub(MOST_MONTHS));
        let months = months.map(|(&day, sums)| {
            let revenue = by_month.get(&day).map(|&units| self.money(units));
            (day, numbers.totals(sums, revenue))
        });
        Spend {
            ledger: spend.ledger(Choices::default()),
            period: spent.period,
            cost: Money::new(spent.cost, numbers.scale),
            months: months.collect(),
            columns: (numbers.summed.iter())
                .map(|(header, ..)| (*header).to_owned())
                .collect(),
            n_without_orders: channels.len() as u64 - n_known,
            n_without_cost: named.len() as u64 - n_known,
            channels: (order.into_iter().take(MOST_CHANNELS))
                .map(|place| channels[place].clone())
                .collect(),
            matched_by,
            rates: numbers.rates,
            passed_columns: numbers.passed,
        }
    }

    /// Names that only one side has: channels that no order names, or values of the orders that have no cost.
    pub fn spend_unmatched(
        &self,
        spend: &Self,
        choices: Choices,
        are_channels: bool,
    ) -> Vec<String> {
        let spent = spend.spent(&spend.numbers());
        let (_, named) = self.named(&spent, choices);
        if are_channels {
            let channels = spent.channels.into_iter();
            let lacking = channels.filter(|(key, _)| !named.contains_key(key));
            return lacking.map(|(_, sums)| sums.name).collect();
        }
        let lacking = named.into_iter();
        let lacking = lacking.filter(|(key, _)| !spent.channels.contains_key(key));
        lacking.map(|(_, named)| named.name).collect()
    }

    /// Its columns of numbers that have no role. A rate is made anew where there is one column for each of its parts.
    fn numbers(&self) -> Numbers<'_> {
        let headers = Headers::read();
        let mut numbers = Numbers {
            summed: Vec::new(),
            rates: Vec::new(),
            passed: Vec::new(),
            scale: self.amounts.as_ref().map_or(0, |amounts| amounts.scale),
        };
        let (mut counted, mut rates) = (Vec::new(), Vec::new());
        for column in &self.attributes {
            let Some((header, units)) = column.numbers() else {
                continue;
            };
            match headers.measure(header) {
                Measure::Sum(what) => {
                    counted.push(what);
                    numbers.summed.push((header, column.place(), units));
                }
                Measure::Rate(Some(parts)) => rates.push((header, parts)),
                Measure::Rate(None) | Measure::Unknown => numbers.passed.push(header.to_owned()),
            }
        }
        let place_of = |what: &str| {
            if what == COST {
                return Some(None);
            }
            let mut places = (0_u16..)
                .zip(&counted)
                .filter(|(_, counted)| **counted == what);
            let (place, _) = places.next()?;
            places.next().is_none().then_some(Some(place))
        };
        for (header, parts) in rates {
            match place_of(parts.over).zip(place_of(parts.under)) {
                Some((over, under)) => numbers.rates.push(Rate {
                    name: header.to_owned(),
                    over,
                    under,
                    times: parts.times,
                }),
                None => numbers.passed.push(header.to_owned()),
            }
        }
        numbers
    }

    /// What its rows come to.
    fn spent(&self, numbers: &Numbers<'_>) -> Spent {
        let names = self.roles.category.map(|column| &self.texts[column]);
        let mut spent = Spent::default();
        for row in (0..self.n_rows).filter(|&row| self.counts(row, Choices::default())) {
            let code = names.map_or(NO_CODE, |column| column.codes().get(row));
            let name = match names {
                Some(column) if code != NO_CODE => column.names().get(code).into_owned(),
                _ => String::new(),
            };
            let of_row = self.sums_of(row, numbers);
            spent.cost += of_row.cost;
            if let Some(day) = self.day_of(row) {
                let (first, last) = spent.period.unwrap_or((day, day));
                spent.period = Some((first.min(day), last.max(day)));
                spent.months.entry(month_of(day)).or_default().add(&of_row);
            }
            let sums = spent.channels.entry(key(&name)).or_default();
            // Of several spellings the first by its bytes, wherever in the file it stands.
            if sums.n_rows == 0 || name < sums.name {
                sums.name = name;
            }
            sums.add(&of_row);
        }
        spent
    }

    fn sums_of(&self, row: usize, numbers: &Numbers<'_>) -> Sums {
        let others = numbers.summed.iter().map(|&(_, column, numbers)| {
            let code = self.texts[column].codes().get(row);
            let units = (code != NO_CODE).then(|| numbers.units.get(code as usize));
            i128::from(units.filter(|&units| units != NO_UNITS).unwrap_or(0))
        });
        Sums {
            name: String::new(),
            n_rows: 1,
            cost: self.units_of(row).unwrap_or(0),
            others: others.collect(),
        }
    }

    /// The column of texts that has most of the channels' names, with the values of it that orders which count have.
    fn named(&self, spent: &Spent, choices: Choices) -> (Option<String>, BTreeMap<String, Named>) {
        let mut best: Option<(usize, usize, &str)> = None;
        for column in (self.attributes.iter()).filter(|column| column.numbers().is_none()) {
            let names = self.texts[column.place()].names();
            let values = (0..names.len() as u32).map(|code| key(&names.get(code)));
            let n_shared = values
                .filter(|value| spent.channels.contains_key(value))
                .count();
            if n_shared > best.map_or(0, |(n_shared, ..)| n_shared) {
                best = Some((n_shared, column.place(), column.header()));
            }
        }
        let mut named: BTreeMap<String, Named> = BTreeMap::new();
        let Some((_, column, header)) = best else {
            return (None, named);
        };
        let column = &self.texts[column];
        let mut by_code: Vec<Option<i128>> = vec![None; column.names().len()];
        for row in (0..self.n_rows).filter(|&row| self.counts(row, choices)) {
            let sum = by_code.get_mut(column.codes().get(row) as usize);
            if let Some(sum) = sum {
                let units = self.units_of(row).filter(|_| self.is_within(row, spent));
                *sum.get_or_insert(0) += units.unwrap_or(0);
            }
        }
        for (code, units) in (0..).zip(by_code) {
            let Some(units) = units else {
                continue;
            };
            let name = column.names().get(code).into_owned();
            let found = named.entry(key(&name)).or_insert_with(|| Named {
                name: name.clone(),
                revenue: self.money(0),
            });
            found.revenue += self.money(units);
            if name < found.name {
                found.name = name;
            }
        }
        (Some(header.to_owned()), named)
    }

    /// What all orders came to in the months of spend, as far as its period goes.
    fn takings_by_month(&self, spent: &Spent, choices: Choices) -> BTreeMap<Day, i128> {
        let mut months: BTreeMap<Day, i128> = BTreeMap::new();
        for row in (0..self.n_rows).filter(|&row| self.counts(row, choices)) {
            let units = self.units_of(row).filter(|_| self.is_within(row, spent));
            if let Some((units, day)) = units.zip(self.day_of(row)) {
                *months.entry(month_of(day)).or_insert(0) += units;
            }
        }
        months
    }

    fn money(&self, units: i128) -> Money {
        let amounts = self.amounts.as_ref();
        Money::new(units, amounts.map_or(0, |amounts| amounts.scale))
    }

    pub(super) fn units_of(&self, row: usize) -> Option<i128> {
        let units = self.amounts.as_ref()?.units.get(row);
        (units != NO_UNITS).then_some(i128::from(units))
    }

    fn is_within(&self, row: usize, spent: &Spent) -> bool {
        let day = self.day_of(row).zip(spent.period);
        day.is_some_and(|(day, (first, last))| first <= day && day <= last)
    }

    fn counts(&self, row: usize, choices: Choices) -> bool {
        let choices = self.effective(choices);
        choices.bucket_of(self.reasons_of(row)).is_none()
    }

    fn day_of(&self, row: usize) -> Option<Day> {
        let day = self.days.as_ref()?.get(row);
        (day != NO_DAY).then(|| Day::from_number(day))
    }
}

impl Numbers<'_> {
    fn totals(&self, sums: &Sums, revenue: Option<Money>) -> SpendTotals {
        let others = sums.others.iter().zip(&self.summed);
        SpendTotals {
            n_rows: sums.n_rows,
            cost: Money::new(sums.cost, self.scale),
            sums: others
                .map(|(&sum, (_, _, numbers))| Money::new(sum, numbers.scale))
                .collect(),
            revenue,
        }
    }
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.others.resize(other.others.len(), 0);
        self.n_rows += other.n_rows;
        self.cost += other.cost;
        for (sum, other) in self.others.iter_mut().zip(&other.others) {
            *sum += other;
        }
    }
}

/// The first day of a day's month.
fn month_of(day: Day) -> Day {
    let (_, _, day_of_month) = day.civil();
    day.plus(1 - day_of_month.cast_signed())
}

/// What a channel's name is known by: `Naver` is `naver`.
fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

//! Advertising spend beside the orders: what each channel or campaign cost, and what its orders came to in the same days.
//!
//! A channel is the same as a value of the orders' own columns where both say the same, whatever their case. Nothing is
//! attributed: the orders of a channel are those whose row names it. Invariant: costs and takings are exact sums of
//! rows, and every row of the table is in one bucket of its own ledger.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::columns::{NO_CODE, NO_DAY, NO_UNITS, Units};
use super::super::{Choices, Day, Ledger, Money};
use super::Table;

/// The most channels that are listed one by one; the dearest come first.
const MOST_CHANNELS: usize = 200;

/// The account of a table of spend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spend {
    /// Its own rows.
    pub ledger: Ledger,
    /// First and last day with a cost.
    pub period: Option<(Day, Day)>,
    /// All costs.
    pub cost: Money,
    /// Further columns of numbers, which are added up.
    pub columns: Vec<String>,
    /// Channels or campaigns, the dearest first; one without a name where the table has no such column.
    pub channels: Vec<Channel>,
    /// The column of the orders whose values they are; `None` where none has any of them.
    pub matched_by: Option<String>,
    /// Channels whose name no order has.
    pub n_without_orders: u64,
    /// Values of that column that have no cost.
    pub n_without_cost: u64,
}

/// What one channel cost and took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its name as the table writes it.
    pub name: String,
    /// Rows of it.
    pub n_rows: u64,
    /// What they cost.
    pub cost: Money,
    /// Sums of the further columns, in their order.
    pub sums: Vec<Money>,
    /// What the orders that name it came to in the period; `None` where none names it.
    pub revenue: Option<Money>,
}

/// The sums of a channel while they are made.
#[derive(Clone, Default)]
struct Sums {
    name: String,
    n_rows: u64,
    cost: i128,
    others: Vec<i128>,
}

impl Table {
    /// The account of `spend` beside the orders of this table that count under `choices`.
    pub(crate) fn spend(&self, spend: &Self, choices: Choices) -> Spend {
        let own = Choices::default();
        let (period, channels) = spend.channels(own);
        let (matched_by, revenues) = self.revenues(&channels, period, choices);
        let scale = spend.amounts.as_ref().map_or(0, |amounts| amounts.scale);
        let numbers = spend.number_columns();
        let takings = |key: &String| revenues.as_ref().and_then(|found| found.get(key)).copied();
        let cost: i128 = channels.values().map(|sums| sums.cost).sum();
        let n_known = |is_known: bool| {
            let keys = channels.keys();
            keys.filter(|key| takings(key).is_some() == is_known)
                .count() as u64
        };
        let n_values = revenues.as_ref().map_or(0, BTreeMap::len) as u64;
        let mut listed: Vec<Channel> = Vec::new();
        for (key, sums) in &channels {
            let others = sums.others.iter().zip(&numbers);
            listed.push(Channel {
                name: sums.name.clone(),
                n_rows: sums.n_rows,
                cost: Money::new(sums.cost, scale),
                sums: others
                    .map(|(&sum, (_, numbers))| Money::new(sum, numbers.scale))
                    .collect(),
                revenue: takings(key),
            });
        }
        let dearer = |a: usize, b: usize| listed[b].cost.units().cmp(&listed[a].cost.units());
        let order = super::super::places_in_order(listed.len(), &dearer);
        let order = order.into_iter().take(MOST_CHANNELS);
        Spend {
            ledger: spend.ledger(own),
            period,
            cost: Money::new(cost, scale),
            columns: numbers
                .iter()
                .map(|&(header, _)| header.to_owned())
                .collect(),
            n_without_orders: n_known(false),
            n_without_cost: n_values - n_known(true),
            channels: order.map(|place| listed[place].clone()).collect(),
            matched_by,
        }
    }

    /// Its columns of numbers that have no role.
    fn number_columns(&self) -> Vec<(&str, &Units)> {
        let columns = self.attributes.iter();
        columns
            .filter_map(super::AttributeColumn::numbers)
            .collect()
    }

    /// The period, and the sums of the rows that count by channel, known by [`key`].
    fn channels(&self, choices: Choices) -> (Option<(Day, Day)>, BTreeMap<String, Sums>) {
        let names = self.roles.category.map(|column| &self.texts[column]);
        let numbers: Vec<(usize, &Units)> = self
            .attributes
            .iter()
            .filter_map(|column| Some((column.place(), column.numbers()?.1)))
            .collect();
        let mut by_key: BTreeMap<String, Sums> = BTreeMap::new();
        let mut period: Option<(Day, Day)> = None;
        for row in (0..self.n_rows).filter(|&row| self.counts(row, choices)) {
            let code = names.map_or(NO_CODE, |column| column.codes().get(row));
            let name = match names {
                Some(column) if code != NO_CODE => column.names().get(code).into_owned(),
                _ => String::new(),
            };
            let sums = by_key.entry(key(&name)).or_default();
            // Of several spellings the first by its bytes, wherever in the file it stands.
            if sums.n_rows == 0 || name < sums.name {
                sums.name = name;
            }
            sums.others.resize(numbers.len(), 0);
            sums.n_rows += 1;
            let units = self.amounts.as_ref().map(|amounts| amounts.units.get(row));
            sums.cost += i128::from(units.filter(|&units| units != NO_UNITS).unwrap_or(0));
            for (sum, &(column, numbers)) in sums.others.iter_mut().zip(&numbers) {
                let code = self.texts[column].codes().get(row);
                let units = (code != NO_CODE).then(|| numbers.units.get(code as usize));
                *sum += i128::from(units.filter(|&units| units != NO_UNITS).unwrap_or(0));
            }
            period = self.day_of(row).map_or(period, |day| {
                Some(period.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
            });
        }
        (period, by_key)
    }

    /// The column of texts that has most of the channels' names, with what each of its values came to in the period.
    fn revenues(
        &self,
        channels: &BTreeMap<String, Sums>,
        period: Option<(Day, Day)>,
        choices: Choices,
    ) -> (Option<String>, Option<BTreeMap<String, Money>>) {
        let mut best: Option<(usize, usize, &str)> = None;
        for column in self
            .attributes
            .iter()
            .filter(|column| column.numbers().is_none())
        {
            let names = self.texts[column.place()].names();
            let values = (0..names.len() as u32).map(|code| key(&names.get(code)));
            let n_shared = values.filter(|value| channels.contains_key(value)).count();
            if n_shared > best.map_or(0, |(n_shared, ..)| n_shared) {
                best = Some((n_shared, column.place(), column.header()));
            }
        }
        let Some((_, column, header)) = best else {
            return (None, None);
        };
        let column = &self.texts[column];
        let scale = self.amounts.as_ref().map_or(0, |amounts| amounts.scale);
        let mut by_code = vec![0_i128; column.names().len()];
        for row in (0..self.n_rows).filter(|&row| self.counts(row, choices)) {
            let code = column.codes().get(row);
            let is_within = self.day_of(row).zip(period);
            let is_within =
                is_within.is_some_and(|(day, (first, last))| first <= day && day <= last);
            let units = self.amounts.as_ref().map(|amounts| amounts.units.get(row));
            if let Some(units) =
                units.filter(|&units| is_within && code != NO_CODE && units != NO_UNITS)
            {
                by_code[code as usize] += i128::from(units);
            }
        }
        let mut by_key: BTreeMap<String, Money> = BTreeMap::new();
        for (code, units) in (0..).zip(by_code) {
            let sum = by_key
                .entry(key(&column.names().get(code)))
                .or_insert(Money::new(0, scale));
            *sum += Money::new(units, scale);
        }
        (Some(header.to_owned()), Some(by_key))
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

/// What a channel's name is known by: `Naver` is `naver`.
fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

//! What customers were given back for purchases that count, from rows that are left out as returned.
//!
//! A return keeps its own day: before it nobody knew of it. Its row stays in the bucket of returned rows. What a customer
//! is given back never exceeds what they have paid by that moment: the rest is of purchases that the file does not have.
//! A return of an order that is left out itself, since its state or its mark says so, takes nothing off the others.

use std::collections::VecDeque;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::super::columns::{Blocks, NO_CODE, NO_DAY, NO_UNITS, Narrow, TextColumn};
use super::super::{Choices, Day, Money, Reason, ReasonSet, Returned, Returns, TableKind};
use super::Table;
use super::customers::Customers;

/// What a row is for the account of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// It is of an order that is left out as returned as a whole.
    LeftOut,
    /// It gives money back.
    Return,
}

/// A row of a return, or of an order that is left out; in the order of the account of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Move {
    pub(super) customer: u32,
    pub(super) day: i32,
    seconds: u32,
    kind: Kind,
    /// Money, below zero for a return.
    pub(super) units: i64,
    order: u32,
}

impl Move {
    const fn moment(&self) -> (i32, u32) {
        (self.day, self.seconds)
    }
}

/// Rows by the code of their customer: those of code `c` are `rows[starts[c]..starts[c + 1]]`, in the file's order.
struct RowsByCode {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

/// What rows with one set of reasons are for the accounts.
#[derive(Clone, Copy)]
enum Place {
    /// Nothing.
    None,
    Counts,
    /// Left out as returned and for nothing else.
    Returned,
}

impl Table {
    /// What is taken off under `choices`; nothing where they do not say so.
    pub(super) fn returns(&self, customers: &Customers, choices: Choices) -> Returns {
        let choices = self.effective(choices);
        if !choices.nets_returns() {
            return Returns::default();
        }
        let of = |one: Move| {
            let customer = customers.of_code.get(one.customer as usize).copied();
            (customer.unwrap_or(NO_CODE), one.day, one.units)
        };
        let all = self.given_back(choices).into_iter().map(of);
        let mut all: Vec<(u32, i32, i64)> = all.filter(|one| one.0 != NO_CODE).collect();
        all.sort_unstable();
        by_customer(&all, customers.names.len())
    }

    /// How many rows can be taken off, with their money, and what of it the usual as-of date does not know yet.
    pub(super) fn returned(&self, choices: Choices) -> Returned {
        let all = self.given_back(choices);
        let usual = self.last_day_used(choices).map_or(NO_DAY, |day| day + 1);
        let late = all.iter().filter(|one| one.day > usual);
        let scale = self.amounts.as_ref().map_or(0, |amounts| amounts.scale);
        let sum = |all: &mut dyn Iterator<Item = &Move>| {
            Money::new(all.map(|one| i128::from(one.units)).sum(), scale)
        };
        Returned {
            n_rows: all.len() as u64,
            money: sum(&mut all.iter()),
            n_late_rows: late.clone().count() as u64,
            late_money: sum(&mut late.clone()),
        }
    }

    /// The last day of a row that counts; `None` where none has one.
    fn last_day_used(&self, choices: Choices) -> Option<i32> {
        let days = self.days.as_ref()?;
        let counts = |bits: u16| choices.bucket_of(ReasonSet::from_bits(bits)).is_none();
        let used = self.reasons.iter().enumerate();
        let used = used.filter(|&(_, bits)| counts(bits));
        let days = used.map(|(row, _)| days.get(row));
        days.filter(|&day| day != NO_DAY).max()
    }

    /// The returns whose money can be taken off, by the code of their customer and in the order of time.
    pub(super) fn given_back(&self, choices: Choices) -> Vec<Move> {
        let column = self
            .roles
            .customer
            .filter(|_| self.kind == TableKind::Orders);
        let (Some(customers), Some(amounts), Some(days)) = (column, &self.amounts, &self.days)
        else {
            return Vec::new();
        };
        let columns = AccountColumns {
            places: places_under(choices),
            reasons: &self.reasons,
            customers: &self.texts[customers],
            days,
            seconds: self.seconds.as_ref(),
            units: &amounts.units,
            orders: self.roles.order.map(|column| self.texts[column].codes()),
        };
        let mut given_back = Vec::new();
        if let Some(rows) = columns.rows_of_returners() {
            let mut account = Account::default();
            for (customer, bounds) in (0..).zip(rows.starts.windows(2)) {
                let own = &rows.rows[bounds[0] as usize..bounds[1] as usize];
                if !own.is_empty() {
                    columns.read_account(customer, own, &mut account);
                    account.take_back(&mut given_back);
                }
            }
        }
        given_back
    }
}

/// By set of reasons, what its rows are.
fn places_under(choices: Choices) -> Vec<Place> {
    let place = |bits: u16| {
        let reasons = ReasonSet::from_bits(bits);
        if choices.bucket_of(reasons).is_none() {
            Place::Counts
        } else if choices.only_returned(reasons) {
            Place::Returned
        } else {
            Place::None
        }
    };
    (0..1 << Reason::ALL.len()).map(place).collect()
}

/// The columns that accounts are made of.
struct AccountColumns<'a> {
    places: Vec<Place>,
    reasons: &'a Blocks<u16>,
    customers: &'a TextColumn,
    days: &'a Narrow<i32>,
    seconds: Option<&'a Narrow<u32>>,
    units: &'a Narrow<i64>,
    orders: Option<&'a Narrow<u32>>,
}

impl AccountColumns<'_> {
    /// What customers with returns have bought and given back; `None` where nobody has returned anything.
    fn rows_of_returners(&self) -> Option<RowsByCode> {
        let returners = self.returners()?;
        let n_codes = returners.len();
        let mut starts = vec![0_u32; n_codes + 1];
        self.each_block(|_, block| block.count(&returners, &mut starts[1..]));
        for code in 0..n_codes {
            starts[code + 1] += starts[code];
        }
        let mut rows = vec![0; starts[n_codes] as usize];
        let mut next = starts.clone();
        self.each_block(|first_row, block| {
            block.place(first_row, &returners, &mut next, &mut rows);
        });
        Some(RowsByCode { starts, rows })
    }

    /// By code whether the customer has returned something.
    fn returners(&self) -> Option<Vec<bool>> {
        let mut returners = vec![false; self.customers.names().len()];
        for (row, bits) in self.reasons.iter().enumerate() {
            if matches!(self.places[usize::from(bits)], Place::Returned) && self.units.get(row) < 0
            {
                let code = self.customers.codes().get(row) as usize;
                if let Some(returner) = returners.get_mut(code) {
                    *returner |= self.units.get(row) != NO_UNITS;
                }
            }
        }
        returners.contains(&true).then_some(returners)
    }

    /// Gives the rows block by block, each with the number of its first row.
    fn each_block(&self, mut take: impl FnMut(usize, RowsOfBlock<'_>)) {
        let mut first_row = 0;
        for (reasons, codes) in self.reasons.blocks().zip(self.customers.codes().blocks()) {
            let places = &self.places;
            let block = RowsOfBlock {
                places,
                reasons,
                codes: &codes,
            };
            take(first_row, block);
            first_row += reasons.len();
        }
    }

    /// Puts the rows of one customer in the order of time.
    fn read_account(&self, customer: u32, rows: &[u32], account: &mut Account) {
        account.purchases.clear();
        account.others.clear();
        for row in rows.iter().map(|&row| row as usize) {
            let day = self.days.get(row);
            let seconds = self.seconds.map_or(0, |seconds| seconds.get(row));
            let units = self.units.get(row);
            let place = self.places[usize::from(self.reasons.get(row))];
            let kind = match place {
                _ if day == NO_DAY || units == NO_UNITS => continue,
                Place::Counts if units >= 0 => {
                    account.purchases.push(((day, seconds), units));
                    continue;
                }
                Place::Returned if units >= 0 => Kind::LeftOut,
                _ => Kind::Return,
            };
            account.others.push(Move {
                customer,
                day,
                seconds,
                kind,
                units,
                order: self.orders.map_or(NO_CODE, |orders| orders.get(row)),
            });
        }
        if !account.purchases.is_sorted_by_key(|&(moment, _)| moment) {
            account
                .purchases
                .sort_unstable_by_key(|&(moment, _)| moment);
        }
        account.others.sort_unstable();
    }
}

/// A block of rows; browsers compile what is called again and again better than one long loop.
struct RowsOfBlock<'a> {
    places: &'a [Place],
    reasons: &'a [u16],
    codes: &'a [u32],
}

impl RowsOfBlock<'_> {
    /// Counts the rows of customers who have returned something, by code.
    #[inline(never)]
    fn count(&self, returners: &[bool], n_rows: &mut [u32]) {
        for (&bits, &code) in self.reasons.iter().zip(self.codes) {
            if self.is_of(bits, code, returners) {
                n_rows[code as usize] += 1;
            }
        }
    }

    /// Puts the rows of such customers where they belong in `rows`; `next` is the next place by code.
    #[inline(never)]
    fn place(&self, first_row: usize, returners: &[bool], next: &mut [u32], rows: &mut [u32]) {
        for (row, (&bits, &code)) in (first_row..).zip(self.reasons.iter().zip(self.codes)) {
            if self.is_of(bits, code, returners) {
                let place = &mut next[code as usize];
                rows[*place as usize] = row as u32;
                *place += 1;
            }
        }
    }

    #[inline(always)]
    fn is_of(&self, bits: u16, code: u32, returners: &[bool]) -> bool {
        !matches!(self.places[usize::from(bits)], Place::None)
            && returners.get(code as usize) == Some(&true)
    }
}

/// What one customer has bought and given back, in the order of time.
#[derive(Default)]
struct Account {
    /// Moments and money of purchases that count.
    purchases: Vec<((i32, u32), i64)>,
    /// Returns, and purchases of orders that are left out.
    others: Vec<Move>,
}

impl Account {
    /// Adds the returns that are covered by what had been paid by then.
    fn take_back(&self, given_back: &mut Vec<Move>) {
        let mut balance = 0_i64;
        let mut purchases = self.purchases.iter().peekable();
        let was_never_paid = self.returns_of_left_out();
        for (one, was_never_paid) in self.others.iter().zip(was_never_paid) {
            if one.kind != Kind::Return || was_never_paid {
                continue;
            }
            while let Some((_, units)) = purchases.next_if(|own| own.0 <= one.moment()) {
                balance = balance.saturating_add(*units);
            }
            if balance.saturating_add(one.units) >= 0 {
                balance += one.units;
                given_back.push(*one);
            }
        }
    }

    /// Of the others, returns of orders that are left out as a whole: what is given back for them was never paid. Each
    /// such row has one return behind it: one of its order, or else one of its amount.
    fn returns_of_left_out(&self) -> Vec<bool> {
        let mut is_matched = vec![false; self.others.len()];
        if !self.others.iter().any(|one| one.kind == Kind::LeftOut) {
            return is_matched;
        }
        let order = |one: &Move| (one.order != NO_CODE).then_some(i64::from(one.order));
        self.pair_up(&mut is_matched, &order);
        self.pair_up(&mut is_matched, &|one| Some(one.units.saturating_abs()));
        is_matched
    }

    /// Marks each return that comes behind a row that is left out with the same key, and that row; neither was marked.
    fn pair_up(&self, is_matched: &mut [bool], key: &dyn Fn(&Move) -> Option<i64>) {
        let mut waiting: HashMap<i64, VecDeque<usize>, FixedState> = HashMap::default();
        for (place, one) in self.others.iter().enumerate() {
            let Some(key) = key(one).filter(|_| !is_matched[place]) else {
                continue;
            };
            if one.kind == Kind::LeftOut {
                waiting.entry(key).or_default().push_back(place);
            } else if let Some(left_out) = waiting.get_mut(&key).and_then(VecDeque::pop_front) {
                (is_matched[left_out], is_matched[place]) = (true, true);
            }
        }
    }
}

/// Returns in the order of customers and days.
fn by_customer(all: &[(u32, i32, i64)], n_customers: usize) -> Returns {
    let mut starts = vec![0_u32; n_customers + 1];
    for &(customer, ..) in all {
        starts[customer as usize + 1] += 1;
    }
    for customer in 0..n_customers {
        starts[customer + 1] += starts[customer];
    }
    Returns {
        starts,
        days: all
            .iter()
            .map(|&(_, day, _)| Day::from_number(day))
            .collect(),
        amounts: all.iter().map(|&(.., units)| -units).collect(),
    }
}

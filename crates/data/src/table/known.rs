//! What the table knows of its columns: their roles and kinds, and the texts of those that are texts.

use super::super::columns::{NO_CODE, NO_UNITS, TextColumn};
use super::super::plan::{CellPlan, Quantity};
use super::super::values::decimal;
use super::super::{ColumnType, Names, Reason, ReasonSet, Role, TableKind, places_in_order};
use super::Table;

/// The most texts that are looked at for their spelling.
const MOST_SPELLINGS: usize = 5_000;
/// How many of the most frequent texts are named.
const N_EXAMPLES: usize = 3;
/// The fewest orders of several lines that say what an amount is.
const FEWEST_ORDERS: u64 = 10;

/// A column as the table knows it.
#[derive(Clone, Debug)]
pub(in super::super) struct KnownColumn {
    pub(in super::super) role: Option<Role>,
    pub(in super::super) kind: ColumnType,
    /// Of a column of ids or texts that was kept.
    pub(in super::super) texts: Option<KnownTexts>,
}

/// The texts of a column.
#[derive(Clone, Debug)]
pub(in super::super) struct KnownTexts {
    pub(in super::super) n_distinct: u64,
    /// The most frequent with their rows.
    pub(in super::super) examples: Vec<(String, u64)>,
    /// Rows whose text is a number.
    pub(in super::super) n_numbers: u64,
    /// Texts that are others but for capitals and blanks.
    pub(in super::super) n_spellings: u64,
}

impl Table {
    /// The columns in the table's order.
    pub(in super::super) fn known_columns(&self) -> Vec<KnownColumn> {
        self.cells.iter().map(|&cell| self.known(cell)).collect()
    }

    /// Whether nothing stands in a row.
    pub(in super::super) fn is_blank(&self, row: usize) -> bool {
        self.reasons_of(row).contains(Reason::Blank)
    }

    fn known(&self, cell: CellPlan) -> KnownColumn {
        let role = self.role_of(cell);
        let (kind, place) = match cell {
            CellPlan::Id(place) => (ColumnType::Id, place),
            CellPlan::Text(place) => (self.kind_of_text(place, role), place),
            CellPlan::Date => return bare(role, ColumnType::Date),
            CellPlan::Number(Quantity::Amount | Quantity::Price) => {
                return bare(role, ColumnType::Money);
            }
            CellPlan::Number(_) => return bare(role, ColumnType::Number),
        };
        let texts = &self.texts[place];
        let is_kept = !texts.is_given_up() && !kind.has_range();
        KnownColumn {
            role,
            kind,
            texts: is_kept.then(|| self.known_texts(texts)),
        }
    }

    pub(super) fn role_of(&self, cell: CellPlan) -> Option<Role> {
        let is_customers = self.kind == TableKind::Customers;
        let roles = &self.roles;
        match cell {
            CellPlan::Date if is_customers => Some(Role::LastDate),
            CellPlan::Date => Some(Role::Date),
            CellPlan::Number(Quantity::Amount) => Some(Role::Amount),
            CellPlan::Number(Quantity::Pieces) => Some(Role::Quantity),
            CellPlan::Number(Quantity::Price) => Some(Role::Price),
            CellPlan::Number(Quantity::RecencyDays) => Some(Role::RecencyDays),
            CellPlan::Number(Quantity::Orders) => Some(Role::Orders),
            CellPlan::Id(place) | CellPlan::Text(place) => {
                let places = [
                    (roles.customer, Role::Customer),
                    (roles.order, Role::Order),
                    (roles.product, Role::Product),
                    (roles.category, Role::Category),
                    (roles.status, Role::Status),
                ];
                let mut places = places.into_iter();
                places
                    .find(|(own, _)| *own == Some(place))
                    .map(|(_, role)| role)
            }
        }
    }

    /// A further column holds numbers where it can be a feature, days where nine in ten are days, and ids where as
    /// many are numbers that name something.
    fn kind_of_text(&self, place: usize, role: Option<Role>) -> ColumnType {
        let column = &self.texts[place];
        if role.is_some() || column.is_given_up() {
            return ColumnType::Text;
        }
        let mut attributes = self.attributes.iter();
        let own = attributes.find(|attribute| attribute.place() == place);
        if own.is_some_and(|own| own.numbers().is_some()) {
            return ColumnType::Number;
        }
        let n_rows = n_rows_of(column);
        let n_filled: u64 = n_rows.iter().sum();
        let Some(forms) = self.files.first().map(|file| file.forms) else {
            return ColumnType::Text;
        };
        let is_most = |n: u64| n_filled > 0 && n * 10 >= n_filled * 9;
        let names = column.names();
        if is_most(n_rows_where(names, &n_rows, &|text| {
            decimal(text, forms.decimal_mark).is_some()
        })) {
            return ColumnType::Id;
        }
        if is_most(n_rows_where(names, &n_rows, &|text| {
            forms.day(text).is_some()
        })) {
            return ColumnType::Date;
        }
        ColumnType::Text
    }

    fn known_texts(&self, column: &TextColumn) -> KnownTexts {
        let names = column.names();
        let n_rows = n_rows_of(column);
        let mark = self.files.first().map(|file| file.forms.decimal_mark);
        let is_number = |text: &[u8]| mark.is_some_and(|mark| decimal(text, mark).is_some());
        KnownTexts {
            n_distinct: names.len() as u64,
            examples: most_frequent(names, &n_rows),
            n_numbers: n_rows_where(names, &n_rows, &is_number),
            n_spellings: n_spellings(names),
        }
    }

    /// In how many orders of several lines all lines have the same amount; 0 where that is not the case in nine of ten
    /// such orders, or where all have one amount.
    pub(in super::super) fn n_order_totals(&self) -> u64 {
        let (Some(column), Some(amounts)) = (self.roles.order, &self.amounts) else {
            return 0;
        };
        let orders = &self.texts[column];
        let is_usual = |bits: u16| {
            let reasons = ReasonSet::from_bits(bits);
            !reasons.contains(Reason::Duplicate) && !reasons.contains(Reason::Returned)
        };
        let mut seen = vec![(NO_UNITS, 0_u32, true); orders.names().len()];
        let rows = orders.codes().iter().zip(amounts.units.iter());
        for ((code, units), bits) in rows.zip(self.reasons.iter()) {
            let Some(order) = seen.get_mut(code as usize) else {
                continue;
            };
            if units != NO_UNITS && units != 0 && is_usual(bits) {
                let first = if order.1 == 0 { units } else { order.0 };
                *order = (first, order.1 + 1, order.2 && first == units);
            }
        }
        let several = || seen.iter().filter(|(_, n_lines, _)| *n_lines > 1);
        let alike = || several().filter(|(.., is_alike)| *is_alike);
        let (n_several, n_alike) = (several().count() as u64, alike().count() as u64);
        let first = alike().next().map(|order| order.0);
        let differ = alike().any(|order| Some(order.0) != first);
        let is_total = n_several >= FEWEST_ORDERS && n_alike * 10 >= n_several * 9 && differ;
        if is_total { n_alike } else { 0 }
    }
}

fn bare(role: Option<Role>, kind: ColumnType) -> KnownColumn {
    KnownColumn {
        role,
        kind,
        texts: None,
    }
}

/// By number of a text its rows.
pub(super) fn n_rows_of(column: &TextColumn) -> Vec<u64> {
    let mut n_rows = vec![0_u64; column.names().len()];
    for codes in column.codes().blocks() {
        count(&codes, &mut n_rows);
    }
    n_rows
}

#[inline(never)]
fn count(codes: &[u32], n_rows: &mut [u64]) {
    for &code in codes.iter().filter(|&&code| code != NO_CODE) {
        n_rows[code as usize] += 1;
    }
}

fn n_rows_where(names: &Names, n_rows: &[u64], is_meant: &dyn Fn(&[u8]) -> bool) -> u64 {
    let rows = (0..).zip(n_rows);
    let meant = rows.filter(|(code, _)| is_meant(names.bytes_of(*code)));
    meant.map(|(_, n)| n).sum()
}

/// The most frequent texts; of equally frequent ones the first in byte order.
fn most_frequent(names: &Names, n_rows: &[u64]) -> Vec<(String, u64)> {
    let mut best: Vec<u32> = Vec::new();
    let is_ahead = |one: u32, other: u32| {
        let by_rows = n_rows[one as usize].cmp(&n_rows[other as usize]);
        by_rows
            .then_with(|| names.bytes_of(other).cmp(names.bytes_of(one)))
            .is_gt()
    };
    for code in 0..names.len() as u32 {
        let place = best.iter().take_while(|&&other| !is_ahead(code, other));
        let place = place.count();
        if place < N_EXAMPLES {
            best.insert(place, code);
            best.truncate(N_EXAMPLES);
        }
    }
    let example = |&code: &u32| (names.get(code).into_owned(), n_rows[code as usize]);
    best.iter().map(example).collect()
}

/// How many texts come after another one that says the same but for capitals and blanks.
fn n_spellings(names: &Names) -> u64 {
    if names.len() > MOST_SPELLINGS {
        return 0;
    }
    let plain = |code: u32| {
        let text = names.get(code).to_lowercase();
        text.split_whitespace().collect::<String>()
    };
    let plain: Vec<String> = (0..names.len() as u32).map(plain).collect();
    let order = places_in_order(plain.len(), &|one, other| plain[one].cmp(&plain[other]));
    let same = order.windows(2);
    same.filter(|pair| plain[pair[0]] == plain[pair[1]]).count() as u64
}

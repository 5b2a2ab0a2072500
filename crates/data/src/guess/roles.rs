//! Which column has which role: by header and, where no header says so, by content.

use std::collections::BTreeMap;

use super::super::values::decimal;
use super::super::{Column, ColumnKind, DecimalMark, Preview, Role, TableKind, places_in_order};
use super::headers::{Headers, plain};

/// More than the length of any list of names.
const STEP: i32 = 1_000;

/// Pairs of a role and a column with how well they go together.
pub(super) struct Candidates {
    /// Score, role, column; the best first.
    pairs: Vec<(i32, Role, usize)>,
}

impl Candidates {
    /// All pairs that the headers allow.
    pub(super) fn new(columns: &[Column], table: TableKind) -> Self {
        let names = Headers::read();
        let headers: Vec<String> = columns.iter().map(|column| plain(&column.header)).collect();
        let said = names.said_by_others(&headers);
        let mut pairs = Vec::new();
        for (place, column) in columns.iter().enumerate() {
            for &role in Role::of(table) {
                let is_said = said.contains(&(headers[place].as_str(), role)) && fits(role, column);
                let by_others = is_said.then_some(3 * STEP);
                let score = by_others.or_else(|| score_of(&names, role, &headers[place], column));
                pairs.extend(score.map(|score| (score, role, place)));
            }
        }
        let key = |place: usize| {
            let (score, role, column) = pairs[place];
            (-score, role, column)
        };
        let order = places_in_order(pairs.len(), &|a, b| key(a).cmp(&key(b)));
        Self {
            pairs: order.into_iter().map(|place| pairs[place]).collect(),
        }
    }

    /// The best pairs, each role and each column once.
    pub(super) fn assigned(&self) -> BTreeMap<Role, usize> {
        self.assigned_above(0)
    }

    /// The same, of headers alone that say a role by themselves and of columns whose content agrees.
    pub(super) fn assigned_exactly(&self) -> BTreeMap<Role, usize> {
        self.assigned_above(2 * STEP)
    }

    fn assigned_above(&self, least: i32) -> BTreeMap<Role, usize> {
        let mut roles = BTreeMap::new();
        for &(score, role, place) in &self.pairs {
            let is_taken = roles.contains_key(&role) || roles.values().any(|&taken| taken == place);
            if score > least && !is_taken {
                roles.insert(role, place);
            }
        }
        roles
    }
}

/// Three steps for a name whose content agrees, two for a part of a name, one for a name alone; half a step less for an
/// empty column, so that one with values goes before it whatever they are called.
fn score_of(names: &Headers, role: Role, header: &str, column: &Column) -> Option<i32> {
    let rank = |names: &[String], is_match: &dyn Fn(&String) -> bool| {
        let rank = names.iter().position(is_match);
        rank.map(|rank| rank as i32)
    };
    let fits = fits(role, column);
    if let Some(rank) = rank(names.names(role), &|name| header == name) {
        let steps = if fits { 3 } else { 1 };
        let is_empty = column.kind == ColumnKind::Empty;
        return Some(steps * STEP - rank - i32::from(is_empty) * STEP / 2);
    }
    if !fits || names.is_never(header) {
        return None;
    }
    let rank = rank(names.parts(role), &|part| header.contains(part.as_str()));
    rank.map(|rank| 2 * STEP - rank)
}

/// Whether a column's content can be that of a role.
fn fits(role: Role, column: &Column) -> bool {
    let is_empty = column.kind == ColumnKind::Empty;
    match role {
        Role::Date | Role::LastDate => {
            is_empty || column.kind == ColumnKind::Date || column.date_numbers.is_some()
        }
        Role::Amount | Role::Quantity | Role::Price | Role::RecencyDays | Role::Orders => {
            is_empty || column.kind == ColumnKind::Number
        }
        Role::UnitCost => is_empty || column.kind == ColumnKind::Number,
        // A margin may be written in percent, which is no plain number.
        Role::Customer
        | Role::Product
        | Role::Category
        | Role::Status
        | Role::Margin
        | Role::Tags => column.kind != ColumnKind::Date,
        // Some order numbers begin with a date and read as one.
        Role::Order => true,
    }
}

/// Whether no value of a column comes twice, as far as distinct values are counted.
pub(super) fn is_unique(column: &Column) -> bool {
    column.n_filled > 0 && column.n_distinct >= column.n_filled.min(1_000)
}

/// The column that is called the date of an order, whatever is in it.
pub(super) fn undated(columns: &[Column]) -> Option<usize> {
    let headers = Headers::read();
    let (names, parts) = (headers.names(Role::Date), headers.parts(Role::Date));
    columns.iter().position(|column| {
        let header = plain(&column.header);
        let is_part = || parts.iter().any(|part| header.contains(part.as_str()));
        names.contains(&header) || !headers.is_never(&header) && is_part()
    })
}

/// Fills roles that no header pointed to. Without a header much is taken from the values; with one only the date
/// and an id, for a wrong amount is worse than none.
pub(super) fn by_content(preview: &Preview, roles: &mut BTreeMap<Role, usize>) {
    let columns = &preview.columns;
    let has_header = preview.guess.dialect.has_header;
    let first = |roles: &BTreeMap<Role, usize>, is_wanted: &dyn Fn(&Column) -> bool| {
        (0..columns.len()).find(|&place| {
            !roles.values().any(|&taken| taken == place) && is_wanted(&columns[place])
        })
    };
    if !roles.contains_key(&Role::Date) {
        let place = first(roles, &|column| column.kind == ColumnKind::Date);
        let place = place.or_else(|| {
            let named = undated(columns)?;
            let is_taken = roles.values().any(|&taken| taken == named);
            (!is_taken).then_some(named)
        });
        roles.extend(place.map(|place| (Role::Date, place)));
    }
    if !roles.contains_key(&Role::Customer) {
        let headers = Headers::read();
        let place = first(roles, &|column| {
            let is_named = headers.may_be_id(&plain(&column.header));
            let is_value = matches!(column.kind, ColumnKind::Text | ColumnKind::Number);
            is_value && (is_named || !has_header)
        });
        roles.extend(place.map(|place| (Role::Customer, place)));
    }
    if !has_header && columns.len() <= 6 {
        numbers_by_content(preview, roles);
    }
}

/// The last number is the amount; one of small whole numbers before it the quantity.
fn numbers_by_content(preview: &Preview, roles: &mut BTreeMap<Role, usize>) {
    let numbers: Vec<usize> = (0..preview.columns.len())
        .filter(|&place| preview.columns[place].kind == ColumnKind::Number)
        .filter(|place| !roles.values().any(|taken| taken == place))
        .collect();
    let with_fraction = numbers.iter().rev().find(|&&place| {
        let values = values_of(preview, place);
        values.iter().any(|&(_, scale)| scale > 0)
    });
    let Some(&amount) = with_fraction.or(numbers.last()) else {
        return;
    };
    roles.entry(Role::Amount).or_insert(amount);
    let is_count = |&&place: &&usize| {
        let values = values_of(preview, place);
        let small = |&(units, scale): &(i64, u8)| scale == 0 && (-100..=100).contains(&units);
        place != amount && !values.is_empty() && values.iter().all(small)
    };
    if let Some(&quantity) = numbers.iter().rev().find(is_count) {
        roles.entry(Role::Quantity).or_insert(quantity);
    }
}

fn values_of(preview: &Preview, place: usize) -> Vec<(i64, u8)> {
    let mark: DecimalMark = preview.guess.decimal_mark;
    let cells = preview.rows.iter().filter_map(|row| row.get(place));
    cells
        .filter_map(|cell| decimal(cell.trim().as_bytes(), mark))
        .map(|number| (number.units, number.scale))
        .collect()
}

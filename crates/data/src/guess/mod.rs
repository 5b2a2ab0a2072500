//! What the columns of a file probably mean: by their headers first, then by what is in them.
//!
//! Invariant: a guess is a function of what the head of the file shows; a person confirms or corrects it.

mod headers;
mod measures;
mod roles;

use std::collections::BTreeMap;

use super::{BetterCustomer, Column, ColumnKind, Currency, Mapping, Preview, Role, TableKind};
pub(super) use headers::Headers;
use headers::plain;
pub(super) use measures::{COST, Measure};
use roles::{Candidates, is_unique};

/// What a table of customers says of their orders.
const SUMS: [Role; 3] = [Role::RecencyDays, Role::LastDate, Role::Orders];

/// The mapping that `preview` suggests, of the table kind that it suggests.
pub(super) fn mapping(preview: &Preview) -> Mapping {
    mapping_as(preview, table_kind(preview))
}

/// The mapping that `preview` suggests for a table of this kind.
pub(super) fn mapping_as(preview: &Preview, table: TableKind) -> Mapping {
    let mut roles = Candidates::new(&preview.columns, table).assigned();
    if table == TableKind::Orders {
        roles::by_content(preview, &mut roles);
    }
    // What another column's dates show is no answer for a date column that reads both ways.
    let must_ask = roles
        .iter()
        .any(|(role, &place)| role.is_date() && preview.columns[place].has_ambiguous_dates);
    let numbers = roles.iter().filter(|(role, _)| role.is_date());
    let date_numbers = numbers.filter_map(|(_, &place)| preview.columns[place].date_numbers);
    Mapping {
        table,
        date_numbers: date_numbers.min_by_key(|form| *form as u8),
        date_order: preview.guess.date_order.filter(|_| !must_ask),
        currency: currency(preview, &roles),
        roles: named(&preview.columns, roles),
        ..preview.guess.clone()
    }
}

/// What the amounts, or the prices, are in.
fn currency(preview: &Preview, roles: &BTreeMap<Role, usize>) -> Option<Currency> {
    let place = *roles
        .get(&Role::Amount)
        .or_else(|| roles.get(&Role::Price))?;
    let cells = preview.rows.iter().filter_map(|row| row.get(place));
    Currency::of_column(&preview.columns[place].header, cells.map(String::as_str))
}

/// A column that says who bought in more rows than `customer` does, where that is blank in more than a twentieth of the
/// rows seen: addresses, phone numbers and ids that fill at least half of the blanks, the fullest first. The gaps of the other
/// are counted as if they all lay there, so that no pair of cells has to be looked at.
pub(super) fn better_customer(preview: &Preview, mapping: &Mapping) -> Option<BetterCustomer> {
    let n_rows_seen = preview.n_rows_seen;
    let blanks = |column: &Column| n_rows_seen.saturating_sub(column.n_filled);
    let customer = mapping.roles.get(&Role::Customer)?;
    let own = (preview.columns.iter()).find(|column| column.header == *customer)?;
    let n_blank = blanks(own);
    if mapping.table != TableKind::Orders || n_blank * 20 <= n_rows_seen {
        return None;
    }
    let names = Headers::read();
    let has_role = |column: &Column| mapping.roles.values().any(|taken| *taken == column.header);
    let others = preview.columns.iter().enumerate();
    let others = others.filter(|(_, column)| {
        !has_role(column) && blanks(column) * 2 <= n_blank && names.identifies(&column.header)
    });
    // One shop's own number, the same in all rows, is nobody's.
    let mut many =
        others.filter(|(_, column)| column.n_distinct * 20 >= column.n_filled.min(1_000));
    let first = many.next()?;
    let (_, other) = many.fold(first, |best, next| {
        if blanks(next.1) < blanks(best.1) {
            next
        } else {
            best
        }
    });
    Some(BetterCustomer {
        own: customer.clone(),
        other: other.header.clone(),
        n_rows_seen,
        n_blank,
        n_other_blank: blanks(other),
    })
}

/// A column without a role of what was given back of orders, where there is a column of amounts and it is not always the
/// same: nothing takes it off.
pub(super) fn given_back<'a>(preview: &'a Preview, mapping: &Mapping) -> Option<&'a str> {
    let has_amounts = mapping.roles.contains_key(&Role::Amount);
    if mapping.table != TableKind::Orders || !has_amounts {
        return None;
    }
    let names = Headers::read();
    let has_role = |column: &Column| mapping.roles.values().any(|taken| *taken == column.header);
    let mut columns = preview.columns.iter();
    let found = columns.find(|column| {
        let is_money = column.kind == ColumnKind::Number && column.n_distinct > 1;
        is_money && !has_role(column) && names.rank("given back", &column.header).is_some()
    });
    found.map(|column| column.header.as_str())
}

/// The columns of a table of advertising spend: a cost with a day, and nothing that names a customer or an order.
pub(super) fn spend(columns: &[Column]) -> Option<BTreeMap<Role, String>> {
    let names = Headers::read();
    let orders = Candidates::new(columns, TableKind::Orders).assigned_exactly();
    if orders.contains_key(&Role::Customer) || orders.contains_key(&Role::Order) {
        return None;
    }
    let mut costs = columns.iter().filter(|column| {
        let is_cost = names.is_cost(&plain(&column.header));
        is_cost && !matches!(names.measure(&column.header), Measure::Rate(_))
    });
    let cost = costs.find(|column| column.kind == ColumnKind::Number)?;
    let date = of_kind(columns, ColumnKind::Date, &|_| true)?;
    let channel = of_kind(columns, ColumnKind::Text, &|header| {
        names.is_channel(header)
    });
    let channel = channel.or_else(|| of_kind(columns, ColumnKind::Text, &|_| true));
    Some(roles_of([
        (Role::Amount, Some(cost)),
        (Role::Date, Some(date)),
        (Role::Category, channel),
    ]))
}

/// The columns of a log of events: a customer, a time and what was done, and neither money nor an order.
pub(super) fn events(columns: &[Column]) -> Option<BTreeMap<Role, String>> {
    let names = Headers::read();
    let orders = Candidates::new(columns, TableKind::Orders).assigned_exactly();
    let is_of_orders = [Role::Order, Role::Amount, Role::Price, Role::Quantity];
    if is_of_orders.iter().any(|role| orders.contains_key(role)) {
        return None;
    }
    let customer = &columns[*orders.get(&Role::Customer)?];
    let date = of_kind(columns, ColumnKind::Date, &|_| true)?;
    let event = of_kind(columns, ColumnKind::Text, &|header| names.is_event(header))?;
    (event.header != customer.header).then(|| {
        roles_of([
            (Role::Customer, Some(customer)),
            (Role::Date, Some(date)),
            (Role::Category, Some(event)),
        ])
    })
}

/// The columns of a table of products: one that names a product in each row, with its category, cost, margin or tags,
/// and neither a customer nor an order.
pub(super) fn products(columns: &[Column]) -> Option<BTreeMap<Role, String>> {
    let names = Headers::read();
    let orders = Candidates::new(columns, TableKind::Orders).assigned_exactly();
    // A plain `id` may be the product's.
    let customer = orders
        .get(&Role::Customer)
        .map(|&place| plain(&columns[place].header));
    let is_of_somebody = customer.is_some_and(|header| header != "id");
    let is_sold = orders.contains_key(&Role::Date) && orders.contains_key(&Role::Amount);
    if is_of_somebody || is_sold || orders.contains_key(&Role::Order) {
        return None;
    }
    let mut roles = Candidates::new(columns, TableKind::Products).assigned_exactly();
    let says = [Role::Category, Role::UnitCost, Role::Margin, Role::Tags];
    if !says.iter().any(|role| roles.contains_key(role)) {
        return None;
    }
    let is_key = |&place: &usize| {
        let column = &columns[place];
        let n_seen = column.n_filled.min(1_000);
        let has_one_row_each = n_seen > 0 && column.n_distinct * 10 >= n_seen * 8;
        has_one_row_each && names.is_product(&column.header)
    };
    let named = roles.remove(&Role::Product);
    let free = (0..columns.len()).filter(|place| !roles.values().any(|taken| taken == place));
    let keys: Vec<usize> = free.filter(is_key).collect();
    // Two variants may go by one name.
    let mut codes = keys
        .iter()
        .filter(|&&place| names.is_code(&columns[place].header));
    let named = named.filter(|place| keys.contains(place));
    let key = codes.next().copied().or(named).or(keys.first().copied())?;
    roles.insert(Role::Product, key);
    Some(self::named(columns, roles))
}

/// The first column of a kind with such a header.
fn of_kind<'a>(
    columns: &'a [Column],
    kind: ColumnKind,
    is_named: &dyn Fn(&str) -> bool,
) -> Option<&'a Column> {
    let mut found = columns.iter().filter(|column| column.kind == kind);
    found.find(|column| is_named(&plain(&column.header)))
}

fn roles_of(roles: [(Role, Option<&Column>); 3]) -> BTreeMap<Role, String> {
    let named = |(role, column): (Role, Option<&Column>)| Some((role, column?.header.clone()));
    roles.into_iter().filter_map(named).collect()
}

fn named(columns: &[Column], roles: BTreeMap<Role, usize>) -> BTreeMap<Role, String> {
    roles
        .into_iter()
        .map(|(role, place)| (role, columns[place].header.clone()))
        .collect()
}

/// Orders have a date in each row; a table of customers has none, or one row for each of them.
fn table_kind(preview: &Preview) -> TableKind {
    let columns = &preview.columns;
    let candidates = Candidates::new(columns, TableKind::Orders);
    let orders = candidates.assigned_exactly();
    let customers = Candidates::new(columns, TableKind::Customers).assigned_exactly();
    let has = |role: Role| orders.contains_key(&role);
    let has_lines = has(Role::Order) || has(Role::Quantity) || has(Role::Product);
    let has_sums = SUMS.iter().any(|role| customers.contains_key(role));
    let has_dates = columns.iter().any(|column| column.kind == ColumnKind::Date);
    if !has_dates {
        // A column that is called a date and has none is an order file gone wrong.
        let by_name = Candidates::new(columns, TableKind::Customers).assigned();
        let is_called_sums = SUMS.iter().any(|role| by_name.contains_key(role));
        let is_undated = roles::undated(columns).is_some() && !is_called_sums;
        return if has(Role::Order) || is_undated {
            TableKind::Orders
        } else {
            TableKind::Customers
        };
    }
    let customer = orders.get(&Role::Customer).map(|&place| &columns[place]);
    let is_one_each = customer.is_some_and(is_unique);
    let is_large = customer.is_some_and(|column| column.n_filled >= 30);
    if is_one_each && !has_lines && (has_sums || (is_large && !has(Role::Date))) {
        TableKind::Customers
    } else {
        TableKind::Orders
    }
}

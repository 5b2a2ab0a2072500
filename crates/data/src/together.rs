//! Which files go together: more rows of the same table, or a table beside the orders.
//!
//! What a file is, a person or a project may say ([`Said`]); all else is guessed. Invariant: the answer does not hang on
//! the order in which files were given: they are read by name, and which one leads follows from what they are.

use std::collections::BTreeMap;

use super::{
    Column, ColumnKind, DateOrder, Encoding, Mapping, Preview, Role, TableKind, places_in_order,
};

/// What a row of a file is; `None` where the file is not used.
pub type Kind = Option<TableKind>;

/// Which columns have a role.
pub type Roles = BTreeMap<Role, String>;

/// What a person or a project says of a file among others. What is not said is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What its rows are.
    pub kind: Option<Kind>,
    /// Its columns' roles, where it is no more of another file.
    pub roles: Option<Roles>,
    /// How its ambiguous dates are read.
    pub date_order: Option<DateOrder>,
}

/// What a file is among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The one that is read first: its columns are named by the mapping.
    Leading,
    /// More rows of the same table, of which a file of orders may lack columns.
    Appended,
    /// A table of customers, whose columns become those of the customers.
    Joined,
    /// A table of advertising spend, whose channels the orders may name.
    Spend,
    /// A log of what customers did other than to buy: how often becomes columns of theirs.
    Events,
    /// A table of products, whose categories, margins and tags become columns of those who bought them.
    Products,
    /// Said to be what the leading file is, but with other columns.
    OtherColumns,
    /// Said to be a table beside orders, of which there are none.
    NoOrders,
    /// Nothing that goes together with the leading file, as far as it can be guessed.
    Stranger,
    /// Said to be left aside.
    Unused,
}

/// A file in its place among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which of those that were asked about.
    pub place: usize,
    /// What its rows are.
    pub kind: Kind,
    /// What it is among them.
    pub part: Part,
    /// Of a table beside the orders in several files, the place of the first one: this is more of it.
    pub more_of: Option<usize>,
    /// The place of another table of the same kind beside the orders, with other columns.
    pub rival: Option<usize>,
}

impl Part {
    /// The name used in page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Appended => "appended",
            Self::Joined => "joined",
            Self::Spend => "spend",
            Self::Events => "events",
            Self::Products => "products",
            Self::OtherColumns => "other-columns",
            Self::NoOrders => "no-orders",
            Self::Stranger => "stranger",
            Self::Unused => "unused",
        }
    }

    /// Whether it is read beside the leading file as a table of its own.
    pub const fn is_beside(self) -> bool {
        matches!(
            self,
            Self::Joined | Self::Spend | Self::Events | Self::Products
        )
    }

    /// Whether it is read.
    pub const fn is_read(self) -> bool {
        self.is_beside() || matches!(self, Self::Leading | Self::Appended)
    }

    /// What the file of `preview` is beside a leading one if nobody says anything.
    pub fn of(leading: &Preview, preview: &Preview) -> Self {
        beside((leading, Some(leading.guess.table)), (preview, None)).1
    }

    /// How a file with this preview is read beside a leading one that is read by `leading`. What is a matter of its own
    /// text it keeps.
    pub fn mapping(self, leading: &Mapping, preview: &Preview, said: &Said) -> Mapping {
        let guess = &preview.guess;
        let beside = |table: TableKind| Mapping {
            table,
            roles: match (&said.roles, table) {
                (Some(roles), _) => roles.clone(),
                (None, TableKind::Customers) => preview.roles_by_content(table),
                (None, _) => preview.roles_as(table),
            },
            ..Mapping::default()
        };
        let mut mapping = match self {
            Self::Leading => leading.clone(),
            Self::Appended => leading.clone().without_lacking(preview),
            Self::Spend => beside(TableKind::Spend),
            Self::Events => beside(TableKind::Events),
            Self::Products => beside(TableKind::Products),
            _ => beside(TableKind::Customers).of_joined(),
        };
        mapping.dialect = guess.dialect;
        mapping.decimal_mark = guess.decimal_mark;
        mapping.date_numbers = guess.date_numbers;
        mapping.date_order = said.date_order.or(guess.date_order).or(leading.date_order);
        mapping.sheet = None;
        mapping
    }
}

impl Mapping {
    /// This mapping for text in `encoding`.
    #[must_use]
    pub const fn in_encoding(mut self, encoding: Encoding) -> Self {
        self.dialect.encoding = encoding;
        self
    }

    /// This mapping for a file that may lack columns: without those roles that a file of orders can do without.
    #[must_use]
    fn without_lacking(mut self, preview: &Preview) -> Self {
        let has = |header: &String| {
            preview
                .columns
                .iter()
                .any(|column| column.header == *header)
        };
        let needed: Vec<Role> = needed_of_orders(&self.roles).collect();
        let is_of_orders = self.table == TableKind::Orders;
        self.roles
            .retain(|role, header| !is_of_orders || needed.contains(role) || has(header));
        self
    }

    /// This mapping of a table that is joined to another by its customers: all else it has are their attributes.
    #[must_use]
    pub fn of_joined(mut self) -> Self {
        let is_of_customers = self.table == TableKind::Customers;
        self.roles
            .retain(|&role, _| !is_of_customers || role == Role::Customer);
        self
    }
}

impl Preview {
    /// The roles that its columns probably have if somebody says that a row is what `table` says, whatever it looks like:
    /// a first try for a person to correct.
    pub fn roles_as(&self, table: TableKind) -> Roles {
        let known = match table {
            TableKind::Spend => self.spend.clone(),
            TableKind::Events => self.events.clone(),
            TableKind::Products => self.products.clone(),
            _ => (self.guess.table == table).then(|| self.guess.roles.clone()),
        };
        known.unwrap_or_else(|| self.roles_by_content(table))
    }

    fn roles_by_content(&self, table: TableKind) -> Roles {
        let guessed = |role: Role| self.guess.roles.get(&role);
        let customer = self.customer_column.as_ref();
        let mut roles = Roles::new();
        // Customers are told by one column; what a file says of them otherwise stays what it says.
        for &role in Mapping::roles_beside(table) {
            let is_free = |header: &String| !roles.values().any(|taken| taken == header);
            let by_name = match role {
                Role::Customer => customer.or_else(|| guessed(role)),
                _ => guessed(role),
            };
            let kind = match role {
                Role::Date => Some(ColumnKind::Date),
                Role::Amount => Some(ColumnKind::Number),
                Role::Product if table == TableKind::Products => Some(ColumnKind::Text),
                Role::Category if table != TableKind::Orders => Some(ColumnKind::Text),
                _ => None,
            };
            // Numbers that name something mostly stand before those that count.
            let by_content = || {
                let mut columns = self.columns.iter();
                let is_wanted = |column: &&Column| {
                    let header = &column.header;
                    Some(column.kind) == kind && is_free(header) && Some(header) != customer
                };
                let found = match role {
                    Role::Amount => columns.rfind(is_wanted),
                    _ => columns.find(is_wanted),
                };
                found.map(|column| &column.header)
            };
            let by_name = by_name.filter(|header| is_free(header));
            let header = by_name.or_else(by_content).cloned();
            roles.extend(header.map(|header| (role, header)));
        }
        roles
    }

    /// What it probably is beside orders with other columns; `None` where it is nothing that is known.
    pub fn kind_beside_orders(&self) -> Kind {
        if self.products.is_some() {
            return Some(TableKind::Products);
        }
        if self.spend.is_some() {
            return Some(TableKind::Spend);
        }
        if self.events.is_some() {
            return Some(TableKind::Events);
        }
        let key = self.customer_column.as_ref();
        let column = key.and_then(|key| self.columns.iter().find(|one| one.header == *key));
        // What looks like orders must have hardly any customer twice. Distinct values are counted as far as a look goes.
        let n_tenths = match self.guess.table {
            TableKind::Customers => 5,
            _ => 9,
        };
        let has_one_row_each = column.is_some_and(|column| {
            let n_seen = column.n_filled.min(1_000);
            n_seen > 0 && column.n_distinct * 10 >= n_seen * n_tenths
        });
        has_one_row_each.then_some(TableKind::Customers)
    }

    /// Whether it has orders as `first` has, in some of the same columns and no others: those of customer, date and what
    /// was paid among them.
    pub fn lacks_columns_of(&self, first: &Self) -> bool {
        let (own, others) = (headers(self), headers(first));
        let roles = &first.guess.roles;
        let mut needed = needed_of_orders(roles).filter_map(|role| roles.get(&role));
        self.guess.table == TableKind::Orders
            && first.guess.table == TableKind::Orders
            && own.len() < others.len()
            && own.iter().all(|header| others.contains(header))
            && needed.all(|header| own.contains(&header))
    }

    /// Whether it lacks the ids of orders that `first` has: unless a person says so, it may as well be a list of payments
    /// or refunds.
    fn lacks_orders_of(&self, first: &Self) -> bool {
        let order = first.guess.roles.get(&Role::Order);
        order.is_some_and(|order| !headers(self).contains(&order))
    }

    /// Whether it has the columns of `other`, whatever their order.
    pub fn has_columns_of(&self, other: &Self) -> bool {
        headers(self) == headers(other)
    }
}

/// Files with what is said of them, in the order in which they are read: by name, and by size where names are the same.
/// The leading one comes first: of the files of orders the first, or one that has all its columns and more, or the first
/// of those of customers, or of all that are used.
pub fn placed(files: &[(&Preview, Option<Kind>)]) -> Vec<Placed> {
    let key = |place: usize| (&files[place].0.file_name, files[place].0.n_bytes);
    let mut places = places_in_order(files.len(), &|a, b| key(a).cmp(&key(b)));
    let first = |is_wanted: &dyn Fn(Kind) -> bool| {
        let mut kinds = places.iter().map(|&place| own_kind(files[place]));
        kinds.position(is_wanted)
    };
    let of_orders = first(&|kind| kind == Some(TableKind::Orders));
    let leading = of_orders
        .map(|first| widest(files, &places, first))
        .or_else(|| first(&|kind| kind == Some(TableKind::Customers)))
        .or_else(|| first(&|kind| kind.is_some()));
    if let Some(leading) = leading {
        places[..=leading].rotate_right(1);
    }
    let mut placed: Vec<Placed> = Vec::new();
    for place in places {
        placed.push(next_placed(files, &placed, place));
    }
    placed
}

/// In `places` the file of orders that has all columns of the one at `first` and the most besides.
fn widest(files: &[(&Preview, Option<Kind>)], places: &[usize], first: usize) -> usize {
    let mut widest = first;
    for (at, &place) in places.iter().enumerate().skip(first + 1) {
        let (before, (preview, _)) = (files[places[widest]].0, files[place]);
        let is_of_orders = own_kind(files[place]) == Some(TableKind::Orders);
        let lacks_columns = before.lacks_columns_of(preview) && !before.lacks_orders_of(preview);
        if is_of_orders && lacks_columns {
            widest = at;
        }
    }
    widest
}

/// The place of the next file after those that have theirs.
fn next_placed(files: &[(&Preview, Option<Kind>)], placed: &[Placed], place: usize) -> Placed {
    let (preview, said) = files[place];
    let (kind, part) = match placed.first() {
        None => (said.unwrap_or(Some(preview.guess.table)), Part::Leading),
        Some(leading) => beside((files[leading.place].0, leading.kind), files[place]),
    };
    let of_its_kind = |has_same_columns: bool| {
        let is_wanted = |one: &&Placed| {
            let is_first = one.part == part && part.is_beside() && one.more_of.is_none();
            is_first && preview.has_columns_of(files[one.place].0) == has_same_columns
        };
        placed.iter().find(is_wanted).map(|one| one.place)
    };
    let more_of = of_its_kind(true);
    Placed {
        place,
        kind,
        part,
        more_of,
        rival: of_its_kind(false).filter(|_| more_of.is_none()),
    }
}

/// What a file is by itself.
fn own_kind((preview, said): (&Preview, Option<Kind>)) -> Kind {
    let guessed = || {
        let table = match (&preview.products, &preview.spend, &preview.events) {
            (Some(_), _, _) => TableKind::Products,
            (_, Some(_), _) => TableKind::Spend,
            (_, _, Some(_)) => TableKind::Events,
            _ => preview.guess.table,
        };
        Some(table)
    };
    said.unwrap_or_else(guessed)
}

/// What a file is beside a leading one: files with the same columns go on with each other, and a table of customers has
/// one row for each.
fn beside(
    (leading, leading_kind): (&Preview, Kind),
    (preview, said): (&Preview, Option<Kind>),
) -> (Kind, Part) {
    let is_of_orders = leading_kind == Some(TableKind::Orders);
    let is_alike =
        preview.has_columns_of(leading) || is_of_orders && preview.lacks_columns_of(leading);
    let kind = match said {
        Some(kind) => kind,
        None if is_alike && !preview.lacks_orders_of(leading) => leading_kind,
        None if is_of_orders => preview.kind_beside_orders(),
        None => None,
    };
    let part = match kind {
        None if said.is_some() => Part::Unused,
        None => Part::Stranger,
        Some(_) if kind == leading_kind => match is_alike {
            true => Part::Appended,
            false => Part::OtherColumns,
        },
        Some(_) if !is_of_orders => Part::NoOrders,
        Some(TableKind::Spend) => Part::Spend,
        Some(TableKind::Events) => Part::Events,
        Some(TableKind::Products) => Part::Products,
        Some(_) => Part::Joined,
    };
    (kind, part)
}

/// The roles that no file of orders can do without whose columns have `roles`: without an amount, what it comes from.
fn needed_of_orders(roles: &Roles) -> impl Iterator<Item = Role> + use<> {
    let money: &[Role] = match roles.contains_key(&Role::Amount) {
        true => &[Role::Amount],
        false => &[Role::Quantity, Role::Price],
    };
    [Role::Customer, Role::Date]
        .into_iter()
        .chain(money.iter().copied())
}

/// Whether a file is read behind another one into the same table. Of orders there is one table only: a file with other
/// columns is refused there.
pub fn goes_on(first: (&Preview, &Mapping), file: (&Preview, &Mapping)) -> bool {
    let (of_first, mapping) = (first.1, file.1);
    let is_of_orders = mapping.table == TableKind::Orders;
    let is_alike = || of_first.roles == mapping.roles && file.0.has_columns_of(first.0);
    of_first.table == mapping.table && (is_of_orders || is_alike())
}

/// The columns, whatever their order.
fn headers(preview: &Preview) -> Vec<&String> {
    let columns = &preview.columns;
    let header = |place: usize| &columns[place].header;
    let places = places_in_order(columns.len(), &|a, b| header(a).cmp(header(b)));
    places.into_iter().map(header).collect()
}

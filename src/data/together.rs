//! Which files go together: more rows of the same table, or a table of something else beside the orders.
//!
//! Invariant: the answer does not hang on the order in which files were given; they are read by name.

use super::{Encoding, Mapping, Preview, Role, TableKind, places_in_order};

/// What a file is beside the leading one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// More rows of the same table.
    Appended,
    /// A table of customers, whose columns become those of the customers.
    Joined,
    /// A table of advertising spend, whose channels the orders may name.
    Spend,
    /// A log of what customers did other than to buy: how often becomes columns of theirs.
    Events,
    /// A table of products, whose categories, margins and tags become columns of those who bought them.
    Products,
    /// Nothing that goes together with the leading file.
    Stranger,
}

impl Part {
    /// The name used in page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Appended => "appended",
            Self::Joined => "joined",
            Self::Spend => "spend",
            Self::Events => "events",
            Self::Products => "products",
            Self::Stranger => "stranger",
        }
    }

    /// What the file of `preview` is beside a leading one: files with the same columns go on with each other, and a
    /// table of customers has one row for each.
    pub fn of(leading: &Preview, preview: &Preview) -> Self {
        if headers(leading) == headers(preview) {
            return Self::Appended;
        }
        if preview.products.is_some() && leading.guess.table == TableKind::Orders {
            return Self::Products;
        }
        if preview.spend.is_some() && leading.guess.table == TableKind::Orders {
            return Self::Spend;
        }
        if preview.events.is_some() && leading.guess.table == TableKind::Orders {
            return Self::Events;
        }
        let key = preview.customer_column.as_ref();
        let column = key.and_then(|key| preview.columns.iter().find(|one| one.header == *key));
        // What looks like orders must have hardly any customer twice. Distinct values are counted as far as a look goes.
        let n_tenths = match preview.guess.table {
            TableKind::Customers => 5,
            _ => 9,
        };
        let has_one_row_each = column.is_some_and(|column| {
            let n_seen = column.n_filled.min(1_000);
            n_seen > 0 && column.n_distinct * 10 >= n_seen * n_tenths
        });
        match leading.guess.table {
            TableKind::Orders if has_one_row_each => Self::Joined,
            _ => Self::Stranger,
        }
    }

    /// How a file with this preview is read beside a leading one that is read by `leading`. What is a matter of its own
    /// text it keeps. `key` is the column of a joined table that says which customer.
    pub fn mapping(self, leading: &Mapping, preview: &Preview, key: Option<&String>) -> Mapping {
        let guess = &preview.guess;
        let mut mapping = match self {
            Self::Appended => leading.clone(),
            Self::Spend => Mapping {
                table: TableKind::Spend,
                roles: preview.spend.clone().unwrap_or_default(),
                ..Mapping::default()
            },
            Self::Events => Mapping {
                table: TableKind::Events,
                roles: preview.events.clone().unwrap_or_default(),
                ..Mapping::default()
            },
            Self::Products => Mapping {
                table: TableKind::Products,
                roles: preview.products.clone().unwrap_or_default(),
                ..Mapping::default()
            },
            Self::Joined | Self::Stranger => Mapping {
                table: TableKind::Customers,
                roles: key
                    .or(preview.customer_column.as_ref())
                    .map(|key| (Role::Customer, key.clone()))
                    .into_iter()
                    .collect(),
                ..Mapping::default()
            },
        };
        mapping.dialect = guess.dialect;
        mapping.decimal_mark = guess.decimal_mark;
        mapping.date_numbers = guess.date_numbers;
        mapping.date_order = guess.date_order.or(leading.date_order);
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

    /// This mapping of a table that is joined to another by its customers: all else it has are their attributes.
    #[must_use]
    pub fn of_joined(mut self) -> Self {
        let is_of_customers = self.table == TableKind::Customers;
        self.roles
            .retain(|&role, _| !is_of_customers || role == Role::Customer);
        self
    }
}

/// The places of files in the order in which they are read: by name, and by size where names are the same. The leading
/// one comes first: of the files of orders the first, or the first of all.
pub fn reading_order(previews: &[&Preview]) -> Vec<usize> {
    let key = |place: usize| (&previews[place].file_name, previews[place].n_bytes);
    let mut places = places_in_order(previews.len(), &|a, b| key(a).cmp(&key(b)));
    let is_orders = |&place: &usize| {
        let preview = previews[place];
        let others = [&preview.spend, &preview.events, &preview.products];
        let is_other = others.into_iter().any(Option::is_some);
        preview.guess.table == TableKind::Orders && !is_other
    };
    if let Some(leading) = places.iter().position(is_orders) {
        places[..=leading].rotate_right(1);
    }
    places
}

/// The columns, whatever their order.
fn headers(preview: &Preview) -> Vec<&String> {
    let columns = &preview.columns;
    let header = |place: usize| &columns[place].header;
    let places = places_in_order(columns.len(), &|a, b| header(a).cmp(header(b)));
    places.into_iter().map(header).collect()
}

//! What a table beside the orders and the orders do not have in common: customers, products or channels of one side, in
//! byte order.

use serde::{Deserialize, Serialize};

use super::File;
use super::table::{Cell, Table};

/// What is missing on which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Customers with orders and without a row in the joined table.
    Row,
    /// Customers with a row and without orders that count.
    Orders,
    /// Products that were ordered and have no row in the joined table.
    ProductRow,
    /// Products with a row that no order which counts has.
    ProductOrders,
    /// Channels with spend that no order names.
    ChannelOrders,
    /// Channels that orders name and that have no spend.
    ChannelCost,
}

impl Missing {
    /// The name used in files and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Row => "customers-without-row",
            Self::Orders => "customers-without-orders",
            Self::ProductRow => "products-without-row",
            Self::ProductOrders => "products-without-orders",
            Self::ChannelOrders => "channels-without-orders",
            Self::ChannelCost => "channels-without-cost",
        }
    }

    /// The head of the list's column.
    const fn head(self) -> &'static str {
        match self {
            Self::Row | Self::Orders => "customer",
            Self::ProductRow | Self::ProductOrders => "product",
            Self::ChannelOrders | Self::ChannelCost => "channel",
        }
    }
}

/// A list of these.
pub fn file<'a>(missing: Missing, names: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> File {
    let mut table = Table::new([missing.head()]);
    for name in names {
        table.row([Cell::Text(&name)]);
    }
    table.file(&format!("{}.csv", missing.key()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_guarded_and_one_to_a_row() {
        let ids = ["0017", "=cmd"].into_iter().map(Into::into);
        let file = file(Missing::Orders, ids);
        let text = String::from_utf8(file.bytes).unwrap();
        assert_eq!(text, "\u{feff}customer\r\n0017\r\n'=cmd\r\n");
        assert_eq!(file.name, "customers-without-orders.csv");
    }
}

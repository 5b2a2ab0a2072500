//! The customers whom a joined table and the orders do not have in common: their ids, in byte order.

use serde::{Deserialize, Serialize};

use super::File;
use super::table::{Cell, Table};

/// On which side customers are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// They have orders and no row in the joined table.
    Row,
    /// They have a row and no orders that count.
    Orders,
}

impl Missing {
    /// The name used in files and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Row => "customers-without-row",
            Self::Orders => "customers-without-orders",
        }
    }
}

/// A list of these customers.
pub fn file<'a>(missing: Missing, ids: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> File {
    let mut table = Table::new(["customer"]);
    for id in ids {
        table.row([Cell::Text(&id)]);
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

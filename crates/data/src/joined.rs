//! A table of customers, a log of their events or a table of products beside the orders: what it says of each customer
//! becomes further columns of theirs.
//!
//! Customers are the same where their ids are, as ids are read: without blanks around them, `17850.0` as `17850`,
//! e-mail addresses in small letters, zeros at the start kept. Invariant: every row of the table is in one bucket of its own ledger, and every customer
//! of either side is counted once, as matched or as missing on the other side.

use serde::{Deserialize, Serialize};

use super::{
    Attribute, AttributeValues, Choices, Dataset, DaysByCustomer, Ledger, Names, Table, TableKind,
};

/// The account of a joined table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// What its rows are.
    pub kind: TableKind,
    /// Its own rows; of those of one customer in a table of customers, or of one product, one is used.
    pub ledger: Ledger,
    /// The columns that it gives to customers.
    pub columns: Vec<String>,
    /// Customers with orders of whom it has a row; of a table of products, such products.
    pub n_matched: u64,
    /// Customers with orders of whom it has none; of a table of products, such products.
    pub n_without_row: u64,
    /// Customers of its own who have no orders that count; of a table of products, such products.
    pub n_without_orders: u64,
    /// What a table of products says besides.
    pub products: Option<ProductFacts>,
}

impl Joined {
    /// Whether it has rows that can be used and gave nothing, since none names anybody, or anything, of the orders: the two
    /// tables hardly mean the same by their keys.
    pub const fn matches_nothing(&self) -> bool {
        self.n_matched == 0 && self.n_without_orders > 0
    }

    /// The name of its file, or of the first of its files.
    pub fn name(&self) -> &str {
        self.ledger.files.first().map_or("", |file| &file.name)
    }
}

/// What a table of products says beside the account of its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductFacts {
    /// The columns of the orders and of the table that name the same products; `None` where none do.
    pub matched_by: Option<(String, String)>,
    /// Rows of orders that have no category of their own and got one.
    pub n_rows_given_category: u64,
    /// What margins come from; `None` where there are none.
    pub margin_from: Option<MarginFrom>,
    /// Rows of orders whose margin is not known.
    pub n_rows_without_margin: u64,
    /// Tags that got a column.
    pub n_tags: u64,
    /// Tags that got none, since others have more money.
    pub n_tags_passed: u64,
}

/// What margins come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarginFrom {
    /// The amount less pieces times cost.
    Cost,
    /// The amount times a rate.
    Rate,
    /// Pieces times the margin of one.
    Margin,
}

/// Gives the customers of `dataset`, those of `table` under `of_table`, the columns of `side`. One without a usable row
/// gives nothing and takes nothing away.
pub fn join(dataset: &mut Dataset, table: &Table, of_table: Choices, side: &Table) -> Joined {
    if side.kind() == TableKind::Products {
        let (mut joined, columns) = table.products(side, of_table);
        for column in columns {
            joined
                .columns
                .push(add(dataset, &column.name, column.values));
        }
        return joined;
    }
    let choices = Choices::default();
    let (ledger, kind) = (side.ledger(choices), side.kind());
    let n_customers = dataset.customers.len() as u64;
    let Ok(own) = side.dataset(choices) else {
        return Joined {
            kind,
            ledger,
            columns: Vec::new(),
            n_matched: 0,
            n_without_row: n_customers,
            n_without_orders: 0,
            products: None,
        };
    };
    let places = places(&dataset.customers, &own.customers);
    let n_matched = places.iter().flatten().count() as u64;
    let counted = match kind {
        TableKind::Events => side.events(choices).1,
        _ => Vec::new(),
    };
    let mut columns: Vec<String> = Vec::new();
    for attribute in counted {
        let values = counts(moved(attribute.values, &places));
        columns.push(add(dataset, &attribute.name, values));
    }
    for attribute in own.attributes {
        columns.push(add(
            dataset,
            &attribute.name,
            moved(attribute.values, &places),
        ));
    }
    Joined {
        kind,
        ledger,
        columns,
        n_matched,
        n_without_row: n_customers - n_matched,
        n_without_orders: own.customers.len() as u64 - n_matched,
        products: None,
    }
}

/// Adds a column under a name of its own, which it gives.
fn add(dataset: &mut Dataset, name: &str, values: AttributeValues) -> String {
    let name = unused_name(name, &dataset.attributes);
    dataset.attributes.push(Attribute {
        name: name.clone(),
        values,
    });
    name
}

/// Who is not in a log did nothing that it knows of.
fn counts(values: AttributeValues) -> AttributeValues {
    match values {
        AttributeValues::Numbers(numbers) => {
            let known = numbers.into_iter().map(|number| number.or(Some(0.0)));
            AttributeValues::Numbers(known.collect())
        }
        other => other,
    }
}

/// The numbers of the customers of `own` whom `other` does not have. Both are in byte order.
pub fn unmatched(own: &Names, other: &Names) -> Vec<u32> {
    let numbers = (0..own.len() as u32).zip(places(own, other));
    let missing = numbers.filter(|(_, place)| place.is_none());
    missing.map(|(number, _)| number).collect()
}

/// By customer of `own` the number in `other`. Both are in byte order.
fn places(own: &Names, other: &Names) -> Vec<Option<u32>> {
    let mut theirs = (0..other.len() as u32).peekable();
    let place_of = |number: u32| {
        let id = own.bytes_of(number);
        while theirs
            .next_if(|&their| other.bytes_of(their) < id)
            .is_some()
        {}
        theirs.next_if(|&their| other.bytes_of(their) == id)
    };
    (0..own.len() as u32).map(place_of).collect()
}

fn moved(values: AttributeValues, places: &[Option<u32>]) -> AttributeValues {
    fn pick<T: Copy>(values: &[Option<T>], places: &[Option<u32>]) -> Vec<Option<T>> {
        let value = |place: &Option<u32>| place.and_then(|place| values[place as usize]);
        places.iter().map(value).collect()
    }
    match values {
        AttributeValues::Numbers(numbers) => AttributeValues::Numbers(pick(&numbers, places)),
        AttributeValues::Texts { texts, codes } => AttributeValues::Texts {
            texts,
            codes: pick(&codes, places),
        },
        AttributeValues::Days(own) => {
            let mut days = DaysByCustomer {
                starts: vec![0],
                days: Vec::new(),
            };
            for place in places {
                let of_customer = place.map_or(&[][..], |place| own.of(place as usize));
                days.days.extend_from_slice(of_customer);
                days.starts.push(days.days.len() as u32);
            }
            AttributeValues::Days(days)
        }
    }
}

/// `region`, or `region (2)` where there is a column of that name already.
fn unused_name(name: &str, attributes: &[Attribute]) -> String {
    let is_used = |name: &str| attributes.iter().any(|attribute| attribute.name == name);
    if !is_used(name) {
        return name.to_owned();
    }
    let numbered = (2_u32..).map(|number| format!("{name} ({number})"));
    let mut unused = numbered.filter(|name| !is_used(name));
    unused.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ids: &[&str]) -> Names {
        let mut names = Names::default();
        for id in ids {
            names.intern(id.as_bytes());
        }
        names
    }

    #[test]
    fn customers_are_found_on_the_other_side_or_are_missing() {
        let (own, other) = (names(&["a", "c", "d"]), names(&["b", "c", "d", "e"]));
        assert_eq!(places(&own, &other), [None, Some(1), Some(2)]);
        assert_eq!(unmatched(&own, &other), [0]);
        assert_eq!(unmatched(&other, &own), [0, 3]);
        assert_eq!(unmatched(&own, &names(&[])), [0, 1, 2]);
    }

    #[test]
    fn a_column_of_the_same_name_is_told_apart() {
        let attribute = |name: &str| Attribute {
            name: name.to_owned(),
            values: AttributeValues::Numbers(Vec::new()),
        };
        let attributes = ["region", "region (2)"].map(attribute);
        assert_eq!(unused_name("age", &attributes), "age");
        assert_eq!(unused_name("region", &attributes), "region (3)");
    }
}

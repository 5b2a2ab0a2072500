//! A table of products beside the orders: which of its rows each ordered product is, and what that gives to customers.
//!
//! Products are the same where their codes or names are, as ids are read. Both tables may have several columns that
//! name a product: the two that have most values in common are joined. What is kept grows with products, not with rows.
//! Invariant: every row of the table is in one bucket of its own ledger, and every product of either side is counted
//! once, as matched or as missing on the other side.

use super::super::columns::NO_CODE;
use super::super::guess::Headers;
use super::super::joined::{Joined, ProductFacts};
use super::super::values::id;
use super::super::{Attribute, Choices, Names, TableKind};
use super::Table;
use super::customers::Customers;
use super::margins::Margins;
use super::order_parts::Parts;
use super::product_values::{Matched, Values};

/// A value that stands in several rows and so names none.
const SEVERAL: u32 = NO_CODE - 1;

impl Table {
    /// Joins a table of products to the rows that count under `choices`: its account, and columns of their customers.
    pub(crate) fn products(&self, side: &Self, choices: Choices) -> (Joined, Vec<Attribute>) {
        let parts = Parts::new(self, choices);
        let matched = self.match_products(side);
        let ordered = self.ordered(matched.as_ref(), &parts.customers);
        let n_ordered = ordered.iter().filter(|is| **is).count();
        let mut joined = Joined {
            kind: TableKind::Products,
            ledger: side.ledger(Choices::default()),
            columns: Vec::new(),
            n_matched: 0,
            n_without_row: n_ordered as u64,
            n_without_orders: side.own_products().len() as u64,
            products: None,
        };
        let Some(matched) = matched else {
            joined.products = Some(ProductFacts::default());
            return (joined, Vec::new());
        };
        let known = matched.row_of.iter().zip(&ordered);
        let n_matched = known.filter(|&(&row, &is)| is && row != NO_CODE).count() as u64;
        joined.n_matched = n_matched;
        joined.n_without_row -= n_matched;
        joined.n_without_orders = matched.rows_without(&ordered).len() as u64;
        let margins = Margins::new(self, side);
        let mut facts = ProductFacts {
            matched_by: Some((matched.header.clone(), matched.own_header.clone())),
            margin_from: margins.as_ref().map(Margins::from),
            ..ProductFacts::default()
        };
        let values = Values::new(self, side, &matched, margins, &parts);
        let columns = values.columns(&mut facts);
        joined.products = Some(facts);
        (joined, columns)
    }

    /// The table of products among those beside, and how its rows are matched; the first that has what is asked for.
    pub(super) fn products_beside<'a>(
        &self,
        sides: &'a [Self],
        has_role: fn(&Self) -> bool,
    ) -> Option<(&'a Self, Matched)> {
        let is_meant = |side: &&Self| side.kind == TableKind::Products && has_role(side);
        let mut sides = sides.iter().filter(is_meant);
        sides.find_map(|side| Some((side, self.match_products(side)?)))
    }

    /// Products of one side: those that were ordered and have no row in the table, or those with a row that no order
    /// which counts has.
    pub fn products_unmatched(
        &self,
        side: &Self,
        choices: Choices,
        are_ordered: bool,
    ) -> Vec<String> {
        let parts = Parts::new(self, choices);
        let matched = self.match_products(side);
        let ordered = self.ordered(matched.as_ref(), &parts.customers);
        let place = matched.as_ref().map(|matched| matched.column);
        let mut names = Names::default();
        if are_ordered {
            let Some(column) = place.or(self.roles.product) else {
                return Vec::new();
            };
            let is_lacking = |code: &usize| {
                let row = matched.as_ref().map(|matched| matched.row_of[*code]);
                ordered[*code] && row.is_none_or(|row| row == NO_CODE)
            };
            for code in (0..ordered.len()).filter(is_lacking) {
                names.intern(self.texts[column].names().bytes_of(code as u32));
            }
        } else {
            let rows = match &matched {
                Some(matched) => matched.rows_without(&ordered),
                None => side.own_products(),
            };
            let key = matched.map_or(side.roles.product, |matched| Some(matched.own_column));
            for row in rows {
                if let Some(key) = key {
                    let column = &side.texts[key];
                    names.intern(column.names().bytes_of(column.codes().get(row as usize)));
                }
            }
        }
        let order = names.in_byte_order().into_iter();
        order.map(|number| names.get(number).into_owned()).collect()
    }

    /// Which values of the column of products stand in a row that counts.
    fn ordered(&self, matched: Option<&Matched>, customers: &Customers) -> Vec<bool> {
        let column = matched.map(|matched| matched.column).or(self.roles.product);
        let Some(column) = column.map(|place| &self.texts[place]) else {
            return Vec::new();
        };
        let mut ordered = vec![false; column.names().len()];
        for (code, &customer) in column.codes().iter().zip(&customers.of_row) {
            if customer != NO_CODE
                && let Some(is_ordered) = ordered.get_mut(code as usize)
            {
                *is_ordered = true;
            }
        }
        ordered
    }

    /// The rows of a table of products that count.
    fn own_products(&self) -> Vec<u32> {
        let choices = self.effective(Choices::default());
        let counts = |&row: &u32| choices.bucket_of(self.reasons_of(row as usize)).is_none();
        (0..self.n_rows as u32).filter(counts).collect()
    }

    /// The two columns that have most products in common; `None` where no two have any.
    fn match_products(&self, side: &Self) -> Option<Matched> {
        let rows = side.own_products();
        let mut best: Option<(usize, Matched)> = None;
        for (own_column, own_header) in side.product_columns() {
            let (names, row_of_name) = side.rows_by_name(own_column, &rows);
            for (column, header) in self.product_columns() {
                let own = self.texts[column].names();
                let row_of = |code: u32| {
                    let number = names.find(id(own.bytes_of(code)));
                    number.map_or(NO_CODE, |number| row_of_name[number as usize])
                };
                let row_of: Vec<u32> = (0..own.len() as u32).map(row_of).collect();
                let n_shared = row_of.iter().filter(|&&row| row != NO_CODE).count();
                if n_shared > best.as_ref().map_or(0, |(n_shared, _)| *n_shared) {
                    let matched = Matched {
                        column,
                        header: header.to_owned(),
                        own_column,
                        own_header: own_header.to_owned(),
                        own_rows: rows.clone(),
                        row_of,
                    };
                    best = Some((n_shared, matched));
                }
            }
        }
        best.map(|(_, matched)| matched)
    }

    /// The columns that name products: the one of the role, then those with such a header.
    fn product_columns(&self) -> Vec<(usize, &str)> {
        let headers = Headers::read();
        let others = self.attributes.iter();
        let others = others.filter(|column| headers.is_product(column.header()));
        let others = others.map(|column| (column.place(), column.header()));
        let own = self.roles.product;
        let own = own.map(|place| (place, self.product_header.as_str()));
        own.into_iter().chain(others).collect()
    }

    /// The distinct values of a column in these rows, as ids are read, and the one row of each.
    fn rows_by_name(&self, column: usize, rows: &[u32]) -> (Names, Vec<u32>) {
        let column = &self.texts[column];
        let (mut names, mut row_of): (Names, Vec<u32>) = (Names::default(), Vec::new());
        for &row in rows {
            let code = column.codes().get(row as usize);
            if code == NO_CODE {
                continue;
            }
            let number = names.intern(id(column.names().bytes_of(code))) as usize;
            if number == row_of.len() {
                row_of.push(row);
            } else {
                row_of[number] = SEVERAL;
            }
        }
        for row in row_of.iter_mut().filter(|row| **row == SEVERAL) {
            *row = NO_CODE;
        }
        (names, row_of)
    }
}

impl Matched {
    /// The rows of the table that no ordered product is.
    fn rows_without(&self, ordered: &[bool]) -> Vec<u32> {
        let last = self.own_rows.last().map_or(0, |&row| row as usize + 1);
        let mut is_met = vec![false; last];
        for (&row, &is_ordered) in self.row_of.iter().zip(ordered) {
            if is_ordered && row != NO_CODE {
                is_met[row as usize] = true;
            }
        }
        let rows = self.own_rows.iter().copied();
        rows.filter(|&row| !is_met[row as usize]).collect()
    }
}

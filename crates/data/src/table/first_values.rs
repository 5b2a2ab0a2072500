//! What customers' first orders say in the columns of texts: the first product, category, channel.
//!
//! The first moment of a customer counts, also where it says nothing there: who first bought without a coupon has no
//! first coupon. Of several rows at that moment the one with the most money that has a text, and of equal ones the first
//! in byte order: the order of the rows never shows. Nothing is kept; each column is looked at when it is asked for.

use super::super::columns::{NO_CODE, NO_DAY, TextColumn};
use super::super::guess::Headers;
use super::super::habits::FirstTexts;
use super::super::names::is_before;
use super::super::{AttributeValues, Choices, Names, TableKind};
use super::Table;
use super::customers::Customers;
use super::order_parts::Parts;

/// The best row of a customer so far.
#[derive(Clone, Copy)]
struct First {
    moment: (i32, u32),
    units: i64,
    code: u32,
}

impl Table {
    /// The columns whose first values can be asked for: those of products and categories, and texts without a role.
    pub fn first_columns(&self) -> Vec<String> {
        let columns = self.text_columns();
        columns.map(|(header, _)| header.to_owned()).collect()
    }

    /// What the first orders say in a column, by customer of [`Table::dataset`]; `None` where there is no such column.
    pub fn first_values(&self, header: &str, choices: Choices) -> Option<AttributeValues> {
        let (_, place) = self.text_columns().find(|(own, _)| *own == header)?;
        let Parts { customers, .. } = Parts::new(self, choices);
        let (texts, codes) = self.first_texts_of(&self.texts[place], &customers);
        Some(AttributeValues::Texts { texts, codes })
    }

    /// What the first orders say in the columns whose texts are of orders and repeat: of `customers`, or the headers
    /// alone. What says the same of a customer in all orders is known of the customer already.
    pub(super) fn first_texts(
        &self,
        customers: Option<&Customers>,
        n_rows: usize,
    ) -> Vec<FirstTexts> {
        let headers = Headers::read();
        let columns = self.text_columns();
        let columns = columns.filter(|&(header, place)| {
            let n_texts = self.texts[place].names().len();
            n_texts * 2 <= n_rows
                && headers.consent_rank(header).is_none()
                && self.differs_in_orders(place, true)
        });
        let firsts = columns.map(|(header, place)| {
            let found =
                customers.map(|customers| self.first_texts_of(&self.texts[place], customers));
            let (texts, codes) = found.unwrap_or_default();
            FirstTexts {
                header: header.to_owned(),
                texts,
                codes,
            }
        });
        firsts.collect()
    }

    /// Whether a column of texts says different things of some customer; with `are_gaps_texts` nothing is one of them.
    pub(super) fn differs_in_orders(&self, place: usize, are_gaps_texts: bool) -> bool {
        let Some(ids) = self.roles.customer.map(|ids| &self.texts[ids]) else {
            return false;
        };
        let mut known = vec![None; ids.names().len()];
        let mut rows = ids.codes().iter().zip(self.texts[place].codes().iter());
        rows.any(|(id, code)| match known.get_mut(id as usize) {
            Some(known) if are_gaps_texts || code != NO_CODE => {
                known.replace(code).is_some_and(|earlier| earlier != code)
            }
            _ => false,
        })
    }

    fn first_texts_of(
        &self,
        column: &TextColumn,
        customers: &Customers,
    ) -> (Names, Vec<Option<u32>>) {
        let mut texts = Names::default();
        let text = |first: First| {
            let is_known = first.code != NO_CODE;
            is_known.then(|| texts.intern(column.names().bytes_of(first.code)))
        };
        let firsts = self.firsts(column, customers).into_iter();
        let codes = firsts.map(text).collect();
        (texts, codes)
    }

    /// Columns of texts that say what an order was: header, and place among the text columns.
    pub(super) fn text_columns(&self) -> impl Iterator<Item = (&str, usize)> {
        let is_of_orders = self.kind == TableKind::Orders && self.days.is_some();
        let roles = [
            (&self.product_header, self.roles.product),
            (&self.category_header, self.roles.category),
        ];
        let roles = roles.into_iter();
        let roles = roles.filter_map(|(header, place)| Some((header.as_str(), place?)));
        let others = self.attributes.iter();
        let others = others.filter(|column| column.numbers().is_none());
        let others = others.map(|column| (column.header(), column.place()));
        let all = roles.chain(others);
        all.filter(move |(_, place)| is_of_orders && !self.texts[*place].is_given_up())
    }

    fn firsts(&self, column: &TextColumn, customers: &Customers) -> Vec<First> {
        let nothing = First {
            moment: (i32::MAX, u32::MAX),
            units: i64::MIN,
            code: NO_CODE,
        };
        let mut found = vec![nothing; customers.names.len()];
        let mut rest = &customers.of_row[..];
        for (number, codes) in column.codes().blocks().enumerate() {
            let (of_row, after) = rest.split_at(codes.len());
            rest = after;
            let days = self.days.as_ref().map(|days| days.block(number));
            let seconds = self.seconds.as_ref().map(|column| column.block(number));
            let units = self.amounts.as_ref().map(|all| all.units.block(number));
            for (row, (&code, &customer)) in codes.iter().zip(of_row).enumerate() {
                if customer == NO_CODE {
                    continue;
                }
                let this = First {
                    moment: (
                        days.as_ref().map_or(NO_DAY, |days| days[row]),
                        seconds.as_ref().map_or(0, |seconds| seconds[row]),
                    ),
                    units: units.as_ref().map_or(0, |units| units[row]),
                    code,
                };
                let best = &mut found[customer as usize];
                if is_better(column.names(), &this, best) {
                    *best = this;
                }
            }
        }
        found
    }
}

fn is_better(names: &Names, this: &First, best: &First) -> bool {
    let rank = |own: &First| {
        (
            own.moment,
            own.code == NO_CODE,
            std::cmp::Reverse(own.units),
        )
    };
    match rank(this).cmp(&rank(best)) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Equal => {
            this.code != best.code
                && this.code != NO_CODE
                && is_before(names.bytes_of(this.code), names.bytes_of(best.code))
        }
        std::cmp::Ordering::Greater => false,
    }
}

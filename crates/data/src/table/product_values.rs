//! What customers bought, seen through a table of products: main category, number of categories, margin, shares of tags.
//!
//! The rows of each customer are looked at together, so that nothing is kept for each pair of customer and category.
//! Invariant: sums are exact; ties go to the first name by its bytes, so that no order of rows shows.

use super::super::columns::{NO_CODE, TextColumn};
use super::super::joined::ProductFacts;
use super::super::{Attribute, AttributeValues, Names, places_in_order};
use super::Table;
use super::margins::Margins;
use super::order_parts::Parts;

/// The most tags that get a column of their own, those with most money first.
const MOST_TAGS: usize = 12;
/// What separates the tags of a product.
const TAG_ENDS: [char; 4] = [',', ';', '|', '/'];

/// Two columns that name the same products.
pub(super) struct Matched {
    /// The column of the orders, by its place among their texts.
    pub(super) column: usize,
    pub(super) header: String,
    /// That of the table of products.
    pub(super) own_column: usize,
    pub(super) own_header: String,
    /// The rows of the table that count.
    pub(super) own_rows: Vec<u32>,
    /// By value of the orders' column the row of the table, or [`NO_CODE`].
    pub(super) row_of: Vec<u32>,
}

/// The tags of products, as far as they get a column.
struct Tags {
    /// Those with a column.
    names: Vec<String>,
    /// By row of the table of products the places of its tags among these.
    of_row: Vec<Vec<u8>>,
    n_passed: u64,
}

/// What is looked at to know what customers bought.
pub(super) struct Values<'a> {
    orders: &'a Table,
    parts: &'a Parts,
    matched: &'a Matched,
    margins: Option<Margins>,
    /// Names of the categories of either side.
    categories: Names,
    /// By value of the orders' own column of categories its number among these.
    of_order_row: Vec<u32>,
    /// By row of the table of products, likewise.
    of_product: Vec<u32>,
    tags: Option<Tags>,
}

/// The sums of one customer.
#[derive(Default)]
struct Bought {
    total: i128,
    /// By category; nothing for those that were not bought.
    by_category: Vec<Option<i128>>,
    met: Vec<u32>,
    margin: Option<i128>,
    money_with_margin: i128,
    by_tag: Vec<i128>,
}

/// The columns while they are made.
#[derive(Default)]
struct Columns {
    main: Vec<Option<u32>>,
    n_categories: Vec<Option<f64>>,
    margin: Vec<Option<f64>>,
    margin_rate: Vec<Option<f64>>,
    tags: Vec<Vec<Option<f64>>>,
}

impl<'a> Values<'a> {
    pub(super) fn new(
        orders: &'a Table,
        side: &Table,
        matched: &'a Matched,
        margins: Option<Margins>,
        parts: &'a Parts,
    ) -> Self {
        let mut categories = Names::default();
        let mut numbers = |column: &TextColumn| {
            let codes = 0..column.names().len() as u32;
            let number = |code| categories.intern(column.names().bytes_of(code));
            codes.map(number).collect::<Vec<u32>>()
        };
        let own = orders.roles.category.map(|place| &orders.texts[place]);
        let of_order_row = own.map_or_else(Vec::new, &mut numbers);
        let theirs = side.roles.category.map(|place| &side.texts[place]);
        let of_product = theirs.map_or_else(Vec::new, |column| {
            let by_code = numbers(column);
            let number = |code: u32| by_code.get(code as usize).copied().unwrap_or(NO_CODE);
            column.codes().iter().map(number).collect()
        });
        let mut values = Self {
            orders,
            parts,
            matched,
            margins,
            categories,
            of_order_row,
            of_product,
            tags: None,
        };
        values.tags = side.roles.tags.map(|place| values.tags(side, place));
        values
    }

    /// The tags with most money, and whose they are.
    fn tags(&self, side: &Table, place: usize) -> Tags {
        let column = &side.texts[place];
        let mut names = Names::default();
        let by_code = (0..column.names().len() as u32).map(|code| {
            let text = column.names().get(code);
            let tags = text
                .split(TAG_ENDS)
                .map(str::trim)
                .filter(|tag| !tag.is_empty());
            let mut tags: Vec<u32> = tags.map(|tag| names.intern(tag.as_bytes())).collect();
            tags.sort_unstable();
            tags.dedup();
            tags
        });
        let by_code: Vec<Vec<u32>> = by_code.collect();
        let mut money = vec![0_i128; names.len()];
        for (product, sum) in self.money_by_product(side.n_rows).into_iter().enumerate() {
            let tags = by_code.get(column.codes().get(product) as usize);
            for &tag in tags.into_iter().flatten() {
                money[tag as usize] += sum;
            }
        }
        let name = |place: usize| names.bytes_of(place as u32);
        let more = |a: usize, b: usize| money[b].cmp(&money[a]).then(name(a).cmp(name(b)));
        let order = places_in_order(names.len(), &more);
        let mut place_of = vec![None; names.len()];
        for (place, &tag) in (0..).zip(&order[..order.len().min(MOST_TAGS)]) {
            place_of[tag] = Some(place);
        }
        let of_row = column.codes().iter().map(|code| {
            let tags = by_code.get(code as usize).into_iter().flatten();
            tags.filter_map(|&tag| place_of[tag as usize]).collect()
        });
        Tags {
            of_row: of_row.collect(),
            n_passed: names.len().saturating_sub(MOST_TAGS) as u64,
            names: (order.iter().take(MOST_TAGS))
                .map(|&tag| names.get(tag as u32).into_owned())
                .collect(),
        }
    }

    fn money_by_product(&self, n_products: usize) -> Vec<i128> {
        let mut money = vec![0; n_products];
        for (row, &customer) in self.parts.customers.of_row.iter().enumerate() {
            let sum = money.get_mut(self.product_of(row) as usize);
            if let Some(sum) = sum.filter(|_| customer != NO_CODE) {
                *sum += self.weight_of(row);
            }
        }
        money
    }

    /// The row of the table of products that a row of the orders is of, or [`NO_CODE`].
    fn product_of(&self, row: usize) -> u32 {
        let code = self.orders.texts[self.matched.column].codes().get(row);
        let product = self.matched.row_of.get(code as usize);
        product.copied().unwrap_or(NO_CODE)
    }

    /// The money of a row; one where there is no money.
    fn weight_of(&self, row: usize) -> i128 {
        match &self.orders.amounts {
            Some(_) => self.parts.units_of(self.orders, row).unwrap_or(0),
            None => 1,
        }
    }

    /// The columns of customers, in the order of their numbers.
    pub(super) fn columns(self, facts: &mut ProductFacts) -> Vec<Attribute> {
        let (starts, rows) = self.rows_by_customer();
        let mut bought = Bought {
            by_category: vec![None; self.categories.len()],
            ..Bought::default()
        };
        let n_tags = self.tags.as_ref().map_or(0, |tags| tags.names.len());
        let mut columns = Columns {
            tags: vec![Vec::new(); n_tags],
            ..Columns::default()
        };
        for customer in 0..self.parts.customers.names.len() {
            bought.clear(n_tags);
            for &row in &rows[starts[customer]..starts[customer + 1]] {
                self.add(row as usize, &mut bought, facts);
            }
            self.push(&bought, &mut columns);
        }
        facts.n_tags = n_tags as u64;
        facts.n_tags_passed = self.tags.as_ref().map_or(0, |tags| tags.n_passed);
        self.named(columns)
    }

    /// The rows that count, customer by customer: a counting sort.
    fn rows_by_customer(&self) -> (Vec<usize>, Vec<u32>) {
        let of_row = &self.parts.customers.of_row;
        let known = || {
            (0_u32..)
                .zip(of_row)
                .filter(|(_, customer)| **customer != NO_CODE)
        };
        let mut next = vec![0_usize; self.parts.customers.names.len() + 1];
        known().for_each(|(_, &customer)| next[customer as usize + 1] += 1);
        for customer in 1..next.len() {
            next[customer] += next[customer - 1];
        }
        let starts = next.clone();
        let mut rows = vec![0; starts.last().copied().unwrap_or(0)];
        for (row, &customer) in known() {
            rows[next[customer as usize]] = row;
            next[customer as usize] += 1;
        }
        (starts, rows)
    }

    fn add(&self, row: usize, bought: &mut Bought, facts: &mut ProductFacts) {
        let (product, weight) = (self.product_of(row), self.weight_of(row));
        bought.total += weight;
        let own = self.orders.roles.category;
        let own = own.map(|place| self.orders.texts[place].codes().get(row));
        let own = own.and_then(|code| self.of_order_row.get(code as usize));
        let given = self.of_product.get(product as usize);
        let given = given.filter(|&&category| own.is_none() && category != NO_CODE);
        facts.n_rows_given_category += u64::from(given.is_some());
        if let Some(&category) = own.or(given) {
            bought.add_category(category, weight);
        }
        if let Some(margins) = &self.margins {
            match margins.of(self.orders, row, weight, product) {
                Some(margin) => {
                    bought.margin = Some(bought.margin.unwrap_or(0).saturating_add(margin));
                    bought.money_with_margin += weight;
                }
                None => facts.n_rows_without_margin += 1,
            }
        }
        if let Some(tags) = &self.tags {
            for &tag in tags.of_row.get(product as usize).into_iter().flatten() {
                bought.by_tag[usize::from(tag)] += weight;
            }
        }
    }

    fn push(&self, bought: &Bought, columns: &mut Columns) {
        let name = |category: u32| self.categories.bytes_of(category);
        let sum = |category: u32| bought.by_category[category as usize];
        let by_money = |a: &u32, b: &u32| sum(*a).cmp(&sum(*b)).then(name(*b).cmp(name(*a)));
        columns
            .main
            .push(bought.met.iter().copied().max_by(by_money));
        columns.n_categories.push(Some(bought.met.len() as f64));
        let (margin, rate) = match &self.margins {
            Some(margins) => {
                let margin = bought
                    .margin
                    .map(|units| scaled(units, margins.margin_scale));
                let money = scaled(bought.money_with_margin, margins.amount_scale);
                (
                    margin,
                    margin.filter(|_| money > 0.0).map(|margin| margin / money),
                )
            }
            None => (None, None),
        };
        columns.margin.push(margin);
        columns.margin_rate.push(rate);
        let total = bought.total as f64;
        for (column, &sum) in columns.tags.iter_mut().zip(&bought.by_tag) {
            column.push((bought.total > 0).then(|| sum as f64 / total));
        }
    }

    /// The columns with their names; those that the table says nothing of are left out.
    fn named(self, columns: Columns) -> Vec<Attribute> {
        let numbers = |name: &str, values: Vec<Option<f64>>| Attribute {
            name: name.to_owned(),
            values: AttributeValues::Numbers(values),
        };
        let mut named = Vec::new();
        if !self.of_product.is_empty() {
            let mut texts = Names::default();
            let main = columns.main.iter();
            let codes =
                main.map(|category| Some(texts.intern(self.categories.bytes_of((*category)?))));
            let codes = codes.collect();
            named.push(Attribute {
                name: "main category".to_owned(),
                values: AttributeValues::Texts { texts, codes },
            });
            named.push(numbers("number of categories", columns.n_categories));
        }
        if self.margins.is_some() {
            named.push(numbers("margin", columns.margin));
            named.push(numbers("margin rate", columns.margin_rate));
        }
        let tags = self.tags.into_iter().flat_map(|tags| tags.names);
        for (tag, values) in tags.zip(columns.tags) {
            named.push(numbers(&format!("share of tag: {tag}"), values));
        }
        named
    }
}

impl Bought {
    fn clear(&mut self, n_tags: usize) {
        for category in self.met.drain(..) {
            self.by_category[category as usize] = None;
        }
        self.by_tag.clear();
        self.by_tag.resize(n_tags, 0);
        (self.total, self.margin, self.money_with_margin) = (0, None, 0);
    }

    fn add_category(&mut self, category: u32, weight: i128) {
        let sum = &mut self.by_category[category as usize];
        if sum.is_none() {
            self.met.push(category);
        }
        *sum = Some(sum.unwrap_or(0) + weight);
    }
}

fn scaled(units: i128, scale: u8) -> f64 {
    units as f64 / 10_f64.powi(i32::from(scale))
}

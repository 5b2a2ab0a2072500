//! Measures that bear the name of something in the file: the share of one category, what the first order says in a
//! column, and the share of orders with one text of a column, such as a channel or a device.
//!
//! A name is a kind, a colon and what it is of: `category_share:Kitchen`, `first:Product`, `order_share:Channel=Web`.
//! So it stands in rules and project files, and means the same in another file of the shop. Everything is of a day:
//! later orders count for nothing. Definitions: `docs/methods/rules.md`.

use std::collections::BTreeMap;

use super::measures::Values;
use gyeol_data::habits::{FirstTexts, Habits, RowTexts};
use gyeol_data::{Dataset, Day, History};

/// What stands before the colon.
const CATEGORY_SHARE: &str = "category_share:";
const FIRST: &str = "first:";
const ORDER_SHARE: &str = "order_share:";

/// What the name of such a measure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedMeasure<'a> {
    /// The share of a category's money in all money of categories.
    CategoryShare(&'a str),
    /// What the first order says in the column with this header.
    First(&'a str),
    /// The share of orders with a text of a column: header, `=` and text, since headers may have one, too.
    OrderShare(&'a str),
}

impl<'a> NamedMeasure<'a> {
    /// What a name says; `None` where it is another kind of measure or a column.
    pub fn of(name: &'a str) -> Option<Self> {
        let category = name.strip_prefix(CATEGORY_SHARE).map(Self::CategoryShare);
        let first = || name.strip_prefix(FIRST).map(Self::First);
        let share = || name.strip_prefix(ORDER_SHARE).map(Self::OrderShare);
        category.or_else(first).or_else(share)
    }

    /// Whether its values are texts.
    pub const fn is_of_texts(self) -> bool {
        matches!(self, Self::First(_))
    }
}

/// Whether a measure of this kind is named anywhere in a JSON text.
pub(super) fn is_in(json: &str) -> bool {
    let is_in = |kind: &str| json.contains(&format!("\"{kind}"));
    is_in(CATEGORY_SHARE) || is_in(FIRST) || is_in(ORDER_SHARE)
}

/// What there is of such a measure.
#[derive(Clone, Copy)]
enum Found<'a> {
    Category(u32),
    First(&'a FirstTexts),
    Share(&'a RowTexts, u32),
}

/// What rows say beside the orders, where the file has any.
fn habits_of(dataset: &Dataset) -> Option<&Habits> {
    match &dataset.history {
        History::Orders(orders) => orders.habits.as_deref(),
        History::Summaries(_) => None,
    }
}

fn find<'a>(habits: &'a Habits, name: &str) -> Option<Found<'a>> {
    match NamedMeasure::of(name)? {
        NamedMeasure::CategoryShare(category) => {
            let number = habits.category_names.find(category.as_bytes())?;
            Some(Found::Category(number))
        }
        NamedMeasure::First(header) => {
            let mut firsts = habits.firsts.iter();
            Some(Found::First(firsts.find(|own| own.header == header)?))
        }
        NamedMeasure::OrderShare(of) => habits.mixes.iter().find_map(|mix| {
            let text = of.strip_prefix(&mix.header)?.strip_prefix('=')?;
            Some(Found::Share(mix, mix.texts.find(text.as_bytes())?))
        }),
    }
}

/// Whether the file knows the measure of this name.
pub(super) fn is_known(dataset: &Dataset, name: &str) -> bool {
    habits_of(dataset).is_some_and(|habits| find(habits, name).is_some())
}

/// The measures that are offered: the categories of most rows, the first orders, and the texts of columns of few.
pub(super) fn names(dataset: &Dataset) -> Vec<String> {
    let Some(habits) = habits_of(dataset) else {
        return Vec::new();
    };
    let category = |&number: &u32| {
        let name = habits.category_names.get(number);
        format!("{CATEGORY_SHARE}{name}")
    };
    let first = |own: &FirstTexts| format!("{FIRST}{}", own.header);
    let mut names: Vec<String> = habits.main_categories.iter().map(category).collect();
    names.extend(habits.firsts.iter().map(first));
    for mix in &habits.mixes {
        let texts = mix.texts.in_byte_order().into_iter();
        names.extend(texts.map(|code| {
            let text = mix.texts.get(code);
            format!("{ORDER_SHARE}{}={text}", mix.header)
        }));
    }
    names
}

/// The values of the customers `present` on a day; `None` where the file does not know the measure of this name.
pub(super) fn values<'a>(
    dataset: &'a Dataset,
    name: &str,
    present: &[u32],
    as_of: Day,
) -> Option<Values<'a>> {
    let habits = habits_of(dataset)?;
    let numbers = |of: &dyn Fn(usize) -> Option<f64>| {
        let customers = present.iter();
        Values::Numbers(customers.map(|&customer| of(customer as usize)).collect())
    };
    Some(match find(habits, name)? {
        Found::Category(number) => numbers(&|customer| {
            let bought = habits.categories.until(customer, as_of);
            category_share(bought, number)
        }),
        Found::Share(mix, code) => numbers(&|customer| order_share(mix, customer, as_of, code)),
        Found::First(first) => Values::Texts {
            texts: &first.texts,
            codes: first_codes(first, present),
        },
    })
}

fn first_codes(first: &FirstTexts, present: &[u32]) -> Vec<Option<u32>> {
    let of = |&customer: &u32| first.codes.get(customer as usize).copied().flatten();
    present.iter().map(of).collect()
}

/// The share of one category among those whose sum is above nothing; `None` where there is none.
fn category_share(bought: impl Iterator<Item = (u32, i64)>, category: u32) -> Option<f64> {
    let mut sums: BTreeMap<u32, i128> = BTreeMap::new();
    for (of, units) in bought {
        *sums.entry(of).or_default() += i128::from(units);
    }
    sums.retain(|_, sum| *sum > 0);
    let total: i128 = sums.values().sum();
    let sum = sums.get(&category).copied().unwrap_or_default();
    (total > 0).then(|| sum as f64 / total as f64)
}

/// The share of orders with one text among those with any; an order with two texts is one of each.
fn order_share(mix: &RowTexts, customer: usize, as_of: Day, code: u32) -> Option<f64> {
    let (mut own, mut all) = (0, 0);
    for (of, n) in mix.rows.until(customer, as_of) {
        all += n;
        own += if of == code { n } else { 0 };
    }
    (all > 0).then(|| own as f64 / all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gyeol_data::Names;

    #[test]
    fn a_share_is_of_the_sums_above_nothing() {
        let of = |category: u32| {
            let bought = [(1, 300), (2, 100), (1, -100), (3, -50), (4, 0)];
            category_share(bought.into_iter(), category)
        };
        assert_eq!([1, 2].map(of), [Some(2.0 / 3.0), Some(1.0 / 3.0)]);
        // What was given back, cost nothing or was never bought has no share.
        assert_eq!([3, 4, 5].map(of), [Some(0.0); 3]);
        assert_eq!(category_share([(3, -50)].into_iter(), 3), None);
        assert_eq!(category_share(std::iter::empty(), 3), None);
    }

    #[test]
    fn names_say_what_they_are_of_whatever_signs_stand_in_it() {
        let mut texts = Names::default();
        texts.intern(b"x=y");
        let habits = Habits {
            mixes: ["a", "a=x"]
                .map(|header| RowTexts {
                    header: header.to_owned(),
                    texts: texts.clone(),
                    ..RowTexts::default()
                })
                .into(),
            category_names: texts.clone(),
            ..Habits::default()
        };
        let header = |name: &str| match find(&habits, name) {
            Some(Found::Share(mix, 0)) => Some(mix.header.clone()),
            _ => None,
        };
        assert_eq!(header("order_share:a=x=y").as_deref(), Some("a"));
        assert_eq!(header("order_share:a=x=x=y").as_deref(), Some("a=x"));
        assert_eq!(header("order_share:a=z"), None);
        assert!(find(&habits, "category_share:x=y").is_some());
        assert!(find(&habits, "category_share:z").is_none());
        assert!(find(&habits, "x=y").is_none());
    }
}

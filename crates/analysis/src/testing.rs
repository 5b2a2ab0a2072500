//! Small datasets for tests, built without the importer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::{Params as _, Unwatched, cohorts};
use gyeol_data::{Attribute, AttributeValues, Dataset, Day, History, Names, Orders};

/// A dataset of single orders `(customer, day, cents)`, in any order.
pub fn orders(rows: &[(&str, i32, i64)]) -> Dataset {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    let mut customers = Names::default();
    let mut orders = Orders {
        scale: 2,
        ..Orders::default()
    };
    for (id, day, cents) in rows {
        let is_new = customers.find(id.as_bytes()).is_none();
        customers.intern(id.as_bytes());
        if is_new {
            orders.starts.push(orders.days.len() as u32);
        }
        let before = if is_new {
            (0, 0)
        } else {
            (
                orders.running_amounts[orders.days.len() - 1],
                orders.running_lines[orders.days.len() - 1],
            )
        };
        orders.days.push(Day::from_number(day));
        orders.amounts.push(cents);
        orders.n_lines.push(1);
        orders.running_amounts.push(before.0 + i128::from(cents));
        orders.running_lines.push(before.1 + 1);
    }
    orders.starts.push(orders.days.len() as u32);
    Dataset {
        customers,
        history: History::Orders(orders),
        attributes: Vec::new(),
        has_money: true,
        treated: gyeol_data::Treated::default(),
    }
}

/// The cohorts of orders `(customer, date, cents)` on the day after the last one.
pub fn cohorts_of(rows: &[(&str, &str, i64)], params: cohorts::Params) -> cohorts::Report {
    let rows = rows.iter();
    let rows = rows.map(|&(id, day, cents)| (id, day.parse::<Day>().unwrap().number(), cents));
    let dataset = orders(&rows.collect::<Vec<_>>());
    let (params, as_of) = (params.checked().unwrap(), dataset.default_as_of());
    let beside = cohorts::Beside::default();
    cohorts::run(&dataset, beside, &params, as_of, &mut Unwatched).unwrap()
}

/// Fifteen customers who order every few days for half a year, from the day of their number on; `03` has stopped early.
pub fn regulars() -> Dataset {
    let ids: Vec<String> = (0..15).map(|number| format!("{number:02}")).collect();
    let mut rows = Vec::new();
    for (number, id) in (0_i32..).zip(&ids) {
        let last = if number == 3 { 40 } else { 180 };
        let days = (number..last).step_by(5 + number as usize);
        rows.extend(days.map(|day| (id.as_str(), day, 1000 + 100 * i64::from(number))));
    }
    orders(&rows)
}

/// One more order of the last customer, on a day after all of theirs.
pub fn with_order(mut dataset: Dataset, day: i32) -> Dataset {
    let History::Orders(orders) = &mut dataset.history else {
        panic!("orders expected");
    };
    let [amounts, lines] = [1000, 1];
    orders.days.push(Day::from_number(day));
    orders.amounts.push(amounts);
    orders.n_lines.push(1);
    let before = orders.running_amounts.last().copied().unwrap_or(0);
    orders.running_amounts.push(before + i128::from(amounts));
    let before = orders.running_lines.last().copied().unwrap_or(0);
    orders.running_lines.push(before + lines as u32);
    *orders.starts.last_mut().unwrap() += 1;
    dataset
}

/// A column of texts, one for each customer; an empty one is none.
pub fn texts(name: &str, cells: &[&str]) -> Attribute {
    let mut texts = Names::default();
    let cells = cells.iter();
    let codes = cells.map(|cell| (!cell.is_empty()).then(|| texts.intern(cell.as_bytes())));
    let codes = codes.collect();
    Attribute {
        name: name.to_owned(),
        values: AttributeValues::Texts { texts, codes },
    }
}

/// A dataset of customers `0000`, `0001` … with numeric columns and no history.
pub fn numbers(columns: &[(&str, Vec<Option<f64>>)]) -> Dataset {
    let mut customers = Names::default();
    let n_customers = columns.first().map_or(0, |(_, values)| values.len());
    for customer in 0..n_customers {
        customers.intern(format!("{customer:04}").as_bytes());
    }
    let attribute = |(name, values): &(&str, Vec<Option<f64>>)| Attribute {
        name: (*name).into(),
        values: AttributeValues::Numbers(values.clone()),
    };
    Dataset {
        customers,
        history: History::Summaries(gyeol_data::Summaries::default()),
        attributes: columns.iter().map(attribute).collect(),
        has_money: false,
        treated: gyeol_data::Treated::default(),
    }
}

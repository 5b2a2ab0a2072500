//! A dataset as it was on a day: the same customers and columns, and no order after it.
//!
//! Columns of the file are as they are: a file does not say what they were. Customers keep their numbers.

use crate::data::{Dataset, Day, History, Orders};

/// `dataset` without the orders after `day`.
pub(in crate::analysis) fn until(dataset: &Dataset, day: Day) -> Dataset {
    let history = match &dataset.history {
        History::Orders(orders) => History::Orders(orders_until(orders, day)),
        sums @ History::Summaries(_) => sums.clone(),
    };
    Dataset {
        customers: dataset.customers.clone(),
        history,
        attributes: dataset.attributes.clone(),
        has_money: dataset.has_money,
        treated: dataset.treated.clone(),
    }
}

fn orders_until(orders: &Orders, day: Day) -> Orders {
    let mut kept = Orders {
        starts: vec![0],
        scale: orders.scale,
        returns: orders.returns.known_on(day),
        habits: (orders.habits.as_ref()).map(|habits| Box::new(habits.known_on(day))),
        ..Orders::default()
    };
    for bounds in orders.starts.windows(2) {
        let (start, end) = (bounds[0] as usize, bounds[1] as usize);
        let end = start + orders.days[start..end].partition_point(|&own| own <= day);
        kept.days.extend_from_slice(&orders.days[start..end]);
        kept.amounts.extend_from_slice(&orders.amounts[start..end]);
        kept.n_lines.extend_from_slice(&orders.n_lines[start..end]);
        kept.running_amounts
            .extend_from_slice(&orders.running_amounts[start..end]);
        kept.running_lines
            .extend_from_slice(&orders.running_lines[start..end]);
        kept.starts.push(kept.days.len() as u32);
    }
    kept
}

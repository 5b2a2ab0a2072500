//! A dataset as it was on a day: the same customers and columns, and no order after it; or no refund after it.
//!
//! Columns of the orders say what they said then; those of tables beside are as they are, since these do not say what
//! they were. Customers keep their numbers.

use gyeol_data::{Dataset, Day, History, Orders};

/// `dataset` without the orders after `day`.
pub(crate) fn until(dataset: &Dataset, day: Day) -> Dataset {
    let history = match &dataset.history {
        History::Orders(orders) => History::Orders(orders_until(orders, day)),
        sums @ History::Summaries(_) => sums.clone(),
    };
    with_history(dataset, history)
}

/// `dataset` without what customers were given back after `day`: returns, also those that only habits know of since
/// their orders are left out, and orders of less than nothing. `None` where nothing was given back.
pub(crate) fn without_refunds_after(dataset: &Dataset, day: Day) -> Option<Dataset> {
    let History::Orders(orders) = &dataset.history else {
        return None;
    };
    let is_refund = |at: usize| orders.days[at] > day && orders.amounts[at] < 0;
    let n_orders = orders.days.len();
    let has_returns = orders.returns.days.iter().any(|&own| own > day);
    let habits = orders.habits.as_ref();
    let habits = habits.and_then(|habits| habits.without_returned_after(day));
    if !has_returns && habits.is_none() && !(0..n_orders).any(is_refund) {
        return None;
    }
    let mut kept = orders.clone();
    kept.habits = habits.map(Box::new).or(kept.habits);
    kept.returns = orders.returns.known_on(day);
    (kept.days, kept.amounts, kept.n_lines) = (Vec::new(), Vec::new(), Vec::new());
    (kept.running_amounts, kept.running_lines) = (Vec::new(), Vec::new());
    kept.starts = vec![0];
    for bounds in orders.starts.windows(2) {
        let (mut amount, mut n_lines) = (0, 0);
        for at in (bounds[0] as usize..bounds[1] as usize).filter(|&at| !is_refund(at)) {
            amount += i128::from(orders.amounts[at]);
            n_lines += orders.n_lines[at];
            kept.days.push(orders.days[at]);
            kept.amounts.push(orders.amounts[at]);
            kept.n_lines.push(orders.n_lines[at]);
            kept.running_amounts.push(amount);
            kept.running_lines.push(n_lines);
        }
        kept.starts.push(kept.days.len() as u32);
    }
    Some(with_history(dataset, History::Orders(kept)))
}

fn with_history(dataset: &Dataset, history: History) -> Dataset {
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
        row_texts: (orders.row_texts.as_ref()).map(|texts| Box::new(texts.known_on(day))),
        past_columns: (orders.past_columns.as_ref()).map(|past| past.known_on(day)),
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

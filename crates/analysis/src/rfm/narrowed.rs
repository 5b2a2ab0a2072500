//! RFM of a part: orders of one category, and margin in place of revenue.
//!
//! An order of a category is all that a customer bought of it in one day. Both are known of files of orders alone;
//! returns are taken off neither. Definitions: `docs/methods/rfm.md`.

use super::{Monetary, Params};
use crate::snapshot::Snapshot;
use crate::{AnalysisError, Rule};
use gyeol_data::habits::Habits;
use gyeol_data::{Dataset, Day, History, Orders};

/// The customers with nothing but their orders of a category; `None` where all orders are wanted.
///
/// # Errors
/// There is no such category.
pub(super) fn to_category(
    dataset: &Dataset,
    params: &Params,
) -> Result<Option<Dataset>, AnalysisError> {
    let Some(name) = &params.category else {
        return Ok(None);
    };
    let unknown = || AnalysisError::param("category", Rule::KnownCategory);
    let (orders, habits) = known(dataset).ok_or_else(unknown)?;
    let category = habits.category_names.find(name.as_bytes());
    let category = category.ok_or_else(unknown)?;
    let mut narrowed = Orders {
        scale: orders.scale,
        starts: vec![0],
        past_columns: orders.past_columns.clone(),
        ..Orders::default()
    };
    for customer in 0..dataset.n_customers() {
        let (mut money, mut n_days) = (0_i128, 0_u32);
        for (day, units) in habits.categories.days_of(customer, category) {
            let units = if dataset.has_money { units } else { 0 };
            money += i128::from(units);
            n_days += 1;
            narrowed.days.push(day);
            narrowed.amounts.push(units);
            narrowed.n_lines.push(1);
            narrowed.running_amounts.push(money);
            narrowed.running_lines.push(n_days);
        }
        narrowed.starts.push(narrowed.days.len() as u32);
    }
    Ok(Some(Dataset {
        customers: dataset.customers.clone(),
        history: History::Orders(narrowed),
        attributes: dataset.attributes.clone(),
        has_money: dataset.has_money,
        treated: dataset.treated.clone(),
    }))
}

/// The customers of `snapshot` with their margin until `as_of` as money; `None` where revenue is wanted. What a row
/// brings that nothing is known of counts as nothing.
///
/// # Errors
/// No margin is known.
pub(super) fn margins(
    dataset: &Dataset,
    snapshot: &Snapshot,
    params: &Params,
    as_of: Day,
) -> Result<Option<Snapshot>, AnalysisError> {
    if params.monetary == Monetary::Revenue {
        return Ok(None);
    }
    let known = known(dataset).filter(|(_, habits)| !habits.margins.is_empty());
    let (_, habits) = known.ok_or_else(|| AnalysisError::param("monetary", Rule::KnownMargin))?;
    let name = params.category.as_ref();
    let category = name.and_then(|name| habits.category_names.find(name.as_bytes()));
    let margin = |&customer: &u32| -> i128 {
        let own = habits.margins.until(customer as usize, as_of);
        let own = own.filter(|&(of, _)| category.is_none_or(|category| category == of));
        own.map(|(_, units)| i128::from(units)).sum()
    };
    Ok(Some(Snapshot {
        units: snapshot.customers.iter().map(margin).collect(),
        scale: habits.margin_scale,
        ..snapshot.clone()
    }))
}

fn known(dataset: &Dataset) -> Option<(&Orders, &Habits)> {
    match &dataset.history {
        History::Orders(orders) => Some((orders, orders.habits.as_deref()?)),
        History::Summaries(_) => None,
    }
}

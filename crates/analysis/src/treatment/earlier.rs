//! What is decided about missing values and outliers, done to the columns as they were on earlier days.
//!
//! Borders and fillings are those of the values of now, so that a customer is treated alike on all days. Where no value
//! is missing now nothing is filled earlier, and who is set aside is set aside on all days.

use gyeol_data::{AttributeValues, Dataset, History, PastColumn, PastSaid, Redone};

/// Treats what the columns of `dataset` said on earlier days, where that is known, as its columns of now are treated.
pub fn treat_past(dataset: &mut Dataset) {
    let History::Orders(orders) = &mut dataset.history else {
        return;
    };
    let Some(past) = &mut orders.past_columns else {
        return;
    };
    let columns = past.columns_mut().iter_mut().zip(&dataset.attributes);
    for (place, (column, attribute)) in columns.enumerate() {
        let Some(column) = column else { continue };
        column.redone = Redone::default();
        if let Some(treated) = dataset.treated.values.get(&place) {
            redo(column, &attribute.values, treated);
        }
    }
}

fn redo(column: &mut PastColumn, raw: &AttributeValues, treated: &AttributeValues) {
    match (&mut column.said, raw, treated) {
        (
            PastSaid::Numbers(_),
            AttributeValues::Numbers(raw),
            AttributeValues::Numbers(treated),
        ) => column.redone = of_numbers(raw, treated),
        (
            PastSaid::Texts(names, _),
            AttributeValues::Texts { codes, .. },
            AttributeValues::Texts {
                texts,
                codes: treated,
            },
        ) => {
            let mut filled = codes.iter().zip(treated);
            let filling = filled.find_map(|(raw, treated)| treated.filter(|_| raw.is_none()));
            column.redone.text = filling.map(|code| names.intern(texts.bytes_of(code)));
        }
        _ => {}
    }
}

fn of_numbers(raw: &[Option<f64>], treated: &[Option<f64>]) -> Redone {
    let both = || raw.iter().zip(treated);
    let mut known = both().filter_map(|(raw, treated)| raw.and(*treated));
    let is_drawn_in = both().any(|(raw, treated)| raw.is_some() && raw != treated);
    let borders = is_drawn_in.then(|| {
        let first = known.next().unwrap_or(0.0);
        known.fold((first, first), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    });
    Redone {
        borders,
        number: both().find_map(|(raw, treated)| treated.filter(|_| raw.is_none())),
        text: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_and_fillings_are_those_of_now() {
        let raw = [Some(1.0), None, Some(50.0), Some(9.0)];
        let treated = [Some(2.0), Some(5.0), Some(20.0), Some(9.0)];
        let redone = of_numbers(&raw, &treated);
        assert_eq!(redone.borders, Some((2.0, 20.0)));
        assert_eq!(redone.number, Some(5.0));
        let same = of_numbers(&raw, &raw);
        assert_eq!((same.borders, same.number), (None, None));
    }
}

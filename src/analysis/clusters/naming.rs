//! How each cluster stands by recency and by frequency and money, and the well-known name that this suggests.
//!
//! Means of `ln(1 + x)` by cluster, in standard deviations of all clustered customers; no name is given twice.

use super::features::{FREQUENCY, MONETARY, RECENCY, Source};
use super::k_means;
use crate::analysis::{Level, Scaling, SegmentName, Standing};

/// From here on a cluster counts as high (or low).
const CLEAR: f64 = 0.4;
/// From here on as very high (or low).
const STRONG: f64 = 1.0;

/// How far a cluster is from the mean customer.
#[derive(Clone, Copy, Debug, Default)]
struct Deviation {
    /// High is recent.
    recent: f64,
    frequent: f64,
    worth: f64,
}

impl Deviation {
    const fn value(self) -> f64 {
        f64::midpoint(self.frequent, self.worth)
    }

    const fn standing(self) -> Standing {
        Standing {
            recent: level(self.recent),
            value: level(self.value()),
        }
    }
}

const fn level(deviation: f64) -> Level {
    match deviation {
        high if high > CLEAR => Level::High,
        middle if middle > -CLEAR => Level::Middle,
        _ => Level::Low,
    }
}

/// A name or none, and the standing, of each of `k` clusters; `customers` are those with `labels`. Nothing of
/// either where a clustered customer lacks recency or frequency.
pub(super) fn describe(
    source: &Source<'_>,
    customers: &[u32],
    labels: &[u16],
    k: usize,
) -> Vec<(Option<SegmentName>, Option<Standing>)> {
    let column = |name: &str| clustered(source, customers, name);
    let (Some(recency), Some(frequency)) = (column(RECENCY), column(FREQUENCY)) else {
        return vec![(None, None); k];
    };
    let money = column(MONETARY).unwrap_or_else(|| frequency.clone());
    let mut columns = [recency, frequency, money];
    columns
        .iter_mut()
        .for_each(|column| Scaling::Log1pZ.apply(column));
    let deviations: Vec<Deviation> = k_means::means(&columns, labels, k)
        .into_iter()
        .map(|mean| Deviation {
            recent: -mean[0],
            frequent: mean[1],
            worth: mean[2],
        })
        .collect();
    let standings = deviations.iter().map(|own| Some(own.standing()));
    unique(&deviations).into_iter().zip(standings).collect()
}

/// A column of the clustered customers; `None` where one of them lacks it.
pub(super) fn clustered(source: &Source<'_>, customers: &[u32], name: &str) -> Option<Vec<f64>> {
    let values = source.column(name)?;
    let mut wanted = customers.iter().peekable();
    let mut column = Vec::with_capacity(customers.len());
    for (customer, value) in source.present.iter().zip(values) {
        if wanted.next_if_eq(&customer).is_some() {
            column.push(value?);
        }
    }
    Some(column)
}

fn unique(deviations: &[Deviation]) -> Vec<Option<SegmentName>> {
    let mut taken: Vec<SegmentName> = Vec::new();
    deviations
        .iter()
        .map(|deviation| {
            let name = candidates(*deviation)
                .into_iter()
                .find(|name| !taken.contains(name))?;
            taken.push(name);
            Some(name)
        })
        .collect()
}

/// Names that would do, the most fitting first.
fn candidates(deviation: Deviation) -> Vec<SegmentName> {
    use SegmentName as Name;
    let (recent, value) = (deviation.recent, deviation.value());
    if value > CLEAR {
        return match recent {
            r if r > CLEAR => vec![Name::Champions, Name::LoyalCustomers],
            r if r > -CLEAR => vec![Name::LoyalCustomers, Name::NeedAttention],
            _ if value > STRONG => vec![Name::CantLoseThem, Name::AtRisk],
            _ => vec![Name::AtRisk],
        };
    }
    if value > -CLEAR {
        return match recent {
            r if r > CLEAR => vec![Name::PotentialLoyalists, Name::Promising],
            r if r > -CLEAR => vec![Name::NeedAttention, Name::AboutToSleep],
            _ => vec![Name::AtRisk, Name::Hibernating],
        };
    }
    match recent {
        r if r > CLEAR => vec![Name::NewCustomers, Name::Promising],
        r if r > -CLEAR => vec![Name::AboutToSleep, Name::Promising],
        r if r > -STRONG => vec![Name::Hibernating, Name::Lost],
        _ => vec![Name::Lost, Name::Hibernating],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_standing_and_are_given_once() {
        let deviation = |recent, frequent, worth| Deviation {
            recent,
            frequent,
            worth,
        };
        let found = unique(&[
            deviation(1.0, 1.5, 1.5),
            deviation(0.9, 1.2, 1.0),
            deviation(0.8, 1.0, 1.0),
            deviation(-0.9, 1.2, 1.2),
            deviation(0.9, -0.8, -0.8),
            deviation(-1.2, -0.8, -0.8),
            deviation(0.0, 0.0, 0.0),
        ]);
        let expected = [
            Some(SegmentName::Champions),
            Some(SegmentName::LoyalCustomers),
            None,
            Some(SegmentName::CantLoseThem),
            Some(SegmentName::NewCustomers),
            Some(SegmentName::Lost),
            Some(SegmentName::NeedAttention),
        ];
        assert_eq!(found, expected);
    }
}

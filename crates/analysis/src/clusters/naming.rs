//! How each cluster stands by recency and by frequency and money, and the well-known name that this suggests.
//!
//! Means of `ln(1 + x)` by cluster, in standard deviations of all clustered customers; no name is given twice, and nothing
//! is said of what the clusters were not made from.

use super::features::{FREQUENCY, Features, MONETARY, RECENCY, Source};
use super::k_means;
use crate::{Level, Scaling, SegmentName, Standing};

/// From here on a cluster counts as high (or low).
const CLEAR: f64 = 0.4;
/// From here on as very high (or low).
const STRONG: f64 = 1.0;

/// How far a cluster is from the mean customer, as far as the clusters were made from it.
#[derive(Clone, Copy, Debug, Default)]
struct Deviation {
    /// High is recent.
    recent: Option<f64>,
    /// By orders and money, whichever are features.
    value: Option<f64>,
}

impl Deviation {
    /// `None` where neither says anything.
    fn standing(self) -> Option<Standing> {
        let standing = Standing {
            recent: self.recent.map(level),
            value: self.value.map(level),
        };
        (standing.recent.is_some() || standing.value.is_some()).then_some(standing)
    }
}

const fn level(deviation: f64) -> Level {
    match deviation {
        high if high > CLEAR => Level::High,
        middle if middle > -CLEAR => Level::Middle,
        _ => Level::Low,
    }
}

/// A name or none, and the standing, of each of `k` clusters of the features' customers with `labels`. Both speak of
/// nothing that is no feature: a name needs recency and one of orders and money.
pub(super) fn describe(
    source: &Source<'_>,
    features: &Features,
    labels: &[u16],
    k: usize,
) -> Vec<(Option<SegmentName>, Option<Standing>)> {
    let means = |name: &str| -> Option<Vec<f64>> {
        let is_feature = features.names.iter().any(|own| own == name);
        let mut column = clustered(source, &features.customers, name).filter(|_| is_feature)?;
        Scaling::Log1pZ.apply(&mut column);
        let means = k_means::means(&[column], labels, k);
        Some(means.iter().map(|mean| mean[0]).collect())
    };
    let (recency, frequency, money) = (means(RECENCY), means(FREQUENCY), means(MONETARY));
    let deviation = |cluster: usize| Deviation {
        recent: recency.as_ref().map(|means| -means[cluster]),
        value: match (&frequency, &money) {
            (Some(frequency), Some(money)) => {
                Some(f64::midpoint(frequency[cluster], money[cluster]))
            }
            (one, other) => one.as_ref().or(other.as_ref()).map(|means| means[cluster]),
        },
    };
    let deviations: Vec<Deviation> = (0..k).map(deviation).collect();
    let standings = deviations.iter().map(|own| own.standing());
    unique(&deviations).into_iter().zip(standings).collect()
}

/// A column of the clustered customers; `None` where one of them lacks it.
pub(super) fn clustered(source: &Source<'_>, customers: &[u32], name: &str) -> Option<Vec<f64>> {
    let values = source.column(name)?;
    let value = |customer: &u32| values[source.present.binary_search(customer).ok()?];
    customers.iter().map(value).collect()
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
    let (Some(recent), Some(value)) = (deviation.recent, deviation.value) else {
        return Vec::new();
    };
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
        let deviation = |recent, value| Deviation {
            recent: Some(recent),
            value: Some(value),
        };
        let found = unique(&[
            deviation(1.0, 1.5),
            deviation(0.9, 1.1),
            deviation(0.8, 1.0),
            deviation(-0.9, 1.2),
            deviation(0.9, -0.8),
            deviation(-1.2, -0.8),
            deviation(0.0, 0.0),
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

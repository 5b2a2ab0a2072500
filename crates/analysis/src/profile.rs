//! Who is in the segments of any segmentation, what they are worth and how they differ.
//!
//! Shares are of all customers of the segmentation; who is [`Segmentation::ABSENT`] is in nobody's numbers.
//! Medians are of type 7, standard deviations of the population.

use serde::{Deserialize, Serialize};

use super::rfm::Convention;
use super::snapshot::{Snapshot, units_to_f64};
use super::{Label, Segment, Segmentation, stats};
use gyeol_data::{ColumnOn, Dataset, Day, Money, places_in_order};

/// One segment, described.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentProfile {
    /// What it is called.
    pub label: Label,
    /// Customers.
    pub n_customers: u64,
    /// Share of all customers, 0 to 1.
    pub customer_share: f64,
    /// What is counted as an order.
    pub counted: Counted,
    /// Their orders: what `counted` says.
    pub n_orders: u64,
    /// Their money.
    pub revenue: Money,
    /// Share of all money, 0 to 1; 0 where there is none.
    pub revenue_share: f64,
    /// Money per order (what `counted` says); `None` without orders or money.
    pub average_order_value: Option<f64>,
    /// Medians of recency (days), frequency (orders) and monetary; `None` for an empty segment.
    pub medians: Option<Medians>,
    /// How the segment differs, strongest first, at most 20.
    pub traits: Vec<Trait>,
}

/// What is counted as an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Orders: an order id of a customer, or a customer's day.
    #[default]
    Orders,
    /// Rows of the file, as the `r-rfm` convention publishes them.
    Rows,
}

impl Counted {
    /// The name used in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Rows => "rows",
        }
    }
}

/// Medians of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Medians {
    /// Days.
    pub recency_days: f64,
    /// Orders: what the profile's `counted` says.
    pub frequency: f64,
    /// Money.
    pub monetary: f64,
}

/// How a segment differs from all customers in one measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trait {
    /// `recency`, `frequency`, `monetary`, or the header of a numeric column.
    pub feature: String,
    /// Mean of the segment, in the feature's unit.
    pub mean: f64,
    /// Mean of all customers.
    pub overall_mean: f64,
    /// Difference of the means in standard deviations of all customers.
    pub z: f64,
}

/// The most traits of a segment.
const MOST_TRAITS: usize = 20;

/// Describes every segment of `segmentation` as of a day; frequency counts orders.
pub fn run(dataset: &Dataset, segmentation: &Segmentation, as_of: Day) -> Vec<SegmentProfile> {
    let snapshot = Snapshot::take(dataset, as_of, Convention::Gyeol);
    describe(dataset, as_of, &snapshot, segmentation)
}

/// Describes every segment with what `snapshot` says of the customers on `as_of`.
pub(super) fn describe(
    dataset: &Dataset,
    as_of: Day,
    snapshot: &Snapshot,
    segmentation: &Segmentation,
) -> Vec<SegmentProfile> {
    let n_segments = segmentation.segments.len();
    let sums = Sums::new(dataset, snapshot, segmentation);
    let [recency, frequency, monetary] =
        [snapshot.recency(), snapshot.frequencies(), snapshot.money()].map(|values| {
            let customers = snapshot.customers.iter().map(|&customer| customer as usize);
            by_segment(segmentation, customers.zip(values))
        });
    let customers = snapshot.customers.iter().map(|&customer| customer as usize);
    let units = snapshot.units.iter().copied().map(units_to_f64);
    let units = by_segment(segmentation, customers.zip(units));
    let mut traits = vec![Vec::new(); n_segments];
    if snapshot.len() > 0 {
        add_traits(&mut traits, "recency", &recency);
        add_traits(&mut traits, "frequency", &frequency);
        if dataset.has_money {
            add_traits(&mut traits, "monetary", &monetary);
        }
    }
    for (place, attribute) in dataset.attributes.iter().enumerate() {
        if let Some(ColumnOn::Numbers(values)) = dataset.column_at(place, as_of) {
            let known = values
                .iter()
                .enumerate()
                .filter_map(|(customer, value)| Some((customer, (*value)?)));
            add_traits(
                &mut traits,
                &attribute.name,
                &by_segment(segmentation, known),
            );
        }
    }
    let mut measures = recency.into_iter().zip(frequency).zip(units);
    let mut profiles = Vec::with_capacity(n_segments);
    for (place, (segment, traits)) in segmentation.segments.iter().zip(traits).enumerate() {
        let medians = measures.next().and_then(|((recency, frequency), units)| {
            medians([recency, frequency, units], snapshot.scale)
        });
        profiles.push(sums.profile(place, segment, medians, strongest(&traits)));
    }
    profiles
}

/// Exact sums by segment.
struct Sums {
    n_customers: Vec<u64>,
    n_orders: Vec<u64>,
    units: Vec<i128>,
    scale: u8,
    has_money: bool,
    counted: Counted,
}

impl Sums {
    fn new(dataset: &Dataset, snapshot: &Snapshot, segmentation: &Segmentation) -> Self {
        let n_segments = segmentation.segments.len();
        let mut sums = Self {
            n_customers: vec![0; n_segments],
            n_orders: vec![0; n_segments],
            units: vec![0; n_segments],
            scale: snapshot.scale,
            has_money: dataset.has_money,
            counted: snapshot.counted,
        };
        for &segment in &segmentation.assignment {
            if let Some(n_customers) = sums.n_customers.get_mut(usize::from(segment)) {
                *n_customers += 1;
            }
        }
        for (place, &customer) in snapshot.customers.iter().enumerate() {
            let segment = segmentation.place_of(customer as usize);
            if segment < n_segments {
                sums.n_orders[segment] += u64::from(snapshot.frequency[place]);
                sums.units[segment] += snapshot.units[place];
            }
        }
        sums
    }

    fn profile(
        &self,
        place: usize,
        segment: &Segment,
        medians: Option<Medians>,
        traits: Vec<Trait>,
    ) -> SegmentProfile {
        let (n_customers, n_orders) = (self.n_customers[place], self.n_orders[place]);
        let revenue = Money::new(self.units[place], self.scale);
        let all_customers = self.n_customers.iter().sum::<u64>();
        SegmentProfile {
            label: segment.label.clone(),
            n_customers,
            customer_share: share(n_customers as f64, all_customers as f64),
            counted: self.counted,
            n_orders,
            revenue,
            revenue_share: share(
                units_to_f64(self.units[place]),
                units_to_f64(self.units.iter().sum()),
            ),
            average_order_value: (n_orders > 0 && self.has_money)
                .then(|| revenue.to_f64() / n_orders as f64),
            medians,
            traits,
        }
    }
}

/// `part / whole`, and 0 of nothing.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn by_segment(
    segmentation: &Segmentation,
    values: impl Iterator<Item = (usize, f64)>,
) -> Vec<Vec<f64>> {
    let mut groups = vec![Vec::new(); segmentation.segments.len()];
    for (customer, value) in values {
        let segment = segmentation.place_of(customer);
        if let Some(group) = groups.get_mut(segment) {
            group.push(value);
        }
    }
    groups
}

/// Of recency, frequency and whole units of money: half a unit is exact, and one division rounds to the nearest number.
fn medians([mut recency, mut frequency, mut units]: [Vec<f64>; 3], scale: u8) -> Option<Medians> {
    Some(Medians {
        recency_days: stats::median(&mut recency)?,
        frequency: stats::median(&mut frequency)?,
        monetary: stats::median(&mut units)? / 10_f64.powi(i32::from(scale)),
    })
}

fn add_traits(traits: &mut [Vec<Trait>], feature: &str, groups: &[Vec<f64>]) {
    let (overall_mean, deviation) = stats::moments(groups.iter().flatten().copied());
    for (traits, group) in traits.iter_mut().zip(groups) {
        if group.is_empty() {
            continue;
        }
        let mean = group.iter().sum::<f64>() / group.len() as f64;
        let difference = mean - overall_mean;
        // What rounding makes of equal values is no spread.
        let z = if deviation > overall_mean.abs() * 1e-9 {
            difference / deviation
        } else {
            0.0
        };
        if z.is_finite() && mean.is_finite() {
            traits.push(Trait {
                feature: feature.into(),
                mean,
                overall_mean,
                z,
            });
        }
    }
}

fn strongest(traits: &[Trait]) -> Vec<Trait> {
    let strength = |place: usize| traits[place].z.abs();
    let order = places_in_order(traits.len(), &|a, b| strength(b).total_cmp(&strength(a)));
    let first = order.into_iter().take(MOST_TRAITS);
    first.map(|place| traits[place].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SegmentationId, testing};

    fn halves(assignment: &[u16]) -> Segmentation {
        let segment = |text: &str| Segment {
            label: Label::Own(text.into()),
        };
        Segmentation {
            id: SegmentationId::Rfm,
            segments: ["x", "y", "z"].map(segment).to_vec(),
            assignment: assignment.to_vec(),
            membership: None,
            predicted: None,
        }
    }

    #[test]
    fn the_median_of_money_is_the_decimal_between_two_amounts() {
        let dataset = testing::orders(&[("a", 1, 10), ("b", 1, 70)]);
        let profiles = run(&dataset, &halves(&[0, 0]), Day::from_number(4));
        let median = profiles[0].medians.map(|own| own.monetary.to_string());
        assert_eq!(median, Some("0.4".to_owned()));
    }

    #[test]
    fn segments_are_described_as_of_the_day_without_who_was_not_there_yet() {
        let dataset = testing::orders(&[("a", 1, 100), ("a", 3, 300), ("b", 2, 600), ("c", 9, 7)]);
        let segmentation = halves(&[0, 1, Segmentation::ABSENT]);
        let profiles = run(&dataset, &segmentation, Day::from_number(4));
        let summary = |place: usize| {
            let one: &SegmentProfile = &profiles[place];
            (
                one.n_customers,
                one.customer_share,
                one.n_orders,
                one.revenue.to_string(),
                one.revenue_share,
            )
        };
        assert_eq!(summary(0), (1, 0.5, 2, "4".into(), 0.4));
        assert_eq!(summary(1), (1, 0.5, 1, "6".into(), 0.6));
        assert_eq!(summary(2), (0, 0.0, 0, "0".into(), 0.0));
        assert_eq!(profiles[0].average_order_value, Some(2.0));
        assert_eq!(profiles[2].medians, None);
        assert_eq!(profiles[0].medians.map(|m| m.recency_days), Some(1.0));
    }

    #[test]
    fn traits_are_differences_in_standard_deviations_strongest_first() {
        let column = vec![Some(1.0), Some(1.0), Some(5.0), None];
        let flat = vec![Some(2.0); 4];
        let dataset = testing::numbers(&[("flat", flat), ("age", column)]);
        let profiles = run(&dataset, &halves(&[0, 0, 1, 1]), Day::from_number(0));
        let first = &profiles[1].traits[0];
        assert_eq!((first.feature.as_str(), first.mean), ("age", 5.0));
        assert!((first.overall_mean - 7.0 / 3.0).abs() < 1e-12);
        assert!((first.z - 2.0_f64.sqrt()).abs() < 1e-12);
        assert!(profiles[1].traits[1].z.abs() < 1e-12);
        assert_eq!(profiles[1].n_customers, 2);
    }
}

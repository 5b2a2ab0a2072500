//! Who is in the segments of any segmentation, what they are worth and how they differ.

use serde::{Deserialize, Serialize};

use super::{Label, Segmentation};
use crate::data::{Dataset, Day, Money};

/// One segment, described.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentProfile {
    /// What it is called.
    pub label: Label,
    /// Customers.
    pub n_customers: u64,
    /// Share of all customers, 0 to 1.
    pub customer_share: f64,
    /// Their orders.
    pub n_orders: u64,
    /// Their money.
    pub revenue: Money,
    /// Share of all money, 0 to 1; 0 where there is none.
    pub revenue_share: f64,
    /// Money per order; `None` without orders or money.
    pub average_order_value: Option<f64>,
    /// Medians of recency (days), frequency (orders) and monetary; `None` for an empty segment.
    pub medians: Option<Medians>,
    /// How the segment differs, strongest first.
    pub traits: Vec<Trait>,
}

/// Medians of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Medians {
    /// Days.
    pub recency_days: f64,
    /// Orders.
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

/// Describes every segment of `segmentation` as of a day.
pub fn run(dataset: &Dataset, segmentation: &Segmentation, as_of: Day) -> Vec<SegmentProfile> {
    let _ = (dataset, segmentation, as_of);
    Vec::new()
}

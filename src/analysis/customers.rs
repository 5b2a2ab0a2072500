//! Single customers with what is known of them: pages of a list, and the rows of the exported table.

use serde::{Deserialize, Serialize};

use super::{Label, SegmentationId};
use crate::data::Money;

/// Which customers, in which order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Only those of this segment (its place in the segmentation).
    pub segment: Option<(SegmentationId, u16)>,
    /// Sorted by this.
    pub sort: Sort,
    /// Whether the largest come first.
    pub descending: bool,
    /// How many to skip.
    pub offset: u64,
    /// How many at most.
    pub limit: u64,
}

/// What a list is sorted by; ties by customer id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// The id, in byte order.
    #[default]
    Customer,
    /// Days since the last order.
    Recency,
    /// Orders.
    Frequency,
    /// Money.
    Monetary,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// What was asked.
    pub query: Query,
    /// How many match in all.
    pub n_matching: u64,
    /// The rows of this page.
    pub rows: Vec<Row>,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The id.
    pub customer: String,
    /// Days since the last order; `None` where the file does not say.
    pub recency_days: Option<i32>,
    /// Orders.
    pub frequency: Option<u32>,
    /// Money; `None` where the file has none.
    pub monetary: Option<Money>,
    /// R, F and M scores, where RFM has run.
    pub scores: Option<(u8, u8, u8)>,
    /// The label in each segmentation that has run, in the order of [`SegmentationId::ALL`].
    pub labels: Vec<Option<Label>>,
}

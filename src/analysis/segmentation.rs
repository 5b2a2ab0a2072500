//! The one type that every method of segmentation ends in, and that everything after it takes.

use serde::{Deserialize, Serialize};

/// A segmentation of the customers of a dataset at an as-of date.
#[derive(Clone, Debug, PartialEq)]
pub struct Segmentation {
    /// Which one it is.
    pub id: SegmentationId,
    /// The segments, in the order in which they are shown.
    pub segments: Vec<Segment>,
    /// For each customer of the dataset the number of its segment;
    /// [`Segmentation::ABSENT`] for who was no customer yet at the as-of date.
    pub assignment: Vec<u16>,
}

impl Segmentation {
    /// In place of a segment: not a customer yet at the as-of date.
    pub const ABSENT: u16 = u16::MAX;

    /// The segment of `customer`, if it was a customer already.
    pub fn segment_of(&self, customer: usize) -> Option<&Segment> {
        self.segments.get(usize::from(self.assignment[customer]))
    }
}

/// Which segmentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentationId {
    /// Named RFM segments.
    Rfm,
    /// k-means clusters.
    Clusters,
}

impl SegmentationId {
    /// All, in the order of views and files.
    pub const ALL: [Self; 2] = [Self::Rfm, Self::Clusters];

    /// The name used in files, settings and routes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rfm => "rfm",
            Self::Clusters => "clusters",
        }
    }
}

/// A group of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// What it is called.
    pub label: Label,
}

/// What a segment is called. Words for the known ones are in `text`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// A well-known segment.
    Known(SegmentName),
    /// As the person named it.
    Own(String),
    /// A cluster: its number from 1, largest mean value first, and a name suggested by its traits.
    Cluster {
        /// From 1.
        number: u16,
        /// The suggestion, where its traits allow one.
        suggestion: Option<SegmentName>,
    },
}

/// The well-known names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentName {
    /// Bought lately, often and for much.
    Champions,
    /// Buy often and for good money.
    LoyalCustomers,
    /// Recent, with more than one order.
    PotentialLoyalists,
    /// Bought lately for the first time.
    NewCustomers,
    /// Fairly recent first-time buyers of little.
    Promising,
    /// Middling in all three.
    NeedAttention,
    /// Below the middle, sleeping soon.
    AboutToSleep,
    /// Bought often and for much, long ago.
    AtRisk,
    /// Bought most often, long ago.
    CantLoseThem,
    /// Long ago, seldom, little.
    Hibernating,
    /// Lowest in all three.
    Lost,
    /// Matched by no rule of the map.
    Others,
    /// Left out of a clustering since a feature is missing.
    Unclustered,
}

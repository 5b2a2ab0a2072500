//! The one type that every method of segmentation ends in, and that everything after it takes.

use serde::{Deserialize, Serialize};

use super::{AnalysisId, ReadyName};

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
    /// How probable it is that each customer belongs to its segment, where the method tells; not a number for who
    /// has none.
    pub membership: Option<Vec<f32>>,
    /// What is predicted of each customer (a probability, or an amount), where that made the segments; not a number
    /// for who was no customer yet.
    pub predicted: Option<Vec<f64>>,
}

impl Segmentation {
    /// In place of a segment: not a customer yet at the as-of date.
    pub const ABSENT: u16 = u16::MAX;

    /// The segment of `customer`, if it was a customer already.
    pub fn segment_of(&self, customer: usize) -> Option<&Segment> {
        self.segments.get(self.place_of(customer))
    }

    /// How probable it is that `customer` belongs to its segment, where the method tells.
    pub fn membership_of(&self, customer: usize) -> Option<f32> {
        let share = *self.membership.as_ref()?.get(customer)?;
        share.is_finite().then_some(share)
    }

    /// What is predicted of `customer`, where that made the segments.
    pub fn predicted_of(&self, customer: usize) -> Option<f64> {
        let predicted = *self.predicted.as_ref()?.get(customer)?;
        predicted.is_finite().then_some(predicted)
    }

    /// Place in `segments` of the segment of `customer`; past their end for who was no customer yet.
    pub(super) fn place_of(&self, customer: usize) -> usize {
        usize::from(
            self.assignment
                .get(customer)
                .copied()
                .unwrap_or(Self::ABSENT),
        )
    }
}

/// Which segmentation.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum SegmentationId {
    /// Named RFM segments.
    #[default]
    Rfm,
    /// Clusters found in what customers do.
    Clusters,
    /// Stages of the customers' life.
    Lifecycle,
    /// Classes by value.
    Value,
    /// Lateness against the own rhythm.
    Rhythm,
    /// A person's own rules.
    Rules,
    /// Tenths of a prediction.
    Prediction,
    /// Who moved where since an earlier date.
    Movement,
    /// By what customers will be worth.
    Lifetime,
}

impl SegmentationId {
    /// All, in the order of views and files.
    pub const ALL: [Self; 9] = [
        Self::Rfm,
        Self::Clusters,
        Self::Lifecycle,
        Self::Value,
        Self::Rhythm,
        Self::Rules,
        Self::Prediction,
        Self::Movement,
        Self::Lifetime,
    ];

    /// The name used in files, settings and routes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rfm => "rfm",
            Self::Clusters => "clusters",
            Self::Lifecycle => "lifecycle",
            Self::Value => "value",
            Self::Rhythm => "rhythm",
            Self::Rules => "rules",
            Self::Prediction => "prediction",
            Self::Movement => "movement",
            Self::Lifetime => "lifetime",
        }
    }
}

impl SegmentationId {
    /// The analysis that makes it.
    pub const fn analysis(self) -> AnalysisId {
        match self {
            Self::Rfm => AnalysisId::Rfm,
            Self::Clusters => AnalysisId::Clusters,
            Self::Lifecycle => AnalysisId::Lifecycle,
            Self::Value => AnalysisId::Value,
            Self::Rhythm => AnalysisId::Rhythm,
            Self::Rules => AnalysisId::Rules,
            Self::Prediction => AnalysisId::Prediction,
            Self::Movement => AnalysisId::Movement,
            Self::Lifetime => AnalysisId::Lifetime,
        }
    }
}

/// A group of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// What it is called.
    pub label: Label,
}

impl Segment {
    /// Segments with these ready-made names.
    pub(super) fn ready(names: &[ReadyName]) -> Vec<Self> {
        let segment = |&name: &ReadyName| Self {
            label: Label::Ready(name),
        };
        names.iter().map(segment).collect()
    }
}

/// What a segment is called. Words for the known ones are in `text`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// A well-known segment.
    Known(SegmentName),
    /// A segment of a ready-made segmentation.
    Ready(ReadyName),
    /// As the person named it.
    Own(String),
    /// From one segment to another since an earlier date.
    Moved(Box<(Label, Label)>),
    /// A cluster: its number from 1, largest mean value first, and what its customers are like.
    Cluster {
        /// From 1.
        number: u16,
        /// The well-known segment whose customers are most alike; no two clusters have the same one.
        suggestion: Option<SegmentName>,
        /// Beside all clustered customers; `None` where the file does not say.
        standing: Option<Standing>,
    },
}

/// How recently and how much the customers of a cluster buy, as far as they were clustered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Standing {
    /// High is recent; none where recency is no feature.
    pub recent: Option<Level>,
    /// Orders and money, those that are features; none where neither is.
    pub value: Option<Level>,
}

/// Beside the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Clearly below.
    Low,
    /// About there.
    Middle,
    /// Clearly above.
    High,
}

/// The well-known names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentName {
    /// Bought lately and most often.
    Champions,
    /// Buy often, the last time not long ago.
    LoyalCustomers,
    /// Recent, with some orders.
    PotentialLoyalists,
    /// Bought lately, with the fewest orders.
    NewCustomers,
    /// Fairly recent, with the fewest orders.
    Promising,
    /// Middling.
    NeedAttention,
    /// Below the middle, sleeping soon.
    AboutToSleep,
    /// Bought often, long ago.
    AtRisk,
    /// Bought most often, long ago.
    CantLoseThem,
    /// Bought seldom, long ago.
    Hibernating,
    /// Lowest of all.
    Lost,
    /// Matched by no rule of the map.
    Others,
    /// In no dense region of a clustering by density.
    Noise,
    /// Left out of a clustering since a feature is missing.
    Unclustered,
}

impl SegmentName {
    /// What those are called whom no rule has, in English and Korean: no rule may be called so.
    pub const OTHERS: [&'static str; 2] = ["Others", "기타"];

    /// All, in the order of their definition.
    pub const ALL: [Self; 14] = [
        Self::Champions,
        Self::LoyalCustomers,
        Self::PotentialLoyalists,
        Self::NewCustomers,
        Self::Promising,
        Self::NeedAttention,
        Self::AboutToSleep,
        Self::AtRisk,
        Self::CantLoseThem,
        Self::Hibernating,
        Self::Lost,
        Self::Others,
        Self::Noise,
        Self::Unclustered,
    ];

    /// The name used in files, settings and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Champions => "champions",
            Self::LoyalCustomers => "loyal_customers",
            Self::PotentialLoyalists => "potential_loyalists",
            Self::NewCustomers => "new_customers",
            Self::Promising => "promising",
            Self::NeedAttention => "need_attention",
            Self::AboutToSleep => "about_to_sleep",
            Self::AtRisk => "at_risk",
            Self::CantLoseThem => "cant_lose_them",
            Self::Hibernating => "hibernating",
            Self::Lost => "lost",
            Self::Others => "others",
            Self::Noise => "noise",
            Self::Unclustered => "unclustered",
        }
    }

    /// The name with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_settings_write() {
        for name in SegmentName::ALL {
            let written = serde_json::to_string(&name).unwrap();
            assert_eq!(written, format!("\"{}\"", name.key()));
            assert_eq!(SegmentName::from_key(name.key()), Some(name));
        }
    }
}

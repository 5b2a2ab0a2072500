//! Names of the segments that ready-made segmentations make. The words for them are in `text`.

use serde::{Deserialize, Serialize};

/// The name of a ready-made segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadyName {
    /// Lifecycle: known, but has not ordered.
    Prospect,
    /// Lifecycle: one order, lately.
    New,
    /// Lifecycle: several orders, the last one lately.
    Active,
    /// Lifecycle: many orders, the last one lately.
    Loyal,
    /// Lifecycle: came back lately after a pause as long as that of the lapsed.
    WonBack,
    /// Lifecycle: the last order is longer ago than most pauses.
    Slipping,
    /// Lifecycle: the last order is longer ago than nearly all pauses.
    Lapsed,
    /// Value: the customers who make up the first share of the total.
    ClassA,
    /// Value: the next share of the total.
    ClassB,
    /// Value: the rest of the total.
    ClassC,
    /// Value: the highest share of the customers.
    Heavy,
    /// Value: the middle of the customers.
    Medium,
    /// Value: the lowest share of the customers.
    Light,
    /// Value: the top share that was asked for.
    Top,
    /// Value: all below the top.
    BelowTop,
    /// Value: nothing, less than nothing, or not known.
    NoValue,
    /// Rhythm: within the own days between orders.
    OnTime,
    /// Rhythm: the next order is due.
    Due,
    /// Rhythm: late.
    Late,
    /// Rhythm: very late.
    LongOverdue,
    /// Rhythm: a single order day tells no rhythm.
    NoRhythm,
    /// Prediction: the first to the tenth tenth of the customers, the highest predictions first.
    Tenth(u8),
    /// Movement: in the same segment as on the earlier date.
    Stayed,
    /// Movement: in another segment, by a move that few made.
    MovedElse,
    /// Movement: first ordered after the earlier date.
    NewSince,
    /// Lifetime: the first twentieth of the customers by what they will be worth.
    WorthMost,
    /// Lifetime: up to a fifth of the customers by what they will be worth.
    WorthMuch,
    /// Lifetime: up to half of the customers by what they will be worth.
    WorthSome,
    /// Lifetime: the other half of the customers by what they will be worth.
    WorthLittle,
}

impl ReadyName {
    /// Those of stages, classes and rhythm: what rules can test.
    const TESTED: [Self; 21] = [
        Self::Prospect,
        Self::New,
        Self::Active,
        Self::Loyal,
        Self::WonBack,
        Self::Slipping,
        Self::Lapsed,
        Self::ClassA,
        Self::ClassB,
        Self::ClassC,
        Self::Heavy,
        Self::Medium,
        Self::Light,
        Self::Top,
        Self::BelowTop,
        Self::NoValue,
        Self::OnTime,
        Self::Due,
        Self::Late,
        Self::LongOverdue,
        Self::NoRhythm,
    ];

    /// The one of these with this [`ReadyName::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        Self::TESTED.into_iter().find(|name| name.key() == key)
    }

    /// The name used in files, settings and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Prospect => "prospect",
            Self::New => "new",
            Self::Active => "active",
            Self::Loyal => "loyal",
            Self::WonBack => "won_back",
            Self::Slipping => "slipping",
            Self::Lapsed => "lapsed",
            Self::ClassA => "class_a",
            Self::ClassB => "class_b",
            Self::ClassC => "class_c",
            Self::Heavy => "heavy",
            Self::Medium => "medium",
            Self::Light => "light",
            Self::Top => "top",
            Self::BelowTop => "below_top",
            Self::NoValue => "no_value",
            Self::OnTime => "on_time",
            Self::Due => "due",
            Self::Late => "late",
            Self::LongOverdue => "long_overdue",
            Self::NoRhythm => "no_rhythm",
            Self::Tenth(1) => "tenth_1",
            Self::Tenth(2) => "tenth_2",
            Self::Tenth(3) => "tenth_3",
            Self::Tenth(4) => "tenth_4",
            Self::Tenth(5) => "tenth_5",
            Self::Tenth(6) => "tenth_6",
            Self::Tenth(7) => "tenth_7",
            Self::Tenth(8) => "tenth_8",
            Self::Tenth(9) => "tenth_9",
            Self::Tenth(_) => "tenth_10",
            Self::Stayed => "stayed",
            Self::MovedElse => "moved_else",
            Self::NewSince => "new_since",
            Self::WorthMost => "worth_most",
            Self::WorthMuch => "worth_much",
            Self::WorthSome => "worth_some",
            Self::WorthLittle => "worth_little",
        }
    }
}

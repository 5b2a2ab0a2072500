//! What other analyses found of customers, as rules test it: R, F and M scores, and the segments of segmentations.
//!
//! A segment goes by its key, so that a rule reads the same in every language; a cluster by its number. Only
//! segmentations that need no other one are offered: rules cannot lead back to themselves.

use super::measures::Values;
use super::rfm::Scores;
use super::{Label, Segmentation, SegmentationId};
use gyeol_data::Names;

/// The names of the three scores.
pub const SCORES: [&str; 3] = ["r_score", "f_score", "m_score"];

/// The segmentations whose segments rules can test.
pub const TESTED: [SegmentationId; 5] = [
    SegmentationId::Rfm,
    SegmentationId::Clusters,
    SegmentationId::Lifecycle,
    SegmentationId::Value,
    SegmentationId::Rhythm,
];

/// What stands before the key of a segmentation in the name of its segments as a measure: `segment:value`.
const SEGMENT: &str = "segment:";

/// The name of a segmentation's segments as a measure.
pub fn name_of(id: SegmentationId) -> String {
    format!("{SEGMENT}{}", id.key())
}

/// The segmentation whose segments bear this name.
pub fn segmentation_of(name: &str) -> Option<SegmentationId> {
    let key = name.strip_prefix(SEGMENT)?;
    TESTED.into_iter().find(|id| id.key() == key)
}

/// What a name asks another analysis for; `None` where it is a measure or column.
pub fn source_of(name: &str) -> Option<SegmentationId> {
    let is_score = SCORES.contains(&name);
    is_score
        .then_some(SegmentationId::Rfm)
        .or_else(|| segmentation_of(name))
}

/// What a segment is called in a rule.
pub fn key_of(label: &Label) -> String {
    match label {
        Label::Known(name) => name.key().to_owned(),
        Label::Ready(name) => name.key().to_owned(),
        Label::Own(name) => name.clone(),
        Label::Moved(both) => format!("{}-{}", key_of(&both.0), key_of(&both.1)),
        Label::Cluster { number, .. } => number.to_string(),
    }
}

/// What has been computed beside.
#[derive(Debug, Default)]
pub struct Beside<'a> {
    scores: Option<&'a Scores>,
    segments: Vec<(&'a Segmentation, Names)>,
}

impl<'a> Beside<'a> {
    /// Adds what an analysis found.
    pub fn add(&mut self, scores: Option<&'a Scores>, segmentation: Option<&'a Segmentation>) {
        self.scores = self.scores.or(scores);
        if let Some(segmentation) = segmentation.filter(|one| TESTED.contains(&one.id)) {
            let mut names = Names::default();
            for segment in &segmentation.segments {
                names.intern(key_of(&segment.label).as_bytes());
            }
            self.segments.push((segmentation, names));
        }
    }

    /// The names of what there is.
    pub(super) fn names(&self) -> Vec<String> {
        let scores = self.scores.into_iter().flat_map(|_| SCORES);
        let segments = self.segments.iter().map(|(one, _)| name_of(one.id));
        scores.map(str::to_owned).chain(segments).collect()
    }

    /// What it says under a name of the customers `present`.
    pub(super) fn values(&self, name: &str, present: &[u32]) -> Option<Values<'_>> {
        if let Some(place) = SCORES.iter().position(|own| *own == name) {
            let scores = self.scores?;
            let of = |&customer: &u32| {
                let (r, f, m) = scores.of(customer as usize)?;
                Some(f64::from([r, f, m][place]))
            };
            return Some(Values::Numbers(present.iter().map(of).collect()));
        }
        let id = segmentation_of(name)?;
        let mut segments = self.segments.iter();
        let (segmentation, texts) = segments.find(|(one, _)| one.id == id)?;
        let of = |&customer: &u32| {
            let segment = segmentation.segment_of(customer as usize)?;
            texts.find(key_of(&segment.label).as_bytes())
        };
        let codes = present.iter().map(of).collect();
        Some(Values::Texts { texts, codes })
    }
}

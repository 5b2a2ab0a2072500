//! Where each customer was and is: places among the segments of all dates.
//!
//! Segments are the same on two dates where their names are; clusters where their numbers are, since what sets a
//! cluster apart is of a date.

use super::Taken;
use crate::{Label, Segment, Segmentation};

/// The segments of the earlier date in their order, then those that only another date has.
pub(super) fn labels_of(taken: &Taken) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let all = [Some(&taken.earlier), Some(&taken.now), Some(&taken.still)];
    let others = [&taken.before, &taken.old_cuts, &taken.unreturned].map(Option::as_ref);
    for segmentation in all.into_iter().chain(others).flatten() {
        for segment in &segmentation.segments {
            if !labels.iter().any(|label| is_same(label, &segment.label)) {
                labels.push(segment.label.clone());
            }
        }
    }
    labels
}

/// Whether two names are of the same segment.
pub(super) fn is_same(one: &Label, other: &Label) -> bool {
    let number = |label: &Label| match label {
        Label::Cluster { number, .. } => Some(*number),
        _ => None,
    };
    one == other || number(one).is_some() && number(one) == number(other)
}

/// By customer, the place among all labels on each date; `None` for who was no customer.
pub(super) struct Places {
    pub(super) before: Option<Vec<Option<u16>>>,
    pub(super) earlier: Vec<Option<u16>>,
    pub(super) now: Vec<Option<u16>>,
    pub(super) still: Vec<Option<u16>>,
    pub(super) old_cuts: Option<Vec<Option<u16>>>,
    pub(super) unreturned: Option<Vec<Option<u16>>>,
}

impl Places {
    pub(super) fn new(taken: &Taken, labels: &[Label]) -> Self {
        let of = |segmentation: &Segmentation| -> Vec<Option<u16>> {
            let place = |segment: &Segment| {
                let mut all = labels.iter();
                all.position(|label| is_same(label, &segment.label))
            };
            let places: Vec<Option<u16>> = (segmentation.segments.iter())
                .map(|segment| place(segment).map(|place| place as u16))
                .collect();
            let own = segmentation.assignment.iter();
            own.map(|&own| places.get(usize::from(own)).copied().flatten())
                .collect()
        };
        Self {
            before: taken.before.as_ref().map(of),
            earlier: of(&taken.earlier),
            now: of(&taken.now),
            still: of(&taken.still),
            old_cuts: taken.old_cuts.as_ref().map(of),
            unreturned: taken.unreturned.as_ref().map(of),
        }
    }
}

//! Who made which move: the largest as a segmentation, and any of them as a list.
//!
//! A move is named by the segments and not by their places, so that it means the same whatever is computed anew.

use serde::{Deserialize, Serialize};

use super::places::{Places, is_same};
use crate::{Label, ReadyName, Segment, Segmentation, SegmentationId};
use gyeol_data::places_in_order;

/// Customers who have a move in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// From one segment to another; those who stayed where both are the same.
    Between(Label, Label),
    /// New since the earlier date, in this segment now.
    New(Label),
    /// In this segment then, in another one now.
    Left(Label),
    /// In this segment now: from another one, or new.
    Entered(Label),
}

/// Where all customers were and are.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    labels: Vec<Label>,
    /// By customer, the place among the labels; `None` for who was no customer.
    then: Vec<Option<u16>>,
    now: Vec<Option<u16>>,
}

impl Moves {
    pub(super) fn new(labels: &[Label], places: Places) -> Self {
        Self {
            labels: labels.to_vec(),
            then: places.earlier,
            now: places.now,
        }
    }

    /// The segments of a customer (by number) on the earlier date and on the as-of date, by the same rule.
    pub fn of(&self, customer: usize) -> (Option<&Label>, Option<&Label>) {
        let label = |places: &[Option<u16>]| {
            let place = places.get(customer).copied().flatten()?;
            self.labels.get(usize::from(place))
        };
        (label(&self.then), label(&self.now))
    }

    /// Whether a customer (by number) made this move. Segments that there are none of have nobody.
    pub fn test(&self, one: &Move) -> impl Fn(usize) -> bool + '_ {
        let place = |label: &Label| {
            let place = self.labels.iter().position(|own| is_same(own, label));
            place.map(|place| place as u16)
        };
        let (from, to) = match one {
            Move::Between(from, to) => (Some(place(from)), Some(place(to))),
            Move::New(to) => (None, Some(place(to))),
            Move::Left(from) => (Some(place(from)), None),
            Move::Entered(to) => (None, Some(place(to))),
        };
        let is_new = matches!(one, Move::New(_));
        let is_at = |wanted: Option<u16>, place: Option<u16>| wanted.is_some() && place == wanted;
        move |customer| {
            let at = |places: &[Option<u16>]| places.get(customer).copied().flatten();
            let (then, now) = (at(&self.then), at(&self.now));
            match (from, to) {
                (Some(from), Some(to)) => is_at(from, then) && is_at(to, now),
                (Some(from), None) => is_at(from, then) && !is_at(from, now),
                (None, Some(to)) if is_new => then.is_none() && is_at(to, now),
                (None, Some(to)) => is_at(to, now) && !is_at(to, then),
                (None, None) => false,
            }
        }
    }
}

/// How many moves have a segment of their own.
const MOST_MOVES: usize = 20;

/// Places in the matrix of the moves, the most customers first, then by place.
pub(super) fn largest_moves(counts: &[u64], n: usize) -> Vec<usize> {
    let is_move = |&at: &usize| at / n != at % n && counts[at] > 0;
    let order = places_in_order(counts.len(), &|a, b| counts[b].cmp(&counts[a]));
    order.into_iter().filter(is_move).collect()
}

/// The largest moves, then who stayed, who moved otherwise and who is new.
pub(super) fn segmentation(places: &Places, counts: &[u64], labels: &[Label]) -> Segmentation {
    let n = labels.len();
    let mut largest = largest_moves(counts, n);
    largest.truncate(MOST_MOVES);
    let own = largest.len() as u16;
    let assignment = places.earlier.iter().zip(&places.now);
    let assignment = assignment.map(|(&from, &to)| match (from, to) {
        (_, None) => Segmentation::ABSENT,
        (None, Some(_)) => own + 2,
        (Some(from), Some(to)) if from == to => own,
        (Some(from), Some(to)) => {
            let at = usize::from(from) * n + usize::from(to);
            let place = largest.iter().position(|&one| one == at);
            place.map_or(own + 1, |place| place as u16)
        }
    });
    let assignment = assignment.collect();
    let segment = |&at: &usize| Segment {
        label: Label::Moved(Box::new((labels[at / n].clone(), labels[at % n].clone()))),
    };
    let mut segments: Vec<Segment> = largest.iter().map(segment).collect();
    let rest = [ReadyName::Stayed, ReadyName::MovedElse, ReadyName::NewSince];
    segments.extend(Segment::ready(&rest));
    Segmentation {
        id: SegmentationId::Movement,
        segments,
        assignment,
        membership: None,
        predicted: None,
    }
}

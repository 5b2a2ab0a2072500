//! One segmentation on two dates: who moved where, because time passed or because they bought, what it brought, and
//! whether the segmentation still holds and told anything of what came after.
//!
//! The earlier state is made of the orders until then and of nothing else. This module counts; the segmentations are
//! made by their own analyses, with the cut points of the earlier date or anew. Formulas, sources and limits:
//! `docs/methods/movement.md`.

mod drift;
mod foresight;
mod freeze;
mod past;

use serde::{Deserialize, Serialize};

use super::profile::{self, SegmentProfile};
use super::{AnalysisError, Checked, Label, ReadyName, Segment, Segmentation, SegmentationId};
use crate::data::{Dataset, Day, History, Money, places_in_order};

pub use drift::{Drift, Verdict};
pub use foresight::{Foresight, Realised};
pub(super) use freeze::{Frozen, freeze};
pub(super) use past::until;

/// What the later date is cut by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cuts {
    /// The cut points of the earlier date.
    #[default]
    Frozen,
    /// Those of the as-of date itself.
    Fresh,
}

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// Which segmentation.
    pub of: SegmentationId,
    /// The earlier date, not after the as-of date; `None` is 30 days before it, or a quarter of a shorter history.
    pub earlier: Option<Day>,
    /// What the later date is cut by.
    pub cuts: Cuts,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            of: SegmentationId::Rfm,
            earlier: None,
            cuts: Cuts::default(),
        }
    }
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        let is_frozen_clusters = self.of == SegmentationId::Clusters && self.cuts == Cuts::Frozen;
        if self.of == SegmentationId::Movement || is_frozen_clusters {
            return Err(AnalysisError::NotOverTime { of: self.of });
        }
        Ok(())
    }
}

/// What page, picture and JSON get. Matrices are `labels × labels`, row by row: rows are the earlier date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The earlier date.
    pub earlier: Day,
    /// The as-of date.
    pub as_of: Day,
    /// The segments of either date.
    pub labels: Vec<Label>,
    /// Customers.
    pub counts: Vec<u64>,
    /// What these customers bought after the earlier date, until the as-of date.
    pub revenue: Vec<Money>,
    /// Customers, where they would be on the as-of date had nobody bought after the earlier one.
    pub without_orders: Vec<u64>,
    /// Customers who ordered for the first time after the earlier date, by where they are now.
    pub entered: Vec<u64>,
    /// What they bought.
    pub entered_revenue: Vec<Money>,
    /// Customers of the earlier date who are none any more: nobody ever leaves an order file.
    pub n_left: u64,
    /// Customers of the earlier date.
    pub n_known: u64,
    /// Those of them in another segment now.
    pub n_moved: u64,
    /// Those of the moved who have no order between the dates: time moved them.
    pub n_moved_by_time: u64,
    /// Those who stayed because they bought: without an order they would be elsewhere.
    pub n_held: u64,
    /// The largest moves, who stayed, who moved otherwise, who is new: a segmentation of the as-of date.
    pub segments: Vec<SegmentProfile>,
    /// How far recency, frequency and money have drifted.
    pub drift: Vec<Drift>,
    /// How far the shares of the segments have drifted.
    pub share_psi: f64,
    /// Whether the segments told what came after.
    pub foresight: Foresight,
}

impl Report {
    /// How many segments there are.
    pub fn n(&self) -> usize {
        self.labels.len()
    }

    /// Customers of the segment at `place` on the earlier date.
    pub fn size_before(&self, place: usize) -> u64 {
        let n = self.n();
        self.counts[place * n..(place + 1) * n].iter().sum()
    }

    /// Customers of the segment at `place` on the as-of date, with the new ones.
    pub fn size_now(&self, place: usize) -> u64 {
        let n = self.n();
        let came: u64 = self.counts.iter().skip(place).step_by(n).sum();
        came + self.entered[place]
    }

    /// The worst reading of all drifts.
    pub fn verdict(&self) -> Verdict {
        let all = self.drift.iter().map(|one| one.psi);
        Verdict::of(all.fold(self.share_psi, f64::max))
    }

    /// The largest move: from, to, customers; `None` where nobody moved.
    pub fn largest_move(&self) -> Option<(usize, usize, u64)> {
        let first = *largest_moves(&self.counts, self.n()).first()?;
        Some((first / self.n(), first % self.n(), self.counts[first]))
    }
}

/// The segmentation on its dates.
pub(super) struct Taken {
    /// On the earlier date.
    pub(super) earlier: Segmentation,
    /// On the as-of date.
    pub(super) now: Segmentation,
    /// On the as-of date, had nobody bought after the earlier one.
    pub(super) still: Segmentation,
    /// As long before the earlier date as the as-of date is after it; `None` where nobody was a customer then.
    pub(super) before: Option<Segmentation>,
}

/// The dates of a movement: the earlier one, and the one as long before it.
///
/// # Errors
/// [`AnalysisError::NoHistory`] without single orders; [`AnalysisError::EarlierIsLater`];
/// [`AnalysisError::NobodyKnown`] where nobody had ordered on the earlier date.
pub(super) fn dates(
    dataset: &Dataset,
    params: &Params,
    as_of: Day,
) -> Result<(Day, Day), AnalysisError> {
    let History::Orders(_) = &dataset.history else {
        return Err(AnalysisError::NoHistory);
    };
    let (first, _) = dataset.period().ok_or(AnalysisError::NoHistory)?;
    let usual = || (as_of.days_since(first) / 4).clamp(1, 30);
    let earlier = params.earlier.unwrap_or_else(|| as_of.plus(-usual()));
    if earlier > as_of {
        return Err(AnalysisError::EarlierIsLater { earlier, as_of });
    }
    if earlier < first {
        return Err(AnalysisError::NobodyKnown { earlier, first });
    }
    Ok((earlier, earlier.plus(-as_of.days_since(earlier))))
}

/// Counts the moves between the two dates of `taken`.
pub(super) fn run(
    dataset: &Dataset,
    taken: &Taken,
    params: &Checked<Params>,
    as_of: Day,
) -> Result<(Report, Segmentation), AnalysisError> {
    let (earlier, before) = dates(dataset, params, as_of)?;
    let labels = labels_of(taken);
    let places = Places::new(taken, &labels);
    let tally = Tally::new(dataset, &places, labels.len(), (earlier, as_of));
    let moves = moves(&places, &tally.counts, &labels);
    let past = until(dataset, earlier);
    let sizes = |of: &[Option<u16>]| -> Vec<u64> {
        let mut sizes = vec![0; labels.len()];
        for place in of.iter().flatten() {
            sizes[usize::from(*place)] += 1;
        }
        sizes
    };
    let report = Report {
        params: Params::clone(params),
        earlier,
        as_of,
        share_psi: drift::psi(&sizes(&places.earlier), &sizes(&places.now)),
        drift: drift::run(&past, earlier, dataset, as_of),
        foresight: foresight::run(dataset, &places, &labels, [before, earlier, as_of]),
        segments: profile::run(dataset, &moves, as_of),
        counts: tally.counts,
        revenue: tally.revenue,
        without_orders: tally.without_orders,
        entered: tally.entered,
        entered_revenue: tally.entered_revenue,
        n_left: tally.n_left,
        n_known: tally.n_known,
        n_moved: tally.n_moved,
        n_moved_by_time: tally.n_moved_by_time,
        n_held: tally.n_held,
        labels,
    };
    Ok((report, moves))
}

/// The segments of the earlier date in their order, then those that only another date has. What sets clusters apart
/// is of a date; their number is not.
fn labels_of(taken: &Taken) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let all = [Some(&taken.earlier), Some(&taken.now), Some(&taken.still)];
    for segmentation in all.into_iter().chain([taken.before.as_ref()]).flatten() {
        for segment in &segmentation.segments {
            if !labels.iter().any(|label| is_same(label, &segment.label)) {
                labels.push(segment.label.clone());
            }
        }
    }
    labels
}

fn is_same(one: &Label, other: &Label) -> bool {
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
    now: Vec<Option<u16>>,
    still: Vec<Option<u16>>,
}

impl Places {
    fn new(taken: &Taken, labels: &[Label]) -> Self {
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
        }
    }
}

/// Orders and money of a customer after `from`, until `to`.
pub(super) fn bought(dataset: &Dataset, customer: usize, (from, to): (Day, Day)) -> (u32, Money) {
    let Some(now) = dataset.standing(customer, to) else {
        return (0, Money::default());
    };
    match dataset.standing(customer, from) {
        None => (now.n_orders, now.amount),
        Some(then) => {
            let units = now.amount.units() - then.amount.units();
            let money = Money::new(units, now.amount.scale());
            (now.n_orders - then.n_orders, money)
        }
    }
}

/// The sums that are printed.
struct Tally {
    counts: Vec<u64>,
    revenue: Vec<Money>,
    without_orders: Vec<u64>,
    entered: Vec<u64>,
    entered_revenue: Vec<Money>,
    n_left: u64,
    n_known: u64,
    n_moved: u64,
    n_moved_by_time: u64,
    n_held: u64,
}

impl Tally {
    fn new(dataset: &Dataset, places: &Places, n: usize, dates: (Day, Day)) -> Self {
        let scale = match &dataset.history {
            History::Orders(orders) => orders.scale,
            History::Summaries(sums) => sums.scale,
        };
        let mut tally = Self {
            counts: vec![0; n * n],
            revenue: vec![Money::new(0, scale); n * n],
            without_orders: vec![0; n * n],
            entered: vec![0; n],
            entered_revenue: vec![Money::new(0, scale); n],
            n_left: 0,
            n_known: 0,
            n_moved: 0,
            n_moved_by_time: 0,
            n_held: 0,
        };
        for (customer, (&from, &to)) in places.earlier.iter().zip(&places.now).enumerate() {
            let (n_orders, money) = bought(dataset, customer, dates);
            let add = |sum: &mut Money| *sum = Money::new(sum.units() + money.units(), scale);
            match (from.map(usize::from), to.map(usize::from)) {
                (Some(from), Some(to)) => {
                    let still = places.still.get(customer).copied().flatten();
                    let still = still.map_or(to, usize::from);
                    tally.counts[from * n + to] += 1;
                    add(&mut tally.revenue[from * n + to]);
                    tally.without_orders[from * n + still] += 1;
                    tally.n_known += 1;
                    tally.n_moved += u64::from(from != to);
                    tally.n_moved_by_time += u64::from(from != to && n_orders == 0);
                    tally.n_held += u64::from(from == to && n_orders > 0 && still != to);
                }
                (None, Some(to)) => {
                    tally.entered[to] += 1;
                    add(&mut tally.entered_revenue[to]);
                }
                (Some(_), None) => tally.n_left += 1,
                (None, None) => {}
            }
        }
        tally
    }
}

/// How many moves have a segment of their own.
const MOST_MOVES: usize = 20;

/// Places in the matrix of the moves, the most customers first, then by place.
fn largest_moves(counts: &[u64], n: usize) -> Vec<usize> {
    let is_move = |&at: &usize| at / n != at % n && counts[at] > 0;
    let order = places_in_order(counts.len(), &|a, b| counts[b].cmp(&counts[a]));
    order.into_iter().filter(is_move).collect()
}

/// The largest moves, then who stayed, who moved otherwise and who is new.
fn moves(places: &Places, counts: &[u64], labels: &[Label]) -> Segmentation {
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

#[cfg(test)]
mod tests;

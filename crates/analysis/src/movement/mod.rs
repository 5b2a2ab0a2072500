//! One segmentation on two dates: who moved where, because time passed or because they bought, what it brought, and
//! whether the segmentation still holds and told anything of what came after.
//!
//! The earlier state is made of the orders until then and of nothing else, and what came after ends where the file
//! ends. This module counts; the segmentations are made by their own analyses, with the cut points of the earlier
//! date, of a project, or anew. Formulas, sources and limits: `docs/methods/movement.md`.

mod differences;
mod drift;
mod foresight;
mod freeze;
mod known;
mod moves;
mod past;
mod places;
mod tally;
mod uses;

use serde::{Deserialize, Serialize};

use super::profile::{self, SegmentProfile};
use super::{
    AnalysisError, Checked, Label, LoneOrders, Measure, Monitor, Segmentation, SegmentationId,
    lone_orders,
};
use gyeol_data::{Choices, Dataset, Day, History, Money};

pub use differences::Difference;
pub(super) use differences::differences;
pub use drift::{Drift, Verdict, psi};
pub use foresight::{Foresight, Ranking, Realised};
pub use freeze::{Frozen, Kept};
pub(super) use freeze::{Held, can_hold, freeze};
pub(super) use known::lacking;
pub use known::{Known, Lacking};
pub use moves::{Move, Moves};
pub(super) use past::{until, without_refunds_after};
pub use tally::{Causes, Totals};
pub(super) use uses::uses;

/// What both dates are cut by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cuts {
    /// The cut points of the earlier date.
    #[default]
    Frozen,
    /// Each date's own.
    Fresh,
    /// Those that a project kept: [`Params::kept`].
    Kept,
}

/// Parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// Which segmentation.
    pub of: SegmentationId,
    /// The earlier date, not after the as-of date; `None` is that of a project where its cut points are gone by or
    /// [`Params::since`] says so, else 30 days before the as-of date, or a quarter of a shorter history.
    pub earlier: Option<Day>,
    /// What both dates are cut by.
    pub cuts: Cuts,
    /// What a project kept.
    pub kept: Option<Kept>,
    /// Which rows are left out today, where that is to be held against a project: filled in when it is asked, never a
    /// setting of its own.
    pub choices: Option<Choices>,
    /// The project that was opened, without its rules: its date is the usual earlier one where the file goes on after
    /// it. Filled in when it is asked, never a setting of its own.
    pub since: Option<Kept>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            of: SegmentationId::Rfm,
            earlier: None,
            cuts: Cuts::default(),
            kept: None,
            choices: None,
            since: None,
        }
    }
}

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        let of = self.of;
        match self.cuts {
            _ if of == SegmentationId::Movement => Err(AnalysisError::NotOverTime { of }),
            Cuts::Kept if self.kept.is_none() => Err(AnalysisError::NothingKept),
            Cuts::Kept if self.kept_rule().is_none() => Err(AnalysisError::NotKept { of }),
            _ => Ok(()),
        }
    }
}

impl Params {
    /// What a project kept of the segmentation.
    pub(super) fn kept_rule(&self) -> Option<&Frozen> {
        let rules = self.kept.as_ref()?.rules.iter();
        rules.into_iter().find(|rule| rule.id() == self.of)
    }
}

/// What page, picture and JSON get. Matrices are `labels × labels`, row by row: rows are the earlier date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The earlier date.
    pub earlier: Day,
    /// The last day whose orders the earlier state knows: the earlier date, or an earlier day where a project knew no more.
    pub cut: Day,
    /// The as-of date.
    pub as_of: Day,
    /// The last day whose orders the file has, not after the as-of date: nothing is known of the days between.
    pub known_until: Day,
    /// Share of the customers of the day that the cut points are of whom these put where the analysis of that day did,
    /// 0 to 1: below 1 for hierarchical clusters, and for medoids that are equally near.
    pub agreement: f64,
    /// Settings of today that differ from those of the project whose cut points are gone by.
    pub differences: Vec<Difference>,
    /// What the file lacks of what that project knew; `None` where it has nearly all.
    pub lacking: Option<Lacking>,
    /// All customers on the earlier date, with the orders until the cut.
    pub then: Totals,
    /// All customers on the as-of date.
    pub now: Totals,
    /// The segments of either date.
    pub labels: Vec<Label>,
    /// Customers.
    pub counts: Vec<u64>,
    /// What these customers bought after the earlier date, until the as-of date.
    pub revenue: Vec<Money>,
    /// All that these customers had spent until the as-of date.
    pub worth: Vec<Money>,
    /// Customers, where they would be on the as-of date had nobody bought after the earlier one, by the borders of the
    /// earlier date where it has any that can be kept.
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
    /// Why these moved.
    pub causes: Causes,
    /// Those who stayed because they bought: without an order they would be elsewhere.
    pub n_held: u64,
    /// The largest moves, who stayed, who moved otherwise, who is new: a segmentation of the as-of date.
    pub segments: Vec<SegmentProfile>,
    /// How far the measures and columns that the segmentation looks at have drifted; recency, frequency and money where
    /// it looks at none that is a number.
    pub drift: Vec<Drift>,
    /// How far the shares of the segments have drifted.
    pub share_psi: f64,
    /// What each segment adds to that.
    pub share_psi_parts: Vec<f64>,
    /// Whether the segments told what came after.
    pub foresight: Foresight,
    /// Orders that stand alone before the as-of date: both dates may lie in the silence before them.
    pub lone: Option<LoneOrders>,
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

    /// Whether of the measures only recency has drifted: time passed, or fewer buy.
    pub fn is_only_recency(&self) -> bool {
        let is_recency = |one: &Drift| one.measure == Measure::Recency.key();
        let holds = |one: &Drift| Verdict::of(one.psi) == Verdict::Holds;
        let mut moved = self.drift.iter().filter(|one| !holds(one)).peekable();
        moved.peek().is_some() && moved.all(is_recency)
    }

    /// The move of the customers who have spent most, without money of the most customers: from, to, customers; `None`
    /// where nobody moved.
    pub fn weightiest_move(&self) -> Option<(usize, usize, u64)> {
        let n = self.n();
        let mut best: Option<usize> = None;
        for at in 0..self.counts.len() {
            let weight = |at: usize| (self.worth[at], self.counts[at]);
            let is_move = at / n != at % n && self.counts[at] > 0;
            if is_move && best.is_none_or(|best| weight(at) > weight(best)) {
                best = Some(at);
            }
        }
        let best = best?;
        Some((best / n, best % n, self.counts[best]))
    }

    /// Whether the segments of a move are among those of these dates.
    pub fn knows(&self, one: &Move) -> bool {
        let is_there = |label: &Label| self.labels.iter().any(|own| places::is_same(own, label));
        match one {
            Move::Between(from, to) => is_there(from) && is_there(to),
            Move::New(label) | Move::Left(label) | Move::Entered(label) => is_there(label),
        }
    }

    /// Customers of the segment at `place` who are in another one now.
    pub fn n_gone(&self, place: usize) -> u64 {
        self.size_before(place) - self.counts[place * self.n() + place]
    }

    /// Customers of the segment at `place` who were not in it then.
    pub fn n_come(&self, place: usize) -> u64 {
        self.size_now(place) - self.counts[place * self.n() + place]
    }
}

/// The segmentation on its dates.
pub(super) struct Taken {
    /// On the earlier date.
    pub(super) earlier: Segmentation,
    /// On the as-of date.
    pub(super) now: Segmentation,
    /// On the as-of date, had nobody bought and nothing been given back after the earlier one, by the borders of then.
    pub(super) still: Segmentation,
    /// On the as-of date by the borders of the earlier one; `None` where that is `now`.
    pub(super) old_cuts: Option<Segmentation>,
    /// The same had nothing been given back after the earlier date; `None` where nothing was.
    pub(super) unreturned: Option<Segmentation>,
    /// Whether there are borders of the earlier date, so that causes can be told.
    pub(super) tells: bool,
    /// Share of the customers of its own day whom the rule puts where the analysis did.
    pub(super) agreement: f64,
    /// Settings of today that differ from a project's.
    pub(super) differences: Vec<Difference>,
    /// What the file lacks of what a project knew.
    pub(super) lacking: Option<Lacking>,
    /// What the segmentation looks at: keys of measures, and headers.
    pub(super) uses: Vec<String>,
    /// As long before the earlier date as what is known after it; `None` where nobody was a customer then.
    pub(super) before: Option<Segmentation>,
}

/// The days of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dates {
    /// The last day whose orders the earlier state knows.
    pub(super) cut: Day,
    /// The earlier date.
    pub(super) earlier: Day,
    /// The as-of date.
    pub(super) as_of: Day,
    /// The last day whose orders are known, not after the as-of date.
    pub(super) known_until: Day,
}

impl Dates {
    /// As long before the cut as what is known after it; `None` where nothing is.
    pub(super) fn before(self) -> Option<Day> {
        let n_days = self.known_until.days_since(self.cut);
        (n_days > 0).then(|| self.cut.plus(-n_days))
    }
}

/// The days of a movement.
///
/// # Errors
/// [`AnalysisError::NoHistory`] without single orders; [`AnalysisError::EarlierIsLater`];
/// [`AnalysisError::NobodyKnown`] where nobody had ordered on the earlier date, [`AnalysisError::LacksPast`] where the
/// file has nothing of what a project knew.
pub(super) fn dates(
    dataset: &Dataset,
    params: &Params,
    as_of: Day,
) -> Result<Dates, AnalysisError> {
    let History::Orders(_) = &dataset.history else {
        return Err(AnalysisError::NoHistory);
    };
    let (first, last) = dataset.period().ok_or(AnalysisError::NoHistory)?;
    let kept = params.kept.as_ref().filter(|_| params.cuts == Cuts::Kept);
    let goes_on = |kept: &&Kept| {
        let is_later = kept.as_of < as_of && kept.known_until < last.min(as_of);
        is_later && kept.as_of >= first && kept.is_known_by(dataset)
    };
    let since = params.since.as_ref().filter(goes_on);
    let usual = || match kept.or(since) {
        Some(kept) => kept.as_of,
        None => as_of.plus(-(as_of.days_since(first) / 4).clamp(1, 30)),
    };
    let earlier = params.earlier.unwrap_or_else(usual);
    if earlier > as_of {
        return Err(AnalysisError::EarlierIsLater { earlier, as_of });
    }
    // A project saved before a day was over does not know its orders: its state is that without them.
    let is_then = |own: &&Kept| own.as_of == earlier;
    let of_project = kept.filter(is_then);
    let then = of_project.or(since.filter(is_then));
    let cut = then.map_or(earlier, |then| then.known_until.min(earlier));
    if cut < first {
        if let Some(kept) = of_project {
            return Err(AnalysisError::LacksPast(Lacking {
                then: kept.known,
                found: Known::default(),
                until: cut,
            }));
        }
        let earlier = cut;
        return Err(AnalysisError::NobodyKnown { earlier, first });
    }
    Ok(Dates {
        cut,
        earlier,
        as_of,
        known_until: last.min(as_of),
    })
}

/// Counts the moves between the two dates of `taken`; `past` is the dataset as the earlier state knows it.
///
/// # Errors
/// Stopped.
pub(super) fn run(
    (dataset, past): (&Dataset, &Dataset),
    taken: &Taken,
    params: &Checked<Params>,
    dates: Dates,
    monitor: &mut dyn Monitor,
) -> Result<(Report, Segmentation, Moves), AnalysisError> {
    let labels = places::labels_of(taken);
    let places = places::Places::new(taken, &labels);
    let days = (dates.cut, dates.as_of);
    let tally = tally::Tally::new(dataset, (&places, taken.tells), labels.len(), days);
    let bg_nbd = foresight::bg_nbd(past, dates, monitor)?;
    let moves = moves::segmentation(&places, &tally.counts, &labels);
    let sizes = |of: &[Option<u16>]| -> Vec<u64> {
        let mut sizes = vec![0; labels.len()];
        for place in of.iter().flatten() {
            sizes[usize::from(*place)] += 1;
        }
        sizes
    };
    let share_psi_parts = drift::psi_parts(&sizes(&places.earlier), &sizes(&places.now));
    let report = Report {
        params: Params::clone(params),
        earlier: dates.earlier,
        cut: dates.cut,
        as_of: dates.as_of,
        known_until: dates.known_until,
        agreement: taken.agreement,
        differences: taken.differences.clone(),
        lacking: taken.lacking,
        share_psi: share_psi_parts.iter().sum(),
        share_psi_parts,
        then: Totals::new(dataset, &places.earlier, dates.cut),
        now: Totals::new(dataset, &places.now, dates.as_of),
        drift: drift::run(&taken.uses, (past, dates.earlier), (dataset, dates.as_of)),
        foresight: foresight::run(dataset, &places, &labels, dates, bg_nbd),
        segments: profile::run(dataset, &moves, dates.as_of),
        counts: tally.counts,
        revenue: tally.revenue,
        worth: tally.worth,
        without_orders: tally.without_orders,
        entered: tally.entered,
        entered_revenue: tally.entered_revenue,
        n_left: tally.n_left,
        n_known: tally.n_known,
        n_moved: tally.n_moved,
        causes: tally.causes,
        n_held: tally.n_held,
        labels: labels.clone(),
        lone: lone_orders(dataset, dates.as_of),
    };
    Ok((report, moves, Moves::new(&labels, places)))
}

#[cfg(test)]
mod difference_tests;
#[cfg(test)]
mod later_file_tests;
#[cfg(test)]
mod tests;

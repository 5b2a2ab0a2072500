//! Which settings of today differ from those that a project was saved with, where its cut points are gone by.
//!
//! Moves are by the project's cut points on both dates, so that other scores or classes of today do not show in them;
//! which rows count does. What a convention makes anew of each file is no setting: only what a person set is compared.
//! Facts alone: `text` has the words.

use serde::{Deserialize, Serialize};

use super::{Cuts, Frozen, Params};
use crate::clusters::{self, Method, Model};
use crate::rfm::{self, SegmentMap};
use crate::{Request, lifecycle};
use gyeol_data::{Choices, Reason};

/// A setting that is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// Rows for this reason counted then, and are left out today.
    LeftOut(Reason),
    /// Rows for this reason were left out then, and count today.
    Counted(Reason),
    /// Whether the money of returns is taken off today; then it was the other way.
    Returns(bool),
    /// How many scores there were, and are.
    Groups(u8, u8),
    /// How values become scores.
    Convention,
    /// Cut points that a person set for scores.
    CutPoints,
    /// Which scores make which segment.
    SegmentMap,
    /// Which products, what money, or how scores are weighed.
    Scored,
    /// Thresholds that a person set for stages or lateness.
    Thresholds,
    /// How customers are put into classes, or by which value.
    Classes,
    /// The rules.
    Rules,
    /// How clusters are made.
    Method,
    /// How many clusters there were, and are asked for.
    ClusterCount(u8, u8),
    /// On which features, or how much these count.
    Features,
}

/// What differs between the project of `params` and what is asked of the same segmentation today; nothing where the cut
/// points are no project's.
pub(crate) fn differences(params: &Params, today: &Request) -> Vec<Difference> {
    let kept = params.kept.as_ref();
    let Some(kept) = kept.filter(|_| params.cuts == Cuts::Kept) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    if let (Some(then), Some(now)) = (kept.choices, params.choices) {
        of_rows(then, now, &mut all);
    }
    match (params.kept_rule(), today) {
        (Some(Frozen::Rfm(then)), Request::Rfm(now)) => of_scores(then, now, &mut all),
        (Some(Frozen::Lifecycle(then)), Request::Lifecycle(now)) => {
            let pairs = |of: &lifecycle::Params| [of.active_days, of.lapsed_days, of.loyal_orders];
            let mut pairs = pairs(then).into_iter().zip(pairs(now));
            let is_other = pairs.any(|(then, now)| now.is_some() && now != then);
            all.extend(is_other.then_some(Difference::Thresholds));
        }
        (Some(Frozen::Rhythm(then)), Request::Rhythm(now)) => {
            all.extend((then != now).then_some(Difference::Thresholds));
        }
        (Some(Frozen::Value(then)), Request::Value(now)) => {
            let is_other = match &now.held {
                Some(held) => held != then,
                None => then.grouping != now.grouping || then.by != now.by,
            };
            all.extend(is_other.then_some(Difference::Classes));
        }
        (Some(Frozen::Rules(then)), Request::Rules(now, _)) => {
            all.extend((then != now).then_some(Difference::Rules));
        }
        (Some(Frozen::Clusters(then)), Request::Clusters(now)) => {
            of_clusters(then, now, &mut all);
        }
        _ => {}
    }
    all
}

fn of_rows(then: Choices, now: Choices, all: &mut Vec<Difference>) {
    for reason in Reason::ALL {
        match (then.leaves_out(reason), now.leaves_out(reason)) {
            (false, true) => all.push(Difference::LeftOut(reason)),
            (true, false) => all.push(Difference::Counted(reason)),
            _ => {}
        }
    }
    let is_taken_off = now.nets_returns();
    let is_other = then.nets_returns() != is_taken_off;
    all.extend(is_other.then_some(Difference::Returns(is_taken_off)));
}

fn of_scores(then: &rfm::Params, now: &rfm::Params, all: &mut Vec<Difference>) {
    let map = |of: &rfm::Params| {
        let own = of.map.clone();
        own.unwrap_or_else(|| SegmentMap::well_known(of.groups))
    };
    let is_scored_alike =
        (&then.category, then.monetary, then.weights) == (&now.category, now.monetary, now.weights);
    let has_groups = then.groups == now.groups;
    for (is_other, difference) in [
        (!has_groups, Difference::Groups(then.groups, now.groups)),
        (then.convention != now.convention, Difference::Convention),
        (
            now.cuts.is_some() && then.cuts != now.cuts,
            Difference::CutPoints,
        ),
        (has_groups && map(then) != map(now), Difference::SegmentMap),
        (!is_scored_alike, Difference::Scored),
    ] {
        all.extend(is_other.then_some(difference));
    }
}

fn of_clusters(then: &Model, now: &clusters::Params, all: &mut Vec<Difference>) {
    if let Some(held) = &now.held {
        all.extend((**held != *then).then_some(Difference::Method));
        return;
    }
    // Means are of k-means or of Ward's linkage: which, a model does not say.
    let is_alike = match now.method {
        Method::GaussianMixture => !then.mixture.is_empty(),
        Method::KMeans | Method::Hierarchical => then.mixture.is_empty(),
        _ => false,
    };
    let (n_then, n_now) = (then.centres.len() as u8, now.k as u8);
    let is_counted = then.mixture.is_empty() && now.asks_for_k();
    let sorted = |features: &[String]| {
        let mut features = features.to_vec();
        features.sort_unstable();
        features
    };
    let is_chosen = !now.features.is_empty() && sorted(&now.features) != sorted(&then.features);
    let weight = |name: &String| now.weights.get(name).copied().unwrap_or(1.0);
    let mut weights = then.features.iter().zip(&then.weights);
    let is_weighed = weights.any(|(name, own)| own.total_cmp(&weight(name)).is_ne());
    for (is_other, difference) in [
        (!is_alike, Difference::Method),
        (
            is_counted && n_then != n_now,
            Difference::ClusterCount(n_then, n_now),
        ),
        (is_chosen || is_weighed, Difference::Features),
    ] {
        all.extend(is_other.then_some(difference));
    }
}

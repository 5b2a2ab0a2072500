//! Boundaries that are held: those of the day on which a person said so are used on other days and for other files, too.
//!
//! Without it each day has its own, and who stands still can change segment since others moved. What is held are
//! settings: they are undone, saved and opened with the project like any other. What is being computed is held once it is
//! there, and never what stood in its place before. Letting go gives each setting back what it was before; what a person
//! has set meanwhile stays.

use super::Session;
use crate::analysis::clusters::Model;
use crate::analysis::rfm::CutPoints;
use crate::analysis::value::Lowest;
use crate::analysis::{AnalysisId, SegmentationId, lifecycle};
use crate::data::Day;
use crate::export::Settings;

/// What has boundaries that can be held.
const HELD: [SegmentationId; 4] = [
    SegmentationId::Rfm,
    SegmentationId::Clusters,
    SegmentationId::Value,
    SegmentationId::Lifecycle,
];

/// Whether boundaries are held, and of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boundaries {
    /// Whether they are.
    pub is_held: bool,
    /// Those of which day, where that is known.
    pub day: Option<Day>,
    /// What goes by them, or would.
    pub of: Vec<SegmentationId>,
    /// Whether a person can change that.
    pub can_change: bool,
}

/// What was held, and what was there before.
#[derive(Clone, Debug)]
pub(super) struct Hold {
    day: Day,
    before: Rules,
    after: Rules,
    /// What is held once it has been computed.
    awaits: Vec<SegmentationId>,
}

/// The settings that hold boundaries.
#[derive(Clone, Debug, PartialEq)]
struct Rules {
    cuts: Option<CutPoints>,
    clusters: Option<Box<Model>>,
    value: Option<Lowest>,
    lifecycle: lifecycle::Params,
}

impl Rules {
    fn of(settings: &Settings) -> Self {
        Self {
            cuts: settings.rfm.cuts.clone(),
            clusters: settings.clusters.held.clone(),
            value: settings.value.held.clone(),
            lifecycle: settings.lifecycle.clone(),
        }
    }

    /// Whether a segmentation goes by the same in both.
    fn agree(&self, other: &Self, of: SegmentationId) -> bool {
        match of {
            SegmentationId::Rfm => self.cuts == other.cuts,
            SegmentationId::Clusters => self.clusters == other.clusters,
            SegmentationId::Value => self.value == other.value,
            _ => self.lifecycle == other.lifecycle,
        }
    }

    fn take(&mut self, from: &Self, of: SegmentationId) {
        match of {
            SegmentationId::Rfm => self.cuts.clone_from(&from.cuts),
            SegmentationId::Clusters => self.clusters.clone_from(&from.clusters),
            SegmentationId::Value => self.value.clone_from(&from.value),
            _ => self.lifecycle.clone_from(&from.lifecycle),
        }
    }

    fn set(&self, settings: &mut Settings, of: SegmentationId) {
        match of {
            SegmentationId::Rfm => settings.rfm.cuts.clone_from(&self.cuts),
            SegmentationId::Clusters => settings.clusters.held.clone_from(&self.clusters),
            SegmentationId::Value => settings.value.held.clone_from(&self.value),
            _ => settings.lifecycle.clone_from(&self.lifecycle),
        }
    }
}

impl Hold {
    /// What goes by boundaries of this day still.
    fn in_force(&self, settings: &Settings) -> Vec<SegmentationId> {
        let now = Rules::of(settings);
        let is_held = |of: &SegmentationId| {
            now.agree(&self.after, *of) && !self.after.agree(&self.before, *of)
                || self.awaits.contains(of)
        };
        HELD.into_iter().filter(is_held).collect()
    }

    /// What an analysis makes that was waited for, where it is of the day; it is waited for no longer.
    fn no_more_awaits(&mut self, id: AnalysisId, day: Option<Day>) -> Option<SegmentationId> {
        let is_own = |of: &SegmentationId| of.analysis() == id;
        let awaited = self.awaits.iter().copied().find(is_own);
        self.awaits.retain(|of| !is_own(of));
        awaited.filter(|_| day == Some(self.day))
    }
}

impl Session {
    /// Whether other days go by the boundaries of one day, or could.
    pub fn boundaries(&self) -> Boundaries {
        let hold = self.hold.as_ref();
        let of = hold.map_or_else(Vec::new, |hold| hold.in_force(&self.settings));
        if !of.is_empty() {
            let day = hold.map(|hold| hold.day);
            return Boundaries {
                is_held: true,
                day,
                of,
                can_change: true,
            };
        }
        let own = self.held_otherwise();
        let is_held = !own.is_empty();
        let of = if is_held { own } else { self.offered() };
        // Stages alone have thresholds of their own: they come with others.
        let is_stage = |id: &SegmentationId| *id == SegmentationId::Lifecycle;
        Boundaries {
            is_held,
            day: None,
            can_change: !of.iter().all(is_stage),
            of,
        }
    }

    /// Whether the clusters that are shown, or that come, are used on other days and for other files.
    pub fn keeps_clusters(&self) -> bool {
        self.settings.clusters.held.is_some() || self.awaits_clusters
    }

    /// Whether they can be: where they have a rule.
    pub fn can_keep_clusters(&self) -> bool {
        let rule = self.clusters.value().map(|report| &report.rule);
        match self.is_coming(AnalysisId::Clusters) {
            true => self.settings.clusters.have_rule(),
            false => self.is_there(AnalysisId::Clusters) && rule.is_some_and(Option::is_some),
        }
    }

    /// Holds the boundaries of the day that is shown, or lets them go.
    pub(super) fn hold_boundaries(&mut self, holds: bool) {
        match self.shown_day() {
            Some(day) if holds => self.hold_all(day),
            _ => self.let_go(),
        }
    }

    /// Keeps the clusters that are shown or that come, or lets them go.
    pub(super) fn keep_clusters(&mut self, holds: bool) {
        self.awaits_clusters = holds && self.is_coming(AnalysisId::Clusters);
        let mut settings = self.settings.clone();
        settings.clusters.held = None;
        if holds && !self.awaits_clusters {
            self.hold_in(&mut settings, SegmentationId::Clusters);
        }
        self.change_settings(settings);
    }

    /// An analysis has come that may have been waited for.
    pub(super) fn hold_what_came(&mut self, id: AnalysisId) {
        let keeps = id == AnalysisId::Clusters && std::mem::take(&mut self.awaits_clusters);
        let day = self.shown_day();
        let awaited = self
            .hold
            .as_mut()
            .and_then(|hold| hold.no_more_awaits(id, day));
        let kept = keeps.then_some(SegmentationId::Clusters);
        let Some(of) = awaited.or(kept).filter(|_| self.is_there(id)) else {
            return;
        };
        let mut settings = self.settings.clone();
        self.hold_in(&mut settings, of);
        let (before, after) = (Rules::of(&self.settings), Rules::of(&settings));
        if let Some(hold) = self.hold.as_mut().filter(|_| awaited.is_some()) {
            hold.before.take(&before, of);
            hold.after.take(&after, of);
        }
        self.change_settings(settings);
    }

    /// Nothing is waited for any more.
    pub(super) fn hold_nothing_more(&mut self) {
        self.awaits_clusters = false;
        if let Some(hold) = &mut self.hold {
            hold.awaits.clear();
        }
    }

    fn hold_all(&mut self, day: Day) {
        let mut settings = self.settings.clone();
        for of in self.offered() {
            self.hold_in(&mut settings, of);
        }
        let is_coming = |of: &SegmentationId| self.is_coming(of.analysis()) && self.has_cuts(*of);
        self.hold = Some(Hold {
            day,
            before: Rules::of(&self.settings),
            after: Rules::of(&settings),
            awaits: HELD.into_iter().filter(is_coming).collect(),
        });
        self.change_settings(settings);
    }

    fn let_go(&mut self) {
        let mut settings = self.settings.clone();
        match self.hold.take() {
            Some(hold) if !hold.in_force(&settings).is_empty() => {
                for of in hold.in_force(&settings) {
                    hold.before.set(&mut settings, of);
                }
            }
            _ => (settings.rfm.cuts, settings.value.held) = (None, None),
        }
        self.change_settings(settings);
    }

    /// What goes by boundaries that a project or a person has set. Clusters have a box of their own, stages their view.
    fn held_otherwise(&self) -> Vec<SegmentationId> {
        let cuts = self.settings.rfm.cuts.as_ref();
        let value = self.settings.value.held.as_ref();
        let cuts = cuts.map(|_| SegmentationId::Rfm).into_iter();
        cuts.chain(value.map(|_| SegmentationId::Value)).collect()
    }

    /// What has been computed of the day that is shown and has boundaries.
    fn offered(&self) -> Vec<SegmentationId> {
        let rule = self.clusters.value().map(|report| &report.rule);
        let has_rule = rule.is_some_and(Option::is_some);
        let is_offered = |of: &SegmentationId| {
            let is_there = self.is_there(of.analysis()) && self.has_cuts(*of);
            is_there && (*of != SegmentationId::Clusters || has_rule)
        };
        let has_days = self.shown_day().is_some();
        HELD.into_iter()
            .filter(|of| has_days && is_offered(of))
            .collect()
    }

    /// Some conventions of RFM have no cut points.
    fn has_cuts(&self, of: SegmentationId) -> bool {
        of != SegmentationId::Rfm || self.settings.rfm.convention.has_cut_points()
    }

    /// Holds what has been computed of one segmentation.
    fn hold_in(&self, settings: &mut Settings, of: SegmentationId) {
        match of {
            SegmentationId::Rfm => {
                let report = self.rfm.value();
                settings.rfm.cuts = report.map(|report| report.cuts.clone());
            }
            SegmentationId::Clusters => {
                let report = self.clusters.value();
                settings.clusters.held = report.and_then(|report| report.rule.clone());
            }
            SegmentationId::Value => settings.value.held = self.value.value().map(Lowest::of),
            _ => {
                if let Some(report) = self.lifecycle.value() {
                    settings.lifecycle = lifecycle::Params::from(report.thresholds);
                }
            }
        }
    }

    /// Whether what is shown was computed by the present settings.
    fn is_there(&self, id: AnalysisId) -> bool {
        self.state_of(id) == "ready" && self.is_asked(id)
    }

    fn is_coming(&self, id: AnalysisId) -> bool {
        self.state_of(id) == "running" && self.is_asked(id)
    }

    /// The day on which customers are looked at; `None` where the file has none.
    fn shown_day(&self) -> Option<Day> {
        let imported = self.imported.as_ref()?;
        imported.period?;
        Some(self.settings.as_of.unwrap_or(imported.default_as_of))
    }
}

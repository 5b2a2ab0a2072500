//! What is computed: a view's needs, settings and their undo, reports, the selection and the list.
//!
//! A result is asked for once per table, parameters and as-of date ([`Inputs`]); a change makes only what the visible
//! view needs anew, the rest when it is shown.

use std::collections::BTreeMap;

use super::card::TOLD;
use super::jobs::{Task, numbered};
use super::state::{AnalysisSlot, Changed};
use super::{Command, FileNumber, Notice, Session, Stage, View};
use crate::analysis::customers::{Filter, Page, Query, Sort};
use crate::analysis::profile::SegmentProfile;
use crate::analysis::treatment::{ColumnsReport, Treatments};
use crate::analysis::{AnalysisError, AnalysisId, Report, Request, SegmentationId, advice};
use crate::data::{Day, ImportError};
use crate::export::{Purpose, Settings, What};
use crate::protocol::Imported;

/// The first thing that differs between two settings of one file.
fn changed(one: &Settings, other: &Settings) -> Option<Changed> {
    let all = [
        (one.as_of != other.as_of, Changed::AsOf),
        (one.choices != other.choices, Changed::Choices),
        (one.columns != other.columns, Changed::Of(View::Columns)),
        (one.rfm != other.rfm, Changed::Of(View::Rfm)),
        (one.clusters != other.clusters, Changed::Of(View::Clusters)),
        (
            one.lifecycle != other.lifecycle,
            Changed::Of(View::Lifecycle),
        ),
        (one.value != other.value, Changed::Of(View::Value)),
        (one.rhythm != other.rhythm, Changed::Of(View::Rhythm)),
        (one.rules != other.rules, Changed::Of(View::Rules)),
        (one.advice != other.advice, Changed::Of(View::Advice)),
        (
            one.stability != other.stability,
            Changed::Of(View::Stability),
        ),
        (
            one.prediction != other.prediction,
            Changed::Of(View::Prediction),
        ),
        (one.explain != other.explain, Changed::Of(View::Explain)),
        (one.movement != other.movement, Changed::Of(View::Movement)),
        (one.compare != other.compare, Changed::Of(View::Compare)),
        (one.lifetime != other.lifetime, Changed::Of(View::Lifetime)),
        (one.cohorts != other.cohorts, Changed::Of(View::Cohorts)),
        (
            one.customers != other.customers,
            Changed::Of(View::Customers),
        ),
    ];
    let changed = all.into_iter().find(|(is_changed, _)| *is_changed);
    changed.map(|(_, what)| what)
}

/// How many changes of settings can be taken back.
const MAX_UNDO: usize = 100;

/// How many customers a page has where nothing else was asked.
const PAGE_LENGTH: u64 = 50;

/// What a result is made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Inputs {
    table: u32,
    pub(super) request: Request,
    pub(super) as_of: Option<Day>,
    pub(super) treatments: Treatments,
}

/// What was asked for last.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// The number of the table: a new one with every import and every choice.
    table: u32,
    pub(super) analyses: BTreeMap<AnalysisId, Inputs>,
    comparison: Option<[Inputs; 2]>,
    columns: Option<(u32, Treatments)>,
    /// The list that is shown.
    pub(super) query: Option<Query>,
    page: Option<(Query, u32, Option<Day>)>,
    /// Changes with every table and segmentation: a list is of one state.
    pub(super) state: u32,
    /// The card that is shown: whose, of which state and day.
    pub(super) card: Option<(String, u32, Option<Day>)>,
}

impl Session {
    pub(super) fn inputs_of(&self, id: AnalysisId) -> Inputs {
        Inputs {
            table: self.asked.table,
            request: self.settings.request(id),
            as_of: self.settings.as_of,
            treatments: self.settings.columns.clone(),
        }
    }

    pub(super) fn has_failed(&self, id: AnalysisId) -> bool {
        self.state_of(id) == "failed"
    }

    /// The state of an analysis, as in page attributes.
    pub const fn state_of(&self, id: AnalysisId) -> &'static str {
        match id {
            AnalysisId::Rfm => self.rfm.state(),
            AnalysisId::Clusters => self.clusters.state(),
            AnalysisId::ClusterCounts => self.cluster_counts.state(),
            AnalysisId::Lifecycle => self.lifecycle.state(),
            AnalysisId::Value => self.value.state(),
            AnalysisId::Rhythm => self.rhythm.state(),
            AnalysisId::Rules => self.rules.state(),
            AnalysisId::Explain => self.explain.state(),
            AnalysisId::Advice => self.advice.state(),
            AnalysisId::Stability => self.stability.state(),
            AnalysisId::Prediction => self.prediction.state(),
            AnalysisId::Movement => self.movement.state(),
            AnalysisId::Lifetime => self.lifetime.state(),
            AnalysisId::Cohorts => self.cohorts.state(),
        }
    }

    pub(super) fn slot(&mut self, id: AnalysisId) -> &mut dyn AnalysisSlot {
        match id {
            AnalysisId::Rfm => &mut self.rfm,
            AnalysisId::Clusters => &mut self.clusters,
            AnalysisId::ClusterCounts => &mut self.cluster_counts,
            AnalysisId::Lifecycle => &mut self.lifecycle,
            AnalysisId::Value => &mut self.value,
            AnalysisId::Rhythm => &mut self.rhythm,
            AnalysisId::Rules => &mut self.rules,
            AnalysisId::Explain => &mut self.explain,
            AnalysisId::Advice => &mut self.advice,
            AnalysisId::Stability => &mut self.stability,
            AnalysisId::Prediction => &mut self.prediction,
            AnalysisId::Movement => &mut self.movement,
            AnalysisId::Lifetime => &mut self.lifetime,
            AnalysisId::Cohorts => &mut self.cohorts,
        }
    }

    /// The segments of a segmentation that are shown; none before it was computed.
    pub fn segments_of(&self, id: SegmentationId) -> &[SegmentProfile] {
        let segments = match id {
            SegmentationId::Rfm => self.rfm.value().map(|report| &report.segments),
            SegmentationId::Clusters => self.clusters.value().map(|report| &report.segments),
            SegmentationId::Lifecycle => self.lifecycle.value().map(|report| &report.segments),
            SegmentationId::Value => self.value.value().map(|report| &report.segments),
            SegmentationId::Rhythm => self.rhythm.value().map(|report| &report.segments),
            SegmentationId::Rules => self.rules.value().map(|report| &report.segments),
            SegmentationId::Prediction => self.prediction.value().map(|report| &report.segments),
            SegmentationId::Movement => self.movement.value().map(|report| &report.segments),
            SegmentationId::Lifetime => self.lifetime.value().map(|report| &report.segments),
        };
        segments.map_or(&[], Vec::as_slice)
    }

    /// Whether so little time lies between the first order and the as-of date that nobody can be said to have gone.
    pub fn has_short_history(&self) -> bool {
        self.imported.as_ref().is_some_and(|imported| {
            let as_of = self.settings.as_of.unwrap_or(imported.default_as_of);
            let first = imported.period.map(|(first, _)| first);
            first.is_some_and(|first| advice::is_short(first, as_of))
        })
    }

    /// How many customers the treatments of columns set aside, by what was computed last; 0 before that.
    pub fn n_set_aside(&self) -> u64 {
        if self.settings.columns.is_empty() {
            return 0;
        }
        let from_columns = self.columns.value().map(|report| report.n_set_aside);
        let from_rfm = self.rfm.value().map(|report| report.n_set_aside);
        let said = match self.view {
            View::Columns => from_columns.or(from_rfm),
            _ => from_rfm.or(from_columns),
        };
        said.unwrap_or_default()
    }

    /// The address named another view: from the columns of a file that is open, that is the way back to its results.
    pub(super) fn go_to(&mut self, view: View) -> Vec<Command> {
        let is_back = self.stage == Stage::Mapping && self.kept.is_some() && view != self.view;
        self.view = view;
        match self.stage {
            _ if is_back => return self.go_back(),
            Stage::Mapping => {}
            _ => self.need_view(),
        }
        Vec::new()
    }

    /// Whether something that the view needs is not there and is not on its way, since it was stopped: [`Event::ViewShown`]
    /// asks for it again.
    pub fn is_stopped(&self) -> bool {
        self.kept.is_some() && {
            let is_missing = |&id: &AnalysisId| !self.is_asked(id);
            let lacks_columns = self.view == View::Columns && self.asked.columns.is_none();
            let lacks_comparison = self.view == View::Compare && self.asked.comparison.is_none();
            let is_listed = self.view == View::Customers && self.asked.query.is_some();
            let lacks_page = is_listed && self.asked.page.is_none();
            let has_card = self.view == View::Customers && self.customer.is_some();
            let lacks_card = has_card && self.asked.card.is_none();
            let lacks_any = lacks_columns || lacks_comparison || lacks_page || lacks_card;
            lacks_any || self.needs().iter().any(is_missing)
        }
    }

    pub(super) fn need_view(&mut self) {
        if self.kept.is_none() {
            return;
        }
        for id in self.needs() {
            self.need(id);
        }
        if self.view == View::Compare {
            self.need_comparison();
        }
        if self.view == View::Columns {
            self.need_columns();
        }
        self.need_page();
        self.need_card();
    }

    /// The analyses that the view and what is selected in it need.
    fn needs(&self) -> Vec<AnalysisId> {
        use AnalysisId::{ClusterCounts, Clusters, Rfm};
        let mut needs = match self.view {
            View::Overview | View::Customers => vec![Rfm, Clusters],
            View::Compare => self.compared().to_vec(),
            // Nobody asks how many clusters there should be of those that are held.
            View::Clusters if self.settings.clusters.held.is_some() => vec![Clusters],
            View::Clusters => vec![Clusters, ClusterCounts],
            view => view.analysis().into_iter().collect(),
        };
        if self.view == View::Customers {
            needs.extend(self.filter.moved.as_ref().map(|_| AnalysisId::Movement));
            let chosen = self.settings.customers.segmentations.iter();
            let filtered = self.filter.segments.iter().map(|(id, _)| id);
            needs.extend(
                chosen
                    .chain(filtered)
                    .map(|segmentation| segmentation.analysis()),
            );
            needs.extend(self.customer.iter().flat_map(|_| TOLD));
        }
        needs.extend(
            self.selected
                .map(|(segmentation, _)| segmentation.analysis()),
        );
        // It says how many the treatments set aside, which stands above every view; that of the columns says so itself.
        if !self.settings.columns.is_empty() && self.view != View::Columns {
            needs.push(Rfm);
        }
        needs
    }

    pub(super) fn is_asked(&self, id: AnalysisId) -> bool {
        self.asked.analyses.get(&id) == Some(&self.inputs_of(id))
    }

    pub(super) fn need(&mut self, id: AnalysisId) {
        if self.is_asked(id) {
            return;
        }
        let wanted = self.inputs_of(id);
        self.slot(id).start();
        self.asked.analyses.insert(id, wanted.clone());
        self.ask(Task::Analyze(wanted));
    }

    /// Puts an analysis in front of the queue, whether it waits there already or not.
    pub(super) fn analyze_first(&mut self, id: AnalysisId) {
        let wanted = self.inputs_of(id);
        self.slot(id).start();
        self.asked.analyses.insert(id, wanted.clone());
        self.jobs.push_front(Task::Analyze(wanted));
    }

    /// The analyses of the two segmentations that are compared.
    pub(super) fn compared(&self) -> [AnalysisId; 2] {
        let compare = self.settings.compare;
        [compare.first, compare.second].map(SegmentationId::analysis)
    }

    fn need_comparison(&mut self) {
        let wanted = self.compared().map(|id| self.inputs_of(id));
        if self.asked.comparison.as_ref() != Some(&wanted) {
            self.asked.comparison = Some(wanted);
            self.comparison.start();
            self.ask(Task::Compare);
        }
    }

    fn need_columns(&mut self) {
        let treatments = self.settings.columns.clone();
        let wanted = Some((self.asked.table, treatments.clone()));
        if self.asked.columns != wanted {
            self.asked.columns = wanted;
            self.columns.start();
            self.ask(Task::Columns(treatments));
        }
    }

    /// An answer to an older question is passed over.
    pub(super) fn take_columns(
        &mut self,
        treatments: &Treatments,
        result: Result<Box<ColumnsReport>, ImportError>,
    ) {
        let asked = (self.asked.table, treatments);
        let is_current = matches!(&self.asked.columns, Some((table, of)) if (*table, of) == asked);
        if is_current {
            self.columns.finish(result.map(|report| *report));
        }
    }

    /// A file is made with these settings: the engine's results of others may be replaced.
    pub(super) fn forget_replaced(&mut self, settings: &Settings) {
        let is_kept = |id: &AnalysisId, inputs: &mut Inputs| {
            inputs.as_of == settings.as_of && inputs.request == settings.request(*id)
        };
        self.jobs.engine.analyses.retain(is_kept);
    }

    /// What an analysis needs was run first, in the place of what was there by other parameters.
    fn note_replaced(&mut self, by: &Request, as_of: Option<Day>) {
        for request in by.needed() {
            let is_other = |own: &Inputs| own.request != *request || own.as_of != as_of;
            let analyses = &mut self.jobs.engine.analyses;
            if analyses.get(&request.id()).is_some_and(is_other) {
                analyses.remove(&request.id());
            }
            self.note_replaced(request, as_of);
        }
    }

    /// Whether the engine has forecasts of the customers as they are now: those of an earlier file or day are in no list.
    pub fn has_forecasts(&self) -> bool {
        let made_from = self.jobs.engine.analyses.get(&AnalysisId::Lifetime);
        made_from == Some(&self.inputs_of(AnalysisId::Lifetime))
    }

    /// Analyses of columns that were treated otherwise are gone from the engine.
    pub(super) fn note_treated(&mut self, treatments: &Treatments) {
        let analyses = &mut self.jobs.engine.analyses;
        analyses.retain(|_, inputs| inputs.treatments == *treatments);
    }

    /// Asks for the list again where it is on the screen and of an older state.
    fn need_page(&mut self) {
        if self.view == View::Customers || self.selected.is_some() {
            self.refresh_page();
        }
    }

    /// What saves the list of these customers, for what a person wants it.
    pub fn list_of(&self, filter: Filter) -> What {
        match self.purpose() {
            None => What::Customers { filter },
            Some(purpose) => What::Contacts { filter, purpose },
        }
    }

    /// What lists are for; nothing where the file is known to have no addresses.
    pub fn purpose(&self) -> Option<Purpose> {
        let has_addresses = |page: &Page| page.reach.has_addresses();
        let may_reach = self.page.value().is_none_or(has_addresses);
        self.settings.customers.purpose.filter(|_| may_reach)
    }

    fn refresh_page(&mut self) {
        let Some(query) = self.asked.query.clone() else {
            return;
        };
        let chosen = &self.settings.customers;
        let query = Query {
            reached_by: chosen.purpose.map(|_| chosen.contact),
            ..query
        };
        let wanted = Some((query.clone(), self.asked.state, self.settings.as_of));
        if self.kept.is_some() && self.asked.page != wanted {
            self.asked.page = wanted;
            self.page.start();
            self.ask(Task::List(query));
        }
    }

    pub(super) fn ask_for_page(&mut self, query: Query) {
        self.asked.query = Some(query);
        self.refresh_page();
    }

    /// The list holds the customers of what is selected; with the selection its segment leaves the filter again.
    pub(super) fn select(&mut self, segment: Option<(SegmentationId, u16)>) {
        let previous = std::mem::replace(&mut self.selected, segment);
        let mut filter = self.filter.clone();
        match segment {
            Some(segment) => {
                filter.segments = vec![segment];
                filter.moved = None;
            }
            None => filter.segments.retain(|own| Some(*own) != previous),
        }
        self.narrow(filter);
    }

    /// The list holds other customers.
    pub(super) fn narrow(&mut self, filter: Filter) {
        self.filter = filter;
        let previous = self.asked.query.take();
        let query = Query {
            filter: self.filter.clone(),
            offset: 0,
            ..previous.unwrap_or_else(first_page)
        };
        if self.selected.is_some() || self.view == View::Customers {
            self.ask_for_page(query);
        } else {
            self.asked.query = Some(query);
        }
    }

    pub(super) fn change_settings(&mut self, settings: Settings) {
        let settings = with_held_let_go(&self.settings, self.with_mapping(settings));
        if settings == self.settings {
            return;
        }
        self.moves_as_of = false;
        self.remember_for_undo();
        self.apply(settings);
    }

    /// Steps that follow each other are one change, from the first to the one at which it is let go.
    pub(super) fn move_as_of(&mut self, as_of: Option<Day>, is_settled: bool) {
        let has_moved = as_of != self.settings.as_of;
        if has_moved && !self.moves_as_of {
            self.remember_for_undo();
        }
        self.moves_as_of = !is_settled && (has_moved || self.moves_as_of);
        if has_moved {
            self.apply(Settings {
                as_of,
                ..self.settings.clone()
            });
        }
    }

    pub(super) fn remember_for_undo(&mut self) {
        if self.undo.len() == MAX_UNDO {
            self.undo.remove(0);
        }
        self.undo.push(self.settings.clone());
    }

    pub(super) fn undo(&mut self) {
        self.moves_as_of = false;
        self.hold_nothing_more();
        // A date that was moved there and back again is no change that anybody sees.
        while let Some(settings) = self.undo.pop() {
            let settings = self.with_mapping(settings);
            if settings != self.settings {
                if let Some(changed) = changed(&self.settings, &settings) {
                    self.notify(Notice::Undone(changed));
                }
                return self.apply(settings);
            }
        }
    }

    /// The mapping belongs to the file and is changed by an import only.
    fn with_mapping(&self, settings: Settings) -> Settings {
        Settings {
            mapping: self.settings.mapping.clone(),
            ..settings
        }
    }

    fn apply(&mut self, settings: Settings) {
        let choices = settings.choices;
        let has_other_choices = self.settings.choices != choices;
        let before = self.current();
        self.settings = settings;
        if has_other_choices && self.kept.is_some() {
            self.ask(Task::Choose { choices });
        } else {
            self.need_view();
            self.note_other_results(&before);
        }
    }

    /// What the engine has computed by the present settings: lists and cards tell nothing else.
    fn current(&self) -> Vec<AnalysisId> {
        let has = self.jobs.engine.analyses.iter();
        let is_current = |(id, inputs): &(&AnalysisId, &Inputs)| **inputs == self.inputs_of(**id);
        has.filter(is_current).map(|(id, _)| *id).collect()
    }

    /// A list and a card that tell of what is by other settings now, or is by the present ones again, are made anew. What
    /// is computed anew says so when it is there.
    fn note_other_results(&mut self, before: &[AnalysisId]) {
        let now = self.current();
        let is_lost = |id: &AnalysisId| !now.contains(id) && !self.is_asked(*id);
        let is_back = now.iter().any(|id| !before.contains(id));
        if is_back || before.iter().any(is_lost) {
            self.asked.state += 1;
            self.need_page();
            self.need_card();
        }
    }

    /// The engine holds the table that is kept.
    pub(super) fn note_engine_table(&mut self) {
        let files = self.kept.as_ref().map(|kept| &kept.files);
        let is_read = |number: &FileNumber| {
            let mut files = files.into_iter().flatten();
            files.any(|(source, _)| source.number == *number)
        };
        self.jobs.engine.opened.retain(|number, _| is_read(number));
        self.jobs.engine.imported = self
            .kept
            .as_ref()
            .map(|kept| (numbered(&kept.files), kept.choices));
        self.jobs.engine.analyses.clear();
    }

    /// A new table: RFM first, then what the visible view needs.
    pub(super) fn note_imported(&mut self, imported: Imported) {
        self.note_engine_table();
        self.imported = Some(imported);
        self.asked.table += 1;
        self.asked.state += 1;
        self.need(AnalysisId::Rfm);
        self.need_view();
    }

    pub(super) fn take_report(&mut self, inputs: Inputs, result: Result<Report, AnalysisError>) {
        let id = inputs.request.id();
        let is_current = self.asked.analyses.get(&id) == Some(&inputs);
        self.note_replaced(&inputs.request, inputs.as_of);
        if result.is_ok() {
            self.jobs.engine.analyses.insert(id, inputs);
        }
        if !is_current {
            return;
        }
        match (id, result) {
            (_, Ok(Report::Rfm(report))) => self.rfm.finish(Ok(*report)),
            (_, Ok(Report::Clusters(report))) => self.clusters.finish(Ok(*report)),
            (_, Ok(Report::ClusterCounts(report))) => self.cluster_counts.finish(Ok(*report)),
            (_, Ok(Report::Lifecycle(report))) => self.lifecycle.finish(Ok(*report)),
            (_, Ok(Report::Value(report))) => self.value.finish(Ok(*report)),
            (_, Ok(Report::Rhythm(report))) => self.rhythm.finish(Ok(*report)),
            (_, Ok(Report::Rules(report))) => self.rules.finish(Ok(*report)),
            (_, Ok(Report::Explain(report))) => self.explain.finish(Ok(*report)),
            (_, Ok(Report::Advice(report))) => self.advice.finish(Ok(*report)),
            (_, Ok(Report::Movement(report))) => self.movement.finish(Ok(*report)),
            (_, Ok(Report::Stability(report))) => self.stability.finish(Ok(*report)),
            (_, Ok(Report::Prediction(report))) => self.prediction.finish(Ok(*report)),
            (_, Ok(Report::Lifetime(report))) => self.lifetime.finish(Ok(*report)),
            (_, Ok(Report::Cohorts(report))) => self.cohorts.finish(Ok(*report)),
            (id, Err(error)) => self.slot(id).fail(error),
        }
        self.drop_lost_selection();
        self.asked.state += u32::from(id != AnalysisId::ClusterCounts);
        self.need_page();
        self.need_card();
        self.hold_what_came(id);
    }

    /// Segments that are not there any more cannot be selected or listed.
    fn drop_lost_selection(&mut self) {
        if self.selected.is_some_and(|segment| self.is_lost(segment)) {
            self.select(None);
        }
        let movement = self.movement.value();
        let moved = self.filter.moved.as_ref();
        let has_moved = moved.zip(movement).is_none_or(|(one, of)| of.knows(one));
        if !has_moved {
            let moved = None;
            self.narrow(Filter {
                moved,
                ..self.filter.clone()
            });
        }
        let is_lost = |segment: &(SegmentationId, u16)| self.is_lost(*segment);
        if self.filter.segments.iter().any(is_lost) {
            let mut filter = self.filter.clone();
            filter.segments.retain(|segment| !is_lost(segment));
            self.narrow(filter);
        }
    }

    fn is_lost(&self, (id, place): (SegmentationId, u16)) -> bool {
        let n_segments = self.segments_of(id).len();
        n_segments > 0 && usize::from(place) >= n_segments
    }

    /// `task` will not be done: its slot goes back to what was there, and can be asked for again.
    pub(super) fn abandon(&mut self, task: &Task) {
        match task {
            Task::Analyze(inputs) => {
                let id = inputs.request.id();
                self.asked.analyses.remove(&id);
                self.slot(id).stop();
                if id != AnalysisId::ClusterCounts {
                    self.abandon_comparison();
                }
            }
            Task::Compare => self.abandon_comparison(),
            Task::Columns(_) => {
                self.asked.columns = None;
                self.columns.stop();
            }
            Task::List(_) => {
                self.asked.page = None;
                self.page.stop();
            }
            Task::OneCustomer(_) => self.abandon_card(),
            Task::Choose { .. } => {
                self.drop_choice();
            }
            Task::Open {
                dialect: Some(_), ..
            } => {
                if let Some(preview) = &self.preview {
                    self.mapping.dialect = preview.guess.dialect;
                }
            }
            Task::Export(..) if self.kept.is_none() => {
                let error = crate::export::ExportError::NothingImported;
                self.notify(Notice::ExportFailed(error));
            }
            _ => {}
        }
    }

    fn abandon_comparison(&mut self) {
        self.jobs.waiting.retain(|job| job.task != Task::Compare);
        let failed = self.compared().map(|id| self.has_failed(id));
        if failed.contains(&true) {
            self.comparison.finish(Err(()));
        } else {
            self.asked.comparison = None;
            self.comparison.stop();
        }
    }
}

/// What is held is let go where a setting changes that it does not go by: the change is to be seen.
fn with_held_let_go(before: &Settings, mut settings: Settings) -> Settings {
    let (clusters, value) = (&mut settings.clusters, &mut settings.value);
    // How the map is drawn changes no cluster.
    let mut drawn_alike = before.clusters.clone();
    drawn_alike.map = clusters.map;
    if clusters.held == before.clusters.held && *clusters != drawn_alike {
        clusters.held = None;
    }
    if value.held == before.value.held && *value != before.value {
        value.held = None;
    }
    settings
}

fn first_page() -> Query {
    Query {
        filter: Filter::default(),
        sort: Sort::Customer,
        descending: false,
        offset: 0,
        limit: PAGE_LENGTH,
        reached_by: None,
    }
}

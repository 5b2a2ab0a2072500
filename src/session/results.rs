//! What is computed: a view's needs, settings and their undo, reports, the selection and the list.
//!
//! A result is asked for once per table, parameters and as-of date ([`Inputs`]); a change makes only what the visible
//! view needs anew, the rest when it is shown.

use std::collections::BTreeMap;

use super::jobs::{Task, numbered};
use super::{Command, FileNumber, Notice, Session, Slot, Stage, View};
use crate::analysis::customers::{Query, Sort};
use crate::analysis::treatment::{ColumnsReport, Treatments};
use crate::analysis::{AnalysisError, AnalysisId, Report, Request, SegmentationId};
use crate::data::{Day, ImportError};
use crate::export::Settings;
use crate::protocol::Imported;

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
    state: u32,
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
        match id {
            AnalysisId::Rfm => matches!(self.rfm, Slot::Failed(_)),
            AnalysisId::Clusters => matches!(self.clusters, Slot::Failed(_)),
            AnalysisId::ClusterCounts => matches!(self.cluster_counts, Slot::Failed(_)),
        }
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

    pub(super) fn need_view(&mut self) {
        use AnalysisId::{ClusterCounts, Clusters, Rfm};
        if self.kept.is_none() {
            return;
        }
        let needs: &[AnalysisId] = match self.view {
            View::Overview | View::Compare | View::Customers => &[Rfm, Clusters],
            View::Rfm => &[Rfm],
            View::Clusters => &[Clusters, ClusterCounts],
            View::Data | View::Columns => &[],
        };
        for &id in needs {
            self.need(id);
        }
        if self.view == View::Compare {
            self.need_comparison();
        }
        if self.view == View::Columns {
            self.need_columns();
        }
        if matches!(self.selected, Some((SegmentationId::Clusters, _))) {
            self.need(Clusters);
        }
        self.need_page();
    }

    fn need(&mut self, id: AnalysisId) {
        let wanted = self.inputs_of(id);
        if self.asked.analyses.get(&id) == Some(&wanted) {
            return;
        }
        self.start_slot(id);
        self.asked.analyses.insert(id, wanted.clone());
        self.ask(Task::Analyze(wanted));
    }

    /// Puts an analysis in front of the queue, whether it waits there already or not.
    pub(super) fn analyze_first(&mut self, id: AnalysisId) {
        let wanted = self.inputs_of(id);
        self.start_slot(id);
        self.asked.analyses.insert(id, wanted.clone());
        self.jobs.push_front(Task::Analyze(wanted));
    }

    fn need_comparison(&mut self) {
        let wanted = [AnalysisId::Rfm, AnalysisId::Clusters].map(|id| self.inputs_of(id));
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

    fn refresh_page(&mut self) {
        let Some(query) = self.asked.query.clone() else {
            return;
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

    pub(super) fn select(&mut self, segment: Option<(SegmentationId, u16)>) {
        self.selected = segment;
        let previous = self.asked.query.take();
        let query = Query {
            segment,
            offset: 0,
            ..previous.unwrap_or_else(first_page)
        };
        if segment.is_some() || self.view == View::Customers {
            self.ask_for_page(query);
        } else {
            self.asked.query = Some(query);
        }
    }

    pub(super) fn change_settings(&mut self, settings: Settings) {
        let settings = self.with_mapping(settings);
        if settings == self.settings {
            return;
        }
        self.remember_for_undo();
        self.apply(settings);
    }

    pub(super) fn remember_for_undo(&mut self) {
        if self.undo.len() == MAX_UNDO {
            self.undo.remove(0);
        }
        self.undo.push(self.settings.clone());
    }

    pub(super) fn undo(&mut self) {
        if let Some(settings) = self.undo.pop() {
            let settings = self.with_mapping(settings);
            self.apply(settings);
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
        self.settings = settings;
        if has_other_choices && self.kept.is_some() {
            self.ask(Task::Choose { choices });
        } else {
            self.need_view();
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
            (AnalysisId::Rfm, Err(error)) => self.rfm.finish(Err(error)),
            (AnalysisId::Clusters, Err(error)) => self.clusters.finish(Err(error)),
            (AnalysisId::ClusterCounts, Err(error)) => self.cluster_counts.finish(Err(error)),
        }
        self.drop_lost_selection();
        self.asked.state += u32::from(id != AnalysisId::ClusterCounts);
        self.need_page();
    }

    /// A segment that is not there any more cannot be selected.
    fn drop_lost_selection(&mut self) {
        let Some((id, place)) = self.selected else {
            return;
        };
        let n_segments = match id {
            SegmentationId::Rfm => self.rfm.value().map(|report| report.segments.len()),
            SegmentationId::Clusters => self.clusters.value().map(|report| report.segments.len()),
        };
        if n_segments.is_some_and(|n| usize::from(place) >= n) {
            self.select(None);
        }
    }

    fn start_slot(&mut self, id: AnalysisId) {
        match id {
            AnalysisId::Rfm => self.rfm.start(),
            AnalysisId::Clusters => self.clusters.start(),
            AnalysisId::ClusterCounts => self.cluster_counts.start(),
        }
    }

    /// `task` will not be done: its slot goes back to what was there, and can be asked for again.
    pub(super) fn abandon(&mut self, task: &Task) {
        match task {
            Task::Analyze(inputs) => {
                let id = inputs.request.id();
                self.asked.analyses.remove(&id);
                match id {
                    AnalysisId::Rfm => self.rfm.stop(),
                    AnalysisId::Clusters => self.clusters.stop(),
                    AnalysisId::ClusterCounts => self.cluster_counts.stop(),
                }
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
        let failed = [AnalysisId::Rfm, AnalysisId::Clusters].map(|id| self.has_failed(id));
        if failed.contains(&true) {
            self.comparison.finish(Err(()));
        } else {
            self.asked.comparison = None;
            self.comparison.stop();
        }
    }
}

const fn first_page() -> Query {
    Query {
        segment: None,
        sort: Sort::Customer,
        descending: false,
        offset: 0,
        limit: PAGE_LENGTH,
    }
}

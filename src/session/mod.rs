//! The application as a state machine: an [`Event`] changes the [`Session`] and gives [`Command`]s for the outside.
//!
//! No browser, no words. One job runs at a time; a newer request of the same kind replaces a queued one, answers of
//! stale jobs are dropped, and after a restart every job first gives the engine back what it needs.
//! `source` is about handles of files, `intake` about files and mappings, `before` about a mapping that files were chosen
//! on, `batch` and `further` about several files at once, `card` about the card of one customer, `hold` about boundaries
//! that are held, `later` about files that come while results are open, `projects` about project files, `workbook` about files
//! that become text first, `results` about what is computed, `recovery` about stopping and dying, `jobs` about the queue.

mod batch;
mod before;
mod card;
mod event;
mod further;
mod hold;
mod intake;
mod jobs;
mod later;
mod projects;
mod recovery;
mod results;
mod source;
mod state;
mod workbook;

use projects::seen_in;

pub use crate::protocol::FileNumber;
pub use event::{Command, Event, RailPart, View};
pub use further::Further;
pub use hold::Boundaries;
pub use projects::Gap;
pub use state::{Changed, Notice, OpenFile, Progress, Slot, Stage, Work};

use crate::analysis::compare::Comparison;
use crate::analysis::customers::{Filter, Page};
use crate::analysis::one_customer::Card;
use crate::analysis::treatment::ColumnsReport;
use crate::analysis::{
    AnalysisError, SegmentationId, advice, cluster_counts, clusters, cohorts, explain, lifecycle,
    lifetime, movement, prediction, rfm, rhythm, rules, stability, value,
};
use crate::data::{ImportError, Mapping, Preview, Said};
use crate::export::{Seen, Settings};
use crate::protocol::{self, Answer, FromWorker, Imported, JobId};

use batch::Batch;
use before::Before;
use hold::Hold;
use jobs::{Jobs, Task};
use later::Apart;
use results::Asked;
use source::{Kept, Source};
use workbook::Reading;

/// The state of the application.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// Where the person is.
    pub stage: Stage,
    /// The file that is open.
    pub file: Option<OpenFile>,
    /// What its head shows.
    pub preview: Option<Preview>,
    /// The files beside it.
    pub further: Vec<Further>,
    /// The mapping that is being edited.
    pub mapping: Mapping,
    /// What a person decided.
    pub settings: Settings,
    /// What was read.
    pub imported: Option<Imported>,
    /// Why the file cannot be imported as mapped, shown beside the mapping; in [`Stage::Failed`], why not at all.
    pub mapping_error: Option<ImportError>,
    /// RFM.
    pub rfm: Slot<rfm::Report, AnalysisError>,
    /// Clusters.
    pub clusters: Slot<clusters::Report, AnalysisError>,
    /// How many clusters.
    pub cluster_counts: Slot<cluster_counts::Report, AnalysisError>,
    /// Stages of the customers' life.
    pub lifecycle: Slot<lifecycle::Report, AnalysisError>,
    /// Classes by value.
    pub value: Slot<value::Report, AnalysisError>,
    /// What customers will be worth.
    pub lifetime: Slot<lifetime::Report, AnalysisError>,
    /// Lateness against the own rhythm.
    pub rhythm: Slot<rhythm::Report, AnalysisError>,
    /// A person's own rules.
    pub rules: Slot<rules::Report, AnalysisError>,
    /// How sure the clusters are.
    pub stability: Slot<stability::Report, AnalysisError>,
    /// Who will buy again, and what else comes.
    pub prediction: Slot<prediction::Report, AnalysisError>,
    /// Which segmentation fits goal and file.
    pub advice: Slot<advice::Report, AnalysisError>,
    /// A segmentation explained.
    pub explain: Slot<explain::Report, AnalysisError>,
    /// A segmentation on two dates.
    pub movement: Slot<movement::Report, AnalysisError>,
    /// Cohorts.
    pub cohorts: Slot<cohorts::Report, AnalysisError>,
    /// What the columns hold.
    pub columns: Slot<ColumnsReport, ImportError>,
    /// RFM against clusters.
    pub comparison: Slot<Comparison, ()>,
    /// The page of customers that is shown.
    pub page: Slot<Page, ()>,
    /// The customer whose card is open, by its id.
    pub customer: Option<String>,
    /// That card; not possible where nobody with the id is a customer on the as-of date.
    pub card: Slot<Card, ()>,
    /// The selected segment.
    pub selected: Option<(SegmentationId, u16)>,
    /// Whom the list of customers holds.
    pub filter: Filter,
    /// How far the running job is, if one is running that can take long.
    pub progress: Option<Progress>,
    /// What the person should know, newest last.
    pub notices: Vec<Notice>,
    /// How often the person was told something, also the same thing again.
    pub n_told: u32,
    /// Whether the engine's self-test was refused as it must be; `None` before it ran.
    pub self_test: Option<bool>,
    view: View,
    source: Option<Source>,
    /// What a person or a project says of the leading file.
    lead: Said,
    batch: Batch,
    /// The mapping screen that files were chosen on, while their heads are read.
    before: Option<Before>,
    apart: Option<Apart>,
    kept: Option<Kept>,
    /// The settings that the next import will bring.
    draft: Settings,
    /// Whether the mapping on the screen is a project's.
    is_of_project: bool,
    waiting_project: Option<Settings>,
    /// How much was open when the project of the results was saved.
    since: Option<Seen>,
    undo: Vec<Settings>,
    /// Whether the last change is a move of the as-of date that has not been let go.
    moves_as_of: bool,
    /// Boundaries that were held last.
    hold: Option<Hold>,
    /// Whether the clusters that come are to be held.
    awaits_clusters: bool,
    asked: Asked,
    n_files: u32,
    /// The workbook that is being read.
    reading: Option<Reading>,
    /// Texts of readings that were stopped when the reader may still have been loading. Until they end, no file is opened.
    stopped: Vec<FileNumber>,
    /// The sheet in whose place another one was chosen, while the engine looks at that.
    sheet_before: Option<Source>,
    /// Whether any file has been opened: from then on nothing may be loaded.
    has_opened: bool,
    jobs: Jobs,
}

impl Session {
    /// Changes the state and says what the outside is to do.
    pub fn update(&mut self, event: Event) -> Vec<Command> {
        let mut commands = self.react(event);
        commands.extend(self.proceed());
        commands
    }

    /// Whether there is a change of settings to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether the last change is a move of the as-of date that has not been let go.
    pub const fn is_moving_as_of(&self) -> bool {
        self.moves_as_of
    }

    /// Whether everything that was asked for has been answered.
    pub fn is_at_rest(&self) -> bool {
        self.jobs.is_idle()
    }

    /// Whether results of an imported file are kept behind the screen that is shown now.
    pub fn has_results(&self) -> bool {
        self.kept.is_some()
    }

    fn react(&mut self, event: Event) -> Vec<Command> {
        match event {
            Event::FilesChosen(files) => return self.choose_files(files),
            Event::FileSaid { file, said } => self.take_said(file, said),
            Event::AddedToOpen(is_added) => self.add_to_open(is_added),
            Event::ProjectChosen { bytes } => self.ask(Task::ReadProject(bytes)),
            Event::SampleAsked { korean } => self.ask_for_sample(korean),
            Event::WorkbookRead { text, result } => return self.take_workbook(text, result),
            Event::SheetChosen(name) => return self.choose_sheet(name),
            Event::SheetAdded(name) => return self.add_sheet(&name),
            Event::DialectChanged(dialect) => self.change_dialect(dialect),
            Event::MappingChanged(mapping) => self.change_mapping(mapping),
            Event::ImportConfirmed => self.confirm_import(),
            Event::ChoiceChanged { reason, left_out } => {
                self.change_choices(|choices| choices.set(reason, left_out));
            }
            Event::ReturnsNetted(nets) => self.change_choices(|choices| choices.net_returns(nets)),
            Event::SettingsChanged(settings) => self.change_settings(*settings),
            Event::AsOfMoved { as_of, is_settled } => self.move_as_of(as_of, is_settled),
            Event::Undo => self.undo(),
            Event::BoundariesHeld(holds) => self.hold_boundaries(holds),
            Event::ClustersKept(holds) => self.keep_clusters(holds),
            Event::ViewShown(view) => return self.go_to(view),
            Event::SegmentSelected(segment) => self.select(segment),
            Event::FilterChanged(filter) => self.narrow(filter),
            Event::PageAsked(query) => self.ask_for_page(query),
            Event::CustomerOpened(customer) => self.open_customer(customer),
            Event::ExportAsked(what) => {
                let seen = self.imported.as_ref().map(seen_in);
                let settings = Settings {
                    seen,
                    ..self.settings.clone()
                };
                self.ask(Task::Export(what, Box::new(settings)));
            }
            Event::SelfTestAsked => self.ask(Task::SelfTest),
            Event::CancelAsked => return self.cancel(),
            Event::MappingAsked => return self.edit_mapping(),
            Event::StartAsked => return self.start_anew(),
            Event::ResultsAsked => return self.go_to_results(),
            Event::CloseAsked => return self.close(),
            Event::NoticeDismissed(place) if place < self.notices.len() => {
                self.notices.remove(place);
            }
            Event::NoticeDismissed(_) => {}
            Event::Heard(message) => return self.hear(*message),
            Event::EngineDied => return self.recover(),
            Event::FolderDropped { n_taken, n_passed } => {
                self.notify(Notice::FolderDropped { n_taken, n_passed });
            }
        }
        Vec::new()
    }

    fn hear(&mut self, message: FromWorker) -> Vec<Command> {
        match message {
            FromWorker::Ready { build } if build != protocol::BUILD => {
                self.notify(Notice::BuildMismatch);
            }
            FromWorker::Ready { .. } => {}
            FromWorker::Progress {
                job,
                done,
                total,
                n_rows,
            } => self.note_progress(
                job,
                Progress {
                    done,
                    total,
                    n_rows,
                },
            ),
            FromWorker::Done { job, answer } => return self.take(job, answer),
        }
        Vec::new()
    }

    fn note_progress(&mut self, job: JobId, progress: Progress) {
        if self.progress.is_some() && self.jobs.is_running(job) {
            self.progress = Some(progress);
        }
    }

    fn take(&mut self, job: JobId, answer: Answer) -> Vec<Command> {
        let Some(running) = self.jobs.end(job) else {
            return Vec::new();
        };
        self.progress = None;
        if running.is_preparation {
            self.take_preparation(running.task, answer);
            return Vec::new();
        }
        match (running.task, answer) {
            (Task::Open { source, dialect }, Answer::Previewed(result)) => {
                self.take_preview(&source, dialect, result)
            }
            (Task::Open { source, .. }, Answer::Unpacked(texts)) => self.take_texts(&source, texts),
            (Task::Import { files, .. }, Answer::Imported(result)) => {
                self.take_import(files, result)
            }
            (Task::Import { .. }, Answer::FileFailed { file, error }) => {
                self.take_file_failure(file, error);
                Vec::new()
            }
            (Task::Choose { choices }, Answer::Imported(result)) => {
                self.take_choice(choices, result);
                Vec::new()
            }
            (Task::ReadProject(_), Answer::ProjectRead(project)) => {
                self.take_project(project);
                Vec::new()
            }
            (Task::MakeSample { .. }, Answer::SampleMade(file)) => vec![Command::Choose(file)],
            (Task::Export(what, settings), Answer::Exported(Ok(file))) => {
                let file = match self.name_of_files() {
                    Some(name) => file.named_after(&name),
                    None => file,
                };
                let file = match settings.as_of.filter(|_| what.has_day()) {
                    Some(day) => file.of_day(day),
                    None => file,
                };
                self.notify(Notice::Saved {
                    file_name: file.name.clone(),
                });
                vec![Command::Download(file)]
            }
            (task, answer) => {
                self.take_result(task, answer);
                Vec::new()
            }
        }
    }

    fn take_result(&mut self, task: Task, answer: Answer) {
        match (task, answer) {
            (Task::Analyze(inputs), Answer::Analyzed(result)) => self.take_report(inputs, result),
            (Task::Columns(treatments), Answer::Columns(result)) => {
                self.take_columns(&treatments, result);
            }
            (Task::List(_), Answer::Listed(page)) => self.page.finish(page.ok_or(())),
            (Task::Compare, Answer::Compared(result)) => self.comparison.finish(result.ok_or(())),
            (Task::OneCustomer(id), Answer::OneCustomer(card)) => self.take_card(&id, card),
            (Task::Export(..), Answer::Exported(Err(error))) => {
                self.notify(Notice::ExportFailed(error));
            }
            (Task::SelfTest, Answer::SelfTested { was_refused }) => {
                self.self_test = Some(was_refused);
            }
            (task, _) => {
                self.abandon(&task);
                self.notify(Notice::BuildMismatch);
            }
        }
    }

    fn notify(&mut self, notice: Notice) {
        self.n_told += 1;
        if self.notices.last() != Some(&notice) {
            self.notices.push(notice);
        }
    }
}

//! The queue in front of the engine: one job runs, the others wait in order, one of each kind.
//!
//! [`Engine`] is what the page knows of the engine's state. A job whose needs the engine does not have (after a
//! restart, say) is preceded by preparations; so there is no other replay.

use std::collections::{BTreeMap, VecDeque};
use std::mem::discriminant;

use super::card::TOLD;
use super::results::Inputs;
use super::{Command, FileNumber, Progress, Session, Source, Stage, Work};
use crate::analysis::AnalysisId;
use crate::analysis::customers::Query;
use crate::analysis::treatment::Treatments;
use crate::data::{Choices, Dialect, Mapping};
use crate::export::{Settings, What};
use crate::protocol::{JobId, ToWorker};

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Task {
    Open {
        source: Source,
        dialect: Option<Dialect>,
    },
    /// Of the files the leading one is first.
    Import {
        files: Vec<(Source, Mapping)>,
        choices: Choices,
    },
    Choose {
        choices: Choices,
    },
    Analyze(Inputs),
    Columns(Treatments),
    List(Query),
    Compare,
    Export(What, Box<Settings>),
    ReadProject(Vec<u8>),
    MakeSample {
        korean: bool,
    },
    SelfTest,
    /// The card of the customer with this id.
    OneCustomer(String),
    /// Nothing of its own: gives a new engine the file back.
    Restore,
}

impl Task {
    fn is_same_kind(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Analyze(one), Self::Analyze(two)) => one.request.id() == two.request.id(),
            (Self::Export(one, _), Self::Export(two, _)) => one == two,
            _ => discriminant(self) == discriminant(other),
        }
    }

    /// Whether a person should see how far it is.
    const fn is_long(&self) -> bool {
        !matches!(
            self,
            Self::List(_)
                | Self::OneCustomer(_)
                | Self::ReadProject(_)
                | Self::MakeSample { .. }
                | Self::SelfTest
        )
    }

    fn is_analysis(&self, id: AnalysisId) -> bool {
        matches!(self, Self::Analyze(inputs) if inputs.request.id() == id)
    }

    /// Whether it is of the table that is shown, and not asked for by a person's press.
    pub(super) const fn is_of_results(&self) -> bool {
        matches!(
            self,
            Self::Analyze(_)
                | Self::Columns(_)
                | Self::Compare
                | Self::List(_)
                | Self::OneCustomer(_)
        )
    }

    /// What it is to a person who waits for it; `None` where it takes no time.
    const fn work(&self) -> Option<Work> {
        Some(match self {
            Self::Open { .. } | Self::Import { .. } | Self::Choose { .. } | Self::Restore => {
                Work::Rows
            }
            Self::Analyze(inputs) => Work::Analysis(inputs.request.id()),
            Self::Columns(_) => Work::Columns,
            Self::Compare => Work::Comparison,
            Self::Export(..) => Work::File,
            Self::List(_)
            | Self::OneCustomer(_)
            | Self::ReadProject(_)
            | Self::MakeSample { .. }
            | Self::SelfTest => return None,
        })
    }

    const fn needs_table(&self) -> bool {
        match self {
            Self::Choose { .. }
            | Self::Analyze(_)
            | Self::Columns(_)
            | Self::List(_)
            | Self::OneCustomer(_)
            | Self::Compare
            | Self::Restore => true,
            Self::Export(what, _) => !matches!(what, What::Project),
            _ => false,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Running {
    pub(super) id: JobId,
    pub(super) task: Task,
    /// Done for the first waiting job, and for nobody to see.
    pub(super) is_preparation: bool,
    pub(super) n_deaths: u8,
}

#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) task: Task,
    /// How often the engine died of it.
    pub(super) n_deaths: u8,
}

/// What the page knows of the engine's state.
#[derive(Clone, Debug, Default)]
pub(super) struct Engine {
    /// It died and was not started again.
    pub(super) is_gone: bool,
    pub(super) opened: BTreeMap<FileNumber, Dialect>,
    pub(super) imported: Option<(Vec<(FileNumber, Mapping)>, Choices)>,
    pub(super) analyses: BTreeMap<AnalysisId, Inputs>,
}

/// The queue.
#[derive(Clone, Debug, Default)]
pub(super) struct Jobs {
    last_id: u32,
    pub(super) running: Option<Running>,
    pub(super) waiting: VecDeque<Waiting>,
    pub(super) engine: Engine,
    /// How often the engine died without an answer in between.
    pub(super) n_deaths: u8,
}

/// What comes next for the first waiting job.
enum Step {
    Run,
    Prepare(Box<Task>),
    First(AnalysisId),
    Skip,
    Impossible,
}

impl Jobs {
    /// Puts `task` at the end, in place of a waiting one of the same kind. The longest analysis lets all others pass,
    /// and the clusters let a list and a card pass: they show their labels when they are there.
    pub(super) fn push(&mut self, task: Task) {
        self.waiting.retain(|job| !job.task.is_same_kind(&task));
        let is_list = matches!(task, Task::List(_) | Task::OneCustomer(_));
        let is_last = |job: &Waiting| {
            job.task.is_analysis(AnalysisId::ClusterCounts)
                || is_list && job.task.is_analysis(AnalysisId::Clusters)
        };
        let n_before = self.waiting.iter().take_while(|job| !is_last(job)).count();
        self.waiting.insert(n_before, Waiting { task, n_deaths: 0 });
    }

    /// Puts `task` in front, in place of a waiting one of the same kind.
    pub(super) fn push_front(&mut self, task: Task) {
        self.waiting.retain(|job| !job.task.is_same_kind(&task));
        self.waiting.push_front(Waiting { task, n_deaths: 0 });
    }

    pub(super) fn is_running(&self, id: JobId) -> bool {
        self.running.as_ref().is_some_and(|job| job.id == id)
    }

    pub(super) fn is_waiting(&self, is_wanted: impl Fn(&Task) -> bool) -> bool {
        self.waiting.iter().any(|job| is_wanted(&job.task))
    }

    pub(super) fn is_idle(&self) -> bool {
        self.running.is_none() && self.waiting.is_empty()
    }

    /// The running job, if `id` is its number.
    pub(super) fn end(&mut self, id: JobId) -> Option<Running> {
        let ended = self.running.take_if(|job| job.id == id)?;
        self.n_deaths = 0;
        Some(ended)
    }

    fn post(&mut self, job: Waiting, is_preparation: bool) -> JobId {
        self.last_id += 1;
        let id = JobId(self.last_id);
        let Waiting { task, n_deaths } = job;
        self.running = Some(Running {
            id,
            task,
            is_preparation,
            n_deaths,
        });
        id
    }
}

/// Files by their numbers.
pub(super) fn numbered(files: &[(Source, Mapping)]) -> Vec<(FileNumber, Mapping)> {
    let number = |(source, mapping): &(Source, Mapping)| (source.number, mapping.clone());
    files.iter().map(number).collect()
}

impl Session {
    /// What the engine is at behind results that are shown; `None` where nothing is to be waited for.
    pub fn work(&self) -> Option<Work> {
        let running = self.jobs.running.as_ref();
        let task = &running.filter(|_| self.stage == Stage::Ready)?.task;
        task.work()
    }

    pub(super) fn ask(&mut self, task: Task) {
        self.jobs.push(task);
    }

    /// Starts what can be started.
    pub(super) fn proceed(&mut self) -> Vec<Command> {
        while self.jobs.running.is_none() {
            let Some(first) = self.jobs.waiting.front().cloned() else {
                break;
            };
            // The reader of workbooks may be on its way: nothing is loaded once a file is open.
            if matches!(first.task, Task::Open { .. }) && !self.stopped.is_empty() {
                break;
            }
            match self.step_towards(&first.task) {
                Step::Run => {
                    self.jobs.waiting.pop_front();
                    return self.post(first, false);
                }
                Step::Prepare(task) => {
                    let task = *task;
                    return self.post(Waiting { task, n_deaths: 0 }, true);
                }
                Step::First(id) => self.analyze_first(id),
                Step::Skip => {
                    self.jobs.waiting.pop_front();
                }
                Step::Impossible => {
                    self.jobs.waiting.pop_front();
                    self.abandon(&first.task);
                }
            }
        }
        Vec::new()
    }

    fn post(&mut self, job: Waiting, is_preparation: bool) -> Vec<Command> {
        let Some(message) = self.message_of(&job.task) else {
            return Vec::new();
        };
        let mut commands = Vec::new();
        if std::mem::take(&mut self.jobs.engine.is_gone) {
            commands.push(Command::Restart);
        }
        self.has_opened |= matches!(job.task, Task::Open { .. });
        match &job.task {
            Task::Analyze(inputs) => self.note_treated(&inputs.treatments),
            Task::Columns(treatments) => self.note_treated(treatments),
            Task::Export(_, settings) => {
                self.note_treated(&settings.columns);
                self.forget_replaced(settings);
            }
            _ => {}
        }
        self.progress = job.task.is_long().then(Progress::default);
        let file = match &job.task {
            Task::Open { source, .. } => Some(source.number),
            _ => None,
        };
        let job = self.jobs.post(job, is_preparation);
        commands.push(Command::Post { job, message, file });
        commands
    }

    fn message_of(&self, task: &Task) -> Option<ToWorker> {
        let settings = || Box::new(self.settings.clone());
        let message = match task.clone() {
            Task::Open { source, dialect } => ToWorker::Open {
                file: source.number,
                file_name: source.file.name,
                n_bytes: source.file.n_bytes,
                dialect,
                entry: source.entry,
            },
            Task::Import { files, choices } => ToWorker::Import {
                files: numbered(&files),
                choices,
            },
            Task::Choose { choices } => ToWorker::Choose { choices },
            Task::Analyze(inputs) => ToWorker::Analyze {
                request: inputs.request,
                as_of: inputs.as_of,
                treatments: inputs.treatments,
            },
            Task::Columns(treatments) => ToWorker::Columns { treatments },
            Task::List(query) => ToWorker::List {
                query,
                settings: settings(),
            },
            Task::Compare => ToWorker::Compare {
                first: self.settings.compare.first,
                second: self.settings.compare.second,
            },
            Task::Export(what, settings) => ToWorker::Export { what, settings },
            Task::ReadProject(bytes) => ToWorker::ReadProject { bytes },
            Task::MakeSample { korean } => ToWorker::MakeSample { korean },
            Task::SelfTest => ToWorker::SelfTest,
            Task::OneCustomer(customer) => ToWorker::OneCustomer {
                customer,
                settings: settings(),
            },
            Task::Restore => return None,
        };
        Some(message)
    }

    fn step_towards(&self, task: &Task) -> Step {
        if let Task::Import { files, .. } = task {
            return self.step_to_open(files);
        }
        if !task.needs_table() {
            return Step::Run;
        }
        match self.step_to_table() {
            Step::Run => self.step_to_analyses(task),
            other => other,
        }
    }

    fn step_to_open(&self, files: &[(Source, Mapping)]) -> Step {
        let opened = &self.jobs.engine.opened;
        let is_closed = |(source, mapping): &&(Source, Mapping)| {
            opened.get(&source.number) != Some(&mapping.dialect)
        };
        match files.iter().find(is_closed) {
            None => Step::Run,
            Some((source, mapping)) => Step::Prepare(Box::new(Task::Open {
                source: source.clone(),
                dialect: Some(mapping.dialect),
            })),
        }
    }

    fn step_to_table(&self) -> Step {
        let Some(kept) = &self.kept else {
            return Step::Impossible;
        };
        let imported = &self.jobs.engine.imported;
        if matches!(imported, Some((files, _)) if *files == numbered(&kept.files)) {
            return Step::Run;
        }
        match self.step_to_open(&kept.files) {
            Step::Run => Step::Prepare(Box::new(Task::Import {
                files: kept.files.clone(),
                choices: kept.choices,
            })),
            other => other,
        }
    }

    fn step_to_analyses(&self, task: &Task) -> Step {
        let needs: Vec<AnalysisId> = match task {
            Task::Restore => return Step::Skip,
            Task::List(query) => {
                let segments = query.filter.segments.iter();
                let asked = segments.map(|(segmentation, _)| segmentation.analysis());
                [AnalysisId::Rfm].into_iter().chain(asked).collect()
            }
            Task::OneCustomer(_) => TOLD.to_vec(),
            Task::Compare => self.compared().to_vec(),
            _ => return Step::Run,
        };
        for id in needs {
            let wanted = self.inputs_of(id);
            if self.jobs.engine.analyses.get(&id) == Some(&wanted) {
                continue;
            }
            let is_asked = self.asked.analyses.get(&id) == Some(&wanted);
            match (task, is_asked && self.has_failed(id)) {
                (Task::Compare, true) => return Step::Impossible,
                (Task::Compare, false) => return Step::First(id),
                (_, false) if is_asked => return Step::First(id),
                _ => {}
            }
        }
        Step::Run
    }
}

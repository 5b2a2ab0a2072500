//! Stopping and dying. Both end in a new engine and, where a table was there, in giving it back silently.

use super::jobs::{Jobs, Running, Task, Waiting};
use super::{Command, Notice, Session, Stage};
use crate::data::ImportError;
use crate::protocol::Answer;

/// So often may the engine die of one job before the job is given up.
const MAX_DEATHS: u8 = 3;

impl Jobs {
    /// The engine is new and nothing is to be done.
    pub(super) fn reset(&mut self) {
        self.running = None;
        self.waiting.clear();
        self.engine = super::jobs::Engine::default();
        self.n_deaths = 0;
    }
}

impl Session {
    /// Stops what runs, and all that waits behind it.
    pub(super) fn cancel(&mut self) -> Vec<Command> {
        if self.reading.is_some() {
            return self.stop_reading();
        }
        if self.jobs.is_idle() {
            let is_editing = self.stage == Stage::Mapping && self.kept.is_some();
            return if is_editing {
                self.go_back()
            } else {
                Vec::new()
            };
        }
        let tasks = self.take_all_tasks();
        self.jobs.reset();
        self.progress = None;
        let mut commands = vec![Command::Restart];
        for task in &tasks {
            self.abandon(task);
        }
        match self.stage {
            Stage::Reading => commands.extend(self.go_back()),
            Stage::Importing => self.stage = Stage::Mapping,
            _ => {}
        }
        if self.stage == Stage::Ready {
            self.ask(Task::Restore);
        }
        self.notify(Notice::Cancelled);
        commands
    }

    /// Drops what is computed of the table that is shown, so that a new file need not wait for it.
    pub(super) fn stop_analyses(&mut self) -> Option<Command> {
        let (dropped, others): (Vec<_>, Vec<_>) = self
            .jobs
            .waiting
            .drain(..)
            .partition(|job| job.task.is_of_results());
        self.jobs.waiting.extend(others);
        let running = self
            .jobs
            .running
            .take_if(|job| job.task.is_of_results() && !job.is_preparation);
        let is_running = running.is_some();
        for task in running
            .map(|job| job.task)
            .into_iter()
            .chain(dropped.into_iter().map(|job| job.task))
        {
            self.abandon(&task);
        }
        is_running.then(|| {
            self.progress = None;
            self.jobs.engine = super::jobs::Engine::default();
            Command::Restart
        })
    }

    fn take_all_tasks(&mut self) -> Vec<Task> {
        let running = self.jobs.running.take().map(|job| job.task);
        let waiting = self.jobs.waiting.drain(..).map(|job| job.task);
        running.into_iter().chain(waiting).collect()
    }

    /// A new engine after one died, and the work once more.
    pub(super) fn recover(&mut self) -> Vec<Command> {
        self.jobs.engine = super::jobs::Engine {
            is_gone: true,
            ..Default::default()
        };
        self.progress = None;
        self.jobs.n_deaths = self.jobs.n_deaths.saturating_add(1);
        let given_up = match self.jobs.running.take() {
            Some(running) => self.put_back(running),
            None => (self.jobs.n_deaths >= MAX_DEATHS).then(Vec::new),
        };
        if let Some(commands) = given_up {
            self.jobs.n_deaths = 0;
            self.notify(Notice::EngineLost);
            return commands;
        }
        self.notify(Notice::EngineRestarted);
        if self.stage == Stage::Ready && self.jobs.is_idle() {
            self.ask(Task::Restore);
        }
        self.jobs.engine.is_gone = false;
        vec![Command::Restart]
    }

    /// Puts the job that the engine died of back in front; where it died of it too often, what follows from giving up.
    fn put_back(&mut self, running: Running) -> Option<Vec<Command>> {
        if !running.is_preparation {
            self.jobs.waiting.push_front(Waiting {
                task: running.task,
                n_deaths: running.n_deaths,
            });
        }
        let first = self.jobs.waiting.front_mut()?;
        first.n_deaths += 1;
        if first.n_deaths < MAX_DEATHS {
            return None;
        }
        let job = self.jobs.waiting.pop_front()?;
        Some(self.give_up(&job.task))
    }

    fn give_up(&mut self, task: &Task) -> Vec<Command> {
        self.abandon(task);
        match (task, self.stage) {
            (Task::Open { .. }, Stage::Reading) => self.read_or_fail(ImportError::EngineLost),
            (Task::Import { .. }, Stage::Importing) => {
                self.stage = Stage::Mapping;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The engine was given back what the first waiting job needs, or could not be.
    pub(super) fn take_preparation(&mut self, task: Task, answer: Answer) {
        let error = match (task, answer) {
            (Task::Open { source, dialect }, Answer::Previewed(Ok(preview))) => {
                let dialect = dialect.unwrap_or(preview.guess.dialect);
                self.jobs.engine.opened.insert(source.number, dialect);
                return;
            }
            (Task::Import { .. }, Answer::Imported(Ok(_))) => return self.note_engine_table(),
            (
                _,
                Answer::Previewed(Err(error))
                | Answer::Imported(Err(error))
                | Answer::FileFailed { error, .. },
            ) => error,
            _ => return self.notify(Notice::BuildMismatch),
        };
        let Some(job) = self.jobs.waiting.pop_front() else {
            return;
        };
        self.abandon(&job.task);
        if matches!(job.task, Task::Import { .. }) {
            self.stage = Stage::Mapping;
            self.mapping_error = Some(error);
        } else {
            self.notify(Notice::ImportFailed(error));
        }
    }
}

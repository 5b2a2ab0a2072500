//! Files and their mapping: from a choice to an imported table, with what was there kept until the new is better.

use super::batch::Batch;
use super::jobs::Task;
use super::source::{Kept, Source};
use super::{Command, Notice, OpenFile, Session, Slot, Stage};
use crate::analysis::AnalysisId;
use crate::analysis::customers::Filter;
use crate::data::{Choices, Dialect, Encoding, ImportError, Joined, Mapping, Preview, Said};
use crate::export::Settings;
use crate::protocol::Imported;
use crate::workbook;

impl Session {
    pub(super) fn choose_files(&mut self, files: Vec<OpenFile>) -> Vec<Command> {
        if self.stage.is_reading() {
            self.notify(Notice::BusyReading);
            return Vec::new();
        }
        self.remember_mapping();
        // What was said of the file before is not said of this one.
        self.notices.clear();
        self.keep_project_waiting();
        let mut commands = vec![Command::Mark("gyeol:file-chosen")];
        commands.extend(self.stop_analyses());
        commands.extend(self.forget_unkept());
        let sources: Vec<Source> = files.into_iter().map(|file| self.numbered(file)).collect();
        let adopt = |(place, source): (usize, &Source)| Command::Adopt {
            file: source.number,
            place,
        };
        commands.extend(sources.iter().enumerate().map(adopt));
        self.stage = Stage::Reading;
        self.preview = None;
        self.mapping_error = None;
        self.further.clear();
        self.lead = Said::default();
        self.apart = None;
        commands.extend(self.look_at(sources));
        commands
    }

    pub(super) fn open(&mut self, source: Source) -> Option<Command> {
        if let (Some(book), Some(sheet)) = (&source.book, source.sheet_name()) {
            return Some(self.read_sheet(book.number, sheet));
        }
        if workbook::is_named(&source.file.name) {
            return Some(self.read_workbook(source.number));
        }
        self.open_text(source);
        None
    }

    pub(super) fn open_text(&mut self, source: Source) {
        self.jobs.push_front(Task::Open {
            source,
            dialect: None,
        });
    }

    pub(super) fn ask_for_sample(&mut self, korean: bool) {
        if self.stage.is_reading() {
            self.notify(Notice::BusyReading);
        } else {
            self.ask(Task::MakeSample { korean });
        }
    }

    /// Another kind of the leading file may take the lead from it.
    pub(super) fn change_mapping(&mut self, mapping: Mapping) {
        let is_other_kind = mapping.table != self.mapping.table;
        let kind = Some(mapping.table);
        self.mapping = mapping;
        self.mapping_error = None;
        if is_other_kind {
            self.lead.kind = Some(kind);
            self.place_anew();
        }
    }

    pub(super) fn change_dialect(&mut self, dialect: Dialect) {
        let Some(source) = self.source.clone().filter(|_| self.stage == Stage::Mapping) else {
            return;
        };
        self.mapping.dialect = dialect;
        self.ask(Task::Open {
            source,
            dialect: Some(dialect),
        });
    }

    /// Back to the columns of the file that is open, also from the first page while its results are kept.
    pub(super) fn edit_mapping(&mut self) -> Vec<Command> {
        let commands = match self.stage {
            Stage::Empty => self.go_to_results(),
            _ => Vec::new(),
        };
        if self.stage == Stage::Ready {
            self.stage = Stage::Mapping;
            self.draft = self.settings.clone();
        }
        commands
    }

    /// The first page, for another file: what is open stays until that one is imported.
    pub(super) fn start_anew(&mut self) -> Vec<Command> {
        if self.kept.is_none() && self.stage != Stage::Empty {
            return self.close();
        }
        let commands = match self.stage {
            Stage::Mapping => self.go_back(),
            _ => Vec::new(),
        };
        if self.stage == Stage::Ready {
            self.stage = Stage::Empty;
        }
        commands
    }

    /// From the first page or the columns to the results that are kept.
    pub(super) fn go_to_results(&mut self) -> Vec<Command> {
        match self.stage {
            Stage::Empty | Stage::Mapping if self.kept.is_some() => self.go_back(),
            _ => Vec::new(),
        }
    }

    pub(super) fn confirm_import(&mut self) {
        if self.stage == Stage::Mapping && self.source.is_some() {
            self.stage = Stage::Importing;
            self.mapping_error = None;
            self.ask_to_import();
        }
    }

    pub(super) fn ask_to_import(&mut self) {
        self.ask(Task::Import {
            files: self.files_to_import(),
            choices: self.draft.choices,
        });
    }

    pub(super) fn change_choices(&mut self, change: impl Fn(Choices) -> Choices) {
        if self.stage == Stage::Mapping {
            let choices = &mut self.draft.choices;
            *choices = change(*choices);
            return;
        }
        let mut settings = self.settings.clone();
        settings.choices = change(settings.choices);
        self.change_settings(settings);
    }

    pub(super) fn take_preview(
        &mut self,
        source: &Source,
        dialect: Option<Dialect>,
        result: Result<Box<Preview>, ImportError>,
    ) -> Vec<Command> {
        if let Ok(preview) = &result {
            let dialect = dialect.unwrap_or(preview.guess.dialect);
            self.jobs.engine.opened.insert(source.number, dialect);
        }
        if !self.awaits_preview_of(source) {
            return Vec::new();
        }
        if self.stage == Stage::Importing {
            self.preview = result.map_or_else(|_| self.preview.take(), |preview| Some(*preview));
            return Vec::new();
        }
        let preview = match result {
            Ok(preview) => *preview,
            Err(error) if dialect.is_some() => {
                self.mapping_error = Some(error);
                return Vec::new();
            }
            Err(error) => return self.read_or_fail(error),
        };
        if self.stage == Stage::Reading && self.batch.is_under_way() {
            return self.take_looked(preview);
        }
        if self.stage == Stage::Reading && self.sheet_before.is_none() {
            let said = self.waiting_project.as_ref();
            let said = said.and_then(|project| project.said_of(&preview));
            self.lead = said.unwrap_or_default();
            return self.show_new(preview);
        }
        let table = self.mapping.table;
        let commands = self.show_preview(preview, dialect.is_none());
        self.keep_leading(table);
        commands
    }

    /// The mapping screen of files that were chosen: where they are more of what is open, beside that.
    pub(super) fn show_new(&mut self, preview: Preview) -> Vec<Command> {
        let is_of_project = self.waits_for(&preview);
        let mut commands = self.show_preview(preview, true);
        commands.extend(self.forget_mapping_before());
        if !is_of_project {
            self.add_by_guess();
        }
        commands
    }

    /// The mapping screen, with settings of its own where the file `is_new`.
    pub(super) fn show_preview(&mut self, preview: Preview, is_new: bool) -> Vec<Command> {
        self.mapping = preview.guess.clone();
        if is_new {
            self.draft_settings(&preview);
        }
        self.mapping.sheet = self.sheet_name();
        self.keep_kind(&preview);
        self.preview = Some(preview);
        self.mapping_error = None;
        self.stage = Stage::Mapping;
        let mut commands = vec![Command::Mark("gyeol:previewed")];
        commands.extend(self.forget_sheet_before());
        commands
    }

    /// Whether this file is still the one on the screen, and nothing newer about it was asked since.
    fn awaits_preview_of(&self, source: &Source) -> bool {
        let is_shown = self.source.as_ref().map(|shown| shown.number) == Some(source.number);
        let is_overtaken = self
            .jobs
            .is_waiting(|task| matches!(task, Task::Open { .. }));
        is_shown && !is_overtaken
    }

    pub(super) fn take_import(
        &mut self,
        files: Vec<(Source, Mapping)>,
        result: Result<Box<Imported>, ImportError>,
    ) -> Vec<Command> {
        let leading = files.first().map(|(_, mapping)| mapping.clone());
        let mapping = leading.unwrap_or_default();
        let imported = match result {
            Ok(imported) => *imported,
            Err(ImportError::Encoding { found, .. }) if mapping.dialect.encoding != found => {
                self.import_as(found, mapping);
                return Vec::new();
            }
            Err(error) if is_about_mapping(&error) => {
                self.stage = Stage::Mapping;
                self.mapping_error = Some(error);
                return Vec::new();
            }
            Err(error) => return self.fail(error),
        };
        let (Some(source), Some(preview)) = (self.source.clone(), self.preview.clone()) else {
            return Vec::new();
        };
        let mut commands = vec![Command::Mark("gyeol:imported")];
        let draft = std::mem::take(&mut self.draft);
        let previous = self.kept.replace(Kept {
            source,
            preview,
            mapping: mapping.clone(),
            lead: self.lead.clone(),
            choices: draft.choices,
            further: self.further.clone(),
            files,
        });
        self.apart = None;
        commands.extend(self.clear_other_file(previous.as_ref()));
        self.settings = draft;
        self.hold_nothing_more();
        self.settings.mapping = Some(mapping);
        self.settings.further = self.further_files();
        self.stage = Stage::Ready;
        self.tell_of_joined(&imported.joined);
        self.note_imported(imported);
        self.tell_since_project();
        commands
    }

    /// Tells of tables beside the orders that name nobody of them; what was told of earlier ones is over.
    fn tell_of_joined(&mut self, joined: &[Joined]) {
        let is_over = |notice: &Notice| matches!(notice, Notice::MatchesNothing { .. });
        self.notices.retain(|notice| !is_over(notice));
        for joined in joined.iter().filter(|joined| joined.matches_nothing()) {
            self.notify(Notice::MatchesNothing {
                file_name: joined.name().to_owned(),
                kind: joined.kind,
            });
        }
    }

    /// Once more: the file turned out to be in another encoding than its head shows.
    fn import_as(&mut self, encoding: Encoding, mapping: Mapping) {
        self.mapping = mapping;
        self.mapping.dialect.encoding = encoding;
        if let Some(preview) = &mut self.preview {
            preview.guess.dialect.encoding = encoding;
        }
        self.ask_to_import();
    }

    /// Results of another file go; those of the same file stay until they are computed again.
    fn clear_other_file(&mut self, previous: Option<&Kept>) -> Vec<Command> {
        let forgotten = previous.map_or_else(Vec::new, |kept| self.forget_kept(kept));
        let number = previous.map(|kept| kept.source.number);
        if number.is_some() && number == self.source.as_ref().map(|source| source.number) {
            return forgotten;
        }
        for id in AnalysisId::ALL {
            self.slot(id).clear();
        }
        (self.page, self.columns) = (Slot::Idle, Slot::Idle);
        (self.comparison, self.selected) = (Slot::Idle, None);
        (self.filter, self.asked.query) = (Filter::default(), None);
        self.close_card();
        self.undo.clear();
        self.since = None;
        forgotten
    }

    pub(super) fn take_choice(
        &mut self,
        choices: Choices,
        result: Result<Box<Imported>, ImportError>,
    ) {
        match result {
            Ok(imported) => {
                if let Some(kept) = &mut self.kept {
                    kept.choices = choices;
                }
                self.note_imported(*imported);
            }
            Err(error) => {
                if self.drop_choice() {
                    self.notify(Notice::ImportFailed(error));
                }
            }
        }
    }

    /// The settings go back to the ledger that is shown, unless a newer choice waits to be tried; true where they do.
    pub(super) fn drop_choice(&mut self) -> bool {
        let is_last = !self
            .jobs
            .is_waiting(|task| matches!(task, Task::Choose { .. }));
        if let Some(kept) = self.kept.as_ref().filter(|_| is_last) {
            self.settings.choices = kept.choices;
        }
        is_last
    }

    /// The file of this number cannot be used: back to what was there.
    pub(super) fn fail(&mut self, error: ImportError) -> Vec<Command> {
        if self.stage == Stage::Reading && self.batch.is_under_way() {
            return self.refuse(error);
        }
        if self.before.is_some() || self.kept.is_some() {
            self.notify(Notice::ImportFailed(error));
            return self.go_back();
        }
        self.stage = Stage::Failed;
        self.mapping_error = Some(error);
        Vec::new()
    }

    /// Back to the sheet before, to the files without one more, to the mapping that files were chosen on, to the results
    /// that are kept, or to the empty page.
    pub(super) fn go_back(&mut self) -> Vec<Command> {
        if let Some(commands) = self.go_back_to_sheet() {
            return commands;
        }
        if let Some(commands) = self.go_back_to_others() {
            return commands;
        }
        if let Some(commands) = self.go_back_to_mapping() {
            return commands;
        }
        let commands = self.forget_unkept();
        self.mapping_error = None;
        self.draft = Settings::default();
        self.batch = Batch::default();
        self.apart = None;
        match self.kept.clone() {
            Some(kept) => {
                self.stage = Stage::Ready;
                self.file = Some(kept.source.file.clone());
                self.source = Some(kept.source);
                self.preview = Some(kept.preview);
                self.mapping = kept.mapping;
                self.further = kept.further;
                self.lead = kept.lead;
                self.need_view();
            }
            None => {
                self.stage = Stage::Empty;
                (self.file, self.source, self.preview) = (None, None, None);
                self.further.clear();
                self.lead = Said::default();
                self.mapping = Mapping::default();
            }
        }
        commands
    }

    pub(super) fn close(&mut self) -> Vec<Command> {
        let mut commands = self.forget_sheet_before();
        commands.extend(self.forget_all());
        commands.extend(self.end_reading().map(|(stop, _)| stop));
        let mut jobs = std::mem::take(&mut self.jobs);
        jobs.reset();
        commands.push(Command::Restart);
        *self = Self {
            view: self.view,
            self_test: self.self_test,
            n_files: self.n_files,
            has_opened: self.has_opened,
            stopped: std::mem::take(&mut self.stopped),
            jobs,
            ..Self::default()
        };
        commands
    }
}

/// Whether a person can put it right on the mapping screen.
const fn is_about_mapping(error: &ImportError) -> bool {
    matches!(
        error,
        ImportError::MissingRole(_)
            | ImportError::UnknownColumn(_)
            | ImportError::SameColumn(..)
            | ImportError::AmbiguousDates
            | ImportError::NothingLeads
            | ImportError::NoUsableRows { .. }
            | ImportError::EndlessRecord { .. }
            | ImportError::OneColumn
    )
}

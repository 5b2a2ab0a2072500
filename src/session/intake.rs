//! Files, projects, mappings: from a choice to an imported table, with what was there kept until the new is better.

use super::batch::{Batch, Further};
use super::jobs::Task;
use super::workbook::Book;
use super::{Command, FileNumber, Notice, OpenFile, Session, Slot, Stage};
use crate::analysis::AnalysisId;
use crate::analysis::customers::Filter;
use crate::data::{Choices, Dialect, Encoding, ImportError, Mapping, Preview, Reason};
use crate::export::Settings;
use crate::packed::Entry;
use crate::protocol::Imported;
use crate::workbook;

/// A file with the number of its handle.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Source {
    pub(super) number: FileNumber,
    pub(super) file: OpenFile,
    /// The workbook that it is a sheet of.
    pub(super) book: Option<Book>,
    /// Which text it is of an archive of several.
    pub(super) entry: Option<Entry>,
}

impl Source {
    /// The sheet that it is, of a workbook.
    pub(super) fn sheet_name(&self) -> Option<String> {
        let sheets = &self.book.as_ref()?.sheets;
        Some(sheets.sheets.get(sheets.chosen)?.name.clone())
    }

    /// The numbers of all its handles.
    fn numbers(&self) -> impl Iterator<Item = FileNumber> {
        let book = self.book.as_ref().map(|book| book.number);
        [Some(self.number), book].into_iter().flatten()
    }
}

/// What the results on the screen were made of.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) source: Source,
    pub(super) preview: Preview,
    pub(super) mapping: Mapping,
    pub(super) choices: Choices,
    pub(super) further: Vec<Further>,
    /// All that were read, the leading one first.
    pub(super) files: Vec<(Source, Mapping)>,
}

impl Kept {
    fn sources(&self) -> impl Iterator<Item = &Source> {
        let further = self.further.iter().map(Further::source);
        std::iter::once(&self.source).chain(further)
    }
}

impl Session {
    pub(super) fn choose_files(&mut self, files: Vec<OpenFile>) -> Vec<Command> {
        if self.stage.is_reading() {
            self.notify(Notice::BusyReading);
            return Vec::new();
        }
        // What was said of the file before is not said of this one.
        self.notices.clear();
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
        self.apart = None;
        commands.extend(self.look_at(sources));
        commands
    }

    pub(super) fn numbered(&mut self, file: OpenFile) -> Source {
        self.n_files += 1;
        Source {
            number: FileNumber(self.n_files),
            file,
            book: None,
            entry: None,
        }
    }

    pub(super) fn open(&mut self, source: Source) -> Option<Command> {
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

    pub(super) fn change_mapping(&mut self, mapping: Mapping) {
        self.mapping = mapping;
        self.mapping_error = None;
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

    pub(super) fn change_choice(&mut self, reason: Reason, left_out: bool) {
        if self.stage == Stage::Mapping {
            let choices = &mut self.draft.choices;
            *choices = choices.set(reason, left_out);
            return;
        }
        let mut settings = self.settings.clone();
        settings.choices = settings.choices.set(reason, left_out);
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
        self.show_preview(preview, dialect.is_none())
    }

    /// The mapping screen, with settings of its own where the file `is_new`.
    pub(super) fn show_preview(&mut self, preview: Preview, is_new: bool) -> Vec<Command> {
        self.mapping = preview.guess.clone();
        if is_new {
            self.draft_settings(&preview);
        }
        self.mapping.sheet = self.sheet_name();
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

    /// A project that waited for these columns, or the settings of a file with the same columns, or none.
    fn draft_settings(&mut self, preview: &Preview) {
        if let Some(project) = self.waiting_project.take_if(|p| fits(p, preview)) {
            self.prefill(project, preview);
            return;
        }
        let is_alike = self
            .kept
            .as_ref()
            .is_some_and(|kept| headers(&kept.preview).eq(headers(preview)));
        self.draft = Settings::default();
        if is_alike {
            self.mapping = self
                .kept
                .as_ref()
                .map_or_else(|| preview.guess.clone(), |kept| kept.mapping.clone());
            self.mapping.dialect = preview.guess.dialect;
            self.draft = Settings {
                as_of: None,
                ..self.settings.clone()
            };
        }
    }

    /// A project for the file of this preview.
    fn prefill(&mut self, project: Settings, preview: &Preview) {
        if let Some(mapping) = &project.mapping {
            self.mapping = mapping.clone();
        }
        self.mapping.suit(preview);
        self.mapping.sheet = self.sheet_name();
        self.draft = project;
        self.notify(Notice::ProjectApplied);
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
            choices: draft.choices,
            further: self.further.clone(),
            files,
        });
        self.apart = None;
        commands.extend(self.clear_other_file(previous.as_ref()));
        self.settings = draft;
        self.settings.mapping = Some(mapping);
        self.stage = Stage::Ready;
        self.note_imported(imported);
        commands
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
        self.undo.clear();
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

    pub(super) fn take_project(&mut self, project: Option<Box<Settings>>) {
        let Some(project) = project else {
            self.notify(Notice::ProjectUnreadable);
            return;
        };
        let preview = self.preview.clone().filter(|own| fits(&project, own));
        match (self.stage, preview) {
            (Stage::Mapping, Some(preview)) => self.prefill(*project, &preview),
            (Stage::Ready, Some(preview)) if project.mapping.is_some() => {
                self.remember_for_undo();
                self.prefill(*project, &preview);
                self.stage = Stage::Mapping;
                self.confirm_import();
            }
            (Stage::Ready, Some(_)) => {
                self.change_settings(*project);
                self.notify(Notice::ProjectApplied);
            }
            _ => {
                self.waiting_project = Some(*project);
                self.notify(Notice::ProjectWaiting);
            }
        }
    }

    /// The file of this number cannot be used: back to what was there.
    pub(super) fn fail(&mut self, error: ImportError) -> Vec<Command> {
        if self.stage == Stage::Reading && self.batch.is_under_way() {
            return self.refuse(error);
        }
        if self.kept.is_some() {
            self.notify(Notice::ImportFailed(error));
            return self.go_back();
        }
        self.stage = Stage::Failed;
        self.mapping_error = Some(error);
        Vec::new()
    }

    /// Back to the sheet before, to the results that are kept, or to the empty page.
    pub(super) fn go_back(&mut self) -> Vec<Command> {
        if let Some(commands) = self.go_back_to_sheet() {
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
                self.need_view();
            }
            None => {
                self.stage = Stage::Empty;
                (self.file, self.source, self.preview) = (None, None, None);
                self.further.clear();
                self.mapping = Mapping::default();
            }
        }
        commands
    }

    /// Lets go of the handles of all that is on the screen and not kept.
    pub(super) fn forget_unkept(&self) -> Vec<Command> {
        let kept = self.kept.iter().flat_map(Kept::sources);
        forget_but(self.shown(), kept)
    }

    /// Lets go of the handles of results that others have taken the place of.
    fn forget_kept(&self, previous: &Kept) -> Vec<Command> {
        let kept = self.kept.iter().flat_map(Kept::sources);
        forget_but(previous.sources(), kept.chain(self.shown()))
    }

    /// Lets go of the handles of a source that no other one needs.
    pub(super) fn forget(&self, source: &Source) -> Vec<Command> {
        let kept = self.kept.iter().flat_map(Kept::sources);
        let shown = self.shown().filter(|one| *one != source);
        forget_but(std::iter::once(source), kept.chain(shown))
    }

    /// The sources of all files on the screen.
    fn shown(&self) -> impl Iterator<Item = &Source> {
        let own = [&self.source, &self.sheet_before].into_iter().flatten();
        let further = self.further.iter().map(Further::source);
        own.chain(further).chain(self.batch.sources())
    }

    pub(super) fn close(&mut self) -> Vec<Command> {
        let mut commands = self.forget_sheet_before();
        commands.extend(self.forget_unkept());
        let kept = self.kept.iter().flat_map(Kept::sources);
        commands.extend(forget_but(kept, std::iter::empty()));
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

/// Lets go of the handles of `sources` but those that `needed` have too.
fn forget_but<'a>(
    sources: impl Iterator<Item = &'a Source>,
    needed: impl Iterator<Item = &'a Source>,
) -> Vec<Command> {
    let needed: Vec<FileNumber> = needed.flat_map(Source::numbers).collect();
    let mut numbers: Vec<FileNumber> = Vec::new();
    for number in sources.flat_map(Source::numbers) {
        if !needed.contains(&number) && !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers.into_iter().map(Command::Forget).collect()
}

fn headers(preview: &Preview) -> impl Iterator<Item = &String> {
    preview.columns.iter().map(|column| &column.header)
}

/// Whether the file has the columns that the project names.
fn fits(project: &Settings, preview: &Preview) -> bool {
    let roles = project.mapping.as_ref().map(|mapping| &mapping.roles);
    roles
        .into_iter()
        .flat_map(|roles| roles.values())
        .all(|name| headers(preview).any(|header| header == name))
}

/// Whether a person can put it right on the mapping screen.
const fn is_about_mapping(error: &ImportError) -> bool {
    matches!(
        error,
        ImportError::MissingRole(_)
            | ImportError::UnknownColumn(_)
            | ImportError::SameColumn(..)
            | ImportError::AmbiguousDates
            | ImportError::NoUsableRows { .. }
            | ImportError::EndlessRecord { .. }
            | ImportError::OneColumn
    )
}

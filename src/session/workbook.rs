//! Workbooks: a reader of their own makes a file of text of one sheet, which is then opened like any file. Several sheets
//! of a workbook are several files: which of them go together, and which one leads, is seen as it is of any files.
//!
//! The handle of the workbook is kept beside that of the text, for the choice of another sheet. The reader may be
//! loaded only while no file has been opened yet.

use super::further::Further;
use super::source::Source;
use super::{Command, FileNumber, Notice, OpenFile, Progress, Session, Stage};
use crate::data::{BinaryKind, ImportError, WorkbookProblem};
use crate::export::Settings;
use crate::workbook::{self, EmptiedCells, Sheet, Sheets};

/// The workbook that a file of text was read from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Book {
    pub(super) number: FileNumber,
    /// The name of its file.
    pub(super) name: String,
    pub(super) sheets: Sheets,
}

impl Book {
    /// What the chosen sheet is called as one of several files.
    fn title(&self) -> String {
        let sheet = self.sheets.own().map_or("", |sheet| sheet.name.as_str());
        workbook::title(&self.name, sheet)
    }
}

/// A workbook that is being read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    book: FileNumber,
    text: FileNumber,
    /// The sheet of a project or of the file before: another workbook need not have it.
    is_wish: bool,
    /// Another sheet of the workbook whose columns are being mapped.
    is_choice: bool,
}

impl Session {
    /// The sheets of the open workbook.
    pub fn sheets(&self) -> Option<&Sheets> {
        let book = self.source.as_ref()?.book.as_ref()?;
        Some(&book.sheets)
    }

    /// The cells of all sheets among the files on the screen that are read as empty and are not.
    pub fn emptied_cells(&self) -> EmptiedCells {
        let further = self.further.iter().filter(|further| further.is_in());
        let sources = self.source.iter().chain(further.map(Further::source));
        let books = sources.filter_map(|source| source.book.as_ref());
        EmptiedCells::of(books.filter_map(|book| book.sheets.own()))
    }

    /// The sheets of the open workbook that are not among the files on the screen, and whether one of them alone is.
    pub fn sheets_left(&self) -> Option<(Vec<&Sheet>, bool)> {
        let book = self.source.as_ref()?.book.as_ref()?;
        let taken = self.places_taken(book);
        let sheets = book.sheets.sheets.iter().enumerate();
        let left = sheets.filter(|(place, sheet)| sheet.n_rows > 0 && !taken.contains(place));
        Some((left.map(|(_, sheet)| sheet).collect(), taken.len() < 2))
    }

    /// Which sheets of a workbook are among the files on the screen.
    fn places_taken(&self, own: &Book) -> Vec<usize> {
        let further = self.further.iter().map(Further::source);
        let books = self.source.iter().chain(further);
        let books = books.filter_map(|source| source.book.as_ref());
        let same = books.filter(|book| book.number == own.number);
        same.map(|book| book.sheets.chosen).collect()
    }

    /// Reads one more sheet of the open workbook as one more file.
    pub(super) fn add_sheet(&mut self, name: &str) -> Vec<Command> {
        let source = self.source.clone();
        let source = source.filter(|_| self.stage == Stage::Mapping && !self.is_adding());
        let Some(book) = source.and_then(|source| source.book) else {
            return Vec::new();
        };
        let mut sheets = book.sheets.sheets.iter();
        let place = sheets.position(|sheet| sheet.name == name);
        match place.filter(|place| !self.places_taken(&book).contains(place)) {
            Some(place) => {
                let source = self.sheet_source(&book, place);
                self.look_at_more(source)
            }
            None => Vec::new(),
        }
    }

    /// A sheet that is still to be read.
    fn sheet_source(&mut self, book: &Book, place: usize) -> Source {
        let book = Book {
            sheets: book.sheets.with_chosen(place),
            ..book.clone()
        };
        let name = book.title();
        Source {
            book: Some(book),
            ..self.numbered(OpenFile { name, n_bytes: 0 })
        }
    }

    pub(super) fn read_sheet(&mut self, book: FileNumber, sheet: String) -> Command {
        let command = self.start_reading(book, Some(sheet), false);
        self.reading.iter_mut().for_each(|one| one.is_wish = false);
        command
    }

    pub(super) fn sheet_name(&self) -> Option<String> {
        self.source.as_ref()?.sheet_name()
    }

    pub(super) fn read_workbook(&mut self, book: FileNumber) -> Command {
        let wish = self.wished_sheet();
        self.start_reading(book, wish, false)
    }

    /// What the engine cannot open as text may be a workbook under another name.
    pub(super) fn read_or_fail(&mut self, error: ImportError) -> Vec<Command> {
        if let Some(commands) = self.go_back_to_sheet() {
            self.mapping_error = Some(error);
            return commands;
        }
        let is_workbook = matches!(
            error,
            ImportError::Binary {
                found: BinaryKind::ZipOrWorkbook | BinaryKind::OldWorkbook
            }
        );
        let number = self.source.as_ref().map(|source| source.number);
        match number.filter(|_| is_workbook && !self.is_named_a_workbook()) {
            Some(number) => vec![self.read_workbook(number)],
            None => self.fail(error),
        }
    }

    fn is_named_a_workbook(&self) -> bool {
        let source = self.source.as_ref();
        source.is_some_and(|source| workbook::is_named(&source.file.name))
    }

    pub(super) fn choose_sheet(&mut self, name: String) -> Vec<Command> {
        let source = self
            .source
            .as_ref()
            .filter(|_| self.stage == Stage::Mapping);
        let Some(book) = source.and_then(|source| source.book.as_ref()) else {
            return Vec::new();
        };
        let number = book.number;
        self.stage = Stage::Reading;
        vec![self.start_reading(number, Some(name), true)]
    }

    pub(super) fn take_workbook(
        &mut self,
        text: FileNumber,
        result: Result<(Sheets, u64), WorkbookProblem>,
    ) -> Vec<Command> {
        self.stopped.retain(|stopped| *stopped != text);
        // Where the reader is missing, or was stopped before it ran, nothing has been read.
        self.has_opened |= result != Err(WorkbookProblem::ReaderMissing);
        let Some(reading) = self.reading.take_if(|reading| reading.text == text) else {
            return vec![Command::Forget(text)];
        };
        self.progress = None;
        match result {
            Ok((sheets, n_bytes)) => self.open_sheet(&reading, sheets, n_bytes),
            Err(WorkbookProblem::NoSuchSheet { .. }) if reading.is_wish => {
                vec![self.start_reading(reading.book, None, false)]
            }
            // Text under a workbook's name, or an archive: the engine says what it is.
            Err(WorkbookProblem::NotAWorkbook) if self.is_named_a_workbook() => {
                let source = self.source.clone();
                source.into_iter().for_each(|source| self.open_text(source));
                Vec::new()
            }
            Err(problem) if reading.is_choice => {
                self.stage = Stage::Mapping;
                self.mapping_error = Some(problem.into());
                Vec::new()
            }
            Err(problem) => self.fail(problem.into()),
        }
    }

    /// Stops the reader, whose answer says whether anything was read.
    pub(super) fn end_reading(&mut self) -> Option<(Command, Reading)> {
        let reading = self.reading.take()?;
        self.progress = None;
        if !self.has_opened {
            self.stopped.push(reading.text);
        }
        Some((Command::StopReading, reading))
    }

    pub(super) fn stop_reading(&mut self) -> Vec<Command> {
        let Some((stop, reading)) = self.end_reading() else {
            return Vec::new();
        };
        self.notify(Notice::Cancelled);
        let mut commands = vec![stop];
        if reading.is_choice {
            self.stage = Stage::Mapping;
        } else {
            commands.extend(self.go_back());
        }
        commands
    }

    fn start_reading(
        &mut self,
        book: FileNumber,
        sheet: Option<String>,
        is_choice: bool,
    ) -> Command {
        self.n_files += 1;
        let text = FileNumber(self.n_files);
        self.reading = Some(Reading {
            book,
            text,
            is_wish: sheet.is_some() && !is_choice,
            is_choice,
        });
        self.progress = Some(Progress::default());
        Command::ReadWorkbook {
            book,
            text,
            sheet,
            may_load: !self.has_opened,
        }
    }

    /// The sheet of a project that waits for its file.
    fn wished_sheet(&self) -> Option<String> {
        let project = self.waiting_project.as_ref()?;
        let name = self.source.as_ref().map(|source| &source.file.name)?;
        project.sheet_of(name).cloned()
    }

    /// A sheet in place of another one: that is kept until the engine has looked at the new one.
    fn open_sheet(&mut self, reading: &Reading, sheets: Sheets, n_bytes: u64) -> Vec<Command> {
        let Some(asked) = self.source.clone() else {
            return Vec::new();
        };
        let known = asked.book.as_ref();
        let name = known.map_or(&asked.file.name, |book| &book.name);
        let book = Book {
            number: reading.book,
            name: name.clone(),
            sheets,
        };
        let beside = match known {
            Some(_) => Vec::new(),
            None => self.sheets_beside(reading, &book),
        };
        let is_one_of_several = !beside.is_empty() || asked.file.name != book.name;
        self.look_at_sheets(beside);
        let name = match is_one_of_several {
            true => book.title(),
            false => book.name.clone(),
        };
        let source = Source {
            number: reading.text,
            file: OpenFile { name, n_bytes },
            book: Some(book),
            entry: None,
        };
        self.file = Some(source.file.clone());
        let before = self.source.replace(source.clone());
        self.open_text(source);
        if reading.is_choice {
            self.sheet_before = before;
            return Vec::new();
        }
        before.map_or_else(Vec::new, |before| self.forget(&before))
    }

    /// The other sheets of a workbook that was opened, where a project does not say that one alone is meant.
    fn sheets_beside(&mut self, reading: &Reading, book: &Book) -> Vec<Source> {
        let has_sheets = |project: &Settings| project.further.iter().any(|one| one.sheet.is_some());
        let knows_one = reading.is_wish && !self.waiting_project.as_ref().is_some_and(has_sheets);
        if knows_one {
            return Vec::new();
        }
        let places = book.sheets.taken_beside();
        let source = |place: usize| self.sheet_source(book, place);
        places.into_iter().map(source).collect()
    }

    /// The engine has taken the sheet that was chosen: the one before goes.
    pub(super) fn forget_sheet_before(&mut self) -> Vec<Command> {
        let before = self.sheet_before.take();
        before.map_or_else(Vec::new, |before| self.forget(&before))
    }

    /// The sheet that was chosen cannot be had: its text goes, and the mapping of the one before is there as it was.
    /// `None` where no sheet was chosen in place of another.
    pub(super) fn go_back_to_sheet(&mut self) -> Option<Vec<Command>> {
        let before = self.sheet_before.take()?;
        let refused = self.source.replace(before);
        self.stage = Stage::Mapping;
        self.mapping_error = None;
        Some(refused.map_or_else(Vec::new, |refused| self.forget(&refused)))
    }
}

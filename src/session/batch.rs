//! Several files at once: all heads are looked at, then each gets its place (`further`).
//!
//! The result does not hang on the order in which files were dropped: they are read by name. A file that cannot be
//! used does not take the others away.

use std::collections::VecDeque;

use super::source::Source;
use super::{Command, Notice, OpenFile, Session, Stage};
use crate::data::{Encoding, ImportError, Mapping, Preview, Said};
use crate::packed::Text;

/// The files of a batch while their heads are being looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    pending: VecDeque<Source>,
    looked: Vec<Looked>,
    /// Whether it is the files on the mapping screen and more.
    is_more: bool,
}

/// A file whose head was looked at, with what is known of it whatever its place among others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Looked {
    pub(super) source: Source,
    pub(super) preview: Preview,
    /// What a person or a project says of it.
    pub(super) said: Said,
    /// How it was read when it was the leading one.
    pub(super) led: Option<Mapping>,
    /// Another encoding than its head shows.
    pub(super) encoding: Option<Encoding>,
    /// Why it could not be read.
    pub(super) error: Option<ImportError>,
}

impl Looked {
    pub(super) fn new(source: Source, preview: Preview, said: Said) -> Self {
        Self {
            source,
            preview,
            said,
            led: None,
            encoding: None,
            error: None,
        }
    }
}

impl Batch {
    pub(super) fn is_under_way(&self) -> bool {
        !self.pending.is_empty() || !self.looked.is_empty()
    }

    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        let looked = self.looked.iter().map(|looked| &looked.source);
        self.pending.iter().chain(looked)
    }
}

impl Session {
    /// Looks at these files, workbooks first: their reader cannot be loaded once a file has been opened.
    pub(super) fn look_at(&mut self, sources: Vec<Source>) -> Vec<Command> {
        let is_book = |source: &Source| crate::workbook::is_named(&source.file.name);
        let (books, texts): (Vec<_>, Vec<_>) = sources.into_iter().partition(is_book);
        self.batch = Batch {
            pending: books.into_iter().chain(texts).collect(),
            looked: Vec::new(),
            is_more: false,
        };
        self.look_at_next()
    }

    /// Looks at one more file beside those on the mapping screen, which stay as they are.
    pub(super) fn look_at_more(&mut self, source: Source) -> Vec<Command> {
        self.batch = Batch {
            looked: self.looked(),
            pending: VecDeque::from([source]),
            is_more: true,
        };
        self.stage = Stage::Reading;
        self.mapping_error = None;
        self.look_at_next()
    }

    /// These sheets of the workbook that is being read are looked at next.
    pub(super) fn look_at_sheets(&mut self, sources: Vec<Source>) {
        for source in sources.into_iter().rev() {
            self.batch.pending.push_front(source);
        }
    }

    /// One more file is not looked at after all: back to the mapping of the others. `None` where there are none.
    pub(super) fn go_back_to_others(&mut self) -> Option<Vec<Command>> {
        if !std::mem::take(&mut self.batch.is_more) {
            return None;
        }
        let commands = self.source.clone().map(|source| self.forget(&source));
        self.source = None;
        self.show_others();
        Some(commands.unwrap_or_default())
    }

    /// The mapping screen of files of which one was looked at beside the others.
    fn show_others(&mut self) {
        let looked = std::mem::take(&mut self.batch).looked;
        self.stage = Stage::Mapping;
        self.place(&looked);
    }

    /// Keeps a file that was looked at and goes on to the next one.
    pub(super) fn take_looked(&mut self, preview: Preview) -> Vec<Command> {
        if let Some(source) = self.source.take() {
            let looked = Looked::new(source, preview, Said::default());
            self.batch.looked.push(looked);
        }
        self.look_at_next()
    }

    /// The file is an archive of several texts: each is looked at like a file that was dropped beside the others.
    pub(super) fn take_texts(&mut self, archive: &Source, texts: Vec<Text>) -> Vec<Command> {
        let is_shown = self.source.as_ref() == Some(archive);
        if self.stage != Stage::Reading || !is_shown {
            return Vec::new();
        }
        let mut commands = Vec::new();
        for text in texts.into_iter().rev() {
            let Text {
                name,
                n_bytes,
                entry,
            } = text;
            let source = Source {
                entry: Some(entry),
                ..self.numbered(OpenFile { name, n_bytes })
            };
            commands.push(Command::Share {
                file: source.number,
                of: archive.number,
            });
            self.batch.pending.push_front(source);
        }
        self.source = None;
        commands.extend(self.forget(archive));
        commands.extend(self.look_at_next());
        commands
    }

    /// One of several files cannot be used: the others go on.
    pub(super) fn refuse(&mut self, error: ImportError) -> Vec<Command> {
        let mut commands = Vec::new();
        if let Some(source) = self.source.take() {
            commands = self.forget(&source);
            self.notify(Notice::FileRefused {
                file_name: source.file.name,
                error,
            });
        }
        commands.extend(self.look_at_next());
        commands
    }

    fn look_at_next(&mut self) -> Vec<Command> {
        let Some(source) = self.batch.pending.pop_front() else {
            return self.arrange_looked();
        };
        self.file = Some(source.file.clone());
        self.source = Some(source.clone());
        self.open(source).into_iter().collect()
    }

    /// Gives all files their places, as the project says that waits for them.
    fn arrange_looked(&mut self) -> Vec<Command> {
        if self.batch.is_more {
            self.show_others();
            return Vec::new();
        }
        let mut looked = std::mem::take(&mut self.batch.looked);
        if let Some(project) = &self.waiting_project {
            for one in &mut looked {
                one.said = project.said_of(&one.preview).unwrap_or_default();
            }
        }
        let Some((leading, _)) = self.arrange(&looked) else {
            return self.go_back();
        };
        self.file = Some(leading.source.file.clone());
        self.source = Some(leading.source);
        self.lead = leading.said;
        self.show_new(leading.preview)
    }
}

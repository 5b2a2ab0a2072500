//! Several files at once: all heads are looked at, then one file leads and the others stand beside it, appended where
//! they have the same columns, joined where they are tables of customers.
//!
//! The result does not hang on the order in which files were dropped: they are read by name. A file that cannot be
//! used does not take the others away.

use std::collections::VecDeque;

use super::intake::{Kept, Source};
use super::{Command, FileNumber, Notice, OpenFile, Session, Stage};
use crate::data::{Encoding, ImportError, Mapping, Part, Preview, reading_order};
use crate::export::Settings;
use crate::packed::Text;

/// The files of a batch while their heads are being looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    pending: VecDeque<Source>,
    looked: Vec<Looked>,
}

/// A file whose head was looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Looked {
    pub(super) source: Source,
    pub(super) preview: Preview,
}

/// A file beside the leading one.
#[derive(Clone, Debug, PartialEq)]
pub struct Further {
    pub(super) looked: Looked,
    /// What it is.
    pub part: Part,
    /// Whether it is to be read.
    pub is_in: bool,
    /// Why it could not be read.
    pub error: Option<ImportError>,
    /// Of a joined table, the column that says which customer.
    key: Option<String>,
    /// Another encoding than its head shows.
    encoding: Option<Encoding>,
}

/// What was on the screen before its files were added to those that are open.
#[derive(Clone, Debug)]
pub(super) struct Apart {
    source: Option<Source>,
    preview: Option<Preview>,
    further: Vec<Further>,
    mapping: Mapping,
    draft: Settings,
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

impl Further {
    /// What `looked` is beside a leading file with this preview.
    fn beside(leading: &Preview, looked: Looked) -> Self {
        let part = Part::of(leading, &looked.preview);
        Self {
            part,
            is_in: part != Part::Stranger,
            error: None,
            key: looked.preview.customer_column.clone(),
            encoding: None,
            looked,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.looked.source.file.name
    }

    /// Its number.
    pub const fn number(&self) -> FileNumber {
        self.looked.source.number
    }

    /// What its head shows.
    pub const fn preview(&self) -> &Preview {
        &self.looked.preview
    }

    /// Of a joined table, the column that says which customer.
    pub const fn key(&self) -> Option<&String> {
        self.key.as_ref()
    }

    pub(super) const fn source(&self) -> &Source {
        &self.looked.source
    }

    /// How it is read beside a leading file with this mapping.
    fn mapping(&self, leading: &Mapping) -> Mapping {
        let preview = &self.looked.preview;
        let mut mapping = self.part.mapping(leading, preview, self.key.as_ref());
        mapping.sheet = self.looked.source.sheet_name();
        match self.encoding {
            Some(encoding) => mapping.in_encoding(encoding),
            None => mapping,
        }
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
        };
        self.look_at_next()
    }

    /// Keeps a file that was looked at and goes on to the next one.
    pub(super) fn take_looked(&mut self, preview: Preview) -> Vec<Command> {
        if let Some(source) = self.source.take() {
            self.batch.looked.push(Looked { source, preview });
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
            return self.arrange();
        };
        self.file = Some(source.file.clone());
        self.source = Some(source.clone());
        self.open(source).into_iter().collect()
    }

    /// Puts one file in front: of the files of orders the first by name, or the first of all.
    fn arrange(&mut self) -> Vec<Command> {
        let looked = std::mem::take(&mut self.batch.looked);
        let previews: Vec<&Preview> = looked.iter().map(|one| &one.preview).collect();
        let order = reading_order(&previews).into_iter();
        let mut looked = order.map(|place| looked[place].clone());
        let Some(leading) = looked.next() else {
            return self.go_back();
        };
        self.further = looked
            .map(|looked| Further::beside(&leading.preview, looked))
            .collect();
        self.file = Some(leading.source.file.clone());
        self.source = Some(leading.source);
        self.show_preview(leading.preview, true)
    }

    /// All files that are to be read, the leading one first.
    pub(super) fn files_to_import(&self) -> Vec<(Source, Mapping)> {
        let further = self.further.iter().filter(|further| further.is_in);
        let further = further.map(|one| (one.source().clone(), one.mapping(&self.mapping)));
        let leading = self.source.clone().map(|one| (one, self.mapping.clone()));
        leading.into_iter().chain(further).collect()
    }

    /// Takes a file beside the leading one in or out, or names the column of its customers.
    pub(super) fn change_further(&mut self, file: FileNumber, is_in: bool, key: Option<String>) {
        let further = self.further.iter_mut().find(|one| one.number() == file);
        if let Some(further) = further.filter(|one| one.part != Part::Stranger) {
            further.is_in = is_in;
            further.error = None;
            further.key = key.or_else(|| further.key.take());
        }
    }

    /// A file beside the leading one could not be read: with another encoding once more, or without it.
    pub(super) fn take_file_failure(&mut self, file: FileNumber, error: ImportError) {
        let Some(further) = self.further.iter_mut().find(|one| one.number() == file) else {
            return;
        };
        match error {
            ImportError::Encoding { found, .. } if further.encoding != Some(found) => {
                further.encoding = Some(found);
                self.ask_to_import();
            }
            error => {
                further.is_in = false;
                further.error = Some(error);
                self.stage = Stage::Mapping;
            }
        }
    }

    /// Whether the files on the screen could be added to those that are open.
    pub fn can_add_to_open(&self) -> bool {
        let is_other = |kept: &Kept| {
            let shown = self.source.as_ref().map(|source| source.number);
            shown != Some(kept.source.number)
        };
        let is_fit = |kept: &Kept| {
            let preview = self.preview.as_ref();
            preview.is_some_and(|preview| Part::of(&kept.preview, preview) != Part::Stranger)
        };
        let kept = self.kept.as_ref().filter(|_| self.stage == Stage::Mapping);
        self.apart.is_some() || kept.is_some_and(|kept| is_other(kept) && is_fit(kept))
    }

    /// Whether the files on the screen are to be added to those that are open.
    pub const fn is_adding(&self) -> bool {
        self.apart.is_some()
    }

    /// Adds the files on the screen to those that are open, or looks at them apart.
    pub(super) fn add_to_open(&mut self, is_added: bool) {
        if !is_added {
            let Some(apart) = self.apart.take() else {
                return;
            };
            (self.source, self.preview) = (apart.source, apart.preview);
            (self.mapping, self.draft) = (apart.mapping, apart.draft);
            self.further = apart.further;
            self.file = self.source.as_ref().map(|source| source.file.clone());
            return;
        }
        let Some(kept) = self.kept.clone().filter(|_| self.can_add_to_open()) else {
            return;
        };
        let apart = Apart {
            source: self.source.take(),
            preview: self.preview.take(),
            further: std::mem::take(&mut self.further),
            mapping: std::mem::replace(&mut self.mapping, kept.mapping),
            draft: std::mem::replace(&mut self.draft, self.settings.clone()),
        };
        let leading = apart.source.clone().zip(apart.preview.clone());
        let leading = leading.map(|(source, preview)| Looked { source, preview });
        let others = apart.further.iter().map(|one| one.looked.clone());
        let new = leading.into_iter().chain(others);
        let beside = new.map(|looked| Further::beside(&kept.preview, looked));
        self.further = kept.further.into_iter().chain(beside).collect();
        self.file = Some(kept.source.file.clone());
        (self.source, self.preview) = (Some(kept.source), Some(kept.preview));
        self.apart = Some(apart);
    }
}

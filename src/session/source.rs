//! The files that are open: their handles, what was read of them, and which handles nobody needs any more.

use super::before::Before;
use super::further::Further;
use super::workbook::Book;
use super::{Command, FileNumber, OpenFile, Session};
use crate::data::{Choices, Mapping, Part, Preview, Said};
use crate::export;
use crate::packed::Entry;

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

/// What the results on the screen were made of.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) source: Source,
    pub(super) preview: Preview,
    pub(super) mapping: Mapping,
    pub(super) lead: Said,
    pub(super) choices: Choices,
    pub(super) further: Vec<Further>,
    /// All that were read, the leading one first.
    pub(super) files: Vec<(Source, Mapping)>,
}

impl Kept {
    /// What the leading file is called, or all files of its table together.
    pub(super) fn name(&self) -> String {
        let appended = self.further.iter().filter(|one| one.part == Part::Appended);
        let sources = std::iter::once(&self.source).chain(appended.map(Further::source));
        let mut names: Vec<&str> = sources.map(Source::file_name).collect();
        names.dedup();
        export::name_of_set(&names)
    }
}

impl Source {
    /// The sheet that it is, of a workbook.
    pub(super) fn sheet_name(&self) -> Option<String> {
        let sheets = &self.book.as_ref()?.sheets;
        Some(sheets.own()?.name.clone())
    }

    /// The name of the file that it is or is a sheet of.
    fn file_name(&self) -> &str {
        let book = self.book.as_ref();
        book.map_or(&self.file.name, |book| &book.name)
    }

    /// The numbers of all its handles.
    fn numbers(&self) -> impl Iterator<Item = FileNumber> {
        let book = self.book.as_ref().map(|book| book.number);
        [Some(self.number), book].into_iter().flatten()
    }
}

impl Kept {
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        let further = self.further.iter().map(Further::source);
        std::iter::once(&self.source).chain(further)
    }
}

impl Session {
    pub(super) fn numbered(&mut self, file: OpenFile) -> Source {
        self.n_files += 1;
        Source {
            number: FileNumber(self.n_files),
            file,
            book: None,
            entry: None,
        }
    }

    /// Lets go of the handles of all that is on the screen and not kept.
    pub(super) fn forget_unkept(&self) -> Vec<Command> {
        forget_but(self.shown(), self.held())
    }

    /// Lets go of the handles of results that others have taken the place of.
    pub(super) fn forget_kept(&self, previous: &Kept) -> Vec<Command> {
        self.forget_all_of(previous.sources())
    }

    /// Lets go of the handles of sources that are held no more, but those that others need.
    pub(super) fn forget_all_of<'a>(
        &self,
        sources: impl Iterator<Item = &'a Source>,
    ) -> Vec<Command> {
        forget_but(sources, self.held().chain(self.shown()))
    }

    /// Lets go of the handles of a source that no other one needs.
    pub(super) fn forget(&self, source: &Source) -> Vec<Command> {
        let shown = self.shown().filter(|one| *one != source);
        forget_but(std::iter::once(source), self.held().chain(shown))
    }

    /// Lets go of all handles.
    pub(super) fn forget_all(&self) -> Vec<Command> {
        forget_but(self.shown().chain(self.held()), std::iter::empty())
    }

    /// The sources of all that is not on the screen and may come back there.
    fn held(&self) -> impl Iterator<Item = &Source> {
        let before = self.before.iter().flat_map(Before::sources);
        let kept = self.kept.iter().flat_map(Kept::sources);
        kept.chain(before)
    }

    /// The sources of all files on the screen.
    fn shown(&self) -> impl Iterator<Item = &Source> {
        let own = [&self.source, &self.sheet_before].into_iter().flatten();
        let further = self.further.iter().map(Further::source);
        own.chain(further).chain(self.batch.sources())
    }
}

/// Lets go of the handles of `sources` but those that `needed` have too.
fn forget_but<'a, 'b>(
    sources: impl Iterator<Item = &'a Source>,
    needed: impl Iterator<Item = &'b Source>,
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

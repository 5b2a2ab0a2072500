//! The files beside the leading one: what each is, by guess or as a person says, and how it is read.
//!
//! A choice puts all files in their places anew: which one leads follows from what they are, and so does the mapping on
//! the screen. What was said of a file stays with it wherever it stands.

use super::batch::Looked;
use super::source::Source;
use super::{FileNumber, Session, Stage};
use crate::data::{ImportError, Kind, Mapping, Part, Placed, Preview, Said, TableKind, placed};
use crate::export::FurtherFile;

/// A file beside the leading one.
#[derive(Clone, Debug, PartialEq)]
pub struct Further {
    pub(super) looked: Looked,
    /// What its rows are.
    pub kind: Kind,
    /// What it is among the files.
    pub part: Part,
    /// The file beside the leading one that it is more of.
    more_of: Option<FileNumber>,
    /// Another one of its kind with other columns.
    rival: Option<FileNumber>,
}

impl Further {
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

    /// What a person or a project says of it.
    pub const fn said(&self) -> &Said {
        &self.looked.said
    }

    /// Why it could not be read.
    pub const fn error(&self) -> Option<&ImportError> {
        self.looked.error.as_ref()
    }

    /// Whether it is to be read.
    pub const fn is_in(&self) -> bool {
        self.part.is_read()
    }

    /// Whether it is a table beside the leading one that has roles of its own.
    pub const fn has_own_roles(&self) -> bool {
        self.part.is_beside() && self.more_of.is_none()
    }

    pub(super) const fn source(&self) -> &Source {
        &self.looked.source
    }
}

impl Session {
    /// The number of the leading file.
    pub fn leading(&self) -> Option<FileNumber> {
        self.source.as_ref().map(|source| source.number)
    }

    /// What the rows of the leading file are.
    pub fn leading_kind(&self) -> Kind {
        self.lead.kind.unwrap_or(Some(self.mapping.table))
    }

    /// The name of the file that this one is more of, and that of another one of its kind.
    pub fn relatives_of(&self, further: &Further) -> [Option<&str>; 2] {
        [further.more_of, further.rival].map(|number| Some(self.further_of(number?)?.name()))
    }

    /// The columns of the leading file that one lacks whose rows are added to it.
    pub fn columns_lacking(&self, further: &Further) -> Vec<String> {
        let leading = self.preview.iter().flat_map(|preview| &preview.columns);
        let own = &further.preview().columns;
        let is_lacking = |header: &&String| !own.iter().any(|column| column.header == **header);
        let headers = leading.map(|column| &column.header);
        let lacking = headers.filter(|_| further.part == Part::Appended);
        lacking.filter(is_lacking).cloned().collect()
    }

    fn further_of(&self, number: FileNumber) -> Option<&Further> {
        self.further.iter().find(|one| one.number() == number)
    }

    /// How a further file is read.
    pub fn mapping_of(&self, further: &Further) -> Mapping {
        let Looked {
            preview,
            said,
            encoding,
            source,
            ..
        } = &further.looked;
        let mut mapping = match further.more_of.and_then(|number| self.further_of(number)) {
            Some(first) => Part::Appended.mapping(&self.mapping_of(first), preview, said),
            None => further.part.mapping(&self.mapping, preview, said),
        };
        mapping.sheet = source.sheet_name();
        match encoding {
            Some(encoding) => mapping.in_encoding(*encoding),
            None => mapping,
        }
    }

    /// What is in the way of reading the files, with the name of the file where it is not the leading one.
    pub fn obstacle(&self) -> Option<(Option<&str>, ImportError)> {
        let preview = self.preview.as_ref()?;
        let leading = match self.leading_kind() {
            Some(_) => self.mapping.check_leading(preview),
            None => Err(ImportError::NothingLeads),
        };
        if let Err(error) = leading {
            return Some((None, error));
        }
        self.further.iter().find_map(|further| {
            let mapping = self.mapping_of(further);
            let error = match further.part {
                Part::Appended => mapping.check(further.preview()),
                part if part.is_beside() => mapping.check_beside(further.preview()),
                _ => Ok(()),
            };
            Some((Some(further.name()), error.err()?))
        })
    }

    /// All files that are to be read, the leading one first.
    pub(super) fn files_to_import(&self) -> Vec<(Source, Mapping)> {
        let further = self.further.iter().filter(|further| further.is_in());
        let further = further.map(|one| (one.source().clone(), self.mapping_of(one)));
        let leading = self.source.clone().map(|one| (one, self.mapping.clone()));
        leading.into_iter().chain(further).collect()
    }

    /// What a project remembers of the files beside the leading one.
    pub(super) fn further_files(&self) -> Vec<FurtherFile> {
        let known = self.further.iter().filter(|one| one.error().is_none());
        let file = |one: &Further| {
            let mapping = one.has_own_roles().then(|| self.mapping_of(one));
            FurtherFile {
                name: one.name().to_owned(),
                kind: one.kind.filter(|_| one.is_in()),
                roles: mapping.map(|mapping| mapping.roles).unwrap_or_default(),
                date_order: one.said().date_order,
                sheet: one.source().sheet_name(),
            }
        };
        known.map(file).collect()
    }

    /// Takes what a person says of a file, and gives all of them their places anew.
    pub(super) fn take_said(&mut self, file: FileNumber, said: Said) {
        if self.stage != Stage::Mapping {
            return;
        }
        if self.leading() == Some(file) {
            self.lead = said;
        } else if let Some(further) = self.further.iter_mut().find(|one| one.number() == file) {
            further.looked.said = said;
            further.looked.error = None;
        }
        self.mapping_error = None;
        self.place_anew();
    }

    /// A file beside the leading one could not be read: with another encoding once more, or without it.
    pub(super) fn take_file_failure(&mut self, file: FileNumber, error: ImportError) {
        let Some(further) = self.further.iter_mut().find(|one| one.number() == file) else {
            return;
        };
        let looked = &mut further.looked;
        match error {
            ImportError::Encoding { found, .. } if looked.encoding != Some(found) => {
                looked.encoding = Some(found);
                self.ask_to_import();
            }
            error => {
                looked.error = Some(error);
                looked.said.kind = Some(None);
                self.stage = Stage::Mapping;
                self.place_anew();
            }
        }
    }

    /// Gives `files` their places: those beside the leading one, which it gives with its place.
    pub(super) fn arrange(&mut self, files: &[Looked]) -> Option<(Looked, Placed)> {
        let asked = files.iter().map(|one| (&one.preview, one.said.kind));
        let placed = placed(&asked.collect::<Vec<_>>());
        let number = |place: Option<usize>| place.map(|place| files[place].source.number);
        let (leading, further) = placed.split_first()?;
        let further = further.iter().map(|one| Further {
            looked: files[one.place].clone(),
            kind: one.kind,
            part: one.part,
            more_of: number(one.more_of),
            rival: number(one.rival),
        });
        self.further = further.collect();
        Some((files[leading.place].clone(), *leading))
    }

    /// All files on the mapping screen, the leading one first.
    pub(super) fn looked(&self) -> Vec<Looked> {
        let leading = self.source.clone().zip(self.preview.clone());
        let leading = leading.map(|(source, preview)| {
            let mut said = self.lead.clone();
            let is_asked = preview.guess.date_order.is_none();
            said.date_order = self.mapping.date_order.filter(|_| is_asked);
            Looked {
                led: Some(self.mapping.clone()),
                ..Looked::new(source, preview, said)
            }
        });
        let further = self.further.iter().map(|one| one.looked.clone());
        leading.into_iter().chain(further).collect()
    }

    /// Gives all files on the mapping screen their places anew.
    pub(super) fn place_anew(&mut self) {
        let files = self.looked();
        self.place(&files);
    }

    /// Gives `files` their places, and the mapping to the one that leads.
    pub(super) fn place(&mut self, files: &[Looked]) {
        let Some((leading, placed)) = self.arrange(files) else {
            return;
        };
        let is_same = self.leading() == Some(leading.source.number);
        let table = placed.kind.unwrap_or(self.mapping.table);
        self.mapping = match &leading.led {
            Some(led) if is_same || led.table == table => Mapping {
                table,
                ..led.clone()
            },
            _ => self.mapping_to_lead(&leading, table),
        };
        self.mapping.sheet = leading.source.sheet_name();
        self.file = Some(leading.source.file.clone());
        (self.source, self.preview) = (Some(leading.source), Some(leading.preview));
        self.lead = leading.said;
    }

    /// The mapping of a file that has not led before: that of the one before it where it has the same columns.
    fn mapping_to_lead(&self, leading: &Looked, table: TableKind) -> Mapping {
        let preview = &leading.preview;
        let before = self.preview.as_ref();
        let is_alike = before.is_some_and(|before| before.has_columns_of(preview));
        if is_alike && self.mapping.table == table {
            return Part::Leading.mapping(&self.mapping, preview, &leading.said);
        }
        Mapping {
            table,
            roles: preview.roles_as(table),
            ..preview.guess.clone()
        }
    }

    /// A mapping from elsewhere may say of the leading file what it does not look like.
    pub(super) fn keep_kind(&mut self, preview: &Preview) {
        let table = self.mapping.table;
        if table != preview.guess.table {
            self.lead.kind.get_or_insert(Some(table));
        }
    }

    /// The leading file was looked at in another way: it stays what it was said to be.
    pub(super) fn keep_leading(&mut self, table: TableKind) {
        if !self.further.is_empty() {
            self.lead.kind.get_or_insert(Some(table));
            self.place_anew();
        }
    }
}

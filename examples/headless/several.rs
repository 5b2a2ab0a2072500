//! Several files as one: which of them go on with each other and which stand beside, as the page decides it.
//!
//! A file beside the leading one that cannot be read does not take the others away: it is named and left out. What the
//! command line says of a file and cannot be done is an error.

use std::path::{Path, PathBuf};

use gyeol::data::{
    Encoding, ImportError, Importer, Kind, Mapping, Part, Preview, Role, Said, Table, TableKind,
    placed,
};
use gyeol::engine::Engine;
use gyeol::export::{FurtherFile, Settings};
use gyeol::protocol::FileNumber;

use crate::arguments::{Arguments, RoleOf};
use crate::problem::Problem;
use crate::source::Source;

/// A file that was looked at.
pub(crate) struct Looked {
    pub(crate) number: FileNumber,
    pub(crate) source: Source,
    pub(crate) preview: Preview,
    path: PathBuf,
    said: Said,
}

/// A file beside the leading one, with how it is read.
pub(crate) struct Beside {
    pub(crate) looked: Looked,
    kind: Kind,
    part: Part,
    /// Whether it is more of another one beside the leading file.
    is_more: bool,
    pub(crate) mapping: Mapping,
}

/// Files in their places.
pub(crate) struct Batch {
    pub(crate) leading: Looked,
    pub(crate) kind: Kind,
    pub(crate) beside: Vec<Beside>,
    /// What is to be said of files that are left out.
    pub(crate) notes: Vec<Problem>,
    /// Whether it is the only one.
    pub(crate) is_alone: bool,
}

/// What is wrong, and with which file beside the leading one.
pub(crate) struct Failed {
    pub(crate) file: Option<FileNumber>,
    pub(crate) problem: Problem,
}

impl Looked {
    fn at(engine: &mut Engine, place: usize, path: &Path, source: Source) -> Result<Self, Problem> {
        let number = FileNumber(place as u32);
        let source = source.measured()?;
        let preview = engine.open(number, &source.name, source.n_bytes, None, &source.head()?);
        Ok(Self {
            preview: preview.map_err(|error| Problem::OfFile(source.name.clone(), error))?,
            number,
            source,
            path: path.to_owned(),
            said: Said::default(),
        })
    }

    fn is_called(&self, name: &str) -> bool {
        self.source.name == name || self.path == Path::new(name)
    }

    fn has_column(&self, header: &str) -> bool {
        let mut columns = self.preview.columns.iter();
        columns.any(|column| column.header == header)
    }
}

/// Looks at all files and puts them in their places. Those that cannot be used are left out, unless none can.
///
/// # Errors
/// No file that can be used, or what the command line says of a file that is not there.
pub(crate) fn arrange(
    engine: &mut Engine,
    arguments: &Arguments,
    project: &Settings,
    open: impl Fn(&Path) -> Result<Vec<Source>, Problem>,
) -> Result<Batch, Problem> {
    let (mut looked, mut notes) = (Vec::new(), Vec::new());
    for (place, path) in arguments.files.iter().enumerate() {
        let sources = match open(path) {
            Ok(sources) => sources,
            // A path that leads nowhere is a slip of the command line.
            Err(problem) if arguments.files.len() == 1 || !path.exists() => return Err(problem),
            Err(problem) => {
                notes.push(problem.of(path));
                continue;
            }
        };
        let is_alone = arguments.files.len() == 1 && sources.len() == 1;
        for source in sources {
            match Looked::at(engine, looked.len(), path, source) {
                Ok(mut one) => {
                    if arguments.customers == Some(place) && !is_alone {
                        one.said.kind = Some(Some(TableKind::Customers));
                    }
                    looked.push(one);
                }
                Err(problem) if is_alone => return Err(problem),
                Err(problem) => notes.push(problem.of(path)),
            }
        }
    }
    let is_alone = looked.len() == 1 && arguments.files.len() == 1;
    for one in looked.iter_mut().filter(|_| !is_alone) {
        let said = project.said_of(&one.preview).unwrap_or_default();
        one.said = match one.said.kind {
            Some(kind) if said.kind != Some(kind) => std::mem::take(&mut one.said),
            _ => said,
        };
    }
    say_kinds(arguments, &mut looked, &notes)?;
    if looked.is_empty() && !notes.is_empty() {
        return Err(notes.swap_remove(0));
    }
    in_place(looked, notes, is_alone)
}

/// What the command line says that files are.
fn say_kinds(
    arguments: &Arguments,
    looked: &mut [Looked],
    notes: &[Problem],
) -> Result<(), Problem> {
    for (name, kind) in &arguments.kinds {
        let mut named = looked.iter_mut().filter(|one| one.is_called(name));
        let one = named.next();
        let is_left_out = || notes.iter().any(|note| note.names(name));
        match one {
            Some(one) if one.said.kind == Some(*kind) => {}
            Some(one) => {
                one.said = Said {
                    kind: Some(*kind),
                    ..Said::default()
                };
            }
            None if is_left_out() => {}
            None => return Err(Problem::NoSuchFile(name.clone())),
        }
    }
    Ok(())
}

fn in_place(looked: Vec<Looked>, notes: Vec<Problem>, is_alone: bool) -> Result<Batch, Problem> {
    let asked = looked.iter().map(|one| (&one.preview, one.said.kind));
    let placed = placed(&asked.collect::<Vec<_>>());
    let mut looked: Vec<Option<Looked>> = looked.into_iter().map(Some).collect();
    let mut files = placed
        .iter()
        .filter_map(|one| Some((one, looked[one.place].take()?)));
    let (first, leading) = files.next().ok_or(Problem::NoFile)?;
    let may_lead = |kind: &TableKind| matches!(kind, TableKind::Orders | TableKind::Customers);
    let kind = first.kind.filter(may_lead);
    let kind = kind.ok_or(ImportError::NothingLeads)?;
    let beside = files.map(|(one, looked)| Beside {
        looked,
        kind: one.kind,
        part: one.part,
        is_more: one.more_of.is_some(),
        mapping: Mapping::default(),
    });
    Ok(Batch {
        beside: beside.collect(),
        kind: Some(kind),
        leading,
        notes,
        is_alone,
    })
}

impl Batch {
    /// The roles of the command line that are those of the leading file: those said of it, and those said of no file
    /// whose column it has, or none has.
    ///
    /// # Errors
    /// A role of a file that is not there, or that is read with the columns of another one.
    pub(crate) fn roles_of_leading(
        &self,
        roles: &[RoleOf],
    ) -> Result<Vec<(Role, String)>, Problem> {
        let mut own = Vec::new();
        for one in roles {
            let is_elsewhere = || {
                let mut beside = self.beside.iter();
                beside.any(|file| file.has_own_roles() && file.looked.has_column(&one.header))
            };
            let is_own = match &one.file {
                Some(name) if self.leading.is_called(name) => true,
                Some(name) => {
                    let mut beside = self.beside.iter();
                    let named = beside.find(|file| file.looked.is_called(name));
                    match named {
                        Some(file) if file.has_own_roles() => false,
                        Some(_) => return Err(Problem::RoleOfMore(name.clone())),
                        None if self.notes.iter().any(|note| note.names(name)) => false,
                        None => return Err(Problem::NoSuchFile(name.clone())),
                    }
                }
                None => {
                    one.header.is_empty() || self.leading.has_column(&one.header) || !is_elsewhere()
                }
            };
            if is_own {
                own.push((one.role, one.header.clone()));
            }
        }
        Ok(own)
    }

    /// How the files beside the leading one are read.
    ///
    /// # Errors
    /// A file that does not go together with it.
    pub(crate) fn map_beside(
        &mut self,
        leading: &Mapping,
        roles: &[RoleOf],
    ) -> Result<(), Problem> {
        for place in 0..self.beside.len() {
            let (before, rest) = self.beside.split_at_mut(place);
            let Some(one) = rest.first_mut() else {
                continue;
            };
            match one.check_part(&self.leading.preview) {
                Err(problem) if one.looked.source.is_in_archive => {
                    self.notes.push(problem);
                    continue;
                }
                result => result?,
            }
            let preview = &one.looked.preview;
            let first = before.iter().find(|first| {
                let is_alike = first.looked.preview.has_columns_of(preview);
                one.is_more && first.part == one.part && !first.is_more && is_alike
            });
            one.mapping = match first {
                Some(first) => Part::Appended.mapping(&first.mapping, preview, &one.looked.said),
                None => one.part.mapping(leading, preview, &one.looked.said),
            };
            if one.has_own_roles() {
                one.take_roles(roles, &self.leading);
            }
            one.mapping.sheet.clone_from(&one.looked.source.sheet);
        }
        Ok(())
    }

    /// Of the files beside the leading one those that are read.
    pub(crate) fn read(&self) -> impl Iterator<Item = &Beside> {
        self.beside.iter().filter(|one| one.part.is_read())
    }

    /// The leading file and those whose rows are of its table.
    pub(crate) fn of_one_table(&self) -> impl Iterator<Item = &Source> {
        let appended = self.beside.iter();
        let appended = appended.filter(|one| one.part == Part::Appended);
        std::iter::once(&self.leading.source).chain(appended.map(|one| &one.looked.source))
    }

    /// The leading file and those beside it that are read.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &Source> {
        let beside = self.read().map(|one| &one.looked.source);
        std::iter::once(&self.leading.source).chain(beside)
    }

    /// What a project remembers of the files beside the leading one.
    pub(crate) fn remembered(&self) -> Vec<FurtherFile> {
        self.beside.iter().map(Beside::remembered).collect()
    }

    /// A file beside the leading one could not be read: with another encoding once more, or without it.
    ///
    /// # Errors
    /// What a person has to say otherwise.
    pub(crate) fn give_up(&mut self, file: FileNumber, problem: Problem) -> Result<(), Problem> {
        let mut places = self.beside.iter();
        let Some(place) = places.position(|one| one.looked.number == file) else {
            return Err(problem);
        };
        let one = &mut self.beside[place];
        if let Some(found) = problem.other_encoding()
            && one.mapping.dialect.encoding != found
        {
            one.read_as(found);
            return Ok(());
        }
        let is_said_wrong = problem.is_about_mapping();
        let problem = problem.of(&one.looked.path);
        if is_said_wrong {
            return Err(problem);
        }
        self.notes.push(problem);
        self.beside.remove(place);
        Ok(())
    }
}

impl Beside {
    fn has_own_roles(&self) -> bool {
        self.part.is_beside() && !self.is_more
    }

    fn check_part(&self, leading: &Preview) -> Result<(), Problem> {
        let name = || self.looked.source.name.clone();
        match self.part {
            Part::Stranger | Part::OtherColumns => {
                let n_expected = leading.columns.len() as u64;
                Err(Problem::OfFile(
                    name(),
                    ImportError::OtherColumns { n_expected },
                ))
            }
            Part::NoOrders => Err(Problem::OfPart(name(), self.part)),
            _ => Ok(()),
        }
    }

    /// Takes the roles that are said of it, and of those said of no file the customer and what the leading file does not
    /// have: other roles mean another thing there.
    fn take_roles(&mut self, roles: &[RoleOf], leading: &Looked) {
        let table = self.mapping.table;
        for one in roles {
            let is_own = match &one.file {
                Some(name) => self.looked.is_called(name),
                None => {
                    let is_shared = one.role == Role::Customer || !leading.has_column(&one.header);
                    is_shared && self.looked.has_column(&one.header)
                }
            };
            if is_own && Mapping::roles_beside(table).contains(&one.role) {
                self.mapping.roles.remove(&one.role);
                self.mapping.roles.retain(|_, header| *header != one.header);
                if !one.header.is_empty() {
                    self.mapping.roles.insert(one.role, one.header.clone());
                }
            }
        }
    }

    fn remembered(&self) -> FurtherFile {
        let mapping = self.has_own_roles().then_some(&self.mapping);
        FurtherFile {
            name: self.looked.source.name.clone(),
            kind: self.kind.filter(|_| self.part.is_read()),
            roles: mapping.map_or_else(Default::default, |mapping| mapping.roles.clone()),
            date_order: self.looked.said.date_order,
            sheet: self.looked.source.sheet.clone(),
        }
    }

    /// From here on it is text in `encoding`.
    fn read_as(&mut self, encoding: Encoding) {
        self.mapping = std::mem::take(&mut self.mapping).in_encoding(encoding);
    }
}

/// Reads all files: the table of the leading one into the importer, and those beside it.
///
/// # Errors
/// What is wrong, and with which file.
pub(crate) fn read(
    engine: &Engine,
    batch: &Batch,
    mapping: &Mapping,
) -> Result<(Importer, Vec<Table>), Failed> {
    let leading = (batch.leading.number, mapping.clone());
    let beside = batch
        .read()
        .map(|one| (one.looked.number, one.mapping.clone()));
    let files: Vec<_> = std::iter::once(leading).chain(beside).collect();
    let mut base = None;
    let mut sides = Vec::new();
    for table in engine.tables(&files) {
        let is_base = base.is_none();
        let mut importer = None;
        for (number, mapping) in table {
            let failed = |problem| Failed {
                file: (*number != batch.leading.number).then_some(*number),
                problem,
            };
            let source = batch
                .source_of(*number)
                .ok_or_else(|| failed(Problem::NoFile))?;
            let importer = match &mut importer {
                None if is_base => importer.insert(
                    engine
                        .importer(*number, mapping)
                        .map_err(|error| failed(error.into()))?,
                ),
                None => importer.insert(
                    engine
                        .importer_of_joined(*number, mapping)
                        .map_err(|error| failed(error.into()))?,
                ),
                Some(importer) => {
                    let result = engine.go_on(importer, *number, mapping);
                    result.map_err(|error| failed(error.into()))?;
                    importer
                }
            };
            source.read_into(importer).map_err(failed)?;
            importer.end_file().map_err(|error| failed(error.into()))?;
        }
        match importer {
            Some(importer) if is_base => base = Some(importer),
            Some(importer) => sides.push(importer.finish().map_err(of_leading)?),
            None => {}
        }
    }
    let base = base.ok_or(ImportError::NothingLeads).map_err(of_leading)?;
    Ok((base, sides))
}

fn of_leading(error: ImportError) -> Failed {
    Failed {
        file: None,
        problem: error.into(),
    }
}

impl Batch {
    fn source_of(&self, number: FileNumber) -> Option<&Source> {
        let beside = self.beside.iter().map(|one| &one.looked);
        let mut files = std::iter::once(&self.leading).chain(beside);
        Some(&files.find(|one| one.number == number)?.source)
    }
}

//! Several files as one: which of them go on with each other and which are joined, as the page decides it.

use std::path::PathBuf;

use gyeol::data::{
    Encoding, ImportError, Importer, Mapping, Part, Preview, Role, Table, reading_order,
};
use gyeol::engine::Engine;
use gyeol::export::Settings;
use gyeol::protocol::FileNumber;

use crate::arguments::Arguments;
use crate::problem::Problem;
use crate::source::Source;

/// A file that was looked at.
pub(crate) struct Looked {
    pub(crate) number: FileNumber,
    pub(crate) source: Source,
    pub(crate) preview: Preview,
    /// Whether the command line says that it is a table of customers.
    is_of_customers: bool,
}

/// A file beside the leading one, with how it is read.
pub(crate) struct Beside {
    pub(crate) looked: Looked,
    part: Part,
    mapping: Mapping,
}

impl Looked {
    /// Looks at the head of a file.
    ///
    /// # Errors
    /// A file that cannot be read or used.
    pub(crate) fn at(
        engine: &mut Engine,
        number: usize,
        source: Source,
        is_of_customers: bool,
    ) -> Result<Self, Problem> {
        let number = FileNumber(number as u32);
        let source = source.measured()?;
        let preview = engine.open(number, &source.name, source.n_bytes, None, &source.head()?);
        Ok(Self {
            preview: preview.map_err(|error| of_file(&source, error))?,
            number,
            source,
            is_of_customers,
        })
    }
}

/// Looks at all files; the leading one comes first. What in an archive cannot be used is added to `notes`.
///
/// # Errors
/// As [`Looked::at`].
pub(crate) fn look_at(
    engine: &mut Engine,
    arguments: &Arguments,
    sources_of: impl Fn(&PathBuf) -> Result<Vec<Source>, Problem>,
    notes: &mut Vec<Problem>,
) -> Result<Vec<Looked>, Problem> {
    let mut looked = Vec::new();
    for (place, path) in arguments.files.iter().enumerate() {
        let is_of_customers = arguments.customers == Some(place);
        for source in sources_of(path)? {
            let is_in_archive = source.is_in_archive;
            match Looked::at(engine, looked.len(), source, is_of_customers) {
                Ok(one) => looked.push(Some(one)),
                Err(problem) if is_in_archive => notes.push(problem),
                Err(problem) => return Err(problem),
            }
        }
    }
    let previews: Vec<&Preview> = looked.iter().flatten().map(|one| &one.preview).collect();
    let is_leading = |place: &usize| {
        let one = looked[*place].as_ref();
        one.is_some_and(|one: &Looked| !one.is_of_customers)
    };
    let (leading, others): (Vec<_>, Vec<_>) =
        reading_order(&previews).into_iter().partition(is_leading);
    let order = leading.into_iter().chain(others);
    Ok(order.filter_map(|place| looked[place].take()).collect())
}

impl Beside {
    /// How `looked` is read beside the leading file of `settings`.
    ///
    /// # Errors
    /// A file that does not go together with it.
    pub(crate) fn of(
        leading: &Preview,
        settings: &Settings,
        arguments: &Arguments,
        looked: Looked,
    ) -> Result<Self, Problem> {
        let part = match Part::of(leading, &looked.preview) {
            Part::Appended if !looked.is_of_customers => Part::Appended,
            part @ (Part::Joined | Part::Spend | Part::Events | Part::Products)
                if !looked.is_of_customers =>
            {
                part
            }
            _ if looked.is_of_customers => Part::Joined,
            _ => {
                let n_expected = leading.columns.len() as u64;
                return Err(of_file(
                    &looked.source,
                    ImportError::OtherColumns { n_expected },
                ));
            }
        };
        let named = |role: &&(Role, String)| {
            let mut columns = looked.preview.columns.iter();
            role.0 == Role::Customer && columns.any(|column| column.header == role.1)
        };
        let key = arguments.roles.iter().find(named).map(|(_, header)| header);
        let default = Mapping::default();
        let base = settings.mapping.as_ref().unwrap_or(&default);
        let mut mapping = part.mapping(base, &looked.preview, key);
        mapping.sheet.clone_from(&looked.source.sheet);
        Ok(Self {
            part,
            mapping,
            looked,
        })
    }

    /// The file, where its rows are of the leading file's table.
    pub(crate) fn appended(&self) -> Option<&Source> {
        (self.part == Part::Appended).then_some(&self.looked.source)
    }

    /// From here on it is text in `encoding`.
    pub(crate) fn read_as(&mut self, encoding: Encoding) {
        self.mapping = std::mem::take(&mut self.mapping).in_encoding(encoding);
    }

    /// Reads it behind what `importer` has read, or into a table of its own.
    ///
    /// # Errors
    /// A file that cannot be read or used.
    pub(crate) fn read(
        &mut self,
        engine: &Engine,
        importer: &mut Importer,
        sides: &mut Vec<Table>,
    ) -> Result<(), Problem> {
        let number = self.looked.number;
        let source = &self.looked.source;
        let named = |problem| match problem {
            Problem::Import(error) => of_file(source, error),
            other => other,
        };
        if self.part == Part::Appended {
            engine
                .go_on(importer, number, &self.mapping)
                .map_err(|error| of_file(source, error))?;
            return source.read_into(importer).map_err(named);
        }
        let side = engine.importer_of_joined(number, &self.mapping);
        let mut side = side.map_err(|error| of_file(source, error))?;
        source.read_into(&mut side).map_err(named)?;
        sides.push(side.finish().map_err(|error| of_file(source, error))?);
        Ok(())
    }
}

fn of_file(source: &Source, error: ImportError) -> Problem {
    Problem::OfFile(source.name.clone(), error)
}

//! Where the bytes of a table come from: a file of text as it is or packed, or a workbook's sheet as text.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread;

use gyeol::data::{ImportError, Importer, WorkbookProblem};
use gyeol::engine::HEAD_BYTES;
use gyeol::engine::stretches::n_workers;
use gyeol::text::{Language, Words};
use gyeol::workbook::{self, EmptiedCells};

use crate::problem::Problem;
use crate::stretches;
use crate::unpacked::{self, Found, Unpacked};
use gyeol::packed::{self, Packed};

const CHUNK_BYTES: usize = 1 << 20;

/// A table's text with the name of its file.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) n_bytes: u64,
    /// The sheet that was read.
    pub(crate) sheet: Option<String>,
    /// Its cells that are read as empty and are not.
    pub(crate) emptied: EmptiedCells,
    /// Whether it is one of several in an archive or a workbook that nobody has named: what goes with nothing is passed over.
    pub(crate) is_in_archive: bool,
    /// Threads that read it; as many as suit the machine and the file where nothing else was said.
    n_threads: Option<usize>,
    content: Content,
}

enum Content {
    File(PathBuf),
    Packed(PathBuf, Packed),
    Text(Vec<u8>),
}

impl Source {
    /// Opens a file: one text, or each of those in an archive. Of a workbook it takes the sheets of these names, or the
    /// likely one; where it `has_beside`, the others that hold tables, too.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn open(
        path: &Path,
        sheets: &[String],
        has_beside: bool,
    ) -> Result<Vec<Self>, Problem> {
        let unreadable = |_| Problem::Read(path.to_path_buf());
        let name = path.file_name().unwrap_or(path.as_os_str());
        let metadata = fs::metadata(path).map_err(unreadable)?;
        if metadata.is_dir() {
            return Err(Problem::Folder(path.to_path_buf()));
        }
        let source = Self {
            name: name.to_string_lossy().into_owned(),
            n_bytes: metadata.len(),
            sheet: None,
            emptied: EmptiedCells::default(),
            is_in_archive: false,
            n_threads: None,
            content: Content::File(path.to_path_buf()),
        };
        let head = source.head()?;
        match unpacked::find(path, &head, source.n_bytes)? {
            Found::Packed(packed) => return Ok(vec![source.unpacked(path, packed)?]),
            Found::Texts(texts) => {
                let of_text = |(name, packed): (String, Packed)| Self {
                    name,
                    n_bytes: packed.n_bytes,
                    sheet: None,
                    emptied: EmptiedCells::default(),
                    is_in_archive: true,
                    n_threads: None,
                    content: Content::Packed(path.to_path_buf(), packed),
                };
                return Ok(texts.into_iter().map(of_text).collect());
            }
            Found::Plain => {}
        }
        if workbook::is_for(&source.name, &head) {
            let bytes = fs::read(path).map_err(unreadable)?;
            return source.sheets_of(&bytes, sheets, has_beside);
        }
        Ok(vec![source])
    }

    fn sheets_of(
        self,
        bytes: &[u8],
        named: &[String],
        has_beside: bool,
    ) -> Result<Vec<Self>, Problem> {
        let first = read_workbook(bytes, named.first().map(String::as_str))?;
        let mut beside = named.get(1..).unwrap_or_default().to_vec();
        if has_beside {
            let places = first.0.taken_beside().into_iter();
            beside.extend(places.map(|place| first.0.sheets[place].name.clone()));
        }
        let others = beside.iter().map(|name| read_workbook(bytes, Some(name)));
        let read: Vec<_> = std::iter::once(Ok(first))
            .chain(others)
            .collect::<Result<_, _>>()?;
        let is_alone = read.len() == 1;
        let of_sheet = |(sheets, text): (workbook::Sheets, Vec<u8>)| {
            let emptied = EmptiedCells::of(sheets.own().into_iter());
            let sheet = sheets.sheets[sheets.chosen].name.clone();
            Self {
                name: match is_alone {
                    true => self.name.clone(),
                    false => workbook::title(&self.name, &sheet),
                },
                n_bytes: text.len() as u64,
                sheet: Some(sheet),
                emptied,
                is_in_archive: has_beside && !is_alone,
                n_threads: None,
                content: Content::Text(text),
            }
        };
        Ok(read.into_iter().map(of_sheet).collect())
    }

    /// The text that is packed in it.
    fn unpacked(mut self, path: &Path, packed: Packed) -> Result<Self, Problem> {
        self.content = Content::Packed(path.to_path_buf(), packed);
        self.measured()
    }

    /// With the size of its text as far as it shows.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn measured(mut self) -> Result<Self, Problem> {
        if matches!(self.content, Content::Packed(..)) {
            let head = self.head()?;
            let is_whole = (head.len() as u64) < HEAD_BYTES;
            self.n_bytes = packed::size_of_text(&head, is_whole, self.n_bytes);
        }
        Ok(self)
    }

    /// What is to be said of cells that are read as empty and are not.
    pub(crate) fn emptied_note(&self) -> Option<Problem> {
        let note = || Problem::EmptiedCells(self.name.clone(), self.emptied);
        (self.emptied.n_cells() > 0).then(note)
    }

    /// The same, read by so many threads.
    pub(crate) fn by_threads(self, n_threads: Option<usize>) -> Self {
        Self { n_threads, ..self }
    }

    /// Feeds `importer` the whole of it.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub(crate) fn read_into(&self, importer: &mut Importer) -> Result<(), Problem> {
        let n_cores = thread::available_parallelism().map_or(1, usize::from);
        let suited = n_workers(self.n_bytes, n_cores);
        match (&self.content, self.n_threads.unwrap_or(suited)) {
            (Content::File(path), n_threads @ 2..) => {
                stretches::read(path, self.n_bytes, n_threads, importer)?;
                Ok(())
            }
            _ => self.read(|bytes| importer.feed(bytes)),
        }
    }

    /// The first bytes.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn head(&self) -> Result<Vec<u8>, Problem> {
        let mut head = Vec::new();
        let mut reader = self.reader()?;
        let mut rest = HEAD_BYTES as usize;
        while rest > 0 {
            let mut piece = vec![0; rest];
            let n_read = reader.read(&mut piece)?;
            if n_read == 0 {
                break;
            }
            head.extend_from_slice(&piece[..n_read]);
            rest -= n_read;
        }
        Ok(head)
    }

    /// Gives all bytes to `take`, piece by piece.
    ///
    /// # Errors
    /// A file that cannot be read, or what `take` says.
    pub(crate) fn read(
        &self,
        mut take: impl FnMut(&[u8]) -> Result<(), ImportError>,
    ) -> Result<(), Problem> {
        let mut reader = self.reader()?;
        let mut chunk = vec![0; CHUNK_BYTES];
        loop {
            let n_read = reader.read(&mut chunk)?;
            if n_read == 0 {
                return Ok(());
            }
            take(&chunk[..n_read])?;
        }
    }

    fn reader(&self) -> Result<Reader<'_>, Problem> {
        let open = |path: &PathBuf| fs::File::open(path).map_err(|_| Problem::Read(path.clone()));
        Ok(match &self.content {
            Content::File(path) => Reader::Plain {
                file: Box::new(open(path)?),
                after: 0,
            },
            Content::Packed(path, packed) => Reader::Packed(Unpacked::new(open(path)?, *packed)?),
            Content::Text(text) => Reader::Plain {
                file: Box::new(text.as_slice()),
                after: 0,
            },
        })
    }
}

enum Reader<'a> {
    Plain {
        file: Box<dyn Read + 'a>,
        after: u64,
    },
    Packed(Unpacked),
}

impl Reader<'_> {
    fn read(&mut self, chunk: &mut [u8]) -> Result<usize, ImportError> {
        match self {
            Self::Plain { file, after } => {
                let result = file.read(chunk);
                let n_read = result.map_err(|_| ImportError::Unreadable { after: *after })?;
                *after += n_read as u64;
                Ok(n_read)
            }
            Self::Packed(unpacked) => Ok(unpacked.read(chunk)?),
        }
    }
}

/// A workbook made to break its reader can bring it to a panic; that is the file's fault and is said as such.
fn read_workbook(
    bytes: &[u8],
    sheet: Option<&str>,
) -> Result<(workbook::Sheets, Vec<u8>), ImportError> {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {
        let words = Words::new(Language::En);
        eprintln!("{}", words.workbook_problem(&WorkbookProblem::Damaged));
        std::process::exit(2);
    }));
    let read = workbook::read(bytes, sheet);
    std::panic::set_hook(before);
    Ok(read?)
}

//! Where the bytes of a table come from: a file of text as it is, or a workbook's sheet as text.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use gyeol::data::{ImportError, WorkbookProblem};
use gyeol::engine::HEAD_BYTES;
use gyeol::text::{Language, Words};
use gyeol::workbook;

use crate::problem::Problem;

const CHUNK_BYTES: usize = 1 << 20;

/// A table's text with the name of its file.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) n_bytes: u64,
    /// The sheet that was read.
    pub(crate) sheet: Option<String>,
    content: Content,
}

enum Content {
    File(PathBuf),
    Text(Vec<u8>),
}

impl Source {
    /// Opens a file. Of a workbook it takes the sheet of this name, or the likely one.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn open(path: &Path, sheet: Option<&str>) -> Result<Self, Problem> {
        let unreadable = |_| Problem::Read(path.to_path_buf());
        let name = path.file_name().unwrap_or(path.as_os_str());
        let mut source = Self {
            name: name.to_string_lossy().into_owned(),
            n_bytes: fs::metadata(path).map_err(unreadable)?.len(),
            sheet: None,
            content: Content::File(path.to_path_buf()),
        };
        if workbook::is_for(&source.name, &source.head()?) {
            let bytes = fs::read(path).map_err(unreadable)?;
            let (sheets, text) = read_workbook(&bytes, sheet)?;
            source.n_bytes = text.len() as u64;
            source.sheet = Some(sheets.sheets[sheets.chosen].name.clone());
            source.content = Content::Text(text);
        }
        Ok(source)
    }

    /// The first bytes.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn head(&self) -> Result<Vec<u8>, Problem> {
        let mut head = Vec::new();
        match &self.content {
            Content::File(path) => {
                let unreadable = |_| Problem::Read(path.clone());
                let file = fs::File::open(path).map_err(unreadable)?;
                file.take(HEAD_BYTES)
                    .read_to_end(&mut head)
                    .map_err(unreadable)?;
            }
            Content::Text(text) => {
                head.extend(text.iter().take(HEAD_BYTES as usize));
            }
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
        let path = match &self.content {
            Content::File(path) => path,
            Content::Text(text) => {
                return Ok(text.chunks(CHUNK_BYTES).try_for_each(take)?);
            }
        };
        let mut file = fs::File::open(path).map_err(|_| Problem::Read(path.clone()))?;
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut after = 0;
        loop {
            let result = file.read(&mut chunk);
            let n_read = result.map_err(|_| ImportError::Unreadable { after })?;
            if n_read == 0 {
                return Ok(());
            }
            take(&chunk[..n_read])?;
            after += n_read as u64;
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

//! Whole files, pushed in pieces of any size, to a [`Table`] that keeps every row.
//!
//! Several files with the same columns become one table: their rows follow each other in one set of columns.

use super::plan::Plan;
use super::reader::Reader;
use super::rows::Rows;
use super::source_file::SourceFile;
use super::tokenise::{Records, Sink};
use super::{Decoders, Dialect, ImportError, Mapping, Preview, Table};

/// Takes files in pieces of any size, one after the other.
#[derive(Debug)]
pub struct Importer {
    pub(super) decoders: Decoders,
    /// The files that have ended.
    files: Vec<SourceFile>,
    pub(super) file: SourceFile,
    pub(super) dialect: Dialect,
    pub(super) reader: Reader,
    /// Rows that name the columns and are still to come.
    n_header_rows: u8,
    /// That of the first file, by which further ones are read.
    plan: Plan,
    pub(super) rows: Rows,
    /// Whether nothing of the file is to come.
    has_ended: bool,
}

impl Importer {
    /// Starts an import of the file that `preview` looked at.
    ///
    /// # Errors
    /// A mapping that cannot be used: a missing or unknown column, dates that nobody has explained.
    pub fn new(
        preview: &Preview,
        mapping: &Mapping,
        decoders: Decoders,
    ) -> Result<Self, ImportError> {
        let plan = Plan::new(preview, mapping)?;
        Ok(Self {
            decoders,
            files: Vec::new(),
            file: SourceFile::new(preview, mapping.dialect, plan.forms()),
            dialect: mapping.dialect,
            reader: Reader::new(mapping.dialect, decoders).of_table(preview.columns.len()),
            n_header_rows: mapping.dialect.n_header_rows(),
            rows: Rows::new(plan.clone()),
            plan,
            has_ended: false,
        })
    }

    /// Ends the file and goes on with another one, in which the same columns may stand in another order.
    ///
    /// # Errors
    /// [`ImportError::OtherColumns`] where its columns are not those of the first; else as [`Importer::new`] and
    /// [`Importer::finish`].
    pub fn go_on(&mut self, preview: &Preview, mapping: &Mapping) -> Result<(), ImportError> {
        let (plan, places) = self.plan.of_further(preview, mapping)?;
        self.end_file()?;
        let mut file = SourceFile::new(preview, mapping.dialect, plan.forms());
        file.places = places;
        file.first_row = self.rows.len();
        self.files.push(std::mem::replace(&mut self.file, file));
        self.dialect = mapping.dialect;
        self.reader = Reader::new(mapping.dialect, self.decoders).of_table(preview.columns.len());
        self.n_header_rows = mapping.dialect.n_header_rows();
        self.rows.go_on(plan, self.files.len());
        self.has_ended = false;
        Ok(())
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// Bytes that no row can be made of.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        self.file.n_bytes += bytes.len() as u64;
        let Self {
            reader,
            rows,
            n_header_rows,
            ..
        } = self;
        reader.feed(
            bytes,
            &mut Body {
                n_header_rows,
                rows,
            },
        )
    }

    /// Rows so far.
    pub fn n_rows(&self) -> u64 {
        self.rows.len() as u64
    }

    /// Ends the last file.
    ///
    /// # Errors
    /// A file that has no rows or ends within a quote; [`ImportError::Encoding`] where it turns out to be in another
    /// encoding behind what the preview saw: the same mapping with that encoding reads it.
    pub fn finish(mut self) -> Result<Table, ImportError> {
        self.end_file()?;
        self.files.push(self.file);
        Ok(Table::new(self.files, self.rows))
    }

    /// Reads all that does not hang on what follows; whether what follows can be read apart.
    pub(super) fn settle(&mut self) -> Result<bool, ImportError> {
        self.reader.settle(&mut Body {
            n_header_rows: &mut self.n_header_rows,
            rows: &mut self.rows,
        })
    }

    /// Ends the file, which [`Importer::go_on`] and [`Importer::finish`] do where nobody has: what is wrong with it is
    /// then known to be wrong with this one.
    ///
    /// # Errors
    /// As [`Importer::finish`].
    pub fn end_file(&mut self) -> Result<(), ImportError> {
        if std::mem::replace(&mut self.has_ended, true) {
            return Ok(());
        }
        self.reader.finish(&mut Body {
            n_header_rows: &mut self.n_header_rows,
            rows: &mut self.rows,
        })?;
        let file = &mut self.file;
        file.n_rows = self.rows.len() - file.first_row;
        file.n_mended = std::mem::take(&mut self.rows.n_mended);
        file.beside = self.reader.beside();
        match file.n_rows {
            0 if self.dialect.has_header && self.n_header_rows == 0 => Err(ImportError::HeaderOnly),
            0 => Err(ImportError::Empty),
            _ => Ok(()),
        }
    }
}

/// The rows below the header.
struct Body<'a> {
    n_header_rows: &'a mut u8,
    rows: &'a mut Rows,
}

impl Sink for Body<'_> {
    fn take(&mut self, records: Records<'_>) -> Result<(), ImportError> {
        let n_passed = records.len().min(usize::from(*self.n_header_rows));
        *self.n_header_rows -= n_passed as u8;
        self.rows.push(records.range(n_passed..records.len()))
    }
}

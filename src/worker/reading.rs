//! Whole files to importers, with one account of how far it is. A large one is read with helpers.

use std::ops::Range;

use wasm_bindgen::JsCast;
use web_sys::{DedicatedWorkerGlobalScope, File};

use super::reporter::Reporter;
use super::source::{Chunks, Source, bytes_of};
use super::stretches::{Helper, n_free_cores, starts};
use super::{Worker, wait};
use crate::data::{Dialect, ImportError, Importer, Known, Mapping};
use crate::engine::HEAD_BYTES;
use crate::engine::stretches::{cuts, n_workers};
use crate::protocol::FileNumber;

/// Milliseconds between two looks at helpers that this worker waits for.
const PAUSE_MILLIS: i32 = 10;

/// The reading of several files with one account of how far it is.
pub(super) struct Reading<'a> {
    worker: &'a Worker,
    reporter: &'a mut Reporter,
    /// Bytes of what has been read.
    n_before: u64,
    /// Their rows, where they became other tables.
    n_rows_before: u64,
    /// Bytes of all.
    n_bytes: u64,
}

impl<'a> Reading<'a> {
    pub(super) fn of(
        worker: &'a Worker,
        reporter: &'a mut Reporter,
        files: &[(FileNumber, Mapping)],
    ) -> Self {
        let sources = files.iter().filter_map(|(file, _)| worker.opened.get(file));
        Self {
            n_bytes: sources.map(|(source, _)| source.n_bytes()).sum(),
            worker,
            reporter,
            n_before: 0,
            n_rows_before: 0,
        }
    }

    /// Reads a whole file, behind what `importer` has read already.
    pub(super) async fn read(
        &mut self,
        importer: &mut Option<Importer>,
        file: FileNumber,
        mapping: &Mapping,
        is_joined: bool,
    ) -> Result<Source, ImportError> {
        let gone = ImportError::Unreadable { after: 0 };
        let (source, dialect) = self.worker.opened.get(&file).cloned().ok_or(gone)?;
        let engine = &self.worker.engine;
        let is_first = importer.is_none();
        let importer = match importer {
            None if is_joined => importer.insert(engine.importer_of_joined(file, mapping)?),
            None => importer.insert(engine.importer(file, mapping)?),
            Some(importer) => {
                engine.go_on(importer, file, mapping)?;
                importer
            }
        };
        // What a helper reads is of one file alone: a further one may have its columns in another order.
        let text = source.text().filter(|_| is_first);
        let n_workers = n_workers(source.n_bytes(), n_free_cores());
        match text {
            Some(text) if n_workers > 1 => {
                let mapping = &if is_joined {
                    mapping.clone().of_joined()
                } else {
                    mapping.clone()
                };
                let asked = (dialect, mapping);
                self.read_with_helpers(importer, &source, text, asked, n_workers)
                    .await?;
            }
            _ => {
                self.feed(importer, Chunks::of(&source)?, &[]).await?;
            }
        }
        importer.end_file()?;
        Ok(source)
    }

    /// Feeds `importer` what `chunks` gives, while `helpers` read what is behind it.
    async fn feed(
        &mut self,
        importer: &mut Importer,
        mut chunks: Chunks,
        helpers: &[Helper],
    ) -> Result<(), ImportError> {
        while let Some(chunk) = chunks.next().await? {
            importer.feed(chunk)?;
            self.report(chunks.n_read(), importer, helpers);
        }
        self.n_before += chunks.n_bytes();
        Ok(())
    }

    fn report(&mut self, n_read: u64, importer: &Importer, helpers: &[Helper]) {
        let mut done = self.n_before + n_read;
        let mut n_rows = self.n_rows_before + importer.n_rows();
        for helper in helpers {
            let (n_bytes, n_more) = helper.progress();
            done += n_bytes;
            n_rows += n_more;
        }
        self.reporter.read(done, self.n_bytes, n_rows);
    }

    async fn read_with_helpers(
        &mut self,
        importer: &mut Importer,
        source: &Source,
        text: &File,
        (dialect, mapping): (Option<Dialect>, &Mapping),
        n_workers: usize,
    ) -> Result<(), ImportError> {
        let n_bytes = source.n_bytes();
        let head = bytes_of(text, 0, HEAD_BYTES).await?;
        let n_head = head.len() as u64;
        importer.feed(&head)?;
        self.n_before += n_head;
        let known = importer.known();
        let starts = match &known {
            Some(known) => starts(text, known, cuts(n_head, n_bytes, n_workers)).await?,
            None => Vec::new(),
        };
        let ranges = starts.windows(2).map(|ends| ends[0]..ends[1]);
        let helped = ranges.map_while(|range| {
            let helper = Helper::of(text, dialect, mapping, &range)?;
            Some((helper, range))
        });
        let (mut helpers, ranges): (Vec<Helper>, Vec<Range<u64>>) = helped.unzip();
        let first = ranges.first().map_or(n_bytes, |range| range.start);
        let last = ranges.last().map_or(n_bytes, |range| range.end);
        let own = Chunks::within(source, n_head..first)?;
        self.feed(importer, own, &helpers).await?;
        for (range, known) in ranges.into_iter().zip(known.iter().cycle()) {
            self.join(importer, source, &mut helpers, (range, known))
                .await?;
        }
        let rest = Chunks::within(source, last..n_bytes)?;
        self.feed(importer, rest, &[]).await
    }

    /// Waits for the first of `helpers` and takes what it has read, or reads it here.
    async fn join(
        &mut self,
        importer: &mut Importer,
        source: &Source,
        helpers: &mut Vec<Helper>,
        (range, known): (Range<u64>, &Known),
    ) -> Result<(), ImportError> {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        while helpers.first().is_some_and(|helper| !helper.is_done()) {
            wait(&scope, PAUSE_MILLIS).await;
            self.report(0, importer, helpers);
        }
        let stretch = helpers.remove(0).stretch(known);
        let is_taken = match stretch {
            Some(stretch) => importer.append(stretch)?,
            None => false,
        };
        if is_taken {
            self.n_before += range.end - range.start;
            return Ok(());
        }
        self.feed(importer, Chunks::within(source, range)?, helpers)
            .await
    }
}

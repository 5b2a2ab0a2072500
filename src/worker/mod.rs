//! The engine's loop in the browser: messages in, answers out, one after the other.
//!
//! All thinking is in `crate::engine`. Nothing is ever printed: a panic ends the worker, which the page hears.

mod decode;
mod helper;
mod packed;
mod pipe;
mod reading;
mod reporter;
mod self_test;
mod source;
mod stretches;
mod warm_up;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::analysis::AnalysisId;
use crate::analysis::treatment::{ColumnsReport, Treatments};
use crate::data::{Choices, Dialect, ImportError, Mapping, Preview, Reason};
use crate::engine::{Engine, HEAD_BYTES};
use crate::envelope;
use crate::export::{self, ExportError, Settings, What};
use crate::packed::Entry;
use crate::protocol::{self, Answer, FileNumber, FromWorker, Imported, JobId, ToWorker};
use crate::sample;
use reading::Reading;
use reporter::Reporter;
use source::{Chunks, Found, Source};

/// Starts the engine: from here on messages are heard.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if scope.name() == helper::NAME {
        helper::start(&scope);
        return;
    }
    let desk = Rc::new(Desk {
        scope: scope.clone(),
        queue: RefCell::default(),
        worker: RefCell::new(Some(Worker::new())),
        was_asked: Cell::new(false),
    });
    let at_rest = Rc::clone(&desk);
    let hear =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| desk.hear(&event));
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    let build = protocol::BUILD.to_owned();
    post(&scope, &FromWorker::Ready { build });
    wasm_bindgen_futures::spawn_local(async move {
        warm_up::warm_up(&scope, || at_rest.was_asked.get()).await;
    });
}

/// Gives way to other work, for at least so long.
async fn wait(scope: &DedicatedWorkerGlobalScope, millis: i32) {
    let timeout = js_sys::Promise::new(&mut |resolve, _| {
        // Without a timer there is no wait.
        let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = JsFuture::from(timeout).await;
}

/// The made-up shop's file in English and in Korean.
const SAMPLE_NAMES: [&str; 2] = ["gyeol-shop-en.csv", "gyeol-shop-ko.csv"];

/// A question with its number and the file that came with it.
type Letter = (JobId, ToWorker, Option<File>);

/// Where messages wait while one is being answered.
struct Desk {
    scope: DedicatedWorkerGlobalScope,
    queue: RefCell<VecDeque<Letter>>,
    /// Taken while a message is being answered.
    worker: RefCell<Option<Worker>>,
    /// Whether a message has ever come.
    was_asked: Cell<bool>,
}

impl Desk {
    /// Bytes of another build cannot be read; the page has been told by `Ready`.
    fn hear(self: &Rc<Self>, event: &MessageEvent) {
        let Some((bytes, file)) = envelope::unseal(&event.data()) else {
            return;
        };
        let Some((job, message)) = protocol::from_bytes(&bytes) else {
            return;
        };
        self.was_asked.set(true);
        self.queue.borrow_mut().push_back((job, message, file));
        if let Some(worker) = self.worker.take() {
            wasm_bindgen_futures::spawn_local(Rc::clone(self).answer_all(worker));
        }
    }

    async fn answer_all(self: Rc<Self>, mut worker: Worker) {
        loop {
            let letter = self.queue.borrow_mut().pop_front();
            let Some((job, message, file)) = letter else {
                break;
            };
            let mut reporter = Reporter::new(&self.scope, job);
            let answer = worker.answer(message, file, &mut reporter).await;
            post(&self.scope, &FromWorker::Done { job, answer });
        }
        self.worker.replace(Some(worker));
    }
}

/// Takes the next piece of a file, or its end.
type Take<'a> = dyn FnMut(Option<&[u8]>) -> Result<(), ImportError> + 'a;

/// The engine with the handles of its files.
struct Worker {
    engine: Engine,
    /// The files that were looked at, with the dialect that was asked for.
    opened: BTreeMap<FileNumber, (Source, Option<Dialect>)>,
    /// The files of the table that is held: their rows are read again for the list of those left out.
    held: Vec<Source>,
}

impl Worker {
    fn new() -> Self {
        Self {
            engine: Engine::new(decode::decoder),
            opened: BTreeMap::new(),
            held: Vec::new(),
        }
    }

    async fn answer(
        &mut self,
        message: ToWorker,
        file: Option<File>,
        reporter: &mut Reporter,
    ) -> Answer {
        let engine = &mut self.engine;
        match message {
            ToWorker::Open {
                file: number,
                file_name,
                dialect,
                entry,
                ..
            } => match find(file, entry).await {
                Ok(Found::Texts(texts)) => Answer::Unpacked(texts),
                Ok(Found::Source(source)) => {
                    Answer::Previewed(self.open(number, source, &file_name, dialect).await)
                }
                Err(error) => Answer::Previewed(Err(error)),
            },
            ToWorker::Import { files, choices } => {
                match self.import(&files, choices, reporter).await {
                    Ok(imported) => Answer::Imported(Ok(imported)),
                    Err((file, error)) if files.first().is_some_and(|first| first.0 != file) => {
                        Answer::FileFailed { file, error }
                    }
                    Err((_, error)) => Answer::Imported(Err(error)),
                }
            }
            ToWorker::Choose { choices } => Answer::Imported(engine.choose(choices).map(Box::new)),
            ToWorker::Analyze {
                request,
                as_of,
                treatments,
            } => Answer::Analyzed(
                engine
                    .treat(&treatments)
                    .and_then(|()| engine.analyze(request, as_of, reporter)),
            ),
            ToWorker::Columns { treatments } => {
                Answer::Columns(self.columns(&treatments, reporter).await)
            }
            ToWorker::List { query, settings } => Answer::Listed(engine.list(&query, &settings)),
            ToWorker::Compare { first, second } => Answer::Compared(engine.compare(first, second)),
            ToWorker::Export { what, settings } => {
                Answer::Exported(self.export(what, &settings, reporter).await)
            }
            ToWorker::ReadProject { bytes } => {
                Answer::ProjectRead(export::project::read(&bytes).map(Box::new))
            }
            ToWorker::MakeSample { korean } => Answer::SampleMade(export::File {
                name: SAMPLE_NAMES[usize::from(korean)].to_owned(),
                mime: export::CSV.to_owned(),
                bytes: sample::shop_csv(korean),
            }),
            ToWorker::SelfTest => Answer::SelfTested {
                was_refused: self_test::is_refused().await,
            },
            ToWorker::OneCustomer { customer, settings } => {
                Answer::OneCustomer(engine.one_customer(&customer, &settings).map(Box::new))
            }
        }
    }

    async fn open(
        &mut self,
        number: FileNumber,
        source: Source,
        file_name: &str,
        dialect: Option<Dialect>,
    ) -> Result<Box<Preview>, ImportError> {
        let (head, n_bytes) = source.head(HEAD_BYTES).await?;
        let preview = self
            .engine
            .open(number, file_name, n_bytes, dialect, &head)?;
        self.opened.insert(number, (source, dialect));
        Ok(Box::new(preview))
    }

    /// Where it is not possible, which file it is about.
    async fn import(
        &mut self,
        files: &[(FileNumber, Mapping)],
        choices: Choices,
        reporter: &mut Reporter,
    ) -> Result<Box<Imported>, (FileNumber, ImportError)> {
        let about = |file: FileNumber| move |error: ImportError| (file, error);
        let gone = (FileNumber::default(), ImportError::Unreadable { after: 0 });
        let (first, _) = files.first().ok_or(gone)?;
        let mut tables = self.engine.tables(files).into_iter();
        let base = tables.next().unwrap_or_default();
        let mut reading = Reading::of(self, reporter, files);
        let (mut importer, mut held) = (None, Vec::new());
        for (file, mapping) in base {
            let source = reading
                .read(&mut importer, *file, mapping, false)
                .await
                .map_err(about(*file))?;
            held.push(source);
        }
        let mut sides = Vec::new();
        for table in tables {
            let mut side = None;
            for (file, mapping) in table {
                let read = reading.read(&mut side, *file, mapping, true).await;
                read.map_err(about(*file))?;
            }
            if let Some(importer) = side {
                sides.push(importer.finish().map_err(about(*first))?);
            }
        }
        let importer = importer.ok_or((*first, ImportError::Unreadable { after: 0 }))?;
        let imported = self.engine.import(importer, sides, choices);
        let imported = imported.map_err(about(*first))?;
        self.held = held;
        let numbers: Vec<FileNumber> = files.iter().map(|&(file, _)| file).collect();
        self.engine.keep_open(&numbers);
        self.opened.retain(|file, _| numbers.contains(file));
        Ok(Box::new(imported))
    }

    async fn export(
        &mut self,
        what: What,
        settings: &Settings,
        reporter: &mut Reporter,
    ) -> Result<export::File, ExportError> {
        if let What::LeftOut { reason } = what {
            return self.left_out(reason, reporter).await;
        }
        if what == What::Columns {
            self.survey(reporter).await?;
        }
        let all = [AnalysisId::Rfm, AnalysisId::Clusters];
        self.engine.export(what, settings, &all, reporter)
    }

    async fn columns(
        &mut self,
        treatments: &Treatments,
        reporter: &mut Reporter,
    ) -> Result<Box<ColumnsReport>, ImportError> {
        self.survey(reporter).await?;
        let report = self.engine.columns(treatments).map(Box::new);
        report.ok_or(ImportError::Unreadable { after: 0 })
    }

    /// Finds what stands in the columns, unless it is known.
    async fn survey(&mut self, reporter: &mut Reporter) -> Result<(), ImportError> {
        let Some(mut surveyor) = self.engine.surveyor() else {
            return Ok(());
        };
        let mut take = |chunk: Option<&[u8]>| match chunk {
            Some(bytes) => surveyor.feed(bytes),
            None => surveyor.end_file(),
        };
        self.read_again(&mut take, reporter).await?;
        let survey = surveyor.finish()?;
        self.engine.keep_survey(survey);
        Ok(())
    }

    async fn left_out(
        &self,
        reason: Option<Reason>,
        reporter: &mut Reporter,
    ) -> Result<export::File, ExportError> {
        let mut rows = self.engine.left_out(reason)?;
        let mut take = |chunk: Option<&[u8]>| match chunk {
            Some(bytes) => rows.feed(bytes),
            None => rows.end_file(),
        };
        self.read_again(&mut take, reporter).await?;
        Ok(rows.finish()?)
    }

    /// Gives the files of the table once more, each with `None` at its end.
    async fn read_again(
        &self,
        take: &mut Take<'_>,
        reporter: &mut Reporter,
    ) -> Result<(), ImportError> {
        let n_bytes: u64 = self.held.iter().map(Source::n_bytes).sum();
        let mut n_before = 0;
        for source in &self.held {
            let mut chunks = Chunks::of(source)?;
            while let Some(chunk) = chunks.next().await? {
                take(Some(chunk))?;
                reporter.read(n_before + chunks.n_read(), n_bytes, 0);
            }
            n_before += chunks.n_bytes();
            take(None)?;
        }
        Ok(())
    }
}

/// What is in the file that came with a question.
async fn find(file: Option<File>, entry: Option<Entry>) -> Result<Found, ImportError> {
    let file = file.ok_or(ImportError::Unreadable { after: 0 })?;
    Source::find(file, entry).await
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &FromWorker) {
    // Without its type: the code that writes a report is then the same for messages and for JSON.
    let message: &dyn erased_serde::Serialize = message;
    let (envelope, transfer) = envelope::seal(&protocol::to_bytes(&message), None);
    // Refused only for values that cannot be cloned, and bytes can.
    let _ = scope.post_message_with_transfer(&envelope, &transfer);
}

//! The page's end of the engine: owns the worker and the handles of files, carries out the session's commands and
//! turns what it hears into events.
//!
//! Messages wait until the worker says that it is ready; a worker that was ended is never heard again.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, File, FilePropertyBag, HtmlAnchorElement, MessageEvent, Url, Worker,
};

use crate::data::WorkbookProblem;
use crate::envelope;
use crate::export;
use crate::protocol::{self, FromWorker, JobId, ToWorker};
use crate::session::{Command, Event, FileNumber, OpenFile, Session};
use crate::ui::dom::prelude::*;

/// A project file is settings only; nothing larger than this is read on the page.
const MAX_PROJECT_BYTES: f64 = 1_048_576.0;

/// The engine, as components see it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Engine {
    session: RwSignal<Session>,
    desk: StoredValue<Rc<RefCell<Desk>>, LocalStorage>,
}

/// What the page holds for the engine.
#[derive(Default)]
struct Desk {
    line: Option<Line>,
    is_ready: bool,
    outbox: Vec<(JobId, ToWorker, Option<FileNumber>)>,
    /// The files that were chosen last, until the session gives them numbers.
    chosen: Vec<File>,
    files: Vec<(FileNumber, File)>,
}

/// A running worker with what listens to it.
struct Line {
    worker: Worker,
    _hear: Closure<dyn FnMut(MessageEvent)>,
    _die: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}

impl Engine {
    /// Starts a worker for `session`.
    pub fn start(session: RwSignal<Session>) -> Self {
        let engine = Self {
            session,
            desk: StoredValue::new_local(Rc::default()),
        };
        engine.restart();
        engine
    }

    /// Says that something happened, and does what the session makes of it.
    pub fn send(self, event: Event) {
        let commands = self.session.try_update(|session| session.update(event));
        for command in commands.unwrap_or_default() {
            self.perform(command);
        }
    }

    /// Takes files that were dropped, chosen or pasted: projects, and files of orders and customers.
    pub fn choose(self, files: Vec<File>) {
        let (projects, files): (Vec<_>, Vec<_>) = files.into_iter().partition(is_project);
        if let Some(project) = projects.into_iter().next() {
            self.read_project(project);
        }
        if files.is_empty() {
            return;
        }
        let opened = files.iter().map(|file| OpenFile {
            name: file.name(),
            n_bytes: file.size() as u64,
        });
        let opened = opened.collect();
        self.desk().borrow_mut().chosen = files;
        self.send(Event::FilesChosen(opened));
    }

    fn read_project(self, file: File) {
        leptos::task::spawn_local(async move {
            let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
            let bytes = buffer.map_or_else(|_| Vec::new(), |b| Uint8Array::new(&b).to_vec());
            self.send(Event::ProjectChosen { bytes });
        });
    }

    fn desk(self) -> Rc<RefCell<Desk>> {
        self.desk.get_value()
    }

    fn perform(self, command: Command) {
        match command {
            Command::Adopt { file, place } => {
                let desk = self.desk();
                let mut desk = desk.borrow_mut();
                if let Some(chosen) = desk.chosen.get(place).cloned() {
                    desk.keep(file, chosen);
                }
            }
            Command::Share { file, of } => {
                let desk = self.desk();
                let mut desk = desk.borrow_mut();
                if let Some(shared) = desk.file(of).cloned() {
                    desk.keep(file, shared);
                }
            }
            Command::Forget(number) => {
                let desk = self.desk();
                desk.borrow_mut().files.retain(|(own, _)| *own != number);
            }
            Command::Post { job, message, file } => self.post(job, message, file),
            Command::Restart => self.restart(),
            Command::ReadWorkbook {
                book,
                text,
                sheet,
                may_load,
            } => self.read_workbook(book, text, sheet.as_ref(), may_load),
            Command::StopReading => {
                let _ = provided("stopReading", &Array::new());
            }
            Command::Download(file) => download(&file),
            Command::Choose(file) => {
                if let Some(file) = browser_file(&file) {
                    self.choose(vec![file]);
                }
            }
            Command::Mark(name) => {
                if let Some(clock) = window().performance() {
                    // A mark that cannot be set is a measurement less and nothing else.
                    let _ = clock.mark(name);
                }
            }
        }
    }

    fn read_workbook(
        self,
        book: FileNumber,
        text: FileNumber,
        sheet: Option<&String>,
        may_load: bool,
    ) {
        let desk = self.desk();
        let question = protocol::to_bytes(&sheet);
        let (letter, _) = envelope::seal(&question, desk.borrow().file(book));
        let promise = provided("readWorkbook", &Array::of2(&letter, &may_load.into()));
        leptos::task::spawn_local(async move {
            let heard = wasm_bindgen_futures::JsFuture::from(Promise::resolve(&promise)).await;
            let heard = heard.unwrap_or_default();
            let result = match envelope::unseal(&heard) {
                Some((bytes, file)) => {
                    let n_bytes = file.as_ref().map_or(0.0, |file| file.size()) as u64;
                    if let Some(file) = file {
                        desk.borrow_mut().keep(text, file);
                    }
                    let sheets = protocol::from_bytes(&bytes);
                    let sheets = sheets.unwrap_or(Err(WorkbookProblem::ReaderLost));
                    sheets.map(|sheets| (sheets, n_bytes))
                }
                None if heard == "missing" => Err(WorkbookProblem::ReaderMissing),
                None => Err(WorkbookProblem::ReaderLost),
            };
            self.send(Event::WorkbookRead { text, result });
        });
    }

    fn post(self, job: JobId, message: ToWorker, file: Option<FileNumber>) {
        let desk = self.desk();
        let mut desk = desk.borrow_mut();
        if desk.is_ready {
            desk.deliver(job, message, file);
        } else {
            desk.outbox.push((job, message, file));
        }
    }

    fn restart(self) {
        let desk = self.desk();
        {
            let mut desk = desk.borrow_mut();
            desk.line = None;
            desk.is_ready = false;
            desk.outbox.clear();
        }
        match self.spawn() {
            Some(line) => desk.borrow_mut().line = Some(line),
            None => self.send(Event::EngineDied),
        }
    }

    fn spawn(self) -> Option<Line> {
        let worker = spawn_worker()?;
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            self.hear(&event);
        });
        let die = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            self.send(Event::EngineDied);
        });
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(die.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(die.as_ref().unchecked_ref()));
        Some(Line {
            worker,
            _hear: hear,
            _die: die,
        })
    }

    fn hear(self, event: &MessageEvent) {
        let unknown = || FromWorker::Ready {
            build: String::new(),
        };
        let heard = envelope::unseal(&event.data())
            .and_then(|(bytes, _)| protocol::from_bytes(&bytes))
            .unwrap_or_else(unknown);
        if matches!(heard, FromWorker::Ready { .. }) {
            self.desk().borrow_mut().open_line();
        }
        self.send(Event::Heard(Box::new(heard)));
    }
}

impl Desk {
    /// Holds the handle of a file in the place of any other of its number.
    fn keep(&mut self, number: FileNumber, file: File) {
        self.files.retain(|(own, _)| *own != number);
        self.files.push((number, file));
    }

    fn file(&self, number: FileNumber) -> Option<&File> {
        let mut files = self.files.iter();
        let found = files.find(|(own, _)| *own == number);
        found.map(|(_, file)| file)
    }

    fn open_line(&mut self) {
        self.is_ready = true;
        for (job, message, file) in std::mem::take(&mut self.outbox) {
            self.deliver(job, message, file);
        }
    }

    fn deliver(&self, job: JobId, message: ToWorker, file: Option<FileNumber>) {
        let Some(line) = &self.line else {
            return;
        };
        let file = file.and_then(|number| self.file(number));
        let (envelope, transfer) = envelope::seal(&protocol::to_bytes(&(job, message)), file);
        // Refused only for values that cannot be cloned; bytes and files can.
        let _ = line.worker.post_message_with_transfer(&envelope, &transfer);
    }
}

/// A worker that the page's policy binds, as the boot script provides it.
fn spawn_worker() -> Option<Worker> {
    provided("spawn", &Array::new()).dyn_into().ok()
}

/// What a function of the boot script answers; `undefined` where it fails.
fn provided(name: &str, arguments: &Array) -> JsValue {
    let call = || {
        let provided = Reflect::get(&js_sys::global(), &JsValue::from_str("gyeol")).ok()?;
        let function = Reflect::get(&provided, &JsValue::from_str(name)).ok()?;
        let function = function.dyn_into::<Function>().ok()?;
        function.apply(&provided, arguments).ok()
    };
    call().unwrap_or_default()
}

fn is_project(file: &File) -> bool {
    file.name().to_ascii_lowercase().ends_with(".json") && file.size() <= MAX_PROJECT_BYTES
}

fn browser_file(file: &export::File) -> Option<File> {
    let parts = Array::of1(&Uint8Array::from(file.bytes.as_slice()));
    let options = FilePropertyBag::new();
    options.set_type(&file.mime);
    File::new_with_u8_array_sequence_and_options(&parts, &file.name, &options).ok()
}

/// Gives the person the file.
pub fn download(file: &export::File) {
    let parts = Array::of1(&Uint8Array::from(file.bytes.as_slice()));
    let options = BlobPropertyBag::new();
    options.set_type(&file.mime);
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        save(&blob, &file.name);
    }
}

/// Gives the person `blob` as a file.
pub fn save(blob: &Blob, file_name: &str) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let link = document().create_element("a").ok();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(file_name);
        link.click();
    }
    // The browser has taken the file once the click is over; the address is let go a little later for those that have not.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
}

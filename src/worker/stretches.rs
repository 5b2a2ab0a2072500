//! A large file read with helpers: workers of the same program that share no memory with this one. Each reads a stretch
//! and hands over its columns; this one reads the first stretch, joins theirs and reads what was of no use itself.
//!
//! A helper is started from the module in memory, so that there is no request, and ends with this worker.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, File, MessageEvent, Worker};

use super::source::bytes_of;
use crate::data::{Dialect, ImportError, Known, Mapping, Stretch};
use crate::engine::stretches::WINDOW;
use crate::envelope;
use crate::protocol;

/// What a helper is asked: how its file was looked at and is read, and which bytes are its own.
pub(super) type Question = (Option<Dialect>, Mapping, u64, u64);

/// A worker that reads a stretch. It ends when this is dropped.
pub(super) struct Helper {
    worker: Worker,
    heard: Rc<Heard>,
    _hear: Closure<dyn FnMut(MessageEvent)>,
    _die: Closure<dyn FnMut(Event)>,
}

/// What a helper has said.
#[derive(Default)]
struct Heard {
    n_bytes: Cell<f64>,
    n_rows: Cell<f64>,
    is_done: Cell<bool>,
    pieces: Cell<Option<Array>>,
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Helper {
    /// Has the bytes in `range` of `file` read; `None` where the browser starts no worker.
    pub(super) fn of(
        file: &File,
        dialect: Option<Dialect>,
        mapping: &Mapping,
        range: &Range<u64>,
    ) -> Option<Self> {
        let worker = spawn()?;
        let heard = Rc::new(Heard::default());
        let (own, other) = (Rc::clone(&heard), Rc::clone(&heard));
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            own.note(&event.data());
        });
        // What it did not read is read by this worker.
        let die = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            other.is_done.set(true);
        });
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(die.as_ref().unchecked_ref()));
        let question: Question = (dialect, mapping.clone(), range.start, range.end);
        let (letter, transfer) = envelope::seal(&protocol::to_bytes(&question), Some(file));
        let posted = worker.post_message_with_transfer(&letter, &transfer);
        posted.ok()?;
        Some(Self {
            worker,
            heard,
            _hear: hear,
            _die: die,
        })
    }

    /// Bytes and rows so far.
    pub(super) fn progress(&self) -> (u64, u64) {
        let Heard {
            n_bytes, n_rows, ..
        } = &*self.heard;
        (n_bytes.get() as u64, n_rows.get() as u64)
    }

    /// Whether nothing more will come of it.
    pub(super) fn is_done(&self) -> bool {
        self.heard.is_done.get()
    }

    /// What it has read, once it is done; `None` where that is of no use.
    pub(super) fn stretch(self, known: &Known) -> Option<Stretch> {
        let pieces = self.heard.pieces.take()?;
        drop(self);
        Stretch::unpack(known, || {
            let piece = pieces.shift().dyn_into::<Uint8Array>().ok()?;
            Some(piece.to_vec())
        })
    }
}

impl Heard {
    /// A helper says how far it is, two numbers; in the end the pieces of its stretch, in an array of their own, or
    /// that there are none.
    fn note(&self, posted: &JsValue) {
        let said = posted
            .dyn_ref::<Array>()
            .map(|said| (said.get(0), said.get(1)));
        match said {
            Some((n_bytes, n_rows)) if n_bytes.as_f64().is_some() => {
                self.n_bytes.set(n_bytes.as_f64().unwrap_or_default());
                self.n_rows.set(n_rows.as_f64().unwrap_or_default());
            }
            Some((pieces, _)) => {
                self.pieces.set(pieces.dyn_into().ok());
                self.is_done.set(true);
            }
            None => self.is_done.set(true),
        }
    }
}

/// Where rows begin behind `cuts`, as far as that can be guessed.
///
/// # Errors
/// A file that cannot be read.
pub(super) async fn starts(
    file: &File,
    known: &Known,
    cuts: Vec<u64>,
) -> Result<Vec<u64>, ImportError> {
    let mut starts = Vec::new();
    for cut in cuts {
        let window = bytes_of(file, cut, WINDOW).await?;
        starts.extend(known.start_in(&window).map(|start| cut + start as u64));
    }
    Ok(starts)
}

/// A worker of the same program, as the boot script provides it.
fn spawn() -> Option<Worker> {
    let helper = provided("helper")?.dyn_into::<Function>().ok()?;
    helper.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()
}

/// Cores that may read a file: those that the browser says there are but one, which it needs to hand the file over.
pub(super) fn n_free_cores() -> usize {
    let n_cores = provided("cores").and_then(|cores| cores.as_f64());
    (n_cores.unwrap_or(1.0) as usize).saturating_sub(1)
}

fn provided(name: &str) -> Option<JsValue> {
    let gyeol = Reflect::get(&js_sys::global(), &JsValue::from_str("gyeol")).ok()?;
    Reflect::get(&gyeol, &JsValue::from_str(name)).ok()
}

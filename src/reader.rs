//! The reader of workbooks in its own Web Worker: a file and the name of a sheet in, its sheets and a file of text out.
//!
//! All reading is in `crate::workbook`. It answers one question and is then ended by the page, which gives its memory
//! back. Nothing is ever printed: a panic, or memory that does not suffice, ends the worker, which the page hears.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::data::WorkbookProblem;
use crate::workbook::{self, Sheets};
use crate::{envelope, protocol};

/// Starts the reader: from here on a question is heard.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let own = scope.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        wasm_bindgen_futures::spawn_local(answer(own.clone(), event));
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
}

async fn answer(scope: DedicatedWorkerGlobalScope, event: MessageEvent) {
    let question = envelope::unseal(&event.data());
    let Some((bytes, Some(file))) = question else {
        return;
    };
    let sheet: Option<String> = protocol::from_bytes(&bytes).unwrap_or_default();
    let read = read(&file, sheet.as_deref()).await;
    let (sheets, text) = match read {
        Ok((sheets, text)) => (Ok(sheets), Some(text)),
        Err(problem) => (Err(problem), None),
    };
    let (envelope, transfer) = envelope::seal(&protocol::to_bytes(&sheets), text.as_ref());
    // Refused only for values that cannot be cloned; bytes and files can.
    let _ = scope.post_message_with_transfer(&envelope, &transfer);
}

async fn read(file: &File, sheet: Option<&str>) -> Result<(Sheets, File), WorkbookProblem> {
    workbook::check_size(file.size() as u64)?;
    let buffer = JsFuture::from(file.array_buffer()).await;
    let bytes = Uint8Array::new(&buffer.map_err(|_| WorkbookProblem::Damaged)?).to_vec();
    let (sheets, text) = workbook::read(&bytes, sheet)?;
    let parts = Array::of1(&Uint8Array::from(text.as_slice()));
    let text = File::new_with_u8_array_sequence(&parts, &file.name());
    Ok((sheets, text.map_err(|_| WorkbookProblem::ReaderLost)?))
}

//! The envelope of a message between page and engine: a JavaScript array `[Uint8Array, File?]`.
//!
//! The buffer is transferred and the file is a handle, so that nothing large is ever copied between the two.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// The array to post, and the list of what is transferred with it.
pub fn seal(bytes: &[u8], file: Option<&File>) -> (Array, Array) {
    let content = Uint8Array::from(bytes);
    let transfer = Array::of1(&content.buffer());
    let envelope = Array::of1(&content);
    if let Some(file) = file {
        envelope.push(file);
    }
    (envelope, transfer)
}

/// The bytes and the handle of a posted array; `None` for anything else.
pub fn unseal(posted: &JsValue) -> Option<(Vec<u8>, Option<File>)> {
    let envelope = posted.dyn_ref::<Array>()?;
    let bytes = envelope.get(0).dyn_into::<Uint8Array>().ok()?;
    Some((bytes.to_vec(), envelope.get(1).dyn_into().ok()))
}

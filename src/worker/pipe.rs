//! A stream of bytes with the next piece already on its way.
//!
//! Where the browser can, every piece is written into the same buffer, which goes to it and comes back; elsewhere each
//! piece is memory of its own, which costs time and stays until the browser clears it away.
//! (`ReadableStreamBYOBReader`, Streams Standard, section 4.5.)

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader};

/// As much as Chromium holds ready of a file.
const BUFFER_BYTES: u32 = 2 << 20;

/// A stream that is being read.
pub(super) struct Pipe {
    reader: Reader,
    next: Promise,
}

enum Reader {
    /// Writes into the buffer that it is given.
    Filling(ReadableStreamByobReader),
    Giving(ReadableStreamDefaultReader),
}

impl Pipe {
    /// Starts to read `stream`.
    ///
    /// # Errors
    /// What the browser says where somebody else reads it.
    pub(super) fn of(stream: &ReadableStream) -> Result<Self, JsValue> {
        let reader = match ReadableStreamByobReader::new(stream) {
            Ok(reader) => Reader::Filling(reader),
            Err(_) => Reader::Giving(ReadableStreamDefaultReader::new(stream)?),
        };
        let next = match &reader {
            Reader::Filling(reader) => {
                reader.read_with_array_buffer_view(&Uint8Array::new_with_length(BUFFER_BYTES))
            }
            Reader::Giving(reader) => reader.read(),
        };
        Ok(Self { reader, next })
    }

    /// Puts the next piece into `chunk` and asks for the one behind it; `false` at the end of the stream.
    ///
    /// # Errors
    /// Why the stream broke off, as the browser says it; asked again, it says the same.
    pub(super) async fn next(&mut self, chunk: &mut Vec<u8>) -> Result<bool, JsValue> {
        let result = JsFuture::from(self.next.clone()).await?;
        let value = Reflect::get(&result, &JsValue::from_str("value"))?;
        let is_done = Reflect::get(&result, &JsValue::from_str("done"))?.is_truthy();
        let Some(bytes) = value.dyn_ref::<Uint8Array>().filter(|_| !is_done) else {
            return Ok(false);
        };
        match &self.reader {
            Reader::Filling(reader) => {
                take(bytes, chunk);
                let buffer = Uint8Array::new(&bytes.buffer());
                self.next = reader.read_with_array_buffer_view(&buffer);
            }
            Reader::Giving(reader) => {
                self.next = reader.read();
                take(bytes, chunk);
            }
        }
        Ok(true)
    }

    /// Lets the browser stop; the promise that it has.
    pub(super) fn cancel(&self) -> Promise {
        match &self.reader {
            Reader::Filling(reader) => reader.cancel(),
            Reader::Giving(reader) => reader.cancel(),
        }
    }
}

fn take(bytes: &Uint8Array, chunk: &mut Vec<u8>) {
    chunk.resize(bytes.length() as usize, 0);
    bytes.copy_to(chunk);
}

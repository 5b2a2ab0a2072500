//! A file as a source of bytes: its head, and its chunks with the next one already on its way.
//!
//! Reading ahead lets the browser fetch while the engine parses. A file that was changed, moved or cut short
//! meanwhile is [`ImportError::Unreadable`].

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ReadableStreamDefaultReader};

use crate::data::ImportError;

/// The first `length` bytes of `file`, or all of it.
///
/// # Errors
/// [`ImportError::Unreadable`].
pub(super) async fn head(file: &File, length: u64) -> Result<Vec<u8>, ImportError> {
    let unreadable = |_: JsValue| ImportError::Unreadable { after: 0 };
    let slice = file
        .slice_with_f64_and_f64(0.0, length as f64)
        .map_err(unreadable)?;
    let buffer = JsFuture::from(slice.array_buffer())
        .await
        .map_err(unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The chunks of a file.
pub(super) struct Chunks {
    reader: ReadableStreamDefaultReader,
    next: Promise,
    chunk: Vec<u8>,
    n_read: u64,
    n_bytes: u64,
}

impl Chunks {
    /// Starts to read `file`.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`].
    pub(super) fn of(file: &File) -> Result<Self, ImportError> {
        let reader = ReadableStreamDefaultReader::new(&file.stream())
            .map_err(|_| ImportError::Unreadable { after: 0 })?;
        Ok(Self {
            next: reader.read(),
            reader,
            chunk: Vec::new(),
            n_read: 0,
            n_bytes: file.size() as u64,
        })
    }

    /// The next chunk; `None` at the end of the file.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`].
    pub(super) async fn next(&mut self) -> Result<Option<&[u8]>, ImportError> {
        let unreadable = ImportError::Unreadable { after: self.n_read };
        let Ok(result) = JsFuture::from(self.next.clone()).await else {
            return Err(unreadable);
        };
        let value = Reflect::get(&result, &JsValue::from_str("value")).unwrap_or_default();
        let Ok(bytes) = value.dyn_into::<Uint8Array>() else {
            let is_whole = self.n_read == self.n_bytes;
            return if is_whole { Ok(None) } else { Err(unreadable) };
        };
        self.next = self.reader.read();
        self.n_read += u64::from(bytes.length());
        self.chunk.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut self.chunk);
        Ok(Some(&self.chunk))
    }

    /// Bytes that were handed out.
    pub(super) const fn n_read(&self) -> u64 {
        self.n_read
    }

    /// Bytes of the file when it was chosen.
    pub(super) const fn n_bytes(&self) -> u64 {
        self.n_bytes
    }
}

//! Packed text by the browser's own unpacker: a stream of text that is fed from the file piece by piece.
//!
//! Pieces are small, so that what unpacks from one is bounded even where it unpacks a thousandfold.
//! Gzip files that were joined into one are unpacked one after the other: where one may start, its first byte is given
//! alone. An unpacker takes bytes only when all that it made before has been read, so that refusing it loses nothing.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, ReadableStream, ReadableStreamDefaultReader, WritableStream, WritableStreamDefaultWriter,
};

use super::decode::decoder;
use super::source::bytes_of;
use crate::data::{ImportError, PackedProblem};
use crate::packed::{self, Entry, Method, PART_HEAD_BYTES, Packed, Place, TAIL_BYTES, Text};

/// Bytes that are given to the unpacker at once.
const PIECE_BYTES: usize = 16 << 10;

/// What a file is.
pub(super) enum Found {
    /// Not packed.
    Plain,
    /// One text.
    Packed(Packed),
    /// An archive of several.
    Texts(Vec<Text>),
}

/// Looks whether a file is packed text.
///
/// # Errors
/// A file that cannot be read, or an archive that is damaged.
pub(super) async fn find(file: &File) -> Result<Found, ImportError> {
    let n_bytes = file.size() as u64;
    let head = bytes_of(file, 0, 4).await?;
    if let Some(packed) = packed::gzip(&head, n_bytes) {
        return Ok(Found::Packed(packed));
    }
    if !packed::is_archive(&head) {
        return Ok(Found::Plain);
    }
    let tail = bytes_of(file, n_bytes.saturating_sub(TAIL_BYTES), TAIL_BYTES).await?;
    // Without a directory it may still be a workbook that is cut short: its reader says so.
    let Ok(Place { start, n_bytes }) = packed::directory(&tail, n_bytes) else {
        return Ok(Found::Plain);
    };
    let texts = packed::texts_of(&bytes_of(file, start, n_bytes).await?, decoder)?;
    match texts.as_slice() {
        [] => Ok(Found::Plain),
        [only] => Ok(Found::Packed(part(file, only.entry).await?)),
        _ => Ok(Found::Texts(texts)),
    }
}

/// Where the bytes of a text of an archive are.
///
/// # Errors
/// A file that cannot be read, or an archive that is damaged.
pub(super) async fn part(file: &File, entry: Entry) -> Result<Packed, ImportError> {
    let head = bytes_of(file, entry.start, PART_HEAD_BYTES).await?;
    Ok(entry.packed(&head)?)
}

/// How far the feeding of the unpacker is.
#[derive(Debug, Default)]
pub(super) struct Fed {
    /// Packed bytes that were read.
    pub(super) n_bytes: Cell<u64>,
    /// The file could not be read.
    pub(super) is_unreadable: Cell<bool>,
    /// Where in the file the bytes start that were fed last, where they may be another gzip file that was joined to the
    /// one before: refused, they are.
    pub(super) joined: Cell<Option<u64>>,
}

/// The text of `file` as a stream, which is fed for as long as it is read; nothing feeds text that is stored as it is.
///
/// # Errors
/// [`ImportError::Unreadable`]; [`PackedProblem::Unsupported`] where the browser lacks the way of unpacking.
pub(super) fn stream(
    file: &File,
    packed: Packed,
) -> Result<(ReadableStream, Option<Rc<Fed>>), ImportError> {
    let (start, end) = (packed.start as f64, (packed.start + packed.n_bytes) as f64);
    let content = file
        .slice_with_f64_and_f64(start, end)
        .map_err(|_| ImportError::Unreadable { after: 0 })?
        .stream();
    let format = match packed.method {
        Method::Gzip => "gzip",
        Method::Deflate => "deflate-raw",
        Method::Stored => return Ok((content, None)),
    };
    let unsupported = |_: JsValue| ImportError::from(PackedProblem::Unsupported);
    let (writable, readable) = unpacker(format).map_err(unsupported)?;
    let reader = ReadableStreamDefaultReader::new(&content).map_err(unsupported)?;
    let writer = writable.get_writer().map_err(unsupported)?;
    let fed = Rc::<Fed>::default();
    let feeding = Feeding {
        writer,
        fed: Rc::clone(&fed),
        start: packed.start,
        is_gzip: packed.method == Method::Gzip,
    };
    wasm_bindgen_futures::spawn_local(feeding.feed(reader));
    Ok((readable, Some(fed)))
}

/// Both ends of a `DecompressionStream`, which `web-sys` does not name yet.
fn unpacker(format: &str) -> Result<(WritableStream, ReadableStream), JsValue> {
    let class = Reflect::get(&js_sys::global(), &"DecompressionStream".into())?;
    let class: Function = class.dyn_into()?;
    let unpacker = Reflect::construct(&class, &Array::of1(&format.into()))?;
    let writable = Reflect::get(&unpacker, &"writable".into())?;
    let readable = Reflect::get(&unpacker, &"readable".into())?;
    Ok((writable.dyn_into()?, readable.dyn_into()?))
}

/// The feeding of one unpacker.
struct Feeding {
    writer: WritableStreamDefaultWriter,
    fed: Rc<Fed>,
    /// Where in the file the bytes that are fed start.
    start: u64,
    is_gzip: bool,
}

impl Feeding {
    /// Ends with the file, or when nobody reads the text any more. The reader of the text hears of each failure.
    async fn feed(self, reader: ReadableStreamDefaultReader) {
        let mut bytes = Vec::new();
        let mut position = self.start;
        loop {
            let Ok(result) = JsFuture::from(reader.read()).await else {
                self.fed.is_unreadable.set(true);
                let _ = JsFuture::from(self.writer.abort()).await;
                return;
            };
            let value = Reflect::get(&result, &JsValue::from_str("value")).unwrap_or_default();
            let chunk = value.dyn_into::<Uint8Array>().ok();
            let at_end = chunk.is_none();
            if let Some(chunk) = chunk {
                bytes.append(&mut chunk.to_vec());
            }
            let Some(n_fed) = self.feed_all(&bytes, position, at_end).await else {
                let _ = JsFuture::from(reader.cancel()).await;
                return;
            };
            if at_end {
                let _ = JsFuture::from(self.writer.close()).await;
                return;
            }
            bytes.drain(..n_fed);
            position += n_fed as u64;
        }
    }

    /// Feeds what of `bytes` can be told apart and says how much that was; `None` where the unpacker refuses it.
    async fn feed_all(&self, bytes: &[u8], position: u64, at_end: bool) -> Option<usize> {
        let mut n_fed = 0;
        while let Some(rest) = bytes.get(n_fed..).filter(|rest| !rest.is_empty()) {
            let at = position + n_fed as u64;
            // The first byte is the start of this file and not of another.
            let is_own = at == self.start;
            let piece = match self.is_gzip && !is_own {
                true => packed::gzip_piece(rest, at_end),
                false => Some(if is_own { 1 } else { rest.len() }),
            };
            let Some(n_bytes) = piece.map(|n_bytes| n_bytes.min(PIECE_BYTES)) else {
                break;
            };
            let may_be_joined = n_bytes == 1 && self.is_gzip && !is_own;
            self.fed.joined.set(may_be_joined.then_some(at));
            self.fed
                .n_bytes
                .set(self.fed.n_bytes.get() + n_bytes as u64);
            let piece = Uint8Array::from(&rest[..n_bytes]);
            JsFuture::from(self.writer.write_with_chunk(&piece))
                .await
                .ok()?;
            self.fed.joined.set(None);
            n_fed += n_bytes;
        }
        Some(n_fed)
    }
}

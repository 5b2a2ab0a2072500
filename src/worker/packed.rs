//! Packed text by the browser's own unpacker: a stream of text that is fed from the file piece by piece.
//!
//! Pieces are small, so that what unpacks from one is bounded even where it unpacks a thousandfold.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, ReadableStream, ReadableStreamDefaultReader, WritableStream, WritableStreamDefaultWriter,
};

use super::source::bytes_of;
use crate::data::{ImportError, PackedProblem};
use crate::packed::{self, Entry, Method, PART_HEAD_BYTES, Packed, Place, TAIL_BYTES};

/// Bytes that are given to the unpacker at once.
const PIECE_BYTES: u32 = 16 << 10;

/// Where the text of a gzip file or an archive is; `None` for anything else.
///
/// # Errors
/// A file that cannot be read, or an archive that is damaged.
pub(super) async fn find(file: &File) -> Result<Option<Packed>, ImportError> {
    let n_bytes = file.size() as u64;
    let head = bytes_of(file, 0, 4).await?;
    if let Some(packed) = packed::gzip(&head, n_bytes) {
        return Ok(Some(packed));
    }
    if !packed::is_archive(&head) {
        return Ok(None);
    }
    let tail = bytes_of(file, n_bytes.saturating_sub(TAIL_BYTES), TAIL_BYTES).await?;
    // Without a directory it may still be a workbook that is cut short: its reader says so.
    let Ok(Place { start, n_bytes }) = packed::directory(&tail, n_bytes) else {
        return Ok(None);
    };
    let entry: Option<Entry> = packed::text_of(&bytes_of(file, start, n_bytes).await?)?;
    let Some(entry) = entry else {
        return Ok(None);
    };
    let head = bytes_of(file, entry.start, PART_HEAD_BYTES).await?;
    Ok(Some(entry.packed(&head)?))
}

/// How far the feeding of the unpacker is.
#[derive(Debug, Default)]
pub(super) struct Fed {
    /// Packed bytes that were read.
    pub(super) n_bytes: Cell<u64>,
    /// The file could not be read.
    pub(super) is_unreadable: Cell<bool>,
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
    wasm_bindgen_futures::spawn_local(feed(reader, writer, Rc::clone(&fed)));
    Ok((readable, Some(fed)))
}

/// Why the unpacker refused what it was fed last: the start of another gzip file, or damage.
pub(super) async fn refusal(file: &File, method: Method, fed: &Fed) -> PackedProblem {
    let end = fed.n_bytes.get() + 3;
    // The file's own first byte is not the start of another.
    let start = end.saturating_sub(u64::from(PIECE_BYTES) + 3).max(1);
    let last = bytes_of(file, start, end - start).await;
    let is_joined = last.is_ok_and(|bytes| packed::has_gzip_start(&bytes));
    match method {
        Method::Gzip if is_joined => PackedProblem::Joined,
        _ => PackedProblem::Damaged,
    }
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

/// Ends with the file, or when nobody reads the text any more. The reader of the text hears of each failure.
async fn feed(
    reader: ReadableStreamDefaultReader,
    writer: WritableStreamDefaultWriter,
    fed: Rc<Fed>,
) {
    loop {
        let Ok(result) = JsFuture::from(reader.read()).await else {
            fed.is_unreadable.set(true);
            let _ = JsFuture::from(writer.abort()).await;
            return;
        };
        let value = Reflect::get(&result, &JsValue::from_str("value")).unwrap_or_default();
        let Ok(bytes) = value.dyn_into::<Uint8Array>() else {
            let _ = JsFuture::from(writer.close()).await;
            return;
        };
        for start in (0..bytes.length()).step_by(PIECE_BYTES as usize) {
            let end = bytes.length().min(start + PIECE_BYTES);
            fed.n_bytes.set(fed.n_bytes.get() + u64::from(end - start));
            let piece = bytes.subarray(start, end);
            if JsFuture::from(writer.write_with_chunk(&piece))
                .await
                .is_err()
            {
                let _ = JsFuture::from(reader.cancel()).await;
                return;
            }
        }
    }
}

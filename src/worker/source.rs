//! A file as a source of bytes: its head, and its chunks with the next one already on its way. Packed text is
//! unpacked on the way.
//!
//! Reading ahead lets the browser fetch while the engine parses. A file that was changed, moved or cut short
//! meanwhile is [`ImportError::Unreadable`].

use std::ops::Range;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ReadableStream};

use super::packed::{self, Fed};
use super::pipe::Pipe;
use crate::data::{ImportError, PackedProblem};
use crate::packed::{Entry, Packed, Text, check_ratio, size_of_text};

/// A file, and where its text is if it is packed.
#[derive(Clone)]
pub(super) struct Source {
    file: File,
    packed: Option<Packed>,
}

/// What a file is.
pub(super) enum Found {
    /// One text.
    Source(Source),
    /// An archive of several.
    Texts(Vec<Text>),
}

impl Source {
    /// Looks whether `file` is packed; of an archive the text `entry`, if one is named.
    ///
    /// # Errors
    /// A file that cannot be read, or an archive that is damaged.
    pub(super) async fn find(file: File, entry: Option<Entry>) -> Result<Found, ImportError> {
        let packed = match entry {
            Some(entry) => Some(packed::part(&file, entry).await?),
            None => match packed::find(&file).await? {
                packed::Found::Texts(texts) => return Ok(Found::Texts(texts)),
                packed::Found::Packed(packed) => Some(packed),
                packed::Found::Plain => None,
            },
        };
        Ok(Found::Source(Self { file, packed }))
    }

    /// A file that is known to be the text itself.
    pub(super) const fn of_text(file: File) -> Self {
        Self { file, packed: None }
    }

    /// Bytes that will be read.
    pub(super) fn n_bytes(&self) -> u64 {
        let packed = self.packed.map(|packed| packed.n_bytes);
        packed.unwrap_or(self.file.size() as u64)
    }

    /// The file, where its bytes are the text itself.
    pub(super) const fn text(&self) -> Option<&File> {
        match self.packed {
            None => Some(&self.file),
            Some(_) => None,
        }
    }

    /// The first `length` bytes of the text, or all of it, and the size of the text as far as it shows.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`], or text that cannot be unpacked.
    pub(super) async fn head(&self, length: u64) -> Result<(Vec<u8>, u64), ImportError> {
        let n_bytes = self.file.size() as u64;
        if self.packed.is_none() {
            return Ok((bytes_of(&self.file, 0, length).await?, n_bytes));
        }
        let mut head = Vec::new();
        let mut chunks = Chunks::of(self)?;
        while (head.len() as u64) < length {
            let Some(chunk) = chunks.next().await? else {
                break;
            };
            head.extend_from_slice(chunk);
        }
        let is_whole = (head.len() as u64) < length;
        head.truncate(length as usize);
        let n_bytes = size_of_text(&head, is_whole, n_bytes);
        Ok((head, n_bytes))
    }
}

/// `length` bytes of `file` from `start` on, or as many as there are.
///
/// # Errors
/// [`ImportError::Unreadable`].
pub(super) async fn bytes_of(file: &File, start: u64, length: u64) -> Result<Vec<u8>, ImportError> {
    let unreadable = |_: JsValue| ImportError::Unreadable { after: 0 };
    let slice = file
        .slice_with_f64_and_f64(start as f64, (start + length) as f64)
        .map_err(unreadable)?;
    let buffer = JsFuture::from(slice.array_buffer())
        .await
        .map_err(unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The chunks of a file.
pub(super) struct Chunks {
    pipe: Pipe,
    chunk: Vec<u8>,
    n_read: u64,
    n_bytes: u64,
    source: Source,
    /// Of text that is unpacked: how much of the file was read.
    fed: Option<Rc<Fed>>,
}

impl Chunks {
    /// Starts to read `source`.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`], or text that cannot be unpacked.
    pub(super) fn of(source: &Source) -> Result<Self, ImportError> {
        let (stream, fed) = match source.packed {
            Some(packed) => packed::stream(&source.file, packed)?,
            None => (source.file.stream(), None),
        };
        Self::from(source, (stream, fed), source.n_bytes())
    }

    /// Starts to read the bytes in `range` of `source`, which is not packed.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`].
    pub(super) fn within(source: &Source, range: Range<u64>) -> Result<Self, ImportError> {
        let (start, end) = (range.start as f64, range.end as f64);
        let slice = source.file.slice_with_f64_and_f64(start, end);
        let slice = slice.map_err(|_| ImportError::Unreadable { after: range.start })?;
        Self::from(source, (slice.stream(), None), range.end - range.start)
    }

    fn from(
        source: &Source,
        (stream, fed): (ReadableStream, Option<Rc<Fed>>),
        n_bytes: u64,
    ) -> Result<Self, ImportError> {
        Ok(Self {
            pipe: pipe_of(&stream)?,
            chunk: Vec::new(),
            n_read: 0,
            n_bytes,
            source: source.clone(),
            fed,
        })
    }

    /// The next chunk; `None` at the end of the file.
    ///
    /// # Errors
    /// [`ImportError::Unreadable`], or text that cannot be unpacked.
    pub(super) async fn next(&mut self) -> Result<Option<&[u8]>, ImportError> {
        let is_more = loop {
            match self.pipe.next(&mut self.chunk).await {
                Ok(is_more) => break is_more,
                Err(_) if self.go_on()? => {}
                Err(_) => return Err(self.broken()),
            }
        };
        if !is_more {
            // An unpacker knows the end of its text by itself.
            return match self.fed.is_some() || self.n_read == self.n_bytes {
                true => Ok(None),
                false if self.source.packed.is_some() => Err(PackedProblem::Damaged.into()),
                false => Err(self.broken()),
            };
        }
        self.n_read += self.chunk.len() as u64;
        if self.fed.is_some() {
            check_ratio(self.n_read(), self.n_read)?;
        }
        Ok(Some(&self.chunk))
    }

    /// Where the unpacker refused the start of a gzip file that was joined to the one before, that is unpacked next.
    fn go_on(&mut self) -> Result<bool, ImportError> {
        let (Some(fed), Some(packed)) = (&self.fed, self.source.packed) else {
            return Ok(false);
        };
        let start = fed.joined.take().filter(|_| !fed.is_unreadable.get());
        let Some(start) = start else {
            return Ok(false);
        };
        let rest = Packed {
            start,
            n_bytes: packed.start + packed.n_bytes - start,
            ..packed
        };
        let (stream, next) = packed::stream(&self.source.file, rest)?;
        if let Some(next) = &next {
            next.n_bytes.set(start - packed.start);
        }
        self.fed = next;
        self.pipe = pipe_of(&stream)?;
        Ok(true)
    }

    /// Why the stream failed: the file, or what is packed in it.
    fn broken(&self) -> ImportError {
        match &self.fed {
            Some(fed) if !fed.is_unreadable.get() => PackedProblem::Damaged.into(),
            _ => ImportError::Unreadable {
                after: self.n_read(),
            },
        }
    }

    /// Bytes of the file that were read.
    pub(super) fn n_read(&self) -> u64 {
        let fed = self.fed.as_ref();
        fed.map_or(self.n_read, |fed| fed.n_bytes.get())
    }

    /// Bytes of the file when it was chosen; of an archive those of the text.
    pub(super) const fn n_bytes(&self) -> u64 {
        self.n_bytes
    }
}

fn pipe_of(stream: &ReadableStream) -> Result<Pipe, ImportError> {
    Pipe::of(stream).map_err(|_| ImportError::Unreadable { after: 0 })
}

/// Text that nobody reads to its end must not be unpacked further.
impl Drop for Chunks {
    fn drop(&mut self) {
        if self.source.packed.is_some() {
            let cancelled = JsFuture::from(self.pipe.cancel());
            wasm_bindgen_futures::spawn_local(async move {
                // A stream that has failed is over in any case.
                let _ = cancelled.await;
            });
        }
    }
}

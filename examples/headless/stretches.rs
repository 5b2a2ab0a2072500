//! A large file of text read by several threads, each a stretch of it.
//!
//! What does not fit together is read again by the first thread, so that the result and every error are those of one.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::thread;

use gyeol::data::{ImportError, Importer, Known, Stretch};
use gyeol::engine::HEAD_BYTES;
use gyeol::engine::stretches::{WINDOW, cuts};

const CHUNK_BYTES: usize = 1 << 20;

/// Feeds `importer` the file of `n_bytes` bytes at `path`, with the help of other threads if there are `n_threads`; how many
/// stretches these have read.
///
/// # Errors
/// A file that cannot be read, or as [`Importer::feed`].
pub(crate) fn read(
    path: &Path,
    n_bytes: u64,
    n_threads: usize,
    importer: &mut Importer,
) -> Result<usize, ImportError> {
    let n_head = HEAD_BYTES.min(n_bytes);
    feed(path, 0, n_head, |bytes| importer.feed(bytes))?;
    let known = importer.known();
    let starts = match &known {
        Some(known) => starts(path, known, cuts(n_head, n_bytes, n_threads))?,
        None => Vec::new(),
    };
    let Some((known, &first)) = known.as_ref().zip(starts.first()) else {
        feed(path, n_head, n_bytes, |bytes| importer.feed(bytes))?;
        return Ok(0);
    };
    thread::scope(|scope| {
        let helpers: Vec<_> = starts
            .windows(2)
            .map(|ends| scope.spawn(|| stretch(path, ends[0], ends[1], known)))
            .collect();
        feed(path, n_head, first, |bytes| importer.feed(bytes))?;
        let mut n_taken = 0;
        for (helper, ends) in helpers.into_iter().zip(starts.windows(2)) {
            // A thread that stopped has said why; what it did not read is read here.
            let is_taken = match helper.join() {
                Ok(Ok(Some(stretch))) => importer.append(stretch)?,
                _ => false,
            };
            if is_taken {
                n_taken += 1;
            } else {
                feed(path, ends[0], ends[1], |bytes| importer.feed(bytes))?;
            }
        }
        let last = starts.last().copied().unwrap_or(first);
        feed(path, last, n_bytes, |bytes| importer.feed(bytes))?;
        Ok(n_taken)
    })
}

/// Where rows begin behind `cuts`, as far as that can be guessed.
fn starts(path: &Path, known: &Known, cuts: Vec<u64>) -> Result<Vec<u64>, ImportError> {
    let mut starts = Vec::new();
    for cut in cuts {
        let mut window = Vec::new();
        feed(path, cut, cut + WINDOW, |bytes| {
            window.extend_from_slice(bytes);
            Ok(())
        })?;
        starts.extend(known.start_in(&window).map(|start| cut + start as u64));
    }
    Ok(starts)
}

fn stretch(path: &Path, from: u64, to: u64, known: &Known) -> Result<Option<Stretch>, ImportError> {
    let mut importer = known.importer();
    feed(path, from, to, |bytes| importer.feed(bytes))?;
    importer.finish()
}

/// Gives `take` the bytes from `from` up to `to`, piece by piece.
fn feed(
    path: &Path,
    from: u64,
    to: u64,
    mut take: impl FnMut(&[u8]) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut after = from;
    let unreadable = |after: u64| move |_: std::io::Error| ImportError::Unreadable { after };
    let mut file = File::open(path).map_err(unreadable(after))?;
    file.seek(SeekFrom::Start(from))
        .map_err(unreadable(after))?;
    let mut chunk = vec![0; CHUNK_BYTES];
    while after < to {
        let n_wanted = chunk.len().min((to - after) as usize);
        let n_read = file
            .read(&mut chunk[..n_wanted])
            .map_err(unreadable(after))?;
        if n_read == 0 {
            return Err(ImportError::Unreadable { after });
        }
        take(&chunk[..n_read])?;
        after += n_read as u64;
    }
    Ok(())
}

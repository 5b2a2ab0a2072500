//! Packed text natively, by `flate2`; the browser has its own. Both stop at the same places for the same reasons.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Take};
use std::path::Path;
use std::rc::Rc;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use gyeol::data::PackedProblem;
use gyeol::decode::decoder;
use gyeol::packed::{self, Method, PART_HEAD_BYTES, Packed, Place, TAIL_BYTES};

use crate::problem::Problem;

/// What a file is.
pub(crate) enum Found {
    /// Not packed.
    Plain,
    /// One text.
    Packed(Packed),
    /// An archive of several: their names and where they are.
    Texts(Vec<(String, Packed)>),
}

/// Looks whether a file is packed text.
///
/// # Errors
/// A file that cannot be read, or an archive that is damaged.
pub(crate) fn find(path: &Path, head: &[u8], n_bytes: u64) -> Result<Found, Problem> {
    if let Some(packed) = packed::gzip(head, n_bytes) {
        return Ok(Found::Packed(packed));
    }
    if !packed::is_archive(head) {
        return Ok(Found::Plain);
    }
    let mut file = File::open(path).map_err(|_| Problem::Read(path.to_path_buf()))?;
    let mut bytes = |place: Place| {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(place.start))
            .and_then(|_| (&mut file).take(place.n_bytes).read_to_end(&mut bytes))
            .map_err(|_| Problem::Read(path.to_path_buf()))?;
        Ok::<_, Problem>(bytes)
    };
    let n_tail = n_bytes.min(TAIL_BYTES);
    let tail = bytes(Place {
        start: n_bytes - n_tail,
        n_bytes: n_tail,
    })?;
    // Without a directory it may still be a workbook that is cut short: its reader says so.
    let Ok(place) = packed::directory(&tail, n_bytes) else {
        return Ok(Found::Plain);
    };
    let texts = packed::texts_of(&bytes(place)?, decoder)?;
    let mut places = Vec::new();
    for text in texts {
        let head = bytes(Place {
            start: text.entry.start,
            n_bytes: PART_HEAD_BYTES,
        })?;
        places.push((text.name, text.entry.packed(&head)?));
    }
    Ok(match places.as_slice() {
        [] => Found::Plain,
        [(_, only)] => Found::Packed(*only),
        _ => Found::Texts(places),
    })
}

/// Packed text while it is unpacked.
pub(crate) struct Unpacked {
    decoder: Decoder,
    n_packed: Rc<Cell<u64>>,
    n_unpacked: u64,
}

enum Decoder {
    Gzip(Box<MultiGzDecoder<Source>>),
    Deflate(Box<DeflateDecoder<Source>>),
    Stored(Source),
}

type Source = BufReader<Take<Counted>>;

struct Counted {
    file: File,
    n_read: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n_read = self.file.read(buffer)?;
        self.n_read.set(self.n_read.get() + n_read as u64);
        Ok(n_read)
    }
}

impl Unpacked {
    pub(crate) fn new(mut file: File, packed: Packed) -> Result<Self, Problem> {
        file.seek(SeekFrom::Start(packed.start))
            .map_err(|_| PackedProblem::Damaged)?;
        let n_packed = Rc::new(Cell::new(0));
        let counted = Counted {
            file,
            n_read: Rc::clone(&n_packed),
        };
        let source = BufReader::new(counted.take(packed.n_bytes));
        let decoder = match packed.method {
            Method::Gzip => Decoder::Gzip(Box::new(MultiGzDecoder::new(source))),
            Method::Deflate => Decoder::Deflate(Box::new(DeflateDecoder::new(source))),
            Method::Stored => Decoder::Stored(source),
        };
        Ok(Self {
            decoder,
            n_packed,
            n_unpacked: 0,
        })
    }

    pub(crate) fn read(&mut self, chunk: &mut [u8]) -> Result<usize, PackedProblem> {
        let result = match &mut self.decoder {
            Decoder::Gzip(decoder) => decoder.read(chunk),
            Decoder::Deflate(decoder) => decoder.read(chunk),
            Decoder::Stored(source) => source.read(chunk),
        };
        let n_read = result.map_err(|_| PackedProblem::Damaged)?;
        if n_read == 0 {
            self.check_end()?;
        }
        self.n_unpacked += n_read as u64;
        packed::check_ratio(self.n_packed.get(), self.n_unpacked)?;
        Ok(n_read)
    }

    /// The browser takes bytes behind the end for damage, so that this does too.
    fn check_end(&mut self) -> Result<(), PackedProblem> {
        let rest = match &mut self.decoder {
            // It goes on with a file that was joined to it, and refuses anything else.
            Decoder::Gzip(_) => return Ok(()),
            Decoder::Deflate(decoder) => decoder.get_mut(),
            // The text is as long as the archive says, or cut short.
            Decoder::Stored(source) if source.get_ref().limit() > 0 => {
                return Err(PackedProblem::Damaged);
            }
            Decoder::Stored(_) => return Ok(()),
        };
        let rest = rest.fill_buf().map_err(|_| PackedProblem::Damaged)?;
        match rest {
            [] => Ok(()),
            _ => Err(PackedProblem::Damaged),
        }
    }
}

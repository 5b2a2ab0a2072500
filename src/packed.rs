//! Text that is packed: a gzip file, or a zip archive with text files in it. Where its bytes are, and how much of it
//! may be unpacked; the unpacking itself is the browser's, or a library's natively. Several texts in an archive are
//! several files.
//!
//! An archive with a workbook or a document in it is none of these. Invariant: only offsets are believed, sizes are
//! measured. Source: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", 4.3.

mod names;

use serde::{Deserialize, Serialize};

use crate::data::{Decoders, PackedProblem};

/// So many bytes of a file's end hold the place of an archive's directory, whatever comment follows it.
pub const TAIL_BYTES: u64 = 22 + 65_535;
/// Bytes before a part of an archive, without its name.
pub const PART_HEAD_BYTES: u64 = 30;
/// The largest directory that is read: tens of thousands of files.
const MAX_DIRECTORY: u64 = 8 << 20;
/// So much may unpack from anything.
const FREE_BYTES: u64 = 32 << 20;
/// The most texts of an archive that are looked at: a shop's days of a year.
const MAX_TEXTS: usize = 400;
/// Beyond, so many bytes from each packed one. Tables reach 3 to 30, made-up files 1,000.
const MAX_RATIO: u64 = 200;

const GZIP: &[u8] = b"\x1f\x8b\x08";
const DIRECTORY_END: &[u8] = b"PK\x05\x06";
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";
const PART: &[u8] = b"PK\x03\x04";

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// A gzip file.
    Gzip,
    /// A part of an archive, deflated.
    Deflate,
    /// A part of an archive, as it is.
    Stored,
}

/// Where packed bytes are in their file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed {
    /// How.
    pub method: Method,
    /// The first byte.
    pub start: u64,
    /// How many.
    pub n_bytes: u64,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first byte.
    pub start: u64,
    /// How many.
    pub n_bytes: u64,
}

/// A text in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Its name, with the folders that it is in.
    pub name: String,
    /// Bytes that it unpacks to, as the archive says.
    pub n_bytes: u64,
    /// Where it is.
    pub entry: Entry,
}

/// Where a text is in its archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    method: Method,
    n_bytes: u64,
    /// Where its own head starts.
    pub start: u64,
}

/// A gzip file of this size, if `head` starts one.
pub fn gzip(head: &[u8], n_bytes: u64) -> Option<Packed> {
    head.starts_with(b"\x1f\x8b").then_some(Packed {
        method: Method::Gzip,
        start: 0,
        n_bytes,
    })
}

/// How many of `bytes` may be given to an unpacker of one gzip file at once: up to what may be the start of another one
/// that was joined to it, and of such a start the first byte alone. `None` where the bytes do not tell yet.
///
/// A browser's unpacker ends with one file and does not say where; it refuses the byte behind.
pub fn gzip_piece(bytes: &[u8], at_end: bool) -> Option<usize> {
    if is_gzip_start(bytes) {
        return Some(1);
    }
    let ends = memchr::memchr_iter(0x1f, bytes).filter(|&at| at > 0);
    let may_start = |at: &usize| {
        let rest = &bytes[*at..];
        is_gzip_start(rest)
            || !at_end && rest.len() < 4 && GZIP.starts_with(&rest[..rest.len().min(3)])
    };
    let n_bytes = ends.into_iter().find(may_start).unwrap_or(bytes.len());
    let is_told = at_end || bytes.len() >= 4 || bytes.first() != Some(&0x1f);
    (is_told && n_bytes > 0).then_some(n_bytes)
}

/// Magic, the only method there is, and flags of which three are never set (RFC 1952, 2.3).
fn is_gzip_start(bytes: &[u8]) -> bool {
    bytes.starts_with(GZIP) && bytes.get(3).is_some_and(|flags| flags & 0xe0 == 0)
}

/// Whether `head` starts an archive.
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(PART)
}

/// Where the directory of an archive of `n_bytes` is, by its last [`TAIL_BYTES`] bytes.
///
/// # Errors
/// No directory: the end of the file is missing.
pub fn directory(tail: &[u8], n_bytes: u64) -> Result<Place, PackedProblem> {
    let mut places = tail.windows(DIRECTORY_END.len());
    let at = places.rposition(|bytes| bytes == DIRECTORY_END);
    let at = at.ok_or(PackedProblem::Damaged)?;
    let end = &tail[at..];
    let place = Place {
        start: u64::from(number_at(end, 16)?),
        n_bytes: u64::from(number_at(end, 12)?),
    };
    if place.start == u64::from(u32::MAX) || place.n_bytes > MAX_DIRECTORY {
        return Err(PackedProblem::Unsupported);
    }
    let is_inside = place.start + place.n_bytes <= n_bytes;
    is_inside.then_some(place).ok_or(PackedProblem::Damaged)
}

/// The texts of a directory, in its order; none where there is a document that is packed in parts.
///
/// # Errors
/// A directory that cannot be read, a text with a password or packed in an unknown way, or too many of them; workbooks
/// without a text; neither of both.
pub fn texts_of(directory: &[u8], decoders: Decoders) -> Result<Vec<Text>, PackedProblem> {
    let mut rest = directory;
    let mut found: Vec<(&[u8], &[u8])> = Vec::new();
    let (mut n_workbooks, mut n_files) = (0, 0);
    while rest.starts_with(DIRECTORY_ENTRY) {
        let length = |at| Ok(usize::from(short_at(rest, at)?));
        let name_end = 46 + length(28)?;
        let end = name_end + length(30)? + length(32)?;
        let name = rest.get(46..name_end).ok_or(PackedProblem::Damaged)?;
        if matches!(name, b"[Content_Types].xml" | b"content.xml") {
            return Ok(Vec::new());
        }
        if ends_with_one_of(name, &TEXTS) {
            found.push((name, rest));
        }
        n_workbooks += usize::from(ends_with_one_of(name, &WORKBOOKS));
        n_files += usize::from(!name.ends_with(b"/"));
        rest = rest.get(end..).ok_or(PackedProblem::Damaged)?;
    }
    if found.is_empty() && n_workbooks > 0 {
        return Err(PackedProblem::Workbooks { found: n_workbooks });
    }
    if found.is_empty() {
        return Err(PackedProblem::NoTables { found: n_files });
    }
    if found.len() > MAX_TEXTS {
        let (found, limit) = (found.len(), MAX_TEXTS);
        return Err(PackedProblem::TooMany { found, limit });
    }
    let text = |(name, entry): (&[u8], &[u8])| {
        Ok(Text {
            name: names::name_of(name, decoders),
            n_bytes: u64::from(number_at(entry, 24)?),
            entry: entry_of(entry)?,
        })
    };
    found.into_iter().map(text).collect()
}

impl Entry {
    /// Where its bytes are, by the [`PART_HEAD_BYTES`] bytes at its start.
    ///
    /// # Errors
    /// No part of an archive starts there.
    pub fn packed(self, head: &[u8]) -> Result<Packed, PackedProblem> {
        if !head.starts_with(PART) {
            return Err(PackedProblem::Damaged);
        }
        let n_before = u64::from(short_at(head, 26)?) + u64::from(short_at(head, 28)?);
        Ok(Packed {
            method: self.method,
            start: self.start + PART_HEAD_BYTES + n_before,
            n_bytes: self.n_bytes,
        })
    }
}

/// Holds what was unpacked to what was read for it.
///
/// # Errors
/// [`PackedProblem::Bomb`].
pub const fn check_ratio(packed: u64, unpacked: u64) -> Result<(), PackedProblem> {
    if unpacked > FREE_BYTES && unpacked / MAX_RATIO > packed {
        return Err(PackedProblem::Bomb { packed, unpacked });
    }
    Ok(())
}

/// The size that stands for that of the text: its own where the head is all of it, and else some larger one.
pub fn size_of_text(head: &[u8], is_whole: bool, n_packed: u64) -> u64 {
    let n_head = head.len() as u64;
    if is_whole {
        n_head
    } else {
        n_packed.max(n_head + 1)
    }
}

fn entry_of(entry: &[u8]) -> Result<Entry, PackedProblem> {
    if short_at(entry, 8)? & 1 != 0 {
        return Err(PackedProblem::Encrypted);
    }
    let method = match short_at(entry, 10)? {
        0 => Method::Stored,
        8 => Method::Deflate,
        _ => return Err(PackedProblem::Unsupported),
    };
    let (n_bytes, start) = (number_at(entry, 20)?, number_at(entry, 42)?);
    if n_bytes == u32::MAX || start == u32::MAX {
        return Err(PackedProblem::Unsupported);
    }
    Ok(Entry {
        method,
        n_bytes: u64::from(n_bytes),
        start: u64::from(start),
    })
}

/// Ends of the names of texts.
const TEXTS: [&[u8]; 4] = [b".csv", b".tsv", b".txt", b".tab"];
/// Ends of the names of workbooks.
const WORKBOOKS: [&[u8]; 5] = [b".xlsx", b".xlsm", b".xlsb", b".xls", b".ods"];

/// Named so, and neither hidden nor one of the shadows that a Macintosh packs beside each file.
fn ends_with_one_of(name: &[u8], endings: &[&[u8]]) -> bool {
    let name = name.to_ascii_lowercase();
    let is_hidden = |part: &[u8]| part == b"__macosx" || part.len() > 1 && part.starts_with(b".");
    let mut parts = name.split(|byte| matches!(byte, b'/' | b'\\'));
    endings.iter().any(|ending| name.ends_with(ending)) && !parts.any(is_hidden)
}

fn short_at(bytes: &[u8], at: usize) -> Result<u16, PackedProblem> {
    let bytes = bytes.get(at..).and_then(|rest| rest.first_chunk());
    bytes.map_or(Err(PackedProblem::Damaged), |bytes| {
        Ok(u16::from_le_bytes(*bytes))
    })
}

fn number_at(bytes: &[u8], at: usize) -> Result<u32, PackedProblem> {
    let bytes = bytes.get(at..).and_then(|rest| rest.first_chunk());
    bytes.map_or(Err(PackedProblem::Damaged), |bytes| {
        Ok(u32::from_le_bytes(*bytes))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory of files with name, flags, method and unpacked size.
    fn directory_of(files: &[(&str, u16, u16, u32)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (place, (name, flags, method, size)) in files.iter().enumerate() {
            bytes.extend_from_slice(b"PK\x01\x02\0\0\0\0");
            bytes.extend_from_slice(&flags.to_le_bytes());
            bytes.extend_from_slice(&method.to_le_bytes());
            bytes.extend_from_slice(&[0; 8]);
            bytes.extend_from_slice(&7_u32.to_le_bytes());
            bytes.extend_from_slice(&size.to_le_bytes());
            bytes.extend_from_slice(&(name.len() as u16).to_le_bytes());
            bytes.extend_from_slice(&[0; 12]);
            bytes.extend_from_slice(&(place as u32 * 100).to_le_bytes());
            bytes.extend_from_slice(name.as_bytes());
        }
        bytes
    }

    fn texts(directory: &[u8]) -> Result<Vec<Text>, PackedProblem> {
        texts_of(directory, crate::decode::decoder)
    }

    #[test]
    fn every_text_of_an_archive_is_found() {
        let files = [
            ("read.me", 0, 8, 900),
            ("a.csv", 0, 8, 10),
            ("folder/B.CSV", 0, 0, 20),
            ("__MACOSX/c.csv", 0, 8, 99),
            ("folder/.d.csv", 0, 8, 99),
            (".folder/e.csv", 0, 8, 99),
        ];
        let texts = texts(&directory_of(&files)).unwrap();
        let found: Vec<_> = texts
            .iter()
            .map(|text| (text.name.as_str(), text.n_bytes, text.entry.start))
            .collect();
        assert_eq!(found, [("a.csv", 10, 100), ("folder/B.CSV", 20, 200)]);
        let entry = texts[1].entry;
        assert_eq!((entry.method, entry.n_bytes), (Method::Stored, 7));
        let mut head = [0; 30];
        head[..4].copy_from_slice(PART);
        (head[26], head[28]) = (12, 3);
        assert_eq!(entry.packed(&head).unwrap().start, 200 + 30 + 15);
        assert_eq!(entry.packed(&[0; 30]), Err(PackedProblem::Damaged));
    }

    #[test]
    fn what_is_no_text_or_cannot_be_unpacked_is_told_apart() {
        for (files, expected) in [
            (
                &[("a.jpg", 0, 8, 1), ("b/", 0, 0, 0), ("b/c.json", 0, 8, 1)][..],
                Err(PackedProblem::NoTables { found: 2 }),
            ),
            (
                &[("a.csv", 0, 8, 1), ("[Content_Types].xml", 0, 8, 1)],
                Ok(Vec::new()),
            ),
            (
                &[
                    ("a.xlsx", 0, 8, 1),
                    ("b/C.XLS", 0, 8, 1),
                    ("c.jpg", 0, 8, 1),
                ],
                Err(PackedProblem::Workbooks { found: 2 }),
            ),
            (
                &[("__MACOSX/._a.xlsx", 0, 8, 1)],
                Err(PackedProblem::NoTables { found: 1 }),
            ),
            (
                &[
                    ("xl/embeddings/a.xlsx", 0, 8, 1),
                    ("[Content_Types].xml", 0, 8, 1),
                ],
                Ok(Vec::new()),
            ),
            (&[("a.csv", 1, 8, 1)], Err(PackedProblem::Encrypted)),
            (&[("a.csv", 0, 14, 1)], Err(PackedProblem::Unsupported)),
        ] {
            assert_eq!(texts(&directory_of(files)), expected);
        }
        let many = vec![("a.csv", 0, 8, 1); MAX_TEXTS + 1];
        let limit = MAX_TEXTS;
        let found = limit + 1;
        assert_eq!(
            texts(&directory_of(&many)),
            Err(PackedProblem::TooMany { found, limit })
        );
        let cut = directory_of(&[("a.csv", 0, 8, 1)]);
        assert_eq!(texts(&cut[..48]), Err(PackedProblem::Damaged));
    }

    #[test]
    fn bytes_are_parted_where_another_gzip_file_may_start() {
        for (bytes, at_end, expected) in [
            (&b"xx\x1f\x8b\x08\0xx"[..], false, Some(2)),
            (b"\x1f\x8b\x08\x08x", false, Some(1)),
            (b"xx\x1f\x8b\x08", false, Some(2)),
            (b"xx\x1f\x8b\x08", true, Some(5)),
            (b"xx\x1fx", false, Some(4)),
            (b"\x1f\x8b", false, None),
            (b"\x1f\x8b", true, Some(2)),
            (b"\x1f\x8b\x07\0\x1f", false, Some(4)),
            (b"\x1f\x8b\x08\xff", false, Some(4)),
            (b"", true, None),
        ] {
            assert_eq!(gzip_piece(bytes, at_end), expected, "{bytes:?}");
        }
    }

    #[test]
    fn the_directory_is_found_from_the_end() {
        let mut tail = b"xxPK\x05\x06\0\0\0\0\0\0\0\0".to_vec();
        tail.extend_from_slice(&46_u32.to_le_bytes());
        tail.extend_from_slice(&100_u32.to_le_bytes());
        tail.extend_from_slice(b"\x03\0abc");
        let place = Place {
            start: 100,
            n_bytes: 46,
        };
        assert_eq!(directory(&tail, 200), Ok(place));
        assert_eq!(directory(&tail, 120), Err(PackedProblem::Damaged));
        assert_eq!(directory(b"PK", 2), Err(PackedProblem::Damaged));
    }

    #[test]
    fn little_may_unpack_from_anything_and_much_only_from_enough() {
        assert_eq!(check_ratio(1, FREE_BYTES), Ok(()));
        assert_eq!(check_ratio(1 << 20, 100 << 20), Ok(()));
        let (packed, unpacked) = (100, 33 << 20);
        assert_eq!(
            check_ratio(packed, unpacked),
            Err(PackedProblem::Bomb { packed, unpacked })
        );
    }
}

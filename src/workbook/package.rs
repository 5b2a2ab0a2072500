//! What kind of workbook bytes are, and whether an archive may be unpacked at all.
//!
//! `calamine` has no limits of its own, so that every part is unpacked once into nothing before it is handed over:
//! what its directory says may be a lie. Invariant: after [`check`], no part unpacks to more than it says, and all
//! parts together to no more than [`MAX_UNPACKED`].

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::compound;
use crate::data::WorkbookProblem;

/// The largest file. A full sheet of 1,048,576 rows and ten columns takes about 60 MB.
const MAX_PACKED: u64 = 256 << 20;
/// The most that all parts unpack to: that full sheet takes about 450 MB.
pub(super) const MAX_UNPACKED: u64 = 1 << 30;
/// The most parts. A workbook of 255 sheets with a chart on each stays below.
const MAX_PARTS: usize = 2_000;
/// A part that unpacks to this much is looked at for its ratio: small parts may well be all alike.
const LARGE_PART: u64 = 4 << 20;
/// The highest ratio of a large part. The marks of a sheet reach 10 to 40; only made-up parts reach 1,000.
const MAX_RATIO: u64 = 100;

/// The most cells of the areas of an old workbook's sheets, empty ones included: a little more than a full sheet.
/// Each costs about 56 bytes while the workbook is read.
const MAX_AREA: u64 = 20_000_000;

const ARCHIVE: &[u8] = b"PK\x03\x04";
const EMPTY_ARCHIVE: &[u8] = b"PK\x05\x06";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// What a sheet with merged cells has.
const MERGED: &[u8] = b"<mergeCells";
/// `EncryptedPackage`, as a compound document writes names.
const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// How a workbook is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// XLSX and XLSM.
    Xlsx,
    /// XLSB.
    Xlsb,
    /// XLS.
    Xls,
    /// ODS.
    Ods,
}

/// The form of a workbook that may be read, and whether any of its parts merges cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Checked {
    pub(super) form: Form,
    pub(super) merges_cells: bool,
}

/// Looks at the first bytes, and at every part of an archive.
///
/// # Errors
/// What is no workbook, needs a password, is cut short, or unpacks to more than is read.
pub(super) fn check(bytes: &[u8]) -> Result<Checked, WorkbookProblem> {
    check_size(bytes.len() as u64)?;
    check_head(bytes)?;
    if bytes.starts_with(COMPOUND) {
        check_compound(bytes)
    } else {
        check_archive(bytes)
    }
}

/// Before a byte is read.
pub(super) const fn check_size(n_bytes: u64) -> Result<(), WorkbookProblem> {
    if n_bytes > MAX_PACKED {
        let limit = MAX_PACKED;
        return Err(WorkbookProblem::TooManyBytes { n_bytes, limit });
    }
    Ok(())
}

/// Looks at the first bytes only.
///
/// # Errors
/// What is neither an archive nor a compound document.
pub(super) fn check_head(head: &[u8]) -> Result<(), WorkbookProblem> {
    if [COMPOUND, ARCHIVE, EMPTY_ARCHIVE]
        .iter()
        .any(|magic| head.starts_with(magic))
    {
        Ok(())
    } else if is_markup(head) {
        Err(WorkbookProblem::WebPage)
    } else {
        Err(WorkbookProblem::NotAWorkbook)
    }
}

/// A compound document: a workbook that is locked, or an old one, whose sheets become as large as their areas.
fn check_compound(bytes: &[u8]) -> Result<Checked, WorkbookProblem> {
    if memchr::memmem::find(bytes, ENCRYPTED).is_some() {
        return Err(WorkbookProblem::Encrypted);
    }
    if compound::area_of(bytes) > MAX_AREA {
        let limit = MAX_AREA;
        return Err(WorkbookProblem::TooManyCells { limit });
    }
    Ok(Checked {
        form: Form::Xls,
        merges_cells: true,
    })
}

fn check_archive(bytes: &[u8]) -> Result<Checked, WorkbookProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unopened(bytes))?;
    let n_parts = archive.len();
    if n_parts > MAX_PARTS {
        return Err(WorkbookProblem::TooManyParts {
            found: n_parts,
            limit: MAX_PARTS,
        });
    }
    check_declared(&mut archive)?;
    let form = form_of(&archive).ok_or(WorkbookProblem::NotAWorkbook)?;
    let mut merges_cells = false;
    for part in 0..n_parts {
        merges_cells |= unpack(&mut archive, part)?;
    }
    Ok(Checked { form, merges_cells })
}

/// An archive's directory stands at its end: where none is found, the end is missing.
fn unopened(bytes: &[u8]) -> WorkbookProblem {
    match memchr::memmem::rfind(bytes, EMPTY_ARCHIVE) {
        Some(_) => WorkbookProblem::Damaged,
        None => WorkbookProblem::Truncated,
    }
}

fn form_of(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<Form> {
    let names = || archive.file_names_raw();
    let has = |name: &str| {
        let is_it = |own: &[u8]| own.eq_ignore_ascii_case(name.as_bytes());
        names().any(|own| is_it(own) || is_it(own.strip_prefix(b"/").unwrap_or(own)))
    };
    if has("content.xml") && has("mimetype") {
        Some(Form::Ods)
    } else if names().any(|name| name.to_ascii_lowercase().ends_with(b"workbook.bin")) {
        Some(Form::Xlsb)
    } else if has("[Content_Types].xml") && !names().any(is_of_another_office_document) {
        Some(Form::Xlsx)
    } else {
        None
    }
}

/// Text documents and slides are packed in the same way.
fn is_of_another_office_document(name: &[u8]) -> bool {
    name == b"word/document.xml" || name == b"ppt/presentation.xml"
}

/// What the directory says, before anything is unpacked.
fn check_declared(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), WorkbookProblem> {
    let mut total: u64 = 0;
    for part in 0..archive.len() {
        let part = archive
            .by_index_raw(part)
            .map_err(|_| WorkbookProblem::Damaged)?;
        let (packed, unpacked) = (part.compressed_size(), part.size());
        check_ratio(packed, unpacked)?;
        total = total.saturating_add(unpacked);
    }
    if total > MAX_UNPACKED {
        let limit = MAX_UNPACKED;
        return Err(WorkbookProblem::UnpacksTooLarge { limit });
    }
    Ok(())
}

fn check_ratio(packed: u64, unpacked: u64) -> Result<(), WorkbookProblem> {
    if unpacked >= LARGE_PART && unpacked / packed.max(1) > MAX_RATIO {
        return Err(WorkbookProblem::Bomb { packed, unpacked });
    }
    Ok(())
}

/// Unpacks a part into nothing and holds it to what it says; true where it merges cells.
fn unpack(archive: &mut ZipArchive<Cursor<&[u8]>>, part: usize) -> Result<bool, WorkbookProblem> {
    let mut part = match archive.by_index(part) {
        Ok(part) => part,
        Err(ZipError::UnsupportedArchive(_)) => return Err(WorkbookProblem::Encrypted),
        Err(_) => return Err(WorkbookProblem::Damaged),
    };
    let (packed, declared) = (part.compressed_size(), part.size());
    let mut piece = vec![0; 64 << 10];
    // The end of the piece before stands in front of the next: a mark may be read in two parts.
    let mut n_kept = 0;
    let mut unpacked: u64 = 0;
    let mut merges_cells = false;
    loop {
        let n_read = part
            .read(&mut piece[n_kept..])
            .map_err(|_| WorkbookProblem::Damaged)?;
        if n_read == 0 {
            return Ok(merges_cells);
        }
        unpacked += n_read as u64;
        if unpacked > declared {
            return Err(WorkbookProblem::Bomb { packed, unpacked });
        }
        let end = n_kept + n_read;
        merges_cells |= memchr::memmem::find(&piece[..end], MERGED).is_some();
        n_kept = end.min(MERGED.len() - 1);
        piece.copy_within(end - n_kept..end, 0);
    }
}

/// A web page or an XML document, whatever stands before its first mark.
fn is_markup(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = head[..head.len().min(1_024)].trim_ascii_start();
    let head = head.to_ascii_lowercase();
    let starts: [&[u8]; 7] = [
        b"<html",
        b"<!doctype",
        b"<table",
        b"<?xml",
        b"<meta",
        b"<head",
        b"<style",
    ];
    starts.iter().any(|start| head.starts_with(start))
}

//! Records of a file: their bytes and where their cells end, one by one or all of a piece at once.

use std::borrow::Cow;

use memchr::memchr;

use super::super::ImportError;
use super::super::lenient::{Cells, Repair};

/// A record. Its cells are read one at a time, so that what nobody needs costs nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    bytes: &'a [u8],
    ends: &'a [u32],
    line: u64,
    quoted: bool,
    source: Option<&'a [u8]>,
    repair: Repair,
}

impl<'a> Record<'a> {
    pub(crate) const fn new(bytes: &'a [u8], ends: &'a [u32], line: u64, quoted: bool) -> Self {
        Self {
            bytes,
            ends,
            line,
            quoted,
            source: None,
            repair: Repair::None,
        }
    }

    /// A record whose cells were put together anew, of the bytes in `source`.
    pub(crate) fn rejoined(cells: &'a Cells, source: &'a [u8], line: u64, repair: Repair) -> Self {
        Self::new(&cells.bytes, &cells.ends, line, true).made_of(Some(source), repair)
    }

    /// The same record, made of `source` where its cells were put together anew.
    pub(crate) const fn made_of(self, source: Option<&'a [u8]>, repair: Repair) -> Self {
        Self {
            source,
            repair,
            ..self
        }
    }

    /// What its cells were put together from, where they were.
    pub(crate) const fn rejoined_source(&self) -> Option<&'a [u8]> {
        self.source
    }

    /// Its bytes, the ends of its cells in them, and whether quotes enclose cells.
    pub(crate) const fn parts(&self) -> (&'a [u8], &'a [u32], bool) {
        (self.bytes, self.ends, self.quoted)
    }

    /// The record as it stands in the file, without its line end.
    #[inline]
    pub(crate) fn source(&self) -> &'a [u8] {
        self.source.unwrap_or(self.bytes)
    }

    /// How it came by its cells.
    pub(crate) const fn repair(&self) -> Repair {
        self.repair
    }

    /// The line on which it starts, counted from 1.
    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    /// How many cells it has; at least one.
    pub(crate) const fn n_cells(&self) -> usize {
        self.ends.len()
    }

    /// The cell as it stands in the file; nothing where there is no such cell.
    #[inline(always)]
    pub(crate) fn raw(&self, index: usize) -> &'a [u8] {
        let Some(&end) = self.ends.get(index) else {
            return &[];
        };
        let start = match index.checked_sub(1) {
            Some(previous) => self.ends[previous] as usize + 1,
            None => 0,
        };
        &self.bytes[start..end as usize]
    }

    /// The content of a cell of this record, given as it stands in the file.
    #[inline(always)]
    pub(crate) fn content(&self, raw: &'a [u8]) -> Cow<'a, [u8]> {
        match raw {
            [b'"', rest @ ..] if self.quoted => unquoted(rest),
            _ => Cow::Borrowed(raw),
        }
    }

    /// The cell's content without its quotes; nothing where there is no such cell.
    #[inline]
    pub(crate) fn cell(&self, index: usize) -> Cow<'a, [u8]> {
        self.content(self.raw(index))
    }

    /// Gives it to `sink` alone.
    pub(crate) fn give(self, sink: &mut impl super::Sink) -> Result<(), ImportError> {
        let cut = Cut {
            start: 0,
            first_end: 0,
            n_cells: self.ends.len() as u32,
            line: self.line,
        };
        sink.take(Records {
            bytes: self.bytes,
            ends: self.ends,
            cuts: &[cut],
            quoted: self.quoted,
            source: self.source,
            repair: self.repair,
        })
    }

    /// All cells.
    pub(crate) fn cells(self) -> impl Iterator<Item = Cow<'a, [u8]>> {
        (0..self.n_cells()).map(move |index| self.cell(index))
    }
}

/// Where a record stands in the bytes of its piece, and its cells among all ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub(super) start: u32,
    pub(super) first_end: u32,
    pub(super) n_cells: u32,
    pub(super) line: u64,
}

/// The records that end in a piece of the file, to be read one by one or column by column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Records<'a> {
    pub(super) bytes: &'a [u8],
    /// Ends of all cells, each counted from the start of its record.
    pub(super) ends: &'a [u32],
    pub(super) cuts: &'a [Cut],
    pub(super) quoted: bool,
    /// Where the cells of a single record were put together anew: what they were made of.
    pub(super) source: Option<&'a [u8]>,
    pub(super) repair: Repair,
}

impl<'a> Records<'a> {
    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.cuts.len()
    }

    /// Whether they stand in the file as they are given.
    pub(crate) const fn are_as_written(&self) -> bool {
        self.source.is_none()
    }

    /// How many were mended.
    pub(crate) fn n_mended(&self) -> u64 {
        if self.repair == Repair::Mended {
            self.len() as u64
        } else {
            0
        }
    }

    /// Those at some of the places.
    pub(crate) fn range(self, places: std::ops::Range<usize>) -> Self {
        Self {
            cuts: self.cuts.get(places).unwrap_or_default(),
            ..self
        }
    }

    /// The record at a place. Panics where there is none.
    pub(crate) fn get(&self, place: usize) -> Record<'a> {
        self.record(&self.cuts[place])
    }

    /// One by one.
    pub(crate) fn iter(self) -> impl Iterator<Item = Record<'a>> {
        self.cuts.iter().map(move |cut| self.record(cut))
    }

    /// How many cells each has.
    pub(crate) fn n_cells(self) -> impl Iterator<Item = usize> {
        self.cuts.iter().map(|cut| cut.n_cells as usize)
    }

    /// The cell of each in a column; an empty one where there is none.
    #[inline]
    pub(crate) fn column(self, place: usize) -> impl Iterator<Item = Cell<'a>> {
        self.cuts.iter().map(move |cut| {
            let nothing = Cell {
                bytes: self.bytes,
                start: 0,
                end: 0,
                quoted: self.quoted,
            };
            if place >= cut.n_cells as usize {
                return nothing;
            }
            let (start, at) = (cut.start as usize, cut.first_end as usize + place);
            let before = if place == 0 {
                start
            } else {
                start + self.ends[at - 1] as usize + 1
            };
            Cell {
                start: before,
                end: start + self.ends[at] as usize,
                ..nothing
            }
        })
    }

    #[inline]
    fn record(&self, cut: &Cut) -> Record<'a> {
        let first = cut.first_end as usize;
        let ends = &self.ends[first..first + cut.n_cells as usize];
        let start = cut.start as usize;
        let length = ends.last().map_or(0, |&end| end as usize);
        let bytes = &self.bytes[start..start + length];
        Record {
            source: self.source,
            repair: self.repair,
            ..Record::new(bytes, ends, cut.line, self.quoted)
        }
    }
}

/// A cell within the bytes of its piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'a> {
    bytes: &'a [u8],
    start: usize,
    end: usize,
    quoted: bool,
}

impl<'a> Cell<'a> {
    /// As it stands in the file.
    #[inline(always)]
    pub(crate) fn raw(&self) -> &'a [u8] {
        &self.bytes[self.start..self.end]
    }

    /// How many bytes it has.
    #[inline(always)]
    pub(crate) const fn len(&self) -> usize {
        self.end - self.start
    }

    /// A cell of one to seven bytes as one number, its length above them; `None` also at the very end of a piece.
    #[inline(always)]
    pub(crate) fn short_key(&self) -> Option<u64> {
        let n_bytes = self.len() as u64;
        self.word()
            .filter(|_| n_bytes < 8)
            .map(|word| word | n_bytes << 56)
    }

    /// Up to eight bytes as one number, the first one lowest, the rest zeros. `None` where the cell is empty or
    /// longer, and at the very end of a piece.
    #[inline(always)]
    pub(crate) fn word(&self) -> Option<u64> {
        let n_bytes = self.len();
        if n_bytes == 0 || n_bytes > 8 {
            return None;
        }
        let word = self.bytes.get(self.start..)?.first_chunk::<8>()?;
        Some(u64::from_le_bytes(*word) & (u64::MAX >> (64 - 8 * n_bytes)))
    }

    /// Whether its content is not what stands in the file.
    #[inline(always)]
    pub(crate) fn is_quoted(&self) -> bool {
        self.quoted && self.raw().first() == Some(&b'"')
    }

    /// The content without quotes.
    #[inline]
    pub(crate) fn content(&self) -> Cow<'a, [u8]> {
        match self.raw() {
            [b'"', rest @ ..] if self.quoted => unquoted(rest),
            raw => Cow::Borrowed(raw),
        }
    }
}

/// The content of a quoted cell, given what stands after its opening quote. What follows the closing quote is
/// taken as it stands, as the `csv` crate does.
fn unquoted(rest: &[u8]) -> Cow<'_, [u8]> {
    match memchr(b'"', rest) {
        None => Cow::Borrowed(rest),
        Some(quote) if quote + 1 == rest.len() => Cow::Borrowed(&rest[..quote]),
        Some(_) => Cow::Owned(unescaped(rest)),
    }
}

fn unescaped(mut rest: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(rest.len());
    while let Some(quote) = memchr(b'"', rest) {
        content.extend_from_slice(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.split_first() {
            Some((b'"', after)) => {
                content.push(b'"');
                rest = after;
            }
            _ => break,
        }
    }
    content.extend_from_slice(rest);
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_cells_lose_their_quotes_only() {
        for (raw, content) in [
            ("a", "a"),
            ("\"a\"", "a"),
            ("\"\"", ""),
            ("\"a \"\"b\"\"\"", "a \"b\""),
            ("\"a\"b\"c", "ab\"c"),
            ("\"a\"\"", "a\""),
            (" \"a\"", " \"a\""),
        ] {
            let ends = [raw.len() as u32];
            let cell = Record::new(raw.as_bytes(), &ends, 1, true).cell(0);
            assert_eq!(cell, content.as_bytes(), "{raw}");
        }
    }
}

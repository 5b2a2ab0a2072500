//! One record of a file: its bytes and where its cells end.

use std::borrow::Cow;

use memchr::memchr;

/// A record. Its cells are read one at a time, so that what nobody needs costs nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    bytes: &'a [u8],
    ends: &'a [u32],
    line: u64,
    quoted: bool,
}

impl<'a> Record<'a> {
    pub(super) const fn new(bytes: &'a [u8], ends: &'a [u32], line: u64, quoted: bool) -> Self {
        Self {
            bytes,
            ends,
            line,
            quoted,
        }
    }

    /// The record as it stands in the file, without its line end.
    pub(crate) const fn bytes(&self) -> &'a [u8] {
        self.bytes
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

    /// All cells.
    pub(crate) fn cells(self) -> impl Iterator<Item = Cow<'a, [u8]>> {
        (0..self.n_cells()).map(move |index| self.cell(index))
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

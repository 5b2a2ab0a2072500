//! A column of texts: each distinct text once, a number for each row.

use std::borrow::Cow;

use super::super::names::is_same;
use super::super::parcel::{Packer, Unpacker};
use super::super::row_hash::row_hash;
use super::super::tokenise::Cell;
use super::super::{ImportError, Names};
use super::short_texts::{ShortTexts, key_of};
use super::{NO_CODE, Narrow};

/// The most bytes of distinct texts in one column.
const MAX_BYTES: usize = 1 << 30;
/// The most bytes of distinct texts in a column that nobody gave a role.
const MAX_ATTRIBUTE_BYTES: usize = 128 << 20;

/// A column of texts.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct TextColumn {
    /// Short texts are known to `shorts`, the others to these themselves.
    names: Names,
    codes: Narrow<u32>,
    shorts: ShortTexts,
    followers: Followers,
    previous: Previous,
    is_attribute: bool,
    is_given_up: bool,
    /// The most bytes of distinct texts.
    max_bytes: usize,
}

/// The cells before, which in many columns are often the next ones too.
#[derive(Clone, Debug, Default)]
struct Previous {
    /// The last short cell by its [`Cell::short_key`]; no cell has the key 0.
    short: u64,
    code_of_short: u32,
    /// The last longer one as it stands in the file; nothing before the first.
    raw: Option<Vec<u8>>,
    code: u32,
    n_hits: u32,
    n_misses: u32,
}

impl Previous {
    #[inline(always)]
    fn code_of(&mut self, raw: &[u8]) -> Option<u32> {
        let is_hit = self.raw.as_ref().is_some_and(|before| is_same(before, raw));
        self.n_hits = self.n_hits.saturating_add(u32::from(is_hit));
        is_hit.then_some(self.code)
    }

    /// Where cells hardly ever repeat, remembering them costs more than it saves.
    #[inline(always)]
    fn remember(&mut self, raw: &[u8], code: u32) {
        self.n_misses = self.n_misses.saturating_add(1);
        if self.n_misses > 1_000 && self.n_misses / 8 > self.n_hits {
            self.raw = None;
            return;
        }
        let before = self.raw.get_or_insert_default();
        before.clear();
        before.extend_from_slice(raw);
        self.code = code;
    }
}

/// Which text came with which text of the column before: a name mostly goes with its code.
#[derive(Clone, Debug, Default)]
struct Followers {
    codes: Vec<u32>,
    n_hits: u32,
    n_misses: u32,
}

impl Followers {
    #[inline(always)]
    fn code_of(&mut self, leader: u32, names: &Names, text: &[u8]) -> Option<u32> {
        let code = *self.codes.get(leader as usize)?;
        let is_hit = code != NO_CODE && is_same(names.bytes_of(code), text);
        self.n_hits = self.n_hits.saturating_add(u32::from(is_hit));
        is_hit.then_some(code)
    }

    /// Where nothing goes together, nothing is learnt any more.
    fn learn(&mut self, leader: u32, code: u32) {
        self.n_misses = self.n_misses.saturating_add(1);
        if leader == NO_CODE || self.n_misses > 10_000 && self.n_misses > self.n_hits {
            self.codes = Vec::new();
            return;
        }
        let place = leader as usize;
        if place >= self.codes.len() {
            self.codes.resize(place + 1, NO_CODE);
        }
        self.codes[place] = code;
    }
}

impl TextColumn {
    /// An empty column. One without a role is given up when its texts become too many to keep.
    pub(in super::super) fn new(is_attribute: bool) -> Self {
        Self {
            is_attribute,
            max_bytes: if is_attribute {
                MAX_ATTRIBUTE_BYTES
            } else {
                MAX_BYTES
            },
            ..Self::default()
        }
    }

    /// Adds `n_rows` rows without a text.
    pub(in super::super) fn push_nothing(&mut self, n_rows: usize) {
        for _ in 0..n_rows {
            self.codes.push(NO_CODE);
        }
    }

    /// Adds a row's cell: `text_of` gives its text, or `None` where there is none. The number of the text, or
    /// [`NO_CODE`]. `leader` is that of the text column before it.
    #[inline(always)]
    pub(in super::super) fn push<'a>(
        &mut self,
        cell: Cell<'a>,
        leader: u32,
        text_of: impl FnOnce(Cell<'a>) -> Option<Cow<'a, [u8]>>,
    ) -> Result<u32, ImportError> {
        let code = match cell.short_key() {
            Some(key) if key == self.previous.short => self.previous.code_of_short,
            Some(key) => {
                // What is kept is the text of a cell that says just that: nothing has to be taken off first.
                let known = if cell.is_quoted() {
                    None
                } else {
                    self.shorts.find(key)
                };
                let code = match known {
                    Some(code) => code,
                    None => self.read(cell, leader, text_of)?,
                };
                (self.previous.short, self.previous.code_of_short) = (key, code);
                code
            }
            None => self.push_long(cell, leader, text_of)?,
        };
        self.codes.push(code);
        // What is left of a text that was not kept is no number of anything.
        Ok(if self.is_given_up && code != NO_CODE {
            0
        } else {
            code
        })
    }

    #[inline(always)]
    fn push_long<'a>(
        &mut self,
        cell: Cell<'a>,
        leader: u32,
        text_of: impl FnOnce(Cell<'a>) -> Option<Cow<'a, [u8]>>,
    ) -> Result<u32, ImportError> {
        let raw = cell.raw();
        if raw.is_empty() {
            return Ok(NO_CODE);
        }
        if let Some(code) = self.previous.code_of(raw) {
            return Ok(code);
        }
        let known = if cell.is_quoted() || cell.len() <= 7 {
            None
        } else {
            self.followers.code_of(leader, &self.names, raw)
        };
        let code = match known {
            Some(code) => code,
            None => self.read(cell, leader, text_of)?,
        };
        self.previous.remember(raw, code);
        Ok(code)
    }

    #[inline(never)]
    fn read<'a>(
        &mut self,
        cell: Cell<'a>,
        leader: u32,
        text_of: impl FnOnce(Cell<'a>) -> Option<Cow<'a, [u8]>>,
    ) -> Result<u32, ImportError> {
        match text_of(cell) {
            Some(text) => self.intern(&text, leader),
            None => Ok(NO_CODE),
        }
    }

    fn intern(&mut self, text: &[u8], leader: u32) -> Result<u32, ImportError> {
        if self.is_given_up {
            return Ok(digest(text));
        }
        if let Some(key) = key_of(text) {
            return match self.shorts.find(key) {
                Some(code) => Ok(code),
                None => self.add_short(key, text),
            };
        }
        if let Some(code) = self.followers.code_of(leader, &self.names, text) {
            return Ok(code);
        }
        let code = self.add(text, Names::intern_within)?;
        if !self.is_given_up {
            self.followers.learn(leader, code);
        }
        Ok(code)
    }

    #[cold]
    fn add_short(&mut self, key: u64, text: &[u8]) -> Result<u32, ImportError> {
        let code = self.add(text, Names::push_within)?;
        if !self.is_given_up {
            self.shorts.add(key, code);
        }
        Ok(code)
    }

    fn add(
        &mut self,
        text: &[u8],
        add_to: fn(&mut Names, &[u8], usize) -> Option<u32>,
    ) -> Result<u32, ImportError> {
        if let Some(code) = add_to(&mut self.names, text, self.max_bytes) {
            return Ok(code);
        }
        self.give_up()?;
        Ok(digest(text))
    }

    /// Adds the rows of `other`, read behind its own.
    ///
    /// # Errors
    /// [`ImportError::TooLarge`] where the texts of a column with a role are too many together.
    pub(in super::super) fn append(&mut self, mut other: Self) -> Result<(), ImportError> {
        if other.is_given_up && !self.is_given_up {
            self.give_up()?;
        }
        let mut codes = Vec::with_capacity(other.names.len());
        for number in 0..other.names.len() as u32 {
            if self.is_given_up {
                break;
            }
            codes.push(self.code_of(other.names.bytes_of(number))?);
        }
        if !self.is_given_up {
            other.names = Names::default();
            let new = |_, code: u32| codes.get(code as usize).copied().unwrap_or(NO_CODE);
            other.codes.change(new);
        } else if !other.is_given_up {
            other.give_up()?;
        }
        self.codes.append(other.codes);
        Ok(())
    }

    pub(in super::super) fn pack(self, packer: &mut Packer<'_>) {
        packer.numbers(&[u8::from(self.is_given_up)]);
        self.names.pack(packer);
        self.codes.pack(packer);
    }

    /// The column that was packed, of the kind of `empty`. It is there to be appended: it does not know its texts again.
    pub(in super::super) fn unpack(empty: &Self, unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let [is_given_up] = unpacker.fixed::<u8, 1>()?;
        Some(Self {
            is_given_up: is_given_up > 0,
            names: Names::unpack(unpacker)?,
            codes: Narrow::unpack(unpacker)?,
            max_bytes: empty.max_bytes,
            ..Self::new(empty.is_attribute)
        })
    }

    /// Lets go of what is needed only while rows are added.
    pub(in super::super) fn forget_neighbours(&mut self) {
        self.shorts = ShortTexts::default();
        self.followers = Followers::default();
    }

    /// The number of a text, which is added if it is new.
    fn code_of(&mut self, text: &[u8]) -> Result<u32, ImportError> {
        match key_of(text).map(|key| (key, self.shorts.find(key))) {
            Some((_, Some(code))) => Ok(code),
            Some((key, None)) => self.add_short(key, text),
            None => self.add(text, Names::intern_within),
        }
    }

    /// Lets go of the texts. Of each row a digest stays, by which it can still be held against others.
    #[cold]
    fn give_up(&mut self) -> Result<(), ImportError> {
        if !self.is_attribute {
            return Err(ImportError::TooLarge {
                limit: self.names.len() as u64,
            });
        }
        let numbers = 0..self.names.len() as u32;
        let digests: Vec<u32> = numbers
            .map(|code| digest(self.names.bytes_of(code)))
            .collect();
        let mut codes = std::mem::take(&mut self.codes);
        codes.change(|_, code| digests.get(code as usize).copied().unwrap_or(NO_CODE));
        *self = Self {
            codes,
            is_given_up: true,
            ..Self::new(true)
        };
        Ok(())
    }

    /// Whether its texts were too many to keep.
    pub(in super::super) const fn is_given_up(&self) -> bool {
        self.is_given_up
    }

    /// The distinct texts.
    pub(in super::super) const fn names(&self) -> &Names {
        &self.names
    }

    /// For each row the number of its text, or [`NO_CODE`]; where the texts were not kept, a digest of each.
    pub(in super::super) const fn codes(&self) -> &Narrow<u32> {
        &self.codes
    }
}

/// A number that two texts hardly ever share, other than that of no text.
fn digest(text: &[u8]) -> u32 {
    (row_hash(text) as u32).min(NO_CODE - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_texts_that_were_not_kept_can_still_be_held_against_each_other() {
        let mut column = TextColumn {
            max_bytes: 40,
            ..TextColumn::new(true)
        };
        let texts = [
            "short",
            "a longer text",
            "short",
            "one more long text",
            "another long text",
        ];
        for text in texts.iter().chain(&texts) {
            let code = column.intern(text.as_bytes(), 3).unwrap();
            column.codes.push(code);
        }
        assert!(column.is_given_up() && column.names().is_empty());
        let codes: Vec<u32> = column.codes().iter().collect();
        assert_eq!(codes[..5], codes[5..]);
        assert_eq!(codes[0], codes[2]);
        let distinct: std::collections::BTreeSet<u32> = codes.iter().copied().collect();
        assert_eq!(distinct.len(), 4);
    }

    #[test]
    fn a_column_that_has_a_role_is_not_given_up() {
        let mut column = TextColumn {
            max_bytes: 4,
            ..TextColumn::new(false)
        };
        assert!(column.intern(b"long enough", NO_CODE).is_err());
    }

    /// A column of these texts, of which no more than `max_bytes` are kept.
    fn column(texts: &[&str], is_attribute: bool, max_bytes: usize) -> TextColumn {
        let mut column = TextColumn {
            max_bytes,
            ..TextColumn::new(is_attribute)
        };
        for text in texts {
            let code = column.intern(text.as_bytes(), NO_CODE).unwrap();
            column.codes.push(code);
        }
        column
    }

    fn told(column: &TextColumn) -> (bool, Vec<String>, Vec<u32>) {
        let names = (0..column.names.len() as u32).map(|code| column.names.get(code).into_owned());
        (
            column.is_given_up,
            names.collect(),
            column.codes.iter().collect(),
        )
    }

    const TEXTS: [&str; 7] = [
        "a",
        "a long text",
        "b",
        "a long text",
        "another long text",
        "b",
        "c",
    ];

    #[test]
    fn columns_behind_each_other_have_the_numbers_of_one() {
        for n_kept in [1, 2, 12, 13, 20, 30, 31, 1_000] {
            let expected = told(&column(&TEXTS, true, n_kept));
            assert_eq!(expected.0, n_kept < 31, "{n_kept}");
            for middle in 0..=TEXTS.len() {
                let mut joined = column(&TEXTS[..middle], true, n_kept);
                joined
                    .append(column(&TEXTS[middle..], true, n_kept))
                    .unwrap();
                assert_eq!(told(&joined), expected, "{n_kept} bytes, cut at {middle}");
                // What comes next is known.
                joined.intern(b"c", NO_CODE).unwrap();
                joined.intern(b"another long text", NO_CODE).unwrap();
                assert_eq!(joined.names.len(), expected.1.len());
            }
        }
    }

    #[test]
    fn a_column_with_a_role_that_is_too_large_together_is_refused() {
        let mut joined = column(&TEXTS[..4], false, 30);
        let other = column(&TEXTS[4..], false, 30);
        assert_eq!(
            joined.append(other),
            Err(ImportError::TooLarge { limit: 4 })
        );
    }
}

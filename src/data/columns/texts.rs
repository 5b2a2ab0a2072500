//! A column of texts: each distinct text once, a number for each row.

use std::borrow::Cow;

use super::super::names::is_same;
use super::super::tokenise::Cell;
use super::super::{ImportError, Names};
use super::short_texts::{ShortTexts, key_of};
use super::{Blocks, NO_CODE};

/// The most bytes of distinct texts in one column.
const MAX_BYTES: usize = 1 << 30;
/// The most bytes of distinct texts in a column that nobody gave a role.
const MAX_ATTRIBUTE_BYTES: usize = 128 << 20;

/// A column of texts.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct TextColumn {
    /// Short texts are known to `shorts`, the others to these themselves.
    names: Names,
    codes: Blocks<u32>,
    shorts: ShortTexts,
    followers: Followers,
    previous: Previous,
    is_attribute: bool,
    is_given_up: bool,
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
            ..Self::default()
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
        if !self.is_given_up {
            self.codes.push(code);
        }
        Ok(code)
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
        if let Some(key) = key_of(text) {
            return match self.shorts.find(key) {
                Some(code) => Ok(code),
                None => self.add_short(key, text),
            };
        }
        if let Some(code) = self.followers.code_of(leader, &self.names, text) {
            return Ok(code);
        }
        let code = self.add(text, Names::intern)?;
        self.followers.learn(leader, code);
        Ok(code)
    }

    #[cold]
    fn add_short(&mut self, key: u64, text: &[u8]) -> Result<u32, ImportError> {
        let code = self.add(text, Names::push)?;
        if !self.is_given_up {
            self.shorts.add(key, code);
        }
        Ok(code)
    }

    fn add(
        &mut self,
        text: &[u8],
        add_to: fn(&mut Names, &[u8]) -> u32,
    ) -> Result<u32, ImportError> {
        if self.is_given_up {
            return Ok(0);
        }
        if self.names.n_bytes() + text.len() > self.max_bytes() {
            return self.give_up();
        }
        Ok(add_to(&mut self.names, text))
    }

    const fn max_bytes(&self) -> usize {
        if self.is_attribute {
            MAX_ATTRIBUTE_BYTES
        } else {
            MAX_BYTES
        }
    }

    #[cold]
    fn give_up(&mut self) -> Result<u32, ImportError> {
        if !self.is_attribute {
            return Err(ImportError::TooLarge {
                limit: self.names.len() as u64,
            });
        }
        *self = Self {
            is_given_up: true,
            ..Self::new(true)
        };
        Ok(0)
    }

    /// Whether its texts were too many to keep.
    pub(in super::super) const fn is_given_up(&self) -> bool {
        self.is_given_up
    }

    /// The distinct texts.
    pub(in super::super) const fn names(&self) -> &Names {
        &self.names
    }

    /// For each row the number of its text, or [`NO_CODE`].
    pub(in super::super) const fn codes(&self) -> &Blocks<u32> {
        &self.codes
    }
}

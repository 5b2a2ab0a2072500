//! A column of texts: each distinct text once, a number for each row.

use super::super::{ImportError, Names};
use super::{Blocks, NO_CODE};

/// The most bytes of distinct texts in one column.
const MAX_BYTES: usize = 1 << 30;
/// The most bytes of distinct texts in a column that nobody gave a role.
const MAX_ATTRIBUTE_BYTES: usize = 128 << 20;

/// A column of texts.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct TextColumn {
    names: Names,
    codes: Blocks<u32>,
    /// The text before, which is often the next one too.
    previous: Vec<u8>,
    previous_code: u32,
    is_attribute: bool,
    is_given_up: bool,
}

impl TextColumn {
    /// An empty column. One without a role is given up when its texts become too many to keep.
    pub(in super::super) fn new(is_attribute: bool) -> Self {
        Self {
            previous_code: NO_CODE,
            is_attribute,
            ..Self::default()
        }
    }

    /// Adds a row's text.
    #[inline]
    pub(in super::super) fn push(&mut self, text: &[u8]) -> Result<(), ImportError> {
        if self.previous_code == NO_CODE || self.previous != text {
            self.intern(text)?;
        }
        if !self.is_given_up {
            self.codes.push(self.previous_code);
        }
        Ok(())
    }

    /// Adds a row without a text.
    #[inline]
    pub(in super::super) fn push_missing(&mut self) {
        if !self.is_given_up {
            self.codes.push(NO_CODE);
        }
    }

    #[inline]
    fn intern(&mut self, text: &[u8]) -> Result<(), ImportError> {
        if self.names.n_bytes() + text.len() > self.max_bytes() {
            return self.give_up();
        }
        self.previous_code = self.names.intern(text);
        self.previous.clear();
        self.previous.extend_from_slice(text);
        Ok(())
    }

    const fn max_bytes(&self) -> usize {
        if self.is_attribute {
            MAX_ATTRIBUTE_BYTES
        } else {
            MAX_BYTES
        }
    }

    #[cold]
    fn give_up(&mut self) -> Result<(), ImportError> {
        if !self.is_attribute {
            return Err(ImportError::TooLarge {
                limit: self.names.len() as u64,
            });
        }
        *self = Self {
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

    /// For each row the number of its text, or [`NO_CODE`].
    pub(in super::super) const fn codes(&self) -> &Blocks<u32> {
        &self.codes
    }
}

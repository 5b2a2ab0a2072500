//! Distinct texts kept once, in one piece of memory, and known by number.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

use super::parcel::{Packer, Unpacker};

/// Distinct byte strings in the order they were first met.
///
/// Numbers follow the file's order; a result must use [`Names::ranks`] so that row order cannot show in it.
#[derive(Clone, Debug, Default)]
pub struct Names {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    index: HashTable<Entry>,
}

/// A text's number and where its bytes are, so that finding it takes one step less.
#[derive(Clone, Copy, Debug)]
struct Entry {
    number: u32,
    start: u32,
    end: u32,
}

impl Entry {
    #[inline]
    fn is(self, bytes: &[u8], name: &[u8]) -> bool {
        is_same(&bytes[self.start as usize..self.end as usize], name)
    }
}

impl Names {
    /// The number of `name`, which is added if it is new.
    #[inline]
    pub fn intern(&mut self, name: &[u8]) -> u32 {
        let hash = hash_of(name);
        let found = self.index.find(hash, |entry| entry.is(&self.bytes, name));
        match found {
            Some(entry) => entry.number,
            None => self.add(hash, name),
        }
    }

    /// As [`Names::intern`]; `None` where a new name would make more than `max_bytes` of all.
    #[inline]
    pub(super) fn intern_within(&mut self, name: &[u8], max_bytes: usize) -> Option<u32> {
        let hash = hash_of(name);
        let found = self.index.find(hash, |entry| entry.is(&self.bytes, name));
        match found {
            Some(entry) => Some(entry.number),
            None if self.bytes.len() + name.len() > max_bytes => None,
            None => Some(self.add(hash, name)),
        }
    }

    #[cold]
    fn add(&mut self, hash: u64, name: &[u8]) -> u32 {
        let Self { bytes, ends, index } = self;
        let start = bytes.len() as u32;
        bytes.extend_from_slice(name);
        let entry = Entry {
            number: ends.len() as u32,
            start,
            end: bytes.len() as u32,
        };
        ends.push(entry.end);
        let rehash = |entry: &Entry| hash_of(&bytes[entry.start as usize..entry.end as usize]);
        index.insert_unique(hash, entry, rehash);
        entry.number
    }

    /// Adds `name`, which is not there yet; `None` where it would make more than `max_bytes` of all. [`Names::intern`] and [`Names::find`] do not come to know it: for names
    /// that are found by other means.
    pub(super) fn push_within(&mut self, name: &[u8], max_bytes: usize) -> Option<u32> {
        if self.bytes.len() + name.len() > max_bytes {
            return None;
        }
        self.bytes.extend_from_slice(name);
        self.ends.push(self.bytes.len() as u32);
        Some(self.ends.len() as u32 - 1)
    }

    pub(super) fn pack(self, packer: &mut Packer<'_>) {
        packer.bytes(&self.bytes);
        packer.numbers(&self.ends);
    }

    /// The texts that were packed; [`Names::intern`] and [`Names::find`] do not know them.
    pub(super) fn unpack(unpacker: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self {
            bytes: unpacker.bytes()?,
            ends: unpacker.numbers()?,
            index: HashTable::new(),
        })
    }

    /// The same texts with the same numbers, each of which is found, however it was added.
    #[must_use]
    pub(super) fn indexed(&self) -> Self {
        let mut all = Self::default();
        for number in 0..self.len() as u32 {
            all.intern(self.bytes_of(number));
        }
        all
    }

    /// The number of `name` if it is known.
    pub fn find(&self, name: &[u8]) -> Option<u32> {
        let entry = self
            .index
            .find(hash_of(name), |entry| entry.is(&self.bytes, name));
        entry.map(|entry| entry.number)
    }

    /// The text with this number; unreadable bytes show as U+FFFD.
    pub fn get(&self, number: u32) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes_of(number))
    }

    /// The bytes with this number.
    pub fn bytes_of(&self, number: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, number)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of all texts together; at most `u32::MAX` can be kept.
    pub fn n_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The numbers in byte order of their texts.
    pub fn in_byte_order(&self) -> Vec<u32> {
        let mut order: Vec<(u64, u32)> = (0..self.ends.len() as u32)
            .map(|number| (first_bytes(self.bytes_of(number)), number))
            .collect();
        order.sort_unstable_by(|&(first_a, a), &(first_b, b)| {
            let by_all = || self.bytes_of(a).cmp(self.bytes_of(b));
            first_a.cmp(&first_b).then_with(by_all)
        });
        order.into_iter().map(|(_, number)| number).collect()
    }

    /// For each number its place in byte order: independent of the order in which the texts were met.
    pub fn ranks(&self) -> Vec<u32> {
        let order = self.in_byte_order();
        let mut ranks = vec![0; order.len()];
        for (rank, &number) in order.iter().enumerate() {
            ranks[number as usize] = rank as u32;
        }
        ranks
    }
}

/// Whether two texts are equal, without a call: libraries compare byte by byte where there is no machine code for it.
#[inline(always)]
pub(super) fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
    if let (Some(a), Some(b)) = (left.last_chunk::<8>(), right.last_chunk::<8>()) {
        let words = left.as_chunks::<8>().0.iter().zip(right.as_chunks::<8>().0);
        return word(a) == word(b) && words.into_iter().all(|(a, b)| word(a) == word(b));
    }
    if let (Some(a), Some(b)) = (left.first_chunk::<4>(), right.first_chunk::<4>()) {
        return a == b && left.last_chunk::<4>() == right.last_chunk::<4>();
    }
    left.iter().eq(right)
}

/// Whether a text comes before another in byte order; mostly decided by the first eight bytes, without a call.
#[inline]
pub(super) fn is_before(left: &[u8], right: &[u8]) -> bool {
    let (first_of_left, first_of_right) = (first_bytes(left), first_bytes(right));
    first_of_left < first_of_right || (first_of_left == first_of_right && left < right)
}

/// The first eight bytes as a number that sorts as they do.
fn first_bytes(text: &[u8]) -> u64 {
    if let Some(first) = text.first_chunk::<8>() {
        return u64::from_be_bytes(*first);
    }
    let mut first = [0; 8];
    let n_bytes = text.len().min(8);
    first[..n_bytes].copy_from_slice(&text[..n_bytes]);
    u64::from_be_bytes(first)
}

#[inline]
fn hash_of(name: &[u8]) -> u64 {
    FixedState::default().hash_one(name)
}

fn slice<'a>(bytes: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let number = number as usize;
    let start = if number == 0 {
        0
    } else {
        ends[number - 1] as usize
    };
    &bytes[start..ends[number] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_number() {
        let mut names = Names::default();
        let first = names.intern("고객".as_bytes());
        assert_eq!(names.intern(b"b"), 1);
        assert_eq!(names.intern("고객".as_bytes()), first);
        assert_eq!(names.get(first), "고객");
        assert_eq!(names.find(b"c"), None);
    }

    #[test]
    fn texts_are_the_same_where_every_byte_is() {
        let text: Vec<u8> = (0..40).collect();
        for n_bytes in 0..text.len() {
            let one = &text[..n_bytes];
            assert!(is_same(one, one));
            assert!(!is_same(one, &text[..=n_bytes]));
            for place in 0..n_bytes {
                let mut other = one.to_vec();
                other[place] ^= 1;
                assert!(!is_same(one, &other), "{n_bytes} bytes, other at {place}");
            }
        }
    }

    #[test]
    fn byte_order_is_that_of_slices() {
        let texts = [
            "",
            "\0",
            "a",
            "a\0",
            "ab",
            "abcdefgh",
            "abcdefgh\0",
            "abcdefghi",
            "abcdefgx",
            "\u{d55c}",
        ];
        for left in texts {
            for right in texts {
                let expected = left.as_bytes() < right.as_bytes();
                assert_eq!(is_before(left.as_bytes(), right.as_bytes()), expected);
            }
        }
    }

    #[test]
    fn ranks_do_not_depend_on_the_order_of_arrival() {
        let ranked = |texts: &[&str]| {
            let mut names = Names::default();
            let numbers: Vec<u32> = texts
                .iter()
                .map(|text| names.intern(text.as_bytes()))
                .collect();
            let ranks = names.ranks();
            let mut pairs: Vec<_> = numbers
                .iter()
                .map(|&n| (names.get(n).into_owned(), ranks[n as usize]))
                .collect();
            pairs.sort();
            pairs
        };
        assert_eq!(ranked(&["b", "a", "c", ""]), ranked(&["", "c", "b", "a"]));
    }
}

//! Distinct texts kept once, in one piece of memory, and known by number.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Distinct byte strings in the order they were first met.
///
/// Numbers follow the file's order; a result must use [`Names::ranks`] so that row order cannot show in it.
#[derive(Clone, Debug, Default)]
pub struct Names {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    index: HashTable<u32>,
}

impl Names {
    /// The number of `name`, which is added if it is new.
    pub fn intern(&mut self, name: &[u8]) -> u32 {
        let hash = hash_of(name);
        let Self { bytes, ends, index } = self;
        if let Some(&number) = index.find(hash, |&number| slice(bytes, ends, number) == name) {
            return number;
        }
        let number = ends.len() as u32;
        bytes.extend_from_slice(name);
        ends.push(bytes.len() as u32);
        index.insert_unique(hash, number, |&number| hash_of(slice(bytes, ends, number)));
        number
    }

    /// The number of `name` if it is known.
    pub fn find(&self, name: &[u8]) -> Option<u32> {
        self.index
            .find(hash_of(name), |&number| self.bytes_of(number) == name)
            .copied()
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

/// The first eight bytes as a number that sorts as they do.
fn first_bytes(text: &[u8]) -> u64 {
    let mut first = [0; 8];
    let n_bytes = text.len().min(8);
    first[..n_bytes].copy_from_slice(&text[..n_bytes]);
    u64::from_be_bytes(first)
}

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

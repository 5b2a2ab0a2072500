//! Codes of texts of up to seven bytes, each held as one number: codes of goods, ids and states are found in one step.

/// An open-addressing table from short texts to codes.
#[derive(Clone, Debug, Default)]
pub(super) struct ShortTexts {
    /// Text and code; the empty text's place is free.
    slots: Vec<(u64, u32)>,
    n_texts: usize,
}

impl ShortTexts {
    /// The code of a text by its [`key_of`].
    #[inline(always)]
    pub(super) fn find(&self, key: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut place = place_of(key, self.slots.len());
        loop {
            match self.slots[place & mask] {
                (found, code) if found == key => return Some(code),
                (FREE, _) => return None,
                _ => place += 1,
            }
        }
    }

    /// Adds a text that is not there yet.
    pub(super) fn add(&mut self, key: u64, code: u32) {
        if self.n_texts * 4 >= self.slots.len() * 3 {
            let larger = vec![(FREE, 0); (self.slots.len() * 2).max(64)];
            let smaller = std::mem::replace(&mut self.slots, larger);
            let used = smaller.into_iter().filter(|&(key, _)| key != FREE);
            used.for_each(|(key, code)| self.place(key, code));
        }
        self.place(key, code);
        self.n_texts += 1;
    }

    fn place(&mut self, key: u64, code: u32) {
        let mask = self.slots.len() - 1;
        let mut place = place_of(key, self.slots.len()) & mask;
        while self.slots[place].0 != FREE {
            place = (place + 1) & mask;
        }
        self.slots[place] = (key, code);
    }
}

const FREE: u64 = 0;

/// Fibonacci hashing: the upper bits of a product with 2^64 over the golden ratio.
#[inline(always)]
fn place_of(key: u64, n_slots: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - n_slots.trailing_zeros())) as usize
}

/// A text of one to seven bytes and its length as one number.
#[inline(always)]
pub(super) fn key_of(text: &[u8]) -> Option<u64> {
    let n_bytes = text.len() as u64;
    let content = match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (Some(first), Some(last)) if n_bytes <= 7 => {
            let last = u64::from(u32::from_le_bytes(*last));
            u64::from(u32::from_le_bytes(*first)) | last << ((n_bytes - 4) * 8)
        }
        _ => match *text {
            [a] => u64::from(a),
            [a, b] => u64::from(u16::from_le_bytes([a, b])),
            [a, b, c] => u64::from(u32::from_le_bytes([a, b, c, 0])),
            _ => return None,
        },
    };
    Some(content | n_bytes << 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_text_has_a_key_of_its_own() {
        let texts = [
            "a", "b", "ab", "ba", "abc", "abcd", "abcde", "abcdef", "abcdefg", "\0", "\0\0",
        ];
        let mut keys: Vec<_> = texts.map(|text| key_of(text.as_bytes())).to_vec();
        assert!(keys.iter().all(Option::is_some));
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), texts.len());
        assert_eq!((key_of(b""), key_of(b"abcdefgh")), (None, None));
    }

    #[test]
    fn codes_come_back_as_the_table_grows() {
        let mut texts = ShortTexts::default();
        let keys: Vec<u64> = (0..1_000)
            .filter_map(|number: u32| key_of(number.to_string().as_bytes()))
            .collect();
        for (code, &key) in (0..).zip(&keys) {
            assert_eq!(texts.find(key), None);
            texts.add(key, code);
        }
        for (code, &key) in (0..).zip(&keys) {
            assert_eq!(texts.find(key), Some(code));
        }
    }
}

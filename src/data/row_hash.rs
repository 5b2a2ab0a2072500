//! A hash of a row's bytes that is the same on every machine.
//!
//! Which of a customer's repeated rows stays hangs on it, so that native and browser runs must agree; the hashes of
//! `foldhash` differ between targets. Not for keys that an adversary picks.

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTOR: u64 = 0xd6e8_feb8_6659_fd93;

/// The hash of `bytes`.
pub(super) fn row_hash(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let words = words.iter().chain([&last]);
    let start = mixed(SEED ^ bytes.len() as u64);
    mixed(words.fold(start, |state, word| {
        mixed(state ^ u64::from_le_bytes(*word))
    }))
}

/// Spreads every bit over the word; nothing is lost, since each step can be undone.
const fn mixed(mut word: u64) -> u64 {
    word ^= word >> 32;
    word = word.wrapping_mul(FACTOR);
    word ^= word >> 32;
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_hash_is_the_same_everywhere() {
        assert_eq!(row_hash(b""), 15_822_425_950_935_175_670);
        assert_eq!(
            row_hash("17850,2010-12-01,\u{b0a8}".as_bytes()),
            3_998_934_565_309_422_360
        );
    }

    #[test]
    fn rows_that_differ_a_little_have_different_hashes() {
        let rows = (0..100_000).map(|number| format!("{number},{},{}", number % 7, number * 3));
        let hashes: BTreeSet<u64> = rows.map(|row| row_hash(row.as_bytes())).collect();
        assert_eq!(hashes.len(), 100_000);
    }
}

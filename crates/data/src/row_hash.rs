//! A hash of a row's bytes that is the same on every machine.
//!
//! Which of a customer's repeated rows stays hangs on it, so that native and browser runs must agree; the hashes of
//! `foldhash` differ between targets. Not for keys that an adversary picks.

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTOR: u64 = 0xd6e8_feb8_6659_fd93;

/// Words that are mixed side by side: one does not wait for the other.
const N_LANES: usize = 4;

/// The hash of `bytes`.
#[inline]
pub(super) fn row_hash(bytes: &[u8]) -> u64 {
    let mut lanes = [1, 2, 3, 4].map(|lane: u64| SEED.wrapping_mul(lane) ^ bytes.len() as u64);
    let (words, rest) = bytes.as_chunks::<8>();
    let (stripes, words) = words.as_chunks::<N_LANES>();
    for stripe in stripes {
        for (lane, word) in lanes.iter_mut().zip(stripe) {
            *lane = mixed(*lane ^ u64::from_le_bytes(*word));
        }
    }
    for (lane, word) in lanes.iter_mut().zip(words) {
        *lane = mixed(*lane ^ u64::from_le_bytes(*word));
    }
    lanes[N_LANES - 1] = mixed(lanes[N_LANES - 1] ^ last_word(rest));
    let [a, b, c, d] = lanes;
    let all = mixed(a ^ b.rotate_left(16) ^ c.rotate_left(32) ^ d.rotate_left(48));
    all ^ (all >> 32)
}

/// Up to seven bytes as one number, without a loop.
fn last_word(rest: &[u8]) -> u64 {
    let mut word = 0;
    let (rest, n_bits) = match rest.split_first_chunk::<4>() {
        Some((first, rest)) => {
            word = u64::from(u32::from_le_bytes(*first));
            (rest, 32)
        }
        None => (rest, 0),
    };
    let tail = match *rest {
        [a] => u32::from(a),
        [a, b] => u32::from(u16::from_le_bytes([a, b])),
        [a, b, c] => u32::from_le_bytes([a, b, c, 0]),
        _ => 0,
    };
    word | u64::from(tail) << n_bits
}

/// Spreads every bit over the word; nothing is lost, since each step can be undone.
const fn mixed(word: u64) -> u64 {
    (word ^ (word >> 32)).wrapping_mul(FACTOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_hash_is_the_same_everywhere() {
        assert_eq!(row_hash(b""), 8_555_763_641_835_884_635);
        assert_eq!(
            row_hash("17850,2010-12-01,\u{b0a8}".as_bytes()),
            6_504_781_415_498_803_223
        );
    }

    #[test]
    fn every_byte_and_the_length_count() {
        let row: Vec<u8> = (0..70).collect();
        let mut hashes: Vec<u64> = (0..=row.len()).map(|n| row_hash(&row[..n])).collect();
        for place in 0..row.len() {
            let mut other = row.clone();
            other[place] ^= 1;
            hashes.push(row_hash(&other));
        }
        hashes.push(row_hash(&[0; 8]));
        hashes.push(row_hash(&[0; 16]));
        let distinct: BTreeSet<u64> = hashes.iter().copied().collect();
        assert_eq!(distinct.len(), hashes.len());
    }

    #[test]
    fn rows_that_differ_a_little_have_different_hashes() {
        let rows = (0..100_000).map(|number| format!("{number},{},{}", number % 7, number * 3));
        let hashes: BTreeSet<u64> = rows.map(|row| row_hash(row.as_bytes())).collect();
        assert_eq!(hashes.len(), 100_000);
    }
}

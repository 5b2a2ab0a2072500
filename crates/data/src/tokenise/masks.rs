//! The bytes that matter of 64 bytes at once, as bit masks: bit `i` stands for byte `i`.
//!
//! Source of the method: Langdale and Lemire, "Parsing gigabytes of JSON per second" (2019), section 3.1.1.

use wide::u8x16;

/// How many bytes one mask covers.
pub(super) const BLOCK: usize = 64;

/// Where the marks of a block are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Masks {
    /// Delimiters.
    pub(super) delimiters: u64,
    /// Line feeds.
    pub(super) line_feeds: u64,
    /// Carriage returns.
    pub(super) carriage_returns: u64,
    /// Double quotes.
    pub(super) quotes: u64,
}

/// The masks of `block`.
#[inline(always)]
pub(super) fn masks(block: &[u8; BLOCK], delimiter: u8) -> Masks {
    let (parts, _) = block.as_chunks::<16>();
    let parts = [0, 1, 2, 3].map(|part| u8x16::new(parts[part]));
    let find = |byte: u8| {
        let wanted = u8x16::splat(byte);
        let bits = |part: u8x16| u64::from(part.simd_eq(wanted).to_bitmask());
        bits(parts[0]) | bits(parts[1]) << 16 | bits(parts[2]) << 32 | bits(parts[3]) << 48
    };
    Masks {
        delimiters: find(delimiter),
        line_feeds: find(b'\n'),
        carriage_returns: find(b'\r'),
        quotes: find(b'"'),
    }
}

/// Bit `i` is the parity of the bits `0..=i` of `bits`: set from each opening quote up to before its closing one.
#[inline(always)]
pub(super) const fn prefix_parity(bits: u64) -> u64 {
    let mut parity = bits;
    parity ^= parity << 1;
    parity ^= parity << 2;
    parity ^= parity << 4;
    parity ^= parity << 8;
    parity ^= parity << 16;
    parity ^ (parity << 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_every_mark_is_found() {
        for place in 0..BLOCK {
            let found = |byte: u8| {
                let mut block = [b'x'; BLOCK];
                block[place] = byte;
                masks(&block, b';')
            };
            assert_eq!(found(b';').delimiters, 1 << place);
            assert_eq!(found(b'\n').line_feeds, 1 << place);
            assert_eq!(found(b'\r').carriage_returns, 1 << place);
            assert_eq!(found(b'"').quotes, 1 << place);
            assert_eq!(found(0xbb).delimiters, 0);
        }
    }

    #[test]
    fn parity_is_set_between_a_pair_of_quotes() {
        assert_eq!(prefix_parity(0b0010_0010), 0b0001_1110);
        assert_eq!(prefix_parity(1 << 63), 1 << 63);
        assert_eq!(prefix_parity(1), u64::MAX);
    }
}

//! Zeros that fill up cells and files, as programs write that keep texts in fields of a fixed size: those before a
//! delimiter, a line end, a quote or the end of the file are left out. Zeros within a cell stay.
//!
//! Invariant: where the bytes are cut into pieces changes nothing.

/// Leaves fill-up zeros out of a text that comes in pieces.
#[derive(Debug, Default)]
pub(super) struct Padding {
    /// Zeros at the end of the pieces so far.
    n_zeros: usize,
    text: Vec<u8>,
}

impl Padding {
    /// Whether zeros wait for what follows them.
    pub(super) const fn is_waiting(&self) -> bool {
        self.n_zeros > 0
    }

    /// The text of the next piece without them.
    pub(super) fn feed(&mut self, piece: &[u8]) -> &[u8] {
        self.text.clear();
        for &byte in piece {
            if byte == 0 {
                self.n_zeros += 1;
                continue;
            }
            let n_zeros = std::mem::take(&mut self.n_zeros);
            if !ends_cell(byte) {
                self.text.extend(std::iter::repeat_n(0, n_zeros));
            }
            self.text.push(byte);
        }
        &self.text
    }
}

const fn ends_cell(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b'\t' | b'|' | b'"' | b'\r' | b'\n')
}

/// How many zeros of a file's head fill something up. A file that begins with one, or has no line, is no text.
pub(super) fn n_zeros(head: &[u8]) -> usize {
    let has_line =
        head.first().is_some_and(|&byte| byte != 0) && memchr::memchr(b'\n', head).is_some();
    if !has_line {
        return 0;
    }
    let all = head.iter().filter(|&&byte| byte == 0).count();
    let kept = Padding::default()
        .feed(head)
        .iter()
        .filter(|&&byte| byte == 0)
        .count();
    all - kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_that_fill_up_are_left_out_wherever_the_text_is_cut() {
        let text = b"id,name\n1,ann\0\0\0\n2,b\0b\0\0,\n\0\0\0\0";
        for n_bytes in 1..=text.len() {
            let mut padding = Padding::default();
            let pieces = text.chunks(n_bytes);
            let found: Vec<u8> = pieces
                .flat_map(|piece| padding.feed(piece).to_vec())
                .collect();
            assert_eq!(found, b"id,name\n1,ann\n2,b\0b,\n", "by {n_bytes}");
        }
        assert_eq!(n_zeros(text), 9);
        assert_eq!(n_zeros(b"\0\0,\n"), 0);
    }
}

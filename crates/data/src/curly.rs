//! Cells within curly quotes, `“Lee, Ann”`, as word processors write them: those around cells become straight ones, so
//! that what reads straight ones reads them. Curly quotes elsewhere stay, straight ones within are written twice.
//!
//! Invariant: where the text is cut into pieces changes nothing.

/// What may open and close a cell; three bytes each.
const QUOTES: [&[u8]; 3] = ["“".as_bytes(), "”".as_bytes(), "„".as_bytes()];
/// Bytes of one of them.
const N_BYTES: usize = 3;
/// Bytes behind a place that may show what it is: a quote, and the longest delimiter.
const N_AHEAD: usize = 8;

/// Makes curly quotes around cells straight in a text that comes in pieces.
#[derive(Debug)]
pub(super) struct Curly {
    delimiter: &'static [u8],
    /// What is not yet seen through.
    rest: Vec<u8>,
    text: Vec<u8>,
    is_at_start: bool,
    is_inside: bool,
}

impl Curly {
    /// At the start of a text whose cells are delimited so.
    pub(super) const fn new(delimiter: &'static str) -> Self {
        Self {
            delimiter: delimiter.as_bytes(),
            rest: Vec::new(),
            text: Vec::new(),
            is_at_start: true,
            is_inside: false,
        }
    }

    /// The text so far, but for its last bytes; all of it where it ends.
    pub(super) fn feed(&mut self, piece: &[u8], at_end: bool) -> &[u8] {
        let mut rest = std::mem::take(&mut self.rest);
        rest.extend_from_slice(piece);
        self.text.clear();
        let mut place = 0;
        while place < rest.len() && (at_end || place + N_AHEAD <= rest.len()) {
            place += self.step(&rest[place..]);
        }
        rest.drain(..place);
        self.rest = rest;
        &self.text
    }

    /// Writes what `rest` begins with; how many bytes it is.
    fn step(&mut self, rest: &[u8]) -> usize {
        let is_quote = QUOTES.iter().any(|quote| rest.starts_with(quote));
        let is_closing = is_quote && self.is_inside && self.ends_cell(&rest[N_BYTES..]);
        if is_closing || is_quote && self.is_at_start && !self.is_inside {
            self.is_inside = !is_closing;
            self.is_at_start = false;
            self.text.push(b'"');
            return N_BYTES;
        }
        if self.is_inside {
            let n_times = if rest[0] == b'"' { 2 } else { 1 };
            self.text.extend(std::iter::repeat_n(rest[0], n_times));
            return 1;
        }
        let is_delimiter = rest.starts_with(self.delimiter);
        let is_blank = rest[0] == b' ' && self.is_at_start;
        self.is_at_start = is_delimiter || is_blank || matches!(rest[0], b'\n' | b'\r');
        let n_bytes = if is_delimiter {
            self.delimiter.len()
        } else {
            1
        };
        self.text.extend_from_slice(&rest[..n_bytes]);
        n_bytes
    }

    fn ends_cell(&self, rest: &[u8]) -> bool {
        rest.starts_with(self.delimiter) || matches!(rest.first(), None | Some(b'\n' | b'\r'))
    }
}

/// Whether cells of a file's head are within curly quotes: two open at least, and all of them close.
pub(super) fn encloses(head: &[u8], delimiter: &'static str) -> bool {
    let mut curly = Curly::new(delimiter);
    let n_straight = |text: &[u8]| memchr::memchr_iter(b'"', text).count();
    if memchr::memchr(b'"', head).is_some() {
        return false;
    }
    let n_quotes = n_straight(curly.feed(head, true));
    n_quotes > 3 && (n_quotes.is_multiple_of(2) || !curly.is_inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_around_cells_become_straight_wherever_the_text_is_cut() {
        for (text, expected) in [
            ("“a, b”,c\n„d“,“e”", "\"a, b\",c\n\"d\",\"e\""),
            ("x “y” z,“a “b” c”\n", "x “y” z,\"a “b” c\"\n"),
            ("“a \"b\" c”,d", "\"a \"\"b\"\" c\",d"),
            ("a, “b, c”\r\n", "a, \"b, c\"\r\n"),
        ] {
            for n_bytes in 1..=text.len() {
                let mut curly = Curly::new(",");
                let pieces = text.as_bytes().chunks(n_bytes);
                let mut found: Vec<u8> = pieces
                    .flat_map(|piece| curly.feed(piece, false).to_vec())
                    .collect();
                found.extend_from_slice(curly.feed(&[], true));
                assert_eq!(String::from_utf8(found).unwrap(), expected, "by {n_bytes}");
            }
        }
    }

    #[test]
    fn speech_within_cells_encloses_none() {
        assert!(encloses("“a, b”,c\n“d”,e\n".as_bytes(), ","));
        for text in [
            "1,He said “hi”,5\n2,“Fine” she said,6\n",
            "a,“b”\n",
            "“a”,\"b\"\n“c”,d\n",
        ] {
            assert!(!encloses(text.as_bytes(), ","), "{text}");
        }
    }
}

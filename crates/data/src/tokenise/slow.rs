//! One record byte by byte: for records with a quote inside an unquoted cell, where counting quotes misleads.
//!
//! Source: the states of `csv-core`, which is the oracle of the tests.

/// Where the reader is within a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    Unquoted,
    Quoted,
    /// After a quote in a quoted cell: its end, or the first half of a doubled one.
    Closing,
}

/// A record that is being read byte by byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct SlowRecord {
    /// The next byte to look at.
    pub(super) position: usize,
    place: Place,
    after_carriage_return: bool,
    n_line_breaks: u64,
}

impl SlowRecord {
    /// Starts at the record's first byte.
    pub(super) const fn new(start: usize) -> Self {
        Self {
            position: start,
            place: Place::Start,
            after_carriage_return: false,
            n_line_breaks: 0,
        }
    }

    /// Whether a quote is open.
    pub(super) fn is_in_quotes(&self) -> bool {
        self.place == Place::Quoted
    }

    /// Line breaks up to here, the record's own end included.
    pub(super) const fn n_line_breaks(&self) -> u64 {
        self.n_line_breaks
    }

    /// Goes on to the record's end and gives its place, or `None` where `buffer` ends first.
    pub(super) fn advance(
        &mut self,
        buffer: &[u8],
        start: usize,
        delimiter: u8,
        ends: &mut Vec<u32>,
    ) -> Option<usize> {
        while let Some(&byte) = buffer.get(self.position) {
            let at = self.position;
            self.position += 1;
            self.count_line_break(byte);
            if self.place != Place::Quoted && byte == delimiter {
                ends.push((at - start) as u32);
                self.place = Place::Start;
            } else if self.place != Place::Quoted && matches!(byte, b'\n' | b'\r') {
                ends.push((at - start) as u32);
                return Some(at);
            } else {
                self.place = match (self.place, byte) {
                    (Place::Start | Place::Closing, b'"') => Place::Quoted,
                    (Place::Quoted, b'"') => Place::Closing,
                    (Place::Quoted, _) => Place::Quoted,
                    _ => Place::Unquoted,
                };
            }
        }
        None
    }

    fn count_line_break(&mut self, byte: u8) {
        let continues = byte == b'\n' && self.after_carriage_return;
        self.after_carriage_return = byte == b'\r';
        self.n_line_breaks += u64::from(matches!(byte, b'\n' | b'\r') && !continues);
    }
}

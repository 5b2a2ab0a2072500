//! A stretch as pieces of bytes and back.

use super::super::parcel::{Packer, Unpacker};
use super::super::reader::Traces;
use super::super::rows::Rows;
use super::{Known, Stretch};

impl Stretch {
    /// Gives `give` the pieces that it is made of, and lets go of each.
    pub fn pack(self, mut give: impl FnMut(&[u8])) {
        let mut packer = Packer::new(&mut give);
        packer.numbers(&[self.n_bytes]);
        self.traces.pack(&mut packer);
        self.rows.pack(&mut packer);
    }

    /// The stretch that pieces were made of by a worker that knew the same of the file; `None` where pieces lack.
    pub fn unpack(known: &Known, mut next: impl FnMut() -> Option<Vec<u8>>) -> Option<Self> {
        let mut unpacker = Unpacker::new(&mut next);
        let [n_bytes] = unpacker.fixed()?;
        Some(Self {
            n_bytes,
            traces: Traces::unpack(&mut unpacker)?,
            rows: Rows::unpack(&known.rows, &mut unpacker)?,
        })
    }
}

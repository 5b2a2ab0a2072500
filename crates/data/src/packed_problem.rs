//! Why packed text cannot be read. Facts only, as in `error`: `text` has the words.

use serde::{Deserialize, Serialize};

/// Why a gzip file, or a text in a zip archive, cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PackedProblem {
    /// It ends too early, or its bytes are not what was packed.
    #[error("the packed file is cut short or damaged")]
    Damaged,
    /// More texts in an archive than are looked at.
    #[error("{found} texts in an archive, of which {limit} are looked at")]
    TooMany {
        /// How many.
        found: usize,
        /// How many would be.
        limit: usize,
    },
    /// An archive of workbooks, with no text in it.
    #[error("an archive of {found} workbooks")]
    Workbooks {
        /// How many.
        found: usize,
    },
    /// An archive with neither a text nor a workbook in it.
    #[error("an archive of {found} files that are no tables")]
    NoTables {
        /// How many files.
        found: usize,
    },
    /// It opens with a password only.
    #[error("the archive is encrypted")]
    Encrypted,
    /// It is packed in a way that browsers do not unpack.
    #[error("packed in an unknown way")]
    Unsupported,
    /// It unpacks to far more bytes than any table does: made to fill memory.
    #[error("{packed} bytes unpack to over {unpacked}")]
    Bomb {
        /// Packed bytes so far.
        packed: u64,
        /// Unpacked bytes so far.
        unpacked: u64,
    },
}

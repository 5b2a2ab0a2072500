//! Results to bytes. [`File`] is the only type that may leave the page, and a person's press is what makes one.
//!
//! Files do not depend on the language of the interface: names stand in both, numbers are plain, dates are ISO.

pub mod settings;

use serde::{Deserialize, Serialize};

pub use settings::Settings;

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What can be taken away from the engine. Pictures are made by the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Customers with scores and labels: all, or those of one segment.
    Customers {
        /// The segmentation and the place of the segment in it.
        segment: Option<(crate::analysis::SegmentationId, u16)>,
    },
    /// All segments of all segmentations.
    Segments,
    /// The ledger.
    Ledger,
    /// The rows of one bucket, or of all reasons.
    LeftOut {
        /// One reason only.
        reason: Option<crate::data::Reason>,
    },
    /// The report of one analysis.
    Report {
        /// Which one.
        analysis: crate::analysis::AnalysisId,
    },
    /// The settings.
    Project,
}

/// Why a file cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ExportError {
    /// No file has been imported yet.
    #[error("nothing imported")]
    NothingImported,
    /// The source file had to be read again and could not be.
    #[error(transparent)]
    Source(#[from] crate::data::ImportError),
    /// What was asked has not been computed.
    #[error("not computed")]
    NotComputed,
}

//! Gyeol (결): customer segmentation that runs in the browser.
//!
//! The parts, in reading order. Each may use those above it as `ARCHITECTURE.md` says; a test holds the table.

/// Bytes to [`data::Dataset`]: dialect, records, column roles, values, the ledger, customers.
#[doc(inline)]
pub use gyeol_data as data;

/// A workbook's bytes to its sheets, and one of them as the text of a table.
pub mod workbook;

/// Text in a gzip file or a zip archive: where it is, and how much of it may be unpacked.
pub mod packed;

/// Dataset and parameters to results: RFM, clusters, and the one type they all end in.
#[doc(inline)]
pub use gyeol_analysis as analysis;

/// Every word and number format that a person sees, in Korean and English.
pub mod text;

/// Results to pictures, over any plotters backend.
pub mod charts;

/// Results to bytes: [`export::File`] is the only type that may leave the page.
pub mod export;

/// The made-up shop: an order file from nothing but a seed.
pub mod sample;

/// What page and worker say to each other.
pub mod protocol;

/// The engine without a browser: what the page's worker and the headless run share.
pub mod engine;

/// The decoders of a native run.
#[cfg(not(target_arch = "wasm32"))]
pub mod decode;

/// The application as a state machine without a browser.
pub mod session;

/// The envelope of a message between page and worker.
#[cfg(target_arch = "wasm32")]
pub mod envelope;

/// The engine's side of the browser.
#[cfg(target_arch = "wasm32")]
pub mod worker;

/// The reader of workbooks in the browser.
#[cfg(target_arch = "wasm32")]
pub mod reader;

/// The page's side of the browser.
#[cfg(target_arch = "wasm32")]
pub mod ui;

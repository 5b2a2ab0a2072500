//! The views of the workspace, one for each question.

mod data;

pub use data::Data;

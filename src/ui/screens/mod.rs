//! One screen for each stage before results can be had.

mod empty;
mod failed;
mod importing;
mod mapping;
mod reading;

pub use empty::EmptyScreen;
pub use failed::FailedScreen;
pub use importing::ImportingScreen;
pub use mapping::MappingScreen;
pub use reading::ReadingScreen;

//! The views of the workspace, one for each question. They read slices of the session, show what is there and say
//! what a person changes; nothing is computed here.

mod clusters;
mod columns;
mod compare;
mod customers;
mod data;
mod overview;
mod pictures;
mod rfm;
mod slices;

pub use clusters::Clusters;
pub use columns::Columns;
pub use compare::Compare;
pub use customers::Customers;
pub use data::Data;
pub use overview::Overview;
pub use rfm::Rfm;

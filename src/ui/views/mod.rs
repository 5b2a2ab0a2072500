//! The views of the workspace, one for each question. They read slices of the session, show what is there and say
//! what a person changes; nothing is computed here.

mod advice;
mod choice;
mod clusters;
mod cohorts;
mod columns;
mod compare;
mod customers;
mod data;
mod explain;
mod lifetime;
mod linked;
mod movement;
mod overview;
mod pictures;
mod prediction;
mod ready;
mod rfm;
mod rules;
mod slices;
mod stability;

pub use advice::Advice;
pub use clusters::Clusters;
pub use cohorts::Cohorts;
pub use columns::Columns;
pub use compare::Compare;
pub use customers::Customers;
pub use data::Data;
pub use explain::Explain;
pub use lifetime::Lifetime;
pub use movement::Movement;
pub use overview::Overview;
pub use prediction::Prediction;
pub use ready::{Lifecycle, Rhythm, Value};
pub use rfm::Rfm;
pub use rules::Rules;
pub use stability::Stability;

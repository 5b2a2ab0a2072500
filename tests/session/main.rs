//! The application as lists of events: what the page does and what the engine answers, without either.

mod app;
mod fixtures;
mod intake;
mod projects;
mod recovery;
mod results;

//! The application as lists of events: what the page does and what the engine answers, without either.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod app;
mod card;
mod fixtures;
mod hold;
mod intake;
mod projects;
mod recovery;
mod results;
mod several;
mod workbooks;

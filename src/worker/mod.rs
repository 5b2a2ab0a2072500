//! The engine's loop in the browser.

/// Starts the engine.
pub fn start() {}

//! The engine: answers the page's messages. Everything it does is in `gyeol::worker`.

#[cfg(target_arch = "wasm32")]
fn main() {
    gyeol::worker::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
